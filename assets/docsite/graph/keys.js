/* Keyboard and buttons. */

const COMMANDS = { in: (p) => zoom(p, 1.4), out: (p) => zoom(p, 1 / 1.4), fit };
const KEYS = {
  ArrowLeft: (p) => pan(p, 60, 0),
  ArrowRight: (p) => pan(p, -60, 0),
  ArrowUp: (p) => pan(p, 0, 60),
  ArrowDown: (p) => pan(p, 0, -60),
  "+": COMMANDS.in,
  "=": COMMANDS.in,
  "-": COMMANDS.out,
  0: fit,
};

const key = (p, event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key](p);
};
