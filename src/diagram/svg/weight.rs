//! Counts how many elements a picture has after its `<use>` elements are expanded.
//!
//! Not here: patterns, markers and masks, which a browser draws once and repeats.

use std::collections::HashMap;

use super::links;
use super::tree::{Node, end};

/// The number of elements drawn, saturating; `None` if a `<use>` refers to itself.
pub(super) fn drawn(nodes: &[Node<String>]) -> Option<usize> {
    let graph = Graph::of(nodes);
    let mut done: HashMap<usize, usize> = HashMap::new();
    // Tops whose weight is asked for, the next one last, each with whether its own uses were
    // pushed already; written out as a stack because chains of uses have no depth to trust.
    let mut stack = vec![(0, false)];
    let mut open: Vec<usize> = Vec::new();
    while let Some((top, ready)) = stack.pop() {
        if done.contains_key(&top) {
            continue;
        }
        let (size, called) = graph.below(top);
        if ready {
            open.pop();
            let more = called
                .iter()
                .filter_map(|target| done.get(target))
                .fold(size, |sum, weight| sum.saturating_add(*weight));
            done.insert(top, more);
            continue;
        }
        open.push(top);
        stack.push((top, true));
        for target in called {
            if open.contains(&target) {
                return None;
            }
            if !done.contains_key(&target) {
                stack.push((target, false));
            }
        }
    }
    done.get(&0).copied()
}

/// Which `<use>` draws which elements.
struct Graph<'a> {
    nodes: &'a [Node<String>],
    /// The index of each `<use>` whose target is in the picture, with the target's.
    uses: Vec<(usize, usize)>,
}

impl<'a> Graph<'a> {
    fn of(nodes: &'a [Node<String>]) -> Self {
        let mut ids = HashMap::new();
        for (index, node) in nodes.iter().enumerate() {
            if let Some(id) = node.element().and_then(|element| element.get("id")) {
                ids.entry(id).or_insert(index);
            }
        }
        let uses = nodes
            .iter()
            .enumerate()
            .filter_map(|(index, node)| {
                let element = node.element().filter(|element| element.name == "use")?;
                let target = ids.get(links::fragment(element.get("href")?)?)?;
                Some((index, *target))
            })
            .collect();
        Self { nodes, uses }
    }

    /// The number of nodes of an element with itself, and the targets of the uses among them.
    fn below(&self, top: usize) -> (usize, Vec<usize>) {
        let end = end(self.nodes, top);
        let first = self.uses.partition_point(|(index, _)| *index < top);
        let called = self
            .uses
            .iter()
            .skip(first)
            .take_while(|(index, _)| *index < end)
            .map(|(_, target)| *target)
            .collect();
        (end - top, called)
    }
}
