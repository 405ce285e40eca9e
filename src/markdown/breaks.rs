//! Where a line may end inside a long word of a title or of a table's cell, so that a column of
//! identifiers is no wider than their parts and nothing breaks anywhere else: after `_`, `.`, `/` and
//! signs like them, and between camel-case words.
//!
//! Not here: which texts are in a cell (`clean`), and escaping of those, which the caller passes.

use super::escape::push_text;

/// A word this wide is not divided. Hangul counts twice.
pub(super) const NARROW: usize = 16;
/// What is wider and has no place to break is marked: on a small screen a first column, which stays in
/// sight while the rest scrolls, breaks it where it would take more than its share.
const WIDEST: usize = 20;

/// How wide a text is, in letters.
pub(super) fn width(text: &str) -> usize {
    text.chars()
        .map(|c| 1 + usize::from(c >= '\u{1100}'))
        .sum::<usize>()
}

/// Appends the text of a cell with its places to break; `push` writes each part. A character
/// reference stays whole.
pub(super) fn push(out: &mut String, text: &str, push: impl Fn(&mut String, &str)) {
    for word in text.split_inclusive(char::is_whitespace) {
        for (at, part) in pieces(word).into_iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "<wbr>" });
            let (seen, blank) = part.split_at(part.trim_end().len());
            if let Some(class) = class(seen) {
                out.push_str(&format!("<span class=\"{class}\">"));
                push(out, seen);
                out.push_str("</span>");
                push(out, blank);
            } else {
                push(out, part);
            }
        }
    }
}

/// What the style has to know of a part.
fn class(part: &str) -> Option<&'static str> {
    if width(part) > WIDEST {
        Some("long")
    } else if part.starts_with('-') && part.contains(char::is_alphanumeric) {
        // A browser breaks `--flag` after its first signs.
        Some("nb")
    } else {
        None
    }
}

/// A title with its places to break, escaped.
pub fn broken(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for word in title.split_inclusive(char::is_whitespace) {
        for (at, part) in pieces(word).into_iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "<wbr>" });
            push_text(&mut out, part);
        }
    }
    out
}

/// A short word as it is, a long one in its parts.
fn pieces(word: &str) -> Vec<&str> {
    if width(word) <= NARROW {
        vec![word]
    } else {
        parts(word)
    }
}

/// What is between the places where a word may break: behind signs, and before a capital in it.
pub fn parts(word: &str) -> Vec<&str> {
    let is_sign = |c| matches!(c, '_' | '.' | '/' | ',' | ':' | '=' | '-');
    let mut parts = Vec::new();
    let (mut start, mut reference_end, mut before) = (0, 0, ' ');
    for (at, c) in word.char_indices() {
        if c == '&' {
            reference_end = at + reference_length(&word[at..]);
        }
        let is_hump = before.is_lowercase() && c.is_uppercase();
        let is_behind = is_sign(before) && !is_sign(c) && !c.is_whitespace();
        // Signs at a beginning stay with what follows: `--flag`, `/etc`.
        let has_word = || word[start..at].contains(char::is_alphanumeric);
        if at >= reference_end && (is_hump || is_behind) && has_word() {
            parts.push(&word[start..at]);
            start = at;
        }
        before = c;
    }
    parts.push(&word[start..]);
    parts
}

/// The length of what may be a character reference, from its `&`.
fn reference_length(text: &str) -> usize {
    let name = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    let end = name.map_or(1, |length| 1 + length);
    if text[end..].starts_with(';') {
        end + 1
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_break_between_their_parts_and_nowhere_else() {
        for (text, broken) in [
            ("JavaScript 1.2.3", "JavaScript 1.2.3"),
            ("RequestAuthentication x", "Request|Authentication x"),
            ("foo_bar_baz_qux_quux", "foo_|bar_|baz_|qux_|quux"),
            ("--concurrency-of_workers", "(--concurrency-)|of_|workers"),
            ("/etc/istio/proxy/x", "/etc/|istio/|proxy/|x"),
            (
                "https://istio.io/latest/docs.",
                "https://|istio.|io/|latest/|docs.",
            ),
            ("--set=values.global.hub", "(--set=)|values.|global.|hub"),
            ("-n --flag x - 1", "(-n) (--flag) x - 1"),
            ("aaaaaaaaa&nbsp;&xA;", "aaaaaaaaa&nbsp;&xA;"),
            ("aaaaaaaaaa&fooBar", "aaaaaaaaaa&foo|Bar"),
            ("0123456789abcdef01234", "[0123456789abcdef01234]"),
            ("0123456789abcdef0123 ", "0123456789abcdef0123 "),
            ("가나다라마바사아자_차카", "가나다라마바사아자_|차카"),
        ] {
            let mut out = String::new();
            push(&mut out, text, String::push_str);
            let shown = out
                .replace("<wbr>", "|")
                .replace("<span class=\"long\">", "[")
                .replace("<span class=\"nb\">", "(");
            let end = if broken.contains('(') { ")" } else { "]" };
            let shown = shown.replace("</span>", end);
            assert_eq!(shown, broken);
        }
    }
}
