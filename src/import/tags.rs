//! Tags of shortcodes, of Liquid and of components: `{{< x >}}`, `{{% x %}}`, `{% x %}`, `<X>`.
//!
//! Not here: what they become (`notes`, `blocks`, `inline`).

use super::attributes;
use super::lines::Lines;

/// What opens and what closes a tag.
const FORMS: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];
/// What holds tabs and says nothing itself.
const TABS: [&str; 6] = [
    "tabs",
    "tabpane",
    "tabgroup",
    "codetabs",
    "steps",
    "cardgroup",
];
/// A tab.
const TAB: [&str; 3] = ["tab", "tabitem", "tabpanel"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: String,
    pub(super) is_close: bool,
    /// Whether it holds nothing: `<X />`.
    pub(super) is_empty: bool,
}

impl Tag {
    /// The tag at the beginning of a text, and the text after it.
    pub(super) fn first(text: &str) -> Option<(Self, &str)> {
        for (open, close) in FORMS {
            let Some(rest) = text.strip_prefix(open) else {
                continue;
            };
            let (inside, after) = rest.split_once(close)?;
            let inside = inside.trim().trim_matches('-').trim();
            let is_empty = inside.ends_with('/');
            let inside = inside.trim_end_matches('/').trim_end();
            let is_liquid = open == "{%";
            let (is_close, inside) = match inside.strip_prefix('/') {
                Some(rest) => (true, rest.trim_start()),
                None if is_liquid => match inside.strip_prefix("end") {
                    Some(rest) => (true, rest),
                    None => (false, inside),
                },
                None => (false, inside),
            };
            return Self::read(inside, is_close, is_empty).map(|tag| (tag, after));
        }
        let rest = text.strip_prefix('<')?;
        let (is_close, rest) = rest
            .strip_prefix('/')
            .map_or((false, rest), |rest| (true, rest));
        if !rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let (inside, after) = rest.split_once('>')?;
        let tag = Self::read(
            inside.trim_end_matches('/'),
            is_close,
            inside.ends_with('/'),
        )?;
        Some((tag, after))
    }

    /// The tag that a line is.
    pub(super) fn of_line(line: &str) -> Option<Self> {
        let (tag, rest) = Self::first(line)?;
        rest.trim().is_empty().then_some(tag)
    }

    /// The name of the HTML element whose tag a line is, where its text is Markdown; and the tag
    /// without saying so.
    pub(super) fn with_markdown(line: &str) -> Option<(String, String)> {
        let inside = line.strip_prefix('<')?.strip_suffix('>')?;
        let words: Vec<&str> = inside.split(' ').collect();
        let is_mark = |word: &&str| *word == "markdown" || word.starts_with("markdown=");
        let name = words[0];
        let is_plain = name.bytes().all(|b| b.is_ascii_lowercase()) && !name.is_empty();
        if !is_plain || inside.contains('<') || !words.iter().any(is_mark) {
            return None;
        }
        let kept = words.iter().copied().filter(|word| !is_mark(word));
        let tag = format!("<{}>", kept.collect::<Vec<_>>().join(" "));
        Some((name.to_owned(), tag))
    }

    fn read(inside: &str, is_close: bool, is_empty: bool) -> Option<Self> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        let end = inside.find(|c| !is_name(c)).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        (!name.is_empty()).then(|| Self {
            name: name.to_owned(),
            attributes: attributes.trim().to_owned(),
            is_close,
            is_empty,
        })
    }

    /// The text up to the tag that closes this one, and the text after that.
    pub(super) fn closed_in<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let starts = text.match_indices(['{', '<']).map(|(at, _)| at);
        starts.into_iter().find_map(|at| {
            let (tag, after) = Self::first(&text[at..])?;
            (tag.is_close && tag.name == self.name).then_some((&text[..at], after))
        })
    }

    fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.name.to_lowercase().as_str())
    }

    /// Whether it holds tabs and is dropped.
    pub(super) fn is_tabs(&self) -> bool {
        self.is(&TABS)
    }

    /// The title of the tab that it opens.
    pub(super) fn tab_title(&self) -> Option<String> {
        if !self.is(&TAB) {
            return None;
        }
        let found = attributes::read(&self.attributes);
        let title = attributes::get(
            &found,
            &["label", "title", "name", "header", "", "value", "id"],
        );
        title.map(str::to_owned)
    }

    /// The language of the code that it holds; empty for none.
    pub(super) fn code_language(&self) -> Option<String> {
        if self.is(&["mermaid"]) {
            return Some("mermaid".to_owned());
        }
        if !self.is(&["highlight"]) {
            return None;
        }
        let found = attributes::read(&self.attributes);
        Some(
            attributes::get(&found, &["lang", ""])
                .unwrap_or_default()
                .to_owned(),
        )
    }
}

/// The line that closes a tag, from a line on.
pub(super) fn closing_line(lines: &Lines<'_>, from: usize, tag: &Tag) -> Option<usize> {
    if tag.is_empty {
        return None;
    }
    let mut open = 1_usize;
    let mut is_end = |line: &str| {
        if let Some(other) = Tag::of_line(line.trim()).filter(|other| other.name == tag.name) {
            open = match (other.is_close, other.is_empty) {
                (true, _) => open - 1,
                (false, true) => open,
                (false, false) => open + 1,
            };
        }
        open == 0
    };
    let mut texts = lines.texts_from(from);
    let (end, _) = texts.find(|(_, line)| is_end(line))?;
    Some(end)
}
