//! Links that are wrong and whose correct form is certain: the same name in another case, Unicode
//! form or ending, a former name, a heading that only got other words.
//!
//! Not here: changing files (`edit`), and what is only similar, which a finding suggests.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::diagnostic::{LineIndex, Position};
use crate::markdown::destinations::{self, Destination, Form};
use crate::markdown::outline::{Heading, Link, LinkKind};
use crate::model::address;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::front_matter;
use crate::model::links;
use crate::model::target::{Break, Differs, Resolved, Target, folded, is_writable};
use crate::name::{Basename, href, link_text};

/// What to write in the place of a link's destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Of the file, relative to the site.
    pub path: String,
    /// Where the finding is that this fixes.
    pub finding: Position,
    /// The bytes of the file that are replaced.
    pub span: Range<usize>,
    /// Where they are, and how many characters.
    pub position: Position,
    pub length: usize,
    pub text: String,
    /// The document whose hand-made page it is in.
    pub page: Option<DocId>,
}

/// What is needed to know fixes.
pub struct Sources<'a> {
    pub catalogue: &'a Catalogue,
    /// The text of a file by its path in the site.
    pub text: &'a dyn Fn(&str) -> Option<String>,
    /// A document as it was at an earlier time.
    pub former: &'a dyn Fn(&Basename) -> Option<&'a Document>,
}

/// The fixes of all documents and hand-made pages, by place.
pub fn find(sources: &Sources<'_>) -> Vec<Fix> {
    let catalogue = sources.catalogue;
    let mut fixes = Vec::new();
    for (id, document) in catalogue.corpus.iter() {
        let links = document.outline.links.iter();
        let resolved = links.zip(catalogue.links.links(id));
        let wanted = wanted(sources, resolved, false);
        if !wanted.is_empty() {
            let path = document.name.source();
            fixes.extend(in_file(sources, &path, None, &wanted));
        }
        let Some(page) = catalogue.hand_made.get(&id) else {
            continue;
        };
        let resolved = page.links.iter().zip(catalogue.links.links_of_page(id));
        let wanted = self::wanted(sources, resolved, true);
        if !wanted.is_empty() {
            let page = document.name.page();
            let path = if catalogue.settings.is_flat() {
                page
            } else {
                format!("{}/{page}", catalogue.settings.output)
            };
            fixes.extend(in_file(sources, &path, Some(id), &wanted));
        }
    }
    fixes
}

/// Each link with its correct destination, where that is certain.
fn wanted<'a>(
    sources: &Sources<'_>,
    links: impl Iterator<Item = (&'a Link, &'a Resolved)>,
    is_page: bool,
) -> Vec<(&'a Link, String)> {
    let links = links.filter_map(|(link, resolved)| {
        let text = match (&resolved.target, &resolved.meant) {
            (Target::Broken(Break::Heading), _) => of_heading(sources, link, resolved),
            (Target::Broken(_) | Target::Absolute | Target::Beyond, Some(meant)) => {
                let written = if is_page {
                    meant.written.clone()
                } else {
                    let is_beyond = resolved.target == Target::Beyond;
                    as_written(link, is_beyond, &meant.written)
                };
                (meant.differs != Differs::Root).then_some(written)
            }
            _ => None,
        };
        Some((link, text?))
    });
    links.collect()
}

/// The correct destination with the ending and the relative beginning that the author wrote, where
/// they lead there.
fn as_written(link: &Link, is_beyond: bool, correct: &str) -> String {
    let path = |text: &str| text.find(['?', '#']).unwrap_or(text.len());
    let written = &link.target[..path(&link.target)];
    let (correct, rest) = correct.split_at(path(correct));
    let stem = correct.strip_suffix(".html");
    let source = stem.filter(|stem| written.ends_with(".md") && !stem.contains('/'));
    let source = source.map(|stem| format!("{stem}.md"));
    for name in source.iter().map(String::as_str).chain([correct]) {
        let mut slashes = written.rmatch_indices('/').map(|(at, _)| at + 1);
        let start = slashes.nth(name.matches('/').count()).unwrap_or(0);
        let (head, tail) = written.split_at(start);
        let mut folders = head.split_terminator('/');
        let is_relative = folders.all(|folder| [".", "..", "markdown"].contains(&folder));
        let is_alike = folded(&address::decoded(tail)) == folded(&address::decoded(name));
        if is_relative && is_alike && (head.is_empty() || !is_beyond) {
            return format!("{head}{name}{rest}");
        }
    }
    format!("{correct}{rest}")
}

/// The link to the heading that it certainly means: of the same id in another case, or in the place of
/// the one that it names.
fn of_heading(sources: &Sources<'_>, link: &Link, resolved: &Resolved) -> Option<String> {
    let now = sources.catalogue.corpus.get(resolved.document?);
    let fragment = resolved.fragment.as_deref()?;
    let (path, written) = link.target.split_once('#')?;
    if let LinkKind::Wiki | LinkKind::Embed = link.kind {
        let heading = in_place_of(sources, now, fragment)?;
        let written = if is_writable(&heading.text) {
            &heading.text
        } else {
            &heading.id
        };
        return Some(format!("{path}#{written}"));
    }
    let new = in_other_case(now, fragment)
        .or_else(|| Some(in_place_of(sources, now, fragment)?.id.as_str()))?;
    let rest = written.find(":~:").map_or("", |at| &written[at..]);
    let id = if written.contains('%') {
        href(new)
    } else {
        link_text(new)
    };
    Some(format!("{}#{id}{rest}", link_text(&address::decoded(path))))
}

/// The only id of a document that differs from this one in case alone.
fn in_other_case<'d>(document: &'d Document, id: &str) -> Option<&'d str> {
    let wanted = folded(id);
    let mut alike = links::ids(document, None).filter(|other| folded(other) == wanted);
    alike.next().filter(|_| alike.next().is_none())
}

/// The heading in the place of one that a document had at the earlier time.
fn in_place_of<'d>(sources: &Sources<'_>, now: &'d Document, name: &str) -> Option<&'d Heading> {
    let before = (sources.former)(&now.name)?;
    let former = before.outline.heading_called(name)?;
    let mut headings = before.outline.headings.iter();
    let number = headings.position(|heading| std::ptr::eq(heading, former))?;
    now.outline.headings.get(place_now(before, now, number)?)
}

/// The number of the heading that has the place of another one, if as many came as went there.
fn place_now(before: &Document, now: &Document, number: usize) -> Option<usize> {
    let words = |document: &Document| -> Vec<(u8, String)> {
        let headings = document.outline.headings.iter();
        headings
            .map(|heading| (heading.level, heading.text.clone()))
            .collect()
    };
    let ops = capture_diff_slices(Algorithm::Myers, &words(before), &words(now));
    ops.into_iter().find_map(|op| match op {
        DiffOp::Replace {
            old_index,
            old_len,
            new_index,
            new_len,
        } if old_len == new_len && (old_index..old_index + old_len).contains(&number) => {
            Some(new_index + number - old_index)
        }
        _ => None,
    })
}

/// Where the destinations of these links are in a file.
fn in_file(
    sources: &Sources<'_>,
    path: &str,
    page: Option<DocId>,
    wanted: &[(&Link, String)],
) -> Vec<Fix> {
    let Some(text) = (sources.text)(path) else {
        return Vec::new();
    };
    let (start, mut found) = if page.is_some() {
        (0, destinations::of_markup(&text))
    } else {
        let start = front_matter::body_in_file(&text);
        (start, destinations::find(&text[start..]))
    };
    for destination in &mut found {
        destination.span = start + destination.span.start..start + destination.span.end;
    }
    let lines = LineIndex::new(&text);
    let fixes = wanted.iter().filter_map(|(link, new)| {
        let own = nearest(&found, link, &lines)?;
        // The span of a wikilink ends before its heading.
        let rest = link.target.strip_prefix(&*own.target)?;
        let span = own.span.start..own.span.end + rest.len();
        let written = text.get(span.clone()).filter(|it| it.ends_with(rest))?;
        Some(Fix {
            path: path.to_owned(),
            finding: link.place.position,
            position: lines.position(span.start),
            length: written.chars().count(),
            span,
            text: new.clone(),
            page,
        })
    });
    fixes.collect()
}

/// The destination of a link: the first one behind its beginning, or its definition elsewhere.
fn nearest<'d>(
    found: &'d [Destination],
    link: &Link,
    lines: &LineIndex<'_>,
) -> Option<&'d Destination> {
    let is_alike = |found: &&Destination| match link.target.strip_prefix(&*found.target) {
        Some(rest) => rest.is_empty() || (found.form == Form::Wiki && rest.starts_with('#')),
        None => false,
    };
    let mut alike = found.iter().filter(is_alike);
    let behind = |found: &&&Destination| lines.position(found.span.start) >= link.place.position;
    let first = alike.clone().next();
    alike.by_ref().find(|found| behind(&found)).or(first)
}
