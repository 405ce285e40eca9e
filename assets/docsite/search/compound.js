/* Compounds of a loanword and another word, written as one: their parts. */

// A part has so many syllables.
const SHORTEST_PART = 2;

// Whether it is not known that no text has these words in a row.
const isPossible = ({ nowhere }, phrase) => !nowhere.has(squash(phrase));

// Whether the table has English for a Hangul word that entries hold.
const isListed = (query, syllables) =>
  (englishOf(query.loanwords, syllables) ?? []).some(
    (phrase) => isPossible(query, phrase) && isHeldPhrase(query, phrase),
  );

// The parts of a word that nothing holds, one of them a loanword and both held: `타임아웃설정` is `timeout`
// and `설정`. Null where it is none.
const compoundOf = (query, { run, tail, written }, isLast) => {
  const syllables = [...run.written];
  const find = (part, isOpen) => findHangul(finderOf(query.index, part, isOpen, null, query.nowhere));
  const isUnknown =
    !tail &&
    !written &&
    syllables.length >= 2 * SHORTEST_PART &&
    !isListed(query, syllables) &&
    find(syllables, isLast).found.entries.length === 0 &&
    !(isLast && begunHeld(query, syllables, null).some((phrase) => isPossible(query, phrase)));
  if (!isUnknown) return null;
  const isPart = (part, isOpen) => {
    const { isWhole, isDoubtful } = find(part, isOpen);
    return (isWhole && !isDoubtful) || (isOpen && begunHeld(query, part, null).length > 0);
  };
  for (let cut = syllables.length - SHORTEST_PART; cut >= SHORTEST_PART; cut -= 1) {
    const [first, second] = [syllables.slice(0, cut), syllables.slice(cut)];
    const isCompound = isListed(query, first)
      ? isListed(query, second) || isPart(second, isLast)
      : isListed(query, second) && isPart(first, false);
    if (isCompound) return [first.join(""), second.join("")];
  }
  return null;
};

// Whether entries enough have each of these words in Hangul: they may have them together, too.
const areUsual = ({ index, nowhere }, words) =>
  words.every((word) => {
    const { found } = findHangul(finderOf(index, [...word], false, null, nowhere));
    return found.entries.length >= USUAL_WORD;
  });
