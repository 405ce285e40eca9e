//! What a picture says beyond the renderer's theme: rules for what no theme variable sets.
//!
//! Not here: colours that the renderer always writes (`palette`).

use std::fmt::Write as _;

use super::super::svg;
use super::super::svg::clean::made;
use super::super::svg::tree::{Element, Node, What, end};
use super::super::svg::typed::Value;
use super::super::tokens::{INK, INK_3, RAISED};
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
    match (kind, nodes.first_mut().and_then(Node::element_mut)) {
        ("stateDiagram", _) => unwrap_boxes(nodes),
        // The renderer leaves its size to the page.
        ("info", Some(root)) => root.set("viewBox", "0 0 200 60".to_owned()),
        _ => {}
    }
    let mut elements = nodes.iter().filter_map(Node::element);
    let rules = match kind {
        "mindmap" => links(),
        "radar" => curves(),
        // A picture does not know when it is looked at; marks of the axis have the colour of the grid.
        "gantt" => "#d .today{display:none}#d .grid line{stroke:inherit}".to_owned(),
        "pie" => format!("#d .legend rect{{stroke:{}!important}}", mark(INK_3)),
        "treemap" => {
            let sizes =
                "#d .treemapSectionLabel,#d .treemapSectionValue{font-size:12.5px!important}";
            format!(
                "{sizes}#d .treemapLeaf{{stroke:{};stroke-width:1}}",
                mark(INK_3)
            )
        }
        "c4" => "#d .c4-external .label-container,#d .c4-external .label-container *\
                 {stroke-dasharray:6 4}"
            .to_owned(),
        "kanban" => format!("#d .sections .cluster rect{{stroke:{}}}", mark(INK_3)),
        // The label of a class is in the colour of its fill.
        "stateDiagram" => format!("#d .title-state~.label text{{fill:{}}}", mark(INK)),
        // A bar may have the colour of the chart.
        "xychart" => "#d rect{stroke-width:1}".to_owned(),
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

/// Puts the boxes of states with two lines where those of others are: rules of classes are for them there.
fn unwrap_boxes(nodes: &mut Vec<Node>) {
    let is_box = |node: &Node| {
        node.element()
            .is_some_and(|own| has_class(own, "title-state"))
    };
    while let Some(group) = nodes.windows(2).position(|two| {
        let is_inside = two[1].depth == two[0].depth + 1;
        let bare = two[0]
            .element()
            .is_some_and(|group| group.attributes.is_empty());
        is_inside && bare && is_box(&two[1])
    }) {
        let last = end(nodes, group);
        nodes[group + 1..last]
            .iter_mut()
            .for_each(|node| node.depth -= 1);
        nodes.remove(group);
    }
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
    // They are numbered from -1, which is the root's.
    for (number, colour) in (-1..).zip(STRONG.iter().cycle()).take(SECTIONS) {
        let colour = mark(*colour);
        let _ = write!(rules, "#d .section-edge-{number}{{stroke:{colour}}}");
        let width = match number {
            -1 | 0 => "3",
            1 => "2.5",
            2 => "2",
            _ => "1.5",
        };
        let _ = write!(rules, "#d .edge-depth-{number}{{stroke-width:{width}}}");
    }
    rules
}

/// Curves of a radar chart, and their boxes in the legend.
fn curves() -> String {
    let mut rules = format!("#d .radarGraticule{{fill:none;stroke:{}}}", mark(INK_3));
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
