// `stops`: the places that Tab should reach, and how the one with the focus looks.
globalThis.stops = (() => {
  const CAN = "a[href]:not([tabindex='-1']), button:not([disabled]), input:not([disabled]), select, summary, [tabindex='0']";

  const word = (element) =>
    element.localName + [...element.classList].map((name) => "." + name).join("");
  // A number too: two links may look alike.
  const describe = (element) => {
    const place = [...document.body.querySelectorAll("*")].indexOf(element);
    const text = (element.innerText ?? "").trim().replace(/\s+/g, " ").slice(0, 24);
    return `${place} ${word(element.parentElement ?? element)} > ${word(element)}: ${text}`;
  };

  const all = () =>
    [...document.querySelectorAll(CAN)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map(describe);

  // Where the focus is must be on the screen, not under the bar, and drawn.
  const faults = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const bar = element.closest(".top, .skip") ? 0 : document.querySelector(".top").getBoundingClientRect().bottom;
    const found = [];
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) found.push("no outline");
    if (Number(style.opacity) < 1) found.push(`opacity ${style.opacity}`);
    if (box.width < 1 || box.height < 1) found.push("no size");
    if (box.bottom <= bar + 1 || box.top >= innerHeight - 1) found.push(`off the screen: ${box.top} to ${box.bottom}`);
    if (box.height < innerHeight - bar && box.top < bar - 1) found.push(`under the bar: ${box.top}`);
    if (box.left < -1 || box.left >= innerWidth - 1) found.push(`beside the screen: ${box.left}`);
    return found;
  };

  const here = () => {
    const element = document.activeElement;
    return [describe(element), ...faults(element)];
  };

  const unreachable = () =>
    [...document.body.querySelectorAll("*")]
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";
        return (
          (scrolls(overflowX) && element.scrollWidth > element.clientWidth) ||
          (scrolls(overflowY) && element.scrollHeight > element.clientHeight)
        );
      })
      .filter((element) => element.tabIndex < 0 && !element.querySelector("a, button"))
      .map(describe);

  return { all, here, unreachable };
})();
