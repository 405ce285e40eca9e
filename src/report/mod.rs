//! The one place that prints: outcomes to standard output, problems to standard error as
//! `path:line:column: error[code]: message`, and the exit status that follows from them.
//!
//! Output that cannot be written fails the run, though its work is done by then; a reader who has
//! gone does not. Not here: decisions, and
//! the formats of a check, which have a file each and print nothing themselves.

mod excerpt;
mod github;
mod json;
mod junit;
mod markdown;
mod sarif;
mod slots;
mod status;
mod streams;
mod terminal;
mod text;
mod usage;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::ValueEnum;
use clap::error::ErrorKind;

use crate::check::outcome::Checked;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::outcome::{
    Added, Adoption, Lift, Made, Outcome, SlotChange, SlotList, Status, Unpublished,
};
use crate::pipeline::plan::{Action, Why};
use crate::pipeline::site::Refused;

use self::streams::Streams;
use self::terminal::{Palette, plain};
use self::text::Selection;

/// Findings, or a document that failed.
const FINDINGS: u8 = 1;
/// Could not run, or wrong usage.
const FAILED: u8 = 2;
/// A list longer than this is counted by reason, not printed.
const LONG: usize = 40;

/// The formats of a check.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: each finding with its source line
    #[default]
    Text,
    /// For programs; `docsite schema check` describes it
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// A report of tests
    Junit,
    /// The summary of a pull request
    Markdown,
}

/// Prints what a run came to.
#[derive(Debug)]
pub struct Report {
    quiet: bool,
    palette: Palette,
    streams: Streams,
    findings: bool,
}

impl Report {
    /// For one run. Colours only on a terminal whose owner does not mind.
    pub fn new(quiet: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            quiet,
            palette: Palette {
                colour: !unwanted && io::stderr().is_terminal(),
            },
            streams: Streams::default(),
            findings: false,
        }
    }

    /// What clap has to say: help and version, which are not mistakes, or what is wrong.
    pub fn usage(error: &clap::Error) -> ExitCode {
        let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        let report = Self::new(false);
        if is_help || !error.use_stderr() {
            report.streams.note(error.print());
        } else {
            let (message, help) = usage::problem(&error.render().to_string());
            let label = report.palette.paint("1;31", "error");
            report.streams.complain(&format!(
                "{label}: {}\n    help: {}",
                plain(&message),
                plain(&help)
            ));
        }
        if report.streams.end() || error.use_stderr() {
            return ExitCode::from(FAILED);
        }
        ExitCode::SUCCESS
    }

    /// The exit status of a run that came to its end.
    pub fn status(&self) -> ExitCode {
        if self.streams.end() {
            return ExitCode::from(FAILED);
        }
        ExitCode::from(if self.findings { FINDINGS } else { 0 })
    }

    /// A run that could not continue.
    pub fn failure(&mut self, error: &anyhow::Error) -> ExitCode {
        match error.downcast_ref::<Refused>() {
            Some(Refused(problems)) => self.problems(problems),
            None => {
                let label = self.palette.paint("1;31", "error");
                self.streams
                    .complain(&format!("{label}: {}", plain(&format!("{error:#}"))));
            }
        }
        ExitCode::from(FAILED)
    }

    /// Text as it is.
    pub fn text(&self, text: &str) {
        self.streams.say(text.trim_end());
    }

    /// Standard output as it is, for a program that listens.
    pub fn pipe(&self) -> impl Write {
        io::stdout().lock()
    }

    fn say(&self, line: impl Display) {
        if !self.quiet {
            self.streams.say(&line.to_string());
        }
    }

    /// Every error, and the first warnings of each kind: an old archive's hundreds must not hide
    /// the one that matters.
    fn problems(&mut self, problems: &[Diagnostic]) {
        let mut severities = problems.iter().map(|problem| problem.severity);
        self.findings |= severities.any(|severity| severity == Severity::Error);
        let selection = Selection::of(problems);
        for problem in selection.shown {
            self.streams.complain(&text::problem(problem, self.palette));
        }
        for (code, count) in selection.more {
            let more = text::more_of_kind(code, count, self.palette);
            self.streams.complain(&more);
        }
    }

    /// A check. As text, findings go where problems always go, and what they come to goes to
    /// standard output; every other format is a document there, alone. `text_of` gives a file's
    /// text by its path in the site, and is asked at most once for each.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn check(
        &mut self,
        checked: &Checked,
        format: Format,
        text_of: &dyn Fn(&str) -> Option<String>,
    ) -> Result<()> {
        self.findings |= checked.fails();
        let document = match format {
            Format::Text => {
                let findings = text::findings(checked, text_of, self.palette);
                if !findings.is_empty() {
                    self.streams.complain(findings.trim_end_matches('\n'));
                }
                self.say(text::summary(checked));
                return Ok(());
            }
            Format::Json => json::document(checked).context("check")?,
            Format::Github => github::commands(checked),
            Format::Sarif => sarif::log(checked).context("check")?,
            Format::Junit => junit::document(checked),
            Format::Markdown => markdown::summary(checked),
        };
        if !document.is_empty() {
            self.streams.say(&document);
        }
        Ok(())
    }

    /// A baseline that was written: what it holds is accepted, so the check reports none of it.
    pub fn baseline(&self, path: &Path) {
        self.say(format!(
            "written   {}  (accepted from now on)",
            plain(&path.display().to_string())
        ));
    }

    /// A build, or what one would do.
    pub fn build(&mut self, outcome: &Outcome) {
        let lines = lines(outcome);
        let dry = outcome.applied.is_none();
        // What merely follows from the pages is counted, not listed.
        let listed = lines
            .iter()
            .filter(|line| dry || (line.verb != "fresh" && !line.follows));
        let listed: Vec<&Line> = listed.collect();
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
        if let Some(applied) = &outcome.applied {
            self.set_aside(&applied.set_aside);
        }
        self.say(summary(&lines, dry));
        self.hints(&lines);
        let missing = outcome.plan.missing;
        if missing > 0 {
            self.say(format!(
                "{} without a page, and not listed; `docsite rebuild` publishes",
                documents(missing)
            ));
        }
        self.problems(&outcome.diagnostics);
    }

    /// `kept`: where the old bytes of each file are. The folder has another name than usual where
    /// something else is in its place.
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

    /// A document that was taken in.
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
                "unchanged {source}  (it is there already with this content)"
            ));
        } else {
            self.say(format!("added     {source}"));
        }
        self.build(&added.outcome);
    }

    /// Documents that were taken off the site.
    pub fn unpublish(&mut self, unpublished: &Unpublished) {
        for path in &unpublished.drafts {
            self.say(format!("{:<9} {path}  (a draft from now on)", "written"));
        }
        self.build(&unpublished.outcome);
    }

    /// A site that was made or adopted.
    pub fn init(&mut self, made: &Made) {
        for path in &made.written {
            self.say(format!("{:<9} {path}", "written"));
        }
        for path in &made.kept {
            self.say(format!("{:<9} {path}  (was there already)", "kept"));
        }
        if !made.bare.is_empty() {
            self.say(format!(
                "assets/viz.css has rules for bare elements ({}); they will also style the pages \
                 that docsite writes",
                plain(&made.bare.join(", "))
            ));
        }
        let is_new = made.written.iter().any(|path| path == "docsite.toml");
        if !made.has_workflow {
            self.say(
                "no workflow was written: `docsite init --docsite-from URL[#REV]` writes one that \
                 installs docsite from that git repository",
            );
        }
        match &made.adoption {
            Some(adoption) => self.adoption(adoption),
            None if !is_new => {}
            None if made.documents > 0 => self.say(format!(
                "{} found; `docsite rebuild` publishes them",
                documents(made.documents)
            )),
            None => self.say("`docsite rebuild` builds the site; then open public/index.html"),
        }
    }

    fn adoption(&self, adoption: &Adoption) {
        self.say("a flat archive: no file of it was changed");
        self.say(format!(
            "`docsite rebuild --adopt` will re-render {} and set their old bytes aside; \
             keep {}; skip {} without a page",
            pages(adoption.rendered.len()),
            pages(adoption.kept.len()),
            documents(adoption.passed.len())
        ));
        for name in &adoption.rendered {
            self.say(format!("{:<9} {name}.html", "re-render"));
        }
        for path in &adoption.derived {
            self.say(format!("{:<9} {path}", "re-render"));
        }
        for (name, why) in &adoption.kept {
            self.say(format!("{:<9} {name}.html  ({})", "keep", plain(why)));
        }
        for name in &adoption.passed {
            self.say(format!("{:<9} {name}", "skip"));
        }
    }

    /// `status` for programs; problems go where they always go.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn status_json(&mut self, status: &Status) -> Result<()> {
        self.streams
            .say(&serde_json::to_string_pretty(&status.view()).context("status")?);
        self.problems(&status.outcome.diagnostics);
        Ok(())
    }

    /// `diagrams` for people.
    pub fn slots(&self, list: &SlotList) {
        self.lines(slots::table(list));
    }

    /// `diagrams` for programs.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn slots_json(&self, list: &SlotList) -> Result<()> {
        self.streams
            .say(&serde_json::to_string_pretty(list).context("diagrams")?);
        Ok(())
    }

    pub fn slot(&self, list: &SlotList) {
        self.lines(slots::facts(list));
    }

    /// A picture that was stored or removed.
    pub fn slot_change(&mut self, change: &SlotChange) {
        self.lines(slots::change(change));
        if let Some(outcome) = &change.outcome {
            self.build(outcome);
        }
    }

    /// Pictures that were lifted out of pages, or would be.
    pub fn lift(&mut self, lift: &Lift) {
        let dry = lift.outcome.is_none();
        for page in &lift.pages {
            self.lines(slots::lifted(page, dry));
            self.findings |= !page.is_ready();
        }
        if let Some(outcome) = &lift.outcome {
            self.build(outcome);
        }
    }

    fn lines(&self, lines: Vec<String>) {
        for line in lines {
            self.say(line);
        }
    }

    /// `status` for people.
    pub fn status_table(&mut self, status: &Status) {
        self.lines(status::table(status));
        self.problems(&status.outcome.diagnostics);
    }
}

/// One file of a plan.
struct Line {
    verb: &'static str,
    path: String,
    why: String,
    is_page: bool,
    /// Written because something else changed.
    follows: bool,
    adoptable: bool,
    unpublished: bool,
}

impl Line {
    /// Whether it is named in a list however long: somebody has to look at that page.
    fn is_single(&self) -> bool {
        self.verb == "kept" && !self.adoptable
    }
}

/// A long list, counted by what happened and why.
fn groups(listed: &[&Line]) -> Vec<String> {
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

fn lines(outcome: &Outcome) -> Vec<Line> {
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

fn summary(lines: &[Line], dry: bool) -> String {
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

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn pages(count: usize) -> String {
    plural(count, "page", "pages")
}

fn documents(count: usize) -> String {
    plural(count, "document", "documents")
}

fn files(count: usize) -> String {
    plural(count, "file", "files")
}

#[cfg(test)]
mod sample;
