//! The info string of a fence: a language, and how the block is shown.
//!
//! `yaml title="gateway.yaml" {3-5,8} showLineNumbers`, and the forms of other tools: `{.yaml}`,
//! `rust,ignore`, `{mermaid}`. Unknown parts are skipped: an info string is never an error. Not here: which
//! languages there are.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::diagram_words::diagram_language;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fence {
    /// As written; empty if there is none.
    pub language: String,
    /// The title bar of a code block, the caption of a diagram.
    pub title: Option<String>,
    /// `{#name}`: the name of a diagram's slot.
    pub id: Option<String>,
    /// The number of the first line, if lines are numbered.
    pub numbers: Option<u32>,
    /// Highlighted lines, from 1.
    marked: Vec<RangeInclusive<usize>>,
}

/// Further ranges are ignored: each line searches all of them.
const MOST_MARKS: usize = 100;

impl Fence {
    pub fn parse(info: &str) -> Self {
        let (language, mut rest) = first_word(info.trim());
        let mut fence = Self {
            language: language.to_owned(),
            ..Self::default()
        };
        while let Some(c) = rest.chars().next() {
            rest = if c == '{' {
                let (inside, after) = braces(rest);
                fence.group(inside);
                after
            } else if c.is_whitespace() || c == ',' {
                &rest[c.len_utf8()..]
            } else {
                fence.attribute(rest)
            };
        }
        fence
    }

    /// Whether a line, from 1, is highlighted.
    pub fn is_marked(&self, line: usize) -> bool {
        self.marked.iter().any(|range| range.contains(&line))
    }

    /// Whether lines are numbered or highlighted.
    pub fn has_lines(&self) -> bool {
        self.numbers.is_some() || !self.marked.is_empty()
    }

    /// Reads `title="…"` or a word, and returns the text after it.
    fn attribute<'a>(&mut self, text: &'a str) -> &'a str {
        let end = text
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '{' | ','))
            .unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        if let Some(value) = rest.strip_prefix('=') {
            let (value, rest) = value_of(value);
            if name == "title" && !value.trim().is_empty() {
                self.title = Some(value.trim().to_owned());
            }
            return rest;
        }
        if name == "showLineNumbers" {
            self.numbers = Some(1);
            if rest.starts_with('{') {
                let (inside, after) = braces(rest);
                self.numbers = Some(inside.trim().parse().unwrap_or(1));
                return after;
            }
        }
        rest
    }

    /// Reads the content of braces: lines, `#id`, `.language`.
    fn group(&mut self, inside: &str) {
        for part in inside.split([',', ' ', '\t']) {
            if let Some(id) = part.strip_prefix('#').filter(|id| !id.is_empty()) {
                self.id = Some(id.to_owned());
            } else if let Some(name) = part.strip_prefix('.') {
                if self.language.is_empty() {
                    name.clone_into(&mut self.language);
                }
            } else if self.language.is_empty() && diagram_language(part).is_some() {
                part.clone_into(&mut self.language);
            } else if let Some(range) = lines(part).filter(|_| self.marked.len() < MOST_MARKS) {
                self.marked.push(range);
            }
        }
        if let Some(at) = inside.find("title=") {
            let (title, _) = value_of(&inside[at + "title=".len()..]);
            self.title = Some(title).filter(|title| !title.trim().is_empty());
        }
    }
}

/// The first word, unless it is an attribute, and the rest.
fn first_word(info: &str) -> (&str, &str) {
    let end = info
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '{'))
        .unwrap_or(info.len());
    let word = &info[..end];
    if word.contains('=') || word == "showLineNumbers" {
        ("", info)
    } else {
        info.split_at(end)
    }
}

/// The text between a brace and the closing one, and the text after it.
fn braces(text: &str) -> (&str, &str) {
    let inside = &text[1..];
    inside.split_once('}').unwrap_or((inside, ""))
}

/// A value, quoted or not, and the text after it. It ends at the first quote before a blank, a
/// brace or the end, so that it may contain quotes: the Markdown parser has resolved backslashes
/// already.
fn value_of(text: &str) -> (String, &str) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end = text
            .find(|c: char| c.is_whitespace() || c == '{')
            .unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let inside = &text[1..];
    let is_end = |at: &usize| {
        let next = inside[at + 1..].chars().next();
        let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | '}' | ','));
        ends && !inside[..*at].ends_with('\\')
    };
    let mut quotes = inside.match_indices(quote).map(|(at, _)| at);
    match quotes.find(is_end) {
        Some(at) => (unescaped(&inside[..at], quote), &inside[at + 1..]),
        None => (inside.to_owned(), ""),
    }
}

fn unescaped(value: &str, quote: char) -> String {
    value.replace(&format!("\\{quote}"), &quote.to_string())
}

/// `3` or `3-5`, in either order; too large numbers become the largest.
fn lines(text: &str) -> Option<RangeInclusive<usize>> {
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(usize::MAX))
    };
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (number(from)?, number(to)?),
        None => (number(text)?, number(text)?),
    };
    Some(from.min(to)..=from.max(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(info: &str) -> Vec<usize> {
        let fence = Fence::parse(info);
        (0..20).filter(|line| fence.is_marked(*line)).collect()
    }

    #[test]
    fn everything_at_once() {
        let fence = Fence::parse("yaml title=\"gateway.yaml\" {3-5,8} showLineNumbers");
        assert_eq!(fence.language, "yaml");
        assert_eq!(fence.title.as_deref(), Some("gateway.yaml"));
        assert_eq!(fence.numbers, Some(1));
        assert_eq!(marked("yaml {3-5,8}"), [3, 4, 5, 8]);
    }

    #[test]
    fn the_language_is_the_first_word() {
        for (info, language) in [
            ("yaml", "yaml"),
            ("yaml{3}", "yaml"),
            ("rust,ignore", "rust"),
            ("{.yaml #a}", "yaml"),
            ("{.yaml .b}", "yaml"),
            ("{.mermaid #flow}", "mermaid"),
            ("{mermaid}", "mermaid"),
            ("{gv, title=\"a b\"}", "gv"),
            ("{yaml}", ""),
            ("yaml {mermaid}", "yaml"),
            ("go\ttitle=x", "go"),
            ("c++", "c++"),
            ("title=\"a b\"", ""),
            ("showLineNumbers", ""),
            ("{3}", ""),
            ("", ""),
        ] {
            assert_eq!(Fence::parse(info).language, language, "{info}");
        }
    }

    #[test]
    fn titles_are_quoted_in_many_ways() {
        for (info, title) in [
            ("a title='작은 따옴표'", Some("작은 따옴표")),
            ("a title=plain.yaml x", Some("plain.yaml")),
            ("a title=\"a \\\"b\\\" c\"", Some("a \"b\" c")),
            ("a title=\"a \"b\"\"", Some("a \"b\"")),
            ("a title=\"it's\"", Some("it's")),
            ("a title=\"open", Some("open")),
            ("a title=\"\"", None),
            ("a title=", None),
            ("a title", None),
            ("{.a title=\"b c\"}", Some("b c")),
            ("a title=\"{1}\" {2}", Some("{1}")),
        ] {
            assert_eq!(Fence::parse(info).title.as_deref(), title, "{info}");
        }
        assert_eq!(marked("a title=\"{1}\" {2}"), [2]);
    }

    #[test]
    fn marks_bear_anything() {
        for (info, lines) in [
            ("a {8,3-5}", &[3, 4, 5, 8][..]),
            ("a {3-5,4-6}", &[3, 4, 5, 6]),
            ("a {5-3}", &[3, 4, 5]),
            ("a {1} {3}", &[1, 3]),
            ("a { 1, 2 }", &[1, 2]),
            ("a {18-99999999999999999999999}", &[18, 19]),
            ("a {x,-,1-,-1,2x,,가,4}", &[4]),
            ("a {linenos=true,hl_lines=[2,4]}", &[]),
            ("a {3", &[3]),
            ("a }{", &[]),
            ("a {}", &[]),
        ] {
            assert_eq!(marked(info), lines, "{info}");
        }
        assert!(!Fence::parse("a {1000000}").is_marked(1));
    }

    #[test]
    fn numbers_may_start_anywhere() {
        for (info, numbers) in [
            ("a showLineNumbers{10}", Some(10)),
            ("a showLineNumbers{x}", Some(1)),
            ("a showLineNumbers {3}", Some(1)),
            ("a showlinenumbers", None),
            ("a", None),
        ] {
            assert_eq!(Fence::parse(info).numbers, numbers, "{info}");
        }
    }

    #[test]
    fn a_place_has_a_name() {
        let fence = Fence::parse("mermaid {#flow} title=\"흐름\"");
        assert_eq!(fence.id.as_deref(), Some("flow"));
        assert_eq!(fence.title.as_deref(), Some("흐름"));
        assert_eq!(Fence::parse("mermaid {#}").id, None);
    }

    #[test]
    fn nothing_is_an_error() {
        for info in [
            "{",
            "}",
            "=",
            "=\"",
            "title='",
            "\"",
            ",,,",
            "{{{",
            "가=나 {다}",
        ] {
            Fence::parse(info);
        }
        Fence::parse(&"{1}".repeat(100_000));
        Fence::parse(&"\"".repeat(100_000));
        Fence::parse(&format!("a title={}", "\"x".repeat(100_000)));
    }
}
