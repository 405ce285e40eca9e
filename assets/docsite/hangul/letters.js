/* Hangul: a syllable is 가 + (initial × 21 + vowel) × 28 + final. `src/hangul/` has the same. */

const FINAL = 28;
const INITIAL = 21 * FINAL;
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
const CLUSTERS = new Map(
  "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
    .split(" ")
    .map(([whole, ...two]) => [whole, two]),
);

const isSyllable = (c) => c >= "가" && c <= "힣";
const isVowel = (c) => c >= "ㅏ" && c <= "ㅣ";
const isJamo = (c) => c >= "ㄱ" && c <= "ㅣ";
const isHangul = (c) => isSyllable(c) || isJamo(c);
const isLatin = (c) => /[a-z0-9\u00c0-\u024f]/.test(c);
const isInitial = (c) => INITIALS.includes(c);
// The place of a syllable among all.
const numberOf = (c) => c.charCodeAt(0) - 0xac00;
const finalOf = (c) => FINALS[numberOf(c) % FINAL];
