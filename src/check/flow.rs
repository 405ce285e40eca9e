//! Findings about the flow: stages without a reason, and entries whose document has no page.
//!
//! Not here: entries that name nothing, or the same thing twice (`model::flow`).

use crate::diagnostic::Diagnostic;
use crate::model::catalogue::Catalogue;
use crate::model::flow::{FILE, Stage, Waiting};
use crate::rule::Rule;

pub fn find(catalogue: &Catalogue) -> impl Iterator<Item = Diagnostic> {
    let stages = catalogue.flow.stages.iter();
    stages
        .filter(|stage| stage.why.trim().is_empty())
        .map(without_why)
}

/// Entries of the flow whose document has no page.
pub fn unpublished(catalogue: &Catalogue) -> impl Iterator<Item = Diagnostic> {
    let waiting = catalogue.flow.waiting.iter();
    waiting.map(|entry| waiting_for(catalogue, entry))
}

/// Those that no build will publish. A document without a page yet is not a build's problem: it
/// publishes what was requested.
pub fn drafts(catalogue: &Catalogue) -> impl Iterator<Item = Diagnostic> {
    let waiting = catalogue.flow.waiting.iter();
    let drafts = waiting.filter(|entry| catalogue.corpus.get(entry.doc).front.draft);
    drafts.map(|entry| waiting_for(catalogue, entry))
}

fn without_why(stage: &Stage) -> Diagnostic {
    let message = format!("stage `{}` has no `why`", stage.title.escape_debug());
    Diagnostic::new(Rule::FlowMissingWhy, FILE, message)
        .at(stage.position)
        .help("add a `why`: a sentence that explains why this stage comes here")
}

fn waiting_for(catalogue: &Catalogue, entry: &Waiting) -> Diagnostic {
    let document = catalogue.corpus.get(entry.doc);
    let (what, help) = if document.front.draft {
        let help = format!(
            "set `draft` to false in {}, or remove the entry",
            document.name.source()
        );
        ("is a draft", help)
    } else {
        let help = format!("publish it with `docsite render {}`", document.name);
        ("is not published", help)
    };
    let message = format!("`{}` {what}", entry.name.escape_debug());
    Diagnostic::new(Rule::FlowUnpublishedDocument, FILE, message)
        .at(entry.position)
        .help(help)
}
