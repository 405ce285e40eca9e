/*
 * docsite: the catalogue. Makes tabs of its views (`docsite.shared.views`), keeps view and filter in the address, and
 * notifies the views' own scripts (`flow.js`, `topics.js`, `picture.js`) when either changes.
 *
 *     index.html#topics?q=mtls&type=note,guide&topic=gw&tag=mtls&viz&deprecated=hide
 *
 * `y` is how far the page was scrolled when it was left for another of the site, which leads back there.
 *
 * The first lines run in the head, so that only the wanted view is ever painted. Data is loaded when
 * a view or a filter needs it, and again when `docsite serve` changed the page (`renew`). Not here: what each view shows, and which text a word finds
 * (`filter.js`).
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

  /* Data */

  let version = ""; // of the data, once they are other than the page's first
  let documents = null; // as `data/documents` gives them, with haystacks
  let summaries = null;
  let filter = null;

  const prepare = (given) => {
    documents = { ...given, n: given.names.length, hrefs: given.names.map(docsite.href), hay: [] };
    documents.index = new Map(given.names.map((name, at) => [name, at]));
  };
  const soak = () => {
    const { names, titles, topics, topic, types, type, stages, stage, tags, tagged } = documents;
    // What `Catalogue::said` says of a document.
    documents.hay = names.map((name, at) =>
      filter.haystack(
        titles[at],
        summaries?.[at] ?? "",
        name,
        topics[topic[at]].name,
        types[type[at]].name,
        stages[stage[at] - 1] ?? "",
        ...(tagged[at] ?? []).map((tag) => `#${tags[tag]}`),
      ),
    );
  };

  let coming;
  const data = () => {
    coming ??= Promise.all([docsite.need("filter"), docsite.need("data/documents", version)]).then(
      ([rules, given]) => {
        filter = rules;
        prepare(given);
        soak();
        return documents;
      },
      (error) => {
        coming = undefined;
        throw error;
      },
    );
    return coming;
  };
  const describe = (given) => {
    summaries = given;
    documents.summaries = given;
    soak();
  };
  let summariesComing;
  const withSummaries = () => {
    summariesComing ??= Promise.all([data(), docsite.need("data/summaries", version)]).then(([, given]) => describe(given));
    return summariesComing;
  };

  /* Which documents pass */

  const { viz: VIZ, deprecated: DEPRECATED } = docsite.shared.marks;

  // Each dimension that a document fails has a bit: a chip counts the documents that fail no
  // dimension but its own.
  const sift = () => {
    const { q, types, topics, tags, viz, deprecated } = state.filter;
    const { n, hay, topic, type, marks, tagged } = documents;
    const finds = filter.compile(q);
    const isIn = (chosen, labels) => {
      const prefixes = labels.map((label) => label.prefix);
      return prefixes.map((prefix) => chosen.size === 0 || chosen.has(prefix));
    };
    const topicPasses = isIn(topics, documents.topics);
    const typePasses = isIn(types, documents.types);
    // One of the tags is enough, as of topics and types.
    const wanted = new Set([...tags].map((tag) => documents.tags.indexOf(tag)));
    const isTagged = (at) => tags.size === 0 || (tagged[at] ?? []).some((tag) => wanted.has(tag));
    const passing = new Uint8Array(n);
    const counts = {
      all: 0,
      topics: documents.topics.map(() => 0),
      types: documents.types.map(() => 0),
      viz: 0,
      deprecated: 0,
      text: 0, // those that the search of the text can be asked for
    };
    for (let at = 0; at < n; at += 1) {
      const fails =
        (finds && !finds(hay[at]) ? 1 : 0) |
        (topicPasses[topic[at]] ? 0 : 2) |
        (typePasses[type[at]] ? 0 : 4) |
        (viz && !(marks[at] & VIZ) ? 8 : 0) |
        (deprecated && marks[at] & DEPRECATED ? 16 : 0) |
        (isTagged(at) ? 0 : 32);
      if (fails === 0) {
        passing[at] = 1;
        counts.all += 1;
      }
      if ((fails & ~56) === 0) counts.text += 1;
      if ((fails & ~2) === 0) counts.topics[topic[at]] += 1;
      if ((fails & ~4) === 0) counts.types[type[at]] += 1;
      if ((fails & ~8) === 0 && marks[at] & VIZ) counts.viz += 1;
      if ((fails & ~16) === 0 && marks[at] & DEPRECATED) counts.deprecated += 1;
    }
    return { passing, counts };
  };

  /* The filter's own field and chips; the legend of the graph is chips too */

  const bar = () => document.getElementById("ds.filter");
  const chips = () => [
    ...document.querySelectorAll("#ds\\.filter .chips button:not(.chosen), #ds\\.picture .colours button"),
  ];

  // A tag has a chip while it is chosen: it comes from a link of a document. So does a topic or a type
  // of an address that the site does not have.
  const showChosen = () => {
    const { tags, topics, types } = state.filter;
    const known = chips().map(({ dataset }) => dataset);
    const isUnknown = (name) => (value) => !known.some((chip) => chip[name] === value);
    const chosen = [
      ...[...topics].filter(isUnknown("topic")).map((value) => ["topic", value, value]),
      ...[...types].filter(isUnknown("type")).map((value) => ["type", value, value]),
      ...[...tags].map((value) => ["tag", value, `#${value}`]),
    ];
    const box = bar()?.querySelector(".chips");
    for (const chip of box?.querySelectorAll(".chosen") ?? []) chip.remove();
    for (const [name, value, text] of box ? chosen : []) {
      const chip = document.createElement("button");
      Object.assign(chip, { type: "button", className: "chosen", textContent: `${text} ✕`, ariaPressed: "true" });
      chip.dataset[name] = value;
      chip.addEventListener("click", () => {
        toggle(chip);
        bar().elements.q.focus();
      });
      box.append(chip);
    }
  };

  const showChips = (counts) => {
    const { types, topics, viz, deprecated } = state.filter;
    showChosen();
    const countOf = (labels, list, prefix) => list[labels.findIndex((l) => l.prefix === prefix)];
    for (const chip of chips()) {
      const { topic, type } = chip.dataset;
      let isOn = "viz" in chip.dataset ? viz : deprecated === "hide";
      let count = "viz" in chip.dataset ? counts?.viz : counts?.deprecated;
      if (topic !== undefined) {
        isOn = topics.has(topic);
        count = counts && countOf(documents.topics, counts.topics, topic);
      } else if (type !== undefined) {
        isOn = types.has(type);
        count = counts && countOf(documents.types, counts.types, type);
      }
      chip.setAttribute("aria-pressed", isOn);
      const small = chip.querySelector("small");
      if (small && count !== undefined) small.textContent = count;
    }
  };

  const showHits = (counts) => {
    const { unit, one, none, fly } = bar().dataset;
    const { all } = counts;
    const output = bar().querySelector("output");
    const found = all === 0 ? none : `${all}${all === 1 ? one : unit}`;
    const isGraph = state.view === "graph" && state.filter.q.trim() !== "" && all > 0;
    output.textContent = found;
    if (isGraph) {
      const hint = document.createElement("span");
      output.append(Object.assign(hint, { className: "hint mouse", textContent: ` · ${fly}` }));
    }
    bar().querySelector(".clear").hidden = !isFiltered(state.filter);
  };

  /* What the words find in the text of other documents: asked once the reader pauses */

  const PAUSE = 600;
  let asking;
  const offerText = (shown) => {
    clearTimeout(asking);
    const { q, types, topics } = state.filter;
    const link = bar().querySelector(".text");
    link.hidden = true;
    if (q.trim() === "") return;
    asking = setTimeout(async () => {
      const filter = { limit: 1, topics: [...topics], types: [...types] };
      const search = await docsite.need("search").catch(() => null);
      const answer = await search?.answer(q, filter).catch(() => null);
      const more = (answer?.total ?? 0) - shown;
      if (more <= 0 || q !== state.filter.q) return;
      link.textContent = link.dataset.text.replace("{n}", more);
      link.href = `index.html?q=${encodeURIComponent(q)}`;
      link.hidden = false;
    }, PAUSE);
  };
  const openText = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { q, types, topics } = state.filter;
    docsite.need("find").then((find) => find.open(q, { topics, types }), () => {});
  };

  const toggle = (chip) => {
    const { topic, type, tag } = chip.dataset;
    const flip = (set, value) => (set.has(value) ? set.delete(value) : set.add(value));
    const { filter } = state;
    if (topic !== undefined) flip(filter.topics, topic);
    else if (type !== undefined) flip(filter.types, type);
    else if (tag !== undefined) flip(filter.tags, tag);
    else if ("viz" in chip.dataset) filter.viz = !filter.viz;
    else filter.deprecated = filter.deprecated ? "" : "hide";
    write("push");
    update();
  };

  const clear = () => {
    if (!isFiltered(state.filter)) return false;
    state.filter = empty();
    state.at = "";
    write("push");
    update();
    return true;
  };

  const openFilter = () => {
    const form = bar();
    if (!form) return;
    const field = form.elements.q;
    field.addEventListener("input", () => {
      state.filter.q = field.value;
      writeSoon();
      update();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const { fly } of listeners) fly?.();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" || event.isComposing) return;
      event.preventDefault();
      for (const { enter } of listeners) enter?.();
    });
    form.querySelector(".clear").addEventListener("click", () => {
      clear();
      field.focus();
    });
    form.querySelector(".text").addEventListener("click", openText);
    document.addEventListener("click", ({ target }) => {
      const chip = chips().find((one) => one.contains(/** @type {Element} */ (target)));
      if (chip) toggle(chip);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
      if (hasFilter(state.view) && clear()) event.preventDefault();
    });
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
  const renew = async (before, now, build) => {
    if (frameOf(before) !== frameOf(now)) return null;
    await Promise.allSettled([coming, summariesComing]);
    version = build;
    const [given, described] = await Promise.all([
      documents && docsite.need("data/documents", version),
      summaries && docsite.need("data/summaries", version),
      ...listeners.map(({ prepare: listener }) => listener?.(version)),
    ]);
    return (note) => {
      if (given) prepare(given);
      if (described) describe(described);
      else if (given) soak();
      sifted = null;
      for (const listener of listeners) listener.renew?.(note);
      update();
    };
  };

  /* All together */

  let sifted = null;

  const update = () => {
    const form = bar();
    const isBare = !hasFilter(state.view);
    if (form) {
      form.hidden = isBare;
      const field = form.elements.q;
      if (field.value !== state.filter.q) field.value = state.filter.q;
    }
    if (documents && filter) {
      sifted = isFiltered(state.filter) ? sift() : null;
      const counts = (sifted ?? sift()).counts;
      showChips(counts);
      if (form) showHits(counts);
      if (form) offerText(counts.text);
    } else {
      showChips(null);
    }
    for (const listener of listeners) listener.update?.(catalogue);
    if (isBare || !form) return;
    // Pages that somebody opened as files, half copied: what is in the HTML stays.
    const quiet = () => {};
    if (!documents) data().then(update, quiet);
    else if (!summaries && (state.filter.q || documents.n > 0)) {
      if (!summariesComing) withSummaries().then(update, quiet);
    }
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
    data,
    renew,
    get version() {
      return version;
    },
    get documents() {
      return documents;
    },
    get summaries() {
      return summaries;
    },
    /** 1 for each document that passes the filter, or null: all do. */
    get passing() {
      return sifted?.passing ?? null;
    },
    get isFiltered() {
      return isFiltered(state.filter);
    },
    /** Where the words of the filter are in a text: pairs of begin and end. */
    spans: (text) => (filter && state.filter.q ? filter.spans(state.filter.q, text) : []),
    go,
    /** The document that the graph shows, for the address. */
    point(name) {
      if (state.at === name) return;
      state.at = name;
      write("replace");
    },
  };

  docsite.give("catalogue", catalogue);

  document.addEventListener("DOMContentLoaded", () => {
    makeTabs();
    openFilter();
    follow();
    if (asked.y > 0) write("replace");
    scrollBack(asked.y);
    addEventListener("popstate", follow);
    addEventListener("pagehide", keepPlace);
  });
})();
