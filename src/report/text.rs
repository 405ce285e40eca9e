//! `--format text`: each finding as `path:line:column: error[code]: message`, its source line with
//! carets under the affected part, and its help. The first line of a finding is meant for programs
//! too; it is the same in every command.
//!
//! Not here: where the texts come from, and which stream they go to (`Report::check`).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::check::changed::Change;
use crate::diagnostic::{Finding, Severity};
use crate::outcome::check::{Accepted, Checked};

use super::count::{documents, plural};
use super::excerpt::Excerpt;
use super::terminal::{Palette, one_line, plain};

/// Further warnings of one kind are counted, not printed: hundreds of warnings of an old archive
/// must not hide the important one.
const MANY_WARNINGS: usize = 10;

/// The findings that are printed, and how many more there are of each kind.
pub(super) struct Selection<'a> {
    /// Every error, then the first warnings of each kind; each by place.
    pub(super) shown: Vec<&'a Finding>,
    /// Codes of warnings, and how many of each are not shown.
    pub(super) more: Vec<(&'a str, usize)>,
}

impl<'a> Selection<'a> {
    pub(super) fn of(problems: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut problems: Vec<&Finding> = problems.into_iter().collect();
        problems.sort_by_key(|problem| Reverse(problem.severity()));
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut shown = Vec::new();
        for problem in problems {
            if problem.severity() == Severity::Warning {
                let count = seen.entry(problem.code()).or_default();
                *count += 1;
                if *count > MANY_WARNINGS {
                    continue;
                }
            }
            shown.push(problem);
        }
        let more = seen.into_iter();
        let more = more.filter(|(_, count)| *count > MANY_WARNINGS);
        let more = more.map(|(code, count)| (code, count - MANY_WARNINGS));
        Self {
            shown,
            more: more.collect(),
        }
    }
}

/// All findings of a check: errors, then warnings, each file by file. `text_of` returns a file's
/// text by its path, and is called at most once for each.
pub(super) fn findings(
    checked: &Checked,
    text_of: &dyn Fn(&str) -> Option<String>,
    palette: Palette,
) -> String {
    let mut selection = Selection::of(&checked.findings);
    let order = |problem: &Finding| (Reverse(problem.severity()), problem.path.clone());
    selection.shown.sort_by_cached_key(|problem| order(problem));
    let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
    let mut out = String::new();
    for group in selection.shown.chunk_by(|a, b| order(a) == order(b)) {
        let has_place = group.iter().any(|problem| problem.position.is_some());
        let text = has_place.then(|| {
            let path = group[0].path.as_str();
            texts.entry(path).or_insert_with(|| text_of(path)).as_ref()
        });
        let lines: Option<Vec<&str>> = text.flatten().map(|text| text.split('\n').collect());
        for problem in group {
            out.push_str(&headline(problem, one_line, palette));
            out.push('\n');
            if let Some(lines) = &lines {
                out.push_str(&source_line(problem, lines, palette));
            }
            if let Some(help) = &problem.help {
                out.push_str(&format!("    help: {}\n", one_line(help)));
            }
        }
        out.push('\n');
    }
    for (code, count) in selection.more {
        let more = more_of_kind(code, count, palette);
        out.push_str(&format!("{more}; `--format json` lists them all\n"));
    }
    out
}

/// A problem and its help, without the source line: what every command prints.
pub(super) fn problem(problem: &Finding, palette: Palette) -> String {
    let mut text = headline(problem, plain, palette);
    if let Some(help) = &problem.help {
        text.push_str(&format!("\n    help: {}", plain(help)));
    }
    text
}

/// The line that replaces the warnings of a kind that are not shown.
pub(super) fn more_of_kind(code: &str, count: usize, palette: Palette) -> String {
    let label = palette.paint(colour(Severity::Warning), format!("warning[{code}]"));
    format!("{label}: and {count} more of this kind")
}

fn headline(problem: &Finding, shown: fn(&str) -> String, palette: Palette) -> String {
    let mut place = one_line(&problem.path);
    if let Some(at) = problem.position {
        place.push_str(&format!(":{}:{}", at.line, at.column));
    }
    if !place.is_empty() {
        place.push_str(": ");
    }
    let label = format!("{}[{}]", problem.severity(), problem.code());
    let label = palette.paint(colour(problem.severity()), label);
    format!("{place}{label}: {}", shown(&problem.message))
}

fn source_line(problem: &Finding, lines: &[&str], palette: Palette) -> String {
    let Some(at) = problem.position else {
        return String::new();
    };
    // A file that changed since it was checked has other lines, or none there.
    let Some(line) = lines.get(at.line.wrapping_sub(1)) else {
        return String::new();
    };
    let line = line.strip_suffix('\r').unwrap_or(line);
    let excerpt = Excerpt::new(line, at.column, problem.length as usize);
    let number = format!("{:>5}", at.line);
    let (pad, carets) = (" ".repeat(excerpt.pad), "^".repeat(excerpt.carets));
    format!(
        "{} {}\n{} {pad}{}\n",
        palette.paint("2", format!("{number} |")),
        excerpt.line,
        palette.paint("2", format!("{} |", " ".repeat(number.len()))),
        palette.paint(colour(problem.severity()), carets)
    )
}

fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
    }
}

/// The change, the baseline, and the counts.
pub(super) fn summary(checked: &Checked) -> String {
    let mut lines = Vec::new();
    if let Some(change) = &checked.change {
        lines.extend(changes(change));
    }
    if let Some(baseline) = &checked.baseline {
        lines.extend(baseline_news(baseline));
    }
    lines.extend(counts_by_code(&checked.findings));
    lines.push(counts(checked));
    let findings = checked.findings.iter();
    let own = |finding: &Finding| checked.fix(finding).is_some_and(|fix| fix.page.is_none());
    let fixable = findings.filter(|finding| own(finding));
    match fixable.count() {
        0 => {}
        count => lines.push(format!("`docsite fix` corrects {count} of them")),
    }
    lines.join("\n")
}

/// One line for each code, those with errors first.
fn counts_by_code(findings: &[Finding]) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for finding in findings {
        let (errors, warnings) = counts.entry(finding.code()).or_default();
        match finding.severity() {
            Severity::Error => *errors += 1,
            Severity::Warning => *warnings += 1,
        }
    }
    let width = counts.keys().map(|code| code.len()).max();
    let width = width.unwrap_or_default();
    let mut codes: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
    codes.sort_by_key(|(_, (errors, _))| *errors == 0);
    let line = |(code, (errors, warnings))| {
        let counts = severities(errors, warnings);
        format!("{code:<width$}  {counts}")
    };
    codes.into_iter().map(line).collect()
}

/// `2 errors, 1 warning in 28 documents`.
pub(super) fn counts(checked: &Checked) -> String {
    let errors = checked.count(Severity::Error);
    let warnings = checked.count(Severity::Warning);
    let found = match errors + warnings {
        0 => "no findings".to_owned(),
        _ => severities(errors, warnings),
    };
    match checked.documents.len() {
        0 => format!("{found}; there is no document"),
        count => format!("{found} in {}", documents(count)),
    }
}

fn severities(errors: usize, warnings: usize) -> String {
    let errors = (errors > 0).then(|| plural(errors, "error", "errors"));
    let warnings = (warnings > 0).then(|| plural(warnings, "warning", "warnings"));
    let counts: Vec<String> = errors.into_iter().chain(warnings).collect();
    counts.join(", ")
}

fn changes(change: &Change) -> Vec<String> {
    let (documents, links) = (&change.documents, &change.links);
    let mut lines = vec![format!(
        "since {}: documents {} added, {} removed, {} changed; links {} added, {} removed; \
         findings {} new, {} fixed",
        one_line(&change.since),
        documents.added.len(),
        documents.removed.len(),
        documents.changed.len(),
        links.added.len(),
        links.removed.len(),
        change.findings.new,
        change.findings.fixed
    )];
    let unlinked = change.unlinked.iter();
    lines.extend(unlinked.map(|name| format!("lost the last link to it: {}", one_line(name))));
    lines
}

fn baseline_news(baseline: &Accepted) -> Vec<String> {
    let mut lines = Vec::new();
    if baseline.accepted > 0 {
        lines.push(format!(
            "{} accepted by the baseline",
            plural(baseline.accepted, "old finding", "old findings")
        ));
    }
    let fixed = baseline.fixed.iter();
    lines.extend(
        fixed.map(|entry| format!("fixed: remove it from the baseline: {}", one_line(entry))),
    );
    lines
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::super::sample;
    use super::*;
    use crate::rule::Rule;

    const PLAIN: Palette = Palette { colour: false };

    #[test]
    fn a_finding_shows_its_line_and_what_to_do() {
        let checked = sample::checked();
        let text = findings(&checked, &sample::text_of, PLAIN);
        insta::assert_snapshot!(text + &summary(&checked));
    }

    #[test]
    fn nothing_found_is_one_line() {
        let checked = sample::clean();
        assert_eq!(findings(&checked, &sample::text_of, PLAIN), "");
        assert_eq!(summary(&checked), "no findings in 2 documents");
    }

    #[test]
    fn each_file_is_read_once_and_only_for_a_place() {
        let asked = RefCell::new(Vec::new());
        let text_of = |path: &str| {
            asked.borrow_mut().push(path.to_owned());
            sample::text_of(path)
        };
        let mut checked = sample::checked();
        checked.findings.reverse();
        findings(&checked, &text_of, PLAIN);
        let mut asked = asked.into_inner();
        let all = asked.len();
        asked.sort();
        asked.dedup();
        assert_eq!(asked.len(), all);
        assert!(!asked.iter().any(|path| path == sample::WITHOUT_PLACE));
    }

    #[test]
    fn an_old_archive_does_not_drown_the_new() {
        let mut checked = sample::clean();
        let warning = |at| sample::warning(Rule::Orphan, format!("markdown/{at:03}.md"), "alone");
        checked.findings = (0..300).map(warning).collect();
        let error = sample::error(Rule::BrokenImage, "markdown/300.md", "no file");
        checked.findings.push(error);
        let text = findings(&checked, &|_| None, PLAIN);
        assert_eq!(text.matches("warning[orphan]").count(), MANY_WARNINGS + 1);
        assert!(text.contains("error[broken-image]: no file"));
        assert!(text.contains("and 290 more of this kind; `--format json` lists them all"));
        assert_eq!(
            summary(&checked),
            "broken-image  1 error\n\
             orphan        300 warnings\n\
             1 error, 300 warnings in 2 documents"
        );
    }

    #[test]
    fn errors_come_before_warnings_of_any_file() {
        let mut checked = sample::clean();
        let warning = |path| sample::warning(Rule::Orphan, path, "alone");
        let error = |path| sample::error(Rule::BrokenImage, path, "no file");
        checked.findings = vec![
            warning("a.md"),
            error("b.md"),
            warning("b.md"),
            error("c.md"),
        ];
        let text = findings(&checked, &|_| None, PLAIN);
        let paths: Vec<&str> = text.lines().filter_map(|line| line.get(..10)).collect();
        assert_eq!(
            paths,
            ["b.md: erro", "c.md: erro", "a.md: warn", "b.md: warn"]
        );
    }

    #[test]
    fn colours_come_only_when_they_are_wanted() {
        let checked = sample::checked();
        let text = |colour| findings(&checked, &sample::text_of, Palette { colour });
        assert!(!text(false).contains('\u{1b}'));
        assert!(text(true).contains("\u{1b}[1;31merror[broken-document]\u{1b}[0m: "));
    }
}
