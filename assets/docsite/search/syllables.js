/* The letters of a syllable by their places, and letters that are typed as two. */

const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const DIPHTHONGS = new Map(
  "ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ".split(" ").map(([both, ...two]) => [both, two]),
);

const isConsonant = (c) => isJamo(c) && !isVowel(c);

// The places of its initial, vowel and final in their lists; null if it is no syllable.
const partsOf = (c) => {
  if (!isSyllable(c)) return null;
  const number = numberOf(c);
  return [Math.floor(number / INITIAL), Math.floor((number % INITIAL) / FINAL), number % FINAL];
};

const syllable = (initial, vowel, last) =>
  String.fromCharCode(0xac00 + initial * INITIAL + vowel * FINAL + last);

// The letters of a syllable; another character is itself.
const lettersOf = (c) => {
  const parts = partsOf(c);
  if (!parts) return [c];
  const [initial, vowel, last] = parts;
  return [INITIALS[initial], VOWELS[vowel], ...FINALS[last].trim()];
};
