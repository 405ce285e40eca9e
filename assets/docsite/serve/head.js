/*
 * What `docsite serve` adds to a page: after each build, and ahead of it where the page's document
 * changed, the page becomes as it is now, in place; errors are shown, and what else was found has a
 * button. No file has it. What other scripts made of the page stays where its source did
 * not change: a block is compared with its source before, not with what is there. What a script made
 * in place of what was sent has `data-made`, and the script makes it anew: those of the catalogue when
 * they are asked (`renew` in `catalogue.js`), others by the event `docsite.changed`. `docsite.built` says
 * that there was a build, also where this page is as it was.
 */
