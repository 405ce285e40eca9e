/*
 * docsite: the topics' lists of a site whose rows are all in the page: they are hidden or shown. Not here:
 * what a row shows (`topics.js`).
 */
(() => {
  "use strict";

  const MOST_MARKED = 300; // rows whose titles show what was found

  const inPage = ({ sections, makeRow, become, showCount, showTitle }) => {
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

  docsite.give("rows", inPage);
})();
