/*
 * docsite: the topics' lists, filtered as one types. Where every row is in the page, it is hidden or
 * shown (`rows.js`). The page of a large site has links to other pages instead: there, the lists hold
 * only the rows that are in sight (`sight.js`).
 *
 * A row says whether its document was read, and whether it changed since. Not here: which documents
 * pass (`catalogue.js`), and what is remembered (`memory.js`).
 */
(() => {
  "use strict";

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
  let memory;
  const showRead = (item) => {
    item.querySelector(".st")?.remove();
    const read = memory?.get(item.dataset.doc)?.read;
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
    const make = isInParts ? docsite.need("sight") : docsite.need("rows");
    const rows = (await make)({ sections, makeRow, become, showCount, showTitle });
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
    memory = await docsite.need("memory").catch(() => undefined);
    memory?.listen(showAllRead);
    showAllRead();
  };

  begin();
  docsite.give("topics", true);
})();
