//! Prints what an import makes of each file: the topics, the documents, and what could not be moved
//! with the reason. Of thousands of files it prints examples and counts.
//!
//! Not here: the plan (`import`).

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::import::{Fate, Imported, Kept, Left, Moved};
use crate::outcome::import::Import;

use super::Report;
use super::count::{documents, files, plural};
use super::terminal::{one_line, plain};

/// A longer list is cut.
const LONG: usize = 40;
/// How many of each topic a cut list has.
const EACH: usize = 4;
/// How many of each reason.
const EXAMPLES: usize = 5;
/// In columns: wider cells do not widen the others.
const WIDEST: usize = 48;

impl Report {
    /// A plan, or what was done. `is_shown`: the plan was printed before.
    pub fn import(&mut self, outcome: &Import, is_shown: bool) {
        if !is_shown {
            self.imported(&outcome.imported);
        }
        if let Some(map) = &outcome.map {
            let map = plain(map);
            self.say(format!(
                "{map} was written: edit it, then run the same command with --map {map}"
            ));
        }
        let Some(done) = &outcome.done else {
            let is_there = outcome
                .imported
                .documents
                .iter()
                .all(|moved| matches!(moved.fate, Fate::There | Fate::Kept(_)));
            self.say(match (outcome.imported.documents.is_empty(), is_there) {
                (true, _) => {
                    "nothing to import: the folder has no Markdown that becomes a document"
                }
                (_, true) => "nothing to change: the site has all of it",
                _ => "nothing was changed: this is the plan",
            });
            return;
        };
        self.say("imported; the folder that it came from was not changed");
        if let Some(build) = &done.build {
            self.build_after_edit(build);
        }
    }

    /// The topics, the documents, and what is left.
    pub(super) fn imported(&mut self, imported: &Imported) {
        self.lines(topics(imported));
        self.lines(table(&imported.documents));
        self.lines(kept(imported));
        self.lines(left(&imported.left));
        self.lines(totals(imported));
    }

    /// The same for programs, with every file.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
    pub fn import_json(&mut self, outcome: &Import) -> Result<()> {
        let imported = &outcome.imported;
        let document = |moved: &Moved| {
            json!({
                "from": moved.from, "basename": moved.name, "topic": moved.name.topic(),
                "type": moved.name.kind(), "title": moved.title, "why": moved.why,
                "exists": moved.fate != Fate::New, "replaced": moved.fate == Fate::Replaced,
                "links": moved.links, "included": moved.included,
                "notes": moved.turned.notes, "tabs": moved.turned.tabs,
            })
        };
        let left = |left: &Left| json!({ "path": left.path, "line": left.line, "why": left.why, "what": left.what });
        let topics = imported.topics.iter().map(|topic| {
            json!({
                "prefix": topic.prefix, "name": topic.name, "documents": topic.count,
                "is_new": topic.is_new,
            })
        });
        let copied = imported
            .files
            .iter()
            .map(|file| json!({ "from": file.from, "to": file.to, "exists": file.is_there }));
        let skipped = imported
            .kept
            .iter()
            .map(|(path, kept)| json!({ "path": path, "why": word(*kept) }));
        let value = json!({
            "done": outcome.done.is_some(),
            "folder": outcome.folder,
            "topics": topics.collect::<Vec<_>>(),
            "documents": imported.documents.iter().map(document).collect::<Vec<_>>(),
            "files": copied.collect::<Vec<_>>(),
            "skipped": skipped.collect::<Vec<_>>(),
            "not_moved": imported.left.iter().map(left).collect::<Vec<_>>(),
            "flow": imported.flow,
        });
        self.text(&serde_json::to_string_pretty(&value)?);
        if let Some(build) = outcome.done.as_ref().and_then(|done| done.build.as_ref()) {
            self.problems(&build.findings);
        }
        Ok(())
    }
}

fn topics(imported: &Imported) -> Vec<String> {
    let rows = imported.topics.iter().take(LONG).map(|topic| {
        let is_new = if topic.is_new { "new" } else { "" };
        [
            topic.prefix.clone(),
            plain(&topic.name),
            documents(topic.count),
            is_new.to_owned(),
        ]
    });
    let rows: Vec<[String; 4]> = rows.collect();
    let mut lines = aligned(["topic", "name", "", ""], &rows);
    let more = imported.topics.len().saturating_sub(LONG);
    if more > 0 {
        lines.push(format!("and {}", plural(more, "more topic", "more topics")));
    }
    lines
}

/// The documents: all of a few, the first of each topic of many.
fn table(moved: &[Moved]) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let is_short = moved.len() <= LONG;
    let shown = moved.iter().filter(|moved| {
        let count = seen.entry(moved.name.topic()).or_default();
        *count += 1;
        is_short || *count <= EACH
    });
    let shown: Vec<&Moved> = shown.take(LONG).collect();
    let rows: Vec<[String; 4]> = shown
        .iter()
        .map(|moved| {
            let why = match (moved.fate, &moved.why) {
                (Fate::There, _) => "(already there)".to_owned(),
                (Fate::Replaced, _) => "(replaced: the note changed)".to_owned(),
                (Fate::Kept(_), _) => "(not replaced)".to_owned(),
                (Fate::New, Some(why)) => format!("({})", plain(why)),
                (Fate::New, None) => String::new(),
            };
            [
                one_line(&moved.from),
                moved.name.to_string(),
                plain(&moved.title),
                why,
            ]
        })
        .collect();
    let mut lines = aligned(["file", "becomes", "title", ""], &rows);
    let more = moved.len() - shown.len();
    if more > 0 {
        lines.push(format!(
            "and {} not shown: `--json` or `--write-map FILE` lists them",
            documents(more)
        ));
    }
    lines
}

fn word(kept: Kept) -> &'static str {
    match kept {
        Kept::Skipped => "the map says so",
        Kept::List => "it lists the others",
        Kept::Empty => "it is empty",
        Kept::Included => "others include it",
    }
}

fn kept(imported: &Imported) -> Vec<String> {
    let shown = imported
        .kept
        .iter()
        .filter(|(_, kept)| **kept != Kept::Empty);
    let lines: Vec<String> = shown
        .map(|(path, kept)| format!("{:<9} {}  ({})", "skip", one_line(path), word(*kept)))
        .collect();
    cut(lines, LONG, "")
}

/// What could not be moved, by its reason.
fn left(left: &[Left]) -> Vec<String> {
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for left in left {
        let line = left.line.map(|line| format!(":{line}")).unwrap_or_default();
        let what = if left.what.is_empty() {
            String::new()
        } else {
            format!("  {}", one_line(&left.what))
        };
        let shown = format!("  {}{line}{what}", one_line(&left.path));
        reasons.entry(left.why).or_default().push(shown);
    }
    let mut lines = Vec::new();
    if !reasons.is_empty() {
        lines.push("not moved, or not as it was:".to_owned());
    }
    for (why, places) in reasons {
        lines.push(format!("{why} ({})", places.len()));
        lines.extend(cut(places, EXAMPLES, "  "));
    }
    lines
}

fn cut(mut lines: Vec<String>, most: usize, indent: &str) -> Vec<String> {
    let more = lines.len().saturating_sub(most);
    lines.truncate(most);
    if more > 0 {
        lines.push(format!("{indent}and {more} more"));
    }
    lines
}

fn totals(imported: &Imported) -> Vec<String> {
    let sum = |count: fn(&Moved) -> usize| imported.documents.iter().map(count).sum::<usize>();
    let parts = [
        documents(imported.documents.len()),
        format!(
            "{} linked and copied to attachment/",
            files(imported.files.len())
        ),
        plural(
            sum(|moved| moved.links),
            "link rewritten",
            "links rewritten",
        ),
        plural(
            sum(|moved| moved.turned.notes),
            "note turned into an alert",
            "notes turned into alerts",
        ),
        plural(
            sum(|moved| moved.turned.tabs),
            "tab turned into a heading",
            "tabs turned into headings",
        ),
        plural(
            sum(|moved| moved.included),
            "include expanded",
            "includes expanded",
        ),
        plural(imported.left.len(), "thing not moved", "things not moved"),
    ];
    let mut lines = Vec::new();
    if let Some(from) = &imported.flow {
        let drafts = match imported.drafts {
            0 => String::new(),
            drafts => format!(", without {}", plural(drafts, "draft", "drafts")),
        };
        lines.push(format!(
            "flow.json: the reading path, in the order of {}{drafts}",
            plain(from)
        ));
    }
    let parts = parts
        .into_iter()
        .enumerate()
        .filter(|(at, part)| *at == 0 || !part.starts_with("0 "));
    lines.push(parts.map(|(_, part)| part).collect::<Vec<_>>().join(", "));
    lines
}

/// Rows below a head, in columns.
fn aligned<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let width = |column: usize| {
        let cells = rows
            .iter()
            .map(|row| row[column].width())
            .chain([head[column].width()]);
        cells
            .filter(|width| *width <= WIDEST)
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |cells: &[String; N]| {
        let mut out = String::new();
        for (cell, width) in cells.iter().zip(&widths) {
            out.push_str(cell);
            out.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        out.trim_end().to_owned()
    };
    let head = head.map(str::to_owned);
    std::iter::once(line(&head))
        .chain(rows.iter().map(line))
        .collect()
}
