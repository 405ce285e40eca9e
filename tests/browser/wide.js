// The elements that make the document wider than the screen: none when it is not.
(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (element) => getComputedStyle(element).overflowX !== "visible";
  const inBox = (element) => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (scrolls(at)) return true;
    }
    return false;
  };
  const name = (element) =>
    element.localName + [...element.classList].map((word) => "." + word).join("");
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const { right } = element.getBoundingClientRect();
    if (right > root.clientWidth + 0.5 && !inBox(element)) {
      const text = element.textContent.trim().slice(0, 40);
      found.push([right, `${Math.round(right)} px: ${name(element.parentElement)} > ${name(element)}: ${text}`]);
    }
  }
  found.sort((a, b) => b[0] - a[0]);
  const list = found.slice(0, 4).map(([, text]) => text);
  return list.length ? list : [`${root.scrollWidth} px, and no element sticks out`];
})()
