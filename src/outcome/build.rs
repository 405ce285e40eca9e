//! The result of a build or a dry run, and of the commands that end with a build.
//!
//! Not here: deciding and writing (`pipeline`).

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::name::Basename;
use crate::pipeline::Built;
use crate::pipeline::action::{Action, Deed, Done, Why};
use crate::pipeline::apply::Applied;
use crate::pipeline::plan::Planned;
use crate::pipeline::resolve::Resolved;

#[derive(Debug)]
pub struct BuildOutcome {
    /// Pages of documents, other files, then pages without a document. Of a build, without those that
    /// are up to date.
    pub files: Vec<FileOutcome>,
    /// How many pages are up to date and not in `files`.
    pub fresh: usize,
    /// A dry run: nothing was written.
    pub is_dry: bool,
    /// Where old bytes were moved, by the file that replaced them; both relative to the site.
    pub set_aside: BTreeMap<String, String>,
    /// How many documents have no page, though the rule publishes them, because the command does
    /// not render them.
    pub missing: usize,
    pub findings: Vec<Finding>,
}

#[derive(Debug)]
pub struct FileOutcome {
    /// Relative to the output.
    pub path: String,
    pub is_page: bool,
    pub fate: Fate,
}

/// What happened to a file, or would happen, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Write(Why),
    Written(Why),
    /// Up to date.
    Fresh,
    Kept(Why),
    /// It does not exist, and is not made.
    Skipped(Why),
    Remove(Why),
    Removed(Why),
}

impl From<Action> for Fate {
    fn from(action: Action) -> Self {
        match action {
            Action::Write(_, why) => Self::Write(why),
            Action::Fresh => Self::Fresh,
            Action::Keep(why) => Self::Kept(why),
            Action::Skip(why) => Self::Skipped(why),
            Action::Remove(_, why) => Self::Remove(why),
        }
    }
}

impl From<Deed> for Fate {
    fn from(deed: Deed) -> Self {
        match deed {
            Deed::Written(why) => Self::Written(why),
            Deed::Fresh => Self::Fresh,
            Deed::Kept(why) => Self::Kept(why),
            Deed::Skipped(why) => Self::Skipped(why),
            Deed::Removed(why) => Self::Removed(why),
        }
    }
}

impl BuildOutcome {
    /// Of a dry run, which reports these findings.
    pub fn of_plan(planned: Planned, findings: Vec<Finding>) -> Self {
        let outcome = |path: String, action: Action, is_page| FileOutcome {
            path,
            is_page,
            fate: Fate::from(action),
        };
        let pages = planned.pages.into_iter();
        let pages = pages.map(|page| outcome(page.path, page.action, true));
        let others = planned.copies.into_iter().chain(planned.derived);
        let others = others.chain(planned.manifest).chain(planned.files);
        let others = others.map(|file| outcome(file.path, file.action, false));
        let strays = planned.strays.into_iter();
        let strays = strays.map(|page| outcome(page.path, page.action, true));
        Self {
            files: pages.chain(others).chain(strays).collect(),
            fresh: 0,
            is_dry: true,
            set_aside: BTreeMap::new(),
            missing: planned.missing,
            findings,
        }
    }
}

impl From<Applied> for BuildOutcome {
    fn from(applied: Applied) -> Self {
        Self::of(applied).0
    }
}

impl BuildOutcome {
    /// Of a build that looked at everything, with what it knows of the site.
    pub fn of(applied: Applied) -> (Self, Resolved) {
        let (fresh, files): (Vec<Done>, Vec<Done>) = applied
            .done
            .into_iter()
            .partition(|done| done.deed == Deed::Fresh);
        let outcome = Self {
            files: files.into_iter().map(FileOutcome::from).collect(),
            fresh: fresh.iter().filter(|done| done.is_page).count(),
            is_dry: false,
            set_aside: applied.set_aside,
            missing: applied.missing,
            findings: applied.findings,
        };
        (outcome, applied.resolved)
    }
}

impl From<Done> for FileOutcome {
    fn from(done: Done) -> Self {
        Self {
            path: done.path,
            is_page: done.is_page,
            fate: Fate::from(done.deed),
        }
    }
}

impl From<Built> for BuildOutcome {
    fn from(built: Built) -> Self {
        match built {
            Built::Applied(applied) => (*applied).into(),
            Built::Unchanged(reported) | Built::Revised(reported) => Self {
                files: reported.others.into_iter().map(FileOutcome::from).collect(),
                fresh: reported.fresh,
                is_dry: false,
                set_aside: BTreeMap::new(),
                missing: reported.missing,
                findings: reported.findings,
            },
        }
    }
}

#[derive(Debug)]
pub struct Added {
    pub name: Basename,
    /// Whether the same file, byte for byte, existed already.
    pub is_known: bool,
    /// Files that were added with it.
    pub files: Vec<AddedFile>,
    /// Where old bytes were moved, relative to the site.
    pub set_aside: Vec<String>,
    pub build: BuildOutcome,
}

/// A file that was added with a document.
#[derive(Debug)]
pub struct AddedFile {
    /// As written in the document.
    pub from: String,
    /// Relative to the site.
    pub path: String,
    /// Whether the same file, byte for byte, existed already.
    pub is_known: bool,
}
