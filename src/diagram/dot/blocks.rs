//! Blocks of lines, beside and below each other: cells of records and of tables.
//!
//! Not here: what the cells say.

use super::limits::MAX_LABEL;
use crate::diagram::widths;

/// A line of nothing else separates two fields of a column.
pub(super) const RULE: &str = "─";
/// Separates two fields of a row.
const BESIDE: &str = " │ ";
/// A blank that no renderer drops.
const BLANK: &str = "\u{a0}";
/// Blanks may be longer than the words of a label, by this factor.
const MOST_BLANK: usize = 8;

/// The blocks in columns as wide as their widest lines; `None` if they are much longer than [`MAX_LABEL`].
pub(super) fn beside(blocks: &[Vec<String>]) -> Option<Vec<String>> {
    if let [only] = blocks {
        return Some(only.clone());
    }
    let height = blocks.iter().map(Vec::len).max().unwrap_or_default();
    let sides: Vec<usize> = blocks.iter().map(|block| blanks(block)).collect();
    let length = sides.iter().sum::<usize>() * BLANK.len() + blocks.len() * BESIDE.len();
    if height > 1 && height.saturating_mul(length) > MAX_LABEL * MOST_BLANK {
        return None;
    }
    let line = |row: usize| {
        let cells = blocks.iter().zip(&sides);
        let cells = cells.map(
            |(block, side)| match block.get(row).map_or("", String::as_str) {
                // A blank is about a quarter as wide.
                RULE => RULE.repeat((side / 4).max(1)),
                words => {
                    let room = side.saturating_sub(blanks(&[words.to_owned()]));
                    let before = BLANK.repeat(room / 2);
                    format!("{before}{words}{}", BLANK.repeat(room - room / 2))
                }
            },
        );
        cells.collect::<Vec<_>>().join(BESIDE)
    };
    Some((0..height).map(line).collect())
}

/// How many blanks are as wide as the widest of the lines.
fn blanks(lines: &[String]) -> usize {
    let widths = lines.iter().map(|line| widths::width(line, 1.0, false));
    let widest = widths.fold(0.0, f64::max) / widths::width(BLANK, 1.0, false);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "of few letters"
    )]
    let count = widest.round() as usize;
    count
}

/// Separated by rules if they are to be.
pub(super) fn below(blocks: &[Vec<String>], is_ruled: bool) -> Vec<String> {
    let between: &[String] = if is_ruled { &[RULE.to_owned()] } else { &[] };
    blocks.join(between)
}
