//! Changes to a document's front matter that leave every other byte as it is.
//!
//! Not here: writing the file.

use std::ops::Range;

use super::block::{Block, split};
use super::entries;
use super::keys::{self, Key};

/// A file's text with `draft: true` in its front matter: replaces the value of an existing `draft`
/// line, or adds a line at the top of the block, or adds a block.
pub fn with_draft(text: &str) -> String {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let (mark, document) = text.split_at(mark);
    let (place, new) = draft_edit(document);
    let mut changed = mark.to_owned();
    changed.push_str(&document[..place.start]);
    changed.push_str(&new);
    changed.push_str(&document[place.end..]);
    changed
}

/// The bytes to replace, and their replacement.
fn draft_edit(text: &str) -> (Range<usize>, String) {
    let end = match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    };
    match split(text).block {
        Some(block) => in_block(text, &block, end),
        None => (0..0, format!("---{end}draft: true{end}---{end}")),
    }
}

fn in_block(text: &str, block: &Block, end: &str) -> (Range<usize>, String) {
    let entries = entries::read(text, block).keyed;
    let is_draft = |key: &str| keys::known(key) == Some(Key::Draft);
    if let Some(entry) = entries.iter().rfind(|entry| is_draft(&entry.key)) {
        let value = &text[entry.value.clone()];
        let start = entry.value.start + value.len() - value.trim_start().len();
        let space = if start == entry.value.start { " " } else { "" };
        // A comment behind the value stays.
        let length = value
            .trim_start()
            .find(" #")
            .unwrap_or(value.trim_start().len());
        let is_comment = value.trim_start().starts_with('#');
        return if is_comment {
            (entry.value.start..entry.value.start, " true".to_owned())
        } else {
            (start..start + length, format!("{space}true"))
        };
    }
    let indent = entries
        .first()
        .map_or("", |entry| &text[entry.whole.start..entry.key_at]);
    let line = block.syntax.line("draft", "true");
    let at = block.inner.start;
    (at..at, format!("{indent}{line}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::front_matter;

    #[test]
    fn a_document_becomes_a_draft_and_no_other_byte_changes() {
        for (before, after) in [
            ("# T\n", "---\ndraft: true\n---\n# T\n"),
            ("", "---\ndraft: true\n---\n"),
            ("# T\r\n", "---\r\ndraft: true\r\n---\r\n# T\r\n"),
            ("\u{feff}# T\n", "\u{feff}---\ndraft: true\n---\n# T\n"),
            ("---\n\n# T\n", "---\ndraft: true\n---\n---\n\n# T\n"),
            (
                "---\ntitle: x\n---\n# T\n",
                "---\ndraft: true\ntitle: x\n---\n# T\n",
            ),
            (
                "---\n  title: x\n---\n",
                "---\n  draft: true\n  title: x\n---\n",
            ),
            (
                "---\r\ntitle: x\r\n---\r\n",
                "---\r\ndraft: true\r\ntitle: x\r\n---\r\n",
            ),
            (
                "---\ndraft: false\ntitle: x\n---\n",
                "---\ndraft: true\ntitle: x\n---\n",
            ),
            (
                "---\ndraft:  \"no\" # yet\n---\n",
                "---\ndraft:  true # yet\n---\n",
            ),
            ("---\ndraft:\n---\n", "---\ndraft: true\n---\n"),
            ("---\ndraft: # yet\n---\n", "---\ndraft: true # yet\n---\n"),
            ("---\nDraft:off\n---\n", "---\nDraft: true\n---\n"),
            (
                "+++\n[params]\nx = 1\n+++\n",
                "+++\ndraft = true\n[params]\nx = 1\n+++\n",
            ),
            ("+++\ndraft = false\n+++\n", "+++\ndraft = true\n+++\n"),
            ("---\na: b\n말\n---\n", "---\ndraft: true\na: b\n말\n---\n"),
        ] {
            let changed = with_draft(before);
            assert_eq!(changed, after);
            let text = changed.trim_start_matches('\u{feff}');
            let (front, _) = front_matter::read(text, &split(text));
            assert!(front.draft, "{before}");
        }
    }
}
