//! `--format github`: workflow commands, which GitHub shows as annotations of the changed lines.
//!
//! GitHub keeps ten errors and ten warnings of a step and silently drops the rest. So errors come
//! first, no more than it keeps are sent as annotations, the rest is printed in a folded group of the
//! log, and a notice says how many there are. Not here: a summary of the change (`markdown`).

use crate::diagnostic::{Finding, Severity};
use crate::outcome::check::Checked;

use super::count::plural;
use super::terminal::{one_line, plain};
use super::text::counts;

/// GitHub's limit for each level in each step.
const KEPT: usize = 10;

pub(super) fn commands(checked: &Checked) -> String {
    let mut lines = Vec::new();
    let mut rest = Vec::new();
    for severity in [Severity::Error, Severity::Warning] {
        let findings: Vec<&Finding> = checked.of(severity).collect();
        let (kept, dropped) = findings.split_at(findings.len().min(KEPT));
        lines.extend(
            kept.iter()
                .map(|finding| annotation(finding, &checked.prefix)),
        );
        rest.extend_from_slice(dropped);
    }
    if !rest.is_empty() {
        lines.push(notice(checked, rest.len()));
        lines.push(format!("::group::{}", more(rest.len())));
        lines.extend(rest.into_iter().map(log_line));
        lines.push("::endgroup::".to_owned());
    }
    lines.join("\n")
}

fn annotation(finding: &Finding, prefix: &str) -> String {
    let mut properties = Vec::new();
    if !finding.path.is_empty() {
        let file = format!("{prefix}{}", finding.path);
        properties.push(format!("file={}", property(&file)));
        if let Some(at) = finding.position {
            properties.push(format!("line={},col={}", at.line, at.column));
            if finding.length > 0 {
                let end = at.column.saturating_add(finding.length as usize);
                properties.push(format!("endColumn={end}"));
            }
        }
    }
    let title = format!("docsite[{}]", finding.code());
    properties.push(format!("title={}", property(&title)));
    let mut message = plain(&finding.message);
    if let Some(help) = &finding.help {
        message.push_str(&format!("\nhelp: {}", plain(help)));
    }
    format!(
        "::{} {}::{}",
        finding.severity(),
        properties.join(","),
        data(&message)
    )
}

fn notice(checked: &Checked, rest: usize) -> String {
    let text = format!(
        "{}; {} are in the log of this step, because GitHub shows {KEPT} of a level only",
        counts(checked),
        more(rest)
    );
    format!("::notice title=docsite::{}", data(&text))
}

fn more(count: usize) -> String {
    plural(count, "more finding", "more findings")
}

/// A line of the log that is not a command. The runner treats every line as one that begins with
/// `::` or contains `##[`.
fn log_line(finding: &Finding) -> String {
    let at = finding.position;
    let at = at.map(|at| format!(":{}:{}", at.line, at.column));
    let line = format!(
        "{}[{}] {}{}: {}",
        finding.severity(),
        finding.code(),
        finding.path,
        at.unwrap_or_default(),
        finding.message
    );
    one_line(&line).replace("##[", "# #[")
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample;
    use super::*;
    use crate::rule::Rule;

    #[test]
    fn findings_are_annotations() {
        insta::assert_snapshot!(commands(&sample::checked()));
        assert_eq!(commands(&sample::clean()), "");
    }

    #[test]
    fn what_github_would_drop_is_in_the_log() {
        let mut checked = sample::clean();
        let warning = |at| sample::warning(Rule::Orphan, format!("{at:02}.md"), "a\n::error::b");
        checked.findings = (0..12).map(warning).collect();
        let error = |at| sample::error(Rule::BrokenImage, format!("{at:02}.md"), "##[error]c");
        checked.findings.extend((0..11).map(error));
        let out = commands(&checked);
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[..10].iter().all(|line| line.starts_with("::error ")));
        assert!(
            lines[10..20]
                .iter()
                .all(|line| line.starts_with("::warning "))
        );
        assert!(lines[20].starts_with("::notice title=docsite::11 errors, 12 warnings in 2"));
        assert_eq!(lines[21], "::group::3 more findings");
        assert_eq!(lines[22], "error[broken-image] 10.md: # #[error]c");
        assert_eq!(lines[23], "warning[orphan] 10.md: a ::error::b");
        assert_eq!(lines[25..], ["::endgroup::"]);
    }

    /// Parses a command as the runner does.
    fn parsed(line: &str) -> (String, Vec<(String, String)>, String) {
        let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (command, properties) = head.split_once(' ').unwrap();
        let back = |text: &str| {
            let text = text.replace("%2C", ",").replace("%3A", ":");
            text.replace("%0A", "\n")
                .replace("%0D", "\r")
                .replace("%25", "%")
        };
        let pairs = properties
            .split(',')
            .map(|pair| pair.split_once('=').unwrap());
        let pairs = pairs.map(|(name, value)| (name.to_owned(), back(value)));
        let message = message.replace("%0A", "\n").replace("%0D", "\r");
        (
            command.to_owned(),
            pairs.collect(),
            message.replace("%25", "%"),
        )
    }

    proptest! {
        #[test]
        fn any_text_reads_back_from_one_command(
            message in any::<String>(), path in "[ -~가-힣\n\r]{1,20}",
        ) {
            let mut checked = sample::with_message(&message);
            checked.findings[0].path.clone_from(&path);
            let out = commands(&checked);
            prop_assert!(!out.contains(['\n', '\r']));
            let (command, properties, read) = parsed(&out);
            prop_assert_eq!(command, "error");
            prop_assert_eq!(&properties[0], &("file".to_owned(), path));
            prop_assert_eq!(read, plain(&message));
        }
    }
}
