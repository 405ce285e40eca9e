//! Makes the view of a document's page from the catalogue, and parts that other views use too.
//!
//! Not here: index.html (`index`), files.html (`files`), rendering (`render`).

use std::collections::BTreeSet;

use crate::markdown::outline::Heading;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::settings::Settings;
use crate::model::target::Target;
use crate::model::viewer;
use crate::name::{href, query_value};

use super::linked;
use super::view::{
    AttachmentView, BacklinkView, ContentsView, DeprecatedView, DocumentView, LabelView, LinkView,
    PageView, PathView, RowView, SiblingView, SiteView, StepView,
};
use super::words::Words;

/// The number of hexadecimal digits of a document's hash that identify a version.
pub const VERSION_DIGITS: usize = 12;

/// What every template gets about the site.
pub fn site(settings: &Settings) -> SiteView<'_> {
    SiteView {
        title: &settings.title,
        description: &settings.description,
        language: settings.language.code(),
        base_url: &settings.base_url,
        root: String::new(),
    }
}

/// What a template gets about the site for a page at this path, which may be in a folder.
pub fn site_below<'a>(settings: &'a Settings, path: &str) -> SiteView<'a> {
    SiteView {
        root: way_up(path),
        ..site(settings)
    }
}

/// The way from a page to the site's root: `../` for each folder.
pub fn way_up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

pub fn words(settings: &Settings) -> &'static Words {
    Words::of(settings.language.code())
}

/// A short hash of a document's content.
pub fn version(document: &Document) -> String {
    let print = document.source.to_string();
    print[..VERSION_DIGITS].to_owned()
}

/// What the class of every topic begins with.
pub const TOPIC_CLASS: &str = "topic-";

/// The class that sets a topic's colour, without characters that a selector must escape.
pub fn topic_class(prefix: &str) -> String {
    format!("{TOPIC_CLASS}{}", prefix.replace('.', "_"))
}

pub fn topic<'a>(settings: &'a Settings, prefix: &'a str) -> LabelView<'a> {
    LabelView {
        prefix,
        name: settings.topic(prefix).map_or(prefix, |label| &label.name),
        class: topic_class(prefix),
    }
}

pub fn kind<'a>(settings: &'a Settings, prefix: &'a str) -> LabelView<'a> {
    LabelView {
        prefix,
        name: settings.kind(prefix).map_or(prefix, |label| &label.name),
        class: format!("type-{}", prefix.replace('.', "_")),
    }
}

/// A document as a line of a list, with the flow's note on it.
pub fn row<'a>(catalogue: &'a Catalogue, id: DocId, note: &'a str) -> RowView<'a> {
    let document = catalogue.corpus.get(id);
    RowView {
        basename: document.name.as_str(),
        href: document.name.href(),
        title: catalogue.title(id),
        summary: document.said_besides_title(),
        topic: topic(&catalogue.settings, document.name.topic()),
        kind: kind(&catalogue.settings, document.name.kind()),
        viz: catalogue.shows_viz(id),
        deprecated: document.front.deprecated.is_some(),
        note,
    }
}

pub fn link(catalogue: &Catalogue, id: DocId) -> LinkView<'_> {
    LinkView {
        href: catalogue.corpus.get(id).name.href(),
        title: catalogue.title(id),
    }
}

/// More entries than this do not fit on a screen.
const LONG_CONTENTS: usize = 24;

pub fn page(catalogue: &Catalogue, id: DocId) -> PageView<'_> {
    let document = catalogue.corpus.get(id);
    let contents = contents(document);
    let entries: usize = contents.iter().map(|entry| 1 + entry.children.len()).sum();
    let site = site(&catalogue.settings);
    let doc = document_view(catalogue, id);
    let path = path(catalogue, id);
    let shelf = if path.is_none() {
        shelf(catalogue, id)
    } else {
        None
    };
    let (mutual, backlinks) = backlinks(catalogue, id);
    PageView {
        linked: linked::data(&site, &doc, path.as_ref().or(shelf.as_ref())),
        shelf,
        site,
        doc,
        contents,
        contents_long: entries > LONG_CONTENTS,
        path,
        backlinks,
        mutual,
        outgoing: catalogue
            .links
            .outgoing(id)
            .filter(|to| !catalogue.links.has(*to, id))
            .map(|to| row(catalogue, to, ""))
            .collect(),
        attachments: attachments(catalogue, id),
    }
}

fn document_view(catalogue: &Catalogue, id: DocId) -> DocumentView<'_> {
    let document = catalogue.corpus.get(id);
    let front = &document.front;
    DocumentView {
        basename: document.name.as_str(),
        title: &document.title,
        title_html: &document.title_html,
        title_id: document.title_id(),
        summary: &document.summary,
        described: front.description.is_some() && !document.said_besides_title().is_empty(),
        topic: topic(&catalogue.settings, document.name.topic()),
        kind: kind(&catalogue.settings, document.name.kind()),
        viz: catalogue.shows_viz(id),
        draft: front.draft,
        deprecated: deprecated(catalogue, document),
        tags: &front.tags,
        lang: front.lang.as_deref().unwrap_or_default(),
        date: catalogue.date(id).unwrap_or_default(),
        updated: catalogue.updated(id).unwrap_or_default(),
        minutes: document.outline.reading.minutes(),
        source: href(&document.name.source()),
        about: href(&document.name.about()),
        href: document.name.href(),
        edit: at_host(&catalogue.settings.edit_url, document),
        history: at_host(&history_url(&catalogue.settings.source_url), document),
        extra: &front.extra,
    }
}

/// A document at its repository's host; empty where the host is not known.
fn at_host(url: &str, document: &Document) -> String {
    if url.is_empty() {
        return String::new();
    }
    format!("{url}/{}", href(&document.name.source()))
}

/// Where a host that shows files below `url` shows their history: GitHub, GitLab, Gitea and their kin.
/// Elsewhere the file itself.
fn history_url(url: &str) -> String {
    for (shown, history) in [
        ("/-/tree/", "/-/commits/"),
        ("/-/blob/", "/-/commits/"),
        ("/src/branch/", "/commits/branch/"),
        ("/tree/", "/commits/"),
        ("/blob/", "/commits/"),
    ] {
        if url.contains(shown) {
            return url.replacen(shown, history, 1);
        }
    }
    url.to_owned()
}

fn deprecated<'a>(catalogue: &'a Catalogue, document: &'a Document) -> Option<DeprecatedView<'a>> {
    let front = &document.front;
    let reason = front.deprecated.as_deref()?;
    let successor = front
        .superseded_by
        .as_ref()
        .and_then(|name| catalogue.corpus.find_by_any_name(name.as_str()))
        .filter(|id| catalogue.published.contains(id))
        .map(|id| link(catalogue, id));
    Some(DeprecatedView { reason, successor })
}

/// Levels two and three; a level three before any two is listed at the top level. First-level
/// headings other than the title are shown and listed as level two.
fn contents(document: &Document) -> Vec<ContentsView<'_>> {
    let mut list: Vec<ContentsView<'_>> = Vec::new();
    for (index, heading) in document.outline.headings.iter().enumerate() {
        if document.title_heading == Some(index) || heading.text.is_empty() {
            continue;
        }
        match (heading.level, list.last_mut()) {
            (3, Some(parent)) => parent.children.push(contents_entry(heading)),
            (1..=3, _) => list.push(contents_entry(heading)),
            _ => {}
        }
    }
    list
}

fn contents_entry(heading: &Heading) -> ContentsView<'_> {
    ContentsView {
        id: &heading.id,
        text: &heading.text,
        children: Vec::new(),
    }
}

fn path(catalogue: &Catalogue, id: DocId) -> Option<PathView<'_>> {
    let (at, place) = *catalogue.places.get(&id)?;
    let stages = &catalogue.flow.stages;
    let stage = &stages[at];
    let previous = if place > 0 {
        Some((at, place - 1))
    } else {
        let before = (0..at).rev().find(|at| !stages[*at].docs.is_empty());
        before.map(|before| (before, stages[before].docs.len() - 1))
    };
    let next = if place + 1 < stage.docs.len() {
        Some((at, place + 1))
    } else {
        let after = (at + 1..stages.len()).find(|at| !stages[*at].docs.is_empty());
        after.map(|after| (after, 0))
    };
    Some(PathView {
        stage: &stage.title,
        href: format!("index.html#{}", stage_id(at)),
        position: place + 1,
        total: stage.docs.len(),
        previous: previous.map(|to| step(catalogue, at, to)),
        next: next.map(|to| step(catalogue, at, to)),
        siblings: stage
            .docs
            .iter()
            .map(|step| sibling(catalogue, step.doc, id))
            .collect(),
    })
}

/// How many documents of its topic a page lists before and after its own.
const NEAR_ON_SHELF: usize = 4;

/// The place of a document outside of the reading path: in its topic.
fn shelf(catalogue: &Catalogue, id: DocId) -> Option<PathView<'_>> {
    let (documents, at) = catalogue.shelves.around(id)?;
    let label = topic(&catalogue.settings, catalogue.corpus.get(id).name.topic());
    let near = at.saturating_sub(NEAR_ON_SHELF)..documents.len().min(at + NEAR_ON_SHELF + 1);
    let beside = |to: &DocId| {
        let document = catalogue.corpus.get(*to);
        StepView {
            href: document.name.href(),
            title: catalogue.title(*to),
            why: document.said_besides_title(),
            stage: "",
            position: 0,
            total: 0,
        }
    };
    Some(PathView {
        stage: label.name,
        href: format!("index.html#topics?topic={}", query_value(label.prefix)),
        // A document more in the topic changes the pages near it, and no other.
        position: 0,
        total: 0,
        previous: at
            .checked_sub(1)
            .and_then(|at| documents.get(at))
            .map(beside),
        next: documents.get(at + 1).map(beside),
        siblings: documents[near]
            .iter()
            .map(|to| sibling(catalogue, *to, id))
            .collect(),
    })
}

fn sibling(catalogue: &Catalogue, to: DocId, here: DocId) -> SiblingView<'_> {
    SiblingView {
        href: catalogue.corpus.get(to).name.href(),
        title: catalogue.title(to),
        here: to == here,
    }
}

fn step(catalogue: &Catalogue, from: usize, (at, place): (usize, usize)) -> StepView<'_> {
    let stage = &catalogue.flow.stages[at];
    let step = &stage.docs[place];
    let document = catalogue.corpus.get(step.doc);
    StepView {
        href: document.name.href(),
        title: catalogue.title(step.doc),
        why: if step.note.is_empty() {
            document.said_besides_title()
        } else {
            &step.note
        },
        stage: if at == from { "" } else { &stage.title },
        position: place + 1,
        total: stage.docs.len(),
    }
}

/// The id of a stage's element.
pub fn stage_id(at: usize) -> String {
    format!("stage-{at}")
}

/// The documents that link to this one: those that it links to as well, and the others.
fn backlinks(catalogue: &Catalogue, id: DocId) -> (Vec<BacklinkView<'_>>, Vec<BacklinkView<'_>>) {
    let links = &catalogue.links;
    let (mutual, others): (Vec<_>, Vec<_>) =
        links.incoming(id).partition(|from| links.has(id, *from));
    let shown = |from: DocId| {
        let mut targets = links.targets(from);
        let at = targets.position(|to| *to == Target::Document(id))?;
        let link = &catalogue.corpus.get(from).outline.links[at];
        Some(BacklinkView {
            row: row(catalogue, from, ""),
            before: &link.before,
            label: &link.label,
            after: &link.after,
        })
    };
    (
        mutual.into_iter().filter_map(shown).collect(),
        others.into_iter().filter_map(shown).collect(),
    )
}

/// The attachments that a document links to, in the order of their first links.
pub fn attachments(catalogue: &Catalogue, id: DocId) -> Vec<AttachmentView<'_>> {
    let links = &catalogue.corpus.get(id).outline.links;
    let mut seen = BTreeSet::new();
    catalogue
        .links
        .targets(id)
        .zip(links)
        .filter_map(|(target, link)| match target {
            Target::File(path) if path.starts_with("attachment/") && !path.ends_with('/') => {
                let label = link.label.trim_start_matches("📎").trim();
                seen.insert(path)
                    .then(|| attachment(catalogue, path, label))
            }
            _ => None,
        })
        .collect()
}

/// A file that a document or a stage names.
pub fn attachment<'a>(
    catalogue: &'a Catalogue,
    path: &'a str,
    label: &'a str,
) -> AttachmentView<'a> {
    // The path says it already.
    let is_said = label == path || path.rsplit('/').next() == Some(label);
    AttachmentView {
        path,
        href: viewer::address(path),
        raw: href(path),
        label: if is_said { "" } else { label },
        size: size(catalogue.files.get(path).copied().unwrap_or_default()),
    }
}

/// Bytes as people read them: `812 B`, `1.2 kB`, `34 kB`, `5.6 MB`.
pub fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let in_units = |unit: u64| bytes as f64 / unit as f64;
    let shown = |value: f64, unit: &str| {
        if value < 9.95 {
            format!("{value:.1} {unit}")
        } else {
            format!("{value:.0} {unit}")
        }
    };
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..999_500 => shown(in_units(1_000), "kB"),
        999_500..999_500_000 => shown(in_units(1_000_000), "MB"),
        _ => shown(in_units(1_000_000_000), "GB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 999, 1_000, 9_940, 9_960, 999_499, 999_500, 5_600_000].map(size);
        assert_eq!(
            sizes,
            [
                "0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "999 kB", "1.0 MB", "5.6 MB"
            ]
        );
    }
}
