/*
 * docsite: the catalogue. Makes tabs of its views (`docsite.shared.views`), keeps view and filter in the
 * address, loads a view's own scripts when it is first shown (`flow.js`, `topics.js`, `picture.js`), and
 * notifies them when either changes.
 *
 *     index.html#topics?q=mtls&type=note,guide&topic=gw&tag=mtls&viz&deprecated=hide
 *
 * `y` is how far the page was scrolled when it was left for another of the site, which leads back there.
 *
 * The first lines run in the head, so that only the wanted view is ever painted. Not here: what each view
 * shows, and the filter (`sift.js`).
 */
(() => {
  "use strict";

  const VIEWS = docsite.shared.views.map((view) => view.id);
  // The others wait for the views that have a filter.
  const hasFilter = (id) => docsite.shared.views.some((view) => view.id === id && view.filtered);
  const root = document.documentElement;

  /* The address */

  const decode = (text) => {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return text;
    }
  };

  const parse = (hash) => {
    const [place, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
    const pairs = query.split("&").map((pair) => pair.split(/=(.*)/s));
    const values = new Map(pairs.map(([name, value = ""]) => [name, value]));
    const list = (name) => (values.get(name) ?? "").split(",").filter(Boolean).map(decode);
    return {
      place: decode(place),
      filter: {
        q: decode(values.get("q") ?? ""),
        types: new Set(list("type")),
        topics: new Set(list("topic")),
        tags: new Set(list("tag")),
        viz: values.has("viz"),
        deprecated: values.get("deprecated") === "hide" ? "hide" : "",
      },
      at: decode(values.get("at") ?? ""),
      y: Number(values.get("y")) || 0,
    };
  };

  const address = (view, filter, at) => {
    const list = (values) => [...values].map(encodeURIComponent).join(",");
    const parts = [];
    if (hasFilter(view)) {
      if (filter.q) parts.push(`q=${encodeURIComponent(filter.q)}`);
      if (filter.types.size > 0) parts.push(`type=${list(filter.types)}`);
      if (filter.topics.size > 0) parts.push(`topic=${list(filter.topics)}`);
      if (filter.tags.size > 0) parts.push(`tag=${list(filter.tags)}`);
      if (filter.viz) parts.push("viz");
      if (filter.deprecated) parts.push(`deprecated=${filter.deprecated}`);
      if (at && view === "graph") parts.push(`at=${encodeURIComponent(at)}`);
    }
    return `#${view}${parts.length > 0 ? `?${parts.join("&")}` : ""}`;
  };

  // Before anything is painted. A site without stages begins with another view.
  const asked = parse(location.hash);
  root.dataset.view = VIEWS.includes(asked.place) ? asked.place : "first";

  /* State, and who listens to it */

  const empty = () => parse("").filter;
  const state = { view: "", filter: asked.filter, at: asked.at };
  const listeners = [];
  const isFiltered = ({ q, types, topics, tags, viz, deprecated }) =>
    q.trim() !== "" || types.size + topics.size + tags.size > 0 || viz || deprecated !== "";

  // For the way back from the site's other pages, in this tab.
  const keep = (url) => {
    try {
      sessionStorage.setItem(`docsite.view ${new URL(".", location.href).pathname}`, url);
    } catch {
      // It leads to the first view.
    }
  };

  const keepPlace = () => {
    const url = address(state.view, state.filter, state.at);
    if (scrollY > 0) keep(`${url}${url.includes("?") ? "&" : "?"}y=${Math.round(scrollY)}`);
  };
  // The page becomes taller as its scripts come; until somebody does something, or for a while.
  const scrollBack = (y) => {
    if (y === 0) return;
    const sizes = new ResizeObserver(() => scrollTo(0, y));
    sizes.observe(document.body);
    const stop = () => sizes.disconnect();
    setTimeout(stop, 2000);
    for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      addEventListener(type, stop, { once: true, passive: true });
    }
  };

  // An opened file may change only what follows `#`, which is all that is changed here.
  const write = (how) => {
    const url = address(state.view, state.filter, state.at);
    keep(url);
    if (url === location.hash || (url === "#" + firstView() && location.hash === "")) return;
    history[how === "push" ? "pushState" : "replaceState"](null, "", url);
  };
  let writing;
  const writeSoon = () => {
    clearTimeout(writing);
    // Browsers refuse an address that changes with every key.
    writing = setTimeout(() => write("replace"), 250);
  };

  /* Views as tabs */

  const views = () => [...document.querySelectorAll(".view")];
  const firstView = () => views()[0]?.id ?? VIEWS[0];
  const tabs = () => [...document.querySelectorAll(".tabs a")];
  const viewOf = (tab) => tab.hash.slice(1);

  const showView = (view) => {
    state.view = view;
    root.dataset.view = view;
    for (const tab of tabs()) {
      const isOn = viewOf(tab) === view;
      tab.setAttribute("aria-selected", isOn);
      tab.tabIndex = isOn ? 0 : -1;
    }
    bring(view);
  };

  const go = (view) => {
    if (view === state.view) return;
    showView(view);
    write("push");
    // The new view begins where its tab is.
    const bar = document.getElementById("ds.tabs");
    const top = bar.getBoundingClientRect().top + scrollY - 80;
    if (scrollY > top) scrollTo(0, Math.max(0, top));
    update();
  };

  const makeTabs = () => {
    const bar = document.getElementById("ds.tabs");
    bar.setAttribute("role", "tablist");
    for (const tab of tabs()) {
      const view = document.getElementById(viewOf(tab));
      tab.id = `ds.tab-${view.id}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", view.id);
      view.setAttribute("role", "tabpanel");
      view.setAttribute("aria-labelledby", tab.id);
    }
    bar.addEventListener("click", (event) => {
      const tab = event.target.closest("a");
      const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
      if (!tab || !isPlain) return;
      event.preventDefault();
      go(viewOf(tab));
    });
    bar.addEventListener("keydown", (event) => {
      const all = tabs();
      const at = all.indexOf(event.target.closest("a"));
      const to = {
        ArrowRight: (at + 1) % all.length,
        ArrowLeft: (at + all.length - 1) % all.length,
        Home: 0,
        End: all.length - 1,
      }[event.key];
      if (event.key === " ") go(viewOf(all[at]));
      else if (to === undefined) return;
      else {
        all[to].focus();
        go(viewOf(all[to]));
      }
      event.preventDefault();
    });
  };

  /* From the address to the state: at the start, and by back and forward */

  const follow = () => {
    const { place, filter, at } = parse(location.hash);
    clearTimeout(writing);
    if (VIEWS.includes(place) && document.getElementById(place)) {
      if (hasFilter(place)) Object.assign(state, { filter, at });
      showView(place);
    } else {
      const target = place === "" ? null : document.getElementById(place);
      const view = target?.closest(".view");
      if (view || place === "" || !state.view) showView(view?.id ?? firstView());
      if (view) target.scrollIntoView();
    }
    keep(address(state.view, state.filter, state.at));
    update();
  };

  /* Another build of the page */

  // What decides which scripts do what, and what they hold: with another frame the page is another one.
  const FRAME = [
    ...VIEWS.map((id) => `#${id}`),
    ...["tabs", "filter", "picture", "resume", "memory"].map((id) => `#ds\\.${id}`),
    "#topics .parts",
    "#graph .webs",
    "#graph .webs > .nothing",
  ];
  const frameOf = (page) => FRAME.map((part) => page.querySelector(part) !== null).join();

  // Loads the data of a build, which the page will be of. Gives what is to be done when it is, which is
  // told of each element that another build changed; or null where the page must be loaded again.
  let version = ""; // of the data, once they are other than the page's first
  const renew = async (before, now, build) => {
    if (frameOf(before) !== frameOf(now)) return null;
    await sifter?.settled();
    version = build;
    await Promise.all([sifter, ...listeners].map((listener) => listener?.prepare?.(version)));
    return (note) => {
      for (const listener of [sifter, ...listeners]) listener?.renew?.(note);
      update();
    };
  };

  /* All together */

  // The filter, once a view that has one was shown.
  let sifter = null;
  let coming;
  const bringSifter = () => {
    coming ??= docsite.need("sift").then(
      (make) => (sifter = make(core)),
      (error) => {
        coming = undefined;
        throw error;
      },
    );
    return coming;
  };

  const update = () => {
    const form = document.getElementById("ds.filter");
    if (form) form.hidden = !hasFilter(state.view);
    sifter?.update();
    for (const listener of listeners) listener.update?.(catalogue);
  };

  // What a view shows without its scripts stays where they do not come.
  const quiet = () => {};
  const bring = (view) => {
    const { scripts = [], filtered } = docsite.shared.views.find(({ id }) => id === view) ?? {};
    if (filtered && !sifter) bringSifter().then(update, quiet);
    for (const script of scripts) docsite.need(script).catch(quiet);
  };

  const catalogue = {
    state,
    /** `update(catalogue)` after every change; when Enter is pressed in the filter, `fly()`, and when
        the arrow down is, `enter()`. Of another build: `prepare(version)` loads what is shown of it, then
        `renew(note)` is called before `update`. */
    listen(listener) {
      listeners.push(listener);
      listener.update?.(catalogue);
    },
    data: () => bringSifter().then((it) => it.data()).then(() => sifter.documents),
    renew,
    get version() {
      return version;
    },
    get documents() {
      return sifter?.documents ?? null;
    },
    get summaries() {
      return sifter?.summaries ?? null;
    },
    /** 1 for each document that passes the filter, or null: all do. */
    get passing() {
      return sifter?.passing ?? null;
    },
    /** Where the words of the filter are in a text: pairs of begin and end. */
    spans: (text) => sifter?.spans(text) ?? [],
    go,
    /** The document that the graph shows, for the address. */
    point(name) {
      if (state.at === name) return;
      state.at = name;
      write("replace");
    },
  };
  // What the filter knows of all this.
  const core = { catalogue, listeners, hasFilter, isFiltered, empty, update, write, writeSoon };

  docsite.give("catalogue", catalogue);

  document.addEventListener("DOMContentLoaded", () => {
    makeTabs();
    follow();
    if (asked.y > 0) write("replace");
    scrollBack(asked.y);
    addEventListener("popstate", follow);
    addEventListener("pagehide", keepPlace);
  });
})();
