//! Findings about pages: out of date, older than their document, without a document, or ignored by
//! git.
//!
//! Not here: comparing pages with their documents (`pipeline` does).

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Finding, Position, Severity};
use crate::name::Basename;
use crate::rule::{Code, Rule};

/// The start of the message about a page that is out of date; the reason follows.
const STALE: &str = "its page is out of date: ";

/// What is wrong with a document's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageProblem {
    /// A rebuild would render it again; says why.
    Stale(String),
    /// Made by hand, and its document was changed afterwards.
    Behind,
    /// Made by hand, with a place where a drawing is missing.
    Undrawn,
    /// Made by hand, and git ignores it.
    Ignored,
    /// The page of a draft, which a rebuild removes.
    Draft,
    /// The page of a draft that docsite did not make.
    DraftByHand,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StrayPage {
    /// Made by docsite; a rebuild removes it.
    Generated,
    /// Not made by docsite, or changed by somebody.
    ByHand,
    /// There is a file with its name that is not read as a document; says why.
    Unread(String),
}

/// The finding about a document's page. `shown` is the page's path in the site.
pub fn finding(name: &Basename, shown: &str, problem: &PageProblem) -> Diagnostic {
    let of =
        |rule, message: String| Diagnostic::new(rule, name.source(), message).at(Position::START);
    match problem {
        PageProblem::Stale(why) => {
            of(Rule::StalePage, format!("{STALE}{why}")).help(format!("docsite render {name}"))
        }
        PageProblem::Behind => of(
            Rule::PageBehind,
            format!("{shown} is made by hand, and this document changed afterwards"),
        )
        .help(format!(
            "update the page by hand, or replace it: \
             docsite render {name} --discard-hand-edits {name}"
        )),
        PageProblem::Undrawn => of(
            Rule::DiagramPlaceholder,
            format!("{shown} has a place where a drawing is missing"),
        )
        .help("draw it, or remove the place"),
        PageProblem::Ignored => of(
            Rule::IgnoredPage,
            format!("{shown} is made by hand, but git ignores it: clones will not have it"),
        )
        .help(format!("git add --force {shown}")),
        PageProblem::Draft => of(
            Rule::DraftPage,
            format!("is a draft, and {shown} is still there"),
        )
        .help("docsite rebuild removes the page"),
        PageProblem::DraftByHand => of(
            Rule::DraftPage,
            format!("is a draft, but {shown} is still there: docsite removes only what it made"),
        )
        .help(format!(
            "delete {shown}, or set `draft` to false in this document"
        )),
    }
}

/// One finding about all pages that another program made, by their paths in the site.
pub fn unknown(paths: &[String]) -> Option<Diagnostic> {
    let first = paths.first()?;
    let message = match paths.len() {
        1 => "was made by another program and is not taken over yet".to_owned(),
        count => format!(
            "{count} pages, including this one, were made by another program and are not taken over yet"
        ),
    };
    let problem = Diagnostic::new(Rule::UnknownPage, first.as_str(), message);
    Some(problem.help("docsite rebuild --adopt renders them and sets their old bytes aside"))
}

/// Groups findings about pages that are out of date for the same reason, since one change caused
/// all and one command fixes all. The first stays in its place and says how many there are.
pub fn grouped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut counts: BTreeMap<(Severity, String), usize> = BTreeMap::new();
    for finding in &findings {
        if let Some(why) = stale(finding) {
            *counts
                .entry((finding.severity(), why.to_owned()))
                .or_default() += 1;
        }
    }
    let group = |finding: Finding| {
        let Some(why) = stale(&finding) else {
            return Some(finding);
        };
        // The first of a group takes its count away.
        let count = counts.remove(&(finding.severity(), why.to_owned()))?;
        if count == 1 {
            return Some(finding);
        }
        let message = format!("{count} pages, including this document's, are out of date: {why}");
        Some(Finding { message, ..finding }.help("docsite rebuild"))
    };
    findings.into_iter().filter_map(group).collect()
}

/// The reason in a finding about a page that is out of date; `None` for other findings.
fn stale(finding: &Finding) -> Option<&str> {
    let message = (finding.kind.code == Code::Rule(Rule::StalePage)).then_some(&finding.message)?;
    message.strip_prefix(STALE)
}

/// The finding about a page without a document, by its path in the site.
pub fn stray(shown: &str, page: &StrayPage) -> Diagnostic {
    let of = |message: &str| Diagnostic::new(Rule::StrayPage, shown, message);
    match page {
        StrayPage::Generated => {
            of("is a page without a document").help("docsite rebuild removes the page")
        }
        StrayPage::ByHand => of("is a page without a document, and docsite did not make it")
            .help("delete it, or put its document into markdown/"),
        StrayPage::Unread(why) => of(&format!("is kept: {why}"))
            .help("documents are files `<topic>__<type>-<name>.md` in markdown/ itself"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stale_page(name: &str, why: &str) -> Finding {
        let message = format!("{STALE}{why}");
        Diagnostic::new(Rule::StalePage, format!("markdown/{name}.md"), message)
            .at(Position::START)
            .help(format!("docsite render {name}"))
            .judged(Severity::Warning)
    }

    #[test]
    fn pages_of_one_reason_are_one_finding_and_others_stay() {
        let alone =
            Diagnostic::new(Rule::Orphan, "markdown/b.md", "alone").judged(Severity::Warning);
        let found = grouped(vec![
            stale_page("a", "the templates changed"),
            alone.clone(),
            stale_page("b", "its document changed"),
            stale_page("c", "the templates changed"),
        ]);
        let message = "2 pages, including this document's, are out of date: the templates changed";
        let group = Diagnostic::new(Rule::StalePage, "markdown/a.md", message);
        let group = group
            .at(Position::START)
            .help("docsite rebuild")
            .judged(Severity::Warning);
        let single = stale_page("b", "its document changed");
        assert_eq!(found, [group, alone, single]);
    }

    #[test]
    fn levels_that_differ_keep_their_findings_apart() {
        let mut error = stale_page("b", "the templates changed");
        error.kind.severity = Severity::Error;
        let findings = vec![stale_page("a", "the templates changed"), error];
        assert_eq!(grouped(findings.clone()), findings);
    }
}
