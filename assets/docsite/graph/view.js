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

const fitting = (p) => {
  const b = boundsOf(p.graph);
  const roomX = Math.max(40, p.w - 2 * clamp(p.w * (p.minimal ? 0.17 : 0.09), 28, 84));
  const roomY = Math.max(40, p.h - 2 * clamp(p.h * 0.08, 28, 44));
  const k = Math.min(
    roomX / (b.right - b.left || 1),
    roomY / (b.bottom - b.top || 1),
    p.minimal ? 1.6 : 2.5,
  );
  return { x: (b.left + b.right) / 2, y: (b.top + b.bottom) / 2, k };
};

const fit = (p) => {
  p.flight = null;
  p.fitted = p.w > 0;
  if (!p.fitted) return;
  const view = fitting(p);
  p.low = Math.min(view.k / 2, 0.5);
  p.high = Math.max(6, view.k * 2);
  Object.assign(p, view);
  stir(p);
};

const pan = (p, dx, dy) => {
  p.flight = null;
  p.fitted = false;
  p.x -= dx / p.k;
  p.y -= dy / p.k;
  stir(p);
};

const zoom = (p, factor, px = p.w / 2, py = p.h / 2) => {
  p.flight = null;
  p.fitted = false;
  const k = clamp(p.k * factor, p.low, p.high);
  p.x += (px - p.w / 2) * (1 / p.k - 1 / k);
  p.y += (py - p.h / 2) * (1 / p.k - 1 / k);
  p.k = k;
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
