/* A document that was found */

const marked = (text, marks) => {
  const parts = [];
  let end = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(end, from), tag("mark", "", text.slice(from, to)));
    end = to;
  }
  return [...parts, text.slice(end)];
};

// Relative to the site's root, whatever a title or a name has in it.
const address = (href) => new URL(`./${href}`, root).href;

// What the page marks: the words as the document writes them, and as they were read.
const wordsToMark = (link) => {
  const { hit, answer } = results.get(link);
  const marks = (text, ranges) => ranges.map(([from, to]) => text.slice(from, to));
  const found = [
    ...marks(hit.title, hit.titleMarks),
    ...hit.passages.flatMap((passage) => marks(passage.heading, passage.headingMarks)),
    ...hit.passages.flatMap((passage) => marks(passage.excerpt, passage.marks)),
  ];
  const lacking = new Set(hit.lacking);
  const typed = answer.query.split(/\s+/).filter((word) => !lacking.has(word));
  const read = answer.readings.flatMap(({ typed: word, meant }) =>
    lacking.has(word) ? [] : meant.split(", "),
  );
  return [...new Set([...found, ...typed, ...read])].filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, 40);
};

const results = new WeakMap(); // link → what it is a result of
const makeLink = (className, hit, href, answer) => {
  const link = tag("a", className);
  link.href = address(href);
  link.addEventListener("click", (event) => leave(event, link));
  results.set(link, { hit, answer });
  return link;
};
const makeOption = (hit, href, answer) =>
  attributes(makeLink("hit", hit, href, answer), { role: "option", tabindex: "-1" });
const makePassage = (hit, passage, answer) => {
  const link = makeOption(hit, passage.href, answer);
  // A file has no headings: its place says more than that it begins.
  const head = tag("b", "", passage.heading ? "" : hit.topic ? texts.start : hit.path);
  head.append(...marked(passage.heading, passage.headingMarks));
  link.append(head);
  link.append(...marked(passage.excerpt, passage.marks));
  return link;
};

const makeHit = (hit, answer) => {
  const lacking = hit.lacking.length > 0 ? `${texts.lacking}: ${hit.lacking.map(beginning).join(", ")}` : "";
  const deprecated = hit.deprecated ? docsite.shared.words.deprecated : "";
  const isShared = answer.hits.some((other) => other !== hit && other.title === hit.title);
  const title = isShared ? `${hit.title} (${hit.path})` : hit.title;
  const name = [title, deprecated, lacking].filter(Boolean).join(", ");
  const group = attributes(tag("div", "of"), { role: "group", "aria-label": name });
  const topic = labels.topics.get(hit.topic);
  const type = labels.types.get(hit.type);
  // Its name is the group's.
  const head = attributes(tag("p", "t"), { "aria-hidden": "true" });
  head.append(attributes(makeLink("", hit, hit.href, answer), { tabindex: "-1" }));
  head.firstChild.append(...marked(title, hit.titleMarks));
  if (deprecated) head.append(tag("span", "dep", deprecated));
  const mark = tag("span", `tt ${topic?.class ?? ""}`, type?.name ?? texts.attachment);
  if (hit.topic) mark.prepend(tag("b", "", hit.topic));
  head.append(mark);
  group.append(head);
  if (lacking) group.append(attributes(tag("p", "lack", lacking), { "aria-hidden": "true" }));
  if (hit.passages.length === 0) {
    const link = makeOption(hit, hit.href, answer);
    const why = hit.unread ? texts.textless : hit.nameOnly ? texts.name_only : "";
    link.append(tag("b", "", hit.path), why);
    group.append(link);
  }
  group.append(...hit.passages.map((passage) => makePassage(hit, passage, answer)));
  return group;
};
