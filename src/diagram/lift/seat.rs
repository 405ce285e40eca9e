//! The place in the re-rendered page of each picture of the old page: text of the old page that was
//! before the picture stays before it, and text after it stays after it.
//!
//! Not here: which slot a picture resembles (`place`), and how a place is made in the Markdown.

use std::ops::RangeInclusive;

use similar::DiffOp;

use super::blocks::Place;
use super::edits::difference;
use super::page::{Drawn, Page};
use super::presence::normal;

/// The content of a page in order: its blocks of text, and the figures that are not in question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    keys: Vec<String>,
    /// For each key: the number of blocks before it, whether it is a figure, and its order.
    at: Vec<(usize, bool, usize)>,
}

/// A picture of the old page whose place in the new page is sought.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub place: &'a Place,
    /// The slot that it resembles.
    pub slot: Option<&'a str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seat {
    Slot,
    /// A new place, by its number.
    Spot(usize),
    None(&'static str),
}

impl Line {
    /// The content of a page with the pictures that the Markdown itself draws, and without the
    /// figures of the slots for which `without` is true.
    #[must_use]
    pub fn new(page: &Page, fixed: &[&Drawn], without: &dyn Fn(&str) -> bool) -> Self {
        let blocks = page.blocks.iter().zip(1..);
        let blocks = blocks.map(|(block, at)| ((at, false, 0), normal(&block.text)));
        let figures = page.figures.iter().map(|figure| {
            let slot = figure.slot.as_deref().unwrap_or_default();
            (key(&figure.place), slot)
        });
        let figures = figures.filter(|(_, slot)| !without(slot));
        let figures = figures.map(|(at, slot)| (at, figure_key(slot)));
        let fixed = fixed.iter();
        let fixed = fixed.map(|drawn| (key(&drawn.place), drawn.svg.clone()));
        let mut all: Vec<_> = blocks.chain(figures).chain(fixed).collect();
        all.sort();
        let (at, keys) = all.into_iter().unzip();
        Self { keys, at }
    }

    /// The slots of figures that are in one line and not at the same place in the other.
    #[must_use]
    pub fn figures_without(&self, other: &Self) -> Vec<&str> {
        let steps = difference(&self.keys, &other.keys).into_iter();
        let alone = steps.filter(|step| !matches!(step, DiffOp::Equal { .. }));
        let alone = alone.flat_map(|step| &self.keys[step.old_range()]);
        alone.filter_map(|key| key.strip_prefix(FIGURE)).collect()
    }

    #[must_use]
    pub fn shows_the_same(&self, other: &Self) -> bool {
        self.keys == other.keys
    }

    fn position(&self, place: &Place) -> usize {
        let place = key(place);
        self.at.partition_point(|at| *at < place)
    }
}

/// First character of a figure's key; texts never begin with it.
const FIGURE: &str = "\u{1}";

fn figure_key(slot: &str) -> String {
    format!("{FIGURE}{slot}")
}

fn key(place: &Place) -> (usize, bool, usize) {
    (place.before, true, place.order)
}

/// The positions of the keys that two lines have in common, in order.
fn matched(old: &Line, new: &Line) -> Vec<(usize, usize)> {
    let same = difference(&old.keys, &new.keys).into_iter();
    let same = same.filter(|step| matches!(step, DiffOp::Equal { .. }));
    same.flat_map(|step| step.old_range().zip(step.new_range()))
        .collect()
}

/// Finds the seat of each picture. `spots` are the new places that could be made, each with its
/// position in the new page. `is_exact` says that both pages come from the same Markdown.
#[must_use]
pub fn seats(
    old: &Line,
    new: &Line,
    asked: &[Asked<'_>],
    spots: &[Place],
    is_exact: bool,
) -> Vec<Seat> {
    let anchors = matched(old, new);
    // Pictures with slots first: they narrow down the places of the others.
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (number, asked) in asked.iter().enumerate() {
        let slot = asked.slot.map(figure_key);
        let at = slot.and_then(|slot| new.keys.iter().position(|key| *key == slot));
        let fits = between(&anchors, &taken, old.position(asked.place), number);
        let at = at.filter(|at| fits.contains(at) && *at != *fits.end());
        taken.extend(at.map(|at| (number, at)));
    }
    let seat = |(number, asked): (usize, &Asked<'_>)| {
        if taken.iter().any(|(other, _)| *other == number) {
            return Seat::Slot;
        }
        if let Some(why) = unplaceable(asked.place) {
            return Seat::None(why);
        }
        let at = old.position(asked.place);
        let range = between(&anchors, &taken, at, number);
        let fits = |(_, spot): &(usize, &Place)| {
            range.contains(&new.position(spot))
                && is_around(&spot.around, &asked.place.around, is_exact)
        };
        let mut fitting = spots.iter().enumerate().filter(fits);
        // Beside the text that is known: a picture belongs to what is before it, unless only what is
        // behind it is known.
        let is_behind = at == 0 || anchors.iter().any(|(old, _)| old + 1 == at);
        let spot = if is_behind || *range.end() == usize::MAX {
            fitting.next()
        } else {
            fitting.next_back()
        };
        let nowhere = Seat::None("is at a place that the document has no counterpart of");
        spot.map_or(nowhere, |(number, _)| Seat::Spot(number))
    };
    asked.iter().enumerate().map(seat).collect()
}

/// The first and last place of the new page at which a picture may be: between the text around it,
/// and between the slots of the pictures around it.
fn between(
    anchors: &[(usize, usize)],
    taken: &[(usize, usize)],
    at: usize,
    number: usize,
) -> RangeInclusive<usize> {
    let [text, slots] = [(anchors, at), (taken, number)].map(|(pairs, at)| {
        let (before, behind) = pairs.split_at(pairs.partition_point(|(old, _)| *old < at));
        let first = before.last().map_or(0, |(_, new)| new + 1);
        (first, behind.first().map_or(usize::MAX, |(_, new)| *new))
    });
    text.0.max(slots.0)..=text.1.min(slots.1)
}

/// Why no fence can be where a picture is.
fn unplaceable(place: &Place) -> Option<&'static str> {
    let mut around = place.around.iter();
    if around.any(|(name, _)| matches!(name.as_str(), "td" | "th")) {
        return Some("is in a table, where Markdown has no place for it");
    }
    let why = "is in the middle of a paragraph, where Markdown has no place for it";
    place.is_inside.then_some(why)
}

/// Whether the same elements are around both; in pages of the same Markdown, each of the same number.
fn is_around(spot: &[(String, usize)], place: &[(String, usize)], is_exact: bool) -> bool {
    let mut both = spot.iter().zip(place);
    spot.len() == place.len()
        && both.all(|(spot, place)| spot.0 == place.0 && (!is_exact || spot.1 == place.1))
}
