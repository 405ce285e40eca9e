/* Dragging a node; its neighbours follow, by the forces that made the layout. */

const PULLED = 2000; // nodes of a graph whose neighbours follow a dragged one

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
  const x = (point.x + dx - p.w / 2) / p.k + p.x;
  const y = (point.y + dy - p.h / 2) / p.k + p.y;
  p.graph.x[i] = x;
  p.graph.y[i] = y;
  if (p.pull) Object.assign(p.pull.nodes[i], { fx: x / p.shape.x, fy: y / p.shape.y });
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

// The forces are those that made the layout, where nothing is stretched. Beyond two links nothing moves: the picture stays.
const startPull = (p, d3, dragged) => {
  const { n, from, to } = p.graph;
  const [x, y] = [p.graph.x.map((v) => v / p.shape.x), p.graph.y.map((v) => v / p.shape.y)];
  const free = new Set([dragged]);
  for (let step = 0; step < 2; step += 1) {
    for (const i of [...free]) for (const j of neighbours(p.graph, i)) free.add(j);
  }
  free.delete(dragged);
  const nodes = Array.from(x, (_, i) =>
    free.has(i) ? { x: x[i], y: y[i] } : { x: x[i], y: y[i], fx: x[i], fy: y[i] },
  );
  const force = docsite.shared.forces;
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
    p.graph.x[i] = nodes[i].x * p.shape.x;
    p.graph.y[i] = nodes[i].y * p.shape.y;
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
