/* Frames: only when something changed. */

const REST = 120; // milliseconds without a movement, after which all is drawn sharp

const ask = (p) => {
  if (!p.asked && !p.gone) p.asked = requestAnimationFrame(() => frame(p));
};

// The view moved. What takes long is done when it rests.
const stir = (p) => {
  p.stirring = true;
  clearTimeout(p.rest);
  p.rest = setTimeout(() => {
    p.stirring = false;
    p.relabel = "fresh";
    ask(p);
  }, REST);
  ask(p);
};

const frame = (p) => {
  p.asked = 0;
  if (!p.w || p.gone) return;
  if (devicePixelRatio !== p.ratio) {
    resize(p);
    return;
  }
  if (p.flight) flyOn(p);
  if (p.pull) pullOn(p);
  paint(p);
  p.frames += 1;
  if (p.flight || p.pull || p.job) ask(p);
};

// Where buttons cover the canvas there is no room for names.
const buttonsOf = (p) => {
  const { left, top } = p.canvas.getBoundingClientRect();
  return Array.from(p.figure.querySelectorAll("[data-graph]"), (button) => {
    const box = button.getBoundingClientRect();
    return { x: box.left - left, y: box.top - top, w: box.width, h: box.height };
  });
};

const resize = (p) => {
  const { clientWidth: w, clientHeight: h } = p.canvas;
  const ratio = devicePixelRatio;
  if (!w || !h || (w === p.w && h === p.h && ratio === p.ratio)) return;
  const first = !p.w;
  Object.assign(p, { w, h, ratio, relabel: "fresh" });
  p.canvas.width = Math.round(w * ratio);
  p.canvas.height = Math.round(h * ratio);
  p.buttons = buttonsOf(p);
  p.names = [];
  discard(p);
  if (first || p.fitted) fit(p);
  p.stirring = false;
  // Immediately: a canvas whose size changed is empty.
  frame(p);
};
