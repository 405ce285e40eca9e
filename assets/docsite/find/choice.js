/* The choice in the list */

let chosen = null;
const options = () => [...list.querySelectorAll("[role=option]")];

const choose = (option) => {
  chosen?.setAttribute("aria-selected", "false");
  chosen = option ?? null;
  if (chosen) {
    chosen.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", chosen.id);
    const isFirst = chosen === options()[0];
    if (isFirst) list.scrollTop = 0;
    else chosen.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
};
const moveChoice = (by) => {
  const all = options();
  if (all.length === 0) return;
  const at = all.indexOf(chosen);
  choose(all[at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length]);
};

// What is in the list now; the first of it is what Enter opens.
const fill = (groups, first = 0) => {
  list.replaceChildren(...groups);
  const all = options();
  all.forEach((option, at) => attributes(option, { id: `ds.found-${at}`, "aria-selected": "false" }));
  field.setAttribute("aria-expanded", all.length > 0);
  chosen = null;
  choose(first < 0 ? null : all[first]);
};
