/* Words next to each other, in the order in which they were typed. Texts are squashed, so that a
   compound is the same with and without blanks. */

// What a word may go on with before the next one: forms of `하` and `되`, and of English words.
const GOES_ON = new RegExp(`^[${fold("하한할함해했되된될됨돼됐")}]`);
const LATIN_ENDING = /^(?:s|es|ed|ing)$/;
// A longer part between two words is a word: in characters.
const LONGEST_ENDING = 3;

const foundWords = ({ words }) => words.filter(({ isFound }) => isFound);

// Whether each word that is found at all is in one of these texts.
const allIn = (wanted, texts) => {
  const words = foundWords(wanted);
  const isIn = (word) => texts.some((text) => word.texts.some((one) => text.includes(one)));
  return words.length > 0 && words.every(isIn);
};

// Whether a part behind a character belongs to the same word.
const isEnding = (before, part) => {
  const chars = [...part];
  if (!chars.every(isSyllable)) return !isSyllable(before) && LATIN_ENDING.test(part);
  return particleOf([before, ...chars], 1).length === chars.length || GOES_ON.test(part);
};

// Whether the words follow in a text behind a place, which is behind another word.
const goesOn = (text, at, words) => {
  if (words.length === 0) return true;
  const [{ texts }, ...others] = words;
  const begins = (from) =>
    texts.some((word) => text.startsWith(word, from) && goesOn(text, from + word.length, others));
  if (begins(at)) return true;
  const before = [...text.slice(Math.max(at - 2, 0), at)].at(-1);
  const behind = [...text.slice(at, at + 2 * LONGEST_ENDING)].slice(0, LONGEST_ENDING);
  return behind.some((_, last) => {
    const part = behind.slice(0, last + 1).join("");
    return begins(at + part.length) && isEnding(before, part);
  });
};

// Whether a text has these words as a phrase; one word as it is.
const isPhraseIn = (wanted, text) => {
  if (!allIn(wanted, [text])) return false;
  const [{ texts }, ...others] = foundWords(wanted);
  return placesOf(texts, text, Infinity).some(({ end }) => goesOn(text, end, others));
};

// Where an entry has all words of a query together: in its title (3), in a heading with the title (2),
// in a text next to each other (1), or nowhere (0).
const togetherIn = (wanted, { title, others, sections }) => {
  if (allIn(wanted, [title])) return 3;
  if (sections.some(({ heading }) => allIn(wanted, [heading, title]))) return 2;
  const texts = [...sections.map(({ text }) => text), ...others];
  return texts.some((text) => isPhraseIn(wanted, text)) ? 1 : 0;
};
