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
    minimal: options.minimal ?? false,
    selected: selected < graph.n ? selected : -1,
    heavy: graph.from.length > SMALL || graph.n > SMALL,
    bounds: boundsOf(graph),
    shape: { x: 1, y: 1 },
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
