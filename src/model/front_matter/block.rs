//! Finds a document's front matter: the block at the start of the file, or one further down, which
//! is reported and not read.
//!
//! Not here: its content (`entries`).

use std::ops::Range;

use super::keys::{self, Key};
use super::syntax::{SYNTAXES, Syntax};

/// In how many lines a block that does not open the file is looked for.
const SEARCHED: usize = 40;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub syntax: Syntax,
    /// The bytes between its two fences.
    pub inner: Range<usize>,
}

/// A block that looks like front matter and is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub at: usize,
    pub why: Why,
    /// The bytes between its fences.
    pub inner: Range<usize>,
}

/// Why a block is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// No second fence.
    Unclosed(Syntax),
    /// Something precedes it.
    NotFirst(Syntax),
    /// JSON, as Hugo reads it.
    Json,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub block: Option<Block>,
    pub body: usize,
    /// A block that is not read; its text is part of the body.
    pub unread: Option<Unread>,
}

/// Finds the block: a first line `---` up to the next line `---` or `...`, or the same with `+++`.
pub fn split(text: &str) -> Split {
    let (block, body) = match opening(text) {
        Opening::Block(block, body) => (Some(block), body),
        Opening::Unclosed(unread) => {
            return Split {
                block: None,
                body: 0,
                unread: Some(unread),
            };
        }
        Opening::None => (None, 0),
    };
    let unread = match block {
        None => json(text).or_else(|| later(text, 0)),
        Some(_) => later(text, body),
    };
    Split {
        block,
        body,
        unread,
    }
}

/// Where the body begins in a document's file, which may have a byte order mark.
pub fn body_in_file(text: &str) -> usize {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    mark + split(&text[mark..]).body
}

enum Opening {
    Block(Block, usize),
    Unclosed(Unread),
    None,
}

fn opening(text: &str) -> Opening {
    let Some(first) = text.split_inclusive('\n').next() else {
        return Opening::None;
    };
    let Some(syntax) = Syntax::opened_by(first.trim_end()).filter(|_| first.ends_with('\n')) else {
        return Opening::None;
    };
    let start = first.len();
    match closing(text, start, syntax) {
        Some((end, body)) => {
            let inner = start..end;
            // A rule, prose, and another rule: no front matter.
            if is_block(&text[inner.clone()], syntax) {
                Opening::Block(Block { syntax, inner }, body)
            } else {
                Opening::None
            }
        }
        None => {
            let rest = &text[start..];
            let end = paragraph(rest).len();
            if is_block(&rest[..end], syntax) && !rest[..end].trim().is_empty() {
                Opening::Unclosed(Unread {
                    at: 0,
                    why: Why::Unclosed(syntax),
                    inner: start..start + end,
                })
            } else {
                Opening::None
            }
        }
    }
}

/// Where the closing fence of a block begins and ends.
fn closing(text: &str, start: usize, syntax: Syntax) -> Option<(usize, usize)> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        if syntax.closed_by(line.trim_end()) {
            return Some((at, end));
        }
        at = end;
    }
    None
}

/// The text up to its first blank line.
fn paragraph(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        end += line.len();
    }
    &text[..end]
}

/// Whether text between two fences is front matter rather than prose between two rules: it begins
/// with a key, its first paragraph has a known key, or it begins in a way that prose does not.
fn is_block(inner: &str, syntax: Syntax) -> bool {
    let mut said = inner.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(mut first) = said.next() else {
        return true;
    };
    while first.starts_with('#') {
        match said.next() {
            Some(line) => first = line,
            None => return false,
        }
    }
    let is_odd = first.starts_with(['{', '[', '%', '@', '&', ':']) && !first.contains("](");
    keys::of_line(first, syntax).is_some()
        || (syntax == Syntax::Toml && first.starts_with('['))
        || (is_odd && !inner.starts_with('\n'))
        || has_known_key(paragraph(inner))
}

/// Whether a line has a known key, also one with the other syntax's separator.
fn has_known_key(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        let mut found = SYNTAXES
            .iter()
            .filter_map(|syntax| keys::of_line(line, *syntax));
        found.any(|found| keys::known(found.key).is_some())
    })
}

/// A block after a blank line, a comment or other text.
fn later(text: &str, from: usize) -> Option<Unread> {
    let mut at = from;
    for (number, line) in text[from..]
        .split_inclusive('\n')
        .take(SEARCHED)
        .enumerate()
    {
        let start = at + line.len();
        let shown = line.trim();
        if shown.starts_with("```") || shown.starts_with("~~~") {
            return None;
        }
        // A rule right below a block belongs to the body.
        let is_later = number > 0 || line.starts_with([' ', '\t']);
        if is_later
            && let Some(syntax) = Syntax::opened_by(shown)
            && let Some((end, _)) = closing(text, start, syntax)
            && is_all_keys(&text[start..end], syntax)
        {
            return Some(Unread {
                at,
                why: Why::NotFirst(syntax),
                inner: start..end,
            });
        }
        at = start;
    }
    None
}

/// Whether every line of a text is a key or a continuation, and one key is known.
fn is_all_keys(text: &str, syntax: Syntax) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let fits = |line: &str| {
        line.starts_with([' ', '\t', '#', '-']) || keys::of_line(line, syntax).is_some()
    };
    lines.all(fits) && has_known_key(text)
}

/// A JSON object at the beginning of the file.
fn json(text: &str) -> Option<Unread> {
    if !text.starts_with('{') {
        return None;
    }
    let mut values =
        serde_json::Deserializer::from_str(text).into_iter::<serde_json::Map<String, _>>();
    let object: serde_json::Map<String, serde_json::Value> = values.next()?.ok()?;
    let is_front = object.keys().any(|key| keys::known(key).is_some());
    is_front.then(|| Unread {
        at: 0,
        why: Why::Json,
        inner: 0..values.byte_offset(),
    })
}

/// Whether a block that cannot be read marks a draft: it has a `draft` line whose value does not
/// mean false.
pub(super) fn is_draft(inner: &str) -> bool {
    let lines = inner.split(['\n', ',']).map(|line| {
        line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '-' | '?'))
    });
    let mut said = lines.filter_map(|line| {
        SYNTAXES
            .iter()
            .find_map(|syntax| keys::of_line(line, *syntax))
            .filter(|found| keys::known(found.key) == Some(Key::Draft))
            .map(|found| found.value.trim().trim_end_matches(['}', ',']))
    });
    said.any(|value| !keys::says_no(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Option<&str> {
        let block = split(text).block?;
        Some(&text[block.inner])
    }

    #[test]
    fn a_block_opens_the_file_and_ends_at_its_fence() {
        assert_eq!(inner("---\ntitle: x\n---\n본문"), Some("title: x\n"));
        assert_eq!(inner("--- \ntitle: x\n...\n본문"), Some("title: x\n"));
        assert_eq!(inner("---\n\ntitle: x\n---\n본문"), Some("\ntitle: x\n"));
        assert!(inner("---\n# a comment\nx: y\n---\n").is_some());
        assert_eq!(inner("+++\ntitle = 'x'\n+++\n"), Some("title = 'x'\n"));
        assert_eq!(inner("---\r\ntitle: x\r\n---\r\n"), Some("title: x\r\n"));
        assert_eq!(split("---\n---\n본문").body, 8);
    }

    #[test]
    fn a_rule_does_not_begin_front_matter() {
        for text in [
            "---\n\n본문\n",
            "---\n본문\n---\n",
            "---\n10:30에 만난다\n---\n",
            "---\n- 하나\n- 둘\n---\n",
            "---\n# 제목\n---\n",
            "---\n[링크](x.html)\n---\n",
            "---\n\n# T\n\ntext\n\n---\n",
            "본문\n---\n",
            "---",
            "",
            "+++\n본문\n+++\n",
        ] {
            let found = split(text);
            assert_eq!((found.block, found.unread), (None, None), "{text}");
        }
    }

    #[test]
    fn a_line_that_is_wrong_does_not_hide_a_known_key() {
        assert!(inner("---\ntitle 제목\ndraft: true\n---\n").is_some());
        assert!(inner("---\ntitle:제목\n---\n").is_some());
        assert!(inner("---\ndraft：true\n---\n").is_some());
    }

    #[test]
    fn a_block_that_is_not_read_is_found() {
        let why = |text: &str| split(text).unread.map(|unread| (unread.at, unread.why));
        let yaml = Some(Why::NotFirst(Syntax::Yaml));
        let not_first = |at| yaml.map(|why| (at, why));
        assert_eq!(why("\n---\ntitle: x\n---\n"), not_first(1));
        assert_eq!(why("<!-- c -->\n---\ntitle: x\n---\n"), not_first(11));
        assert_eq!(why("# T\n\n---\ntags: [a]\n---\n"), not_first(5));
        assert_eq!(why(" ---\ntitle: x\n---\n"), not_first(0));
        let toml = Some((1, Why::NotFirst(Syntax::Toml)));
        assert_eq!(why("\n+++\ntitle = 'x'\n+++\n"), toml);
        assert_eq!(
            why("{\n \"title\": \"x\"\n}\n\n# T\n"),
            Some((0, Why::Json))
        );
        let unclosed = Some((0, Why::Unclosed(Syntax::Yaml)));
        assert_eq!(why("---\ntitle: x\n\n# 본문\n"), unclosed);
        assert_eq!(why("```\n---\ntitle: x\n---\n```\n"), None);
        assert_eq!(why("# T\n\n---\n\n한 줄\n\n---\n"), None);
    }
}
