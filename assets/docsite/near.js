/*
 * docsite: the picture below a document's lists of links: what is two steps away, on demand. Taken from the
 * site's whole graph and drawn by the code of the large one (`graph.js`). A page loads it when its
 * button is near.
 *
 * Not here: one step, which the lists show themselves; and drawing.
 */
(() => {
  "use strict";

  const MOST = 150;
  const { deprecated: DEPRECATED, orphan: ORPHAN } = docsite.shared.marks;

  const nameOfPage = () => document.querySelector("article[data-doc]").dataset.doc;

  const within = (links, start) => {
    const steps = new Map([[start, 0]]);
    for (const step of [1, 2]) {
      const edge = new Set([...steps].filter(([, at]) => at === step - 1).map(([place]) => place));
      links.from.forEach((from, at) => {
        const to = links.to[at];
        for (const [one, other] of [[from, to], [to, from]]) {
          if (edge.has(one) && !steps.has(other) && steps.size < MOST) steps.set(other, step);
        }
      });
    }
    return steps;
  };

  // d3-force begins and shakes alike on every machine, so the picture is always the same.
  const settle = (d3, count, from, to) => {
    /** @type {any[]} */
    const nodes = Array.from({ length: count }, () => ({}));
    const links = from.map((source, at) => ({ source, target: to[at] }));
    nodes[0].fx = nodes[0].fy = 0;
    const simulation = d3
      .forceSimulation(nodes)
      .force("link", d3.forceLink(links).distance(60))
      .force("charge", d3.forceManyBody().strength(-140))
      .force("x", d3.forceX().strength(0.05))
      .force("y", d3.forceY().strength(0.1))
      .stop();
    simulation.tick(250);
    return nodes.map(({ x, y }) => [x, y]);
  };

  const twoSteps = async () => {
    const [documents, links, d3] = await Promise.all(
      ["data/documents", "data/graph", "force"].map((name) => docsite.need(name)),
    );
    const start = documents.names.indexOf(nameOfPage());
    const places = [...within(links, start).keys()];
    const own = new Map(places.map((place, at) => [place, at]));
    const from = [];
    const to = [];
    links.from.forEach((place, at) => {
      if (!own.has(place) || !own.has(links.to[at])) return;
      from.push(own.get(place));
      to.push(own.get(links.to[at]));
    });
    const rows = places.map((place) => ({
      href: docsite.href(documents.names[place]),
      title: documents.titles[place],
      topic: documents.topics[documents.topic[place]].class,
      isDeprecated: (documents.marks[place] & DEPRECATED) !== 0,
      isOrphan: (documents.marks[place] & ORPHAN) !== 0,
    }));
    return { rows, points: settle(d3, rows.length, from, to), from, to };
  };

  const scene = ({ rows, points, from, to }) => {
    const classes = [...new Set(rows.map((row) => row.topic))];
    return {
      x: points.map(([x]) => x),
      y: points.map(([, y]) => y),
      from,
      to,
      titles: rows.map((row) => row.title),
      topics: rows.map((row) => classes.indexOf(row.topic)),
      classes,
      deprecated: rows.map((row) => row.isDeprecated),
      orphan: rows.map((row) => row.isOrphan),
    };
  };

  const draw = async (figure) => {
    const { show } = await docsite.need("graph");
    const picture = await twoSteps();
    figure.querySelector(".stage-box").hidden = false;
    figure.graph = show(figure, scene(picture), {
      selected: 0,
      minimal: true,
      draggable: true,
      onopen(at, event) {
        const { href } = picture.rows[at];
        if (at === 0) return;
        if (event?.ctrlKey || event?.metaKey) window.open(href);
        else location.href = href;
      },
    });
  };

  const offer = (button) => {
    const figure = button.closest(".graph");
    const box = figure.querySelector(".stage-box");
    box.hidden = true; // a page that somebody changed by hand may be of an older version
    button.addEventListener("click", async () => {
      const isShown = !box.hidden;
      button.disabled = true;
      try {
        if (isShown) box.hidden = true;
        else if (figure.graph) box.hidden = false;
        else await draw(figure);
        button.ariaExpanded = String(!isShown);
        button.textContent = isShown ? button.dataset.more : button.dataset.less;
      } catch {
        // Without the data the lists are what there is.
      }
      button.disabled = false;
      button.focus({ preventScroll: true });
    });
  };

  document.querySelectorAll(".near .steps").forEach(offer);
  docsite.give("near", true);
})();
