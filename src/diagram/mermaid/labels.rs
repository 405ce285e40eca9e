//! HTML labels of the renderer made lines of text, in their places.
//!
//! The renderer has measured each label: its width is the limit of the lines, its height their
//! number. A line has the classes of the label, so that the picture's own style sheet paints it as
//! it does labels that are text from the start. Not here: pictures and formulas in labels, which
//! have no text.

use super::super::tokens::{INK_3, PAPER};
use super::marks::mark;
use super::rich::{self, Line, Rich, Style};
use super::source::INVISIBLE;
use super::style::{declarations, declared, has_class};
use crate::diagram::svg::clean::made;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::read::LABEL;
use crate::diagram::svg::tree::{Element, Node, What, at, end, push_text};
use crate::diagram::svg::typed::moves;
use crate::diagram::widths;

/// Sizes of fonts in labels, in pixels; most have the first.
const SIZES: [f64; 4] = [16.0, 14.0, 12.0, 11.0];
/// Of a line, in sizes of its font.
const LEADING: f64 = 1.5;
/// Of a line of a title.
const TITLE_LEADING: f64 = 1.2;
/// Measured widths are rounded to fractions of a pixel.
const SLACK: f64 = 0.02;
/// In font sizes: how far the middle of letters is above their baseline.
const CENTRE: f64 = 0.35;

/// The tree with each label replaced by its text.
pub(super) fn placed(nodes: &[Node]) -> Vec<Node> {
    let family = Family::of(nodes);
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let kind = at(nodes, 0).and_then(|root| root.get("aria-roledescription"));
    let is_on_shapes = kind == Some("mindmap");
    let mut index = 0;
    while let Some(node) = nodes.get(index) {
        let element = node.element();
        let name = element.map_or("", |element| element.name);
        let has = |side| element.is_some_and(|element| element.value(side).is_some());
        if name == LABEL {
            let label = &nodes[index..end(nodes, index)];
            let above = family.above(index).filter_map(|up| at(nodes, up));
            placed_label(label, &Around::of(above, is_on_shapes), &mut out);
            index += label.len();
            continue;
        }
        index += 1;
        // The renderer's places for backgrounds, without a size.
        if name == "rect" && !has("width") {
            continue;
        }
        // A line that ends is a blank to those who copy or search the words.
        let is_beside = out.last().is_some_and(|last| last.depth > node.depth);
        if name == "tspan" && has("x") && is_beside {
            push_text(&mut out, node.depth, " ");
        }
        match &node.what {
            What::Text(text) if text.trim().contains('\n') => {
                place_lines(text, node.depth, &mut out);
            }
            _ => out.push(node.clone()),
        }
    }
    for node in &mut out {
        match &mut node.what {
            What::Text(text) => *text = text.replace(INVISIBLE, ""),
            What::Element(element) => {
                if let Some(href) = element.get("href").map(|href| href.replace(INVISIBLE, "")) {
                    element.set("href", href);
                }
            }
            What::Rules(_) => {}
        }
    }
    out
}

/// Writes a text; a title of several lines, which the renderer writes as one, with lines that go up.
fn place_lines(text: &str, depth: usize, out: &mut Vec<Node>) {
    let title = out.last().and_then(Node::element);
    let title = title.filter(|title| has_class(title, "flowchartTitleText"));
    let Some(x) = title.and_then(|title| title.get("x")).map(str::to_owned) else {
        return push_text(out, depth, text);
    };
    let lines: Vec<&str> = text.trim().lines().collect();
    let mut up = format!(
        "-{:.1}em",
        TITLE_LEADING * lines[1..].iter().map(|_| 1.0).sum::<f64>()
    );
    for line in lines {
        let what = What::Element(made("tspan", &[("x", &x), ("dy", &up)]));
        out.push(Node { depth, what });
        push_text(out, depth + 1, line);
        // For those who copy or search the words.
        push_text(out, depth, " ");
        up = format!("{TITLE_LEADING}em");
    }
}

/// What is said of a label by what it is in.
struct Around {
    /// The members of a class begin at the left.
    in_row: bool,
    is_decorated: bool,
    /// Whether a background may be needed: the label is on nothing.
    is_free: bool,
}

impl Around {
    fn of<'n>(above: impl Iterator<Item = &'n Element>, is_on_shapes: bool) -> Self {
        let mut around = Self {
            in_row: false,
            is_decorated: false,
            is_free: !is_on_shapes,
        };
        for group in above {
            around.in_row |= has_class(group, "members-group") || has_class(group, "methods-group");
            around.is_decorated |= declared(group, "text-decoration").is_some();
        }
        around
    }
}

/// Writes a label, which begins with the element that has its place, as lines of text there.
fn placed_label(label: &[Node], around: &Around, out: &mut Vec<Node>) {
    let mut elements = label.iter().filter_map(Node::element);
    let Some(object) = elements.next() else {
        return;
    };
    let mut object = object.clone();
    object.settle(false);
    let elements: Vec<&Element> = elements.collect();
    let (Some(width), Some(height)) = (object.number("width"), object.number("height")) else {
        return;
    };
    // The title and the lines of a state are moved.
    let way = object.transform().and_then(|transform| moves(&transform));
    let way = way.unwrap_or_default();
    let x = way.x + object.number("x").unwrap_or_default();
    let y = way.y + object.number("y").unwrap_or_default();
    let text = rich::read(&label[1..]);
    if text.is_empty() {
        return;
    }
    let (lines, step) = fitted(&text, widths(&elements, width), height);
    let mut aligned = elements
        .iter()
        .filter_map(|one| declared(one, "text-align"));
    let starts = matches!(aligned.next_back().as_deref(), Some("left" | "start"));
    let depth = label[0].depth;
    let mut push = |element, inside: Vec<Node>| {
        let what = What::Element(element);
        out.push(Node { depth, what });
        out.extend(inside);
    };
    if around.is_free && elements.iter().any(|one| has_class(one, "labelBkg")) {
        let paint = format!("fill:{};opacity:1", mark(PAPER));
        let sides = [("x", x), ("y", y), ("width", width), ("height", height)];
        push(at_place("rect", &[("style", &paint)], sides), Vec::new());
    }
    let (anchor, middle) = if around.in_row || starts {
        ("start", x)
    } else {
        ("middle", x + width / 2.0)
    };
    let span = elements.iter().find(|one| one.name == "span");
    let style = words_style(&elements);
    let own = [
        (
            "class",
            span.and_then(|span| span.get("class")).unwrap_or_default(),
        ),
        ("style", &style),
        ("stroke", "none"),
        ("text-anchor", anchor),
    ];
    let all: f64 = lines.iter().map(|_| step).sum();
    let mut top = y + (height - all) / 2.0;
    for line in &lines {
        if line.is_ruled {
            let paint = format!("stroke:{}", mark(INK_3));
            let sides = [("x1", x), ("y1", top), ("x2", x + width), ("y2", top)];
            push(at_place("line", &[("style", &paint)], sides), Vec::new());
        }
        let words = line.nodes(depth + 1);
        if !words.is_empty() {
            let is_decorated =
                around.is_decorated || style.contains("text-decoration") || line.is_decorated();
            let (baseline, down) = baseline(is_decorated, step / LEADING);
            let own = [&own[..], &line.attributes(), baseline].concat();
            let place = [("x", middle), ("y", top + step / 2.0 + down)];
            push(at_place("text", &own, place), words);
        }
        top += step;
    }
}

/// What puts the middle of a line at its place: the baseline that is there, and how far below. Browsers
/// draw the line below words by the usual baseline, whichever is set.
fn baseline(is_decorated: bool, size: f64) -> (&'static [(&'static str, &'static str)], f64) {
    if is_decorated {
        (&[], CENTRE * size)
    } else {
        (&[("dominant-baseline", "central")], 0.0)
    }
}

/// The width at which lines of a label are broken: the declared one, and the measured one where that is
/// wider; none where they stay whole.
fn widths(elements: &[&Element], measured: f64) -> [Option<f64>; 2] {
    let styled = |name: &'static str| elements.iter().filter_map(move |one| declared(one, name));
    let declared = styled("width").next();
    let declared = declared.and_then(|width| width.strip_suffix("px")?.parse().ok());
    let mut spaces = styled("white-space");
    let wraps = spaces.next().is_some_and(|space| space == "break-spaces")
        && !spaces.any(|space| space.starts_with("nowrap"));
    let limit = declared.unwrap_or(measured);
    [limit, measured.max(limit)].map(|limit| wraps.then_some(limit))
}

fn at_place<const N: usize>(
    name: &'static str,
    attributes: &[(&str, &str)],
    place: [(&'static str, f64); N],
) -> Element {
    let mut element = made(name, attributes);
    for (name, number) in place {
        element.set(name, number.to_string());
    }
    element
}

/// The lines in the largest size of font in which their number fits the height, and the distance
/// between them.
fn fitted(text: &Rich, limits: [Option<f64>; 2], height: f64) -> (Vec<Line>, f64) {
    let lines = |limit: Option<f64>, size: f64| {
        let measure = |letter, style: Style| widths::letter(letter, size, style.bold);
        text.lines(limit.map(|limit| limit + SLACK), &measure)
    };
    let fits = |(limit, size): &(Option<f64>, f64)| {
        let count = lines(*limit, *size).iter().map(|_| 1.0).sum::<f64>();
        (size * LEADING * count - height).abs() < 1.0
    };
    let mut all = limits
        .into_iter()
        .flat_map(|limit| SIZES.map(|size| (limit, size)));
    let (limit, size) = all.find(fits).unwrap_or((limits[0], SIZES[0]));
    (lines(limit, size), size * LEADING)
}

/// What the style of a label says of its text.
fn words_style(elements: &[&Element]) -> String {
    let styles = elements.iter().filter(|one| one.value("style").is_some());
    let own = styles.take(2).flat_map(|one| declarations(one));
    let own = own.filter_map(|(name, value)| match name.as_str() {
        "color" => Some(format!("fill:{value}")),
        "font-size" | "font-style" | "font-weight" | "text-decoration" => {
            Some(format!("{name}:{value}"))
        }
        _ => None,
    });
    own.collect::<Vec<_>>().join(";")
}
