//! Counts how many elements a picture has after its `<use>` elements are expanded.
//!
//! Not here: patterns, markers and masks, which a browser draws once and repeats.

use std::collections::HashMap;

use super::limits::MOST_DRAWN;
use super::links;
use super::tree::{Node, end};

/// The longest chain of uses that draw uses.
const CHAIN: usize = 200;

/// Whether a picture draws few enough elements, and no `<use>` draws itself.
pub(super) fn is_light(nodes: &[Node]) -> bool {
    let mut ids = HashMap::new();
    for (index, node) in nodes.iter().enumerate() {
        if let Some(id) = node.element().and_then(|element| element.get("id")) {
            ids.entry(id).or_insert(index);
        }
    }
    let mut left = MOST_DRAWN;
    draw(nodes, &ids, 0, (&mut left, CHAIN)).is_some()
}

/// Draws an element with all in it; `left` are the nodes and the uses in a chain that may still be
/// drawn.
fn draw(
    nodes: &[Node],
    ids: &HashMap<&str, usize>,
    top: usize,
    (left, chain): (&mut usize, usize),
) -> Option<()> {
    let chain = chain.checked_sub(1)?;
    for node in nodes.get(top..end(nodes, top))? {
        *left = left.checked_sub(1)?;
        let element = node.element().filter(|element| element.name == "use");
        let target = element.and_then(|element| links::fragment(element.get("href")?));
        if let Some(target) = target.and_then(|id| ids.get(id)) {
            draw(nodes, ids, *target, (left, chain))?;
        }
    }
    Some(())
}
