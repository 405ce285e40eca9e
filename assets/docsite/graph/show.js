/* Showing it: makes a picture, listens to what is around it, and gives what its page may do. */

const SMALL = 1500; // links and nodes that are drawn again for every frame

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

// What a picture has of its scene.
const readScene = (scene) => {
  const graph = readGraph(scene);
  return {
    graph,
    titles: scene.titles ?? [],
    topics: scene.topics ?? [],
    classes: scene.classes ?? [],
    deprecated: scene.deprecated ?? [],
    orphan: scene.orphan ?? [],
    heavy: graph.from.length > SMALL || graph.n > SMALL,
    bounds: boundsOf(graph),
    shape: { x: 1, y: 1 },
    sides: new Uint8Array(graph.n),
    names: [],
    labels: [],
    grid: null,
    mask: null,
  };
};

const makePicture = (figure, scene, options, signal) => {
  const canvas = figure.querySelector("canvas");
  const selected = options.selected ?? -1;
  return {
    ...readScene(scene),
    figure,
    canvas,
    options,
    signal,
    c: canvas.getContext("2d", { alpha: false }),
    minimal: options.minimal ?? false,
    selected: selected < scene.x.length ? selected : -1,
    buttons: [],
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

// Another scene in the same view. `moved` says of each node which one it is now, or -1. A picture that was
// moved or zoomed keeps the zoom, and what is in its middle stays there.
const change = (p, scene, moved) => {
  const [{ x, y }, { shape }] = [p.graph, p];
  const away = (i) => Math.hypot(x[i] - p.x, y[i] - p.y);
  const middle = moved.reduce((best, to, i) => (to >= 0 && (best < 0 || away(i) < away(best)) ? i : best), -1);
  Object.assign(p, readScene(scene), { drag: null, pull: null, flight: null, grip: null, moved: true });
  Object.assign(p, { held: moved[p.held] ?? -1, hover: -1, lit: -1, around: null, selected: moved[p.selected] ?? -1 });
  discard(p);
  relight(p);
  if (p.fitted) {
    fit(p);
    return;
  }
  p.shape = shape;
  for (let i = 0; i < p.graph.n; i += 1) {
    p.graph.x[i] *= shape.x;
    p.graph.y[i] *= shape.y;
  }
  p.bounds = boundsOf(p.graph);
  if (middle >= 0) {
    p.x += p.graph.x[moved[middle]] - x[middle];
    p.y += p.graph.y[moved[middle]] - y[middle];
  }
  keepInSight(p);
  stir(p);
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
  const ending = new AbortController();
  const p = makePicture(figure, scene, { draggable: true, ...options }, ending.signal);
  const known = (i) => (Number.isInteger(i) && i >= 0 && i < p.graph.n ? i : -1);
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
    change: (other, moved) => change(p, other, moved),
    fit: () => fit(p),
    positions: (i) => spot(p, i),
    labels: () => p.labels.map(({ i, x, y, w, h, lines }) => ({ i, x, y, w, h, lines })),
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
