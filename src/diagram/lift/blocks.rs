//! The text of a page, one line for each paragraph, heading and so on: the unit in which two pages
//! are compared; and where between them each picture is.
//!
//! Not here: which parts of a page count (the others are given as hidden nodes), the comparison.

use std::collections::HashMap;

use super::tree::Tree;
use crate::html::elements::ends_line;

/// A paragraph, a heading, a row of a table, a line of code, …
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// One line, whitespace collapsed; a line of code keeps its indentation.
    pub text: String,
    /// Line of the page it begins on, from 1.
    pub line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The number of blocks of text before it.
    pub before: usize,
    /// The same block has text on both sides of it.
    pub is_inside: bool,
    /// Increases in the order of the page.
    pub order: usize,
    /// The quotes, list items and so on around it, from the inside, each with its number among its
    /// kind in the page.
    pub around: Vec<(String, usize)>,
}

/// Elements that may hold a picture and other content.
#[rustfmt::skip]
const AROUND: [&str; 9] =
    ["blockquote", "li", "dd", "dt", "td", "th", "details", "summary", "caption"];

/// The text inside `root` without the hidden nodes, and the place of each hidden node. With
/// `keep_marks`, what Markdown would write as a mark (address, level, emphasis) is part of the
/// text.
pub(super) fn blocks(
    tree: &Tree<'_>,
    root: usize,
    hidden: &[bool],
    keep_marks: bool,
) -> (Vec<Block>, HashMap<usize, Place>) {
    let mut writer = Writer {
        keep_marks,
        ..Writer::default()
    };
    let mut open: Vec<usize> = Vec::new();
    let is_hidden = |node: usize| hidden[node];
    for node in tree.walk(tree.inside(root), is_hidden) {
        while let Some(ended) = open.pop_if(|element| tree.end(*element) <= node) {
            writer.leave(tree, ended);
        }
        if is_hidden(node) {
            writer.pass(tree, node);
        } else if let Some(text) = tree.text(node) {
            writer.line = tree.line(node);
            writer.write(text);
        } else {
            writer.enter(tree, node);
            open.push(node);
        }
    }
    while let Some(ended) = open.pop() {
        writer.leave(tree, ended);
    }
    writer.flush();
    (writer.blocks, writer.places)
}

#[derive(Default)]
struct Writer {
    keep_marks: bool,
    blocks: Vec<Block>,
    text: String,
    /// The line on which the current text begins.
    begins: Option<usize>,
    has_blank: bool,
    /// The current line of the page.
    line: usize,
    /// The number of open table rows: a row is one line, whatever is inside it.
    rows: usize,
    cells: usize,
    pres: usize,
    /// The open elements of `AROUND`, and how many there have been of each.
    around: Vec<(String, usize)>,
    counts: HashMap<String, usize>,
    places: HashMap<usize, Place>,
    /// Hidden nodes after text of the open block, each with the length of that text.
    pending: Vec<(usize, usize)>,
}

impl Writer {
    fn enter(&mut self, tree: &Tree<'_>, node: usize) {
        self.line = tree.line(node);
        let name = tree.name(node);
        self.break_at(name);
        if AROUND.contains(&name) {
            let count = self.counts.entry(name.to_owned()).or_default();
            *count += 1;
            self.around.push((name.to_owned(), *count));
        }
        let attribute = |key| tree.attribute(node, key);
        match name {
            "tr" => {
                self.rows += 1;
                self.cells = 0;
            }
            "td" | "th" => self.cell(),
            "pre" => self.pres += 1,
            "br" if self.is_code() => self.flush(),
            "br" => self.has_blank = true,
            "img" => self.show(attribute("alt").unwrap_or_default(), attribute("src")),
            "iframe" | "video" | "audio" | "object" | "embed" | "canvas" => {
                self.show(name, attribute("src").or(attribute("data")));
            }
            _ if !self.keep_marks => {}
            // The checkbox of a task, which somebody may have ticked.
            "input" if attribute("type") == Some("checkbox") => {
                let is_done = attribute("checked").is_some();
                self.put(if is_done { "[x]" } else { "[ ]" });
            }
            "a" if attribute("href").is_some() => self.put("["),
            name if !self.is_code() => self.put(mark(name)),
            _ => {}
        }
    }

    fn leave(&mut self, tree: &Tree<'_>, node: usize) {
        let name = tree.name(node);
        match (name, tree.attribute(node, "href")) {
            ("pre", _) => {
                self.flush();
                self.pres = self.pres.saturating_sub(1);
            }
            ("tr", _) => self.rows = self.rows.saturating_sub(1),
            _ if !self.keep_marks => {}
            ("a", Some(href)) => self.text.extend(["](", href, ")"]),
            // Emphasis ends directly after the text, before the blank that follows.
            _ if !self.is_code() && self.begins.is_some() && !mark(name).starts_with('#') => {
                self.text.push_str(mark(name));
            }
            _ => {}
        }
        self.break_at(name);
        if AROUND.contains(&name) {
            self.around.pop();
        }
    }

    /// Records the place of a hidden node.
    fn pass(&mut self, tree: &Tree<'_>, node: usize) {
        self.break_at(tree.name(node));
        if self.begins.is_some() {
            self.pending.push((node, self.text.trim_end().len()));
        }
        let place = Place {
            before: self.blocks.len(),
            around: self.around.iter().rev().cloned().collect(),
            ..Place::default()
        };
        self.places.insert(node, place);
    }

    fn break_at(&mut self, name: &str) {
        if !ends_line(name) {
            return;
        }
        if self.rows > 0 {
            self.has_blank = true;
        } else {
            self.flush();
        }
    }

    fn is_code(&self) -> bool {
        self.pres > 0 && self.rows == 0
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.is_code() => self.flush(),
                // An indentation is not a beginning, but part of what follows.
                c if self.is_code() && c.is_whitespace() => self.text.push(c),
                c if c.is_whitespace() => self.has_blank = true,
                c => self.put_char(c),
            }
            self.line += usize::from(c == '\n');
        }
    }

    fn put(&mut self, text: &str) {
        text.chars().for_each(|c| self.put_char(c));
    }

    fn put_char(&mut self, c: char) {
        if self.begins.is_none() {
            self.begins = Some(self.line);
        } else if self.has_blank {
            self.text.push(' ');
        }
        self.has_blank = false;
        self.text.push(c);
    }

    /// Ends the line of text, unless it is empty.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_end();
        let line = self.begins.take().unwrap_or(self.line);
        self.has_blank = false;
        for (node, length) in std::mem::take(&mut self.pending) {
            self.places.entry(node).and_modify(|place| {
                place.is_inside = text.len() > length;
                place.before += usize::from(!place.is_inside);
            });
        }
        // A row of empty cells has no text.
        let is_code = self.is_code();
        let is_said = |c: char| !c.is_whitespace() && (c != '|' || is_code);
        if text.chars().any(is_said) {
            let text = text.to_owned();
            self.blocks.push(Block { text, line });
        }
    }

    fn cell(&mut self) {
        self.cells += 1;
        if self.cells > 1 {
            self.has_blank = true;
            self.put("|");
        }
        self.has_blank = true;
    }

    fn show(&mut self, name: &str, address: Option<&str>) {
        self.put(&format!("![{}]", one_line(name)));
        if self.keep_marks {
            self.put(&format!("({})", address.unwrap_or_default()));
        }
    }
}

/// A text with its whitespace collapsed.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What Markdown writes before an element's text, and after it unless it is a heading.
fn mark(name: &str) -> &'static str {
    match name {
        "h1" => "# ",
        "h2" => "## ",
        "h3" => "### ",
        "h4" => "#### ",
        "h5" => "##### ",
        "h6" => "###### ",
        "strong" | "b" => "**",
        "em" | "i" => "*",
        "code" => "`",
        "del" | "s" => "~~",
        _ => "",
    }
}
