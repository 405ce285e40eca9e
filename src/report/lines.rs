//! One line for each file of a plan: what was done with it, or would be, and why.

use std::collections::BTreeMap;

use crate::pipeline::outcome::Outcome;
use crate::pipeline::plan::{Action, Why};

use super::count::{files, pages};
use super::terminal::plain;

/// One file of a plan.
pub(super) struct Line {
    pub(super) verb: &'static str,
    pub(super) path: String,
    pub(super) why: String,
    is_page: bool,
    /// Written because something else changed.
    pub(super) follows: bool,
    pub(super) adoptable: bool,
    pub(super) unpublished: bool,
}

impl Line {
    /// Whether it is named in a list however long: somebody has to look at that page.
    pub(super) fn is_single(&self) -> bool {
        self.verb == "kept" && !self.adoptable
    }
}

pub(super) fn lines(outcome: &Outcome) -> Vec<Line> {
    let plan = &outcome.plan;
    let pages = plan
        .pages
        .iter()
        .map(|page| line(&page.path, &page.action, true));
    let others = plan.copies.iter().chain(&plan.derived).chain([&plan.files]);
    let others = others.map(|file| line(&file.path, &file.action, false));
    let strays = plan.strays.iter();
    let strays = strays.map(|page| line(&page.path, &page.action, true));
    pages.chain(others).chain(strays).collect()
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

pub(super) fn summary(lines: &[Line], dry: bool) -> String {
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
        format!("{} up to date", count(&["fresh"], true)),
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

fn line(path: &str, action: &Action, is_page: bool) -> Line {
    let (verb, why) = match action {
        Action::Write(_, why) => ("write", why.to_string()),
        Action::Written(why) => ("written", why.to_string()),
        Action::Remove(_, why) => ("remove", why.to_string()),
        Action::Removed(why) => ("removed", why.to_string()),
        Action::Fresh => ("fresh", "up to date".to_owned()),
        Action::Keep(why) => ("kept", why.to_string()),
        Action::Pass(why) => ("skipped", why.to_string()),
    };
    Line {
        verb,
        path: path.to_owned(),
        why,
        is_page,
        follows: !is_page
            && matches!(
                action,
                Action::Written(Why::New | Why::Original | Why::Listed)
            ),
        adoptable: matches!(action, Action::Keep(Why::Unknown)),
        unpublished: matches!(action, Action::Pass(Why::NotPublished)),
    }
}
