//! The listing of the output that files.html shows: as it is, and as it is once a build is done.

use std::collections::BTreeMap;

use crate::name::is_leftover;
use crate::output::parts::{self, Whole};
use crate::output::redirects;

use super::discover::contents::file_name;
use super::paths::FILES;
use super::site::Site;
use super::stat_index::StatIndex;

/// Sizes in bytes by path; none where the size is not known yet.
pub type Listing = BTreeMap<String, Option<u64>>;

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// It is in the output, with this size.
    Held(Option<u64>),
    AsBefore,
    Gone,
}

/// The listing once these files of a build are done. files.html lists itself without a size.
pub fn after<'a>(
    before: &BTreeMap<String, u64>,
    files: impl Iterator<Item = (&'a str, Becomes)>,
) -> Listing {
    let before = before.iter();
    let mut listing: Listing = before
        .map(|(path, size)| (path.clone(), Some(*size)))
        .collect();
    for (path, becomes) in files.filter(|(path, _)| !is_for_servers(path)) {
        match becomes {
            Becomes::Held(size) => drop(listing.insert(path.to_owned(), size)),
            Becomes::AsBefore => {}
            Becomes::Gone => drop(listing.remove(path)),
        }
    }
    listing.insert(FILES.to_owned(), None);
    listing
}

/// Whether a server takes a file for its own settings, and serves it to nobody.
fn is_for_servers(path: &str) -> bool {
    redirects::NAMES.contains(&path)
}

/// Every file of the output that a visitor can reach, with its size. Hidden files, editors'
/// leftovers, links and the parts of the listing itself are left out; beside `markdown/`, so are
/// files that are not part of a site.
pub fn find(site: &Site, index: &StatIndex) -> BTreeMap<String, u64> {
    const SERVED: [&str; 4] = ["assets", "attachment", "markdown", "view"];
    let flat = site.settings.is_flat();
    let is_settings = |path: &str| flat && path == "Caddyfile" || is_for_servers(path);
    let is_served = |path: &str| match path.split_once('/') {
        Some((folder, _)) => !flat || SERVED.contains(&folder),
        None => true,
    };
    let is_shown = |path: &str| {
        let name = file_name(path);
        !name.starts_with('.') && !is_leftover(name) && !path.chars().any(char::is_control)
    };
    let is_own = |path: &str| parts::whole_of(path) == Some(Whole::Files);
    let files = index.output_files().filter(|(path, _)| {
        is_shown(path) && is_served(path) && !is_settings(path) && !is_own(path)
    });
    files.collect()
}
