//! Pictures that somebody drew by hand: `assets/diagrams/<basename>/<slot>.svg`, each a source of
//! its own beside the document, with the hash of the diagram that it was drawn from.
//!
//! Not here: what a picture looks like (`diagram`), and reading files (`pipeline`).

use std::collections::BTreeMap;

use crate::fingerprint::Fingerprint;
use crate::markdown::outline::Diagram;

use super::corpus::{Corpus, DocId};

/// Where they are, relative to the site.
pub const FOLDER: &str = "assets/diagrams";
/// The attribute of the root that holds the hash of the diagram's source.
pub const DRAWN_FROM: &str = "data-drawn-from";

/// A file that somebody drew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawingFile {
    /// Relative to the site.
    pub path: String,
    /// Of its bytes.
    pub print: Fingerprint,
    /// Of the diagram's source as it was then; none where the file does not say.
    pub drawn_from: Option<Fingerprint>,
}

impl DrawingFile {
    /// Whether the diagram changed after it was drawn. A picture that does not say what it was
    /// drawn from is not accused.
    pub fn is_outdated(&self, diagram: &Diagram) -> bool {
        self.drawn_from
            .is_some_and(|print| print != source_print(diagram))
    }
}

/// The hash of a diagram's source, as a picture remembers it. A blank line at its end is not a change.
pub fn source_print(diagram: &Diagram) -> Fingerprint {
    Fingerprint::of(diagram.source.trim_end().as_bytes())
}

/// The path of a slot's picture, relative to the site.
pub fn path(basename: &str, slot: &str) -> String {
    format!("{FOLDER}/{basename}/{slot}.svg")
}

/// Every picture, and where it belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawings {
    /// By document and the place of its diagram in the outline.
    placed: BTreeMap<(DocId, usize), DrawingFile>,
    /// Those in whose slot there is no diagram, by path; with the document, where there is one.
    pub unplaced: Vec<(Option<DocId>, DrawingFile)>,
}

impl Drawings {
    /// Finds the slot of each.
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

    /// The picture of a document's diagram, by its place in the outline.
    pub fn get(&self, id: DocId, index: usize) -> Option<&DrawingFile> {
        self.placed.get(&(id, index))
    }

    /// Every picture that has its diagram.
    pub fn placed(&self) -> impl Iterator<Item = (DocId, usize, &DrawingFile)> {
        self.placed
            .iter()
            .map(|((id, index), picture)| (*id, *index, picture))
    }

    /// Pictures of a document that no diagram takes.
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
