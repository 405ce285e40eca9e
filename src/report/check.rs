//! Prints a check in the format that was asked for.

use std::path::Path;

use anyhow::{Context, Result};

use crate::outcome::check::Checked;

use super::terminal::plain;
use super::{Format, Report, github, json, junit, markdown, sarif, text};

impl Report {
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
}
