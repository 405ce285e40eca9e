/* Logarithms that come out the same everywhere, as src/search/logarithm.rs makes them. */

const log2 = (x) => {
  let exponent = 0;
  let rest = x;
  for (; rest >= 2; rest /= 2) exponent += 1;
  for (; rest < 1; rest *= 2) exponent -= 1;
  // ln of 1 to 2 by its series in (x − 1) / (x + 1), which is at most a third.
  const part = (rest - 1) / (rest + 1);
  const square = part * part;
  let power = part;
  let sum = 0;
  for (let odd = 1; odd < 26; odd += 2) {
    sum += power / odd;
    power *= square;
  }
  return exponent + (2 * sum) / Math.LN2;
};

// What a word says of an entry that has it, where `holders` of `entries` do.
const rarityOf = (entries, holders) =>
  log2(1 + Math.max(entries - holders + 0.5, 0) / (holders + 0.5));
