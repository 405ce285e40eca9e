//! `docsite schema flow`: what an editor needs to help with flow.json.

use crate::model::flow;

/// The JSON Schema of flow.json.
pub fn flow() -> &'static str {
    flow::SCHEMA
}
