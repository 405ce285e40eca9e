//! `--format json`: the whole result of a check, for programs. Version 1:
//!
//! ```text
//! version   1
//! failed    whether the exit status is 1
//! strict    whether warnings fail too
//! prefix    the site's folder in the repository, "" or "docs/site/"
//! counts    documents, errors, warnings
//! findings  by place: path (relative to the site), line and column (characters, from 1; null for
//!           a file without lines), length (0: not known), severity, code, message, help (or null),
//!           fix (or null: line, column, length and the text that `docsite fix` writes there)
//! baseline  null, or: accepted (how many), fixed (entries to remove)
//! change    null, or: since, documents (added, removed, changed), links (added, removed; each
//!           from and to), findings (new, fixed), unlinked (documents that lost the last link to them)
//! ```
//!
//! `docsite schema check` prints its JSON Schema (`outcome::check::SCHEMA`). Fields may be added
//! within a version. Not here: texts of sources.

use serde::Serialize;

use crate::check::changed::Change;
use crate::diagnostic::{Finding, Severity};
use crate::outcome::check::{Accepted, Checked};

const VERSION: u32 = 1;

#[derive(Serialize)]
struct View<'a> {
    version: u32,
    failed: bool,
    strict: bool,
    prefix: &'a str,
    counts: Counts,
    findings: Vec<FindingView<'a>>,
    baseline: Option<&'a Accepted>,
    change: Option<&'a Change>,
}

#[derive(Serialize)]
struct Counts {
    documents: usize,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct FindingView<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    length: u32,
    severity: Severity,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    fix: Option<FixView<'a>>,
}

/// What to write in the place of some characters of the same file.
#[derive(Serialize)]
struct FixView<'a> {
    line: usize,
    column: usize,
    length: usize,
    text: &'a str,
}

pub(super) fn document(checked: &Checked) -> serde_json::Result<String> {
    let view = View {
        version: VERSION,
        failed: checked.fails(),
        strict: checked.strict,
        prefix: &checked.prefix,
        counts: Counts {
            documents: checked.documents.len(),
            errors: checked.count(Severity::Error),
            warnings: checked.count(Severity::Warning),
        },
        findings: checked
            .findings
            .iter()
            .map(|finding| FindingView::of(finding, checked))
            .collect(),
        baseline: checked.baseline.as_ref(),
        change: checked.change.as_ref(),
    };
    serde_json::to_string_pretty(&view)
}

impl<'a> FindingView<'a> {
    fn of(finding: &'a Finding, checked: &'a Checked) -> Self {
        let fix = checked.fix(finding).map(|fix| FixView {
            line: fix.position.line,
            column: fix.position.column,
            length: fix.length,
            text: &fix.text,
        });
        Self {
            path: &finding.path,
            line: finding.position.map(|at| at.line),
            column: finding.position.map(|at| at.column),
            length: finding.length,
            severity: finding.severity(),
            code: finding.code(),
            message: &finding.message,
            help: finding.help.as_deref(),
            fix,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::sample;
    use super::*;
    use crate::outcome::check::SCHEMA;

    #[track_caller]
    fn valid(checked: &Checked) -> Value {
        let schema = serde_json::from_str(SCHEMA).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let value = serde_json::from_str(&document(checked).unwrap()).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0]);
        value
    }

    #[test]
    fn a_check_fits_its_schema() {
        let checked = sample::checked();
        valid(&checked);
        insta::assert_snapshot!(document(&checked).unwrap());
        let clean = valid(&sample::clean());
        assert_eq!(clean["failed"], false);
        assert_eq!(clean["change"], Value::Null);
    }

    proptest! {
        #[test]
        fn any_text_comes_through_as_it_is(message in any::<String>()) {
            let checked = sample::with_message(&message);
            let value: Value = serde_json::from_str(&document(&checked)?)?;
            prop_assert_eq!(value["findings"][0]["message"].as_str(), Some(message.as_str()));
        }
    }
}
