//! Blocks of lines, beside and below each other: cells of records and of tables.
//!
//! Not here: what the cells say.

use super::limits::MAX_LABEL;

/// Separates two fields of a row.
const BESIDE: &str = " │ ";
/// Separates two fields of a column when one of them has several lines.
const RULE: &str = "──────";

/// `None` if what separates rows times columns is longer than [`MAX_LABEL`].
pub(super) fn beside(blocks: &[Vec<String>]) -> Option<Vec<String>> {
    let height = blocks.iter().map(Vec::len).max().unwrap_or_default();
    if height * blocks.len() * BESIDE.len() > MAX_LABEL {
        return None;
    }
    let line = |row: usize| {
        let cells = blocks.iter().map(|block| block.get(row));
        let cells = cells.map(|cell| cell.map_or("", String::as_str));
        cells.collect::<Vec<_>>().join(BESIDE)
    };
    Some((0..height).map(line).collect())
}

pub(super) fn below(blocks: &[Vec<String>]) -> Vec<String> {
    let needs_rules = blocks.iter().any(|block| block.len() > 1);
    let mut lines = Vec::new();
    for block in blocks {
        if needs_rules && !lines.is_empty() {
            lines.push(RULE.to_owned());
        }
        lines.extend_from_slice(block);
    }
    lines
}
