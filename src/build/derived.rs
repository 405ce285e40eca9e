//! The files that follow from others: the tool's assets and data, index.html, graph.json, the
//! manifest of copies; and the listing of the output that files.html shows.
//!
//! Not here: files.html itself (`apply` makes it last, when every size is known).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::disk::{self, Kind};
use crate::layout::Point;
use crate::name::is_leftover;
use crate::output::data::Order;
use crate::output::page_state::{self, Found, State};
use crate::output::render::{Renderer, own_asset};
use crate::output::theme;

use super::copies::{self, MANIFEST};
use super::load::{OWN_FOLDER, SITE_STYLE};
use super::plan::{self, Derived, FilePlan};
use super::site::{Refused, Site};

/// Renders the derived files, and looks at what is in their places. `order` and `points`: the
/// documents of the graph, and where each stands in its picture.
///
/// # Errors
/// When a template fails.
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
        own("assets/docsite.css", own_asset(theme::STYLE)),
        own("assets/docsite.js", own_asset(theme::SCRIPT)),
        own("assets/docsite-topics.css", renderer.topics_css()),
    ];
    let parts = theme::PARTS.iter();
    derived.extend(parts.map(|(name, text)| own(&format!("{OWN_FOLDER}{name}"), own_asset(text))));
    let style = disk::kind(&site.root.join(SITE_STYLE));
    let lacks_style = style.is_ok_and(|kind| kind == Kind::Absent);
    if flat {
        // The site's own file: made where it is missing, never touched once it is there.
        derived.push(file(SITE_STYLE, theme::SITE_STYLE.into(), false, true));
    } else if lacks_style {
        derived.push(own(SITE_STYLE, own_asset(theme::SITE_STYLE)));
    }
    let index = renderer.index().map_err(Refused::one)?;
    for (name, bytes) in renderer.data(order, points, &index)? {
        derived.push(own(&format!("{OWN_FOLDER}data/{name}"), bytes));
    }
    derived.push(file("graph.json", renderer.graph()?, false, false));
    derived.push(file("index.html", index.page, false, false));
    Ok(derived)
}

/// The manifest of copies, for what their plans come to.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn manifest(site: &Site, copies: &[FilePlan]) -> Result<FilePlan> {
    let bytes = copies::manifest(copies)?;
    let file = Derived {
        path: MANIFEST.to_owned(),
        found: page_state::look(&site.output(), MANIFEST),
        bytes,
        own: true,
        once: false,
    };
    Ok(plan::derive(file, false))
}

/// Data files that docsite wrote and makes no more: there were more documents then.
///
/// # Errors
/// When their folder cannot be read.
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
        if matches!(found.state, State::Generated(_)) {
            gone.push((path, found));
        }
    }
    Ok(gone)
}

/// Every file of the output that a visitor can reach, with its size. Hidden files, editors'
/// leftovers and links are left out; beside `markdown/`, so is what is no part of a site.
pub fn listing(site: &Site) -> BTreeMap<String, u64> {
    const SERVED: [&str; 3] = ["assets", "attachment", "markdown"];
    let flat = site.settings.is_flat();
    let enter = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        !name.starts_with('.')
    };
    let in_served = |path: &str| {
        path.split_once('/')
            .is_some_and(|(folder, _)| SERVED.contains(&folder))
    };
    let mut files = BTreeMap::new();
    let mut take = |above: &str, entries: Vec<disk::Entry>| {
        for entry in entries {
            let shown = entry.readable && !entry.path.chars().any(char::is_control);
            let path = format!("{above}{}", entry.path);
            let shown = shown && !is_leftover(path.rsplit('/').next().unwrap_or(&path));
            if entry.kind == Kind::File && shown && (above.is_empty() || in_served(&path)) {
                files.insert(path, entry.size);
            }
        }
    };
    // A folder that cannot be read cannot be served either.
    let walk = |folder: &Path, depth| disk::walk_what_can_be(folder, depth, enter, &mut Vec::new());
    if !flat {
        take("", walk(&site.output(), usize::MAX));
        return files;
    }
    take("", walk(&site.output(), 1));
    for folder in SERVED {
        take(
            &format!("{folder}/"),
            walk(&site.output_file(folder), usize::MAX),
        );
    }
    files
}
