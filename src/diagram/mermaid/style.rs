//! What a picture says beyond the renderer's theme: rules for what no theme variable sets.
//!
//! Not here: colours that the renderer always writes (`palette`).

use std::fmt::Write as _;

use super::super::svg;
use super::super::svg::clean::made;
use super::super::svg::tree::{Element, Node, What};
use super::super::svg::typed::Value;
use super::super::tokens::{INK_3, RAISED};
use super::marks::mark;
use super::palette::STRONG;

/// Sections that the renderer numbers.
const SECTIONS: usize = 12;

/// A shape is its fill and then its outline, to both of which the theme gives fill and stroke: lines that
/// are drawn twice are darker.
const OUTLINES: &str = "#d .outer-path path[stroke=none]{stroke:none!important}\
                        #d .outer-path path[fill=none]{fill:none!important}";

/// Adds rules of its own at the end of a picture.
pub(super) fn add(nodes: &mut Vec<Node>, kind: &str) {
    let mut elements = nodes.iter().filter_map(Node::element);
    let rules = match kind {
        "mindmap" => links(),
        "radar" => curves(),
        "pie" => format!("#d .legend rect{{stroke:{}!important}}", mark(INK_3)),
        "treemap" => {
            "#d .treemapSectionLabel,#d .treemapSectionValue{font-size:12.5px!important}".to_owned()
        }
        // Parts of circles are narrow.
        "venn" => "#d .venn-area text{font-size:16px!important}".to_owned(),
        _ if elements.any(|element| has_class(element, "rough-node")) => rough(),
        _ => String::new(),
    };
    let what = What::Element(Element::new("style"));
    nodes.push(Node { depth: 1, what });
    let what = svg::rules(&format!("{OUTLINES}{rules}"));
    nodes.push(Node { depth: 2, what });
}

pub(super) fn has_class(element: &Element, class: &str) -> bool {
    let mut classes = element.get("class").unwrap_or_default().split(' ');
    classes.any(|own| own == class)
}

/// What the style of an element says, of HTML too.
pub(super) fn declarations(element: &Element) -> Vec<(String, String)> {
    let style = element.value("style");
    let style = style.map_or_else(String::new, |style| style.written("style", None));
    let all = style.split(';').filter_map(|one| one.split_once(':'));
    all.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

pub(super) fn declared(element: &Element, name: &str) -> Option<String> {
    let mut all = declarations(element).into_iter();
    let (_, value) = all.find(|(own, _)| own == name)?;
    let value = value.trim_end_matches("!important").trim_end();
    Some(value.to_owned())
}

/// Adds declarations to the style of an element.
pub(super) fn restyle(element: &mut Element, more: &str) {
    let own = element.value("style");
    let own = own.map_or_else(String::new, |own| own.written("style", None));
    if let Some(style) = made("g", &[("style", &format!("{own};{more}"))]).remove("style") {
        element.set("style", style);
    }
}

pub(super) fn is_hidden(element: &Element) -> bool {
    declared(element, "display").is_some_and(|display| display == "none")
        || element.value("display").is_some_and(Value::is_none)
}

/// Links of a mind map: the theme gives them the fill of their section, and a width that is
/// negative from the sixth level on.
fn links() -> String {
    let mut rules = String::new();
    for number in 0..SECTIONS {
        let colour = mark(STRONG[number % STRONG.len()]);
        let section = signed(number);
        let _ = write!(rules, "#d .section-edge-{section}{{stroke:{colour}}}");
        let width = match number {
            0 | 1 => "3",
            2 => "2.5",
            3 => "2",
            _ => "1.5",
        };
        let _ = write!(rules, "#d .edge-depth-{section}{{stroke-width:{width}}}");
    }
    rules
}

/// Sections are numbered from -1, which is the root's.
fn signed(number: usize) -> String {
    number
        .checked_sub(1)
        .map_or_else(|| "-1".to_owned(), |number| number.to_string())
}

/// Curves of a radar chart, and their boxes in the legend.
fn curves() -> String {
    let mut rules = String::new();
    for number in 0..SECTIONS {
        let colour = mark(STRONG[number % STRONG.len()]);
        for class in ["radarCurve", "radarLegendBox"] {
            let _ = write!(
                rules,
                "#d .{class}-{number}{{fill:{colour};fill-opacity:.15;stroke:{colour}}}"
            );
        }
    }
    rules
}

/// Shapes that are not drawn by hand among those that are: the theme leaves them black.
fn rough() -> String {
    let (fill, stroke) = (mark(RAISED), mark(INK_3));
    // What is in a container, and no path, is one of several parts.
    let shapes = ["circle", "ellipse", "rect", "polygon"];
    let shapes = shapes.map(|shape| {
        format!("#d .rough-node {shape}.label-container,#d .rough-node .label-container {shape},")
    });
    let shapes = shapes.concat();
    format!("{shapes}#d .rough-node path.label-container{{fill:{fill};stroke:{stroke}}}")
}
