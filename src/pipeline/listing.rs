//! The listing of the output that files.html shows: as it is, and as it is once a build is done.
//!
//! Not here: which files are published (`reach`).

use std::collections::BTreeMap;

use crate::output::parts::{self, Whole};
use crate::output::redirects;

use super::paths::{FILES, HOST_FILES, MISSING};
use super::reach::Reach;
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

/// What is published once these files of a build are done, without settings of hosts, which none of
/// them sends. files.html lists itself without a size.
pub fn after<'a>(
    before: &BTreeMap<String, u64>,
    files: impl Iterator<Item = (&'a str, Becomes)>,
    reach: &Reach,
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
    let is_listed =
        |path: &str| !is_for_hosts(path) && reach.has(path, |other| listing.contains_key(other));
    let unlisted = listing.keys().filter(|path| !is_listed(path));
    let unlisted: Vec<String> = unlisted.cloned().collect();
    for path in unlisted {
        listing.remove(&path);
    }
    listing
}

/// Whether hosts take a file for their own settings.
fn is_for_hosts(path: &str) -> bool {
    path != MISSING && HOST_FILES.contains(&path) || redirects::NAMES.contains(&path)
}

/// Every file of the output with its size, without the parts of the listing itself.
pub fn find(index: &StatIndex) -> BTreeMap<String, u64> {
    let is_own = |path: &str| parts::whole_of(path) == Some(Whole::Files);
    index
        .output_files()
        .filter(|(path, _)| !is_own(path))
        .collect()
}
