/* The place of the reader: what is in view stays where it is, with focus and selection; what changed is marked. */

const liveReader = (() => {
  const CHANGED = "data-docsite-changed";
  const MARKED = 1600; // milliseconds
  const { changed } = liveBlocks;

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

  return { keepPlace, mark };
})();
