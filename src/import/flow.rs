//! `flow.json` of imported documents.
//!
//! Not here: their order (`order`).

use serde_json::json;

use crate::name::Basename;

use super::order::Order;

/// The text of a flow; `None` if it would be empty. `names` are those of the notes, `title` gives the
/// title of a section that has none.
pub(super) fn written(
    order: &Order,
    names: &[Option<Basename>],
    titles: &dyn Fn(&str) -> String,
) -> Option<String> {
    let stages = order.sections.iter().filter_map(|section| {
        let docs = section.notes.iter().filter_map(|id| names[*id].as_ref());
        let docs: Vec<&str> = docs.map(Basename::as_str).collect();
        (!docs.is_empty()).then_some((section, docs))
    });
    let stages = stages.enumerate().map(|(number, (section, docs))| {
        json!({
            "title": format!("{number} {}", titles(&section.title)),
            "why": format!("In the order of {}.", order.from),
            "docs": docs,
            "attachments": [],
            "links": [],
        })
    });
    let stages: Vec<_> = stages.collect();
    if stages.is_empty() {
        return None;
    }
    let flow = json!({ "title": "Reading path", "stages": stages });
    serde_json::to_string_pretty(&flow)
        .ok()
        .map(|text| text + "\n")
}
