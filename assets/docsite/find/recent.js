/* Recent searches. An opened file, or a browser that keeps nothing, may refuse the storage. */

const recent = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
};
const keep = (queries) => {
  try {
    if (queries.length > 0) localStorage.setItem(KEY, JSON.stringify(queries));
    else localStorage.removeItem(KEY);
  } catch {
    // They are forgotten with the page.
  }
};
const remember = (query) => {
  const text = query.trim().slice(0, LONGEST_KEPT);
  if (text) keep([text, ...recent().filter((each) => each !== text)].slice(0, KEPT));
};
