/* The names of nodes, where there is room for them. */

const LINE = 17;
const LONGEST = 11 * TEXT;

const widthOf = (p, text) => {
  p.c.font = p.font;
  return p.c.measureText(text).width;
};

// The most of it that fits, by halving.
const cut = (p, text, longest, end) => {
  const letters = Array.from(text);
  let [low, high] = [1, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(p, letters.slice(0, middle).join("") + end) <= longest) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("");
};

// Words, each with the space before it. A long one is in parts, as in titles (`src/markdown/breaks.rs`).
const PARTS = /(?<=[\p{L}\p{N}][_./,:=-]+)(?=[\p{L}\p{N}])|(?<=\p{Ll})(?=\p{Lu})/u;
const piecesOf = (p, text) =>
  text.split(/(?= )/).flatMap((word) => (widthOf(p, word) > LONGEST ? word.split(PARTS) : [word]));

// In lines that end between words, about as long as each other.
const inRows = (p, text, rows) => {
  const words = piecesOf(p, text);
  const widest = Math.max(...words.map((word) => widthOf(p, word.trim())));
  const longest = Math.max(widest, (widthOf(p, text) / rows) * 1.2);
  const lines = [words[0]];
  for (const word of words.slice(1)) {
    const longer = lines.at(-1) + word;
    if (widthOf(p, longer) <= longest) lines[lines.length - 1] = longer;
    else lines.push(word.trimStart());
  }
  return lines;
};

const named = (p, lines) => ({
  lines,
  w: Math.ceil(Math.max(...lines.map((line) => widthOf(p, line)))),
  h: lines.length * LINE,
});

// The shapes that a name may have, the best first: whole, in few lines, and cut where nothing else fits.
const shapesOf = (p, i) => {
  if (!p.names[i]) {
    const text = String(p.titles[i] ?? "");
    const w = widthOf(p, text);
    const shapes = [];
    if (w > LONGEST) {
      const few = [2, 3, 4].map((rows) => inRows(p, text, rows));
      few.splice(1, 0, [text]);
      shapes.push(...few.filter((lines) => lines.length <= 4 && named(p, lines).w < LONGEST * 1.7));
      shapes.push([`${cut(p, text, LONGEST, "…").trimEnd()}…`]);
    } else if (text) shapes.push([text]);
    p.names[i] = shapes.map((lines) => named(p, lines));
  }
  return p.names[i];
};

const wholeShapes = (p, i) => shapesOf(p, i).filter(({ lines }) => !lines[0].endsWith("…"));

const wrap = (p, text, longest) => {
  const lines = [];
  let rest = text;
  while (rest && widthOf(p, rest) > longest) {
    const most = cut(p, rest, longest, "");
    const space = most.lastIndexOf(" ");
    const line = space > most.length / 2 ? most.slice(0, space) : most;
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  return [...lines, rest].filter(Boolean);
};
