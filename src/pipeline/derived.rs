//! The files that follow from others: the tool's assets and data, index.html, graph.json, the parts of
//! a large catalogue, and what a published site says to programs.
//!
//! Not here: what happens to each (`plan`), the manifest of copies, and files.html, which lists the
//! others.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use crate::disk::{self, Kind};
use crate::fingerprint::Fingerprint;
use crate::layout::Point;
use crate::model::catalogue::Catalogue;
use crate::name::Basename;
use crate::output::assets;
use crate::output::data::Order;
use crate::output::page_state::{Found, PageState};
use crate::output::parts::{self, Whole};
use crate::output::published;
use crate::output::redirects;
use crate::output::render::{Renderer, own_asset};
use crate::output::search_files;
use crate::output::viewer;

use super::action::{Content, FilePlan};
use super::output_pages::is_redirect;
use super::paths::{INDEX, MISSING, OWN_FOLDER, SITE_STYLE};
use super::pieces::{Piece, Pieces};
use super::same_file::Wanted;
use super::site::{Refused, Site};
use super::stat_index::StatIndex;

/// A derived file as it was found, and its new content.
#[derive(Debug)]
pub struct Derived {
    /// Relative to the output.
    pub path: String,
    pub content: Content,
    pub found: Found,
    /// Whether it is docsite's own, and replaced even if somebody changed it.
    pub own: bool,
    /// Whether it is only written if it is missing.
    pub once: bool,
    /// Of one that is only made if it has another key.
    pub key: Option<Fingerprint>,
}

impl Derived {
    pub fn new(index: &StatIndex, path: &str, bytes: Vec<u8>) -> Self {
        Self {
            path: path.to_owned(),
            found: index.page(path),
            content: Content::Bytes(bytes),
            own: false,
            once: false,
            key: None,
        }
    }

    pub(super) fn own(index: &StatIndex, path: &str, bytes: Vec<u8>) -> Self {
        Self {
            own: true,
            ..Self::new(index, path, bytes)
        }
    }

    /// One of many files: it is made now only if there is a file to compare with.
    fn piece(index: &StatIndex, pieces: &Pieces<'_>, piece: Piece) -> Result<Self> {
        let path = pieces.path(piece);
        let found = index.page(&path);
        let key = pieces.key(piece, index, &found)?;
        let content = if found.state == PageState::Absent || key.is_some() {
            Content::Piece(piece)
        } else {
            Content::Bytes(pieces.bytes(piece)?)
        };
        Ok(Self {
            path,
            content,
            found,
            own: Pieces::is_own(piece),
            once: false,
            key,
        })
    }
}

/// Renders the derived files, and reads the existing ones. `order` and `points`: the documents of
/// the graph, and their positions. Each is judged at once, so that what need not be written is not
/// kept.
///
/// # Errors
///
/// If a template fails.
pub fn find(
    site: &Site,
    pieces: &Pieces<'_>,
    index: &StatIndex,
    (order, points): (&Order, &[Point]),
    judge: impl Fn(Derived) -> FilePlan + Sync,
) -> Result<Vec<FilePlan>> {
    let renderer = pieces.renderer;
    let own = |path: &str, bytes| judge(Derived::own(index, path, bytes));
    let mut plans = vec![
        own("assets/docsite.css", own_asset(assets::STYLE)),
        own("assets/docsite.js", renderer.script()?),
        own("assets/docsite-topics.css", renderer.topics_css()),
    ];
    let parts = assets::PARTS.iter();
    plans.extend(parts.map(|(name, text)| own(&format!("{OWN_FOLDER}{name}"), own_asset(text))));
    plans.extend(site_style(site, index).map(&judge));
    let catalogue = renderer
        .index(&pieces.parts, order, points)
        .map_err(Refused::one)?;
    for (name, bytes) in renderer.data(order, points, &catalogue)? {
        plans.push(own(&format!("{OWN_FOLDER}data/{name}"), bytes));
    }
    let of_pieces = pieces.all().into_par_iter();
    let of_pieces = of_pieces.map(|piece| Ok(judge(Derived::piece(index, pieces, piece)?)));
    plans.extend(of_pieces.collect::<Result<Vec<_>>>()?);
    plans.extend(for_programs(renderer, index).map(&judge));
    if site.settings.is_flat() || !is_there(&site.root.join(MISSING)) {
        let page = renderer.missing().map_err(Refused::one)?;
        plans.push(judge(Derived::new(index, MISSING, page)));
    }
    for redirect in redirects::with_page(renderer.catalogue()) {
        let page = renderer.moved(redirect).map_err(Refused::one)?;
        plans.push(judge(Derived::new(index, &redirect.from, page)));
    }
    let graph = renderer.graph(&pieces.parts)?;
    plans.push(judge(Derived::new(index, "graph.json", graph)));
    plans.push(judge(Derived::new(index, INDEX, catalogue.page)));
    Ok(plans)
}

/// The files of a published site that programs read. One that somebody else made or changed is the
/// site's own: no option replaces it.
fn for_programs(renderer: &Renderer<'_>, index: &StatIndex) -> impl Iterator<Item = Derived> {
    let catalogue = renderer.catalogue();
    let for_servers = redirects::for_servers(catalogue);
    let files = published::files(catalogue).into_iter().chain(for_servers);
    let files = files.map(|(name, bytes)| Derived::new(index, name, bytes));
    files.filter(|file| {
        matches!(
            file.found.state,
            PageState::Absent | PageState::Generated(_) | PageState::Damaged
        )
    })
}

/// Whether there is something, or may be.
fn is_there(path: &Path) -> bool {
    !disk::kind(path).is_ok_and(|kind| kind == Kind::Absent)
}

/// The style of a site that has none.
fn site_style(site: &Site, index: &StatIndex) -> Option<Derived> {
    let lacks_style = !is_there(&site.root.join(SITE_STYLE));
    if site.settings.is_flat() {
        // The site's own file: made where it is missing, never touched once it is there.
        let made = Derived::new(index, SITE_STYLE, assets::SITE_STYLE.into());
        Some(Derived { once: true, ..made })
    } else {
        lacks_style.then(|| Derived::own(index, SITE_STYLE, own_asset(assets::SITE_STYLE)))
    }
}

/// Files that docsite wrote and no longer makes: there were more documents or attachments, another
/// address moved, or the settings had an address.
/// `made`: the paths of those that it makes. The parts of files.html are not among them.
pub fn gone(
    site: &Site,
    index: &StatIndex,
    catalogue: &Catalogue,
    made: &BTreeSet<&str>,
) -> Vec<(String, Found)> {
    let data = format!("{OWN_FOLDER}data/");
    let folders = [data.as_str(), search_files::FOLDER];
    let data = folders.iter().flat_map(|folder| index.files_in(folder));
    let at_top = index.files_in("").filter(|path| is_made_at_top(path));
    let files = index.output_files().map(|(path, _)| path);
    let files = files.chain(moved_before(site, index, catalogue));
    let is_document = |path: &str| {
        let stem = path.strip_suffix(".html");
        stem.is_some_and(|stem| catalogue.corpus.find(stem).is_some())
    };
    let pages = files.filter(|path| {
        viewer::is_page(path)
            || !made.contains(path.as_str()) && !is_document(path) && is_redirect(index, path)
    });
    let all: BTreeSet<String> = data.chain(at_top).chain(pages).collect();
    own(index, all, made)
}

/// Whether a file at the top of the output has a name that some site's catalogue, or what it says to
/// programs, has there.
fn is_made_at_top(path: &str) -> bool {
    let stem = path.strip_suffix(".json");
    matches!(parts::whole_of(path), Some(Whole::Index | Whole::Graph))
        || published::NAMES.contains(&path)
        || redirects::NAMES.contains(&path)
        || stem.is_some_and(|stem| Basename::parse(stem).is_ok())
}

/// Pages at former addresses that the last build made: beside `markdown/`, other folders are the
/// author's and are not looked through.
fn moved_before(site: &Site, index: &StatIndex, catalogue: &Catalogue) -> Vec<String> {
    let hosts = index.page(redirects::HOSTS);
    if !matches!(hosts.state, PageState::Generated(_)) {
        return Vec::new();
    }
    let text = disk::read_whole(&site.output_file(redirects::HOSTS));
    let text = text.ok().flatten().unwrap_or_default();
    redirects::pages_of(catalogue, &String::from_utf8_lossy(&text))
}

/// Parts of files.html that docsite wrote and that are not among those it makes.
pub fn gone_listings(index: &StatIndex, made: &BTreeSet<&str>) -> Vec<(String, Found)> {
    let is_part = |path: &String| parts::whole_of(path) == Some(Whole::Files);
    own(index, index.files_in("").filter(is_part), made)
}

/// Those of these files that docsite wrote and does not make now: what somebody else put there, or
/// changed, is theirs.
fn own(
    index: &StatIndex,
    paths: impl IntoIterator<Item = String>,
    made: &BTreeSet<&str>,
) -> Vec<(String, Found)> {
    let same = LazyCell::new(|| Wanted::new(index.output(), made.iter().copied()));
    let is_gone = |path: &String| !made.contains(path.as_str()) && !same.is_at(path);
    let found = paths.into_iter().filter(is_gone).map(|path| {
        let found = index.page(&path);
        (path, found)
    });
    let is_own = |(_, found): &(String, Found)| matches!(found.state, PageState::Generated(_));
    found.filter(is_own).collect()
}
