/* Words with others that a search takes for them, by a table that the build writes: English words of
   the field in Hangul, and the site's own. */

// Blanks within a listed word are no difference: `회로 차단` is `회로차단`.
const listedKey = (word) => fold(word).replace(/\s/g, "");

// By its folded spelling, a word's others: of two that are listed together, each stands for the
// other.
const loanwordsOf = (listed) => {
  const table = new Map();
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
// particle; or undefined.
const nearKey = (loanwords, syllables) => {
  for (const part of [syllables, stemOf(syllables)]) {
    const word = part.map(alike);
    const [near] = [...loanwords.keys()].filter((key) => isNear(word, key)).sort();
    if (near) return near;
  }
  return undefined;
};
