//! Obsidian's comments and names of blocks.
//!
//! Not here: wikilinks.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::edit::{Edit, lines};

/// A named block of Obsidian: `^name` at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockId {
    /// With its `^`.
    pub id: String,
    /// The bytes of `^name` in the text as written.
    pub span: Range<usize>,
}

/// Code, in which Obsidian's syntax is text.
pub(super) fn code(text: &str, options: Options) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, options).into_offset_iter();
    let code = events
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))));
    code.map(|(_, span)| span).collect()
}

fn is_in(spans: &[Range<usize>], at: usize) -> bool {
    let next = spans.partition_point(|span| span.start <= at);
    spans[..next].last().is_some_and(|span| at < span.end)
}

/// `%% … %%`. A comment at the beginning of a line may contain paragraphs; one within a line ends
/// with its paragraph. An unclosed one is text.
pub(super) fn comments(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices("%%") {
        if is_in(code, at) || text[..at].ends_with('\\') {
            continue;
        }
        open = match open {
            Some(start) if begins_line(text, start) || !has_blank_line(&text[start..at]) => {
                found.push(start..at + 2);
                None
            }
            _ => Some(at),
        };
    }
    found
}

/// Whether a paragraph ends inside of a text.
fn has_blank_line(part: &str) -> bool {
    let (above, _) = part.rsplit_once('\n').unwrap_or_default();
    let mut lines = above.split('\n').skip(1);
    lines.any(|line| line.trim_matches([' ', '\t', '\r', '>']).is_empty())
}

fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].rsplit('\n').next();
    before.is_none_or(|before| before.trim().is_empty())
}

/// Removes a comment. One on separate lines is removed with its last line end, so that no paragraph
/// is split; one between two words leaves the space before it.
pub(super) fn hidden(text: &str, span: Range<usize>) -> Edit {
    let rest = &text[span.end..];
    let line_end = rest.find('\n').unwrap_or(rest.len());
    let ends_line = rest[..line_end].trim().is_empty();
    if begins_line(text, span.start) && ends_line {
        let end = span.end + (line_end + 1).min(rest.len());
        return Edit::replace(span.start..end, String::new());
    }
    let before_space = text[..span.start].ends_with(' ');
    let spaces = usize::from(before_space && rest.starts_with(' '));
    Edit::replace(span.start..span.end + spaces, String::new())
}

/// `^name` at the end of a line of text, or alone on a line under a block.
pub(super) fn block_ids(
    text: &str,
    code: &[Range<usize>],
    comments: &[Range<usize>],
) -> Vec<BlockId> {
    let mut found = Vec::new();
    for (start, line) in lines(text) {
        let line = line.trim_end();
        let Some(at) = line.rfind('^') else {
            continue;
        };
        let name = &line[at + 1..];
        let is_name =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let is_apart = at == 0 || line[..at].ends_with([' ', '\t', '>']);
        let span = start + at..start + line.len();
        let is_last = ends_block(&text[span.end..]);
        if is_name
            && is_apart
            && is_last
            && !is_in(code, span.start)
            && !is_in(comments, span.start)
        {
            let id = line[at..].to_owned();
            found.push(BlockId { id, span });
        }
    }
    found
}

/// Whether the block ends with this line.
fn ends_block(rest: &str) -> bool {
    let mut following = rest.splitn(3, '\n').skip(1);
    let next = following.next().unwrap_or_default();
    let next = next.trim_matches([' ', '\t', '\r', '>']);
    let number = next.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < next.len() && number.starts_with([')', '.']);
    next.is_empty()
        || is_numbered
        || ["- ", "* ", "+ ", "#", "```", "~~~"]
            .iter()
            .any(|start| next.starts_with(start))
}

/// The replacement of a block's name: an invisible anchor.
pub(super) fn anchor(text: &str, block: &BlockId) -> Edit {
    let before = text[..block.span.start].rsplit('\n').next();
    let is_alone = before.is_some_and(|before| before.trim_matches([' ', '\t', '>']).is_empty());
    let tag = if is_alone { "div" } else { "span" };
    let html = format!("<{tag} id=\"{}\"></{tag}>", block.id);
    Edit::replace(block.span.clone(), html)
}
