/* Words that a Hangul word becomes where one mistake is taken back: a wrong letter, a syllable that
   was left out, two that were swapped. Only words that an entry holds as a whole. */

// Words that are tried, and those of them that are taken.
const MOST_TRIED = 200;
const MOST_CORRECTED = 3;
// A longer word is looked for as it is.
const LONGEST_CORRECTED = 24;

// The syllables that differ from one in one letter.
const otherLetters = (c) => {
  const own = partsOf(c) ?? [];
  const others = [INITIALS, VOWELS, FINALS].flatMap((letters, at) =>
    Array.from(letters, (_, letter) => {
      const [initial, vowel, last] = own.with(at, letter);
      return syllable(initial, vowel, last);
    }),
  );
  return others.filter((other) => other !== c);
};

// The places of the pairs that no entry holds.
const unknownPairs = (finder, word, isEnd) => {
  const { index } = finder;
  const slots = pairTerms(finder, word, isEnd);
  index.want(slots.flat().map(([term]) => term));
  return slots.flatMap((terms, at) => (terms.some(([term]) => index.has(term)) ? [] : [at]));
};

// With one other letter in a syllable, which makes known pairs with its neighbours.
const replacedAt = (index, written, word, at) => {
  const others = otherLetters(written[at]).filter((c) => alike(c) !== word[at]);
  const before = (c) => word[at - 1] + alike(c);
  const after = (c) => alike(c) + word[at + 1];
  if (at > 0) index.want(others.map(before));
  const known = others.filter((c) => at === 0 || index.has(before(c)));
  const isLast = at + 1 === word.length;
  if (!isLast) index.wantPairs(known.map(after));
  return known.filter((c) => isLast || index.hasPair(after(c))).map((c) => written.with(at, c));
};

// With one more syllable before one.
const insertedAt = (index, written, word, at) => {
  const between = pairsBeginning(index, word[at - 1]).map((pair) => pair[1]);
  index.wantPairs(between.map((c) => c + word[at]));
  const known = between.filter((c) => index.hasPair(c + word[at]));
  return known.map((c) => written.toSpliced(at, 0, c));
};

// Different words by their folded spelling, and whether it is that two syllables were swapped.
const candidatesFor = (finder, length) => {
  const { index, written: all, syllables } = finder;
  const [written, word] = [all.slice(0, length), syllables.slice(0, length)];
  const isEnd = length === syllables.length;
  const unknown = unknownPairs(finder, word, isEnd);
  // Whether there may be one mistake, and this many pairs from the one at a place on have it.
  const isIn = (first, pairs) => unknown.every((at) => at + 1 >= first && at + 1 < first + pairs);
  const places = word.map((_, at) => at);
  const words = new Map();
  const add = (other, isSwapped) => {
    const key = other.map(alike).join("");
    if (words.size < MOST_TRIED && !words.has(key)) words.set(key, { other, isSwapped });
  };
  for (const at of places) {
    if (at === 0 || word[at - 1] === word[at] || !isIn(at - 1, 3)) continue;
    add(written.with(at - 1, written[at]).with(at, written[at - 1]), true);
  }
  if (length < 3 && !isEnd) return words;
  const replaced = places.filter((at) => isIn(at, 2));
  for (const other of replaced.flatMap((at) => replacedAt(index, written, word, at))) add(other, false);
  const inserted = places.filter((at) => at > 0 && isIn(at, 1));
  for (const other of inserted.flatMap((at) => insertedAt(index, written, word, at))) add(other, false);
  return words;
};

// Whether a word is two syllables before a particle: they are too much like others.
const isShort = (word) => word.length > 2 && stemOf(word).length <= 2;

// What the first syllables of a word may have been meant as, the likeliest first.
const correctionsOf = (finder, length) => {
  if (length > LONGEST_CORRECTED) return [];
  const { nowhere, syllables } = finder;
  const isEnd = length === syllables.length;
  const corrected = [];
  for (const [word, { other, isSwapped }] of candidatesFor(finder, length)) {
    const holders = wholeOf(slotsFor(finder, pairTerms(finder, [...word], isEnd)));
    const isReplaced = !isSwapped && other.length === length;
    if (holders.entries.length === 0 || nowhere.has(word) || (isReplaced && isShort(other))) continue;
    corrected.push({ written: other.join(""), word, holders, isSwapped });
  }
  // The longer a word, the less it is held by chance.
  corrected.sort(
    (a, b) =>
      Number(b.isSwapped) - Number(a.isSwapped) ||
      b.word.length - a.word.length ||
      b.holders.entries.length - a.holders.entries.length,
  );
  return corrected.slice(0, MOST_CORRECTED);
};
