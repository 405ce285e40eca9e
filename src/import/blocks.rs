//! Blocks of other tools in this dialect, line by line: notes in every form as alerts, tabs as
//! headings, lists of contents and statements of MDX dropped.
//!
//! A note's text is read the same way again, without its indentation, since only then is what it
//! holds known. Not here: what stands within a line (`inline`).

use std::collections::BTreeSet;

use pulldown_cmark::{CodeBlockKind, Event, Tag as MarkdownTag};

use crate::markdown::events::Source;
use crate::markdown::foreign::{self, Foreign};

use super::front;
use super::habits::Habits;
use super::notes::{self, Note};
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

/// Turns a text.
pub(super) fn turned(text: &str, habits: &Habits) -> (String, Turned) {
    let mut turner = Turner {
        habits,
        turned: Turned::default(),
        level: 1,
    };
    let text = turner.text(text, 0);
    (text, turner.turned)
}

struct Turner<'a> {
    habits: &'a Habits,
    turned: Turned,
    /// The level of the last heading, 1 to 6: headings of tabs are below it.
    level: usize,
}

/// A fence that is open: its character and its length.
type Fence = (char, usize);

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
        let code = indented_code(text);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut out = String::with_capacity(text.len());
        let mut fence: Option<Fence> = None;
        let (mut at, mut offset) = (0, 0);
        while at < lines.len() {
            let line = lines[at];
            let is_code = fence.is_some() || code.contains(&offset);
            let block = if is_code {
                None
            } else {
                self.block(&lines, at, depth)
            };
            let is_note_fence = block.is_some();
            if !is_note_fence {
                fence = match fence {
                    Some(open) if closes(line, open) => None,
                    Some(open) => Some(open),
                    None if is_code => None,
                    None => opens(line),
                };
            }
            let end = match block {
                Some(block) if !block.is_apart => {
                    out.push_str(&block.text);
                    block.end
                }
                Some(block) => {
                    put(&mut out, &block.text, lines.get(block.end).copied());
                    block.end
                }
                None if is_code || !self.is_dropped(line, &mut out) => {
                    self.heading(line);
                    out.push_str(line);
                    at + 1
                }
                None => at + 1,
            };
            offset += lines[at..end].iter().map(|line| line.len()).sum::<usize>();
            at = end;
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
        let is_statement = kind == Some(Foreign::Import)
            && (shown.starts_with("import ") || shown.ends_with(';') || shown.ends_with('}'));
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
        let is_dropped =
            is_contents || is_statement || is_raw || is_block_property || is_kramdown || is_wrapper;
        self.turned.dropped += usize::from(is_dropped);
        is_dropped
    }

    /// The block that begins in a line, if it is replaced.
    fn block(&mut self, lines: &[&str], at: usize, depth: usize) -> Option<Block> {
        let line = lines[at];
        let shown = line.trim_start();
        let indent = &line[..line.len() - shown.len()];
        let shown = shown.trim_end();
        if shown.starts_with(":::") {
            return self.container(lines, at, (indent, depth));
        }
        if let Some(rest) = shown
            .strip_prefix("!!!")
            .or_else(|| shown.strip_prefix("???"))
        {
            let note = notes::of_admonition(rest)?;
            let (end, body) = indented(lines, at, indent.len() + 4);
            return Some(self.note(&note, &body, end, (indent, depth)));
        }
        if let Some(title) = notes::tab(shown) {
            let (end, body) = indented(lines, at, indent.len() + 4);
            return Some(self.tab(title, &body, end, (indent, depth)));
        }
        if let Some(note) = notes::of_fence(shown) {
            let open = opens(shown)?;
            let length = lines[at + 1..].iter().position(|line| closes(line, open))?;
            let body = dedented(&lines[at + 1..at + 1 + length], indent.len());
            return Some(self.note(&note, &body, at + length + 2, (indent, depth)));
        }
        if let Some(note) = notes::of_quote(shown) {
            self.turned.notes += 1;
            return Some(Block {
                end: at + 1,
                text: format!("{indent}{}\n", note.first_line()),
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
        self.tagged(lines, at, (indent, depth))
    }

    /// `::: tip Title`, up to its `:::`.
    fn container(
        &mut self,
        lines: &[&str],
        at: usize,
        (indent, depth): (&str, usize),
    ) -> Option<Block> {
        let words = lines[at].trim().trim_start_matches(':').trim();
        if words.is_empty() {
            return None;
        }
        let mut open = 0_usize;
        let mut fence = None;
        let length = lines[at..].iter().position(|line| {
            fence = match fence {
                Some(open) if closes(line, open) => None,
                None => opens(line),
                open => open,
            };
            let shown = line.trim();
            if fence.is_none() && shown.starts_with(":::") {
                let is_end = shown.trim_start_matches(':').trim().is_empty();
                open = if is_end {
                    open.saturating_sub(1)
                } else {
                    open + 1
                };
                return is_end && open == 0;
            }
            false
        })?;
        let end = at + length;
        let body = dedented(&lines[at + 1..end], indent.len());
        if let Some(note) = notes::of_container(words) {
            return Some(self.note(&note, &body, end + 1, (indent, depth)));
        }
        // Its name says how another tool lays it out; its text is what matters.
        self.turned.dropped += 1;
        let text = indented_by(&self.text(&body, depth + 1), indent);
        Some(Block {
            end: end + 1,
            text,
            is_apart: true,
        })
    }

    /// A shortcode or a component that holds text.
    fn tagged(
        &mut self,
        lines: &[&str],
        at: usize,
        (indent, depth): (&str, usize),
    ) -> Option<Block> {
        let shown = lines[at].trim();
        let (tag, rest) = Tag::first(shown)?;
        // Within other components, it is no part of a list.
        let outer = if indent.len() < 4 { "" } else { indent };
        if tag.is_close || tag.is_tabs() {
            return None;
        }
        let (body, end) = if rest.trim().is_empty() {
            let length = closing_line(&lines[at + 1..], &tag)?;
            (
                dedented(&lines[at + 1..at + 1 + length], indent.len()),
                at + length + 2,
            )
        } else {
            let (inside, after) = tag.closed_in(rest)?;
            if !after.trim().is_empty() {
                return None;
            }
            (format!("{}\n", inside.trim()), at + 1)
        };
        if let Some(language) = tag.code_language() {
            let text = indented_by(
                &format!("```{language}\n{}\n```\n", body.trim_matches('\n')),
                outer,
            );
            self.turned.dropped += 1;
            return Some(Block {
                end,
                text,
                is_apart: true,
            });
        }
        if let Some(title) = tag.tab_title() {
            return Some(self.tab(&title, &body, end, (outer, depth)));
        }
        let note = notes::of_tag(&tag)?;
        Some(self.note(&note, &body, end, (outer, depth)))
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

/// The offsets of lines that are code by their indentation.
fn indented_code(text: &str) -> BTreeSet<usize> {
    let source = Source::new(text);
    let mut found = BTreeSet::new();
    for (event, span) in source.events() {
        if matches!(
            event,
            Event::Start(MarkdownTag::CodeBlock(CodeBlockKind::Indented))
        ) {
            let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            let ends = text[start..span.end]
                .match_indices('\n')
                .map(|(at, _)| start + at + 1);
            found.insert(start);
            found.extend(ends.filter(|at| *at < span.end));
        }
    }
    found
}

/// The fence that a line opens.
fn opens(line: &str) -> Option<Fence> {
    let shown = line.trim_start_matches([' ', '\t', '>']);
    let shown = shown.strip_prefix("- ").unwrap_or(shown).trim_start();
    let c = shown.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = shown.len() - shown.trim_start_matches(c).len();
    let is_fence = length >= 3 && (c == '~' || !shown[length..].contains('`'));
    is_fence.then_some((c, length))
}

fn closes(line: &str, (c, length): Fence) -> bool {
    let shown = line.trim_start_matches([' ', '\t', '>']).trim_end();
    shown.len() >= length && shown.chars().all(|other| other == c)
}

/// The lines after `at` that are indented by so much, without it, and where they end.
fn indented(lines: &[&str], at: usize, indent: usize) -> (usize, String) {
    let mut end = at + 1;
    for (number, line) in lines.iter().enumerate().skip(at + 1) {
        if line.trim().is_empty() {
            continue;
        }
        if columns(line) < indent {
            break;
        }
        end = number + 1;
    }
    (end, dedented(&lines[at + 1..end], indent))
}

/// How wide the white space is that a line begins with.
fn columns(line: &str) -> usize {
    let space = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    space.fold(0, |width, c| {
        if c == '\t' {
            width + 4 - width % 4
        } else {
            width + 1
        }
    })
}

/// Lines with at most so much less white space before them.
fn dedented(lines: &[&str], indent: usize) -> String {
    let mut out = String::new();
    for line in lines {
        let mut rest = *line;
        let mut taken = 0;
        while taken < indent && rest.starts_with([' ', '\t']) {
            taken += if rest.starts_with('\t') { 4 } else { 1 };
            rest = &rest[1..];
        }
        out.push_str(rest);
    }
    out
}

fn indented_by(text: &str, indent: &str) -> String {
    if indent.is_empty() {
        return text.to_owned();
    }
    let lines = text.split_inclusive('\n');
    lines
        .map(|line| {
            if line.trim().is_empty() {
                line.to_owned()
            } else {
                format!("{indent}{line}")
            }
        })
        .collect()
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
