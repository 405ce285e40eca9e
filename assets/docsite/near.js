/*
 * docsite: the small graph of a document's page: who links here, this document, and what it links to. Read from the
 * lists of links that the page has anyway; drawn by the code of the large one (`graph.js`). A page
 * loads it when the picture is near. A second step, on demand, takes the site's whole graph.
 *
 * Not here: drawing.
 */
(() => {
  "use strict";

  const ROW = 30; // between neighbours, in the picture's units
  const MOST = 40; // neighbours on one side; the lists name the others
  const MOST_FAR = 150;
  const { deprecated: DEPRECATED, orphan: ORPHAN } = docsite.shared.marks;

  const section = document.getElementById("ds.near");
  const figure = section?.querySelector(".graph");

  /* One step: from the page */

  const rowsOf = (selector) =>
    [...document.querySelectorAll(selector)].slice(0, MOST).map((item) => {
      const link = item.querySelector("a");
      const mark = item.querySelector(".tt");
      return {
        href: link.getAttribute("href"),
        title: link.textContent,
        topic: [...mark.classList].find((name) => name.startsWith(docsite.shared.topicClass)) ?? "",
        isDeprecated: item.querySelector(".dep") !== null,
      };
    });

  // How far neighbours are from this: as the figure has room, names included.
  const columnOf = () => Math.min(190, Math.max(95, figure.clientWidth * 0.3));

  // In a column, around the middle.
  const column = (count, x) =>
    Array.from({ length: count }, (_, at) => [x, (at - (count - 1) / 2) * ROW]);

  const oneStep = () => {
    const into = rowsOf(".back li");
    const out = rowsOf(".leads li");
    const both = new Set(out.map((row) => row.href));
    const left = into.filter((row) => !both.has(row.href));
    const mutual = new Set(into.map((row) => row.href));
    const title = document.querySelector("h1").textContent;
    const here = { href: "", title, topic: section.dataset.topic, isDeprecated: false };
    const rows = [here, ...left, ...out];
    const far = columnOf();
    const points = [[0, 0], ...column(left.length, -far), ...column(out.length, far)];
    const from = [];
    const to = [];
    rows.forEach((row, at) => {
      if (at === 0) return;
      const isOut = at > left.length;
      if (isOut) from.push(0), to.push(at);
      if (!isOut || mutual.has(row.href)) from.push(at), to.push(0);
    });
    return { rows, points, from, to, height: Math.max(left.length, out.length, 3) };
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
      orphan: rows.map(() => false),
    };
  };

  /* Two steps: from the site's graph */

  const nameOfPage = () => document.querySelector("article[data-doc]").dataset.doc;

  const within = (links, start) => {
    const steps = new Map([[start, 0]]);
    for (const step of [1, 2]) {
      const edge = new Set([...steps].filter(([, at]) => at === step - 1).map(([place]) => place));
      links.from.forEach((from, at) => {
        const to = links.to[at];
        for (const [one, other] of [[from, to], [to, from]]) {
          if (edge.has(one) && !steps.has(other) && steps.size < MOST_FAR) steps.set(other, step);
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
    return { rows, points: settle(d3, rows.length, from, to), from, to, height: 14 };
  };

  /* The figure */

  let graph = null;
  let drawn = null;

  const draw = async (picture) => {
    const { show } = await docsite.need("graph");
    graph?.destroy();
    drawn = picture;
    // As tall as its longer column, within reason.
    const height = Math.min(440, Math.max(170, picture.height * 30 + 50));
    figure.querySelector(".stage-box").style.height = `${height}px`;
    graph = show(figure, scene(picture), {
      selected: 0,
      minimal: true,
      draggable: true,
      onopen(at, event) {
        const { href } = drawn.rows[at];
        if (!href) return;
        if (event?.ctrlKey || event?.metaKey) window.open(href);
        else location.href = href;
      },
    });
    figure.graph = graph;
  };

  // The lists above are the same documents for keyboard and screen reader.
  const mirror = () => {
    const light = (event) => {
      const href = event.target.closest?.("a")?.getAttribute("href");
      const at = drawn?.rows.findIndex((row) => row.href === href) ?? -1;
      graph?.light(at);
    };
    for (const list of document.querySelectorAll(".back ul, .leads ul")) {
      list.addEventListener("focusin", light);
      list.addEventListener("pointerover", light);
      for (const end of ["focusout", "pointerleave"]) {
        list.addEventListener(end, () => graph?.light(-1));
      }
    }
  };

  const openSteps = () => {
    const button = figure.querySelector(".steps");
    button.addEventListener("click", async () => {
      const isFar = button.getAttribute("aria-pressed") !== "true";
      button.disabled = true;
      try {
        await draw(isFar ? await twoSteps() : oneStep());
        button.setAttribute("aria-pressed", isFar);
        button.textContent = isFar ? button.dataset.less : button.dataset.more;
      } catch {
        // Without the data one step is what there is.
      }
      button.disabled = false;
    });
  };

  if (section) {
    const whole = section.querySelector(".hint a");
    whole.href = `index.html#graph?at=${encodeURIComponent(nameOfPage())}`;
    openSteps();
    mirror();
    draw(oneStep()).catch(() => (section.hidden = true));
  }
  docsite.give("near", true);
})();
