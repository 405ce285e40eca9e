//! Why a file of the output is written or kept, by its state.

use crate::fingerprint::Fingerprint;
use crate::output::page_state::{Found, PageState};
use crate::pipeline::action::Why;

/// Why a file is written that would not be the same.
pub(super) fn written_reason(state: &PageState) -> Why {
    match state {
        PageState::Absent => Why::New,
        PageState::Generated(_) => Why::Document,
        PageState::HandMade(_) => Why::Discarded,
        PageState::Unknown | PageState::Doubtful(_) => Why::Adopted,
        PageState::Damaged => Why::Damaged,
    }
}

/// Why a file is kept that may not be written.
pub(super) fn kept_reason(found: &Found, source: Option<Fingerprint>) -> Why {
    match &found.state {
        PageState::HandMade(mark) => Why::HandMade {
            outdated: mark
                .zip(source)
                .is_some_and(|(mark, source)| mark.source != source),
        },
        PageState::Doubtful(why) => Why::Doubtful(why.clone()),
        _ => Why::Unknown,
    }
}
