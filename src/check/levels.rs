//! How bad each finding is in this site: its rule's level, or what the settings say.
//!
//! Not here: reading the settings.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::settings::Settings;
use crate::rule::{self, Level};

/// Gives each finding its severity, and removes those that are off.
pub fn apply(settings: &Settings, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings
        .into_iter()
        .filter_map(|finding| {
            let default = rule::find(finding.code).map(|rule| rule.level);
            let severity = match settings
                .check
                .level(finding.code, &finding.path)
                .or(default)
            {
                Some(Level::Off) => return None,
                Some(Level::Warn) => Severity::Warning,
                Some(Level::Error) => Severity::Error,
                None => finding.severity,
            };
            Some(Diagnostic {
                severity,
                ..finding
            })
        })
        .collect()
}
