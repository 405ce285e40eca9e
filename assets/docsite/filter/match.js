/* Which texts have the words of a query, and where. */

// Nobody types a longer word, and its expression grows with its square.
const LONGEST_WORD = 64;
// So many consonants in a row say enough without one.
const LENIENT = 4;
// Syllables of a stem without its particle.
const LEAST_STEM = 2;
const DOUBLED = "ㄱㄷㅂㅅㅈ"; // among the initials, the double of each follows it
// How many vowels that begin with this one (ㅗ, ㅜ, ㅡ) follow it.
const GROWS = { 8: 3, 13: 3, 18: 1 };

const after = (c, count) => String.fromCharCode(c.charCodeAt(0) + count);
const withFinal = (c, final) => after(c, FINALS.indexOf(final) - (numberOf(c) % FINAL));

/* A word's spellings */

const split = (chars) => chars.flatMap((c) => CLUSTERS.get(c) ?? [c]);

// The last syllable's final where a vowel would take it: 게잍 is 게이ㅌ, 닭 is 달ㄱ. Consonants
// behind it do not matter: typing 게ㅇㅌ shows 겡ㅌ.
const moveFinal = (chars) => {
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
    const more = GROWS[Math.floor((numberOf(c) % INITIAL) / FINAL)] ?? 0;
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
  const particle = particleOf(chars, LEAST_STEM);
  const stem = chars.slice(0, chars.length - particle.length);
  const base = split(stem);
  const spellings = [base, !particle && moveFinal(base), base.length > stem.length && stem];
  const found = spellings.filter(Boolean).map((each) => expression(each, !particle));
  return `(?:${found.join("|")})${particle && `(?:${particle})?`}`;
};

/* What is compared */

const lower = (text) => text.toLowerCase().normalize("NFC");
const tidy = (text) => (/[^\S ]|\x85|  /.test(text) ? text.replace(/[\s\x85]+/g, " ") : text);
const haystack = (...texts) => texts.map((text) => tidy(lower(text))).join("\n");

const words = (query) =>
  [...new Set(haystack(query).split(" "))]
    .filter(Boolean)
    .map((word) => [...word].slice(0, LONGEST_WORD));

const finder = (word) => {
  const plain = word.join("");
  if (!word.some(isHangul)) return (haystack) => haystack.includes(plain);
  const found = new RegExp(source(word));
  return (haystack) => found.test(haystack);
};

// A word without Hangul is the cheapest to look for, and a longer one the rarer.
const compile = (query) => {
  const cost = (word) => (word.some(isHangul) ? LONGEST_WORD : 0) - word.length;
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
  const folded = lower(text).replace(/[\s\x85]/g, " ");
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
