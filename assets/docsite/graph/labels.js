/* Labels: which nodes have a name on the canvas, and where. */

// Towards where from the node; and for the last, which part of the name is before its middle.
const FEW = 400; // links, up to which each name is placed with care
const SIDES = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [0.7, 0.7],
  [-0.7, 0.7],
  [0.7, -0.7],
  [-0.7, -0.7],
  [0, 1, 0.2],
  [0, 1, 0.8],
  [0, -1, 0.2],
  [0, -1, 0.8],
  [1, 0, 0.2],
  [1, 0, 0.8],
  [-1, 0, 0.2],
  [-1, 0, 0.8],
];

// Beside node i, of this size.
const boxAt = (p, i, w, h, side) => {
  const [sx, sy, part = 0.5] = SIDES[side];
  const { x, y, r } = spot(p, i);
  const d = r + (i === p.selected ? 8 : 4);
  return {
    i,
    side,
    w,
    h,
    x: x + sx * d - (sx > 0 ? 0 : sx < 0 ? w : w * part),
    y: y + sy * d - (sy > 0 ? 2 : sy < 0 ? h - 2 : h * part),
  };
};

const within = (p, box) => ({
  ...box,
  x: clamp(box.x, 4, Math.max(4, p.w - box.w - 4)),
  y: clamp(box.y, 4, Math.max(4, p.h - box.h - 4)),
});

// The whole title of the lit node, never beyond the canvas. It covers the label, if there was
// one: the pointer may be on it. Otherwise it is where it hides the fewest neighbours.
const plateOf = (p) => {
  const i = p.lit;
  const lines = wrap(p, String(p.titles[i] ?? ""), Math.min(26 * TEXT, p.w - 28));
  if (lines.length === 0) return [];
  const w = Math.ceil(Math.max(...lines.map((line) => widthOf(p, line)))) + 16;
  const h = lines.length * LINE + 8;
  const sides = p.labels.some((label) => label.i === i) ? [p.sides[i]] : SIDES.keys();
  const boxes = Array.from(sides, (side) => within(p, boxAt(p, i, w, h, side)));
  const costs = boxes.map((box) => costOf(p, box, Infinity) + (hides(box, spot(p, i)) ? 1e6 : 0));
  const best = boxes[costs.indexOf(Math.min(...costs))];
  p.sides[i] = best.side;
  return [{ ...best, lines, plate: true }];
};

const meets = (a, b) =>
  a.x < b.x + b.w + 3 && b.x < a.x + a.w + 3 && a.y < b.y + b.h && b.y < a.y + a.h;
const hides = (box, { x, y }) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h;
const isInside = (p, box) =>
  box.x >= 4 && box.y >= 2 && box.x + box.w <= p.w - 4 && box.y + box.h <= p.h - 2;

// The nodes whose discs come within `slack` pixels of a box; until `visit` has enough.
const discsIn = (p, box, slack, visit) => {
  const { x, y } = p.graph;
  const reach = (docsite.shared.radius.most * growth(p.k) + slack) / p.k;
  const left = (box.x - p.w / 2) / p.k + p.x;
  const top = (box.y - p.h / 2) / p.k + p.y;
  p.grid ??= makeGrid(p.graph);
  p.grid(
    left - reach,
    top - reach,
    left + box.w / p.k + reach,
    top + box.h / p.k + reach,
    (i) => {
      const px = toX(p, x[i]) - box.x;
      const py = toY(p, y[i]) - box.y;
      const dx = Math.max(-px, px - box.w, 0);
      const dy = Math.max(-py, py - box.h, 0);
      const gap = Math.sqrt(dx * dx + dy * dy) - radiusOf(p, i);
      return gap < slack && visit(i, gap);
    },
  );
};

// What a name here would hide: dots count little, discs much.
const costOf = (p, box, limit) => {
  let cost = 0;
  discsIn(p, box, 1, (i) => {
    if (i === box.i || !passes(p, i)) return false;
    const r = radiusOf(p, i);
    const isGreat = p.around?.has(i) || (r > 3 && p.graph.radius[i] >= p.graph.radius[box.i]);
    cost += i === p.lit ? 1e5 : isGreat ? 1000 : r > 2.5 ? 3 * r * r : 1;
    return cost >= limit;
  });
  return cost;
};

// Who may have a name, in the order of their right to it.
function* claimants(p) {
  const { n, order, x, y } = p.graph;
  const named = new Set([p.lit]);
  const first = Array.from(p.around ?? []).sort((a, b) => p.graph.radius[b] - p.graph.radius[a]);
  if (p.selected >= 0 && passes(p, p.selected)) first.unshift(p.selected);
  for (const i of first) {
    if (!named.has(i)) yield i;
    named.add(i);
  }
  for (let q = 0; q < n; q += 1) {
    const i = order[q];
    const [px, py] = [toX(p, x[i]), toY(p, y[i])];
    if (px > 0 && px < p.w && py > 0 && py < p.h && passes(p, i) && !named.has(i)) yield i;
  }
}

// Whether a line goes through a box.
const crosses = (box, x0, y0, x1, y1) => {
  let [start, end] = [0, 1];
  for (const [from, by, low, high] of [
    [x0, x1 - x0, box.x, box.x + box.w],
    [y0, y1 - y0, box.y, box.y + box.h],
  ]) {
    const [a, b] = [(low - from) / (by || 1e-9), (high - from) / (by || 1e-9)];
    start = Math.max(start, Math.min(a, b));
    end = Math.min(end, Math.max(a, b));
  }
  return start < end;
};
const crossed = (p, box) => {
  const { x, y, from, to } = p.graph;
  if (from.length > FEW) return 0;
  return from.reduce((sum, a, e) => {
    const b = to[e];
    return sum + Number(crosses(box, toX(p, x[a]), toY(p, y[a]), toX(p, x[b]), toY(p, y[b])));
  }, 0);
};

// The free place that hides least, for the first of a name's shapes that has one.
const findPlace = (p, i, shapes, taken, limit, steady) => {
  for (const shape of shapes) {
    const box = placeFor(p, i, shape, taken, limit, steady);
    if (box) return { ...box, lines: shape.lines };
  }
  return null;
};

const isFree = (p, box, taken) =>
  isInside(p, box) && ![taken, p.buttons].some((boxes) => boxes.some((other) => meets(box, other)));

// Of those that hide as little, the one over the fewest links.
const placeFor = (p, i, { w, h }, taken, limit, steady) => {
  let best = null;
  let least = limit;
  for (let q = 0; q < SIDES.length && least > 0; q += 1) {
    const side = steady ? (p.sides[i] + q) % SIDES.length : q;
    const box = boxAt(p, i, w, h, side);
    if (!isFree(p, box, taken)) continue;
    let cost = costOf(p, box, least);
    if (cost < least) cost += crossed(p, box) / 1000;
    if (cost < least) [best, least] = [box, cost];
  }
  return best;
};

// For a name that has no place: another moves out of its way, if it has another place. What is taken
// then, or null.
const makeRoom = (p, i, taken) => {
  for (const { w, h, lines } of wholeShapes(p, i)) {
    for (const side of SIDES.keys()) {
      const box = { ...boxAt(p, i, w, h, side), lines };
      const inWay = taken.filter((other) => meets(box, other));
      const [other] = inWay;
      if (inWay.length !== 1 || other.plate) continue;
      if (!isFree(p, box, []) || costOf(p, box, 1) >= 1) continue;
      const rest = [...taken.filter((one) => one !== other), box];
      const moved = findPlace(p, other.i, wholeShapes(p, other.i), rest, 1, false);
      if (moved) return [...rest, moved];
    }
  }
  return null;
};

// A name hides no disc. Of the lit node's neighbours all are wanted: they may hide what has faded.
// In a large picture those of the great nodes may hide dots.
const limitOf = (p, i, tried) => {
  if (p.around?.has(i)) return 1000;
  return p.heavy && tried < 16 ? 110 : 1;
};

const placeAll = (p, steady) => {
  let taken = p.lit >= 0 ? plateOf(p) : [];
  const room = p.minimal ? Infinity : (p.w * p.h) / 6000;
  const isSmall = p.graph.from.length <= FEW;
  const later = [];
  let tried = 0;
  for (const i of claimants(p)) {
    if (taken.length >= room || tried >= 400) break;
    const shapes = isSmall ? wholeShapes(p, i) : shapesOf(p, i);
    const box = findPlace(p, i, shapes, taken, limitOf(p, i, tried), steady);
    tried += 1;
    if (box) taken.push(box);
    else if (isSmall) later.push(i);
  }
  for (const i of later) {
    if (taken.length >= room) break;
    const box = findPlace(p, i, shapesOf(p, i), taken, limitOf(p, i, tried), steady);
    taken = makeRoom(p, i, taken) ?? (box ? [...taken, box] : taken);
  }
  for (const { i, side } of taken) p.sides[i] = side;
  return taken;
};

// On the move the names stay with their nodes; one that would run into another goes.
const carry = (p) => {
  const taken = p.lit >= 0 ? plateOf(p) : [];
  for (const { i, w, h, side, lines, plate } of p.labels) {
    if (plate) continue;
    const box = { ...boxAt(p, i, w, h, side), lines };
    if (!taken.some((other) => meets(box, other))) taken.push(box);
  }
  return taken;
};

const placeLabels = (p) => {
  // The first picture of a large graph does not wait for its names.
  if (p.job && !p.near && !p.labels.length) return;
  if (p.relabel && !(p.stirring && p.relabel === "fresh" && p.labels.length)) {
    p.labels = placeAll(p, p.relabel === "steady");
    p.relabel = "";
  } else if (p.stirring || p.pull || p.drag) p.labels = carry(p);
};

const drawLabel = (p, { i, x, y, w, side, lines }) => {
  const { c } = p;
  const snap = (v) => Math.round(v * p.ratio) / p.ratio;
  const lively = p.lit < 0 || p.around.has(i);
  c.fillStyle = lively ? p.ink.ink : p.ink.quiet;
  // Towards its node.
  const share = (1 - Math.sign(SIDES[side][0])) / 2;
  const rows = lines.map((line, row) => [
    line,
    snap(x + (w - widthOf(p, line)) * share),
    snap(y + 13 + row * LINE),
  ]);
  for (const [line, left, bottom] of rows) c.strokeText(line, left, bottom);
  for (const [line, left, bottom] of rows) c.fillText(line, left, bottom);
};

const drawPlate = (p, { x, y, w, h, lines }) => {
  const { c } = p;
  const snap = (v) => Math.round(v) + 0.5;
  c.fillStyle = p.ink.paper;
  c.strokeStyle = p.ink.line;
  c.lineWidth = 1;
  c.beginPath();
  c.rect(snap(x), snap(y), w - 1, h - 1);
  c.fill();
  c.stroke();
  c.fillStyle = p.ink.ink;
  lines.forEach((line, row) =>
    c.fillText(line, Math.round(x) + 8, Math.round(y) + 17 + row * LINE),
  );
};

const drawLabels = (p) => {
  const { c } = p;
  c.font = p.font;
  c.lineJoin = "round";
  // The most important last: above the halos of the others.
  for (const label of [...p.labels].reverse()) {
    c.strokeStyle = p.ink.paper;
    c.lineWidth = 4;
    if (label.plate) drawPlate(p, label);
    else drawLabel(p, label);
  }
};
