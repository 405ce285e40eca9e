/*
 * docsite: what a page does beyond being read. Every page is complete without it.
 *
 * - The theme button: auto, light, dark. The choice stays in this browser and is `data-theme`
 *   on <html>; auto is no attribute. Words come from data attributes, also those of <body>.
 * - The heading being read, as aria-current in the contents lists; a long list shows the parts
 *   of the section being read and folds the rest.
 * - A button on each block of code that copies it: no line numbers, and of a terminal's session
 *   only the commands.
 * - A click on a diagram, Enter or Space opens it large; what does that is loaded then.
 * - The search: a button, `/`, Ctrl-K or ⌘K, and `?q=` in the address open it; it is loaded then. A
 *   page chosen there marks what was found.
 * - `?` shows the keys. The way to the catalogue leads to the view and the filter that it had last.
 * - A part with `data-need` gets its script when it comes near, and is shown when it works.
 * - `docsite.need` and `give`: how its other scripts and data come, when they are wanted; `dress`:
 *   buttons for new blocks; `shared`: what the program knows too (`src/output/shared.rs`).
 */
(() => {
  "use strict";

  const root = document.documentElement;

  /* What other files hand over */

  // Classic scripts, each of which gives one value: an opened file may run scripts, but may
  // neither fetch nor import.
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = new URL("docsite/", own.src);
  const promised = new Map(); // name → { promise, keep, refuse }

  const promise = (name) => {
    if (!promised.has(name)) {
      const made = {};
      made.promise = new Promise((keep, refuse) => Object.assign(made, { keep, refuse }));
      promised.set(name, made);
    }
    return promised.get(name);
  };

  // Loads `assets/docsite/<name>.js` once. What does not come is asked for again the next time; with
  // another version in the address it is another file.
  const need = (name, version = "") => {
    if ((promised.get(name)?.asked ?? version) !== version) promised.delete(name);
    const made = promise(name);
    if (made.asked === undefined && !made.given) {
      made.asked = version;
      const script = document.createElement("script");
      script.src = new URL(`${name}.js${version && `?${version}`}`, folder).href;
      script.onload = script.onerror = () => {
        script.remove();
        if (made.given) return;
        if (promised.get(name) === made) promised.delete(name);
        made.refuse(new Error(`${name} does not load`));
      };
      document.head.append(script);
    }
    return made.promise;
  };
  const give = (name, value) => {
    const made = promise(name);
    made.given = true;
    made.keep(value);
  };

  // As the build names a document's page: `name.rs`, and `tests/scripts/names.json` holds the two.
  const href = (name) => `${encodeURIComponent(name)}.html`;

  // The build has put `shared` there, at the head of this file.
  Object.assign(window.docsite, { need, give, href });

  /* The theme */

  const KEY = "docsite.theme";
  const THEMES = ["auto", "light", "dark"];

  // An opened file, or a browser that keeps nothing, may refuse the storage.
  const recall = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const remember = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // The choice holds for this page.
    }
  };

  let theme = THEMES[0];

  const apply = (chosen) => {
    theme = THEMES.includes(chosen) ? chosen : THEMES[0];
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };

  // Before anything is painted: the script is loaded in the head.
  apply(recall());

  const switchThemes = () => {
    const button = document.getElementById("ds.theme");
    const show = () => {
      if (!button) return;
      const { label } = button.dataset;
      const name = button.dataset[theme];
      button.querySelector("span").textContent = name;
      button.setAttribute("aria-label", `${label}: ${name}`);
      button.title = `${label}: ${name}`;
      button.hidden = false;
    };
    show();
    button?.addEventListener("click", () => {
      apply(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
      remember(theme);
      show();
    });
    // Another page of the site, open beside this one, chose.
    addEventListener("storage", (event) => {
      if (event.key !== KEY) return;
      apply(event.newValue);
      show();
    });
  };

  /* The heading being read */

  // What is in the address bar may be anything.
  const aim = (hash) => {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  };

  const followReading = () => {
    const links = new Map(); // heading → its links, in the order of the page
    for (const link of document.querySelectorAll(".toc a")) {
      const heading = aim(link.hash);
      if (heading) links.set(heading, [...(links.get(heading) ?? []), link]);
    }

    if (links.size === 0 || !("IntersectionObserver" in window)) return;

    const passed = new Set();
    let current = null;

    // At the end of the page no heading comes up any further: the one that was asked for is
    // being read, or else the last. A page that does not scroll is at its end, and its beginning.
    const reading = () => {
      const headings = [...links.keys()];
      if (scrollY + innerHeight > root.scrollHeight - 2) {
        const asked = aim(location.hash);
        if (links.has(asked) && !passed.has(asked)) return asked;
        if (scrollY > 0) return headings.pop();
      }
      return headings.filter((heading) => passed.has(heading)).pop() ?? null;
    };
    const mark = () => {
      const next = reading();
      if (next === current) return;
      for (const link of links.get(current) ?? []) link.removeAttribute("aria-current");
      for (const link of links.get(next) ?? []) link.setAttribute("aria-current", "true");
      current = next;
    };

    // All that is above a line near the top, a little below where a link to a heading stops, is
    // passed, however far up it is, so that a jump over several headings is noticed too.
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) passed.add(target);
          else passed.delete(target);
        }
        mark();
      },
      { rootMargin: "1000000px 0px -84% 0px" },
    );
    for (const heading of links.keys()) observer.observe(heading);
    for (const list of document.querySelectorAll(".toc.long")) list.classList.add("folds");
    addEventListener("scroll", mark, { passive: true });
    addEventListener("hashchange", mark);
  };

  /* Copying code */

  const textOf = (code) => {
    const copy = code.cloneNode(true);
    for (const part of copy.querySelectorAll(".ps, .o")) part.remove();
    return copy.textContent.replace(/\n+$/, "");
  };

  // An opened file has no clipboard in some browsers: there, a selection is copied.
  const select = (text) => {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "vh";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused?.focus({ preventScroll: true });
    return done;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return select(text);
    }
  };

  const addCopyButton = (figure, words, status) => {
    const code = figure.querySelector("code");
    if (!code) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    let timer;
    button.addEventListener("click", async () => {
      if (!(await copy(textOf(code)))) return;
      button.textContent = status.textContent = words.copied;
      button.classList.add("done");
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = words.copy;
        status.textContent = "";
        button.classList.remove("done");
      }, 2000);
    });
    figure.append(button);
  };

  const addCopyButtons = () => {
    const words = document.body.dataset;
    const figures = words.copy ? document.querySelectorAll("figure.code:not(:has(.copy))") : [];
    if (figures.length === 0) return;
    const status = document.createElement("p");
    status.className = "vh";
    status.setAttribute("role", "status");
    for (const figure of figures) addCopyButton(figure, words, status);
    document.body.append(status);
  };

  // The link of a heading is there to be given to somebody.
  const copyAnchors = () =>
    document.addEventListener("click", async ({ target }) => {
      const anchor = /** @type {Element} */ (target).closest("a.anchor");
      if (!anchor || !(await copy(anchor.href))) return;
      anchor.dataset.said = document.body.dataset.copied;
      setTimeout(() => delete anchor.dataset.said, 2000);
    });

  /* Diagrams */

  const enlarge = (view) => {
    const words = document.body.dataset;
    const open = () => need("diagram").then((it) => it.open(view, words), () => {});
    let at = {};
    const ask = (event) => {
      const { key = " ", target, x, y } = event;
      const drags = Math.hypot(x - at.x, y - at.y) > 4;
      if (drags || target.closest("a") || !/^( |Enter)$/.test(key)) return;
      event.preventDefault();
      open();
    };
    view.title = words.diaOpen;
    view.ariaHasPopup = "dialog";
    view.addEventListener("pointerdown", (event) => (at = event));
    for (const type of ["click", "keydown"]) view.addEventListener(type, ask);

    const bar = document.createElement("p");
    bar.className = "act";
    const button = (textContent, onclick) =>
      bar.appendChild(Object.assign(document.createElement("button"), { textContent, onclick }));
    if (view.scrollHeight > 1.5 * innerHeight) {
      view.classList.add("tall");
      const all = button(`↧ ${words.diaAll}`, () => {
        view.classList.remove("tall");
        all.remove();
        view.focus({ preventScroll: true });
      });
    }
    button(`⤢ ${words.diaOpen}`, open).ariaHasPopup = "dialog";
    view.parentNode.append(bar);
  };

  /* The search */

  const search = (act) =>
    Promise.all([need("find"), need("data/find")]).then(([find]) => act(find), () => {});
  const openKeys = () => need("keys").then((it) => it.open(), () => {});
  const openSearch = (query) => search((find) => find.open(query));

  const offerSearch = () => {
    const button = document.getElementById("ds.find");
    if (button) {
      button.hidden = false;
      const isMac = /^(Mac|iP)/.test(navigator.platform);
      button.querySelector("kbd").textContent = isMac ? "⌘K" : "Ctrl K";
      button.addEventListener("click", () => openSearch());
      const warm = () => search((find) => find.warm());
      for (const type of ["pointerenter", "focus"]) {
        button.addEventListener(type, warm, { once: true });
      }
    }
    addEventListener("keydown", (event) => {
      const { key, code, target, ctrlKey, metaKey, altKey, shiftKey } = event;
      // With a Korean layout, K is ㅏ.
      const isK = (code === "KeyK" || /^k$/i.test(key)) && ctrlKey !== metaKey && !shiftKey;
      const isPlain = !ctrlKey && !metaKey;
      const isHelp = isPlain && key === "?";
      const isAsked = isK || isHelp || (isPlain && key === "/");
      if (!isAsked || altKey || event.isComposing || event.defaultPrevented) return;
      const element = /** @type {any} */ (target);
      if (element.isContentEditable || element.closest?.("input, textarea, select")) return;
      event.preventDefault();
      if (isHelp) openKeys();
      else openSearch();
    });
    const help = document.getElementById("ds.help");
    if (help) Object.assign(help, { hidden: false, onclick: openKeys });
    const query = new URLSearchParams(location.search).get("q");
    if (query !== null) openSearch(query);
    try {
      if (sessionStorage.getItem("docsite.found")) need("found").then((it) => it.arrive(), () => {});
    } catch {
      // The page opens without marks.
    }
  };

  /* The way back, and parts that come when they are near */

  // The catalogue's view and filter, as `catalogue.js` left them in this tab.
  const leadBack = () => {
    if (root.dataset.view) return;
    const home = new URL("../../", folder);
    let view = "";
    try {
      view = sessionStorage.getItem(`docsite.view ${home.pathname}`) ?? "";
    } catch {
      // It leads to the first view.
    }
    for (const link of document.querySelectorAll(".top a, .foot a:first-child")) {
      if (new URL(link.href).pathname.endsWith("/index.html")) link.hash = view;
    }
  };

  const bringParts = () => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (!isIntersecting) continue;
          observer.unobserve(target);
          const part = /** @type {HTMLElement} */ (target.querySelector("[data-need]"));
          need(part.dataset.need).then(() => (part.hidden = false), () => part.remove());
        }
      },
      { rootMargin: "300px" },
    );
    for (const part of document.querySelectorAll("[data-need]")) observer.observe(part.parentElement);
  };

  const dress = () => {
    addCopyButtons();
    const views = document.querySelectorAll(".dia .view:not([title])");
    if (document.body.dataset.diaOpen) views.forEach(enlarge);
  };
  window.docsite.dress = dress;

  document.addEventListener("DOMContentLoaded", () => {
    switchThemes();
    offerSearch();
    followReading();
    bringParts();
    copyAnchors();
    dress();
  });
  addEventListener("pageshow", leadBack);
})();
