/* Compounds of a loanword and another word, written as one: their parts. */

// A part has so many syllables.
const SHORTEST_PART = 2;
// A longer word is no compound that anybody writes.
const LONGEST_COMPOUND = 24;
// Shorter loanwords are in other words by chance: 로그 is in 블로그.
const SHORTEST_SURE = 3;

// A part of a run, as a word.
const partOf = (run, syllables, tail) => {
  const written = syllables.join("");
  return { run: { ...run, written, word: fold(written) }, tail, written: null };
};

// Whether the table has English for a Hangul word that entries hold.
const isListed = (query, syllables) =>
  (possibleEnglish(query, syllables) ?? []).some((phrase) => isHeldPhrase(query, phrase));

// The parts of a word that nothing holds, one of them a loanword and both held: `타임아웃설정` is `timeout`
// and `설정`. None where it is no such word.
const compoundOf = (query, { run, tail, written }, isLast) => {
  const syllables = [...run.written];
  const find = (part, end, isOpen) =>
    findHangul(finderOf(query.index, part, isOpen, end, query.nowhere));
  const isEnded = () => !tail && englishOf(query.loanwords, syllables) !== null;
  const isUnknown =
    !written &&
    syllables.length >= 2 * SHORTEST_PART &&
    syllables.length <= LONGEST_COMPOUND &&
    !(!tail && isListed(query, syllables)) &&
    find(syllables, tail, isLast).found.entries.length === 0 &&
    !(isLast && !isEnded() && begunHeld(query, syllables, tail).length > 0);
  if (!isUnknown) return [];
  const isPart = (part, end, isOpen) => {
    const { isWhole, isDoubtful } = find(part, end, isOpen);
    return (isWhole && !isDoubtful) || (isOpen && begunHeld(query, part, end).length > 0);
  };
  for (let cut = syllables.length - SHORTEST_PART; cut >= SHORTEST_PART; cut -= 1) {
    const [first, second] = [syllables.slice(0, cut), syllables.slice(cut)];
    const isCompound = isListed(query, first)
      ? (!tail && isListed(query, second)) || isPart(second, tail, isLast)
      : !tail && isListed(query, second) && isPart(first, null, false);
    if (isCompound) return [partOf(run, first, null), partOf(run, second, tail)];
  }
  return [];
};

// The parts of a word that finds nothing as one, the longest loanword and what is before or behind it:
// another word with a mistake, or the beginning of one, as in `타임아웃설`.
const withLoanword = (query, { run, tail, written }) => {
  const syllables = [...run.written];
  if (written || syllables.length > LONGEST_COMPOUND) return [];
  const cut = (at) => [syllables.slice(0, at), syllables.slice(at)];
  const places = syllables.map((_, at) => at).slice(1);
  const isFirst = (at) => at >= SHORTEST_SURE && isListed(query, cut(at)[0]);
  const isLast = (at) =>
    !tail && stemOf(cut(at)[1]).length >= SHORTEST_SURE && isListed(query, cut(at)[1]);
  const at = places.findLast(isFirst) ?? places.find(isLast);
  if (!at) return [];
  const [first, second] = cut(at);
  return [partOf(run, first, null), partOf(run, second, tail)];
};

// Whether entries enough have each of these words in Hangul: they may have them together, too.
const areUsual = ({ index, nowhere }, words) =>
  words.every(({ run }) => {
    const { found } = findHangul(finderOf(index, [...run.written], false, null, nowhere));
    return found.entries.length >= USUAL_WORD;
  });
