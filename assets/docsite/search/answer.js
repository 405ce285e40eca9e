/* What a page asks, and what it gets. */

const VERSION = 1;

// As the build writes links.
const fragmentOf = (id) =>
  encodeURIComponent(id)
    .replace(/%(?:2B|2C|2F|40)/g, decodeURIComponent)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const openSearch = async () => {
  const [directory, listed] = await Promise.all([
    docsite.need("search/directory"),
    docsite.need("search/loanwords").catch(() => null),
  ]);
  if (directory.version !== VERSION) throw new Error("a directory of another version");
  const missing = listed ? [] : ["loanwords"];
  return { ...openIndex(directory), loanwords: loanwordsOf(listed ?? []), missing };
};

let opened = null;

// What does not come is asked for again the next time.
const opening = () => {
  opened ??= openSearch().catch(() => (opened = null));
  return opened;
};

const passageOf = (href, { section: { heading, id }, excerpt, marks }) => ({
  heading,
  href: id ? `${href}#${fragmentOf(id)}` : href,
  excerpt,
  marks,
});

const foundOf = (index, { entry, score, text, lacking, passages }) => {
  const { path, href, title, deprecated } = text;
  const { topic = null, type = null } = index.group(entry) ?? {};
  const shown = passages.map((passage) => passageOf(href, passage));
  return { entry, score, path, href, title, deprecated, topic, type, lacking, passages: shown };
};

// The best entries, of these topics and types if there are some. `total` have a word of the query;
// `missing` are the scripts that the answer lacks, `suggestions` other queries where it is empty.
const answer = async (query, { limit = 10, topics = [], types = [] } = {}) => {
  const search = await opening();
  if (!search) {
    const missing = ["directory"];
    return { query, readings: [], dropped: [], missing, suggestions: [], total: 0, hits: [] };
  }
  const isOf = (asked, own) => asked.length === 0 || asked.includes(own);
  const isAsked = (group) =>
    group ? isOf(topics, group.topic) && isOf(types, group.type) : topics.length + types.length === 0;
  // Halves of characters are none.
  const text = query.replace(/\p{Surrogate}/gu, "\ufffd");
  return search.run((index, texts) => {
    const asked = { index, texts, loanwords: search.loanwords };
    const found = rank(asked, text, limit, (entry) => isAsked(index.group(entry)));
    const hits = found.hits.map((hit) => foundOf(index, hit));
    const isNothing = found.total === 0 && found.dropped.length > 0;
    const suggestions = isNothing ? suggestionsFor(asked, text) : [];
    const missing = [...search.missing, ...index.missing];
    return { ...found, query, missing, suggestions, hits };
  });
};

docsite.give("search", { answer, warm: opening });
