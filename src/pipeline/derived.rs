//! The files that follow from others: the tool's assets and data, index.html, graph.json, and the
//! parts of a large catalogue.
//!
//! Not here: what happens to each (`plan`), the manifest of copies, and files.html, which lists the
//! others.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::disk::{self, Kind};
use crate::layout::Point;
use crate::output::assets;
use crate::output::data::Order;
use crate::output::page_state::{Found, PageState};
use crate::output::parts::{self, Whole};
use crate::output::render::{Renderer, own_asset};

use super::paths::{OWN_FOLDER, SITE_STYLE};
use super::site::{Refused, Site};
use super::stat_index::StatIndex;

/// Files whose hand edits may be discarded, by the name that the option takes.
pub const CATALOGUE: [(&str, &str); 3] = [
    ("index", "index.html"),
    ("files", FILES),
    ("graph", "graph.json"),
];
/// The listing of the output.
pub const FILES: &str = "files.html";

/// The file of the catalogue that this one is or is a part of: its name and its path.
pub fn catalogue_file(path: &str) -> Option<(&'static str, &'static str)> {
    let path = match parts::whole_of(path) {
        Some(Whole::Index) => "index.html",
        Some(Whole::Files) => FILES,
        Some(Whole::Graph) => "graph.json",
        None => path,
    };
    CATALOGUE.into_iter().find(|(_, whole)| *whole == path)
}

/// A derived file as it was found, and its new content.
#[derive(Debug)]
pub struct Derived {
    /// Relative to the output.
    pub path: String,
    pub bytes: Vec<u8>,
    pub found: Found,
    /// Whether it is docsite's own, and replaced even if somebody changed it.
    pub own: bool,
    /// Whether it is only written if it is missing.
    pub once: bool,
}

/// Renders the derived files, and reads the existing ones. `order` and `points`: the documents of
/// the graph, and their positions.
///
/// # Errors
///
/// If a template fails.
pub fn find(
    site: &Site,
    renderer: &Renderer<'_>,
    order: &Order,
    points: &[Point],
    index: &StatIndex,
) -> Result<Vec<Derived>> {
    let flat = site.settings.is_flat();
    let file = |path: &str, bytes, own, once| Derived {
        path: path.to_owned(),
        found: index.page(path),
        bytes,
        own,
        once,
    };
    let own = |path: &str, bytes| file(path, bytes, true, false);
    let mut derived = vec![
        own("assets/docsite.css", own_asset(assets::STYLE)),
        own("assets/docsite.js", renderer.script()?),
        own("assets/docsite-topics.css", renderer.topics_css()),
    ];
    let parts = assets::PARTS.iter();
    derived.extend(parts.map(|(name, text)| own(&format!("{OWN_FOLDER}{name}"), own_asset(text))));
    let style = disk::kind(&site.root.join(SITE_STYLE));
    let lacks_style = style.is_ok_and(|kind| kind == Kind::Absent);
    if flat {
        // The site's own file: made where it is missing, never touched once it is there.
        derived.push(file(SITE_STYLE, assets::SITE_STYLE.into(), false, true));
    } else if lacks_style {
        derived.push(own(SITE_STYLE, own_asset(assets::SITE_STYLE)));
    }
    let parts = renderer.parts();
    let index = renderer.index(&parts).map_err(Refused::one)?;
    for (name, bytes) in renderer.data(order, points, &index)? {
        derived.push(own(&format!("{OWN_FOLDER}data/{name}"), bytes));
    }
    for (at, part) in parts.iter().enumerate() {
        let page = renderer.part_page(&parts, at).map_err(Refused::one)?;
        derived.push(file(&part.page(), page, false, false));
        derived.push(file(
            &part.graph(),
            renderer.part_graph(part)?,
            false,
            false,
        ));
    }
    derived.push(file("graph.json", renderer.graph(&parts)?, false, false));
    derived.push(file("index.html", index.page, false, false));
    Ok(derived)
}

/// Data files and parts that docsite wrote and no longer needs, because there were more documents.
/// `made`: the paths of those that it needs. The parts of files.html are not among them.
pub fn gone(index: &StatIndex, made: &BTreeSet<&str>) -> Vec<(String, Found)> {
    let is_other = |path: &String| !made.contains(path.as_str());
    let data = format!("{OWN_FOLDER}data/");
    let mut others: Vec<String> = index.files_in(&data).filter(is_other).collect();
    let is_part =
        |path: &String| matches!(parts::whole_of(path), Some(Whole::Index | Whole::Graph));
    others.extend(index.files_in("").filter(is_part).filter(is_other));
    own(index, others)
}

/// Parts of files.html that docsite wrote and that are not among those it makes.
pub fn gone_listings(index: &StatIndex, made: &BTreeSet<&str>) -> Vec<(String, Found)> {
    let is_part = |path: &String| parts::whole_of(path) == Some(Whole::Files);
    let others = index.files_in("").filter(is_part);
    own(index, others.filter(|path| !made.contains(path.as_str())))
}

/// Those of these files that docsite wrote: what somebody else put there, or changed, is theirs.
fn own(index: &StatIndex, paths: impl IntoIterator<Item = String>) -> Vec<(String, Found)> {
    let found = paths.into_iter().map(|path| {
        let found = index.page(&path);
        (path, found)
    });
    let is_own = |(_, found): &(String, Found)| matches!(found.state, PageState::Generated(_));
    found.filter(is_own).collect()
}
