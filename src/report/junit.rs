//! `--format junit`: a test report, for servers that show nothing else. Each finding that fails the
//! check is a failed test; any other warning is a test that passed with output; each document without
//! findings is a test that passed.
//!
//! Not here: times, which would differ from run to run.

use std::collections::BTreeSet;

use crate::diagnostic::Finding;
use crate::outcome::check::Checked;

use super::terminal::steers;

const NAME: &str = "docsite check";

pub(super) fn document(checked: &Checked) -> String {
    let found: BTreeSet<&str> = checked.findings.iter().map(|f| f.path.as_str()).collect();
    let documents = checked.documents.iter().map(String::as_str);
    let passed: Vec<&str> = documents.filter(|path| !found.contains(path)).collect();
    let findings = checked.findings.iter();
    let failures = findings
        .filter(|finding| checked.is_failure(finding))
        .count();
    let tests = checked.findings.len() + passed.len();
    let counts = format!("name=\"{NAME}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"");

    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<testsuites {counts}>\n  <testsuite {counts}>\n"));
    for finding in &checked.findings {
        out.push_str(&case(finding, checked.is_failure(finding)));
    }
    for path in passed {
        let head = head(path, "no findings");
        out.push_str(&format!("    {head}/>\n"));
    }
    out.push_str("  </testsuite>\n</testsuites>");
    out
}

fn case(finding: &Finding, fails: bool) -> String {
    let mut name = finding.code().to_owned();
    let mut place = finding.path.clone();
    if let Some(at) = finding.position {
        name.push_str(&format!(" {}:{}", at.line, at.column));
        place.push_str(&format!(":{}:{}", at.line, at.column));
    }
    let mut text = format!(
        "{place}: {}[{}]: {}",
        finding.severity(),
        finding.code(),
        finding.message
    );
    if let Some(help) = &finding.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    let (head, text) = (head(&finding.path, &name), escaped(&text));
    let inner = if fails {
        let message = escaped(&finding.message);
        let code = escaped(finding.code());
        format!("<failure message=\"{message}\" type=\"{code}\">{text}</failure>")
    } else {
        format!("<system-out>{text}</system-out>")
    };
    format!("    {head}>\n      {inner}\n    </testcase>\n")
}

fn head(class: &str, name: &str) -> String {
    // A finding of the site as a whole has no file, but a class needs a name.
    let class = if class.is_empty() { NAME } else { class };
    format!(
        "<testcase classname=\"{}\" name=\"{}\"",
        escaped(class),
        escaped(name)
    )
}

/// For text and attributes alike. Characters that XML 1.0 does not allow, and those that would
/// affect a terminal or the reader of a report, become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if steers(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roxmltree::Document;

    use super::super::sample;
    use super::*;

    const XSD: &str = include_str!("../../tests/schemas/junit-10.xsd");

    /// Violations of the Jenkins plugin's schema.
    fn mistakes(xml: &str) -> Vec<String> {
        let schema = uppsala::parse(XSD).unwrap();
        let validator = uppsala::XsdValidator::from_schema(&schema).unwrap();
        let document = uppsala::parse(xml).unwrap();
        let errors = validator.validate(&document).into_iter();
        errors.map(|error| error.to_string()).collect()
    }

    #[test]
    fn the_report_fits_its_schema() {
        let xml = document(&sample::checked());
        assert_eq!(mistakes(&xml), [""; 0]);
        assert_eq!(mistakes(&document(&sample::clean())), [""; 0]);
        insta::assert_snapshot!(xml);
    }

    #[test]
    fn the_schema_does_find_mistakes() {
        let xml = document(&sample::checked());
        assert_ne!(mistakes(&xml.replace("classname", "klass")), [""; 0]);
        assert_ne!(mistakes(&xml.replace("failure", "fault")), [""; 0]);
    }

    #[test]
    fn failures_are_what_fails_the_check() {
        let mut checked = sample::checked();
        for strict in [false, true] {
            checked.strict = strict;
            let xml = document(&checked);
            let xml = Document::parse(&xml).unwrap();
            let count = |tag| {
                xml.descendants()
                    .filter(|node| node.has_tag_name(tag))
                    .count()
            };
            let findings = checked.findings.iter();
            let failures = findings
                .filter(|finding| checked.is_failure(finding))
                .count();
            assert_eq!(count("failure"), failures);
            let suite = xml.root_element();
            assert_eq!(
                suite.attribute("failures"),
                Some(failures.to_string().as_str())
            );
            assert_eq!(
                suite.attribute("tests"),
                Some(count("testcase").to_string().as_str())
            );
        }
    }

    #[test]
    fn a_document_without_findings_is_a_test_that_passed() {
        let xml = document(&sample::clean());
        assert!(xml.contains("tests=\"2\" failures=\"0\""));
        assert_eq!(xml.matches("name=\"no findings\"/>").count(), 2);
    }

    proptest! {
        #[test]
        fn any_text_is_well_formed_and_reads_back(message in any::<String>()) {
            let xml = document(&sample::with_message(&message));
            let xml = Document::parse(&xml).unwrap();
            let failure = xml.descendants().find(|node| node.has_tag_name("failure")).unwrap();
            let shown = |c| match c {
                '\n' | '\r' | '\t' => c,
                '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
                c if steers(c) => '\u{fffd}',
                c => c,
            };
            let wanted: String = message.chars().map(shown).collect();
            prop_assert_eq!(failure.attribute("message"), Some(wanted.as_str()));
            prop_assert!(failure.text().unwrap().ends_with(&wanted));
        }
    }
}
