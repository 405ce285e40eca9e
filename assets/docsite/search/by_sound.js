/* A Hangul word of a query as the Latin words that it sounds like, and the other way round. */

// The cost of a sound that is near enough for a word of two and three syllables, which sounds like
// another by chance.
const NEAR_SHORTEST = 0.04;
const NEAR_SHORT = 0.06;
// The same for one that may be the form of a Korean verb.
const NEAR_VERB = 0.02;
// Of two words that sound like one, the other may cost so much more.
const AS_NEAR = 0.02;
// The words that sound most like one are looked for, so many.
const MOST_SOUNDING = 2;
// Of the beginnings of Hangul words that sound like that of a Latin one, so many are gone on with.
const MOST_SPELLINGS = 8;
// Longer words, in letters, are several.
const LONGEST_SPELT = 14;
// What it says for a word that more entries hold, by the bits of their number.
const USUAL = 0.004;

const nearEnough = ({ length }, most) =>
  Math.min({ 1: NEAR_SHORTEST, 2: NEAR_SHORTEST, 3: NEAR_SHORT }[length] ?? most, most);

const soundingLike = (index, word, mostLong) => {
  const most = nearEnough(word, mostLong);
  const words = new Map([...keysOf(hangulSounds(word))].flatMap(index.sounding));
  const near = [];
  for (const [term, bits] of words) {
    const cost = soundCost(word, latinSounds(term), most);
    // Of two that sound alike, the usual one.
    if (cost !== null) near.push({ cost: cost - USUAL * bits, term });
  }
  near.sort((a, b) => a.cost - b.cost || (a.term < b.term ? -1 : 1));
  return near;
};

// A word with those of the table for it that entries hold.
const withSpellings = (query, word) => {
  const others = query.loanwords.get(listedKey(word)) ?? [];
  return [word, ...others.filter((other) => isHeldPhrase(query, other))];
};

// The two best that sound like a Hangul word; null if the best costs more than `mostLong`. One of two
// syllables must look like an English one, also where it has a particle.
const englishBySound = (query, syllables, mostLong) => {
  const stem = stemOf(syllables);
  for (const word of [syllables, stem]) {
    const isTaken = word.length > 1 && (stem.length > 2 || isForeign(word));
    const near = isTaken ? soundingLike(query.index, word, mostLong) : [];
    if (near.length === 0) continue;
    const most = near[0].cost + AS_NEAR;
    const best = near.filter(({ cost }) => cost <= most).slice(0, MOST_SOUNDING);
    return best.flatMap(({ term }) => withSpellings(query, term));
  }
  return null;
};

// These beginnings of Hangul words with one syllable more, where an entry holds all pairs of that, the
// best first; null are the entries of one without a pair.
const longerSpellings = (index, begun, latin) => {
  const longer = begun.flatMap(({ syllables, entries }) =>
    nextSyllables(syllables, latin).map(([next, cost]) => {
      const own = [...syllables, next];
      return { syllables: own, pair: own.slice(-2).join(""), entries, cost };
    }),
  );
  index.want(longer.map(({ pair }) => pair).filter(isPair));
  const withEntries = (one) => {
    if (!isPair(one.pair)) return one;
    const own = index.get(one.pair);
    return { ...one, entries: one.entries ? inBoth(one.entries, own) : own };
  };
  const held = longer.map(withEntries).filter(({ entries }) => entries?.entries.length !== 0);
  const text = ({ syllables }) => syllables.join("");
  held.sort((a, b) => a.cost - b.cost || (text(a) < text(b) ? -1 : 1));
  return held.some(({ entries }) => entries) ? held.slice(0, MOST_SPELLINGS) : held;
};

const isVerb = (word) => !isForeign(word) && verbForms(word.join("")).length > 1;

// Whether it may be English in Hangul.
const mayBeEnglish = (word) =>
  word.length > 1 && (isForeign(word) || (word.length > 2 && stemOf(word).length === word.length));

// The Hangul words, folded, that entries hold and that sound like a Latin word in lower case, best
// first, if the best costs no more than `most`. One of two syllables must look like an English one.
const hangulBySound = ({ index, nowhere }, word, most) => {
  if (!isHeard(word) || word.length > LONGEST_SPELT) return [];
  const latin = latinSounds(word);
  const near = [];
  let begun = [{ syllables: [], entries: null }];
  // No spelling has more syllables than the word has letters.
  for (let length = 0; length < word.length && begun.length > 0; length += 1) {
    begun = longerSpellings(index, begun, latin);
    for (const { syllables } of begun) {
      const isOne = mayBeEnglish(syllables);
      const term = syllables.join("");
      const limit = nearEnough(syllables, isOne && isVerb(syllables) ? NEAR_VERB : most);
      const cost = isOne ? soundCost(syllables, latin, limit) : null;
      if (cost !== null && !nowhere.has(term)) near.push({ cost, term });
    }
  }
  near.sort((a, b) => a.cost - b.cost || (a.term < b.term ? -1 : 1));
  const best = [];
  for (const { term } of near.filter(({ cost }) => cost <= near[0].cost + AS_NEAR)) {
    // The end of a word is no other one.
    if (best.length < MOST_SOUNDING && !best.some((one) => one.includes(term))) best.push(term);
  }
  return best;
};

// The Latin words that a word sounds like that is a whole one and looks like an English one.
const soundingForeign = (query, { written, tail }) =>
  !tail && isForeign(stemOf(written)) ? englishBySound(query, written, NEAR_SHORTEST) : null;
