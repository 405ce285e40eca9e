/* What a word of a query finds: how much of it each entry holds. What entries hold is in lists, of the
   entries in ascending order and of a number for each: in a large site a word has thousands, and what
   is done for each of them is in plain loops. */

// Beyond this, more of a word in an entry says little.
const ENOUGH = 2;
// An entry with less of a word does not have it.
const LEAST_SHARE = 0.34;

// More of a word is better, less and less so.
const enough = (amount) => (amount * (ENOUGH + 1)) / (amount + ENOUGH);

// Whether an entry is in a list.
const isAmong = (entries, entry) => {
  let [from, to] = [0, entries.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (entries[middle] < entry) from = middle + 1;
    else to = middle;
  }
  return entries[from] === entry;
};

// The entries for which a number is not 0.
const entriesWith = (numbers) => {
  const entries = new Uint32Array(numbers.length);
  let count = 0;
  for (let entry = 0; entry < numbers.length; entry += 1) {
    if (numbers[entry] !== 0) entries[count++] = entry;
  }
  return entries.slice(0, count);
};

// The numbers of some entries, of those of all.
const numbersOf = (entries, all) => {
  const numbers = new Float64Array(entries.length);
  for (let at = 0; at < entries.length; at += 1) numbers[at] = all[entries[at]];
  return numbers;
};

// By entry, the most that one of some lists gives, times its factor.
const mostOf = (index, lists) => {
  const most = new Float64Array(index.entries);
  for (const { entries, amounts, factor } of lists) {
    for (let at = 0; at < entries.length; at += 1) {
      const amount = amounts[at] * factor;
      if (amount > most[entries[at]]) most[entries[at]] = amount;
    }
  }
  const entries = entriesWith(most);
  return { entries, amounts: numbersOf(entries, most) };
};

// The same of some terms.
const union = (index, terms) => {
  index.want(terms.map(([term]) => term));
  const lists = terms.map(([term, factor]) => ({ ...index.get(term), factor }));
  const [first] = lists;
  return lists.length === 1 && first.factor === 1 ? first : mostOf(index, lists);
};

// Rare parts say more, but much less than rare words do.
const slotWeight = (index, holders) => Math.sqrt(Math.sqrt(rarityOf(index.entries, holders) + 0.2));

// A part of a word: which entries hold it, and what it says of them.
const slotOf = (index, { entries, amounts }) => ({
  entries,
  amounts,
  weight: slotWeight(index, entries.length),
});

// By entry, what it holds of a word with these parts: as much as of the part that it has least of,
// and which share of the parts, up to 1.
const combine = (index, slots) => {
  const total = slots.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const [least, held] = [new Float64Array(index.entries), new Float64Array(index.entries)];
  for (const { entries, amounts, weight } of slots) {
    for (let at = 0; at < entries.length; at += 1) {
      const [entry, amount] = [entries[at], amounts[at]];
      least[entry] = held[entry] === 0 ? amount : Math.min(least[entry], amount);
      held[entry] += weight;
    }
  }
  const entries = entriesWith(held);
  return {
    entries,
    amounts: numbersOf(entries, least),
    shares: numbersOf(entries, held).map((one) => one / total),
  };
};

// What two lists have both, and the less of it.
const inBoth = (one, other) => {
  const [own, others] = [one.entries, other.entries];
  const [entries, amounts] = [new Uint32Array(own.length), new Float64Array(own.length)];
  let [count, place] = [0, 0];
  for (let at = 0; at < own.length && place < others.length; at += 1) {
    while (place < others.length && others[place] < own[at]) place += 1;
    if (place === others.length || others[place] !== own[at]) continue;
    entries[count] = own[at];
    amounts[count] = Math.min(one.amounts[at], other.amounts[place]);
    count += 1;
  }
  return { entries: entries.slice(0, count), amounts: amounts.slice(0, count) };
};

// Those of them that hold all of it: the others are many.
const wholeOf = (slots) => {
  const [least, ...others] = slots.toSorted((a, b) => a.entries.length - b.entries.length);
  return least ? others.reduce(inBoth, least) : NOBODY;
};

/* What entries are worth for a word */

// Lists for so many entries.
const listsFor = (size) => ({
  entries: new Uint32Array(size),
  scores: new Float64Array(size),
  shares: new Float64Array(size),
});
const firstIn = ({ entries, scores, shares }, count) => ({
  entries: entries.slice(0, count),
  scores: scores.slice(0, count),
  shares: shares.slice(0, count),
});
const nothingFound = () => listsFor(0);

// What two lists say together; `of`: the number of an entry that is in both.
const bothFound = (one, other, of) => {
  if (one.entries.length === 0) return other;
  const [own, others] = [one.entries, other.entries];
  const all = listsFor(own.length + others.length);
  const add = (count, { entries, scores, shares }, at) => {
    all.entries[count] = entries[at];
    all.scores[count] = scores[at];
    all.shares[count] = shares[at];
  };
  let [a, b, count] = [0, 0, 0];
  for (; a < own.length && b < others.length; count += 1) {
    if (own[a] < others[b]) add(count, one, a++);
    else if (own[a] > others[b]) add(count, other, b++);
    else {
      all.entries[count] = own[a];
      all.scores[count] = of(one.scores[a], other.scores[b]);
      all.shares[count] = of(one.shares[a++], other.shares[b++]);
    }
  }
  for (; a < own.length; count += 1) add(count, one, a++);
  for (; b < others.length; count += 1) add(count, other, b++);
  return firstIn(all, count);
};

// A word with what it found: `stem` is what is looked for in texts, `others` are other words for it, `inflected` other forms,
// `near` the terms that were found in its place, because nothing holds it as it is; `byPairs` says
// that it was found by its pairs of syllables, which an entry may have apart: whether most of its
// syllables are enough, in parts of two and more. `unfinished`: that it may go on behind what was
// typed, which is `initials`, a syllable that may take a `final`, or is before one of which the first
// consonant was typed.
const newWord = (stem) => ({
  typed: stem,
  stem,
  others: [],
  inflected: [],
  near: [],
  byPairs: null,
  unfinished: null,
  rarity: 0,
  isWhole: false, // whether an entry holds the whole word as it is
  // Whether it may be another word with a mistake: no more than a form of it, or a first syllable that
  // is no word, was found.
  isDoubtful: false,
  found: nothingFound(),
});

const isFoundIn = ({ found }, entry) => isAmong(found.entries, entry);

// A word that these entries hold as it is.
const simpleWord = (index, stem, { entries, amounts }) => {
  const word = newWord(stem);
  word.rarity = rarityOf(index.entries, entries.length);
  word.isWhole = entries.length > 0;
  const scores = amounts.map((amount) => word.rarity * enough(amount));
  word.found = { entries, scores, shares: new Float64Array(entries.length).fill(1) };
  return word;
};

// Both words in one place of the query, where a word of a text begins.
const eitherWord = (word, other) => {
  const others = [...word.others, ...other.others, other.stem];
  const byPairs = { ...word.byPairs, place: "beginning" };
  const found = bothFound(word.found, other.found, Math.max);
  return { ...word, others, byPairs, rarity: Math.max(word.rarity, other.rarity), found };
};

// Adds what holders of the word, or of a form of it, are worth: `factor` by the form. They hold all of
// it where no shares are given.
const addHolders = (index, word, { entries, amounts, ...held }, holders, factor) => {
  const { shares = null } = held;
  const rarity = rarityOf(index.entries, Math.max(holders, 0.5));
  const own = listsFor(entries.length);
  const { entries: kept, scores, shares: parts } = own;
  let count = 0;
  for (let at = 0; at < entries.length; at += 1) {
    const share = shares ? shares[at] : 1;
    if (share < LEAST_SHARE) continue;
    kept[count] = entries[at];
    scores[count] = factor * rarity * share * share * enough(amounts[at]);
    parts[count] = share * Math.min(factor, 1);
    count += 1;
  }
  word.found = bothFound(word.found, firstIn(own, count), Math.max);
};
