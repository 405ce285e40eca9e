/* A second look at the best entries, in their texts: words in the title and in one heading, words
   near each other in one section, headings that resemble the query. */

// What each kind of evidence adds to the factor 1 of an entry.
const IN_TITLE = 1;
const IS_TITLE = 2;
const IN_HEADING = 0.6;
const IS_HEADING = 1;
const NEAR = 0.6;
const IN_SECTION = 0.6;
const OFTEN = 0.1;
const LIKE_TITLE = 1;
const LIKE_HEADING = 1;
// Among the sections of one entry, what words in any order say.
const OWN = 0.2;
// A deprecated entry ranks lower.
const DEPRECATED = 0.5;
// Occurrences of the whole query that are counted.
const MOST_COUNTED = 60;
// Sections of an entry that are shown.
const MOST_PASSAGES = 3;

// Half for words that are apart, all for a phrase.
const half = (nearness) => 0.5 + 0.5 * nearness;

// How much the nearest of some names resembles the query.
const nearestTo = (wanted, names) =>
  names.reduce((most, name) => Math.max(most, likenessTo(wanted, name)), 0);

// What speaks for a section: `own` is how much of the query is in it without the title, of which
// `ofTitle` are the shares.
const evidenceOf = (wanted, { heading, names, text }, ofTitle) => {
  const [ofHeading, ofText] = [sharesIn(wanted, heading), sharesIn(wanted, text)];
  const inHeading = shareOf(wanted, [ofHeading]);
  const share = shareOf(wanted, [ofHeading, ofText, ofTitle]);
  return {
    heading: inHeading * inHeading * half(nearnessOf(wanted, heading, ofHeading)),
    isHeading: isWanted(wanted, names) ? 1 : 0,
    near: share * share * nearnessOf(wanted, text, ofText),
    share,
    like: nearestTo(wanted, names),
    occurrences: placesOf(wanted.phrases, text, MOST_COUNTED).length,
    own: shareOf(wanted, [ofHeading, ofText]),
  };
};

// What the section is worth among those of its entry; nothing if it has nothing of the query.
const worthOf = ({ heading, near, like, own }) =>
  2 * heading + (own > 0 ? near : 0) + like + OWN * own * own;

// The factor that an entry's text gives it, and the places of its best sections.
const look = (wanted, { title, names, sections, deprecated }) => {
  const ofTitle = sharesIn(wanted, title);
  const all = sections.map((section) => evidenceOf(wanted, section, ofTitle));
  const best = (key) => all.reduce((most, evidence) => Math.max(most, evidence[key]), 0);
  const counted = all.reduce((sum, { occurrences }) => sum + occurrences, 0);
  const inTitle = shareOf(wanted, [ofTitle]);
  const share = best("share");
  const factor =
    1 +
    IN_TITLE * inTitle * inTitle * half(nearnessOf(wanted, title, ofTitle)) +
    IS_TITLE * (isWanted(wanted, names) ? 1 : 0) +
    IN_HEADING * best("heading") +
    IS_HEADING * best("isHeading") +
    NEAR * best("near") +
    IN_SECTION * share * share +
    OFTEN * log2(1 + Math.min(counted, MOST_COUNTED)) +
    LIKE_TITLE * nearestTo(wanted, names) +
    LIKE_HEADING * best("like");
  const ranked = all.map((evidence, section) => ({ worth: worthOf(evidence), section }));
  ranked.sort((a, b) => b.worth - a.worth || a.section - b.section);
  const shown = ranked.filter(({ worth }) => worth > 0).slice(0, MOST_PASSAGES);
  // Where the title alone says it, how the text begins.
  if (shown.length === 0 && best("near") > 0) shown.push(ranked[0]);
  return {
    factor: deprecated ? factor * DEPRECATED : factor,
    sections: shown.map(({ section }) => section),
  };
};
