// Misplaced labels of drawn diagrams, one on each line. `boxes.wrong()`.
//
// A label must lie in the picture, and in the shape it was written on: the nearest one before it,
// in the groups around it, that its middle lies in. Two labels must not meet.
globalThis.boxes = (() => {
  const SLACK = 2; // px: fonts differ
  const SHAPES = "rect, circle, ellipse, polygon, path";

  const area = ({ width, height }) => width * height;
  const holds = (box, x, y) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

  // Shapes before a text in a group around it, in painting order.
  const before = (text, svg) => {
    const found = [];
    for (let at = text; at !== svg; at = at.parentElement) {
      for (let one = at.previousElementSibling; one; one = one.previousElementSibling) {
        const own = one.matches(SHAPES) ? [one] : [];
        found.push(...own, ...one.querySelectorAll(`:scope ${SHAPES.replaceAll(", ", ", :scope ")}`));
      }
    }
    return found.filter((shape) => getComputedStyle(shape).fill !== "none");
  };
  const shapeOf = (text, svg) => {
    const { left, right, top, bottom, width } = text.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const around = before(text, svg)
      .map((shape) => shape.getBoundingClientRect())
      // A straight line has no area, whatever its fill.
      .filter((box) => area(box) > 0 && holds(box, x, y));
    around.sort((a, b) => area(a) - area(b));
    // A frame that is many times as wide as the label contains it, and is not its background.
    return around[0] && around[0].width < 4 * width ? around[0] : null;
  };
  // How far a label leaves a box. A line's box has room for every accent above and below: a fifth
  // of its height is air.
  const leaves = (inner, outer) => {
    const air = inner.height / 5;
    return Math.max(
      outer.left - inner.left, inner.right - outer.right,
      outer.top - inner.top - air, inner.bottom - outer.bottom - air,
    );
  };
  const isTurned = (text) => Math.abs(text.getScreenCTM().b) > 0.01;

  const ofPicture = (svg, name) => {
    const wrong = [];
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim());
    const edge = svg.getBoundingClientRect();
    const boxOf = (text) => text.getBoundingClientRect();
    texts.forEach((text, index) => {
      const words = `${name}: “${text.textContent.trim()}”`;
      const box = boxOf(text);
      if (leaves(box, edge) > SLACK) wrong.push(`${words} leaves the picture`);
      if (isTurned(text)) return;
      // The number of a message is on a marker, which is not an element.
      const shape = /^\d+$/.test(text.textContent) ? null : shapeOf(text, svg);
      if (shape && leaves(box, shape) > SLACK) {
        wrong.push(`${words} leaves its shape by ${leaves(box, shape).toFixed(1)}`);
      }
      for (const other of texts.slice(0, index)) {
        if (isTurned(other)) continue;
        const its = boxOf(other);
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        // The boxes of two lines of one label touch: a line's box has room for every accent.
        if (across > SLACK && down > 0.35 * Math.min(box.height, its.height)) {
          wrong.push(`${words} meets “${other.textContent.trim()}”`);
        }
      }
    });
    return wrong;
  };

  return {
    wrong: () =>
      [...document.querySelectorAll(".dia .view > svg")].flatMap((svg) =>
        ofPicture(svg, svg.closest(".dia").dataset.slot)),
  };
})();
