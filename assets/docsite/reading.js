/*
 * docsite: what was read, and how far. A document's page remembers that it was opened, which
 * heading was being read, and that its end was on the screen; the catalogue shows it (`flow.js`). A
 * page that changed since it was read says so, and where.
 *
 * Everything stays in this browser, in `localStorage`, one record a site: the folder of its pages
 * keeps sites of one host apart. A document is remembered with its version (the first digits of its
 * hash), so that one that changed since is known. Not here: any sending, and the catalogue.
 */
(() => {
  "use strict";

  const DIGITS = docsite.shared.versionDigits; // of a version, as the catalogue has them
  const FORMAT = "docsite-reading";
  const key = `docsite.reading ${new URL(".", location.href).pathname}`;
  const listeners = new Set();

  const MOST_PARTS = 500;

  // name → { read: version that was read to its end, seen: version that was opened last,
  // at: id and text of the heading that was being read, when: milliseconds,
  // parts: heading → hash of what was under it when it was read,
  // held: version that somebody marked as unread }
  const cleanParts = (parts) => {
    const isOne = ([id, hash]) => id !== "__proto__" && typeof hash === "string" && hash.length < 9;
    const all = parts && typeof parts === "object" ? Object.entries(parts).filter(isOne) : [];
    return all.length > 0 ? Object.fromEntries(all.slice(0, MOST_PARTS)) : undefined;
  };
  const clean = (documents) => {
    const kept = {};
    for (const [name, entry] of Object.entries(documents ?? {})) {
      if (!entry || typeof entry !== "object" || name === "__proto__") continue;
      const text = (value) => (typeof value === "string" ? value.slice(0, 200) : undefined);
      const at = Array.isArray(entry.at) ? entry.at.slice(0, 2).map(text) : undefined;
      kept[name] = {
        read: text(entry.read),
        seen: text(entry.seen),
        held: text(entry.held),
        at: at?.every((part) => part !== undefined) ? at : undefined,
        when: Number.isFinite(entry.when) ? entry.when : 0,
        parts: cleanParts(entry.parts),
      };
    }
    return kept;
  };
  const parse = (text) => {
    try {
      return clean(JSON.parse(text)?.documents);
    } catch {
      return {};
    }
  };

  // An opened file, or a browser that keeps nothing, may refuse the storage: then a page
  // remembers for as long as it is open.
  let documents = {};
  const load = () => {
    try {
      documents = parse(localStorage.getItem(key) ?? "{}");
    } catch {
      // What is in memory stays.
    }
  };
  const store = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ documents }));
    } catch {
      // As above.
    }
    for (const listener of listeners) listener();
  };
  // Another page may have stored since.
  const change = (alter) => {
    load();
    alter();
    store();
  };

  load();
  addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return;
    load();
    for (const listener of listeners) listener();
  });

  const reading = {
    get: (name) => documents[name],
    count: () => Object.values(documents).filter((entry) => entry.read).length,
    listen: (listener) => listeners.add(listener),
    /** What another page stored while this one slept. */
    refresh() {
      load();
      for (const listener of listeners) listener();
    },
    /** Alters what is known of a document. */
    note(name, entry) {
      change(() => {
        documents[name] = { ...documents[name], ...entry, when: Date.now() };
      });
    },
    forget(name) {
      change(() => delete documents[name]);
    },
    /** Forgets everything; what comes back puts it back. */
    reset() {
      load();
      const before = documents;
      documents = {};
      store();
      return () => {
        documents = before;
        store();
      };
    },
    /** As a file takes it to another browser. */
    text: () => `${JSON.stringify({ format: FORMAT, version: 1, documents }, null, 2)}\n`,
    /** Takes such a file over: of each document the newer note. How many there were, or null. */
    take(text) {
      let file;
      try {
        file = JSON.parse(text);
      } catch {
        return null;
      }
      if (file?.format !== FORMAT || file.version !== 1) return null;
      const taken = clean(file.documents);
      change(() => {
        for (const [name, entry] of Object.entries(taken)) {
          if (!(documents[name]?.when > entry.when)) documents[name] = entry;
        }
      });
      return Object.keys(taken).length;
    },
  };

  /* A document's page */

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
    let id = "";
    let hash = 0x811c9dc5;
    const end = () => (parts[id] = (hash >>> 0).toString(16));
    const walk = document.createTreeWalker(article, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node instanceof Text) {
        const text = node.data.replace(/\s+/g, " ");
        for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      } else if (/** @type {Element} */ (node).matches("h2[id], h3[id]")) {
        end();
        ({ id } = /** @type {Element} */ (node));
        hash = 0x811c9dc5;
      }
    }
    end();
    return parts;
  };

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
    const gone = before ? Object.keys(before).filter((id) => !(id in now)) : [];
    if (before && before[""] !== now[""]) add(words.intro, words.edited);
    for (const heading of before ? article.querySelectorAll("h2[id], h3[id]") : []) {
      const { id } = heading;
      if (before[id] === now[id]) continue;
      const word = id in before ? words.edited : words.new;
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
    // Its words are gone too, but for what its address has of them.
    for (const id of gone) add(id.replaceAll("-", " "), words.gone);
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
    listeners.add(show);
    show();
    button.addEventListener("click", () => {
      if (isRead()) reading.note(name, { read: undefined, held: documents[name].read });
      else mark();
    });
  };

  const remember = (article) => {
    const name = article.dataset.doc;
    const made = document.querySelector('meta[name="generator"][data-source]');
    if (!made) return;
    const version = made.dataset.source.slice(0, DIGITS);
    const parts = partsOf(article);
    const { read, parts: before } = documents[name] ?? {};
    const mark = () => reading.note(name, { seen: version, read: version, parts, held: undefined });
    // What it shows below its title is the same: blanks, or what is not shown there.
    const isSame = before && JSON.stringify(before) === JSON.stringify(parts);
    if (read && read !== version && isSame) mark();
    else if (read && read !== version) showChanges(article, before, parts);
    offerMark(name, () => documents[name]?.read === version, mark);
    reading.note(name, { seen: version });

    let timer;
    const noteHeading = () => {
      const heading = headingsAbove(article).pop();
      reading.note(name, { seen: version, at: heading && [heading.id, nameOf(heading)] });
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
      if (!entries.at(-1)?.isIntersecting || documents[name]?.held === version) return;
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
      link.closest("li").classList.toggle("read", Boolean(documents[name]?.read));
    }
  };

  const article = document.querySelector("article[data-doc]");
  if (article) {
    remember(article);
    listeners.add(markPath);
    markPath();
  }

  docsite.give("reading", reading);
})();
