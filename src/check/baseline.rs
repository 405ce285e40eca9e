//! The ratchet: old findings that a file accepts, so that only new ones fail.
//!
//! The file is JSON, sorted, one entry for each finding of the same words in the same file, so that
//! it survives lines that move. Not here: reading and writing it.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// Of the file's shape.
const VERSION: u32 = 1;

/// What is accepted.
#[derive(Debug, Serialize, Deserialize)]
pub struct Baseline {
    version: u32,
    findings: Vec<Entry>,
}

/// Findings of the same words in the same file.
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

/// What a finding is, wherever its line moved: file, code and words.
pub type Identity<'a> = (&'a str, &'a str, &'a str);

/// The identity of a finding.
pub fn identity(finding: &Diagnostic) -> Identity<'_> {
    (&finding.path, finding.code, &finding.message)
}

/// How often each finding stands there.
pub fn counted(findings: &[Diagnostic]) -> BTreeMap<Identity<'_>, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(identity(finding)).or_default() += 1;
    }
    counts
}

impl Baseline {
    /// Accepts these.
    pub fn of(findings: &[Diagnostic]) -> Self {
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

    /// Reads the file's bytes.
    ///
    /// # Errors
    /// When they are no baseline.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let baseline: Self = match serde_json::from_slice(bytes) {
            Ok(baseline) => baseline,
            Err(error) => bail!("is no baseline: {error}; `--write-baseline` makes one"),
        };
        if baseline.version != VERSION {
            bail!(
                "is a baseline of version {}, not {VERSION}",
                baseline.version
            );
        }
        Ok(baseline)
    }

    /// As it is written.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn text(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// The findings that it does not accept, how many it does, and what it accepts that is no
    /// longer there.
    pub fn accept(&self, findings: Vec<Diagnostic>) -> Accepted {
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
        let mended = left.into_iter().filter(|(_, count)| *count > 0);
        let mended = mended
            .map(|((path, code, message), _)| format!("{path}: {code}: {message}"))
            .collect();
        let both = findings.into_iter().zip(&is_old);
        Accepted {
            accepted: is_old.iter().filter(|is_old| **is_old).count(),
            mended,
            new: both
                .filter_map(|(finding, is_old)| (!is_old).then_some(finding))
                .collect(),
        }
    }
}

/// What a baseline makes of findings.
#[derive(Debug)]
pub struct Accepted {
    /// Those that it does not accept.
    pub new: Vec<Diagnostic>,
    /// How many it does.
    pub accepted: usize,
    /// Entries that should go: what they accept is mended.
    pub mended: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Position;

    fn finding(message: &str, line: usize) -> Diagnostic {
        Diagnostic::warning("orphan", "markdown/a.md", message).at(Position { line, column: 1 })
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
        assert_eq!(found.mended, ["markdown/a.md: orphan: b"]);
        Ok(())
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        for text in ["", "{", "[]", "{\"version\": 2, \"findings\": []}", "\u{0}"] {
            assert!(Baseline::parse(text.as_bytes()).is_err(), "{text:?}");
        }
    }
}
