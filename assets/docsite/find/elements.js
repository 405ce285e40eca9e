/* The dialog: its sizes and times, where it loads from, and tools for its elements. */

const STEP = 10; // documents that are shown at first, and more each time
const SLOW = 400; // ms without an answer after which the dialog says that it is searching
const PAUSE = 350; // ms without a change after which what is shown is spoken
const KEPT = 8; // recent searches
const LONGEST_KEPT = 200; // characters of one that is kept
const LONGEST_SAID = 60; // characters of a word or a query that is said
const KEY = "docsite.searches";
const FOUND = "docsite.found";

const own = /** @type {HTMLScriptElement} */ (document.currentScript);
const root = new URL("../../", own.src);

const style = new Promise((done) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("find.css", own.src).href;
  for (const type of ["load", "error"]) link.addEventListener(type, done);
  document.head.append(link);
});

const data = () => docsite.need("data/find");
const engine = () => docsite.need("search");

const tag = (name, className = "", text = "") => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return /** @type {any} */ (made);
};
const attributes = (made, values) => {
  for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
  return made;
};
// The beginning of a long text.
const beginning = (text) => {
  const chars = [...text.slice(0, 2 * LONGEST_SAID + 2)];
  return chars.length > LONGEST_SAID ? `${chars.slice(0, LONGEST_SAID).join("")}…` : text;
};
const count = (n, one, many) => (n === 1 ? one : many.replace("{n}", n));
