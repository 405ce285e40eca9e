/* The view: a point of the layout in the middle of the canvas, and a zoom. */

// Discs grow slower than the picture, so that zooming in makes room.
let grown = { k: 1, by: 1 };
const growth = (k) => {
  if (k !== grown.k) grown = { k, by: k < 1 ? k ** 0.7 : k ** 0.4 };
  return grown.by;
};
const radiusOf = (p, i, k = p.k) => Math.max(1.5, p.graph.radius[i] * growth(k));
const toX = (f, x) => (x - f.x) * f.k + f.w / 2;
const toY = (f, y) => (y - f.y) * f.k + f.h / 2;
const spot = (p, i) => ({ x: toX(p, p.graph.x[i]), y: toY(p, p.graph.y[i]), r: radiusOf(p, i) });

// A small picture takes the shape of its frame, within reason.
const shapeTo = (p, roomX, roomY) => {
  const { x, y } = p.graph;
  const b = boundsOf(p.graph);
  const width = (b.right - b.left) / p.shape.x || 1;
  const height = (b.bottom - b.top) / p.shape.y || 1;
  const ratio = (roomX * height) / (roomY * width);
  const shape = { x: clamp(ratio, 1, 3), y: clamp(1 / ratio, 1, 3) };
  for (let i = 0; i < x.length; i += 1) {
    x[i] *= shape.x / p.shape.x;
    y[i] *= shape.y / p.shape.y;
  }
  p.shape = shape;
  p.grid = null;
  p.bounds = boundsOf(p.graph);
};

const fitting = (p) => {
  const roomX = Math.max(40, p.w - 2 * clamp(p.w * 0.09, 28, 84));
  const roomY = Math.max(40, p.h - 2 * clamp(p.h * 0.08, 28, 44));
  if (!p.heavy) shapeTo(p, roomX, roomY);
  const b = p.bounds;
  const k = Math.min(
    roomX / (b.right - b.left || 1),
    roomY / (b.bottom - b.top || 1),
    4,
  );
  return { x: (b.left + b.right) / 2, y: (b.top + b.bottom) / 2, k };
};

// The picture cannot be lost: the middle of the view stays within it, and a node in sight.
const keepInSight = (p) => {
  const { n, x, y } = p.graph;
  const b = p.bounds;
  p.x = clamp(p.x, b.left, b.right);
  p.y = clamp(p.y, b.top, b.bottom);
  const halfX = Math.max(1, p.w / 2 - 24) / p.k;
  const halfY = Math.max(1, p.h / 2 - 24) / p.k;
  let [nearest, least] = [-1, Infinity];
  for (let i = 0; i < n; i += 1) {
    const away = Math.max(Math.abs(x[i] - p.x) / halfX, Math.abs(y[i] - p.y) / halfY);
    if (away < least) [nearest, least] = [i, away];
  }
  if (nearest < 0) return;
  p.x = clamp(p.x, x[nearest] - halfX, x[nearest] + halfX);
  p.y = clamp(p.y, y[nearest] - halfY, y[nearest] + halfY);
};

const fit = (p) => {
  p.flight = null;
  p.fitted = p.w > 0;
  if (!p.fitted) return;
  const view = fitting(p);
  p.low = view.k / 2;
  p.high = Math.max(6, view.k * 2);
  Object.assign(p, view);
  stir(p);
};

const pan = (p, dx, dy) => {
  p.flight = null;
  p.fitted = false;
  p.x -= dx / p.k;
  p.y -= dy / p.k;
  keepInSight(p);
  stir(p);
};

const zoom = (p, factor, px = p.w / 2, py = p.h / 2) => {
  p.flight = null;
  p.fitted = false;
  const k = clamp(p.k * factor, p.low, p.high);
  p.x += (px - p.w / 2) * (1 / p.k - 1 / k);
  p.y += (py - p.h / 2) * (1 / p.k - 1 / k);
  p.k = k;
  keepInSight(p);
  stir(p);
};

const fly = (p, i) => {
  if (!p.w) return;
  const k = clamp(Math.max(p.k, 1.2), p.low, p.high);
  const end = { x: p.graph.x[i], y: p.graph.y[i], k };
  p.fitted = false;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) Object.assign(p, end);
  else p.flight = { start: performance.now(), from: { x: p.x, y: p.y, k: p.k }, end };
  stir(p);
};

const flyOn = (p) => {
  const { start, from, end } = p.flight;
  const t = clamp((performance.now() - start) / 250, 0, 1);
  const eased = t * t * (3 - 2 * t);
  const mix = (a, b) => a + (b - a) * eased;
  Object.assign(p, {
    x: mix(from.x, end.x),
    y: mix(from.y, end.y),
    k: from.k * (end.k / from.k) ** eased,
  });
  if (t === 1) p.flight = null;
  stir(p);
};
