//! The files that follow from others: the tool's assets and data, index.html, graph.json.
//!
//! Not here: what happens to each (`plan`), the manifest of copies, and files.html, which lists the
//! others.

use anyhow::Result;

use crate::disk::{self, Kind};
use crate::layout::Point;
use crate::output::assets;
use crate::output::data::Order;
use crate::output::page_state::{self, Found, PageState};
use crate::output::render::{Renderer, own_asset};

use super::paths::{OWN_FOLDER, SITE_STYLE};
use super::site::{Refused, Site};

/// Files whose hand edits may be discarded, by the name that the option takes.
pub const CATALOGUE: [(&str, &str); 3] = [
    ("index", "index.html"),
    ("files", FILES),
    ("graph", "graph.json"),
];
/// The listing of the output.
pub const FILES: &str = "files.html";

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
) -> Result<Vec<Derived>> {
    let flat = site.settings.is_flat();
    let file = |path: &str, bytes, own, once| Derived {
        path: path.to_owned(),
        found: page_state::look(&site.output(), path),
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
    let index = renderer.index().map_err(Refused::one)?;
    for (name, bytes) in renderer.data(order, points, &index)? {
        derived.push(own(&format!("{OWN_FOLDER}data/{name}"), bytes));
    }
    derived.push(file("graph.json", renderer.graph()?, false, false));
    derived.push(file("index.html", index.page, false, false));
    Ok(derived)
}

/// Data files that docsite wrote and no longer needs, because there were more documents.
///
/// # Errors
///
/// If their folder cannot be read.
pub fn gone(site: &Site, derived: &[Derived]) -> Result<Vec<(String, Found)>> {
    let folder = format!("{OWN_FOLDER}data");
    let mut gone = Vec::new();
    for entry in disk::list(&site.output_file(&folder))? {
        let path = format!("{folder}/{}", entry.path);
        if entry.kind != Kind::File || derived.iter().any(|file| file.path == path) {
            continue;
        }
        // What somebody else put there, or changed, is theirs.
        let found = page_state::look(&site.output(), &path);
        if matches!(found.state, PageState::Generated(_)) {
            gone.push((path, found));
        }
    }
    Ok(gone)
}
