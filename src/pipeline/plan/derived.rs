//! Decides what happens to derived files: those that are made, and those that no longer are.
//!
//! Not here: making them (`pipeline::derived`).

use crate::fingerprint::Fingerprint;
use crate::output::page_state::{Consent, Found, PageState};

use super::reason::{kept_reason, written_reason};
use crate::pipeline::action::{Action, Content, FilePlan, Prints, Why};
use crate::pipeline::derived::Derived;

/// The action for a derived file, with its content if that is written.
pub(crate) fn made(file: Derived, consent: Consent) -> FilePlan {
    let action = decide(&file, consent);
    let size = match &file.content {
        // One that is only made where there is none stays as it is.
        Content::Bytes(_) if file.once && file.found.state != PageState::Absent => None,
        Content::Bytes(bytes) => Some(bytes.len() as u64),
        _ => None,
    };
    let is_written = matches!(action, Action::Write(..));
    FilePlan {
        size,
        action,
        path: file.path,
        content: if is_written {
            file.content
        } else {
            Content::Nothing
        },
        prints: Prints::default(),
    }
}

/// Removes a derived file that is no longer made, if it is unchanged.
pub(super) fn gone((path, found): (String, Found)) -> FilePlan {
    let action = match found.permit(Consent::Usual) {
        Some(permit) => Action::Remove(permit, Why::Gone),
        None => Action::Keep(kept_reason(&found, None)),
    };
    FilePlan {
        path,
        action,
        content: Content::Nothing,
        prints: Prints::default(),
        size: Some(found.size),
    }
}

/// The action for a derived file.
fn decide(file: &Derived, consent: Consent) -> Action {
    let is_same = match &file.content {
        Content::Bytes(bytes) => file.found.print() == Some(Fingerprint::of(bytes)),
        _ => match &file.found.state {
            PageState::Generated(mark) => Some(mark.key) == file.key,
            _ => false,
        },
    };
    if is_same || (file.once && file.found.state != PageState::Absent) {
        return Action::Fresh;
    }
    let consent = if file.own { Consent::Own } else { consent };
    match file.found.permit(consent) {
        Some(permit) => {
            let why = match &file.found.state {
                PageState::Generated(_) => Why::Listed,
                PageState::HandMade(_) | PageState::Unknown | PageState::Doubtful(_)
                    if file.own =>
                {
                    Why::Restored
                }
                state => written_reason(state),
            };
            Action::Write(permit, why)
        }
        None if file.found.is_binary() => Action::Keep(Why::HandMade { outdated: false }),
        None => Action::Keep(kept_reason(&file.found, None)),
    }
}
