/* The bitmap of a large graph. */

const SLICE = 8; // milliseconds a frame that go into a bitmap
const FIRST = 80; // the same, when there is nothing else to be shown

const isWithin = (s, left, right, top, bottom) =>
  toX(s, left) >= -1 &&
  toX(s, right) <= s.w + 1 &&
  toY(s, top) >= -1 &&
  toY(s, bottom) <= s.h + 1;
const covers = (s, f) =>
  s.whole ||
  isWithin(s, f.x - f.w / f.k / 2, f.x + f.w / f.k / 2, f.y - f.h / f.k / 2, f.y + f.h / f.k / 2);
const isSharp = (s, f) => s.k === f.k && covers(s, f);

const discard = (p) => {
  p.far = p.near = p.job = null;
};

const startBitmap = (p) => {
  const b = p.bounds;
  const whole = isWithin(p, b.left, b.right, b.top, b.bottom);
  // Nodes on the move make it useless in the next frame: nothing beyond the view, then.
  const margin = p.pull || whole ? 0 : 0.2;
  const [w, h] = [Math.ceil(p.w * (1 + 2 * margin)), Math.ceil(p.h * (1 + 2 * margin))];
  const canvas = p.spare ?? document.createElement("canvas");
  p.spare = null;
  canvas.width = Math.round(w * p.ratio);
  canvas.height = Math.round(h * p.ratio);
  // Read frequently: so that it is drawn by the processor, synchronously and in a measurable time.
  const c = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.fillStyle = p.ink.paper;
  c.fillRect(0, 0, w, h);
  p.job = { canvas, c, w, h, x: p.x, y: p.y, k: p.k, whole };
  p.job.pieces = pieces(p, c, p.job);
};

const workOn = (p, milliseconds) => {
  const { job } = p;
  const end = performance.now() + milliseconds;
  let done = false;
  while (!done && performance.now() < end) {
    for (let q = 0; q < 4 && !done; q += 1) done = job.pieces.next().done;
    // What was asked for is drawn now, not later, when nobody takes the time.
    job.c.getImageData(0, 0, 1, 1);
  }
  if (!done) return;
  p.job = null;
  if (p.near !== p.far) p.spare = p.near?.canvas;
  p.near = job;
  // A bitmap of the whole stays, beneath the sharp one: a movement never uncovers blank paper.
  if (job.whole) p.far = job;
};

const drawBitmap = (p, s) => {
  const scale = p.k / s.k;
  const snap = (v) => (scale === 1 ? Math.round(v * p.ratio) / p.ratio : v);
  p.c.imageSmoothingEnabled = scale !== 1;
  p.c.drawImage(
    s.canvas,
    snap(toX(p, s.x) - (s.w * scale) / 2),
    snap(toY(p, s.y) - (s.h * scale) / 2),
    s.w * scale,
    s.h * scale,
  );
};

const drawBitmaps = (p) => {
  const good = p.near && (p.stirring ? covers(p.near, p) : isSharp(p.near, p));
  if (p.job && !p.stirring && !isSharp(p.job, p)) {
    p.spare = p.job.canvas;
    p.job = null;
  }
  if (!good && !p.job) startBitmap(p);
  if (p.job) workOn(p, p.near || p.job.shown ? SLICE : FIRST);
  const best = p.near ?? p.job;
  best.shown = true;
  if (p.far && p.far !== best) drawBitmap(p, p.far);
  drawBitmap(p, best);
};
