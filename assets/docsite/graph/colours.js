/* Colours and the font, as the style sheets have them. */

const TEXT = 12.5;

const TOKENS = {
  paper: "--paper",
  ink: "--ink",
  quiet: "--ink-3",
  line: "--line-2",
  accent: "--accent",
};

// A custom property is read as it was written; a colour that uses it is read as it is seen.
const readColours = (p) => {
  const probe = document.createElement("i");
  probe.hidden = true;
  p.figure.append(probe);
  const seen = (name, property) => {
    probe.className = name;
    probe.style.color = `var(${property}, currentColor)`;
    return getComputedStyle(probe).color;
  };
  p.ink = {};
  for (const [name, property] of Object.entries(TOKENS)) p.ink[name] = seen("", property);
  p.ink.topics = p.classes.map((name) => seen(name, "--topic"));
  probe.remove();
  p.font = `500 ${TEXT}px ${getComputedStyle(p.figure).fontFamily}`;
};

const restyle = (p) => {
  readColours(p);
  p.names = [];
  p.relabel = "fresh";
  discard(p);
  ask(p);
};
