//! `docsite status`: every document with its state. Writes nothing.

use std::path::Path;

use anyhow::Result;

use crate::diagnostic::Severity;
use crate::filter::{Query, haystack};
use crate::model::document::Document;
use crate::outcome::status::{DocumentState, DocumentStatus, Status};
use crate::output::page_state::{Found, PageState};
use crate::pipeline::action::{Action, PagePlan, Why};
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;
use crate::pipeline::{self, compare};
use crate::progress::Progress;

/// The state of every document that matches the filter; an empty filter matches all. Its problems
/// are only errors, and only those of listed documents or of no document.
///
/// # Errors
///
/// If the site cannot be opened.
pub fn run(folder: Option<&Path>, filter: &str, progress: &Progress) -> Result<Status> {
    let site = Site::watched(folder, progress)?;
    let planned = pipeline::dry_run(&site, Request::new(Scope::All))?;
    let files = compare::unlike_in_output(&site, &planned);
    let catalogue = &planned.resolved.catalogue;
    let query = Query::new(filter);
    let passes = |document: &Document| {
        let said = catalogue.said(document);
        query.matches(&haystack(said.iter().map(String::as_str)))
    };
    let documents = planned
        .pages
        .iter()
        .filter(|page| passes(catalogue.corpus.get(page.id)))
        .map(|page| {
            let document = catalogue.corpus.get(page.id);
            let (state, up_to_date) = judge(&planned.resolved.pages[&page.id], page);
            DocumentStatus {
                basename: document.name.as_str().to_owned(),
                title: document.title.clone(),
                state,
                draft: document.front.draft,
                deprecated: document.front.deprecated.is_some(),
                up_to_date,
                source_changed: matches!(
                    &page.action,
                    Action::Keep(Why::HandMade { outdated: true })
                ),
                outdated_drawings: planned.resolved.slots.outdated(document, page.id),
                note: note(&page.action),
            }
        })
        .collect();
    let about = if query.is_empty() {
        Scope::All
    } else {
        let all = catalogue.corpus.iter();
        let listed = all.filter(|(_, document)| passes(document));
        Scope::Pages(listed.map(|(_, document)| document.name.clone()).collect())
    };
    // Warnings are for `check`.
    let mut findings = planned.findings(&site);
    findings.retain(|finding| finding.severity() == Severity::Error && about.concerns(finding));
    Ok(Status {
        documents,
        strays: if query.is_empty() {
            let strays = planned.strays.iter();
            strays
                .map(|stray| (stray.path.clone(), note(&stray.action)))
                .collect()
        } else {
            Vec::new()
        },
        files: if query.is_empty() { files } else { Vec::new() },
        publish: catalogue.settings.publish,
        findings,
    })
}

fn judge(found: &Found, page: &PagePlan) -> (DocumentState, Option<bool>) {
    let fresh = matches!(page.action, Action::Fresh);
    match &found.state {
        PageState::Absent => (DocumentState::NotPublished, None),
        PageState::Generated(_) | PageState::Damaged => (DocumentState::Published, Some(fresh)),
        PageState::HandMade(_) => (DocumentState::HandMade, None),
        PageState::Unknown => (DocumentState::Unknown, None),
        PageState::Doubtful(_) => (DocumentState::Doubtful, None),
    }
}

/// What the state alone does not show.
fn note(action: &Action) -> String {
    match action {
        Action::Fresh
        | Action::Skip(Why::NotPublished | Why::Draft)
        | Action::Keep(Why::HandMade { outdated: false }) => String::new(),
        Action::Keep(Why::HandMade { outdated: true }) => "its document changed since".to_owned(),
        Action::Keep(Why::Unknown) => "`docsite rebuild --adopt` takes it over".to_owned(),
        Action::Keep(Why::Doubtful(why)) => why.clone(),
        Action::Write(_, Why::New) => "a rebuild publishes it".to_owned(),
        Action::Remove(_, why) => format!("a rebuild removes the page: {why}"),
        Action::Write(_, why) | Action::Keep(why) | Action::Skip(why) => why.to_string(),
    }
}
