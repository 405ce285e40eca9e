/* What an entry has in the place of a word that was typed in part: by initials, or without all letters
   of its last syllable. */

// No more different words than this are looked for in one entry.
const MOST_WRITTEN = 8;

// The syllables with these initials, from a word of a title or heading on.
const withInitials = (name, typed) => {
  const words = runsOf(name).flatMap(({ kind, word }) => (kind === "hangul" ? [word] : []));
  return words.flatMap((_, at) => {
    const begin = words.slice(at).join("").slice(0, typed.length);
    const initials = Array.from(begin, (c) => INITIALS[partsOf(c)?.[0] ?? 0]).join("");
    return initials === typed ? [squash(begin)] : [];
  });
};

// A word with a syllable behind it of which the number, of all syllables, is in a range.
const followed = (word, text, from, count) => {
  const places = placesOf([word], text, Infinity);
  const isNext = (c) => isSyllable(c) && numberOf(c) >= from && numberOf(c) < from + count;
  return places.flatMap(({ end }) => (isNext(text[end] ?? "") ? [word + text[end]] : []));
};

// A word with a final in its last syllable, which has none.
const ended = (word, text) => {
  const last = word.at(-1);
  if (word.length < 2 || partsOf(last)?.[2] !== 0) return [];
  return followed(word.slice(0, -1), text, numberOf(last) + 1, FINAL - 1);
};

const writtenFor = ({ texts, unfinished }, { title, sections, squashed }) => {
  if (unfinished === "initials") {
    const names = [title, ...sections.map(({ heading }) => heading)];
    return names.flatMap((name) => withInitials(name, texts[0] ?? ""));
  }
  if (unfinished === "final") return texts.flatMap((word) => ended(word, squashed.all));
  const first = INITIALS.indexOf(unfinished) * INITIAL;
  return texts.flatMap((word) => followed(word, squashed.all, first, INITIAL));
};

// What is wanted of one entry: with the words that it has in the place of unfinished ones.
const wantedWithin = (wanted, entry) => {
  if (!wanted.words.some(({ unfinished }) => unfinished)) return wanted;
  const words = wanted.words.map((word) => {
    if (!word.unfinished) return word;
    const written = [...new Set(writtenFor(word, entry))].slice(0, MOST_WRITTEN);
    const [meant, texts] = [word.meant, word.texts].map((all) => [...all, ...written]);
    return { ...word, meant, texts };
  });
  return { ...wanted, words };
};
