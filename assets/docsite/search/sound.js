/* Hangul spellings of English words against Latin words, by their sound. */

// Both are read as sounds: of a class of consonants, or of some vowels. `K` is a class; `JK` are Latin
// letters that sound in several ways. `letters` are nearer to what is written, if that is known.
// `vowels` are, of Hangul, those that follow each other, and of Latin all that it may be: those of one
// letter, and diphthongs; `+` between those of several letters, `r` before an r. `_` is a vowel that
// only separates consonants. A silent e costs nothing; what is `faint` is hardly said.

const consonant = (kind, letters = "", silence = "never") => ({ kind, letters, silence, vowels: "" });
const vowel = (vowels, silence = "never") => ({ kind: "", letters: "", silence, vowels });

// Vowels that follow each other are one.
const addVowels = (sounds, vowels) => {
  const last = sounds.at(-1);
  if (last?.vowels) last.vowels += vowels;
  else sounds.push(vowel(vowels));
};

/* Hangul */

const SOUNDS = {
  initials: "K:g K:k N:n T:d T:d L:l M:m P:b P:b S:s S:s : J:j J:j J:c K:k T:t P:p H:h"
    .split(" ")
    .map((initial) => initial.split(":")),
  vowels: "a e ya ye o e yo ye O wa we we yO u wo we wi yu _ _i i"
    .split(" ")
    .map((vowel) => [vowel.replace(/[^wy]/g, ""), vowel.replace(/[wy]/g, "")]),
  finals: ",K,K,K,N,N,N,T,L,L,L,L,L,L,L,L,M,P,P,TS,TS,NG,TS,TS,K,TS,P,H".split(","),
};

// Behind `ch`, `ge` and `sh` an i ends what is one consonant in English.
const weakenEnd = (sounds) => {
  const [before, last] = sounds.slice(-2);
  if (last?.vowels === "i" && ["S", "J"].includes(before.kind)) last.silence = "faint";
};

const addSyllable = (sounds, [first, second, last]) => {
  const [kind, letters] = SOUNDS.initials[first];
  // Only a final is a consonant at the end of a syllable.
  const isDouble = kind !== "" && sounds.at(-1)?.kind === kind;
  // ㄹ at the end of one syllable and the beginning of the next is one l, and alone an r.
  if (kind === "L") {
    if (isDouble) sounds.pop();
    const single = sounds.length > 0 ? "r" : "";
    sounds.push(consonant(kind, isDouble ? "l" : single));
  } else if (kind) sounds.push(consonant(kind, letters, isDouble ? "faint" : "never"));
  const [glide, vowels] = SOUNDS.vowels[second];
  // 화 is wh, too.
  if (kind === "H" && glide === "w") sounds[sounds.length - 1].silence = "faint";
  // 셔 is said as 서, and 쉬 as 시.
  const isSaid = glide === "w" ? kind !== "S" || vowels !== "i" : kind !== "S" && kind !== "J";
  if (glide && isSaid) sounds.push(consonant(glide.toUpperCase(), "", "often"));
  addVowels(sounds, vowels);
  const final = SOUNDS.finals[last];
  if (final) sounds.push(consonant(final, final === "L" ? "l" : ""));
};

// Of a word that goes on. `before`: the last sound of what is before it, if there is any; it may become
// another.
const begunSounds = (word, before = []) => {
  const sounds = before.map((sound) => ({ ...sound }));
  for (const parts of word.map(partsOf).filter(Boolean)) addSyllable(sounds, parts);
  return sounds;
};

const hangulSounds = (word, before = []) => {
  const sounds = begunSounds(word, before);
  weakenEnd(sounds);
  return sounds;
};

/* Latin, in lower case */

// A vowel that may be said as a long one: at most one consonant is between it and the next.
const LONG_VOWEL = "(?=$|.?[aeiouy]|[pt]h[aeiouy]|.l|nge|ste|gh|nd|ld|gn)";

// What letters sound like, by the first expression that matches: class:letters, `?` where it is often
// left out, `~` where it is hardly said, `+` at the plural; vowels behind `=`, and `=!` where they are
// silent.
/** @type {[RegExp, string][]} */
const SPOKEN = Object.entries({
  "([^aeiouc])(?=\\1)|c(?=c(?![eiy]))|^k(?=n)|^p(?=[ns])|^w(?=r)|s(?=c[eiy])": "",
  "(?!^)(?:g(?=n(?:er|ed|ing|[^aeiouy]|$))|d(?=j|th))": "",
  "(?<=s)tion": "J:c =eo N:n",
  "(?!^)tion": "S:sj =eo N:n",
  "(?!^)sion": "SJ:sj =eo N:n",
  "ci(?=an|al|ous)": "S:s",
  "ture$|tur(?=e)": "J:c =eou",
  sch: "S:s K:k",
  "(?<=i)gh": "",
  "(?<=m)p(?=t)": "P:p?",
  "d(?=u)": "TJ:dj",
  "t(?=u[ar])": "TJ:tc",
  qu: "K:k W:?",
  tch: "J:c",
  dg: "J:j",
  ch: "JKS:ck",
  sh: "S:s",
  ph: "P:p",
  th: "ST:std",
  ght: "T:t",
  gh: "K:g?",
  ck: "K:k",
  wh: "W:?",
  "(?!^)ti(?=a)": "S:s",
  "ng(?=[lr])": "NG:n K:g?",
  "(?<=n)[ck](?=[^aeiouyhlr])": "K:k?",
  "ng(?![aeiou])|n(?=[kx]|c(?![eiy]))": "NG:n",
  "^x": "JS:js",
  x: "K:kg SJ:sj",
  "c(?=[eiy])": "S:s",
  "[ckq]": "K:k",
  "g(?=[eiy])": "JK:jg",
  g: "K:g",
  "^r|(?<![aeiou])r|r(?!e$)(?=[aeiouy])": "L:r",
  r: "L:r~",
  "^y|(?<![aeiou])y(?=[aeiou])": "Y:?",
  "(?!^)e$": "=!e",
  "(?<=..)e(?=[ds]$)": "=e_",
  "a(?=ge$)": "=iA",
  "(?<=^[^aeiouy]+)a(?=[^aeiouwxyr]e$)": "=A",
  "a(?=[luw])": "=aeoAO",
  [`a${LONG_VOWEL}`]: "=aeoA",
  a: "=aeo",
  "e(?=[aiy])": "=eioA_",
  e: "=eio_",
  "(?<=^[^aeiouy]+)i(?=[^aeiouwxyr]e$)": "=I",
  "i(?=r)": "=ioI_",
  [`i${LONG_VOWEL}`]: "=iI_",
  i: "=i_",
  oo: "=uOo",
  "o(?=[uw])": "=OouU",
  o: "=Oaou",
  u: "=oua_",
  y: "=iI",
  "(?<=[ao])w(?=i)": "",
  "(?<=[aeiou])w(?![aeiou])": "=uO",
  w: "W:?",
  "(?<=[aeiou])h": "H:h",
  h: "H:h?",
  "[bv]": "P:b",
  p: "P:p",
  f: "PH:ph",
  d: "T:d",
  t: "T:t",
  l: "L:l",
  m: "M:m",
  n: "N:n",
  "(?<=.{4})s$": "SJ:sj+",
  s: "SJ:sj",
  "[jz]": "J:j",
}).map(([letters, sounds]) => [new RegExp(letters, "y"), sounds]);

const SILENCES = { "?": "often", "+": "plural", "~": "faint" };

const addSound = (sounds, written) => {
  const [, kind, letters, silence] = /^(\w*)[:=](!?\w*)([?+~]?)$/.exec(written) ?? [];
  if (kind) sounds.push(consonant(kind, letters, SILENCES[silence]));
  else if (letters.startsWith("!")) sounds.push(vowel(letters.slice(1), "often"));
  else {
    const last = sounds.at(-1);
    if (last?.vowels && last.silence === "never") last.vowels += "+";
    addVowels(sounds, letters);
  }
};

const latinSounds = (word) => {
  const sounds = [];
  for (let at = 0; at < word.length; ) {
    const from = at;
    for (const [letters, spoken] of SPOKEN) {
      letters.lastIndex = at;
      if (!letters.test(word)) continue;
      for (const sound of spoken.split(" ").filter(Boolean)) addSound(sounds, sound);
      at = letters.lastIndex;
      break;
    }
    at = Math.max(at, from + 1);
    const last = sounds.at(-1);
    if (last?.vowels && word[at] === "r") last.vowels += "r";
  }
  return sounds;
};

// Whether a term is a word that a Hangul spelling may stand for.
const isHeard = (term) => /^[a-z]{3,20}$/.test(term);

// Whether a Hangul word has syllables that mostly English words have.
const FOREIGN = new RegExp(
  "^[라-맇]|[카-킿터-텋테-텧티-팋트튜-틓퍼-펗페-펳프플퓨-픟팩팬팸팻스즈츠브드블션셔숀쉬쉐셰쉘쥬뮤뷰듀뉴]|" +
    "[벨델넬젤렐헬웰셀밸샐앨갤댈섀셋워웹웨웍윈레렛렉렌랙랩램런럼럿롭롤롯버젯딧닛탭앱맵갭덱넥섹젝뱃뎁엑옵핏]|[잉링밍빙딩팅핑칭깅닝싱더너머]$",
);
const isForeign = (word) => FOREIGN.test(word.join(""));

/* The keys of words: their first consonants */

const KEY_LENGTH = 2;
// Of these not the class itself; glides are often not written.
const IN_KEYS = { TS: "TSJ", NG: "N", W: "", Y: "" };

// One that may be one of several, or silent, gives several.
const keysOf = (sounds) => {
  const whole = new Set();
  let begun = new Set([""]);
  for (const { kind, silence } of sounds) {
    if (!kind) continue;
    const readings = IN_KEYS[kind] ?? kind;
    const longer = [...begun].flatMap((key) => [
      ...[...readings].map((reading) => key + reading),
      ...(silence !== "never" || kind === "W" || kind === "Y" ? [key] : []),
    ]);
    begun = new Set();
    for (const key of longer) (key.length === KEY_LENGTH ? whole : begun).add(key);
  }
  return new Set([...whole, ...begun]);
};

/* What it costs that two words differ */

// A vowel is no consonant.
const APART = 9;

const weightOf = ({ kind, vowels }) => {
  if (kind) return 1;
  return vowels === "_" ? 0 : 0.5;
};

// That a sound is not in the other word.
const gapOf = ({ kind, silence, vowels }) => {
  if (silence === "faint") return 0.05;
  if (!kind) {
    if (silence === "often") return 0;
    if (/^_+$/.test(vowels)) return 0.02;
    return vowels === "i" || vowels === "_i" ? 0.3 : 0.4;
  }
  if (silence === "plural") return 0.35;
  if (silence === "often") return 0.15;
  return kind === "H" ? 0.6 : 1.1;
};

// Of a Hangul class and a Latin one.
const likenessOf = (a, b) => {
  if (a === b) return 1;
  if (a === "TS" && (/[ST]/.test(b) || b === "J")) return 1;
  if ((a === "NG" && b === "N") || (a === "N" && b === "NG")) return 0.8;
  if (a === "TS" || a === "NG" || b === "NG") return 0;
  return b.includes(a) ? 1 : 0;
};

const changeOfConsonant = (hangul, latin) => {
  const likeness = likenessOf(hangul.kind, latin.kind);
  if (likeness === 0) return hangul.silence === "often" && latin.silence === "often" ? 0.3 : 1.2;
  const isOther = hangul.letters && latin.letters && !latin.letters.includes(hangul.letters);
  return (1 - likeness) * 0.5 + (isOther ? 0.18 : 0);
};

// Vowels of Hangul that are one together, and what they are of Latin letters.
const TWO_VOWELS = { ai: "I", ei: "A", au: "U", Ou: "O" };

// Whether vowels of Hangul may be those of Latin letters.
const isSaid = (vowels, latin) => {
  if (vowels.length === 1) return latin.includes(vowels);
  const one = vowels.replace(/ai|ei|au|Ou/g, (two) => TWO_VOWELS[two]);
  return (one.length === 1 || latin.includes("+")) && [...one].every((c) => latin.includes(c));
};

const changeOfVowels = ({ vowels }, latin) => {
  // An r after a vowel is often said as one more.
  const beforeR = /r/.test(latin.vowels) && /^(.+)o$/.exec(vowels);
  if (isSaid(vowels, latin.vowels) || (beforeR && isSaid(beforeR[1], latin.vowels))) {
    return vowels === "_" ? 0.04 : 0;
  }
  const said = [...vowels].filter((c) => c !== "_").length;
  const isLong = said > 1 && !latin.vowels.includes("+");
  return (said === 0 ? 0.15 : 0.3) + (isLong ? 0.1 : 0);
};

// To take a Hangul sound for a Latin one.
const changeOf = (hangul, latin) => {
  if (Boolean(hangul.kind) !== Boolean(latin.kind)) return APART;
  return hangul.kind ? changeOfConsonant(hangul, latin) : changeOfVowels(hangul, latin);
};

// The same for a sound of Hangul, which has a w only where it is said.
const gapOfHangul = (sound) => (sound.kind === "W" ? 0.3 : gapOf(sound));

// What it costs that the first of some sounds are in no other word: by how many these are.
const firstCosts = (sounds) => {
  const costs = [0];
  for (const sound of sounds) costs.push(costs[costs.length - 1] + gapOf(sound));
  return costs;
};

const changesOf = (sound, latin) => latin.map((other) => changeOf(sound, other));

// What it costs to take these sounds, after others, for the first of a Latin word; null if that is
// always more than the limit. `changes` gives what each costs in the place of each of the word.
const soundCosts = (before, sounds, latin, limit, changes = changesOf) => {
  let above = before;
  for (const sound of sounds) {
    const gap = gapOfHangul(sound);
    const change = changes(sound, latin);
    const row = [above[0] + gap];
    latin.forEach((other, at) => {
      row.push(Math.min(above[at] + change[at], above[at + 1] + gap, row[at] + gapOf(other)));
    });
    if (row.every((cost) => cost > limit)) return null;
    above = row;
  }
  return above;
};

// How well a Hangul word fits the sounds of a Latin one, in cost by length; null beyond `most`.
const soundCost = (word, latin, most) => {
  const sounds = hangulSounds(word);
  const length = sounds.reduce((sum, sound) => sum + weightOf(sound), 0);
  if (length < 2) return null;
  const limit = most * length;
  const cost = soundCosts(firstCosts(latin), sounds, latin, limit)?.at(-1) ?? Infinity;
  return cost <= limit ? cost / length : null;
};

/* The Hangul syllables with which a spelling of a Latin word may go on */

// What all of a spelling that is looked for may cost: less than one g for a k.
const MOST_OF_SPELLING = 0.175;
// Letters by their places, without those that are folded into others or that English words do not
// have: `none` begins a syllable with a vowel, and `separating` is a vowel that only separates
// consonants. Then the second syllables of vowels that are written as two.
const SPELT = {
  initials: [0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18],
  vowels: [0, 2, 4, 5, 6, 8, 9, 11, 12, 13, 14, 16, 17, 18, 20],
  finals: [1, 4, 8, 16, 17, 19, 21],
  none: 11,
  separating: 18,
};
const SECOND_OF_TWO = ["이", "우"];

// The same sounds come again and again.
const known = new WeakMap();
const knownChanges = (sound, latin) => {
  if (!known.has(latin)) known.set(latin, new Map());
  const own = known.get(latin);
  const key = [sound.kind, sound.letters, sound.silence, sound.vowels].join(" ");
  if (!own.has(key)) own.set(key, changesOf(sound, latin));
  return own.get(key);
};

// Folded, each with what it costs at least to go on so.
const nextSyllables = (before, latin) => {
  const sounds = begunSounds(before);
  const last = sounds.splice(-1);
  const costsOf = (before, own) => soundCosts(before, own, latin, MOST_OF_SPELLING, knownChanges);
  const costs = costsOf(firstCosts(latin), sounds);
  const costWith = (...next) => Math.min(...(costsOf(costs, hangulSounds(next, last)) ?? [Infinity]));
  const next = new Map();
  const add = (one, cost) => {
    if (cost < Infinity) next.set(one, cost);
    return cost < Infinity;
  };
  for (const initial of costs ? SPELT.initials : []) {
    const spelt = (vowel, last) => alike(syllable(initial, vowel, last));
    // What begins with a vowel may be one with the vowel before.
    if (initial !== SPELT.none && costWith(spelt(SPELT.separating, 0)) === Infinity) continue;
    for (const vowel of SPELT.vowels) {
      if (initial === SPELT.none && vowel === SPELT.separating) continue;
      const open = spelt(vowel, 0);
      if (add(open, costWith(open))) {
        for (const one of SPELT.finals.map((last) => spelt(vowel, last))) add(one, costWith(one));
      } else add(open, Math.min(...SECOND_OF_TWO.map((second) => costWith(open, second))));
    }
  }
  return [...next].sort(([a], [b]) => (a < b ? -1 : 1));
};
