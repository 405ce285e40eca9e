//! What a check comes to: the shape that every format of the report prints.
//!
//! Not here: finding anything out, and the formats. `Baseline` and `Change` are written into the
//! JSON format as they stand here: a field that is renamed or taken away is a new version of it.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};

/// The JSON Schema of the format `json`.
pub const SCHEMA: &str = include_str!("check.schema.json");

/// What a check came to.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// What is told, and counts: without what settings, comments and the baseline silence. Sorted
    /// by place.
    pub findings: Vec<Diagnostic>,
    /// The documents that were checked: paths relative to the site, sorted.
    pub documents: Vec<String>,
    /// What the baseline did; none without one.
    pub baseline: Option<Baseline>,
    /// What changed; none without a revision to compare with.
    pub change: Option<Change>,
    /// Warnings fail too.
    pub strict: bool,
    /// The site's folder relative to the repository's root: empty, or with a `/` at its end.
    pub prefix: String,
}

/// Old findings that were accepted once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Baseline {
    /// How many findings it silenced.
    pub accepted: usize,
    /// Its entries that nothing matches any more, as a reader knows them: they should go.
    pub mended: Vec<String>,
}

/// What differs from a revision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The revision, as it was asked for.
    pub since: String,
    /// Documents, by basename.
    pub documents: Documents,
    /// Links from document to document.
    pub links: Links,
    /// Findings.
    pub findings: Findings,
    /// Basenames of documents that lost the last link to them.
    pub unlinked: Vec<String>,
}

/// Documents that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Documents {
    /// Not there before.
    pub added: Vec<String>,
    /// Not there any more.
    pub removed: Vec<String>,
    /// Of another text.
    pub changed: Vec<String>,
}

/// Links that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Links {
    /// Not there before.
    pub added: Vec<Link>,
    /// Not there any more.
    pub removed: Vec<Link>,
}

/// A link between two documents.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    /// The basename of the document that it stands in.
    pub from: String,
    /// The basename of the document that it leads to.
    pub to: String,
}

/// How many findings differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// Not there before.
    pub new: usize,
    /// Not there any more.
    pub mended: usize,
}

impl Checked {
    /// How many findings are as bad as that.
    pub fn count(&self, severity: Severity) -> usize {
        self.of(severity).count()
    }

    /// The findings that are as bad as that.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        let findings = self.findings.iter();
        findings.filter(move |finding| finding.severity == severity)
    }

    /// Whether this finding alone fails the check.
    pub fn is_failure(&self, finding: &Diagnostic) -> bool {
        self.strict || finding.severity == Severity::Error
    }

    /// Whether the check fails.
    pub fn fails(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| self.is_failure(finding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_fail_a_strict_check_only() {
        let warning = Diagnostic::warning("orphan", "a.md", "nothing leads here");
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
