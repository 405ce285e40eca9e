//! Character references, resolved as a browser resolves them.
//!
//! Not here: where a reference may be.

use std::borrow::Cow;

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name of a reference, in bytes.
const LONGEST_NAME: usize = 32;

/// A text, or the value of an attribute. `&copy=2` stays as it is there, and `&copy;` does not.
pub fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains(['&', '\0']) {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let read = push_reference(&mut out, rest);
        if read == 0 {
            out.push('&');
        }
        rest = &rest[read.max(1)..];
    }
    out.push_str(rest);
    Cow::Owned(out.replace('\0', ""))
}

/// Writes what the reference at the start of a text means; its length, or 0 where it is none.
fn push_reference(out: &mut String, text: &str) -> usize {
    match text[1..].strip_prefix('#') {
        Some(number) => push_number(out, number).map_or(0, |length| length + 2),
        None => push_named(out, &text[1..]).map_or(0, |length| length + 1),
    }
}

fn push_number(out: &mut String, text: &str) -> Option<usize> {
    let (digits, radix, before) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let end = digits.find(|c: char| !c.is_digit(radix));
    let length = end.unwrap_or(digits.len());
    if length == 0 {
        return None;
    }
    let code = digits[..length].chars().fold(0_u32, |code, digit| {
        let digit = digit.to_digit(radix).unwrap_or_default();
        code.saturating_mul(radix).saturating_add(digit)
    });
    out.push(character(code));
    let semicolon = usize::from(digits[length..].starts_with(';'));
    Some(before + length + semicolon)
}

/// What a number means: of some that Windows once used, the character that was meant.
fn character(code: u32) -> char {
    const LOST: char = char::REPLACEMENT_CHARACTER;
    let replaced = code
        .checked_sub(0x80)
        .and_then(|at| C1_REPLACEMENTS.get(usize::try_from(at).ok()?).copied())
        .flatten();
    match (code, replaced) {
        (0, _) => LOST,
        (_, Some(replaced)) => replaced,
        _ => char::from_u32(code).unwrap_or(LOST),
    }
}

/// The longest name that the text begins with.
fn push_named(out: &mut String, text: &str) -> Option<usize> {
    let mut found = None;
    for (at, c) in text.char_indices().take(LONGEST_NAME) {
        let end = at + c.len_utf8();
        let Some(meaning) = NAMED_ENTITIES.get(&text[..end]) else {
            break;
        };
        // Beginnings of names are in the table too, with no meaning.
        if meaning.0 != 0 {
            found = Some((end, *meaning));
        }
    }
    let (end, (first, second)) = found?;
    let next = text[end..].chars().next();
    let goes_on = next.is_some_and(|c| c == '=' || c.is_ascii_alphanumeric());
    if goes_on && !text[..end].ends_with(';') {
        return None;
    }
    out.extend(char::from_u32(first));
    out.extend(char::from_u32(second).filter(|c| *c != '\0'));
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_mean_what_they_mean_to_a_browser() {
        for (written, meant) in [
            ("&ouml;&#246;&#xF6;&#Xf6", "öööö"),
            ("a&#39;&quot;&amp;lt;", "a'\"&lt;"),
            ("a?b=1&copy=2&x&copyright&copy", "a?b=1&copy=2&x&copyright©"),
            ("javascript&colon;x", "javascript:x"),
            ("java&Tab;script&#58x", "java\tscript:x"),
            ("&notin;&notit;&not;", "∉&notit;¬"),
            (
                "&#0;&#128;&#xd800;&#x110000;&#99999999999;",
                "\u{fffd}€\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("&;&#;&#x;& &", "&;&#;&#x;& &"),
            ("&NotEqualTilde;", "≂̸"),
            ("a\0b", "ab"),
            ("가&lt;나", "가<나"),
        ] {
            assert_eq!(decoded(written), meant, "{written}");
        }
    }
}
