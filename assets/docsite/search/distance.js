/* How many letters two words differ in. */

/** @type {number[][]} */
const ROWS = [[], [], []];

// Letters that are wrong, missing, too many, or swapped with their neighbour; null beyond `most`. What is
// further from the diagonal costs more than that.
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return null;
  const beyond = most + 1;
  let [before, above, row] = ROWS;
  for (let j = 0; j <= most; j += 1) above[j] = j;
  above[beyond] = beyond;
  for (let i = 0; i < a.length; i += 1) {
    const from = Math.max(i - most, 0);
    const to = Math.min(i + most, b.length - 1);
    row[from] = from === 0 ? i + 1 : beyond;
    row[to + 2] = beyond;
    let least = row[from];
    for (let j = from; j <= to; j += 1) {
      const isSame = a[i] === b[j];
      let cost = Math.min(above[j + 1] + 1, row[j] + 1, above[j] + (isSame ? 0 : 1));
      const isSwapped = !isSame && i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      if (isSwapped) cost = Math.min(cost, before[j - 1] + 1);
      row[j + 1] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return null;
    [before, above, row] = [above, row, before];
  }
  const cost = above[b.length];
  return cost <= most ? cost : null;
};

// A bit for each letter of a word; some letters share one.
const bitsOf = (word) => {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
};

// Whether at most so many bits of one are not in another.
const isNearlyIn = (bits, others, most) => {
  let lacking = bits & ~others;
  for (let left = most; left > 0; left -= 1) lacking &= lacking - 1;
  return lacking === 0;
};

// Whether a word may be another with so many mistakes: each brings one letter at most.
const mayBe = (word, other, most) => {
  if (Math.abs(word.length - other.length) > most) return false;
  const [bits, others] = [bitsOf(word), bitsOf(other)];
  return isNearlyIn(bits, others, most) && isNearlyIn(others, bits, most);
};
