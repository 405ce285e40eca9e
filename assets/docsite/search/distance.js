/* How many letters two words differ in. */

// Letters that are wrong, missing, too many, or swapped with their neighbour; null beyond `most`.
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return null;
  let before = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i += 1) {
    const row = [i + 1];
    let least = row[0];
    for (let j = 0; j < b.length; j += 1) {
      let cost = Math.min(above[j + 1] + 1, row[j] + 1, above[j] + (a[i] === b[j] ? 0 : 1));
      const isSwapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      if (isSwapped) cost = Math.min(cost, before[j - 1] + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return null;
    [before, above] = [above, row];
  }
  const cost = above[b.length];
  return cost <= most ? cost : null;
};
