/*
 * docsite: a diagram opened large: a dialog with a copy of it, to zoom (wheel, two fingers, two
 * taps, + and −) and to move (drag, arrows). Loaded when the first is opened.
 */
(() => {
  "use strict";

  const LARGEST = 8;
  const TWICE = 2; // as large as one opens; and what two taps do
  const STEP = 1.4;
  const SLOP = 4; // px that a click may move
  const GAP = 16;
  const EDGE = 8; // around what is drawn: strokes and tips of arrows
  const TOP = 60; // px, for the buttons

  const clamp = (v, least, most) => Math.min(Math.max(v, least), most);

  // Its ids get another end, and so does what refers to them: no id is twice in the page.
  const copyOf = (svg) => {
    const copy = svg.cloneNode(true);
    const all = [copy, ...copy.querySelectorAll("*")];
    const own = new Set(all.map(({ id }) => id));
    const rename = (text, sign, id) => (own.has(id) ? `${sign}${id}.large` : text);
    for (const attribute of all.flatMap((element) => [...element.attributes])) {
      const names = /^(id$|aria-)/.test(attribute.name) ? /()([^ ]+)/g : /(#)([^"')]+)/g;
      attribute.value = attribute.value.replace(names, rename);
    }
    return copy;
  };

  /* Its position */

  let stage;
  let picture;
  let area; // of what is drawn, from the picture's corner: what is shown, and can be moved to
  let legible; // the scale at which its smallest letters can be read
  let room; // on the stage beside the buttons, and its middle
  let whole; // the scale that shows all
  let at; // the scale, and the picture's corner

  // An edge of what is drawn stays at an edge of the room, or inside it: nobody gets to an empty
  // place. Without will-change, each scale is drawn again, and sharp.
  const place = (scale, left, top) => {
    const within = (v, start, length, middle, all) => {
      const edges = [middle - all / 2 - start * scale, middle + all / 2 - (start + length) * scale];
      return clamp(v, Math.min(...edges), Math.max(...edges));
    };
    const x = within(left, area.x, area.width, room.x, room.w);
    const y = within(top, area.y, area.height, room.y, room.h);
    at = { scale, x, y };
    picture.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  };
  const pan = (dx, dy) => place(at.scale, at.x + dx, at.y + dy);
  const zoom = (by, { x, y } = room) => {
    const scale = clamp(at.scale * by, Math.min(whole, 1), LARGEST);
    const ratio = scale / at.scale;
    place(scale, x - (x - at.x) * ratio, y - (y - at.y) * ratio);
  };
  const larger = () => zoom(STEP);
  const smaller = () => zoom(1 / STEP);

  const fit = () => {
    const middle = (start, length, to) => to - (start + length / 2) * whole;
    place(whole, middle(area.x, area.width, room.x), middle(area.y, area.height, room.y));
  };
  const measure = () => {
    const w = stage.clientWidth - 2 * GAP;
    const h = stage.clientHeight - TOP - GAP;
    room = { w, h, x: GAP + w / 2, y: TOP + h / 2 };
    whole = Math.min(TWICE, w / area.width, h / area.height);
  };

  // What is drawn of a picture, as far as its frame shows it: a frame may be mostly empty.
  const drawnOf = (svg) => {
    const frame = svg.viewBox.baseVal;
    const box = svg.getBBox();
    const side = (from, to, start, length) => {
      const first = clamp(from, start, start + length);
      const last = clamp(to, start, start + length);
      return last > first ? [first - start, last - first] : [0, length];
    };
    const [x, width] = side(box.x - EDGE, box.x + box.width + EDGE, frame.x, frame.width);
    const [y, height] = side(box.y - EDGE, box.y + box.height + EDGE, frame.y, frame.height);
    return { x, y, width, height };
  };

  /* Pointer */

  const fingers = new Map();
  let moved;
  let start;

  const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  const between = () => {
    const [a, b = a] = fingers.values();
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, spread: far(a, b) };
  };

  const press = (event) => {
    if (event.button > 0) return;
    moved = fingers.size > 0;
    start = event;
    fingers.set(event.pointerId, event);
  };
  const move = (event) => {
    if (!event.buttons) release(event);
    if (!fingers.has(event.pointerId) || (!moved && far(event, start) <= SLOP)) return;
    moved = true;
    // Not before: a captured pointer clicks no link.
    stage.setPointerCapture(event.pointerId);
    const before = between();
    fingers.set(event.pointerId, event);
    const after = between();
    pan(after.x - before.x, after.y - before.y);
    if (before.spread > 0) zoom(after.spread / before.spread, after);
  };
  const release = ({ pointerId }) => fingers.delete(pointerId);
  const click = (event) => {
    if (moved) event.preventDefault();
    // To a heading of the page behind.
    else if (event.target.closest("a")?.getAttribute("href")?.includes("#")) dialog.close();
  };
  const dblclick = (event) => {
    if (!moved) zoom(event.shiftKey ? 1 / TWICE : Math.max(TWICE, legible / at.scale), event);
  };
  const wheel = (event) => {
    event.preventDefault();
    // With ctrl: two fingers on a trackpad, in small steps.
    const step = event.deltaY * (event.deltaMode ? 16 : 1) * (event.ctrlKey ? 0.01 : 0.0016);
    zoom(Math.exp(clamp(-step, -0.5, 0.5)), event);
  };

  /* Keyboard */

  const KEYS = {
    ArrowLeft: (by) => pan(by, 0),
    ArrowRight: (by) => pan(-by, 0),
    ArrowUp: (by) => pan(0, by),
    ArrowDown: (by) => pan(0, -by),
    "+": larger,
    "=": larger,
    "-": smaller,
    0: fit,
  };
  const key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key](event.shiftKey ? 240 : 60);
  };

  /* The dialog */

  const STYLE = `
    @media screen { :root:has(.large[open]) { overflow: hidden; } }
    .large { width: 100%; max-width: none; height: 100%; max-height: none; padding: 0; border: 0; border-radius: 0; outline: 0;
      background: var(--paper); color: var(--ink); overflow: hidden; touch-action: none; }
    .large[open] { display: flex; flex-direction: column; }
    .large .stage { flex: 1; min-height: 0; overflow: hidden; cursor: grab; user-select: none; }
    .large .stage:active { cursor: grabbing; }
    .large svg { transform-origin: 0 0; }
    .large p { padding: var(--s3) var(--gutter); border-top: 1px solid var(--line); color: var(--ink-2); font-size: var(--t-s); }
    .large p:empty { display: none; }
    .large .zoom { z-index: 1; }
    .large .zoom button { min-width: 2.75rem; height: 2.75rem; font-size: var(--t-body); }`;

  const element = (tag, traits) => Object.assign(document.createElement(tag), traits);
  const dialog = element("dialog", { className: "large", tabIndex: -1 });

  const make = (words) => {
    stage = element("div", { className: "stage" });
    const bar = element("div", { className: "zoom" });
    const add = (textContent, title, onclick) =>
      bar.append(element("button", { textContent, title, ariaLabel: title, onclick }));
    add("+", words.diaIn, larger);
    add("−", words.diaOut, smaller);
    add("⤢", words.diaFit, fit);
    add("✕", words.diaClose, () => dialog.close());
    dialog.append(bar, stage, element("p"));
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    document.adoptedStyleSheets.push(style);
    document.body.append(dialog);

    const listen = (target, listeners) =>
      Object.entries(listeners).forEach((pair) => target.addEventListener(...pair));
    const dragstart = (event) => event.preventDefault();
    listen(stage, { pointerdown: press, click, dblclick, dragstart });
    listen(dialog, { pointermove: move, pointerup: release, pointercancel: release, wheel });
    listen(dialog, { keydown: key, close: () => stage.replaceChildren() });
    addEventListener("resize", () => {
      if (!dialog.open) return;
      const { x, y } = room;
      measure();
      pan(room.x - x, room.y - y);
    });
  };

  const open = (view, words) => {
    if (dialog.open) return;
    if (!stage) make(words);
    const svg = view.querySelector("svg");
    const { width } = svg.viewBox.baseVal;
    area = drawnOf(svg);
    legible = (view.querySelector("canvas")?.width ?? 0) / width;
    picture = copyOf(svg);
    // Its own size, whatever the page shows: the scale is of that.
    picture.setAttribute("width", width);
    picture.setAttribute("height", svg.viewBox.baseVal.height);
    fingers.clear();
    stage.replaceChildren(picture);
    const text = view.parentNode.querySelector("figcaption")?.innerText;
    dialog.lastChild.textContent = text?.replace(/\n+/g, " · ");
    dialog.ariaLabel = view.ariaLabel ?? svg.ariaLabel;
    dialog.showModal();
    // No button first: the name is read, and Enter does nothing.
    dialog.focus();
    measure();
    fit();
  };

  docsite.give("diagram", { open });
})();
