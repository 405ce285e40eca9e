//! The page of a document of which nothing but the text changed, from the page that is there.
//!
//! Not here: whether that is so (`pipeline::revision`), and rendering a page from its document
//! (`render`).

use crate::fingerprint::Fingerprint;
use crate::markdown::body::Body;
use crate::markdown::highlight::Highlighter;
use crate::markdown::revise;

use super::mark;
use super::theme::Theme;

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
