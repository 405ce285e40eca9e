//! Emphasis around Korean, Chinese and Japanese words, which `CommonMark`'s flanking rule leaves as text.
//!
//! Not here: the changes of other syntax.

use unicode_properties::{GeneralCategoryGroup as Group, UnicodeGeneralCategory};

use super::edit::Edit;

/// Delimiter runs between punctuation and a Korean, Chinese or Japanese letter.
pub(super) fn emphasis(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        if mark != b'*' && mark != b'~' {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at] == mark {
            at += 1;
        }
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        if before.is_whitespace() || after.is_whitespace() || before == '\\' {
            continue;
        }
        if !is_cjk(before) && !is_cjk(after) {
            continue;
        }
        match (is_punctuation(before), is_punctuation(after)) {
            (false, true) => found.push(Edit::mark(start)),
            (true, false) => found.push(Edit::mark(at)),
            _ => {}
        }
    }
    found
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(
            c.general_category_group(),
            Group::Punctuation | Group::Symbol
        )
}

fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11FF | 0x2E80..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0xA4CF
        | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFE10..=0xFE1F
        | 0xFE30..=0xFE6F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}
