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

const nameOf = (p, i) => {
  if (!p.names[i]) {
    let text = String(p.titles[i] ?? "");
    const longest = p.minimal ? Math.min(LONGEST, p.w * 0.3) : LONGEST;
    if (widthOf(p, text) > longest) text = `${cut(p, text, longest, "…").trimEnd()}…`;
    p.names[i] = { text, w: Math.ceil(widthOf(p, text)) };
  }
  return p.names[i];
};

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
