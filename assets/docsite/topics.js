/*
 * docsite: the topics' lists, filtered as one types. Where every row is in the page, it is hidden or
 * shown. The page of a large site has links to other pages instead: there, the lists hold only the
 * rows that are in sight, each of one height, so that ten thousand are as quick as fifty.
 *
 * Not here: which documents pass (`catalogue.js`).
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
    link.replaceChildren(...parts);
  };

  const makeRow = (catalogue, at) => {
    const { documents } = catalogue;
    const marks = documents.marks[at];
    const item = element("li", marks & DEPRECATED ? "is-dep" : "");
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
    return item;
  };

  const showCount = (section, shown, total) => {
    const paragraph = section.querySelector("header p");
    const unit = paragraph.querySelector(".unit");
    const number = unit?.previousSibling;
    if (!number) return;
    section.before_ ??= number.data.replace(/\d+$/, "");
    number.data = `${section.before_}${shown === total ? total : `${shown}\u00a0/\u00a0${total}`}`;
  };

  /* All rows in the page */

  const inPage = () => {
    const items = sections().map((section) => [...section.querySelectorAll(".rows > li")]);
    const flat = items.flat();
    let isFull = flat.every((item) => item.querySelector(".tt"));
    let marked = [];

    // A page of many documents has only their titles.
    const complete = (catalogue) => {
      flat.forEach((item, at) => {
        const row = makeRow(catalogue, at);
        item.className = row.className;
        item.replaceChildren(...row.childNodes);
      });
      isFull = true;
    };

    const markTitles = (catalogue) => {
      const { titles } = catalogue.documents;
      for (const at of marked) showTitle(flat[at].querySelector("a"), titles[at], []);
      marked = [];
      if (!catalogue.state.filter.q.trim()) return;
      for (let at = 0; at < flat.length && marked.length < MOST_MARKED; at += 1) {
        if (flat[at].hidden) continue;
        const spans = catalogue.spans(titles[at]);
        if (spans.length === 0) continue;
        showTitle(flat[at].querySelector("a"), titles[at], spans);
        marked.push(at);
      }
    };

    return (catalogue) => {
      const { passing, documents, summaries } = catalogue;
      if (!documents) return;
      if (!isFull && summaries) complete(catalogue);
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
  };

  /* Only the rows in sight */

  const inSight = () => {
    const lists = sections().map((section) => ({
      section,
      list: section.querySelector(".rows"),
      /** @type {number[]} */
      all: [], // places of its documents
      /** @type {number[]} */
      shown: [], // those that pass
      rows: new Map(), // place in `shown` → its element
    }));
    let catalogue = null;
    let height = 0;

    const start = () => {
      const { documents } = catalogue;
      const byPrefix = new Map(lists.map((entry) => [entry.section.dataset.topic, entry]));
      documents.topic.forEach((topic, at) => {
        byPrefix.get(documents.topics[topic].prefix)?.all.push(at);
      });
      for (const { list } of lists) {
        list.replaceChildren();
        list.classList.replace("parts", "sight");
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

    const paintList = (entry) => {
      const { list, shown, rows } = entry;
      const top = list.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(-top / height) - BEYOND);
      const last = Math.min(shown.length, Math.ceil((innerHeight - top) / height) + BEYOND);
      for (const [place, row] of rows) {
        const isWanted = place >= first && place < last;
        // What has the focus stays, or the keyboard would be lost.
        if (isWanted || row.contains(document.activeElement)) continue;
        row.remove();
        rows.delete(place);
      }
      for (let place = first; place < last; place += 1) {
        if (rows.has(place)) continue;
        const row = makeRow(catalogue, shown[place]);
        row.style.top = `${place * height}px`;
        row.setAttribute("aria-setsize", shown.length);
        row.setAttribute("aria-posinset", place + 1);
        rows.set(place, row);
        const next = [...rows.keys()].filter((other) => other > place);
        list.insertBefore(row, rows.get(Math.min(...next)) ?? null);
      }
    };
    let asked = 0;
    const paint = () => {
      asked = 0;
      if (catalogue?.state.view !== "topics") return;
      if (height === 0) measure();
      if (height === 0) return;
      for (const entry of lists) {
        entry.list.style.height = `${entry.shown.length * height}px`;
      }
      for (const entry of lists) if (entry.shown.length > 0) paintList(entry);
    };
    const paintSoon = () => {
      asked ||= requestAnimationFrame(paint);
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

    return (changed) => {
      if (!changed.documents) return;
      const isFirst = catalogue === null;
      catalogue = changed;
      if (isFirst) start();
      const { passing } = catalogue;
      for (const entry of lists) {
        entry.shown = passing ? entry.all.filter((at) => passing[at]) : entry.all;
        entry.section.hidden = entry.shown.length === 0;
        showCount(entry.section, entry.shown.length, entry.all.length);
        entry.list.replaceChildren();
        entry.rows.clear();
      }
      paint();
    };
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
    catalogue.listen({
      update: isInParts ? inSight() : inPage(),
      fly: () => isHere() && catalogue.state.filter.q.trim() && links()[0]?.click(),
      enter: () => isHere() && links()[0]?.focus(),
    });
    document.getElementById("topics").addEventListener("keydown", move);
  };

  begin();
})();
