//! Writes a polished picture as markup for a page: ids scoped, coordinates rounded.
//!
//! Not here: which attributes stay; the stages before have decided that.

use std::collections::HashSet;

use super::parts::Part;
use super::tree::{Element, Node};
use super::typed::Value;
use super::write::{attribute, is_name, markup};
use super::written::scales;
use super::{Polished, Styled, clean, references, size};

/// Coordinates are rounded to at most this many decimals; pictures that need more are not rounded.
const FINEST: usize = 8;

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
        let mut precision = Precision::new(styled);
        markup(&styled.nodes, |index, element, out| {
            let depth = styled.nodes.get(index).map_or(0, |node| node.depth);
            let decimals = precision.enter(depth, element);
            for (name, value) in &element.attributes {
                let is_set = index == 0 && root.iter().any(|(own, _)| own == name);
                if is_set {
                    continue;
                }
                let text = match value {
                    Value::Text(text) => references::scoped(name, text, scope, &ids),
                    Value::Style(style) => references::scoped_style(style, scope),
                    value => value.written(name, decimals),
                };
                attribute(out, name, &text);
            }
            if index == 0 {
                for (name, value) in root.iter().filter(|(name, _)| is_name(name)) {
                    attribute(out, name, &clean::legible(value));
                }
            }
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
}

/// Finds how many decimals an element's coordinates need.
struct Precision {
    below: Vec<Option<usize>>,
}

impl Precision {
    fn new(styled: &Styled) -> Self {
        let side = styled.width.max(styled.height);
        let root = styled.elements().next().and_then(size::view_box);
        let side = root.map_or(side, |view| view.size().max_side());
        // What a `<use>` draws may be drawn larger than where it is.
        let scaled_use = styled.elements().any(|element| element.name == "use")
            && styled.elements().any(is_scaling);
        let base = match side {
            400.0.. => Some(1),
            100.0.. => Some(2),
            10.0.. => Some(3),
            1.0.. => Some(4),
            _ => None,
        };
        Self {
            below: vec![base.map(|base| if scaled_use { base + 3 } else { base })],
        }
    }

    /// Enters an element; returns the decimals that its coordinates need, if they may be rounded.
    fn enter(&mut self, depth: usize, element: &Element) -> Option<usize> {
        self.below.truncate(depth + 1);
        let above = self.below.last().copied().flatten();
        let finer = |by| {
            above
                .map(|above| above + by)
                .filter(|digits| *digits <= FINEST)
        };
        let own = if is_scaling(element) {
            finer(3)
        } else if depth > 0 && SCALED.contains(&element.name) {
            finer(2)
        } else {
            above
        };
        self.below.push(own);
        own
    }
}

fn is_scaling(element: &Element) -> bool {
    element
        .value("transform")
        .is_some_and(|transform| match transform {
            Value::Transform(transform) => scales(transform),
            _ => true,
        })
}
