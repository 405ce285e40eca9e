//! The integration tests: one binary, a file per subject. Each test proves a behaviour through the
//! real program; `harness` makes the sites.
//!
//! Not here: what a unit test in `src/` shows faster.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    unreachable_pub,
    reason = "a test may panic, and explains itself by its name"
)]

mod action;
mod add;
mod add_files;
mod adoption;
mod bad_input;
mod body;
mod catalogue_data;
mod check;
mod check_change;
mod circles;
mod code;
mod commonmark;
mod contrast;
mod copies;
mod derived_files;
mod diagram_words;
mod diagrams;
mod dialect;
mod documents;
mod edit_forms;
mod emphasis;
mod everything;
mod export;
mod external;
mod files;
mod fingerprint;
mod fix;
mod flow;
mod flow_edit;
mod for_programs;
mod generated_archive;
mod graph;
mod hand_edits;
mod harness;
mod history;
mod hostile;
mod hostile_diagrams;
mod hostile_inputs;
mod import;
mod incremental;
mod index;
mod init;
mod language;
mod layers;
mod levels;
mod lift;
mod lift_places;
mod links_outside;
mod man_pages;
mod manual;
mod manual_parts;
mod math;
mod missing;
mod mv;
mod names;
mod never_overwrite;
mod never_overwrite_others;
mod once;
mod oracle;
mod page;
mod parts;
mod place;
mod portable;
mod progress;
mod publication;
mod published;
mod raw;
mod reader;
mod redirects;
mod removed;
mod render;
mod repo;
#[cfg(feature = "serve")]
#[path = "../needs/requests.rs"]
mod requests;
mod revision;
mod rm;
mod samples;
mod scanner;
mod schema;
mod search;
mod search_index;
mod search_quality;
#[cfg(feature = "serve")]
mod serve;
mod set_aside;
mod settings;
mod stale;
mod status;
mod store;
mod streams;
mod targets;
mod templates;
mod tree;
mod unchanged;
mod usage;
mod viewer;
mod web;
mod whole;
