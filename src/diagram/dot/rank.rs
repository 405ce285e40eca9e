//! `rank=same|min|max`, approximated: a flowchart has no ranks, so invisible links give the nodes
//! of a rank the same predecessors, and thereby usually the same distance from the top.
//!
//! Also keeps the tail of a `dir=back` edge above its head.
//!
//! Not here: the order within a rank, and ranks that edges among the nodes contradict; such nodes
//! stay where their edges put them.

use std::collections::BTreeSet;

use super::cluster::owners;
use super::graph::{Edge, Graph, ROOT};
use super::look::link;

/// The most invisible links that ranks add.
const MAX_LINKS: usize = 200;
/// How often the set of reachable nodes may be computed. Each search visits the whole graph at
/// worst.
const MAX_SEARCHES: usize = 1_000;

/// For each node, the nodes it links to.
pub(super) struct Paths(Vec<BTreeSet<usize>>);

impl Paths {
    /// By edges that take part in the ranking.
    pub(super) fn ranked(graph: &Graph) -> Self {
        Self::by(graph, is_ranked)
    }

    fn by(graph: &Graph, counts: fn(&Edge) -> bool) -> Self {
        let mut paths = vec![BTreeSet::new(); graph.nodes.len()];
        for edge in graph.edges.iter().filter(|edge| counts(edge)) {
            paths[edge.tail].insert(edge.head);
        }
        Self(paths)
    }

    /// Whether there is a path from one node to another.
    pub(super) fn lead(&self, from: usize, to: usize) -> bool {
        self.reachable(from)[to]
    }

    fn reachable(&self, from: usize) -> Vec<bool> {
        let mut seen = vec![false; self.0.len()];
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            for &next in &self.0[node] {
                if !seen[next] {
                    seen[next] = true;
                    open.push(next);
                }
            }
        }
        seen
    }
}

fn is_ranked(edge: &Edge) -> bool {
    edge.attrs.flag("constraint") != Some(false)
}

fn joins_two(edge: &Edge) -> bool {
    edge.tail != edge.head
}

/// The ends of the edges whose only arrow is at the tail. Their links are written from head to
/// tail; an invisible link in the other direction keeps the tail above.
pub(super) fn kept_above(graph: &Graph, paths: &Paths) -> Vec<(usize, usize)> {
    let is_kept = |edge: &&Edge| {
        joins_two(edge)
            && is_ranked(edge)
            && link(&edge.attrs, graph.directed).is_backward
            && !paths.lead(edge.head, edge.tail)
    };
    let kept = graph.edges.iter().filter(is_kept);
    kept.map(|edge| (edge.tail, edge.head)).collect()
}

/// The nodes in the order they are drawn. Of two links that contradict each other, Mermaid's layout
/// reverses the one that it finds later, visiting the nodes in order: so the tails of `kept_above`
/// come first, upper ones before lower ones.
pub(super) fn order(nodes: usize, kept_above: &[(usize, usize)]) -> Vec<usize> {
    let mut uppers = vec![BTreeSet::new(); nodes];
    for &(tail, head) in kept_above {
        uppers[head].insert(tail);
    }
    let mut left: BTreeSet<usize> = kept_above.iter().map(|(tail, _)| *tail).collect();
    let mut order = Vec::new();
    while let Some(&next) = left.iter().find(|&&node| uppers[node].is_disjoint(&left)) {
        left.remove(&next);
        order.push(next);
    }
    let others: Vec<usize> = (0..nodes).filter(|node| !order.contains(node)).collect();
    order.extend(others);
    order
}

/// The invisible links, from node to node, that keep the ranks together. They form no cycle.
pub(super) fn links(graph: &Graph) -> Vec<(usize, usize)> {
    let mut ranked_after = vec![BTreeSet::new(); graph.nodes.len()];
    let edges = graph.edges.iter().filter(|edge| joins_two(edge));
    for edge in edges.filter(|edge| is_ranked(edge)) {
        ranked_after[edge.head].insert(edge.tail);
    }
    let mut ranks = Ranks {
        paths: Paths::by(graph, joins_two),
        ranked_after,
        owners: owners(graph),
        added: Vec::new(),
        searches: 0,
    };
    for subgraph in graph.subgraphs.iter().skip(ROOT + 1) {
        // A rank is also inherited as an attribute; the outermost subgraph that has it counts.
        let rank = subgraph.attrs.text("rank");
        let outer = &graph.subgraphs[subgraph.parent.unwrap_or(ROOT)];
        if outer.attrs.text("rank") != rank {
            ranks.apply(rank, &subgraph.nodes);
        }
    }
    ranks.added
}

struct Ranks {
    /// By all edges and added links: no link may close a cycle.
    paths: Paths,
    /// For each node, the nodes with an edge to it that takes part in the ranking.
    ranked_after: Vec<BTreeSet<usize>>,
    /// By node. A cluster that a link enters is drawn over what is beside it.
    owners: Vec<usize>,
    added: Vec<(usize, usize)>,
    searches: usize,
}

impl Ranks {
    /// `same` gives each member the predecessors of all members; `min` puts the members above all
    /// other roots, `max` below all other leaves.
    fn apply(&mut self, rank: &str, members: &BTreeSet<usize>) {
        let (after, before) = (&self.ranked_after, &self.paths.0);
        let others = (0..after.len()).filter(|node| !members.contains(node));
        let (lower, upper): (Vec<usize>, BTreeSet<usize>) = match rank {
            "same" => {
                let is_free = |&node: &usize| {
                    before[node].is_disjoint(members) && after[node].is_disjoint(members)
                };
                let free: Vec<usize> = members.iter().copied().filter(is_free).collect();
                let upper = free.iter().flat_map(|&node| &after[node]).copied();
                let upper = upper.filter(|node| !members.contains(node)).collect();
                (free, upper)
            }
            "min" | "source" => {
                let roots = others.filter(|&node| after[node].is_empty());
                (roots.collect(), members.clone())
            }
            "max" | "sink" => {
                let leaves = others.filter(|&node| before[node].is_empty());
                (members.iter().copied().collect(), leaves.collect())
            }
            _ => return,
        };
        for node in lower {
            self.put_after(node, &upper);
        }
    }

    /// Adds a link to `node` from each of `others` that has none yet and is not reachable from
    /// `node`.
    fn put_after(&mut self, node: usize, others: &BTreeSet<usize>) {
        let is_new = |other: &usize| {
            let is_beside = *other != node && self.owners[*other] == self.owners[node];
            is_beside && !self.ranked_after[node].contains(other)
        };
        let others: Vec<usize> = others.iter().copied().filter(is_new).collect();
        if others.is_empty() || self.added.len() >= MAX_LINKS || self.searches >= MAX_SEARCHES {
            return;
        }
        // Links to `node` do not change what it links to, so that one search serves them all.
        self.searches += 1;
        let below = self.paths.reachable(node);
        for other in others {
            if self.added.len() < MAX_LINKS && !below[other] {
                self.paths.0[other].insert(node);
                self.ranked_after[node].insert(other);
                self.added.push((other, node));
            }
        }
    }
}
