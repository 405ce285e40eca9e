//! Labels: Graphviz's escapes and entities become plain text, and plain text becomes a quoted
//! Mermaid label in which nothing has a meaning for Mermaid.
//!
//! Not here: the fields of a record (`record`), and the lines of an HTML label (`html`).

use super::graph::Value;
use super::html;
use super::problem::{MAX_LABEL, Problem};

/// What each escape of a label is replaced with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Escapes<'a> {
    /// `\G`
    pub(super) graph: &'a str,
    /// `\N`
    pub(super) node: &'a str,
    /// `\T`
    pub(super) tail: &'a str,
    /// `\H`
    pub(super) head: &'a str,
    /// What is between tail and head in `\E`.
    pub(super) operator: &'a str,
    /// `\L`
    pub(super) label: &'a str,
}

impl Escapes<'_> {
    /// The plain text of a label; its lines end in `\n`.
    pub(super) fn text(&self, value: &Value) -> Result<String, Problem> {
        if value.html {
            return html::text(&value.text).ok_or_else(|| too_long(value.line));
        }
        let mut text = self
            .expand(&value.text)
            .ok_or_else(|| too_long(value.line))?;
        while text.ends_with('\n') {
            text.pop();
        }
        Ok(text)
    }

    /// `None` if the result is longer than [`MAX_LABEL`]: `\N\N\N…` may not be multiplied freely.
    pub(super) fn expand(&self, source: &str) -> Option<String> {
        let mut out = String::new();
        let mut chars = source.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'l' | 'r') => out.push('\n'),
                    Some('N') => out.push_str(self.node),
                    Some('G') => out.push_str(self.graph),
                    Some('L') => out.push_str(self.label),
                    Some('T') => out.push_str(self.tail),
                    Some('H') => out.push_str(self.head),
                    Some('E') => {
                        out.push_str(self.tail);
                        out.push_str(self.operator);
                        out.push_str(self.head);
                    }
                    Some(other) => out.push(other),
                    None => out.push('\\'),
                },
                '&' => match entity(chars.as_str()) {
                    Some((meant, length)) => {
                        out.push(meant);
                        chars = chars.as_str().get(length..).unwrap_or_default().chars();
                    }
                    None => out.push('&'),
                },
                _ => out.push(c),
            }
            if out.len() > MAX_LABEL {
                return None;
            }
        }
        Some(out)
    }
}

/// The problem of a label longer than [`MAX_LABEL`].
pub(super) fn too_long(line: usize) -> Problem {
    Problem::new(
        line,
        format!("a label is longer than {} KiB", MAX_LABEL / 1024),
    )
}

/// The character that an HTML entity names, and the entity's length after its `&`. Graphviz reads
/// entities in plain labels too.
fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = rest.get(..end)?;
    let meant = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "middot" => '·',
        "bull" => '•',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "larr" => '←',
        "rarr" => '→',
        "uarr" => '↑',
        "darr" => '↓',
        "harr" => '↔',
        "times" => '×',
        "deg" => '°',
        "micro" => 'µ',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "alpha" => 'α',
        "beta" => 'β',
        "lambda" => 'λ',
        "epsilon" => 'ε',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((meant, end + 1))
}

/// A text as a Mermaid label in quotes. An empty text becomes a blank: Mermaid rejects `""`.
pub(super) fn quoted(text: &str) -> String {
    let lines: Vec<String> = text
        .trim_matches('\n')
        .split('\n')
        .map(harmless_line)
        .collect();
    if lines.iter().all(String::is_empty) {
        return "\" \"".to_owned();
    }
    // Mermaid drops a line without text; a blank that is not white space keeps it.
    let kept: Vec<&str> = lines
        .iter()
        .map(|line| if line.is_empty() { "#160;" } else { line })
        .collect();
    format!("\"{}\"", kept.join("<br/>"))
}

/// One line of a label. Everything that Mermaid's lexer, its Markdown, its directives, icons or
/// formulas would interpret becomes an entity.
fn harmless_line(line: &str) -> String {
    let clean: Vec<char> = line
        .trim_end()
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    let mut out = String::new();
    let mut start = Start::Blank;
    for (at, &c) in clean.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| clean.get(i)).copied();
        let after = clean.get(at + 1).copied();
        if start.makes_special(c, after) || is_special(c, before, after, &clean[..at]) {
            push_entity(&mut out, c);
        } else {
            out.push(c);
        }
        start = start.after(c);
    }
    out
}

fn push_entity(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("#quot;"),
        '&' => out.push_str("#amp;"),
        '<' => out.push_str("#lt;"),
        '>' => out.push_str("#gt;"),
        ' ' => out.push_str("#160;"),
        _ => {
            out.push('#');
            out.push_str(&u32::from(c).to_string());
            out.push(';');
        }
    }
}

/// What Markdown could still read the beginning of a line as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Only blanks so far: an indented code block, a list, a rule or a heading is possible.
    Blank,
    /// Digits: the number of a list item.
    Digits,
    /// Signs: the rule under a table's head.
    Signs,
    Past,
}

impl Start {
    fn makes_special(self, c: char, after: Option<char>) -> bool {
        match self {
            Self::Blank => matches!(c, ' ' | '-' | '+' | '='),
            Self::Digits => matches!(c, '.' | ')') && after.is_none_or(char::is_whitespace),
            Self::Signs => c == '-',
            Self::Past => false,
        }
    }

    fn after(self, c: char) -> Self {
        match (self, c) {
            (Self::Blank, ' ') => Self::Blank,
            (Self::Blank | Self::Digits, '0'..='9') => Self::Digits,
            (Self::Blank | Self::Signs, '|' | ':' | ' ') => Self::Signs,
            _ => Self::Past,
        }
    }
}

fn is_special(c: char, before: Option<char>, after: Option<char>, so_far: &[char]) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        // `ﬂ` and `¶` begin what Mermaid itself puts in the place of an entity. `:` makes links,
        // icons (`fa:`) and, after the word `style`, a rule that swallows the next `;`.
        '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '*' | '[' | ']' | '~' | '$' | '@' | '%'
        | ':' | 'ﬂ' | '¶' => true,
        '_' => !(is_word(before) && is_word(after)),
        '.' => so_far.ends_with(&['w', 'w', 'w']),
        _ => false,
    }
}

/// A text as the title in a flowchart's front matter, as a YAML string in double quotes; Mermaid
/// shows it literally.
pub(super) fn yaml_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '<' | '>' | '%' => push_hex(&mut out, "\\x", c),
            _ if c.is_control() || c == '\u{feff}' => {}
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A link's address that is safe between quotes in a `click` statement and links only to a page or
/// a mailbox; `None` for any other.
pub(super) fn clean_href(text: &str) -> Option<String> {
    let bare: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    let bare = bare.trim();
    if bare.is_empty() || bare.len() > 2048 || !is_harmless_scheme(bare) {
        return None;
    }
    let mut out = String::new();
    for c in bare.chars() {
        match c {
            '"' | '\'' | '<' | '>' | '`' | '\\' | '{' | '}' | '|' | '^' | ';' => {
                push_hex(&mut out, "%", c);
            }
            _ if c.is_whitespace() => out.push_str("%20"),
            _ => out.push(c),
        }
    }
    Some(out)
}

fn push_hex(out: &mut String, prefix: &str, c: char) {
    let digits = format!("{:02X}", u32::from(c));
    out.push_str(prefix);
    out.push_str(&digits);
}

fn is_harmless_scheme(href: &str) -> bool {
    let Some(end) = href.find([':', '/', '?', '#', '\\']) else {
        return true;
    };
    if !href[end..].starts_with(':') {
        return true;
    }
    let scheme = &href[..end];
    ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
}
