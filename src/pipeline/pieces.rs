//! The derived files of which a large site has many: parts of the catalogue, and of the previews, and
//! what programs read about each document. One that does not exist yet is made when it is written, so that they are never all in memory.
//!
//! Not here: what they show (`output`), and whether they are written (`plan`).

use std::collections::BTreeSet;

use anyhow::Result;

use crate::model::corpus::DocId;
use crate::output::about;
use crate::output::parts::Part;
use crate::output::previews::Shelves;
use crate::output::render::Renderer;

use super::paths::OWN_FOLDER;
use super::site::Refused;

/// One of these files, by its place in `Pieces` or its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Page(usize),
    Graph(usize),
    Previews(usize),
    About(DocId),
}

/// All these files of a site.
pub struct Pieces<'a> {
    pub renderer: &'a Renderer<'a>,
    /// None where the catalogue is whole.
    pub parts: Vec<Part<'a>>,
    shelves: Shelves<'a>,
    /// Documents of which nothing new is known.
    unsound: &'a BTreeSet<DocId>,
}

impl<'a> Pieces<'a> {
    pub fn of(renderer: &'a Renderer<'a>, unsound: &'a BTreeSet<DocId>) -> Self {
        Self {
            renderer,
            unsound,
            parts: renderer.parts(),
            shelves: Shelves::of(renderer.catalogue()),
        }
    }

    /// Every one, in the order in which they are written.
    pub fn all(&self) -> Vec<Piece> {
        let parts = 0..self.parts.len();
        let parts = parts.flat_map(|at| [Piece::Page(at), Piece::Graph(at)]);
        let previews = (0..self.shelves.count()).map(Piece::Previews);
        let published = self.renderer.catalogue().published.iter();
        let sound = published.filter(|id| !self.unsound.contains(id));
        let about = sound.map(|id| Piece::About(*id));
        previews.chain(parts).chain(about).collect()
    }

    /// Relative to the output.
    pub fn path(&self, piece: Piece) -> String {
        match piece {
            Piece::Page(at) => self.parts[at].page(),
            Piece::Graph(at) => self.parts[at].graph(),
            Piece::Previews(at) => format!("{OWN_FOLDER}{}.js", Shelves::name(at)),
            Piece::About(id) => self.renderer.catalogue().corpus.get(id).name.about(),
        }
    }

    /// Whether it is docsite's own, and replaced even if somebody changed it.
    pub fn is_own(piece: Piece) -> bool {
        matches!(piece, Piece::Previews(_))
    }

    /// # Errors
    ///
    /// If a template fails, or a value cannot be written as JSON.
    pub fn bytes(&self, piece: Piece) -> Result<Vec<u8>> {
        match piece {
            Piece::Page(at) => {
                let page = self.renderer.part_page(&self.parts, at);
                Ok(page.map_err(Refused::one)?)
            }
            Piece::Graph(at) => self.renderer.part_graph(&self.parts[at]),
            Piece::Previews(at) => self.renderer.previews(&self.shelves, at),
            Piece::About(id) => about::bytes(self.renderer.catalogue(), id),
        }
    }
}
