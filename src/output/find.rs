//! What the dialog of the search shows beside its answers: its words, and the topics and types that
//! it filters by. `assets/docsite/find.js` loads it when the dialog is first opened.
//!
//! Not here: the index, and what a query finds (`search`).

use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::catalogue::Catalogue;

use super::data::script;
use super::view::LabelView;
use super::views;
use super::words::Words;

/// What the names of the dialog's words begin with.
const PREFIX: &str = "find_";

#[derive(Debug, Serialize)]
struct Find<'a> {
    words: Map<String, Value>,
    topics: Vec<LabelView<'a>>,
    types: Vec<LabelView<'a>>,
}

/// The words, without their prefix, and the topics and types of published documents, in their order.
///
/// # Errors
/// As `script`.
pub fn data(catalogue: &Catalogue) -> serde_json::Result<String> {
    let settings = &catalogue.settings;
    let topics = catalogue.topics().into_iter();
    let types = catalogue.kinds().into_iter();
    let find = Find {
        words: words(views::words(settings))?,
        topics: topics
            .map(|(prefix, _)| views::topic(settings, prefix))
            .collect(),
        types: types
            .map(|(prefix, _)| views::kind(settings, prefix))
            .collect(),
    };
    script("data/find", &find)
}

fn words(words: &Words) -> serde_json::Result<Map<String, Value>> {
    let Value::Object(words) = serde_json::to_value(words)? else {
        return Ok(Map::new());
    };
    let own = words.into_iter().filter_map(|(name, word)| {
        let name = name.strip_prefix(PREFIX)?;
        Some((name.to_owned(), word))
    });
    Ok(own.collect())
}
