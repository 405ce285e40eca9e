//! Names of files: basenames, `<topic>__<type>-<name>`, the lasting identity of a document; and
//! names of leftover files of editors and operating systems.
//!
//! Not here: what other systems make of a name (`portable`), which topics and types a site lists (`model::settings`), and whether two documents
//! have conflicting names (`model::corpus`).

use std::fmt;
use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::place::spliced;
use crate::portable::{Unportable, folded, unportable};

/// In bytes, on every usual file system.
const LONGEST_FILE_NAME: usize = 255;
/// The longest ending of a document's files.
const LONGEST_ENDING: &str = ".html";
/// Names of pages that docsite makes itself.
pub const RESERVED: [&str; 3] = ["index", "files", "graph"];

/// Characters that stay in a relative link. The rest is percent-encoded, including Hangul, so that
/// every server and every validator reads it alike.
const HREF: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/')
    .remove(b'+')
    .remove(b'@')
    .remove(b',');

/// Whether a file's name is that of a leftover of an editor or operating system: a backup, a lock,
/// a folder's settings. Such files are never published.
pub fn is_leftover(file_name: &str) -> bool {
    const NAMES: [&str; 5] = [
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        ".ds_store",
        // vim tries this name to see whether it may write.
        "4913",
    ];
    const BEGINNINGS: [&str; 4] = ["~$", ".#", ".~lock.", "._"];
    const ENDINGS: [&str; 4] = ["~", ".bak", ".orig", ".rej"];
    let name = file_name.to_lowercase();
    let is_autosave = name.len() > 1 && name.starts_with('#') && name.ends_with('#');
    is_autosave
        || is_swap_file(&name)
        || NAMES.contains(&name.as_str())
        || BEGINNINGS.iter().any(|start| name.starts_with(start))
        || ENDINGS.iter().any(|end| name.ends_with(end))
}

/// vim's swap files: `.swp`, and if that name is taken `.swo`, `.swn` … (but `.swf` is a film).
fn is_swap_file(name: &str) -> bool {
    let last = name.rsplit_once(".sw").map(|(_, last)| last);
    last.is_some_and(|last| matches!(last.as_bytes(), [b'k'..=b'p']))
}

/// Where a text names a document by its basename, with or without an ending: not where another name
/// has this one in it.
pub fn mentions<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let found = text.match_indices(name);
    found.filter_map(move |(at, _)| {
        let end = at + name.len();
        let before = text[..at].chars().next_back();
        let rest = &text[end..];
        let after = rest.strip_prefix('.').unwrap_or(rest);
        let word = after.split(|c: char| !c.is_alphanumeric()).next();
        // A dot belongs to the name, unless it begins an ending or ends a sentence.
        let is_whole = match rest.chars().next() {
            Some('.') => matches!(word, Some("md" | "html" | "json" | "")),
            Some(c) => !is_part(c),
            None => true,
        };
        let is_begun = before.is_some_and(|c| is_part(c) || c == '.');
        (is_whole && !is_begun).then_some(at..end)
    })
}

/// A text in which documents that it names by their basenames have other names: pairs of the old one
/// and the new one.
pub fn renamed(text: &str, names: &[(Basename, Basename)]) -> String {
    let mut found: Vec<(Range<usize>, String)> = names
        .iter()
        .flat_map(|(from, to)| mentions(text, from.as_str()).map(|at| (at, to.to_string())))
        .collect();
    found.sort_by_key(|(at, _)| at.start);
    spliced(text, &found)
}

/// A relative path as a link: `한글.html` becomes `%ED%95%9C%EA%B8%80.html`.
pub fn href(path: &str) -> String {
    utf8_percent_encode(path, HREF).to_string()
}

/// A text as the value of a query, such as `?topic=`, of which a list is separated by commas.
pub fn query_value(text: &str) -> String {
    const VALUE: &AsciiSet = &HREF.add(b'/').add(b'+').add(b'@').add(b',');
    utf8_percent_encode(text, VALUE).to_string()
}

/// Characters that an author must encode in a link: those that end it, and those with another
/// meaning.
const WRITTEN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'`');

/// A relative path as an author writes it in a link: letters of any script stay readable.
pub fn link_text(path: &str) -> String {
    let escape = |c: char| utf8_percent_encode(c.encode_utf8(&mut [0; 4]), WRITTEN).to_string();
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii() {
            text.push_str(&escape(c));
        } else {
            text.push(c);
        }
    }
    text
}

/// A valid basename, in NFC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Basename {
    text: String,
    topic_end: usize,
    kind_end: usize,
}

impl From<Basename> for String {
    fn from(name: Basename) -> Self {
        name.text
    }
}

impl TryFrom<String> for Basename {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text)
    }
}

impl Basename {
    /// Parses a basename; text in another normal form is converted to NFC.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = if is_nfc(text) {
            text.to_owned()
        } else {
            text.nfc().collect()
        };
        check_characters(&text)?;
        let (topic_end, kind_end) = split(&text)?;
        let longest = LONGEST_FILE_NAME - LONGEST_ENDING.len();
        if text.len() > longest {
            return Err(NameError::TooLong {
                bytes: text.len(),
                longest,
            });
        }
        Ok(Self {
            text,
            topic_end,
            kind_end,
        })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `gw` of `gw__guide-egress`.
    pub fn topic(&self) -> &str {
        &self.text[..self.topic_end]
    }

    /// `note-x` of `gw__note-x`.
    pub fn without_topic(&self) -> &str {
        &self.text[self.topic_end + 2..]
    }

    /// The type, `guide` of `gw__guide-egress`.
    pub fn kind(&self) -> &str {
        &self.text[self.topic_end + 2..self.kind_end]
    }

    /// `egress` of `gw__guide-egress`.
    pub fn name(&self) -> &str {
        &self.text[self.kind_end + 1..]
    }

    pub fn page(&self) -> String {
        format!("{}.html", self.text)
    }

    /// The file that says to programs what the document is.
    pub fn about(&self) -> String {
        format!("{}.json", self.text)
    }

    /// The document's path in the site.
    pub fn source(&self) -> String {
        format!("markdown/{}.md", self.text)
    }

    /// The page's address as a relative link.
    pub fn href(&self) -> String {
        href(&self.page())
    }

    /// A form that two names share if some file system treats them as the same.
    pub fn folded(&self) -> String {
        folded(&self.text)
    }
}

impl fmt::Display for Basename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn check_characters(text: &str) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    let stem = text.split('.').next().unwrap_or(text);
    if RESERVED.iter().any(|word| stem.eq_ignore_ascii_case(word)) {
        return Err(NameError::Reserved(stem.to_lowercase()));
    }
    if let Some(separator) = text.chars().find(|c| matches!(c, '/' | '\\')) {
        return Err(NameError::Separator(separator));
    }
    if let Some(other) = text.chars().find(|c| !is_allowed(*c)) {
        return Err(NameError::Character(other));
    }
    if let Some(first) = text.chars().next().filter(|c| matches!(c, '.' | '-')) {
        return Err(NameError::Begins(first));
    }
    unportable(text).map_or(Ok(()), |why| Err(NameError::Unportable(why)))
}

/// `-`, `_`, `.`, digits and letters of any script.
fn is_allowed(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Where topic and type end, in bytes.
fn split(text: &str) -> Result<(usize, usize), NameError> {
    let topic_end = text.find("__").ok_or(NameError::NoTopic)?;
    let rest = topic_end + 2;
    let kind_end = rest + text[rest..].find('-').ok_or(NameError::NoType)?;
    if topic_end == 0 {
        return Err(NameError::NoTopic);
    }
    if kind_end == rest {
        return Err(NameError::NoType);
    }
    if kind_end + 1 == text.len() {
        return Err(NameError::NoName);
    }
    Ok((topic_end, kind_end))
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    Empty,
    /// One of docsite's own pages.
    Reserved(String),
    /// `/` or `\`: documents are not in folders.
    Separator(char),
    /// A character that no basename contains.
    Character(char),
    /// A leading `.` (a hidden file) or `-` (which looks like an option).
    Begins(char),
    /// Windows cannot have a file of this name.
    Unportable(Unportable),
    /// No `__`, or nothing before it.
    NoTopic,
    /// No type between `__` and the first `-`.
    NoType,
    NoName,
    /// Longer than a file name with its ending may be.
    TooLong {
        bytes: usize,
        longest: usize,
    },
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::Reserved(word) => write!(f, "is taken: docsite itself makes `{word}`"),
            Self::Separator(c) => write!(f, "has a `{c}`; documents are not in folders"),
            Self::Character(' ') => f.write_str("has a space; use a dash"),
            Self::Character(c) if c.is_control() || c.is_whitespace() => {
                write!(
                    f,
                    "has U+{:04X}, which file names should not contain",
                    *c as u32
                )
            }
            Self::Character(c) if is_printable(*c) => write!(
                f,
                "has `{c}`; a basename contains letters, digits, `-`, `_` and `.`"
            ),
            Self::Character(c) => write!(f, "has U+{:04X}, which is invisible", *c as u32),
            Self::Begins(c) => write!(f, "begins with `{c}`"),
            Self::Unportable(why) => why.fmt(f),
            Self::NoTopic => f.write_str("has no topic: it must be `<topic>__<type>-<name>`"),
            Self::NoType => {
                f.write_str("has no type after `__`: it must be `<topic>__<type>-<name>`")
            }
            Self::NoName => f.write_str("has nothing after its type"),
            Self::TooLong { bytes, longest } => write!(
                f,
                "has {bytes} bytes; with its extension a file name can have {longest}"
            ),
        }
    }
}

impl std::error::Error for NameError {}

/// Neither a format character (bidirectional marks, zero widths) nor private, nor unassigned.
fn is_printable(c: char) -> bool {
    use unicode_properties::{GeneralCategoryGroup as Group, UnicodeGeneralCategory};
    c.general_category_group() != Group::Other
}

/// The valid basename nearest to an invalid one, given the topics and types that the site lists.
pub fn suggest(text: &str, topics: &[&str], kinds: &[&str]) -> Option<String> {
    let text: String = text.nfc().collect();
    let text = text.rsplit(['/', '\\']).next().unwrap_or_default();
    let text = text
        .strip_suffix(".md")
        .or_else(|| text.strip_suffix(".html"))
        .unwrap_or(text);
    let mut clean = String::new();
    for c in text.chars() {
        match c {
            c if is_allowed(c) => clean.push(c),
            _ if !clean.ends_with('-') => clean.push('-'),
            _ => {}
        }
    }
    let clean = clean.trim_matches(['-', '.', '_']);
    if clean.is_empty() {
        return None;
    }
    let (topic, rest) = guess_topic(clean, topics);
    let rest = rest.trim_start_matches(['_', '-', '.']);
    let typed = kinds
        .iter()
        .find_map(|kind| Some((*kind, cut_prefix(rest, kind)?)));
    let guess = match (rest.find('-'), typed) {
        (_, Some((kind, name))) if !name.is_empty() => format!("{topic}__{kind}-{name}"),
        (Some(at), None) if at > 0 && clean.contains("__") => format!("{topic}__{rest}"),
        _ => format!("{topic}__{}-{rest}", kinds.first().unwrap_or(&"note")),
    };
    Basename::parse(&guess).ok().map(|name| name.text)
}

fn guess_topic<'a>(text: &'a str, topics: &[&'a str]) -> (&'a str, &'a str) {
    if let Some((topic, rest)) = text.split_once("__") {
        return (topic, rest);
    }
    let listed = topics
        .iter()
        .find_map(|topic| Some((*topic, cut_prefix(text, topic)?)));
    listed.unwrap_or((topics.first().copied().unwrap_or("topic"), text))
}

/// The text after `prefix` and a `-`, `_` or `.`, in any case.
fn cut_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    let tail = &text[prefix.len()..];
    (head.eq_ignore_ascii_case(prefix) && tail.starts_with(['-', '_', '.']))
        .then(|| tail.trim_start_matches(['-', '_', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_and_the_program_name_a_page_alike() {
        let cases = include_str!("../tests/scripts/names.json");
        let cases: Vec<serde_json::Value> = serde_json::from_str(cases).expect("JSON");
        for case in &cases {
            let name = case["name"].as_str().expect("a name");
            assert_eq!(case["href"], href(&format!("{name}.html")));
        }
    }

    #[test]
    fn leftovers_are_recognised_by_their_names() {
        for name in [
            "a.yaml~",
            "~",
            "#a.yaml#",
            ".#a.yaml",
            "a.yaml.swp",
            ".a.swo",
            "a.bak",
            "a.BAK",
            "a.orig",
            "~$a.docx",
            "Thumbs.db",
            "thumbs.db",
            ".DS_Store",
            "desktop.ini",
            "4913",
            "._a.png",
            ".~lock.a.odt#",
        ] {
            assert!(is_leftover(name), "{name}");
        }
        for name in [
            "a.yaml",
            "#a",
            "a#",
            "#",
            "a.swift",
            "a.sw",
            "a.swf",
            "swp",
            "bak",
            "a.bak.yaml",
            "a~b",
            "$a",
            "14913",
            "orig.md",
            "back.origin",
            "a.sws",
            "c#",
        ] {
            assert!(!is_leftover(name), "{name}");
        }
    }

    fn error(text: &str) -> NameError {
        Basename::parse(text).expect_err(text)
    }

    #[test]
    fn a_basename_splits_at_the_first_double_underscore_and_the_first_dash() {
        let name = Basename::parse("gw__report-2026-06-07_ingress__egress").expect("valid");
        assert_eq!(name.topic(), "gw");
        assert_eq!(name.kind(), "report");
        assert_eq!(name.name(), "2026-06-07_ingress__egress");
        assert_eq!(name.page(), "gw__report-2026-06-07_ingress__egress.html");
    }

    #[test]
    fn decomposed_hangul_is_the_same_name() {
        let decomposed = "gw__note-\u{1112}\u{1161}\u{11ab}";
        let name = Basename::parse(decomposed).expect("valid");
        assert_eq!(name.as_str(), "gw__note-한");
        assert_eq!(name.href(), "gw__note-%ED%95%9C.html");
    }

    #[test]
    fn each_wrong_name_is_reported_with_what_is_wrong() {
        assert_eq!(error(""), NameError::Empty);
        assert_eq!(error("index"), NameError::Reserved("index".into()));
        assert_eq!(error("Graph.json"), NameError::Reserved("graph".into()));
        assert_eq!(error("../gw__note-x"), NameError::Separator('/'));
        assert_eq!(error("gw__note-a\\b"), NameError::Separator('\\'));
        assert_eq!(error("gw__note-a\nb"), NameError::Character('\n'));
        assert_eq!(
            error("gw__note-\u{202e}x"),
            NameError::Character('\u{202e}')
        );
        assert_eq!(error("gw__note-a b"), NameError::Character(' '));
        assert_eq!(error(".hidden__note-x"), NameError::Begins('.'));
        let unportable = |name| matches!(error(name), NameError::Unportable(_));
        assert!(unportable("gw__note-x.") && unportable("con.d__note-x"));
        assert_eq!(error("gw-note-x"), NameError::NoTopic);
        assert_eq!(error("__note-x"), NameError::NoTopic);
        assert_eq!(error("gw__note"), NameError::NoType);
        assert_eq!(error("gw__-x"), NameError::NoType);
        assert_eq!(error("gw__note-"), NameError::NoName);
        assert!(matches!(
            error(&format!("gw__note-{}", "가".repeat(81))),
            NameError::TooLong {
                bytes: 252,
                longest: 250
            }
        ));
    }

    #[test]
    fn a_wrong_name_gets_the_nearest_right_one() {
        let near = |text| suggest(text, &["gw", "xds"], &["note", "guide"]);
        assert_eq!(near("gw_guide-egress").as_deref(), Some("gw__guide-egress"));
        assert_eq!(
            near("gw__guide egress").as_deref(),
            Some("gw__guide-egress")
        );
        assert_eq!(near("notes/xds__note-a.md").as_deref(), Some("xds__note-a"));
        assert_eq!(
            near("egress canary").as_deref(),
            Some("gw__note-egress-canary")
        );
        assert_eq!(near("xds__egress").as_deref(), Some("xds__note-egress"));
        assert_eq!(near("guide-a b").as_deref(), Some("gw__guide-a-b"));
        assert_eq!(near("///"), None);
    }
}
