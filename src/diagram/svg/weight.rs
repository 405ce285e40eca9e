//! Counts how many elements a picture has after its `<use>` elements are expanded.
//!
//! Not here: patterns, markers and masks, which a browser draws once and repeats.

use std::collections::HashMap;

use super::links;
use super::tree::{Node, end};

/// The longest chain of uses that draw uses.
const CHAIN: usize = 200;

/// The number of elements drawn, saturating; `None` if a `<use>` draws itself, or the chain is too
/// long.
pub(super) fn drawn(nodes: &[Node]) -> Option<usize> {
    let elements = nodes.iter().enumerate();
    let elements = elements.filter_map(|(index, node)| Some((index, node.element()?)));
    let mut ids = HashMap::new();
    for (index, element) in elements.clone() {
        if let Some(id) = element.get("id") {
            ids.entry(id).or_insert(index);
        }
    }
    let uses = elements.filter(|(_, element)| element.name == "use");
    let uses = uses.filter_map(|(index, element)| {
        let target = links::fragment(element.get("href")?)?;
        Some((index, *ids.get(target)?))
    });
    let mut graph = Graph {
        nodes,
        uses: uses.collect(),
        done: HashMap::new(),
    };
    graph.weight(0, CHAIN)
}

/// Which `<use>` draws which elements.
struct Graph<'a> {
    nodes: &'a [Node],
    /// The index of each `<use>` whose target is in the picture, with the target's.
    uses: Vec<(usize, usize)>,
    done: HashMap<usize, usize>,
}

impl Graph<'_> {
    /// The number of nodes that an element with all in it draws.
    fn weight(&mut self, top: usize, left: usize) -> Option<usize> {
        if let Some(known) = self.done.get(&top) {
            return Some(*known);
        }
        let left = left.checked_sub(1)?;
        let end = end(self.nodes, top);
        let first = self.uses.partition_point(|(index, _)| *index < top);
        let last = self.uses.partition_point(|(index, _)| *index < end);
        let mut all = end - top;
        for at in first..last {
            let target = self.uses.get(at)?.1;
            all = all.saturating_add(self.weight(target, left)?);
        }
        self.done.insert(top, all);
        Some(all)
    }
}
