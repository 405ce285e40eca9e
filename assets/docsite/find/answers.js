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
    `${at > 0 ? " · " : ""}${typed} → `,
    tag("b", "", meant),
  ]);
  return parts.length > 0 ? [note("", `${texts.readings}: `, ...parts)] : [];
};
const explain = (answer) => {
  const { hits, dropped, missing, query, suggestions = [] } = answer;
  const lines = readings(answer);
  if (hits.length === 0) lines.push(note("none", `${texts.none}: `, tag("b", "", query)));
  else if (dropped.length > 0) lines.push(note("", `${texts.dropped}: ${dropped.join(", ")}`));
  if (hits.length === 0 && suggestions.length > 0) {
    const buttons = suggestions.flatMap((each, at) => [
      at > 0 ? " · " : "",
      button(each, () => search(each)),
    ]);
    lines.push(note("", `${texts.suggested}: `, ...buttons));
  }
  if (missing.length > 0) lines.push(note("warn", texts.missing, " ", button(texts.retry, askNow)));
  return lines;
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
  const found = hits.length === 0 ? texts.none : count(total, texts.one, texts.many);
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
  notes.replaceChildren(note("warn", texts.failed, " ", button(texts.retry, askNow)));
  say(texts.failed);
};
