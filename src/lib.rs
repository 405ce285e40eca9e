//! docsite turns a flat archive of technical notes into a site.
//!
//! The floors, each of which imports only from floors below it:
//!
//! ```text
//! 7  cli                 words of the command line to requests
//! 6  commands  report    one file a command; report alone prints
//! 5  outcome             what commands return and the report prints
//! 4  pipeline            the stages composed; plan is pure, load and apply have the effects
//! 3  output  check       views, theme, page state, rendering; findings
//! 2  model  disk  git  external  draw  what a site is made of; disk alone touches the file system,
//!                        git alone runs git, external alone talks to other hosts, draw alone runs
//!                        docsite as a worker
//! 1  markdown  diagram  name  diagnostic  rule  fingerprint  filter  layout
//! 0  place  svg_names
//! ```
//!
//! Not here: serving, and a stable API; the program is the product.

pub mod check;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod diagram;
pub mod disk;
pub mod draw;
pub mod external;
pub mod filter;
pub mod fingerprint;
pub mod git;
pub mod layout;
pub mod markdown;
pub mod model;
pub mod name;
pub mod outcome;
pub mod output;
pub mod pipeline;
pub mod place;
pub mod report;
pub mod rule;
pub mod svg_names;
