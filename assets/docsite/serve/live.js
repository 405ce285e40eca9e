/*
 * What `docsite serve` adds to a page: after each build, and ahead of it where the page's document
 * changed, the page becomes as it is now, in place; errors are shown, and what else was found has a
 * button. No file has it. What other scripts made of the page stays where its source did
 * not change: a block is compared with its source before, not with what is there. What a script made
 * in place of what was sent has `data-made`, and the script makes it anew: those of the catalogue when
 * they are asked (`renew` in `catalogue.js`), others by the event `docsite.changed`. `docsite.built` says
 * that there was a build, also where this page is as it was.
 */
(() => {
  "use strict";

  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const CHANGED = "data-docsite-changed";
  const MARKED = 1600; // milliseconds
  // The path of the page below the site; empty for the catalogue.
  const here = decodeURIComponent(location.pathname).slice(1).replace(/^index\.html$/, "");
  const doc = here.replace(/\.html$/, "");

  /* The page as it was sent */

  // A page without the server's script, and the build that it says it is of; null if there is none.
  const load = async () => {
    const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const script = /** @type {HTMLElement} */ (page.querySelector('script[src^="/__docsite/"]'));
    script?.remove();
    return { page, build: Number(script?.dataset.build) };
  };

  /* Blocks that changed */

  const isBlank = (node) => node.nodeType === Node.TEXT_NODE && !node.data.trim();
  const parts = (node) => [...node.childNodes].filter((child) => !isBlank(child));
  // Scripts give ids to what was sent without one.
  const isSame = (live, sent) => live.nodeName === sent.nodeName && (!sent.id || live.id === sent.id);

  // Pairs of equal nodes of two lists, in order: a longest common subsequence.
  const common = (before, after) => {
    const rows = [new Array(after.length + 1).fill(0)];
    for (let i = before.length - 1; i >= 0; i -= 1) {
      const row = new Array(after.length + 1).fill(0);
      for (let j = after.length - 1; j >= 0; j -= 1) {
        const isEqual = before[i].isEqualNode(after[j]);
        row[j] = isEqual ? rows[0][j + 1] + 1 : Math.max(rows[0][j], row[j + 1]);
      }
      rows.unshift(row);
    }
    const pairs = [];
    for (let i = 0, j = 0; i < before.length && j < after.length; ) {
      if (before[i].isEqualNode(after[j])) pairs.push([i++, j++]);
      else if (rows[i + 1][j] >= rows[i][j + 1]) i += 1;
      else j += 1;
    }
    return pairs;
  };

  // Of the nodes that were sent, those in the page now; null if they are not all there.
  const located = (sent, live) => {
    const there = parts(live);
    let at = 0;
    const found = sent.map((node) => {
      while (at < there.length && !isSame(there[at], node)) at += 1;
      return there[at++];
    });
    return found.every(Boolean) ? found : null;
  };

  const changed = new Set();
  const note = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (element?.closest("main")) changed.add(element);
  };

  const bringIn = (node) => document.importNode(node, true);

  const replace = (live, after) => {
    const fresh = bringIn(after);
    const folds = (node) => [...(node.querySelectorAll?.("details") ?? [])];
    const before = folds(live);
    folds(fresh).forEach((fold, at) => { if (before[at]?.open) fold.open = true; });
    live.replaceWith(fresh);
    note(fresh);
  };

  const setAttributes = (live, before, after) => {
    for (const { name } of [...before.attributes]) {
      if (!after.hasAttribute(name)) live.removeAttribute(name);
    }
    for (const { name, value } of [...after.attributes]) {
      if (before.getAttribute(name) !== value) live.setAttribute(name, value);
    }
  };

  // Text that a script split, to mark a part of it.
  const isSplit = (live, before, after) => {
    const isText = ({ childNodes }) => [...childNodes].every(({ nodeType }) => nodeType === Node.TEXT_NODE);
    const text = before.textContent;
    return isText(before) && isText(after) && live.textContent === text && live.firstChild?.data !== text;
  };

  // Makes of what is in the page what was sent now, knowing what was sent before.
  const update = (live, before, after) => {
    if (before.isEqualNode(after) || live.dataset?.made !== undefined) return;
    if (live.nodeName !== after.nodeName || before.nodeName !== after.nodeName) {
      replace(live, after);
      return;
    }
    if (live.nodeType !== Node.ELEMENT_NODE) {
      live.data = after.data;
      note(live);
      return;
    }
    if (isSplit(live, before, after)) {
      live.textContent = after.textContent;
      setAttributes(live, before, after);
      note(live);
      return;
    }
    // A script made something of code and pictures: they come as a whole.
    const [old, fresh] = [parts(before), parts(after)];
    const isWhole = live.matches("figure:not(.graph), svg, pre");
    const there = isWhole ? null : located(old, live);
    if (!there) {
      replace(live, after);
      return;
    }
    setAttributes(live, before, after);
    const pairs = [...common(old, fresh), [old.length, fresh.length]];
    let [i, j] = [0, 0];
    for (const [nextOld, nextFresh] of pairs) {
      const insert = (anchor) => {
        const node = bringIn(fresh[j++]);
        live.insertBefore(node, anchor ?? endOf(live, there));
        note(node);
      };
      // Between two pairs, what is of one kind is one that changed; the rest came or went.
      while (i < nextOld && j < nextFresh) {
        const isOfKind = ({ nodeName }) => nodeName === old[i].nodeName;
        if (isOfKind(fresh[j])) update(there[i], old[i++], fresh[j++]);
        else if (fresh.slice(j, nextFresh).some(isOfKind)) insert(there[i]);
        else there[i++].remove();
      }
      while (i < nextOld) there[i++].remove();
      while (j < nextFresh) insert(there[nextOld]);
      [i, j] = [nextOld + 1, nextFresh + 1];
    }
  };

  // Where the sent children of a node end: behind them there may be what scripts added.
  const endOf = (live, there) => {
    const last = there.findLast((node) => node.parentNode === live);
    return last ? last.nextSibling : live.firstChild;
  };

  /* The place of the reader */

  // Elements in view with their places; after the change the first that is still there keeps its own.
  const places = () =>
    [...document.querySelectorAll("main *")]
      .map((element) => ({ element, place: element.getBoundingClientRect() }))
      .filter(({ place: { top, height } }) => height > 0 && top >= 0 && top < innerHeight)
      .map(({ element, place: { top } }) => ({ element, top }));

  // What sticks to the window says nothing of what is below it.
  const isFree = (element) => {
    for (let part = element; part.localName !== "main"; part = part.parentElement) {
      if (getComputedStyle(part).position === "sticky") return false;
    }
    return true;
  };

  const keepPlace = (act) => {
    const root = document.documentElement;
    const inView = places();
    root.style.overflowAnchor = "none";
    act();
    const isKept = (element) => element.isConnected && element.checkVisibility() && !changed.has(element);
    const kept = inView.find(({ element }) => isKept(element) && isFree(element));
    if (kept) scrollBy({ top: kept.element.getBoundingClientRect().top - kept.top, behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(() => root.style.removeProperty("overflow-anchor")));
  };

  const mark = () => {
    for (const element of changed) {
      element.setAttribute(CHANGED, "");
      const colours = { backgroundColor: ["color-mix(in srgb, currentColor 18%, transparent)", "transparent"] };
      element.animate?.(colours, { duration: MARKED, easing: "ease-out" });
      setTimeout(() => element.removeAttribute(CHANGED), MARKED);
    }
    changed.clear();
  };

  /* Styles and scripts */

  const files = () => [
    ...document.querySelectorAll('link[rel="stylesheet"][href], script[src]:not([src^="/__docsite/"])'),
  ];
  const addressOf = (file) => {
    const url = new URL(file.href ?? file.src, location.href);
    url.searchParams.delete("docsite");
    return url;
  };
  const versionOf = async (file) => {
    const response = await fetch(addressOf(file), { method: "HEAD", cache: "no-store" });
    await response.text();
    return response.headers.get("etag") ?? "";
  };
  const versions = new Map();
  const noteVersions = () =>
    Promise.all(files().map(async (file) => versions.set(addressOf(file).href, await versionOf(file))));

  // Puts a style sheet that changed in the place of the old one once it is there; true if a script
  // changed.
  const refreshFiles = async () => {
    let isScript = false;
    const all = files().map(async (file) => {
      const url = addressOf(file);
      const version = await versionOf(file);
      const before = versions.get(url.href);
      versions.set(url.href, version);
      if (before === undefined || before === version) return;
      if (file.localName === "script") {
        isScript = true;
        return;
      }
      const fresh = /** @type {HTMLLinkElement} */ (file.cloneNode());
      url.searchParams.set("docsite", version);
      fresh.href = url.href;
      fresh.onload = () => file.remove();
      file.after(fresh);
    });
    await Promise.all(all);
    return isScript;
  };

  /* Errors, and what else was found */

  const STYLE = `
    :host{position:fixed;inset:auto 0 0 0;z-index:2147483647;--red:var(--accent,light-dark(#bb2f18,#ff8069));
      font:14px/1.55 var(--sans,system-ui,sans-serif)}
    :host(docsite-findings){inset:auto .5rem .5rem auto;z-index:2147483646}
    @media print{:host{display:none}}
    section{max-height:60vh;overflow:auto;overscroll-behavior:contain;background:var(--raised,Canvas);
      color:var(--ink,CanvasText);border-top:3px solid var(--red);box-shadow:0 -6px 30px #0004;
      padding:0 clamp(1rem,4vw,2.5rem) 1.2rem}
    [popover]{position:fixed;inset:auto .5rem 4rem auto;margin:0;border-width:3px 0 0;
      width:min(42rem,100vw - 1rem);box-sizing:border-box}
    header{position:sticky;top:0;display:flex;justify-content:space-between;gap:1rem;align-items:center;
      background:inherit;padding:.5rem 0}
    h2{font-size:15px;margin:0;color:var(--red)}
    button{font:inherit;min-width:2.75rem;min-height:2.75rem;margin-right:-.9rem;border:0;background:none;
      color:inherit;cursor:pointer}
    .count{margin:0;padding:0 .8rem;background:var(--raised,Canvas);color:var(--ink,CanvasText);
      border:1px solid var(--red);border-radius:2rem;box-shadow:0 2px 8px #0003}
    a{color:inherit}
    article+article{margin-top:.8rem;border-top:1px solid var(--line,#8884);padding-top:.8rem}
    p{margin:0;overflow-wrap:anywhere}.at{font-family:var(--mono,monospace);font-size:13px;color:var(--ink-2,inherit)}
    pre{font:13px/1.5 var(--mono,monospace);margin:.4rem 0;overflow-x:auto;background:var(--sunk,#8882);
      padding:.5rem .7rem;border-radius:3px}
    mark{background:none;color:var(--red);font-weight:700}i{visibility:hidden}small{color:var(--ink-2,inherit)}`;

  const make = (tag, text, ...children) => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.append(...children);
    return element;
  };

  const shown = (problem) => {
    const { path, line, column, severity, code, message, help, excerpt } = problem;
    const article = make("article", "");
    const place = [path, line, column].filter((part) => part !== null && part !== "").join(":");
    const other = path.match(/^markdown\/(.*)\.md$/)?.[1];
    const at = make("p", "");
    at.className = "at";
    if (other === undefined || other === doc) at.append(place);
    else at.append(Object.assign(make("a", place), { href: `/${encodeURIComponent(other)}.html` }));
    article.append(at, make("p", code ? `${severity}[${code}]: ${message}` : message));
    if (excerpt) {
      const [before, wrong, after] = excerpt;
      const text = make("div", before, make("mark", wrong || " "), after);
      // As wide as the text before the place, in any script.
      const caret = make("div", "", make("i", before), make("mark", "^"));
      article.append(make("pre", "", text, caret));
    }
    if (help) article.append(make("small", help));
    return article;
  };

  const numbered = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const headed = (title, close, problems) => {
    const button = make("button", "✕");
    button.ariaLabel = "Close";
    button.onclick = close;
    const head = make("header", "", make("h2", title), button);
    return make("section", "", head, ...problems.map(shown));
  };
  const host = (name, ...children) => {
    const element = document.createElement(name);
    const root = element.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    root.append(...children);
    document.body.append(element);
    return element;
  };

  // A document's errors that did not stop the build are shown on its own page.
  const concerns = ({ path, is_fatal: isFatal }) =>
    isFatal || !path.startsWith("markdown/") || path === `markdown/${doc}.md`;

  let overlay = null;
  const showProblems = (problems) => {
    overlay?.remove();
    overlay = null;
    const ours = problems.filter(concerns);
    if (ours.length === 0) return;
    const section = headed(numbered(ours.length, "error"), () => overlay.remove(), ours);
    section.setAttribute("role", "alert");
    overlay = host("docsite-problems", section);
  };

  // What the last build found here; on the catalogue, everywhere. A list that is open stays so.
  let badge = null;
  let found = "";
  const showFindings = async () => {
    const query = new URLSearchParams({ page: here });
    const response = await fetch(`/__docsite/findings?${query}`);
    const text = await response.text();
    if (text === found) return;
    found = text;
    const { problems, count } = JSON.parse(text);
    const isOpen = Boolean(badge?.shadowRoot.querySelector(":popover-open"));
    const hasFocus = badge !== null && document.activeElement === badge;
    badge?.remove();
    badge = null;
    if (count === 0) return;
    const title = numbered(count, "finding");
    const section = headed(title, () => section.hidePopover(), problems);
    if (problems.length < count) section.append(make("p", `${count - problems.length} more are in the terminal.`));
    section.popover = "auto";
    section.setAttribute("aria-label", title);
    const button = make("button", `⚠ ${count}`);
    button.className = "count";
    button.ariaLabel = title;
    button.popoverTargetElement = section;
    badge = host("docsite-findings", section, button);
    if (isOpen) section.showPopover();
    if (hasFocus) button.focus();
  };

  /* Builds */

  let sent = null; // the page as it was sent last
  let build = Number(own.dataset.build);
  /** @type {{ build: number, problems: object[], ahead: string[] }} */
  let status = { build, problems: [], ahead: [] };

  // Files change with builds only.
  const refresh = async (isBuilt) => {
    const [isScript, loaded] = await Promise.all([isBuilt && refreshFiles(), load()]);
    const now = loaded?.page;
    // It is gone, or not there yet: what is shown stays.
    if (!now) return;
    const isCatalogue = document.documentElement.dataset.view !== undefined;
    if (!isScript && !isCatalogue && sent?.isEqualNode(now)) return;
    const renew = isCatalogue ? (await docsite.need("catalogue")).renew : () => () => {};
    const take = !isScript && sent && (await renew(sent, now, `${build}`));
    if (!take) {
      location.reload();
      return;
    }
    keepPlace(() => {
      update(document.body, sent.body, now.body);
      take((element) => changed.add(element));
      sent = now;
      window.docsite?.dress?.();
      dispatchEvent(new Event("docsite.changed"));
    });
    document.title = now.title;
    mark();
  };

  let work = Promise.resolve();
  const hear = ({ data }) => {
    status = JSON.parse(data);
    work = work.then(async () => {
      const isNew = status.build !== build;
      build = status.build;
      if (status.ahead.length > 0) {
        if (isNew && status.ahead.includes(here)) await refresh(false);
        return;
      }
      if (isNew) {
        dispatchEvent(new Event("docsite.built"));
        await refresh(true);
      }
      showProblems(status.problems);
      await showFindings();
    }).catch(() => {
      // The server is gone; the stream comes back with it.
    });
  };

  // A browser has six connections to a server for all of its tabs: a page that nobody sees holds none,
  // and hears of what was missed once it is seen.
  let events = null;
  const listen = () => {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/__docsite/events");
      events.onmessage = hear;
      events.onopen = () => own.setAttribute("data-listens", "");
    }
  };

  /* Editing */

  const offerEditing = () => {
    addEventListener("dblclick", ({ target }) => {
      const element = /** @type {Element} */ (target);
      const block = element.closest("main :is(p, li, h1, h2, h3, h4, h5, h6, figure, tr, blockquote, dt, dd)");
      if (!block) return;
      const query = new URLSearchParams({ doc: element.closest("li[data-doc]")?.getAttribute("data-doc") ?? doc, text: block.textContent.trim().slice(0, 80) });
      fetch(`/__docsite/open?${query}`, { method: "POST", headers: { "x-docsite": "1" } }).catch(() => {});
    });
  };

  const begin = async () => {
    if (own.dataset.opens !== undefined) offerEditing();
    const first = await load();
    if (first && first.build !== build) {
      location.reload();
      return;
    }
    sent = first?.page ?? null;
    await noteVersions();
    listen();
    document.addEventListener("visibilitychange", listen);
  };
  if (document.readyState === "complete") begin();
  else addEventListener("load", () => begin().catch(() => {}));
})();
