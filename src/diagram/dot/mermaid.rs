//! Writes a [`Graph`] as a Mermaid flowchart: nodes in their clusters, then links, then styles and
//! addresses.
//!
//! Not here: how a shape, a colour, a label or a rank is written.

use super::cluster::{Clusters, Item};
use super::graph::{Attrs, Edge, Graph, Node, ROOT};
use super::label::{Escapes, clean_href, quoted, yaml_quoted};
use super::look::{Link, cluster_style, edge_style, has_style, invisible_link, link, node_style};
use super::problem::{MAX_LABEL, MAX_OUTPUT, Problem};
use super::rank::Paths;
use super::shape::{POINT, Shape, shape};
use super::{html, rank, record};

/// The graph must have at least one node.
pub(super) fn write(graph: &Graph) -> Result<String, Problem> {
    let paths = Paths::of(graph);
    let kept_above = rank::kept_above(graph, &paths);
    let order = rank::order(graph.nodes.len(), &kept_above);
    let mut writer = Writer {
        graph,
        clusters: Clusters::of(graph, &order),
        paths,
        out: String::new(),
        links: 0,
        kept_above,
        styles: Vec::new(),
    };
    writer.head()?;
    writer.items(ROOT, 1)?;
    for edge in &graph.edges {
        writer.edge(edge)?;
    }
    writer.invisible_links()?;
    writer.clicks()?;
    writer.looks()?;
    Ok(writer.out)
}

struct Writer<'g> {
    graph: &'g Graph,
    clusters: Clusters,
    paths: Paths,
    out: String,
    /// How many links have been written: `linkStyle` refers to links by this count.
    links: usize,
    /// Tails that must stay above their heads although the link is written from head to tail.
    kept_above: Vec<(usize, usize)>,
    styles: Vec<String>,
}

impl Writer<'_> {
    fn head(&mut self) -> Result<(), Problem> {
        let root = &self.graph.subgraphs[ROOT].attrs;
        if let Some(label) = root.get("label") {
            let title = self.escapes().text(label)?;
            if !title.trim().is_empty() {
                let title = yaml_quoted(&title);
                self.line(0, &format!("---\ntitle: {title}\n---"))?;
            }
        }
        let direction = self.direction();
        self.line(0, &format!("flowchart {direction}"))
    }

    fn direction(&self) -> &'static str {
        let rankdir = self.graph.subgraphs[ROOT]
            .attrs
            .text("rankdir")
            .to_ascii_uppercase();
        ["LR", "RL", "BT"]
            .into_iter()
            .find(|known| *known == rankdir)
            .unwrap_or("TB")
    }

    fn items(&mut self, cluster: usize, depth: usize) -> Result<(), Problem> {
        for item in self
            .clusters
            .items
            .get(&cluster)
            .cloned()
            .unwrap_or_default()
        {
            match item {
                Item::Node(node) => self.node(node, depth)?,
                Item::Cluster(inner) => self.cluster(inner, depth)?,
            }
        }
        Ok(())
    }

    fn cluster(&mut self, cluster: usize, depth: usize) -> Result<(), Problem> {
        let attrs = &self.graph.subgraphs[cluster].attrs;
        let title = match attrs.get("label") {
            Some(label) => self.escapes().text(label)?,
            None => String::new(),
        };
        let number = self
            .clusters
            .numbers
            .get(&cluster)
            .copied()
            .unwrap_or_default();
        self.line(depth, &format!("subgraph c{number}[{}]", quoted(&title)))?;
        // Without it, a cluster that no link leaves is turned by 90 degrees.
        let direction = self.direction();
        self.line(depth + 1, &format!("direction {direction}"))?;
        self.items(cluster, depth + 1)?;
        self.line(depth, "end")
    }

    fn node(&mut self, index: usize, depth: usize) -> Result<(), Problem> {
        let node = &self.graph.nodes[index];
        let shape = shape_of(node);
        let text = if shape == POINT {
            String::new()
        } else {
            self.node_text(node)?
        };
        let label = quoted(&text);
        let line = match shape {
            Shape::Brackets(open, close) => format!("n{index}{open}{label}{close}"),
            Shape::Named(name) => format!("n{index}[{label}]@{{ shape: {name} }}"),
            Shape::Plain => format!("n{index}[{label}]"),
        };
        self.line(depth, &line)
    }

    fn node_text(&self, node: &Node) -> Result<String, Problem> {
        let escapes = Escapes {
            node: &node.name,
            ..self.escapes()
        };
        let is_record = matches!(
            node.attrs.text("shape").to_ascii_lowercase().as_str(),
            "record" | "mrecord"
        );
        let mut text = match node.attrs.get("label") {
            Some(label) if is_record => {
                let in_rows = matches!(self.direction(), "TB" | "BT");
                record::text(label, &escapes, in_rows)?
            }
            Some(label) => escapes.text(label)?,
            None if node.name.len() > MAX_LABEL => {
                return Err(super::label::too_long(node.line));
            }
            None => node.name.clone(),
        };
        if let Some(beside) = node.attrs.get("xlabel") {
            text.push('\n');
            text.push_str(&escapes.text(beside)?);
        }
        Ok(text)
    }

    fn edge(&mut self, edge: &Edge) -> Result<(), Problem> {
        let link = link(&edge.attrs, self.graph.directed);
        let label = if link.is_invisible {
            String::new()
        } else {
            self.edge_text(edge)?
        };
        let (mut from, mut to) = self.ends(edge);
        if self.is_turned(edge, &link) {
            std::mem::swap(&mut from, &mut to);
        }
        let token = &link.token;
        let written = if label.trim().is_empty() {
            format!("{from} {token} {to}")
        } else {
            format!("{from} {token}|{}| {to}", quoted(&label))
        };
        let style = if link.is_invisible {
            Vec::new()
        } else {
            edge_style(&edge.attrs)
        };
        if !style.is_empty() {
            self.styles
                .push(format!("linkStyle {} {}", self.links, style.join(",")));
        }
        self.links += 1;
        self.line(1, &written)
    }

    /// Whether the link is written from head to tail: because the only arrow is at the tail, or
    /// because that changes the layout least for `constraint=false`.
    fn is_turned(&self, edge: &Edge, link: &Link) -> bool {
        link.is_backward
            || (link.is_symmetric
                && edge.attrs.is_false("constraint")
                && self.paths.lead(edge.head, edge.tail))
    }

    fn edge_text(&self, edge: &Edge) -> Result<String, Problem> {
        let name = |node: usize| self.graph.nodes[node].name.as_str();
        let mut escapes = Escapes {
            tail: name(edge.tail),
            head: name(edge.head),
            operator: if self.graph.directed { "->" } else { "--" },
            ..self.escapes()
        };
        let text_of = |name: &str, escapes: &Escapes<'_>| match edge.attrs.get(name) {
            Some(value) => escapes.text(value),
            None => Ok(String::new()),
        };
        let label = text_of("label", &escapes)?;
        escapes.label = &label;
        let middle = joined(&[&label, &text_of("xlabel", &escapes)?], "\n");
        let (at_tail, at_head) = (
            text_of("taillabel", &escapes)?,
            text_of("headlabel", &escapes)?,
        );
        Ok(joined(&[&at_tail, &middle, &at_head], " … "))
    }

    /// What a link joins: two nodes, or the clusters that `ltail` and `lhead` name.
    fn ends(&self, edge: &Edge) -> (String, String) {
        let tail_cluster = self.end_cluster(edge, "ltail", edge.tail, edge.head);
        let head_cluster = self.end_cluster(edge, "lhead", edge.head, edge.tail);
        let written = |cluster: Option<usize>, node: usize| match cluster {
            Some(number) => format!("c{number}"),
            None => format!("n{node}"),
        };
        (
            written(tail_cluster, edge.tail),
            written(head_cluster, edge.head),
        )
    }

    /// The number of the cluster that `attribute` names, if the link can end there: `inside` must
    /// be in it and `outside` must not.
    fn end_cluster(
        &self,
        edge: &Edge,
        attribute: &str,
        inside: usize,
        outside: usize,
    ) -> Option<usize> {
        let name = edge.attrs.text(attribute);
        if name.is_empty() || !self.graph.subgraphs[ROOT].attrs.is_true("compound") {
            return None;
        }
        let owner = |node: usize| self.clusters.owner[node];
        let is_meant = |cluster: usize| {
            self.graph.subgraphs[cluster].name.as_deref() == Some(name)
                && self.graph.is_inside(owner(inside), cluster)
                && !self.graph.is_inside(owner(outside), cluster)
        };
        self.clusters
            .order
            .iter()
            .position(|cluster| is_meant(*cluster))
    }

    /// Links that only affect the layout; written after all others, so that those keep their
    /// numbers.
    fn invisible_links(&mut self) -> Result<(), Problem> {
        let mut pairs = std::mem::take(&mut self.kept_above);
        pairs.extend(rank::links(self.graph));
        for (from, to) in pairs {
            self.line(1, &format!("n{from} {} n{to}", invisible_link(1)))?;
        }
        Ok(())
    }

    fn clicks(&mut self) -> Result<(), Problem> {
        for (index, node) in self.graph.nodes.iter().enumerate() {
            let Some(href) = node.attrs.get("URL").or_else(|| node.attrs.get("href")) else {
                continue;
            };
            let escapes = Escapes {
                node: &node.name,
                label: node.attrs.get("label").map_or("", |label| &label.text),
                ..self.escapes()
            };
            if let Some(href) = escapes.expand(&href.text).as_deref().and_then(clean_href) {
                self.line(1, &format!("click n{index} href \"{href}\""))?;
            }
        }
        Ok(())
    }

    fn looks(&mut self) -> Result<(), Problem> {
        let mut lines = Vec::new();
        for (index, node) in self.graph.nodes.iter().enumerate() {
            let shape = shape_of(node);
            push_style(
                &mut lines,
                &format!("n{index}"),
                &node_style(&node.attrs, shape == Shape::Plain, shape == POINT),
            );
        }
        for (number, cluster) in self.clusters.order.iter().enumerate() {
            push_style(
                &mut lines,
                &format!("c{number}"),
                &cluster_style(&self.graph.subgraphs[*cluster].attrs),
            );
        }
        lines.append(&mut self.styles);
        for line in lines {
            self.line(1, &line)?;
        }
        Ok(())
    }

    fn escapes(&self) -> Escapes<'_> {
        Escapes {
            graph: self.graph.name(),
            ..Escapes::default()
        }
    }

    fn line(&mut self, depth: usize, text: &str) -> Result<(), Problem> {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(text);
        self.out.push('\n');
        if self.out.len() > MAX_OUTPUT {
            return Err(Problem::new(
                self.graph.line,
                "the labels of the graph are too long in total",
            ));
        }
        Ok(())
    }
}

fn shape_of(node: &Node) -> Shape {
    let attrs: &Attrs = &node.attrs;
    let label = attrs.get("label").filter(|label| label.html);
    if label.is_some_and(|label| html::has_table(&label.text)) {
        return Shape::Brackets("[", "]");
    }
    shape(
        attrs.text("shape"),
        attrs.text("peripheries") == "2",
        has_style(attrs, "rounded"),
    )
}

fn push_style(lines: &mut Vec<String>, id: &str, style: &[String]) {
    if !style.is_empty() {
        lines.push(format!("style {id} {}", style.join(",")));
    }
}

/// The texts that are not empty, separated by `between`.
fn joined(texts: &[&str], between: &str) -> String {
    let shown: Vec<&str> = texts
        .iter()
        .copied()
        .filter(|text| !text.trim().is_empty())
        .collect();
    shown.join(between)
}
