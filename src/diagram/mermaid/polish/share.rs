//! Inherited style where it takes the fewest bytes: on groups instead of on each of their elements.
//!
//! What each element is painted with stays the same. Not here: attributes without an effect
//! (`initial.rs`), and groups of its own, which save nothing once a page is compressed.

use kurbo::{BezPath, PathEl};

use super::initial;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::parts::Part;
use crate::diagram::svg::shorthand::has_effect;
use crate::diagram::svg::tree::{Element, Node, at, at_mut};
use crate::diagram::svg::typed::Value;
use crate::svg_names::{SHAPES, property};

/// Elements that have no use for an inherited property themselves.
const CONTAINERS: &[&str] = &["a", "defs", "desc", "g", "marker", "svg", "title"];
/// The most combinations of an element and a value that are compared.
const MOST: usize = 1 << 20;
/// More bytes than any picture has.
const NEVER: usize = 1 << 40;

/// Moves inherited style to where it takes the fewest bytes.
pub(super) fn share(nodes: &mut [Node]) {
    // What a `<use>` draws inherits from that.
    let mut elements = nodes.iter().filter_map(Node::element);
    if elements.any(|element| element.name == "use") {
        return;
    }
    let family = Family::of(nodes);
    let placed = used(nodes)
        .into_iter()
        .filter_map(|name| Some((name, Style::of(nodes, &family, name)?.placed(&family))));
    for (name, values) in placed.collect::<Vec<_>>() {
        for (index, value) in values.into_iter().enumerate() {
            match (at_mut(nodes, index), value) {
                (Some(element), Some(value)) => element.set(name, value),
                (Some(element), None) => {
                    element.remove(name);
                }
                (None, _) => {}
            }
        }
    }
}

/// The inherited properties that an element has; `color` has an effect through the others.
fn styles(element: &Element) -> impl Iterator<Item = (&'static str, &Value)> {
    element.attributes.iter().filter_map(|(name, value)| {
        let property = property(name).filter(|property| property.inherited)?;
        (property.name != "color").then_some((property.name, value))
    })
}

/// All inherited properties of a picture.
fn used(nodes: &[Node]) -> Vec<&'static str> {
    let elements = nodes.iter().filter_map(Node::element);
    let mut names: Vec<_> = elements.flat_map(styles).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// One property, and the value of it that each element needs.
struct Style {
    /// The first is the initial value.
    values: Vec<Value>,
    /// The bytes of an attribute with each value.
    costs: Vec<usize>,
    /// By its place in `values`; `None` for elements to which it makes no difference.
    needs: Vec<Option<usize>>,
}

impl Style {
    /// `None` if there are too many values.
    fn of(nodes: &[Node], family: &Family, name: &str) -> Option<Self> {
        let first = initial::value(name);
        let mut texts = vec![first.unwrap_or_default().to_owned()];
        let mut values = vec![Value::from(Part::word(&texts[0])).typed(name)];
        let mut needs = Vec::with_capacity(nodes.len());
        for index in 0..nodes.len() {
            if !matters(nodes, family, index, name) {
                needs.push(None);
                continue;
            }
            let value = family.value(nodes, index, name);
            let Some(value) = value.filter(|value| !initial::is_initial(name, value)) else {
                needs.push(Some(0));
                continue;
            };
            let text = value.written(name, None);
            let known = texts.iter().position(|known| *known == text);
            needs.push(known.or(Some(texts.len())));
            if known.is_none() {
                texts.push(text);
                values.push(value.clone());
            }
        }
        let mut costs: Vec<usize> = texts.iter().map(|text| cost(name, text)).collect();
        if first.is_none() {
            costs[0] = NEVER;
        }
        (nodes.len() * values.len() <= MOST).then_some(Self {
            values,
            costs,
            needs,
        })
    }

    /// The attribute of each element.
    fn placed(&self, family: &Family) -> Vec<Option<Value>> {
        let count = self.values.len();
        let mut inside = vec![vec![0; count]; self.needs.len()];
        let mut best = vec![0; self.needs.len()];
        for index in (0..inside.len()).rev() {
            let own = &mut inside[index];
            if let Some(need) = self.needs[index] {
                for (value, bytes) in own.iter_mut().enumerate() {
                    *bytes += if value == need { 0 } else { NEVER };
                }
            }
            let all = own.iter().zip(&self.costs).map(|(own, set)| own + set);
            let (least, chosen) = all.zip(0..).min().unwrap_or_default();
            best[index] = chosen;
            let own: Vec<usize> = own.iter().map(|own| least.min(*own)).collect();
            if let Some(parent) = family.parent(index) {
                let above = inside[parent].iter_mut().zip(own);
                above.for_each(|(above, own)| *above += own);
            }
        }
        let mut held: Vec<usize> = Vec::with_capacity(inside.len());
        let attributes = inside.iter().enumerate().map(|(index, bytes)| {
            let above = family.parent(index).map_or(0, |parent| held[parent]);
            let chosen = best[index];
            let is_set = bytes[chosen] + self.costs[chosen] < bytes[above];
            held.push(if is_set { chosen } else { above });
            is_set.then(|| self.values[chosen].clone())
        });
        attributes.collect()
    }
}

fn cost(name: &str, text: &str) -> usize {
    format!(" {name}=\"{text}\"").len()
}

/// Whether a property has an effect on the element itself.
fn matters(nodes: &[Node], family: &Family, index: usize, name: &str) -> bool {
    let Some(element) = at(nodes, index) else {
        return false;
    };
    let is_shape = SHAPES.contains(&element.name);
    let is_text = matches!(element.name, "text" | "tspan" | "textPath");
    let is_none = |name: &str| family.is_none(nodes, index, name);
    let is_stroked = || !family.is_unstroked(nodes, index);
    let is_marked = || {
        let names = ["marker-start", "marker-mid", "marker-end"].iter();
        names
            .clone()
            .any(|name| family.value(nodes, index, name).is_some() && !is_none(name))
    };
    match name {
        _ if CONTAINERS.contains(&element.name) => false,
        "fill" => is_text || !is_flat(element),
        "fill-opacity" | "fill-rule" => !is_none("fill"),
        // The size of markers may depend on it.
        "stroke-width" => is_marked() || is_stroked(),
        "stroke-linejoin" | "stroke-miterlimit" if is_flat(element) => false,
        "paint-order" => is_stroked(),
        _ if name.starts_with("stroke-") => is_stroked(),
        _ if name.starts_with("marker-") => is_shape && has_effect(name, element.name),
        "dominant-baseline" | "text-anchor" => is_text,
        _ if name.starts_with("font-") => is_text,
        _ => true,
    }
}

/// Whether a shape is a horizontal or vertical line, which has no area.
fn is_flat(element: &Element) -> bool {
    match element.path().map(BezPath::elements) {
        Some([PathEl::MoveTo(from), PathEl::LineTo(to)]) => {
            let way = *to - *from;
            way.x.abs().min(way.y.abs()) < 1e-9
        }
        _ => element.name == "line",
    }
}
