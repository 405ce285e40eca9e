/* What is lit, by the pointer or from outside, and drawn above the rest; and a whole frame. */

const drawLitLinks = (p) => {
  const { c, lit, graph } = p;
  const { first, links, from, to } = graph;
  c.strokeStyle = c.fillStyle = p.ink.ink;
  const few = first[lit + 1] - first[lit] <= 300;
  const head = clamp(7.5 * growth(p.k), 4, 7.5);
  for (const outward of [false, true]) {
    // Many dashes take long.
    c.setLineDash(!outward && few ? [3, 3] : []);
    c.lineWidth = outward ? 1.5 : few ? 1 : 0.5;
    for (let q = first[lit]; q < first[lit + 1]; q += 1) {
      const e = links[q];
      if ((from[e] === lit) === outward) drawArrow(p, c, from[e], to[e], head, true);
    }
  }
  c.setLineDash([]);
};

const drawOne = (p, i) => {
  const { x, y, r } = spot(p, i);
  if (i === p.selected) {
    circle(p.c, x, y, r + 4.5);
    p.c.fillStyle = p.ink.accent;
    p.c.fill();
  }
  drawNode(p, p.c, i, x, y, r, i === p.selected ? 2.5 : 1.25);
};

const paint = (p) => {
  const { c } = p;
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.globalAlpha = 1;
  c.fillStyle = p.ink.paper;
  c.fillRect(0, 0, p.w, p.h);
  if (p.heavy) drawBitmaps(p);
  else for (const piece of pieces(p, c, p)) void piece;
  if (p.selected >= 0 && passes(p, p.selected)) drawOne(p, p.selected);
  if (p.lit >= 0) {
    // A wash of paper: all but the lit node and its neighbours fades.
    c.globalAlpha = 0.68;
    c.fillStyle = p.ink.paper;
    c.fillRect(0, 0, p.w, p.h);
    c.globalAlpha = 1;
    drawLitLinks(p);
    for (const i of p.around) drawOne(p, i);
    drawOne(p, p.lit);
  }
  placeLabels(p);
  drawLabels(p);
};

// What the pointer is on; or else what was chosen, by a tap or from outside.
const relight = (p) => {
  const lit = p.hover >= 0 ? p.hover : p.held;
  if (lit === p.lit) return;
  p.lit = lit;
  p.around = lit >= 0 ? neighbours(p.graph, lit) : null;
  p.relabel ||= "steady";
  ask(p);
  p.options.onlight?.(lit);
};

const hover = (p, i) => {
  p.hover = i;
  relight(p);
  p.canvas.style.cursor = i >= 0 ? "pointer" : "";
};

const hold = (p, i) => {
  p.hover = -1;
  p.held = i;
  relight(p);
};

const setMask = (p, mask) => {
  p.mask = mask ?? null;
  p.relabel = "fresh";
  discard(p);
  ask(p);
};
