/* Forms of Korean verbs and adjectives: `줄였다` and `줄인` are of `줄이`, `설정했어요` is about `설정`.
   Of irregular verbs, those that change ㅂ, ㄷ, ㅅ, ㄹ, 르 and 하. */

const endingsOf = (text) => new Set(text.split(" "));
// Endings behind any stem, behind one that ends in a consonant, in a vowel, and behind `아` or `어`;
// those that begin with a consonant are in the last syllable of the stem.
const AFTER_ANY = endingsOf(
  "고 고는 고도 지 지만 지는 지도 지를 기 기는 기가 기도 기를 기에 기만 게 거나 거든 도록 " +
    "더라 더라도 더니 던 던데 다 다가 다면 다고 다는 자 자마자 네 네요 는 는데 는데도 는지 는가 는다 는다고 " +
    "는다면 나 나요 느냐 겠다 겠습니다 겠지만",
);
const AFTER_CONSONANT = endingsOf(
  "습니다 습니까 습니다만 으면 으면서 으며 으니 으니까 으려고 으려면 으려는 으러 " +
    "으므로 으세요 은 은가 은지 은데 을 을까 을까요 을지 을게 을수록 을때 음 음을 음이",
);
const AFTER_VOWEL = endingsOf(
  "면 면서 며 니 니까 려고 려면 려는 러 므로 세요 라 라고 ㄴ ㄴ가 ㄴ가요 ㄴ지 ㄴ데 ㄴ다 ㄴ다고 " +
    "ㄴ다면 ㄹ ㄹ까 ㄹ까요 ㄹ지 ㄹ게 ㄹ수록 ㄹ때 ㅁ ㅁ을 ㅁ이 ㅂ니다 ㅂ니까 ㅂ니다만 ㅂ시다",
);
const CONNECTED = endingsOf("서 도 야 요 라 라도 야만");
const PAST = endingsOf(
  "다 고 던 던데 는데 는데도 는지 는가 습니다 습니까 습니다만 어요 어 지만 지 을 을까 을때 " +
    "으면 으니 으며 으므로 거나 기 네 나 나요 더니 더라 다면 다고 다는 음",
);
// Verbs that follow another, behind its `아` or `어`.
const AUXILIARY = endingsOf("지 보 주 놓 두 내 가 오 버리 드리");
// What forms go on with behind a stem that ends in a consonant, and in a vowel; and behind what a
// vowel becomes with a final or with `아` or `어`.
const STARTS = "고는지기게거도더던다자네느겠";
const STARTS_WITH_VOWEL = "으은을음아어았었";
const STARTS_AFTER_CONSONANT = `습${STARTS_WITH_VOWEL}`;
const STARTS_AFTER_VOWEL = "며면려러니세시라므";
const MERGED = Object.entries({
  ㅁ: "을이은",
  ㄴ: "다데지가",
  ㄹ: "지까수때",
  ㅂ: "니시",
  ㅆ: "다고던는습어지을으기거네",
  " ": "서도야요라지진져보주",
});
// The last syllables of the stems that change ㄷ and ㅅ, of which most do not, and stems of one syllable
// that lose ㄹ, as all do: without it, `아` and `거` are no stems.
const IRREGULAR = "걷듣묻싣긷붇컫짓낫붓긋잇젓알들풀걸열놀늘돌달멀불밀얼";
// What forms go on with behind ㄹ, and where it is lost, without those that look like usual words; and
// before what it is lost: the beginning of an ending, or a final.
const STARTS_AFTER_L = "면며므까수때";
const STARTS_AFTER_LOST = "는네세";
const MERGED_OF_L = Object.entries({ ㄴ: "다", ㅂ: "니" });
const LOSES = "는네느세ㄴㄹㅂ";
// What says that a stem of one syllable is one: behind any that ends in a consonant, and behind ㄹ.
const ENOUGH_AFTER = /[다아어]/;
const ENOUGH_AFTER_L = /[다아어고면며지]/;
// A longer word is no form, and a longer one no auxiliary verb: in syllables.
const LONGEST_FORM = 16;
const LONGEST_AUXILIARY = 6;

// What a vowel becomes with `아` or `어`, and what it was.
const CONNECTED_VOWELS = { ㅣ: "ㅕ", ㅜ: "ㅝ", ㅗ: "ㅘ", ㅚ: "ㅙ", ㅡ: "ㅓㅏ", ㅏ: "ㅏ", ㅓ: "ㅓ", ㅐ: "ㅐ", ㅔ: "ㅔ" };
const FIRST_VOWELS = { ㅕ: "ㅣ", ㅝ: "ㅜ", ㅘ: "ㅗ", ㅙ: "ㅚ", ㅓ: "ㅡㅓ", ㅏ: "ㅡㅏ", ㅐ: "ㅐ", ㅔ: "ㅔ" };

const placesIn = (c) => partsOf(c) ?? [0, 0, 0];
const vowelOf = (c) => VOWELS[placesIn(c)[1]];
const syllableOf = (places) => syllable(places[0], places[1], places[2]);
const withVowel = (c, vowel) => syllableOf(placesIn(c).with(1, VOWELS.indexOf(vowel)));
const syllableWith = (c, final) => syllableOf(placesIn(c).with(2, FINALS.indexOf(final)));
const openSyllable = (c) => syllableWith(c, " ");

/* The stems that a word may have */

// A stem of which the last syllable, which has no final, loses this one before a vowel, or changes it.
const irregularStem = (stem, final) => {
  const whole = syllableWith(stem.at(-1), final);
  return finalOf(stem.at(-1)) === " " && IRREGULAR.includes(whole) ? [stem.slice(0, -1) + whole] : [];
};

// Before an ending, `알` becomes `아`.
const beforeLost = (stem, ending) => {
  const [whole] = stem.length === 1 && LOSES.includes(ending[0]) ? irregularStem(stem, "ㄹ") : [];
  return whole ?? stem;
};

// Before a vowel, `쉽` becomes `쉬우`, `듣` becomes `들`, and `짓` becomes `지으`.
const alsoIrregular = (stem) => {
  const [last, before] = [stem.at(-1), stem.slice(0, -1)];
  const isOpen = before !== "" && finalOf(before.at(-1)) === " ";
  if (/[우오]/.test(last) && isOpen) return [stem, before.slice(0, -1) + syllableWith(before.at(-1), "ㅂ")];
  if (last === "으" && before) return [stem, ...irregularStem(before, "ㅅ")];
  return finalOf(last) === "ㄹ" ? [stem, ...irregularStem(before + openSyllable(last), "ㄷ")] : [stem];
};

// The stems that `아` or `어` made end so: `줄여` is of `줄이`, `쉬워` of `쉽`, `흘러` of `흐르`.
const connectedStems = (before, last) => {
  if (last === "아" || last === "어") {
    return before ? [...alsoIrregular(before), ...irregularStem(before, "ㅅ")] : [];
  }
  const isFirst = before === "" && vowelOf(last) === "ㅕ";
  const vowels = isFirst ? "ㅣㅕ" : (FIRST_VOWELS[vowelOf(last)] ?? "");
  const stems = [...(last === "해" ? "ㅏ" : vowels)].flatMap((vowel) =>
    alsoIrregular(before + withVowel(last, vowel)),
  );
  const doubled = before.at(-1);
  const isDoubled = /[러라]/.test(last) && doubled && finalOf(doubled) === "ㄹ";
  return isDoubled ? [...stems, `${before.slice(0, -1)}${openSyllable(doubled)}르`] : stems;
};

const isAuxiliary = (tail) =>
  tail.length <= LONGEST_AUXILIARY && stemsIn(tail).some((stem) => AUXILIARY.has(stem));

const isConnected = (last, tail) => {
  if (tail === "") return /[아어해]/.test(last) || /[ㅕㅝㅘㅙ]/.test(vowelOf(last));
  return CONNECTED.has(tail) || isAuxiliary(tail);
};

// The stems of a word that is cut behind a syllable.
const stemsBefore = (begin, tail) => {
  const [before, last] = [begin.slice(0, -1), begin.slice(-1)];
  const final = finalOf(last);
  const own = final === " " ? AFTER_VOWEL : AFTER_CONSONANT;
  const isAfterL = final === "ㄹ" && AFTER_VOWEL.has(tail);
  const ofOwn = own.has(tail) ? alsoIrregular(begin) : isAfterL ? [begin] : [];
  const stems = (AFTER_ANY.has(tail) ? [begin] : ofOwn).map((stem) => beforeLost(stem, tail || " "));
  if (final === " ") return isConnected(last, tail) ? [...stems, ...connectedStems(before, last)] : stems;
  // Particles look as if a stem had taken a final.
  const isParticle = tail === "" && /[는은을를면던든]/.test(last);
  if (AFTER_VOWEL.has(final + tail) && !isParticle) {
    const merged = alsoIrregular(before + openSyllable(last));
    stems.push(...merged.map((stem) => beforeLost(stem, final)));
  }
  if (final === "ㅆ" && PAST.has(tail)) stems.push(...connectedStems(before, openSyllable(last)));
  return stems;
};

// By the longest ending that the word may have.
const stemsIn = (word) => {
  for (let length = 1; length <= word.length; length += 1) {
    const stems = stemsBefore(word.slice(0, length), word.slice(length));
    if (stems.length > 0) return stems;
  }
  return [];
};

// Whether so much is behind a stem that the word is hardly something else. Many nouns end as a stem of
// one syllable with an ending of one.
const isEnoughForStem = (word, stem) => {
  const last = stem.at(-1) ?? "";
  if (/^(이|이라|하|되)$/.test(stem) || (last !== "있" && finalOf(last) === "ㅆ")) return false;
  if (stem.length > 1 || word.length > 2) return true;
  const isOfL = finalOf(stem) === "ㄹ" && IRREGULAR.includes(stem);
  const enough = isOfL ? ENOUGH_AFTER_L : ENOUGH_AFTER;
  return word.length > 1 && (stem !== word[0] || (finalOf(stem) !== " " && enough.test(word[1])));
};

/* The forms of a stem */

// A stem of one syllable is too short without what follows.
const longForms = (before, last, starts) =>
  before ? [before + last] : [...starts].map((start) => last + start);

// Those of a stem that ends in ㄹ beside those of all stems.
const formsOfL = (before, last) => {
  const lost = openSyllable(last);
  return [
    ...[...STARTS_AFTER_L].map((start) => before + last + start),
    ...[...STARTS_AFTER_LOST].map((start) => before + lost + start),
    ...MERGED_OF_L.flatMap(([final, starts]) => longForms(before, syllableWith(lost, final), starts)),
  ];
};

// Those in which the last vowel takes a final, or is one with `아` or `어`.
const mergedForms = (before, last) => {
  const vowels = last === "하" ? "ㅐ" : (CONNECTED_VOWELS[vowelOf(last)] ?? "");
  const connected = [...vowels].map((vowel) => withVowel(last, vowel));
  const doubled = last === "르" && before ? syllableWith(before.at(-1), "ㄹ") : "";
  const forms = doubled ? [..."라러랐렀"].map((c) => before.slice(0, -1) + doubled + c) : [];
  for (const [final, starts] of MERGED) {
    const vowelForms = connected.map((c) => (final === "ㅆ" ? syllableWith(c, "ㅆ") : c));
    const merged = /[ㅆ ]/.test(final) ? vowelForms : [syllableWith(last, final)];
    forms.push(...merged.flatMap((c) => longForms(before, c, starts)));
  }
  return forms;
};

const formsOfStem = (stem) => {
  const [before, last] = [stem.slice(0, -1), stem.slice(-1)];
  if (/[하되]/.test(last) && before.length >= 2) return [before];
  const goOn = (begin, starts) => [...starts].map((start) => begin + start);
  const forms = goOn(stem, STARTS);
  const final = finalOf(last);
  if (final === " ") return [...forms, ...goOn(stem, STARTS_AFTER_VOWEL), ...mergedForms(before, last)];
  forms.push(...goOn(stem, STARTS_AFTER_CONSONANT));
  if (final === "ㅂ") return [...forms, ...goOn(before + openSyllable(last), "우운울움워웠")];
  if (final === "ㄹ") return [...forms, ...formsOfL(before, last)];
  if (!/[ㄷㅅ]/.test(final) || !IRREGULAR.includes(last)) return forms;
  const changed = syllableWith(last, final === "ㄷ" ? "ㄹ" : " ");
  return [...forms, ...goOn(before + changed, STARTS_WITH_VOWEL)];
};

// What texts may have that use the verb of which a word is a form: beginnings of its forms, of at least
// two syllables, or the noun that is made a verb by `하` or `되`; ascending. None if it is no form.
const verbForms = (word) => {
  if (word.length > LONGEST_FORM) return [];
  const stems = stemsIn(word).filter((stem) => isEnoughForStem(word, stem));
  return [...new Set(stems.flatMap(formsOfStem))].sort();
};
