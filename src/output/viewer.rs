//! The pages at which attachments are read: one for each file, with the documents that rest on it and
//! their words, and one for each folder.
//!
//! A picture is shown as one, so that no script in it runs. Not here: where these pages are
//! (`model::viewer`), and reading the files.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::markdown::code;
use crate::markdown::highlight::Highlighter;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::flow;
use crate::model::picture;
use crate::model::target::Target;
use crate::model::viewer::{ATTACHMENTS, FOLDER, address, page};
use crate::name::href;

use super::view::{BacklinkView, LinkView, SiteView};
use super::views::{self, row};

pub const FILE_TEMPLATE: &str = "view.html";
pub const FOLDER_TEMPLATE: &str = "folder.html";

/// A folder above, or a stage of the reading path.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView<'a> {
    /// From the site's root.
    pub href: String,
    pub name: &'a str,
}

/// The page of an attachment. Its text is the body, which is empty if it cannot be shown.
#[derive(Debug, Clone, Serialize)]
pub struct FilePageView<'a> {
    pub site: SiteView<'a>,
    /// `attachment/egress/gateway.yaml`.
    pub path: &'a str,
    pub name: &'a str,
    /// The folders above, the outermost first.
    pub above: Vec<PlaceView<'a>>,
    /// The page itself and the file, from the site's root.
    pub href: String,
    pub raw: String,
    /// `1.2 kB`.
    pub size: String,
    pub is_picture: bool,
    /// Longer than what is shown.
    pub is_long: bool,
    /// Documents that link to it, with the words around their first link.
    pub documents: Vec<BacklinkView<'a>>,
    /// Stages of the reading path that rest on it.
    pub stages: Vec<PlaceView<'a>>,
}

/// A file as the page of its folder lists it.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView<'a> {
    /// From the site's root.
    pub href: String,
    pub raw: String,
    pub name: &'a str,
    pub size: String,
    /// The documents that link to it.
    pub documents: Vec<LinkView<'a>>,
}

/// A folder in a folder.
#[derive(Debug, Clone, Serialize)]
pub struct FolderView<'a> {
    /// From the site's root.
    pub href: String,
    pub name: &'a str,
    /// How many files are below it.
    pub files: usize,
    pub size: String,
}

/// The page of a folder: its folders, then its files, both by name.
#[derive(Debug, Clone, Serialize)]
pub struct FolderPageView<'a> {
    pub site: SiteView<'a>,
    /// `attachment/egress/`.
    pub path: &'a str,
    /// Empty for the folder of all attachments.
    pub name: &'a str,
    pub above: Vec<PlaceView<'a>>,
    pub folders: Vec<FolderView<'a>>,
    pub files: Vec<EntryView<'a>>,
}

/// All attachments of a site, with what rests on them.
#[derive(Debug)]
pub struct Attachments<'a> {
    catalogue: &'a Catalogue,
    /// Each file with the documents that link to it, and which of their links is the first.
    pub files: BTreeMap<&'a str, Vec<(DocId, usize)>>,
    /// By path, with a final `/`.
    pub folders: BTreeSet<&'a str>,
}

impl<'a> Attachments<'a> {
    pub fn of(catalogue: &'a Catalogue) -> Self {
        let paths = catalogue.files.range(ATTACHMENTS.to_owned()..);
        let paths = paths.map(|(path, _)| path.as_str());
        let paths = paths.take_while(|path| path.starts_with(ATTACHMENTS));
        let mut files: BTreeMap<&str, Vec<_>> = paths.map(|path| (path, Vec::new())).collect();
        let folders = files
            .keys()
            .flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..=at]));
        let folders = folders.collect();
        for id in &catalogue.published {
            for (at, target) in catalogue.links.targets(*id).enumerate() {
                if let Target::File(path) = target
                    && let Some(uses) = files.get_mut(path.as_str())
                    && uses.last().is_none_or(|(last, _)| last != id)
                {
                    uses.push((*id, at));
                }
            }
        }
        Self {
            catalogue,
            files,
            folders,
        }
    }

    /// The page of a file; `longest` is the length of a text that is shown, in bytes.
    pub fn file(&self, path: &'a str, page: &str, longest: u64) -> FilePageView<'a> {
        let catalogue = self.catalogue;
        let bytes = catalogue.files.get(path).copied().unwrap_or_default();
        let uses = self.files.get(path).into_iter().flatten();
        FilePageView {
            site: views::site_below(&catalogue.settings, page),
            path,
            name: name_of(path),
            above: above(path),
            href: href(page),
            raw: href(path),
            size: views::size(bytes),
            is_picture: picture::is_picture(path),
            is_long: bytes > longest,
            documents: uses.map(|(id, at)| self.quote(*id, *at)).collect(),
            stages: self.stages(path),
        }
    }

    fn quote(&self, id: DocId, at: usize) -> BacklinkView<'a> {
        let link = &self.catalogue.corpus.get(id).outline.links[at];
        BacklinkView {
            row: row(self.catalogue, id, ""),
            before: &link.before,
            label: &link.label,
            after: &link.after,
        }
    }

    fn stages(&self, path: &str) -> Vec<PlaceView<'a>> {
        let stages = self.catalogue.flow.stages.iter().enumerate();
        let rests = |files: &[flow::Attachment]| files.iter().any(|file| file.path == path);
        stages
            .filter(|(_, stage)| rests(&stage.attachments))
            .map(|(at, stage)| PlaceView {
                href: format!("index.html#{}", views::stage_id(at)),
                name: &stage.title,
            })
            .collect()
    }

    /// The page of a folder, by its path with a final `/`.
    pub fn folder(&self, path: &'a str, page: &str) -> FolderPageView<'a> {
        let within = |other: &str| {
            let rest = other.strip_prefix(path).unwrap_or_default();
            let rest = rest.strip_suffix('/').unwrap_or(rest);
            !rest.is_empty() && !rest.contains('/')
        };
        let folders = self.folders.iter().copied().filter(|folder| within(folder));
        let files = self.files.keys().copied().filter(|file| within(file));
        FolderPageView {
            site: views::site_below(&self.catalogue.settings, page),
            path,
            name: if path == ATTACHMENTS {
                ""
            } else {
                name_of(path)
            },
            above: above(path),
            folders: folders.map(|folder| self.subfolder(folder)).collect(),
            files: files.map(|file| self.entry(file)).collect(),
        }
    }

    fn subfolder(&self, path: &'a str) -> FolderView<'a> {
        let below = self.files.range(path..).map(|(file, _)| *file);
        let below = below.take_while(|file| file.starts_with(path));
        let sizes: Vec<u64> = below
            .filter_map(|file| self.catalogue.files.get(file).copied())
            .collect();
        FolderView {
            href: address(path),
            name: name_of(path),
            files: sizes.len(),
            size: views::size(sizes.iter().sum()),
        }
    }

    fn entry(&self, path: &'a str) -> EntryView<'a> {
        let uses = self.files.get(path).into_iter().flatten();
        let bytes = self.catalogue.files.get(path).copied();
        EntryView {
            href: address(path),
            raw: href(path),
            name: name_of(path),
            size: views::size(bytes.unwrap_or_default()),
            documents: uses
                .map(|(id, _)| views::link(self.catalogue, *id))
                .collect(),
        }
    }
}

/// The last part of a path, without a final `/`.
fn name_of(path: &str) -> &str {
    let path = path.strip_suffix('/').unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

/// The folders above a path.
fn above(path: &str) -> Vec<PlaceView<'_>> {
    let inner = path.strip_suffix('/').unwrap_or(path);
    let folders = inner.match_indices('/').map(|(at, _)| &inner[..=at]);
    let places = folders.filter_map(|folder| {
        Some(PlaceView {
            href: href(&page(folder)?),
            name: if folder == ATTACHMENTS {
                ""
            } else {
                name_of(folder)
            },
        })
    });
    places.collect()
}

/// The text of an attachment as HTML, with lines that can be linked to.
pub fn listing(path: &str, text: &str, highlighter: &Highlighter) -> String {
    code::listing(&language(name_of(path)), text, highlighter)
}

/// The name of the language that a file of this name is written in, as fences have it.
fn language(name: &str) -> String {
    let name = name.to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, &name));
    let base = stem.split('.').next().unwrap_or(stem);
    match base {
        "dockerfile" | "containerfile" | "makefile" => base.to_owned(),
        _ => ending.to_owned(),
    }
}

/// Whether a path of the output is in the folder of these pages.
pub fn is_page(path: &str) -> bool {
    path.starts_with(FOLDER) && path.ends_with(".html")
}
