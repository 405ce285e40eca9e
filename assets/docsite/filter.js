/*
 * docsite: which documents a typed text finds. `src/filter/` has the same rules, and
 * `tests/filter/cases.json` holds the two together: a change here is a change there.
 *
 * Every word of the query must be somewhere in a document's haystack, each of its characters
 * as it is or as one of a range of Hangul:
 *
 * - White space between Hangul, or between Hangul and Latin, need not be typed.
 * - The last syllable may be one that an input method has not finished.
 * - Consonants alone match the syllables that begin with them; of four or more in a row, one
 *   may be missing.
 * - A particle at the end of a word is not looked for.
 *
 * Not here: the field, the list, and any order of the results.
 */
(() => {
  "use strict";

  // Nobody types a longer word, and its expression grows with its square.
  const LONGEST = 64;
  // So many consonants in a row say enough without one.
  const LENIENT = 4;

  /* Hangul: a syllable is 가 + (initial × 21 + vowel) × 28 + final */

  const FINAL = 28;
  const INITIAL = 21 * FINAL;
  const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  const FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
  const DOUBLED = "ㄱㄷㅂㅅㅈ"; // among the initials, the double of each follows it
  const CLUSTERS = new Map(
    "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
      .split(" ")
      .map(([whole, ...parts]) => [whole, parts]),
  );
  // How many vowels that begin with this one (ㅗ, ㅜ, ㅡ) follow it.
  const GROWS = { 8: 3, 13: 3, 18: 1 };

  const isSyllable = (c) => c >= "가" && c <= "힣";
  const isVowel = (c) => c >= "ㅏ" && c <= "ㅣ";
  const isHangul = (c) => isSyllable(c) || (c >= "ㄱ" && c <= "ㅣ");
  const isLatin = (c) => /[a-z0-9\u00c0-\u024f]/.test(c);
  const isInitial = (c) => INITIALS.includes(c);
  const index = (c) => c.charCodeAt(0) - 0xac00;
  const finalOf = (c) => FINALS[index(c) % FINAL];
  const after = (c, count) => String.fromCharCode(c.charCodeAt(0) + count);
  const withFinal = (c, final) => after(c, FINALS.indexOf(final) - (index(c) % FINAL));

  /* Particles, by the finals that they follow; `+` is 는, 도, 만, 의 or nothing */

  /** @type {[RegExp, string][]} */
  const LISTED = [
    [
      /./,
      "에서+ 에게+ 까지+ 부터+ 한테+ 에+ 에서부터 에게서 처럼 보다 마다 조차 마저 만큼 밖에 대로 " +
        "하고 만으로 만의 만 의 도",
    ],
    [/[^ ]/, "과+ 이라는 이라고 이라도 이라면 이란 이나 이든 이며 이랑 은 이 을"],
    [/ /, "와+ 라는 라고 라도 라면 란 나 는 가 를"],
    [/[^ ㄹ]/, "으로+ 으로부터 으로서 으로써"],
    [/[ ㄹ]/, "로+ 로부터 로서 로써"],
  ];
  const PARTICLES = LISTED.flatMap(([finals, list]) =>
    list.split(" ").map((each) => [new RegExp(`${each.replace("+", "[는도만의]?")}$`), finals]),
  );

  // Whether a stem says enough, as `나` in `나는` does not, and takes what follows such finals.
  // How Latin is read nobody can tell: it takes them all.
  const takes = (stem, finals) => {
    const last = stem.at(-1);
    return (
      (stem.some(isLatin) || stem.filter(isSyllable).length > 1) &&
      (isSyllable(last) ? finals.test(finalOf(last)) : !isHangul(last))
    );
  };

  const particleOf = (chars) => {
    let longest = "";
    for (const [ending, finals] of PARTICLES) {
      const particle = ending.exec(chars.join(""))?.[0] ?? "";
      const longer = particle.length > longest.length;
      if (longer && takes(chars.slice(0, -particle.length), finals)) longest = particle;
    }
    return longest;
  };

  /* A word's spellings */

  const split = (chars) => chars.flatMap((c) => CLUSTERS.get(c) ?? [c]);

  // The last syllable's final where a vowel would take it: 게잍 is 게이ㅌ, 닭 is 달ㄱ. Consonants
  // behind it do not matter: typing 게ㅇㅌ shows 겡ㅌ.
  const move = (chars) => {
    const at = chars.findLastIndex((c) => !isInitial(c));
    const final = isSyllable(chars[at]) ? finalOf(chars[at]) : " ";
    if (final === " ") return null;
    const [kept, moved] = CLUSTERS.get(final) ?? [" ", final];
    return chars.flatMap((c, place) => (place === at ? [withFinal(c, kept), moved] : [c]));
  };

  // A vowel without a consonant is a typing error, unless the whole query is vowels.
  const trim = (chars) => {
    const end = chars.findLastIndex((c) => !isVowel(c)) + 1;
    return chars.slice(0, end || chars.length);
  };

  /* Expressions */

  const initials = (c) => {
    const first = after("가", INITIALS.indexOf(c) * INITIAL);
    return `[${c}${first}-${after(first, (DOUBLED.includes(c) ? 2 : 1) * INITIAL - 1)}]`;
  };

  // The syllables that this one may become before the next begins.
  const unfinished = (c) => {
    if (finalOf(c) === " ") {
      const more = GROWS[Math.floor((index(c) % INITIAL) / FINAL)] ?? 0;
      return `[${c}-${after(c, (more + 1) * FINAL - 1)}]`;
    }
    const longer = [...CLUSTERS].filter(([, [begin]]) => begin === finalOf(c));
    return `[${c}${longer.map(([final]) => withFinal(c, final)).join("")}]`;
  };

  const element = (c, open) => {
    if (isInitial(c)) return initials(c);
    if (open && isSyllable(c)) return unfinished(c);
    return c.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
  };

  const joint = (a, b) =>
    (isHangul(a) && (isHangul(b) || isLatin(b))) || (isLatin(a) && isHangul(b)) ? " ?" : "";

  // The places inside a long run of consonants.
  const lenient = (chars) => {
    const found = chars.map(() => false);
    for (let start = 0, end; start < chars.length; start = end + 1) {
      for (end = start; end < chars.length && isInitial(chars[end]); end++);
      if (end - start >= LENIENT) found.fill(true, start + 1, end);
    }
    return found;
  };

  // Built from its end: `strict` is what follows once a syllable is missing, `loose` while one
  // may be. One a word, so that the ways do not multiply.
  const expression = (chars, open) => {
    const skips = lenient(chars);
    let strict = "";
    let loose = "";
    for (let at = chars.length - 1; at >= 0; at--) {
      const set = element(chars[at], open && at === chars.length - 1);
      const next = (at > 0 ? joint(chars[at - 1], chars[at]) : "") + set;
      loose = skips[at] ? `(?:${next}${loose}|[가-힣]${set}${strict})` : next + loose;
      strict = next + strict;
    }
    return loose;
  };

  // What has a word with its particle has the stem too: the particle is only for the marks.
  const source = (word) => {
    const chars = trim(word);
    const particle = particleOf(chars);
    const stem = chars.slice(0, chars.length - particle.length);
    const base = split(stem);
    const spellings = [base, !particle && move(base), base.length > stem.length && stem];
    const found = spellings.filter(Boolean).map((each) => expression(each, !particle));
    return `(?:${found.join("|")})${particle && `(?:${particle})?`}`;
  };

  /* What is compared */

  const fold = (text) => text.toLowerCase().normalize("NFC");
  const tidy = (text) => (/[^\S ]|\x85|  /.test(text) ? text.replace(/[\s\x85]+/g, " ") : text);
  const haystack = (...texts) => texts.map((text) => tidy(fold(text))).join("\n");

  const words = (query) =>
    [...new Set(haystack(query).split(" "))]
      .filter(Boolean)
      .map((word) => [...word].slice(0, LONGEST));

  const finder = (word) => {
    const plain = word.join("");
    if (!word.some(isHangul)) return (haystack) => haystack.includes(plain);
    const found = new RegExp(source(word));
    return (haystack) => found.test(haystack);
  };

  // A word without Hangul is the cheapest to look for, and a longer one the rarer.
  const compile = (query) => {
    const cost = (word) => (word.some(isHangul) ? LONGEST : 0) - word.length;
    const finders = words(query)
      .sort((a, b) => cost(a) - cost(b))
      .map(finder);
    return finders.length > 0 ? (haystack) => finders.every((finds) => finds(haystack)) : null;
  };

  /* What is marked */

  // Title after title is marked for one query.
  /** @type {{ query: string, expressions: RegExp[] }} */
  let asked = { query: "", expressions: [] };

  const spans = (query, text) => {
    const folded = fold(text).replace(/[\s\x85]/g, " ");
    // The places would not be those of the text that is shown.
    if (folded.length !== text.length) return [];
    if (query !== asked.query) {
      asked = { query, expressions: words(query).map((word) => new RegExp(source(word), "g")) };
    }
    const found = asked.expressions
      .flatMap((expression) => [...folded.matchAll(expression)])
      .map(({ index, 0: part }) => [index, index + part.length])
      .sort((a, b) => a[0] - b[0]);
    const merged = [];
    for (const [start, end] of found) {
      const last = merged.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  };

  docsite.give("filter", { compile, haystack, spans });
})();
