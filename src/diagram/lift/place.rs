//! Which diagram of the Markdown a hand-drawn picture belongs to.
//!
//! Certain evidence comes first: the slot that the figure names, the source in it, the same
//! caption. The rest is matched by words in common, in the same order on both sides, since pages
//! keep the order of their Markdown.
//!
//! Not here: where pictures and slots come from, what happens to a picture without a slot.

use std::collections::{BTreeMap, BTreeSet};

use super::align::align;
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
    let free = slots.iter().enumerate().filter(|(_, slot)| !slot.taken);
    let mut seats = Seats {
        pictures,
        slots,
        placements: vec![Placement::default(); pictures.len()],
        left: (0..pictures.len()).collect(),
        free: free.map(|(number, _)| number).collect(),
    };
    let name = |name: Option<&str>| name.unwrap_or_default().trim().to_owned();
    seats.claim(
        PlacedBy::Named,
        |picture| name(picture.slot.as_deref()),
        |slot| name(Some(slot.name)),
    );
    let bare = |source: Option<&str>| source.unwrap_or_default().split_whitespace().collect();
    seats.claim(
        PlacedBy::Source,
        |picture| bare(picture.source.as_deref()),
        |slot| bare(Some(slot.source)),
    );
    let folded = |caption: Option<&str>| normal(caption.unwrap_or_default()).to_lowercase();
    seats.claim(
        PlacedBy::Caption,
        |picture| folded(picture.caption.as_deref()),
        |slot| folded(slot.caption),
    );
    seats.match_left();
    seats.placements
}

/// The slots assigned so far.
struct Seats<'s> {
    pictures: &'s [Drawn],
    slots: &'s [Slot<'s>],
    placements: Vec<Placement>,
    /// Pictures that are still to be placed.
    left: BTreeSet<usize>,
    free: BTreeSet<usize>,
}

/// What has one key, by number.
#[derive(Default)]
struct Same {
    pictures: Vec<usize>,
    free: Vec<usize>,
    /// A slot has it, free or not.
    is_known: bool,
}

impl Seats<'_> {
    fn give(&mut self, picture: usize, slot: usize, placed_by: PlacedBy) {
        self.left.remove(&picture);
        self.free.remove(&slot);
        if let Some(placement) = self.placements.get_mut(picture) {
            *placement = Placement {
                slot: Some(slot),
                placed_by: Some(placed_by),
            };
        }
    }

    /// Assigns pictures the slots with the same key, in order; an empty key matches nothing.
    ///
    /// A picture whose matching slots are all taken stays without a slot. A caption counts only if
    /// equally many have it on both sides: one such as "picture" distinguishes nothing.
    fn claim(
        &mut self,
        placed_by: PlacedBy,
        picture_key: impl Fn(&Drawn) -> String,
        slot_key: impl Fn(&Slot<'_>) -> String,
    ) {
        let mut sides: BTreeMap<String, Same> = BTreeMap::new();
        let left = self
            .left
            .iter()
            .filter_map(|left| Some((*left, self.pictures.get(*left)?)));
        for (number, picture) in left {
            let side = sides.entry(picture_key(picture)).or_default();
            side.pictures.push(number);
        }
        sides.remove("");
        for (number, slot) in self.slots.iter().enumerate() {
            if let Some(side) = sides.get_mut(&slot_key(slot)) {
                side.is_known = true;
                side.free.extend(self.free.get(&number));
            }
        }
        let is_caption = placed_by == PlacedBy::Caption;
        for side in sides.into_values().filter(|side| side.is_known) {
            if is_caption && side.pictures.len() != side.free.len() {
                continue;
            }
            for (picture, slot) in side.pictures.iter().zip(side.free) {
                self.give(*picture, slot, placed_by);
            }
            for picture in side.pictures {
                self.left.remove(&picture);
            }
        }
    }

    /// Assigns the remaining pictures to free slots by words or by order.
    fn match_left(&mut self) {
        let [left, free] =
            [&self.left, &self.free].map(|all| all.iter().copied().collect::<Vec<_>>());
        if left.is_empty() || free.is_empty() {
            return;
        }
        let all: Vec<Words> = self.slots.iter().map(slot_words).collect();
        let slots: Vec<&Words> = free.iter().filter_map(|slot| all.get(*slot)).collect();
        let pictures = left.iter().filter_map(|left| self.pictures.get(*left));
        let pictures: Vec<Words> = pictures.map(picture_words).collect();
        for found in align(&pictures, &slots, &all) {
            let placed_by = if found.like > 0.0 {
                PlacedBy::Words
            } else {
                PlacedBy::Order
            };
            if let (Some(picture), Some(slot)) = (left.get(found.picture), free.get(found.slot)) {
                self.give(*picture, *slot, placed_by);
            }
        }
    }
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
