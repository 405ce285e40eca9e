/* The order of what a query finds. */

// The texts of so many are looked at again; and of so many where they have all of several words, which
// may be a phrase.
const LOOKED_AT = 20;
const LOOKED_AT_FOR_PHRASES = 40;
// Where so many of the best that may have a word do not, none has.
const ENOUGH_LOOKED_AT = 10;
// How often a query is read anew without the words that turned out to be in no text.
const MOST_ROUNDS = 5;
// What a pair of syllables over a blank says, and two Latin words that are one in an entry.
const ACROSS = 0.4;
const JOINED = 0.8;
// An entry with another spelling of a word that counts as the same ranks lower.
const SPELLED_OTHERWISE = 0.1;
// Every word counts a little, however usual.
const LEAST_RARITY = 0.1;

// The term that two runs next to each other are; null if there is none.
const termAcross = (first, second) => {
  if (first.kind !== second.kind) return null;
  if (first.kind === "hangul") {
    return { term: first.word.slice(-1) + second.word[0], counts: ACROSS, isEnough: false };
  }
  if (first.kind !== "latin") return null;
  const [one, other] = [first, second].map(({ word }) => identifier(word));
  return one && other ? { term: one + other, counts: JOINED, isEnough: true } : null;
};

// Adds what the index itself says of two words that are next to each other.
const addNeighbours = (index, { term, counts, isEnough }, total, sums) => {
  const { entries, amounts } = index.get(term);
  const rarity = rarityOf(index.entries, entries.length);
  entries.forEach((entry, at) => {
    // Two words as one are both; a pair of syllables alone is neither.
    if (!sums.isFound[entry] && !isEnough) return;
    if (!sums.isFound[entry]) sums.held[entry] = total;
    sums.isFound[entry] = 1;
    sums.scores[entry] += counts * rarity * enough(amounts[at]);
  });
};

// Adds what a word of this weight found.
const addFound = ({ entries, scores, shares }, weight, sums) => {
  const { scores: all, held, isFound } = sums;
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at];
    all[entry] += scores[at];
    held[entry] += weight * shares[at];
    isFound[entry] = 1;
  }
};

// What is left of the scores of entries that hold a part of so much.
const partlyScored = (entries, { scores, held }, total) => {
  const all = new Float64Array(entries.length);
  for (let at = 0; at < entries.length; at += 1) {
    const share = Math.min(held[entries[at]] / total, 1);
    all[at] = scores[entries[at]] * share * share;
  }
  return all;
};

// All entries with one of the words, in their order, with what the index says of them.
const byWords = (index, { words, runs }) => {
  const total = words.reduce((sum, { rarity }) => sum + (rarity + LEAST_RARITY), 0);
  const sums = {
    scores: new Float64Array(index.entries),
    held: new Float64Array(index.entries),
    isFound: new Uint8Array(index.entries),
  };
  for (const { rarity, found } of words) addFound(found, rarity + LEAST_RARITY, sums);
  const pairs = runs.slice(1).map((run, at) => termAcross(runs[at], run)).filter(Boolean);
  index.want(pairs.map(({ term }) => term));
  for (const pair of pairs) addNeighbours(index, pair, total, sums);
  const entries = entriesWith(sums.isFound);
  return { entries, scores: partlyScored(entries, sums, total) };
};

// Those of them for which `isAsked` holds; all where nothing is asked.
const onlyAsked = ({ entries, scores }, isAsked) => {
  if (!isAsked) return { entries, scores };
  const isKept = Array.from(entries, isAsked);
  const kept = (list) => list.filter((_, at) => isKept[at]);
  return { entries: kept(entries), scores: kept(scores) };
};

// The best of them, the best first: sorting all would take long where most entries have a word.
const firstBest = ({ entries, scores }, most) => {
  const sorted = scores.toSorted();
  const least = sorted[Math.max(sorted.length - most, 0)];
  const best = [];
  for (let at = 0; at < entries.length; at += 1) {
    if (scores[at] >= least) best.push({ entry: entries[at], score: scores[at] });
  }
  return best.sort((a, b) => b.score - a.score || a.entry - b.entry).slice(0, most);
};

// A text, with what is compared of it.
const textOf = (texts, entry) => {
  const { looked } = texts;
  const text = looked.get(entry) ?? texts.get(entry);
  if (!text || looked.has(entry)) return text;
  const squashed = text.sections.map((section) => ({
    heading: squash(section.heading),
    names: namesOf(section.heading),
    text: squash(`${section.text} ${section.code}`),
  }));
  const { title, name, tags, deprecated } = text;
  const others = [squash(tags.join(" ")), squash(name)];
  const all = [...others, squash(title), ...squashed.flatMap(({ heading, text }) => [heading, text])];
  looked.set(entry, {
    ...text,
    squashed: { title: squash(title), names: namesOf(title), others, sections: squashed, deprecated, all: all.join(" ") },
  });
  return looked.get(entry);
};

// One whose text does not come is as good as the index says.
const UNSEEN = { factor: 1, sections: [] };

// `has`: for each word of the query, whether the entry has it.
const hitOf = (parsed, wanted, text, { entry, score }) => {
  const own = text ? wantedWithin(wanted, text) : wanted;
  const { factor: all, sections } = text ? look(own, text.squashed) : UNSEEN;
  const otherwise = text ? own.words.filter((word) => isSpelledOtherwise(word, text)) : [];
  const factor = otherwise.reduce((less) => less * SPELLED_OTHERWISE, all);
  const together = text && otherwise.length === 0 ? togetherIn(own, text.squashed) : 0;
  const isIn = (word) => !text || isInText(word, text);
  const has = parsed.words.map((word, at) => isFoundIn(word, entry) && isIn(own.words[at]));
  return { entry, score: score * factor, text, wanted: own, together, sections, has };
};

// Those with all words together before the others, and a deprecated one below each that has them in as
// good a place.
const sortHits = (hits) => {
  const isOld = ({ text }) => text?.deprecated ?? false;
  const living = hits.filter((hit) => !isOld(hit)).map(({ together, score }) => ({ together, score }));
  for (const hit of hits.filter(isOld)) {
    const own = hit.together;
    const asGood = living.filter(({ together }) => together >= own && (together > 0) === (own > 0));
    hit.score = asGood.reduce((least, { score }) => Math.min(least, score), hit.score);
  }
  hits.sort(
    (a, b) =>
      Number(b.together > 0) - Number(a.together > 0) ||
      b.score - a.score ||
      Number(isOld(a)) - Number(isOld(b)) ||
      a.entry - b.entry,
  );
};

// The words that no text has, of all entries that might have them, or of enough of these.
const absentWords = ({ words }, hits) =>
  words.filter((word, at) => {
    const holders = hits.filter(({ entry }) => isFoundIn(word, entry)).length;
    const least = Math.min(Math.max(word.found.entries.length, 1), ENOUGH_LOOKED_AT);
    return holders >= least && !hits.some(({ has }) => has[at]);
  });

// What says of a word, and of words in its place, that they are nowhere.
const wordsLike = ({ stem, others, byPairs }) =>
  byPairs?.isInPart ? [inPart(stem)] : [...others, stem];

// Those that are looked at again.
const bestOf = (words, found, most) => {
  const looked = Math.max(LOOKED_AT, most);
  const hasAll = ({ entry }) => words.length > 1 && words.every((word) => isFoundIn(word, entry));
  const best = firstBest(found, Math.max(looked, LOOKED_AT_FOR_PHRASES));
  return [...best.slice(0, looked), ...best.slice(looked).filter(hasAll)];
};

// What the best entries are by their texts, and the query as it was read for them.
const lookAtBest = (search, query, most, isAsked) => {
  const { index, texts } = search;
  const nowhere = new Set();
  for (let round = 1; ; round += 1) {
    const parsed = parseQuery(search, query, nowhere);
    const all = byWords(index, parsed);
    const found = onlyAsked(all, isAsked);
    const best = bestOf(parsed.words, found, most);
    texts.want(best.map(({ entry }) => entry).filter((entry) => !texts.looked.has(entry)));
    const wanted = wantedOf(query, parsed.words);
    const hits = best.map((one) => hitOf(parsed, wanted, textOf(texts, one.entry), one));
    const absent = absentWords(parsed, hits);
    if (absent.length === 0 || round === MOST_ROUNDS) {
      return { parsed, wanted, hits, absent, total: found.entries.length, everywhere: all.entries.length };
    }
    for (const form of absent.flatMap(wordsLike)) nowhere.add(form);
  }
};

// Where a title or a heading matches the query.
const marksOfName = ({ words }, name) => merged(marksIn(words, name).map(({ start, end }) => [start, end]));

// A hit's best section, with where it matches.
const passageIn = ({ text, wanted }, at) => {
  const section = text.sections[at];
  return { section, headingMarks: marksOfName(wanted, section.heading), ...excerptOf(wanted.words, section) };
};

// The best entries for which `isAsked` holds, or of all without it; any text is a query.
const rank = (search, typed, most, isAsked) => {
  const query = cutQuery(typed);
  const { parsed, wanted, hits: all, absent, ...totals } = lookAtBest(search, query, most, isAsked);
  const hits = all.filter(({ has }) => has.includes(true));
  const isHeld = ({ found }) => found.entries.length > 0;
  const isFound = (word) => isHeld(word) && hits.length > 0 && !absent.includes(word);
  const lost = parsed.words.filter((word) => !isFound(word)).map(({ typed }) => typed);
  const gone = new Set(lost);
  const taken = parsed.words.filter((word) => isHeld(word) && !isFound(word));
  const untrue = new Set(taken.map(({ typed }) => typed));
  sortHits(hits);
  const readings = parsed.readings.filter(({ typed }) => !untrue.has(typed));
  const foundWords = wanted.words.filter((_, at) => isFound(parsed.words[at]));
  const written = writtenReadings(readings.slice(parsed.laid), foundWords, hits);
  return {
    total: totals.total - (all.length - hits.length),
    everywhere: totals.everywhere - (all.length - hits.length),
    readings: [...readings.slice(0, parsed.laid), ...written],
    dropped: [...gone],
    beyond: parsed.beyond,
    hits: hits.slice(0, most).map((hit) => ({
      ...hit,
      lacking: parsed.words.filter((word, at) => isFound(word) && !hit.has[at]).map(({ typed }) => typed),
      titleMarks: hit.text ? marksOfName(hit.wanted, hit.text.title) : [],
      passages: hit.sections.map((at) => passageIn(hit, at)),
    })),
  };
};
