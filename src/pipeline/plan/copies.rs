//! Decides what happens to copies of the site's files.
//!
//! Not here: finding them (`pipeline::copies`).

use crate::output::page_state::PageState;

use super::reason::kept_reason;
use crate::pipeline::action::{Action, Content, FilePlan, Prints, Why};
use crate::pipeline::copies::{Copies, Copy, Old};

/// What happens to copies: those that are wanted by path, then others.
pub(super) fn copies(copies: Copies) -> Vec<FilePlan> {
    let wanted = copies.wanted.into_iter().map(copy_plan);
    let gone = copies.gone.iter().map(|old| {
        let permit = old.found.permit_copy(old.written);
        let action = match permit.filter(|_| old.is_own()) {
            Some(permit) if old.is_withheld => Action::Remove(permit, Why::Withheld),
            Some(permit) => Action::Remove(permit, Why::Gone),
            None => Action::Keep(match &old.found.state {
                PageState::Doubtful(why) => Why::Doubtful(why.clone()),
                _ => Why::Changed,
            }),
        };
        old_plan(old, action)
    });
    let forgotten = copies.forgotten.iter().map(|old| {
        let action = match old.found.permit_copy(None) {
            Some(permit) => Action::Remove(permit, Why::Forgotten),
            None => Action::Keep(Why::Forgotten),
        };
        old_plan(old, action)
    });
    let unread = copies.unread.iter();
    let unread = unread.map(|old| old_plan(old, Action::Keep(Why::Unread)));
    let all = wanted.chain(gone).chain(forgotten).chain(unread);
    all.collect()
}

fn copy_plan(copy: Copy) -> FilePlan {
    let action = if copy.found.print() == Some(copy.print) {
        Action::Fresh
    } else {
        match copy.found.permit_copy(copy.written) {
            Some(permit) if copy.found.state == PageState::Absent => {
                Action::Write(permit, Why::New)
            }
            Some(permit) => Action::Write(permit, Why::Original),
            None => Action::Keep(kept_reason(&copy.found, None)),
        }
    };
    FilePlan {
        path: copy.path,
        action,
        content: Content::Original(copy.source),
        prints: Prints {
            before: copy.written.filter(|_| copy.found.print() == copy.written),
            after: Some(copy.print),
        },
        size: Some(copy.size),
    }
}

fn old_plan(old: &Old, action: Action) -> FilePlan {
    FilePlan {
        path: old.path.clone(),
        action,
        content: Content::Nothing,
        prints: Prints {
            before: old.written.filter(|_| old.is_own()),
            after: None,
        },
        size: Some(old.found.size),
    }
}
