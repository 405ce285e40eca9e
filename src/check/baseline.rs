//! The baseline: a file of old findings that are accepted, so that only new ones fail.
//!
//! The file is JSON, sorted, with one entry for all findings with the same message in the same file: it
//! does not change when lines move. Not here: reading and writing it.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::diagnostic::Finding;

/// Version of the file's format.
const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
pub struct Baseline {
    version: u32,
    findings: Vec<Entry>,
}

/// Findings with the same message in the same file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Entry {
    path: String,
    code: String,
    message: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

fn one() -> usize {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_one(count: &usize) -> bool {
    *count == 1
}

/// What identifies a finding wherever its line moves to: path, code and message.
pub type Identity<'a> = (&'a str, &'a str, &'a str);

pub fn identity(finding: &Finding) -> Identity<'_> {
    (&finding.path, finding.code(), &finding.message)
}

pub fn counted(findings: &[Finding]) -> BTreeMap<Identity<'_>, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(identity(finding)).or_default() += 1;
    }
    counts
}

impl Baseline {
    /// Accepts these findings.
    pub fn of(findings: &[Finding]) -> Self {
        let entries = counted(findings).into_iter();
        let findings = entries.map(|((path, code, message), count)| Entry {
            path: path.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
            count,
        });
        Self {
            version: VERSION,
            findings: findings.collect(),
        }
    }

    /// # Errors
    ///
    /// If the bytes are not a baseline.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let baseline: Self = match serde_json::from_slice(bytes) {
            Ok(baseline) => baseline,
            Err(error) => bail!("is not a baseline: {error}; `--write-baseline` writes one"),
        };
        if baseline.version != VERSION {
            bail!(
                "is a baseline of version {}, not {VERSION}",
                baseline.version
            );
        }
        Ok(baseline)
    }

    pub fn text(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Separates new findings from accepted ones.
    pub fn accept(&self, findings: Vec<Finding>) -> Accepted {
        let mut left: BTreeMap<Identity<'_>, usize> = BTreeMap::new();
        for entry in &self.findings {
            let identity = (
                entry.path.as_str(),
                entry.code.as_str(),
                entry.message.as_str(),
            );
            *left.entry(identity).or_default() += entry.count;
        }
        let is_old: Vec<bool> = findings
            .iter()
            .map(|finding| match left.get_mut(&identity(finding)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => false,
            })
            .collect();
        let fixed = left.into_iter().filter(|(_, count)| *count > 0);
        let fixed = fixed
            .map(|((path, code, message), _)| format!("{path}: {code}: {message}"))
            .collect();
        let both = findings.into_iter().zip(&is_old);
        Accepted {
            accepted: is_old.iter().filter(|is_old| **is_old).count(),
            fixed,
            new: both
                .filter_map(|(finding, is_old)| (!is_old).then_some(finding))
                .collect(),
        }
    }
}

#[derive(Debug)]
pub struct Accepted {
    /// Findings that the baseline does not accept.
    pub new: Vec<Finding>,
    pub accepted: usize,
    /// Entries that match no finding any more, as text.
    pub fixed: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Position, Severity};
    use crate::rule::Rule;

    fn finding(message: &str, line: usize) -> Finding {
        Diagnostic::new(Rule::Orphan, "markdown/a.md", message)
            .at(Position { line, column: 1 })
            .judged(Severity::Warning)
    }

    #[test]
    fn old_findings_pass_wherever_their_lines_moved_and_new_ones_do_not() -> Result<()> {
        let old = [finding("a", 1), finding("a", 5), finding("b", 9)];
        let text = Baseline::of(&old).text()?;
        let baseline = Baseline::parse(text.as_bytes())?;
        let now = vec![
            finding("a", 2),
            finding("a", 7),
            finding("a", 8),
            finding("c", 1),
        ];
        let found = baseline.accept(now);
        assert_eq!(found.new, [finding("a", 8), finding("c", 1)]);
        assert_eq!(found.accepted, 2);
        assert_eq!(found.fixed, ["markdown/a.md: orphan: b"]);
        Ok(())
    }

    #[test]
    fn anything_else_than_a_baseline_is_refused() {
        for text in ["", "{", "[]", "{\"version\": 2, \"findings\": []}", "\u{0}"] {
            assert!(Baseline::parse(text.as_bytes()).is_err(), "{text:?}");
        }
    }
}
