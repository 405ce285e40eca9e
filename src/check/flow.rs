//! Stages of the flow without a reason.
//!
//! Not here: entries that name nothing, or the same thing twice (`model::flow`).

use crate::diagnostic::Diagnostic;
use crate::model::catalogue::Catalogue;
use crate::model::flow::FILE;

pub fn find(catalogue: &Catalogue) -> impl Iterator<Item = Diagnostic> {
    let stages = catalogue.flow.stages.iter();
    stages
        .filter(|stage| stage.why.trim().is_empty())
        .map(|stage| {
            let message = format!("stage `{}` has no `why`", stage.title.escape_debug());
            Diagnostic::error("flow-missing-why", FILE, message)
                .at(stage.position)
                .help("add a `why`: a sentence that tells readers why this stage comes here")
        })
}
