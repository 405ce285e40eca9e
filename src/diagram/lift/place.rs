//! Which diagram of the Markdown a hand-drawn picture belongs to.
//!
//! Certain evidence comes first: the slot that the figure names, the source in it, the same
//! caption. The rest is matched by words in common, in the same order on both sides, since pages
//! keep the order of their Markdown.
//!
//! Not here: where pictures and slots come from, what happens to a picture without a slot.

use std::collections::{BTreeMap, BTreeSet};

use super::align::{Said, align, said};
use super::page::Drawn;
use super::presence::normal;

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

/// Index of a picture's slot, and why this slot; `None` if nothing determines it.
pub type Placement = Option<(usize, PlacedBy)>;

/// Finds the slot of each picture. A slot is assigned once, and not if it is `taken`.
#[must_use]
pub fn place(pictures: &[Drawn], slots: &[Slot<'_>]) -> Vec<Placement> {
    let free = (0..slots.len()).filter(|slot| !slots[*slot].taken);
    let mut seats = Seats {
        pictures,
        slots,
        placements: vec![None; pictures.len()],
        left: (0..pictures.len()).collect(),
        free: free.collect(),
    };
    let name = |name: &str| name.trim().to_owned();
    seats.claim(
        PlacedBy::Named,
        |picture| picture.slot.as_deref().map(name),
        |slot| Some(name(slot.name)),
    );
    let bare = |source: &str| source.split_whitespace().collect();
    seats.claim(
        PlacedBy::Source,
        |picture| picture.source.as_deref().map(bare),
        |slot| Some(bare(slot.source)),
    );
    let folded = |caption: &str| normal(caption).to_lowercase();
    seats.claim(
        PlacedBy::Caption,
        |picture| picture.caption.as_deref().map(folded),
        |slot| slot.caption.map(folded),
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

impl Seats<'_> {
    fn give(&mut self, picture: usize, slot: usize, placed_by: PlacedBy) {
        self.left.remove(&picture);
        self.free.remove(&slot);
        self.placements[picture] = Some((slot, placed_by));
    }

    /// Assigns pictures the slots with the same key, in order; an empty key matches nothing.
    ///
    /// A picture whose matching slots are all taken stays without a slot. A caption counts only if
    /// equally many have it on both sides: one such as "picture" distinguishes nothing.
    fn claim(
        &mut self,
        placed_by: PlacedBy,
        picture_key: impl Fn(&Drawn) -> Option<String>,
        slot_key: impl Fn(&Slot<'_>) -> Option<String>,
    ) {
        let pictures = self.left.iter().copied();
        let pictures = by_key(pictures, |picture| picture_key(&self.pictures[picture]));
        let slots = by_key(0..self.slots.len(), |slot| slot_key(&self.slots[slot]));
        for (key, pictures) in pictures {
            let Some(slots) = slots.get(&key) else {
                continue;
            };
            let free = slots.iter().copied();
            let free: Vec<usize> = free.filter(|slot| self.free.contains(slot)).collect();
            if placed_by == PlacedBy::Caption && pictures.len() != free.len() {
                continue;
            }
            for (picture, slot) in pictures.iter().zip(free) {
                self.give(*picture, slot, placed_by);
            }
            for picture in pictures {
                self.left.remove(&picture);
            }
        }
    }

    /// Assigns the remaining pictures to free slots by words or by order.
    fn match_left(&mut self) {
        let [left, free] =
            [&self.left, &self.free].map(|all| all.iter().copied().collect::<Vec<_>>());
        let slots = free.iter().map(|slot| &self.slots[*slot]);
        let slots = slots.map(|slot| said(&[slot.source, slot.caption.unwrap_or_default()]));
        let pictures = left.iter().map(|left| &self.pictures[*left]);
        let pictures = pictures
            .map(|drawn| said(&[&drawn.words, drawn.caption.as_deref().unwrap_or_default()]));
        let (pictures, slots): (Vec<Said>, Vec<Said>) = (pictures.collect(), slots.collect());
        for found in align(&pictures, &slots) {
            let placed_by = if found.like > 0.0 {
                PlacedBy::Words
            } else {
                PlacedBy::Order
            };
            self.give(left[found.picture], free[found.slot], placed_by);
        }
    }
}

/// What has the same key, which is not empty.
fn by_key(
    all: impl Iterator<Item = usize>,
    key: impl Fn(usize) -> Option<String>,
) -> BTreeMap<String, Vec<usize>> {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for one in all {
        if let Some(key) = key(one).filter(|key| !key.is_empty()) {
            same.entry(key).or_default().push(one);
        }
    }
    same
}
