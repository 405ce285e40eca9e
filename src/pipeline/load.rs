//! Reads a site: its documents, flow, templates and files; then determines the relations between
//! them.
//!
//! Not here: the state of pages beyond whether they exist and have a drawing, and writing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::{BuildError, Diagnostic, Problems};
use crate::diagram::root_attribute;
use crate::disk::{self, Entry, Kind};
use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::{Corpus, DocId, Published};
use crate::model::document::{self, Read};
use crate::model::drawing::{self, DrawingFile, Drawings};
use crate::model::flow::{self, RawFlow};
use crate::model::links::{HandMade, LinkGraph};
use crate::model::picture;
use crate::model::target::Target;
use crate::name::{self, Basename, suggest};
use crate::output::page_state::{self, Found, PageState};
use crate::output::theme::SiteTemplate;
use crate::rule::{Cause, Rule};

use super::copies::MANIFEST;
use super::facts::Facts;
use super::publication::{self, Standing};
use super::site::{Refused, Site};
use super::{Request, Scope};

/// docsite's own files of `assets/`, in a site as in its output.
const OWN_ASSETS: [&str; 3] = [
    "assets/docsite.css",
    "assets/docsite.js",
    "assets/docsite-topics.css",
];
/// The folder of docsite's other files.
pub const OWN_FOLDER: &str = "assets/docsite/";
/// The site's style sheet, which every page loads last.
pub const SITE_STYLE: &str = "assets/viz.css";
/// Folders whose files are copied to the output.
pub const COPIED: [&str; 2] = ["assets", "attachment"];

pub fn is_own_asset(path: &str) -> bool {
    path == MANIFEST || OWN_ASSETS.contains(&path) || path.starts_with(OWN_FOLDER)
}

/// Files and folders of the site that cannot be read or used. They still exist, so pages made from
/// them stay.
#[derive(Debug, Clone, Default)]
pub struct Unread(BTreeSet<String>);

impl Unread {
    pub fn add(&mut self, path: String) {
        self.0.insert(path);
    }

    /// Whether a file is one of them, or is below one.
    pub fn covers(&self, path: &str) -> bool {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        above.chain([path]).any(|path| self.0.contains(path))
    }
}

/// Everything that was read.
#[derive(Debug)]
pub struct Loaded {
    corpus: Corpus,
    sources: BTreeMap<Basename, PathBuf>,
    unsound: BTreeSet<Basename>,
    has_pages: bool,
    flow: RawFlow,
    pub templates: Vec<SiteTemplate>,
    /// The site's files under `assets/` and `attachment/`, with their sizes.
    files: BTreeMap<String, u64>,
    leftovers: Vec<String>,
    unread: Unread,
    problems: Problems,
}

impl Loaded {
    pub fn has_pages(&self) -> bool {
        self.has_pages
    }
}

/// What the plan needs besides the catalogue.
#[derive(Debug)]
pub struct Sources {
    /// Each document's page as it was found.
    pub pages: BTreeMap<DocId, Found>,
    pub files: BTreeMap<DocId, PathBuf>,
    /// Documents that no page can be made from.
    pub unsound: BTreeSet<DocId>,
    pub unread: Unread,
    pub standings: BTreeMap<DocId, Standing>,
    /// Pages `<topic>__<type>-<name>.html` without a document that was read.
    pub strays: Vec<Stray>,
}

#[derive(Debug)]
pub struct Stray {
    /// Relative to the output.
    pub page: String,
    /// As it was found.
    pub found: Found,
    /// A file with its document's name that is not read as one, for example in a folder below
    /// `markdown/`.
    pub unread: Option<String>,
}

impl Stray {
    pub fn is_removed(&self) -> bool {
        self.unread.is_none() && publication::is_removable(&self.found)
    }
}

impl Sources {
    /// A site without a single document, but with pages, was probably not emptied on purpose: the
    /// folder is on a disk that is not mounted, or was moved.
    ///
    /// # Errors
    ///
    /// In that case.
    pub fn check_presence(&self, site: &Site, catalogue: &Catalogue) -> Result<()> {
        let pages = self.strays.iter();
        let count = pages
            .filter(|stray| publication::is_removable(&stray.found))
            .count();
        if !catalogue.corpus.is_empty() || count == 0 {
            return Ok(());
        }
        let message = format!(
            "has no document, but {count} of docsite's pages are in {}; nothing was changed",
            site.output().display()
        );
        let problem = BuildError::new(Cause::NoDocuments, "markdown", message);
        Err(Refused::one(problem.help("restore the documents, or delete the pages")).into())
    }
}

/// Reads the site.
///
/// # Errors
///
/// If a folder of it cannot be read.
pub fn load(site: &Site, facts: &Facts) -> Result<Loaded> {
    let mut problems = Problems::default();
    let mut folder = Contents::default();
    let files = documents(site, &mut folder, &mut problems.diagnostics)?;
    let reads: Vec<_> = files
        .par_iter()
        .map(|(name, path)| (name, read_document(facts, name.clone(), path)))
        .collect();
    let mut documents = Vec::new();
    let mut unsound = BTreeSet::new();
    for (name, read) in reads {
        match read {
            Ok(read) => {
                if read.error.is_some() {
                    unsound.insert(read.document.name.clone());
                }
                problems.errors.extend(read.error);
                let found = &mut problems.diagnostics;
                found.extend(read.problems);
                found.extend(read.document.remarks(site.settings.trusted_html));
                documents.push(read.document);
            }
            Err(error) => {
                folder.unread.add(error.path.clone());
                problems.errors.push(error);
                // It is not gone: the flow and links still find it.
                unsound.insert(name.clone());
                documents.push(document::unread(name.clone()));
            }
        }
    }
    let mut with_page = BTreeSet::new();
    for document in &documents {
        let page = disk::kind(&site.output_file(&document.name.page()));
        if page.is_ok_and(|kind| kind != Kind::Absent) {
            with_page.insert(document.name.clone());
        }
    }
    let has_page = |name: &Basename| with_page.contains(name);
    let (corpus, clashes) = Corpus::new(documents, has_page);
    problems.diagnostics.extend(clashes);
    let flow = read_flow(site, &mut problems.diagnostics)?;
    reachable(site, &mut folder, &mut problems);
    Ok(Loaded {
        corpus,
        unsound,
        has_pages: !with_page.is_empty(),
        flow,
        templates: templates(site)?,
        sources: files.into_iter().collect(),
        files: folder.files,
        leftovers: folder.leftovers,
        unread: folder.unread,
        problems,
    })
}

/// The content of a site's folders besides documents.
#[derive(Default)]
struct Contents {
    files: BTreeMap<String, u64>,
    leftovers: Vec<String>,
    unread: Unread,
}

/// The file of each document.
///
/// # Errors
///
/// If their folder cannot be read.
pub fn sources(site: &Site) -> Result<BTreeMap<Basename, PathBuf>> {
    let files = documents(site, &mut Contents::default(), &mut Vec::new())?;
    Ok(files.into_iter().collect())
}

/// The documents' files. Other entries of `markdown/` are reported.
fn documents(
    site: &Site,
    contents: &mut Contents,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<(Basename, PathBuf)>> {
    let folder = site.markdown();
    let mut files: BTreeMap<Basename, (String, PathBuf)> = BTreeMap::new();
    for entry in disk::list(&folder)? {
        if name::is_leftover(&entry.path) && entry.kind != Kind::Folder {
            contents
                .leftovers
                .push(format!("markdown/{}", shown(&entry.path)));
            continue;
        }
        if is_hidden(&entry.path) {
            continue;
        }
        match document_name(site, &entry) {
            Ok(name) => {
                let file = folder.join(&entry.path);
                // The file whose name is in NFC already is the document.
                let is_nfc = entry.path == format!("{name}.md");
                if let Some((other, _)) = files.get(&name) {
                    let (loser, winner) = if is_nfc {
                        (other, &entry.path)
                    } else {
                        (&entry.path, other)
                    };
                    diagnostics.push(same_name(loser, winner));
                    if !is_nfc {
                        continue;
                    }
                }
                // Only links that stay in the site come this far.
                let file = match entry.kind {
                    Kind::Link => disk::real(&file).unwrap_or(file),
                    _ => file,
                };
                files.insert(name, (entry.path, file));
            }
            Err(problem) => {
                let stem = entry.path.strip_suffix(".md").unwrap_or_default();
                if let Ok(name) = Basename::parse(stem) {
                    contents.unread.add(name.source());
                }
                diagnostics.push(problem);
            }
        }
    }
    let files = files.into_iter().map(|(name, (_, file))| (name, file));
    Ok(files.collect())
}

fn same_name(file: &str, other: &str) -> Diagnostic {
    same_path(&format!("markdown/{file}"), &format!("markdown/{other}"))
}

fn same_path(file: &str, other: &str) -> Diagnostic {
    let other = shown(other);
    let message = format!("is the same name as {other} in another Unicode form");
    Diagnostic::new(Rule::NameClash, shown(file), message).help("remove one of them")
}

/// Files whose names are the same on some file system: a link to them is ambiguous.
fn same_paths(files: &BTreeMap<String, u64>) -> Vec<Diagnostic> {
    let mut composed: BTreeMap<String, &str> = BTreeMap::new();
    let mut clashes = Vec::new();
    // Those in NFC first: a link is one to them.
    let (first, rest): (Vec<&String>, Vec<&String>) = files.keys().partition(|path| is_nfc(path));
    if rest.is_empty() {
        return clashes;
    }
    for path in first.into_iter().chain(rest) {
        let key: String = path.nfc().collect();
        match composed.get(&key) {
            Some(other) => clashes.push(same_path(path, other)),
            None => drop(composed.insert(key, path)),
        }
    }
    clashes
}

/// A name as messages show it.
fn shown(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

fn document_name(site: &Site, entry: &Entry) -> Result<Basename, Diagnostic> {
    let path = format!("markdown/{}", shown(&entry.path));
    let not = |message: &str| Diagnostic::new(Rule::NotADocument, &path, message.to_owned());
    match entry.kind {
        Kind::File => {}
        Kind::Folder => return Err(not("is a directory; documents are directly in markdown/")),
        Kind::Link if site.holds(&site.markdown().join(&entry.path)) => {}
        Kind::Link => {
            let problem = "is a symbolic link out of the site";
            return Err(Diagnostic::new(Rule::LinkOutside, &path, problem)
                .help("copy the file into markdown/"));
        }
        Kind::Other | Kind::Absent => return Err(not("is not a regular file")),
    }
    if !entry.readable {
        return Err(Diagnostic::new(
            Rule::BadName,
            &path,
            "the name is not UTF-8",
        ));
    }
    let Some(stem) = entry.path.strip_suffix(".md") else {
        return Err(not("does not end in .md").help("attachments belong under attachment/"));
    };
    Basename::parse(stem).map_err(|why| {
        let problem = Diagnostic::new(Rule::BadName, &path, format!("the name {why}"));
        let settings = &site.settings;
        let topics: Vec<&str> = settings.topics.iter().map(|t| t.prefix.as_str()).collect();
        let types: Vec<&str> = settings.types.iter().map(|t| t.prefix.as_str()).collect();
        match suggest(stem, &topics, &types) {
            Some(near) => problem.help(format!("rename it to {near}.md")),
            None => problem,
        }
    })
}

fn read_document(facts: &Facts, name: Basename, path: &Path) -> Result<Read, BuildError> {
    let unreadable = |why: String| BuildError::new(Cause::Unreadable, name.source(), why);
    match disk::read(path) {
        Ok(Some(bytes)) => Ok(facts.read(name, &bytes)),
        Ok(None) => Err(unreadable("vanished while it was read".to_owned())),
        Err(error) => Err(unreadable(error.root_cause().to_string())),
    }
}

/// The site's templates, after checking that they and the flow can be read.
///
/// # Errors
///
/// What would stop a build before its first write.
pub fn readable_templates(site: &Site) -> Result<Vec<SiteTemplate>> {
    read_flow(site, &mut Vec::new())?;
    templates(site)
}

/// A flow that cannot be read stops the build: otherwise the reading path would disappear from the
/// site.
fn read_flow(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Result<RawFlow> {
    match disk::read(&site.root.join(flow::FILE)) {
        Ok(None) => Ok(RawFlow::default()),
        Ok(Some(bytes)) => {
            let (flow, problems) = flow::parse(&bytes).map_err(Refused)?;
            diagnostics.extend(problems);
            Ok(flow)
        }
        Err(error) => {
            let why = error.root_cause().to_string();
            Err(Refused::one(BuildError::new(Cause::Unreadable, flow::FILE, why)).into())
        }
    }
}

/// The site's templates. One that cannot be read stops the build: otherwise the built-in one would
/// be used on every page.
fn templates(site: &Site) -> Result<Vec<SiteTemplate>> {
    let folder = site.root.join("templates");
    let mut templates = Vec::new();
    let mut problems = Vec::new();
    for entry in disk::walk(&folder, usize::MAX, |path| !is_hidden(path))? {
        if entry.kind == Kind::Folder || !entry.readable || !entry.path.ends_with(".html") {
            continue;
        }
        let path = format!("templates/{}", entry.path);
        match disk::read(&folder.join(&entry.path)) {
            Ok(Some(bytes)) => match document::decode(&path, &bytes) {
                Ok(text) => templates.push(SiteTemplate {
                    name: entry.path,
                    text,
                }),
                Err(problem) => problems.push(problem),
            },
            Ok(None) => {}
            Err(error) => {
                let why = error.root_cause().to_string();
                problems.push(BuildError::new(Cause::Unreadable, path, why));
            }
        }
    }
    if problems.is_empty() {
        Ok(templates)
    } else {
        Err(Refused(problems).into())
    }
}

fn is_hidden(path: &str) -> bool {
    file_name(path).starts_with('.')
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The files under `assets/` and `attachment/` that are copied to the output.
fn reachable(site: &Site, contents: &mut Contents, problems: &mut Problems) {
    for folder in COPIED {
        let root = site.root.join(folder);
        let kind = disk::kind(&root);
        if let Ok(Kind::Link | Kind::File | Kind::Other) = kind {
            if let Ok(Kind::Link) = kind {
                let message = "is a symbolic link, and is not published";
                let found = Diagnostic::new(Rule::LinkOutside, folder, message);
                problems.diagnostics.push(found);
            } else {
                let error = BuildError::new(Cause::Unreadable, folder, "is not a directory");
                problems.errors.push(error);
            }
            contents.files.extend(copied_before(site, folder));
            contents.unread.add(folder.to_owned());
            continue;
        }
        let mut failures = Vec::new();
        let enter = |path: &str| !is_hidden(path) || name::is_leftover(file_name(path));
        for entry in disk::walk_what_can_be(&root, usize::MAX, enter, &mut failures) {
            reach(
                format!("{folder}/{}", entry.path),
                &entry,
                contents,
                &mut problems.diagnostics,
            );
        }
        for failure in failures {
            let path = format!("{folder}/{}", failure.path);
            let path = path.trim_end_matches('/').to_owned();
            contents.files.extend(copied_before(site, &path));
            let error = BuildError::new(Cause::Unreadable, &*path, failure.why.to_string());
            problems
                .errors
                .push(error.help("the copies of its files are not updated"));
            contents.unread.add(path);
        }
    }
    problems.diagnostics.extend(same_paths(&contents.files));
}

fn reach(path: String, entry: &Entry, contents: &mut Contents, diagnostics: &mut Vec<Diagnostic>) {
    let is_below_hidden = path
        .split('/')
        .rev()
        .skip(1)
        .any(|part| part.starts_with('.'));
    let is_folder = entry.kind == Kind::Folder;
    if is_own_asset(&path) || is_below_hidden || (is_folder && is_hidden(&path)) {
        return;
    }
    if name::is_leftover(file_name(&path)) && !is_folder {
        contents.leftovers.push(shown(&path));
    } else if let Some(problem) = unpublishable(&path, entry) {
        diagnostics.push(problem);
        contents.unread.add(path);
    } else if entry.kind == Kind::File {
        contents.files.insert(path, entry.size);
    }
}

/// The copies that an earlier build made of a folder, which readers can still reach.
fn copied_before(site: &Site, folder: &str) -> BTreeMap<String, u64> {
    if site.settings.is_flat() {
        return BTreeMap::new();
    }
    let copies = site.output_file(folder);
    let entries = disk::walk_what_can_be(&copies, usize::MAX, |path| !is_hidden(path), &mut vec![]);
    let files = entries
        .into_iter()
        .filter(|entry| entry.kind == Kind::File && entry.readable);
    files
        .map(|entry| (format!("{folder}/{}", entry.path), entry.size))
        .collect()
}

fn unpublishable(path: &str, entry: &Entry) -> Option<Diagnostic> {
    let path = shown(path);
    match entry.kind {
        Kind::Link => Some(
            Diagnostic::new(
                Rule::LinkOutside,
                path,
                "is a symbolic link, and is not published",
            )
            .help("copy the file itself"),
        ),
        Kind::Other => Some(Diagnostic::new(
            Rule::NotAFile,
            path,
            "is not a regular file",
        )),
        _ if !entry.readable || entry.path.chars().any(char::is_control) => Some(Diagnostic::new(
            Rule::BadName,
            path,
            "the name cannot be used in a link",
        )),
        _ => None,
    }
}

/// Determines which documents are published, the flow and the links.
pub fn resolve(loaded: Loaded, site: &Site, request: &Request) -> (Catalogue, Sources, Problems) {
    let Loaded {
        corpus,
        sources,
        unsound,
        flow,
        mut files,
        leftovers,
        unread,
        mut problems,
        ..
    } = loaded;
    let sources: BTreeMap<DocId, PathBuf> = sources
        .into_iter()
        .filter_map(|(name, file)| Some((corpus.find(name.as_str())?, file)))
        .collect();
    let pages = look_at_pages(site, &corpus, request);
    let (others, strays) = if request.cloned {
        Default::default()
    } else {
        other_pages(site, &corpus, &unread)
    };
    files.extend(others);
    if let Scope::All | Scope::Without(_) = request.scope {
        // A page that this build removes is nothing to link to.
        for stray in strays.iter().filter(|stray| stray.is_removed()) {
            files.remove(&stray.page);
        }
    }
    let unsound: BTreeSet<DocId> = unsound
        .iter()
        .filter_map(|name| corpus.find(name.as_str()))
        .collect();
    let standings: BTreeMap<DocId, Standing> = corpus
        .iter()
        .map(|(id, document)| {
            let sound = !unsound.contains(&id);
            let rule = site.settings.publish;
            let standing = publication::standing(rule, request, document, &pages[&id], sound);
            (id, standing)
        })
        .collect();
    let published: Published = standings
        .iter()
        .filter(|(_, standing)| **standing == Standing::Published)
        .map(|(id, _)| *id)
        .collect();
    let viz = drawn(&corpus, &pages, request);
    let mut paths: BTreeSet<String> = files.keys().cloned().collect();
    paths.extend(OWN_ASSETS.map(str::to_owned));
    paths.insert(SITE_STYLE.to_owned());
    let (flow, wrong_entries) = flow.resolve(&corpus, &published, &paths);
    problems.diagnostics.extend(wrong_entries);
    let hand_made = hand_made(site, &corpus, &pages, &unread, request);
    let links = LinkGraph::new(&corpus, &published, &paths, &hand_made, &site.settings);
    let pictures = pictures(site, &links, &published);
    let drawings = Drawings::new(&corpus, drawings(site, &files));
    let catalogue = Catalogue {
        settings: site.settings.clone(),
        places: flow.places(),
        corpus,
        published,
        viz,
        flow,
        links,
        files,
        leftovers,
        hand_made,
        pictures,
        drawings,
    };
    let sources = Sources {
        pages,
        files: sources,
        unsound,
        unread,
        standings,
        strays,
    };
    (catalogue, sources, problems)
}

/// The existing page of each document.
fn look_at_pages(site: &Site, corpus: &Corpus, request: &Request) -> BTreeMap<DocId, Found> {
    let output = site.output();
    let look = |page: &str| {
        if request.cloned {
            Found::absent(&output, page)
        } else {
            page_state::look(&output, page)
        }
    };
    let documents: Vec<_> = corpus.iter().collect();
    documents
        .into_par_iter()
        .map(|(id, document)| (id, look(&document.name.page())))
        .collect()
}

/// Documents with a diagram in their text, or a drawing in a page that is kept.
fn drawn(corpus: &Corpus, pages: &BTreeMap<DocId, Found>, request: &Request) -> BTreeSet<DocId> {
    let documents = corpus.iter().filter(|(id, document)| {
        let stays = !request.discard.contains(&document.name);
        document.has_diagram() || (pages[id].drawn && stays)
    });
    documents.map(|(id, _)| id).collect()
}

/// Hand-made pages that are kept, and pages of documents that cannot be read, whose headings are
/// only known from their pages. Pages of other programs wait for `--adopt`: their missing headings
/// are not reported for every link, since one finding says what to do.
fn hand_made(
    site: &Site,
    corpus: &Corpus,
    pages: &BTreeMap<DocId, Found>,
    unread: &Unread,
    request: &Request,
) -> BTreeMap<DocId, HandMade> {
    let stays = |id: &DocId, state: &PageState| match state {
        PageState::HandMade(_) => !request.discard.contains(&corpus.get(*id).name),
        _ => false,
    };
    let output = site.output();
    let is_unread = |id: &DocId| unread.covers(&corpus.get(*id).name.source());
    pages
        .iter()
        .filter_map(|(id, found)| match &found.state {
            state if stays(id, state) => Some((*id, found.made.clone())),
            PageState::Generated(_) if is_unread(id) => {
                let page = corpus.get(*id).name.page();
                Some((*id, page_state::places(&output, &page)))
            }
            _ => None,
        })
        .collect()
}

/// Hand-drawn pictures of diagrams.
fn drawings(site: &Site, files: &BTreeMap<String, u64>) -> Vec<DrawingFile> {
    let folder = format!("{}/", drawing::FOLDER);
    let is_drawing = |path: &&String| path.starts_with(&folder) && path.ends_with(".svg");
    let paths: Vec<&String> = files.keys().filter(is_drawing).collect();
    paths
        .into_par_iter()
        .filter_map(|path| {
            let bytes = disk::read_whole(&site.root.join(path)).ok()??;
            Some(DrawingFile {
                print: Fingerprint::of(&bytes),
                drawn_from: root_attribute(&bytes, drawing::DRAWN_FROM)
                    .and_then(|digits| Fingerprint::parse(&digits)),
                path: path.clone(),
            })
        })
        .collect()
}

/// The sizes of the site's pictures that published documents link to.
fn pictures(
    site: &Site,
    links: &LinkGraph,
    published: &Published,
) -> BTreeMap<String, picture::Size> {
    let shown: BTreeSet<&String> = published
        .iter()
        .flat_map(|id| links.targets(*id))
        .filter_map(|target| match target {
            Target::File(path) if picture::is_picture(path) => Some(path),
            _ => None,
        })
        .collect();
    let shown: Vec<&String> = shown.into_iter().collect();
    shown
        .into_par_iter()
        .filter_map(|path| {
            let is_source = COPIED.iter().any(|folder| path.starts_with(folder));
            let file = if is_source {
                site.root.join(path)
            } else {
                site.output_file(path)
            };
            // Of one that cannot be read, its copy is shown.
            let head = disk::read_head(&file, picture::HEAD)
                .or_else(|_| disk::read_head(&site.output_file(path), picture::HEAD))
                .ok()?;
            Some((path.clone(), picture::size(&head)?))
        })
        .collect()
}

/// Files at the top of the output that are not pages of documents: those of other origin, which
/// links may name, and pages whose document no longer exists.
fn other_pages(
    site: &Site,
    corpus: &Corpus,
    unread: &Unread,
) -> (BTreeMap<String, u64>, Vec<Stray>) {
    let mut others = BTreeMap::new();
    let mut strays = Vec::new();
    for entry in disk::list(&site.output()).unwrap_or_default() {
        if entry.kind != Kind::File
            || !entry.readable
            || is_hidden(&entry.path)
            || name::is_leftover(&entry.path)
        {
            continue;
        }
        let is_unread = |name: &Basename| unread.covers(&name.source());
        match entry.path.strip_suffix(".html") {
            Some(stem) if corpus.find(stem).is_some() => continue,
            // The page of a document that cannot be read is not one without a document.
            Some(stem) if Basename::parse(stem).is_ok_and(|name| !is_unread(&name)) => {
                strays.push(entry.path.clone());
            }
            _ => {}
        }
        others.insert(entry.path, entry.size);
    }
    if strays.is_empty() {
        return (others, Vec::new());
    }
    let (files, doubt) = files_in_markdown(site);
    let strays = strays.into_iter().map(|page| {
        let file = page.strip_suffix(".html").and_then(|stem| files.get(stem));
        Stray {
            found: page_state::look(&site.output(), &page),
            unread: file.or(doubt.as_ref()).cloned(),
            page,
        }
    });
    (others, strays.collect())
}

/// Every file below `markdown/` by the basename in its name, even if it is not read as a document:
/// a document that was moved into a folder, or cannot be read, still exists. And a folder that
/// cannot be read, which may contain any document.
fn files_in_markdown(site: &Site) -> (BTreeMap<String, String>, Option<String>) {
    let mut files = BTreeMap::new();
    let mut failures = Vec::new();
    let folder = site.markdown();
    for entry in disk::walk_what_can_be(&folder, usize::MAX, |_| true, &mut failures) {
        let name = entry.path.rsplit('/').next().unwrap_or(&entry.path);
        let Some((stem, ending)) = name.rsplit_once('.') else {
            continue;
        };
        if ending.eq_ignore_ascii_case("md")
            && let Ok(name) = Basename::parse(stem)
        {
            let path = format!("markdown/{}", shown(&entry.path));
            files.entry(name.as_str().to_owned()).or_insert(path);
        }
    }
    let doubt = failures.first();
    let doubt = doubt.map(|failure| format!("perhaps in markdown/{}", shown(&failure.path)));
    (files, doubt)
}
