/* What a word of a query finds: how much of it each entry holds. */

// Beyond this, more of a word in an entry says little.
const ENOUGH = 2;
// An entry with less of a word does not have it.
const LEAST_SHARE = 0.34;

// More of a word is better, less and less so.
const enough = (amount) => (amount * (ENOUGH + 1)) / (amount + ENOUGH);

// By entry, the most that one of some terms gives, times its factor.
const union = (index, terms) => {
  index.want(terms.map(([term]) => term));
  const most = new Map();
  for (const [term, factor] of terms) {
    const { entries, amounts } = index.get(term);
    for (let at = 0; at < entries.length; at += 1) {
      const amount = amounts[at] * factor;
      if (!(most.get(entries[at]) >= amount)) most.set(entries[at], amount);
    }
  }
  return most;
};

// Rare parts say more, but much less than rare words do.
const slotWeight = (index, holders) => Math.sqrt(Math.sqrt(rarityOf(index.entries, holders) + 0.2));

// A part of a word: which entries hold it, and what it says of them.
const slotOf = (index, amounts) => ({
  amounts,
  weight: slotWeight(index, amounts.size),
});

// By entry, what it holds of a word with these parts: as much as of the part that it has least of,
// and which share of the parts, up to 1.
const combine = (slots) => {
  const total = slots.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const holders = new Map();
  for (const { amounts, weight } of slots) {
    for (const [entry, amount] of amounts) {
      const held = holders.get(entry);
      if (!held) holders.set(entry, { amount, share: weight });
      else {
        held.amount = Math.min(held.amount, amount);
        held.share += weight;
      }
    }
  }
  for (const held of holders.values()) held.share /= total;
  return holders;
};

// Those of them that hold all of it: the others are many.
const wholeOf = (slots) => {
  const whole = new Map();
  const [least] = slots.toSorted((a, b) => a.amounts.size - b.amounts.size);
  for (const entry of least?.amounts.keys() ?? []) {
    if (!slots.every(({ amounts }) => amounts.has(entry))) continue;
    const amount = slots.reduce((most, { amounts }) => Math.min(most, amounts.get(entry)), Infinity);
    whole.set(entry, { amount, share: 1 });
  }
  return whole;
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
  found: new Map(), // by entry: score and share
});

// A word that these entries hold as it is.
const simpleWord = (index, stem, amounts) => {
  const word = newWord(stem);
  word.rarity = rarityOf(index.entries, amounts.size);
  word.isWhole = amounts.size > 0;
  for (const [entry, amount] of amounts) {
    word.found.set(entry, { score: word.rarity * enough(amount), share: 1 });
  }
  return word;
};

// Both words in one place of the query, where a word of a text begins.
const eitherWord = (word, other) => {
  for (const [entry, { score, share }] of other.found) {
    const found = word.found.get(entry) ?? { score, share };
    word.found.set(entry, {
      score: Math.max(found.score, score),
      share: Math.max(found.share, share),
    });
  }
  const others = [...word.others, ...other.others, other.stem];
  const byPairs = { ...word.byPairs, place: "beginning" };
  return { ...word, others, byPairs, rarity: Math.max(word.rarity, other.rarity) };
};

// Adds what holders of the word, or of a form of it, are worth: `factor` by the form.
const addHolders = (index, word, holders, count, factor) => {
  const rarity = rarityOf(index.entries, Math.max(count, 0.5));
  for (const [entry, held] of holders) {
    if (held.share < LEAST_SHARE) continue;
    const score = factor * rarity * held.share * held.share * enough(held.amount);
    const share = held.share * Math.min(factor, 1);
    const found = word.found.get(entry);
    if (!found) word.found.set(entry, { score, share });
    else if (score > found.score || share > found.share) {
      word.found.set(entry, { score: Math.max(found.score, score), share: Math.max(found.share, share) });
    }
  }
};
