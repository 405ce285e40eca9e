/* Going to what was chosen. */

const pageOf = (href) => href.replace(/#.*/s, "");
const pass = (link) => {
  try {
    const found = { page: pageOf(link.href), words: wordsToMark(link) };
    sessionStorage.setItem(FOUND, JSON.stringify(found));
  } catch {
    // The page opens without marks.
  }
};

const leave = (event, link) => {
  remember(field.value);
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
  dialog.close();
  // Without a heading the browser loads the same page again.
  if (pageOf(link.href) !== pageOf(location.href) || !link.hash) return pass(link);
  // The same page: the browser goes to the heading after this, and the focus with it.
  docsite.need("found").then((it) => it.show(wordsToMark(link)), () => {});
};

// A tab of its own, which begins with a copy of this session.
const openTab = (link) => {
  remember(field.value);
  pass(link);
  window.open(link.href, "_blank");
  try {
    sessionStorage.removeItem(FOUND);
  } catch {
    // Nothing was passed.
  }
};

const enter = (event) => {
  if (!chosen) return;
  event.preventDefault();
  const isLink = chosen instanceof HTMLAnchorElement;
  if (isLink && (event.ctrlKey || event.metaKey)) openTab(chosen);
  else chosen.click();
};
