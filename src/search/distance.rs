//! How many letters two words differ in.
//!
//! Not here: what of that is a spelling mistake.

/// How many letters are wrong, missing, too many, or swapped with their neighbour; none beyond
/// `most`.
pub(super) fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let swapped = i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y;
            let least = (above[j + 1] + 1)
                .min(row[j] + 1)
                .min(above[j] + usize::from(x != y));
            row.push(if swapped {
                least.min(before[j - 1] + 1)
            } else {
                least
            });
        }
        if row.iter().all(|cost| *cost > most) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_counts_once() {
        for (a, b, cost) in [
            ("gateway", "gateway", Some(0)),
            ("gateway", "gatway", Some(1)),
            ("gateway", "gatewya", Some(1)),
            ("gateway", "gatwy", Some(2)),
            ("gateway", "upstream", None),
            ("", "ab", Some(2)),
        ] {
            let [a, b] = [a, b].map(|word| word.chars().collect::<Vec<_>>());
            assert_eq!(distance(&a, &b, 2), cost);
        }
    }
}
