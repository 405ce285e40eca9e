//! `docsite schema`: what editors and programs need to read docsite's files.

use crate::model::flow;
use crate::outcome::check;

/// The JSON Schema of flow.json.
pub fn flow() -> &'static str {
    flow::SCHEMA
}

/// The JSON Schema of what a check came to.
pub fn check() -> &'static str {
    check::SCHEMA
}
