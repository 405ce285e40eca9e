/*
 * docsite: the dialog of the search. Loaded when it is first wanted: by the button, a key, an
 * address with `?q=`, or the catalogue's filter.
 *
 * A combobox: the focus stays in the field, and the arrows move the choice in the list below it,
 * in which the sections that were found are grouped by document. What a chosen page has to mark is
 * left for `found.js` in the session.
 *
 * Not here: what a query finds (`search.js`), words and names (`data/find.js`). Titles, excerpts and
 * queries are text: none of them becomes markup.
 */
