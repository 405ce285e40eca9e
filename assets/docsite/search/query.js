/* What was typed, as words with what each finds: in the layout that was meant, without glued
   particles, with the English words that a Hangul spelling stands for. */

// In characters: what is typed beyond is not looked at.
const LONGEST_QUERY = 300;
const MOST_WORDS = 24;
// So many words in a row may be one.
const LONGEST_ROW = 4;
// What another word counts that the table gives, and one that only sounds alike; and where entries
// enough have the word itself.
const BY_TABLE = 0.95;
const BY_SOUND = 0.8;
const BESIDE = 0.5;
// The cost of a sound that is near enough, by length.
const NEAR_SOUND = 0.07;
// The same for a word that entries hold as it is: it may be no English one.
const NEAR_HELD = 0.03;
// Of the words that one that is being typed may become, so many are looked for.
const MOST_BEGUN = 3;
// So many syllables of a word that entries hold as it is may be the beginning of an English one.
const LEAST_BEGUN = 3;
// So many entries make a word usual.
const USUAL_WORD = 3;
// What the Hangul spelling itself adds to an entry that has both.
const BOTH = 0.2;

/* Other words for a word */

// Whether entries hold each word of one that the table gives.
const isHeldPhrase = (query, phrase) =>
  phrase.split(/[ -]/).every((part) => findOther(query, part)?.isWhole);

// Phrases without those of which it is known that no text has their words in a row.
const possibleOf = ({ nowhere }, phrases) => phrases.filter((phrase) => !nowhere.has(squash(phrase)));

// The English words that the table gives for a Hangul one, of those that texts may have; null if it
// gives none.
const possibleEnglish = (query, syllables) => {
  const english = englishOf(query.loanwords, syllables);
  return english && possibleOf(query, english);
};

// What entries have of several words together.
const together = (index, words) => {
  const [scores, shares] = [new Float64Array(index.entries), new Float64Array(index.entries)];
  for (const { found } of words) {
    found.entries.forEach((entry, at) => {
      scores[entry] += found.scores[at];
      shares[entry] += 1 / words.length;
    });
  }
  return { entries: entriesWith(shares), scores, shares };
};

// A word of the table, as it is.
const findOther = ({ index, nowhere }, word) => {
  const syllables = [...word];
  return syllables.every(isSyllable)
    ? findHangul(finderOf(index, syllables, false, null, nowhere))
    : findLatin(index, word);
};

// A word with what others for it find.
const joinOthers = (query, word, others, counts) => {
  let rarest = 0;
  for (const phrase of others) {
    const words = phrase.split(/[ -]/).map((part) => findOther(query, part));
    if (!words.every((part) => part?.isWhole)) continue;
    word.others.push(squash(phrase));
    rarest = words.reduce((most, { rarity }) => Math.max(most, rarity), rarest);
    const all = together(query.index, words);
    const before = new Float64Array(query.index.entries);
    word.found.entries.forEach((entry, at) => (before[entry] = word.found.scores[at]));
    const own = listsFor(all.entries.length);
    let count = 0;
    for (const entry of all.entries) {
      const share = all.shares[entry];
      const score = all.scores[entry] * counts * share * share;
      if (word.isWhole && before[entry] >= score) continue;
      own.entries[count] = entry;
      own.scores[count] = Math.max(score, word.isWhole ? before[entry] : 0) + BOTH * before[entry];
      own.shares[count] = share;
      count += 1;
    }
    word.found = bothFound(word.found, firstIn(own, count), (_, now) => now);
  }
  if (rarest > 0) {
    word.rarity = word.isWhole ? Math.min(word.rarity, rarest) : rarest;
    word.isWhole = true;
  }
  return word;
};

/* Words of each script */

// A word with what others for it find: less, where enough entries have the word itself.
const withOthers = (query, word, written, others, counts) => {
  const [before, wasWhole] = [word.found.entries.length, word.isWhole];
  const isUsual = wasWhole && before >= USUAL_WORD;
  const both = joinOthers(query, word, others, isUsual ? BESIDE : counts);
  if (both.found.entries.length > before || (!wasWhole && both.others.length > 0)) {
    query.readings.push({ typed: written, meant: others.join(", ") });
  }
  return both;
};

// The word of the table that is meant by one with a mistake; null if no entry has it.
const nearInTable = (query, finder) => {
  const { index, loanwords, readings, nowhere } = query;
  const { near, particle } = nearKey(loanwords, finder.written);
  if (!near) return null;
  const syllables = [...near, ...particle];
  const english = possibleEnglish(query, syllables) ?? [];
  const typed = finder.written.join("");
  const found = findHangul(finderOf(index, syllables, finder.isOpen, null, nowhere));
  const itself = found.isWhole ? [near] : [];
  const word = joinOthers(query, { ...found, typed }, english, BY_TABLE);
  const all = word.others.length > 0 ? [...itself, ...english] : itself;
  if (all.length === 0) return null;
  readings.push({ typed, meant: all.join(", ") });
  return word;
};

// The English words that entries hold, of those that a half-typed word may become.
const begunHeld = (query, syllables, tail) => {
  const begun = begunEnglish(query.loanwords, syllables, tail);
  const held = begun.filter((phrase) => isHeldPhrase(query, phrase));
  return possibleOf(query, firstOf(held, MOST_BEGUN));
};

// A word as English ones that it sounds like. A short one sounds like some by chance: it may as well
// lack a syllable.
const soundingOrCorrected = (query, word, english, finder) => {
  const sounding = withOthers(query, word, word.typed, english, BY_SOUND);
  const isShort = stemOf(finder.written).length <= 2;
  const corrected = isShort ? findCorrected(finder, "left out") : null;
  if (!corrected) return sounding;
  query.readings.push({ typed: word.typed, meant: corrected.meant.join(", ") });
  return eitherWord(sounding, corrected.word);
};

// A word, if it finds nothing, as the English ones that it sounds like.
const orSounding = (query, word, { written }) => {
  if (word.found.entries.length > 0) return word;
  const english = englishBySound(query, written, NEAR_SOUND);
  return english ? withOthers(query, word, word.typed, english, BY_SOUND) : word;
};

// A word that nothing holds: as it sounds, with a mistake, or in its parts.
const otherwise = (query, word, finder) => {
  const isEnded = !finder.tail;
  const foreign = soundingForeign(query, finder);
  if (foreign) return soundingOrCorrected(query, word, foreign, finder);
  const near = isEnded ? nearInTable(query, finder) : null;
  if (near) return near;
  const corrected = findCorrected(finder, "any");
  if (corrected) {
    query.readings.push({ typed: corrected.word.typed, meant: corrected.meant.join(", ") });
    return corrected.word;
  }
  const sounding = isEnded ? orSounding(query, word, finder) : word;
  if (sounding.found.entries.length > 0) return sounding;
  const inPart = findInPart(finder);
  if (inPart.found.entries.length > 0 || !finder.isOpen || !isEnded) return inPart;
  const half = halfTyped(query, finder.written, findInPart);
  return half && half.found.entries.length > 0 ? half : inPart;
};

// A word of which forms are held, also as others that it may be with a mistake.
const orCorrected = (query, word, finder) => {
  const other = findCorrected(finder, "of whole");
  if (!other) return word;
  const forms = word.isWhole ? [...word.others, word.stem] : [];
  const isOther = (meant) => !forms.some((form) => fold(meant).startsWith(form));
  const meant = other.meant.filter(isOther).join(", ");
  if (meant) query.readings.push({ typed: word.typed, meant });
  return word.isWhole ? eitherWord(word, other.word) : other.word;
};

// A word as it was typed, with its last consonant and its blanks.
const writtenAs = ({ run, tail, written }) => (written ?? run.written) + (tail ?? "");

// What a word finds whose last consonant is to begin the next syllable: 컴폰 of 컴포넌트. Null if it has
// none.
const halfTyped = ({ index, nowhere }, syllables, find) => {
  const moved = movedFinal(syllables);
  const found = moved && find(finderOf(index, moved.begin, true, moved.tail, nowhere));
  return found && { ...found, typed: syllables.join("") };
};

// A word that entries hold as it is, with the English one that others may write for it.
const alsoEnglish = (query, word, { written, isOpen, tail }) => {
  const typed = written.length + (tail ? 1 : 0);
  let english = isOpen && typed >= LEAST_BEGUN ? begunHeld(query, written, tail) : [];
  const isRare = word.isWhole && word.found.entries.length < USUAL_WORD;
  if (english.length === 0 && isRare && !tail) {
    english = englishBySound(query, written, NEAR_HELD) ?? [];
  }
  return english.length > 0 ? withOthers(query, word, word.typed, english, BY_SOUND) : word;
};

// A word of the table, with what it finds where a text has it as several: as those that were typed, or
// in its parts.
const alsoApart = (query, word, finder) => {
  const isRow = word.typed.includes(" ");
  if (isRow && !query.nowhere.has(word.stem)) {
    const particle = finder.written.length - finder.stem.length;
    const apart = [...word.typed].slice(0, [...word.typed].length - particle).join("");
    return joinOthers(query, word, [apart], 1);
  }
  if (isRow || word.found.entries.length > 0) return word;
  return { ...findInPart(finder), typed: word.typed };
};

const hangulWord = (query, { run, tail, written }, isLast) => {
  const { index, nowhere } = query;
  const syllables = [...run.written];
  const finder = finderOf(index, syllables, isLast, tail, nowhere);
  const word = { ...findHangul(finder), typed: writtenAs({ run, tail, written }) };
  const byTable = tail ? null : possibleEnglish(query, syllables);
  // A word of the table is no other word with a mistake.
  if (byTable) {
    const listed = withOthers(query, alsoApart(query, word, finder), word.typed, byTable, BY_TABLE);
    return orSounding(query, listed, finder);
  }
  if (word.found.entries.length > 0) {
    const other = word.isDoubtful ? orCorrected : alsoEnglish;
    return other(query, word, finder);
  }
  if (!isLast) return otherwise(query, word, finder);
  const english = begunHeld(query, syllables, tail);
  const moved = tail ? null : halfTyped(query, syllables, findHangul);
  const half = moved?.isWhole && !moved.isDoubtful ? moved : null;
  if (english.length === 0 && !half) return otherwise(query, word, finder);
  // As it is, a word may be another that sounds so: 패스 is path, and begins 패스워드.
  const sounding = soundingForeign(query, finder);
  if (!sounding) return withOthers(query, half ?? word, word.typed, english, BY_TABLE);
  const both = withOthers(query, half ?? word, word.typed, sounding, BY_SOUND);
  return withOthers(query, both, word.typed, english, BESIDE);
};

// One word; those of a row, or of a compound with a loanword, each alone if nothing holds them as one.
const hangulWords = (query, typed, isLast) => {
  const compound = compoundOf(query, typed, isLast);
  const row = typed.written?.split(" ") ?? [];
  let apart = compound.length > 0 ? compound : row.map((word) => partOf(typed.run, [...word], null));
  if (compound.length === 0 || areUsual(query, compound)) {
    const word = hangulWord(query, typed, isLast);
    if (word.found.entries.length > 0) return [word];
    if (apart.length === 0) apart = withLoanword(query, typed);
    if (apart.length === 0) return [word];
  }
  return apart.map((part, at) => hangulWord(query, part, isLast && at === apart.length - 1));
};

// The words of an identifier, or the two that it is without a blank; itself if it has only one.
const partsOfName = ({ index, readings }, word) => {
  const names = identifierParts(word.typed);
  const two = names.length < 2 ? twoWords(index, word.stem) : null;
  if (two) readings.push({ typed: word.typed, meant: two.join(" ") });
  const parts = (two ?? names).map((part) => findLatin(index, part)).filter(Boolean);
  return parts.length < 2 ? [word] : parts;
};

// A word of the table, which is no other word with a mistake.
const listedWord = (query, found, others) => {
  const { near, stem, typed } = found;
  const word = near.length > 0 ? { ...simpleWord(query.index, stem, NOBODY), typed } : found;
  const byPairs = { isInPart: false, place: "anywhere" };
  return { ...withOthers(query, word, typed, others, BY_TABLE), byPairs };
};

// A word that few entries have, or none, also as Hangul words that it sounds like. One that is held is
// less likely meant as another, and one that is nearly held is more likely misspelt.
const orInHangul = (query, word) => {
  const holders = word.found.entries.length;
  if (holders >= USUAL_WORD || word.near.length > 0) return word;
  const others = hangulBySound(query, word.stem, holders > 0 ? NEAR_HELD : NEAR_SOUND);
  if (others.length === 0) return word;
  const byPairs = { isInPart: false, place: "beginning" };
  return { ...withOthers(query, word, word.typed, others, BY_SOUND), byPairs };
};

// One word, or the parts of an identifier that nothing holds; misspelt ones are read as those that are
// near.
const latinWords = (query, written) => {
  const { index, loanwords, readings } = query;
  const found = findLatin(index, written);
  if (!found) return [];
  const listed = loanwords.get(listedKey(written));
  const word = listed ? listedWord(query, found, possibleOf(query, listed)) : found;
  const isFound = word.found.entries.length > 0;
  if (listed && isFound) return [word];
  const words = isFound ? [word] : partsOfName(query, word);
  readings.push(...words.flatMap(readingOf));
  const isOne = words.length === 1 && identifierParts(written).length === 1;
  return isOne ? [orInHangul(query, words[0])] : words;
};

const wordsOf = (query, typed, isLast) => {
  const { index } = query;
  const { kind, word } = typed.run;
  if (kind === "hangul") return hangulWords(query, typed, isLast);
  if (kind === "latin") return latinWords(query, word);
  if (kind === "other") return [simpleWord(index, word, union(index, [[otherTerm(word), 1]]))];
  const letters = [...word];
  return letters.length > 1 && letters.every(isInitial) ? [findInitials(index, word)] : [];
};

/* The layout that was meant */

const isBegun = (index, word) =>
  index.has(word) || (word.length >= 4 && firstOf(index.beginning(word), 1).length > 0);

// Whether an entry holds a Hangul word with or without its particle.
const isHeld = (index, syllables) =>
  [syllables, stemOf(syllables)].some((word) => {
    const pairs = pairsOf(word).map(fold);
    if (pairs.length === 0) return false;
    index.want(pairs);
    return wholeOf(pairs.map((pair) => index.get(pair))).entries.length > 0;
  });

// `isLikely`: another word was in the other layout; `isLast`: it may still be typed.
const meantHangul = (query, word, around, isLikely, isLast) => {
  const { index, loanwords } = query;
  const isPart = (c) => /[\p{Alphabetic}\p{N}.\-$_/]/u.test(c);
  if (around.some(isPart) || word.length < (isLikely ? 2 : 4)) return null;
  const hangul = toHangul(word);
  const syllables = [...(hangul ?? " ")];
  const tail = isLast && syllables.length > 0 && isInitial(syllables.at(-1)) ? syllables.pop() : null;
  if (!syllables.every(isSyllable) || (!isLikely && syllables.length < 2)) return null;
  const lower = word.toLowerCase();
  if (isLikely ? index.has(lower) : isBegun(index, lower)) return null;
  const isBegunWord = () => isLast && begunHeld(query, syllables, tail).length > 0;
  const isMeant = () =>
    isHeld(index, syllables) ||
    englishOf(loanwords, syllables) !== null ||
    isBegunWord() ||
    (syllables.length >= 3 && soundingLike(index, syllables, NEAR_SOUND).length > 0);
  if (tail) return syllables.length > 1 && isBegunWord() ? hangul : null;
  return isLikely || isMeant() ? hangul : null;
};

const meantLatin = ({ index }, word, around) => {
  if (around.some((c) => /^[A-Za-z0-9]$/.test(c))) return null;
  const chars = [...word];
  const isOdd = chars.some(isVowel) || chars.slice(0, -1).some(isConsonant);
  if (!isOdd && (chars.length < 2 || isHeld(index, chars.map(alike)))) return null;
  const keys = toKeys(word).toLowerCase();
  if (!/^[a-z]{3,}$/.test(keys)) return null;
  if (!index.has(keys) && !(keys.length >= 4 && isBegun(index, keys))) return null;
  // Initials of a heading are more often meant than a word of which all letters are consonants.
  const isHeading = chars.every(isInitial) && findInitials(index, word).found.entries.length > 0;
  return isHeading ? null : keys;
};

const relaid = (query, text, isLikely) => {
  const meantBy = ({ 0: typed, index: at }) => {
    const before = [...text.slice(0, at)].at(-1) ?? " ";
    const [after = " "] = text.slice(at + typed.length);
    const around = [before, after];
    return /[a-z]/i.test(typed)
      ? meantHangul(query, typed, around, isLikely, at + typed.length === text.length)
      : meantLatin(query, typed, around);
  };
  const words = /[A-Za-z]+|[가-힣ㄱ-ㅣ]+/g;
  const all = query.index.each([...text.matchAll(words)], meantBy).values();
  return text.replace(words, (typed) => {
    const meant = all.next().value;
    if (meant) query.readings.push({ typed, meant });
    return meant ?? typed;
  });
};

// Where one word was in the other layout, others that are no words are too.
const inLayout = (query, text) => {
  const first = relaid(query, text, false);
  return query.readings.length > 0 ? relaid(query, first, true) : text;
};

/* All words */

// Runs, each with a consonant of the syllable that is being typed, and whether it follows the run
// before without a blank.
const joinTails = (runs) => {
  const joined = [];
  for (const run of runs) {
    const before = joined.at(-1);
    const isGlued = before?.run.end === run.start;
    if (isGlued && run.kind === "jamo" && before.run.kind === "hangul") before.tail = run.word[0];
    else joined.push({ run, tail: null, isGlued });
  }
  return joined;
};

// A particle behind a Latin word, or alone.
const isGluedParticle = ({ run, isGlued }, words) => {
  if (run.kind !== "hangul" || words < 2) return false;
  const length = run.end - run.start;
  const isShort = length <= 3 && (isGlued || length === 1);
  return isShort && particleOf(["a", ...run.written], 1).length === length;
};

// These words as one, as they were typed, if they are; or null.
const rowOf = (loanwords, words) => {
  if (words.length < 2 || words.some(({ run, tail }) => run.kind !== "hangul" || tail)) return null;
  const row = words.map(({ run }) => run.written);
  const written = row.join("");
  if (!hasRow(loanwords, [...written])) return null;
  const [{ run, isGlued }] = words;
  const whole = { ...run, written, word: fold(written), end: words.at(-1).run.end };
  return { run: whole, tail: null, isGlued, written: row.join(" "), length: words.length };
};

// Hangul words in a row that are listed as one are one.
const joinRows = (loanwords, words) => {
  const joined = [];
  for (let at = 0; at < words.length; ) {
    let row = null;
    for (let length = Math.min(LONGEST_ROW, words.length - at); length > 1 && !row; length -= 1) {
      row = rowOf(loanwords, words.slice(at, at + length));
    }
    joined.push(row ?? words[at]);
    at += row?.length ?? 1;
  }
  return joined;
};

// Each word once, but for the last, which may be unfinished.
const withoutRepeats = (runs) => {
  const before = new Set();
  return runs.filter((run, at) => {
    const written = writtenAs(run);
    const isNew = !before.has(written) || at === runs.length - 1;
    before.add(written);
    return isNew;
  });
};

// Leaves each reading once: parts of a query may be the same word.
const leaveOutSame = (readings) => {
  const isNew = ({ typed, meant }, at) =>
    readings.findIndex((one) => one.typed === typed && one.meant === meant) === at;
  readings.splice(0, readings.length, ...readings.filter(isNew));
};

// The part of a query that is looked at.
const cutQuery = (typed) => [...typed.normalize("NFC")].slice(0, LONGEST_QUERY).join("");

// The words of a query, the runs that they come from, and how they were read: `laid` of the readings
// are of words in another layout. `beyond` are the words that are too many to be looked for.
const parseQuery = ({ index, loanwords }, typed, nowhere) => {
  const query = { index, loanwords, nowhere, readings: [] };
  const meant = inLayout(query, typed);
  leaveOutSame(query.readings);
  const laid = query.readings.length;
  const all = joinTails(runsOf(meant));
  const kept = all.filter((run) => !isGluedParticle(run, all.length));
  const joined = withoutRepeats(joinRows(loanwords, kept));
  const runs = joined.slice(0, MOST_WORDS);
  const beyond = joined.slice(MOST_WORDS).map(writtenAs);
  const words = index.each(runs, (run, at) => wordsOf(query, run, at === runs.length - 1)).flat();
  leaveOutSame(query.readings);
  return { words, runs: runs.map(({ run }) => run), readings: query.readings, laid, beyond };
};
