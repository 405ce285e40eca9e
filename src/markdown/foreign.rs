//! Syntax of other tools, which a reader would see as text: each kind once, with its position and
//! what to write instead.
//!
//! Not here: code, in which everything is text, and this dialect's own extensions (`prepare`).

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// In bytes: how far the closing tag of a component is searched.
const FARTHEST: usize = 8 * 1024;

/// What begins and ends a part in which nothing is Markdown.
const RAW: [(&str, &str); 5] = [
    ("<!--", "-->"),
    ("<pre", "</pre"),
    ("<script", "</script"),
    ("<style", "</style"),
    ("<textarea", "</textarea"),
];

/// A kind of syntax of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foreign {
    /// `::: tip`
    Container,
    /// `!!! note "Title"`, `??? note`
    Admonition,
    /// `=== "Tab"`
    Tab,
    /// `{{< figure >}}`, `{{% notice %}}`
    Shortcode,
    /// `{% include x %}`
    Liquid,
    /// `{: .class}`
    Attributes,
    /// `[TOC]`, `{:toc}`
    Contents,
    /// `key:: value`
    Property,
    /// `--8<-- "file"`, `{{#include file}}`
    Include,
    /// `<Tabs>` with a closing tag
    Component,
    /// `import x from 'y'`
    Import,
}

impl Foreign {
    /// The message's first part, a full clause.
    pub fn what(self) -> &'static str {
        match self {
            Self::Container => "`:::` is a container of other tools",
            Self::Admonition => "`!!!` is an admonition of MkDocs",
            Self::Tab => "`=== \"…\"` is a tab of MkDocs",
            Self::Shortcode => "`{{< … >}}` is a shortcode of Hugo",
            Self::Liquid => "`{% … %}` is a tag of Liquid",
            Self::Attributes => "`{: … }` is an attribute list of kramdown",
            Self::Contents => "this is another tool's mark for a list of contents",
            Self::Property => "`key:: value` is a property of Logseq or Dataview",
            Self::Include => "this is another tool's include",
            Self::Component => "this is a component of JSX",
            Self::Import => "this is a statement of MDX",
        }
    }

    /// What to write instead.
    pub fn instead(self) -> &'static str {
        match self {
            Self::Container | Self::Admonition => {
                "write an alert: `> [!NOTE]`, and `> ` before each line of its text"
            }
            Self::Tab => "write a heading for each tab: `### Title`",
            Self::Shortcode | Self::Liquid => "write what it produces, in Markdown",
            Self::Attributes => "remove it; an id for a heading is `## Title {#id}`",
            Self::Contents => "remove it: each page has a list of contents",
            Self::Property => {
                "write it into the front matter: `key: value` between two lines `---`"
            }
            Self::Include => "copy the text here, or link to the file",
            Self::Component => "write what it shows, in Markdown",
            Self::Import => "leave it out",
        }
    }
}

/// The first occurrence of each kind in a text, in order. `code` are the ranges of code.
pub fn find(text: &str, code: &[Range<usize>]) -> Vec<(Foreign, usize)> {
    let mut found: Vec<(Foreign, usize)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let ahead = &text[start..text.floor_char_boundary(start + FARTHEST)];
        for (kind, at) in kinds(line, ahead) {
            let at = start + at;
            let is_known = found.iter().any(|(known, _)| *known == kind);
            if !is_known && !is_in(code, at) && !is_in_raw(text, code, at) {
                found.push((kind, at));
            }
        }
        start += line.len();
    }
    found
}

/// Whether a component begins at this offset of a text.
pub fn is_component_at(text: &str, at: usize) -> bool {
    let ahead = &text[at..text.floor_char_boundary(at + FARTHEST)];
    is_component(ahead.lines().next().unwrap_or_default(), ahead)
}

fn is_in(spans: &[Range<usize>], at: usize) -> bool {
    let next = spans.partition_point(|span| span.start <= at);
    spans[..next].last().is_some_and(|span| at < span.end)
}

/// Whether a place is in a comment, or in an element whose text is shown or run as it is.
fn is_in_raw(text: &str, code: &[Range<usize>], at: usize) -> bool {
    let (before, after) = text.split_at(at);
    RAW.iter().any(|(open, close)| {
        let open = before.rfind(open).filter(|open| !is_in(code, *open));
        open.is_some_and(|open| !before[open..].contains(close)) && after.contains(close)
    })
}

/// The kinds that a line may contain, each with its offset.
fn kinds(line: &str, ahead: &str) -> Vec<(Foreign, usize)> {
    let shown = line.trim_start_matches([' ', '\t', '>']);
    let indent = line.len() - shown.len();
    let shown = shown.trim_end();
    let begins = first(shown, ahead).map(|kind| (kind, indent));
    let holds = [
        (Foreign::Shortcode, between(line, "{{<", ">}}")),
        (Foreign::Shortcode, between(line, "{{%", "%}}")),
        (Foreign::Include, between(line, "{{#include", "}}")),
        (Foreign::Include, between(line, "{{#rustdoc_include", "}}")),
        (Foreign::Liquid, liquid(line)),
        (Foreign::Attributes, attributes(line)),
    ];
    let holds = holds.into_iter().filter_map(|(kind, at)| Some((kind, at?)));
    begins.into_iter().chain(holds).collect()
}

/// The kind at the beginning of a line, after indentation and quote marks.
fn first(line: &str, ahead: &str) -> Option<Foreign> {
    const CONTENTS: [&str; 6] = [
        "[TOC]",
        "[toc]",
        "[[_TOC_]]",
        "[[TOC]]",
        "[[toc]]",
        "{:toc}",
    ];
    let word = |c: char| c.is_alphanumeric();
    if line.starts_with(":::") {
        let rest = line.trim_start_matches(':').trim_start();
        return (rest.is_empty() || rest.starts_with(word) || rest.starts_with('{'))
            .then_some(Foreign::Container);
    }
    let admonition = line
        .strip_prefix("!!! ")
        .or_else(|| line.strip_prefix("??? "));
    if admonition
        .or_else(|| line.strip_prefix("???+ "))
        .is_some_and(|rest| {
            rest.trim_start()
                .starts_with(|c: char| c.is_ascii_alphabetic())
        })
    {
        return Some(Foreign::Admonition);
    }
    if line.starts_with("=== \"") || line.starts_with("===+ \"") {
        return Some(Foreign::Tab);
    }
    if CONTENTS.contains(&line) {
        return Some(Foreign::Contents);
    }
    if line.starts_with("--8<--") {
        return Some(Foreign::Include);
    }
    if is_property(line) {
        return Some(Foreign::Property);
    }
    if is_import(line) {
        return Some(Foreign::Import);
    }
    is_component(line, ahead).then_some(Foreign::Component)
}

/// `key:: value`, but not `std::vec` or `a :: b`.
fn is_property(line: &str) -> bool {
    let line = line.strip_prefix("- ").unwrap_or(line);
    line.split_once("::").is_some_and(|(key, value)| {
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        key.starts_with(char::is_alphabetic)
            && key.chars().all(is_key)
            && value.starts_with(' ')
            && !value.trim().is_empty()
    })
}

fn is_import(line: &str) -> bool {
    let is_quoted = |text: &str| text.trim_start().starts_with(['\'', '"']);
    if let Some(rest) = line.strip_prefix("import ") {
        let from = rest.rsplit_once(" from ").map(|(_, from)| from);
        return from.map_or_else(|| is_quoted(rest), is_quoted);
    }
    ["export const ", "export default ", "export function "]
        .iter()
        .any(|start| line.starts_with(start))
}

/// `<Tabs …>` that closes itself or is closed further on, which `Vec<String>` never is.
fn is_component(line: &str, ahead: &str) -> bool {
    let Some(rest) = line.strip_prefix('<') else {
        return false;
    };
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .unwrap_or(rest.len());
    let name = &rest[..end];
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.contains(|c: char| c.is_ascii_lowercase());
    is_name && (rest.contains("/>") || ahead.contains(&format!("</{name}>")))
}

fn between(line: &str, open: &str, close: &str) -> Option<usize> {
    let at = line.find(open)?;
    line[at..].contains(close).then_some(at)
}

fn liquid(line: &str) -> Option<usize> {
    let at = between(line, "{%", "%}")?;
    let is_apart = !line[..at].ends_with('{');
    let rest = line[at + 2..].trim_start_matches('-').trim_start();
    (is_apart && rest.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(at)
}

/// `{: .class}`, `{:.class}`, `{: #id}`, `{: key="value"}`.
fn attributes(line: &str) -> Option<usize> {
    let at = between(line, "{:", "}")?;
    let rest = line[at + 2..].trim_start();
    let is_pair = rest.split_once('=').is_some_and(|(key, _)| {
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    (rest.starts_with(['.', '#']) || is_pair).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_kind(text: &str, kind: Option<Foreign>) {
        let found = find(text, &[]).first().map(|(kind, _)| *kind);
        assert_eq!(found, kind, "{text}");
    }

    #[test]
    fn each_kind_is_recognized() {
        for (text, kind) in [
            ("::: tip\n본문\n:::", Foreign::Container),
            ("> :::warning{.x}", Foreign::Container),
            ("!!! note \"제목\"", Foreign::Admonition),
            ("???+ tip", Foreign::Admonition),
            ("=== \"탭\"", Foreign::Tab),
            ("앞 {{< alert >}} 뒤", Foreign::Shortcode),
            ("{{% notice %}}", Foreign::Shortcode),
            ("{% include x.html %}", Foreign::Liquid),
            ("{%- if a -%}", Foreign::Liquid),
            ("{: .no_toc}", Foreign::Attributes),
            ("[x](y){:target=\"_blank\"}", Foreign::Attributes),
            ("[TOC]", Foreign::Contents),
            ("[[_TOC_]]", Foreign::Contents),
            ("type:: 글", Foreign::Property),
            ("- 상태:: 진행", Foreign::Property),
            ("--8<-- \"x.md\"", Foreign::Include),
            ("{{#include x.rs}}", Foreign::Include),
            ("<Tabs>\n</Tabs>", Foreign::Component),
            ("<Card title=\"x\" />", Foreign::Component),
            ("import Tabs from '@theme/Tabs'", Foreign::Import),
        ] {
            assert_kind(text, Some(kind));
        }
    }

    #[test]
    fn what_is_only_like_it_is_not() {
        for text in [
            "::1 은 주소다",
            "std::vec 과 a::b",
            "a:: ",
            "!!! 정말",
            "===",
            "{{ x }} 와 {%d} 와 {#id}",
            "`x` {: 뜻 }",
            "Vec<String> 과 <T>",
            "import 는 예약어다",
            "<!-- ::: tip -->",
            "<pre>\n::: tip\n</pre>",
            "<script setup>\nimport x from 'y'\n</script>",
        ] {
            assert_kind(text, None);
        }
        let code = 0..16;
        assert_eq!(find("```\n::: tip\n```\n", &[code]), []);
        let code = 0..7;
        let found = find("`<pre>`\n::: tip\n`</pre>`\n", &[code]);
        assert_eq!(found.len(), 1, "an element that is code is none");
    }

    #[test]
    fn each_kind_is_found_once() {
        let found = find("::: a\n:::\n::: b\n:::\n!!! note\n", &[]);
        assert_eq!(found, [(Foreign::Container, 0), (Foreign::Admonition, 20)]);
    }
}
