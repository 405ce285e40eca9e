//! What happens to the files of a document of which the text changed and nothing else.
//!
//! Not here: whether that is so, and the bytes of its page (`pipeline::revision`).

use crate::output::page_state::{Consent, Found};

use super::reason::written_reason;
use crate::pipeline::action::{Action, Content, FilePlan, Prints};
use crate::pipeline::copies::{Copies, Copy};

/// The plan for its page, with these bytes; none if it is not docsite's.
pub(crate) fn page(path: String, found: &Found, bytes: Vec<u8>) -> Option<FilePlan> {
    let permit = found.permit(Consent::Usual)?;
    Some(FilePlan {
        path,
        action: Action::Write(permit, written_reason(&found.state)),
        size: Some(bytes.len() as u64),
        content: Content::Bytes(bytes),
        prints: Prints::default(),
    })
}

/// The plan for its copy, with these bytes.
pub(crate) fn copy(copy: Copy, bytes: Vec<u8>) -> Option<FilePlan> {
    let copies = Copies {
        wanted: vec![copy],
        ..Copies::default()
    };
    let plan = super::copies::copies(copies).pop()?;
    Some(FilePlan {
        content: Content::Bytes(bytes),
        ..plan
    })
}
