//! Tests of what all diagrams share.
//!
//! Not here: the languages, and what a picture may hold (their own modules).

mod inline;
mod tokens;
mod widths;
