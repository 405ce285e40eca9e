//! Derived files: docsite's assets and data, index.html, graph.json, the manifest of copies; and
//! the listing of the output for files.html.
//!
//! Not here: files.html itself (`apply` makes it last, when every size is known).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::check::files::{FileState, OutputFile, Role};
use crate::disk::{self, Kind};
use crate::layout::Point;
use crate::name::is_leftover;
use crate::output::assets;
use crate::output::data::Order;
use crate::output::page_state::{self, Consent, Found, PageState};
use crate::output::render::{Renderer, own_asset};

use super::Built;
use super::copies::{self, MANIFEST};
use super::load::{OWN_FOLDER, SITE_STYLE};
use super::plan::{self, Action, Derived, FilePlan, Plan, Why};
use super::site::{Refused, Site};

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

/// Files whose hand edits may be discarded, by the name that the option takes.
pub const CATALOGUE: [(&str, &str); 3] = [
    ("index", "index.html"),
    ("files", FILES),
    ("graph", "graph.json"),
];
/// The listing of the output.
pub const FILES: &str = "files.html";

/// Files that are not up to date, except for those that are out of date because a document is (its
/// copy, the catalogue): the document's page is reported instead.
pub fn unlike(site: &Site, plan: &Plan) -> Vec<OutputFile> {
    let is_written = |action: &Action| matches!(action, Action::Write(..) | Action::Remove(..));
    let has_stale_page = plan.pages.iter().any(|page| is_written(&page.action));
    let has_stale_copy = plan.copies.iter().any(|file| is_written(&file.action));
    // These two list the copies.
    let lists_copies = |path: &str| [FILES, MANIFEST].contains(&path);
    let derived = plan.derived.iter().chain([&plan.files]);
    let derived = derived.filter_map(|file| {
        let state = state(&file.action)?;
        let follows = has_stale_page || has_stale_copy && lists_copies(&file.path);
        let name = CATALOGUE.iter().find(|(_, path)| *path == file.path);
        let role = name.map_or(Role::Own, |(name, _)| Role::Catalogue(name));
        let is_listed = state != FileState::Stale || !follows && !differs_in_sizes(site, file);
        is_listed.then_some((file, role, state))
    });
    let copies = plan.copies.iter().filter_map(|file| {
        let follows = has_stale_page && file.path.starts_with("markdown/");
        let is_listed = is_written(&file.action) && !follows;
        is_listed.then_some((file, Role::Copy, state(&file.action)?))
    });
    let all = derived.chain(copies).map(|(file, role, state)| OutputFile {
        path: site.shown(&file.path),
        role,
        state,
    });
    all.collect()
}

/// Files that a build would write if they were not edited by hand or blocked. (Those of unknown
/// origin are counted with the pages of unknown origin.)
pub fn kept(site: &Site, plan: &Plan) -> Vec<OutputFile> {
    let mut files = unlike(site, plan);
    files.retain(|file| match file.state {
        FileState::Edited => matches!(file.role, Role::Catalogue(_)),
        FileState::Blocked(_) => true,
        FileState::Missing | FileState::Stale | FileState::Foreign => false,
    });
    files
}

/// Like `unlike`, but only if docsite ever wrote into the output: an older program has no
/// catalogue, and a fresh clone may have no output.
pub fn unlike_in_output(site: &Site, built: &Built) -> Vec<OutputFile> {
    if is_built(site, built.pages.values()) {
        unlike(site, &built.plan)
    } else {
        Vec::new()
    }
}

/// Whether docsite ever wrote into the output. `pages`: the documents' pages, as they were found.
pub fn is_built<'a>(site: &Site, mut pages: impl Iterator<Item = &'a Found>) -> bool {
    let index = page_state::look(&site.output(), "index.html");
    index.mark().is_some() || pages.any(|page| page.mark().is_some())
}

/// Whether files.html lists the same files as a new one, so that only sizes can differ: a page that
/// somebody works on changes its size with every edit.
fn differs_in_sizes(site: &Site, file: &FilePlan) -> bool {
    let (FILES, Some(new)) = (file.path.as_str(), &file.bytes) else {
        return false;
    };
    let Ok(Some(old)) = disk::read_whole(&site.output_file(FILES)) else {
        return false;
    };
    let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(new));
    old.split("href=\"")
        .skip(1)
        .map(target)
        .eq(new.split("href=\"").skip(1).map(target))
}

fn target(rest: &str) -> &str {
    rest.split('"').next().unwrap_or_default()
}

fn state(action: &Action) -> Option<FileState> {
    Some(match action {
        Action::Write(_, Why::New) => FileState::Missing,
        Action::Write(_, Why::Restored) | Action::Keep(Why::HandMade { .. }) => FileState::Edited,
        Action::Write(..) | Action::Remove(..) => FileState::Stale,
        Action::Keep(Why::Doubtful(why)) => FileState::Blocked(why.clone()),
        Action::Keep(_) => FileState::Foreign,
        Action::Fresh | Action::Pass(_) | Action::Written(_) | Action::Removed(_) => return None,
    })
}

/// The manifest of the copies after these plans.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn manifest(site: &Site, copies: &[FilePlan]) -> Result<FilePlan> {
    let bytes = copies::manifest(copies)?;
    let file = Derived {
        path: MANIFEST.to_owned(),
        found: page_state::look(&site.output(), MANIFEST),
        bytes,
        own: true,
        once: false,
    };
    Ok(plan::derive(file, Consent::Usual))
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

/// Every file of the output that a visitor can reach, with its size. Hidden files, editors'
/// leftovers and links are left out; beside `markdown/`, so are files that are not part of a site.
pub fn listing(site: &Site) -> BTreeMap<String, u64> {
    const SERVED: [&str; 3] = ["assets", "attachment", "markdown"];
    let flat = site.settings.is_flat();
    // Caddy serves its own settings to nobody.
    let is_settings = |path: &str| flat && path == "Caddyfile";
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
            let shown = shown && !is_settings(&path);
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
