/*
 * docsite: the topics' lists of a large site. They hold only the rows that are in sight, each of one height,
 * so that ten thousand are as quick as fifty. Not here: what a row shows (`topics.js`).
 */
(() => {
  "use strict";

  const BEYOND = 8; // rows kept above and below what is in sight

  const inSight = ({ sections, makeRow, become, showCount }) => {
    let lists = [];
    let catalogue = null;
    let height = 0;

    const start = () => {
      const { documents } = catalogue;
      const before = new Map(lists.map((entry) => [entry.section, entry.rows]));
      lists = sections().map((section) => ({
        section,
        list: section.querySelector(".rows"),
        /** @type {number[]} */
        all: [], // places of its documents
        /** @type {number[]} */
        shown: [], // those that pass
        rows: before.get(section) ?? new Map(), // name of a document → its element
      }));
      const byPrefix = new Map(lists.map((entry) => [entry.section.dataset.topic, entry]));
      documents.topic.forEach((topic, at) => {
        byPrefix.get(documents.topics[topic].prefix)?.all.push(at);
      });
      for (const { list } of lists) {
        if ("made" in list.dataset) continue;
        list.replaceChildren();
        list.classList.replace("parts", "sight");
        list.dataset.made = "";
      }
    };

    const measure = () => {
      const probe = document.createElement("li");
      const entry = lists.find(({ section }) => !section.hidden);
      if (!entry) return;
      entry.list.append(probe);
      height = probe.getBoundingClientRect().height;
      probe.remove();
    };

    // The places in a list that are in sight, and where the focus is, or the keyboard would be lost.
    const wanted = ({ list, shown, rows }) => {
      const { names } = catalogue.documents;
      const top = list.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(-top / height) - BEYOND);
      const last = Math.min(shown.length, Math.ceil((innerHeight - top) / height) + BEYOND);
      const places = new Set();
      for (let place = first; place < last; place += 1) places.add(place);
      if (list.contains(document.activeElement)) {
        const focused = shown.findIndex((at) => rows.get(names[at])?.contains(document.activeElement));
        if (focused >= 0) places.add(focused);
      }
      return [...places].sort((a, b) => a - b);
    };

    // `isNew`: rows that are there may have other marks, or be of another build.
    const paintList = (entry, isNew, note) => {
      const { list, shown, rows } = entry;
      const { names } = catalogue.documents;
      const places = wanted(entry);
      const keep = new Set(places.map((place) => names[shown[place]]));
      for (const [name, row] of rows) {
        if (keep.has(name)) continue;
        row.remove();
        rows.delete(name);
      }
      places.forEach((place, at) => {
        const name = names[shown[place]];
        const there = rows.get(name);
        const row = there ?? makeRow(catalogue, shown[place]);
        rows.set(name, row);
        if (there && isNew && become(row, makeRow(catalogue, shown[place]))) note?.(row);
        row.style.top = `${place * height}px`;
        row.setAttribute("aria-setsize", shown.length);
        row.setAttribute("aria-posinset", place + 1);
        if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
        if (!there) note?.(row, name);
      });
    };
    let asked = 0;
    const paint = (isNew = false, note = null) => {
      asked = 0;
      if (catalogue?.state.view !== "topics") return;
      if (height === 0) measure();
      if (height === 0) return;
      for (const entry of lists) {
        entry.list.style.height = `${entry.shown.length * height}px`;
      }
      for (const entry of lists) paintList(entry, isNew, note);
    };
    const paintSoon = () => {
      asked ||= requestAnimationFrame(() => paint());
    };

    addEventListener("scroll", paintSoon, { passive: true });
    addEventListener("resize", () => {
      height = 0;
      for (const { list, rows } of lists) {
        list.replaceChildren();
        rows.clear();
      }
      paintSoon();
    });

    let known = new Map(); // names of the documents
    let noting = null; // for the next update: what to tell of rows that changed
    const renew = (changed, note) => {
      if (!changed.documents) return;
      catalogue = changed;
      start();
      const before = known;
      known = changed.documents.index;
      noting = note && ((row, name) => (name === undefined || !before.has(name)) && note(row));
    };
    const update = (changed) => {
      if (!changed.documents) return;
      if (catalogue === null) renew(changed, null);
      const { passing } = catalogue;
      for (const entry of lists) {
        entry.shown = passing ? entry.all.filter((at) => passing[at]) : entry.all;
        entry.section.hidden = entry.shown.length === 0;
        showCount(entry.section, entry.shown.length, entry.all.length);
      }
      paint(true, noting);
      noting = null;
    };
    return { update, renew };
  };

  docsite.give("sight", inSight);
})();
