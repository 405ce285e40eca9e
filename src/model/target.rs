//! What a link links to. One function decides it, for links of documents, of their raw HTML and of
//! hand-made pages; pages and findings both use it, so that they agree.
//!
//! Not here: the graph of all links (`links`), how a page shows a link, and the text of findings.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::markdown::outline::{Link, LinkKind};
use crate::name::{Basename, href, link_text};

use super::address::{self, Address, Local};
use super::corpus::{Corpus, DocId, Published};
use super::settings::{Settings, Wikilinks};

/// Pages that every site has besides its documents.
const OWN_PAGES: [&str; 3] = ["index.html", "files.html", "graph.json"];
/// Folders that every site has, even if they are empty.
const FOLDERS: [&str; 3] = ["attachment/", "assets/", "markdown/"];
const MARKDOWN: &str = "markdown/";
/// Endings of documents and pages, in docsite and elsewhere.
const ENDINGS: [&str; 4] = [".md", ".html", ".markdown", ".htm"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Empty,
    Outside,
    /// A program on the reader's machine, by its scheme.
    App,
    /// A scheme that must not be followed, such as `javascript:`.
    Refused,
    /// `[[x]]` in a site where wikilinks are not links.
    Wiki,
    /// One of the catalogue's pages.
    Catalogue(&'static str),
    /// An anchor in the same document.
    Here,
    /// A published document, at a heading or at its top.
    Document(DocId),
    /// A document without a page.
    Unpublished(DocId),
    /// An existing file of the site, or a folder, with a final `/`.
    File(String),
    /// A file of the repository outside of the site: its address.
    Source(String),
    Broken(Break),
    /// A path from a server's root; what is there, only the server knows.
    Absolute,
    /// A path to outside of the site.
    Beyond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// There is no document of this name.
    Document,
    /// The document has no such heading.
    Heading,
    /// There is no such attachment, image or other file.
    Attachment,
}

impl Break {
    /// The word for it in graph.json.
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Heading => "heading",
            Self::Attachment => "attachment",
        }
    }
}

/// A link and what it resolves to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub target: Target,
    /// The document that it names, even if the document has no page or no such anchor.
    pub document: Option<DocId>,
    /// The id that it names in its page; for a wikilink, the heading's words.
    pub fragment: Option<String>,
    /// `?query#fragment`, as written.
    pub suffix: String,
    /// What was probably meant, if it is broken.
    pub meant: Option<Meant>,
}

impl From<Target> for Resolved {
    fn from(target: Target) -> Self {
        Self {
            target,
            document: None,
            fragment: None,
            suffix: String::new(),
            meant: None,
        }
    }
}

/// What a broken link probably means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The correct target, as it should be written.
    pub written: String,
    /// How the link differs from it.
    pub differs: Differs,
}

/// The difference between a link and the correct one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// Only in case.
    Case,
    /// Only in Unicode form, in a page that is not rewritten.
    Form,
    /// It uses a former name of a document, in a page that is not rewritten.
    Alias,
    /// It names a document's Markdown, in a page that is not rewritten.
    Markdown,
    /// It starts at the server's root.
    Root,
    /// In its folder, its ending, or its encoding.
    Spelling,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A document in `markdown/`. Its page is in the folder above, and gets a corrected address:
    /// links work in an editor and in the page.
    Document,
    /// A hand-made page, which is not rewritten: its links are resolved as a browser does.
    Page,
}

impl Holder {
    /// How many folders up a link may start.
    fn top(self) -> usize {
        match self {
            Self::Document => 1,
            Self::Page => 0,
        }
    }
}

/// Something that a link can name.
#[derive(Debug, Clone)]
enum Found {
    Own(&'static str),
    Document(DocId),
    File(String),
}

#[derive(Debug)]
pub struct Resolver<'a> {
    corpus: &'a Corpus,
    published: &'a Published,
    files: &'a BTreeSet<String>,
    source_url: &'a str,
    ids: Vec<BTreeSet<&'a str>>,
    /// `None` if wikilinks are not links.
    wiki: Option<WikiNames<'a>>,
    /// Files and folders whose names are not in NFC, by their name in NFC.
    forms: HashMap<String, &'a str>,
    /// Everything in the site by its name in lower case; most sites never need it.
    folded: OnceCell<HashMap<String, Found>>,
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
            corpus,
            published,
            files,
            source_url: &settings.source_url,
            ids,
            wiki: is_link.then(|| WikiNames::new(corpus, files)),
            forms: other_forms(files),
            folded: OnceCell::new(),
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
        let found = is_near.then(|| self.find(holder, link.kind, &local));
        match found.flatten() {
            Some(found) => self.there(found, local),
            None => self.missing(holder, link, local),
        }
    }

    fn there(&self, found: Found, local: Local) -> Resolved {
        match found {
            Found::Own(page) => resolved(Target::Catalogue(page), None, local),
            Found::File(path) => resolved(Target::File(path), None, local),
            Found::Document(to) if self.published.contains(&to) => {
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
        let is_image = is_image(link.kind);
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

    /// What is at a path inside of the site.
    fn find(&self, holder: Holder, kind: LinkKind, local: &Local) -> Option<Found> {
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
        let document = (!is_image(kind)).then(|| self.document(holder, local.up, path));
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

    fn file(&self, holder: Holder, path: &str) -> Option<String> {
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

    /// What a broken link probably means.
    fn meant(&self, holder: Holder, link: &Link, local: &Local) -> Option<Meant> {
        let others = address::other_readings(&link.target);
        let readings: Vec<&Local> = std::iter::once(local).chain(&others).collect();
        let as_written = |reading: &&Local| self.begun_elsewhere(holder, link.kind, reading);
        let spelled = |reading: &&Local| self.by_stem(link.kind, reading);
        let folded = |reading: &&Local| self.in_other_case(link.kind, reading);
        let by_reading = |meaning: &dyn Fn(&&Local) -> Option<(Found, Differs)>| {
            readings.iter().find_map(|reading| {
                let (found, differs) = meaning(reading)?;
                Some(Meant {
                    written: self.written(&found, differs, &reading.suffix),
                    differs,
                })
            })
        };
        by_reading(&as_written)
            .or_else(|| by_reading(&spelled))
            .or_else(|| by_reading(&folded))
    }

    /// The same path from another folder, if something is there.
    fn begun_elsewhere(
        &self,
        holder: Holder,
        kind: LinkKind,
        local: &Local,
    ) -> Option<(Found, Differs)> {
        let at = |holder, up| {
            let local = Local {
                up,
                ..local.clone()
            };
            self.find(holder, kind, &local)
        };
        if local.is_absolute
            && let Some(found) = at(Holder::Page, 0)
        {
            return match found {
                Found::File(path) if path.starts_with(MARKDOWN) => {
                    Some((at(Holder::Document, 1)?, Differs::Spelling))
                }
                found => Some((found, Differs::Root)),
            };
        }
        let found = at(Holder::Document, 1).or_else(|| at(Holder::Document, 0))?;
        let differs = match &found {
            Found::Document(id) if holder == Holder::Page && local.up == 0 => {
                let name = self.corpus.get(*id).name.as_str();
                let stem = local.path.strip_suffix(".html");
                match stem.map(|stem| stem.nfc().collect::<String>()) {
                    None => Differs::Markdown,
                    Some(stem) if stem == name => Differs::Form,
                    Some(_) => Differs::Alias,
                }
            }
            _ if holder == Holder::Page && local.up == 0 && !is_nfc(&local.path) => Differs::Form,
            Found::File(path) if holder == Holder::Page && !is_nfc(path) => Differs::Form,
            _ => Differs::Spelling,
        };
        Some((found, differs))
    }

    /// A document by its name without an ending, or with another ending.
    fn by_stem(&self, kind: LinkKind, local: &Local) -> Option<(Found, Differs)> {
        let path: String = local.path.trim_end_matches('/').nfc().collect();
        if self.files.contains(&path) {
            return Some((Found::File(path), Differs::Spelling));
        }
        let stem = stem_of(&path);
        if is_image(kind) {
            return None;
        }
        let own = OWN_PAGES
            .into_iter()
            .find(|own| own.strip_suffix(".html") == Some(stem));
        if let Some(own) = own {
            return Some((Found::Own(own), Differs::Spelling));
        }
        let id = self.corpus.find_by_any_name(stem)?;
        let ending = &path[path.len().min(path.rfind(stem)? + stem.len())..];
        let is_case = !local.path.ends_with('/')
            && matches!(ending.to_ascii_lowercase().as_str(), ".md" | ".html");
        let differs = if is_case {
            Differs::Case
        } else {
            Differs::Spelling
        };
        Some((Found::Document(id), differs))
    }

    fn in_other_case(&self, kind: LinkKind, local: &Local) -> Option<(Found, Differs)> {
        let names = self.folded.get_or_init(|| self.fold());
        let path = folded(&local.path);
        let stem = stem_of(path.trim_end_matches('/'));
        let found = names.get(&path).or_else(|| names.get(stem))?;
        match found {
            Found::Document(_) | Found::Own(_) if is_image(kind) => None,
            found => Some((found.clone(), Differs::Case)),
        }
    }

    fn fold(&self) -> HashMap<String, Found> {
        let mut names = HashMap::new();
        for path in self.files {
            names
                .entry(folded(path))
                .or_insert_with(|| Found::File(path.clone()));
        }
        for own in OWN_PAGES {
            names.insert(own.to_owned(), Found::Own(own));
        }
        for (id, document) in self.corpus.iter() {
            names.insert(folded(document.name.as_str()), Found::Document(id));
        }
        names
    }

    fn written(&self, found: &Found, differs: Differs, suffix: &str) -> String {
        let path = match found {
            Found::Own(page) => (*page).to_owned(),
            Found::Document(id) => self.corpus.get(*id).name.page(),
            Found::File(path) if differs == Differs::Form => return href(path) + suffix,
            Found::File(path) => path.clone(),
        };
        link_text(&path) + suffix
    }

    fn wikilink(&self, names: &WikiNames<'_>, from: DocId, link: &Link) -> Resolved {
        let (name, heading) = wiki_parts(&link.target);
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let stem: String = stem.nfc().collect();
        let to = if name.is_empty() {
            Some(from)
        } else {
            let by_name = self.corpus.find_by_any_name(&stem);
            by_name.or_else(|| names.titles.get(&folded(&stem)).copied())
        };
        let Some(to) = to else {
            return self.wiki_file(names, link, name).into();
        };
        let outline = &self.corpus.get(to).outline;
        let is_there = heading.is_none_or(|name| {
            outline.heading_called(name).is_some() || self.ids[to.index()].contains(name)
        });
        let target = if !self.published.contains(&to) {
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

    /// A wikilink that names no document: a file with this path, or with this name in any folder.
    fn wiki_file(&self, names: &WikiNames<'_>, link: &Link, name: &str) -> Target {
        let name: String = name.nfc().collect();
        let path = self.file(Holder::Document, &name);
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

/// Whether the name of an embedded file has the ending of a picture or another file, not of a note.
fn is_file_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        let is_word = (1..=5).contains(&ending.len());
        is_word && ending != "md" && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    })
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

fn is_image(kind: LinkKind) -> bool {
    matches!(
        kind,
        LinkKind::Image | LinkKind::HtmlImage | LinkKind::Embed
    )
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

/// The basename in a path's file name, without an ending in any case; the whole path if it has
/// folders.
fn stem_of(path: &str) -> &str {
    let name = path.strip_prefix(MARKDOWN).unwrap_or(path);
    let cut = |ending: &str| {
        let at = name.len().checked_sub(ending.len())?;
        name.get(at..)?
            .eq_ignore_ascii_case(ending)
            .then(|| &name[..at])
    };
    ENDINGS
        .iter()
        .find_map(|ending| cut(ending))
        .unwrap_or(name)
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

/// What a wikilink may name besides basenames and paths.
#[derive(Debug)]
struct WikiNames<'a> {
    /// The first document of each title, in lower case.
    titles: HashMap<String, DocId>,
    /// The first file of each name (in NFC), in any folder.
    files: HashMap<String, &'a str>,
}

impl<'a> WikiNames<'a> {
    fn new(corpus: &Corpus, files: &'a BTreeSet<String>) -> Self {
        let mut names = Self {
            titles: HashMap::new(),
            files: HashMap::new(),
        };
        for (id, document) in corpus.iter() {
            names.titles.entry(folded(&document.title)).or_insert(id);
        }
        for path in files {
            let name = path.rsplit('/').next().unwrap_or(path);
            names.files.entry(name.nfc().collect()).or_insert(path);
        }
        names
    }
}

/// The form in which wikilinks compare titles and names.
pub fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// Splits a wikilink's target: `basename#heading`. Obsidian writes the headings above one too; the
/// last is meant.
pub fn wiki_parts(target: &str) -> (&str, Option<&str>) {
    match target.split_once('#') {
        Some((name, headings)) => {
            let heading = headings.rsplit('#').next().unwrap_or(headings);
            (name.trim(), Some(heading.trim()))
        }
        None => (target.trim(), None),
    }
}
