//! Hand-drawn pictures in a page's HTML: which they are, what was edited around them, and which
//! diagram of the Markdown each belongs to.
//!
//! Three questions, each asked of text and answered without effects: [`read_page`] takes a page
//! apart, [`edits`] compares what two pages say, [`place`] matches pictures with slots.
//!
//! Not here: files, the rendering of Markdown, whether an SVG is safe to publish, what is done
//! with the answers.

mod align;
mod blocks;
mod edits;
mod figure;
mod page;
mod place;
mod presence;
mod scan;
mod seat;
mod stamp;
mod svg;
#[cfg(test)]
mod tests;
mod tree;
mod words;

pub use blocks::Block;
pub use edits::{Edit, Kind, edits, shown};
pub use page::{Drawn, IsOwn, Own, Page, Place, read_page};
pub use place::{PlacedBy, Placement, Slot, place};
pub use presence::is_same_text;
pub use seat::{Asked, Line, Seat, seats};
pub use svg::{borrowed, is_styled_by};
