//! One line for each file of a plan: what was, or would be, done with it, and why.

use std::collections::BTreeMap;

use crate::outcome::build::{BuildOutcome, Fate, FileOutcome};
use crate::pipeline::action::Why;

use super::count::{files, pages};
use super::terminal::plain;

/// One file of a plan.
pub(super) struct Line {
    pub(super) verb: &'static str,
    pub(super) path: String,
    pub(super) why: String,
    pub(super) is_page: bool,
    /// Written because something else changed.
    pub(super) follows: bool,
    pub(super) adoptable: bool,
    pub(super) unpublished: bool,
}

impl Line {
    /// Whether it is listed even in a long list: somebody has to look at that page.
    pub(super) fn is_single(&self) -> bool {
        self.verb == "kept" && !self.adoptable
    }
}

pub(super) fn lines(outcome: &BuildOutcome) -> Vec<Line> {
    outcome.files.iter().map(line).collect()
}

/// A long list, counted by what happened and why.
pub(super) fn groups(listed: &[&Line]) -> Vec<String> {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for line in listed.iter().filter(|line| !line.is_single()) {
        let (of_pages, of_files) = counts.entry((line.verb, &line.why)).or_default();
        if line.is_page {
            *of_pages += 1;
        } else {
            *of_files += 1;
        }
    }
    let line = |((verb, why), (of_pages, of_files))| {
        let of_pages = (of_pages > 0).then(|| pages(of_pages));
        let of_files = (of_files > 0).then(|| files(of_files));
        let counts: Vec<String> = of_pages.into_iter().chain(of_files).collect();
        plain(&format!("{verb:<9} {}  ({why})", counts.join(", ")))
    };
    counts.into_iter().map(line).collect()
}

/// `fresh`: how many pages are up to date besides those of `lines`.
pub(super) fn summary(lines: &[Line], fresh: usize, dry: bool) -> String {
    let count = |verbs: &[&str], is_page| {
        let matching = lines.iter().filter(|line| line.is_page == is_page);
        matching.filter(|line| verbs.contains(&line.verb)).count()
    };
    let written = count(&["write", "written"], true);
    let others = count(&["write", "written", "remove", "removed"], false);
    let mut parts = vec![
        format!(
            "{} {}",
            pages(written),
            if dry { "to write" } else { "written" }
        ),
        format!("{} up to date", fresh + count(&["fresh"], true)),
    ];
    let removed = count(&["remove", "removed"], true);
    if removed > 0 {
        parts.push(format!(
            "{removed} {}",
            if dry { "to remove" } else { "removed" }
        ));
    }
    let kept = count(&["kept"], true);
    if kept > 0 {
        parts.push(format!("{kept} kept"));
    }
    let passed = count(&["skipped"], true);
    if passed > 0 {
        parts.push(format!("{passed} skipped"));
    }
    parts.push(format!(
        "{} {}",
        others,
        if others == 1 {
            "other file"
        } else {
            "other files"
        }
    ));
    parts.join(", ")
}

fn line(file: &FileOutcome) -> Line {
    let (verb, why) = match &file.fate {
        Fate::Write(why) => ("write", why.to_string()),
        Fate::Written(why) => ("written", why.to_string()),
        Fate::Remove(why) => ("remove", why.to_string()),
        Fate::Removed(why) => ("removed", why.to_string()),
        Fate::Fresh => ("fresh", "up to date".to_owned()),
        Fate::Kept(why) => ("kept", why.to_string()),
        Fate::Skipped(why) => ("skipped", why.to_string()),
    };
    let follows = matches!(
        file.fate,
        Fate::Written(Why::New | Why::Original | Why::Listed)
    );
    Line {
        verb,
        path: file.path.clone(),
        why,
        is_page: file.is_page,
        follows: !file.is_page && follows,
        adoptable: matches!(file.fate, Fate::Kept(Why::Unknown)),
        unpublished: matches!(file.fate, Fate::Skipped(Why::NotPublished)),
    }
}
