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
