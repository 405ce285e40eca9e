/* Spellings that a search takes for the same: case, width, vowels that sound alike. */

// ㅐ ㅒ ㅖ as ㅔ, and ㅙ ㅞ as ㅚ.
const ALIKE = { 1: 5, 3: 5, 7: 5, 10: 11, 15: 11 };
// After ㅈ, ㅉ, ㅊ nobody hears a y.
const WITHOUT_Y = { 2: 0, 6: 4, 12: 8, 17: 13 };
const SIOT = 9;

const vowelLike = (initial, vowel) => {
  if (initial === SIOT && vowel === 15) return 5; // 쉐
  const y = initial >= 12 && initial <= 14 ? WITHOUT_Y[vowel] : undefined;
  return y ?? ALIKE[vowel] ?? vowel;
};

// One syllable for all that sound the same.
const alike = (c) => {
  const parts = partsOf(c);
  if (!parts) return c;
  const [initial, vowel, last] = parts;
  return syllable(initial, vowelLike(initial, vowel), last);
};

const isWritten = (c) => /[\p{L}\p{N}]/u.test(c);

// What a function makes of each character, once for each that there is.
const each = (change) => {
  const known = new Map();
  return (text) => {
    const own = known.get(text);
    if (own !== undefined) return own;
    let changed = "";
    for (const c of text.normalize("NFC")) {
      let one = known.get(c);
      if (one === undefined) known.set(c, (one = change(c)));
      changed += one;
    }
    return changed;
  };
};

// A letter that only forms syllables, as the one that is typed.
const asTyped = (c) => {
  if (c >= "\u1100" && c <= "\u1112") return INITIALS[c.charCodeAt(0) - 0x1100];
  if (c >= "\u1161" && c <= "\u1175") return VOWELS[c.charCodeAt(0) - 0x1161];
  return c >= "\u11a8" && c <= "\u11c2" ? FINALS[c.charCodeAt(0) - 0x11a7] : c;
};

// Compatibility forms (fullwidth letters, ligatures) as their usual ones, without characters that are
// not seen, as a soft hyphen. Letters of Hangul are as they are typed, though these are such forms too.
const usual = each((c) => {
  if (/^\p{Cf}$/u.test(c)) return "";
  return c >= "ㄱ" && c <= "ㆎ" ? c : [...c.normalize("NFKC")].map(asTyped).join("");
});
// One by one: at the end of a word, Σ would be another letter.
const fold = each((c) => [...usual(c)].map((one) => [...one.toLowerCase()].map(alike).join("")).join(""));
// Letters and digits alone.
const squash = each((c) => [...fold(c)].filter(isWritten).join(""));

// What a title or heading may be called by, squashed: all of it, and where it ends with a gloss, what
// comes before that and the gloss alone, as of `컴포저블(Composables)`.
const namesOf = (text) => {
  const [, name, gloss] = /^(.*)\(([^(]*)\)$/su.exec(usual(text)) ?? ["", "", ""];
  return [text, name, gloss].map(squash).filter(Boolean);
};

// A squashed text, and for each of its units the place in the text that it comes from.
const placesInSquashed = (text) => {
  const places = [];
  let squashed = "";
  let at = 0;
  for (const c of text) {
    const letters = squash(c);
    for (let unit = 0; unit < letters.length; unit += 1) places.push(at);
    squashed += letters;
    at += c.length;
  }
  return { squashed, places };
};

// The same, kept: while a query is typed, most of its excerpts are of the same texts as before.
const placed = new Map();
const MOST_PLACED = 500000; // units of all texts
let placedUnits = 0;

const squashWithPlaces = (text) => {
  if (placed.has(text)) return placed.get(text);
  if (placedUnits > MOST_PLACED) {
    placed.clear();
    placedUnits = 0;
  }
  const squashed = placesInSquashed(text);
  placed.set(text, squashed);
  placedUnits += text.length;
  return squashed;
};
