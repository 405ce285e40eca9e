//! What the standard says about HTML: its elements, and what character references mean.
//!
//! Not here: reading HTML, and the names of SVG (`svg_names`).

pub mod elements;
mod entity;

pub use entity::decoded;
