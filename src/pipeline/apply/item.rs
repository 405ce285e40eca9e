//! One file of a build on its way from the plan to what was done.

use std::collections::BTreeMap;

use crate::diagnostic::BuildError;
use crate::output::page_state::{Permit, Prepared};
use crate::pipeline::action::{Action, Deed, Prints, Why};
use crate::pipeline::copies;
use crate::pipeline::listing::Becomes;
use crate::pipeline::manifest;
use crate::pipeline::site::Site;

/// A file whose new bytes, if it gets any, are on the disk beside it.
pub(super) struct Item {
    /// Relative to the output.
    pub(super) path: String,
    pub(super) prints: Prints,
    /// In bytes; none where it is not known.
    pub(super) size: Option<u64>,
    pub(super) step: Step,
}

pub(super) enum Step {
    Done(Deed),
    /// Its new bytes wait to take its place.
    Staged(Box<Prepared>, Why),
    Leaving(Permit, Why),
}

impl Item {
    /// What becomes of the file, for the listing of the output.
    pub(super) fn becomes(&self) -> Becomes {
        match (&self.step, self.size) {
            (Step::Staged(..), size) => Becomes::Held(size),
            (Step::Done(Deed::Fresh), Some(size)) => Becomes::Held(Some(size)),
            (Step::Leaving(..) | Step::Done(Deed::Removed(_)), _) => Becomes::Gone,
            (Step::Done(_), _) => Becomes::AsBefore,
        }
    }

    /// The entry of a copy in the manifest, where its bytes are docsite's.
    pub(super) fn entry(&self) -> Option<manifest::Entry> {
        let print = match &self.step {
            Step::Staged(..) | Step::Done(Deed::Fresh) => self.prints.after,
            Step::Done(Deed::Kept(_)) => self.prints.before,
            Step::Done(_) | Step::Leaving(..) => None,
        };
        Some((self.path.clone(), print?))
    }
}

/// What an action that writes nothing comes to; the permit and the reason of one that does.
pub(super) fn split(action: Action) -> Result<(Permit, Why), Step> {
    match action {
        Action::Write(permit, why) => Ok((permit, why)),
        Action::Remove(permit, why) => Err(Step::Leaving(permit, why)),
        Action::Fresh => Err(Step::Done(Deed::Fresh)),
        Action::Keep(why) => Err(Step::Done(Deed::Kept(why))),
        Action::Skip(why) => Err(Step::Done(Deed::Skipped(why))),
    }
}

/// What is to be reported of a build while it goes on.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Files and documents that somebody changed meanwhile, copies that could not be made.
    pub(super) errors: Vec<BuildError>,
    /// Where old bytes are, by the file that replaced them; both relative to the site.
    pub(super) set_aside: BTreeMap<String, String>,
}

impl Notes {
    pub(super) fn set_aside(&mut self, site: &Site, path: &str, kept: Option<String>) {
        if let Some(kept) = kept {
            self.set_aside.insert(site.shown(path), kept);
        }
    }

    /// A file that cannot be written or removed: the rest continues.
    pub(super) fn give_up(&mut self, site: &Site, path: &str, error: &anyhow::Error) -> Deed {
        let why = error.root_cause().to_string();
        let problem = copies::not_copied(&site.shown(path), &why);
        self.errors.push(problem);
        Deed::Kept(Why::Failed(why))
    }
}
