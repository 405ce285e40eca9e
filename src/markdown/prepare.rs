//! Changes a text before the parser reads it, so that the parser accepts exactly the dialect:
//! Korean emphasis, colons that define nothing, brackets that are not wikilinks, closing fences
//! with tabs after them, Obsidian's comments and block ids.
//!
//! The parser's own extensions accept more syntax than GFM and Obsidian do, and its emphasis is
//! `CommonMark`'s, whose flanking rule leaves `**"인용"**은` as literal asterisks. Each [`Edit`] says
//! what is inserted and removed where, so that positions can be mapped to the text as written.
//!
//! Not here: removing the sentinel again (`events`).

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};
use unicode_properties::{GeneralCategoryGroup as Group, UnicodeGeneralCategory};

/// A punctuation character that documents do not use: OLD SOUTH ARABIAN NUMERIC INDICATOR.
pub const SENTINEL: char = '\u{10A7F}';
const MARK: &str = "\u{10A7F}";
/// In bytes. A longer text in double brackets is not a wikilink.
const LONGEST_NAME: usize = 1000;

/// A change at one position of the text as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Byte offset in the text as written.
    pub at: usize,
    /// The number of bytes removed there.
    pub removed: usize,
    pub inserted: String,
}

impl Edit {
    fn mark(at: usize) -> Self {
        Self {
            at,
            removed: 0,
            inserted: MARK.to_owned(),
        }
    }

    fn replace(span: Range<usize>, inserted: String) -> Self {
        Self {
            at: span.start,
            removed: span.len(),
            inserted,
        }
    }
}

/// A named block of Obsidian: `^name` at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockId {
    /// With its `^`.
    pub id: String,
    /// The bytes of `^name` in the text as written.
    pub span: Range<usize>,
}

/// The changes of a text before it is parsed.
#[derive(Debug)]
pub struct Prepared {
    /// In order and without overlap.
    pub edits: Vec<Edit>,
    pub blocks: Vec<BlockId>,
    /// The extensions that the parser needs.
    pub options: Options,
}

/// Prepares a text for a parser with these extensions. `obsidian` also reads comments and block
/// ids.
pub fn prepare(text: &str, options: Options, obsidian: bool) -> Prepared {
    let mut edits = fences(text);
    let mut options = options;
    // A text that uses the sentinel itself is read as the parser reads it.
    if !text.contains(SENTINEL) {
        edits.extend(emphasis(text));
        edits.extend(brackets(text));
        match definitions(text) {
            // Without a definition there is nothing to guard: a line of a tag may begin with a colon.
            found if found.is_empty() => options.remove(Options::ENABLE_DEFINITION_LIST),
            found => edits.extend(colons(text, options, found)),
        }
    }
    let mut blocks = Vec::new();
    if obsidian && (text.contains("%%") || text.contains('^')) {
        let code = code(text, options);
        let comments = comments(text, &code);
        blocks = block_ids(text, &code, &comments);
        edits.extend(comments.into_iter().map(|span| hidden(text, span)));
        edits.extend(blocks.iter().map(|block| anchor(text, block)));
    }
    edits.sort_by_key(|edit| (edit.at, edit.removed == 0));
    without_overlap(&mut edits);
    Prepared {
        edits,
        blocks,
        options,
    }
}

/// Drops changes inside of a part that is removed.
fn without_overlap(edits: &mut Vec<Edit>) {
    let mut end = 0;
    edits.retain(|edit| {
        let is_free = edit.at >= end;
        if is_free {
            end = edit.at + edit.removed;
        }
        is_free
    });
    edits.dedup();
}

/// Delimiter runs between punctuation and a Korean, Chinese or Japanese letter.
fn emphasis(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        if mark != b'*' && mark != b'~' {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at] == mark {
            at += 1;
        }
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        if before.is_whitespace() || after.is_whitespace() || before == '\\' {
            continue;
        }
        if !is_cjk(before) && !is_cjk(after) {
            continue;
        }
        match (is_punctuation(before), is_punctuation(after)) {
            (false, true) => found.push(Edit::mark(start)),
            (true, false) => found.push(Edit::mark(at)),
            _ => {}
        }
    }
    found
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(
            c.general_category_group(),
            Group::Punctuation | Group::Symbol
        )
}

fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11FF | 0x2E80..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0xA4CF
        | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFE10..=0xFE1F
        | 0xFE30..=0xFE6F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

/// The lines of a text with their offsets, without their ends.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// Colons that begin a line, each with its offset and whether white space follows it.
fn line_colons(text: &str) -> impl Iterator<Item = (usize, bool)> {
    lines(text).filter_map(|(start, line)| {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        let is_colon = rest.starts_with(':') && !is_delimiter_row(rest);
        let at = start + line.len() - rest.len();
        is_colon.then(|| (at, rest[1..].starts_with([' ', '\t'])))
    })
}

/// Where a definition may begin: at a colon followed by white space.
fn definitions(text: &str) -> Vec<usize> {
    let found = line_colons(text).filter(|(_, is_spaced)| *is_spaced);
    found.map(|(at, _)| at).collect()
}

/// The colons that begin no definition, in a text with definitions: those without white space after
/// them, and those in a code span, a link or other inline markup.
fn colons(text: &str, options: Options, definitions: Vec<usize>) -> Vec<Edit> {
    let inline = inline_spans(text, options);
    let within = |at: &usize| {
        let next = inline.partition_point(|span| span.start < *at);
        inline[..next].last().is_some_and(|span| *at < span.end)
    };
    let unspaced = line_colons(text).filter(|(_, is_spaced)| !is_spaced);
    let found = unspaced.map(|(at, _)| at);
    found
        .chain(definitions.into_iter().filter(within))
        .map(Edit::mark)
        .collect()
}

/// `:--- | ---:`, under the head of a table.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, ':' | '-' | '|' | ' ' | '\t'))
}

/// Inline markup over more than one line, as it is without definition lists; only the outermost.
fn inline_spans(text: &str, options: Options) -> Vec<Range<usize>> {
    let options = options - Options::ENABLE_DEFINITION_LIST;
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        let is_inline = matches!(
            event,
            Event::Code(_)
                | Event::InlineHtml(_)
                | Event::Start(
                    Tag::Link { .. }
                        | Tag::Image { .. }
                        | Tag::Emphasis
                        | Tag::Strong
                        | Tag::Strikethrough
                )
        );
        let is_new = spans.last().is_none_or(|last| span.start >= last.end);
        if is_inline && is_new && text[span.clone()].contains('\n') {
            spans.push(span);
        }
    }
    spans
}

/// Protects double brackets that are not a link in Obsidian: `[[1]](url)` is a Markdown link, `[[
/// -f x ]]` a test of the shell, `a[[0]]` an index.
fn brackets(text: &str) -> Vec<Edit> {
    if !text.contains("]]") {
        return Vec::new();
    }
    let labels = labels(text);
    let opening = text.match_indices("[[").map(|(at, _)| at);
    // The second of three brackets begins a pair that `match_indices` does not see.
    let third = text.match_indices("[[[").map(|(at, _)| at + 1);
    let mut starts: Vec<usize> = opening.chain(third).collect();
    starts.sort_unstable();
    starts.dedup();
    let is_other = |at: &usize| !is_wikilink(text, *at, &labels);
    let others = starts.into_iter().filter(is_other);
    others.map(|at| Edit::mark(at + 1)).collect()
}

fn is_wikilink(text: &str, at: usize, labels: &HashSet<String>) -> bool {
    let Some(name) = wiki_name(&text[at + 2..]) else {
        return false;
    };
    let before = text[..at].chars().next_back();
    let is_index = name.bytes().all(|b| b.is_ascii_digit());
    let follows_word = before.is_some_and(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || (is_index && c.is_alphanumeric())
    });
    let after = &text[at + 2 + name.len() + 2..];
    // `[[[5]]](url)` and `![[[5]]](a.png)` are labels that hold brackets.
    let is_in_label = before == Some('[') && (after.starts_with("](") || after.starts_with("]["));
    !follows_word && !is_in_label && !begins_target(after) && !labels.contains(&label(name))
}

/// The text between double brackets, if it can be the name of a note or a file.
fn wiki_name(rest: &str) -> Option<&str> {
    let end = rest
        .bytes()
        .take(LONGEST_NAME)
        .position(|b| matches!(b, b'[' | b']' | b'\n'))?;
    let name = &rest[..end];
    let is_name = rest[end..].starts_with("]]")
        && !name.is_empty()
        && name.trim() == name
        && !name.starts_with(['|', ':', '=']);
    is_name.then_some(name)
}

/// Whether `(url)` or `[label]` follows, so that the brackets are a link of `CommonMark`.
fn begins_target(after: &str) -> bool {
    let line = after.split('\n').next().unwrap_or_default();
    if let Some(rest) = line.strip_prefix('(') {
        let Some(end) = rest.find(')') else {
            return false;
        };
        let target = rest[..end].trim();
        return target.starts_with('<')
            || !target.contains(char::is_whitespace)
            || target.ends_with(['"', '\'']);
    }
    line.starts_with('[') && !line.starts_with("[[")
}

/// Labels that the text defines: `[name]: target`.
fn labels(text: &str) -> HashSet<String> {
    let defined = lines(text).filter_map(|(_, line)| {
        let rest = line
            .trim_start_matches([' ', '\t', '>'])
            .strip_prefix('[')?;
        let (name, _) = rest.split_once("]:")?;
        Some(label(name))
    });
    defined.collect()
}

fn label(name: &str) -> String {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    words.to_lowercase()
}

/// Tabs may follow a closing fence; the parser only accepts spaces.
fn fences(text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    for (start, line) in lines(text) {
        let shown = line.trim_end_matches([' ', '\t']);
        let blank = &line[shown.len()..];
        if !blank.contains('\t') {
            continue;
        }
        let is_run = |mark: char| {
            let before = shown.trim_end_matches(mark);
            let is_container = |c: char| " \t>-+*.)".contains(c) || c.is_ascii_digit();
            shown.len() - before.len() >= 3 && before.chars().all(is_container)
        };
        if is_run('`') || is_run('~') {
            let end = start + shown.len();
            found.push(Edit::replace(end..end + blank.len(), String::new()));
        }
    }
    found
}

/// Code, in which Obsidian's syntax is text.
fn code(text: &str, options: Options) -> Vec<Range<usize>> {
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
fn comments(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
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
fn hidden(text: &str, span: Range<usize>) -> Edit {
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
fn block_ids(text: &str, code: &[Range<usize>], comments: &[Range<usize>]) -> Vec<BlockId> {
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
fn anchor(text: &str, block: &BlockId) -> Edit {
    let before = text[..block.span.start].rsplit('\n').next();
    let is_alone = before.is_some_and(|before| before.trim_matches([' ', '\t', '>']).is_empty());
    let tag = if is_alone { "div" } else { "span" };
    let html = format!("<{tag} id=\"{}\"></{tag}>", block.id);
    Edit::replace(block.span.clone(), html)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wikilinks(text: &str) -> bool {
        brackets(text).is_empty()
    }

    #[test]
    fn a_wikilink_is_what_obsidian_takes_for_one() {
        for text in [
            "[[gw__note-a]]",
            "[[gw__note-a#제목|라벨]]을",
            "참고[[gw__note-a]]",
            "![[p.png|100]]",
            "[[a]][[b]]",
            "[[a]] (b)",
            "[[a]](이어지는 설명)",
            "| [[a\\|b]] |",
        ] {
            assert!(wikilinks(text), "{text}");
        }
        for text in [
            "[[1]](https://x.y)",
            "[[1]](https://x.y \"t\")",
            "[[1]][ref]",
            "![[[5]]](a.png)",
            "[[1]]\n\n[1]: https://x.y",
            "[[ -f x ]]",
            "[[a]b]]",
            "arr[[0]]",
            "값[[0]]",
            "[[:alpha:]]",
            "[[]]",
            "[[a\nb]]",
        ] {
            assert!(!wikilinks(text), "{text}");
        }
    }

    #[test]
    fn only_tabs_behind_a_fence_are_taken_out() {
        let removed = |text: &str| -> Vec<(usize, usize)> {
            let edits = fences(text).into_iter();
            edits.map(|edit| (edit.at, edit.removed)).collect()
        };
        assert_eq!(removed("```\na\n```\t\nb"), [(9, 1)]);
        assert_eq!(removed("- ~~~ \t \n"), [(5, 3)]);
        assert!(removed("a ```\t\n``` x\t\n").is_empty());
    }
}
