//! Which diagram of the Markdown a hand-drawn picture belongs to.
//!
//! Certain evidence comes first: the slot that the figure names, the source in it, the same
//! caption. The rest is matched by words in common, in the same order on both sides, since pages
//! keep the order of their Markdown.
//!
//! Not here: where pictures and slots come from, what happens to a picture without a slot.

use std::collections::{HashMap, VecDeque};

use super::align::{Match, align};
use super::page::Drawn;
use super::presence::normal;
use super::words::{Words, source_words, words};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slot<'a> {
    /// Unique in the document.
    pub name: &'a str,
    pub caption: Option<&'a str>,
    pub source: &'a str,
    /// It already has a hand-drawn picture.
    pub taken: bool,
}

/// Why a picture belongs to a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlacedBy {
    /// Its figure names the slot.
    Named,
    /// Its figure contains the slot's source.
    Source,
    Caption,
    /// Its text is similar to the slot's source.
    Words,
    /// As many pictures as slots remain, and both have the same position.
    Order,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Placement {
    /// Index of the slot; `None` if nothing determines it.
    pub slot: Option<usize>,
    /// Why this slot.
    pub placed_by: Option<PlacedBy>,
}

/// Finds the slot of each picture. A slot is assigned once, and not if it is `taken`.
#[must_use]
pub fn place(pictures: &[Drawn], slots: &[Slot<'_>]) -> Vec<Placement> {
    let mut seats = Seats::new(pictures.len(), slots);
    let names = keys(pictures, |picture| trimmed(picture.slot.as_deref()));
    seats.claim(PlacedBy::Named, &names, |slot| trimmed(Some(slot.name)));
    let sources = keys(pictures, |picture| bare(picture.source.as_deref()));
    seats.claim(PlacedBy::Source, &sources, |slot| bare(Some(slot.source)));
    let captions = keys(pictures, |picture| folded(picture.caption.as_deref()));
    seats.agree(&captions, |slot| folded(slot.caption));
    seats.match_left(pictures);
    seats.placements
}

/// What pictures and slots are compared by; `None` never matches.
type Key = Option<String>;

fn keys(pictures: &[Drawn], key: impl Fn(&Drawn) -> Key) -> Vec<Key> {
    pictures.iter().map(key).collect()
}

fn trimmed(text: Option<&str>) -> Key {
    text.map(|text| text.trim().to_owned()).filter(is_said)
}

/// The text without whitespace.
fn bare(text: Option<&str>) -> Key {
    text.map(|text| text.split_whitespace().collect())
        .filter(is_said)
}

fn folded(text: Option<&str>) -> Key {
    text.map(|text| normal(text).to_lowercase()).filter(is_said)
}

#[expect(clippy::ptr_arg, reason = "the filter of an Option<String>")]
fn is_said(text: &String) -> bool {
    !text.is_empty()
}

/// The slots assigned so far.
struct Seats<'s> {
    slots: &'s [Slot<'s>],
    placements: Vec<Placement>,
    /// Pictures that need no further test.
    is_settled: Vec<bool>,
    is_free: Vec<bool>,
}

impl<'s> Seats<'s> {
    fn new(pictures: usize, slots: &'s [Slot<'s>]) -> Self {
        Seats {
            slots,
            placements: vec![Placement::default(); pictures],
            is_settled: vec![false; pictures],
            is_free: slots.iter().map(|slot| !slot.taken).collect(),
        }
    }

    fn left(&self) -> Vec<usize> {
        numbers(&self.is_settled, false)
    }

    fn free(&self) -> Vec<usize> {
        numbers(&self.is_free, true)
    }

    fn give(&mut self, picture: usize, slot: usize, placed_by: PlacedBy) {
        if let (Some(placement), Some(is_free)) =
            (self.placements.get_mut(picture), self.is_free.get_mut(slot))
        {
            *is_free = false;
            *placement = Placement {
                slot: Some(slot),
                placed_by: Some(placed_by),
            };
        }
        self.settle(picture);
    }

    fn settle(&mut self, picture: usize) {
        if let Some(is_settled) = self.is_settled.get_mut(picture) {
            *is_settled = true;
        }
    }

    /// Assigns pictures the slots with the same key, in order. A picture whose matching slots are
    /// all taken is settled without a slot.
    fn claim(&mut self, placed_by: PlacedBy, keys: &[Key], key: impl Fn(&Slot<'_>) -> Key) {
        let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (number, slot) in self.slots.iter().enumerate() {
            let Some(key) = key(slot) else { continue };
            let slots = free.entry(key).or_default();
            if self.is_free.get(number) == Some(&true) {
                slots.push_back(number);
            }
        }
        for picture in self.left() {
            let key = keys.get(picture).and_then(Option::as_ref);
            let Some(slots) = key.and_then(|key| free.get_mut(key)) else {
                continue;
            };
            match slots.pop_front() {
                Some(slot) => self.give(picture, slot, placed_by),
                None => self.settle(picture),
            }
        }
    }

    /// Assigns pictures the slots with the same caption, if equally many have it on both sides: a
    /// caption such as "picture" distinguishes nothing.
    fn agree(&mut self, captions: &[Key], caption: impl Fn(&Slot<'_>) -> Key) {
        let mut sides: HashMap<String, [Vec<usize>; 2]> = HashMap::new();
        for picture in self.left() {
            if let Some(key) = captions.get(picture).cloned().flatten() {
                let [pictures, _] = sides.entry(key).or_default();
                pictures.push(picture);
            }
        }
        for slot in self.free() {
            let key = self.slots.get(slot).and_then(&caption);
            if let Some([_, slots]) = key.and_then(|key| sides.get_mut(&key)) {
                slots.push(slot);
            }
        }
        for [pictures, slots] in sides.into_values() {
            if pictures.len() == slots.len() {
                for (picture, slot) in pictures.into_iter().zip(slots) {
                    self.give(picture, slot, PlacedBy::Caption);
                }
            }
        }
    }

    /// Assigns the remaining pictures to free slots by words or by order.
    fn match_left(&mut self, pictures: &[Drawn]) {
        let (left, free) = (self.left(), self.free());
        if left.is_empty() || free.is_empty() {
            return;
        }
        let all: Vec<Words> = self.slots.iter().map(slot_words).collect();
        let slots: Vec<Words> = picked(&free, &all).cloned().collect();
        let pictures: Vec<Words> = picked(&left, pictures).map(picture_words).collect();
        for Match {
            picture,
            slot,
            is_like,
        } in align(&pictures, &slots, &all)
        {
            let placed_by = if is_like {
                PlacedBy::Words
            } else {
                PlacedBy::Order
            };
            if let (Some(picture), Some(slot)) = (left.get(picture), free.get(slot)) {
                self.give(*picture, *slot, placed_by);
            }
        }
    }
}

fn picked<'a, T>(numbers: &'a [usize], from: &'a [T]) -> impl Iterator<Item = &'a T> {
    numbers.iter().filter_map(|number| from.get(*number))
}

fn picture_words(picture: &Drawn) -> Words {
    let mut all = words(&picture.words);
    all.extend(words(picture.caption.as_deref().unwrap_or_default()));
    all
}

fn slot_words(slot: &Slot<'_>) -> Words {
    let mut all = source_words(slot.source);
    all.extend(words(slot.caption.unwrap_or_default()));
    all
}

fn numbers(flags: &[bool], wanted: bool) -> Vec<usize> {
    let wanted = flags
        .iter()
        .enumerate()
        .filter(|(_, flag)| **flag == wanted);
    wanted.map(|(number, _)| number).collect()
}
