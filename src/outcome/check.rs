//! The result of a check, which every format of the report prints.
//!
//! Not here: the checks, and the formats. `Accepted` is serialized into the JSON format: renaming
//! or removing a field requires a new version of it.

use serde::Serialize;

use crate::check::changed::Change;
use crate::check::fixes::Fix;
use crate::diagnostic::{Finding, Severity};
use crate::rule::Rule;

/// The JSON Schema of the format `json`.
pub const SCHEMA: &str = include_str!("check.schema.json");

#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Sorted by place; without those that settings, comments and the baseline suppress.
    pub findings: Vec<Finding>,
    /// What to write where the correct form of a link is certain.
    pub fixes: Vec<Fix>,
    /// The documents that were checked: paths relative to the site, sorted.
    pub documents: Vec<String>,
    /// `None` without a baseline.
    pub baseline: Option<Accepted>,
    /// `None` without a revision to compare with.
    pub change: Option<Change>,
    /// Warnings fail the check too.
    pub strict: bool,
    /// The site's folder relative to the repository's root: empty, or with a final `/`.
    pub prefix: String,
}

/// Findings that the baseline accepts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Accepted {
    pub accepted: usize,
    /// Its entries that match no finding any more and should be removed, as text.
    pub fixed: Vec<String>,
}

impl Checked {
    /// The fix of a finding, if there is one that is certain.
    pub fn fix(&self, finding: &Finding) -> Option<&Fix> {
        if finding.code() == Rule::ImageAlt.code() {
            return None;
        }
        let mut fixes = self.fixes.iter();
        fixes.find(|fix| fix.path == finding.path && Some(fix.finding) == finding.position)
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.of(severity).count()
    }

    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(move |finding| finding.severity() == severity)
    }

    /// Whether this finding alone fails the check.
    pub fn is_failure(&self, finding: &Finding) -> bool {
        self.strict || finding.severity() == Severity::Error
    }

    pub fn fails(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| self.is_failure(finding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::rule::Rule;

    #[test]
    fn warnings_fail_a_strict_check_only() {
        let warning =
            Diagnostic::new(Rule::Orphan, "a.md", "nothing links here").judged(Severity::Warning);
        let mut checked = Checked {
            findings: vec![warning],
            ..Checked::default()
        };
        assert!(!checked.fails());
        checked.strict = true;
        assert!(checked.fails());
        checked.findings.clear();
        assert!(!checked.fails());
    }
}
