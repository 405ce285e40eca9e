/* Words typed in the other layout: `rpdlxmdnpdl` is 게이트웨이, `ㅕㅔㄴㅅㄱㄷ므` is upstream. */

// The keys of the Korean standard layout, and its letters.
const LAYOUT = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml";
const LETTERS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ";

const letterOf = (key) => LETTERS[LAYOUT.indexOf(LAYOUT.includes(key) ? key : key.toLowerCase())];
const keyOf = (letter) => (LETTERS.includes(letter) ? LAYOUT[LETTERS.indexOf(letter)] : letter);

const joinedOf = (letters, two) =>
  [...letters].find(([, [first, second]]) => first === two[0] && second === two[1])?.[0];

// The syllable that begins at a place, and where it ends.
const compose = (jamo, at) => {
  // A consonant that no vowel follows.
  const isFinal = (place) =>
    place < jamo.length && FINALS.includes(jamo[place]) && !isVowel(jamo[place + 1] ?? "");
  let end = at + 2;
  const both = joinedOf(DIPHTHONGS, [jamo[at + 1], jamo[end]]);
  if (both) end += 1;
  let last = " ";
  if (isFinal(end)) {
    const cluster = isFinal(end + 1) && joinedOf(CLUSTERS, [jamo[end], jamo[end + 1]]);
    last = cluster || jamo[end];
    end += cluster ? 2 : 1;
  }
  const parts = [INITIALS.indexOf(jamo[at]), VOWELS.indexOf(both ?? jamo[at + 1]), FINALS.indexOf(last)];
  return [syllable(...parts), end];
};

// What these keys write in the Korean layout; null if one of them is no letter.
const toHangul = (keys) => {
  const jamo = [...keys].map(letterOf);
  if (!jamo.every(Boolean)) return null;
  let text = "";
  for (let at = 0, c; at < jamo.length; text += c) {
    const isBegun = !isVowel(jamo[at]) && isVowel(jamo[at + 1] ?? "");
    [c, at] = isBegun ? compose(jamo, at) : [jamo[at], at + 1];
  }
  return text;
};

// The keys that write a text in the Korean layout; other characters stay.
const toKeys = (text) =>
  [...text]
    .flatMap(lettersOf)
    .flatMap((c) => DIPHTHONGS.get(c) ?? CLUSTERS.get(c) ?? [c])
    .map(keyOf)
    .join("");
