/* A Latin word of a query: by its beginning, by its form, with one or two mistakes. */

// What a longer word counts that begins with the typed one, times the share that was typed.
const BEGINS = 0.6;
const LEAST_BEGINS = 0.4;
// Another form, such as a plural.
const FORM = 0.7;
// What other forms have behind the stem of a word.
const FORM_ENDING = /^(?:e|y|s|es|ies|ed|er|ing|ion)?$/;
const MISTAKEN = 0.7;
// Names say more than Korean words do: they are rarely chance.
const NAMED = 1.2;
// Fewer letters are part of a word by chance.
const LEAST_PART = 3;
// At most so many words that begin with the typed one are looked at.
const MOST_TERMS = 400;
// At most so many near words are said of a misspelt one.
const MOST_READ = 3;

const firstOf = (terms, most) => {
  const found = [];
  for (const term of terms) {
    if (found.length === most) break;
    found.push(term);
  }
  return found;
};

const longerTerms = (index, word) =>
  firstOf(index.beginning(word), MOST_TERMS).map((term) => [
    term,
    term === word ? 1 : BEGINS * Math.max(word.length / term.length, LEAST_BEGINS),
  ]);

// A word without the ending of a plural or another form; empty if it has none, or is too short.
const withoutEnding = (word) => {
  const [, stem = ""] = /^(.*?)(?:ies|es|s|ing|ed)$/.exec(word) ?? [];
  return stem.length < 3 ? "" : stem;
};

// Plurals and other endings.
const formsOf = (index, word) => {
  const stem = withoutEnding(word);
  if (!stem) return [];
  return firstOf(index.beginning(stem), MOST_TERMS / 4)
    .filter((term) => FORM_ENDING.test(term.slice(stem.length)) && term !== word);
};

// Whether the beginning of a longer word is the typed one with one mistake, which is where they first
// differ: a letter is wrong, too many, missing, or swapped with the next.
const beginsNearly = (term, typed) => {
  let at = 0;
  while (at < typed.length && typed[at] === term[at]) at += 1;
  const goesOnAt = (own, place) => term.startsWith(typed.slice(own), place);
  const isSwapped = () => typed[at] === term[at + 1] && typed[at + 1] === term[at];
  return (
    goesOnAt(at + 1, at + 1) ||
    goesOnAt(at + 1, at) ||
    goesOnAt(at, at + 1) ||
    (isSwapped() && goesOnAt(at + 2, at + 2))
  );
};

const sorted = (word) => [...word].sort().join("");

// The nearest words that begin with one of the first two letters; else longer words whose beginning
// is near.
const mistaken = (index, word) => {
  if (word.length < 4) return [];
  const most = word.length < 9 ? 1 : 2;
  // Of four letters, too many words differ in one.
  const isNear = (term) => word.length > 4 || term.length > 4 || sorted(term) === sorted(word);
  const near = [];
  for (const letter of new Set(word.slice(0, 2))) {
    for (const term of index.words(letter)) {
      // It is no mistake: what holds it did not come.
      if (term === word) return [];
      const cost = mayBe(word, term, most) ? distance(word, term, most) : null;
      if (cost !== null && isNear(term)) near.push({ cost, term });
    }
  }
  if (near.length === 0) {
    if (word.length < 5) return [];
    return [...index.words(word[0])]
      .filter((term) => beginsNearly(term, word))
      .slice(0, MOST_TERMS);
  }
  const least = Math.min(...near.map(({ cost }) => cost));
  const nearest = near.filter(({ cost }) => cost === least);
  return nearest.map(({ term }) => term).sort();
};

// What a Latin word finds; null if it has no letters.
const findLatin = (index, written) => {
  const word = identifier(written);
  if (!word) return null;
  if (word.length > 1) index.wantBeginnings([word, withoutEnding(word)].filter(Boolean));
  // Of one letter, too much begins with it.
  const alone = index.has(word) ? [[word, 1]] : [];
  let terms = word.length === 1 ? alone : longerTerms(index, word);
  const inflected = formsOf(index, word);
  terms.push(...inflected.map((term) => [term, FORM]));
  const near = terms.length === 0 ? mistaken(index, word) : [];
  if (near.length > 0) terms = near.map((term) => [term, MISTAKEN]);
  const found = simpleWord(index, word, union(index, terms));
  const { scores } = found.found;
  if (index.has(word)) {
    // It is as rare as itself, not as all that begin with it.
    const own = rarityOf(index.entries, index.holders(word));
    const factor = own / Math.max(found.rarity, 0.01);
    for (let at = 0; at < scores.length; at += 1) scores[at] *= factor;
    found.rarity = own;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] *= NAMED;
  const isWhole = found.isWhole && near.length === 0;
  return { ...found, typed: written, inflected, near, isWhole };
};

// The parts of an identifier that is not in the index, to look for one by one.
const identifierParts = (written) =>
  written
    .replace(/(?<=\p{Lowercase})(?=\p{Uppercase})/gu, "/")
    .split(/[-._/]/)
    .filter(Boolean);

// The two words that one is without a blank; null if entries do not hold both.
const twoWords = (index, word) => {
  const cuts = Array.from(word, (_, at) => [word.slice(0, at), word.slice(at)]).filter((two) =>
    two.every((part) => part.length >= LEAST_PART),
  );
  index.want(cuts.map(([first]) => first));
  const begun = cuts.filter(([first]) => index.has(first));
  index.want(begun.map(([, second]) => second));
  return begun.find(([, second]) => index.has(second)) ?? null;
};

// The words that a misspelt one is read as.
const readingOf = ({ typed, near }) => {
  if (near.length === 0) return [];
  const more = near.length > MOST_READ ? ", …" : "";
  return [{ typed, meant: near.slice(0, MOST_READ).join(", ") + more }];
};
