/*
 * docsite: what a page does beyond being read. Every page is complete without it.
 *
 * - The theme button: auto, light, dark. The choice stays in this browser and is `data-theme`
 *   on <html>; auto is no attribute. Words come from data attributes, also those of <body>.
 * - The search: a button, `/`, Ctrl-K or ⌘K, and `?q=` in the address open it; it is loaded then. A
 *   page chosen there marks what was found.
 * - `?` shows the keys. The way to the catalogue leads to the view and the filter that it had last.
 * - A part with `data-need` gets its script when it comes near, and is shown when it works.
 * - `docsite.need` and `give`: how its other scripts and data come, when they are wanted; `dress`:
 *   what a page with text does (`text.js`), for new blocks too; `shared`: what the program knows too
 *   (`src/output/shared.rs`).
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

  /* The list of keys */

  const openKeys = () => need("keys").then((it) => it.open(), () => {});
  const offerKeys = () => {
    const help = document.getElementById("ds.help");
    if (help) Object.assign(help, { hidden: false, onclick: openKeys });
  };

  /* The search */

  const search = (act) =>
    Promise.all([need("find"), need("data/find")]).then(([find]) => act(find), () => {});
  // Until then one types elsewhere.
  const openSearch = (query) => {
    const before = document.activeElement;
    const early = document.body.appendChild(document.createElement("input"));
    early.className = "vh";
    early.focus({ preventScroll: true });
    search((find) => find.open(query, { early, before })).finally(() => early.remove());
  };

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
      (isHelp ? openKeys : openSearch)();
    });
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

  const TEXT = ".toc, .anchor, figure.code, .dia .view, .scroll-x";
  window.docsite.dress = () => {
    if (document.querySelector(TEXT)) need("text").then((it) => it.dress(), () => {});
  };

  const begin = () => {
    switchThemes();
    offerKeys();
    offerSearch();
    bringParts();
    window.docsite.dress();
  };
  // The page of the lost may load it late.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
  addEventListener("pageshow", leadBack);
})();
