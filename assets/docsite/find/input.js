/* Keys, the pointer, a phone's keyboard; opening it. */

const ARROWS = { ArrowDown: () => moveChoice(1), ArrowUp: () => moveChoice(-1) };
const pressed = (event) => {
  // Enter and the arrows are the input method's while it composes.
  if (event.isComposing || event.keyCode === 229 || event.altKey) return;
  if (event.key === "Enter") enter(event);
  else if (Object.hasOwn(ARROWS, event.key) && !event.shiftKey) {
    event.preventDefault();
    ARROWS[event.key]();
  }
};

// On a phone the dialog has the screen above the keyboard.
const fitScreen = () => {
  const seen = window.visualViewport;
  if (!seen || !dialog.open) return;
  dialog.style.setProperty("--seen", `${seen.height}px`);
  dialog.style.setProperty("--from", `${seen.offsetTop}px`);
};

const listenToInput = () => {
  field.addEventListener("input", () => askNow());
  field.addEventListener("keydown", pressed);
  // The focus stays in the field.
  list.addEventListener("mousedown", (event) => {
    if (event.button === 0) event.preventDefault();
  });
  dialog.addEventListener("mousedown", (event) => {
    if (event.target === dialog) dialog.close();
  });
  for (const type of ["resize", "scroll"]) window.visualViewport?.addEventListener(type, fitScreen);
};

// It is made while its style comes.
let made;
const ready = () => {
  made ??= data().then(make).catch((error) => {
    made = undefined;
    throw error;
  });
  return Promise.all([made, style]);
};

const quiet = () => {};
const warmEngine = () => engine().then((it) => it.warm()).catch(quiet);
// Not before the dialog is painted.
const warmLater = () => requestAnimationFrame(() => setTimeout(warmEngine));

// What was typed before the dialog was open; the focus goes back to where it was.
const takeEarly = ({ early, before }) => {
  if (document.activeElement === early) before?.focus({ preventScroll: true });
  early.remove();
  return early.value;
};

/** `waiting`: the field in which one may type meanwhile, and what had the focus; `filter`: topics and types. */
const openDialog = async (query, waiting, filter) => {
  await ready();
  const typed = (waiting && takeEarly(waiting)) || undefined;
  if (!dialog.open) dialog.showModal();
  fitScreen();
  if (filter) narrowTo(filter);
  const text = typed ?? query;
  if (text !== undefined) field.value = text;
  field.focus();
  if (typed === undefined) field.select();
  askNow();
  warmLater();
};

const warm = () => {
  ready().catch(quiet);
  warmEngine();
};

docsite.give("find", { open: openDialog, warm });
