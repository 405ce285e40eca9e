//! The elements that are open, of raw HTML and of the Markdown around it, and where another may be.
//!
//! A browser closes some elements by itself, moves what is between the cells of a table out of it, and
//! opens formatting again that was closed in another order. Here each of these is written out or does
//! not come about, so that the tree that a browser builds is the one that is written. What raw HTML
//! opens ends where the Markdown around it ends, and it cannot end what is of Markdown.
//!
//! Not here: which elements and attributes may be (`allow`).

use crate::html::elements::{Kind, kind};

/// Elements that nest no deeper than this; beyond it, the tags of raw HTML are shown as text.
pub const DEEPEST: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Html,
    Drawing,
    Markdown,
}

#[derive(Debug, Clone)]
struct Entry {
    /// As it is in the text: `h1`, where `h2` is written.
    name: &'static str,
    /// The name in its tags: `div` for an item outside of any list.
    written: &'static str,
    origin: Origin,
    /// Its end tag came while a block in it was open: it ends with that block.
    is_ended: bool,
    /// A block of raw HTML ended it: its own end tag needs another start tag.
    is_cut: bool,
    /// Whether a table in it scrolls already.
    is_box: bool,
    /// What is written behind its end tag.
    after: &'static str,
}

#[derive(Debug, Default)]
pub(super) struct Stack {
    entries: Vec<Entry>,
}

/// The name that is written: the page's title is its one `h1`.
pub(super) fn written(name: &'static str) -> &'static str {
    if name == "h1" { "h2" } else { name }
}

fn is_part(name: &str) -> bool {
    kind(name).is_some_and(Kind::is_part)
}

fn ends_paragraph(name: &str) -> bool {
    kind(name).is_some_and(Kind::ends_paragraph)
}

/// Whether it is no inline element: the end tag of one does not reach beyond it.
pub(super) fn is_block(name: &str) -> bool {
    kind(name).is_some_and(|kind| kind.ends_paragraph() || kind.is_part())
}

/// Whether no end tag but a table's own reaches beyond this one.
fn is_cell(name: &str) -> bool {
    matches!(kind(name), Some(Kind::Table | Kind::Cell))
}

fn is_between_cells(name: &str) -> bool {
    matches!(
        kind(name),
        Some(Kind::Table | Kind::Columns | Kind::Row | Kind::Section)
    )
}

fn is_heading(name: &str) -> bool {
    kind(name) == Some(Kind::Heading)
}

impl Stack {
    pub(super) fn is_full(&self) -> bool {
        self.entries.len() >= DEEPEST
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn in_drawing(&self) -> bool {
        self.top().is_some_and(|top| top.origin == Origin::Drawing)
    }

    /// Whether only text may be here: the name and the description of a drawing, in which a browser
    /// would read HTML again.
    pub(super) fn takes_only_text(&self) -> bool {
        self.in_drawing()
            && self
                .top()
                .is_some_and(|top| matches!(top.name, "desc" | "title"))
    }

    /// Whether a table that begins here needs no box of its own to scroll in.
    pub(super) fn has_box(&self) -> bool {
        self.top().is_some_and(|top| top.is_box)
            || self.entries.iter().any(|entry| entry.name == "table")
    }

    /// Whether what comes is in a table's cell, and may be broken there.
    pub(super) fn is_in_cell(&self) -> bool {
        let has = |is: fn(&str) -> bool| self.entries.iter().any(|entry| is(entry.name));
        has(|name| matches!(name, "td" | "th")) && !has(|name| name == "pre") && !self.in_drawing()
    }

    fn top(&self) -> Option<&Entry> {
        self.entries.last()
    }

    /// Where the raw HTML begins that is in no Markdown of its own.
    fn floor(&self) -> usize {
        let markdown = self
            .entries
            .iter()
            .rposition(|entry| entry.origin == Origin::Markdown);
        markdown.map_or(0, |at| at + 1)
    }

    fn push(&mut self, name: &'static str, origin: Origin) {
        self.entries.push(Entry {
            name,
            written: written(name),
            origin,
            is_ended: false,
            is_cut: false,
            is_box: false,
            after: "",
        });
    }

    /// Opens an element of HTML, whose start tag the caller writes, under the name `written`. `after` is
    /// written behind its end.
    pub(super) fn open(
        &mut self,
        (name, written): (&'static str, &'static str),
        is_box: bool,
        after: &'static str,
    ) {
        self.push(name, Origin::Html);
        if let Some(top) = self.entries.last_mut() {
            top.written = written;
            top.is_box = is_box;
            top.after = after;
        }
    }

    /// Under which name an element is written for which room was made: what is only right below another
    /// (`li`) is a plain block elsewhere.
    pub(super) fn written_here(&self, name: &'static str) -> &'static str {
        let mut around = self.entries.iter().rev().map(|entry| entry.written);
        let mut around = || around.next().unwrap_or_default();
        let is_right = match name {
            "li" => matches!(around(), "ol" | "ul"),
            "dd" | "dt" => matches!((around(), around()), ("dl", _) | ("div", "dl")),
            "figcaption" => around() == "figure",
            "summary" => around() == "details",
            _ => true,
        };
        if is_right { written(name) } else { "div" }
    }

    pub(super) fn open_drawing(&mut self, name: &'static str) {
        self.push(name, Origin::Drawing);
    }

    /// Opens an element of Markdown, whose start tag the caller writes behind `out`.
    pub(super) fn enter(&mut self, name: &'static str, out: &mut String) {
        if is_block(name) {
            self.end_strays(out);
        }
        if !is_part(name) {
            self.make_room(name, out);
        }
        self.push(name, Origin::Markdown);
    }

    /// A block of its own begins: what was only right below another element, and is not, ends before.
    pub(super) fn end_strays(&mut self, out: &mut String) {
        let floor = self.floor();
        let is_stray = |entry: &Entry| entry.written == "div" && entry.name != "div";
        if let Some(at) = self.entries[floor..].iter().position(is_stray) {
            self.close_to(floor + at, out);
        }
    }

    /// Opens an element of Markdown that is not written.
    pub(super) fn push_unseen(&mut self, name: &'static str) {
        self.push(name, Origin::Markdown);
    }

    /// Closes the innermost element of Markdown and everything in it; the caller writes its end tag
    /// behind `out`.
    pub(super) fn leave(&mut self, out: &mut String) {
        let floor = self.floor();
        self.close_to(floor, out);
        if floor > 0 {
            if self.entries[floor - 1].is_cut {
                out.push_str("<p>");
            }
            self.entries.truncate(floor - 1);
        }
    }

    pub(super) fn finish(&mut self, out: &mut String) {
        while !self.entries.is_empty() {
            self.leave(out);
        }
    }

    fn close_to(&mut self, length: usize, out: &mut String) {
        while self.entries.len() > length {
            self.pop(out);
        }
        while self.top().is_some_and(|top| top.is_ended) {
            self.pop(out);
        }
    }

    fn pop(&mut self, out: &mut String) {
        if let Some(entry) = self.entries.pop() {
            out.push_str("</");
            out.push_str(entry.written);
            out.push('>');
            out.push_str(entry.after);
        }
    }

    /// Closes what cannot hold an element of HTML. Whether the element can be here then.
    pub(super) fn make_room(&mut self, name: &'static str, out: &mut String) -> bool {
        self.end_drawing(out);
        if is_part(name) {
            return self.make_room_for_part(name, out);
        }
        if name == "table" {
            self.end_table_between_cells(out);
        }
        self.make_room_in_table(out);
        self.make_room_in_list(name, out);
        if ends_paragraph(name) {
            if self.is_in_words() {
                return false;
            }
            self.end_paragraph(out);
        }
        match name {
            "li" => self.end_item(&["li"], out),
            "dd" | "dt" => self.end_item(&["dd", "dt"], out),
            "rp" | "rt" => self.end_ruby(out),
            "a" => return self.end_link(out),
            _ if is_heading(name) => self.end_heading(out),
            _ => {}
        }
        true
    }

    /// Text and inline elements are in a cell, if they are in a table, and in an item of a list.
    pub(super) fn make_room_for_content(&mut self, out: &mut String) {
        self.make_room_in_table(out);
        self.make_room_in_list("", out);
    }

    fn make_room_in_list(&mut self, name: &str, out: &mut String) {
        let is_raw = |top: &&Entry| top.origin == Origin::Html;
        let item = match self.top().filter(is_raw).map(|top| top.name) {
            Some("ol" | "ul") if name != "li" => "li",
            Some("dl") if !matches!(name, "dd" | "div" | "dt") => "dd",
            _ => return,
        };
        self.add(item, out);
    }

    fn make_room_in_table(&mut self, out: &mut String) {
        let is_between = |top: &Entry| top.origin == Origin::Html && is_between_cells(top.name);
        if self.top().is_some_and(is_between) && self.make_room_for_part("td", out) {
            self.add("td", out);
        }
    }

    fn add(&mut self, name: &'static str, out: &mut String) {
        out.push('<');
        out.push_str(name);
        out.push('>');
        self.push(name, Origin::Html);
    }

    fn end_drawing(&mut self, out: &mut String) {
        let floor = self.floor();
        let mut inside = self.entries[floor..].iter();
        if let Some(at) = inside.position(|entry| entry.origin == Origin::Drawing) {
            self.close_to(floor + at, out);
        }
    }

    /// A table that begins between the cells of another ends that one, as in a browser.
    fn end_table_between_cells(&mut self, out: &mut String) {
        let is_between = |top: &Entry| top.origin == Origin::Html && is_between_cells(top.name);
        if self.top().is_some_and(is_between)
            && let Some(table) = self.open_table()
        {
            self.close_to(table, out);
        }
    }

    /// The innermost table of raw HTML, where no Markdown is open in it.
    fn open_table(&self) -> Option<usize> {
        let floor = self.floor();
        let found = self.entries[floor..]
            .iter()
            .rposition(|entry| entry.name == "table");
        found.map(|at| floor + at)
    }

    fn is_at(&self, at: usize, wanted: Kind) -> bool {
        let entry = self.entries.get(at);
        entry.is_some_and(|entry| kind(entry.name) == Some(wanted))
    }

    /// Adds the parts of a table that are between it and another. What is right below a table is a
    /// part of it.
    fn make_room_for_part(&mut self, name: &str, out: &mut String) -> bool {
        let Some(table) = self.open_table() else {
            return false;
        };
        match name {
            "col" if self.is_at(table + 1, Kind::Columns) => self.close_to(table + 2, out),
            "col" => {
                self.close_to(table + 1, out);
                self.add("colgroup", out);
            }
            "tr" if self.is_at(table + 1, Kind::Section) => self.close_to(table + 2, out),
            "tr" => {
                self.close_to(table + 1, out);
                self.add("tbody", out);
            }
            "td" | "th" if self.is_at(table + 2, Kind::Row) => self.close_to(table + 3, out),
            "td" | "th" => {
                self.make_room_for_part("tr", out);
                self.add("tr", out);
            }
            _ => self.close_to(table + 1, out),
        }
        true
    }

    /// Whether what comes is in bold words, a link or a heading of Markdown, which hold no block: a
    /// browser would end the paragraph around them, and not them.
    fn is_in_words(&self) -> bool {
        let around = self.floor().checked_sub(1).map(|at| self.entries[at].name);
        around.is_some_and(|name| matches!(kind(name), Some(Kind::Inline | Kind::Heading)))
    }

    fn end_paragraph(&mut self, out: &mut String) {
        for at in (self.floor()..self.entries.len()).rev() {
            let name = self.entries[at].name;
            if name == "p" {
                return self.close_to(at, out);
            }
            if is_cell(name) {
                return;
            }
        }
        self.cut_paragraph(out);
    }

    /// A block of raw HTML ends a paragraph of Markdown, in which its words are, as in a browser.
    fn cut_paragraph(&mut self, out: &mut String) {
        let floor = self.floor();
        let Some(at) = floor.checked_sub(1) else {
            return;
        };
        if self.entries[at].name == "p" && !self.entries[at].is_cut {
            self.close_to(floor, out);
            out.push_str("</p>");
            self.entries[at].is_cut = true;
        }
    }

    fn end_item(&mut self, names: &[&str], out: &mut String) {
        for at in (self.floor()..self.entries.len()).rev() {
            let name = self.entries[at].name;
            if names.contains(&name) {
                return self.close_to(at, out);
            }
            if is_block(name) && !matches!(name, "address" | "div" | "p") {
                return;
            }
        }
    }

    fn end_ruby(&mut self, out: &mut String) {
        let floor = self.floor();
        if self.entries[floor..]
            .iter()
            .any(|entry| entry.name == "ruby")
        {
            while self
                .top()
                .is_some_and(|top| matches!(top.name, "dd" | "dt" | "li" | "p" | "rp" | "rt"))
            {
                self.close_to(self.entries.len() - 1, out);
            }
        }
    }

    fn end_heading(&mut self, out: &mut String) {
        if self
            .top()
            .is_some_and(|top| top.origin == Origin::Html && is_heading(top.name))
        {
            self.close_to(self.entries.len() - 1, out);
        }
    }

    /// Links do not nest. Whether one can begin here.
    fn end_link(&mut self, out: &mut String) -> bool {
        let floor = self.floor();
        let mut inside = self.entries.iter().enumerate().rev();
        let reaches = |name: &str| kind(name) == Some(Kind::Cell);
        let mut has_block = false;
        let open = inside.find_map(|(at, entry)| {
            let is_link = entry.name == "a" && entry.origin != Origin::Drawing;
            let found = (is_link || reaches(entry.name)).then_some((is_link, at));
            has_block |= found.is_none() && is_block(entry.name);
            found
        });
        match open {
            Some((true, at)) if at >= floor && !has_block => {
                self.close_to(at, out);
                true
            }
            Some((true, _)) => false,
            _ => true,
        }
    }

    /// Closes an element and what is in it, where it is open and its end tag reaches it.
    pub(super) fn end(&mut self, name: &str, out: &mut String) {
        let mut has_block = false;
        for at in (self.floor()..self.entries.len()).rev() {
            let entry = &mut self.entries[at];
            if is_ended_by(entry.name, name) {
                if has_block && entry.origin == Origin::Html && !is_block(entry.name) {
                    entry.is_ended = true;
                    return;
                }
                return self.close_to(at, out);
            }
            if stops(entry.name, name) {
                return;
            }
            has_block |= entry.origin == Origin::Html && is_block(entry.name);
        }
    }
}

fn is_ended_by(open: &str, name: &str) -> bool {
    open.eq_ignore_ascii_case(name) || is_heading(open) && is_heading(name)
}

/// Whether an end tag does not reach beyond an open element.
fn stops(open: &str, name: &str) -> bool {
    match name {
        "table" => false,
        "li" if matches!(open, "ol" | "ul") => true,
        name if is_part(name) => open == "table",
        _ => is_cell(open),
    }
}
