/* Styles, scripts and pictures: those that changed come without a reload, where they can. */

const liveFiles = (() => {
  const FILES = 'link[rel="stylesheet"][href], script[src]:not([src^="/__docsite/"]), main img[src]';
  const files = () => [...document.querySelectorAll(FILES)].filter((file) => addressOf(file).origin === location.origin);
  const addressOf = (file) => {
    const url = new URL(file.href ?? file.src, location.href);
    url.searchParams.delete("docsite");
    return url;
  };
  const versionOf = async (file) => {
    const response = await fetch(addressOf(file), { method: "HEAD", cache: "no-store" });
    await response.text();
    return response.headers.get("etag") ?? "";
  };
  const versions = new Map();
  const noteVersions = () =>
    Promise.all(files().map(async (file) => versions.set(addressOf(file).href, await versionOf(file))));

  // Puts a style sheet that changed in the place of the old one once it is there, and shows a picture as
  // it is; true if a script changed.
  const refreshFiles = async () => {
    let isScript = false;
    const all = files().map(async (file) => {
      const url = addressOf(file);
      const version = await versionOf(file);
      const before = versions.get(url.href);
      versions.set(url.href, version);
      if (before === undefined || before === version) return;
      if (file.localName === "script") {
        isScript = true;
        return;
      }
      url.searchParams.set("docsite", version);
      if (file.localName === "img") {
        file.src = url.href;
        return;
      }
      const fresh = /** @type {HTMLLinkElement} */ (file.cloneNode());
      fresh.href = url.href;
      fresh.onload = () => file.remove();
      file.after(fresh);
    });
    await Promise.all(all);
    return isScript;
  };

  return { noteVersions, refreshFiles };
})();
