/*
 * docsite: the list of keys, in a dialog. Loaded when `?` is first pressed. Not here: what the keys do,
 * and their words (`data/find`).
 */
(() => {
  "use strict";

  const KEYS = [
    [["/", "Ctrl K", "⌘ K"], "search"],
    [["↑", "↓", "Enter"], "results"],
    [["Ctrl Enter"], "tab"],
    [["↑", "↓"], "list"],
    [["←", "→"], "tabs"],
    [["←", "→", "↑", "↓", "+", "−", "0"], "picture"],
    [["Enter"], "diagram"],
    [["Esc"], "escape"],
    [["?"], "help"],
  ];
  const STYLE = `
    .keys{width:min(36rem,100% - 2rem);padding:1.2rem 1.5rem 1.4rem;border:1px solid var(--line-2);border-radius:var(--r);
      background:var(--paper);color:var(--ink)}
    .keys::backdrop{background:rgb(0 0 0/.35)}
    .keys header{display:flex;justify-content:space-between;align-items:center;margin-bottom:.4rem}
    .keys header button{min-width:2.75rem;min-height:2.75rem;margin-right:-.9rem}
    .keys h2{font-size:var(--t-h3)}
    .keys dl{display:grid;grid-template-columns:auto 1fr;gap:.55rem 1.2rem;align-items:baseline;font-size:var(--t-ui)}
    .keys dt{display:flex;flex-wrap:wrap;gap:.25rem;max-width:9rem}`;

  const make = (tag, text, ...children) => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.append(...children);
    return element;
  };

  let dialog;
  const build = (words) => {
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    document.adoptedStyleSheets.push(style);
    const close = make("button", "✕");
    close.type = "button";
    close.ariaLabel = words.close;
    close.onclick = () => dialog.close();
    const title = make("h2", words.keys);
    title.id = "ds.keys";
    const rows = KEYS.flatMap(([keys, name]) => [
      make("dt", "", ...[...keys].map((key) => make("kbd", key))),
      make("dd", words[`key_${name}`]),
    ]);
    dialog = make("dialog", "", make("header", "", title, close), make("dl", "", ...rows));
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", title.id);
    // Beside it is a click on the dialog itself.
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    document.body.append(dialog);
  };

  const open = async () => {
    const { words } = await docsite.need("data/find");
    if (!dialog) build(words);
    if (!dialog.open) dialog.showModal();
  };

  docsite.give("keys", { open });
})();
