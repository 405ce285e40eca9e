//! Improves what the renderer drew: titles and labels in places where they can be read, without what
//! draws nothing, which would be most of a picture.
//!
//! Not here: what any picture needs (`svg`), and the renderer's labels (`labels`).

mod casing;
mod figures;
mod fit;
mod frames;
mod halo;
mod hold;
mod labels;
mod meet;
mod raise;
mod routes;
mod shorten;
mod simplify;
mod spread;
mod stretch;
mod units;

#[cfg(test)]
mod tests;

use crate::diagram::svg::adapt::By;
use crate::diagram::svg::{Polished, Styled};
use crate::diagram::tokens::{INK, PAPER, token};

use super::{TITLE, palette};

/// Attributes that only the renderer uses, or that the page sets.
const OWN: [&str; 6] = [
    // Shadows.
    "filter",
    "font-family",
    "aria-roledescription",
    "aria-labelledby",
    "aria-describedby",
    "pointer-events",
];

/// The picture as a page shows it; its kind is, for example, `flowchart-v2`, and its room one of `ROOMS`.
pub(super) fn polished(mut picture: Styled, kind: &str, room: usize) -> Polished {
    picture.settle_units();
    picture.lead_lines();
    match kind {
        "gitGraph" => picture.level_ids(),
        "sequence" => picture.clear_figures(),
        _ => {}
    }
    picture.stretch(kind, room);
    for attribute in OWN {
        picture.without(attribute);
    }
    picture.shorten_paths();
    picture.simplify();
    picture.clear_titles();
    picture.raise_words(
        Some(TITLE).filter(|_| !matches!(kind, "gantt" | "mindmap" | "venn" | "sankey")),
    );
    picture.without("class");
    picture.route_links(kind);
    picture.spread_words(kind);
    picture.part_labels(kind);
    picture.lower_lines(kind);
    picture.fit_words(kind);
    picture.hold_words();
    picture.cut_margins();
    picture.recolour(|colour| palette::constant(kind, colour));
    // Before the tokens have their names: colours are compared.
    let mut polished = picture.adapted(INK, PAPER, By::Renderer);
    polished.edge_lines(PAPER);
    polished.set_off(PAPER);
    polished.recolour(token);
    polished
}
