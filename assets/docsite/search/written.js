/* Words as texts write them: a query is compared with them in one spelling for many. */

const writtenIn = (text, squashed) => {
  const whole = squashWithPlaces(text);
  const at = squashed === "" ? -1 : whole.squashed.indexOf(squashed);
  if (at < 0) return null;
  const last = whole.places[at + squashed.length - 1];
  return text.slice(whole.places[at], last + (text.codePointAt(last) > 0xffff ? 2 : 1));
};

// All that is searched of an entry.
const textsOf = ({ title, name, tags, sections }) => [
  title,
  name,
  ...tags,
  ...sections.flatMap(({ heading, text, code }) => [heading, text, code]),
];

// A word, or words with blanks between them, as the first of these entries writes it; as it is if one
// writes it so; null if none has it.
const asWritten = (entries, words) => {
  const texts = entries.flatMap(textsOf);
  const parts = words.split(" ").map((word) => {
    if (texts.some((text) => text.includes(word))) return word;
    const squashed = squash(word);
    for (const text of texts) {
      const written = writtenIn(text, squashed);
      if (written !== null) return written;
    }
    return null;
  });
  return parts.includes(null) ? null : parts.join(" ");
};

// Whether another spelling of a word counts as the same.
const hasOthers = (word) =>
  [...word].some((c) => {
    const parts = partsOf(c);
    if (!parts) return false;
    const [initial, vowel] = parts;
    const isLike = vowel === 5 || vowel === 11 || (initial >= 12 && initial <= 14 && [0, 4, 8, 13].includes(vowel));
    return isLike || alike(c) !== c;
  });

// As a word was typed, where other spellings count as the same; null where none does.
const spellingOf = ({ typed, stem }) => {
  // 1.85 is no 18-5, though the index has 185 of both.
  if (/^[0-9.]*\.[0-9.]*$/.test(typed)) return typed;
  const own = [...typed].slice(0, [...stem].length);
  const isSame = own.map(alike).join("") === stem;
  return isSame && hasOthers(own.join("")) ? own.join("") : null;
};

// Readings as the best entries write what was meant, without what none of them has; also of words that
// they all spell in another way. Where a text did not come, nobody knows.
const writtenReadings = (readings, words, hits) => {
  const entries = hits.slice(0, ENOUGH_LOOKED_AT).map(({ text }) => text);
  if (!entries.every(Boolean)) return readings;
  const written = readings.flatMap(({ typed, meant }) => {
    const all = meant.split(", ").map((one) => (one === "…" ? one : asWritten(entries, one)));
    const said = [...new Set(all.filter((one) => one !== null && one !== typed))];
    return said.some((one) => one !== "…") ? [{ typed, meant: said.join(", ") }] : [];
  });
  const spelled = words.flatMap(({ spelling, text }) => {
    if (spelling === null || readings.some(({ typed }) => typed === spelling)) return [];
    const meant = asWritten(entries, spelling) ?? asWritten(entries, text);
    return meant !== null && meant !== spelling ? [{ typed: spelling, meant }] : [];
  });
  return [...written, ...spelled];
};
