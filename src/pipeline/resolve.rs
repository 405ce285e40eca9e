//! Works out how a site hangs together: which documents are published, the reading path, links,
//! pictures, and what is in the place of each diagram.
//!
//! Not here: deciding about files of the output (`plan`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Result;
use rayon::prelude::*;

use crate::diagnostic::{BuildError, Diagnostic, Problems};
use crate::diagram::lift::root_attribute;
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::model::catalogue::{Catalogue, Namesakes, Shelves};
use crate::model::corpus::{Corpus, DocId, Published};
use crate::model::drawing::{self, DrawingFile, Drawings};
use crate::model::links::{self, HandMade, LinkGraph, Surroundings};
use crate::model::picture;
use crate::model::redirect::{self, Around, By, Redirect};
use crate::model::slot::{self, Slots};
use crate::model::target::Target;
use crate::model::viewer;
use crate::name::Basename;
use crate::output::page_state::{self, Found, PageState};
use crate::output::render::Renderer;
use crate::output::theme::Theme;
use crate::progress::Stage;
use crate::rule::Cause;
use crate::store::Store;

use super::attachments;
use super::discover::Discovered;
use super::discover::contents::Unread;
use super::gallery::Gallery;
use super::history;
use super::output_pages::{self, Stray};
use super::paths::{COPIED, OWN_ASSETS, SITE_STYLE};
use super::publication::{self, Standing};
use super::request::{Request, Scope};
use super::site::{Refused, Site};
use super::stat_index::StatIndex;

/// A site as it hangs together.
#[derive(Debug)]
pub struct Resolved {
    pub request: Request,
    pub catalogue: Catalogue,
    pub theme: Theme,
    /// The content of each diagram's slot.
    pub slots: Slots,
    /// Each document's page as it was found.
    pub pages: BTreeMap<DocId, Found>,
    /// Each document's file.
    pub documents: BTreeMap<DocId, PathBuf>,
    /// Documents that no page can be made from.
    pub unsound: BTreeSet<DocId>,
    pub unread: Unread,
    pub standings: BTreeMap<DocId, Standing>,
    /// Pages `<topic>__<type>-<name>.html` without a document that was read.
    pub strays: Vec<Stray>,
    /// What is wrong with the content.
    pub problems: Problems,
    /// The site's files as they were found.
    pub index: StatIndex,
}

/// A site whose documents, flow and links are known. No picture was looked at, and no history.
#[derive(Debug)]
pub struct Connected {
    request: Request,
    pub catalogue: Catalogue,
    theme: Theme,
    /// Each document's page as it was found.
    pub pages: BTreeMap<DocId, Found>,
    /// Each document's file.
    pub documents: BTreeMap<DocId, PathBuf>,
    unsound: BTreeSet<DocId>,
    unread: Unread,
    standings: BTreeMap<DocId, Standing>,
    /// Pages `<topic>__<type>-<name>.html` without a document that was read.
    pub strays: Vec<Stray>,
    /// What is wrong with the content.
    pub problems: Problems,
    index: StatIndex,
}

impl Discovered {
    /// Works out which documents are published, the flow and the links.
    ///
    /// # Errors
    /// `Refused` for templates that are wrong.
    pub fn connect(mut self, site: &Site, request: Request) -> Result<Connected> {
        let _resolving = site.progress.begin(Stage::Resolve, 0);
        let theme = Theme::new(&self.templates).map_err(Refused::one)?;
        let documents = self.documents();
        let unsound = self.unsound();
        let pages = output_pages::of_documents(site, &self.corpus, &request, &self.index);
        let standings = standings(site, &request, &self.corpus, &pages, &unsound);
        let (others, mut strays) = other_pages(site, &request, &self);
        self.files.extend(others);
        let unread = self.unread.clone();
        let (catalogue, problems, index) = self.catalogue(site, &request, &pages, &standings);
        let redirects: BTreeSet<&str> = catalogue
            .redirects
            .iter()
            .map(|redirect| redirect.from.as_str())
            .collect();
        strays.retain(|stray| !redirects.contains(stray.page.as_str()));
        Ok(Connected {
            request,
            catalogue,
            theme,
            pages,
            documents,
            unsound,
            unread,
            standings,
            strays,
            problems,
            index,
        })
    }

    fn documents(&self) -> BTreeMap<DocId, PathBuf> {
        let sources = self.sources.iter();
        sources
            .filter_map(|(name, file)| Some((self.corpus.find(name.as_str())?, file.clone())))
            .collect()
    }

    fn unsound(&self) -> BTreeSet<DocId> {
        let names = self.unsound.iter();
        names
            .filter_map(|name| self.corpus.find(name.as_str()))
            .collect()
    }

    fn catalogue(
        self,
        site: &Site,
        request: &Request,
        pages: &BTreeMap<DocId, Found>,
        standings: &BTreeMap<DocId, Standing>,
    ) -> (Catalogue, Problems, StatIndex) {
        let Self {
            corpus,
            flow,
            mut files,
            leftovers,
            unread,
            mut problems,
            index,
            ..
        } = self;
        let published = published(standings);
        let mut paths = paths(&files);
        paths.extend(published.iter().map(|id| corpus.get(*id).name.about()));
        let known = (&corpus, &published);
        let (redirects, wrong_redirects) = redirected(site, known, &mut files, &mut paths);
        problems.diagnostics.extend(wrong_redirects);
        let (flow, wrong_entries) = flow.resolve(&corpus, &published, &paths);
        problems.diagnostics.extend(wrong_entries);
        let hand_made = hand_made(site, &corpus, pages, &unread, request);
        let has = |id: DocId, heading: &str| {
            links::ids(corpus.get(id), hand_made.get(&id)).any(|id| id == heading)
        };
        let headless = redirect::without_heading(&redirects, &site.settings.redirects, has);
        problems.diagnostics.extend(headless);
        let links = LinkGraph::new(Surroundings {
            corpus: &corpus,
            published: &published,
            files: &paths,
            hand_made: &hand_made,
            settings: &site.settings,
        });
        let catalogue = Catalogue {
            settings: site.settings.clone(),
            places: flow.places(),
            shelves: Shelves::new(&site.settings, &corpus, &published),
            viz: drawn(&corpus, pages, request),
            paths,
            pictures: BTreeMap::new(),
            drawings: Drawings::new(&corpus, drawings(site, &files)),
            days: BTreeMap::new(),
            namesakes: Namesakes::new(&corpus, &published),
            corpus,
            published,
            flow,
            links,
            redirects,
            files,
            leftovers,
            hand_made,
        };
        (catalogue, problems, index)
    }
}

impl Connected {
    /// Looks at pictures, draws diagrams, and finds the days that documents do not say.
    pub fn resolve(self, site: &Site, store: &Store) -> Resolved {
        let _resolving = site.progress.begin(Stage::Resolve, 0);
        let Self {
            mut catalogue,
            mut problems,
            ..
        } = self;
        let (days, left_out) = history::days(site, store, &catalogue);
        catalogue.days = days;
        problems.diagnostics.extend(left_out);
        catalogue.pictures = pictures(site, &catalogue.links, &catalogue.published);
        let ids = catalogue.corpus.iter().map(|(id, _)| id);
        let slots = Gallery::of(store).slots(site, &catalogue, ids);
        let slots = Slots::new(slots);
        problems.diagnostics.extend(of_slots(&catalogue, &slots));
        let unsearched = attachments::too_long(site, &catalogue.files);
        problems.diagnostics.extend(unsearched);
        Resolved {
            request: self.request,
            catalogue,
            theme: self.theme,
            slots,
            pages: self.pages,
            documents: self.documents,
            unsound: self.unsound,
            unread: self.unread,
            standings: self.standings,
            strays: self.strays,
            problems,
            index: self.index,
        }
    }
}

impl Resolved {
    pub fn renderer<'a>(&'a self, store: &Store) -> Renderer<'a> {
        Renderer::new(&self.catalogue, &self.theme, &self.slots, store)
    }

    pub fn has_pages(&self) -> bool {
        has_pages(&self.pages)
    }

    /// Whether this run is to make a document's page as the document is now.
    pub fn is_rendered(&self, id: DocId) -> bool {
        self.is_asked(id) && !self.unsound.contains(&id)
    }

    /// Whether the request is about a document's page, or the page is published and missing.
    pub fn is_asked(&self, id: DocId) -> bool {
        let is_missing = || {
            self.standings[&id] == Standing::Published && self.pages[&id].state == PageState::Absent
        };
        match &self.request.scope {
            Scope::All | Scope::Without(_) => true,
            Scope::Pages(names) => {
                names.contains(&self.catalogue.corpus.get(id).name) || is_missing()
            }
            Scope::Derived => false,
        }
    }

    /// What would stop a build: names of pages to discard that no document has; or a folder of
    /// documents that seems lost.
    ///
    /// # Errors
    /// In these cases.
    pub fn check_can_build(&self, site: &Site) -> Result<()> {
        self.check_discarded()?;
        self.check_presence(site)
    }

    fn check_discarded(&self) -> Result<()> {
        let corpus = &self.catalogue.corpus;
        let is_unknown = |name: &&Basename| {
            corpus.find(name.as_str()).is_none() && !self.unread.covers(&name.source())
        };
        let unknown: Vec<BuildError> = (self.request.discard.iter())
            .filter(is_unknown)
            .map(|name| corpus.no_such(name))
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        Err(Refused(unknown).into())
    }

    /// A site without a single document, but with pages, was probably not emptied on purpose: the
    /// folder is on a disk that is not mounted, or was moved.
    fn check_presence(&self, site: &Site) -> Result<()> {
        let pages = self.strays.iter();
        let count = pages
            .filter(|stray| publication::is_removable(&stray.found))
            .count();
        if !self.catalogue.corpus.is_empty() || count == 0 {
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

/// Pages of no document that links may lead to, with sizes, and those without a document.
fn other_pages(
    site: &Site,
    request: &Request,
    found: &Discovered,
) -> (BTreeMap<String, u64>, Vec<Stray>) {
    if request.cloned {
        return Default::default();
    }
    let (mut others, strays) =
        output_pages::others(site, &found.corpus, &found.unread, &found.index);
    if let Scope::All | Scope::Without(_) = request.scope {
        // A page that this build removes is nothing to link to.
        for stray in strays.iter().filter(|stray| stray.is_removed()) {
            others.remove(&stray.page);
        }
    }
    (others, strays)
}

fn standings(
    site: &Site,
    request: &Request,
    corpus: &Corpus,
    pages: &BTreeMap<DocId, Found>,
    unsound: &BTreeSet<DocId>,
) -> BTreeMap<DocId, Standing> {
    let publishes_all = request.publishes_all(site.settings.publish, has_pages(pages));
    let standing = |(id, document)| {
        let sound = !unsound.contains(&id);
        let standing = publication::standing(request, publishes_all, document, &pages[&id], sound);
        (id, standing)
    };
    corpus.iter().map(standing).collect()
}

fn published(standings: &BTreeMap<DocId, Standing>) -> Published {
    standings
        .iter()
        .filter(|(_, standing)| **standing == Standing::Published)
        .map(|(id, _)| *id)
        .collect()
}

/// The redirects of a site, and what is wrong with them. Files that make way are no files any more.
fn redirected(
    site: &Site,
    (corpus, published): (&Corpus, &Published),
    files: &mut BTreeMap<String, u64>,
    paths: &mut BTreeSet<String>,
) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let around = Around {
        corpus,
        published,
        files: paths,
        base_url: &site.settings.base_url,
    };
    let (redirects, wrong) = redirect::resolve(&site.settings.redirects, around);
    for redirect in &redirects {
        // What is there makes way for the redirect, or is reported.
        files.remove(&redirect.from);
        // A link to an alias is one to its document.
        match redirect.by {
            By::Alias => paths.remove(&redirect.from),
            By::Settings => paths.insert(redirect.from.clone()),
        };
    }
    (redirects, wrong)
}

/// The paths that links may name: the site's files, and those that each build adds.
fn paths(files: &BTreeMap<String, u64>) -> BTreeSet<String> {
    let own = OWN_ASSETS.into_iter().chain([SITE_STYLE]);
    let own = own.map(str::to_owned);
    let files_and_folders = files.keys().flat_map(|path| {
        let folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
        folders.chain([path.as_str()])
    });
    let pages = files_and_folders.filter_map(viewer::page);
    files.keys().cloned().chain(own).chain(pages).collect()
}

/// Whether any of these pages exists.
fn has_pages(pages: &BTreeMap<DocId, Found>) -> bool {
    let mut pages = pages.values();
    pages.any(|found| found.state != PageState::Absent)
}

/// Findings about the diagrams of published documents, and pictures without a diagram.
fn of_slots(catalogue: &Catalogue, slots: &Slots) -> Vec<Diagnostic> {
    let published = catalogue.published.iter();
    let problems = published.flat_map(|id| slots.problems(catalogue, *id));
    problems.chain(slot::unplaced(catalogue)).collect()
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

/// The sizes of the site's pictures that these documents link to.
pub fn pictures(
    site: &Site,
    links: &LinkGraph,
    documents: &Published,
) -> BTreeMap<String, picture::Size> {
    let shown: BTreeSet<&String> = documents
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
