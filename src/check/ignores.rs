//! Comments in a document that silence one code on the next line, with a reason.
//!
//! Not here: reading them (`markdown::raw`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, nearest};
use crate::model::catalogue::Catalogue;
use crate::rule;

/// Removes silenced findings, and reports comments that silence nothing or give no reason.
pub fn apply(catalogue: &Catalogue, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut silenced: BTreeMap<(String, usize, &str), (usize, usize)> = BTreeMap::new();
    let mut problems = Vec::new();
    let corpus: Vec<_> = catalogue
        .corpus
        .iter()
        .map(|(_, document)| document)
        .collect();
    for (of, document) in corpus.iter().enumerate() {
        for (at, ignore) in document.outline.ignores.iter().enumerate() {
            let path = document.name.source();
            let problem = |code, message: String| {
                Diagnostic::error(code, path.clone(), message).at(ignore.position)
            };
            if rule::find(&ignore.code).is_none() {
                let message = format!("`{}` is not a code", ignore.code.escape_debug());
                let codes = rule::RULES.iter().map(|rule| rule.code);
                let found = problem("ignore-unknown", message);
                problems.push(match nearest(&ignore.code, codes) {
                    Some(near) => found.help(format!("did you mean `{near}`?")),
                    None => found,
                });
            } else if ignore.reason.is_empty() {
                let found = problem("ignore-without-reason", "gives no reason".to_owned());
                let help = format!("<!-- docsite-ignore {}: reason -->", ignore.code);
                problems.push(found.help(help));
            } else {
                silenced.insert((path, ignore.line, ignore.code.as_str()), (of, at));
            }
        }
    }
    let mut used = BTreeSet::new();
    let mut kept: Vec<Diagnostic> = findings
        .into_iter()
        .filter(|finding| {
            let line = finding.position.map_or(0, |at| at.line);
            let key = (finding.path.clone(), line, finding.code);
            let by = silenced.get(&key);
            used.extend(by.copied());
            by.is_none()
        })
        .collect();
    for (of, at) in silenced.values().filter(|key| !used.contains(*key)) {
        let document = corpus[*of];
        let ignore = &document.outline.ignores[*at];
        let code = &ignore.code;
        let message = format!("the next line has no `{code}` to silence");
        let finding = Diagnostic::error("ignore-unused", document.name.source(), message);
        kept.push(finding.at(ignore.position).help("remove it"));
    }
    kept.extend(problems);
    kept
}
