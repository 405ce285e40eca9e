//! The place in the re-rendered page of each picture of the old page: text of the old page that was
//! before the picture stays before it, and text after it stays after it.
//!
//! Not here: which slot a picture resembles (`place`), and how a place is made in the Markdown.

use std::collections::HashSet;

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
        let blocks = page.blocks.iter().enumerate();
        let blocks = blocks.map(|(at, block)| ((at + 1, false, 0), normal(&block.text)));
        let figures = page.figures.iter().filter(|figure| !without(&figure.slot));
        let figures = figures.map(|figure| (key(&figure.place), figure_key(&figure.slot)));
        let fixed = fixed
            .iter()
            .map(|drawn| (key(&drawn.place), drawn.svg.clone()));
        let mut all: Vec<_> = blocks.chain(figures).chain(fixed).collect();
        all.sort();
        let (at, keys) = all.into_iter().unzip();
        Self { keys, at }
    }

    /// The slots of figures that are in one line and not at the same place in the other.
    #[must_use]
    pub fn figures_without(&self, other: &Self) -> Vec<&str> {
        let matched: HashSet<usize> = matched(self, other).iter().map(|(own, _)| *own).collect();
        let keys = self.keys.iter().enumerate();
        let alone = keys.filter(|(at, _)| !matched.contains(at));
        alone
            .filter_map(|(_, key)| key.strip_prefix(FIGURE))
            .collect()
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
    let steps = difference(&old.keys, &new.keys);
    let same = steps
        .iter()
        .filter(|step| matches!(step, DiffOp::Equal { .. }));
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
    let mut seats: Vec<Option<Seat>> = vec![None; asked.len()];
    // Pictures with slots first: they narrow down the places of the others.
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (number, asked) in asked.iter().enumerate() {
        let slot = asked.slot.map(figure_key);
        let at = slot.and_then(|slot| new.keys.iter().position(|key| *key == slot));
        let between = between(&anchors, &taken, old.position(asked.place), number);
        if let Some(at) = at.filter(|at| between.0 <= *at && *at < between.1) {
            taken.push((number, at));
            if let Some(seat) = seats.get_mut(number) {
                *seat = Some(Seat::Slot);
            }
        }
    }
    let spot = |(number, asked): (usize, &Asked<'_>)| {
        let at = old.position(asked.place);
        let between = between(&anchors, &taken, at, number);
        let is_behind = at == 0 || anchors.iter().any(|(old, _)| old + 1 == at);
        new_place(new, asked.place, between, spots, is_exact, is_behind)
    };
    let seated = seats.into_iter().zip(asked.iter().enumerate());
    seated
        .map(|(seat, asked)| seat.unwrap_or_else(|| spot(asked)))
        .collect()
}

/// The first and last place of the new page at which a picture may be.
fn between(
    anchors: &[(usize, usize)],
    taken: &[(usize, usize)],
    at: usize,
    number: usize,
) -> (usize, usize) {
    let before = anchors.iter().filter(|(old, _)| *old < at);
    let before = before.chain(taken.iter().filter(|(other, _)| *other < number));
    let behind = anchors.iter().filter(|(old, _)| *old >= at);
    let behind = behind.chain(taken.iter().filter(|(other, _)| *other > number));
    let first = before.map(|(_, new)| new + 1).max();
    let last = behind.map(|(_, new)| *new).min();
    (first.unwrap_or_default(), last.unwrap_or(usize::MAX))
}

fn new_place(
    new: &Line,
    place: &Place,
    (first, last): (usize, usize),
    spots: &[Place],
    is_exact: bool,
    is_behind: bool,
) -> Seat {
    let is_table = |(name, _): &(String, usize)| matches!(name.as_str(), "td" | "th");
    if place.around.iter().any(is_table) {
        return Seat::None("is in a table, where Markdown has no place for it");
    }
    if place.is_inside {
        return Seat::None("is in the middle of a paragraph, where Markdown has no place for it");
    }
    let fits = |spot: &&(usize, &Place)| {
        let at = new.position(spot.1);
        first <= at && at <= last && is_around(&spot.1.around, &place.around, is_exact)
    };
    let spots: Vec<(usize, &Place)> = spots.iter().enumerate().collect();
    // Beside the text that is known: a picture belongs to what is before it, unless only what is
    // behind it is known.
    let found = if is_behind || last == usize::MAX {
        spots.iter().find(fits)
    } else {
        spots.iter().rev().find(fits)
    };
    match found {
        Some((number, _)) => Seat::Spot(*number),
        None => Seat::None("is at a place that the document has no counterpart of"),
    }
}

fn is_around(spot: &[(String, usize)], place: &[(String, usize)], is_exact: bool) -> bool {
    if is_exact {
        return spot == place;
    }
    let names = |around: &[(String, usize)]| -> Vec<String> {
        around.iter().map(|(name, _)| name.clone()).collect()
    };
    names(spot) == names(place)
}
