//! What is wrong with pages: older than what they are made from, behind their document, without
//! one, or in a place that git does not keep.
//!
//! Not here: finding out how a page stands (`build` looks at it).

use crate::diagnostic::{Diagnostic, Position};
use crate::name::Basename;

/// How the page of a document stands to it, where that is worth telling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageState {
    /// A rebuild would write it again, and why.
    Stale(String),
    /// Made by hand, and its document changed after that.
    Behind,
    /// Made by hand, and still with a place where a drawing should be.
    Undrawn,
    /// Made by hand, and git ignores it.
    Ignored,
}

/// The finding about a document's page. `shown` is the page's path in the site.
pub fn finding(name: &Basename, shown: &str, state: &PageState) -> Diagnostic {
    let of =
        |code, message: String| Diagnostic::error(code, name.source(), message).at(Position::START);
    match state {
        PageState::Stale(why) => of("stale-page", format!("{shown} is out of date: {why}"))
            .help(format!("docsite render {name}")),
        PageState::Behind => of(
            "page-behind",
            format!("{shown} is made by hand, and this document changed after it"),
        )
        .help("bring the page up to date by hand, or give it up: --discard-hand-edits"),
        PageState::Undrawn => of(
            "diagram-placeholder",
            format!("{shown} still has a place where a drawing should be"),
        )
        .help("draw it, or take the place out"),
        PageState::Ignored => of(
            "ignored-page",
            format!("{shown} is made by hand, and git ignores it: a clone loses it"),
        )
        .help(format!("git add --force {shown}")),
    }
}

/// The finding about a page without a document, by its path in the site.
pub fn stray(shown: &str) -> Diagnostic {
    Diagnostic::error("stray-page", shown, "is a page without a document")
        .help("delete it, or put its document into markdown/")
}
