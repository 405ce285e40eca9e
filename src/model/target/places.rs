//! What is at a path of the site: pages, documents, files.
//!
//! Not here: anchors, and what a wrong path means (`meaning`).

use std::collections::{BTreeSet, HashMap};

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::resolved::Holder;
use crate::markdown::outline::LinkKind;
use crate::model::address::Local;
use crate::model::corpus::{Corpus, DocId, Published};

/// Pages that every site has besides its documents.
pub(super) const OWN_PAGES: [&str; 3] = ["index.html", "files.html", "graph.json"];
pub(super) const MARKDOWN: &str = "markdown/";

/// Something that a link can name.
#[derive(Debug, Clone)]
pub(super) enum Found {
    Own(&'static str),
    Document(DocId),
    File(String),
}

#[derive(Debug)]
pub(super) struct Places<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) published: &'a Published,
    /// The paths, relative to the output, of all files that a visitor can reach besides pages of
    /// documents.
    pub(super) files: &'a BTreeSet<String>,
    /// Files and folders whose names are not in NFC, by their name in NFC.
    forms: HashMap<String, &'a str>,
}

impl<'a> Places<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        published: &'a Published,
        files: &'a BTreeSet<String>,
    ) -> Self {
        Self {
            corpus,
            published,
            files,
            forms: other_forms(files),
        }
    }

    /// What is at a path inside of the site.
    pub(super) fn find(&self, holder: Holder, kind: LinkKind, local: &Local) -> Option<Found> {
        let composed;
        let path = if holder == Holder::Page || is_nfc(&local.path) {
            local.path.as_str()
        } else {
            composed = local.path.nfc().collect::<String>();
            &composed
        };
        if path == "/" {
            return Some(Found::Own(OWN_PAGES[0]));
        }
        if let Some(own) = OWN_PAGES.into_iter().find(|own| *own == path) {
            return Some(Found::Own(own));
        }
        let document = (!kind.is_image()).then(|| self.document(holder, local.up, path));
        document
            .flatten()
            .map(Found::Document)
            .or_else(|| self.file(holder, path).map(Found::File))
            .or_else(|| {
                (local.up == 0 && self.is_source(path)).then(|| Found::File(path.to_owned()))
            })
    }

    /// The document at a path: by its page, or, in a link of a document, by its file.
    fn document(&self, holder: Holder, up: usize, path: &str) -> Option<DocId> {
        let page = path.strip_suffix(".html");
        match holder {
            Holder::Page => self.corpus.find(page?),
            Holder::Document => {
                let beside = if up == 0 {
                    Some(path)
                } else {
                    path.strip_prefix(MARKDOWN)
                };
                let stem = page.or_else(|| beside?.strip_suffix(".md"))?;
                self.corpus.find_by_any_name(stem)
            }
        }
    }

    pub(super) fn file(&self, holder: Holder, path: &str) -> Option<String> {
        let is_folder = |folder: &str| {
            let mut below = self.files.range(folder.to_owned()..);
            below.next().is_some_and(|file| file.starts_with(folder))
        };
        if self.files.contains(path) {
            return Some(path.to_owned());
        }
        let folder = format!("{}/", path.trim_end_matches('/'));
        if is_folder(&folder) {
            return Some(folder);
        }
        let real = self.forms.get(path).or_else(|| self.forms.get(&folder));
        real.filter(|_| holder == Holder::Document)
            .map(|real| (*real).to_owned())
    }

    /// Whether a path is `markdown/<basename>.md` of a published document.
    fn is_source(&self, path: &str) -> bool {
        path.strip_prefix(MARKDOWN)
            .and_then(|file| file.strip_suffix(".md"))
            .and_then(|name| self.corpus.find(name))
            .is_some_and(|id| self.published.contains(&id))
    }
}

/// Names that are not in NFC, and those of the folders above them, by their NFC.
fn other_forms(files: &BTreeSet<String>) -> HashMap<String, &str> {
    let mut forms = HashMap::new();
    for path in files.iter().filter(|path| !is_nfc(path)) {
        let folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
        for name in folders.chain([path.as_str()]).filter(|name| !is_nfc(name)) {
            forms.entry(name.nfc().collect()).or_insert(name);
        }
    }
    forms
}
