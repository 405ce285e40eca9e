/*
 * docsite: a document's page and what is remembered of it (`memory.js`). It notes that it was opened, which
 * heading is being read, and that its end was on the screen. A page that changed since it was read says so,
 * and where.
 */
(() => {
  "use strict";

  const DIGITS = docsite.shared.versionDigits; // of a version, as the catalogue has them

  let memory;

  // Everything above this line of the window has been passed.
  const LINE = 0.3;
  const GLANCE = 4000; // milliseconds

  const headingsAbove = (article) => {
    const line = innerHeight * LINE;
    const headings = article.querySelectorAll("h2[id], h3[id]");
    return [...headings].filter((heading) => heading.getBoundingClientRect().top < line);
  };
  const nameOf = (heading) => {
    const copy = heading.cloneNode(true);
    copy.querySelector(".anchor")?.remove();
    return copy.textContent.trim().slice(0, 200);
  };

  // Of what is under each heading of the contents, and before the first. Taken before other scripts
  // put anything into the page.
  const partsOf = (article) => {
    const parts = {};
    let [id, words] = ["", ""];
    let hash = 0x811c9dc5;
    const end = () => (parts[id] = [(hash >>> 0).toString(16), words]);
    const walk = document.createTreeWalker(article, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node instanceof Text) {
        const text = node.data.replace(/\s+/g, " ");
        for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      } else if (/** @type {Element} */ (node).matches("h2[id], h3[id]")) {
        end();
        ({ id } = /** @type {Element} */ (node));
        words = nameOf(node);
        hash = 0x811c9dc5;
      }
    }
    end();
    return parts;
  };

  const isSame = (before, now, id) => before[id]?.[0] === now[id]?.[0];

  // What is new or different since it was read, on top and in the contents.
  const showChanges = (article, before, now) => {
    const box = document.getElementById("ds.since");
    if (!box) return;
    box.hidden = false;
    const words = box.dataset;
    const list = box.querySelector("ul");
    const add = (name, word) => {
      const item = document.createElement("li");
      item.append(name, ` ${word}`);
      list.append(item);
    };
    const gone = before ? Object.keys(before).filter((id) => !Object.hasOwn(now, id)) : [];
    if (before && !isSame(before, now, "")) add(words.intro, words.edited);
    for (const heading of before ? article.querySelectorAll("h2[id], h3[id]") : []) {
      const { id } = heading;
      if (isSame(before, now, id)) continue;
      const word = Object.hasOwn(before, id) ? words.edited : words.new;
      const link = document.createElement("a");
      link.href = `#${encodeURIComponent(id)}`;
      link.textContent = nameOf(heading);
      add(link, word);
      for (const entry of document.querySelectorAll(`.toc a[href="#${CSS.escape(id)}"]`)) {
        const note = document.createElement("small");
        note.textContent = word;
        entry.append(" ", note);
      }
    }
    for (const id of gone) add(before[id][1] || id.replaceAll("-", " "), words.gone);
    list.hidden = list.childElementCount === 0;
  };

  // A document can be known already, or be worth another time.
  const offerMark = (name, isRead, mark) => {
    const button = document.getElementById("ds.did");
    if (!button) return;
    button.hidden = false;
    const { mark: todo, read, unmark } = button.dataset;
    const show = () => {
      button.textContent = isRead() ? read : todo;
      button.title = isRead() ? unmark : "";
    };
    memory.listen(show);
    show();
    button.addEventListener("click", () => {
      if (isRead()) memory.note(name, { read: undefined, held: memory.get(name).read });
      else mark();
    });
  };

  const remember = (article, made, parts) => {
    const name = article.dataset.doc;
    const version = made.dataset.source.slice(0, DIGITS);
    const { read, parts: before } = memory.get(name) ?? {};
    const mark = () => memory.note(name, { seen: version, read: version, parts, held: undefined });
    // What it shows below its title is the same: blanks, or what is not shown there.
    const all = Object.keys({ ...before, ...parts });
    if (read && read !== version && before && all.every((id) => isSame(before, parts, id))) mark();
    else if (read && read !== version) showChanges(article, before, parts);
    offerMark(name, () => memory.get(name)?.read === version, mark);
    memory.note(name, { seen: version });

    let timer;
    const noteHeading = () => {
      const heading = headingsAbove(article).pop();
      memory.note(name, { seen: version, at: heading && [heading.id, nameOf(heading)] });
    };
    addEventListener(
      "scroll",
      () => {
        clearTimeout(timer);
        timer = setTimeout(noteHeading, 400);
      },
      { passive: true },
    );

    // The end of the text was on the screen: it was read, even if more comes after it.
    const end = document.createElement("i");
    end.className = "end";
    article.append(end);
    // Where nobody had to scroll for it, it takes as long as a glance at the page does.
    let wait;
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(wait);
      if (!entries.at(-1)?.isIntersecting || memory.get(name)?.held === version) return;
      wait = setTimeout(() => {
        observer.disconnect();
        mark();
      }, scrollY > 0 ? 0 : GLANCE);
    });
    observer.observe(end);
  };

  // The path beside the page has its stations too.
  const markPath = () => {
    for (const link of document.querySelectorAll(".side .line li:not(.here) a")) {
      const name = decodeURIComponent(link.getAttribute("href").replace(/\.html$/, ""));
      link.closest("li").classList.toggle("read", Boolean(memory.get(name)?.read));
    }
  };

  const begin = async (article) => {
    const made = document.querySelector('meta[name="generator"][data-source]');
    const parts = partsOf(article);
    memory = await docsite.need("memory");
    if (made) remember(article, made, parts);
    memory.listen(markPath);
    markPath();
  };

  const article = document.querySelector("article[data-doc]");
  if (article) begin(article);
})();
