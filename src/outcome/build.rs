//! The result of a build or a dry run, and of the commands that end with a build.
//!
//! Not here: deciding and writing (`pipeline`).

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::name::Basename;
use crate::pipeline::Built;
use crate::pipeline::plan::{Action, Why};

#[derive(Debug)]
pub struct BuildOutcome {
    /// Pages of documents, other files, then pages without a document.
    pub files: Vec<FileOutcome>,
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

impl From<&Action> for Fate {
    fn from(action: &Action) -> Self {
        match action {
            Action::Write(_, why) => Self::Write(why.clone()),
            Action::Written(why) => Self::Written(why.clone()),
            Action::Fresh => Self::Fresh,
            Action::Keep(why) => Self::Kept(why.clone()),
            Action::Pass(why) => Self::Skipped(why.clone()),
            Action::Remove(_, why) => Self::Remove(why.clone()),
            Action::Removed(why) => Self::Removed(why.clone()),
        }
    }
}

impl From<Built> for BuildOutcome {
    fn from(built: Built) -> Self {
        let plan = &built.plan;
        let outcome = |path: &str, action: &Action, is_page| FileOutcome {
            path: path.to_owned(),
            is_page,
            fate: Fate::from(action),
        };
        let pages = plan.pages.iter();
        let pages = pages.map(|page| outcome(&page.path, &page.action, true));
        let others = plan.copies.iter().chain(&plan.derived).chain([&plan.files]);
        let others = others.map(|file| outcome(&file.path, &file.action, false));
        let strays = plan.strays.iter();
        let strays = strays.map(|page| outcome(&page.path, &page.action, true));
        Self {
            files: pages.chain(others).chain(strays).collect(),
            is_dry: built.applied.is_none(),
            set_aside: built
                .applied
                .map(|applied| applied.set_aside)
                .unwrap_or_default(),
            missing: built.plan.missing,
            findings: built.findings,
        }
    }
}

/// The result of `add`.
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

/// The result of `unpublish`.
#[derive(Debug)]
pub struct Unpublished {
    /// Documents that became drafts, relative to the site.
    pub drafts: Vec<String>,
    pub build: BuildOutcome,
}
