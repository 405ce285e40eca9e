//! What a source may ask for, by count, so that a diagram succeeds or fails alike on every machine.
//!
//! Not here: the renderer's own limits, and killing a drawing that takes too long in spite of the
//! counts (`draw`).

use super::super::drawing::{Cause, Failure};

/// The layout's time grows with the square of the links.
const MOST_LINKS: usize = 2_500;
/// Nested subgraphs: the parser's time grows with the square of their number.
const MOST_FRAMES: usize = 1_000;
/// `a & b --> c & d` is a link for each pair.
const MOST_PAIRS: usize = 20_000;
/// In bytes. Breaking the lines of a longer word takes minutes.
const LONGEST_LINE: usize = 16 * 1024;
/// Enforces the limits that the renderer checks too late or not at all.
pub(super) fn count(source: &str) -> Result<(), Failure> {
    let long = source.lines().position(|line| line.len() > LONGEST_LINE);
    if let Some(line) = long {
        let message = format!("a line longer than {} KiB", LONGEST_LINE / 1024);
        return Err(Failure::new(message).because(Cause::Large).at(line + 1));
    }
    let links: usize = ["--", "==", "-."]
        .iter()
        .map(|link| source.matches(link).count())
        .sum();
    if links > MOST_LINKS {
        return Err(Failure::too_many("links", MOST_LINKS));
    }
    let is_frame = |line: &&str| line.trim_start().starts_with("subgraph");
    if source.lines().filter(is_frame).count() > MOST_FRAMES {
        return Err(Failure::too_many("subgraphs", MOST_FRAMES));
    }
    let pairs: usize = source.lines().map(pairs).sum();
    if pairs > MOST_PAIRS {
        return Err(Failure::too_many("links between pairs", MOST_PAIRS));
    }
    Ok(())
}

/// An upper bound of the links that one statement with `&` makes.
fn pairs(line: &str) -> usize {
    let ends = line.matches('&').count() + 1;
    if ends > 2 {
        ends.saturating_mul(ends) / 4
    } else {
        0
    }
}
