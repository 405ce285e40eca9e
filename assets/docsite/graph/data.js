/* The graph: who is linked to whom, how large each disc is, and what is near a point. */

const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

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

const radiusFor = (count) => {
  const { least, growth, most } = docsite.shared.radius;
  return Math.min(most, least + growth * Math.sqrt(count));
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
  const radius = Float32Array.from(inward, radiusFor);
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
