/*
 * docsite: previews of a link's target. A small card with the document's title,
 * marks and summary, or with how the heading begins that the link names: when the pointer rests on
 * the link, or the keyboard's focus is on it. A finger that touches a link wants to go there, and
 * gets no card.
 *
 * The text is in data files of many documents each (`data/previews-…`), which are loaded when they
 * are first wanted. Not here: links out of the site, to files, and within the page.
 */
(() => {
  "use strict";

  const SOON = 350; // a pointer that only passes by shows nothing
  const LATE = 200; // time to move from the link onto the card
  const GAP = 8;

  /* Which part of the data holds a document: FNV-1a, as the build has it
     (`tests/scripts/names.json` holds the two together) */

  const hash = (name) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(name)) {
      hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    return hash;
  };

  const find = async (name) => {
    const { parts } = await docsite.need("data/previews");
    const part = await docsite.need(`data/previews-${(hash(name) % parts).toString(16)}`);
    return Object.hasOwn(part, name) ? part[name] : null;
  };

  // The document and the heading that a link of this site's pages names.
  const aim = (link) => {
    const here = new URL(location.href);
    const to = new URL(link.getAttribute("href"), here);
    const folder = (url) => url.pathname.slice(0, url.pathname.lastIndexOf("/") + 1);
    const isNear = to.origin === here.origin && to.protocol === here.protocol;
    if (!isNear || folder(to) !== folder(here) || to.pathname === here.pathname) return null;
    try {
      const file = decodeURIComponent(to.pathname.slice(folder(to).length)).normalize("NFC");
      if (!file.endsWith(".html") || !file.includes("__")) return null;
      return { name: file.slice(0, -5), heading: decodeURIComponent(to.hash.slice(1)) };
    } catch {
      return null;
    }
  };

  /* The card */

  const card = document.createElement("div");
  card.className = "preview";
  card.id = "ds.preview";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  let shown = null; // the link whose card it is

  const part = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };

  const fill = (preview, heading) => {
    const mark = part("span", `tt ${preview.class}`, preview.type);
    mark.prepend(part("b", "", preview.topic));
    const title = part("strong", "", preview.title);
    const named = Object.hasOwn(preview.headings ?? {}, heading) && preview.headings[heading];
    const text = named ? named[1] : preview.summary;
    const parts = [mark, title];
    if (preview.deprecated) parts.push(part("span", "dep", docsite.shared.words.deprecated));
    if (named) parts.push(part("span", "where", `# ${named[0]}`));
    if (text) parts.push(part("p", "", text));
    card.replaceChildren(...parts);
  };

  // Under the link's first line, or above it where there is more room; inside the window.
  const place = (link) => {
    const line = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const right = document.documentElement.clientWidth - width - GAP;
    const isBelow = line.bottom + GAP + height < innerHeight || line.top < height + GAP;
    const top = isBelow ? line.bottom + GAP : line.top - height - GAP;
    card.style.left = `${Math.max(GAP, Math.min(line.left, right)) + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  };

  const hide = () => {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  };

  let wanted = null;
  const show = async (link) => {
    const to = aim(link);
    if (!to) return;
    const preview = await find(to.name).catch(() => null);
    if (!preview || wanted !== link) return;
    hide();
    if (!card.isConnected) document.body.append(card);
    fill(preview, to.heading);
    card.hidden = false;
    place(link);
    shown = link;
    link.setAttribute("aria-describedby", card.id);
  };

  /* When */

  let timer;
  const want = (link, delay) => {
    clearTimeout(timer);
    if (link === shown) return;
    wanted = link;
    timer = setTimeout(() => (link ? show(link) : hide()), delay);
  };
  const linkAt = (target) => target.closest?.("main a[href]");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (card.contains(/** @type {Node | null} */ (event.target))) {
      clearTimeout(timer);
      wanted = shown;
      return;
    }
    const link = linkAt(event.target);
    if (link && aim(link)) want(link, SOON);
    else if (shown || wanted) want(null, LATE);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link?.matches(":focus-visible") && aim(link)) want(link, SOON);
    else want(null, 0);
  });
  document.addEventListener("focusout", () => want(null, LATE));
  document.addEventListener("pointerdown", (event) => {
    if (!card.contains(/** @type {Node | null} */ (event.target))) want(null, 0);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") want(null, 0);
  });

  docsite.give("previews", { hash });
})();
