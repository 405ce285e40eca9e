//! Puts staged files in their places, and removes what leaves the output.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;

use crate::diagnostic::BuildError;
use crate::disk::{self, Lock, Placed, Staged};
use crate::output::page_state::{Permit, Prepared};
use crate::pipeline::action::{Deed, Done, Why};
use crate::pipeline::site::Site;
use crate::pipeline::stat_index::StatIndex;
use crate::rule::Cause;

use super::item::{Item, Notes, Step};

/// A staged file, ready to be moved into place.
pub(super) struct Waiting {
    path: String,
    prepared: Box<Prepared>,
}

/// A file without new bytes that wait.
pub(super) struct Rest {
    path: String,
    is_page: bool,
    end: End,
}

enum End {
    Done(Deed),
    Leaving(Permit, Why),
}

/// Takes what is staged out of the items, to be placed.
pub(super) fn take(items: Vec<Item>, is_page: bool, waiting: &mut Vec<Waiting>) -> Vec<Rest> {
    let take = |item: Item| {
        let end = match item.step {
            Step::Done(deed) => End::Done(deed),
            Step::Leaving(permit, why) => End::Leaving(permit, why),
            Step::Staged(prepared, why) => {
                let path = item.path.clone();
                waiting.push(Waiting { path, prepared });
                End::Done(Deed::Written(why))
            }
        };
        Rest {
            path: item.path,
            is_page,
            end,
        }
    };
    items.into_iter().map(take).collect()
}

/// Removes the file if it leaves the output.
pub(super) fn finish(site: &Site, rest: Rest, notes: &mut Notes) -> Done {
    let deed = match rest.end {
        End::Done(deed) => deed,
        End::Leaving(permit, why) => remove(site, &rest.path, permit, why, notes),
    };
    Done {
        path: rest.path,
        is_page: rest.is_page,
        deed,
    }
}

/// Puts files in their places, all synced before the first one.
///
/// # Errors
/// When one cannot be written. Files that took their place stay.
pub(super) fn place(
    site: &Site,
    lock: &Lock,
    waiting: Vec<Waiting>,
    (notes, index): (&mut Notes, &mut StatIndex),
) -> Result<()> {
    let began = Instant::now();
    let staged: Vec<&Staged> = waiting.iter().map(|file| file.prepared.staged()).collect();
    disk::sync(&staged)?;
    // An edit of a file that just took its place is seen by its time.
    disk::pass_tick(began);
    let folders: BTreeSet<PathBuf> = staged
        .iter()
        .filter_map(|file| file.target().parent().map(Path::to_owned))
        .collect();
    for Waiting { path, prepared } in waiting {
        lock.go_on()?;
        let (file, expected, known) = prepared.into_parts();
        let stamp = file.stamp();
        match file.place(expected)? {
            Placed::Done => index.replaced(&path, stamp, known),
            Placed::Changed => notes.errors.push(changed_meanwhile(&site.shown(&path))),
        }
    }
    disk::sync_folders(folders.iter().map(PathBuf::as_path))
}

/// Removes a file, and the folders that it leaves empty.
pub(super) fn remove(site: &Site, path: &str, permit: Permit, why: Why, notes: &mut Notes) -> Deed {
    let mut folder = permit.path().parent().map(Path::to_owned);
    let deed = match permit.remove(&site.root) {
        Ok((Placed::Done, kept)) => {
            notes.set_aside(site, path, kept);
            Deed::Removed(why)
        }
        Ok((Placed::Changed, _)) => {
            notes.errors.push(changed_meanwhile(&site.shown(path)));
            Deed::Kept(Why::Changed)
        }
        Err(error) => notes.give_up(site, path, &error),
    };
    while let Some(empty) = folder.filter(|folder| *folder != site.output()) {
        if !disk::list(&empty).is_ok_and(|entries| entries.is_empty()) {
            break;
        }
        disk::remove_empty_folder(&empty);
        folder = empty.parent().map(Path::to_owned);
    }
    deed
}

fn changed_meanwhile(path: &str) -> BuildError {
    let message = "was changed by another program while the site was built, and is kept";
    BuildError::new(Cause::ChangedMeanwhile, path, message).help("run docsite again")
}
