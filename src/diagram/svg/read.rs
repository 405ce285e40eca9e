//! Reads text into the cleaned tree: walks the parser's tree once, and copies only what the lists
//! allow.
//!
//! The text is parsed as a browser parses it in a page, so that nothing is hidden by a difference
//! between two parsers; to HTML, an XML prolog is comments and text. Not here: entities that a file's
//! own doctype defines, and encodings other than UTF-8.

use scraper::{ElementRef, Html};

use super::clean;
use super::limits::{MOST_ELEMENTS, MOST_NESTING, MOST_TEXT, NotAPicture};
use super::media::{self, Media};
use super::notes::{Notes, shortened};
use super::sheet::{self, Rule};
use super::tree::{Node, What, push_text};
use crate::html::elements;
use crate::svg_names as names;

pub(super) const SVG: &str = "http://www.w3.org/2000/svg";

/// The most tags of a text: two for each element, and some around the picture.
const MOST_TAGS: usize = 2 * MOST_ELEMENTS + 20_000;

/// What holds a label in HTML.
pub(crate) const LABEL: &str = "foreignObject";

/// After this many tags the nesting is measured before more of the text is parsed.
const STEP: usize = 8_000;

/// After this many bytes as well.
const BYTES: usize = 256 * 1024;

/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 1000;

/// The greatest depth of the parser's tree, including what is around the picture.
const DEEPEST: usize = 3 * MOST_NESTING;

/// The cleaned tree of the first `<svg>` of a text. With its `labels` in HTML it is not safe yet.
pub(super) fn tree(text: &str, labels: bool, notes: &mut Notes) -> Result<Vec<Node>, NotAPicture> {
    if text.len() > MOST_TEXT {
        return Err(NotAPicture::TooLong);
    }
    let html = parsed(text)?;
    let root = html
        .root_element()
        .descendent_elements()
        .find(|element| is_svg(*element) && element.value().name() == "svg")
        .ok_or(NotAPicture::NoSvg)?;
    if root.descendent_elements().count() > MOST_ELEMENTS {
        return Err(NotAPicture::TooManyElements);
    }
    taken(root, labels, notes)
}

/// Parses a text, unless it is made to keep the parser busy.
///
/// An end tag costs time for each open element, and an attribute for each other attribute of its
/// element. So long texts are parsed in growing parts first, and rejected if one of them nests too
/// deep or has too many attributes on an element.
fn parsed(text: &str) -> Result<Html, NotAPicture> {
    let tags: Vec<usize> = text
        .as_bytes()
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || pair[1] == b'/'))
        .map(|(at, _)| at)
        .collect();
    if tags.len() > MOST_TAGS {
        return Err(NotAPicture::TooManyElements);
    }
    let by_tags = tags.iter().copied().skip(STEP).step_by(STEP);
    let mut cuts: Vec<usize> = by_tags
        .chain((BYTES..text.len()).step_by(BYTES))
        .filter(|at| text.is_char_boundary(*at))
        .collect();
    cuts.sort_unstable();
    for at in cuts {
        // Closed with each kind of quotes, so that a tag cut in the middle is measured too.
        let part = format!("{}'\">", text.get(..at).unwrap_or_default());
        measured(&Html::parse_fragment(&part))?;
    }
    let whole = Html::parse_fragment(text);
    measured(&whole)?;
    Ok(whole)
}

/// Whether a parser's tree is neither too deep nor too wide to continue with.
fn measured(html: &Html) -> Result<(), NotAPicture> {
    let mut ahead = vec![(html.tree.root(), 0)];
    while let Some((node, depth)) = ahead.pop() {
        if depth > DEEPEST {
            return Err(NotAPicture::TooDeep);
        }
        let element = node.value().as_element();
        if element.is_some_and(|element| element.attrs.len() > MOST_ATTRIBUTES) {
            return Err(NotAPicture::TooManyElements);
        }
        ahead.extend(node.children().map(|child| (child, depth + 1)));
    }
    Ok(())
}

fn is_svg(element: ElementRef) -> bool {
    &*element.value().name.ns == SVG
}

/// Copies what is allowed from the parser's tree.
fn taken(root: ElementRef, labels: bool, notes: &mut Notes) -> Result<Vec<Node>, NotAPicture> {
    let mut tree = Vec::new();
    // Nodes to visit, the next one last; each with its depth, the name of its parent, and whether
    // its texts are read.
    let mut ahead = vec![(*root, 0, "", false)];
    while let Some((node, depth, parent, is_worded)) = ahead.pop() {
        if let Some(text) = node.value().as_text() {
            // Outside of text elements, text is not drawn; blanks stay for readable files.
            if is_worded || text.trim().is_empty() {
                push_text(&mut tree, depth, &clean::legible(text));
            }
            continue;
        }
        let Some(element) = ElementRef::wrap(node) else {
            continue;
        };
        if depth > MOST_NESTING {
            return Err(NotAPicture::TooDeep);
        }
        if !labels && is_svg(element) && element.value().name() == "switch" {
            ahead.extend(chosen(element).map(|chosen| (*chosen, depth, parent, is_worded)));
            continue;
        }
        let label = || labels.then(|| labelled(element)).flatten();
        let Some(name) = known(element, parent).or_else(label) else {
            note(element, notes);
            continue;
        };
        let mut kept = clean::element(name, element, notes);
        let pictures_nothing = name == "image" && kept.get("href").is_none();
        if pictures_nothing {
            continue;
        }
        if !is_svg(element)
            && let Some(style) = element.attr("style")
        {
            kept.set("style", style);
        }
        let mut rules = Vec::new();
        if name == "style" {
            rules = style(element, kept.get("type"), kept.get("media"), notes);
            kept.attributes.clear();
        }
        let what = What::Element(kept);
        tree.push(Node { depth, what });
        if !rules.is_empty() {
            let (depth, what) = (depth + 1, What::Rules(rules));
            tree.push(Node { depth, what });
        }
        let is_worded = is_worded || names::WORDED.contains(&name) || name == LABEL;
        let inside = element.children().rev();
        let inside = inside.filter(|child| name != "style" || child.value().is_element());
        ahead.extend(inside.map(|child| (child, depth + 1, name, is_worded)));
    }
    Ok(tree)
}

/// The element's canonical name, if the element is allowed in its parent.
fn known(element: ElementRef, parent: &str) -> Option<&'static str> {
    let name = names::element(element.value().name()).filter(|_| is_svg(element))?;
    // Titles hold words only, a style its rules.
    (!matches!(parent, "title" | "desc" | "style")).then_some(name)
}

/// The name of an element of a label in HTML, or of what holds one: a `<switch>` has texts beside it
/// that say the same, one a line.
fn labelled(element: ElementRef) -> Option<&'static str> {
    let name = element.value().name();
    let parent = element.parent().and_then(ElementRef::wrap);
    let is_said = || parent.is_some_and(|parent| parent.value().name() == "switch");
    match (is_svg(element), name) {
        (true, LABEL) => (!is_said()).then_some(LABEL),
        (true, "switch") => Some("g"),
        (true, _) => None,
        (false, _) => Some(elements::find(name).map_or("span", |(name, _)| name)),
    }
}

fn note(element: ElementRef, notes: &mut Notes) {
    let name = element.value().name();
    if !names::is_editors(name) {
        notes.add(&format!("`<{}>`", shortened(name, 40)));
    }
}

/// The child that a `<switch>` shows: the first allowed one without conditions.
fn chosen(switch: ElementRef) -> Option<ElementRef> {
    let stays = |child: &ElementRef| {
        let name = child.value().name();
        is_svg(*child)
            && (name == "switch" || names::element(name).is_some())
            && !matches!(name, "title" | "desc" | "style")
    };
    let mut children = switch.child_elements().filter(stays).peekable();
    let first = children.peek().copied();
    let asks = |child: &ElementRef| child.attr("systemLanguage").is_some();
    children.find(|child| !asks(child)).or(first)
}

/// A style sheet, cleaned.
fn style(
    element: ElementRef,
    kind: Option<&str>,
    query: Option<&str>,
    notes: &mut Notes,
) -> Vec<Rule> {
    let is_css = kind
        .is_none_or(|kind| kind.trim().is_empty() || kind.trim().eq_ignore_ascii_case("text/css"));
    let only = match media::of(query.unwrap_or_default()) {
        Media::Always if is_css => None,
        Media::Only(scheme) if is_css => Some(scheme),
        _ => return Vec::new(),
    };
    let text: String = element
        .children()
        .filter_map(|child| child.value().as_text().map(|text| clean::legible(text)))
        .collect();
    let mut rules = sheet::rules(&text, notes);
    // A sheet for one scheme is a sheet of rules for that scheme.
    if only.is_some() {
        rules.retain(|rule| rule.scheme.is_none() || rule.scheme == only);
        for rule in &mut rules {
            rule.scheme = only;
        }
    }
    rules
}
