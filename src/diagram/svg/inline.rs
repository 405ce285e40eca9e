//! Writes a polished picture as markup for a page: ids scoped, coordinates rounded.
//!
//! Not here: which attributes stay; the stages before have decided that.

use std::collections::HashSet;

use super::family::Family;
use super::parts::Part;
use super::tree::{Element, Node, at};
use super::typed::Value;
use super::write::markup;
use super::{Polished, Styled, references, size};

/// Coordinates are rounded to at most this many decimals; pictures that need more are not rounded.
const FINEST: usize = 8;

/// So many more for what may be drawn larger.
const FINER: usize = 3;

/// Elements whose coordinates may be fractions of a box, or be drawn enlarged.
const SCALED: &[&str] = &[
    "clipPath",
    "filter",
    "linearGradient",
    "marker",
    "mask",
    "pattern",
    "radialGradient",
    "svg",
    "symbol",
];

impl Polished {
    /// The picture as an `<svg>` element for a page.
    ///
    /// `scope` is a prefix for every id and every reference to one, so that ids of two pictures on
    /// one page differ; `root` are attributes for the root. The page sets width and height.
    pub fn inline(&self, scope: &str, root: &[(&str, &str)]) -> String {
        let styled = &self.0;
        let ids: HashSet<String> = styled
            .elements()
            .filter_map(|element| element.get("id").map(str::to_owned))
            .collect();
        let family = Family::of(&styled.nodes);
        let decimals = styled.decimals();
        let decimals = |index| {
            let around = family.line(index).filter(|up| *up > 0);
            let larger = around.filter(|up| at(&styled.nodes, *up).is_some_and(is_enlarged));
            let decimals = decimals? + FINER * larger.count();
            (decimals <= FINEST).then_some(decimals)
        };
        markup(&styled.nodes, root, |index, name, value| match value {
            Value::Text(text) => references::scoped(name, text, scope, &ids),
            Value::Style(style) => references::scoped_style(style, scope),
            value => value.written(name, decimals(index)),
        })
    }

    /// Replaces each colour in paint attributes by what `map` returns, as `Styled::recolour`.
    pub(crate) fn recolour(&mut self, map: impl FnMut(&Part) -> Option<Part>) {
        self.0.recolour(map);
    }
}

impl Styled {
    fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(Node::element)
    }

    /// How many decimals the coordinates of what is not drawn larger need; `None` if they may not be
    /// rounded.
    fn decimals(&self) -> Option<usize> {
        let root = self.elements().next().and_then(size::view_box);
        let side = root.map_or(self.width.max(self.height), |view| view.size().max_side());
        let decimals = match side {
            400.0.. => 1,
            100.0.. => 2,
            10.0.. => 3,
            1.0.. => 4,
            _ => return None,
        };
        // What a `<use>` draws may be drawn larger than where it is.
        let is_reused = self.elements().any(|element| element.name == "use")
            && self.elements().skip(1).any(is_enlarged);
        Some(if is_reused {
            decimals + FINER
        } else {
            decimals
        })
    }
}

/// Whether an element may draw what is in it larger.
fn is_enlarged(element: &Element) -> bool {
    let is_larger = match element.value("transform") {
        None => false,
        Some(Value::Transform(transform)) => {
            let [a, b, c, d, ..] = transform.as_coeffs();
            a.hypot(b).max(c.hypot(d)) > 1.001
        }
        Some(_) => true,
    };
    is_larger || SCALED.contains(&element.name)
}
