/*
 * docsite: the graph of the catalogue. The picture (`graph.js` draws it), its legend, the lists of
 * the same documents below it, and what the link check has beyond the page.
 *
 * Until the reader does anything, or an address asks for a document, the page's own picture is shown, which
 * does not move: code and data of the other come then. Not here: drawing, and the positions of documents
 * (the build says that).
 */
(() => {
  "use strict";

  const AT_ONCE = 500; // entries that a list gets at a press
  const { deprecated: DEPRECATED, orphan: ORPHAN } = docsite.shared.marks;

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  };

  /* The picture */

  const figure = document.getElementById("ds.picture");
  const still = figure?.querySelector(".still");
  const canvas = figure?.querySelector("canvas");
  let catalogue;
  let graph = null;
  let drawing = null;
  let flown = 0; // how often Enter was pressed for the same words
  let flownFor = "";
  let drawn = null; // its scene and the names of its nodes
  let links = null;

  const scene = (documents, { x, y, from, to }) => ({
    x,
    y,
    from,
    to,
    titles: documents.titles,
    topics: documents.topic,
    classes: documents.topics.map((topic) => topic.class),
    deprecated: documents.marks.map((marks) => marks & DEPRECATED),
    orphan: documents.marks.map((marks) => marks & ORPHAN),
  });

  const open = (at, event) => {
    const href = catalogue.documents.hrefs[at];
    if (event?.ctrlKey || event?.metaKey || event?.button === 1) window.open(href);
    else location.href = href;
  };

  const draw = async () => {
    const [{ show }, documents, given] = await Promise.all([
      docsite.need("graph"),
      catalogue.data(),
      docsite.need("data/graph", catalogue.version),
    ]);
    links = given;
    drawn = { names: documents.names, scene: scene(documents, links) };
    const hadFocus = still?.contains(document.activeElement);
    canvas.hidden = false;
    figure.classList.add("live");
    if (hadFocus) canvas.focus({ preventScroll: true });
    graph = show(figure, drawn.scene, { onopen: open, selected: -1, draggable: true });
    // For inspection from the browser's console.
    figure.graph = graph;
    degrees = countLinks(documents.n, links);
    graph.pass(catalogue.passing);
    flyTo(catalogue.state.at);
    fillOpenLists();
  };

  // Of another build; the zoom stays.
  const prepare = async (version) => {
    await drawing;
    if (graph) links = await docsite.need("data/graph", version);
  };
  const renew = () => {
    if (!graph) return;
    const { documents } = catalogue;
    const before = drawn;
    drawn = { names: documents.names, scene: scene(documents, links) };
    degrees = countLinks(documents.n, links);
    // What was dragged stays where only texts changed.
    if (JSON.stringify(before) === JSON.stringify(drawn)) return;
    graph.change(drawn.scene, before.names.map((name) => documents.index.get(name) ?? -1));
  };

  const flyTo = (name) => {
    const at = catalogue.documents?.index.get(name);
    if (graph && at !== undefined) graph.light(at, { fly: true });
  };

  // Enter in the filter: the best match, then the next.
  const fly = async () => {
    if (catalogue.state.view !== "graph") return;
    await drawing;
    const { documents, passing, state } = catalogue;
    if (!graph || !passing) return;
    const found = [];
    passing.forEach((passes, at) => passes && found.push(at));
    if (found.length === 0) return;
    // A word in a title says more than one in a summary; of those, what most others link to.
    const rank = (at) => (catalogue.spans(documents.titles[at]).length > 0 ? 1e6 : 0) + degrees.in[at];
    found.sort((a, b) => rank(b) - rank(a));
    flown = flownFor === state.filter.q ? (flown + 1) % found.length : 0;
    flownFor = state.filter.q;
    const at = found[flown];
    graph.light(at, { fly: true });
    catalogue.point(documents.names[at]);
  };

  /* The lists of its documents */

  let degrees = null;
  const countLinks = (n, { from, to }) => {
    const counts = { in: new Uint32Array(n), out: new Uint32Array(n) };
    from.forEach((at) => (counts.out[at] += 1));
    to.forEach((at) => (counts.in[at] += 1));
    return counts;
  };

  const webs = () => [...document.querySelectorAll("#graph .web")];
  const isCut = () => document.querySelector("#graph .webs > .nothing") !== null;

  const placeOf = (link) => {
    const href = link?.getAttribute("href") ?? "";
    if (!href.endsWith(".html")) return undefined;
    return catalogue.documents?.index.get(decodeURIComponent(href.slice(0, -5)));
  };

  // Of a large site the page has only some: the rest comes when its list is opened.
  const fill = (web) => {
    const { documents, passing } = catalogue;
    if (!documents || !degrees) return;
    const list = web.querySelector("ul");
    const topic = documents.topics.findIndex(({ prefix }) => prefix === web.dataset.topic);
    const wanted = [];
    documents.topic.forEach((own, at) => {
      if (own === topic && (!passing || passing[at])) wanted.push(at);
    });
    let shown = 0;
    list.dataset.made = ""; // no longer what the page had
    const more = element("button", "more", `+ ${wanted.length}`);
    more.type = "button";
    const add = () => {
      const items = wanted.slice(shown, shown + AT_ONCE).map((at) => {
        const item = element("li");
        const link = element("a", "", documents.titles[at]);
        link.href = documents.hrefs[at];
        const counts = element("span", "in", `← ${degrees.in[at]} → ${degrees.out[at]}`);
        item.append(link, "\u00a0", counts);
        return item;
      });
      shown += items.length;
      more.textContent = `+ ${wanted.length - shown}`;
      list.append(...items);
      if (shown < wanted.length) web.append(more);
      else more.remove();
    };
    web.querySelector(".more")?.remove();
    list.replaceChildren();
    more.addEventListener("click", add);
    add();
  };
  const fillOpenLists = () => {
    if (isCut()) for (const web of webs()) if (web.open) fill(web);
  };

  const filterLists = () => {
    const { passing } = catalogue;
    if (isCut()) {
      fillOpenLists();
      return;
    }
    for (const web of webs()) {
      let shown = 0;
      for (const item of web.querySelectorAll("li")) {
        const at = placeOf(item.querySelector("a"));
        item.hidden = passing !== null && at !== undefined && !passing[at];
        shown += item.hidden ? 0 : 1;
      }
      web.hidden = shown === 0;
    }
  };

  // From the filter into the lists: to the first document that passes.
  const enter = () => {
    const web = catalogue.state.view === "graph" && webs().find((one) => !one.hidden);
    if (!web) return;
    web.open = true;
    if (isCut()) fill(web);
    [...web.querySelectorAll("li:not([hidden]) a")][0]?.focus();
  };

  // What has the focus, or is under the pointer, is lit in the picture too.
  const mirror = (box) => {
    const light = (event) => {
      const at = placeOf(event.target.closest("a"));
      if (at !== undefined) graph?.light(at, { fly: event.type === "focusin" });
    };
    const dim = () => graph?.light(-1);
    box.addEventListener("focusin", light);
    box.addEventListener("focusout", dim);
    box.addEventListener("pointerover", light);
    box.addEventListener("pointerleave", dim);
    box.addEventListener("toggle", (event) => {
      if (event.target.open && isCut()) fill(event.target);
    }, true);
  };

  /* What the link check has beyond the page */

  const failing = ([at, href, line, target, what]) => {
    const { titles, names } = catalogue.documents;
    const item = element("li");
    const link = element("a", "", titles[at]);
    link.href = href;
    const arrow = element("span", "", "→");
    arrow.setAttribute("aria-hidden", "true");
    const small = element("small", "", what ? `${what} · ` : "");
    const source = element("a", "at");
    source.href = `markdown/${encodeURIComponent(names[at])}.md`;
    source.append(element("code", "", `markdown/${names[at]}.md:${line}`));
    small.append(source);
    item.append(link, " ", arrow, " ", element("code", "gone", target), small);
    return item;
  };
  const standing = (at) => {
    const { documents } = catalogue;
    const item = element("li");
    const link = element("a", "", documents.titles[at]);
    link.href = documents.hrefs[at];
    const topic = documents.topics[documents.topic[at]];
    const mark = element("span", `tt ${topic.class}`);
    const type = documents.types[documents.type[at]];
    mark.append(element("b", "", topic.prefix), element("i", "", type.name));
    item.append(link, " ", mark);
    return item;
  };

  const addRest = async (rest) => {
    const box = rest.closest("[data-list]");
    const [audit] = await Promise.all([docsite.need("data/audit", catalogue.version), catalogue.data()]);
    const list = box.querySelector("ul");
    const all = audit[box.dataset.list];
    const from = list.children.length;
    const make = Array.isArray(all[0]) ? failing : standing;
    list.append(...all.slice(from, from + AT_ONCE).map(make));
    const left = all.length - list.children.length;
    rest.firstChild.data = `+ ${left} `;
    list.children[from].querySelector("a").focus();
    if (left === 0) rest.remove();
  };
  const showRests = () => {
    for (const button of document.querySelectorAll("#graph .rest button")) button.hidden = false;
  };

  /* All together */

  const SIGNS = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown"];
  let isWanted = !still || navigator.userActivation?.hasBeenActive;
  const want = () => {
    for (const type of SIGNS) removeEventListener(type, want);
    isWanted = true;
    if (catalogue) update();
  };
  if (!isWanted) for (const type of SIGNS) addEventListener(type, want, { passive: true });
  // A tap lights, as in the picture that moves; the next one opens.
  still?.addEventListener("click", (event) => {
    const href = /** @type {Element} */ (event.target).closest("a")?.getAttribute("href");
    if (!href || /** @type {PointerEvent} */ (event).pointerType !== "touch" || !catalogue) return;
    event.preventDefault();
    want();
    Promise.resolve(drawing).then(() => flyTo(catalogue.documents?.names[catalogue.documents.hrefs.indexOf(href)]));
  });

  const update = () => {
    const { state, passing } = catalogue;
    if (state.view !== "graph" || !figure) return;
    // Where the picture cannot come, the other and the lists are there.
    if (isWanted || state.at || passing) drawing ??= draw().catch(() => (drawing = null));
    graph?.pass(passing);
    filterLists();
  };

  const begin = async () => {
    for (const part of figure?.querySelectorAll(".zoom, figcaption") ?? []) part.hidden = false;
    if (still) still.scrollLeft = (still.scrollWidth - still.clientWidth) / 2;
    const hint = figure?.querySelector(".mouse");
    if (hint && /^Mac/.test(navigator.platform)) hint.textContent = hint.textContent.replace("Ctrl", "⌘");
    catalogue = await docsite.need("catalogue");
    mirror(document.querySelector("#graph .webs"));
    showRests();
    document.getElementById("graph").addEventListener("click", ({ target }) => {
      const rest = target.closest(".rest");
      if (rest && target.closest("button")) addRest(rest);
    });
    let shownAt = "";
    catalogue.listen({
      update() {
        update();
        const { view, at } = catalogue.state;
        if (view === "graph" && at !== shownAt) flyTo(at);
        shownAt = at;
      },
      fly,
      enter,
      prepare,
      renew() {
        showRests();
        renew();
      },
    });
  };

  begin();
  docsite.give("picture", true);
})();
