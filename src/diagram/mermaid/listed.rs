//! Names that have no room in their boxes: numbered there, and listed below, as links of participants are.
//!
//! Of a treemap, the renderer hides such names, and cuts those of narrow groups; of a packet, it writes
//! them over the fields beside; links of a sequence are in menus that only a script opens. Not here:
//! where everything else is.

use super::marks::mark;
use super::source::filled;
use super::style::{declared, has_class, is_hidden, restyle};
use crate::diagram::svg::clean::made;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::size::view_box;
use crate::diagram::svg::tree::{Element, Node, What, at, end, said};
use crate::diagram::tokens::{ACCENT, INK};
use crate::diagram::widths;

/// The classes of a group's words.
const NAME: &str = "treemapSectionLabel";
const VALUE: &str = "treemapSectionValue";
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

/// Lists what has no room, if the picture's kind has such boxes.
pub(super) fn list(nodes: &mut Vec<Node>, kind: &str, source: &str) {
    let list = match kind {
        "treemap" => treemap(nodes, source),
        "packet" => packet(nodes),
        "sequence" => {
            let links = menus(nodes);
            let style = format!("fill:{};text-decoration:underline", mark(ACCENT));
            return add(nodes, links, &style);
        }
        "venn" => return wrapped(nodes, "tspan", AREA),
        "quadrantChart" => return wrapped(nodes, "text", QUADRANT),
        _ => return,
    };
    let width = at(nodes, 0)
        .and_then(view_box)
        .map_or(0.0, |frame| frame.width());
    let entries = list.iter().map(String::as_str);
    let lines = filled(entries, " · ", SIZE, width - INSET * 2.0);
    let lines = lines.into_iter().map(|line| (None, line)).collect();
    add(nodes, lines, &format!("fill:{}", mark(INK)));
}

/// Adds a text for each line below the picture, some in a link.
fn add(nodes: &mut Vec<Node>, lines: Vec<(Option<Element>, String)>, style: &str) {
    let Some(frame) = at(nodes, 0).and_then(view_box) else {
        return;
    };
    let style = format!("font-size:{SIZE}px;{style}");
    let mut base = frame.y1 + SIZE;
    for (link, line) in lines {
        let mut text = made("text", &[("style", &style)]);
        text.set("x", (frame.x0 + INSET).to_string());
        text.set("y", base.to_string());
        base += LEADING;
        let elements = link.into_iter().chain([text]).map(What::Element);
        let all = (1..).zip(elements.chain([What::Text(line)]));
        nodes.extend(all.map(|(depth, what)| Node { depth, what }));
    }
}

/// Numbers in circles.
fn numbers() -> impl Iterator<Item = char> {
    ('①'..='⑳').chain('㉑'..='㉟').chain('㊱'..='㊿')
}

/// Puts names that are wider than the limit in lines: those in parts of a text, around its place, or in
/// the texts of boxes, below it.
fn wrapped(nodes: &mut Vec<Node>, tag: &str, limit: f64) {
    let is_whole = tag == "text";
    // From the end, since lines move what is behind them.
    for index in (1..nodes.len()).rev() {
        let is_boxed = at(nodes, index - 1).is_some_and(|before| before.name == "rect");
        let depth = nodes[index].depth + usize::from(is_whole);
        let text = worded(&mut nodes[index..]).filter(|(text, _)| text.name == tag);
        let Some((text, words)) = text.filter(|_| is_boxed || !is_whole) else {
            continue;
        };
        let lines = filled(words.split_whitespace(), " ", NAME_SIZE, limit);
        let place = side(text, "x").zip(side(text, "y"));
        let Some((x, mut base)) = place.filter(|_| lines.len() > 1) else {
            continue;
        };
        let mut line_of_text = made("tspan", &[]);
        if !is_whole {
            base -= LEADING * lines.iter().skip(1).map(|_| 0.5).sum::<f64>();
            line_of_text.set("dy", "0.35em");
        }
        let lines = lines.into_iter().flat_map(|line| {
            let mut part = line_of_text.clone();
            part.set("x", x.to_string());
            part.set("y", base.to_string());
            base += LEADING;
            let all = (depth..).zip([What::Element(part), What::Text(line)]);
            all.map(|(depth, what)| Node { depth, what })
        });
        let lines: Vec<Node> = lines.collect();
        nodes.splice(index + usize::from(is_whole)..index + 2, lines);
    }
}

/// The links in the menus of participants, and what each says.
fn menus(nodes: &[Node]) -> Vec<(Option<Element>, String)> {
    let is_menu = |node: &Node| {
        node.element()
            .is_some_and(|element| has_class(element, "actorPopupMenu"))
    };
    let mut links = Vec::new();
    for index in (0..nodes.len()).filter(|index| is_menu(&nodes[*index])) {
        let menu = &nodes[index..end(nodes, index)];
        let mut elements = menu.iter().filter_map(Node::element);
        let panel = elements.find(|element| element.name == "rect");
        let name = panel.and_then(|panel| participant(nodes, panel));
        for (place, node) in menu.iter().enumerate() {
            if let Some(link) = node.element().filter(|element| element.name == "a") {
                let words = [name.clone(), Some(said(menu, place))];
                let words = words.into_iter().flatten().collect::<Vec<_>>();
                links.push((Some(link.clone()), words.join(": ")));
            }
        }
    }
    links
}

/// The name of the participant in the middle of whose place a menu opens.
fn participant(nodes: &[Node], panel: &Element) -> Option<String> {
    let middle = side(panel, "x")? + side(panel, "width")? / 2.0;
    let is_there = |text: &Element| has_class(text, "actor") && side(text, "x") == Some(middle);
    let text = nodes.iter().position(|node| {
        let text = node.element().filter(|element| element.name == "text");
        text.is_some_and(is_there)
    })?;
    let group = Family::of(nodes).parent(text)?;
    Some(said(nodes, group))
}

/// An element with a text in it, at the beginning of some nodes.
fn worded(nodes: &mut [Node]) -> Option<(&mut Element, &mut String)> {
    let [element, text, ..] = nodes else {
        return None;
    };
    match &mut text.what {
        What::Text(text) => element.element_mut().zip(Some(text)),
        _ => None,
    }
}

/// Puts numbers in the place of names that are wider than a packet's fields; returns these names.
fn packet(nodes: &mut [Node]) -> Vec<String> {
    let mut list = Vec::new();
    let mut numbers = numbers();
    for index in 1..nodes.len() {
        let (before, label) = nodes.split_at_mut(index);
        let field = before.last().and_then(Node::element);
        let field = field.filter(|field| has_class(field, "packetBlock"));
        if let Some((_, name)) = worded(label)
            && let Some(width) = field.and_then(|field| side(field, "width"))
            && widths::width(name, FIELD_SIZE, false) - FIELD_GAP > width
            && let Some(number) = numbers.next()
        {
            list.push(format!("{number} {name}"));
            *name = number.to_string();
        }
    }
    list
}

fn side(element: &Element, name: &str) -> Option<f64> {
    element.get(name)?.parse().ok()
}

/// Puts numbers in the place of names that the renderer hides; returns these names, and those of
/// groups that are not shown.
fn treemap(nodes: &mut [Node], source: &str) -> Vec<String> {
    let mut list = groups(nodes, source);
    let mut numbers = numbers();
    for index in 0..nodes.len() {
        let (before, label) = nodes.split_at_mut(index);
        let (label, value) = label.split_at_mut(label.len().min(2));
        let label = worded(label).filter(|(label, _)| has_class(label, "treemapLabel"));
        let Some((label, name)) = label else {
            continue;
        };
        let value = worded(value).filter(|(value, _)| has_class(value, "treemapValue"));
        if is_hidden(label) || is_small(label) {
            // Before it are its cell, and a path for clipping.
            let cell = before.iter().nth_back(2).and_then(Node::element);
            let number = numbers.next().filter(|_| cell.is_some_and(has_room));
            let mut entry: Vec<String> = number.into_iter().map(String::from).collect();
            entry.push(std::mem::take(name));
            if let Some((value, number)) = value {
                restyle(value, "display:none");
                entry.push(number.clone());
            }
            list.push(entry.join(" "));
            name.extend(number);
            label.remove("style");
            label.remove("clip-path");
            let fill = mark(INK);
            let style = "text-anchor:middle;dominant-baseline:middle";
            restyle(label, &format!("{style};font-size:{SIZE}px;fill:{fill}"));
        } else if let Some((value, _)) = value.filter(|(value, _)| is_small(value)) {
            restyle(value, &format!("font-size:{SIZE}px"));
        }
    }
    list
}

fn is_small(text: &Element) -> bool {
    let size = declared(text, "font-size");
    let size = size.and_then(|size| size.strip_suffix("px")?.parse::<f64>().ok());
    size.is_some_and(|size| size < SIZE)
}

fn has_room(cell: &Element) -> bool {
    let mut sides = ["width", "height"].into_iter();
    sides.all(|name| side(cell, name) >= Some(NUMBERED))
}

/// Hides the names of groups that the renderer cut, and the words of those that have no room for
/// them; returns these names, from the source.
fn groups(nodes: &mut [Node], source: &str) -> Vec<String> {
    let names = source.lines().filter_map(|line| {
        let line = line.trim();
        let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (name, rest) = line.get(1..)?.split_once(quote)?;
        let rest = rest.trim_start();
        let is_group = !rest.starts_with(':') || rest.starts_with(":::");
        is_group.then(|| name.to_owned())
    });
    let mut names: Vec<String> = names.collect();
    let mut values = Vec::new();
    for index in 0..nodes.len() {
        let element = at(nodes, index);
        // Their boxes have the same class.
        let group = element.filter(|group| group.name == "g");
        if !group.is_some_and(|group| has_class(group, "treemapSection")) {
            continue;
        }
        let end = end(nodes, index);
        let group = &mut nodes[index..end];
        let (name, value) = (shown(group, NAME), shown(group, VALUE));
        let cut = name.strip_suffix("...");
        let wide = |text: &str| widths::width(text, SIZE, true) + INSET;
        let mut elements = group.iter().filter_map(Node::element);
        let width = elements.find_map(|element| side(element, "width"));
        let need = wide(cut.map_or(&name, |_| "")) + wide(&value);
        let has_room = width.is_some_and(|width| need <= width);
        for element in group.iter_mut().filter_map(Node::element_mut) {
            let is_cut = cut.is_some() && has_class(element, NAME);
            let is_word = has_class(element, NAME) || has_class(element, VALUE);
            if is_cut || !has_room && is_word {
                restyle(element, "display:none");
            }
        }
        if !has_room {
            values.push((cut.unwrap_or(&name).to_owned(), value));
        } else if cut.is_none()
            && let Some(at) = names.iter().position(|own| *own == name)
        {
            names.remove(at);
        }
    }
    for (start, value) in values {
        if let Some(name) = names.iter_mut().find(|name| name.starts_with(&start)) {
            name.extend([" ", &value]);
        }
    }
    names
}

/// The text of a class in a group, if it is shown.
fn shown(group: &[Node], class: &str) -> String {
    let is_shown = |element: &Element| has_class(element, class) && !is_hidden(element);
    let text = group
        .iter()
        .position(|node| node.element().is_some_and(is_shown));
    text.map_or_else(String::new, |text| said(group, text))
}
