/**
 * Sends a reader of a former address on, at once and with the fragment that the address had. Not
 * here: where to (the page says it), and readers without scripts, whom the page's refresh sends on.
 */
(() => {
  "use strict";
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const to = own.dataset.to ?? "";
  location.replace(to.includes("#") ? to : to + location.hash);
})();
