/*
 * docsite: the memory of what was read, and how far. Documents write it (`reading.js`), and the catalogue
 * shows it (`flow.js`, `topics.js`).
 *
 * Everything stays in this browser, in `localStorage`, one record a site: the folder of its pages
 * keeps sites of one host apart. A document is remembered with its version (the first digits of its
 * hash), so that one that changed since is known. Not here: any sending.
 */
(() => {
  "use strict";

  const FORMAT = "docsite-reading";
  const key = `docsite.reading ${new URL(".", location.href).pathname}`;
  const listeners = new Set();

  const MOST_PARTS = 500;

  // name → { read: version that was read to its end, seen: version that was opened last,
  // at: id and text of the heading that was being read, when: milliseconds,
  // parts: id of a heading → hash of what was under it when it was read, and its words,
  // held: version that somebody marked as unread }
  const text = (value) => (typeof value === "string" ? value.slice(0, 200) : undefined);
  const cleanParts = (parts) => {
    const kept = {};
    for (const [id, part] of Object.entries(parts ?? {}).slice(0, MOST_PARTS)) {
      // Some have no words: they were remembered without.
      const [hash, words = ""] = [part].flat().map(text);
      if (id !== "__proto__" && hash && hash.length < 9) kept[id] = [hash, words];
    }
    return Object.keys(kept).length > 0 ? kept : undefined;
  };
  const clean = (documents) => {
    const kept = {};
    for (const [name, entry] of Object.entries(documents ?? {})) {
      if (!entry || typeof entry !== "object" || name === "__proto__") continue;
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

  docsite.give("memory", {
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
  });
})();
