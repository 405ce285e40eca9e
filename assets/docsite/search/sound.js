/* Hangul spellings of English words against Latin words, by their sound. */

// Both are read as sounds: of a class of consonants, or of some vowels. `K` is a class; `JK` are Latin
// letters that sound in several ways. `letters` are nearer to what is written, if that is known.
// `vowels` are, of Hangul, those that follow each other, and of Latin all that it may be: those of one
// letter, and diphthongs; `+` between those of several letters, `r` before an r. `_` is a vowel that
// only separates consonants. A silent e costs nothing.

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
  initials: "K:g K:k N:n T:d T:d L:l M:m P:b P:b S:s S:s : J:j J:j J:c K:k T:t P:p H:h".split(" "),
  vowels: "a e ya ye o e yo ye O wa we we yO u wo we wi yu _ _i i".split(" "),
  finals: ",K,K,K,N,N,N,T,L,L,L,L,L,L,L,L,M,P,P,TS,TS,NG,TS,TS,K,TS,P,H".split(","),
};

const hangulSounds = (word) => {
  const sounds = [];
  let final = "";
  for (const [first, second, last] of word.map(partsOf).filter(Boolean)) {
    const [kind, letters] = SOUNDS.initials[first].split(":");
    // ㄹ at the end of one syllable and the beginning of the next is one l.
    if (final === "L" && kind === "L") sounds.pop();
    if (kind) sounds.push(consonant(kind, letters));
    const [, glide, vowels] = /^([wy]?)(.*)$/.exec(SOUNDS.vowels[second]) ?? [];
    if (glide) sounds.push(consonant(glide.toUpperCase(), "", "often"));
    addVowels(sounds, vowels);
    final = SOUNDS.finals[last];
    if (final) sounds.push(consonant(final));
  }
  return sounds;
};

/* Latin, in lower case */

// A vowel that may be said as a long one: at most one consonant is between it and the next.
const LONG_VOWEL = "(?=$|.?[aeiouy]|.l|nge|ste|gh|nd|ld|gn)";

// What letters sound like, by the first expression that matches: class:letters, `?` where it is often
// left out, `+` at the plural; vowels behind `=`, and `=!` where they are silent.
/** @type {[RegExp, string][]} */
const SPOKEN = Object.entries({
  "([^aeiouc])(?=\\1)|^k(?=n)|^p(?=[ns])|^w(?=r)": "",
  "(?!^)tion": "S:sj =eo N:n",
  "(?!^)sion": "SJ:sj =eo N:n",
  "ci(?=an|al|ous)": "S:s",
  "ture$|tur(?=e)": "J:c =eou",
  sch: "S:s K:k",
  qu: "K:k W:?",
  tch: "J:c",
  "dge?": "J:j",
  ch: "JKS:ck",
  sh: "S:s",
  ph: "P:p",
  th: "ST:std",
  ght: "",
  gh: "K:g?",
  ck: "K:k",
  wh: "W:?",
  "(?!^)ti(?=a)": "S:s",
  "ng(?![aeiou])|n(?=[kx]|c(?![eiy]))": "NG:n",
  "^x": "JS:js",
  x: "K:k S:s",
  "c(?=[eiy])": "S:s",
  "[ckq]": "K:k",
  "g(?=[eiy])": "JK:jg",
  g: "K:g",
  "^r|(?<![aeiou])r|r(?!e$)(?=[aeiouy])": "L:l",
  r: "L:l?",
  "^y|(?<![aeiou])y(?=[aeiou])": "Y:?",
  "(?!^)e$": "=!e",
  "(?<=..)e(?=[ds]$)": "=e_",
  "a(?=ge$)": "=iA",
  "a(?=[luw])": "=aeoAO",
  [`a${LONG_VOWEL}`]: "=aeoA",
  a: "=aeo",
  e: "=eio_",
  "i(?=r)": "=ioI_",
  [`i${LONG_VOWEL}`]: "=iI_",
  i: "=i_",
  "o(?=[uw])": "=OouU",
  o: "=Oaou",
  u: "=oua_",
  y: "=iI",
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

const SILENCES = { "?": "often", "+": "plural" };

const addSound = (sounds, written) => {
  const [, kind, letters, silence] = /^(\w*)[:=](!?\w*)([?+]?)$/.exec(written) ?? [];
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
  if (!kind) {
    if (silence === "often") return 0;
    if (/^_+$/.test(vowels)) return 0.06;
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
  const one = vowels.replace(/ai|ei|au|Ou/g, (two) => TWO_VOWELS[two]);
  return (one.length === 1 || latin.includes("+")) && [...one].every((c) => latin.includes(c));
};

const changeOfVowels = ({ vowels }, latin) => {
  // An r after a vowel is often said as one more.
  const beforeR = /r/.test(latin.vowels) && /^(.+)o$/.exec(vowels);
  if (isSaid(vowels, latin.vowels) || (beforeR && isSaid(beforeR[1], latin.vowels))) return 0;
  const said = [...vowels].filter((c) => c !== "_").length;
  const isLong = said > 1 && !latin.vowels.includes("+");
  return (said === 0 ? 0.1 : 0.3) + (isLong ? 0.1 : 0);
};

// To take a Hangul sound for a Latin one.
const changeOf = (hangul, latin) => {
  if (Boolean(hangul.kind) !== Boolean(latin.kind)) return APART;
  return hangul.kind ? changeOfConsonant(hangul, latin) : changeOfVowels(hangul, latin);
};

// How well a Hangul word fits a Latin one, in cost by length; null beyond `most`.
const soundCost = (word, latin, most) => {
  const sounds = hangulSounds(word);
  const others = latinSounds(latin);
  const length = sounds.reduce((sum, sound) => sum + weightOf(sound), 0);
  if (length < 2) return null;
  const limit = most * length;
  let above = [0];
  for (const other of others) above.push(above[above.length - 1] + gapOf(other));
  for (const sound of sounds) {
    const row = [above[0] + gapOf(sound)];
    others.forEach((other, at) => {
      const same = above[at] + changeOf(sound, other);
      row.push(Math.min(same, above[at + 1] + gapOf(sound), row[at] + gapOf(other)));
    });
    if (row.every((cost) => cost > limit)) return null;
    above = row;
  }
  const cost = above[above.length - 1];
  return cost <= limit ? cost / length : null;
};
