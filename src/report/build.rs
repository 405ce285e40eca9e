//! Prints a build or a dry run, and the commands that end with a build.

use std::collections::BTreeMap;

use crate::outcome::build::{Added, BuildOutcome};

use super::Report;
use super::count::{documents, files};
use super::lines::{Line, groups, lines, summary};
use super::terminal::plain;

/// A longer list is counted by reason, not printed.
const LONG: usize = 40;

impl Report {
    /// A build, or a dry run.
    pub fn build(&mut self, outcome: &BuildOutcome) {
        let dry = outcome.is_dry;
        // What merely follows from the pages is counted, not listed.
        self.built(outcome, |line| {
            dry || (line.verb != "fresh" && !line.follows)
        });
    }

    /// The build that follows a change of sources: copies of these are not listed once more.
    pub(super) fn build_after_edit(&mut self, outcome: &BuildOutcome) {
        self.built(outcome, |line| line.is_page && line.verb != "fresh");
    }

    fn built(&mut self, outcome: &BuildOutcome, is_listed: impl Fn(&Line) -> bool) {
        let lines = lines(outcome);
        let dry = outcome.is_dry;
        let listed: Vec<&Line> = lines.iter().filter(|line| is_listed(line)).collect();
        let is_long = !dry && listed.len() > LONG;
        for line in listed.iter().filter(|line| !is_long || line.is_single()) {
            self.say(format!(
                "{:<9} {}  ({})",
                line.verb,
                plain(&line.path),
                plain(&line.why)
            ));
        }
        if is_long {
            self.lines(groups(&listed));
        }
        self.set_aside(&outcome.set_aside);
        self.say(summary(&lines, outcome.fresh, dry));
        self.hints(&lines);
        let missing = outcome.missing;
        if missing > 0 {
            self.say(format!(
                "{} without a page, and not listed; `docsite rebuild` publishes",
                documents(missing)
            ));
        }
        self.problems(&outcome.findings);
    }

    /// `kept`: where the old bytes of each file are. The folder has an unusual name if something
    /// else has the usual one.
    fn set_aside(&self, kept: &BTreeMap<String, String>) {
        let Some(first) = kept.values().next() else {
            return;
        };
        let folder: String = first.split_inclusive('/').take(2).collect();
        self.say(format!(
            "old bytes of {} set aside in {folder}",
            files(kept.len())
        ));
    }

    fn hints(&self, lines: &[Line]) {
        let adoptable = lines.iter().filter(|line| line.adoptable).count();
        if adoptable > 0 {
            self.say(format!(
                "{} of unknown origin kept; `docsite rebuild --adopt` takes them over, \
                 their old bytes set aside",
                files(adoptable)
            ));
        }
        let unpublished = lines.iter().filter(|line| line.unpublished).count();
        if unpublished > 0 {
            self.say(format!(
                "{} without a page; `docsite render BASENAME` publishes one, \
                 `docsite rebuild --all` all",
                documents(unpublished)
            ));
        }
    }

    /// A document that was added.
    pub fn add(&mut self, added: &Added) {
        for kept in &added.set_aside {
            self.say(format!("set aside {kept}  (the old bytes)"));
        }
        for file in &added.files {
            let verb = if file.is_known { "unchanged" } else { "copied" };
            self.say(format!("{verb:<9} {}  (from {})", file.path, file.from));
        }
        let source = added.name.source();
        if added.is_known {
            self.say(format!(
                "unchanged {source}  (already exists with this content)"
            ));
        } else {
            self.say(format!("added     {source}"));
        }
        self.build(&added.build);
    }
}
