//! Names that have no room in their boxes: numbered there, and listed below, as links of participants are.
//!
//! Of a treemap, the renderer hides such names, and cuts those of narrow groups; of a packet, it writes
//! them over the fields beside; links of a sequence are in menus that only a script opens. Not here:
//! where everything else is.

use std::fmt::Write as _;

use super::labels::attribute;
use super::marks::mark;
use super::source::filled;
use crate::diagram::svg::write::escaped;
use crate::diagram::tokens::{ACCENT, INK};
use crate::diagram::widths;
use crate::html::decoded;

/// The classes of a group's words.
const NAME: &str = "treemapSectionLabel";
const VALUE: &str = "treemapSectionValue";
const LEAF: &str = "<g class=\"treemapNode treemapLeafGroup";
/// Font size of the list, and the smallest in cells, in pixels: in a page, which shows the picture
/// narrower than the renderer draws it, smaller letters could not be read.
const SIZE: f64 = 13.0;
/// Font size of the names of a packet's fields, in pixels.
const FIELD_SIZE: f64 = 12.0;
/// Between two of them, in pixels: widths are estimated.
const FIELD_GAP: f64 = 4.0;
/// The distance of the list's lines, in pixels.
const LEADING: f64 = 20.0;
/// From the picture's edge to the list, in pixels.
const INSET: f64 = 10.0;
/// The widths of names in parts of circles and in quadrants, and their font size, in pixels.
const AREA: f64 = 120.0;
const QUADRANT: f64 = 220.0;
const NAME_SIZE: f64 = 16.0;
/// The least width and height of a cell with a number, in pixels.
const NUMBERED: f64 = 16.0;

/// The picture with the names that have no room, if its kind has such boxes.
pub(super) fn listed(svg: String, kind: &str, source: &str) -> String {
    let (mut out, list) = match kind {
        "treemap" => treemap(&svg, source),
        "packet" => packet(&svg),
        "sequence" => return menus(&svg),
        "venn" => return wrapped(&svg, "<tspan", AREA),
        "quadrantChart" => return wrapped(&svg, "<text", QUADRANT),
        _ => return svg,
    };
    if list.is_empty() {
        return out;
    }
    let entries = list.iter().map(String::as_str);
    let width = frame(&out).map_or(0.0, |[_, _, width, _]| width);
    let lines = filled(entries, " · ", SIZE, width - INSET * 2.0);
    let lines = lines.iter().map(|line| escaped(line).into());
    let texts = texts(&out, lines, &format!("fill: {}", mark(INK)));
    insert(&mut out, &texts.concat());
    out
}

/// Numbers in circles.
fn numbers() -> impl Iterator<Item = char> {
    ('①'..='⑳').chain('㉑'..='㉟').chain('㊱'..='㊿')
}

/// The picture with names in lines that are wider than the limit: those in parts of a text, around its
/// place, or in the texts of boxes, below it.
fn wrapped(svg: &str, tag: &str, limit: f64) -> String {
    let mut parts = svg.split(tag);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_whole = tag == "<text";
        let is_boxed = out
            .rsplit('<')
            .next()
            .is_some_and(|before| before.starts_with("rect "));
        let words = part.split_once('>').filter(|_| is_boxed || !is_whole);
        let words = words.and_then(|(own, rest)| Some((own, rest.split_once("</")?)));
        let place = |name: &str| attribute(part, name)?.parse::<f64>().ok();
        let lines = words.map_or_else(Vec::new, |(_, (words, _))| {
            filled(decoded(words).split_whitespace(), " ", NAME_SIZE, limit)
        });
        let at = place("x").zip(place("y")).filter(|_| lines.len() > 1);
        let Some(((own, (_, rest)), (x, y))) = words.zip(at) else {
            out.extend([tag, part]);
            continue;
        };
        let mut base = y;
        let mut step = "";
        if is_whole {
            out.extend([tag, own, ">"]);
        } else {
            base -= LEADING * lines.iter().skip(1).map(|_| 0.5).sum::<f64>();
            step = " dy=\"0.35em\"";
        }
        for line in lines {
            let line = escaped(&line);
            let _ = write!(out, "<tspan x=\"{x}\" y=\"{base}\"{step}>{line}</tspan>");
            base += LEADING;
        }
        if is_whole {
            out.push_str("</");
        }
        out.push_str(if is_whole {
            rest
        } else {
            rest.trim_start_matches("tspan>")
        });
    }
    out
}

fn insert(svg: &mut String, lines: &str) {
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    svg.insert_str(end, lines);
}

/// The sequence with the links of its participants, each in a line, instead of their menus.
fn menus(svg: &str) -> String {
    let mut parts = svg.split("class=\"actorPopupMenu\" display=\"none\">");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut links = Vec::new();
    for part in parts {
        let (menu, rest) = part.split_once("</g>").unwrap_or((part, ""));
        let mut menu = menu.split("<a");
        let name = menu.next().and_then(|panel| participant(svg, panel));
        links.extend(menu.filter_map(|link| {
            let words = plain(link.split_once('>')?.1);
            let words = name.iter().chain([&words]).cloned().collect::<Vec<_>>();
            Some((attribute(link, "xlink:href")?, words.join(": ")))
        }));
        out.extend(["></g>", rest]);
    }
    let style = format!("fill: {}; text-decoration: underline", mark(ACCENT));
    let (targets, words): (Vec<&str>, Vec<String>) = links.into_iter().unzip();
    for (target, text) in targets.iter().zip(texts(svg, words.into_iter(), &style)) {
        insert(&mut out, &format!("<a xlink:href=\"{target}\">{text}</a>"));
    }
    out
}

/// The name of the participant in the middle of whose place a menu opens.
fn participant(svg: &str, panel: &str) -> Option<String> {
    let number = |name: &str| attribute(panel, name)?.parse::<f64>().ok();
    let middle = number("x")? + number("width")? / 2.0;
    let start = format!("<text x=\"{middle}\"");
    let mut texts = svg.split(start.as_str()).skip(1);
    let text = texts
        .find(|text| attribute(text, "class").is_some_and(|class| class.starts_with("actor ")))?;
    Some(plain(text.split_once("</g>")?.0.split_once('>')?.1))
}

/// The words between tags.
fn plain(part: &str) -> String {
    let words = part
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    words
        .map(str::trim)
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The packet with numbers for names that are wider than their fields, and these names.
fn packet(svg: &str) -> (String, Vec<String>) {
    const FIELD: &str = "class=\"packetBlock\"/>";
    let mut parts = svg.split(FIELD);
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut list = Vec::new();
    let mut numbers = numbers();
    for part in parts {
        let rect = out.rsplit_once("<rect").map(|(_, rect)| rect);
        let width = rect.and_then(|rect| attribute(rect, "width")?.parse().ok());
        let label = part.split_once('>').zip(part.split_once("</text>"));
        out.push_str(FIELD);
        let Some(((tag, _), (label, rest))) = label else {
            out.push_str(part);
            continue;
        };
        let name = decoded(label.get(tag.len() + 1..).unwrap_or_default());
        let need = widths::width(&name, FIELD_SIZE, false) - FIELD_GAP;
        let is_wide = width.is_some_and(|width: f64| need > width);
        let number = is_wide.then(|| numbers.next()).flatten();
        match number {
            Some(number) => {
                list.push(format!("{number} {name}"));
                let _ = write!(out, "{tag}>{number}</text>{rest}");
            }
            None => out.push_str(part),
        }
    }
    (out, list)
}

/// The treemap with numbers for names that the renderer hides, and these names.
fn treemap(svg: &str, source: &str) -> (String, Vec<String>) {
    let mut parts = svg.split(LEAF);
    let (mut out, mut list) = groups(parts.next().unwrap_or_default(), source);
    let mut numbers = numbers();
    for part in parts {
        out.push_str(LEAF);
        let (leaf, rest) = part.split_at(part.find("</g>").unwrap_or(part.len()));
        match Leaf::read(leaf) {
            Some(cell) if cell.is_hidden => {
                let number = numbers.next().filter(|_| cell.has_room);
                list.push(cell.entry(number));
                out.push_str(&numbered(leaf, number));
            }
            _ => out.push_str(&readable(leaf)),
        }
        out.push_str(rest);
    }
    (out, list)
}

/// A cell and its name.
struct Leaf<'a> {
    name: &'a str,
    value: &'a str,
    is_hidden: bool,
    has_room: bool,
}

impl<'a> Leaf<'a> {
    fn read(leaf: &'a str) -> Option<Self> {
        let side = |name: &str| {
            attribute(leaf.split_once("<rect")?.1, name)?
                .parse::<f64>()
                .ok()
        };
        let (tag, name) = text(leaf, "treemapLabel")?;
        let (_, value) = text(leaf, "treemapValue").unwrap_or_default();
        let is_small = size(tag).is_some_and(|size| size < SIZE);
        Some(Self {
            name,
            value,
            is_hidden: is_hidden(tag) || is_small,
            has_room: side("width")? >= NUMBERED && side("height")? >= NUMBERED,
        })
    }

    fn entry(&self, number: Option<char>) -> String {
        let words = [self.name, self.value].join(" ");
        let words = decoded(words.trim_end()).into_owned();
        number.map_or_else(|| words.clone(), |number| format!("{number} {words}"))
    }
}

/// The cell with a number in the place of its name.
fn numbered(leaf: &str, number: Option<char>) -> String {
    let Some((before, tag)) = leaf.split_once("<text class=\"treemapLabel\"") else {
        return leaf.to_owned();
    };
    let place = |name: &str| attribute(tag, name).unwrap_or("0");
    let mut cell = before.to_owned();
    if let Some(number) = number {
        let _ = write!(
            cell,
            "<text x=\"{}\" y=\"{}\" style=\"text-anchor: middle; dominant-baseline: middle; font-size: {SIZE}px; fill: {}\">{number}</text>",
            place("x"),
            place("y"),
            mark(INK),
        );
    }
    cell
}

/// The first text of a class: its tag, and what is in it.
fn text<'a>(svg: &'a str, class: &str) -> Option<(&'a str, &'a str)> {
    let (_, text) = svg.split_once(&format!("<text class=\"{class}\""))?;
    let (tag, rest) = text.split_once('>')?;
    Some((tag, rest.split_once("</text>")?.0))
}

fn is_hidden(tag: &str) -> bool {
    tag.contains("display: none")
}

fn size(tag: &str) -> Option<f64> {
    let (_, size) = tag.split_once("font-size: ")?;
    size.split_once("px")?.0.parse().ok()
}

/// The cell with a value that can be read.
fn readable(leaf: &str) -> String {
    let value = text(leaf, "treemapValue").filter(|(tag, _)| !is_hidden(tag));
    let small = value.and_then(|(tag, _)| Some((tag, size(tag)?)));
    match small.filter(|(_, size)| *size < SIZE) {
        Some((tag, size)) => {
            let larger = tag.replace(
                &format!("font-size: {size}px"),
                &format!("font-size: {SIZE}px"),
            );
            leaf.replace(tag, &larger)
        }
        None => leaf.to_owned(),
    }
}

/// The groups without the names that the renderer cut, from the source, and without those that have
/// no room for their words.
fn groups(svg: &str, source: &str) -> (String, Vec<String>) {
    const GROUP: &str = "<g class=\"treemapSection\"";
    let names = source.lines().filter_map(|line| {
        let line = line.trim();
        let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (name, rest) = line.get(1..)?.split_once(quote)?;
        let rest = rest.trim_start();
        let is_group = !rest.starts_with(':') || rest.starts_with(":::");
        is_group.then(|| name.to_owned())
    });
    let mut names: Vec<String> = names.collect();
    let mut parts = svg.split(GROUP);
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut values = Vec::new();
    for part in parts {
        let words = |class| text(part, class).filter(|(tag, _)| !is_hidden(tag));
        let words = |class| words(class).map_or_else(String::new, |(_, text)| decoded(text).into());
        let (name, value): (String, String) = (words(NAME), words(VALUE));
        let cut = name.strip_suffix("...");
        let wide = |text: &str| widths::width(text, SIZE, true) + INSET;
        let has_room = attribute(part, "width")
            .and_then(|width| width.parse::<f64>().ok())
            .is_some_and(|width| wide(cut.map_or(&name, |_| "")) + wide(&value) <= width);
        let mut group = part.to_owned();
        if cut.is_some() || !has_room {
            group = without(&group, NAME);
        } else if let Some(at) = names.iter().position(|own| *own == name) {
            names.remove(at);
        }
        if !has_room {
            group = without(&group, VALUE);
            values.push((cut.unwrap_or(&name).to_owned(), value));
        }
        out.extend([GROUP, &group]);
    }
    for (start, value) in values {
        if let Some(name) = names.iter_mut().find(|name| name.starts_with(&start)) {
            name.extend([" ", &value]);
        }
    }
    (out, names)
}

/// A group without its text of a class.
fn without(group: &str, class: &str) -> String {
    let parts = group.split_once(&format!("<text class=\"{class}\""));
    let parts = parts.and_then(|(before, text)| Some((before, text.split_once("</text>")?.1)));
    parts.map_or_else(
        || group.to_owned(),
        |(before, after)| [before, after].concat(),
    )
}

fn frame(svg: &str) -> Option<[f64; 4]> {
    let numbers = attribute(svg, "viewBox")?.split(' ');
    let numbers: Vec<f64> = numbers.filter_map(|n| n.parse().ok()).collect();
    numbers.try_into().ok()
}

/// A text for each line, below the picture.
fn texts(svg: &str, lines: impl Iterator<Item = String>, style: &str) -> Vec<String> {
    let [x, y, _, height] = frame(svg).unwrap_or_default();
    let (x, mut base) = (x + INSET, y + height + SIZE - LEADING);
    let texts = lines.map(|line| {
        base += LEADING;
        format!("<text x=\"{x}\" y=\"{base}\" style=\"font-size: {SIZE}px; {style}\">{line}</text>")
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use crate::diagram::mermaid::draw;

    #[test]
    fn names_without_room_are_numbered_and_listed() {
        let source = "treemap-beta\n\"Istio\"\n  \"Gateway\": 40\n  \"a <name> that is long\": 1\n  \"Group with a name\"\n    \"another long name\": 1\n";
        let svg = draw(source).expect("a picture").placed("1", "");
        assert!(
            svg.contains(">①</text>") && svg.contains(">②</text>"),
            "{svg}"
        );
        let list =
            ">Group with a name · ① a &lt;name&gt; that is long 1 · ② another long name 1</text>";
        assert!(svg.contains(list), "{svg}");
        let whole = draw("treemap-beta\n\"A\"\n  \"b\": 1\n").expect("a picture");
        assert!(!whole.placed("1", "").contains('①'));
    }

    #[test]
    fn names_wider_than_their_field_are_numbered_and_listed() {
        let source = "packet-beta\n0-14: \"Port\"\n15: \"ACK\"\n16: \"Acknowledgement & more\"\n17: \"긴급 포인터 유효\"\n18-31: \"Rest\"\n";
        let svg = draw(source).expect("a picture").placed("1", "");
        assert!(svg.contains(">ACK</text>"), "{svg}");
        let list = ">① Acknowledgement &amp; more · ② 긴급 포인터 유효</text>";
        assert!(svg.contains(list) && svg.contains(">①</text>"), "{svg}");
    }

    #[test]
    fn groups_without_room_are_listed_with_their_value() {
        let source = "treemap-beta\n\"A\"\n  \"a\": 100\n\"B & C\"\n  \"b\": 0.01\n  \"c\": 0.01\n";
        let svg = draw(source).expect("a picture").placed("1", "");
        assert!(
            svg.contains(">B &amp; C 0.02 · b 0.01 · c 0.01</text>"),
            "{svg}"
        );
    }

    #[test]
    fn links_of_participants_are_listed() {
        let source = "sequenceDiagram\n participant a as 서비스\n actor b as Bob\n link a: Wiki & more @ https://example.org/wiki\n \
                      links b: {\"대시보드\": \"https://example.org/b\"}\n a->>b: x\n";
        let svg = draw(source).expect("a picture").placed("1", "");
        let link = |target: &str, words: &str| {
            let (_, link) = svg
                .split_once(&format!("<a href=\"{target}\""))
                .expect("a link");
            assert!(
                link.split_once("</a>")
                    .is_some_and(|(link, _)| link.contains(words)),
                "{svg}"
            );
        };
        link(
            "https://example.org/wiki",
            ">서비스: Wiki &amp; more</text>",
        );
        link("https://example.org/b", ">Bob: 대시보드</text>");
    }

    #[test]
    fn long_names_of_circles_and_quadrants_are_in_lines() {
        for (source, line) in [
            (
                "venn-beta\n set A[\"Frontend engineers with design skills\"]\n set B[\"b\"]\n union A,B[\"c\"]\n",
                ">Frontend<",
            ),
            (
                "quadrantChart\n title Reach of the campaigns\n quadrant-1 We should expand this quadrant & more\n a: [0.6, 0.7]\n",
                ">We should expand this<",
            ),
        ] {
            let svg = draw(source).expect("a picture").placed("1", "");
            assert!(svg.contains(line), "{svg}");
        }
    }
}
