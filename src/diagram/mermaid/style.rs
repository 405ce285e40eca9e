//! What a picture says beyond the renderer's theme: rules for what no theme variable sets, and the
//! blanks between lines of a text.
//!
//! Not here: colours that the renderer always writes (`palette`).

use std::fmt::Write as _;

use super::super::tokens::{INK_3, RAISED};
use super::marks::mark;
use super::palette::STRONG;

/// Sections that the renderer numbers.
const SECTIONS: usize = 12;

/// A shape is its fill and then its outline, to both of which the theme gives fill and stroke: lines that
/// are drawn twice are darker.
const OUTLINES: &str = "#d .outer-path path[stroke=none]{stroke:none!important}\
                        #d .outer-path path[fill=none]{fill:none!important}";

/// The picture with rules of its own at the end of its style sheet.
pub(super) fn added(svg: &str, kind: &str) -> String {
    let rules = match kind {
        "mindmap" => links(),
        "radar" => curves(),
        "pie" => format!("#d .legend rect{{stroke:{}!important}}", mark(INK_3)),
        "treemap" => {
            "#d .treemapSectionLabel,#d .treemapSectionValue{font-size:12.5px!important}".to_owned()
        }
        // Parts of circles are narrow.
        "venn" => "#d .venn-area text{font-size:16px!important}".to_owned(),
        _ if svg.contains("\"rough-node ") => rough(),
        _ => String::new(),
    };
    let rules = format!("{OUTLINES}{rules}");
    // A line that ends is a blank to those who copy or search the words.
    svg.replacen("</style>", &format!("{rules}</style>"), 1)
        .replace("</tspan><tspan x=", "</tspan> <tspan x=")
        .replace(
            "</tspan><tspan class=\"text-outer",
            "</tspan> <tspan class=\"text-outer",
        )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_words_of_their_own() {
        let text = "<text><tspan x=\"0\">a</tspan><tspan x=\"0\">b</tspan></text>";
        assert!(added(text, "timeline").contains("a</tspan> <tspan"));
    }
}
