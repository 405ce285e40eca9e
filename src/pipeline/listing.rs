//! The listing of the output that files.html shows: as it is, and as it is once a build is done.

use std::collections::BTreeMap;
use std::path::Path;

use crate::disk::{self, Kind};
use crate::name::is_leftover;
use crate::output::parts::{self, Whole};

use super::derived::FILES;
use super::site::Site;

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
    for (path, becomes) in files {
        match becomes {
            Becomes::Held(size) => drop(listing.insert(path.to_owned(), size)),
            Becomes::AsBefore => {}
            Becomes::Gone => drop(listing.remove(path)),
        }
    }
    listing.insert(FILES.to_owned(), None);
    listing
}

/// Every file of the output that a visitor can reach, with its size. Hidden files, editors'
/// leftovers, links and the parts of the listing itself are left out; beside `markdown/`, so are files that are not part of a site.
pub fn find(site: &Site) -> BTreeMap<String, u64> {
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
            let shown = shown && parts::whole_of(&path) != Some(Whole::Files);
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
