/* Endings of Korean verbs, which a word of a query may end with: `설정하려면` is about `설정` */

// What makes a verb of a noun, in all its forms; enough alone.
const VERBAL = "하해했한할함합되돼됐된될됨됩";
// Syllables of endings, and of verbs that follow another.
const ENDINGS =
  VERBAL +
  "지졌진질져고기게는은을려면며서더던니다라도록거나났난날까요죠시세십셨습었았였겠자보봐봤주줘줬";
// What is left of a word has at least so many syllables.
const LEAST_LEFT = 2;

// The length of what may be the ending of a verb; 0 if there is none.
const endingOf = (word) => {
  const left = word.findLastIndex((c) => !ENDINGS.includes(c)) + 1;
  const length = word.length - Math.max(left, Math.min(LEAST_LEFT, word.length));
  return length > 1 || VERBAL.includes(word.at(-1)) ? length : 0;
};
