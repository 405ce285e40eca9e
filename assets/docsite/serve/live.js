/* Builds that are heard of, and an editor that opens a source. */

(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { update, setAttributes, changed } = liveBlocks;
  const { keepPlace, mark } = liveReader;
  const { noteVersions, refreshFiles } = liveFiles;
  // The path of the page below the site; empty for the catalogue.
  const here = decodeURIComponent(location.pathname).slice(1).replace(/^index\.html$/, "");
  const doc = here.replace(/\.html$/, "");
  const { showProblems, showFindings } = liveFindings(here);

  /* The page as it was sent */

  let isGone = false;

  // A page without the server's script, and the build that it says it is of; null if there is none.
  const load = async () => {
    const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
    isGone = response.status === 404;
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const script = /** @type {HTMLElement} */ (page.querySelector('script[src^="/__docsite/"]'));
    script?.remove();
    return { page, build: Number(script?.dataset.build) };
  };

  /* Builds */

  let sent = null; // the page as it was sent last
  let build = Number(own.dataset.build);
  /** @type {{ build: number, problems: object[], ahead: string[] }} */
  let status = { build, problems: [], ahead: [] };

  // Files change with builds only.
  const refresh = async (isBuilt) => {
    const [isScript, loaded] = await Promise.all([isBuilt && refreshFiles(), load()]);
    const now = loaded?.page;
    // It is gone, or not there yet: what is shown stays.
    if (!now) return;
    const isCatalogue = document.documentElement.dataset.view !== undefined;
    if (!isScript && !isCatalogue && sent?.isEqualNode(now)) return;
    const renew = isCatalogue ? (await docsite.need("catalogue")).renew : () => () => {};
    const take = !isScript && sent && (await renew(sent, now, `${build}`));
    if (!take) {
      location.reload();
      return;
    }
    keepPlace(() => {
      update(document.body, sent.body, now.body);
      setAttributes(document.documentElement, sent.documentElement, now.documentElement);
      take((element) => changed.add(element));
      sent = now;
      window.docsite?.dress?.();
      dispatchEvent(new Event("docsite.changed"));
    });
    document.title = now.title;
    mark();
  };

  let work = Promise.resolve();
  const hear = ({ data }) => {
    status = JSON.parse(data);
    work = work.then(async () => {
      const isNew = status.build !== build;
      build = status.build;
      if (status.ahead.length > 0) {
        if (isNew && status.ahead.includes(here)) await refresh(false);
        return;
      }
      if (isNew) {
        dispatchEvent(new Event("docsite.built"));
        await refresh(true);
      }
      showProblems(status.problems, isGone && sent !== null);
      await showFindings();
    }).catch(() => {
      // The server is gone; the stream comes back with it.
    });
  };

  // A browser has six connections to a server for all of its tabs: a page that nobody sees holds none,
  // and hears of what was missed once it is seen.
  let events = null;
  const listen = () => {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/__docsite/events");
      events.onmessage = hear;
      events.onopen = () => own.setAttribute("data-listens", "");
    }
  };

  /* Editing */

  const BLOCKS = "main h1, main .body :is(p, li, h2, h3, h4, h5, h6, figure, tr, blockquote, dt, dd)";
  const BEGUN = 80; // letters and digits

  // Its text as the source has it, and how many blocks before begin with the same.
  const described = (block) => {
    const beginning = (of) => {
      const bare = (text = "") => text.replace(/[^\p{L}\p{N}]+/gu, "");
      return (bare((of.querySelector("pre") ?? of).textContent) || bare(of.querySelector("img")?.alt)).slice(0, BEGUN);
    };
    const text = beginning(block);
    const all = [...document.querySelectorAll(BLOCKS)];
    const like = all.filter((one) => beginning(one) === text);
    const innermost = like.filter((one) => !like.some((other) => other !== one && one.contains(other)));
    const after = all.slice(all.indexOf(block) + 1).find((one) => !block.contains(one) && beginning(one));
    return { text, before: `${Math.max(0, innermost.indexOf(block))}`, next: after ? beginning(after) : "" };
  };

  const offerEditing = () => {
    addEventListener("dblclick", ({ target }) => {
      const element = /** @type {Element} */ (target);
      const listed = element.closest("li[data-doc]")?.getAttribute("data-doc");
      const block = element.closest(BLOCKS);
      if (element.closest("button, .act") || !(listed || block)) return;
      const query = new URLSearchParams(listed ? { doc: listed, text: "" } : { doc, ...described(block) });
      fetch(`/__docsite/open?${query}`, { method: "POST", headers: { "x-docsite": "1" } }).catch(() => {});
    });
  };

  const begin = async () => {
    if (own.dataset.opens !== undefined) offerEditing();
    const first = await load();
    if (first && first.build !== build) {
      location.reload();
      return;
    }
    sent = first?.page ?? null;
    await noteVersions();
    listen();
    document.addEventListener("visibilitychange", listen);
  };
  if (document.readyState === "complete") begin();
  else addEventListener("load", () => begin().catch(() => {}));
})();
