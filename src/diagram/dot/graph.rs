//! The graph that a source describes: nodes, edges, subgraphs, and their attributes with the
//! defaults that applied where each was written.
//!
//! Not here: the syntax, and how an attribute's value is drawn.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::limits::{MAX_EDGES, MAX_NODES, failure};
use crate::diagram::drawing::Failure;

/// The number of the subgraph that is the graph itself.
pub(super) const ROOT: usize = 0;

/// How many (subgraph, node) pairs are kept: nesting multiplies them.
const MAX_MEMBERSHIPS: usize = 100_000;

/// The attributes that are drawn; all others are dropped as soon as they are read.
const ATTRIBUTES: &str = "URL arrowhead arrowtail bgcolor cluster color compound constraint dir \
    fillcolor fontcolor headlabel href label lhead ltail minlen pencolor penwidth peripheries rank \
    rankdir shape style taillabel xlabel";

/// A name or an attribute's value. Shared (`Rc`), since a default is copied to every object it
/// applies to.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) text: Rc<str>,
    pub(super) html: bool,
    pub(super) line: usize,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Attrs(BTreeMap<&'static str, Value>);

impl Attrs {
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The value's text, trimmed; empty where the attribute is not set.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).map_or("", |value| value.text.trim())
    }

    /// `None` where the attribute is neither yes nor no.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.text(name).to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        }
    }

    pub(super) fn set(&mut self, name: &str, value: Value) {
        if let Some(known) = ATTRIBUTES.split(' ').find(|known| *known == name) {
            self.0.insert(known, value);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.0.extend(other.0.clone());
    }
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: Value,
    pub(super) attrs: Attrs,
}

/// Two node numbers.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) tail: usize,
    pub(super) head: usize,
    pub(super) attrs: Attrs,
}

/// A subgraph (or the graph itself) with the defaults for what follows in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Subgraph {
    pub(super) name: Option<Rc<str>>,
    pub(super) parent: Option<usize>,
    pub(super) attrs: Attrs,
    pub(super) node_defaults: Attrs,
    pub(super) edge_defaults: Attrs,
    /// Not kept for [`ROOT`], which has them all.
    pub(super) nodes: BTreeSet<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Line of its `{`, from 1.
    pub(super) line: usize,
    pub(super) directed: bool,
    strict: bool,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    pub(super) subgraphs: Vec<Subgraph>,
    memberships: usize,
    node_by_name: HashMap<Rc<str>, usize>,
    subgraph_by_name: HashMap<(usize, Rc<str>), usize>,
    strict_edges: HashMap<(usize, usize), usize>,
    /// Counts the edges that a strict graph merged, too.
    asked_edges: usize,
}

impl Graph {
    pub(super) fn new(strict: bool, directed: bool, name: Option<Value>, line: usize) -> Self {
        let root = Subgraph {
            name: name.map(|name| name.text),
            ..Subgraph::default()
        };
        Self {
            line,
            directed,
            strict,
            subgraphs: vec![root],
            ..Self::default()
        }
    }

    pub(super) fn name(&self) -> &str {
        self.subgraphs[ROOT].name.as_deref().unwrap_or_default()
    }

    /// The node called `name`, made with the defaults of `scope` if this is its first mention.
    pub(super) fn mention(&mut self, scope: usize, name: &Value) -> Result<usize, Failure> {
        let fresh = self.nodes.len();
        let node = *self.node_by_name.entry(name.text.clone()).or_insert(fresh);
        if node == fresh {
            within(fresh, MAX_NODES, "nodes", name.line)?;
            self.nodes.push(Node {
                name: name.clone(),
                attrs: self.subgraphs[scope].node_defaults.clone(),
            });
        }
        let mut at = scope;
        // A subgraph's nodes are its parent's too, so a known one ends the way up.
        while at != ROOT && self.subgraphs[at].nodes.insert(node) {
            let what = "nodes in its subgraphs";
            within(self.memberships, MAX_MEMBERSHIPS, what, name.line)?;
            self.memberships += 1;
            at = self.subgraphs[at].parent.unwrap_or(ROOT);
        }
        Ok(node)
    }

    /// The subgraph `name` of `parent`: the one of that name already in it, or a new one.
    pub(super) fn open(&mut self, parent: usize, name: Option<Value>) -> usize {
        let name = name.map(|name| name.text);
        let fresh = self.subgraphs.len();
        if let Some(name) = &name {
            let key = (parent, name.clone());
            let known = *self.subgraph_by_name.entry(key).or_insert(fresh);
            if known != fresh {
                return known;
            }
        }
        self.subgraphs.push(Subgraph {
            name,
            parent: Some(parent),
            nodes: BTreeSet::new(),
            ..self.subgraphs[parent].clone()
        });
        fresh
    }

    /// Joins each of `tails` to each of `heads`. Counts first, so that the product never exceeds
    /// the limit.
    pub(super) fn connect(
        &mut self,
        scope: usize,
        (tails, heads): (&[usize], &[usize]),
        attrs: &Attrs,
        line: usize,
    ) -> Result<(), Failure> {
        let asked = tails.len().saturating_mul(heads.len());
        self.asked_edges = self.asked_edges.saturating_add(asked);
        let merged = if self.strict { 10 } else { 1 };
        if self.asked_edges > merged * MAX_EDGES {
            return within(MAX_EDGES, MAX_EDGES, "edges", line);
        }
        for &tail in tails {
            for &head in heads {
                let edge = self.edge(tail, head);
                if edge == self.edges.len() {
                    within(edge, MAX_EDGES, "edges", line)?;
                    let attrs = self.subgraphs[scope].edge_defaults.clone();
                    self.edges.push(Edge { tail, head, attrs });
                }
                self.edges[edge].attrs.merge(attrs);
            }
        }
        Ok(())
    }

    /// The number of a strict graph's only edge between two nodes, or of a new one.
    fn edge(&mut self, tail: usize, head: usize) -> usize {
        let fresh = self.edges.len();
        if !self.strict {
            return fresh;
        }
        let is_turned = !self.directed && head < tail;
        let ends = if is_turned {
            (head, tail)
        } else {
            (tail, head)
        };
        *self.strict_edges.entry(ends).or_insert(fresh)
    }

    pub(super) fn is_cluster(&self, subgraph: usize) -> bool {
        let it = &self.subgraphs[subgraph];
        let name = it.name.as_deref().unwrap_or_default();
        subgraph != ROOT && (name.starts_with("cluster") || it.attrs.flag("cluster") == Some(true))
    }

    /// A subgraph, the one around it, and so on up to [`ROOT`].
    pub(super) fn with_outer(&self, subgraph: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(subgraph), |&at| self.subgraphs[at].parent)
    }
}

/// Whether one more fits, of which there are `count`.
fn within(count: usize, limit: usize, what: &str, line: usize) -> Result<(), Failure> {
    if count < limit {
        return Ok(());
    }
    Err(failure(
        line,
        format!("the graph has more than {limit} {what}"),
    ))
}
