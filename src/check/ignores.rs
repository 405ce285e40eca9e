//! Comments in a document that suppress one code each on the next line, with a reason.
//!
//! Not here: reading them (`markdown::raw`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::markdown::outline::Ignore;
use crate::model::catalogue::Catalogue;
use crate::model::check::rule_of;
use crate::model::document::Document;
use crate::rule::Rule;

/// What a comment suppresses: file, line and rule.
type Target = (String, usize, Rule);

const ABOUT_COMMENTS: [Rule; 3] = [
    Rule::IgnoreUnused,
    Rule::IgnoreUnknown,
    Rule::IgnoreWithoutReason,
];

/// The findings that no comment suppresses.
pub fn silence(catalogue: &Catalogue, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let silenced: BTreeSet<Target> = usable(catalogue).map(|(target, _)| target).collect();
    if silenced.is_empty() {
        return found;
    }
    let is_heard = |finding: &Diagnostic| {
        // What is wrong with a comment is not silenced by another one.
        ABOUT_COMMENTS.contains(&finding.kind) || !silenced.contains(&target(finding))
    };
    found.into_iter().filter(is_heard).collect()
}

/// Comments that suppress no finding, give no reason, or name no code.
pub fn find(catalogue: &Catalogue, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let found: BTreeSet<Target> = found.iter().map(target).collect();
    // Of two comments for the same line, the last one counts.
    let last: BTreeMap<Target, &Ignore> = usable(catalogue).collect();
    let unused = last
        .into_iter()
        .filter(|(target, _)| !found.contains(target));
    let unused = unused.map(|((path, _, rule), ignore)| {
        let message = format!("the next line has no `{}` to silence", rule.code());
        Diagnostic::new(Rule::IgnoreUnused, path, message)
            .at(ignore.position)
            .help("remove it")
    });
    let wrong = comments(catalogue).filter_map(|(document, ignore)| wrong(document, ignore));
    unused.chain(wrong).collect()
}

fn target(finding: &Diagnostic) -> Target {
    let line = finding.position.map_or(0, |at| at.line);
    (finding.path.clone(), line, finding.kind)
}

fn comments(catalogue: &Catalogue) -> impl Iterator<Item = (&Document, &Ignore)> {
    let documents = catalogue.corpus.iter();
    documents.flat_map(|(_, document)| {
        let ignores = document.outline.ignores.iter();
        ignores.map(move |ignore| (document, ignore))
    })
}

fn usable(catalogue: &Catalogue) -> impl Iterator<Item = (Target, &Ignore)> {
    let documents = catalogue.corpus.iter();
    documents.flat_map(|(_, document)| {
        let ignores = lines(document).into_iter();
        ignores.filter_map(|(line, ignore)| {
            let rule = rule_of(&ignore.code, &[]).ok()?;
            let target = (document.name.source(), line, rule);
            (!ignore.reason.is_empty()).then_some((target, ignore))
        })
    })
}

/// Each comment with the line that it is about: of several, one on each line, that is the line after
/// the last.
fn lines(document: &Document) -> Vec<(usize, &Ignore)> {
    let mut about = BTreeMap::new();
    let mut lines = Vec::new();
    for ignore in document.outline.ignores.iter().rev() {
        let line = about.get(&ignore.line).copied().unwrap_or(ignore.line);
        about.insert(ignore.position.line, line);
        lines.push((line, ignore));
    }
    lines.reverse();
    lines
}

fn wrong(document: &Document, ignore: &Ignore) -> Option<Diagnostic> {
    let problem = |rule, message: String| {
        Diagnostic::new(rule, document.name.source(), message).at(ignore.position)
    };
    match rule_of(&ignore.code, &[]) {
        Err(not) => Some(Diagnostic {
            help: not.help,
            ..problem(Rule::IgnoreUnknown, not.message)
        }),
        Ok(_) if ignore.reason.is_empty() => {
            let help = format!("<!-- docsite-ignore {}: reason -->", ignore.code);
            let found = problem(Rule::IgnoreWithoutReason, "gives no reason".to_owned());
            Some(found.help(help))
        }
        Ok(_) => None,
    }
}
