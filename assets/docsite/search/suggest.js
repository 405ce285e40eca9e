/* What to try where nothing was found: the nearest words, and the other layout. */

// Words that share less are not near.
const LEAST_SHARED = 0.6;

const nearestOf = (letters, words, lettersIn) => {
  const most = Math.floor(letters.length * (1 - LEAST_SHARED));
  let nearest = { cost: most + 1, word: null };
  for (const word of words) {
    const cost = distance(letters, lettersIn(word), nearest.cost - 1);
    if (cost !== null && cost > 0) nearest = { cost, word };
    if (nearest.cost === 1) break;
  }
  return nearest.word;
};

// Of Hangul the index has pairs of syllables, no words: there it is the nearest word of the table.
const nearWord = ({ index, loanwords }, { kind, word }) => {
  const latin = kind === "latin" ? identifier(word) : "";
  if (latin) return nearestOf(latin, index.words(latin[0]), (other) => other);
  const jamo = (text) => [...text].flatMap(lettersOf);
  const listed = loanwords.listed.flatMap(([word, others]) => [word, ...others]);
  const words = listed.filter((one) => isSyllable(one[0]));
  return kind === "hangul" ? nearestOf(jamo(word), words, jamo) : null;
};

// A text in the other layout; null if that makes no words of it.
const inOtherLayout = (index, text) => {
  let isText = true;
  const other = text.replace(/[A-Za-z]+|[가-힣ㄱ-ㅣ]+/g, (word) => {
    const isLatin = /[a-z]/i.test(word);
    const meant = isLatin ? (toHangul(word) ?? word) : toKeys(word);
    const isWord = isLatin ? [...meant].every(isSyllable) : isBegun(index, meant.toLowerCase());
    isText &&= isWord;
    return meant;
  });
  return isText ? other : null;
};

// A query as the texts that it finds write it; null if it finds none.
const foundAs = (search, query) => {
  const texts = rank(search, query, ENOUGH_LOOKED_AT, null).hits.map(({ text }) => text);
  return texts.length > 0 ? (asWritten(texts.filter(Boolean), query) ?? query) : null;
};

// Only what finds something, and is not what was typed.
const suggestionsFor = (search, typed) => {
  const text = cutQuery(typed.trim());
  const runs = runsOf(text).slice(0, MOST_WORDS);
  const near = runs.map((run) => nearWord(search, run) ?? run.written).join(" ");
  const others = [near, inOtherLayout(search.index, text) ?? ""];
  const isOther = (other) => squash(other) !== squash(text);
  const found = others.filter(isOther).map((other) => foundAs(search, other));
  return [...new Set(found)].filter(Boolean);
};
