//! Raw HTML, cleaned as it is read: every tag and attribute that may stay is written anew, and what
//! is open is known across the pieces of raw HTML in a document and the Markdown between them.
//!
//! In what is written, `<` begins a tag of the lists and nothing else, in no attribute and no text, so
//! that nothing depends on how a browser reads it: whatever it takes for text or for markup, there is
//! no other tag to find.
//!
//! An element that goes with its content (`<script>`, `<iframe>`) takes no more with it than the block
//! that it begins in: what goes ends at its end tag, or else where that block of raw HTML, paragraph or
//! item's text ends. Markdown behind a blank line is then shown as if the tag was not there, and an end
//! tag that comes there ends nothing. Not here: what the page's other text needs (`escape`), and pictures (the
//! caller reads them).

mod allow;
mod drawings;
mod open;
mod parts;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod token;

use crate::html::elements::{Kind, goes_with_content, holds_text};
use drawings::drawings;
pub use drawings::inline_drawing;
pub use open::DEEPEST;
use open::{Stack, is_block};
use parts::List;
pub use parts::{Cleaned, Page, Part, join};
pub use read::{Loss, Read, Removal};
use table::FirstColumn;
pub use table::TableBox;
use token::{Tag, Token, Tokens};

use super::{breaks, escape};

/// Cleans the raw HTML of one document, piece by piece, in the order of the text.
#[derive(Debug, Default)]
pub struct Cleaner {
    open: Stack,
    hidden: Option<Hidden>,
    /// How many start tags were shown as text since they nest too deep, and have no end tag yet.
    too_deep: usize,
    table_box: Option<TableBox>,
    /// What a box of raw HTML is called that is not checked, and one that is.
    box_names: [&'static str; 2],
    first_column: FirstColumn,
}

/// An element that goes with everything in it, and is not closed yet.
#[derive(Debug)]
struct Hidden {
    name: String,
    /// How many elements were open where it began: it ends with them.
    depth: usize,
    /// How many of its name are open.
    nested: usize,
}

impl Cleaner {
    /// The box is written around each table that is in no other and has no such box; the names are those
    /// of a check box that is not checked, and of one that is.
    pub fn new(table_box: TableBox, box_names: [&'static str; 2]) -> Self {
        Self {
            table_box: Some(table_box),
            box_names,
            ..Self::default()
        }
    }

    /// A heading is above the tables that come.
    pub fn below(&mut self, heading: &str) {
        if let Some(table_box) = &mut self.table_box {
            heading.clone_into(&mut table_box.heading);
        }
    }

    /// Whether what comes is in a table's cell, and may be broken there.
    pub fn is_in_cell(&self) -> bool {
        self.open.is_in_cell()
    }

    /// Cleans a whole block of raw HTML.
    pub fn block(&mut self, piece: &str) -> Cleaned {
        self.end_hidden();
        let mut before = String::new();
        self.open.end_strays(&mut before);
        let mut cleaned = self.raw(piece);
        self.end_hidden();
        if !before.is_empty() {
            cleaned.parts.insert(0, Part::Html(before));
        }
        cleaned
    }

    /// Cleans a piece of raw HTML among words.
    pub fn raw(&mut self, piece: &str) -> Cleaned {
        let all = drawings(piece);
        let mut drawings = all.iter().peekable();
        let mut tokens = Tokens::new(piece);
        let mut parts = List::default();
        loop {
            let at = tokens.at();
            while drawings.next_if(|drawing| drawing.start < at).is_some() {}
            let can_be_here = !self.hides() && !self.open.in_drawing();
            if let Some(drawing) = drawings.next_if(|drawing| can_be_here && drawing.start == at) {
                parts.html().push_str(&self.content());
                tokens.skip_to(drawing.end);
                let (picture, read) = picture(&piece[drawing.clone()]);
                parts.push(picture);
                parts.read.drawing(read, drawing.start);
                continue;
            }
            match tokens.next(self.open.in_drawing()) {
                Some(token) => self.token(piece, token, &mut tokens, &mut parts),
                None => break,
            }
        }
        parts.read.drawings = all;
        parts.finish()
    }

    /// A whole `<svg>` that comes in more than one piece: what the piece is.
    pub fn drawing(&mut self, text: &str) -> Cleaned {
        let mut cleaned = Cleaned::default();
        let (picture, read) = picture(text);
        cleaned.read.drawing(read, 0);
        cleaned.read.drawings.push(0..text.len());
        if !self.hides() {
            cleaned.parts = vec![Part::Html(self.content()), picture];
        }
        cleaned
    }

    /// A block begins or ends: what goes with an element ends with it.
    pub fn end_hidden(&mut self) {
        self.hidden = None;
    }

    /// Whether what comes now is inside an element that goes with its content: nothing of it is
    /// written.
    pub fn hides(&self) -> bool {
        self.hidden.is_some()
    }

    /// A start tag of Markdown comes, the name of which is given: what is written before it.
    pub fn enter(&mut self, name: &'static str) -> String {
        let mut out = String::new();
        if is_block(name) {
            self.end_hidden();
        }
        if self.hides() {
            self.open.push_unseen(name);
        } else {
            self.open.enter(name, &mut out);
        }
        out
    }

    /// Text or an inline element of Markdown comes, which is not entered: what is written before it.
    pub fn content(&mut self) -> String {
        let mut out = String::new();
        if !self.hides() {
            self.open.make_room_for_content(&mut out);
        }
        out
    }

    /// The end tag of the Markdown element that was entered last comes: what is written before it.
    pub fn leave(&mut self) -> String {
        let mut out = String::new();
        self.open.leave(&mut out);
        self.too_deep = 0;
        let depth = self.open.len();
        self.hidden.take_if(|hidden| hidden.depth > depth);
        out
    }

    /// The document ends: what closes all that is still open.
    pub fn finish(&mut self) -> String {
        let mut out = String::new();
        self.open.finish(&mut out);
        self.hidden = None;
        out
    }

    fn token(&mut self, piece: &str, token: Token<'_>, tokens: &mut Tokens<'_>, parts: &mut List) {
        let hidden = self.hidden.as_ref();
        let in_text = hidden.is_some_and(|hidden| holds_text(&hidden.name));
        if let Token::Start(tag) = &token
            && !in_text
        {
            parts.read.tag(tag);
        }
        if hidden.is_some() {
            return self.hidden_token(&token, in_text, tokens);
        }
        match token {
            Token::Text(text) => self.text(text, true, parts),
            Token::Characters(text) => self.text(text, false, parts),
            Token::Comment => {}
            Token::Start(tag) => self.start(piece, &tag, tokens, parts),
            Token::End(tag) => self.end(piece, &tag, parts),
        }
    }

    fn hidden_token(&mut self, token: &Token<'_>, in_text: bool, tokens: &mut Tokens<'_>) {
        if let Token::Start(tag) = token
            && !in_text
        {
            skips_text(tag, self.open.in_drawing(), tokens);
        }
        let depth = self.open.len();
        // What Markdown holds begins and ends in it.
        let Some(hidden) = self.hidden.as_mut().filter(|hidden| hidden.depth == depth) else {
            return;
        };
        match token {
            Token::Start(tag) if tag.name == hidden.name && !tag.closes_itself => {
                hidden.nested += 1;
            }
            Token::End(tag) if tag.name == hidden.name => hidden.nested -= 1,
            _ => {}
        }
        if hidden.nested == 0 {
            self.hidden = None;
        }
    }

    fn text(&mut self, text: &str, has_references: bool, parts: &mut List) {
        if !text.trim_ascii().is_empty() {
            self.open.make_room_for_content(parts.html());
        }
        let push = |out: &mut String, text: &str| push_text(out, text, has_references);
        if self.table_box.is_some() && self.is_in_cell() {
            breaks::push(parts.html(), text, push);
        } else {
            push(parts.html(), text);
        }
    }

    fn start(&mut self, piece: &str, tag: &Tag<'_>, tokens: &mut Tokens<'_>, parts: &mut List) {
        if self.open.takes_only_text() {
            return;
        }
        let in_drawing = self.open.in_drawing();
        if goes_with_content(&tag.name) {
            parts.read.removed(removal(piece, tag));
            let is_empty = in_drawing && tag.closes_itself;
            if !is_empty && !skips_text(tag, in_drawing, tokens) {
                self.hidden = Some(Hidden {
                    name: tag.name.clone(),
                    depth: self.open.len(),
                    nested: 1,
                });
            }
            return;
        }
        if let Some(name) = allow::drawing_element(&tag.name).filter(|_| in_drawing) {
            return self.start_drawing(piece, name, tag, parts);
        }
        let is_box = tag.name != "input" || allow::is_check_box(tag);
        match allow::element(&tag.name).filter(|_| is_box) {
            Some((name, Kind::Drawing)) => self.start_drawing(piece, name, tag, parts),
            // A head without words is the head of nothing.
            Some(("th", _)) if table::is_empty(&piece[tag.span.end..]) => {
                self.start_element(piece, ("td", Kind::Cell), tag, parts);
            }
            Some((name, kind)) => self.start_element(piece, (name, kind), tag, parts),
            None => parts.read.removed(removal(piece, tag)),
        }
    }

    fn start_drawing(&mut self, piece: &str, name: &'static str, tag: &Tag<'_>, parts: &mut List) {
        if !tag.closes_itself && self.is_too_deep(piece, tag, parts) {
            return;
        }
        if !self.open.in_drawing() {
            self.open.make_room_for_content(parts.html());
        }
        parts.start(name, true, tag);
        if tag.closes_itself {
            parts.html().push_str(&format!("</{name}>"));
        } else {
            self.open.open_drawing(name);
        }
    }

    fn start_element(
        &mut self,
        piece: &str,
        (name, kind): (&'static str, Kind),
        tag: &Tag<'_>,
        parts: &mut List,
    ) {
        let is_void = kind.is_void();
        if !is_void && self.is_too_deep(piece, tag, parts) {
            return;
        }
        if !self.open.make_room(name, parts.html()) {
            if kind.ends_paragraph() {
                parts.read.removed(removal(piece, tag));
            }
            return;
        }
        let mut after = "";
        if let Some(table_box) = &self.table_box
            && kind == Kind::Table
            && !self.open.has_box()
        {
            let said = table::name(&piece[tag.span.end..]);
            let before = (table_box.open)(table_box, &said);
            parts.html().push_str(&before);
            after = table_box.close;
        }
        let written = match name {
            // It says nothing then.
            "bdo" if tag.get("dir").is_none() => "span",
            name => self.open.written_here(name),
        };
        parts.start(written, false, tag);
        let stays =
            self.table_box.is_some() && self.mark_part(&piece[tag.span.end..], kind, tag, parts);
        if !is_void {
            let mut classes = tag
                .get("class")
                .unwrap_or_default()
                .split_ascii_whitespace();
            let is_box = name == "div" && classes.any(|class| class == "scroll");
            self.open.open((name, written), is_box, after);
        }
        if stays {
            parts.html().push_str("<div class=\"stay\">");
            self.open.open(("div", "div"), false, "");
        }
    }

    /// Writes into the start tag of a box or a table's part what its reader and the style have to know
    /// of it. Whether it is a head of more than one column, which stays in sight while they scroll.
    fn mark_part(&mut self, rest: &str, kind: Kind, tag: &Tag<'_>, parts: &mut List) -> bool {
        let mut mark = |name: &str, attribute: &str| {
            if tag.get(name).is_none() {
                parts.html().pop();
                parts.html().push_str(attribute);
            }
        };
        if kind == Kind::Cell && table::is_wide(rest) {
            mark("class", " class=\"w\">");
        }
        if tag.name == "input" {
            let [open, done] = self.box_names;
            let name = if tag.get("checked").is_some() {
                done
            } else {
                open
            };
            mark(
                "aria-label",
                &format!(" aria-label=\"{}\">", escape::attribute(name)),
            );
        }
        if self.open.is_in_cell() {
            return false;
        }
        let spans = tag
            .get("colspan")
            .is_some_and(|columns| columns.trim() != "1");
        let stays = kind == Kind::Cell && spans && self.first_column.is_next();
        if self.first_column.is_under(kind, tag.get("rowspan")) {
            mark("data-under", " data-under>");
        }
        stays
    }

    fn is_too_deep(&mut self, piece: &str, tag: &Tag<'_>, parts: &mut List) -> bool {
        let is_too_deep = self.open.is_full();
        if is_too_deep {
            self.too_deep += 1;
            parts.read.too_deep(tag.span.start);
            escape::push_text(parts.html(), &piece[tag.span.clone()]);
        }
        is_too_deep
    }

    fn end(&mut self, piece: &str, tag: &Tag<'_>, parts: &mut List) {
        let can_be_open = || {
            let is_html = allow::element(&tag.name).is_some_and(|(_, kind)| !kind.is_void());
            is_html || allow::drawing_element(&tag.name).is_some()
        };
        if self.too_deep > 0 && can_be_open() {
            self.too_deep -= 1;
            return escape::push_text(parts.html(), &piece[tag.span.clone()]);
        }
        if tag.name == "br" {
            let made = self.open.make_room("br", parts.html());
            parts.html().push_str(if made { "<br>" } else { "" });
        } else {
            self.open.end(&tag.name, parts.html());
        }
    }
}

/// Whether a link among the words of a paragraph has a block in it, which a paragraph cannot hold.
pub fn has_block_in_link<'h>(pieces: impl Iterator<Item = &'h str>) -> bool {
    let mut is_in_link = false;
    for piece in pieces {
        let mut tokens = Tokens::new(piece);
        while let Some(token) = tokens.next(false) {
            match token {
                Token::Start(tag) if tag.name == "a" => is_in_link = true,
                Token::End(tag) if tag.name == "a" => is_in_link = false,
                Token::Start(tag) if is_in_link && is_block(&tag.name) => return true,
                _ => {}
            }
        }
    }
    false
}

fn skips_text(tag: &Tag<'_>, in_drawing: bool, tokens: &mut Tokens<'_>) -> bool {
    !in_drawing && holds_text(&tag.name) && tokens.skip_past_end_of(&tag.name)
}

/// What a whole `<svg>` loses that is no picture, with offsets in it.
pub fn removals(svg: &str) -> Vec<Removal> {
    let (_, read) = picture(svg);
    let removals = read.losses.into_iter().filter_map(|loss| match loss {
        Loss::Removed(removal) => Some(removal),
        Loss::TooDeep { .. } => None,
    });
    removals.collect()
}

/// A whole `<svg>`, and what it says.
fn picture(text: &str) -> (Part, Read) {
    let mut cleaner = Cleaner::default();
    let mut tokens = Tokens::new(text);
    let mut parts = List::default();
    while let Some(token) = tokens.next(cleaner.open.in_drawing()) {
        cleaner.token(text, token, &mut tokens, &mut parts);
    }
    parts.html().push_str(&cleaner.finish());
    let Cleaned { parts, read } = parts.finish();
    let picture = Part::Picture {
        text: text.to_owned(),
        clean: parts,
    };
    (picture, read)
}

/// Text, with no character that could begin a tag. References stay as they are written.
fn push_text(out: &mut String, text: &str, has_references: bool) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' if !has_references => out.push_str("&amp;"),
            '\0' => {}
            c => out.push(c),
        }
    }
}

fn removal(piece: &str, tag: &Tag<'_>) -> Removal {
    let is_known = allow::is_known(&tag.name);
    let start = tag.span.start + 1;
    // A type or a placeholder is named as its author wrote it.
    let name = if is_known {
        &tag.name
    } else {
        &piece[start..start + tag.name.len()]
    };
    Removal {
        offset: tag.span.start,
        what: format!("<{}>", parts::short(name)),
        is_unknown: !is_known,
    }
}
