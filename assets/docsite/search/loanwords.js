/* English words of the field in Hangul, by a table that the build writes. */

// `서킷브레이커` is `circuit breaker`.
const inTwo = (loanwords, word) => {
  for (let cut = 2; cut + 2 <= word.length; cut += 1) {
    const [first, second] = [word.slice(0, cut), word.slice(cut)].map((part) => loanwords.get(part));
    if (first && second) return [`${first[0]} ${second[0]}`];
  }
  return null;
};

// The English words for a Hangul word: itself, without its particle, or in two words; or null.
const englishOf = (loanwords, syllables) => {
  for (const part of [syllables, stemOf(syllables)]) {
    const word = fold(part.join(""));
    const english = loanwords.get(word) ?? inTwo(loanwords, word);
    if (english) return english;
  }
  return null;
};
