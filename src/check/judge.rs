//! Decides which findings are reported, and at which level: comments suppress findings, and the
//! site's settings give each rule its level. Every command decides here. Errors that prevented
//! something pass unchanged.
//!
//! Not here: reading settings and comments, and whether warnings fail (`check --strict`).

use crate::diagnostic::{Diagnostic, Finding, Problems, Severity};
use crate::model::catalogue::Catalogue;
use crate::model::settings::Settings;
use crate::rule::Level;

use super::ignores;

/// Applies comments and levels; sorted by place, without repetitions.
pub fn judge(catalogue: &Catalogue, problems: Problems) -> Vec<Finding> {
    let diagnostics = ignores::silence(catalogue, problems.diagnostics);
    let mut findings = levelled(&catalogue.settings, diagnostics);
    findings.extend(problems.errors.into_iter().map(Finding::from));
    findings.sort();
    findings.dedup();
    findings
}

/// Applies levels only, in the given order.
pub fn levelled(settings: &Settings, diagnostics: Vec<Diagnostic>) -> Vec<Finding> {
    let judged = diagnostics.into_iter().filter_map(|diagnostic| {
        let severity = match settings.check.level(diagnostic.kind, &diagnostic.path) {
            Level::Off => return None,
            Level::Warn => Severity::Warning,
            Level::Error => Severity::Error,
        };
        Some(diagnostic.judged(severity))
    });
    judged.collect()
}
