//! The entries that hold a term, with weights, and how they are written, in digits of six bits.
//!
//! One posting is a digit, 32 and its weight, and the digits of its entry, the lowest first. Of more,
//! the first digit says how many bits of each gap are low, the second which weight is the least. Then
//! comes a row of bits, the highest of a digit first: for each posting the rest of the gap as so many
//! zeros and a one, the low bits, and how much its weight is above the least as zeros and a one (Rice
//! coding). Not here: weighing (`weights`).

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

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BITS: u32 = 6;
/// What the first digit of one posting has beside its weight.
const ONE: u8 = 32;

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
    if let [one] = postings {
        return write_one(*one);
    }
    let weights = postings.iter().map(|posting| posting.weight);
    let least = weights.min().unwrap_or_default();
    let low = low_bits(postings);
    let mut bits = BitWriter::default();
    for (posting, gap) in postings.iter().zip(gaps(postings)) {
        bits.push_zeros(gap >> low);
        bits.push(gap & ((1 << low) - 1), low);
        bits.push_zeros(u32::from(posting.weight - least));
    }
    let head = [low as usize, usize::from(least)].map(digit);
    String::from_iter(head) + &bits.finish()
}

fn write_one(posting: Posting) -> String {
    let mut text = String::from(digit(usize::from(ONE + posting.weight)));
    let mut left = posting.entry as usize;
    while left > 0 {
        text.push(digit(left % (1 << BITS)));
        left >>= BITS;
    }
    text
}

/// What is between each entry and the one before it.
fn gaps(postings: &[Posting]) -> impl Iterator<Item = u32> {
    let mut next = 0;
    postings.iter().map(move |posting| {
        let gap = posting.entry - next;
        next = posting.entry + 1;
        gap
    })
}

/// With how many low bits the gaps are shortest.
fn low_bits(postings: &[Posting]) -> u32 {
    let length = |low: &u32| {
        let bits = gaps(postings).map(|gap| u64::from(gap >> low) + u64::from(*low));
        bits.sum::<u64>()
    };
    (0..u32::BITS).min_by_key(length).unwrap_or_default()
}

/// Bits as digits.
#[derive(Default)]
struct BitWriter {
    text: String,
    bits: usize,
    /// How many of them there are: fewer than a digit has.
    count: u32,
}

impl BitWriter {
    /// Adds the lowest `count` bits of a number.
    fn push(&mut self, number: u32, count: u32) {
        for at in (0..count).rev() {
            self.bits = self.bits << 1 | (number >> at & 1) as usize;
            self.count += 1;
            if self.count == BITS {
                self.text.push(digit(self.bits));
                (self.bits, self.count) = (0, 0);
            }
        }
    }

    fn push_zeros(&mut self, count: u32) {
        for _ in 0..count {
            self.push(0, 1);
        }
        self.push(1, 1);
    }

    fn finish(mut self) -> String {
        while self.count > 0 {
            self.push(0, 1);
        }
        self.text
    }
}

/// Reads what `write` wrote; of another text, what it may be.
pub(super) fn read(text: &str) -> Vec<Posting> {
    let mut digits = text.bytes().map_while(number);
    match digits.next() {
        None => Vec::new(),
        Some(first) if first >= u32::from(ONE) => {
            let entry = (0..).zip(digits).fold(0, |entry, (place, digit)| {
                entry | digit.checked_shl(place * BITS).unwrap_or_default()
            });
            let weight = weight_of(first - u32::from(ONE));
            vec![Posting { entry, weight }]
        }
        Some(low) => {
            let least = digits.next().unwrap_or_default();
            read_many(BitReader::new(digits), low, least).collect()
        }
    }
}

fn weight_of(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(MOST).min(MOST)
}

fn read_many(
    mut bits: BitReader<impl Iterator<Item = u32>>,
    low: u32,
    least: u32,
) -> impl Iterator<Item = Posting> {
    let mut next = 0_u32;
    std::iter::from_fn(move || {
        let high = bits.zeros()?.checked_shl(low)?;
        let entry = next.checked_add(high | bits.take(low)?)?;
        let weight = weight_of(least.saturating_add(bits.zeros()?));
        next = entry.checked_add(1)?;
        Some(Posting { entry, weight })
    })
}

/// Digits as bits.
struct BitReader<I> {
    digits: I,
    digit: u32,
    /// How many of the digit's low bits are not read yet.
    left: u32,
}

impl<I: Iterator<Item = u32>> BitReader<I> {
    fn new(digits: I) -> Self {
        Self {
            digits,
            digit: 0,
            left: 0,
        }
    }

    /// So many bits as a number.
    fn take(&mut self, count: u32) -> Option<u32> {
        let mut number = 0;
        let mut wanted = count;
        while wanted > 0 {
            self.fill()?;
            let some = wanted.min(self.left);
            self.left -= some;
            wanted -= some;
            number = number << some | self.digit >> self.left & ((1 << some) - 1);
        }
        Some(number)
    }

    /// How many zeros are before the next one.
    fn zeros(&mut self) -> Option<u32> {
        let mut zeros = 0;
        loop {
            self.fill()?;
            let rest = self.digit & ((1 << self.left) - 1);
            let run = rest.leading_zeros() - (u32::BITS - self.left);
            zeros += run;
            self.left -= run;
            if self.left > 0 {
                self.left -= 1;
                return Some(zeros);
            }
        }
    }

    fn fill(&mut self) -> Option<()> {
        if self.left == 0 {
            self.digit = self.digits.next()?;
            self.left = BITS;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn postings_read_back(all in proptest::collection::btree_map(0_u32..1 << 28, 1_u8..=15, 0..40)) {
            let all: Vec<Posting> = all.into_iter().map(|(entry, weight)| Posting { entry, weight }).collect();
            prop_assert_eq!(read(&write(&all)), all);
        }

        #[test]
        fn any_text_is_read(text in "[A-Za-z0-9_;-]{0,30}|.{0,10}") {
            let _ = read(&text);
        }
    }
}
