/**
 * On 404.html: the documents whose names or titles are nearest to the address. The page asks for this
 * script in each folder above it, and so it knows where the site begins: what the page has from
 * elsewhere then comes from there. Not here: what is found in the text, which is the search's.
 */
(() => {
  "use strict";
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../../", own.src);
  const page = document.documentElement;
  if (page.dataset.root) return;
  page.dataset.root = root.pathname;
  const MOST = 5;
  const LEAST = 0.3; // of what two names have in common

  const pairs = (text) => {
    const chars = [...text.normalize("NFC").toLowerCase().replace(/[\s_-]+/g, "-")];
    return new Set(chars.slice(1).map((c, at) => chars[at] + c));
  };
  const likeness = (a, b) => {
    const common = [...a].filter((pair) => b.has(pair)).length;
    return (2 * common) / (a.size + b.size || 1);
  };

  const nameHere = () => {
    const [last = ""] = location.pathname.split("/").filter(Boolean).slice(-1);
    let name = last;
    try {
      name = decodeURIComponent(last);
    } catch {
      // As it is written.
    }
    return name.replace(/\.(html?|md|json)$/i, "");
  };

  const show = ({ names, titles }) => {
    const here = pairs(nameHere());
    const near = names
      .map((name, at) => ({ name, title: titles[at] }))
      .map((it) => ({ ...it, like: Math.max(...[it.name, it.title].map((t) => likeness(here, pairs(t)))) }))
      .filter(({ like }) => like >= LEAST)
      .sort((a, b) => b.like - a.like)
      .slice(0, MOST);
    const section = document.getElementById("ds.near-names");
    for (const { name, title } of near) {
      const link = document.createElement("a");
      link.href = new URL(docsite.href(name), root).href;
      link.textContent = title;
      const code = document.createElement("small");
      code.textContent = ` ${name}`;
      const item = document.createElement("li");
      item.append(link, code);
      section?.querySelector("ul")?.append(item);
    }
    if (section && near.length > 0) section.hidden = false;
  };

  const assumed = own.dataset.root ?? "/";
  if (assumed !== root.pathname) {
    const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("[href]"));
    for (const link of links) {
      const href = link.getAttribute("href") ?? "";
      if (href.startsWith(assumed)) link.href = new URL(href.slice(assumed.length), root).href;
    }
  }
  const look = () => docsite.need("data/documents").then(show, () => {});
  if (window.docsite) look();
  else {
    const script = document.createElement("script");
    script.src = new URL("assets/docsite.js", root).href;
    script.onload = look;
    document.head.append(script);
  }
})();
