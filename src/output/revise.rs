//! The page of a document of which nothing but the text changed, from the page that is there; and
//! index.html, which has the hashes of documents of the reading path.
//!
//! Not here: whether that is so (`pipeline::revision`), and rendering a page from its document
//! (`render`).

use crate::fingerprint::Fingerprint;
use crate::markdown::body::Body;
use crate::markdown::highlight::Highlighter;
use crate::markdown::revise;
use crate::model::document::Document;

use super::theme::Theme;
use super::{mark, render, views};

/// The page with its body changed, and the mark that it has then: `source` is the hash of the
/// document now. None where it must be rendered.
pub fn page(
    theme: &Theme,
    page: &[u8],
    bodies: (&Body, &Body),
    source: Fingerprint,
    highlighter: &Highlighter,
) -> Option<Vec<u8>> {
    let mark = mark::read(page)?;
    let text = mark::unmarked(page)?;
    let text = revise::revise(&text, bodies, theme.after_body()?, highlighter)?;
    mark::html(&text, source, mark.key, mark.inputs).ok()
}

/// index.html after these documents changed, which it shows the versions of on the reading path and, of a
/// small site, in the topics. None where it must be rendered.
pub fn index(theme: &Theme, page: &[u8], changed: &[(&Document, &Document)]) -> Option<Vec<u8>> {
    if theme.replaces(&["index.html", "base.html", "marks.html"]) {
        return None;
    }
    let mut text = mark::unmarked(page)?;
    // As the template writes it.
    let attributes = |document: &Document| {
        let version = views::version(document);
        format!("data-doc=\"{}\" data-version=\"{version}\"", document.name)
    };
    for (before, now) in changed {
        text = text.replace(&attributes(before), &attributes(now));
    }
    render::derived(&text, "index.html").ok()
}
