//! Matches pictures and slots by the words they have in common, in the same order on both sides.
//!
//! Not here: evidence other than words (see `place`), what a word is.

use std::collections::HashMap;

use super::words::Words;

/// With more on either side nothing is matched by words, and by order only if the numbers are
/// equal.
const MOST: usize = 500;
/// The least similarity at which a picture belongs to a slot, if enough words are in common.
/// Different diagrams of one field are less similar, pictures drawn from a source more: see the
/// tests.
const LIKE: f64 = 0.2;
/// A single word in common is chance, unless the picture has hardly any other.
const WORDS: usize = 2;
/// The similarity at which a single word in common is enough.
const VERY_LIKE: f64 = 0.6;
/// If a second choice is this close to the first, neither is taken.
const RIVAL: f64 = 0.9;

/// Indexes into the given pictures and slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) picture: usize,
    pub(super) slot: usize,
    /// Matched by words, not only by order.
    pub(super) is_like: bool,
}

/// Matches pictures with free slots. `all` are the words of every slot; they determine the weight
/// of a word.
pub(super) fn align(pictures: &[Words], free: &[Words], all: &[Words]) -> Vec<Match> {
    let is_even = pictures.len() == free.len();
    if !is_even && pictures.len().max(free.len()) > MOST {
        return Vec::new();
    }
    let likeness = Likeness::new(pictures, free, all);
    if is_even {
        let same = |place| Match {
            picture: place,
            slot: place,
            is_like: likeness.of(place, place) > 0.0,
        };
        return (0..free.len()).map(same).collect();
    }
    let table = Table::new(&likeness, pictures.len(), free.len());
    let pairs = table.without_rivals(&table.pairs());
    let found = |(picture, slot)| Match {
        picture,
        slot,
        is_like: true,
    };
    pairs.into_iter().map(found).collect()
}

/// Words by number, sorted.
struct Bag {
    words: Vec<usize>,
    weight: f64,
}

/// The similarity of each remaining picture with each remaining slot.
pub(super) struct Likeness {
    pictures: Vec<Bag>,
    slots: Vec<Bag>,
    weights: Vec<f64>,
}

impl Likeness {
    pub(super) fn new(pictures: &[Words], slots: &[Words], all: &[Words]) -> Self {
        let mut lexicon = Lexicon::new(all);
        let slots = slots.iter().map(|words| lexicon.bag(words)).collect();
        let pictures = pictures.iter().map(|words| lexicon.bag(words)).collect();
        Likeness {
            pictures,
            slots,
            weights: lexicon.weights,
        }
    }

    /// From 0 to 1; 0 where too few words are in common.
    pub(super) fn of(&self, picture: usize, slot: usize) -> f64 {
        let (like, words) = self.measured(picture, slot);
        let is_enough = (words >= WORDS && like >= LIKE) || like >= VERY_LIKE;
        if is_enough { like } else { 0.0 }
    }

    /// The cosine of the two, and the number of words in common.
    pub(super) fn measured(&self, picture: usize, slot: usize) -> (f64, usize) {
        let (Some(picture), Some(slot)) = (self.pictures.get(picture), self.slots.get(slot)) else {
            return (0.0, 0);
        };
        let common = common(&picture.words, &slot.words);
        let weight: f64 = common
            .iter()
            .filter_map(|word| self.weights.get(*word))
            .sum();
        let most = (picture.weight * slot.weight).sqrt();
        let like = if most > 0.0 { weight / most } else { 0.0 };
        (like, common.len())
    }
}

/// The intersection of two sorted lists.
fn common(a: &[usize], b: &[usize]) -> Vec<usize> {
    let mut common = Vec::new();
    let mut rest = b.iter().peekable();
    for word in a {
        while rest.next_if(|other| *other < word).is_some() {}
        common.extend(rest.next_if(|other| *other == word));
    }
    common
}

/// Words with their weights: the fewer slots have a word, the more it weighs.
struct Lexicon<'w> {
    numbers: HashMap<&'w str, usize>,
    weights: Vec<f64>,
    /// Weight of a word that no slot has.
    strange: f64,
    strangers: HashMap<String, usize>,
}

impl<'w> Lexicon<'w> {
    fn new(slots: &'w [Words]) -> Self {
        let mut numbers = HashMap::new();
        let mut counts: Vec<u32> = Vec::new();
        for word in slots.iter().flatten() {
            let next = counts.len();
            let number = *numbers.entry(word.as_str()).or_insert(next);
            if number == next {
                counts.push(0);
            }
            if let Some(count) = counts.get_mut(number) {
                *count = count.saturating_add(1);
            }
        }
        let all = u32::try_from(slots.len()).map_or(f64::MAX, f64::from) + 1.0;
        Lexicon {
            numbers,
            weights: counts
                .iter()
                .map(|count| (all / f64::from(*count)).ln())
                .collect(),
            strange: all.ln(),
            strangers: HashMap::new(),
        }
    }

    fn bag(&mut self, words: &Words) -> Bag {
        let mut words: Vec<usize> = words.iter().map(|word| self.number(word)).collect();
        words.sort_unstable();
        let weight = words
            .iter()
            .filter_map(|word| self.weights.get(*word))
            .sum();
        Bag { words, weight }
    }

    fn number(&mut self, word: &str) -> usize {
        let known = self.numbers.get(word).or_else(|| self.strangers.get(word));
        if let Some(known) = known {
            return *known;
        }
        let number = self.weights.len();
        self.weights.push(self.strange);
        self.strangers.insert(word.to_owned(), number);
        number
    }
}

/// The best sum of similarities for the first `row` pictures and `column` slots.
struct Table {
    rows: usize,
    columns: usize,
    like: Vec<f64>,
    best: Vec<f64>,
}

impl Table {
    fn new(likeness: &Likeness, rows: usize, columns: usize) -> Self {
        let mut table = Table {
            rows,
            columns,
            like: Vec::with_capacity(rows * columns),
            best: vec![0.0; (rows + 1) * (columns + 1)],
        };
        for row in 0..rows {
            for column in 0..columns {
                let like = likeness.of(row, column);
                table.like.push(like);
                let best = (table.best(row, column) + like)
                    .max(table.best(row, column + 1))
                    .max(table.best(row + 1, column));
                let at = table.cell(row + 1, column + 1);
                if let Some(cell) = table.best.get_mut(at) {
                    *cell = best;
                }
            }
        }
        table
    }

    fn cell(&self, row: usize, column: usize) -> usize {
        row * (self.columns + 1) + column
    }

    fn best(&self, row: usize, column: usize) -> f64 {
        let cell = self.best.get(self.cell(row, column));
        cell.copied().unwrap_or_default()
    }

    fn like(&self, row: usize, column: usize) -> f64 {
        let cell = self.like.get(row * self.columns + column);
        cell.copied().unwrap_or_default()
    }

    /// The pairs of the best sum, in order.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let (mut row, mut column) = (self.rows, self.columns);
        while row > 0 && column > 0 {
            let best = self.best(row, column);
            if self.best(row - 1, column) >= best {
                row -= 1;
            } else if self.best(row, column - 1) >= best {
                column -= 1;
            } else {
                row -= 1;
                column -= 1;
                pairs.push((row, column));
            }
        }
        pairs.reverse();
        pairs
    }

    /// The pairs that have no rival of nearly the same similarity between their neighbours.
    fn without_rivals(&self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let is_clear = |number: usize, (row, column): (usize, usize)| {
            let before = number.checked_sub(1).and_then(|before| pairs.get(before));
            let behind = pairs.get(number + 1).copied();
            let (first_row, first_column) = before.map_or((0, 0), |(r, c)| (r + 1, c + 1));
            let (last_row, last_column) = behind.unwrap_or((self.rows, self.columns));
            let least = self.like(row, column) * RIVAL;
            let others = (first_column..last_column).filter(|other| *other != column);
            let mut in_row = others.map(|other| self.like(row, other));
            let others = (first_row..last_row).filter(|other| *other != row);
            let mut in_column = others.map(|other| self.like(other, column));
            in_row.all(|like| like < least) && in_column.all(|like| like < least)
        };
        let pairs = pairs.iter().copied().enumerate();
        pairs
            .filter(|(number, pair)| is_clear(*number, *pair))
            .map(|(_, pair)| pair)
            .collect()
    }
}
