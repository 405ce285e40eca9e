//! Decides what happens to pages: of documents, and of none.
//!
//! Not here: rendering (a page that would come out the same is known by its key).

use anyhow::Result;
use rayon::prelude::*;

use crate::fingerprint::Fingerprint;
use crate::model::corpus::DocId;
use crate::output::inputs::Changed;
use crate::output::mark::Mark;
use crate::output::page_state::{Consent, Found, PageState};
use crate::output::render::Renderer;

use super::reason::{kept_reason, written_reason};
use crate::pipeline::action::{Action, Content, FilePlan, Left, PagePlan, Prints, Why};
use crate::pipeline::output_pages::Stray;
use crate::pipeline::publication::{self, Standing};
use crate::pipeline::resolve::Resolved;

/// What happens to the pages of documents in the request's scope, by name.
///
/// # Errors
///
/// If a page's view cannot be written as JSON.
pub(super) fn pages(resolved: &Resolved, renderer: &Renderer<'_>) -> Result<Vec<PagePlan>> {
    let ids = resolved.catalogue.corpus.iter().map(|(id, _)| id);
    let asked: Vec<DocId> = ids.filter(|id| resolved.is_asked(*id)).collect();
    asked
        .into_par_iter()
        .map(|id| page(resolved, renderer, id))
        .collect()
}

fn page(resolved: &Resolved, renderer: &Renderer<'_>, id: DocId) -> Result<PagePlan> {
    let request = &resolved.request;
    let document = resolved.catalogue.corpus.get(id);
    let found = &resolved.pages[&id];
    let draft = renderer.draft(id)?;
    let discard = request.discard.contains(&document.name);
    let standing = resolved.standings[&id];
    let action = if standing != Standing::Published {
        leave(found, standing)
    } else if resolved.unsound.contains(&id) {
        Action::Keep(Why::Unsound)
    } else {
        let consent = if discard {
            Consent::Discard
        } else if request.adopt {
            Consent::Adopt
        } else {
            Consent::Usual
        };
        let changed = |mark: &Mark| Changed::between(mark.inputs, renderer.inputs(id, &draft));
        decide_page(found, draft.key, document.source, consent, changed)
    };
    Ok(PagePlan {
        id,
        path: document.name.page(),
        action,
    })
}

/// The action for the page of a document that is not published.
fn leave(found: &Found, standing: Standing) -> Action {
    let why = match standing {
        Standing::Draft => Why::Draft,
        Standing::Unsound => Why::Unsound,
        Standing::Withdrawn => Why::Withdrawn,
        Standing::NoPage | Standing::Published => Why::NotPublished,
    };
    match found.permit(Consent::Usual) {
        _ if found.state == PageState::Absent => Action::Skip(why),
        Some(permit) if publication::is_removable(found) => Action::Remove(permit, why),
        _ => Action::Keep(Why::Left(Left::Draft)),
    }
}

fn decide_page(
    found: &Found,
    key: Fingerprint,
    source: Fingerprint,
    consent: Consent,
    changed: impl FnOnce(&Mark) -> Changed,
) -> Action {
    if let PageState::Generated(mark) = &found.state
        && (mark.key, mark.source) == (key, source)
    {
        return Action::Fresh;
    }
    match found.permit(consent) {
        Some(permit) => {
            let why = match &found.state {
                PageState::Generated(mark) if mark.source == source => Why::Inputs(changed(mark)),
                state => written_reason(state),
            };
            Action::Write(permit, why)
        }
        None => Action::Keep(kept_reason(found, Some(source))),
    }
}

/// Removes pages without a document if docsite wrote them.
pub(super) fn strays(resolved: &Resolved) -> Vec<FilePlan> {
    resolved.strays.iter().map(stray).collect()
}

fn stray(stray: &Stray) -> FilePlan {
    let permit = stray.found.permit(Consent::Usual);
    let action = match (&stray.unread, permit) {
        (Some(path), _) => Action::Keep(Why::Elsewhere(path.clone())),
        (None, Some(permit)) if stray.is_removed() => Action::Remove(permit, Why::NoDocument),
        (None, _) => Action::Keep(Why::Left(Left::Gone)),
    };
    FilePlan {
        path: stray.page.clone(),
        action,
        content: Content::Nothing,
        prints: Prints::default(),
        size: Some(stray.found.size),
    }
}
