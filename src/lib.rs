//! docsite turns a flat archive of technical notes into a site.
//!
//! The floors, each of which imports only from floors below it:
//!
//! ```text
//! 11  cli                words of the command line to requests
//! 10  commands  report    one file a command; report alone prints
//! 9  outcome  serve      what commands return and the report prints; serve answers browsers
//! 8  import              folders of notes of other programs, as plans
//! 7  edit                plans of changes to the sources, and how they are carried out
//! 6  pipeline            the stages composed; apply alone writes
//! 5  output  check       views, theme, page state, rendering; findings
//! 4  model  store  git  external  draw  what a site is made of; store keeps what runs made for the
//!                        next one, git alone runs git, external alone talks to other hosts, draw
//!                        alone runs docsite as a worker
//! 3  markdown  diagram  name  diagnostic  filter  search  layout
//! 2  memo               values by their keys
//! 1  disk               disk alone touches the file system
//! 0  fingerprint  hangul  html  place  portable  progress  rule  svg_names
//! ```
//!
//! Not here: a stable API; the program is the product.

pub mod check;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod diagram;
pub mod disk;
pub mod draw;
pub mod edit;
pub mod external;
pub mod filter;
pub mod fingerprint;
pub mod git;
pub mod hangul;
pub mod html;
pub mod import;
pub mod layout;
pub mod markdown;
pub mod memo;
pub mod model;
pub mod name;
pub mod outcome;
pub mod output;
pub mod pipeline;
pub mod place;
pub mod portable;
pub mod progress;
pub mod report;
pub mod rule;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod store;
pub mod svg_names;
