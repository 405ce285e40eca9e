//! Makes the views of `view` from the catalogue.
//!
//! Not here: rendering them (`render`), and graph.json (`graph_json`).

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::outline::Heading;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::links::{Break, Failing, Target};
use crate::model::settings::Settings;
use crate::name::href;

use super::view::{
    AttachmentView, AuditView, BacklinkView, BrokenView, ContentsView, CountView, DeprecatedView,
    DocumentView, FileView, FilesView, IndexView, LabelView, LinkView, NodeView, OutsideView,
    PageView, PathView, RowView, SiblingView, SiteView, StageView, StepView, TopicView,
};
use super::words::Words;

/// What every page knows about the site.
pub fn site(settings: &Settings) -> SiteView<'_> {
    SiteView {
        title: &settings.title,
        description: &settings.description,
        language: settings.language.code(),
        base_url: &settings.base_url,
    }
}

/// The words of the site's language.
pub fn words(settings: &Settings) -> &'static Words {
    Words::of(settings.language.code())
}

/// The class that carries a topic's colour, without characters that a selector must escape.
pub fn topic_class(prefix: &str) -> String {
    format!("topic-{}", prefix.replace('.', "_"))
}

fn topic<'a>(settings: &'a Settings, prefix: &'a str) -> LabelView<'a> {
    LabelView {
        prefix,
        name: settings.topic(prefix).map_or(prefix, |label| &label.name),
        class: topic_class(prefix),
    }
}

fn kind<'a>(settings: &'a Settings, prefix: &'a str) -> LabelView<'a> {
    LabelView {
        prefix,
        name: settings.kind(prefix).map_or(prefix, |label| &label.name),
        class: format!("type-{}", prefix.replace('.', "_")),
    }
}

fn row<'a>(catalogue: &'a Catalogue, id: DocId, note: &'a str) -> RowView<'a> {
    let document = catalogue.corpus.get(id);
    RowView {
        basename: document.name.as_str(),
        href: document.name.href(),
        title: &document.title,
        summary: &document.summary,
        topic: topic(&catalogue.settings, document.name.topic()),
        kind: kind(&catalogue.settings, document.name.kind()),
        viz: catalogue.viz.contains(&id),
        deprecated: document.front.deprecated.is_some(),
        note,
    }
}

fn link(document: &Document) -> LinkView<'_> {
    LinkView {
        href: document.name.href(),
        title: &document.title,
    }
}

/// More entries than this do not stand beside a page at once.
const LONG_CONTENTS: usize = 24;

/// A document's page.
pub fn page(catalogue: &Catalogue, id: DocId) -> PageView<'_> {
    let document = catalogue.corpus.get(id);
    let contents = contents(document);
    let entries: usize = contents.iter().map(|entry| 1 + entry.children.len()).sum();
    PageView {
        site: site(&catalogue.settings),
        t: words(&catalogue.settings),
        doc: document_view(catalogue, id),
        contents,
        contents_long: entries > LONG_CONTENTS,
        path: path(catalogue, id),
        backlinks: backlinks(catalogue, id),
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
        described: front.description.is_some(),
        topic: topic(&catalogue.settings, document.name.topic()),
        kind: kind(&catalogue.settings, document.name.kind()),
        viz: catalogue.viz.contains(&id),
        draft: front.draft,
        deprecated: deprecated(catalogue, document),
        tags: &front.tags,
        date: front.date.as_deref().unwrap_or_default(),
        updated: front.updated.as_deref().unwrap_or_default(),
        minutes: document.outline.reading.minutes(),
        source: href(&document.name.source()),
        extra: &front.extra,
    }
}

fn deprecated<'a>(catalogue: &'a Catalogue, document: &'a Document) -> Option<DeprecatedView<'a>> {
    let front = &document.front;
    let reason = front.deprecated.as_deref()?;
    let successor = front
        .superseded_by
        .as_ref()
        .and_then(|name| catalogue.corpus.find_by_any_name(name.as_str()))
        .filter(|id| catalogue.published.contains(id))
        .map(|id| link(catalogue.corpus.get(id)));
    Some(DeprecatedView { reason, successor })
}

/// Levels two and three; a level three before any two stands for itself. Other first-level
/// headings than the title are shown as level two, and listed as such.
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
            .map(|step| {
                let document = catalogue.corpus.get(step.doc);
                SiblingView {
                    href: document.name.href(),
                    title: &document.title,
                    here: step.doc == id,
                }
            })
            .collect(),
    })
}

fn step(catalogue: &Catalogue, from: usize, (at, place): (usize, usize)) -> StepView<'_> {
    let stage = &catalogue.flow.stages[at];
    let step = &stage.docs[place];
    let document = catalogue.corpus.get(step.doc);
    StepView {
        href: document.name.href(),
        title: &document.title,
        why: if step.note.is_empty() {
            &document.summary
        } else {
            &step.note
        },
        stage: if at == from { "" } else { &stage.title },
        position: place + 1,
        total: stage.docs.len(),
    }
}

fn stage_id(at: usize) -> String {
    format!("stage-{at}")
}

fn backlinks(catalogue: &Catalogue, id: DocId) -> Vec<BacklinkView<'_>> {
    catalogue
        .links
        .incoming(id)
        .filter_map(|from| {
            let targets = catalogue.links.targets(from);
            let at = targets.iter().position(|to| *to == Target::Document(id))?;
            let link = &catalogue.corpus.get(from).outline.links[at];
            Some(BacklinkView {
                row: row(catalogue, from, ""),
                before: &link.before,
                label: &link.label,
                after: &link.after,
            })
        })
        .collect()
}

/// The attachments that a document links to, in the order of their first links.
fn attachments(catalogue: &Catalogue, id: DocId) -> Vec<AttachmentView<'_>> {
    let links = &catalogue.corpus.get(id).outline.links;
    let mut seen = BTreeSet::new();
    catalogue
        .links
        .targets(id)
        .iter()
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

fn attachment<'a>(catalogue: &'a Catalogue, path: &'a str, label: &'a str) -> AttachmentView<'a> {
    AttachmentView {
        path,
        href: href(path),
        label: if label == path { "" } else { label },
        size: size(catalogue.files.get(path).copied().unwrap_or_default()),
    }
}

/// index.html.
pub fn index(catalogue: &Catalogue) -> IndexView<'_> {
    let published = &catalogue.published;
    let deprecated = published
        .iter()
        .filter(|id| catalogue.corpus.get(**id).front.deprecated.is_some());
    IndexView {
        site: site(&catalogue.settings),
        t: words(&catalogue.settings),
        flow_title: &catalogue.flow.title,
        stages: stages(catalogue),
        topics: topics(catalogue),
        kinds: catalogue
            .kinds()
            .into_iter()
            .map(|(prefix, count)| CountView {
                label: kind(&catalogue.settings, prefix),
                count,
            })
            .collect(),
        nodes: published.iter().map(|id| node(catalogue, *id)).collect(),
        audit: audit(catalogue),
        documents: published.len(),
        viz: published.intersection(&catalogue.viz).count(),
        deprecated: deprecated.count(),
        links: catalogue.links.edges().len(),
    }
}

fn stages(catalogue: &Catalogue) -> Vec<StageView<'_>> {
    let stages = catalogue.flow.stages.iter().enumerate();
    stages
        .map(|(at, stage)| {
            let (number, name) = numbered(at, &stage.title);
            StageView {
                id: stage_id(at),
                number,
                name,
                why: &stage.why,
                docs: stage
                    .docs
                    .iter()
                    .map(|step| row(catalogue, step.doc, &step.note))
                    .collect(),
                attachments: stage
                    .attachments
                    .iter()
                    .map(|file| attachment(catalogue, &file.path, &file.label))
                    .collect(),
                links: stage
                    .links
                    .iter()
                    .map(|link| OutsideView {
                        label: &link.label,
                        url: &link.url,
                        host: host(&link.url),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// `2 트래픽 in/out` is stage `2`; a title without a number takes its place from 0.
fn numbered(at: usize, title: &str) -> (String, &str) {
    let name = title.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &title[..title.len() - name.len()];
    let rest = name.trim_start_matches(['.', ')', ':', '·', '-', ' ']);
    if number.is_empty() || rest.is_empty() || rest.len() == name.len() {
        (at.to_string(), title)
    } else {
        (number.to_owned(), rest)
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

fn topics(catalogue: &Catalogue) -> Vec<TopicView<'_>> {
    let settings = &catalogue.settings;
    catalogue
        .topics()
        .into_iter()
        .map(|(prefix, docs)| TopicView {
            label: topic(settings, prefix),
            description: settings
                .topic(prefix)
                .map_or("", |label| &label.description),
            docs: docs.into_iter().map(|id| row(catalogue, id, "")).collect(),
        })
        .collect()
}

fn node(catalogue: &Catalogue, id: DocId) -> NodeView<'_> {
    NodeView {
        row: row(catalogue, id, ""),
        incoming: catalogue.links.in_degree(id),
        targets: catalogue
            .links
            .outgoing(id)
            .map(|to| link(catalogue.corpus.get(to)))
            .collect(),
    }
}

fn audit(catalogue: &Catalogue) -> AuditView<'_> {
    let t = words(&catalogue.settings);
    let links = &catalogue.links;
    let corpus = &catalogue.corpus;
    let written = |failing: &Failing| {
        let links = &corpus.get(failing.from).outline.links;
        links[failing.link].target.as_str()
    };
    let broken = links.broken.iter().map(|(failing, kind)| {
        let what = match kind {
            Break::Document => t.broken_document,
            Break::Heading => t.broken_heading,
            Break::Attachment => t.broken_attachment,
        };
        (failing, what, written(failing))
    });
    let unpublished = links.unpublished.iter().map(|(failing, to)| {
        (
            failing,
            t.unpublished_document,
            corpus.get(*to).name.as_str(),
        )
    });
    let mut broken: Vec<_> = broken.chain(unpublished).collect();
    broken.sort_by_key(|(failing, ..)| (failing.from, failing.link));
    let rows = |ids: Vec<DocId>| ids.into_iter().map(|id| row(catalogue, id, "")).collect();
    AuditView {
        broken: broken
            .into_iter()
            .map(|(failing, what, target)| broken_view(catalogue, failing, what, target))
            .collect(),
        orphans: rows(catalogue.orphans()),
        outside_flow: rows(catalogue.outside_flow()),
    }
}

fn broken_view<'a>(
    catalogue: &'a Catalogue,
    failing: &Failing,
    what: &'static str,
    target: &'a str,
) -> BrokenView<'a> {
    let document = catalogue.corpus.get(failing.from);
    BrokenView {
        from: link(document),
        file: document.name.source(),
        line: failing.position.line,
        column: failing.position.column,
        target,
        what,
    }
}

/// files.html: every file that a visitor can reach, by path, with its size where it is known.
pub fn files<'a>(settings: &'a Settings, files: &BTreeMap<String, Option<u64>>) -> FilesView<'a> {
    let mut root = Folder::default();
    for (path, size) in files {
        root.insert(path, *size);
    }
    let mut entries = Vec::new();
    root.flatten("", &mut entries);
    let (count, total) = root.sum();
    FilesView {
        site: site(settings),
        t: words(settings),
        entries,
        files: count,
        size: size(total),
    }
}

#[derive(Default)]
struct Folder<'p> {
    folders: BTreeMap<&'p str, Self>,
    files: BTreeMap<&'p str, Option<u64>>,
}

impl<'p> Folder<'p> {
    fn insert(&mut self, path: &'p str, size: Option<u64>) {
        match path.split_once('/') {
            Some((folder, rest)) => self.folders.entry(folder).or_default().insert(rest, size),
            None => {
                self.files.insert(path, size);
            }
        }
    }

    fn sum(&self) -> (usize, u64) {
        let own: u64 = self.files.values().map(|size| size.unwrap_or(0)).sum();
        self.folders
            .values()
            .map(Self::sum)
            .fold((self.files.len(), own), |(files, sizes), (more, bytes)| {
                (files + more, sizes + bytes)
            })
    }

    /// Folders first, then files, as a walk that goes into each folder.
    fn flatten(&self, above: &str, entries: &mut Vec<FileView>) {
        for (name, folder) in &self.folders {
            let path = format!("{above}{name}/");
            let (files, bytes) = folder.sum();
            entries.push(FileView {
                name: (*name).to_owned(),
                href: href(&path),
                folder: true,
                size: size(bytes),
                files,
                closes: 0,
            });
            folder.flatten(&path, entries);
            if let Some(last) = entries.last_mut() {
                last.closes += 1;
            }
        }
        for (name, bytes) in &self.files {
            entries.push(FileView {
                name: (*name).to_owned(),
                href: href(&format!("{above}{name}")),
                folder: false,
                size: bytes.map(size).unwrap_or_default(),
                files: 0,
                closes: 0,
            });
        }
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
    use crate::model::settings::Language;

    #[test]
    fn a_stage_takes_its_number_from_its_title() {
        assert_eq!(
            numbered(5, "2 트래픽 in/out"),
            ("2".to_owned(), "트래픽 in/out")
        );
        assert_eq!(numbered(5, "10. 운영"), ("10".to_owned(), "운영"));
        assert_eq!(numbered(5, "설치"), ("5".to_owned(), "설치"));
        assert_eq!(numbered(5, "2nd"), ("5".to_owned(), "2nd"));
        assert_eq!(numbered(5, "7"), ("5".to_owned(), "7"));
    }

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

    #[test]
    fn the_file_tree_lists_folders_first_and_closes_each_once() {
        let settings = Settings::default_for(Language::English);
        let paths = ["a/b/x.md", "a/y.md", "z.html"];
        let files = paths.iter().map(|p| ((*p).to_owned(), Some(1))).collect();
        let view = super::files(&settings, &files);
        let shape: Vec<_> = view
            .entries
            .iter()
            .map(|entry| (entry.href.as_str(), entry.folder, entry.closes))
            .collect();
        assert_eq!(
            shape,
            [
                ("a/", true, 0),
                ("a/b/", true, 0),
                ("a/b/x.md", false, 1),
                ("a/y.md", false, 1),
                ("z.html", false, 0)
            ]
        );
        assert_eq!((view.files, view.size.as_str()), (3, "3 B"));
    }
}
