//! How a page shows each link of its document: its address, its marks, its text.
//!
//! Not here: what a link links to (`model::links`), and its HTML (`markdown`).

use crate::markdown::html::LinkHtml;
use crate::markdown::outline::{Link, LinkKind};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::target::{Break, Resolved, Target, wiki_parts};
use crate::model::viewer;
use crate::name::href;

use super::views;
use super::words::Words;

/// One for each link of a document's outline, in their order. Those of raw HTML only have an
/// address, if it differs from the written one.
pub fn shown(catalogue: &Catalogue, of: DocId) -> Vec<LinkHtml> {
    let t = views::words(&catalogue.settings);
    let links = &catalogue.corpus.get(of).outline.links;
    let followed = catalogue.links.links(of).iter();
    let shown = followed.zip(links).map(|(followed, link)| match link.kind {
        LinkKind::Link | LinkKind::Image => link_html(catalogue, t, followed, link),
        LinkKind::Wiki | LinkKind::Embed => wiki_html(catalogue, t, of, &followed.target, link),
        LinkKind::HtmlLink | LinkKind::HtmlImage => LinkHtml {
            href: address(catalogue, followed, link.kind).filter(|href| *href != link.target),
            ..LinkHtml::default()
        },
    });
    shown
        .enumerate()
        .map(|(at, link)| LinkHtml {
            id: is_marked(&link).then(|| place_id(at)),
            ..link
        })
        .collect()
}

/// Whether the link check reports a link, so that it must be found in its page.
fn is_marked(link: &LinkHtml) -> bool {
    matches!(link.class, "gone" | "wiki")
}

/// The anchor, in its page, of a link that the link check reports, by the link's index in the
/// outline.
fn place_id(at: usize) -> String {
    format!("ds.link-{at}")
}

/// The anchor of a link in its page: its own id, or, if the author's HTML gives it none, the
/// heading above it.
pub fn place(document: &Document, at: usize) -> String {
    let page = document.name.href();
    let link = &document.outline.links[at];
    if !link.kind.is_html() {
        return format!("{page}#{}", place_id(at));
    }
    let headings = document.outline.headings.iter();
    let above = headings.take_while(|heading| heading.span.start <= link.span.start);
    match above.last() {
        Some(heading) => format!("{page}#{}", href(&heading.id)),
        None => page,
    }
}

fn leading_to(href: String) -> LinkHtml {
    LinkHtml {
        href: Some(href),
        ..LinkHtml::default()
    }
}

/// A broken link keeps its address, so that it works again as soon as its target exists.
fn gone(href: Option<String>, title: &'static str) -> LinkHtml {
    LinkHtml {
        href,
        class: "gone",
        title,
        ..LinkHtml::default()
    }
}

fn broken(t: &'static Words, kind: Break) -> &'static str {
    match kind {
        Break::Document => t.broken_document,
        Break::Heading => t.broken_heading,
        Break::Attachment => t.broken_attachment,
    }
}

/// The address of an existing target, from a page.
fn address(catalogue: &Catalogue, link: &Resolved, kind: LinkKind) -> Option<String> {
    let page = |id: &DocId| catalogue.corpus.get(*id).name.href();
    let path = match &link.target {
        Target::Document(to) | Target::Unpublished(to) => page(to),
        Target::File(path) if kind.is_image() => href(path),
        // Trusted HTML may save what it names (`download`).
        Target::File(path) if kind.is_html() && catalogue.settings.trusted_html => href(path),
        Target::File(path) => viewer::address(path),
        Target::Catalogue(page) => (*page).to_owned(),
        Target::Source(url) => return Some(url.clone()),
        _ => return None,
    };
    Some(path + &link.suffix)
}

fn link_html(
    catalogue: &Catalogue,
    t: &'static Words,
    followed: &Resolved,
    link: &Link,
) -> LinkHtml {
    let written = link.target.as_str();
    let there = address(catalogue, followed, link.kind);
    let shown = LinkHtml {
        href: there.or_else(|| Some(written.to_owned())),
        ..LinkHtml::default()
    };
    match &followed.target {
        Target::Empty | Target::Refused => gone(None, ""),
        Target::Outside => LinkHtml {
            class: if is_bare(link) { "ext bare" } else { "ext" },
            ..shown
        },
        Target::Source(_) => LinkHtml {
            class: "ext",
            ..shown
        },
        Target::File(path) => file(catalogue, path, link, shown),
        Target::Unpublished(_) => gone(shown.href, t.unpublished_document),
        Target::Broken(kind) => {
            let to = followed
                .document
                .map(|id| catalogue.corpus.get(id).name.href());
            let page = to.map(|page| page + &followed.suffix);
            gone(
                page.or_else(|| Some(page_address(written))),
                broken(t, *kind),
            )
        }
        Target::App
        | Target::Wiki
        | Target::Catalogue(_)
        | Target::Here
        | Target::Document(_)
        | Target::Absolute
        | Target::Beyond => shown,
    }
}

/// Whether a link's text is its address, so that print need not add it.
fn is_bare(link: &Link) -> bool {
    let address = link.target.split_once("://");
    link.label == link.target || address.is_some_and(|(_, rest)| link.label == rest)
}

fn file(catalogue: &Catalogue, path: &str, link: &Link, shown: LinkHtml) -> LinkHtml {
    // The author's own paper clip is enough.
    let marked = link.label.starts_with('📎');
    let class = if path.starts_with("attachment/") && !marked {
        "file"
    } else {
        ""
    };
    LinkHtml {
        class,
        size: catalogue.pictures.get(path).copied(),
        ..shown
    }
}

/// A wikilink without a label gets the name of its target.
fn wiki_html(
    catalogue: &Catalogue,
    t: &'static Words,
    of: DocId,
    target: &Target,
    link: &Link,
) -> LinkHtml {
    let (_, heading) = wiki_parts(&link.target);
    match target {
        Target::Document(to) | Target::Unpublished(to) => {
            let document = catalogue.corpus.get(*to);
            let name = heading;
            let heading = name.and_then(|name| document.outline.heading_called(name));
            let page = match (heading, name) {
                (Some(heading), _) => format!("{}#{}", document.name.href(), heading.id),
                // A place of raw HTML, or a block with a name.
                (None, Some(id)) => format!("{}#{}", document.name.href(), href(id)),
                (None, None) => document.name.href(),
            };
            let own_words = link.kind == LinkKind::Wiki && link.label != link.target.trim();
            let label = (!own_words).then(|| {
                let text = heading.map(|heading| heading.text.as_str());
                let place = name.filter(|name| !name.starts_with('^'));
                wiki_label(document, text.or(place), *to == of)
            });
            let shown = match target {
                Target::Unpublished(_) => gone(Some(page), t.unpublished_document),
                _ => leading_to(page),
            };
            LinkHtml { label, ..shown }
        }
        Target::File(path) => {
            let address = if link.kind.is_image() {
                href(path)
            } else {
                viewer::address(path)
            };
            file(catalogue, path, link, leading_to(address))
        }
        Target::Broken(kind) => gone(None, broken(t, *kind)),
        _ => LinkHtml {
            class: "wiki",
            title: t.wikilink,
            ..LinkHtml::default()
        },
    }
}

/// `제목 › 소제목`; in the same document, only the heading.
fn wiki_label(document: &Document, heading: Option<&str>, is_here: bool) -> String {
    match heading {
        Some(heading) if is_here => heading.to_owned(),
        Some(heading) => format!("{} › {heading}", document.title),
        None => document.title.clone(),
    }
}

/// A broken link to a document's source gets the address that its page would have.
fn page_address(written: &str) -> String {
    let end = written.find(['?', '#']).unwrap_or(written.len());
    let (path, suffix) = written.split_at(end);
    match path.strip_suffix(".md") {
        Some(stem) if !stem.contains(['/', '\\', ':']) => format!("{stem}.html{suffix}"),
        _ => written.to_owned(),
    }
}
