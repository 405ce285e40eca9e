//! `docsite schema`: what editors and programs need to read docsite's files.

use crate::model::flow;
use crate::outcome::{check, search};
use crate::output::about;

pub fn flow() -> &'static str {
    flow::SCHEMA
}

/// The JSON Schema of `check --format json`.
pub fn check() -> &'static str {
    check::SCHEMA
}

/// The JSON Schema of `search --json`.
pub fn search() -> &'static str {
    search::SCHEMA
}

/// The JSON Schema of `<basename>.json`.
pub fn page() -> &'static str {
    about::SCHEMA
}
