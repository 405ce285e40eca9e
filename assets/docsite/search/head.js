/*
 * docsite: what a query finds, from the index that the build writes. `src/search/` finds the same:
 * `tests/search/cases.json` holds the rules of the two together, and `tests/browser/search.rs`
 * whole answers. A change here is a change there.
 *
 * A query runs on what is loaded; what it asks for beyond stops it, is loaded, and it runs again
 * (`openIndex`). So nothing between may keep what is not finished.
 *
 * Numbers are added and multiplied in the same order as there: a score is the same to the last bit.
 * Lengths are in characters; places in a text are in units of UTF-16, as everywhere in a page.
 *
 * Not here: the dialog (`find.js`).
 */
