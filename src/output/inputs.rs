//! The inputs of a page besides its document, by kind, so that docsite can say why a page is out of
//! date.
//!
//! A page's key alone decides whether it is up to date; this only explains it, so 16 bits for each
//! kind are enough. It hashes nothing that the key leaves out: a page that is up to date keeps its
//! mark, and its bytes must be those of a clean build. Not here: the key (`render`), and where both
//! are stored (`mark`).

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fingerprint::Parts;
use crate::markdown::html::LinkHtml;

use super::view::{PageView, PathView, RowView};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    Tool,
    /// Templates, built-in or of the site.
    Templates,
    /// Keys of `docsite.toml` that this page shows.
    Settings,
    /// Names of topics and types that this page shows.
    Labels,
    /// Titles, summaries and marks of other documents that this page shows.
    Neighbours,
    /// The targets of its links, and which documents link to it with which words.
    Links,
    /// Its position on the reading path.
    Flow,
    /// Sizes of attachments and pictures.
    Files,
    /// Pictures in its slots.
    Drawings,
    /// The days that its document does not say.
    History,
}

impl Input {
    /// In the order of the mark.
    const ALL: [Self; 10] = [
        Self::Tool,
        Self::Templates,
        Self::Settings,
        Self::Labels,
        Self::Neighbours,
        Self::Links,
        Self::Flow,
        Self::Files,
        Self::Drawings,
        Self::History,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::Tool => "docsite itself",
            Self::Templates => "the templates",
            Self::Settings => "the settings",
            Self::Labels => "the name of a topic or type",
            Self::Neighbours => "the title or summary of a neighbour",
            Self::Links => "the links to or from it",
            Self::Flow => "its place in the flow",
            Self::Files => "the size of a linked file",
            Self::Drawings => "a drawing",
            Self::History => "its history in git",
        }
    }
}

/// Truncated hashes of a page's inputs, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs([u16; Input::ALL.len()]);

impl Inputs {
    /// The number of hexadecimal digits of all hashes.
    pub const DIGITS: usize = 4 * Input::ALL.len();

    pub fn parse(digits: &str) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if digits.len() != Self::DIGITS || !digits.bytes().all(is_digit) {
            return None;
        }
        let mut inputs = [0; Input::ALL.len()];
        for (at, input) in inputs.iter_mut().enumerate() {
            *input = u16::from_str_radix(&digits[4 * at..4 * at + 4], 16).ok()?;
        }
        Some(Self(inputs))
    }
}

impl fmt::Display for Inputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|input| write!(f, "{input:04x}"))
    }
}

/// The kinds of input that changed since a page was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed(Vec<Input>);

impl Changed {
    /// The difference between what a page was made from and what it would be made from now. An
    /// older docsite wrote no inputs, or different ones.
    pub fn between(before: Option<Inputs>, now: Inputs) -> Self {
        let Some(before) = before else {
            return Self(vec![Input::Tool]);
        };
        let pairs = Input::ALL.into_iter().zip(before.0.iter().zip(now.0));
        let mut changed: Vec<Input> = pairs
            .filter_map(|(input, (before, now))| (*before != now).then_some(input))
            .collect();
        if changed.first() == Some(&Input::Tool) {
            changed.truncate(1);
        }
        // Other neighbours have other titles and topics.
        if changed.contains(&Input::Links) || changed.contains(&Input::Flow) {
            changed.retain(|input| !matches!(input, Input::Labels | Input::Neighbours));
        }
        Self(changed)
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.len().saturating_sub(1);
        for (at, input) in self.0.iter().enumerate() {
            let before = match at {
                0 => "",
                _ if at == last => " and ",
                _ => ", ",
            };
            write!(f, "{before}{}", input.words())?;
        }
        match self.0.len() {
            0 => f.write_str("something that it shows changed"),
            _ => f.write_str(" changed"),
        }
    }
}

/// Hashes inputs, each in its kind.
#[derive(Debug, Default)]
pub(super) struct Hashes([Parts; Input::ALL.len()]);

impl Hashes {
    pub(super) fn add(&mut self, input: Input, part: impl AsRef<[u8]>) {
        self.0[input as usize].push(part);
    }

    /// Adds what a page shows besides its own document.
    pub(super) fn add_view(&mut self, view: &PageView<'_>) {
        let site = &view.site;
        for text in [site.title, site.description, site.language, site.base_url] {
            self.add(Input::Settings, text);
        }
        let mut labels = BTreeSet::new();
        for label in [&view.doc.topic, &view.doc.kind] {
            labels.insert((label.prefix, label.name));
        }
        let backlinks = || view.backlinks.iter().chain(&view.mutual);
        let rows = backlinks().map(|link| &link.row);
        for row in rows.chain(&view.outgoing) {
            labels.insert((row.topic.prefix, row.topic.name));
            labels.insert((row.kind.prefix, row.kind.name));
        }
        for (prefix, name) in labels {
            self.add(Input::Labels, prefix);
            self.add(Input::Labels, name);
        }
        let doc = &view.doc;
        self.add(Input::Drawings, [u8::from(doc.viz)]);
        self.add(Input::History, doc.date);
        self.add(Input::History, doc.updated);
        let successor = doc.deprecated.as_ref();
        if let Some(link) = successor.and_then(|deprecated| deprecated.successor.as_ref()) {
            self.add(Input::Links, &link.href);
            self.add(Input::Neighbours, link.title);
        }
        if let Some(path) = &view.path {
            self.add_path(Input::Flow, path);
        }
        if let Some(shelf) = &view.shelf {
            self.add_path(Input::Neighbours, shelf);
        }
        self.add(Input::Links, format!("{} mutual", view.mutual.len()));
        for link in backlinks() {
            self.add_row(&link.row);
            for text in [link.before, link.label, link.after] {
                self.add(Input::Links, text);
            }
        }
        for row in &view.outgoing {
            self.add_row(row);
        }
        for attachment in &view.attachments {
            self.add(Input::Links, attachment.path);
            self.add(Input::Files, &attachment.size);
        }
    }

    fn add_row(&mut self, row: &RowView<'_>) {
        self.add(Input::Links, row.basename);
        for text in [row.title, row.summary, row.note] {
            self.add(Input::Neighbours, text);
        }
        let marks = [u8::from(row.viz), u8::from(row.deprecated)];
        self.add(Input::Neighbours, marks);
    }

    fn add_path(&mut self, order: Input, path: &PathView<'_>) {
        self.add(order, path.stage);
        self.add(order, format!("{} {}", path.position, path.total));
        for step in [&path.previous, &path.next].into_iter().flatten() {
            self.add(order, &step.href);
            self.add(order, step.stage);
            self.add(order, format!("{} {}", step.position, step.total));
            self.add(Input::Neighbours, step.title);
            self.add(Input::Neighbours, step.why);
        }
        for sibling in &path.siblings {
            self.add(order, &sibling.href);
            self.add(Input::Neighbours, sibling.title);
        }
    }

    /// Adds how a page shows one of its document's links.
    pub(super) fn add_link(&mut self, link: &LinkHtml) {
        self.add(Input::Links, link.href.as_deref().unwrap_or("-"));
        self.add(Input::Links, link.class);
        self.add(Input::Neighbours, link.label.as_deref().unwrap_or_default());
        self.add(Input::Files, format!("{:?}", link.size));
    }

    pub(super) fn finish(&self) -> Inputs {
        Inputs(self.0.each_ref().map(|parts| parts.finish().short()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashed(parts: &[(Input, &str)]) -> Inputs {
        let mut hashes = Hashes::default();
        for (input, part) in parts {
            hashes.add(*input, part);
        }
        hashes.finish()
    }

    #[test]
    fn inputs_read_back() {
        let inputs = hashed(&[(Input::Flow, "1 3")]);
        assert_eq!(Inputs::parse(&inputs.to_string()), Some(inputs));
        assert_eq!(Inputs::parse("12"), None);
        assert_eq!(Inputs::parse(&"+".repeat(Inputs::DIGITS)), None);
    }

    #[test]
    fn what_changed_is_named() {
        let before = hashed(&[]);
        let says = |parts: &[(Input, &str)]| {
            let changed = Changed::between(Some(before), hashed(parts));
            changed.to_string()
        };
        assert_eq!(says(&[(Input::Templates, "x")]), "the templates changed");
        assert_eq!(
            says(&[
                (Input::Settings, "x"),
                (Input::Links, "x"),
                (Input::Flow, "x")
            ]),
            "the settings, the links to or from it and its place in the flow changed"
        );
        assert_eq!(says(&[]), "something that it shows changed");
    }

    #[test]
    fn another_docsite_is_named_alone() {
        let (before, now) = (
            hashed(&[]),
            hashed(&[(Input::Tool, "2"), (Input::Flow, "x")]),
        );
        for before in [Some(before), None] {
            let changed = Changed::between(before, now);
            assert_eq!(changed.to_string(), "docsite itself changed");
        }
    }
}
