/* Pointer and fingers: one finger and the wheel scroll the page; two, or the wheel with Ctrl, zoom. */

const SLOP = 4; // pixels that a click may move

const reacts = (p, i) => passes(p, i) || i === p.lit || (p.around?.has(i) ?? false);

const discAt = (p, x, y, slack) => {
  let [found, nearest] = [-1, slack];
  discsIn(p, { x, y, w: 0, h: 0 }, slack, (i, gap) => {
    if (gap < nearest && reacts(p, i)) [found, nearest] = [i, gap];
    return false;
  });
  return found;
};

// A disc, or else the name of one.
const nodeAt = (p, { x, y }, touch) => {
  const i = discAt(p, x, y, touch ? 14 : 4);
  if (i >= 0) return i;
  const label = p.labels.find((box) => hides(box, { x, y }));
  return label && reacts(p, label.i) ? label.i : -1;
};

const pointOf = (p, event) => {
  const box = p.canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
};

const centreOf = (points) => {
  const [a, b = a] = points;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, spread: Math.hypot(a.x - b.x, a.y - b.y) };
};

const press = (p, event) => {
  if (event.button > 0) {
    p.moved = false;
    return;
  }
  const point = pointOf(p, event);
  const touch = event.pointerType === "touch";
  if (p.fingers.size === 0) {
    p.moved = false;
    const i = p.options.draggable && !touch ? discAt(p, point.x, point.y, 4) : -1;
    // Nobody takes hold of a dot: that moves the picture.
    const holds = i >= 0 && radiusOf(p, i) > 2.2;
    p.grip = { start: point, i: holds ? i : -1 };
  } else {
    p.moved = true;
    drop(p);
    p.grip = null;
  }
  p.touch = touch;
  p.fingers.set(event.pointerId, point);
  try {
    p.canvas.setPointerCapture(event.pointerId);
  } catch {
    // An event that a script made: there is no pointer to follow beyond the canvas.
  }
};

const drawAlong = (p, event, point) => {
  const before = centreOf([...p.fingers.values()].slice(0, 2));
  p.fingers.set(event.pointerId, point);
  const after = centreOf([...p.fingers.values()].slice(0, 2));
  pan(p, after.x - before.x, after.y - before.y);
  if (before.spread > 0 && after.spread > 0)
    zoom(p, after.spread / before.spread, after.x, after.y);
};

const move = (p, event) => {
  const point = pointOf(p, event);
  if (!p.fingers.has(event.pointerId)) {
    if (event.pointerType !== "touch" && p.fingers.size === 0) hover(p, nodeAt(p, point, false));
    return;
  }
  if (!p.moved) {
    const { start, i } = p.grip;
    if (Math.hypot(point.x - start.x, point.y - start.y) <= SLOP) return;
    p.moved = true;
    if (i >= 0) take(p, i, start);
  }
  if (p.touch && p.fingers.size < 2) return;
  p.canvas.style.cursor = "grabbing";
  if (p.drag) haul(p, point);
  else drawAlong(p, event, point);
};

const release = (p, event) => {
  if (!p.fingers.delete(event.pointerId)) return;
  drop(p);
  p.canvas.style.cursor = "";
  // A gesture that the browser took over is not a click; nor is what is left of a pinch.
  if (event.type === "pointercancel") p.moved = true;
};

const click = (p, event) => {
  if (p.moved || event.button > 1) return;
  const i = nodeAt(p, pointOf(p, event), p.touch);
  if (i < 0) {
    if (event.button === 0) hold(p, -1);
  } else if (p.touch && i !== p.lit) hold(p, i);
  else p.options.onopen?.(i, event);
};

const wheel = (p, event) => {
  // A pinch on a trackpad comes as the wheel with Ctrl.
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? p.h : 1;
  const step = clamp(-event.deltaY * unit * 0.01, -0.2, 0.2);
  const { x, y } = pointOf(p, event);
  zoom(p, Math.exp(step), x, y);
};

// Two fingers move the picture, not the page.
const keepFingers = (_, event) => {
  if (event.touches.length > 1 && event.cancelable) event.preventDefault();
};

const listen = (p) => {
  const { canvas, figure, signal } = p;
  const on = (target, type, f, options = {}) =>
    target.addEventListener(type, (event) => f(p, event), { signal, ...options });
  on(canvas, "pointerdown", press);
  on(canvas, "pointermove", move);
  on(canvas, "pointerup", release);
  on(canvas, "pointercancel", release);
  on(canvas, "pointerleave", () => hover(p, -1));
  on(canvas, "click", click);
  on(canvas, "auxclick", click);
  // The middle button opens: it does not start to scroll.
  on(canvas, "mousedown", (_, event) => {
    if (event.button === 1) event.preventDefault();
  });
  on(canvas, "dblclick", (_, event) => {
    if (nodeAt(p, pointOf(p, event), p.touch) < 0) fit(p);
  });
  on(canvas, "wheel", wheel, { passive: false });
  canvas.style.touchAction = "pan-x pan-y";
  for (const type of ["touchstart", "touchmove"]) on(canvas, type, keepFingers, { passive: false });
  on(canvas, "keydown", key);
  on(figure, "keydown", (_, event) => {
    if (event.key === "Escape") hold(p, -1);
  });
  on(figure, "click", (_, event) =>
    COMMANDS[event.target.closest?.("[data-graph]")?.dataset.graph]?.(p),
  );
};
