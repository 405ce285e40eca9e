/* Painting: links and nodes, onto the canvas, or into a bitmap `f` with its own view. */

const passes = (p, i) => !p.mask || Boolean(p.mask[i]);
const linkPasses = (p, e) => passes(p, p.graph.from[e]) && passes(p, p.graph.to[e]);
// Only such a node is drawn apart while it is dragged: all others move with their neighbours.
const isAway = (p, i) => p.heavy && p.drag?.i === i && !p.pull;

// Fainter, the more ink would fall on a pixel.
const faintness = (p, f) => {
  if (p.minimal) return 1;
  const b = p.bounds;
  const area = Math.max(1, (b.right - b.left) * (b.bottom - b.top));
  return (p.ratio > 1 ? 0.85 : 0.62) / (1 + (1.5 * p.graph.length) / (area * f.k * p.ratio));
};

const drawLinks = (p, c, f, start, faded) => {
  const { x, y, from, to } = p.graph;
  const end = Math.min(start + 400, from.length);
  c.beginPath();
  for (let e = start; e < end; e += 1) {
    if (p.mask && linkPasses(p, e) === faded) continue;
    if (isAway(p, from[e]) || isAway(p, to[e])) continue;
    const x0 = toX(f, x[from[e]]);
    const y0 = toY(f, y[from[e]]);
    const x1 = toX(f, x[to[e]]);
    const y1 = toY(f, y[to[e]]);
    if (
      (x0 < 0 && x1 < 0) ||
      (x0 > f.w && x1 > f.w) ||
      (y0 < 0 && y1 < 0) ||
      (y0 > f.h && y1 > f.h)
    )
      continue;
    c.moveTo(x0, y0);
    c.lineTo(x1, y1);
  }
  c.globalAlpha = faintness(p, f) * (faded ? 0.2 : 1);
  c.strokeStyle = p.ink.line;
  // One pixel of the device: thicker lines take fifteen times as long.
  c.lineWidth = 1 / p.ratio;
  c.stroke();
  c.globalAlpha = 1;
};

const drawNodes = (p, c, f, start, faded) => {
  const { n, x, y, order } = p.graph;
  c.globalAlpha = faded ? 0.12 : 1;
  for (let q = start; q < Math.min(start + 200, n); q += 1) {
    const i = order[q];
    if ((p.mask && passes(p, i) === faded) || isAway(p, i)) continue;
    const px = toX(f, x[i]);
    const py = toY(f, y[i]);
    const r = radiusOf(p, i, f.k);
    if (px < -r || px > f.w + r || py < -r || py > f.h + r) continue;
    drawNode(p, c, i, px, py, r);
  }
  c.globalAlpha = 1;
};

const circle = (c, x, y, r) => {
  c.beginPath();
  c.arc(x, y, r, 0, 2 * Math.PI);
};

// Filled; hollow where nothing links to it; hollow and dashed where it is deprecated.
const drawNode = (p, c, i, x, y, r, width = 1.25) => {
  const colour = p.ink.topics[p.topics[i]] ?? p.ink.quiet;
  if (r > 2.2) {
    circle(c, x, y, r + width);
    c.fillStyle = p.ink.paper;
    c.fill();
  }
  const hollow = r > 2.2 && (p.orphan[i] || p.deprecated[i]);
  circle(c, x, y, hollow ? r - 0.75 : r);
  c.fillStyle = hollow ? p.ink.paper : colour;
  c.fill();
  if (!hollow) return;
  const dash = (2 * Math.PI * r) / Math.max(5, Math.round(r * 1.1)) / 2;
  if (p.deprecated[i]) c.setLineDash([dash, dash]);
  c.strokeStyle = colour;
  c.lineWidth = 1.5;
  c.stroke();
  c.setLineDash([]);
};

// All of it, in pieces that are quick. What the filter holds back comes first, and faint.
function* pieces(p, c, f) {
  for (const faded of p.mask ? [true, false] : [false]) {
    for (let e = 0; e < p.graph.from.length; e += 400) {
      drawLinks(p, c, f, e, faded);
      yield;
    }
    if (p.minimal && !faded) drawArrows(p, c);
    for (let q = 0; q < p.graph.n; q += 200) {
      drawNodes(p, c, f, q, faded);
      yield;
    }
  }
}

// From edge to edge of the discs, with a head at the end.
const drawArrow = (p, c, a, b, size, line) => {
  const [s, t] = [spot(p, a), spot(p, b)];
  const gap = b === p.selected ? 6 : 2;
  const length = Math.hypot(t.x - s.x, t.y - s.y);
  if (length <= s.r + t.r + 3) return;
  const [ux, uy] = [(t.x - s.x) / length, (t.y - s.y) / length];
  const [tx, ty] = [t.x - ux * (t.r + gap), t.y - uy * (t.r + gap)];
  const [bx, by] = [tx - ux * size, ty - uy * size];
  if (line) {
    c.beginPath();
    c.moveTo(s.x + ux * s.r, s.y + uy * s.r);
    c.lineTo(bx, by);
    c.stroke();
  }
  c.beginPath();
  c.moveTo(tx, ty);
  c.lineTo(bx - uy * size * 0.42, by + ux * size * 0.42);
  c.lineTo(bx + uy * size * 0.42, by - ux * size * 0.42);
  c.fill();
};

const drawArrows = (p, c) => {
  c.fillStyle = p.ink.quiet;
  p.graph.from.forEach((a, e) => {
    if (linkPasses(p, e)) drawArrow(p, c, a, p.graph.to[e], 5.5, false);
  });
};
