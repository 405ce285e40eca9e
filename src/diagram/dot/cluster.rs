//! Which nodes and clusters of a graph are directly in which cluster.
//!
//! Not here: subgraphs that are not clusters, as they draw nothing, and clusters without a node, as
//! Graphviz draws none.

use std::collections::HashMap;

use super::graph::{Graph, ROOT};

/// Which nodes and clusters each cluster holds directly.
pub(super) struct Clusters {
    /// By node; [`ROOT`] for those in none.
    pub(super) owner: Vec<usize>,
    /// By cluster and for [`ROOT`], in the order they are drawn.
    pub(super) items: HashMap<usize, Vec<Item>>,
    /// The number in the flowchart of each cluster that holds a node.
    pub(super) numbers: HashMap<usize, usize>,
    /// The clusters that hold a node, in the order of their numbers.
    pub(super) order: Vec<usize>,
}

#[derive(Clone, Copy)]
pub(super) enum Item {
    Node(usize),
    Cluster(usize),
}

impl Clusters {
    /// `order` is the order in which the nodes are drawn.
    pub(super) fn of(graph: &Graph, order: &[usize]) -> Self {
        let mut clusters = Self {
            owner: owners(graph),
            items: HashMap::new(),
            numbers: HashMap::new(),
            order: Vec::new(),
        };
        for &node in order {
            let owner = clusters.owner[node];
            clusters.place(graph, owner);
            clusters
                .items
                .entry(owner)
                .or_default()
                .push(Item::Node(node));
        }
        clusters
    }

    /// Adds a cluster that now has a node, and the clusters around it, to the items of its parent.
    fn place(&mut self, graph: &Graph, cluster: usize) {
        let mut chain = Vec::new();
        let mut at = cluster;
        while at != ROOT && !self.numbers.contains_key(&at) && !chain.contains(&at) {
            chain.push(at);
            at = graph.outer_cluster(at);
        }
        for cluster in chain.into_iter().rev() {
            self.numbers.insert(cluster, self.order.len());
            self.order.push(cluster);
            let outer = graph.outer_cluster(cluster);
            self.items
                .entry(outer)
                .or_default()
                .push(Item::Cluster(cluster));
        }
    }
}

/// The cluster of each node: the first that mentions it, or one nested in that.
fn owners(graph: &Graph) -> Vec<usize> {
    let mut owners = vec![ROOT; graph.nodes.len()];
    for &(subgraph, node) in &graph.memberships {
        if graph.is_cluster(subgraph) && graph.is_inside(subgraph, owners[node]) {
            owners[node] = subgraph;
        }
    }
    owners
}
