/*
 * docsite: the picture of the links, drawn on a canvas: topics in colour, size by how many
 * documents point here, names where there is room. One can move, zoom, point at and drag it.
 *
 * The positions of the nodes are decided when the site is built. Not in here: the data and where it comes
 * from, the legend, the filter and the list beside the picture, what opening a document means.
 *
 * A picture `p` holds the graph, the view (what of it is on the canvas) and what is lit. A small
 * graph is drawn again for every frame. A large one is drawn piece by piece into a bitmap that goes
 * beyond the edges of the view, and that one is moved and stretched until the hand rests.
 */
(() => {
  "use strict";

  const SMALL = 1500; // links and nodes that are drawn anew for every frame
  const PULLED = 2000; // nodes of a graph whose neighbours follow a dragged one
  const SLICE = 8; // milliseconds a frame that go into a bitmap
  const FIRST = 80; // the same, when there is nothing else to be shown
  const REST = 120; // milliseconds without a movement, after which all is drawn sharp
  const SLOP = 4; // pixels that a click may move
  const TEXT = 12.5;
  const LINE = 17;
  const LONGEST = 11 * TEXT;
  const FORCES = {
    distance: 40,
    charge: -60,
    distanceMin: 1,
    x: 0.04,
    y: 0.07,
    velocityDecay: 0.4,
  };

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  /* The graph */

  const readLinks = (scene, n) => {
    const from = new Uint32Array(scene.from.length);
    const to = new Uint32Array(scene.from.length);
    let count = 0;
    const known = (i) => Number.isInteger(i) && i >= 0 && i < n;
    for (let e = 0; e < scene.from.length; e += 1) {
      if (scene.from[e] === scene.to[e] || !known(scene.from[e]) || !known(scene.to[e])) continue;
      from[count] = scene.from[e];
      to[count++] = scene.to[e];
    }
    return { from: from.subarray(0, count), to: to.subarray(0, count) };
  };

  // Things by their key: those of key k are items[start[k]] up to items[start[k + 1]].
  const sortInto = (count, keys) => {
    const start = new Uint32Array(count + 1);
    for (const key of keys) start[key + 1] += 1;
    for (let key = 0; key < count; key += 1) start[key + 1] += start[key];
    const next = start.slice();
    const items = new Uint32Array(keys.length);
    keys.forEach((key, item) => {
      items[next[key]++] = item;
    });
    return { start, items };
  };

  const readGraph = (scene) => {
    const n = scene.x.length;
    const place = (v) => (Number.isFinite(v) ? v : 0);
    const x = Float64Array.from(scene.x, place);
    const y = Float64Array.from(scene.y, place);
    const { from, to } = readLinks(scene, n);
    const ends = new Uint32Array(from.length * 2);
    ends.set(from);
    ends.set(to, from.length);
    const { start: first, items } = sortInto(n, ends);
    const links = items.map((end) => end % from.length);
    const inward = new Uint32Array(n);
    for (const i of to) inward[i] += 1;
    const radius = Float32Array.from(inward, (count) => Math.min(14, 4 + 1.6 * Math.sqrt(count)));
    const weight = Float64Array.from(inward, (count, i) => count * 1e6 + first[i + 1] - first[i]);
    const order = Uint32Array.from(x.keys()).sort((a, b) => weight[b] - weight[a] || a - b);
    const length = from.reduce(
      (sum, a, e) => sum + Math.hypot(x[a] - x[to[e]], y[a] - y[to[e]]),
      0,
    );
    return { n, x, y, from, to, first, links, radius, order, length };
  };

  const boundsOf = ({ n, x, y }) => {
    if (n === 0) return { left: 0, right: 0, top: 0, bottom: 0 };
    const least = (values) => values.reduce((a, v) => Math.min(a, v));
    const most = (values) => values.reduce((a, v) => Math.max(a, v));
    return { left: least(x), right: most(x), top: least(y), bottom: most(y) };
  };

  const neighbours = ({ first, links, from, to }, i) => {
    const found = new Set();
    for (let q = first[i]; q < first[i + 1]; q += 1) {
      const e = links[q];
      found.add(from[e] === i ? to[e] : from[e]);
    }
    return found;
  };

  // Nodes by cells of the layout, for “what is near this point?”.
  const makeGrid = (graph) => {
    const { n, x, y } = graph;
    const b = boundsOf(graph);
    const [width, height] = [b.right - b.left, b.bottom - b.top];
    // About a node a cell, and no more than a thousand cells in a row, however far away one node is.
    const cell = Math.max(20, Math.sqrt((width * height) / (n || 1)), width / 1000, height / 1000);
    const columns = Math.floor(width / cell) + 1;
    const rows = Math.floor(height / cell) + 1;
    const column = (v) => clamp(Math.floor((v - b.left) / cell), 0, columns - 1);
    const row = (v) => clamp(Math.floor((v - b.top) / cell), 0, rows - 1);
    const cellOf = Uint32Array.from(x, (v, i) => row(y[i]) * columns + column(v));
    const { start, items: nodes } = sortInto(columns * rows, cellOf);
    return (x0, y0, x1, y1, visit) => {
      for (let r = row(y0); r <= row(y1); r += 1) {
        const last = start[r * columns + column(x1) + 1];
        for (let q = start[r * columns + column(x0)]; q < last; q += 1) if (visit(nodes[q])) return;
      }
    };
  };

  /* The view: a point of the layout in the middle of the canvas, and a zoom */

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

  /* Frames: only when something changed */

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
    // At once: a canvas whose size changed is empty.
    frame(p);
  };

  /* Colours */

  const TOKENS = {
    paper: "--paper",
    ink: "--ink",
    quiet: "--ink-3",
    line: "--line-2",
    accent: "--accent",
  };

  // A custom property is read as it was written; a colour that uses it is read as it is seen.
  const readColours = (p) => {
    const probe = document.createElement("i");
    probe.hidden = true;
    p.figure.append(probe);
    const seen = (name, property) => {
      probe.className = name;
      probe.style.color = `var(${property}, currentColor)`;
      return getComputedStyle(probe).color;
    };
    p.ink = {};
    for (const [name, property] of Object.entries(TOKENS)) p.ink[name] = seen("", property);
    p.ink.topics = p.classes.map((name) => seen(name, "--topic"));
    probe.remove();
    p.font = `500 ${TEXT}px ${getComputedStyle(p.figure).fontFamily}`;
  };

  const restyle = (p) => {
    readColours(p);
    p.names = [];
    p.relabel = "fresh";
    discard(p);
    ask(p);
  };

  /* Painting: links and nodes, onto the canvas or into a bitmap `f` of a view of its own */

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

  /* The bitmap */

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
    // Read frequently: so that it is drawn by the processor, at once and in a time one can measure.
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

  /* What is lit, above the rest */

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

  /* Labels */

  const SIDES = [
    [0, 1],
    [0, -1],
    [1, 0],
    [-1, 0],
    [0.7, 0.7],
    [-0.7, 0.7],
    [0.7, -0.7],
    [-0.7, -0.7],
  ];

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

  // Beside node i, of this size.
  const boxAt = (p, i, w, h, side) => {
    const [sx, sy] = SIDES[side];
    const { x, y, r } = spot(p, i);
    const d = r + 4;
    return {
      i,
      side,
      w,
      h,
      x: x + sx * d - (sx > 0 ? 0 : sx < 0 ? w : w / 2),
      y: y + sy * d - (sy > 0 ? 2 : sy < 0 ? h - 2 : h / 2),
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
    return [{ ...best, lines }];
  };

  const meets = (a, b) =>
    a.x < b.x + b.w + 3 && b.x < a.x + a.w + 3 && a.y < b.y + b.h && b.y < a.y + a.h;
  const hides = (box, { x, y }) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h;
  const isInside = (p, box) =>
    box.x >= 4 && box.y >= 2 && box.x + box.w <= p.w - 4 && box.y + box.h <= p.h - 2;

  // The nodes whose discs come within `slack` pixels of a box; until `visit` has enough.
  const discsIn = (p, box, slack, visit) => {
    const { x, y } = p.graph;
    const reach = (14 * growth(p.k) + slack) / p.k;
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
    discsIn(p, { x: box.x, y: box.y + 2, w: box.w, h: box.h - 4 }, -2, (i) => {
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

  // The free place that hides least. Of the lit node's neighbours all names are wanted, of the
  // great nodes they may hide dots or a few small discs, and others hide nothing.
  const findPlace = (p, i, taken, limit, steady) => {
    const { w } = nameOf(p, i);
    if (w === 0) return null;
    let best = null;
    let least = limit;
    for (let q = 0; q < SIDES.length && least > 0; q += 1) {
      const side = steady ? (p.sides[i] + q) % SIDES.length : q;
      const box = boxAt(p, i, w, LINE, side);
      if (
        !isInside(p, box) ||
        [taken, p.buttons].some((boxes) => boxes.some((other) => meets(box, other)))
      )
        continue;
      const cost = costOf(p, box, least);
      if (cost < least) [best, least] = [box, cost];
    }
    return best;
  };

  const placeAll = (p, steady) => {
    const taken = p.lit >= 0 ? plateOf(p) : [];
    const room = p.minimal ? Infinity : (p.w * p.h) / 6000;
    let tried = 0;
    for (const i of claimants(p)) {
      if (taken.length >= room || tried >= 400) break;
      const wanted = p.minimal || i === p.selected || p.around?.has(i);
      const box = findPlace(p, i, taken, wanted ? 1e5 : tried < 16 ? 110 : 1, steady);
      tried += 1;
      if (!box) continue;
      taken.push(box);
      p.sides[i] = box.side;
    }
    return taken;
  };

  // On the move the names stay with their nodes; one that would run into another goes.
  const carry = (p) => {
    const taken = p.lit >= 0 ? plateOf(p) : [];
    for (const { i, w, side, lines } of p.labels) {
      if (lines) continue;
      const box = boxAt(p, i, w, LINE, side);
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

  const drawLabel = (p, { i, x, y }) => {
    const { c } = p;
    const snap = (v) => Math.round(v * p.ratio) / p.ratio;
    const lively = p.lit < 0 || p.around.has(i);
    c.fillStyle = lively ? p.ink.ink : p.ink.quiet;
    const { text } = nameOf(p, i);
    c.strokeText(text, snap(x), snap(y + 13));
    c.fillText(text, snap(x), snap(y + 13));
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
      if (label.lines) drawPlate(p, label);
      else drawLabel(p, label);
    }
  };

  /* Light */

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

  /* Pointer */

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
      const i = p.options.draggable ? discAt(p, point.x, point.y, touch ? 14 : 4) : -1;
      // A finger takes hold of the lit node only, and nobody of a dot: that moves the picture.
      const holds = i >= 0 && (touch ? i === p.lit : radiusOf(p, i) > 2.2);
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
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? p.h : 1;
    // With ctrl: two fingers on a trackpad, in small steps.
    const step = clamp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016), -0.5, 0.5);
    const { x, y } = pointOf(p, event);
    zoom(p, Math.exp(step), x, y);
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
    if (!p.minimal) on(canvas, "wheel", wheel, { passive: false });
    canvas.style.touchAction = p.minimal ? "pan-y pinch-zoom" : "none";
    on(canvas, "keydown", key);
    on(figure, "keydown", (_, event) => {
      if (event.key === "Escape") hold(p, -1);
    });
    on(figure, "click", (_, event) =>
      COMMANDS[event.target.closest?.("[data-graph]")?.dataset.graph]?.(p),
    );
  };

  /* Keyboard and buttons */

  const COMMANDS = { in: (p) => zoom(p, 1.4), out: (p) => zoom(p, 1 / 1.4), fit };
  const KEYS = {
    ArrowLeft: (p) => pan(p, 60, 0),
    ArrowRight: (p) => pan(p, -60, 0),
    ArrowUp: (p) => pan(p, 0, 60),
    ArrowDown: (p) => pan(p, 0, -60),
    "+": COMMANDS.in,
    "=": COMMANDS.in,
    "-": COMMANDS.out,
    0: fit,
  };

  const key = (p, event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key](p);
  };

  /* Dragging a node */

  const take = (p, i, start) => {
    const { x, y } = spot(p, i);
    p.drag = { i, dx: x - start.x, dy: y - start.y };
    hover(p, i);
    endPull(p);
    discard(p);
    if (p.graph.n > PULLED) return;
    // Until the forces are here, and where they never come, the node moves alone.
    docsite.need("force").then(
      (d3) => {
        if (p.drag?.i === i && !p.gone) startPull(p, d3, i);
      },
      () => {},
    );
  };

  const haul = (p, point) => {
    const { i, dx, dy } = p.drag;
    p.graph.x[i] = (point.x + dx - p.w / 2) / p.k + p.x;
    p.graph.y[i] = (point.y + dy - p.h / 2) / p.k + p.y;
    if (p.pull) Object.assign(p.pull.nodes[i], { fx: p.graph.x[i], fy: p.graph.y[i] });
    nodesMoved(p);
  };

  const nodesMoved = (p) => {
    p.grid = null;
    p.fitted = false;
    if (p.graph.n <= PULLED) discard(p);
    ask(p);
  };

  const drop = (p) => {
    if (!p.drag) return;
    p.drag = null;
    p.bounds = boundsOf(p.graph);
    if (p.pull) p.pull.simulation.alphaTarget(0);
    else discard(p);
    stir(p);
  };

  // The forces are those that made the layout. Beyond two links nothing moves: the picture stays.
  const startPull = (p, d3, dragged) => {
    const { n, x, y, from, to } = p.graph;
    const free = new Set([dragged]);
    for (let step = 0; step < 2; step += 1) {
      for (const i of [...free]) for (const j of neighbours(p.graph, i)) free.add(j);
    }
    free.delete(dragged);
    const nodes = Array.from(x, (_, i) =>
      free.has(i) ? { x: x[i], y: y[i] } : { x: x[i], y: y[i], fx: x[i], fy: y[i] },
    );
    const force = { ...FORCES, ...p.forces };
    const mean = (values) => values.reduce((sum, v) => sum + v, 0) / n;
    const simulation = d3
      .forceSimulation(nodes)
      .stop()
      .velocityDecay(force.velocityDecay)
      .force(
        "link",
        d3
          .forceLink(Array.from(from, (source, e) => ({ source, target: to[e] })))
          .distance(force.distance),
      )
      .force("charge", d3.forceManyBody().strength(force.charge).distanceMin(force.distanceMin))
      .force("x", d3.forceX(mean(x)).strength(force.x))
      .force("y", d3.forceY(mean(y)).strength(force.y))
      .alpha(0.3)
      .alphaMin(0.01)
      .alphaTarget(0.3);
    p.pull = { simulation, nodes, free };
    ask(p);
  };

  const pullOn = (p) => {
    const { simulation, nodes, free } = p.pull;
    simulation.tick();
    for (const i of free) {
      p.graph.x[i] = nodes[i].x;
      p.graph.y[i] = nodes[i].y;
    }
    nodesMoved(p);
    if (!p.drag && simulation.alpha() < simulation.alphaMin()) endPull(p);
  };

  const endPull = (p) => {
    if (!p.pull) return;
    p.pull = null;
    p.bounds = boundsOf(p.graph);
    stir(p);
  };

  /* Showing it */

  const watch = (p) => {
    const sizes = new ResizeObserver(() => resize(p));
    sizes.observe(p.canvas);
    const theme = new MutationObserver(() => restyle(p));
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => restyle(p), {
      signal: p.signal,
    });
    // A window on another screen: the query holds for one ratio only, and is made again.
    const watchRatio = () => {
      const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      query.addEventListener(
        "change",
        () => {
          resize(p);
          watchRatio();
        },
        { once: true, signal: p.signal },
      );
    };
    watchRatio();
    p.signal.addEventListener("abort", () => {
      sizes.disconnect();
      theme.disconnect();
    });
  };

  const makePicture = (figure, scene, options) => {
    const canvas = figure.querySelector("canvas");
    const graph = readGraph(scene);
    const selected = options.selected ?? -1;
    return {
      figure,
      canvas,
      graph,
      options,
      c: canvas.getContext("2d", { alpha: false }),
      titles: scene.titles ?? [],
      topics: scene.topics ?? [],
      classes: scene.classes ?? [],
      deprecated: scene.deprecated ?? [],
      orphan: scene.orphan ?? [],
      forces: scene.force,
      minimal: options.minimal ?? false,
      selected: selected < graph.n ? selected : -1,
      heavy: graph.from.length > SMALL || graph.n > SMALL,
      bounds: boundsOf(graph),
      sides: new Uint8Array(graph.n),
      names: [],
      labels: [],
      buttons: [],
      grid: null,
      x: 0,
      y: 0,
      k: 1,
      low: 0.1,
      high: 6,
      w: 0,
      h: 0,
      ratio: 1,
      fitted: true,
      hover: -1,
      held: -1,
      lit: -1,
      around: null,
      mask: null,
      fingers: new Map(),
      grip: null,
      drag: null,
      pull: null,
      moved: false,
      touch: false,
      far: null,
      near: null,
      job: null,
      spare: null,
      flight: null,
      frames: 0,
      asked: 0,
      rest: 0,
      stirring: false,
      relabel: "fresh",
      gone: false,
    };
  };

  const describe = (p) => {
    const isSeen = (i) =>
      passes(p, i) &&
      toX(p, p.graph.x[i]) >= 0 &&
      toX(p, p.graph.x[i]) <= p.w &&
      toY(p, p.graph.y[i]) >= 0 &&
      toY(p, p.graph.y[i]) <= p.h;
    const all = Array.from(p.graph.order);
    return {
      zoom: p.k,
      lit: p.lit,
      passing: all.filter((i) => passes(p, i)).length,
      frames: p.frames,
      drawn: all.filter(isSeen).length,
      busy: Boolean(p.asked || p.stirring || p.job),
    };
  };

  const show = (figure, scene, options = {}) => {
    const p = makePicture(figure, scene, { draggable: true, ...options });
    const known = (i) => (Number.isInteger(i) && i >= 0 && i < p.graph.n ? i : -1);
    const ending = new AbortController();
    p.signal = ending.signal;
    readColours(p);
    listen(p);
    resize(p);
    watch(p);
    return {
      light: (i, { fly: flies = false } = {}) => {
        hold(p, known(i));
        if (flies && p.lit >= 0) fly(p, p.lit);
      },
      pass: (mask) => setMask(p, mask),
      fit: () => fit(p),
      positions: (i) => spot(p, i),
      labels: () => p.labels.map(({ i, x, y, w, h }) => ({ i, x, y, w, h })),
      state: () => describe(p),
      destroy: () => {
        p.gone = true;
        ending.abort();
        cancelAnimationFrame(p.asked);
        clearTimeout(p.rest);
        discard(p);
      },
    };
  };

  docsite.give("graph", { show });
})();
