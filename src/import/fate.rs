//! What becomes of a note whose document the site may have: written anew, replaced, or left.
//!
//! Not here: its name (`names`), and writing it (`changes`).

use crate::fingerprint::Fingerprint;

use super::ledger::Written;

/// What an import does with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The site has none of its name.
    New,
    /// The site has it, and the note did not change since.
    There,
    /// The note changed, and the document is as the last import wrote it.
    Replaced,
    /// The site's document stays, for this reason.
    Kept(&'static str),
}

/// The fate of a note that would be `new` where the site has `there`; `None` if that is another
/// document. `written`: what an import wrote for the note.
pub(super) fn of(new: &[u8], there: &[u8], written: Option<&Written>) -> Option<Fate> {
    if new == there {
        return Some(Fate::There);
    }
    let Some(written) = written else {
        return is_like(new, there).then_some(Fate::Kept(
            "a document that is nearly the same: it stays, since it may be this note as it was",
        ));
    };
    Some(if Fingerprint::of(new) == written.bytes {
        Fate::There
    } else if Fingerprint::of(there) == written.bytes {
        Fate::Replaced
    } else {
        Fate::Kept("a note that changed, and so did its document in the site, which stays")
    })
}

/// Whether two texts share more than half of their lines.
fn is_like(one: &[u8], other: &[u8]) -> bool {
    let lines = |bytes: &[u8]| -> Vec<Fingerprint> {
        let lines = bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
        let shown =
            lines.filter(|line| line.iter().any(u8::is_ascii_alphanumeric) || !line.is_ascii());
        let mut lines: Vec<_> = shown.map(Fingerprint::of).collect();
        lines.sort_unstable();
        lines
    };
    let (one, other) = (lines(one), lines(other));
    let shared = one.iter().filter(|line| other.binary_search(line).is_ok());
    shared.count() * 2 > one.len().max(other.len())
}
