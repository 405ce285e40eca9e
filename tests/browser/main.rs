//! The pages in a real Chromium: what a reader sees, presses and prints. One browser for the whole
//! binary, with a separate tab and profile for each test.
//!
//! Needs Chromium; where it is missing, the tests are ignored and counted. Not here: the HTML
//! itself; `tests/it` reads that without a browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    unreachable_pub,
    reason = "a test may panic, and explains itself by its name"
)]

#[path = "../needs/beside.rs"]
mod beside;
mod browser;
mod contents;
mod contrast;
mod copy;
mod corpora;
mod damage;
mod diagrams;
mod dialog;
mod filter;
mod flow;
mod graph;
#[path = "../it/harness.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod harness;
mod hostile;
#[path = "../it/hostile_inputs.rs"]
mod hostile_inputs;
mod keyboard;
mod large;
mod live;
mod motion;
mod narrow;
mod near;
#[path = "../it/oracle.rs"]
mod oracle;
mod place;
mod pointer;
mod previews;
mod print;
mod quiet;
#[path = "../it/reader.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod reader;
#[path = "../it/samples.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod samples;
mod scriptless;
mod search;
mod server;
mod sites;
mod tab;
mod theme;
#[path = "../it/tree.rs"]
#[allow(dead_code, reason = "the integration tests use the rest of it")]
mod tree;
#[path = "../needs/trial.rs"]
mod trial;
mod valid;
mod viewer;
mod views;
mod weight;

use trial::{Need, Test};

fn main() {
    let chromium = Need {
        name: "Chromium",
        is_met: browser::program().is_some(),
    };
    let archives = beside::need();
    let groups: [&[Test]; 24] = [
        contents::TESTS,
        contrast::TESTS,
        copy::TESTS,
        diagrams::TESTS,
        dialog::TESTS,
        filter::TESTS,
        flow::TESTS,
        graph::TESTS,
        hostile::TESTS,
        keyboard::TESTS,
        large::TESTS,
        live::TESTS,
        motion::TESTS,
        narrow::TESTS,
        near::TESTS,
        place::TESTS,
        previews::TESTS,
        print::TESTS,
        quiet::TESTS,
        scriptless::TESTS,
        search::TESTS,
        theme::TESTS,
        viewer::TESTS,
        weight::TESTS,
    ];
    let mut all: Vec<(&[Test], &[Need])> = Vec::new();
    let here = [chromium];
    let beside = [chromium, archives];
    all.extend(groups.map(|tests| (tests, &here[..])));
    all.push((views::TESTS, &here));
    all.push((corpora::TESTS, &beside));
    let validator = Need {
        name: "VNU",
        is_met: valid::validator().is_some(),
    };
    let axe = Need {
        name: "AXE",
        is_met: valid::axe().is_some(),
    };
    let (html, access) = ([validator], [chromium, axe]);
    all.push((valid::HTML, &html));
    all.push((valid::ACCESS, &access));
    let conclusion = trial::run(&all);
    sites::remove();
    conclusion.exit();
}
