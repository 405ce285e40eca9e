//! HTML labels of the renderer made lines of text, in their places.
//!
//! The renderer has measured each label: its width is the limit of the lines, its height their
//! number. A line has the classes of the label, so that the picture's own style sheet paints it as
//! it does labels that are text from the start. Not here: pictures and formulas in labels, which
//! have no text.

use std::fmt::Write as _;

use super::super::tokens::{INK_3, PAPER};
use super::marks::mark;
use super::rich::{self, Line, Rich, Style};
use crate::diagram::widths;

/// Sizes of fonts in labels, in pixels; most have the first.
const SIZES: [f64; 4] = [16.0, 14.0, 12.0, 11.0];
/// Of a line, in sizes of its font.
const LEADING: f64 = 1.5;
/// Measured widths are rounded to fractions of a pixel.
const SLACK: f64 = 0.02;

/// A label as the renderer placed it.
struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    starts: bool,
}

/// The picture with each `<foreignObject>` replaced by its text.
pub(super) fn placed(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    let mut in_rows = false;
    while let Some((before, object)) = split(rest, "<foreignObject") {
        out.push_str(before);
        in_rows = ends_in_rows(before).unwrap_or(in_rows);
        let Some((tag, object)) = object.split_once('>') else {
            rest = "";
            break;
        };
        let (inside, after) = object
            .split_once("</foreignObject>")
            .unwrap_or((object, ""));
        // A `<switch>` has texts of its own, one a line.
        if !before.ends_with("<switch>") {
            label(tag, inside, in_rows, &mut out);
        }
        rest = after;
    }
    out.push_str(rest);
    let out = out.replace("<switch>", "<g>").replace("</switch>", "</g>");
    // The renderer's places for backgrounds, without a size.
    let out = out.replace("<rect/>", "");
    out.replace("<rect class=\"background\" style=\"stroke: none\"/>", "")
}

/// Like `split_once`, with the separator at the start of the second part.
fn split<'a>(text: &'a str, at: &str) -> Option<(&'a str, &'a str)> {
    text.split_at_checked(text.find(at)?)
}

/// Whether the last group that is opened holds the members of a class, which begin at the left;
/// `None` if no group of a class is opened.
fn ends_in_rows(before: &str) -> Option<bool> {
    let (classes, _) = before.rsplit_once("-group text\"")?;
    Some(classes.ends_with("\"members") || classes.ends_with("\"methods"))
}

fn label(tag: &str, inside: &str, in_row: bool, out: &mut String) {
    let number = |name: &str| attribute(tag, name).and_then(|text| text.parse::<f64>().ok());
    let (Some(width), Some(height)) = (number("width"), number("height")) else {
        return;
    };
    let text = rich::read(inside);
    if text.is_empty() {
        return;
    }
    let style = attribute(inside, "style").unwrap_or_default();
    let (across, down) = translation(tag).unwrap_or_default();
    let place = Place {
        x: across + number("x").unwrap_or_default(),
        y: down + number("y").unwrap_or_default(),
        width,
        height,
        starts: in_row || starts(inside),
    };
    let limit = declared(style, "width")
        .and_then(|width| width.strip_suffix("px")?.parse().ok())
        .unwrap_or(width);
    let wraps = style.contains("break-spaces") && !inside.contains("nowrap !important");
    // What the renderer measured may be wider than what it declared.
    let limits = [limit, width.max(limit)].map(|limit| wraps.then_some(limit));
    let (lines, step) = fitted(&text, limits, height);
    if inside.contains("labelBkg") {
        let paper = mark(PAPER);
        let Place { x, y, .. } = place;
        let _ = write!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             style=\"fill:{paper};opacity:1\"/>"
        );
    }
    write_lines(&lines, step, &place, &attributes(inside), out);
}

/// How far a tag is moved, which the title and the lines of a state are.
fn translation(tag: &str) -> Option<(f64, f64)> {
    let numbers = attribute(tag, "transform")?.strip_prefix("translate(")?;
    let (across, down) = numbers.strip_suffix(')')?.split_once(',')?;
    Some((across.trim().parse().ok()?, down.trim().parse().ok()?))
}

/// The value of an attribute of the first tag that has it.
pub(super) fn attribute<'a>(tags: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tags.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn declared<'a>(style: &'a str, name: &str) -> Option<&'a str> {
    let mut declarations = style.split(';').filter_map(|one| one.split_once(':'));
    let found = declarations.find(|(property, _)| property.trim() == name);
    found.map(|(_, value)| value.trim().trim_end_matches("!important").trim_end())
}

fn starts(inside: &str) -> bool {
    let aligned = inside
        .split("style=\"")
        .skip(1)
        .filter_map(|rest| declared(rest.split('"').next()?, "text-align"));
    aligned
        .last()
        .is_some_and(|align| matches!(align, "left" | "start"))
}

/// The lines in the largest size of font in which their number fits the height, and the distance
/// between them.
fn fitted(text: &Rich, limits: [Option<f64>; 2], height: f64) -> (Vec<Line>, f64) {
    let fits = |(limit, size): (Option<f64>, f64)| {
        let measure = |letter, style: Style| widths::letter(letter, size, style.bold);
        let lines = text.lines(limit.map(|limit| limit + SLACK), &measure);
        let step = size * LEADING;
        let tall = step * lines.iter().map(|_| 1.0).sum::<f64>();
        ((tall - height).abs() < 1.0).then_some((lines, step))
    };
    let mut all = limits
        .into_iter()
        .flat_map(|limit| SIZES.map(|size| (limit, size)));
    all.find_map(fits).unwrap_or_else(|| {
        let measure = |letter, style: Style| widths::letter(letter, SIZES[0], style.bold);
        (text.lines(limits[0], &measure), SIZES[0] * LEADING)
    })
}

/// The class of the label, and what its style says of its text.
pub(super) fn attributes(inside: &str) -> String {
    let span = inside.find("<span").and_then(|at| inside.get(at..));
    let class = span.and_then(|span| attribute(span, "class"));
    let mut out = match class {
        Some(class) => format!(" class=\"{class}\""),
        None => String::new(),
    };
    let styles = inside.split("style=\"").skip(1);
    let own: Vec<String> = styles
        .take(2)
        .filter_map(|rest| rest.split('"').next())
        .flat_map(|style| style.split(';'))
        .filter_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            let name = match name.trim() {
                "color" => "fill",
                name @ ("font-size" | "font-style" | "font-weight" | "text-decoration") => name,
                _ => return None,
            };
            Some(format!("{name}:{}", value.trim()))
        })
        .collect();
    if !own.is_empty() {
        let _ = write!(out, " style=\"{}\"", own.join(";"));
    }
    out
}

fn write_lines(lines: &[Line], step: f64, place: &Place, attributes: &str, out: &mut String) {
    let (anchor, x) = if place.starts {
        ("start", place.x)
    } else {
        ("middle", place.x + place.width / 2.0)
    };
    let all: f64 = lines.iter().map(|_| step).sum();
    let mut top = place.y + (place.height - all) / 2.0;
    for line in lines {
        if line.is_ruled {
            let line = mark(INK_3);
            let (left, right) = (place.x, place.x + place.width);
            let _ = write!(
                out,
                "<line x1=\"{left}\" y1=\"{top}\" x2=\"{right}\" y2=\"{top}\" \
                 style=\"stroke:{line}\"/>"
            );
        }
        let y = top + step / 2.0;
        top += step;
        let Some(words) = line.written() else {
            continue;
        };
        let _ = write!(
            out,
            "<text{attributes} stroke=\"none\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" \
             dominant-baseline=\"central\"{}>{words}</text>",
            line.attributes()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(style: &str, inside: &str) -> String {
        format!(
            "<g><foreignObject width=\"60\" height=\"48\"><div style=\"{style}\">\
             <span class=\"nodeLabel\"><p>{inside}</p></span></div></foreignObject></g>"
        )
    }

    #[test]
    fn a_label_is_a_text_for_each_line() {
        let out = placed(&object("text-align: center; color: red", "a<br/>b"));
        let text = |y: u32, letter: char| {
            format!(
                "<text class=\"nodeLabel\" style=\"fill:red\" stroke=\"none\" x=\"30\" y=\"{y}\" \
                 text-anchor=\"middle\" dominant-baseline=\"central\">{letter}</text>"
            )
        };
        assert_eq!(out, format!("<g>{}{}</g>", text(12, 'a'), text(36, 'b')));
    }

    #[test]
    fn rows_begin_at_the_left() {
        let text = |svg: &str| placed(svg).contains("text-anchor=\"start\" ");
        assert!(text(&object("text-align: start", "a")));
        assert!(!text(&object("text-align: center", "a")));
        let group = |name: &str| {
            let label = object("text-align: center", "a");
            text(&format!("<g class=\"{name}-group text\">{label}</g>"))
        };
        assert!(group("members") && group("methods") && !group("label"));
    }

    #[test]
    fn other_texts_stay() {
        for svg in ["<svg><text>a</text></svg>", ""] {
            assert_eq!(placed(svg), svg);
        }
        let texts = "<text>a</text><text>b</text>";
        let label = "<foreignObject width=\"9\" height=\"9\">a<br/>b</foreignObject>";
        let switch = format!("<switch>{label}{texts}</switch>");
        assert_eq!(placed(&switch), format!("<g>{texts}</g>"));
        for broken in [
            "<foreignObject",
            "<foreignObject>",
            "<foreignObject width=\"9\" height=\"9\">a",
        ] {
            assert!(!placed(broken).contains("foreignObject"));
        }
    }
}
