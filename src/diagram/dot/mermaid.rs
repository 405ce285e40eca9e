//! Writes a [`Graph`] as a Mermaid flowchart: nodes in their clusters, then links, then styles and
//! addresses.
//!
//! Not here: how a shape, a colour, a label or a rank is written.

use std::collections::HashSet;
use std::mem::swap;

use super::cluster::Clusters;
use super::graph::{Edge, Graph, Node, ROOT, Value};
use super::label::{Escapes, clean_href, quoted, yaml_quoted};
use super::limits::{MAX_LABEL, MAX_OUTPUT, failure, long_label};
use super::look::{Link, cluster_style, edge_style, has_style, invisible_link, link, node_style};
use super::rank::Paths;
use super::shape::{POINT, Shape, shape};
use super::{html, rank, record};
use crate::diagram::drawing::Failure;

/// The graph must have at least one node.
pub(super) fn write(graph: &Graph) -> Result<String, Failure> {
    let paths = Paths::ranked(graph);
    let kept_above = rank::kept_above(graph, &paths);
    let order = rank::order(graph.nodes.len(), &kept_above);
    let rankdir = graph.subgraphs[ROOT].attrs.text("rankdir");
    let mut directions = ["LR", "RL", "BT"].into_iter();
    let mut writer = Writer {
        graph,
        clusters: Clusters::of(graph, &order),
        direction: directions
            .find(|known| known.eq_ignore_ascii_case(rankdir))
            .unwrap_or("TB"),
        out: String::new(),
    };
    writer.title()?;
    writer.line(0, &format!("flowchart {}", writer.direction));
    writer.items(&order, 0)?;
    for edge in &graph.edges {
        writer.edge(edge, &paths)?;
    }
    // After all others, so that those keep their numbers.
    for (from, to) in kept_above.into_iter().chain(rank::links(graph)) {
        writer.line(1, &format!("n{from} {} n{to}", invisible_link(1)));
    }
    writer.clicks();
    writer.looks();
    if writer.out.len() > MAX_OUTPUT {
        let message = "the labels of the graph are too long in total";
        return Err(failure(graph.line, message));
    }
    Ok(writer.out)
}

struct Writer<'g> {
    graph: &'g Graph,
    clusters: Clusters,
    direction: &'static str,
    out: String,
}

impl Writer<'_> {
    fn title(&mut self) -> Result<(), Failure> {
        let attrs = &self.graph.subgraphs[ROOT].attrs;
        let title = self.escapes(&[]).of(attrs, "label")?;
        if !title.trim().is_empty() {
            self.line(0, &format!("---\ntitle: {}\n---", yaml_quoted(&title)));
        }
        Ok(())
    }

    /// Nodes that are in the same `depth` clusters, and the clusters among them.
    fn items(&mut self, nodes: &[usize], depth: usize) -> Result<(), Failure> {
        let mut written = HashSet::new();
        for &node in nodes {
            match self.clusters.around[node].get(depth).copied() {
                None => self.node(node, depth + 1)?,
                Some(cluster) if written.insert(cluster) => {
                    let is_in =
                        |node: &&usize| self.clusters.around[**node].get(depth) == Some(&cluster);
                    let inner: Vec<usize> = nodes.iter().filter(is_in).copied().collect();
                    self.cluster(cluster, &inner, depth + 1)?;
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn cluster(&mut self, cluster: usize, nodes: &[usize], depth: usize) -> Result<(), Failure> {
        let attrs = &self.graph.subgraphs[cluster].attrs;
        let title = self.escapes(&[]).of(attrs, "label")?;
        let number = self.clusters.number(cluster).unwrap_or_default();
        self.line(depth, &format!("subgraph c{number}[{}]", quoted(&title)));
        // Without it, a cluster that no link leaves is turned by 90 degrees.
        self.line(depth + 1, &format!("direction {}", self.direction));
        self.items(nodes, depth)?;
        self.line(depth, "end");
        Ok(())
    }

    fn node(&mut self, index: usize, depth: usize) -> Result<(), Failure> {
        let node = &self.graph.nodes[index];
        let shape = shape_of(node);
        let label = match shape {
            POINT => quoted(""),
            _ => quoted(&self.node_text(node)?),
        };
        let line = match shape {
            Shape::Brackets(open, close) => format!("n{index}{open}{label}{close}"),
            Shape::Named(name) => format!("n{index}[{label}]@{{ shape: {name} }}"),
            Shape::Plain => format!("n{index}[{label}]"),
        };
        self.line(depth, &line);
        Ok(())
    }

    fn node_text(&self, node: &Node) -> Result<String, Failure> {
        let name = self.name(node);
        let escapes = self.escapes(&[('N', &name)]);
        let shape = node.attrs.text("shape").to_ascii_lowercase();
        let text = match node.attrs.get("label") {
            Some(label) if matches!(shape.as_str(), "record" | "mrecord") => {
                record::text(label, &escapes, matches!(self.direction, "TB" | "BT"))?
            }
            Some(label) => escapes.text(label)?,
            None if node.name.text.len() > MAX_LABEL => {
                return Err(long_label(node.name.line));
            }
            None => name.clone(),
        };
        Ok(joined(&[&text, &escapes.of(&node.attrs, "xlabel")?], "\n"))
    }

    /// The name as it is shown: Graphviz puts it into a label before it reads the escapes of that.
    fn name(&self, node: &Node) -> String {
        let Value { text, line, .. } = &node.name;
        let shown = self.escapes(&[]).expand(text, *line);
        shown.map_or_else(
            |_| text.to_string(),
            |shown| shown.trim_end_matches('\n').to_owned(),
        )
    }

    fn edge(&mut self, edge: &Edge, paths: &Paths) -> Result<(), Failure> {
        let link = link(&edge.attrs, self.graph.directed);
        let mut from = self.end("ltail", edge, edge.tail, edge.head);
        let mut to = self.end("lhead", edge, edge.head, edge.tail);
        if is_turned(edge, &link, paths) {
            swap(&mut from, &mut to);
        }
        let mut label = String::new();
        if !link.is_invisible {
            label = self.edge_text(edge)?;
        }
        if !label.trim().is_empty() {
            label = format!("|{}|", quoted(&label));
        }
        self.line(1, &format!("{from} {}{label} {to}", link.token));
        Ok(())
    }

    fn edge_text(&self, edge: &Edge) -> Result<String, Failure> {
        let operator = if self.graph.directed { "->" } else { "--" };
        let [tail, head] = [edge.tail, edge.head].map(|node| self.name(&self.graph.nodes[node]));
        let whole = format!("{tail}{operator}{head}");
        let mut escapes = self.escapes(&[('T', &tail), ('H', &head), ('E', &whole)]);
        let label = escapes.of(&edge.attrs, "label")?;
        escapes.0.push(('L', &label));
        let text = |name| escapes.of(&edge.attrs, name);
        let middle = joined(&[&label, &text("xlabel")?], "\n");
        let ends = [text("taillabel")?, text("headlabel")?];
        Ok(joined(&[&ends[0], &middle, &ends[1]], " … "))
    }

    /// What a link joins at one end: the node `inside`, or the cluster that `attribute` names, if
    /// `inside` is in it and `outside` is not.
    fn end(&self, attribute: &str, edge: &Edge, inside: usize, outside: usize) -> String {
        let name = edge.attrs.text(attribute);
        let around = &self.clusters.around;
        let is_meant = |cluster: &usize| {
            self.graph.subgraphs[*cluster].name.as_deref() == Some(name)
                && around[inside].contains(cluster)
                && !around[outside].contains(cluster)
        };
        let may_end = self.graph.subgraphs[ROOT].attrs.flag("compound") == Some(true);
        let cluster = self.clusters.order.iter().position(is_meant);
        match cluster.filter(|_| may_end && !name.is_empty()) {
            Some(number) => format!("c{number}"),
            None => format!("n{inside}"),
        }
    }

    fn clicks(&mut self) {
        for (index, node) in self.graph.nodes.iter().enumerate() {
            let Some(href) = node.attrs.get("URL").or_else(|| node.attrs.get("href")) else {
                continue;
            };
            let label = node.attrs.get("label").map_or("", |label| &label.text);
            let escapes = self.escapes(&[('N', &node.name.text), ('L', label)]);
            let href = escapes.expand(&href.text, href.line).ok();
            if let Some(href) = href.as_deref().and_then(clean_href) {
                self.line(1, &format!("click n{index} href \"{href}\""));
            }
        }
    }

    fn looks(&mut self) {
        for (index, node) in self.graph.nodes.iter().enumerate() {
            let shape = shape_of(node);
            let style = node_style(&node.attrs, shape == Shape::Plain, shape == POINT);
            self.style(&format!("style n{index}"), &style);
        }
        for number in 0..self.clusters.order.len() {
            let cluster = self.clusters.order[number];
            let style = cluster_style(&self.graph.subgraphs[cluster].attrs);
            self.style(&format!("style c{number}"), &style);
        }
        for (number, edge) in self.graph.edges.iter().enumerate() {
            if !link(&edge.attrs, self.graph.directed).is_invisible {
                self.style(&format!("linkStyle {number}"), &edge_style(&edge.attrs));
            }
        }
    }

    fn style(&mut self, of: &str, style: &[String]) {
        if !style.is_empty() {
            self.line(1, &format!("{of} {}", style.join(",")));
        }
    }

    /// The escapes of the graph, and those of one of its parts.
    fn escapes<'a>(&'a self, own: &[(char, &'a str)]) -> Escapes<'a> {
        Escapes([&[('G', self.graph.name())], own].concat())
    }

    /// What is longer than [`MAX_OUTPUT`] is not continued.
    fn line(&mut self, depth: usize, text: &str) {
        if self.out.len() <= MAX_OUTPUT {
            self.out.extend([&*"  ".repeat(depth), text, "\n"]);
        }
    }
}

/// Whether the link is written from head to tail: because the only arrow is at the tail, or because
/// that changes the layout least for `constraint=false`.
fn is_turned(edge: &Edge, link: &Link, paths: &Paths) -> bool {
    let is_free = link.is_symmetric && edge.attrs.flag("constraint") == Some(false);
    link.is_backward || (is_free && paths.lead(edge.head, edge.tail))
}

fn shape_of(node: &Node) -> Shape {
    let attrs = &node.attrs;
    let label = attrs.get("label").filter(|label| label.html);
    if label.is_some_and(|label| html::has_table(&label.text)) {
        return Shape::Brackets("[", "]");
    }
    let is_doubled = attrs.text("peripheries") == "2";
    shape(attrs.text("shape"), is_doubled, has_style(attrs, "rounded"))
}

/// The texts that are not empty, separated by `between`.
fn joined(texts: &[&str], between: &str) -> String {
    let shown = texts.iter().copied().filter(|text| !text.trim().is_empty());
    shown.collect::<Vec<_>>().join(between)
}
