/*
 * docsite: what was found, marked in the page that was chosen in the search. Loaded when a page is
 * opened by the search, or the search stays on it.
 *
 * The marks are ranges of the CSS Custom Highlight API, which change no element; where a browser
 * has none, they are <mark> elements. A bar says how many there are, goes from one to the next and
 * removes them, as Esc does. Not here: which words (`find.js` leaves them in the session).
 */
(() => {
  "use strict";

  const FOUND = "docsite.found";
  const NAME = "docsite-found";
  const MOST = 1000; // marks
  const LONGEST = 80; // characters of a word
  // A word does not go on from one of these into the next.
  const BLOCKS =
    "p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, figcaption, summary, div, section";
  const PASSED =
    "script, style, svg, button, nav, .vh, .anchor, .crumb, .banner, .facts, .toc-s, .after";

  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const highlights = () => /** @type {any} */ (CSS).highlights;
  const Highlight = /** @type {any} */ (window).Highlight;

  /* Where the words are */

  const isLatin = (word) => /^[a-z0-9]/i.test(word);

  // Longer words first, so that none is found only in part. One letter says nothing.
  const expression = (words) => {
    const wanted = words
      .filter((word) => typeof word === "string")
      .map((word) => word.normalize("NFC").trim().slice(0, LONGEST))
      .filter((word) => word.length > 1 || /[^\x00-\xff]/.test(word))
      .sort((a, b) => b.length - a.length)
      .map((word) => {
        const source = word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/g, "\\s+");
        return isLatin(word) ? `(?<![a-z0-9])${source}` : source;
      });
    return wanted.length > 0 ? new RegExp(wanted.join("|"), "gi") : null;
  };

  // The page's text in one string, and where each of its text nodes begins in it.
  const textOf = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    const starts = [];
    let text = "";
    let block = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = /** @type {Element} */ (node.parentNode);
      if (parent.closest(PASSED)) continue;
      const its = parent.closest(BLOCKS);
      if (its !== block) text += "\n\n\0";
      block = its;
      nodes.push(/** @type {Text} */ (node));
      starts.push(text.length);
      text += node.nodeValue;
    }
    return { nodes, starts, text };
  };

  // Each as parts of text nodes: [node, from, to].
  const places = (root, found) => {
    const { nodes, starts, text } = textOf(root);
    const all = [];
    let at = 0;
    for (const match of text.matchAll(found)) {
      if (all.length === MOST) break;
      const end = match.index + match[0].length;
      while (at + 1 < nodes.length && starts[at + 1] <= match.index) at += 1;
      const parts = [];
      for (let next = at; next < nodes.length && starts[next] < end; next += 1) {
        const from = Math.max(match.index - starts[next], 0);
        const to = Math.min(end - starts[next], nodes[next].data.length);
        if (from < to) parts.push([nodes[next], from, to]);
      }
      if (parts.length > 0) all.push(parts);
    }
    return all;
  };

  /* Marks */

  const rangeOf = (parts) => {
    const range = new Range();
    const [last, , to] = parts.at(-1);
    range.setStart(parts[0][0], parts[0][1]);
    range.setEnd(last, to);
    return range;
  };

  const highlight = (all) => {
    const ranges = all.map(rangeOf);
    highlights().set(NAME, new Highlight(...ranges));
    const remove = () => {
      for (const name of [NAME, `${NAME}-at`]) highlights().delete(name);
    };
    const point = (at) => highlights().set(`${NAME}-at`, new Highlight(ranges[at]));
    return { ranges, point, remove };
  };

  // From the last to the first, so that the places of those before stay what they are.
  const wrap = (all) => {
    const made = all.map(() => []);
    for (let at = all.length - 1; at >= 0; at -= 1) {
      for (const [node, from, to] of all[at].toReversed()) {
        const mark = document.createElement("mark");
        mark.className = "found";
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, to);
        range.surroundContents(mark);
        made[at].unshift(mark);
      }
    }
    const marks = made.flat();
    const remove = () => {
      for (const mark of marks) {
        const parent = mark.parentNode;
        mark.replaceWith(...mark.childNodes);
        parent?.normalize();
      }
    };
    const point = (at) => {
      for (const mark of marks) mark.classList.toggle("at", made[at].includes(mark));
    };
    return { ranges: made.map(([mark]) => mark), point, remove };
  };

  /* The way to a mark, which may be in what is folded */

  const foldOf = (one) => (one.startContainer ?? one).parentElement?.closest("details:not([open])");

  const leadTo = (one) => {
    for (let fold = foldOf(one); fold; fold = foldOf(one)) fold.open = true;
    const { top } = one.getBoundingClientRect();
    scrollTo({ top: scrollY + top - innerHeight / 3, behavior: "instant" });
  };

  /* The bar */

  let remove = () => {};

  const makeBar = (words, marks) => {
    const { ranges } = marks;
    const bar = document.createElement("div");
    bar.className = "found-bar";
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    const all = ranges.length === 1 ? words.marked_one : words.marked.replace("{n}", ranges.length);
    status.textContent = all;
    let at = -1;
    const go = (by) => {
      at = at < 0 && by < 0 ? ranges.length - 1 : (at + by + ranges.length) % ranges.length;
      marks.point(at);
      leadTo(ranges[at]);
      status.textContent = `${at + 1} / ${ranges.length}`;
    };
    const add = (text, name, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      if (name) button.title = button.ariaLabel = name;
      button.addEventListener("click", act);
      bar.append(button);
      return button;
    };
    bar.append(status);
    if (ranges.length > 1) {
      add("↑", words.before, () => go(-1));
      add("↓", words.after, () => go(1));
    }
    const button = add(`${words.unmark} `, "", () => remove());
    const key = document.createElement("kbd");
    key.textContent = "esc";
    button.append(key);
    document.body.append(bar);
    return bar;
  };

  const style = () => {
    const href = new URL("find.css", own.src).href;
    if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  };

  const show = async (found) => {
    remove();
    const { words } = await docsite.need("data/find");
    const wanted = expression(found);
    const root = document.querySelector("main") ?? document.querySelector("article") ?? document.body;
    const all = wanted ? places(root, wanted) : [];
    if (all.length === 0) return;
    style();
    const marks = Highlight && highlights() ? highlight(all) : wrap(all);
    const bar = makeBar(words, marks);
    if (marks.ranges.every(foldOf)) leadTo(marks.ranges[0]);
    const press = (event) => {
      const isOpen = document.querySelector("dialog[open]");
      if (event.key === "Escape" && !event.defaultPrevented && !isOpen) remove();
    };
    addEventListener("keydown", press);
    remove = () => {
      marks.remove();
      bar.remove();
      removeEventListener("keydown", press);
      remove = () => {};
    };
  };

  // A server may leave out the ending.
  const pageOf = (url) => url.replace(/[#?].*/s, "").replace(/\.html$/, "");

  /** Marks what the search left for this page. */
  const arrive = () => {
    const left = JSON.parse(sessionStorage.getItem(FOUND) ?? "null");
    sessionStorage.removeItem(FOUND);
    const isHere = typeof left?.page === "string" && pageOf(left.page) === pageOf(location.href);
    if (isHere && Array.isArray(left.words)) return show(left.words);
  };

  docsite.give("found", { show, arrive });
})();
