/* Errors, and what else was found: an overlay, and a button with a list. */

// `here` is the path of the page below the site; empty for the catalogue.
const liveFindings = (here) => {
  const doc = here.replace(/\.html$/, "");

  const STYLE = `
    :host{position:fixed;inset:auto 0 0 0;z-index:2147483647;--red:var(--accent,light-dark(#bb2f18,#ff8069));
      font:14px/1.55 var(--sans,system-ui,sans-serif)}
    :host(docsite-findings){inset:auto .5rem .5rem auto;z-index:2147483646}
    @media print{:host{display:none}}
    section{max-height:60vh;overflow:auto;overscroll-behavior:contain;background:var(--raised,Canvas);
      color:var(--ink,CanvasText);border-top:3px solid var(--red);box-shadow:0 -6px 30px #0004;
      padding:0 clamp(1rem,4vw,2.5rem) 1.2rem}
    [popover]{position:fixed;inset:auto .5rem 4rem auto;margin:0;border-width:3px 0 0;
      width:min(42rem,100vw - 1rem);box-sizing:border-box}
    header{position:sticky;top:0;display:flex;justify-content:space-between;gap:1rem;align-items:center;
      background:inherit;padding:.5rem 0}
    h2{font-size:15px;margin:0;color:var(--red)}
    button{font:inherit;min-width:2.75rem;min-height:2.75rem;margin-right:-.9rem;border:0;background:none;
      color:inherit;cursor:pointer}
    .count{margin:0;padding:0 .8rem;background:var(--raised,Canvas);color:var(--ink,CanvasText);
      border:1px solid var(--red);border-radius:2rem;box-shadow:0 2px 8px #0003}
    a{color:inherit}
    article+article{margin-top:.8rem;border-top:1px solid var(--line,#8884);padding-top:.8rem}
    p{margin:0;overflow-wrap:anywhere}.at{font-family:var(--mono,monospace);font-size:13px;color:var(--ink-2,inherit)}
    pre{font:13px/1.5 var(--mono,monospace);margin:.4rem 0;overflow-x:auto;background:var(--sunk,#8882);
      padding:.5rem .7rem;border-radius:3px}
    mark{background:none;color:var(--red);font-weight:700}i{visibility:hidden}small{color:var(--ink-2,inherit)}`;

  const make = (tag, text, ...children) => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.append(...children);
    return element;
  };

  const shown = (problem) => {
    const { path, line, column, severity, code, message, help, excerpt } = problem;
    const article = make("article", "");
    const place = [path, line, column].filter((part) => part !== null && part !== "").join(":");
    const other = path.match(/^markdown\/(.*)\.md$/)?.[1];
    const at = make("p", "");
    at.className = "at";
    if (other === undefined || other === doc) at.append(place);
    else at.append(Object.assign(make("a", place), { href: `/${encodeURIComponent(other)}.html` }));
    article.append(at, make("p", code ? `${severity}[${code}]: ${message}` : message));
    if (excerpt) {
      const [before, wrong, after] = excerpt;
      const text = make("div", before, make("mark", wrong || " "), after);
      // As wide as the text before the place, in any script.
      const caret = make("div", "", make("i", before), make("mark", "^"));
      article.append(make("pre", "", text, caret));
    }
    if (help) article.append(make("small", help));
    return article;
  };

  const numbered = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const headed = (title, close, problems) => {
    const button = make("button", "✕");
    button.ariaLabel = "Close";
    button.onclick = close;
    const head = make("header", "", make("h2", title), button);
    return make("section", "", head, ...problems.map(shown));
  };
  const host = (name, ...children) => {
    const element = document.createElement(name);
    const root = element.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    root.append(...children);
    document.body.append(element);
    return element;
  };

  // A document's errors that did not stop the build are shown on its own page, and on the catalogue.
  const concerns = ({ path, is_fatal: isFatal }) =>
    isFatal || here === "" || !path.startsWith("markdown/") || path === `markdown/${doc}.md`;
  const GONE = { path: here, severity: "error", message: "this page is not there any more: it is shown as it was" };

  let overlay = null;
  const showProblems = (problems, isGone) => {
    overlay?.remove();
    overlay = null;
    const ours = [...(isGone ? [GONE] : []), ...problems.filter(concerns)];
    if (ours.length === 0) return;
    const section = headed(numbered(ours.length, "error"), () => overlay.remove(), ours);
    section.setAttribute("role", "alert");
    overlay = host("docsite-problems", section);
  };

  // What the last build found here; on the catalogue, everywhere. A list that is open stays so.
  let badge = null;
  let found = "";
  const showFindings = async () => {
    const query = new URLSearchParams({ page: here });
    const response = await fetch(`/__docsite/findings?${query}`);
    const text = await response.text();
    if (text === found) return;
    found = text;
    const { problems, count } = JSON.parse(text);
    const isOpen = Boolean(badge?.shadowRoot.querySelector(":popover-open"));
    const hasFocus = badge !== null && document.activeElement === badge;
    badge?.remove();
    badge = null;
    if (count === 0) return;
    const title = numbered(count, "finding");
    const section = headed(title, () => section.hidePopover(), problems);
    if (problems.length < count) section.append(make("p", `${count - problems.length} more are in the terminal.`));
    section.popover = "auto";
    section.setAttribute("aria-label", title);
    const button = make("button", `⚠ ${count}`);
    button.className = "count";
    button.ariaLabel = title;
    button.popoverTargetElement = section;
    badge = host("docsite-findings", section, button);
    if (isOpen) section.showPopover();
    if (hasFocus) button.focus();
  };

  return { showProblems, showFindings };
};
