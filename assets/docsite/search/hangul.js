/* A Hangul word of a query: whole with or without its particle, half-typed, or in part. */

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
// A word with a mistake less.
const CORRECTED = 0.7;
// A pair of syllables that is in no entry: it may be where two words meet.
const UNKNOWN = 0.4;
// Of fewer syllables, a form is more likely than a mistake.
const LEAST_DOUBTFUL = 3;
// An entry with this much of the syllables of a word has it in part.
const MOST_OF_IT = 0.8;

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

const slotsFor = ({ index }, pairs) => {
  index.want(pairs.flat().map(([term]) => term));
  return pairs.map((terms) => slotOf(index, union(index, terms)));
};

/* Finding it */

// It finds nothing yet.
const wordOf = ({ written, isOpen, tail }, stem, isInPart = false) => {
  const isBegun = isOpen && partsOf(stem.at(-1) ?? "")?.[2] === 0;
  const unfinished = tail ?? (isBegun ? "final" : null);
  const typed = written.join("") + (tail ?? "");
  return { ...newWord(stem.join("")), typed, unfinished, byPairs: { isInPart, place: "anywhere" } };
};

// A stem of one syllable is in too many words to say much.
const addShortStem = ({ index, syllables, stem }, word) => {
  if (stem.length !== 1 || syllables.length === 1) return;
  const pairs = pairsBeginning(index, stem[0]).map((pair) => [pair, IN_PART]);
  const amounts = union(index, [...pairs, [stem[0] + ALONE, 1]]);
  word.isDoubtful = !index.has(stem[0] + ALONE);
  addHolders(index, word, amounts, amounts.entries.length, SHORT_STEM);
};

// What entries with all pairs of a form have of the one that they have least of.
const withAllPairs = (index, form) => {
  const pairs = pairsOf([...form]);
  return wholeOf(pairs.every((pair) => index.has(pair)) ? pairs.map((pair) => index.get(pair)) : []);
};

// What other forms of the same verb find; null if no entry holds one.
const findVerb = (finder) => {
  const { index, written, nowhere } = finder;
  const forms = verbForms(written.join(""));
  const isNoun = forms.length === 1;
  const all = [...new Set(forms.map(fold))].filter((form) => !nowhere.has(form)).sort();
  index.want(all.flatMap((form) => pairsOf([...form])));
  const held = all.map((form) => ({ ...withAllPairs(index, form), form, factor: 1 }));
  const known = held.filter(({ entries }) => entries.length > 0);
  if (known.length === 0) return null;
  const holders = mostOf(index, known);
  const word = wordOf(finder, [...known[0].form]);
  if (!isNoun) word.byPairs.place = "beginning";
  word.isWhole = true;
  word.isDoubtful = true;
  const count = holders.entries.length;
  word.rarity = rarityOf(index.entries, count);
  addHolders(index, word, holders, count, STEM);
  return { ...word, others: known.slice(1).map(({ form }) => form) };
};

const findWhole = (finder) => {
  const { index, syllables, stem, nowhere } = finder;
  const length = syllables.length;
  const word = wordOf(finder, stem);
  const all = slotsFor(finder, pairTerms(finder, syllables, true));
  const isOther = stem.length !== length && stem.length !== 1;
  const ofStem = isOther ? slotsFor(finder, pairTerms(finder, stem, false)) : [];
  const [allWhole, stemWhole] = [all, ofStem].map(wholeOf);
  addShortStem(finder, word);
  const [ofAllWhole, ofStemWhole] = [allWhole, stemWhole].map(({ entries }) => entries.length);
  const isHeld = ofAllWhole > 0 || ofStemWhole > 0;
  if (!isHeld || nowhere.has(word.stem)) return findVerb(finder) ?? word;
  word.isWhole = true;
  word.isDoubtful = false;
  word.rarity = rarityOf(index.entries, Math.max(ofAllWhole, ofStemWhole));
  addHolders(index, word, allWhole, ofAllWhole, 1);
  addHolders(index, word, stemWhole, ofStemWhole, STEM);
  if (ofAllWhole === 0 || (ofAllWhole <= 2 && length >= 4)) {
    addHolders(index, word, combine(index, all), Math.max(ofAllWhole, 1), IN_PART);
  }
  return word;
};

// What entries hold of a syllable alone; `mayGoOn`: also of words that begin with it.
const oneSyllable = (index, c, mayGoOn) => {
  const pairs = mayGoOn ? pairsBeginning(index, c).map((pair) => [pair, BEGINS_WITH]) : [];
  return union(index, [...pairs, [c + ALONE, 1]]);
};

// A word that is looked for. `isOpen`: it may still be typed. `tail`: a consonant behind it, of the
// syllable that is being typed, or null. `nowhere`: words, folded, that no text has, though entries
// have all their pairs, one here and one there.
const finderOf = (index, written, isOpen, tail, nowhere) => {
  const syllables = written.map(alike);
  const length = tail ? written.length : stemOf(written).length;
  const stem = syllables.slice(0, length);
  return { index, written, syllables, stem, isOpen, tail, nowhere };
};

// What it finds as it is.
const findHangul = (finder) => {
  const { index, written, syllables, tail } = finder;
  const isAlone = syllables.length === 1 && !tail;
  return isAlone ? { ...simpleWord(index, syllables[0], oneSyllable(index, syllables[0], true)), typed: written[0] } : findWhole(finder);
};

// What a word that nothing holds finds where one mistake is taken back, and how it was read; null if
// nothing holds that. `mistake`: `any`; one `of whole`, where forms of the word are held; a syllable
// `left out`.
const findCorrected = (finder, mistake) => {
  const { index, syllables, stem } = finder;
  if (mistake === "of whole" && syllables.length < LEAST_DOUBTFUL) return null;
  const corrected = (length) =>
    correctionsOf(finder, length).filter(
      ({ written }) => mistake !== "left out" || [...written].length > length,
    );
  const ofAll = corrected(syllables.length);
  const isOther = ofAll.length === 0 && stem.length > 1 && stem.length < syllables.length;
  const all = isOther && mistake !== "of whole" ? corrected(stem.length) : ofAll;
  if (all.length === 0) return null;
  const word = wordOf(finder, [...all[0].word]);
  const counts = all.map(({ holders }) => holders.entries.length);
  word.rarity = rarityOf(index.entries, Math.max(...counts));
  word.isWhole = true;
  if (syllables.length === 2) word.byPairs.place = "alone";
  all.forEach(({ holders }, at) => addHolders(index, word, holders, counts[at], CORRECTED));
  const others = all.slice(1).map((one) => one.word);
  return { word: { ...word, others }, meant: all.map(({ written }) => written) };
};

// What stands for a word in part among those that are nowhere.
const inPart = (word) => `${word}…`;

// By entry, how many syllables of a word it has in the pairs that it holds.
const coveredBy = (index, slots) => {
  const [numbers, ends] = [new Int32Array(index.entries), new Int32Array(index.entries)];
  for (const [at, { entries }] of slots.entries()) {
    for (const entry of entries) {
      const isNext = ends[entry] === at && numbers[entry] > 0;
      numbers[entry] += isNext ? 1 : 2;
      ends[entry] = at + 1;
    }
  }
  return numbers;
};

// Those of the holders of which something is so.
const holdersThat = ({ entries, amounts, shares }, isSo) => {
  const isKept = Array.from(entries, isSo);
  const kept = (list) => list.filter((_, at) => isKept[at]);
  return { entries: kept(entries), amounts: kept(amounts), shares: shares && kept(shares) };
};

// Entries that hold a word of which one syllable, the last or the first, is a word of its own.
const withShortPart = (finder, word) => {
  const { index } = finder;
  const heldWith = (long, short, mayGoOn) => {
    const all = long.length > 1 ? wholeOf(slotsFor(finder, pairTerms(finder, long, false))) : NOBODY;
    if (all.entries.length === 0) return all;
    const alone = new Set(oneSyllable(index, short, mayGoOn).entries);
    return holdersThat(all, (entry) => alone.has(entry));
  };
  const all = heldWith(word.slice(0, -1), word.at(-1), true);
  return all.entries.length > 0 ? all : heldWith(word.slice(1), word[0], false);
};

// What a word finds that is several words at once: entries with most of it.
const findInPart = (finder) => {
  const { index, syllables, stem, nowhere } = finder;
  const base = stem.length < 2 ? syllables : stem;
  const word = wordOf(finder, base, true);
  if (nowhere.has(inPart(word.stem))) return wordOf(finder, base, false);
  const terms = pairTerms(finder, base, base.length === syllables.length);
  index.want(terms.flat().map(([term]) => term));
  const slots = terms.map((terms) => {
    const slot = slotOf(index, union(index, terms));
    return slot.entries.length > 0 ? slot : { ...slot, weight: slotWeight(index, 1) * UNKNOWN };
  });
  const covered = coveredBy(index, slots);
  const isEnough = (entry) => covered[entry] >= MOST_OF_IT * base.length;
  const most = holdersThat(combine(index, slots), isEnough);
  const holders = most.entries.length > 0 ? most : withShortPart(finder, base);
  const size = Math.max(holders.entries.length, 1);
  addHolders(index, word, holders, size, 1);
  word.rarity = rarityOf(index.entries, size);
  return word;
};

// The initials of a title's or heading's words.
const findInitials = (index, consonants) => {
  const terms = [...index.beginning(INITIALS_SIGN + consonants)].map((term) => [term, 1]);
  return { ...simpleWord(index, consonants, union(index, terms)), unfinished: "initials" };
};
