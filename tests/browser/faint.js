// Every visible text whose contrast is below AA: 4.5, or 3 for large letters. What stands in
// pseudo-elements is decoration, and its meaning stands in words beside it.
(() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  // Any notation of a colour, as numbers.
  const read = (color) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, ground, alpha) => [0, 1, 2].map((i) => top[i] * alpha + ground[i] * (1 - alpha));
  const luminance = (color) => {
    const [red, green, blue] = color.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const ancestors = (element) => {
    const list = [];
    for (let at = element; at; at = at.parentElement) list.unshift(at);
    return list;
  };
  const groundOf = (element) => {
    let ground = read("Canvas");
    for (const at of ancestors(element)) {
      const color = read(getComputedStyle(at).backgroundColor);
      ground = over(color, ground, color[3]);
    }
    return ground;
  };
  const opacityOf = (element) =>
    ancestors(element).reduce((all, at) => all * Number(getComputedStyle(at).opacity), 1);

  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({ visibilityProperty: true })) continue;
    const opacity = opacityOf(element);
    if (opacity === 0) continue; // Shown under the mouse or the focus.
    const style = getComputedStyle(element);
    const color = read(element.closest("svg") ? style.fill : style.color);
    const ground = groundOf(element);
    const ratio = contrast(over(color, ground, color[3] * opacity), ground);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      const name = element.localName + [...element.classList].map((word) => "." + word).join("");
      found.set(`${name} ${style.color}`, `${ratio.toFixed(2)}: ${name} ${style.color}: ${text.slice(0, 30)}`);
    }
  }
  return [...found.values()];
})()
