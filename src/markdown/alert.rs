//! The first line of an alert, `> [!NOTE] title`: its kind, whether it can be folded, and where the
//! title begins. The five kinds are GitHub's; any other word makes a note with that word as its
//! title.
//!
//! Not here: the alert's HTML, and what follows its first line.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

/// The marker of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker<'t> {
    pub kind: Kind,
    /// Another kind, as written: `EXAMPLE`.
    pub custom: Option<&'t str>,
    /// `[!NOTE]-` and `[!NOTE]+` can be folded; the second is open at first.
    pub fold: Option<Fold>,
    /// The offset of the title in the text.
    pub end: usize,
}

impl Marker<'_> {
    /// What a reader sees of a text that begins with the marker, except for the titles of GitHub's
    /// kinds.
    pub fn without<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match (self.custom, &text[self.end..]) {
            (Some(word), "") => Cow::Owned(custom_title(word)),
            (_, title) => Cow::Borrowed(title),
        }
    }
}

/// Follows the events of a body: the first text of a quote may begin with a marker.
#[derive(Debug, Default)]
pub struct Quotes {
    is_at_start: bool,
}

impl Quotes {
    /// The marker with which the text of the next event begins.
    pub fn marker<'e>(&mut self, event: &'e Event<'_>) -> Option<Marker<'e>> {
        match event {
            Event::Start(Tag::BlockQuote(_)) => self.is_at_start = true,
            Event::Start(Tag::Paragraph) => {}
            Event::Text(text) if std::mem::take(&mut self.is_at_start) => return marker(text),
            _ => self.is_at_start = false,
        }
        None
    }
}

/// The kinds, in the order of their titles in `labels::Labels`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// The initial state of an alert that can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// `[!NOTE]+`
    Open,
    /// `[!NOTE]-`
    Closed,
}

/// In bytes: a longer word is not a kind.
const LONGEST_KIND: usize = 40;

impl Kind {
    /// Its class in a page.
    pub fn class(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [
            Self::Note,
            Self::Tip,
            Self::Important,
            Self::Warning,
            Self::Caution,
        ]
        .into_iter()
        .find(|kind| kind.class().eq_ignore_ascii_case(word))
    }
}

/// Reads the marker at the beginning of a block quote's first text.
pub fn marker(text: &str) -> Option<Marker<'_>> {
    let inner = text.strip_prefix("[!")?;
    let (word, rest) = inner.split_once(']')?;
    let is_word = !word.is_empty()
        && word.chars().count() <= LONGEST_KIND
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
        && word.trim() == word;
    if !is_word {
        return None;
    }
    let fold = match rest.as_bytes().first() {
        Some(b'-') => Some(Fold::Closed),
        Some(b'+') => Some(Fold::Open),
        _ => None,
    };
    let rest = if fold.is_some() { &rest[1..] } else { rest };
    // `[!note](target)` and `[!note]word` are text.
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let kind = Kind::of(word);
    Some(Marker {
        kind: kind.unwrap_or(Kind::Note),
        custom: kind.is_none().then_some(word),
        fold,
        end: text.len() - rest.trim_start().len(),
    })
}

/// The title of another kind: `EXAMPLE` is `Example`.
pub fn custom_title(word: &str) -> String {
    let mut letters = word.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    first
        .to_uppercase()
        .chain(letters.flat_map(char::to_lowercase))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_has_a_kind_a_fold_and_an_end() {
        let found = marker("[!NOTE]").expect("a marker");
        assert_eq!(
            (found.kind, found.custom, found.fold, found.end),
            (Kind::Note, None, None, 7)
        );
        let found = marker("[!warning]- 제목").expect("a marker");
        assert_eq!(
            (found.kind, found.fold),
            (Kind::Warning, Some(Fold::Closed))
        );
        assert_eq!(&"[!warning]- 제목"[found.end..], "제목");
        let found = marker("[!예시]+").expect("a marker");
        assert_eq!(
            (found.kind, found.custom, found.fold),
            (Kind::Note, Some("예시"), Some(Fold::Open))
        );
    }

    #[test]
    fn what_only_looks_like_a_marker_is_text() {
        for text in [
            "[NOTE]",
            "[!]",
            "[! NOTE]",
            "[!NOTE",
            "[!NOTE](x)",
            "[!NOTE]x",
            "[!a/b]",
            "x [!NOTE]",
        ] {
            assert_eq!(marker(text), None, "{text}");
        }
    }

    #[test]
    fn a_kind_of_ones_own_names_itself() {
        assert_eq!(custom_title("EXAMPLE"), "Example");
        assert_eq!(custom_title("예시"), "예시");
    }
}
