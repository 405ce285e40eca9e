//! The derived files of which a large site has many: parts of the catalogue, and of the previews, and
//! what programs read about each document, and the pages of attachments. One that does not exist yet is
//! made when it is written, so that they are never all in memory.
//!
//! Not here: what they show (`output`), and whether they are written (`plan`).

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::model::corpus::DocId;
use crate::model::viewer;
use crate::output::about;
use crate::output::page_state::Found;
use crate::output::parts::Part;
use crate::output::previews::Shelves;
use crate::output::render::Renderer;
use crate::output::viewer::Attachments;

use super::attachments::{LONGEST_TEXT, text_of};
use super::copies;
use super::discover::contents::Unread;
use super::paths::OWN_FOLDER;
use super::resolve::Resolved;
use super::site::{Refused, Site};
use super::stat_index::StatIndex;

/// One of these files, by its place in `Pieces` or its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Page(usize),
    Graph(usize),
    Previews(usize),
    About(DocId),
    Attachment(usize),
    Folder(usize),
}

/// All these files of a site.
pub struct Pieces<'a> {
    pub renderer: &'a Renderer<'a>,
    /// None where the catalogue is whole.
    pub parts: Vec<Part<'a>>,
    shelves: Shelves<'a>,
    attachments: Attachments<'a>,
    /// Files and folders with a page of their own, and these pages.
    files: Vec<(&'a str, String)>,
    folders: Vec<(&'a str, String)>,
    root: &'a Path,
    /// Documents of which nothing new is known.
    unsound: &'a BTreeSet<DocId>,
    unread: &'a Unread,
}

impl<'a> Pieces<'a> {
    pub fn of(site: &'a Site, resolved: &'a Resolved, renderer: &'a Renderer<'a>) -> Self {
        let attachments = Attachments::of(renderer.catalogue());
        let page = |path: &&'a str| Some((*path, viewer::page(path)?));
        let files = attachments.files.keys();
        let known = files.filter(|path| !resolved.unread.covers(path));
        Self {
            renderer,
            parts: renderer.parts(),
            shelves: Shelves::of(renderer.catalogue()),
            files: known.filter_map(page).collect(),
            folders: attachments.folders.iter().filter_map(page).collect(),
            attachments,
            root: &site.root,
            unsound: &resolved.unsound,
            unread: &resolved.unread,
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
        let files = (0..self.files.len()).map(Piece::Attachment);
        let folders = (0..self.folders.len()).map(Piece::Folder);
        let others = about.chain(files).chain(folders);
        previews.chain(parts).chain(others).collect()
    }

    /// Relative to the output.
    pub fn path(&self, piece: Piece) -> String {
        match piece {
            Piece::Page(at) => self.parts[at].page(),
            Piece::Graph(at) => self.parts[at].graph(),
            Piece::Previews(at) => format!("{OWN_FOLDER}{}.js", Shelves::name(at)),
            Piece::About(id) => self.renderer.catalogue().corpus.get(id).name.about(),
            Piece::Attachment(at) => self.files[at].1.clone(),
            Piece::Folder(at) => self.folders[at].1.clone(),
        }
    }

    /// Pages that stay as they are, since what they are made from cannot be read now.
    pub fn kept(&self) -> impl Iterator<Item = String> {
        let corpus = &self.renderer.catalogue().corpus;
        let about = self.unsound.iter().map(|id| corpus.get(*id).name.about());
        let unread = self.attachments.files.keys();
        let unread = unread.filter(|path| self.unread.covers(path));
        about.chain(unread.filter_map(|path| viewer::page(path)))
    }

    /// Whether it is docsite's own, and replaced even if somebody changed it.
    pub fn is_own(piece: Piece) -> bool {
        matches!(piece, Piece::Previews(_))
    }

    /// The key of one that need not be made to know whether it would be the same as what was found.
    /// Of a file that cannot be read, the page stays as it is.
    ///
    /// # Errors
    ///
    /// If a view cannot be written as JSON.
    pub fn key(
        &self,
        piece: Piece,
        index: &StatIndex,
        found: &Found,
    ) -> Result<Option<Fingerprint>> {
        let Piece::Attachment(at) = piece else {
            return Ok(None);
        };
        let (path, page) = &self.files[at];
        let view = self.attachments.file(path, page, LONGEST_TEXT);
        match copies::print(index, path, &self.root.join(path)) {
            Ok((print, _)) => Ok(Some(self.renderer.attachment_key(&view, print)?)),
            Err(_) => Ok(found.mark().map(|mark| mark.key)),
        }
    }

    /// # Errors
    ///
    /// If a template fails, or a value cannot be written as JSON.
    pub fn bytes(&self, piece: Piece) -> Result<Vec<u8>> {
        let made = match piece {
            Piece::Page(at) => self.renderer.part_page(&self.parts, at),
            Piece::Graph(at) => return self.renderer.part_graph(&self.parts[at]),
            Piece::Previews(at) => return self.renderer.previews(&self.shelves, at),
            Piece::About(id) => return about::bytes(self.renderer.catalogue(), id),
            Piece::Attachment(at) => return self.attachment(at),
            Piece::Folder(at) => {
                let (path, page) = &self.folders[at];
                self.renderer.folder(&self.attachments.folder(path, page))
            }
        };
        Ok(made.map_err(Refused::one)?)
    }

    /// Of a file that cannot be read, a page without its text, which is made again when it can be.
    fn attachment(&self, at: usize) -> Result<Vec<u8>> {
        let (path, page) = &self.files[at];
        let view = self.attachments.file(path, page, LONGEST_TEXT);
        let bytes = disk::read_whole(&self.root.join(path)).ok().flatten();
        let bytes = bytes.unwrap_or_default();
        let key = self
            .renderer
            .attachment_key(&view, Fingerprint::of(&bytes))?;
        let text = if view.is_long {
            None
        } else {
            text_of(path, &bytes)
        };
        let page = self.renderer.attachment(&view, text.as_deref(), key);
        Ok(page.map_err(Refused::one)?)
    }
}
