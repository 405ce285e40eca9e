//! The effects of a change: new and fixed findings, added and removed links.
//!
//! Not here: where the two sides come from (git), and which lines of text changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Finding, Position};
use crate::model::catalogue::Catalogue;
use crate::model::document::Document;
use crate::rule::{Code, Rule};

use super::baseline::{counted, identity};
use super::changed::{self, Change};
use super::judge::levelled;

/// The site before or after a change.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub catalogue: &'a Catalogue,
    pub findings: &'a [Finding],
}

/// Compares two sides. `since` is the base revision as the user wrote it. Returns the new findings,
/// sorted, including those about documents that lost the last link to them.
pub fn compare(since: &str, base: Side<'_>, head: Side<'_>) -> (Change, Vec<Finding>) {
    let (before, after) = (Documents::of(base.catalogue), Documents::of(head.catalogue));
    let mut new = new_findings(base.findings, head.findings);
    explain_headings(&before, &after, &mut new);
    let lost = lost(&before, &after);
    let found = lost.iter().map(|document| lost_link(document));
    new.extend(levelled(&head.catalogue.settings, found.collect()));
    new.sort();
    let change = Change {
        since: since.to_owned(),
        documents: documents(&before, &after),
        links: changed::Links {
            added: beyond(&after.links, &before.links),
            removed: beyond(&before.links, &after.links),
        },
        findings: changed::Findings {
            new: new.len(),
            fixed: new_findings(head.findings, base.findings).len(),
        },
        unlinked: lost
            .iter()
            .map(|document| document.name.as_str().to_owned())
            .collect(),
    };
    (change, new)
}

fn lost_link(document: &Document) -> Diagnostic {
    let message = "this change removed the last link to this document";
    Diagnostic::new(Rule::LostLastLink, document.name.source(), message)
        .at(Position::START)
        .help("link to it from where readers look for it, or remove it")
}

fn documents(before: &Documents<'_>, after: &Documents<'_>) -> changed::Documents {
    let beyond = |one: &Documents<'_>, other: &Documents<'_>| {
        let names = one.names.keys();
        names
            .filter(|name| !other.names.contains_key(*name))
            .map(|name| (*name).to_owned())
            .collect()
    };
    let is_changed = |(name, document): &(&&str, &&Document)| {
        let old = before.names.get(**name);
        old.is_some_and(|old| old.source != document.source)
    };
    changed::Documents {
        added: beyond(after, before),
        removed: beyond(before, after),
        changed: after
            .names
            .iter()
            .filter(is_changed)
            .map(|(name, _)| (*name).to_owned())
            .collect(),
    }
}

/// Published documents and the links between them, by name.
struct Documents<'a> {
    names: BTreeMap<&'a str, &'a Document>,
    links: BTreeSet<(&'a str, &'a str)>,
    linked: BTreeSet<&'a str>,
}

impl<'a> Documents<'a> {
    fn of(catalogue: &'a Catalogue) -> Self {
        let name = |id| catalogue.corpus.get(id).name.as_str();
        let published = catalogue.published.iter();
        let links: BTreeSet<_> = catalogue
            .links
            .edges()
            .map(|(from, to, _)| (name(from), name(to)))
            .collect();
        let on_path = catalogue.places.keys().map(|id| name(*id));
        Self {
            names: published
                .map(|id| (name(*id), catalogue.corpus.get(*id)))
                .collect(),
            linked: links.iter().map(|(_, to)| *to).chain(on_path).collect(),
            links,
        }
    }
}

/// Documents that something linked to before, and that nothing links to now.
fn lost<'a>(before: &Documents<'_>, after: &Documents<'a>) -> Vec<&'a Document> {
    let names = after.names.iter();
    names
        .filter(|(name, _)| before.linked.contains(*name) && !after.linked.contains(*name))
        .map(|(_, document)| *document)
        .collect()
}

/// Findings that only `head` has, in their order.
fn new_findings(base: &[Finding], head: &[Finding]) -> Vec<Finding> {
    let mut old = counted(base);
    head.iter()
        .filter(|finding| match old.get_mut(&identity(finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .cloned()
        .collect()
}

/// The links that only the first side has.
fn beyond(one: &BTreeSet<(&str, &str)>, other: &BTreeSet<(&str, &str)>) -> Vec<changed::Link> {
    one.difference(other)
        .map(|(from, to)| changed::Link {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
        })
        .collect()
}

/// Adds to findings about broken links that the change removed the heading, if it did.
fn explain_headings(before: &Documents<'_>, after: &Documents<'_>, new: &mut [Finding]) {
    let broken = new
        .iter_mut()
        .filter(|finding| finding.kind.code == Code::Rule(Rule::BrokenHeading));
    for finding in broken {
        let Some((name, id)) = aim(finding) else {
            continue;
        };
        let had = |side: &Documents<'_>| {
            let document = side.names.get(name.as_str());
            document.is_some_and(|document| {
                let mut headings = document.outline.headings.iter();
                headings.any(|heading| heading.id == id)
            })
        };
        if had(before) && !had(after) {
            let near = finding.help.take();
            let near = near.map(|help| format!("; {help}")).unwrap_or_default();
            finding.help = Some(format!("this change removed the heading{near}"));
        }
    }
}

/// The document and the anchor in a finding's target, which its message quotes.
fn aim(finding: &Finding) -> Option<(String, String)> {
    let target = finding.message.split('`').nth(1)?;
    let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
    let (page, fragment) = target.split_once('#')?;
    let page = if page.is_empty() {
        finding.path.strip_prefix("markdown/")?
    } else {
        page
    };
    let stem = page.strip_suffix(".html").or(page.strip_suffix(".md"));
    Some((stem.unwrap_or(page).to_owned(), fragment.to_owned()))
}
