//! The Mermaid shape that is nearest to each of Graphviz's.
//!
//! Not here: colours and lines (`look`), and polygons made with `sides`, `skew` or `distortion`.

/// How a node's outline is written in a flowchart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// For example `[` and `]`.
    Brackets(&'static str, &'static str),
    /// A box with `@{ shape: … }`.
    Named(&'static str),
    /// A box without fill and border.
    Plain,
}

const BOX: Shape = Shape::Brackets("[", "]");
const ROUNDED: Shape = Shape::Brackets("(", ")");
/// Mermaid 11 and 12 have no ellipse (they reject `(-…-)`). A stadium, `([…])`, would be rounder,
/// but is drawn as a path of 40 KB, and an ellipse is the default of every node.
const ELLIPSE: Shape = ROUNDED;
const CIRCLE: Shape = Shape::Brackets("((", "))");
const DOUBLE_CIRCLE: Shape = Shape::Brackets("(((", ")))");
const HEXAGON: Shape = Shape::Brackets("{{", "}}");
const DOUBLE_BOX: Shape = Shape::Brackets("[[", "]]");
/// A small disk without a label.
pub(super) const POINT: Shape = Shape::Named("f-circ");

/// The shape for a `shape` attribute (empty: the default, an ellipse), with `peripheries=2` and
/// `style=rounded` applied where Mermaid has such a shape.
pub(super) fn shape(name: &str, doubled: bool, rounded: bool) -> Shape {
    let shape = match name.to_ascii_lowercase().as_str() {
        "" | "ellipse" | "oval" | "egg" if doubled => DOUBLE_CIRCLE,
        "" | "ellipse" | "oval" | "egg" => ELLIPSE,
        "circle" | "mcircle" => CIRCLE,
        "doublecircle" => DOUBLE_CIRCLE,
        "diamond" | "mdiamond" => Shape::Brackets("{", "}"),
        "cylinder" => Shape::Brackets("[(", ")]"),
        "hexagon" | "octagon" | "septagon" | "doubleoctagon" | "tripleoctagon" | "star" => HEXAGON,
        "parallelogram" => Shape::Brackets("[/", "/]"),
        "trapezium" => Shape::Brackets("[/", "\\]"),
        "invtrapezium" | "invhouse" => Shape::Brackets("[\\", "/]"),
        "house" | "pentagon" => Shape::Named("notch-pent"),
        "triangle" => Shape::Named("tri"),
        "invtriangle" => Shape::Named("flip-tri"),
        "note" => Shape::Named("notch-rect"),
        "tab" | "folder" => Shape::Named("folder"),
        "box3d" => Shape::Named("st-rect"),
        "component" => DOUBLE_BOX,
        "point" => POINT,
        "mrecord" => ROUNDED,
        "plaintext" | "plain" | "none" | "underline" => Shape::Plain,
        _ => BOX,
    };
    match shape {
        BOX if doubled => DOUBLE_BOX,
        BOX if rounded => ROUNDED,
        CIRCLE if doubled => DOUBLE_CIRCLE,
        _ => shape,
    }
}
