/* Words with others that a search takes for them, by a table that the build writes: English words of
   the field in Hangul, and the site's own. */

// Blanks within a listed word are no difference: `회로 차단` is `회로차단`.
const listedKey = (word) => fold(word).replace(/\s/g, "");

// By its folded spelling, a word's others: of two that are listed together, each stands for the
// other.
const loanwordsOf = (lines) => {
  const listed = lines.split("\n").map((line) => {
    const [word, ...others] = line.split("\t");
    return /** @type {[string, string[]]} */ ([word, others]);
  });
  const table = Object.assign(new Map(), { listed });
  const add = (word, other) => {
    const others = table.get(listedKey(word)) ?? [];
    if (!others.includes(other)) table.set(listedKey(word), [...others, other]);
  };
  for (const [word, others] of listed) {
    for (const other of others) {
      add(word, other);
      add(other, word);
    }
  }
  return table;
};

// `서킷브레이커` is `circuit breaker`.
const inTwo = (loanwords, word) => {
  for (let cut = 2; cut + 2 <= word.length; cut += 1) {
    const [first, second] = [word.slice(0, cut), word.slice(cut)].map((part) => loanwords.get(part));
    if (first && second) return [`${first[0]} ${second[0]}`];
  }
  return null;
};

// Names of letters, longer ones before those that begin so.
const LETTER_NAMES = new Map(
  (
    "더블유w 더블류w 에이치h 에이a 에치h 에프f 에스s 아이i 아르r 제이j 제트z 케이k " +
    "브이v 엑스x 와이y 비b 씨c 시c 디d 이e 지g 엘l 엠m 엔n 오o 피p 큐q 알r 티t 유u"
  )
    .split(" ")
    .map((named) => [named.slice(0, -1), named.slice(-1)]),
);
const LETTER_NAME = [...LETTER_NAMES.keys()].join("|");
const SPELLED = new RegExp(`^(?:${LETTER_NAME})+$`);

// `디엔에스` is `dns`; null for a word of fewer letters or syllables, which is spelled by chance.
const spelled = (word) => {
  if (!SPELLED.test(word)) return null;
  const letters = word.replace(new RegExp(LETTER_NAME, "g"), (name) => LETTER_NAMES.get(name));
  return letters.length >= 3 || word.length >= 4 ? [letters] : null;
};

// The English words for a Hangul word: itself, without its particle, in two words, or an abbreviation
// of which each letter is named; or null.
const englishOf = (loanwords, syllables) => {
  for (const part of [syllables, stemOf(syllables)]) {
    const word = fold(part.join(""));
    const english = loanwords.get(word) ?? inTwo(loanwords, word) ?? spelled(word);
    if (english) return english;
  }
  return null;
};

// Whether words in a row, the last with or without its particle, are listed as one.
const hasRow = (loanwords, syllables) =>
  [syllables, stemOf(syllables)].some((word) => loanwords.has(fold(word.join(""))));

// What a consonant, or a syllable that may take more letters, may become: as ranges of numbers.
const VOWELS_MORE = { 8: 3, 13: 3, 18: 1 };
const mayBecome = (typed, c) => {
  if (typed === c) return true;
  const [own, other] = [partsOf(typed), partsOf(c)];
  if (!other) return false;
  if (!own) return INITIALS[other[0]] === typed || ("ㄱㄷㅂㅅㅈ".includes(typed) && INITIALS[other[0] - 1] === typed);
  if (own[0] !== other[0]) return false;
  if (own[2] === 0) return other[1] >= own[1] && other[1] <= own[1] + (VOWELS_MORE[own[1]] ?? 0);
  return own[1] === other[1] && CLUSTERS.get(FINALS[other[2]])?.[0] === FINALS[own[2]];
};

// Whether a longer Hangul word begins as it is typed: the last syllable may take more letters.
const isBegunAs = (begin, tail, word) => {
  const at = begin.length - 1;
  const isSame = (typed) => typed.every((c, place) => alike(c) === alike(word[place]));
  if (word.length <= at || !word.every(isSyllable) || !isSame(begin.slice(0, -1))) return false;
  if (tail) return isSame(begin) && word.length > at + 1 && mayBecome(tail, word[at + 1]);
  return (isSame(begin) && word.length > begin.length) || mayBecome(begin[at], word[at]);
};

// The first English words for the words of the table that begin so, with the length of these.
const beginningWith = (listed, begin, tail, least) =>
  begin.length < least
    ? []
    : listed
        .flatMap(([word, others]) => [[word, others[0]], ...others.map((other) => [other, word])])
        .filter(([word, other]) => other && isBegunAs(begin, tail, [...word]))
        .map(([word, other]) => ({ length: [...word].length, english: other }));

// What is a final now may become the initial of the next syllable: 게잍 of 게이트. Null if there is
// none.
const movedFinal = (syllables) => {
  const [initial, vowel, last] = partsOf(syllables.at(-1) ?? "") ?? [0, 0, 0];
  if (last === 0) return null;
  const [kept, moved] = CLUSTERS.get(FINALS[last]) ?? [" ", FINALS[last]];
  return { begin: [...syllables.slice(0, -1), syllable(initial, vowel, FINALS.indexOf(kept))], tail: moved };
};

// The English words for a Hangul word that is still being typed, by the shortest words of the table
// that begin so; `tail` is a consonant of the next syllable.
const begunEnglish = (loanwords, syllables, tail) => {
  const { listed } = loanwords;
  const moved = tail ? null : movedFinal(syllables);
  const states = [{ begin: syllables, tail }, ...(moved ? [moved] : [])];
  const exact = (word) => loanwords.get(fold(word.join("")))?.[0];
  const found = states.flatMap(({ begin, tail: next }) => [
    ...beginningWith(listed, begin, next, 2),
    // A consonant behind a word of the table may begin another.
    ...(next && exact(begin) ? [{ length: begin.length, english: exact(begin) }] : []),
    ...begin.slice(2).flatMap((_, at) => {
      const first = exact(begin.slice(0, at + 2));
      if (!first) return [];
      const seconds = beginningWith(listed, begin.slice(at + 2), next, 1);
      return seconds.map(({ length, english }) => ({ length, english: `${first} ${english}` }));
    }),
  ]);
  found.sort((a, b) => a.length - b.length || (a.english < b.english ? -1 : 1));
  return [...new Set(found.map(({ english }) => english))];
};

const jamoOf = (word) => [...word].flatMap(lettersOf);

// Whether a Hangul word is another with one wrong letter, with two syllables swapped, or without one.
const isNear = (word, key) => {
  const other = [...key];
  const isLonger = other.length === word.length + 1;
  const isLong = word.length >= 3 && (isLonger || other.length === word.length);
  if (!isLong || !other.every(isSyllable)) return false;
  const [own, others] = [new Set(word), new Set(other)];
  const isSwapped = own.size === others.size && word.every((c) => others.has(c));
  const isClose = (isLonger || isSwapped) && distance(word, other, 1) !== null;
  return isClose || distance(jamoOf(word), jamoOf(other), 1) !== null;
};

// The Hangul word of the table that a longer one with one mistake is, itself or without its
// particle; or none.
const nearKey = (loanwords, syllables) => {
  for (const part of [syllables, stemOf(syllables)]) {
    const word = part.map(alike);
    const [near] = [...loanwords.keys()].filter((key) => isNear(word, key)).sort();
    if (near) return { near, particle: syllables.slice(part.length) };
  }
  return { near: "", particle: [] };
};
