/*
 * docsite: the topics' lists, filtered as one types. Where every row is in the page, it is hidden or
 * shown. The page of a large site has links to other pages instead: there, the lists hold only the
 * rows that are in sight, each of one height, so that ten thousand are as quick as fifty.
 *
 * A row says whether its document was read, and whether it changed since. Not here: which documents
 * pass (`catalogue.js`), and what is remembered (`reading.js`).
 */
(() => {
  "use strict";

  const BEYOND = 8; // rows kept above and below what is in sight
  const MOST_MARKED = 300; // rows whose titles show what was found
  const { viz: VIZ, deprecated: DEPRECATED } = docsite.shared.marks;

  const sections = () => [...document.querySelectorAll("#topics .topic")];

  /* A row */

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  };

  // A title, with what was found in it.
  const showTitle = (link, title, spans) => {
    const parts = [];
    let end = 0;
    for (const [from, to] of spans) {
      parts.push(title.slice(end, from), element("mark", "", title.slice(from, to)));
      end = to;
    }
    parts.push(title.slice(end));
    // What is selected stays so where nothing else is to be shown.
    const shown = element("a");
    shown.append(...parts.filter(Boolean));
    if (shown.innerHTML !== link.innerHTML) link.replaceChildren(...shown.childNodes);
  };

  // The page of a large site has no versions: what was read there, it does not know to have changed.
  let reading;
  const showRead = (item) => {
    item.querySelector(".st")?.remove();
    const read = reading?.get(item.dataset.doc)?.read;
    const { version } = item.dataset;
    const isChanged = Boolean(read && version && read !== version);
    item.classList.toggle("changed", isChanged);
    if (!read) return;
    const words = document.getElementById("topics").dataset;
    item.querySelector("a")?.after(element("small", "st", isChanged ? words.changed : words.read));
  };
  const showAllRead = () => document.querySelectorAll("#topics .rows > [data-doc]").forEach(showRead);

  const makeRow = (catalogue, at) => {
    const { documents } = catalogue;
    const marks = documents.marks[at];
    const item = element("li", marks & DEPRECATED ? "is-dep" : "");
    item.dataset.doc = documents.names[at];
    const box = element("div");
    const link = element("a");
    link.href = documents.hrefs[at];
    showTitle(link, documents.titles[at], catalogue.spans(documents.titles[at]));
    box.append(link);
    if (marks & VIZ) box.append(" ", element("span", "viz", docsite.shared.words.viz));
    if (marks & DEPRECATED) box.append(" ", element("span", "dep", docsite.shared.words.deprecated));
    const summary = catalogue.summaries?.[at];
    if (summary) box.append(element("p", "", summary));
    const type = documents.types[documents.type[at]];
    const mark = element("span", "tt");
    mark.append(element("i", "", type.name));
    mark.title = type.prefix;
    item.append(box, mark);
    showRead(item);
    return item;
  };

  const showCount = (section, shown, total) => {
    const paragraph = section.querySelector("header p");
    const unit = paragraph.querySelector(".unit");
    const number = unit?.previousSibling;
    if (!number) return;
    const before = number.data.replace(/(\d+\u00a0\/\u00a0)?\d+$/, "");
    const text = `${before}${shown === total ? total : `${shown}\u00a0/\u00a0${total}`}`;
    if (number.data !== text) number.data = text;
  };

  // Makes a row what another is; true if it was not.
  const become = (item, row) => {
    item.dataset.doc = row.dataset.doc;
    if (item.className === row.className && item.innerHTML === row.innerHTML) return false;
    item.className = row.className;
    item.replaceChildren(...row.childNodes);
    return true;
  };

  /* All rows in the page */

  const inPage = () => {
    const itemsNow = () => sections().map((section) => [...section.querySelectorAll(".rows > li")]);
    let items = itemsNow();
    let flat = items.flat();
    // A page of many documents has only their titles: the rest is made here.
    const isFull = flat.every((item) => item.querySelector(".tt"));
    let made = false;
    let marked = [];

    const complete = (catalogue, note) => {
      flat.forEach((item, at) => {
        if (become(item, makeRow(catalogue, at))) note?.(item);
        item.dataset.made = "";
      });
      made = true;
    };

    const markTitles = (catalogue) => {
      const { titles } = catalogue.documents;
      const before = new Set(marked);
      marked = [];
      const isAsked = catalogue.state.filter.q.trim() !== "";
      for (let at = 0; isAsked && at < flat.length && marked.length < MOST_MARKED; at += 1) {
        if (flat[at].hidden) continue;
        const spans = catalogue.spans(titles[at]);
        if (spans.length === 0) continue;
        const link = flat[at].querySelector("a");
        showTitle(link, titles[at], spans);
        before.delete(link);
        marked.push(link);
      }
      for (const link of before) link.textContent = link.textContent;
    };

    const renew = (catalogue, note) => {
      items = itemsNow();
      flat = items.flat();
      if (made) complete(catalogue, note);
    };

    const update = (catalogue) => {
      const { passing, documents, summaries } = catalogue;
      if (!documents) return;
      if (!isFull && !made && summaries) complete(catalogue);
      let at = 0;
      sections().forEach((section, place) => {
        let shown = 0;
        for (const item of items[place]) {
          item.hidden = passing !== null && !passing[at];
          shown += item.hidden ? 0 : 1;
          at += 1;
        }
        section.hidden = shown === 0;
        showCount(section, shown, items[place].length);
      });
      markTitles(catalogue);
    };
    return { update, renew };
  };

  /* Only the rows in sight */

  const inSight = () => {
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
      const probe = element("li");
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

  /* The keyboard: from the filter into the list, along it, and back */

  const links = () =>
    [...document.querySelectorAll("#topics .rows > li a:first-of-type")].filter((link) => link.checkVisibility());

  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = step ? links() : [];
    const at = all.indexOf(event.target);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const to = all[at + step] ?? (step < 0 ? document.getElementById("ds.filter").elements.q : null);
    to?.focus();
  };

  const begin = async () => {
    const catalogue = await docsite.need("catalogue");
    const isInParts = document.querySelector("#topics .parts") !== null;
    const isHere = () => catalogue.state.view === "topics";
    const rows = isInParts ? inSight() : inPage();
    catalogue.listen({
      update: rows.update,
      renew: (note) => {
        rows.renew(catalogue, note);
        showAllRead();
      },
      fly: () => isHere() && catalogue.state.filter.q.trim() && links()[0]?.click(),
      enter: () => isHere() && links()[0]?.focus(),
    });
    document.getElementById("topics").addEventListener("keydown", move);
    reading = await docsite.need("reading").catch(() => undefined);
    reading?.listen(showAllRead);
    showAllRead();
  };

  begin();
})();
