/**
 * Lines of an attachment: a press on a number puts the line into the address, another with the shift
 * key a range (`#L10-L20`), and an address with lines shows and marks them. Not here: one line without
 * a script, which the browser and the style sheet show.
 */
(() => {
  "use strict";
  // `docsite serve` puts another block in the place of one that changed.
  const linesNow = () => [...document.querySelectorAll("figure.code .ln")];
  let lines = linesNow();

  /** The first and the last line in the address, from 1; none if it has no lines. */
  const asked = () => {
    const [, first, last] = /^#L(\d+)(?:-L?(\d+))?$/.exec(location.hash) ?? [];
    if (!first) return null;
    const ends = [Number(first), Number(last ?? first)].sort((a, b) => a - b);
    return ends[0] >= 1 && ends[0] <= lines.length ? ends : null;
  };

  const mark = () => {
    const [first, last] = asked() ?? [0, -1];
    lines.forEach((line, at) => line.classList.toggle("hl", at + 1 >= first && at + 1 <= last));
    return lines[first - 1];
  };

  const show = () => mark()?.scrollIntoView({ block: "center" });

  addEventListener("click", (event) => {
    const number = event.target instanceof Element && event.target.closest("figure.code a.no");
    if (!number || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const here = lines.indexOf(/** @type {HTMLElement} */ (number.parentElement)) + 1;
    const [first] = (event.shiftKey && asked()) || [here];
    const ends = first === here ? [here] : [Math.min(first, here), Math.max(first, here)];
    history.replaceState(history.state, "", `#${ends.map((line) => `L${line}`).join("-")}`);
    mark();
  });
  addEventListener("hashchange", show);
  addEventListener("docsite.changed", () => {
    lines = linesNow();
    mark();
  });
  if (asked()) show();
})();
