/*
 * docsite: which documents a typed text finds. `src/filter/` has the same rules, and
 * `tests/filter/cases.json` holds the two together: a change here is a change there.
 *
 * Every word of the query must be somewhere in a document's haystack, each of its characters
 * as it is or as one of a range of Hangul:
 *
 * - White space between Hangul, or between Hangul and Latin, need not be typed.
 * - The last syllable may be one that an input method has not finished.
 * - Consonants alone match the syllables that begin with them; of four or more in a row, one
 *   may be missing.
 * - A particle at the end of a word is not looked for.
 *
 * Not here: the field, the list, and any order of the results.
 */
