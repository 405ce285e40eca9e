/* The order of what a query finds. */

// The texts of so many are looked at again.
const LOOKED_AT = 20;
// What a pair of syllables over a blank says, and two Latin words that are one in an entry.
const ACROSS = 0.4;
const JOINED = 0.8;
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
    const sum = sums.get(entry) ?? (isEnough ? { score: 0, held: total } : null);
    if (!sum) return;
    sum.score += counts * rarity * enough(amounts[at]);
    sums.set(entry, sum);
  });
};

// All entries with one of the words, by what the index says, the best first.
const byWords = (index, { words, runs }) => {
  const total = words.reduce((sum, { rarity }) => sum + (rarity + LEAST_RARITY), 0);
  const sums = new Map();
  for (const { rarity, found } of words) {
    for (const [entry, { score, share }] of found) {
      const sum = sums.get(entry) ?? { score: 0, held: 0 };
      sum.score += score;
      sum.held += (rarity + LEAST_RARITY) * share;
      sums.set(entry, sum);
    }
  }
  const pairs = runs.slice(1).map((run, at) => termAcross(runs[at], run)).filter(Boolean);
  index.want(pairs.map(({ term }) => term));
  for (const pair of pairs) addNeighbours(index, pair, total, sums);
  const best = [...sums].map(([entry, { score, held }]) => {
    const share = Math.min(held / total, 1);
    return { entry, score: score * share * share };
  });
  return best.sort((a, b) => b.score - a.score || a.entry - b.entry);
};

// A text, with what is compared of it.
const textOf = (texts, entry) => {
  const { looked } = texts;
  const text = looked.get(entry) ?? texts.get(entry);
  if (!text || looked.has(entry)) return text;
  const squashed = text.sections.map((section) => ({
    heading: squash(section.heading),
    text: squash(`${section.text} ${section.code}`),
  }));
  const { title, deprecated } = text;
  looked.set(entry, { ...text, squashed: { title: squash(title), sections: squashed, deprecated } });
  return looked.get(entry);
};

// One whose text does not come is as good as the index says.
const UNSEEN = { factor: 1, sections: [] };

const hitOf = (parsed, wanted, text, { entry, score }) => {
  const { factor, sections } = text ? look(wanted, text.squashed) : UNSEEN;
  const lacks = ({ found }) => found.size > 0 && !found.has(entry);
  return {
    entry,
    score: score * factor,
    text,
    sections,
    lacking: parsed.words.filter(lacks).map(({ typed }) => typed),
  };
};

// The best entries for which `isAsked` holds; any text is a query.
const rank = ({ index, texts, loanwords }, query, most, isAsked) => {
  const parsed = parseQuery(index, loanwords, query);
  const all = byWords(index, parsed);
  const found = all.filter(({ entry }) => isAsked(entry));
  const best = found.slice(0, Math.max(LOOKED_AT, most));
  texts.want(best.map(({ entry }) => entry).filter((entry) => !texts.looked.has(entry)));
  const wanted = wantedOf(query, parsed.words);
  const hits = best.map((one) => hitOf(parsed, wanted, textOf(texts, one.entry), one));
  hits.sort((a, b) => b.score - a.score || a.entry - b.entry);
  return {
    total: found.length,
    everywhere: all.length,
    readings: parsed.readings,
    dropped: [
      ...new Set(parsed.words.filter(({ found }) => found.size === 0).map(({ typed }) => typed)),
    ],
    hits: hits.slice(0, most).map((hit) => ({
      ...hit,
      passages: hit.sections.map((at) => {
        const section = hit.text.sections[at];
        return { section, ...excerptOf(wanted.words, section) };
      }),
    })),
  };
};
