/* What is shown: answers, and what is instead of them */

// Once the reader pauses: nobody can listen to a sentence a key.
let saying;
const say = (text) => {
  clearTimeout(saying);
  saying = setTimeout(() => (spoken.textContent = text), PAUSE);
};
const note = (className, ...parts) => {
  const line = tag("p", className);
  line.append(...parts);
  return line;
};
const button = (text, act) => {
  const made = attributes(tag("button", "", text), { type: "button" });
  made.addEventListener("click", () => {
    act();
    field.focus();
  });
  return made;
};
const search = (query) => {
  field.value = query;
  askNow();
};

const readings = ({ readings }) => {
  const parts = readings.flatMap(({ typed, meant }, at) => [
    `${at > 0 ? " · " : ""}${beginning(typed)} → `,
    tag("b", "", beginning(meant)),
  ]);
  return parts.length > 0 ? [note("", `${texts.readings}: `, ...parts)] : [];
};
// A list of words, or nothing.
const listed = (name, words) =>
  words.length > 0 ? [note("", `${name}: ${words.map(beginning).join(", ")}`)] : [];

// What did not come may have been what was searched for.
const lost = ({ missing, unread = [], untitled = 0 }) => {
  if (missing.length === 0) return [];
  // Without the directory there is nothing to search.
  const said = missing.includes("directory") ? texts.failed : texts.missing;
  const all = [note("warn", said, " ", button(texts.retry, retry))];
  all.push(...listed(texts.unread, unread));
  if (untitled > 0) all.push(note("", count(untitled, texts.untitled_one, texts.untitled)));
  return all;
};

// Which filters are on, and what there is without them.
const narrowed = ({ everywhere = 0 }) => {
  const on = [...topics, ...types];
  if (on.length === 0) return [];
  const line = note("", `${texts.filters}: ${on.join(", ")} · `);
  if (everywhere > 0) line.append(count(everywhere, texts.without_one, texts.without), " · ");
  line.append(button(texts.unfilter, unfilter));
  return [line];
};

const suggested = (suggestions) => {
  const buttons = suggestions.flatMap((each, at) => [
    at > 0 ? " · " : "",
    button(beginning(each), () => search(each)),
  ]);
  return buttons.length > 0 ? [note("", `${texts.suggested}: `, ...buttons)] : [];
};

const explain = (answer) => {
  const { hits, dropped, beyond = [], missing, query, suggestions = [] } = answer;
  const lines = [...readings(answer), ...listed(texts.beyond, beyond)];
  if (hits.length > 0) return [...lines, ...listed(texts.dropped, dropped), ...lost(answer)];
  if (missing.length === 0) lines.push(note("none", `${texts.none}: `, tag("b", "", beginning(query))));
  return [...lines, ...lost(answer), ...narrowed(answer), ...suggested(suggestions)];
};

let limit = STEP;

const showAnswer = (answer, first = 0) => {
  const { hits, total } = answer;
  notes.replaceChildren(...explain(answer));
  const groups = hits.map((hit) => makeHit(hit, answer));
  if (hits.length > 0 && hits.length < total && hits.length === limit) {
    const more = attributes(tag("div", "hit more", texts.more), { role: "option" });
    more.addEventListener("click", () => {
      const at = options().length - 1;
      limit += STEP;
      askNow({ first: at });
    });
    groups.push(more);
  }
  fill(groups, first);
  const found = count(total, texts.one, texts.many);
  const part = hits.length < total ? ` · ${texts.shown.replace("{n}", hits.length)}` : "";
  state.textContent = hits.length === 0 ? "" : found + part;
  // What is above the list is spoken too.
  const lines = [...notes.children].map((line) => line.textContent);
  say((hits.length === 0 ? lines : [found, ...lines]).join(". "));
};

// Nothing is typed: what was typed before.
const showRecent = () => {
  const queries = recent();
  state.textContent = "";
  say("");
  notes.replaceChildren();
  if (queries.length > 0) {
    const clear = button(texts.clear, () => {
      keep([]);
      showRecent();
    });
    notes.append(note("lbl", texts.recent, " ", clear));
  }
  const made = queries.map((query) => {
    const option = attributes(tag("div", "hit", query), { role: "option" });
    option.addEventListener("click", () => search(query));
    return option;
  });
  fill(made, -1);
};

const fail = () => {
  fill([]);
  state.textContent = "";
  notes.replaceChildren(note("warn", texts.failed, " ", button(texts.retry, retry)));
  say(texts.failed);
};
