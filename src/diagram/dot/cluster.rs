//! Which clusters each node of a graph is in.
//!
//! Not here: subgraphs that are not clusters, as they draw nothing, and clusters without a node, as
//! Graphviz draws none.

use std::collections::BTreeSet;

use super::graph::{Graph, ROOT};

pub(super) struct Clusters {
    /// By node: the clusters around it, from the outermost inwards.
    pub(super) around: Vec<Vec<usize>>,
    /// The clusters that hold a node, in the order they are drawn.
    pub(super) order: Vec<usize>,
}

impl Clusters {
    /// `order` is the order in which the nodes are drawn.
    pub(super) fn of(graph: &Graph, order: &[usize]) -> Self {
        let around = owners(graph).into_iter().map(|owner| {
            let outer = graph.with_outer(owner).filter(|&at| graph.is_cluster(at));
            let mut around: Vec<usize> = outer.collect();
            around.reverse();
            around
        });
        let around: Vec<Vec<usize>> = around.collect();
        let all = order.iter().flat_map(|node| &around[*node]).copied();
        let mut known = BTreeSet::new();
        let order = all.filter(|cluster| known.insert(*cluster)).collect();
        Self { around, order }
    }

    /// A cluster's place in the order.
    pub(super) fn number(&self, cluster: usize) -> Option<usize> {
        self.order.iter().position(|other| *other == cluster)
    }
}

/// The cluster of each node: the first that has it, or one nested in that; [`ROOT`] for none.
pub(super) fn owners(graph: &Graph) -> Vec<usize> {
    let mut owners = vec![ROOT; graph.nodes.len()];
    for cluster in (0..graph.subgraphs.len()).filter(|&at| graph.is_cluster(at)) {
        for &node in &graph.subgraphs[cluster].nodes {
            if graph.with_outer(cluster).any(|at| at == owners[node]) {
                owners[node] = cluster;
            }
        }
    }
    owners
}
