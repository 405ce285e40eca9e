//! Markdown: text in; events, outline and HTML out.
//!
//! Not here: paths, settings, templates, and what a link links to (`model::links` decides that and
//! passes the answers to `html`).

pub mod alert;
pub mod autolink;
pub mod blocks;
pub mod body;
pub mod breaks;
pub mod clean;
pub mod code;
pub mod compile;
pub mod destinations;
pub mod diagram;
pub mod diagram_words;
pub mod escape;
pub mod events;
mod facts;
pub mod fence;
pub mod foreign;
pub mod grid;
pub mod highlight;
pub mod html;
pub mod labels;
pub mod math;
pub mod math_words;
pub mod notes;
pub mod outline;
pub mod page_text;
pub mod passages;
pub mod prepare;
pub mod raw;
pub mod reading;
pub mod revise;
pub mod scheme;
pub mod slug;
pub mod spaced;
pub mod spots;
pub mod tex;
mod write;
