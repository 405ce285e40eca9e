/*
 * docsite: what a page with text does beyond being read. `docsite.js` loads it where there is any.
 *
 * - The heading being read, as aria-current in the contents lists; a long list shows the parts
 *   of the section being read and folds the rest.
 * - A button on each block of code that copies it: no line numbers, and of a terminal's session
 *   only the commands. A click on a heading's link copies it.
 * - A click on a diagram, Enter or Space opens it large; what does that is loaded then
 *   (`diagram.js`).
 */
(() => {
  "use strict";

  const root = document.documentElement;

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
    if (!figure.querySelector("code")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    let timer;
    button.addEventListener("click", async () => {
      if (!(await copy(textOf(figure.querySelector("code"))))) return;
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
    const open = () => docsite.need("diagram").then((it) => it.open(view, words), () => {});
    let at = {};
    const ask = (event) => {
      const { key = " ", target, x, y } = event;
      const drags = Math.hypot(x - at.x, y - at.y) > 4;
      if (drags || target.closest("a") || !/^( |Enter)$/.test(key)) return;
      event.preventDefault();
      open();
    };
    const diagram = view.closest(".dia");
    view.role ??= "group";
    view.title = words.diaOpen;
    view.ariaHasPopup = "dialog";
    view.addEventListener("pointerdown", (event) => (at = event));
    for (const type of ["click", "keydown"]) view.addEventListener(type, ask);

    const bar = document.createElement("p");
    bar.className = "act";
    const button = (textContent, onclick) =>
      bar.appendChild(Object.assign(document.createElement("button"), { textContent, onclick }));
    if (diagram && view.scrollHeight > 1.5 * innerHeight) {
      view.classList.add("tall");
      const all = button(`↧ ${words.diaAll}`, () => {
        view.classList.remove("tall");
        all.remove();
        view.focus({ preventScroll: true });
      });
    }
    button(`⤢ ${words.diaOpen}`, open).ariaHasPopup = "dialog";
    if (diagram) diagram.append(bar);
    else view.after(bar);
  };

  const dress = () => {
    addCopyButtons();
    const views = document.querySelectorAll(":is(.dia .view, .scroll-x:has(> svg)):not([title], a *)");
    if (document.body.dataset.diaOpen) views.forEach(enlarge);
  };

  followReading();
  copyAnchors();
  docsite.give("text", { dress });
})();
