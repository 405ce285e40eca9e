//! Two renderings of one picture as one, and the mapping of its colours.
//!
//! Not here: which colours a site has; the caller maps them.

use super::Baked;
use super::colour;
use super::tree::{Element, Name, Node, What};
use crate::svg_names::{PAINTS, property};

impl Baked {
    /// This picture in the light scheme and `dark` in the dark one.
    ///
    /// `None` if they differ in anything but colours: each colour that differs becomes
    /// `light-dark(light, dark)`.
    pub fn paired(&self, dark: &Self) -> Option<Self> {
        if self.nodes.len() != dark.nodes.len() {
            return None;
        }
        let nodes = self
            .nodes
            .iter()
            .zip(&dark.nodes)
            .map(|(a, b)| paired_node(a, b))
            .collect::<Option<_>>()?;
        Some(Self {
            nodes,
            ..self.clone()
        })
    }

    /// Replaces each colour in paint attributes by what `map` returns, if it returns something.
    ///
    /// The paint attributes are `fill`, `stroke`, `stop-color`, `flood-color`, `lighting-color` and
    /// `color`; a colour is passed as it is written, `light-dark(…)` as a whole.
    pub fn recolour(&mut self, mut map: impl FnMut(&str) -> Option<String>) {
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            for (name, value) in &mut element.attributes {
                if PAINTS.contains(&name.as_ref())
                    && let Some(new) = colour::mapped(value, &mut map)
                {
                    *value = new;
                }
            }
        }
    }

    /// Removes an attribute, such as `font-family` or `class`, from every element.
    pub fn without(&mut self, attribute: &str) {
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            element.remove(attribute);
        }
    }
}

fn paired_node(a: &Node, b: &Node) -> Option<Node> {
    if a.depth != b.depth {
        return None;
    }
    let what = match (&a.what, &b.what) {
        (What::Text(a), What::Text(b)) if a == b => What::Text(a.clone()),
        (What::Element(a), What::Element(b)) => What::Element(paired_element(a, b)?),
        _ => return None,
    };
    Some(Node {
        depth: a.depth,
        what,
    })
}

fn paired_element(a: &Element, b: &Element) -> Option<Element> {
    if a.name != b.name || a.attributes.len() != b.attributes.len() {
        return None;
    }
    let attributes = a
        .attributes
        .iter()
        .zip(&b.attributes)
        .map(|((name, light), (other, dark))| {
            let same = name == other;
            Some((
                name.clone(),
                paired_value(name, light, dark).filter(|_| same)?,
            ))
        })
        .collect::<Option<Vec<(Name, String)>>>()?;
    Some(Element {
        name: a.name,
        attributes,
    })
}

/// Merges two values of an attribute, if they differ in colours only.
pub(super) fn paired_value(name: &str, light: &str, dark: &str) -> Option<String> {
    if light == dark {
        return Some(light.to_owned());
    }
    // Only style holds colours; an id that happens to be called `red` is not a colour.
    property(name)?;
    // `none` on one side only counts as a colour: a transparent one.
    let clear = |value: &str, other: &str| {
        let seen_through = PAINTS.contains(&name) && value == "none" && colour::is_colour(other);
        if seen_through { "transparent" } else { value }.to_owned()
    };
    colour::paired(&clear(light, dark), &clear(dark, light))
}
