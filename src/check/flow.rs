//! What is wrong with the flow beside what reading it tells.
//!
//! Not here: entries that name nothing, or the same thing twice (`model::flow`).

use crate::diagnostic::Diagnostic;
use crate::model::catalogue::Catalogue;
use crate::model::flow::FILE;

/// Stages that do not say why they come where they do.
pub fn find(catalogue: &Catalogue) -> impl Iterator<Item = Diagnostic> {
    let stages = catalogue.flow.stages.iter();
    stages
        .filter(|stage| stage.why.trim().is_empty())
        .map(|stage| {
            let message = format!(
                "stage `{}` does not say why it comes here",
                stage.title.escape_debug()
            );
            Diagnostic::error("flow-missing-why", FILE, message)
                .at(stage.position)
                .help("write a sentence to the reader as its `why`")
        })
}
