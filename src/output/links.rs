//! How a page shows each link of its document: its address, its marks, its words.
//!
//! Not here: where a link leads (`model::links` says that), and its HTML (`markdown::html`).

use crate::markdown::html::LinkHtml;
use crate::markdown::outline::{Link, LinkKind};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::links::{Address, Break, Target, parse_target, wiki_parts};
use crate::name::href;

use super::views;
use super::words::Words;

/// One for each link of a document's outline, in their order. Those of raw HTML go to the page as
/// they are written.
pub fn shown(catalogue: &Catalogue, of: DocId) -> Vec<LinkHtml> {
    let t = views::words(&catalogue.settings);
    let links = &catalogue.corpus.get(of).outline.links;
    let targets = catalogue.links.targets(of);
    let shown = targets
        .iter()
        .zip(links)
        .map(|(target, link)| match link.kind {
            LinkKind::Link | LinkKind::Image => link_html(catalogue, t, target, link),
            LinkKind::Wiki | LinkKind::Embed => wiki_html(catalogue, t, of, target, link),
            LinkKind::HtmlLink | LinkKind::HtmlImage => LinkHtml::default(),
        });
    shown
        .enumerate()
        .map(|(at, link)| LinkHtml {
            id: is_marked(&link).then(|| place_id(at)),
            ..link
        })
        .collect()
}

/// Whether the link check tells of a link, so that it must be found in its page.
fn is_marked(link: &LinkHtml) -> bool {
    matches!(link.class, "gone" | "wiki")
}

/// The id, in its page, of a link that the link check tells of: by its place in the outline.
fn place_id(at: usize) -> String {
    format!("ds.link-{at}")
}

/// Where in its page a link stands: its own id, or, where the author's HTML gives it none, the
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

/// A link that leads nowhere keeps its address, so that it works again as soon as what it names is
/// there.
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

fn link_html(catalogue: &Catalogue, t: &'static Words, target: &Target, link: &Link) -> LinkHtml {
    let written = link.target.as_str();
    let page = |to: &DocId| with_fragment(catalogue.corpus.get(*to).name.href(), written);
    match target {
        Target::Refused => gone(None, ""),
        Target::Outside => LinkHtml {
            class: if is_bare(link) { "ext bare" } else { "ext" },
            ..leading_to(written.to_owned())
        },
        Target::Wiki | Target::Catalogue | Target::Here | Target::Unknown => {
            leading_to(written.to_owned())
        }
        Target::Document(to) => leading_to(page(to)),
        Target::Unpublished(to) => gone(Some(page(to)), t.unpublished_document),
        Target::File(path) => file(catalogue, path, link),
        Target::Broken(kind) => gone(Some(page_address(written)), broken(t, *kind)),
    }
}

/// Whether a link shows its own address, so that print need not write it out.
fn is_bare(link: &Link) -> bool {
    let address = link.target.split_once("://");
    link.label == link.target || address.is_some_and(|(_, rest)| link.label == rest)
}

fn file(catalogue: &Catalogue, path: &str, link: &Link) -> LinkHtml {
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
        ..leading_to(with_fragment(href(path), &link.target))
    }
}

/// A wikilink without words of its own reads as what it leads to.
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
            let heading = heading.and_then(|name| document.outline.heading_called(name));
            let page = match heading {
                Some(heading) => format!("{}#{}", document.name.href(), heading.id),
                None => document.name.href(),
            };
            let own_words = link.kind == LinkKind::Wiki && link.label != link.target.trim();
            let label = (!own_words).then(|| {
                let heading = heading.map(|heading| heading.text.as_str());
                wiki_label(document, heading, *to == of)
            });
            let shown = match target {
                Target::Unpublished(_) => gone(Some(page), t.unpublished_document),
                _ => leading_to(page),
            };
            LinkHtml { label, ..shown }
        }
        Target::File(path) => file(catalogue, path, link),
        Target::Broken(kind) => gone(None, broken(t, *kind)),
        _ => LinkHtml {
            class: "wiki",
            title: t.wikilink,
            ..LinkHtml::default()
        },
    }
}

/// `제목 › 소제목`; of the same document, the heading alone.
fn wiki_label(document: &Document, heading: Option<&str>, is_here: bool) -> String {
    match heading {
        Some(heading) if is_here => heading.to_owned(),
        Some(heading) => format!("{} › {heading}", document.title),
        None => document.title.clone(),
    }
}

fn with_fragment(page: String, written: &str) -> String {
    match written.split_once('#') {
        Some((_, fragment)) => format!("{page}#{fragment}"),
        None => page,
    }
}

/// A broken link to a document's source is shown as the link to a page that it would have become.
fn page_address(written: &str) -> String {
    match parse_target(written) {
        Address::Local { path, .. } if !path.contains('/') => match path.strip_suffix(".md") {
            Some(stem) => with_fragment(href(&format!("{stem}.html")), written),
            None => written.to_owned(),
        },
        _ => written.to_owned(),
    }
}
