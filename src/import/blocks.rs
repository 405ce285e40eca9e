//! Blocks of other tools in this dialect, line by line: notes in every form as alerts, tabs as
//! headings, lists of contents and statements of MDX dropped.
//!
//! A note's text is read the same way again, without its indentation, since only then is what it
//! holds known. Not here: what stands within a line (`inline`).

use crate::markdown::foreign::{self, Foreign};

use super::front;
use super::habits::Habits;
use super::lines::{Lines, closes, indented_by, opens};
use super::notes::{self, Note};
use super::statements;
use super::tags::{Tag, closing_line};

/// How deep notes may be in notes.
const DEEPEST: usize = 12;

/// What was turned, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turned {
    pub notes: usize,
    pub tabs: usize,
    pub dropped: usize,
}

/// A text that was turned.
#[derive(Debug)]
pub(super) struct Blocks {
    pub(super) text: String,
    pub(super) turned: Turned,
    /// What was dropped or stays as it is: why, and the line.
    pub(super) left: Vec<(&'static str, String)>,
}

/// Turns a text. `is_mdx`: it may have statements, and has no code by indentation.
pub(super) fn turned(text: &str, habits: &Habits, is_mdx: bool) -> Blocks {
    let mut turner = Turner {
        habits,
        is_mdx,
        has_components: is_mdx || has_components(text),
        turned: Turned::default(),
        left: Vec::new(),
        level: 1,
    };
    Blocks {
        text: turner.text(text, 0),
        turned: turner.turned,
        left: turner.left,
    }
}

struct Turner<'a> {
    habits: &'a Habits,
    is_mdx: bool,
    /// Then nothing is code by its indentation alone.
    has_components: bool,
    turned: Turned,
    left: Vec<(&'static str, String)>,
    /// The level of the last heading, 1 to 6: headings of tabs are below it.
    level: usize,
}

/// A block that is replaced: the lines that it has after its first, and what they become.
struct Block {
    /// The first line after it.
    end: usize,
    text: String,
    /// Whether empty lines part it from what is around it.
    is_apart: bool,
}

impl Turner<'_> {
    fn text(&mut self, text: &str, depth: usize) -> String {
        if depth > DEEPEST {
            return text.to_owned();
        }
        let lines = Lines::of(text, self.has_components);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < lines.all.len() {
            let Some(line) = lines.text(at) else {
                out.push_str(lines.all[at]);
                at += 1;
                continue;
            };
            match self.block(&lines, at, depth) {
                Some(block) => {
                    if block.is_apart {
                        put(&mut out, &block.text, lines.all.get(block.end).copied());
                    } else {
                        out.push_str(&block.text);
                    }
                    at = block.end;
                }
                None => {
                    if !self.is_dropped(line, &mut out) {
                        self.heading(line);
                        out.push_str(line);
                    }
                    at += 1;
                }
            }
        }
        out
    }

    fn heading(&mut self, line: &str) {
        let level = line.len() - line.trim_start_matches('#').len();
        if (1..=6).contains(&level) && line[level..].starts_with([' ', '\t']) {
            self.level = level;
        }
    }

    /// Whether a line is for another tool alone. Takes what belongs to it off the text before.
    fn is_dropped(&mut self, line: &str, out: &mut String) -> bool {
        let shown = line.trim();
        let is_kramdown = shown.starts_with("{:") && shown.ends_with('}') && !shown.contains('#');
        let kind = foreign::find(line, &[]).first().map(|(kind, _)| *kind);
        let is_contents = kind == Some(Foreign::Contents) || (is_kramdown && shown.contains("toc"));
        if is_contents {
            let before = out
                .trim_end()
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .to_owned();
            let marker =
                before.trim_start_matches(|c: char| c.is_ascii_digit() || "-*+. ".contains(c));
            if matches!(
                folded(marker).as_str(),
                "toc"
                    | "table of contents"
                    | "this unordered seed list will be replaced by toc as unordered list"
            ) {
                out.truncate(out.trim_end().len() - before.len());
            }
        }
        let is_raw = matches!(
            shown,
            "{% raw %}"
                | "{% endraw %}"
                | "{{< toc >}}"
                | "{{% toc %}}"
                | "<!-- toc -->"
                | "<!--more-->"
                | "<!-- more -->"
        );
        let is_block_property = self.habits.is_logseq
            && front::property(shown).is_some_and(|(key, _)| matches!(key, "id" | "collapsed"));
        let is_wrapper = Tag::of_line(shown).is_some_and(|tag| tag.is_tabs());
        let is_dropped = is_contents || is_raw || is_block_property || is_kramdown || is_wrapper;
        self.turned.dropped += usize::from(is_dropped);
        is_dropped
    }

    /// The block that begins in a line, if it is replaced.
    fn block(&mut self, lines: &Lines<'_>, at: usize, depth: usize) -> Option<Block> {
        let line = lines.text(at)?;
        let shown = line.trim();
        if self.is_mdx
            && lines.begins_block(at)
            && let Some(end) = statements::end(&lines.all, at)
        {
            return Some(self.statements(&lines.all[at..end], end));
        }
        if shown.starts_with(":::") {
            return self.container(lines, at, depth);
        }
        if let Some(rest) = shown
            .strip_prefix("!!!")
            .or_else(|| shown.strip_prefix("???"))
        {
            let note = notes::of_admonition(rest)?;
            let (end, body) = lines.indented(at);
            return Some(self.note(&note, &body, end, (&lines.item_indent(at), depth)));
        }
        if let Some(title) = notes::tab(shown) {
            let (end, body) = lines.indented(at);
            return Some(self.tab(title, &body, end, (&lines.item_indent(at), depth)));
        }
        if let Some(note) = notes::of_fence(shown) {
            let open = opens(shown)?;
            let length = lines.all[at + 1..]
                .iter()
                .position(|line| closes(line, open))?;
            let end = at + length + 1;
            let body = lines.dedented(at + 1, end);
            return Some(self.note(&note, &body, end + 1, (&lines.item_indent(at), depth)));
        }
        if let Some(note) = notes::of_quote(shown) {
            self.turned.notes += 1;
            return Some(Block {
                end: at + 1,
                text: format!("{}{}\n", lines.item_indent(at), note.first_line()),
                is_apart: true,
            });
        }
        if self.habits.is_logseq
            && let Some(text) = task(line)
        {
            return Some(Block {
                end: at + 1,
                text,
                is_apart: false,
            });
        }
        if shown.starts_with("*[") && shown.contains("]:") {
            self.left
                .push(("an abbreviation, which stays text", shown.to_owned()));
        }
        self.tagged(lines, at, depth)
            .or_else(|| self.element(lines, at, depth))
    }

    fn statements(&mut self, lines: &[&str], end: usize) -> Block {
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            self.left.push((
                "a statement of MDX, which is left out",
                line.trim().to_owned(),
            ));
        }
        self.turned.dropped += 1;
        Block {
            end,
            text: String::new(),
            is_apart: false,
        }
    }

    /// `::: tip Title`, up to its `:::`.
    fn container(&mut self, lines: &Lines<'_>, at: usize, depth: usize) -> Option<Block> {
        let words = lines.all[at].trim().trim_start_matches(':').trim();
        if words.is_empty() {
            return None;
        }
        let mut open = 0_usize;
        let mut texts = lines.texts_from(at);
        let (end, _) = texts.find(|(_, line)| {
            let shown = line.trim();
            if !shown.starts_with(":::") {
                return false;
            }
            let is_end = shown.trim_start_matches(':').trim().is_empty();
            open = if is_end {
                open.saturating_sub(1)
            } else {
                open + 1
            };
            is_end && open == 0
        })?;
        let body = lines.dedented(at + 1, end);
        let indent = lines.item_indent(at);
        if let Some(note) = notes::of_container(words) {
            return Some(self.note(&note, &body, end + 1, (&indent, depth)));
        }
        // Its name says how another tool lays it out; its text is what matters.
        Some(self.unwrapped(&body, end + 1, (&indent, depth)))
    }

    /// The text of a block of which nothing else is kept.
    fn unwrapped(&mut self, body: &str, end: usize, (indent, depth): (&str, usize)) -> Block {
        self.turned.dropped += 1;
        Block {
            end,
            text: indented_by(&self.text(body, depth + 1), indent),
            is_apart: true,
        }
    }

    /// A shortcode or a component that holds text.
    fn tagged(&mut self, lines: &Lines<'_>, at: usize, depth: usize) -> Option<Block> {
        let (tag, rest) = Tag::first(lines.all[at].trim())?;
        if tag.is_close {
            return None;
        }
        let (body, end) = if rest.trim().is_empty() {
            let end = closing_line(lines, at + 1, &tag)?;
            (lines.dedented(at + 1, end), end + 1)
        } else {
            let (inside, after) = tag.closed_in(rest)?;
            if !after.trim().is_empty() {
                return None;
            }
            (format!("{}\n", inside.trim()), at + 1)
        };
        let indent = lines.item_indent(at);
        let indent = indent.as_str();
        if tag.is_tabs() {
            return Some(self.unwrapped(&body, end, (indent, depth)));
        }
        if let Some(language) = tag.code_language() {
            let code = format!("```{language}\n{}\n```\n", body.trim_matches('\n'));
            self.turned.dropped += 1;
            return Some(Block {
                end,
                text: indented_by(&code, indent),
                is_apart: true,
            });
        }
        if let Some(title) = tag.tab_title() {
            return Some(self.tab(&title, &body, end, (indent, depth)));
        }
        let note = notes::of_tag(&tag)?;
        Some(self.note(&note, &body, end, (indent, depth)))
    }

    /// `<div markdown="1">`: its text is Markdown here too if empty lines part it from the tags.
    fn element(&mut self, lines: &Lines<'_>, at: usize, depth: usize) -> Option<Block> {
        let (name, opening) = Tag::with_markdown(lines.all[at].trim())?;
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let mut deep = 0_usize;
        let mut texts = lines.texts_from(at);
        let (end, _) = texts.find(|(_, line)| {
            deep += line.matches(&open).count();
            deep = deep.saturating_sub(line.matches(&close).count());
            deep == 0
        })?;
        if lines.all[end].trim() != close {
            return None;
        }
        let body = self.text(&lines.dedented(at + 1, end), depth + 1);
        self.turned.dropped += 1;
        let text = format!("{opening}\n\n{}\n\n{close}\n", body.trim_matches('\n'));
        Some(Block {
            end: end + 1,
            text: indented_by(&text, &lines.item_indent(at)),
            is_apart: true,
        })
    }

    fn note(
        &mut self,
        note: &Note,
        body: &str,
        end: usize,
        (indent, depth): (&str, usize),
    ) -> Block {
        self.turned.notes += 1;
        let body = self.text(body, depth + 1);
        let mut text = format!("{indent}{}\n", note.first_line());
        for line in body.trim_matches('\n').lines() {
            let space = if line.is_empty() { "" } else { " " };
            text.push_str(&format!("{indent}>{space}{line}\n"));
        }
        Block {
            end,
            text,
            is_apart: true,
        }
    }

    fn tab(
        &mut self,
        title: &str,
        body: &str,
        end: usize,
        (indent, depth): (&str, usize),
    ) -> Block {
        self.turned.tabs += 1;
        let level = self.level;
        let marks = "#".repeat((level + 1).clamp(2, 6));
        let body = self.text(body, depth + 1);
        self.level = level;
        let text = format!("{marks} {title}\n\n{}\n", body.trim_matches('\n'));
        Block {
            end,
            text: indented_by(&text, indent),
            is_apart: true,
        }
    }
}

/// Whether tabs of JSX are in a text that is not called MDX.
fn has_components(text: &str) -> bool {
    let mut tags = text.lines().map(str::trim);
    tags.any(|line| line.starts_with('<') && Tag::of_line(line).is_some_and(|tag| tag.is_tabs()))
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Adds a block, with an empty line before it and after it.
fn put(out: &mut String, block: &str, next: Option<&str>) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
    out.push_str(block);
    let is_quote = block
        .trim_end()
        .rsplit('\n')
        .next()
        .is_some_and(|line| line.trim_start().starts_with('>'));
    // The mark of an alert alone: its text is in the lines that follow.
    let goes_on = is_quote
        && next.is_some_and(|next| next.trim_start().starts_with('>'))
        && block.lines().count() == 1;
    if !goes_on && next.is_some_and(|next| !next.trim().is_empty()) {
        out.push('\n');
    }
}

/// `- TODO x` of Logseq as a task.
fn task(line: &str) -> Option<String> {
    let shown = line.trim_start();
    let rest = shown.strip_prefix("- ")?;
    let (word, rest) = rest.split_once(' ')?;
    let mark = match word {
        "TODO" | "DOING" | "NOW" | "LATER" | "WAITING" => "[ ]",
        "DONE" => "[x]",
        _ => return None,
    };
    Some(format!(
        "{}- {mark} {rest}",
        &line[..line.len() - shown.len()]
    ))
}
