//! Makes the view of index.html: flow, topics and graph, as complete as the limit of the page's
//! size allows.
//!
//! A page of ten thousand documents cannot contain everything about each. A [`Detail`] says what is
//! left out, the least important first; the page's script adds it from the data files. Not here:
//! those (`data`), and the link check (`audit`).

use std::cmp::Reverse;

use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::flow::{Step, numbered};
use crate::name::href;

use super::audit;
use super::parts::Part;
use super::published;
use super::tabs;
use super::view::{
    CountView, IndexView, NodeView, OutsideView, PartView, PictureView, RecentView, RowView,
    StageView, StationView, TopicPageView, TopicView,
};
use super::views::{attachment, kind, link, row, site, stage_id, topic, version, words};

/// The size limit of the page in bytes is this and [`DOCUMENT`] for each document.
const FRAME: usize = 150_000;
const DOCUMENT: usize = 200;
/// Its size limit however many documents there are.
const MOST: usize = 1_000_000;
/// The least size, in bytes, of a document with its summary and links: if even that exceeds the
/// budget, a full page is not rendered in vain.
const SMALLEST_FULL_ROW: usize = 400;

/// How much of each document the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Whether the topics' rows have summaries.
    summaries: bool,
    /// Whether documents of the flow have summaries.
    flow_summaries: bool,
    /// Whether each node of the graph lists the documents it links to.
    targets: bool,
    /// How many nodes of the graph are listed, those with the most links to them first.
    nodes: usize,
    /// The most entries in each list of the link check.
    findings: usize,
    /// The most characters of a title.
    title: usize,
}

const ALL: Detail = Detail {
    summaries: true,
    flow_summaries: true,
    targets: true,
    nodes: usize::MAX,
    findings: 100,
    title: usize::MAX,
};

/// From everything to the least, each lighter than the one before.
const LEVELS: [Detail; 6] = [
    ALL,
    Detail {
        targets: false,
        ..ALL
    },
    Detail {
        targets: false,
        summaries: false,
        ..ALL
    },
    Detail {
        targets: false,
        summaries: false,
        nodes: 100,
        ..ALL
    },
    Detail {
        targets: false,
        summaries: false,
        flow_summaries: false,
        nodes: 40,
        findings: 20,
        ..ALL
    },
    Detail {
        targets: false,
        summaries: false,
        flow_summaries: false,
        nodes: 40,
        findings: 20,
        title: 24,
    },
];

/// How many documents are named as recently changed.
const RECENT: usize = 6;

/// The first level that lists few nodes of the graph, as a catalogue in parts does.
const IN_PARTS: usize = 3;

/// The size limit of index.html for this many documents, in bytes.
pub fn budget(documents: usize) -> usize {
    MOST.min(FRAME + DOCUMENT * documents)
}

/// The levels of detail worth trying, the fullest first. `is_built_in`: whether the page is made by
/// the built-in template, of which it is known what it shows of each document at least. `in_parts`:
/// whether other pages list the documents.
pub fn levels(
    catalogue: &Catalogue,
    is_built_in: bool,
    in_parts: bool,
) -> impl Iterator<Item = &'static Detail> {
    let documents = catalogue.published.len();
    let (last, fuller) = LEVELS.split_last().unwrap_or((&ALL, &[]));
    let fuller = fuller.iter().skip(if in_parts {
        IN_PARTS
    } else {
        hopeless(documents)
    });
    let fits = move |level: &&Detail| {
        !is_built_in || least(catalogue, level, in_parts) <= budget(documents)
    };
    fuller.filter(fits).chain([last])
}

/// How many levels are too full for so many documents, whatever is in them.
fn hopeless(documents: usize) -> usize {
    if documents * SMALLEST_FULL_ROW > budget(documents) {
        2
    } else {
        0
    }
}

/// The tags around a document in a list, in bytes, fewer than any template of docsite has.
const ROW_TAGS: usize = "<li><a href=\"\"></a></li>".len();
const TARGET_TAGS: usize = "<a href=\"\"></a>".len();

/// A size in bytes that is less than that of the built-in template's page: that of addresses, titles and
/// summaries, without most of what is around them.
pub fn least(catalogue: &Catalogue, detail: &Detail, in_parts: bool) -> usize {
    let link = |id| {
        let document = catalogue.corpus.get(id);
        document.name.href().len() + document.title.len()
    };
    let listed = catalogue.published.iter().filter(|_| !in_parts);
    let in_topics = listed.map(|id| {
        let document = catalogue.corpus.get(*id);
        let title = cut(&document.title, detail.title).len();
        let summary = if detail.summaries {
            document.summary.len()
        } else {
            0
        };
        ROW_TAGS + document.name.href().len() + title + summary
    });
    let least_links = least_links(catalogue, detail.nodes);
    let published = catalogue.published.iter();
    let nodes = published.filter(|id| catalogue.links.in_degree(**id) >= least_links);
    let in_graph = nodes.map(|id| {
        let targets = catalogue.links.outgoing(*id).filter(|_| detail.targets);
        ROW_TAGS + link(*id) + targets.map(|to| TARGET_TAGS + link(to)).sum::<usize>()
    });
    in_topics.sum::<usize>() + in_graph.sum::<usize>()
}

/// `parts`: the pages that list the documents of a large site. `near` has the names that broken links
/// may have meant; `pictures` are of its graph, where it has one.
pub fn view<'a>(
    catalogue: &'a Catalogue,
    parts: &[Part<'a>],
    detail: &Detail,
    near: &audit::Near<'a>,
    pictures: Vec<PictureView<'a>>,
) -> IndexView<'a> {
    let published = &catalogue.published;
    let deprecated = published
        .iter()
        .filter(|id| catalogue.corpus.get(**id).front.deprecated.is_some());
    IndexView {
        site: site(&catalogue.settings),
        feed: published::has_feed(catalogue),
        flow_title: &catalogue.flow.title,
        views: tabs::shown(catalogue, words(&catalogue.settings)),
        stages: stages(catalogue, detail),
        topics: topics(catalogue, parts, detail),
        kinds: catalogue
            .kinds()
            .into_iter()
            .map(|(prefix, count)| CountView {
                label: kind(&catalogue.settings, prefix),
                count,
            })
            .collect(),
        recent: recent(catalogue),
        audit: audit::view(catalogue, detail.findings, near),
        pictures,
        all_nodes: published.len() <= detail.nodes,
        summaries: detail.summaries,
        documents: published.len(),
        viz: published
            .iter()
            .filter(|id| catalogue.shows_viz(**id))
            .count(),
        deprecated: deprecated.count(),
        links: catalogue.links.edges().len(),
    }
}

/// The documents that changed last. A day that all have tells none apart: they came together.
fn recent(catalogue: &Catalogue) -> Vec<RecentView<'_>> {
    let current = catalogue.published.iter();
    let current = current.filter(|id| catalogue.corpus.get(**id).front.deprecated.is_none());
    let mut dated: Vec<(Reverse<&str>, DocId)> = current
        .filter_map(|id| Some((Reverse(catalogue.changed(*id)?), *id)))
        .collect();
    dated.sort_unstable();
    if dated.first().map(|(day, _)| day) == dated.last().map(|(day, _)| day) {
        return Vec::new();
    }
    let newest = dated.into_iter().take(RECENT);
    newest
        .map(|(Reverse(day), id)| RecentView {
            row: row(catalogue, id, ""),
            day,
        })
        .collect()
}

fn stages<'a>(catalogue: &'a Catalogue, detail: &Detail) -> Vec<StageView<'a>> {
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
                    .map(|step| station(catalogue, step, detail))
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

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

fn station<'a>(catalogue: &'a Catalogue, step: &'a Step, detail: &Detail) -> StationView<'a> {
    let full = row(catalogue, step.doc, &step.note);
    StationView {
        row: if detail.flow_summaries {
            full
        } else {
            RowView {
                summary: "",
                note: "",
                ..full
            }
        },
        version: version(catalogue.corpus.get(step.doc)),
    }
}

fn topics<'a>(catalogue: &'a Catalogue, parts: &[Part<'a>], detail: &Detail) -> Vec<TopicView<'a>> {
    let settings = &catalogue.settings;
    let least = least_links(catalogue, detail.nodes);
    catalogue
        .topics()
        .into_iter()
        .map(|(prefix, docs)| TopicView {
            label: topic(settings, prefix),
            description: settings
                .topic(prefix)
                .map_or("", |label| &label.description),
            nodes: docs
                .iter()
                .filter(|id| catalogue.links.in_degree(**id) >= least)
                .map(|id| node(catalogue, *id, detail))
                .collect(),
            count: docs.len(),
            docs: docs
                .into_iter()
                .filter(|_| parts.is_empty())
                .map(|id| topic_row(catalogue, id, detail))
                .collect(),
            parts: parts
                .iter()
                .filter(|part| part.topic == prefix)
                .map(|part| part_view(catalogue, part))
                .collect(),
        })
        .collect()
}

fn part_view<'a>(catalogue: &'a Catalogue, part: &Part<'_>) -> PartView<'a> {
    let name =
        |id: Option<&DocId>| id.map_or("", |id| catalogue.corpus.get(*id).name.without_topic());
    PartView {
        href: href(&part.page()),
        first: name(part.docs.first()),
        last: name(part.docs.last()),
        count: part.docs.len(),
    }
}

/// The page of a part; `parts` has it at `at`.
pub fn topic_page<'a>(
    catalogue: &'a Catalogue,
    parts: &[Part<'a>],
    at: usize,
) -> TopicPageView<'a> {
    let part = &parts[at];
    let settings = &catalogue.settings;
    let beside = |at: Option<usize>| {
        let beside = at.and_then(|at| parts.get(at));
        let beside = beside.filter(|beside| beside.topic == part.topic);
        beside.map(|beside| part_view(catalogue, beside))
    };
    TopicPageView {
        site: site(settings),
        topic: topic(settings, part.topic),
        description: settings
            .topic(part.topic)
            .map_or("", |label| &label.description),
        docs: part.docs.iter().map(|id| row(catalogue, *id, "")).collect(),
        part: part_view(catalogue, part),
        previous: beside(at.checked_sub(1)),
        next: beside(Some(at + 1)),
    }
}

fn topic_row<'a>(catalogue: &'a Catalogue, id: DocId, detail: &Detail) -> StationView<'a> {
    let full = row(catalogue, id, "");
    let document = catalogue.corpus.get(id);
    let is_full = detail.summaries;
    StationView {
        row: RowView {
            summary: if is_full { full.summary } else { "" },
            title: cut(full.title, detail.title),
            ..full
        },
        version: if is_full {
            version(document)
        } else {
            String::new()
        },
    }
}

/// A title's first characters; the row's address and the script have the whole.
fn cut(title: &str, longest: usize) -> &str {
    let end = title.char_indices().nth(longest);
    end.map_or(title, |(at, _)| &title[..at])
}

/// How many links to it a document needs to be among the first `nodes`.
fn least_links(catalogue: &Catalogue, nodes: usize) -> usize {
    if catalogue.published.len() <= nodes {
        return 0;
    }
    let degrees = catalogue.published.iter();
    let mut degrees: Vec<usize> = degrees.map(|id| catalogue.links.in_degree(*id)).collect();
    degrees.sort_unstable_by(|a, b| b.cmp(a));
    // Of those that tie at the end, none: they could be thousands.
    degrees.get(nodes).map_or(0, |last| last + 1)
}

fn node<'a>(catalogue: &'a Catalogue, id: DocId, detail: &Detail) -> NodeView<'a> {
    let targets = catalogue.links.outgoing(id);
    NodeView {
        row: RowView {
            summary: "",
            ..row(catalogue, id, "")
        },
        incoming: catalogue.links.in_degree(id),
        outgoing: catalogue.links.out_degree(id),
        targets: targets
            .filter(|_| detail.targets)
            .map(|to| link(catalogue, to))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_cut_between_letters() {
        assert_eq!(cut("게이트웨이", 3), "게이트");
        assert_eq!(cut("게이트", 3), "게이트");
        assert_eq!(cut("", 3), "");
    }

    #[test]
    fn a_small_site_has_every_detail_and_a_large_one_does_not_try() {
        assert_eq!(hopeless(51), 0);
        assert_eq!(hopeless(10_000), 2);
    }
}
