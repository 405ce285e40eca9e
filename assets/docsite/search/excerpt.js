/* What of a section is shown for a query: the part that has most of its words, with these marked. */

// Of what is shown, and of that what is before the first word: in characters, at most.
const EXCERPT = 140;
const BEFORE = 40;
// Places that are looked at.
const MOST_MARKS = 400;

// Where words are in a text, with the number of each, ascending.
const marksIn = (words, text) => {
  const { squashed, places } = squashWithPlaces(text);
  const marks = words.flatMap((wanted, word) => {
    const texts = [...wanted.texts, wanted.typed, ...partsIn(wanted, squashed)].filter(Boolean);
    return placesOf(texts, squashed, MOST_MARKS).map(({ at, end }) => {
      const last = places[end - 1];
      return { start: places[at], end: last + (text.codePointAt(last) > 0xffff ? 2 : 1), word };
    });
  });
  return marks.sort((a, b) => a.start - b.start || a.end - b.end || a.word - b.word);
};

// Where what is shown before a place begins, at the beginning of a word.
const back = (text, from) => {
  const before = [...text.slice(Math.max(from - 2 * BEFORE, 0), from)].slice(-BEFORE).join("");
  if (before.length === from) return 0;
  const blank = before.search(/\p{White_Space}/u);
  return from - before.length + blank + 1;
};

// Where what is shown from a place on ends, at the end of a word.
const forward = (text, from) => {
  const after = [...text.slice(from, from + 2 * EXCERPT + 2)];
  if (after.length <= EXCERPT) return text.length;
  const shown = after.slice(0, EXCERPT).join("");
  const blank = shown.search(/\p{White_Space}\P{White_Space}*$/u);
  return from + (blank > 0 ? blank : shown.length);
};

// What is shown where this is the first word.
const around = (text, start) => {
  const begin = back(text, start);
  return { begin, end: forward(text, begin) };
};

// The first word of the part that has most different words from there on.
const bestStart = (text, marks) => {
  const all = new Set(marks.map(({ word }) => word)).size;
  let best = { held: 0, start: 0 };
  for (const [from, { start }] of marks.slice(0, MOST_MARKS).entries()) {
    if (best.held === all) break;
    const { end } = around(text, start);
    const shown = new Set();
    for (let at = from; at < marks.length && marks[at].start < end; at += 1) {
      if (marks[at].end <= end) shown.add(marks[at].word);
    }
    if (shown.size > best.held) best = { held: shown.size, start };
  }
  return best.start;
};

// Ranges that touch are one.
const merged = (ranges) => {
  const all = [];
  for (const [start, end] of ranges) {
    const last = all.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
};

// The best part of a section; its beginning if no word is in it.
const excerptOf = (words, section) => {
  let text = section.text;
  let marks = marksIn(words, text);
  if (marks.length === 0) {
    const inCode = marksIn(words, section.code);
    if (inCode.length > 0) [text, marks] = [section.code, inCode];
  }
  const { begin, end } = around(text, bestStart(text, marks));
  const inside = marks.filter((mark) => mark.start >= begin && mark.end <= end);
  return {
    excerpt: text.slice(begin, end),
    marks: merged(inside.map((mark) => [mark.start - begin, mark.end - begin])),
  };
};
