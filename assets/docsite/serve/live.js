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

  let isGone = false;

  // A page without the server's script, and the build that it says it is of; null if there is none.
  const load = async () => {
    const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
    isGone = response.status === 404;
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

  // Places that say the same in two lists, in order. What is the same several times is told apart by how
  // often it came before.
  const common = (before, after) => {
    const numbered = (list) => {
      const counts = new Map();
      return list.map((key) => {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return `${counts.get(key)} ${key}`;
      });
    };
    const places = new Map(numbered(before).map((key, at) => [key, at]));
    const found = numbered(after).map((key, at) => [places.get(key), at]);
    return longestRising(found.filter(([place]) => place !== undefined));
  };

  // Of pairs in the order of their seconds, the most that are in the order of their firsts too.
  const longestRising = (pairs) => {
    const tails = []; // of the chains of each length, the one with the lowest end
    for (const pair of pairs) {
      let [low, high] = [0, tails.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (tails[middle].pair[0] < pair[0]) low = middle + 1;
        else high = middle;
      }
      tails[low] = { pair, before: tails[low - 1] };
    }
    const chain = [];
    for (let link = tails.at(-1); link; link = link.before) chain.push(link.pair);
    return chain.reverse();
  };

  const written = (node) => node.outerHTML ?? node.data;
  // What a reader knows it by, whatever else of it changes; empty if nothing. A line has a number only.
  const called = (node) =>
    (node.localName !== "span" && node.id) || node.querySelector?.(":scope > summary")?.textContent || "";
  const BEGINNING = 24; // characters
  const about = (node) => `${node.nodeName} ${called(node) || node.textContent.slice(0, BEGINNING)}`;

  // What lies between pairs, as `[i, nextI, j, nextJ]`.
  const between = (pairs, before, after) => {
    let [i, j] = [0, 0];
    return [...pairs, [before.length, after.length]].map(([nextI, nextJ]) => {
      const gap = [i, nextI, j, nextJ];
      [i, j] = [nextI + 1, nextJ + 1];
      return gap;
    });
  };

  // What is of one kind is one that changed; the rest came or went.
  /** @param {Node[]} before @param {Node[]} after @param {number[]} gap */
  const ofKind = (before, after, gap) => {
    let [i, nextI, j, nextJ] = gap;
    const pairs = [];
    while (i < nextI && j < nextJ) {
      const isOfKind = ({ nodeName }) => nodeName === before[i].nodeName;
      if (isOfKind(after[j])) pairs.push([i++, j++]);
      else if (after.slice(j, nextJ).some(isOfKind)) j += 1;
      else i += 1;
    }
    return pairs;
  };

  // Which node became which: those that are equal, then those that begin alike, then those of a kind.
  const paired = (before, after) => {
    const equal = common(before.map(written), after.map(written));
    return between(equal, before, after).flatMap(([i, nextI, j, nextJ]) => {
      const [old, fresh] = [before.slice(i, nextI), after.slice(j, nextJ)];
      const alike = common(old.map(about), fresh.map(about));
      const rest = between(alike, old, fresh).flatMap((gap) => ofKind(old, fresh, gap));
      const pairs = [...alike, ...rest].map(([one, other]) => [one + i, other + j]);
      return nextI < before.length && nextJ < after.length ? [...pairs, [nextI, nextJ]] : pairs;
    });
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

  // Only what is other: what is selected in the rest stays so.
  const setText = (live, text) => {
    const { data } = live;
    const least = Math.min(data.length, text.length);
    let [start, end] = [0, 0];
    while (start < least && data[start] === text[start]) start += 1;
    while (end < least - start && data.at(-1 - end) === text.at(-1 - end)) end += 1;
    live.replaceData(start, data.length - start - end, text.slice(start, text.length - end));
  };

  // Makes of what is in the page what was sent now, knowing what was sent before.
  const update = (live, before, after) => {
    if (before.isEqualNode(after) || live.dataset?.made !== undefined) return;
    if (live.nodeName !== after.nodeName || before.nodeName !== after.nodeName) {
      replace(live, after);
      return;
    }
    if (live.nodeType !== Node.ELEMENT_NODE) {
      setText(live, after.data);
      note(live);
      return;
    }
    if (isSplit(live, before, after)) {
      live.textContent = after.textContent;
      setAttributes(live, before, after);
      note(live);
      return;
    }
    // A script made something of pictures: they come as a whole.
    const [old, fresh] = [parts(before), parts(after)];
    const isWhole = live.matches("figure:not(.graph, .code), svg");
    const there = isWhole ? null : located(old, live);
    if (!there) {
      replace(live, after);
      return;
    }
    setAttributes(live, before, after);
    const become = place(live, there, old, fresh);
    for (const [i, j] of become) update(there[i], old[i], fresh[j]);
  };

  // Takes away what went, puts in what came, and moves what is known, by its name or its text; the pairs
  // of what stays.
  const place = (live, there, old, fresh) => {
    const pairs = paired(old, fresh);
    const stays = new Map(pairs.map(([i, j]) => [j, i]));
    const known = (node) => (called(node) ? about(node) : written(node));
    const kept = new Set(stays.values());
    const left = new Map(old.map((node, i) => [known(node), i]).filter(([, i]) => !kept.has(i)));
    const moved = new Map();
    fresh.forEach((node, j) => {
      const from = stays.has(j) ? undefined : left.get(known(node));
      if (from !== undefined && left.delete(known(node))) moved.set(j, from);
    });
    // Behind what was sent there may be what scripts added.
    let next = there.length > 0 ? there.at(-1).nextSibling : live.firstChild;
    const remains = new Set([...kept, ...moved.values()]);
    there.forEach((node, i) => { if (!remains.has(i)) node.remove(); });
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const from = stays.get(j) ?? moved.get(j);
      const node = from === undefined ? bringIn(fresh[j]) : there[from];
      if (!stays.has(j)) live.insertBefore(node, next);
      if (from === undefined) note(node);
      next = node;
    }
    return [...pairs, ...[...moved].map(([j, i]) => [i, j])];
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

  // What moves loses its focus and its selection.
  const keepSelection = (act) => {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection() ?? {};
    act();
    if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
    const now = getSelection();
    const isWhole = anchorNode?.isConnected && focusNode?.isConnected;
    if (!isWhole || (now?.anchorNode === anchorNode && now?.focusNode === focusNode)) return;
    const end = (node, offset) => Math.min(offset, node.length ?? node.childNodes.length);
    now?.setBaseAndExtent(anchorNode, end(anchorNode, anchorOffset), focusNode, end(focusNode, focusOffset));
  };

  const keepPlace = (act) => {
    const inView = places();
    document.documentElement.style.overflowAnchor = "none";
    keepSelection(act);
    const isKept = (element) => element.isConnected && element.checkVisibility() && !changed.has(element);
    hold(inView.find(({ element }) => isKept(element) && isFree(element)));
  };

  // Pictures find their size only after some frames. A reader who moves meanwhile is not held.
  const SETTLED = 500; // milliseconds
  const MOVES = ["wheel", "touchmove", "pointerdown", "keydown"];
  let release = () => {};
  const hold = (kept) => {
    release();
    const freed = new AbortController();
    release = () => freed.abort();
    for (const type of MOVES) addEventListener(type, release, { passive: true, signal: freed.signal });
    const end = performance.now() + SETTLED;
    const keep = () => {
      if (freed.signal.aborted) return;
      const moved = kept?.element.isConnected ? kept.element.getBoundingClientRect().top - kept.top : 0;
      if (Math.abs(moved) >= 0.5) scrollBy({ top: moved, behavior: "instant" });
      if (performance.now() < end) requestAnimationFrame(keep);
      else release();
    };
    freed.signal.onabort = () => document.documentElement.style.removeProperty("overflow-anchor");
    keep();
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

  /* Styles, scripts and pictures */

  const FILES = 'link[rel="stylesheet"][href], script[src]:not([src^="/__docsite/"]), main img[src]';
  const files = () => [...document.querySelectorAll(FILES)].filter((file) => addressOf(file).origin === location.origin);
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

  // Puts a style sheet that changed in the place of the old one once it is there, and shows a picture as
  // it is; true if a script changed.
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
      url.searchParams.set("docsite", version);
      if (file.localName === "img") {
        file.src = url.href;
        return;
      }
      const fresh = /** @type {HTMLLinkElement} */ (file.cloneNode());
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

  // A document's errors that did not stop the build are shown on its own page, and on the catalogue.
  const concerns = ({ path, is_fatal: isFatal }) =>
    isFatal || here === "" || !path.startsWith("markdown/") || path === `markdown/${doc}.md`;
  const GONE = { path: here, severity: "error", message: "this page is not there any more: it is shown as it was" };

  let overlay = null;
  const showProblems = (problems) => {
    overlay?.remove();
    overlay = null;
    const ours = [...(isGone && sent ? [GONE] : []), ...problems.filter(concerns)];
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
      setAttributes(document.documentElement, sent.documentElement, now.documentElement);
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

  const BLOCKS = "main h1, main .body :is(p, li, h2, h3, h4, h5, h6, figure, tr, blockquote, dt, dd)";
  const BEGUN = 80; // letters and digits

  // Its text as the source has it, and how many blocks before begin with the same.
  const described = (block) => {
    const beginning = (of) => {
      const bare = (text = "") => text.replace(/[^\p{L}\p{N}]+/gu, "");
      return (bare((of.querySelector("pre") ?? of).textContent) || bare(of.querySelector("img")?.alt)).slice(0, BEGUN);
    };
    const text = beginning(block);
    const all = [...document.querySelectorAll(BLOCKS)];
    const like = all.filter((one) => beginning(one) === text);
    const innermost = like.filter((one) => !like.some((other) => other !== one && one.contains(other)));
    const after = all.slice(all.indexOf(block) + 1).find((one) => !block.contains(one) && beginning(one));
    return { text, before: `${Math.max(0, innermost.indexOf(block))}`, next: after ? beginning(after) : "" };
  };

  const offerEditing = () => {
    addEventListener("dblclick", ({ target }) => {
      const element = /** @type {Element} */ (target);
      const listed = element.closest("li[data-doc]")?.getAttribute("data-doc");
      const block = element.closest(BLOCKS);
      if (element.closest("button, .act") || !(listed || block)) return;
      const query = new URLSearchParams(listed ? { doc: listed, text: "" } : { doc, ...described(block) });
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
