/* A Hangul word of a query: whole with or without its particle, half-typed, or with one mistake. */

// What a form of a word counts against the word itself: without its particle, and where that leaves
// one syllable.
const STEM = 0.9;
const SHORT_STEM = 0.3;
// Words that begin with a syllable typed alone.
const BEGINS_WITH = 0.6;
// The syllables that a half-typed one may become.
const UNFINISHED = 0.8;
// Parts of a long word that nothing, or nearly nothing, holds as a whole.
const IN_PART = 0.7;
// Two neighbouring syllables that were swapped.
const SWAPPED = 0.75;
// The first pair of three syllables, of which the one in the middle was left out.
const MISSING_PAIR = 0.5;
// A pair of syllables that is in no entry, in any spelling.
const UNKNOWN = 0.4;

// A word without its particle and the sign of the plural. Not folded: particles are recognized by
// their letters.
const stemOf = (syllables) => {
  const stem = syllables.slice(0, syllables.length - particleOf(syllables, 1).length);
  return stem.length > 2 && stem.at(-1) === "들" ? stem.slice(0, -1) : stem;
};

const pairsBeginning = (index, c) => [...index.beginning(c)].filter(isPair);

/* The pairs of a word, each with the terms that are it */

// With the finals that may still be typed.
const unfinishedPairs = (index, before, last) => {
  const [initial, vowel, final] = partsOf(last) ?? [];
  if (final !== 0) return [];
  const pairs = [];
  for (let at = 1; at < FINAL; at += 1) pairs.push(before + syllable(initial, vowel, at));
  index.want(pairs);
  return pairs.filter(index.has).map((pair) => [pair, UNFINISHED]);
};

// Those whose second syllable begins with a consonant.
const begunPairs = (index, before, initial) =>
  pairsBeginning(index, before)
    .filter((pair) => partsOf(pair[1])?.[0] === initial)
    .map((pair) => [pair, 1]);

// `isEnd`: the last syllable may be half typed.
const pairTerms = ({ index, isOpen, tail }, word, isEnd) => {
  const slots = pairsOf(word).map((pair) => [[pair, 1]]);
  if (!isEnd) return slots;
  const initial = INITIALS.indexOf(tail ?? " ");
  if (initial >= 0) slots.push(begunPairs(index, word.at(-1), initial));
  else if (!tail && isOpen) slots.at(-1)?.push(...unfinishedPairs(index, word.at(-2), word.at(-1)));
  return slots;
};

const holdersOf = ({ index }, slots) => {
  index.want(slots.flat().map(([term]) => term));
  return combine(slots.map((terms) => slotOf(index, union(index, terms))));
};

/* Other spellings of a word that no entry holds */

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

// The known pairs that differ from one in one letter, or begin what it is without the syllable in the
// middle.
const variants = (index, [first, second]) => {
  const ofFirst = otherLetters(first).map((c) => alike(c) + second);
  const ofSecond = otherLetters(second).map((c) => first + alike(c));
  index.want(ofSecond);
  return [
    ...ofFirst.filter(index.hasPair).map((pair) => [pair, OTHER_PAIR * 0.9]),
    ...ofSecond.filter(index.has).map((pair) => [pair, OTHER_PAIR]),
    ...pairsBeginning(index, first)
      .filter((pair) => index.hasPair(pair[1] + second))
      .map((pair) => [pair, MISSING_PAIR]),
  ];
};

// A pair as it is, or, if no entry has it, with one other letter.
const misspeltSlot = (index, terms) => {
  const exact = union(index, terms);
  if (exact.size > 0 || terms.length === 0) return slotOf(index, exact);
  const others = variants(index, terms[0][0]);
  const slot = slotOf(index, union(index, others));
  if (others.length > 0) return { ...slot, isMisspelt: true };
  return { ...slot, weight: slotWeight(index, 1) * UNKNOWN };
};

// The word with two syllables swapped that some entries hold, and which; null if none do.
const swappedWord = (finder, word) => {
  for (let at = 1; at < word.length && word.length > 2; at += 1) {
    const other = word.with(at - 1, word[at]).with(at, word[at - 1]);
    if (word[at] === word[at - 1]) continue;
    const holders = wholeOf(holdersOf(finder, pairTerms(finder, other, false)));
    if (holders.size > 0) return { stem: other.join(""), holders };
  }
  return null;
};

// Its pairs one by one, in spellings with one other letter; or two syllables were swapped.
const findOtherwise = (finder, word) => {
  const { index, syllables, stem } = finder;
  const base = stem.length < 2 ? syllables : stem;
  const slots = pairTerms(finder, base, base.length === syllables.length);
  index.want(slots.flat().map(([term]) => term));
  const holders = combine(slots.map((terms) => misspeltSlot(index, terms)));
  const shares = [...holders.values()].map(({ share }) => share);
  const most = shares.reduce((most, share) => Math.max(most, share), 0);
  let size = shares.filter((share) => share > most * 0.9).length;
  addHolders(index, word, holders, Math.max(size, 1), 1);
  addShortStem(finder, word);
  const swapped = swappedWord(finder, base) ?? swappedWord(finder, syllables);
  word.stem = swapped?.stem ?? base.join("");
  if (swapped) {
    size = swapped.holders.size;
    addHolders(index, word, swapped.holders, size, SWAPPED);
    word.isWhole = true;
  }
  word.rarity = rarityOf(index.entries, Math.max(size, 1));
  return word;
};

/* Finding it */

// A stem of one syllable is in too many words to say much.
const addShortStem = ({ index, syllables, stem }, word) => {
  if (stem.length !== 1 || syllables.length === 1) return;
  const pairs = pairsBeginning(index, stem[0]).map((pair) => [pair, IN_PART]);
  const amounts = union(index, [...pairs, [stem[0] + ALONE, 1]]);
  const holders = [...amounts].map(([entry, amount]) => [entry, { amount, share: 1 }]);
  addHolders(index, word, holders, amounts.size, SHORT_STEM);
};

const findWhole = (finder) => {
  const { index, syllables, stem } = finder;
  const length = syllables.length;
  const word = newWord(stem.join(""));
  const all = holdersOf(finder, pairTerms(finder, syllables, true));
  const isOther = stem.length !== length && stem.length !== 1;
  const ofStem = isOther ? holdersOf(finder, pairTerms(finder, stem, false)) : new Map();
  const [allWhole, stemWhole] = [all, ofStem].map(wholeOf);
  if (allWhole.size === 0 && stemWhole.size === 0) return findOtherwise(finder, word);
  word.isWhole = true;
  word.rarity = rarityOf(index.entries, Math.max(allWhole.size, stemWhole.size));
  addHolders(index, word, allWhole, allWhole.size, 1);
  addHolders(index, word, stemWhole, stemWhole.size, STEM);
  addShortStem(finder, word);
  if (allWhole.size === 0 || (allWhole.size <= 2 && length >= 4)) {
    addHolders(index, word, all, Math.max(allWhole.size, 1), IN_PART);
  }
  return word;
};

const findSyllable = (index, c) => {
  const pairs = pairsBeginning(index, c).map((pair) => [pair, BEGINS_WITH]);
  return simpleWord(index, c, union(index, [...pairs, [c + ALONE, 1]]));
};

// What a Hangul word finds. `isOpen`: it may still be typed. `tail`: a consonant behind it, of the
// syllable that is being typed, or null.
const findHangul = (index, typed, isOpen, tail) => {
  const syllables = typed.map(alike);
  const length = tail ? typed.length : stemOf(typed).length;
  const finder = { index, syllables, stem: syllables.slice(0, length), isOpen, tail };
  const isAlone = syllables.length === 1 && !tail;
  const word = isAlone ? findSyllable(index, syllables[0]) : findWhole(finder);
  return { ...word, typed: typed.join("") + (tail ?? "") };
};

// The initials of a title's or heading's words.
const findInitials = (index, consonants) => {
  const terms = [...index.beginning(INITIALS_SIGN + consonants)].map((term) => [term, 1]);
  return simpleWord(index, consonants, union(index, terms));
};
