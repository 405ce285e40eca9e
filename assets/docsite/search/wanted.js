/* What of a query is looked for in texts, and how much of it a text has. Texts are squashed: letters
   and digits alone. */

// Less alike than this is chance.
const LEAST_LIKE = 0.62;
// Of a word that is not there as it is: another word for it; another form, and all its parts.
const OTHER = 0.95;
const NEARLY = 0.7;
// Occurrences of one word that are looked at for nearness.
const MOST_SPOTS = 30;

// In characters.
const lengthOf = (text) => text.replace(/[\ud800-\udbff]/g, "").length;

// Where any of some texts are in a text, at most so many: the places of one after the other.
const placesOf = (texts, text, most) => {
  const places = [];
  for (const one of texts) {
    for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + one.length)) {
      if (places.length === most) return places;
      places.push({ at, end: at + one.length });
    }
  }
  return places;
};

/* One word */

// `meant`: what is looked for, and then what may be in its place; `texts`: also other forms; `typed`: the word with its particle,
// which is marked where it is.
const wantedWord = (word) => {
  const { typed, stem, others, inflected, near, rarity, byPairs, unfinished, found } = word;
  const text = near[0] ?? stem;
  const meant = [text, ...others, ...near].filter(Boolean);
  return {
    text,
    meant,
    texts: [...meant, ...inflected],
    typed: squash(typed),
    length: lengthOf(text),
    byPairs,
    unfinished,
    isFound: found.entries.length > 0,
    spelling: spellingOf(word),
    weight: rarity + 0.1,
  };
};

// The parts that a text has of a word for which that is enough: those with most syllables.
const partsIn = ({ text, byPairs }, squashed) => {
  if (!byPairs?.isInPart) return [];
  // From each syllable on: how many are in parts, and where the first part ends.
  const most = [{ syllables: 0, end: text.length }];
  for (let at = text.length - 1; at >= 0; at -= 1) {
    let best = { syllables: most[0].syllables, end: at };
    for (let end = at + 2; end <= text.length; end += 1) {
      if (!squashed.includes(text.slice(at, end))) break;
      const syllables = end - at + most[end - at - 1].syllables;
      if (syllables >= Math.max(best.syllables, 1)) best = { syllables, end };
    }
    most.unshift(best);
  }
  const parts = [];
  for (let at = 0; at < text.length; ) {
    const { end } = most[at];
    if (end > at) parts.push(text.slice(at, end));
    at = Math.max(end, at + 1);
  }
  return parts;
};

// The share of the syllables that a text has in parts, of a word for which that is enough.
const shareInParts = (word, squashed) =>
  partsIn(word, squashed).join("").length / Math.max(word.length, 1);

// How much of the word a text has.
const shareOfWord = (word, squashed) => {
  const isIn = (one) => squashed.includes(one);
  if (!word.text) return 0;
  if (isIn(word.text)) return 1;
  if (word.meant.some(isIn)) return OTHER;
  return NEARLY * (word.texts.some(isIn) ? 1 : shareInParts(word, squashed));
};

// Whether a text has a Hangul word with no syllable before it, and none after it if it is alone.
const begins = (text, word, place) =>
  new RegExp(`(?<![가-힣])${word}${place === "alone" ? "(?![가-힣])" : ""}`).test(text);

// Whether an entry's text has a word that the entry has by the index. Only pairs of syllables can be
// there without the word: within other words some are by chance.
const isInText = (word, entry) => {
  const { text, texts, byPairs } = word;
  const squashed = entry.squashed.all;
  if (!byPairs) return true;
  const { place } = byPairs;
  const isThere = (one) => {
    // Another word of one syllable is in too many words.
    const isShort = one !== text && lengthOf(one) === 1;
    if (!isSyllable(one[0]) || (place === "anywhere" && !isShort)) return squashed.includes(one);
    entry.folded ??= fold(textsOf(entry).join("\n"));
    return begins(entry.folded, one, place);
  };
  return texts.some((one) => one && isThere(one)) || shareInParts(word, squashed) >= MOST_OF_IT;
};

// Whether an entry has the word only in another spelling than it was typed in.
const isSpelledOtherwise = ({ spelling, text }, entry) =>
  spelling !== null &&
  entry.squashed.all.includes(text) &&
  !textsOf(entry).some((one) => one.includes(spelling));

/* All words */

const wantedOf = (query, words) => {
  const whole = squash(query.replace(/[ㄱ-ㅣ]+$/, ""));
  const wanted = words.map(wantedWord);
  const stems = wanted.map(({ text }) => text).join("");
  return {
    whole,
    stems,
    // What is counted: one character says nothing.
    phrases: lengthOf(stems) > 1 ? [stems] : [],
    letters: [...whole].flatMap(lettersOf),
    pairs: [...new Set(pairsOf([...whole]))],
    words: wanted,
    total: wanted.reduce((sum, { weight }) => sum + weight, 0),
  };
};

const isWanted = ({ whole, stems }, names) => names.includes(whole) || names.includes(stems);

// How much of each word a text has.
const sharesIn = ({ words }, text) => words.map((word) => shareOfWord(word, text));

// How much of the query is in one of some texts, of which these are the shares.
const shareOf = ({ words, total }, texts) => {
  if (total <= 0) return 0;
  const held = words.reduce((sum, { weight }, word) => {
    const most = texts.reduce((most, shares) => Math.max(most, shares[word]), 0);
    return sum + weight * most;
  }, 0);
  return held / total;
};

// How many different words there are, and the length of the smallest part of the text that has them
// all; null if there are not two.
const smallestWindow = (text, spots) => {
  const counts = new Map();
  const all = new Set(spots.map(({ word }) => word)).size;
  if (all < 2) return null;
  let start = 0;
  let best = Infinity;
  for (const { word, end } of spots) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    while (counts.size === all) {
      const first = spots[start];
      // A character has at most two units: most windows are longer than the best without counting.
      if (end - first.at < 2 * best) best = Math.min(best, lengthOf(text.slice(first.at, end)));
      counts.set(first.word, counts.get(first.word) - 1);
      if (counts.get(first.word) === 0) counts.delete(first.word);
      start += 1;
    }
  }
  return { held: all, length: Math.max(best, 1) };
};

// How near the words are to each other where they are nearest: 1 for a phrase. `shares`: what the text
// has of each.
const nearnessOf = ({ words }, text, shares) => {
  if (words.length < 2) return 1;
  if (shares.filter((share) => share > 0).length < 2) return 0;
  const spots = words.flatMap((word, number) =>
    word.text ? placesOf(word.texts, text, MOST_SPOTS).map(({ at, end }) => ({ at, end, word: number })) : [],
  );
  spots.sort((a, b) => a.at - b.at || a.end - b.end || a.word - b.word);
  const window = smallestWindow(text, spots);
  if (!window) return 0;
  const needed = words.reduce((sum, { length }) => sum + length, 0);
  return (window.held / words.length) * Math.min(needed / window.length, 1);
};

// How much a heading resembles the query, from 0 to 1, letter by letter.
const likenessTo = ({ letters, pairs }, heading) => {
  if (letters.length < 4) return 0;
  // A quarter of the query's pairs of characters are in it, or it is not worth the comparison.
  const shared = pairs.filter((pair) => heading.includes(pair)).length;
  if (shared * 4 < pairs.length) return 0;
  const other = [...heading].flatMap(lettersOf);
  const longer = Math.max(letters.length, other.length);
  const most = Math.ceil(longer * (1 - LEAST_LIKE));
  const cost = distance(letters, other, most);
  if (cost === null) return 0;
  return Math.max((1 - cost / longer - LEAST_LIKE) / (1 - LEAST_LIKE), 0);
};
