//! The text of an HTML label, with what is bold or otherwise set, in lines.
//!
//! Lines end where the author ended them, and where the Unicode rules for line breaks allow it
//! before they are too long. Not here: where a label is (`labels`).

use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::diagram::svg::clean::made;
use crate::diagram::svg::tree::{Node, What, push_text};
use crate::html::elements::{self, ends_line};

/// How letters are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    italic: bool,
    underlined: bool,
    struck: bool,
    raised: Option<bool>,
}

impl Style {
    /// With the style of an element inside.
    fn with(mut self, element: &str) -> Self {
        match element {
            "b" | "strong" | "th" => self.bold = true,
            "i" | "em" => self.italic = true,
            "u" | "ins" => self.underlined = true,
            "s" | "del" | "strike" => self.struck = true,
            "sup" => self.raised = Some(true),
            "sub" => self.raised = Some(false),
            _ => {}
        }
        self
    }

    fn attributes(self) -> Vec<(&'static str, &'static str)> {
        let decoration = match (self.underlined, self.struck) {
            (true, true) => "underline line-through",
            (true, false) => "underline",
            (false, true) => "line-through",
            (false, false) => "",
        };
        let all = [
            ("font-weight", if self.bold { "bold" } else { "" }),
            ("font-style", if self.italic { "italic" } else { "" }),
            ("text-decoration", decoration),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}

/// The text in the small letters that Unicode has for exponents and indices; `None` if it lacks one.
fn small(text: &str, is_raised: bool) -> Option<String> {
    const USUAL: &str = "0123456789+-=()in";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ";
    const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢₙ";
    let letters = if is_raised { RAISED } else { LOWERED };
    let of = |c| {
        letters
            .chars()
            .nth(USUAL.chars().position(|usual| usual == c)?)
    };
    text.chars().map(of).collect()
}

/// A line as it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    letters: Vec<(char, Style)>,
    /// Whether a rule is drawn above it.
    pub(super) is_ruled: bool,
}

impl Line {
    fn push(&mut self, text: &str, style: Style) {
        let plain = Style {
            raised: None,
            ..style
        };
        let small = style.raised.and_then(|raised| small(text, raised));
        let text = small.as_deref().unwrap_or(text);
        self.letters.extend(text.chars().map(|c| (c, plain)));
    }

    fn is_blank(&self) -> bool {
        self.letters.iter().all(|(c, _)| c.is_whitespace())
    }

    fn ends_blank(&self) -> bool {
        self.letters.last().is_none_or(|(c, _)| *c == ' ')
    }

    /// The style of a line that has only one.
    fn style(&self) -> Option<Style> {
        let (_, style) = self.letters.first()?;
        let mut all = self.letters.iter();
        all.all(|(_, own)| own == style).then_some(*style)
    }

    /// What its text element says of all of it.
    pub(super) fn attributes(&self) -> Vec<(&'static str, &'static str)> {
        self.style().unwrap_or_default().attributes()
    }

    pub(super) fn is_decorated(&self) -> bool {
        let mut styles = self.letters.iter().map(|(_, style)| style);
        styles.any(|style| style.underlined || style.struck)
    }

    /// The inside of its text element, at that depth.
    pub(super) fn nodes(&self, depth: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        let is_one = self.style().is_some();
        let blanks = self.letters.iter().take_while(|(c, _)| *c == ' ');
        let letters = &self.letters[blanks.count()..];
        for run in letters.chunk_by(|(_, a), (_, b)| a == b) {
            let text: String = run.iter().map(|(c, _)| *c).collect();
            let own = run[0].1.attributes();
            if is_one || own.is_empty() {
                push_text(&mut nodes, depth, &text);
            } else {
                let what = What::Element(made("tspan", &own));
                nodes.push(Node { depth, what });
                push_text(&mut nodes, depth + 1, &text);
            }
        }
        nodes
    }

    /// The line in parts that are not wider than the limit, if that is possible.
    fn broken(self, limit: f64, measure: &dyn Fn(char, Style) -> f64) -> Vec<Self> {
        let is_wide = |line: &[(char, Style)], more: &[(char, Style)]| {
            let widths = line
                .iter()
                .chain(more)
                .map(|(c, style)| measure(*c, *style));
            widths.fold(0.0, |all, one| all + one) > limit
        };
        if !is_wide(&self.letters, &[]) {
            return vec![self];
        }
        let text: String = self.letters.iter().map(|(c, _)| *c).collect();
        let mut lines = Vec::new();
        let mut line = Self {
            is_ruled: self.is_ruled,
            ..Self::default()
        };
        let (mut start, mut rest) = (0, self.letters.as_slice());
        for end in breaks(&text) {
            let count = text.get(start..end).map_or(0, |part| part.chars().count());
            let (part, after) = rest.split_at(count);
            (start, rest) = (end, after);
            if !line.letters.is_empty() && is_wide(&line.letters, part) {
                lines.push(std::mem::take(&mut line));
            }
            line.letters.extend(part);
        }
        lines.push(line);
        lines
    }
}

/// Where a line may end: as a browser breaks it, which keeps paths together.
fn breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let allowed = linebreaks(text).filter(|(end, kind)| {
        let path = text.get(..*end).is_some_and(|line| line.ends_with('/'));
        *kind == BreakOpportunity::Mandatory || !path
    });
    // Each of several blanks may end a line.
    allowed.map(|(end, _)| end)
}

/// A label's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rich {
    paragraphs: Vec<Line>,
}

impl Rich {
    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.iter().all(Line::is_blank)
    }

    /// Its lines, none of them wider than the limit if that is possible.
    pub(super) fn lines(
        &self,
        limit: Option<f64>,
        measure: &dyn Fn(char, Style) -> f64,
    ) -> Vec<Line> {
        let paragraphs = self.paragraphs.iter().cloned();
        match limit {
            None => paragraphs.collect(),
            Some(limit) => paragraphs
                .flat_map(|line| line.broken(limit, measure))
                .collect(),
        }
    }
}

/// A text with each `<` that does not begin a tag as this entity: `Map<String,Integer>` would be taken
/// for a tag that nobody knows.
pub(super) fn literal(text: &str, entity: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        literal.push_str(before);
        let above = before.chars().next_back().or(literal.chars().next_back());
        let begins = after.starts_with(|c: char| c.is_ascii_alphabetic()) && above != Some('<');
        literal.push_str(if begins && !is_tag(after, above) {
            entity
        } else {
            "<"
        });
        rest = after;
    }
    literal.push_str(rest);
    literal
}

/// Whether what follows `<` is the rest of a tag: a known name, and attributes with values. `List<B>`
/// is a type.
fn is_tag(after: &str, before: Option<char>) -> bool {
    let end = after
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(after.len());
    let (name, rest) = after.split_at(end);
    let Some((attributes, _)) = rest.split_once('>') else {
        return false;
    };
    let is_type = name.starts_with(|c: char| c.is_ascii_uppercase())
        && before.is_some_and(char::is_alphanumeric);
    let inside = attributes.trim_end_matches('/').trim();
    let is_inside = inside.is_empty() || attributes.starts_with(' ') && inside.contains('=');
    is_inside && !is_type && elements::find(&name.to_ascii_lowercase()).is_some()
}

/// Reads the inside of a label.
pub(super) fn read(nodes: &[Node]) -> Rich {
    let mut reader = Reader::default();
    for node in nodes {
        reader.leave(node.depth);
        match &node.what {
            What::Text(text) => reader.text(text),
            What::Element(element) => reader.open(element.name, node.depth),
            What::Rules(_) => {}
        }
    }
    reader.leave(0);
    reader.finish()
}

/// An element whose end is not read yet.
struct Open {
    name: &'static str,
    depth: usize,
    style: Style,
    /// The items in it so far.
    items: usize,
}

#[derive(Default)]
struct Reader {
    done: Vec<Line>,
    line: Line,
    open: Vec<Open>,
}

impl Reader {
    fn style(&self) -> Style {
        self.open
            .last()
            .map_or_else(Style::default, |open| open.style)
    }

    fn text(&mut self, text: &str) {
        let style = self.style();
        let mut words = String::new();
        let mut blank = self.line.ends_blank();
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !is_blank {
                words.push(c);
            } else if !blank {
                words.push(' ');
            }
            blank = is_blank;
        }
        if !words.is_empty() {
            self.line.push(&words, style);
        }
    }

    fn open(&mut self, name: &'static str, depth: usize) {
        if ends_line(name) {
            self.fresh();
        }
        let style = self.style().with(name);
        match name {
            "br" => self.end(),
            "hr" => self.line.is_ruled = true,
            "td" | "th" if !self.line.ends_blank() => self.line.push(" ", style),
            "li" => {
                let list = self.open.last_mut();
                let sign = list.filter(|list| list.name == "ol").map(|list| {
                    list.items += 1;
                    format!("{}. ", list.items)
                });
                self.line
                    .push(sign.as_deref().unwrap_or("• "), Style::default());
            }
            _ => {}
        }
        self.open.push(Open {
            name,
            depth,
            style,
            items: 0,
        });
    }

    /// Leaves the elements that end before a node of this depth.
    fn leave(&mut self, depth: usize) {
        while let Some(left) = self.open.pop_if(|open| open.depth >= depth) {
            if ends_line(left.name) {
                self.fresh();
            }
        }
    }

    /// Begins a line, unless nothing is on the current one.
    fn fresh(&mut self) {
        if !self.line.is_blank() {
            self.end();
        }
    }

    fn end(&mut self) {
        self.done.push(std::mem::take(&mut self.line));
    }

    fn finish(mut self) -> Rich {
        self.fresh();
        Rich {
            paragraphs: self.done,
        }
    }
}
