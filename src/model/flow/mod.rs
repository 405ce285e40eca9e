//! `flow.json`: the curated reading path.
//!
//! Not here: how it looks (templates), and progress of a reader (the browser keeps that).

pub mod reading;
mod resolve;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::diagnostic::Position;

use super::corpus::DocId;

/// The file's name, beside `markdown/`.
pub const FILE: &str = "flow.json";
/// For editors; printed by `docsite schema flow`.
pub const SCHEMA: &str = include_str!("flow.schema.json");

/// The reading path, with documents that exist and are published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// Of the path as a whole; may be empty.
    pub title: String,
    /// In order.
    pub stages: Vec<Stage>,
    /// Entries whose document is not published, and that no page shows.
    pub waiting: Vec<Waiting>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub name: String,
    pub doc: DocId,
    pub position: Position,
}

/// A stage of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// As written: `2 트래픽 in/out`.
    pub title: String,
    /// Why this stage comes here.
    pub why: String,
    /// In order.
    pub docs: Vec<Step>,
    /// Files that the stage rests on.
    pub attachments: Vec<Attachment>,
    /// Addresses outside of the site.
    pub links: Vec<Outside>,
    /// Where it begins in the file.
    pub position: Position,
}

/// A document on the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub doc: DocId,
    /// Why it comes here; may be empty.
    pub note: String,
}

/// An attachment of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// `attachment/egress/gateway.yaml`
    pub path: String,
    /// May be empty.
    pub label: String,
}

/// A link out of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    pub label: String,
    /// With its scheme, http or https.
    pub url: String,
}

impl Flow {
    /// Where a document is: its stage and its place in it.
    pub fn places(&self) -> BTreeMap<DocId, (usize, usize)> {
        let mut places = BTreeMap::new();
        for (at, stage) in self.stages.iter().enumerate() {
            for (place, step) in stage.docs.iter().enumerate() {
                places.entry(step.doc).or_insert((at, place));
            }
        }
        places
    }
}

/// `2 트래픽 in/out` is stage `2`; a title without a number gets its index from 0.
pub fn numbered(at: usize, title: &str) -> (String, &str) {
    let name = title.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &title[..title.len() - name.len()];
    let rest = name.trim_start_matches(['.', ')', ':', '·', '-', ' ']);
    if number.is_empty() || rest.is_empty() || rest.len() == name.len() {
        (at.to_string(), title)
    } else {
        (number.to_owned(), rest)
    }
}

/// A flow as written: every value with its place, nothing looked up yet.
#[derive(Debug, Clone, Default)]
pub struct RawFlow {
    title: String,
    stages: Vec<RawStage>,
}

#[derive(Debug, Clone)]
struct RawStage {
    title: String,
    why: String,
    docs: Vec<(String, String, Position)>,
    attachments: Vec<(Attachment, Position)>,
    links: Vec<Outside>,
    position: Position,
}

impl RawFlow {
    /// The title of each stage, and its documents with their notes.
    pub fn written(&self) -> Vec<(String, Vec<(String, String)>)> {
        let entry = |(name, note, _): &(String, String, Position)| (name.clone(), note.clone());
        let stages = self.stages.iter();
        stages
            .map(|stage| (stage.title.clone(), stage.docs.iter().map(entry).collect()))
            .collect()
    }
}
