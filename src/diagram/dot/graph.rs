//! The graph that a source describes: nodes, edges, subgraphs, and their attributes with the
//! defaults that applied where each was written.
//!
//! Not here: the syntax, and how an attribute's value is drawn.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::problem::{MAX_EDGES, MAX_NODES, Problem};

/// The number of the subgraph that is the graph itself.
pub(super) const ROOT: usize = 0;

/// How many (subgraph, node) pairs are kept: nesting multiplies them.
const MAX_MEMBERSHIPS: usize = 100_000;

/// The attributes that are drawn; all others are dropped as soon as they are read.
const ATTRIBUTES: [&str; 26] = [
    "URL",
    "arrowhead",
    "arrowtail",
    "bgcolor",
    "cluster",
    "color",
    "compound",
    "constraint",
    "dir",
    "fillcolor",
    "fontcolor",
    "headlabel",
    "href",
    "label",
    "lhead",
    "ltail",
    "minlen",
    "pencolor",
    "penwidth",
    "peripheries",
    "rank",
    "rankdir",
    "shape",
    "style",
    "taillabel",
    "xlabel",
];

/// Shared (`Rc`), since a default is copied to every object it applies to.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) text: Rc<str>,
    pub(super) html: bool,
    pub(super) line: usize,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Attrs(Vec<(&'static str, Value)>);

impl Attrs {
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The value's text, trimmed; empty where the attribute is not set.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).map_or("", |value| value.text.trim())
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        let text = self.text(name);
        ["true", "yes", "1"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
    }

    pub(super) fn is_false(&self, name: &str) -> bool {
        let text = self.text(name);
        ["false", "no", "0"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        let number: f64 = self.text(name).parse().ok()?;
        number.is_finite().then_some(number)
    }

    pub(super) fn set(&mut self, name: &str, value: Value) {
        let Some(known) = ATTRIBUTES.iter().find(|known| **known == name) else {
            return;
        };
        match self.0.iter_mut().find(|(other, _)| other == known) {
            Some((_, old)) => *old = value,
            None => self.0.push((known, value)),
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (name, value) in &other.0 {
            self.set(name, value.clone());
        }
    }
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) line: usize,
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
#[derive(Debug, Default)]
pub(super) struct Subgraph {
    pub(super) name: Option<String>,
    pub(super) parent: Option<usize>,
    pub(super) attrs: Attrs,
    pub(super) node_defaults: Attrs,
    pub(super) edge_defaults: Attrs,
    /// Its nodes in the order of their first mention; not kept for [`ROOT`], which has them all.
    pub(super) nodes: Vec<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Line of its `{`, from 1.
    pub(super) line: usize,
    pub(super) directed: bool,
    pub(super) strict: bool,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    pub(super) subgraphs: Vec<Subgraph>,
    /// Every (subgraph, node) pair in the order of mention, inner subgraphs first.
    pub(super) memberships: Vec<(usize, usize)>,
    node_by_name: HashMap<String, usize>,
    subgraph_by_name: HashMap<(usize, String), usize>,
    is_member: HashSet<(usize, usize)>,
    strict_edges: HashMap<(usize, usize), usize>,
    /// Counts the edges that a strict graph merged, too.
    asked_edges: usize,
}

impl Graph {
    pub(super) fn new(strict: bool, directed: bool, name: Option<String>, line: usize) -> Self {
        let root = Subgraph {
            name,
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
    pub(super) fn mention(
        &mut self,
        scope: usize,
        name: String,
        line: usize,
    ) -> Result<usize, Problem> {
        let node = match self.node_by_name.get(&name) {
            Some(node) => *node,
            None => self.add_node(scope, name, line)?,
        };
        let mut at = scope;
        // A subgraph's nodes are its parent's too, so a known pair ends the way up.
        while at != ROOT && self.is_member.insert((at, node)) {
            if self.memberships.len() >= MAX_MEMBERSHIPS {
                return Err(Problem::new(
                    line,
                    format!("the subgraphs have more than {MAX_MEMBERSHIPS} nodes in total"),
                ));
            }
            self.memberships.push((at, node));
            self.subgraphs[at].nodes.push(node);
            at = self.subgraphs[at].parent.unwrap_or(ROOT);
        }
        Ok(node)
    }

    fn add_node(&mut self, scope: usize, name: String, line: usize) -> Result<usize, Problem> {
        if self.nodes.len() >= MAX_NODES {
            return Err(Problem::new(
                line,
                format!("the graph has more than {MAX_NODES} nodes"),
            ));
        }
        let node = self.nodes.len();
        self.node_by_name.insert(name.clone(), node);
        self.nodes.push(Node {
            name,
            line,
            attrs: self.subgraphs[scope].node_defaults.clone(),
        });
        Ok(node)
    }

    /// The subgraph `name` of `parent`: the one of that name already in it, or a new one.
    pub(super) fn open(&mut self, parent: usize, name: Option<String>) -> usize {
        let fresh = self.subgraphs.len();
        if let Some(name) = &name {
            let known = *self
                .subgraph_by_name
                .entry((parent, name.clone()))
                .or_insert(fresh);
            if known != fresh {
                return known;
            }
        }
        let scope = &self.subgraphs[parent];
        let opened = Subgraph {
            name,
            parent: Some(parent),
            attrs: scope.attrs.clone(),
            node_defaults: scope.node_defaults.clone(),
            edge_defaults: scope.edge_defaults.clone(),
            nodes: Vec::new(),
        };
        self.subgraphs.push(opened);
        fresh
    }

    /// Joins each of `tails` to each of `heads`. Counts first, so that the product never exceeds
    /// the limit.
    pub(super) fn connect(
        &mut self,
        scope: usize,
        ends: (&[usize], &[usize]),
        attrs: &Attrs,
        line: usize,
    ) -> Result<(), Problem> {
        let (tails, heads) = ends;
        self.asked_edges = self
            .asked_edges
            .saturating_add(tails.len().saturating_mul(heads.len()));
        let limit = if self.strict {
            10 * MAX_EDGES
        } else {
            MAX_EDGES
        };
        if self.asked_edges > limit {
            return Err(too_many_edges(line));
        }
        for &tail in tails {
            for &head in heads {
                self.join(scope, (tail, head), attrs, line)?;
            }
        }
        Ok(())
    }

    fn join(
        &mut self,
        scope: usize,
        (tail, head): (usize, usize),
        attrs: &Attrs,
        line: usize,
    ) -> Result<(), Problem> {
        let key = if self.directed {
            (tail, head)
        } else {
            (tail.min(head), tail.max(head))
        };
        if self.strict
            && let Some(&known) = self.strict_edges.get(&key)
        {
            self.edges[known].attrs.merge(attrs);
            return Ok(());
        }
        if self.edges.len() >= MAX_EDGES {
            return Err(too_many_edges(line));
        }
        if self.strict {
            self.strict_edges.insert(key, self.edges.len());
        }
        let mut all = self.subgraphs[scope].edge_defaults.clone();
        all.merge(attrs);
        self.edges.push(Edge {
            tail,
            head,
            attrs: all,
        });
        Ok(())
    }

    pub(super) fn is_cluster(&self, subgraph: usize) -> bool {
        let it = &self.subgraphs[subgraph];
        subgraph != ROOT
            && (it
                .name
                .as_deref()
                .is_some_and(|name| name.starts_with("cluster"))
                || it.attrs.is_true("cluster"))
    }

    /// The cluster around a cluster, or [`ROOT`].
    pub(super) fn outer_cluster(&self, subgraph: usize) -> usize {
        let mut at = self.subgraphs[subgraph].parent.unwrap_or(ROOT);
        while at != ROOT && !self.is_cluster(at) {
            at = self.subgraphs[at].parent.unwrap_or(ROOT);
        }
        at
    }

    /// Whether `inner` is in `outer`, or is it.
    pub(super) fn is_inside(&self, inner: usize, outer: usize) -> bool {
        let mut at = Some(inner);
        while let Some(subgraph) = at {
            if subgraph == outer {
                return true;
            }
            at = self.subgraphs[subgraph].parent;
        }
        false
    }
}

fn too_many_edges(line: usize) -> Problem {
    Problem::new(line, format!("the graph has more than {MAX_EDGES} edges"))
}
