//! What a change brought: findings and links that were not there, or are there no more.
//!
//! Not here: where the two sides come from (git), and what lines of text changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Position};
use crate::model::catalogue::Catalogue;
use crate::model::document::Document;

use super::baseline::{counted, identity};

/// One side of a change.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The corpus.
    pub catalogue: &'a Catalogue,
    /// What is wrong with it.
    pub findings: &'a [Diagnostic],
}

/// What a change brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Findings that were not there, among them those of what the change took away.
    pub new: Vec<Diagnostic>,
    /// How many findings are no more.
    pub mended: usize,
    /// Published documents that were not there, by basename.
    pub added: Vec<String>,
    /// Those that are no more.
    pub removed: Vec<String>,
    /// Those whose text changed.
    pub changed: Vec<String>,
    /// How many links between documents were not there.
    pub links_added: usize,
    /// How many are no more.
    pub links_removed: usize,
    /// Documents that lost the last link to them, by basename.
    pub lost: Vec<String>,
    /// Headings that were removed and that links still name: `basename#id`.
    pub headings_removed: Vec<String>,
}

/// Compares two sides.
pub fn compare(base: Side<'_>, head: Side<'_>) -> Change {
    let (before, after) = (Documents::of(base.catalogue), Documents::of(head.catalogue));
    let lost = lost(&before, &after);
    let mut new = new_findings(base.findings, head.findings);
    new.extend(lost.iter().map(|document| {
        let message = "the last link to this document went with this change";
        let finding = Diagnostic::error("lost-last-link", document.name.source(), message);
        finding
            .at(Position::START)
            .help("link to it from where readers look for it, or remove it")
    }));
    Change {
        mended: new_findings(head.findings, base.findings).len(),
        headings_removed: headings_removed(&before, &after, &mut new),
        new,
        added: after
            .names
            .keys()
            .filter(|name| !before.names.contains_key(*name))
            .map(shown)
            .collect(),
        removed: before
            .names
            .keys()
            .filter(|name| !after.names.contains_key(*name))
            .map(shown)
            .collect(),
        changed: after
            .names
            .iter()
            .filter(|(name, document)| {
                before
                    .names
                    .get(*name)
                    .is_some_and(|old| old.source != document.source)
            })
            .map(|(name, _)| shown(name))
            .collect(),
        links_added: more(&after.links, &before.links),
        links_removed: more(&before.links, &after.links),
        lost: lost
            .iter()
            .map(|document| document.name.as_str().to_owned())
            .collect(),
    }
}

fn shown(name: &&str) -> String {
    (*name).to_owned()
}

/// Published documents and the links between them, by name.
struct Documents<'a> {
    names: BTreeMap<&'a str, &'a Document>,
    links: BTreeMap<(&'a str, &'a str), usize>,
    linked: BTreeSet<&'a str>,
}

impl<'a> Documents<'a> {
    fn of(catalogue: &'a Catalogue) -> Self {
        let name = |id| catalogue.corpus.get(id).name.as_str();
        let published = catalogue.published.iter();
        let links: BTreeMap<_, _> = catalogue
            .links
            .edges()
            .map(|(from, to, count)| ((name(from), name(to)), count))
            .collect();
        let on_path = catalogue.places.keys().map(|id| name(*id));
        Self {
            names: published
                .map(|id| (name(*id), catalogue.corpus.get(*id)))
                .collect(),
            linked: links.keys().map(|(_, to)| *to).chain(on_path).collect(),
            links,
        }
    }
}

/// Documents that something led to before, and that nothing leads to now.
fn lost<'a>(before: &Documents<'_>, after: &Documents<'a>) -> Vec<&'a Document> {
    let names = after.names.iter();
    names
        .filter(|(name, _)| before.linked.contains(*name) && !after.linked.contains(*name))
        .map(|(_, document)| *document)
        .collect()
}

/// Findings of `head` beyond those of `base`, in their order.
fn new_findings(base: &[Diagnostic], head: &[Diagnostic]) -> Vec<Diagnostic> {
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

/// How many links one side has beyond the other.
fn more(one: &BTreeMap<(&str, &str), usize>, other: &BTreeMap<(&str, &str), usize>) -> usize {
    one.iter()
        .map(|(link, count)| count.saturating_sub(other.get(link).copied().unwrap_or(0)))
        .sum()
}

/// Headings that the change took away and that links still name; their findings say so.
fn headings_removed(
    before: &Documents<'_>,
    after: &Documents<'_>,
    new: &mut [Diagnostic],
) -> Vec<String> {
    let mut removed = Vec::new();
    for (name, document) in &after.names {
        let Some(old) = before.names.get(name) else {
            continue;
        };
        let now: BTreeSet<&str> = ids(document).collect();
        for id in ids(old).filter(|id| !now.contains(id)) {
            let broken: Vec<&mut Diagnostic> = new
                .iter_mut()
                .filter(|finding| {
                    finding.code == "broken-heading" && names_place(finding, name, id)
                })
                .collect();
            if broken.is_empty() {
                continue;
            }
            removed.push(format!("{name}#{id}"));
            for finding in broken {
                let near = finding
                    .help
                    .take()
                    .map(|help| format!("; {help}"))
                    .unwrap_or_default();
                finding.help = Some(format!("this change removed the heading{near}"));
            }
        }
    }
    removed
}

fn ids(document: &Document) -> impl Iterator<Item = &str> {
    document
        .outline
        .headings
        .iter()
        .map(|heading| heading.id.as_str())
}

/// Whether a finding's target, which its message quotes, is this place.
fn names_place(finding: &Diagnostic, name: &str, id: &str) -> bool {
    let Some(target) = finding.message.split('`').nth(1) else {
        return false;
    };
    let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
    let Some((page, fragment)) = target.split_once('#') else {
        return false;
    };
    let stem = page
        .strip_suffix(".html")
        .or(page.strip_suffix(".md"))
        .unwrap_or(page);
    let is_own = page.is_empty() && finding.path == format!("markdown/{name}.md");
    fragment == id && (stem == name || is_own)
}
