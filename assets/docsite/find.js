/*
 * docsite: the dialog of the search. Loaded when it is first wanted: by the button, a key, an
 * address with `?q=`, or the catalogue's filter.
 *
 * A combobox: the focus stays in the field, and the arrows move the choice in the list below it,
 * in which the sections that were found are grouped by document. What a chosen page has to mark is
 * left for `found.js` in the session.
 *
 * Not here: what a query finds (`search.js`), words and names (`data/find.js`). Titles, excerpts and
 * queries are text: none of them becomes markup.
 */
(() => {
  "use strict";

  const STEP = 10; // documents that are shown at first, and more each time
  const SLOW = 400; // ms without an answer after which the dialog says that it is searching
  const PAUSE = 350; // ms without a change after which what is shown is spoken
  const KEPT = 8; // recent searches
  const LONGEST = 200; // characters of one that is kept
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

  const element = (tag, className = "", text = "") => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.textContent = text;
    return /** @type {any} */ (made);
  };
  const attributes = (made, values) => {
    for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
    return made;
  };
  const count = (n, one, many) => (n === 1 ? one : many.replace("{n}", n));

  /* Recent searches. An opened file, or a browser that keeps nothing, may refuse the storage. */

  const recent = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
    } catch {
      return [];
    }
  };
  const keep = (queries) => {
    try {
      if (queries.length > 0) localStorage.setItem(KEY, JSON.stringify(queries));
      else localStorage.removeItem(KEY);
    } catch {
      // They are forgotten with the page.
    }
  };
  const remember = (query) => {
    const text = query.trim().slice(0, LONGEST);
    if (text) keep([text, ...recent().filter((each) => each !== text)].slice(0, KEPT));
  };

  /* The dialog's parts, made once */

  let words;
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
    const bar = element("div", "q");
    field = attributes(element("input"), {
      // Not of the type search, where Esc only empties it.
      type: "text",
      role: "combobox",
      "aria-label": words.field,
      "aria-autocomplete": "list",
      "aria-controls": "ds.found",
      "aria-expanded": "false",
      placeholder: words.hint,
      autocomplete: "off",
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
      inputmode: "search",
      enterkeyhint: "go",
    });
    const close = attributes(element("button", "x"), { type: "button", "aria-label": words.close });
    close.append(element("kbd", "", "esc"), element("span", "", "✕"));
    close.addEventListener("click", () => dialog.close());
    bar.append(glass(), field, close);
    return bar;
  };

  const chips = []; // what shows the state of each
  const makeChip = (chosen, label, isTopic) => {
    const chip = element("button", isTopic ? `tt ${label.class}` : "", isTopic ? "" : label.prefix);
    if (isTopic) chip.append(element("b", "", label.prefix));
    attributes(chip, { type: "button", "aria-pressed": "false", title: label.name });
    const show = () => chip.setAttribute("aria-pressed", chosen.has(label.prefix));
    chip.addEventListener("click", () => {
      if (!chosen.delete(label.prefix)) chosen.add(label.prefix);
      show();
      ask();
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
  const makeChips = (given) => {
    const bar = element("div", "by");
    for (const [chosen, all, name] of [
      [topics, given.topics, words.topic],
      [types, given.types, words.type],
    ]) {
      if (all.length < 2) continue;
      const group = attributes(element("div"), { role: "group", "aria-label": name });
      group.append(...all.map((label) => makeChip(chosen, label, chosen === topics)));
      bar.append(group);
    }
    bar.hidden = bar.childElementCount === 0;
    return bar;
  };

  const makeKeys = () => {
    const bar = element("p", "keys");
    for (const [keys, name] of [
      ["↑ ↓", words.move],
      ["↵", words.open],
      [/^(Mac|iP)/.test(navigator.platform) ? "⌘ ↵" : "Ctrl ↵", words.tab],
    ]) {
      const part = attributes(element("span"), { "aria-hidden": "true" });
      for (const key of keys.split(" ")) part.append(element("kbd", "", key), " ");
      part.append(name);
      bar.append(part);
    }
    state = element("span", "n");
    bar.append(state);
    return bar;
  };

  const make = (given) => {
    words = given.words;
    const byPrefix = (all) => new Map(all.map((label) => [label.prefix, label]));
    labels = { topics: byPrefix(given.topics), types: byPrefix(given.types) };
    dialog = attributes(element("dialog", "search"), { "aria-label": words.label });
    const top = makeField();
    notes = element("div", "say");
    list = attributes(element("div", "res"), {
      id: "ds.found",
      role: "listbox",
      "aria-label": words.results,
      tabindex: "-1",
    });
    spoken = attributes(element("p", "vh"), { role: "status" });
    dialog.append(top, makeChips(given), notes, list, makeKeys(), spoken);
    document.body.append(dialog);
    listen();
  };

  /* The choice in the list */

  let chosen = null;
  const options = () => [...list.querySelectorAll("[role=option]")];

  const choose = (option) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option ?? null;
    if (chosen) {
      chosen.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", chosen.id);
      const isFirst = chosen === options()[0];
      if (isFirst) list.scrollTop = 0;
      else chosen.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const move = (by) => {
    const all = options();
    if (all.length === 0) return;
    const at = all.indexOf(chosen);
    choose(all[at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length]);
  };

  // What is in the list now; the first of it is what Enter opens.
  const fill = (groups, first = 0) => {
    list.replaceChildren(...groups);
    const all = options();
    all.forEach((option, at) => attributes(option, { id: `ds.found-${at}`, "aria-selected": "false" }));
    field.setAttribute("aria-expanded", all.length > 0);
    chosen = null;
    choose(first < 0 ? null : all[first]);
  };

  /* A document that was found */

  const marked = (text, marks) => {
    const parts = [];
    let end = 0;
    for (const [from, to] of marks) {
      parts.push(text.slice(end, from), element("mark", "", text.slice(from, to)));
      end = to;
    }
    return [...parts, text.slice(end)];
  };

  // Relative to the site's root, whatever a title or a name has in it.
  const address = (href) => new URL(`./${href}`, root).href;

  // What the page marks: the words as the document writes them, and as they were read.
  const wordsOf = (link) => {
    const { hit, answer } = results.get(link);
    const found = hit.passages.flatMap(({ excerpt, marks }) =>
      marks.map(([from, to]) => excerpt.slice(from, to)),
    );
    const lacking = new Set(hit.lacking);
    const typed = answer.query.split(/\s+/).filter((word) => !lacking.has(word));
    const read = answer.readings.flatMap(({ typed: word, meant }) =>
      lacking.has(word) ? [] : [meant],
    );
    return [...new Set([...found, ...typed, ...read])].filter(Boolean).slice(0, 40);
  };

  const results = new WeakMap(); // link → what it is a result of
  const makeLink = (className, hit, href, answer) => {
    const link = element("a", className);
    link.href = address(href);
    link.addEventListener("click", (event) => leave(event, link));
    results.set(link, { hit, answer });
    return link;
  };
  const makeOption = (hit, href, answer) =>
    attributes(makeLink("hit", hit, href, answer), { role: "option", tabindex: "-1" });
  const makePassage = (hit, passage, answer) => {
    const link = makeOption(hit, passage.href, answer);
    link.append(element("b", "", passage.heading || words.start));
    link.append(...marked(passage.excerpt, passage.marks));
    return link;
  };

  const makeHit = (hit, answer) => {
    const lacking = hit.lacking.length > 0 ? `${words.lacking}: ${hit.lacking.join(", ")}` : "";
    const deprecated = hit.deprecated ? docsite.shared.words.deprecated : "";
    const name = [hit.title, deprecated, lacking].filter(Boolean).join(", ");
    const group = attributes(element("div", "of"), { role: "group", "aria-label": name });
    const topic = labels.topics.get(hit.topic);
    const type = labels.types.get(hit.type);
    // Its name is the group's.
    const head = attributes(element("p", "t"), { "aria-hidden": "true" });
    head.append(attributes(makeLink("", hit, hit.href, answer), { tabindex: "-1" }));
    head.firstChild.textContent = hit.title;
    if (deprecated) head.append(element("span", "dep", deprecated));
    const mark = element("span", `tt ${topic?.class ?? ""}`, type?.prefix ?? words.attachment);
    if (hit.topic) mark.prepend(element("b", "", hit.topic));
    head.append(mark);
    group.append(head);
    if (lacking) group.append(attributes(element("p", "lack", lacking), { "aria-hidden": "true" }));
    if (hit.passages.length === 0) {
      const link = makeOption(hit, hit.href, answer);
      link.append(element("b", "", hit.path));
      group.append(link);
    }
    group.append(...hit.passages.map((passage) => makePassage(hit, passage, answer)));
    return group;
  };

  /* What is shown: answers, and what is instead of them */

  // Once the reader pauses: nobody can listen to a sentence a key.
  let saying;
  const say = (text) => {
    clearTimeout(saying);
    saying = setTimeout(() => (spoken.textContent = text), PAUSE);
  };
  const note = (className, ...parts) => {
    const line = element("p", className);
    line.append(...parts);
    return line;
  };
  const button = (text, act) => {
    const made = attributes(element("button", "", text), { type: "button" });
    made.addEventListener("click", () => {
      act();
      field.focus();
    });
    return made;
  };
  const search = (query) => {
    field.value = query;
    ask();
  };

  const readings = ({ readings }) => {
    const parts = readings.map(({ typed, meant }) => {
      const part = element("span", "read");
      part.append(typed, " → ", element("b", "", meant));
      return part;
    });
    return parts.length > 0 ? [note("", `${words.readings}: `, ...parts)] : [];
  };
  const explain = (answer) => {
    const { hits, dropped, missing, query, suggestions = [] } = answer;
    const lines = readings(answer);
    if (hits.length === 0) lines.push(note("none", `${words.none}: `, element("b", "", query)));
    else if (dropped.length > 0) lines.push(note("", `${words.dropped}: ${dropped.join(", ")}`));
    if (hits.length === 0 && suggestions.length > 0) {
      const buttons = suggestions.map((each) => button(each, () => search(each)));
      lines.push(note("", `${words.suggested}: `, ...buttons));
    }
    if (missing.length > 0) lines.push(note("warn", words.missing));
    return lines;
  };

  let limit = STEP;

  const show = (answer, first = 0) => {
    const { hits, total } = answer;
    notes.replaceChildren(...explain(answer));
    const groups = hits.map((hit) => makeHit(hit, answer));
    if (hits.length > 0 && hits.length < total && hits.length === limit) {
      const more = attributes(element("div", "hit more", words.more), { role: "option" });
      more.addEventListener("click", () => {
        const at = options().length - 1;
        limit += STEP;
        ask({ first: at });
      });
      groups.push(more);
    }
    fill(groups, first);
    const found = hits.length === 0 ? words.none : count(total, words.one, words.many);
    const part = hits.length < total ? ` · ${words.shown.replace("{n}", hits.length)}` : "";
    state.textContent = hits.length === 0 ? "" : found + part;
    // What is above the list is spoken too.
    say([found, ...[...notes.children].map((line) => line.textContent)].join(". "));
  };

  // Nothing is typed: what was typed before.
  const showRecent = () => {
    const queries = recent();
    state.textContent = "";
    say("");
    notes.replaceChildren();
    if (queries.length > 0) {
      const clear = button(words.clear, () => {
        keep([]);
        showRecent();
      });
      notes.append(note("lbl", words.recent, " ", clear));
    }
    const made = queries.map((query) => {
      const option = attributes(element("div", "hit", query), { role: "option" });
      option.addEventListener("click", () => search(query));
      return option;
    });
    fill(made, -1);
  };

  const fail = () => {
    fill([]);
    state.textContent = "";
    notes.replaceChildren(note("warn", words.failed, " ", button(words.retry, ask)));
    say(words.failed);
  };

  /* Asking */

  const filters = () => ({ limit, topics: [...topics], types: [...types] });
  let asked = 0; // the newest question's number
  let running = false;
  let first = 0;
  let slow;

  // One question at a time: while one is answered, only the newest of those typed meanwhile waits.
  const run = async () => {
    running = true;
    let number;
    do {
      number = asked;
      try {
        const answer = await (await engine()).answer(field.value, filters());
        if (number === asked) show(answer, first);
      } catch {
        if (number === asked) fail();
      }
    } while (number !== asked && field.value.trim() !== "");
    clearTimeout(slow);
    running = false;
  };
  const ask = ({ first: at = 0 } = {}) => {
    asked += 1;
    first = at;
    if (at === 0) limit = STEP;
    clearTimeout(slow);
    if (field.value.trim() === "") return showRecent();
    slow = setTimeout(() => {
      state.textContent = words.loading;
      say(words.loading);
    }, SLOW);
    if (!running) run();
  };

  /* Going there */

  const pageOf = (href) => href.replace(/#.*/s, "");
  const pass = (link) => {
    try {
      const found = { page: pageOf(link.href), words: wordsOf(link) };
      sessionStorage.setItem(FOUND, JSON.stringify(found));
    } catch {
      // The page opens without marks.
    }
  };

  const leave = (event, link) => {
    remember(field.value);
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
    dialog.close();
    if (pageOf(link.href) !== pageOf(location.href)) return pass(link);
    // The same page: the browser goes to the heading after this, and the focus with it.
    docsite.need("found").then((it) => it.show(wordsOf(link)), () => {});
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

  /* Input */

  const KEYS = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };
  const press = (event) => {
    // Enter and the arrows are the input method's while it composes.
    if (event.isComposing || event.keyCode === 229 || event.altKey) return;
    if (event.key === "Enter") enter(event);
    else if (Object.hasOwn(KEYS, event.key) && !event.shiftKey) {
      event.preventDefault();
      KEYS[event.key]();
    }
  };

  // On a phone the dialog has the screen above the keyboard.
  const fit = () => {
    const seen = window.visualViewport;
    if (!seen || !dialog.open) return;
    dialog.style.setProperty("--seen", `${seen.height}px`);
    dialog.style.setProperty("--from", `${seen.offsetTop}px`);
  };

  const listen = () => {
    field.addEventListener("input", () => ask());
    field.addEventListener("keydown", press);
    // The focus stays in the field.
    list.addEventListener("mousedown", (event) => {
      if (event.button === 0) event.preventDefault();
    });
    dialog.addEventListener("mousedown", (event) => {
      if (event.target === dialog) dialog.close();
    });
    for (const type of ["resize", "scroll"]) window.visualViewport?.addEventListener(type, fit);
  };

  let made;
  const ready = () => {
    made ??= Promise.all([data(), style]).then(
      ([given]) => make(given),
      (error) => {
        made = undefined;
        throw error;
      },
    );
    return made;
  };

  /** `filter`: topics and types to begin with. */
  const open = async (query, filter) => {
    await ready();
    if (!dialog.open) dialog.showModal();
    fit();
    if (filter) narrowTo(filter);
    if (query !== undefined) field.value = query;
    field.focus();
    field.select();
    ask();
  };

  const warm = () => {
    const quiet = () => {};
    ready().catch(quiet);
    engine().then((it) => it.warm()).catch(quiet);
  };

  docsite.give("find", { open, warm });
})();
