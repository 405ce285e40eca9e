//! Decides what a link links to.
//!
//! Not here: what is at a path (`places`), and what a broken link means (`meaning`).

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::meaning::{Folded, Meaning};
use super::places::{Found, MARKDOWN, Places};
use super::resolved::{Break, Holder, Meant, Resolved, Target};
use super::wiki::{WikiNames, folded, is_file_name, wiki_parts};
use crate::markdown::outline::{Link, LinkKind};
use crate::model::address::{self, Address, Local};
use crate::model::corpus::{Corpus, DocId, Published};
use crate::model::settings::{Settings, Wikilinks};
use crate::name::{Basename, href};

/// Folders that every site has, even if they are empty.
const FOLDERS: [&str; 3] = ["attachment/", "assets/", "markdown/"];

#[derive(Debug)]
pub struct Resolver<'a> {
    places: Places<'a>,
    source_url: &'a str,
    ids: Vec<BTreeSet<&'a str>>,
    /// `None` if wikilinks are not links.
    wiki: Option<WikiNames<'a>>,
    folded: Folded,
    /// What broken links probably mean, by what decides it: many documents have the same one.
    meanings: Mutex<HashMap<(Holder, LinkKind, String), Option<Meant>>>,
}

impl<'a> Resolver<'a> {
    /// `files` are the paths, relative to the output, of all files that a visitor can reach besides
    /// pages of documents; `ids` the anchors of each document that a link may name.
    pub fn new(
        corpus: &'a Corpus,
        published: &'a Published,
        files: &'a BTreeSet<String>,
        ids: Vec<BTreeSet<&'a str>>,
        settings: &'a Settings,
    ) -> Self {
        let is_link = settings.wikilinks == Wikilinks::Link;
        Self {
            places: Places::new(corpus, published, files),
            source_url: &settings.source_url,
            ids,
            wiki: is_link.then(|| WikiNames::new(corpus, files)),
            folded: Folded::new(),
            meanings: Mutex::default(),
        }
    }

    /// Resolves a link of a document, or of its hand-made page.
    pub fn resolve(&self, holder: Holder, from: DocId, link: &Link) -> Resolved {
        if matches!(link.kind, LinkKind::Wiki | LinkKind::Embed) {
            return match &self.wiki {
                None => Target::Wiki.into(),
                Some(names) => self.wikilink(names, from, link),
            };
        }
        let local = match address::read(&link.target) {
            Address::Empty => return Target::Empty.into(),
            Address::Outside => return Target::Outside.into(),
            Address::App => return Target::App.into(),
            Address::Refused => return Target::Refused.into(),
            Address::Local(local) => local,
        };
        if local.path.is_empty() {
            let target = self.place(from, &local, Target::Here);
            return resolved(target, Some(from), local);
        }
        let is_near = !local.is_absolute && local.up <= holder.top();
        let found = is_near.then(|| self.places.find(holder, link.kind, &local));
        match found.flatten() {
            Some(found) => self.there(found, local),
            None => self.missing(holder, link, local),
        }
    }

    fn there(&self, found: Found, local: Local) -> Resolved {
        match found {
            Found::Own(page) => resolved(Target::Catalogue(page), None, local),
            Found::File(path) => resolved(Target::File(path), None, local),
            Found::Document(to) if self.places.published.contains(&to) => {
                let target = self.place(to, &local, Target::Document(to));
                resolved(target, Some(to), local)
            }
            Found::Document(to) => resolved(Target::Unpublished(to), Some(to), local),
        }
    }

    fn place(&self, of: DocId, local: &Local, found: Target) -> Target {
        match local.fragment.as_deref() {
            // The top of a page needs no id.
            None | Some("" | "top") => found,
            Some(id) if self.ids[of.index()].contains(id) => found,
            // Ids are NFC, as the text that they are made from.
            Some(id)
                if !is_nfc(id) && self.ids[of.index()].contains(&*id.nfc().collect::<String>()) =>
            {
                found
            }
            Some(_) => Target::Broken(Break::Heading),
        }
    }

    fn missing(&self, holder: Holder, link: &Link, local: Local) -> Resolved {
        let meant = self.meant(holder, link, &local);
        let is_image = link.kind.is_image();
        let target = if local.is_absolute {
            Target::Absolute
        } else if local.up > holder.top() || (meant.is_none() && is_elsewhere(&local)) {
            match self.source(&local) {
                Some(url) if !is_image && holder == Holder::Document => Target::Source(url),
                _ => Target::Beyond,
            }
        } else if !is_image && names_document(&local.path, meant.as_ref()) {
            Target::Broken(Break::Document)
        } else {
            Target::Broken(Break::Attachment)
        };
        Resolved {
            meant,
            ..resolved(target, None, local)
        }
    }

    fn meant(&self, holder: Holder, link: &Link, local: &Local) -> Option<Meant> {
        let key = (holder, link.kind, link.target.clone());
        let meanings = || self.meanings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = meanings().get(&key) {
            return known.clone();
        }
        let meant = self.meaning().meant(holder, link, local);
        meanings().insert(key, meant.clone());
        meant
    }

    fn meaning(&self) -> Meaning<'_, 'a> {
        Meaning {
            places: &self.places,
            folded: &self.folded,
        }
    }

    /// The address, at the repository's host, of a path to outside of the site.
    fn source(&self, local: &Local) -> Option<String> {
        if self.source_url.is_empty() {
            return None;
        }
        let mut folder = self.source_url;
        for _ in 1..local.up {
            let (above, _) = folder.rsplit_once('/')?;
            folder = above;
        }
        // A repository's address has a host, an owner and a name.
        let is_inside = folder.split('/').count() > 4 || local.up <= 1;
        let path = local.path.trim_start_matches('/');
        is_inside.then(|| format!("{folder}/{}{}", href(path), local.suffix))
    }

    fn wikilink(&self, names: &WikiNames<'_>, from: DocId, link: &Link) -> Resolved {
        let (name, heading) = wiki_parts(&link.target);
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let stem: String = stem.nfc().collect();
        let to = if name.is_empty() {
            Some(from)
        } else {
            let by_name = self.places.corpus.find_by_any_name(&stem);
            by_name.or_else(|| names.titles.get(&folded(&stem)).copied())
        };
        let Some(to) = to else {
            return self.wiki_missing(names, link, &stem);
        };
        let outline = &self.places.corpus.get(to).outline;
        let is_there = heading.is_none_or(|name| {
            outline.heading_called(name).is_some() || self.ids[to.index()].contains(name)
        });
        let target = if !self.places.published.contains(&to) {
            Target::Unpublished(to)
        } else if !is_there {
            Target::Broken(Break::Heading)
        } else {
            Target::Document(to)
        };
        Resolved {
            document: Some(to),
            fragment: heading.map(str::to_owned),
            ..target.into()
        }
    }

    /// A wikilink that names no document.
    fn wiki_missing(&self, names: &WikiNames<'_>, link: &Link, stem: &str) -> Resolved {
        let (name, _) = wiki_parts(&link.target);
        let target = self.wiki_file(names, link, name);
        let meant = match target {
            Target::Broken(_) => self.meaning().of_wikilink(&link.target, stem),
            _ => None,
        };
        Resolved {
            meant,
            ..target.into()
        }
    }

    /// A wikilink that names no document: a file with this path, or with this name in any folder.
    fn wiki_file(&self, names: &WikiNames<'_>, link: &Link, name: &str) -> Target {
        let name: String = name.nfc().collect();
        let path = self.places.file(Holder::Document, &name);
        let path = path.filter(|path| !path.ends_with('/'));
        match path.or_else(|| names.files.get(&name).map(|path| (*path).to_owned())) {
            Some(path) => Target::File(path),
            None if link.kind == LinkKind::Embed && is_file_name(&name) => {
                Target::Broken(Break::Attachment)
            }
            None => Target::Broken(Break::Document),
        }
    }
}

fn resolved(target: Target, document: Option<DocId>, local: Local) -> Resolved {
    Resolved {
        target,
        document,
        fragment: local.fragment,
        suffix: local.suffix,
        meant: None,
    }
}

/// Whether a path from `markdown/` is outside of the site.
fn is_elsewhere(local: &Local) -> bool {
    let is_own = FOLDERS.iter().any(|folder| local.path.starts_with(folder));
    let page = local.path.strip_suffix(".html");
    local.up > 0 && !is_own && page.is_none_or(|stem| Basename::parse(stem).is_err())
}

/// Whether a broken link was meant for a document.
fn names_document(path: &str, meant: Option<&Meant>) -> bool {
    let is_page = |path: &str| {
        let stem = path
            .strip_suffix(".html")
            .or_else(|| path.strip_suffix(".md"));
        stem.is_some_and(|stem| !stem.contains('/'))
    };
    let is_meant = meant
        .is_some_and(|meant| is_page(meant.written.split(['?', '#']).next().unwrap_or_default()));
    is_meant || is_page(path.strip_prefix(MARKDOWN).unwrap_or(path))
}
