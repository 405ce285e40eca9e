//! Which clusters each node of a graph is in.
//!
//! Not here: subgraphs that are not clusters, as they draw nothing, and clusters without a node, as
//! Graphviz draws none.

use std::collections::HashMap;

use super::graph::{Graph, ROOT};

pub(super) struct Clusters {
    /// By node: the clusters around it, from the outermost inwards.
    pub(super) around: Vec<Vec<usize>>,
    /// The clusters that hold a node, in the order they are drawn.
    pub(super) order: Vec<usize>,
    /// Of each cluster, its place in `order`.
    pub(super) numbers: HashMap<usize, usize>,
}

impl Clusters {
    /// `order` is the order in which the nodes are drawn.
    pub(super) fn of(graph: &Graph, order: &[usize]) -> Self {
        let mut clusters = Self {
            around: owners(graph)
                .into_iter()
                .map(|owner| around(graph, owner))
                .collect(),
            order: Vec::new(),
            numbers: HashMap::new(),
        };
        for cluster in order.iter().flat_map(|node| &clusters.around[*node]) {
            clusters.numbers.entry(*cluster).or_insert_with(|| {
                clusters.order.push(*cluster);
                clusters.order.len() - 1
            });
        }
        clusters
    }
}

/// The cluster of each node: the first that mentions it, or one nested in that; [`ROOT`] for none.
fn owners(graph: &Graph) -> Vec<usize> {
    let mut owners = vec![ROOT; graph.nodes.len()];
    for &(subgraph, node) in &graph.memberships {
        let owner = &mut owners[node];
        if graph.is_cluster(subgraph) && graph.with_outer(subgraph).any(|at| at == *owner) {
            *owner = subgraph;
        }
    }
    owners
}

fn around(graph: &Graph, owner: usize) -> Vec<usize> {
    let outer = graph.with_outer(owner);
    let mut around: Vec<usize> = outer.filter(|&at| graph.is_cluster(at)).collect();
    around.reverse();
    around
}
