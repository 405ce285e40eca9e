//! Findings about a document other than its links: its title, headings, pictures, name, and its
//! place among the others.
//!
//! Not here: front matter and text that cannot be read (`model` reports those while reading).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Diagnostic, Position, nearest};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::settings::{Label, Wikilinks};
use crate::model::target::folded;
use crate::place::Place;
use crate::rule::Rule;

/// A finding about a whole document is placed at its title, so that an ignore comment can precede it.
fn at_title(document: &Document, rule: Rule, message: String) -> Diagnostic {
    let heading = document.outline.first_title().unwrap_or(0);
    let place = document.outline.headings.get(heading);
    let place = place.map(|heading| heading.place);
    let finding = Diagnostic::new(rule, document.name.source(), message);
    match place {
        Some(place) => finding.at(place.position).over(place.length),
        None => finding.at(Position::START),
    }
}

/// Findings about one document.
pub fn find(catalogue: &Catalogue, id: DocId) -> impl Iterator<Item = Diagnostic> {
    let document = catalogue.corpus.get(id);
    let settings = &catalogue.settings;
    let topic = (!settings.topics.is_empty())
        .then(|| {
            unlisted(
                "topic",
                Rule::UnknownTopic,
                document,
                document.name.topic(),
                &settings.topics,
            )
        })
        .flatten();
    let kind = unlisted(
        "type",
        Rule::UnknownType,
        document,
        document.name.kind(),
        &settings.types,
    );
    let title =
        (document.front.title.is_none() && document.outline.first_title().is_none()).then(|| {
            at_title(document, Rule::MissingTitle, "has no title".to_owned())
                .help("start it with `# Title`, or add `title:` to its front matter")
        });
    let images = document.images_without_alt().map(|(target, position)| {
        let message = format!("`{}` has no alternative text", target.escape_debug());
        Diagnostic::new(Rule::ImageAlt, document.name.source(), message)
            .at(position)
            .help("describe it: `alt=\"…\"`; for a decorative picture: `alt=\"\"`")
    });
    [topic, kind, title]
        .into_iter()
        .flatten()
        .chain(headings(document))
        .chain(images)
        .collect::<Vec<_>>()
        .into_iter()
}

fn unlisted(
    what: &str,
    rule: Rule,
    document: &Document,
    prefix: &str,
    listed: &[Label],
) -> Option<Diagnostic> {
    let prefixes = || listed.iter().map(|label| label.prefix.as_str());
    if prefixes().any(|known| known == prefix) {
        return None;
    }
    let message = format!("{what} `{prefix}` is not in the settings");
    let help = match nearest(prefix, prefixes()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add it as [[{what}s]] to docsite.toml"),
    };
    Some(at_title(document, rule, message).help(help))
}

/// Further titles, and headings that skip a level, once for the document.
fn headings(document: &Document) -> impl Iterator<Item = Diagnostic> {
    let first = document.outline.first_title();
    let titles = document
        .outline
        .headings
        .iter()
        .enumerate()
        .filter(move |(at, heading)| heading.level == 1 && first != Some(*at))
        .map(|(_, heading)| {
            let message = format!("`{}` is a second title", heading.text);
            at_place(document, Rule::DoubleTitle, message, heading.place)
                .help("make it `##`: a document has one title")
        });
    titles.chain(skipped_headings(document))
}

/// The first heading that skips a level; the others are counted with it.
fn skipped_headings(document: &Document) -> Option<Diagnostic> {
    let headings = &document.outline.headings;
    let title = document.outline.first_title();
    // Above the first heading is the title, written or not.
    let above = |at: usize| at.checked_sub(1).map_or(1, |before| headings[before].level);
    let mut skipped = (0..headings.len())
        .filter(|at| title != Some(*at))
        .filter(|at| headings[*at].level > above(*at) + 1);
    let first = skipped.next()?;
    let more = match skipped.count() {
        0 => String::new(),
        count => format!(" (and {count} more in this document)"),
    };
    let (level, above) = (headings[first].level, above(first));
    let message = format!("level {level} comes after level {above}{more}");
    let marks = "#".repeat(usize::from(above) + 1);
    let place = headings[first].place;
    Some(
        at_place(document, Rule::SkippedHeading, message, place).help(format!("make it `{marks}`")),
    )
}

fn at_place(document: &Document, rule: Rule, message: String, place: Place) -> Diagnostic {
    Diagnostic::new(rule, document.name.source(), message)
        .at(place.position)
        .over(place.length)
}

/// Documents with the same title as another one, in a site where wikilinks may name titles.
pub fn titles(catalogue: &Catalogue) -> Vec<Diagnostic> {
    if catalogue.settings.wikilinks == Wikilinks::Mark {
        return Vec::new();
    }
    let mut firsts: BTreeMap<String, &Document> = BTreeMap::new();
    let mut found = Vec::new();
    for (_, document) in catalogue.corpus.iter() {
        match firsts.entry(folded(&document.title)) {
            Entry::Vacant(place) => {
                place.insert(document);
            }
            Entry::Occupied(first) => {
                let name = &first.get().name;
                let title = &document.title;
                let message = format!("`{name}` has the title `{title}` too");
                found.push(at_title(document, Rule::SameTitle, message).help(format!(
                    "`[[{title}]]` links to `{name}`; write the basename"
                )));
            }
        }
    }
    found
}

/// Documents that nothing links to, and those that are in no stage of the flow.
pub fn places(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let orphans = catalogue.orphans().into_iter().map(|id| {
        let message = "no document and no stage of the flow links here".to_owned();
        at_title(catalogue.corpus.get(id), Rule::Orphan, message)
            .help("link to it from a related document, or add it to flow.json")
    });
    let outside = catalogue.outside_flow().into_iter().map(|id| {
        let message = "is in no stage of the flow".to_owned();
        at_title(catalogue.corpus.get(id), Rule::OutsideFlow, message).help("add it to flow.json")
    });
    orphans.chain(outside).collect()
}

/// Files left behind by editors and operating systems.
pub fn leftovers(catalogue: &Catalogue) -> impl Iterator<Item = Diagnostic> {
    catalogue.leftovers.iter().map(|path| {
        let message = "was left by an editor or the system, and is not published";
        Diagnostic::new(Rule::Leftover, path, message).help("delete it, or rename it to publish it")
    })
}

/// Aliases that two documents claim.
pub fn aliases(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut claims: BTreeMap<String, Vec<&Document>> = BTreeMap::new();
    for (_, document) in catalogue.corpus.iter() {
        for alias in document.front.old_names() {
            let claimed = claims.entry(alias).or_default();
            claimed.push(document);
        }
    }
    let mut findings = Vec::new();
    for (alias, documents) in claims {
        let owner = catalogue
            .corpus
            .find(&alias)
            .map(|id| catalogue.corpus.get(id));
        let claims = documents.iter().copied();
        let first = owner.into_iter().chain(claims.clone()).next();
        for document in claims {
            let Some(first) = first.filter(|first| first.name != document.name) else {
                continue;
            };
            let message = format!(
                "the alias `{}` is already used by {}",
                alias.escape_debug(),
                first.name
            );
            let finding = Diagnostic::new(Rule::DuplicateAlias, document.name.source(), message);
            findings.push(
                finding
                    .at(Position::START)
                    .help("remove it from one of them"),
            );
        }
    }
    findings
}
