//! Hand-drawn pictures: `assets/diagrams/<basename>/<slot>.svg`, sources like the documents, each
//! with the hash of the diagram that it was drawn from.
//!
//! Not here: what a picture looks like (`diagram`), and reading files (`pipeline`).

use std::collections::BTreeMap;

use crate::fingerprint::Fingerprint;
use crate::markdown::outline::Diagram;

use super::corpus::{Corpus, DocId};

/// The folder of hand-drawn pictures, relative to the site.
pub const FOLDER: &str = "assets/diagrams";
/// The attribute of the root that holds the hash of the diagram's source.
pub const DRAWN_FROM: &str = "data-drawn-from";

/// The file of a hand-drawn picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawingFile {
    /// Relative to the site.
    pub path: String,
    /// Hash of its bytes.
    pub print: Fingerprint,
    /// Hash of the source that it was drawn from; `None` if the file does not contain it.
    pub drawn_from: Option<Fingerprint>,
}

impl DrawingFile {
    /// Whether the diagram changed after it was drawn; `false` if the picture does not contain its
    /// source's hash.
    pub fn is_outdated(&self, diagram: &Diagram) -> bool {
        self.drawn_from
            .is_some_and(|print| print != source_print(diagram))
    }
}

/// The hash of a diagram's source as pictures contain it. A blank line at the end makes no
/// difference.
pub fn source_print(diagram: &Diagram) -> Fingerprint {
    Fingerprint::of(diagram.source.trim_end().as_bytes())
}

/// The path of a slot's picture, relative to the site.
pub fn path(basename: &str, slot: &str) -> String {
    format!("{FOLDER}/{basename}/{slot}.svg")
}

/// Every hand-drawn picture, and the diagram it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawings {
    /// By document and index of the diagram in the outline.
    placed: BTreeMap<(DocId, usize), DrawingFile>,
    /// Pictures whose slot does not exist, by path; with the document, if it exists.
    pub unplaced: Vec<(Option<DocId>, DrawingFile)>,
}

impl Drawings {
    /// Assigns each picture to its slot.
    pub fn new(corpus: &Corpus, pictures: impl IntoIterator<Item = DrawingFile>) -> Self {
        let mut drawings = Self::default();
        for picture in pictures {
            let (document, diagram) = slot_of(corpus, &picture.path);
            match (document, diagram) {
                (Some(id), Some(index)) => {
                    drawings.placed.insert((id, index), picture);
                }
                _ => drawings.unplaced.push((document, picture)),
            }
        }
        drawings
            .unplaced
            .sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
        drawings
    }

    /// Assigns each picture again, after a document changed.
    pub fn assign_again(&mut self, corpus: &Corpus) {
        let Self { placed, unplaced } = std::mem::take(self);
        let unplaced = unplaced.into_iter().map(|(_, picture)| picture);
        *self = Self::new(corpus, placed.into_values().chain(unplaced));
    }

    /// The picture of a document's diagram, by its index in the outline.
    pub fn get(&self, id: DocId, index: usize) -> Option<&DrawingFile> {
        self.placed.get(&(id, index))
    }

    /// Pictures with their document and the index of their diagram.
    pub fn placed(&self) -> impl Iterator<Item = (DocId, usize, &DrawingFile)> {
        self.placed
            .iter()
            .map(|((id, index), picture)| (*id, *index, picture))
    }

    /// Pictures of a document whose slot does not exist.
    pub fn unplaced_of(&self, id: DocId) -> impl Iterator<Item = &DrawingFile> {
        let of = self.unplaced.iter();
        of.filter(move |(document, _)| *document == Some(id))
            .map(|(_, picture)| picture)
    }
}

fn slot_of(corpus: &Corpus, path: &str) -> (Option<DocId>, Option<usize>) {
    let inside = path
        .strip_prefix(FOLDER)
        .and_then(|rest| rest.strip_prefix('/'))
        .and_then(|rest| rest.strip_suffix(".svg"));
    let Some((basename, slot)) = inside.and_then(|inside| inside.split_once('/')) else {
        return (None, None);
    };
    let Some(id) = corpus.find(basename) else {
        return (None, None);
    };
    let diagrams = &corpus.get(id).outline.diagrams;
    (Some(id), diagrams.iter().position(|d| d.slot == slot))
}
