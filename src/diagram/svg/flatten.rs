//! Moves labels that a renderer keeps in `<defs>` and draws by `<use>` back to their places, so
//! that their text can be selected and found. Removes what only a renderer needs.
//!
//! Not here: resolving style, which happens first, so that a label keeps the paint it had in
//! `<defs>`.

use std::collections::{HashMap, HashSet};

use super::tree::{Element, Name, Node, What, end};
use super::{Baked, links, references};

/// Attributes of a `<use>` that have no meaning on the group that replaces it.
const OF_USE: &[&str] = &["href", "x", "y", "width", "height"];

impl Baked {
    /// Replaces each `<use>` by the element that it draws, if `is_label` accepts that element's id.
    /// Coordinates of the `<use>` become a translation.
    pub fn flatten(&mut self, is_label: impl Fn(&str) -> bool) {
        let labels = self.labels(is_label);
        if labels.is_empty() {
            return;
        }
        let mut flat = Vec::with_capacity(self.nodes.len());
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            if labels.values().any(|(start, _)| *start == index) {
                index = end(&self.nodes, index);
                continue;
            }
            match label_of(node, &labels) {
                Some(&(start, stop)) => {
                    let group = node.element().map_or_else(empty_group, group);
                    let label = self.nodes.get(start..stop).unwrap_or_default();
                    push_group(&mut flat, node.depth, group, label);
                }
                None => flat.push(node.clone()),
            }
            index += 1;
        }
        self.nodes = flat;
        self.drop_empty("defs");
    }

    /// Removes every id that nothing refers to.
    pub fn drop_idle_ids(&mut self) {
        let elements = self.nodes.iter().filter_map(Node::element);
        let used: HashSet<String> = elements
            .flat_map(|element| &element.attributes)
            .filter(|(name, _)| name != "id")
            .flat_map(|(name, value)| references::ids(name, value))
            .collect();
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            if element.get("id").is_some_and(|id| !used.contains(id)) {
                element.remove("id");
            }
        }
    }

    /// Removes empty elements of this name.
    fn drop_empty(&mut self, name: &str) {
        let is_empty = |index: usize, node: &Node| {
            node.element().is_some_and(|element| element.name == name)
                && end(&self.nodes, index) == index + 1
        };
        let kept = self.nodes.iter().enumerate();
        let kept = kept.filter(|(index, node)| !is_empty(*index, node));
        self.nodes = kept.map(|(_, node)| node.clone()).collect();
    }

    /// The range of nodes of each label, by its id.
    fn labels(&self, is_label: impl Fn(&str) -> bool) -> HashMap<String, (usize, usize)> {
        let nodes = self.nodes.iter().enumerate();
        let labels = nodes.filter_map(|(index, node)| {
            let id = node.element()?.get("id").filter(|id| is_label(id))?;
            Some((id.to_owned(), (index, end(&self.nodes, index))))
        });
        labels.collect()
    }
}

fn label_of<'l>(
    node: &Node,
    labels: &'l HashMap<String, (usize, usize)>,
) -> Option<&'l (usize, usize)> {
    let element = node.element().filter(|element| element.name == "use")?;
    labels.get(links::fragment(element.get("href")?)?)
}

/// The group that replaces a `<use>`.
fn group(of: &Element) -> Element {
    let kept = of.attributes.iter();
    let kept = kept.filter(|(name, _)| !OF_USE.contains(&name.as_ref()));
    let mut group = Element {
        name: "g",
        attributes: kept.cloned().collect(),
    };
    let number = |name| of.get(name).and_then(|value| value.parse::<f64>().ok());
    let (x, y) = (number("x").unwrap_or(0.0), number("y").unwrap_or(0.0));
    if x.abs() + y.abs() > 0.0 {
        let before = group.get("transform").unwrap_or_default();
        let moved = format!("{before} translate({x} {y})");
        group.set(Name::from("transform"), moved.trim().to_owned());
    }
    group
}

fn empty_group() -> Element {
    Element {
        name: "g",
        attributes: Vec::new(),
    }
}

fn push_group(flat: &mut Vec<Node>, depth: usize, group: Element, label: &[Node]) {
    flat.push(Node {
        depth,
        what: What::Element(group),
    });
    let top = label.first().map_or(0, |node| node.depth);
    for (at, node) in label.iter().enumerate() {
        let mut node = node.clone();
        node.depth = node.depth - top + depth + 1;
        if at == 0
            && let Some(element) = node.element_mut()
        {
            element.remove("id");
        }
        flat.push(node);
    }
}
