//! Prints `export`: the build, then what became of the files of the exported folder.

use anyhow::{Context, Result};

use crate::outcome::export::ExportOutcome;

use super::Report;
use super::count::files;
use super::terminal::plain;

/// A longer list is counted, not printed.
const LONG: usize = 40;

impl Report {
    /// `export` as text.
    pub fn export(&mut self, outcome: &ExportOutcome) {
        self.build(&outcome.build);
        for (verb, paths) in [
            ("exported", &outcome.written),
            ("removed", &outcome.removed),
        ] {
            for path in paths.iter().filter(|_| paths.len() <= LONG) {
                self.say(format!("{verb:<9} {}", plain(path)));
            }
        }
        for (path, why) in &outcome.kept {
            self.say(format!("{:<9} {}  ({})", "kept", plain(path), plain(why)));
        }
        let mut parts = vec![
            format!("{} written", files(outcome.written.len())),
            format!("{} up to date", outcome.fresh),
        ];
        for (count, word) in [
            (outcome.removed.len(), "removed"),
            (outcome.kept.len(), "kept"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {word}"));
            }
        }
        self.say(format!("{}: {}", plain(&outcome.folder), parts.join(", ")));
        self.problems(&outcome.findings);
    }

    /// `export --json`. What is wrong goes to standard error, as with text.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
    pub fn export_json(&mut self, outcome: &ExportOutcome) -> Result<()> {
        let text = serde_json::to_string_pretty(&outcome.view()).context("export")?;
        self.streams.say(&text);
        self.problems(&outcome.build.findings);
        self.problems(&outcome.findings);
        Ok(())
    }
}
