//! `rank=same|min|max`, approximated: a flowchart has no ranks, so invisible links give the nodes
//! of a rank the same predecessors, and thereby usually the same distance from the top.
//!
//! Also keeps the tail of a `dir=back` edge above its head.
//!
//! Not here: the order within a rank, and ranks that edges among the nodes contradict; such nodes
//! stay where their edges put them.

use std::collections::BTreeSet;

use super::graph::{Edge, Graph, ROOT};
use super::look::link;

/// The most invisible links that ranks add.
const MAX_LINKS: usize = 200;
/// How often the set of reachable nodes may be computed. Each search visits the whole graph at
/// worst.
const MAX_SEARCHES: usize = 1_000;

/// The invisible links, from node to node, that keep the ranks together. They form no cycle.
pub(super) fn links(graph: &Graph) -> Vec<(usize, usize)> {
    let mut ranks = Ranks::of(graph);
    for (index, subgraph) in graph.subgraphs.iter().enumerate() {
        // A rank is also inherited as an attribute; the outermost subgraph that has it counts.
        let rank = subgraph.attrs.text("rank");
        let outer = subgraph
            .parent
            .map_or("", |parent| graph.subgraphs[parent].attrs.text("rank"));
        if index == ROOT || outer == rank {
            continue;
        }
        let members: BTreeSet<usize> = subgraph.nodes.iter().copied().collect();
        match rank {
            "same" => ranks.same(&members),
            "min" | "source" => ranks.first(&members),
            "max" | "sink" => ranks.last(&members),
            _ => {}
        }
    }
    ranks.added
}

/// For each node, the nodes it links to by edges that take part in the ranking.
pub(super) struct Paths(Vec<BTreeSet<usize>>);

impl Paths {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut paths = vec![BTreeSet::new(); graph.nodes.len()];
        for edge in graph
            .edges
            .iter()
            .filter(|edge| !edge.attrs.is_false("constraint"))
        {
            paths[edge.tail].insert(edge.head);
        }
        Self(paths)
    }

    /// Whether there is a path from one node to another.
    pub(super) fn lead(&self, from: usize, to: usize) -> bool {
        reachable(&self.0, from)[to]
    }
}

/// The ends of the edges whose only arrow is at the tail. Their links are written from head to
/// tail; an invisible link in the other direction keeps the tail above.
pub(super) fn kept_above(graph: &Graph, paths: &Paths) -> Vec<(usize, usize)> {
    let is_kept = |edge: &&Edge| {
        let is_ranked = edge.tail != edge.head && !edge.attrs.is_false("constraint");
        is_ranked
            && link(&edge.attrs, graph.directed).is_backward
            && !paths.lead(edge.head, edge.tail)
    };
    graph
        .edges
        .iter()
        .filter(is_kept)
        .map(|edge| (edge.tail, edge.head))
        .collect()
}

/// The nodes in the order they are drawn. Of two links that contradict each other, Mermaid's layout
/// reverses the one that it finds later, visiting the nodes in order: so the tails of `kept_above`
/// come first, upper ones before lower ones.
pub(super) fn order(nodes: usize, kept_above: &[(usize, usize)]) -> Vec<usize> {
    let mut above = vec![0_usize; nodes];
    let mut below = vec![Vec::new(); nodes];
    for &(tail, head) in kept_above {
        above[head] += 1;
        below[tail].push(head);
    }
    let mut order = Vec::new();
    let mut ready: BTreeSet<usize> = (0..nodes)
        .filter(|&node| above[node] == 0 && !below[node].is_empty())
        .collect();
    while let Some(node) = ready.pop_first() {
        order.push(node);
        for &head in &below[node] {
            above[head] -= 1;
            if above[head] == 0 && !below[head].is_empty() {
                ready.insert(head);
            }
        }
    }
    let first: BTreeSet<usize> = order.iter().copied().collect();
    order.extend((0..nodes).filter(|node| !first.contains(node)));
    order
}

fn reachable(leads_to: &[BTreeSet<usize>], from: usize) -> Vec<bool> {
    let mut seen = vec![false; leads_to.len()];
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        for &next in &leads_to[node] {
            if !seen[next] {
                seen[next] = true;
                open.push(next);
            }
        }
    }
    seen
}

struct Ranks {
    /// The targets of each node's edges, added links included: no link may close a cycle.
    leads_to: Vec<BTreeSet<usize>>,
    /// For each node, the nodes with an edge to it that takes part in the ranking.
    ranked_after: Vec<BTreeSet<usize>>,
    added: Vec<(usize, usize)>,
    searches: usize,
}

impl Ranks {
    fn of(graph: &Graph) -> Self {
        let none = vec![BTreeSet::new(); graph.nodes.len()];
        let mut ranks = Self {
            leads_to: none.clone(),
            ranked_after: none,
            added: Vec::new(),
            searches: 0,
        };
        for edge in graph.edges.iter().filter(|edge| edge.tail != edge.head) {
            ranks.leads_to[edge.tail].insert(edge.head);
            if !edge.attrs.is_false("constraint") {
                ranks.ranked_after[edge.head].insert(edge.tail);
            }
        }
        ranks
    }

    /// Gives each member the predecessors of all members.
    fn same(&mut self, members: &BTreeSet<usize>) {
        let free: Vec<usize> = members
            .iter()
            .copied()
            .filter(|&node| !self.has_edge_within(node, members))
            .collect();
        let before: BTreeSet<usize> = free
            .iter()
            .flat_map(|&node| self.ranked_after[node].iter().copied())
            .collect();
        for &node in &free {
            self.put_after(
                node,
                before
                    .iter()
                    .copied()
                    .filter(|other| !members.contains(other))
                    .collect(),
            );
        }
    }

    /// Puts the members above all other roots.
    fn first(&mut self, members: &BTreeSet<usize>) {
        let roots: Vec<usize> = self
            .nodes()
            .filter(|&node| !members.contains(&node) && self.ranked_after[node].is_empty())
            .collect();
        for root in roots {
            self.put_after(root, members.iter().copied().collect());
        }
    }

    /// Puts the members below all other leaves.
    fn last(&mut self, members: &BTreeSet<usize>) {
        let leaves: Vec<usize> = self
            .nodes()
            .filter(|&node| !members.contains(&node) && self.leads_to[node].is_empty())
            .collect();
        for &node in members {
            self.put_after(node, leaves.clone());
        }
    }

    fn nodes(&self) -> std::ops::Range<usize> {
        0..self.leads_to.len()
    }

    fn has_edge_within(&self, node: usize, members: &BTreeSet<usize>) -> bool {
        !self.leads_to[node].is_disjoint(members) || !self.ranked_after[node].is_disjoint(members)
    }

    /// Adds a link to `node` from each of `others` that has none yet and is not reachable from
    /// `node`.
    fn put_after(&mut self, node: usize, mut others: Vec<usize>) {
        others.retain(|other| *other != node && !self.ranked_after[node].contains(other));
        if others.is_empty() || self.added.len() >= MAX_LINKS || self.searches >= MAX_SEARCHES {
            return;
        }
        // Links to `node` do not change what it links to, so that one search serves them all.
        self.searches += 1;
        let below = reachable(&self.leads_to, node);
        for other in others {
            if self.added.len() < MAX_LINKS && !below[other] {
                self.leads_to[other].insert(node);
                self.ranked_after[node].insert(other);
                self.added.push((other, node));
            }
        }
    }
}
