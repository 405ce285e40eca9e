//! The text of a page, one line for each paragraph, heading and so on: the unit in which two pages
//! are compared.
//!
//! Not here: which parts of a page count (the others are given as hidden nodes), the comparison.

use std::collections::HashMap;

use super::tree::{Kind, Tree};

/// A paragraph, a heading, a row of a table, a line of code, …
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// One line, whitespace collapsed; a line of code keeps its indentation.
    pub text: String,
    /// Line of the page it begins on, from 1.
    pub line: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Point {
    /// The number of blocks before it.
    pub(super) before: usize,
    /// It is inside the next block: that block has text on both sides of it.
    pub(super) is_inside: bool,
}

/// Elements that end a line of text before and after them.
const BREAKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];
/// Elements that show something without text.
const EMBEDDED: [&str; 6] = ["iframe", "video", "audio", "object", "embed", "canvas"];

/// The text inside `root` without the hidden nodes, and the position of each hidden node. With
/// `keep_marks`, what Markdown would write as a mark (address, level, emphasis) is part of the
/// text.
pub(super) fn blocks(
    tree: &Tree<'_>,
    root: usize,
    hidden: &[bool],
    keep_marks: bool,
) -> (Vec<Block>, HashMap<usize, Point>) {
    let mut writer = Writer {
        tree,
        keep_marks,
        blocks: Vec::new(),
        text: String::new(),
        begins: None,
        heading: "",
        has_blank: false,
        line: 1,
        rows: 0,
        cells: 0,
        pres: 0,
        points: HashMap::new(),
        pending: Vec::new(),
    };
    let mut open: Vec<usize> = Vec::new();
    let mut node = root + 1;
    while node < tree.end(root) {
        while let Some(ended) = open.pop_if(|element| tree.end(*element) <= node) {
            writer.leave(ended);
        }
        if hidden.get(node).copied().unwrap_or_default() {
            writer.pass(node);
            node = tree.end(node);
            continue;
        }
        match tree.kind(node) {
            Kind::Element(_) => {
                writer.enter(node);
                open.push(node);
            }
            Kind::Text(text) => writer.write(text),
            Kind::Comment(text) => writer.line += text.matches('\n').count(),
            Kind::Other => {}
        }
        node += 1;
    }
    while let Some(ended) = open.pop() {
        writer.leave(ended);
    }
    writer.flush();
    (writer.blocks, writer.points)
}

struct Writer<'t, 'h> {
    tree: &'t Tree<'h>,
    keep_marks: bool,
    blocks: Vec<Block>,
    text: String,
    /// The line on which the current text begins.
    begins: Option<usize>,
    /// The mark of the open heading, until its text begins.
    heading: &'static str,
    has_blank: bool,
    /// The current line of the page.
    line: usize,
    /// The number of open table rows: a row is one line, whatever is inside it.
    rows: usize,
    cells: usize,
    pres: usize,
    points: HashMap<usize, Point>,
    /// Hidden nodes after text of the open block, each with the length of that text.
    pending: Vec<(usize, usize)>,
}

impl Writer<'_, '_> {
    fn enter(&mut self, node: usize) {
        self.line = self.tree.line(node).unwrap_or(self.line);
        let name = self.tree.name(node);
        self.break_at(name);
        match name {
            "tr" => {
                self.rows += 1;
                self.cells = 0;
            }
            "td" | "th" => self.cell(),
            "pre" => self.pres += 1,
            "br" if self.is_code() => self.flush(),
            "br" => self.has_blank = true,
            "img" => self.image(node),
            "input" => self.task(node),
            "a" if self.is_link(node) => self.put("["),
            name if EMBEDDED.contains(&name) => self.embedded(name, node),
            name if self.keep_marks && !heading(name).is_empty() => self.heading = heading(name),
            name => self.put_mark(name),
        }
    }

    fn leave(&mut self, node: usize) {
        let name = self.tree.name(node);
        match name {
            "a" if self.is_link(node) => {
                let href = self.tree.attribute(node, "href").unwrap_or_default();
                for part in ["](", href, ")"] {
                    self.text.push_str(part);
                }
            }
            "pre" => {
                self.flush();
                self.pres = self.pres.saturating_sub(1);
            }
            "tr" => self.rows = self.rows.saturating_sub(1),
            name => self.put_end_mark(name),
        }
        self.break_at(name);
        if !heading(name).is_empty() {
            self.heading = "";
        }
    }

    /// Records the position of a hidden node.
    fn pass(&mut self, node: usize) {
        self.line = self.tree.line(node).unwrap_or(self.line);
        self.break_at(self.tree.name(node));
        let before = self.blocks.len();
        let point = Point {
            before,
            is_inside: false,
        };
        self.points.insert(node, point);
        if self.begins.is_some() {
            self.pending.push((node, self.text.trim_end().len()));
        }
    }

    fn break_at(&mut self, name: &str) {
        if !BREAKS.contains(&name) {
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

    fn is_link(&self, node: usize) -> bool {
        self.keep_marks && self.tree.attribute(node, "href").is_some()
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
            if c == '\n' {
                self.line += 1;
            }
        }
    }

    fn put(&mut self, text: &str) {
        text.chars().for_each(|c| self.put_char(c));
    }

    fn put_char(&mut self, c: char) {
        if self.begins.is_none() {
            self.begins = Some(self.line);
            self.text.push_str(self.heading);
        } else if self.has_blank {
            self.text.push(' ');
        }
        self.has_blank = false;
        self.text.push(c);
    }

    /// Ends the line of text, unless it is empty.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let line = self.begins.take();
        self.has_blank = false;
        // A row of empty cells has no text.
        let is_code = self.is_code();
        let is_said = |c: char| !c.is_whitespace() && (c != '|' || is_code);
        for (node, length) in std::mem::take(&mut self.pending) {
            let is_inside = text.trim_end().len() > length;
            let before = self.blocks.len() + usize::from(!is_inside);
            self.points.insert(node, Point { before, is_inside });
        }
        if text.chars().any(is_said) {
            self.blocks.push(Block {
                text: text.trim_end().to_owned(),
                line,
            });
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

    fn image(&mut self, node: usize) {
        let alt = self.tree.attribute(node, "alt").unwrap_or_default();
        self.show(alt, self.tree.attribute(node, "src"));
    }

    fn embedded(&mut self, name: &str, node: usize) {
        let address = ["src", "data"];
        let mut address = address.iter().map(|key| self.tree.attribute(node, key));
        let address = address.find_map(|address| address);
        self.show(name, address);
    }

    fn show(&mut self, name: &str, address: Option<&str>) {
        let name: Vec<&str> = name.split_whitespace().collect();
        self.put(&format!("![{}]", name.join(" ")));
        if self.keep_marks {
            self.put(&format!("({})", address.unwrap_or_default()));
        }
    }

    /// The checkbox of a task, which somebody may have ticked.
    fn task(&mut self, node: usize) {
        let is_box = self.tree.attribute(node, "type") == Some("checkbox");
        if self.keep_marks && is_box {
            let is_done = self.tree.attribute(node, "checked").is_some();
            self.put(if is_done { "[x]" } else { "[ ]" });
        }
    }

    fn put_mark(&mut self, name: &str) {
        if self.keep_marks && !self.is_code() {
            self.put(mark(name));
        }
    }

    /// Ends emphasis directly after the text, before the blank that follows.
    fn put_end_mark(&mut self, name: &str) {
        if self.keep_marks && !self.is_code() && self.begins.is_some() {
            self.text.push_str(mark(name));
        }
    }
}

fn heading(name: &str) -> &'static str {
    match name {
        "h1" => "# ",
        "h2" => "## ",
        "h3" => "### ",
        "h4" => "#### ",
        "h5" => "##### ",
        "h6" => "###### ",
        _ => "",
    }
}

fn mark(name: &str) -> &'static str {
    match name {
        "strong" | "b" => "**",
        "em" | "i" => "*",
        "code" => "`",
        "del" | "s" => "~~",
        _ => "",
    }
}
