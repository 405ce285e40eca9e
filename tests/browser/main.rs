//! The pages in a real Chromium: what a reader sees, presses, prints and hears nothing of. One
//! browser for the whole binary, a tab and a profile of its own for each test.
//!
//! Needs Chromium. Where it is missing, each test says so and passes, except with `CI=true`.
//! Not here: what the HTML says by itself; `tests/it` reads that without a browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::missing_panics_doc,
    unreachable_pub,
    reason = "a test may panic, and explains itself by its name"
)]

mod browser;
mod contents;
mod contrast;
mod copy;
mod diagrams;
mod filter;
mod flow;
mod graph;
#[path = "../it/harness.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod harness;
mod keyboard;
mod large;
mod motion;
mod narrow;
mod near;
mod pointer;
mod previews;
mod print;
mod quiet;
#[path = "../it/reader.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod reader;
mod scriptless;
mod server;
mod sites;
mod tab;
mod theme;
#[path = "../it/tree.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod tree;
mod views;
