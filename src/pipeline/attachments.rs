//! Which attachments a search finds by their text, and the finding about those that are too long for
//! it.
//!
//! Not here: what is searched of them (`entries`).

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::model::document;
use crate::model::viewer::ATTACHMENTS;
use crate::rule::Rule;

use super::site::Site;

/// Longer files are found by their names only, in bytes.
pub const LONGEST_TEXT: u64 = 256 * 1024;
/// Bytes of a longer file that say whether it is text.
const HEAD: u64 = 4096;

/// Attachments that are text, and too long for their text to be searched.
pub fn too_long(site: &Site, files: &BTreeMap<String, u64>) -> Vec<Diagnostic> {
    let long = files.iter().filter(|(path, size)| {
        path.starts_with(ATTACHMENTS)
            && **size > LONGEST_TEXT
            && disk::read_head(&site.root.join(path), HEAD).is_ok_and(|head| is_text(&head))
    });
    let findings = long.map(|(path, size)| {
        let message = format!(
            "is {} KiB long: a search finds its name only, beyond {} KiB",
            size.div_ceil(1024),
            LONGEST_TEXT / 1024
        );
        Diagnostic::new(Rule::UnsearchedText, path.as_str(), message)
            .help("split it if its text is to be found")
    });
    findings.collect()
}

/// The text of an attachment; none if it is not text.
pub fn text_of(path: &str, bytes: &[u8]) -> Option<String> {
    is_text(bytes)
        .then(|| document::decode(path, bytes).ok())
        .flatten()
}

/// Whether bytes are text, of which the last letter may be cut.
pub(super) fn is_text(head: &[u8]) -> bool {
    let is_cut = |error: std::str::Utf8Error| error.error_len().is_none();
    !head.contains(&0) && std::str::from_utf8(head).map_or_else(is_cut, |_| true)
}
