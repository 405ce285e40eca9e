//! The links as springs, and quantities derived from them for each node.

use super::vector::number;

/// The radius of a node that nothing links to.
pub const RADIUS_MIN: f32 = 4.0;
/// How much a node's radius grows with the root of its in-degree.
pub const RADIUS_GROWTH: f32 = 1.6;
/// The largest radius.
pub const RADIUS_MAX: f32 = 14.0;

/// The links as springs, and quantities derived from them for each node.
pub(super) struct Graph {
    pub(super) springs: Vec<Spring>,
    /// The number of nodes that each node is linked with.
    pub(super) degrees: Vec<usize>,
    pub(super) radii: Vec<f32>,
}

/// A link between two nodes, in either direction.
pub(super) struct Spring {
    pub(super) one: usize,
    pub(super) other: usize,
    pub(super) strength: f32,
    /// The share of the movement that `one` makes: the more links it has, the less.
    pub(super) share: f32,
}

/// The radius of a node in the picture.
pub fn radius(in_degree: usize) -> f32 {
    (RADIUS_MIN + RADIUS_GROWTH * number(in_degree).sqrt()).min(RADIUS_MAX)
}

impl Graph {
    pub(super) fn new(nodes: usize, links: &[(u32, u32)]) -> Self {
        let mut directed: Vec<_> = links
            .iter()
            .map(|&(from, to)| (from as usize, to as usize))
            .filter(|&(from, to)| from != to && from.max(to) < nodes)
            .collect();
        directed.sort_unstable();
        directed.dedup();
        let mut pairs: Vec<_> = directed
            .iter()
            .map(|&(from, to)| (from.min(to), from.max(to)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let degrees = tally(nodes, pairs.iter().flat_map(|&(one, other)| [one, other]));
        Self {
            springs: pairs
                .iter()
                .map(|&(one, other)| Spring::new(one, other, &degrees))
                .collect(),
            radii: tally(nodes, directed.iter().map(|&(_, to)| to))
                .into_iter()
                .map(radius)
                .collect(),
            degrees,
        }
    }
}

impl Spring {
    fn new(one: usize, other: usize, degrees: &[usize]) -> Self {
        let (own, others) = (number(degrees[one]), number(degrees[other]));
        Self {
            one,
            other,
            strength: 1.0 / own.min(others),
            share: others / (own + others),
        }
    }
}

/// How often each of `0..nodes` occurs.
fn tally(nodes: usize, ends: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut counts = vec![0; nodes];
    for end in ends {
        counts[end] += 1;
    }
    counts
}
