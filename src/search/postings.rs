//! The entries that hold a term, with weights, and how they are written: for each weight its digit
//! and the gaps between its entries, with semicolons between.
//!
//! Not here: weighing (`weights`).

/// The largest weight: it has four bits.
pub(super) const MOST: u8 = 15;
/// The square roots of the powers of two, less one: what each weight means.
const MEANS: [f64; 16] = [
    0.0,
    0.414_213_562_373_095,
    1.0,
    1.828_427_124_746_19,
    3.0,
    4.656_854_249_492_38,
    7.0,
    10.313_708_498_984_761,
    15.0,
    21.627_416_997_969_522,
    31.0,
    44.254_833_995_939_045,
    63.0,
    89.509_667_991_878_09,
    127.0,
    180.019_335_983_756_18,
];

/// An entry that holds a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub entry: u32,
    /// From 1 to 15.
    pub weight: u8,
}

impl Posting {
    /// How much of the term there is, by its weight.
    pub fn amount(self) -> f64 {
        MEANS[usize::from(self.weight.min(MOST))]
    }
}

/// The digits of numbers: of six bits, of which the highest says that more follow.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BITS: u32 = 5;
const MORE: u32 = 1 << BITS;

/// The digit of a number below 64.
pub(super) fn digit(number: usize) -> char {
    char::from(DIGITS[number.min(DIGITS.len() - 1)])
}

/// The number of a digit.
pub(super) fn number(digit: u8) -> Option<u32> {
    let number = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(u32::from(number))
}

/// Writes postings, which are in the order of their entries.
pub(super) fn write(postings: &[Posting]) -> String {
    let mut text = String::new();
    for weight in 1..=MOST {
        let mut last = None;
        for posting in postings.iter().filter(|posting| posting.weight == weight) {
            if last.is_none() {
                if !text.is_empty() {
                    text.push(';');
                }
                text.push(digit(usize::from(weight)));
            }
            push_gap(&mut text, posting.entry - last.map_or(0, |last| last + 1));
            last = Some(posting.entry);
        }
    }
    text
}

fn push_gap(text: &mut String, mut gap: u32) {
    while gap >= MORE {
        text.push(digit((gap % MORE + MORE) as usize));
        gap >>= BITS;
    }
    text.push(digit(gap as usize));
}

/// Reads what `write` wrote; nothing from a text that it did not.
pub(super) fn read(text: &str) -> Option<Vec<Posting>> {
    let mut postings = Vec::new();
    for group in text.split(';').filter(|group| !group.is_empty()) {
        let (weight, gaps) = group.as_bytes().split_first()?;
        let weight = u8::try_from(number(*weight)?).ok()?;
        let mut next = 0_u32;
        let (mut gap, mut shift) = (0_u32, 0);
        for byte in gaps {
            let bits = number(*byte)?;
            gap = gap.checked_add((bits % MORE).checked_shl(shift)?)?;
            shift += BITS;
            if bits < MORE {
                let entry = next.checked_add(gap)?;
                postings.push(Posting { entry, weight });
                next = entry.checked_add(1)?;
                (gap, shift) = (0, 0);
            }
        }
    }
    postings.sort_unstable_by_key(|posting| posting.entry);
    Some(postings)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn postings_read_back(all in proptest::collection::btree_map(0_u32..1 << 28, 1_u8..=15, 0..40)) {
            let all: Vec<Posting> = all.into_iter().map(|(entry, weight)| Posting { entry, weight }).collect();
            prop_assert_eq!(read(&write(&all)), Some(all));
        }

        #[test]
        fn any_text_is_read(text in "[A-Za-z0-9_;-]{0,30}|.{0,10}") {
            let _ = read(&text);
        }
    }
}
