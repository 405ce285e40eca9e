//! Hand-drawn pictures in a page's HTML: finds them, the edits around them, and the diagram of the
//! Markdown that each belongs to.
//!
//! Three functions without effects: [`read_page`] splits a page into pictures and text, [`edits`]
//! compares the texts of two pages, [`place`] matches pictures with slots.
//!
//! Not here: files, the rendering of Markdown, whether an SVG is safe to publish, and acting on the
//! results.

mod align;
mod blocks;
mod edits;
mod figure;
mod page;
mod place;
mod presence;
mod seat;
mod svg;
#[cfg(test)]
mod tests;
mod tree;

pub use blocks::{Block, Place};
pub use edits::edits;
pub use page::{Drawn, IsOwn, Page, read_page};
pub use place::{PlacedBy, Placement, Slot, place};
pub use presence::is_same_text;
pub use seat::{Asked, Line, Seat, seats};
pub use svg::{borrowed, is_styled_by, root_attribute};
