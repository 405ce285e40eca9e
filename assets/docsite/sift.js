/*
 * docsite: the filter of the catalogue: its field, its chips, and which documents pass. Loaded when a view
 * that has one is first shown; data comes then, and again when `docsite serve` changed the page. Not here: the
 * address (`catalogue.js`), what a view does with it, and which text a word finds (`filter.js`, which comes
 * with the first word).
 */
(() => {
  "use strict";

  const sifter = ({ catalogue, listeners, hasFilter, isFiltered, empty, update, write, writeSoon }) => {
    const { state } = catalogue;

    // Pages that somebody opened as files, half copied: what is in the HTML stays.
    const quiet = () => {};

    /* Data */

    let documents = null; // as `data/documents` gives them, with haystacks
    let summaries = null;
    let rules = null; // what a word finds, once there are words

    const prepare = (given) => {
      documents = { ...given, n: given.names.length, hrefs: given.names.map(docsite.href), hay: [] };
      documents.index = new Map(given.names.map((name, at) => [name, at]));
    };
    const soak = () => {
      if (!rules) return;
      const { names, titles, topics, topic, types, type, stages, stage, tags, tagged } = documents;
      // What `Catalogue::said` says of a document.
      documents.hay = names.map((name, at) =>
        rules.haystack(
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

    const describe = (given) => {
      summaries = given;
      documents.summaries = given;
      soak();
    };

    // Each comes once, and is shown then; what did not come is asked for again.
    const coming = new Map();
    const once = (name, load) => {
      if (!coming.has(name)) {
        const made = load();
        made.catch(() => coming.delete(name));
        coming.set(name, made);
      }
      return coming.get(name);
    };
    const data = () =>
      once("data", async () => {
        prepare(await docsite.need("data/documents", catalogue.version));
        soak();
        update();
      });
    const withSummaries = () =>
      once("summaries", async () => {
        const [given] = await Promise.all([docsite.need("data/summaries", catalogue.version), data()]);
        describe(given);
        update();
      });
    const withRules = () =>
      once("rules", async () => {
        [rules] = await Promise.all([docsite.need("filter"), data()]);
        soak();
        update();
      });

    /* Which documents pass */

    const { viz: VIZ, deprecated: DEPRECATED } = docsite.shared.marks;

    // Each dimension that a document fails has a bit: a chip counts the documents that fail no
    // dimension but its own.
    const sift = () => {
      const { q, types, topics, tags, viz, deprecated } = state.filter;
      const { n, hay, topic, type, marks, tagged } = documents;
      const finds = rules?.compile(q);
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
          count = counts ? countOf(documents.topics, counts.topics, topic) : undefined;
        } else if (type !== undefined) {
          isOn = types.has(type);
          count = counts ? countOf(documents.types, counts.types, type) : undefined;
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
      docsite.need("find").then((find) => find.open(q, null, { topics, types }), () => {});
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
      // Typed before this was there.
      state.filter.q ||= field.value;
      field.addEventListener("focus", () => withRules().catch(quiet), { once: true });
      field.addEventListener("input", () => {
        state.filter.q = field.value;
        writeSoon();
        update();
      });
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        // The rules may be on their way.
        await Promise.allSettled(coming.values());
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

    /* All together */

    let sifted = null;

    const bring = () => {
      if (!documents) data().catch(quiet);
      else if (state.filter.q && !rules) withRules().catch(quiet);
      else if (!summaries && documents.n > 0) withSummaries().catch(quiet);
    };

    const show = () => {
      const form = bar();
      const field = form?.elements.q;
      if (field && field.value !== state.filter.q) field.value = state.filter.q;
      if (documents && (rules || !state.filter.q)) {
        sifted = isFiltered(state.filter) ? sift() : null;
        const counts = (sifted ?? sift()).counts;
        showChips(counts);
        if (form) showHits(counts);
        if (form) offerText(counts.text);
      } else {
        showChips(null);
      }
      // What changed is of no filter.
      for (const box of document.querySelectorAll("#topics .recent")) box.hidden = isFiltered(state.filter);
      if (form && hasFilter(state.view)) bring();
    };

    let fresh = [];
    openFilter();
    return {
      update: show,
      data,
      settled: () => Promise.allSettled(coming.values()),
      async prepare(version) {
        fresh = await Promise.all([
          documents && docsite.need("data/documents", version),
          summaries && docsite.need("data/summaries", version),
        ]);
      },
      renew() {
        const [given, described] = fresh;
        if (given) prepare(given);
        if (described) describe(described);
        else if (given) soak();
        sifted = null;
      },
      get documents() {
        return documents;
      },
      get summaries() {
        return summaries;
      },
      get passing() {
        return sifted?.passing ?? null;
      },
      spans: (text) => (rules && state.filter.q ? rules.spans(state.filter.q, text) : []),
    };
  };

  docsite.give("sift", sifter);
})();
