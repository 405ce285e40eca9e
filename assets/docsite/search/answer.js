/* What a page asks, and what it gets. */

const VERSION = 6;

// As the build writes links.
const fragmentOf = (id) =>
  encodeURIComponent(id)
    .replace(/%(?:2B|2C|2F|40)/g, decodeURIComponent)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

// How often all was asked for again: the directory then has another address.
let openings = 0;

const openSearch = async () => {
  const version = openings > 0 ? `${openings}` : "";
  const [directory, listed] = await Promise.all([
    docsite.need("search/directory", version),
    docsite.need("search/loanwords", version).catch(() => null),
  ]);
  if (directory.version !== VERSION) throw new Error("a directory of another version");
  const isList = typeof listed === "string";
  const missing = isList ? [] : ["loanwords"];
  return { ...openIndex(directory), loanwords: loanwordsOf(isList ? listed : ""), missing };
};

let opened = null;

// What does not come is asked for again the next time.
const opening = () => {
  opened ??= openSearch().catch(() => (opened = null));
  return opened;
};

/** Forgets what did not come, so that the next question asks for it once more. */
const again = async () => {
  (await opened)?.forget();
  opened = null;
  openings += 1;
};

const passageOf = (href, { section: { heading, id }, ...shown }) => ({
  heading,
  href: id ? `${href}#${fragmentOf(id)}` : href,
  ...shown,
});

// Null of an entry of which nothing is known but that it is one.
const foundOf = ({ index, texts }, { entry, score, text, lacking, titleMarks = [], passages }) => {
  const known = text ?? texts.titleOf(entry);
  if (!known) return null;
  const { path, href, title, deprecated } = known;
  const { topic = null, type = null } = index.group(entry) ?? {};
  const shown = passages.map((passage) => passageOf(href, passage));
  const is = { unread: !text, nameOnly: text?.sections.length === 0 };
  return { entry, score, path, href, title, deprecated, topic, type, ...is, lacking, titleMarks, passages: shown };
};

const NOTHING = {
  readings: [],
  dropped: [],
  beyond: [],
  unread: [],
  suggestions: [],
  total: 0,
  everywhere: 0,
  untitled: 0,
  hits: [],
};

// Where words cannot be looked up: the entries with most of them in their titles.
const byTitles = ({ index, texts }, query, limit, isAsked) => {
  const text = [...query.normalize("NFC")].slice(0, LONGEST_QUERY).join("");
  const words = runsOf(text).slice(0, MOST_WORDS).map(({ written }) => written);
  texts.wantTitles();
  const all = [];
  for (let entry = 0; entry < index.entries; entry += 1) {
    const title = squash(texts.titleOf(entry)?.title ?? "");
    const lacking = words.filter((word) => !title.includes(squash(word)));
    const score = words.length - lacking.length;
    if (score > 0) all.push({ entry, score, lacking, passages: [] });
  }
  const found = isAsked ? all.filter(({ entry }) => isAsked(index.group(entry))) : all;
  found.sort((a, b) => b.score - a.score || a.entry - b.entry);
  const best = found.slice(0, limit);
  texts.want(best.map(({ entry }) => entry));
  const hits = best.map((hit) => ({ ...hit, text: texts.get(hit.entry) }));
  return { total: found.length, everywhere: all.length, hits };
};

// What one query finds in what is here or comes.
const find = (search, query, limit, isAsked) =>
  search.run((index, texts) => {
    const asked = { index, texts, loanwords: search.loanwords };
    const isWanted = isAsked && ((entry) => isAsked(index.group(entry)));
    const ranked = rank(asked, query, limit, isWanted);
    const isLost = ranked.everywhere === 0 && [...index.missing].some(isOfTable);
    const found = isLost ? { ...ranked, ...byTitles(asked, query, limit, isAsked) } : ranked;
    const shown = found.hits.map((hit) => foundOf(asked, hit));
    const hits = shown.filter(Boolean);
    const isNothing = found.everywhere === 0 && found.dropped.length > 0;
    const suggested = isNothing ? suggestionsFor(asked, query) : [];
    const missing = [...search.missing, ...index.missing];
    // Without all of the words, nobody knows which are in none.
    const isSure = !missing.some(isOfTable);
    const [dropped, unread, suggestions] = isSure
      ? [found.dropped, [], suggested]
      : [[], found.dropped, []];
    // A word that could not be looked up is not read as itself.
    const isOther = ({ typed, meant }) => isSure || fold(typed) !== fold(meant);
    const readings = found.readings.filter(isOther);
    const untitled = shown.length - hits.length;
    return { ...found, readings, dropped, unread, suggestions, missing, untitled, hits };
  });

// Scripts of another build for which the directory was loaded again.
const renewed = new Set();

// Whether the site was built since the directory came.
const isOutdated = ({ others }) => {
  const keys = [...others].map(([name, { check }]) => `${name} ${check}`);
  const isNew = keys.some((key) => !renewed.has(key));
  for (const key of keys) renewed.add(key);
  return isNew;
};

// The best entries, of these topics and types if there are some. `total` have a word of the query, and
// `everywhere` also of others; `missing` are the scripts that the answer lacks, and for that reason
// `unread` words that were looked for in vain and `untitled` entries that cannot be shown.
// `suggestions` are other queries where it is empty.
const answer = async (query, { limit = 10, topics = [], types = [] } = {}) => {
  const isOf = (asked, own) => asked.length === 0 || asked.includes(own);
  const isOfAsked = (group) =>
    group !== null && isOf(topics, group.topic) && isOf(types, group.type);
  const isAsked = topics.length + types.length > 0 ? isOfAsked : null;
  // Halves of characters are none.
  const text = query.replace(/\p{Surrogate}/gu, "\ufffd");
  for (;;) {
    const search = await opening();
    if (!search) return { ...NOTHING, query, missing: ["directory"] };
    const found = await find(search, text, limit, isAsked);
    if (!isOutdated(search)) return { ...found, query };
    await again();
  }
};

// `docsite serve` built the index anew.
addEventListener("docsite.built", again);
docsite.give("search", { answer, again, warm: opening });
