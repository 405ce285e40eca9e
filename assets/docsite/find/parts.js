/* The dialog's parts, made once */

let texts;
let labels; // { topics, types }: prefix → label
const topics = new Set(); // those chosen
const types = new Set();
let dialog;
let field;
let notes;
let list;
let state; // how many there are, below the list
let spoken;

const SVG = "http://www.w3.org/2000/svg";
const glass = () => {
  const svg = attributes(document.createElementNS(SVG, "svg"), {
    viewBox: "0 0 16 16",
    "aria-hidden": "true",
  });
  const circle = document.createElementNS(SVG, "circle");
  const path = document.createElementNS(SVG, "path");
  svg.append(attributes(circle, { cx: 7, cy: 7, r: 4.5 }));
  svg.append(attributes(path, { d: "m10.5 10.5 3.5 3.5" }));
  return svg;
};

const makeField = () => {
  const bar = tag("div", "q");
  field = attributes(tag("input"), {
    // Not of the type search, where Esc only empties it.
    type: "text",
    role: "combobox",
    "aria-label": texts.field,
    "aria-autocomplete": "list",
    "aria-controls": "ds.found",
    "aria-expanded": "false",
    placeholder: texts.hint,
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    inputmode: "search",
    enterkeyhint: "go",
  });
  const close = attributes(tag("button", "x"), { type: "button", "aria-label": texts.close });
  close.addEventListener("click", () => dialog.close());
  bar.append(glass(), field, close);
  return bar;
};

const chips = []; // what shows the state of each
const makeChip = (chosen, label, isTopic) => {
  const chip = tag("button", isTopic ? `tt ${label.class}` : "", isTopic ? "" : label.name);
  if (isTopic) chip.append(tag("b", "", label.prefix));
  attributes(chip, { type: "button", "aria-pressed": "false", title: isTopic ? label.name : label.prefix });
  const show = () => chip.setAttribute("aria-pressed", chosen.has(label.prefix));
  chip.addEventListener("click", () => {
    if (!chosen.delete(label.prefix)) chosen.add(label.prefix);
    show();
    askNow();
  });
  chips.push(show);
  return chip;
};
const narrowTo = (filter) => {
  for (const [chosen, wanted] of [
    [topics, filter.topics],
    [types, filter.types],
  ]) {
    chosen.clear();
    for (const prefix of wanted) chosen.add(prefix);
  }
  for (const show of chips) show();
};
const unfilter = () => {
  narrowTo({ topics: [], types: [] });
  askNow();
};
const makeChips = (given) => {
  const bar = tag("div", "by");
  for (const [chosen, all, name] of [
    [topics, given.topics, texts.topic],
    [types, given.types, texts.type],
  ]) {
    if (all.length < 2) continue;
    const group = attributes(tag("div"), { role: "group", "aria-label": name });
    group.append(...all.map((label) => makeChip(chosen, label, chosen === topics)));
    bar.append(group);
  }
  bar.hidden = bar.childElementCount === 0;
  return bar;
};

const makeKeys = () => {
  const bar = tag("p", "keys");
  for (const [keys, name] of [
    ["↑ ↓", texts.move],
    ["↵", texts.open],
    [/^(Mac|iP)/.test(navigator.platform) ? "⌘ ↵" : "Ctrl ↵", texts.tab],
  ]) {
    const part = attributes(tag("span"), { "aria-hidden": "true" });
    for (const key of keys.split(" ")) part.append(tag("kbd", "", key), " ");
    part.append(name);
    bar.append(part);
  }
  state = tag("span", "n");
  bar.append(state);
  return bar;
};

const make = (given) => {
  texts = given.words;
  const byPrefix = (all) => new Map(all.map((label) => [label.prefix, label]));
  labels = { topics: byPrefix(given.topics), types: byPrefix(given.types) };
  dialog = attributes(tag("dialog", "search"), { "aria-label": texts.label });
  const top = makeField();
  notes = tag("div", "say");
  list = attributes(tag("div", "res"), {
    id: "ds.found",
    role: "listbox",
    "aria-label": texts.results,
    tabindex: "-1",
  });
  spoken = attributes(tag("p", "vh"), { role: "status" });
  dialog.append(top, makeChips(given), notes, list, makeKeys(), spoken);
  document.body.append(dialog);
  listenToInput();
};
