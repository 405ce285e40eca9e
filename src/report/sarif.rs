//! `--format sarif`: SARIF 2.1.0, for code scanning.
//!
//! Addresses are relative to the repository's root (`%SRCROOT%`), and a result's fingerprint holds
//! no line, so that a finding keeps its identity when text moves. Not here: links to documentation of
//! the rules, which has no address yet.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::check::fixes::Fix;
use crate::diagnostic::{Finding, Position, Severity};
use crate::fingerprint::Parts;
use crate::outcome::check::Checked;
use crate::rule::{Code, Level};

use super::terminal::plain;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Characters of a path that are not encoded. A colon is: a folder's name could be read as a
/// scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

pub(super) fn log(checked: &Checked) -> serde_json::Result<String> {
    let findings = checked.findings.iter();
    let codes: BTreeSet<Code> = findings.map(|finding| finding.kind.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "docsite",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results(checked, &codes),
        }],
    });
    serde_json::to_string_pretty(&log)
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.about() },
        "defaultConfiguration": match code.level() {
            Level::Off => json!({ "enabled": false }),
            Level::Warn => json!({ "level": "warning" }),
            Level::Error => json!({ "level": "error" }),
        },
    })
}

fn results(checked: &Checked, codes: &[Code]) -> Vec<Value> {
    let mut alike: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let results = checked.findings.iter().map(|finding| {
        let same = (
            finding.code(),
            finding.path.as_str(),
            finding.message.as_str(),
        );
        let ordinal = alike.entry(same).or_default();
        *ordinal += 1;
        let mut result = result(finding, &checked.prefix, codes, *ordinal);
        if let Some(fix) = checked.fix(finding) {
            result["fixes"] = json!([self::fix(fix, &checked.prefix)]);
        }
        result
    });
    results.collect()
}

fn result(finding: &Finding, prefix: &str, codes: &[Code], ordinal: usize) -> Value {
    let mut result = json!({
        "ruleId": finding.code(),
        "ruleIndex": codes.binary_search(&finding.kind.code).ok(),
        "level": match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": message(finding) },
        "partialFingerprints": { "docsiteFinding/v1": fingerprint(finding, prefix, ordinal) },
    });
    if !finding.path.is_empty() {
        result["locations"] = json!([location(finding, prefix)]);
    }
    result
}

fn fix(fix: &Fix, prefix: &str) -> Value {
    let path = format!("{prefix}{}", fix.path);
    let Position { line, column } = fix.position;
    json!({
        "description": { "text": "what `docsite fix` writes" },
        "artifactChanges": [{
            "artifactLocation": artifact(&path),
            "replacements": [{
                "deletedRegion": {
                    "startLine": line,
                    "startColumn": column,
                    "endColumn": column + fix.length,
                },
                "insertedContent": { "text": fix.text },
            }],
        }],
    })
}

/// The help is a second paragraph. Viewers read `[a](b)` as a link and would hide `b`.
fn message(finding: &Finding) -> String {
    let mut text = plain(&finding.message);
    if let Some(help) = &finding.help {
        text.push_str(&format!("\n\n{}", plain(help)));
    }
    if text.contains("](") {
        text = text.replace('\\', "\\\\");
        text = text.replace('[', "\\[").replace(']', "\\]");
    }
    text
}

fn location(finding: &Finding, prefix: &str) -> Value {
    let path = format!("{prefix}{}", finding.path);
    json!({ "physicalLocation": {
        "artifactLocation": artifact(&path),
        "region": region(finding),
    } })
}

fn artifact(path: &str) -> Value {
    json!({
        "uri": utf8_percent_encode(path, PATH).to_string(),
        "uriBaseId": "%SRCROOT%",
    })
}

fn region(finding: &Finding) -> Value {
    // Code scanning shows nothing without a line.
    let Some(Position { line, column }) = finding.position else {
        return json!({ "startLine": 1 });
    };
    let mut region = json!({ "startLine": line, "startColumn": column });
    if finding.length > 0 {
        region["endColumn"] = json!(column.saturating_add(finding.length as usize));
    }
    region
}

fn fingerprint(finding: &Finding, prefix: &str, ordinal: usize) -> String {
    let parts = Parts::default()
        .with(finding.code())
        .with(format!("{prefix}{}", finding.path))
        .with(&finding.message)
        .with(ordinal.to_string());
    parts.finish().to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample;
    use super::*;

    const OFFICIAL: &str = include_str!("../../tests/schemas/sarif-schema-2.1.0.json");

    fn validator() -> jsonschema::Validator {
        let mut schema: Value = serde_json::from_str(OFFICIAL).unwrap();
        // Its pattern of a language has a bracket too many, which no strict reader takes. docsite
        // writes no language.
        for owner in ["run", "toolComponent"] {
            let language = &mut schema["definitions"][owner]["properties"]["language"];
            assert!(
                language
                    .as_object_mut()
                    .unwrap()
                    .remove("pattern")
                    .is_some()
            );
        }
        jsonschema::validator_for(&schema).unwrap()
    }

    fn parsed(checked: &Checked) -> Value {
        serde_json::from_str(&log(checked).unwrap()).unwrap()
    }

    #[track_caller]
    fn valid(checked: &Checked) {
        let value = parsed(checked);
        let errors: Vec<String> = validator()
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0]);
    }

    #[test]
    fn the_log_fits_the_official_schema() {
        valid(&sample::checked());
        valid(&sample::clean());
        insta::with_settings!({ filters => vec![(r#"("semanticVersion": )"[^"]+""#, r#"$1"VERSION""#)] }, {
            insta::assert_snapshot!(log(&sample::checked()).unwrap());
        });
    }

    #[test]
    fn the_schema_does_find_mistakes() {
        let mut log = parsed(&sample::checked());
        log["runs"][0]["results"][0]["level"] = json!("bad");
        assert!(!validator().is_valid(&log));
    }

    #[test]
    fn every_result_points_at_its_rule() {
        let log = parsed(&sample::checked());
        let run = &log["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
        }
    }

    #[test]
    fn a_fingerprint_moves_with_its_text_and_tells_twins_apart() {
        let prints = |checked: &Checked| {
            let log = parsed(checked);
            let results = log["runs"][0]["results"].as_array().unwrap().clone();
            let prints = results.into_iter();
            let prints = prints.map(|mut result| result["partialFingerprints"].take().to_string());
            prints.collect::<Vec<_>>()
        };
        let mut checked = sample::checked();
        let before = prints(&checked);
        for finding in &mut checked.findings {
            if let Some(at) = &mut finding.position {
                at.line += 7;
            }
        }
        assert_eq!(prints(&checked), before);
        let twin = checked.findings[0].clone();
        checked.findings.insert(1, twin);
        let after = prints(&checked);
        assert_eq!(after[0], before[0]);
        assert!(!before.contains(&after[1]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn any_text_and_any_path_fit_the_schema(
            message in any::<String>(), path in any::<String>(),
        ) {
            let mut checked = sample::with_message(&message);
            checked.findings[0].path = path;
            prop_assert!(validator().is_valid(&parsed(&checked)));
        }
    }
}
