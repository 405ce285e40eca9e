//! Prints a check in the requested format.

use std::path::Path;

use anyhow::{Context, Result};

use crate::outcome::check::Checked;

use super::terminal::plain;
use super::{Format, Report, github, json, junit, markdown, sarif, text};

impl Report {
    /// Prints a check. As text, findings go to where problems always go, and their summary to
    /// standard output; any other format goes to standard output alone. `text_of` returns a file's
    /// text by its path in the site, and is called at most once for each.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
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

    /// A baseline that was written: its findings are accepted, so the check reports none of them.
    pub fn baseline(&self, path: &Path) {
        self.say(format!(
            "written   {}  (accepted from now on)",
            plain(&path.display().to_string())
        ));
    }
}
