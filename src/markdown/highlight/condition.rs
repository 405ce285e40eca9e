//! What a query asks of a node's text: to be one of some words, to have a shape, to be called.
//!
//! The shapes are regular expressions of one kind, which is what highlight queries use: from the
//! beginning, characters and classes of ASCII, each repeated or not. Not here: which node is asked.

use std::borrow::Cow;
use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition<'q> {
    OneOf(Vec<Cow<'q, str>>),
    Shape {
        pieces: Vec<Piece>,
        /// Whether the text ends after the last piece.
        is_whole: bool,
    },
    /// A name that is called, or the sign of a macro that is: `f(`, `f!(`, `f![`, `f!{`.
    Called,
    Never,
}

/// Characters at one place of a shape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// A bit for each character of ASCII.
    set: u128,
    least: usize,
    is_repeated: bool,
}

impl Piece {
    fn has(&self, byte: u8) -> bool {
        byte < 128 && self.set >> byte & 1 == 1
    }

    fn add(&mut self, first: u8, last: u8) {
        for byte in first..=last.min(127) {
            self.set |= 1 << byte;
        }
    }
}

impl Condition<'_> {
    /// Of a regular expression; `None` if it is of another kind.
    pub(super) fn of_pattern(pattern: &str) -> Option<Self> {
        let rest = pattern.strip_prefix('^')?;
        if let Some(words) = alternatives(rest) {
            let words = words.split('|').map(|word| Cow::Owned(word.to_owned()));
            return Some(Self::OneOf(words.collect()));
        }
        let mut pieces = Vec::new();
        let mut rest = rest.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            if *first == b'$' && !after.is_empty() {
                // The end of a text, and something after it.
                return Some(Self::Never);
            }
            if *first == b'$' {
                return Some(Self::Shape {
                    pieces,
                    is_whole: true,
                });
            }
            pieces.push(piece(&mut rest)?);
        }
        Some(Self::Shape {
            pieces,
            is_whole: false,
        })
    }

    /// Whether it is true of this part of some code.
    pub(super) fn holds(&self, code: &str, range: Range<usize>) -> bool {
        let (start, end) = (range.start, range.end);
        let Some(text) = code.get(range) else {
            return false;
        };
        match self {
            Self::OneOf(words) => words.iter().any(|word| word == text),
            Self::Shape { pieces, is_whole } => fits(pieces, text.as_bytes(), *is_whole),
            Self::Called if text == "!" => {
                let is_name = |byte: &u8| *byte == b'_' || byte.is_ascii_alphanumeric();
                code.as_bytes()[..start].last().is_some_and(is_name)
                    && code[end..].starts_with(['(', '[', '{'])
            }
            Self::Called => matches!(
                code.as_bytes()[end..],
                [b'(', ..] | [b'!', b'(' | b'[' | b'{', ..]
            ),
            Self::Never => false,
        }
    }
}

/// The inside of `(a|b)$`, if that is all and nothing in it has a meaning of its own.
fn alternatives(pattern: &str) -> Option<&str> {
    let words = pattern.strip_prefix('(')?.strip_suffix(")$")?;
    let is_plain = |c: char| c == '|' || c == '_' || c.is_ascii_alphanumeric();
    words.chars().all(is_plain).then_some(words)
}

/// Takes a character or a class with what repeats it.
fn piece(rest: &mut &[u8]) -> Option<Piece> {
    let mut piece = Piece::default();
    match take(rest)? {
        b'[' => class(rest, &mut piece)?,
        b'\\' => escaped(take(rest)?, &mut piece)?,
        b'.' | b'(' | b')' | b'|' | b'*' | b'+' | b'?' | b'{' | b'}' | b']' | b'^' => return None,
        byte if byte.is_ascii() => piece.add(byte, byte),
        _ => return None,
    }
    let (least, is_repeated) = match rest.first() {
        Some(b'*') => (0, true),
        Some(b'+') => (1, true),
        Some(b'?') => (0, false),
        Some(b'{') => return None,
        _ => (1, false),
    };
    if is_repeated || least == 0 {
        take(rest);
    }
    Some(Piece {
        least,
        is_repeated,
        ..piece
    })
}

/// The characters up to `]`.
fn class(rest: &mut &[u8], piece: &mut Piece) -> Option<()> {
    loop {
        match (take(rest)?, *rest) {
            (b']', _) => return Some(()),
            (b'[' | b'^' | b'&' | b'-' | b'~', _) => return None,
            (b'\\', _) => escaped(take(rest)?, piece)?,
            (first, [b'-', last, after @ ..]) if last.is_ascii_alphanumeric() => {
                piece.add(first, *last);
                *rest = after;
            }
            (byte, _) if byte.is_ascii() => piece.add(byte, byte),
            _ => return None,
        }
    }
}

/// What a backslash before a character means.
fn escaped(byte: u8, piece: &mut Piece) -> Option<()> {
    match byte {
        b'd' => piece.add(b'0', b'9'),
        b'w' => {
            piece.add(b'0', b'9');
            piece.add(b'A', b'Z');
            piece.add(b'a', b'z');
            piece.add(b'_', b'_');
        }
        _ if byte.is_ascii_punctuation() => piece.add(byte, byte),
        _ => return None,
    }
    Some(())
}

fn take(rest: &mut &[u8]) -> Option<u8> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    Some(*first)
}

fn fits(pieces: &[Piece], text: &[u8], is_whole: bool) -> bool {
    let Some((piece, later)) = pieces.split_first() else {
        return text.is_empty() || !is_whole;
    };
    let longest = if piece.is_repeated { text.len() } else { 1 };
    let fitting = text.iter().take(longest).take_while(|b| piece.has(**b));
    let most = fitting.count();
    (piece.least..=most)
        .rev()
        .any(|length| fits(later, &text[length..], is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, yes: &[&str], no: &[&str]) {
        let condition = Condition::of_pattern(pattern).expect(pattern);
        for text in yes {
            assert!(condition.holds(text, 0..text.len()), "{pattern} {text}");
        }
        for text in no {
            assert!(!condition.holds(text, 0..text.len()), "{pattern} {text}");
        }
    }

    #[test]
    fn a_shape_is_read_as_a_regular_expression_is() {
        check("^[A-Z]", &["A", "Ab", "Z가"], &["", "a", "_A", "가"]);
        check("^[A-Z][A-Z_]*$", &["A", "A_B"], &["A1", "Ab", ""]);
        check(r"^_*[A-Z][A-Z\d_]+$", &["_A1", "__AB", "A_"], &["A", "_a"]);
        check("^--", &["--a", "--"], &["-", "-a"]);
        check(r"^a\.b?$", &["a.b", "a."], &["a.c", "axb"]);
        check("^A*AB$", &["AB", "AAAB"], &["A", "B"]);
        check("^(a|bc)$", &["a", "bc"], &["", "b", "abc"]);
    }

    #[test]
    fn what_follows_the_end_of_a_text_is_never_there() {
        assert_eq!(Condition::of_pattern("^A$'"), Some(Condition::Never));
        check("^A$'", &[], &["A", "A'", "A$'"]);
    }

    #[test]
    fn an_expression_of_another_kind_is_not_read() {
        for pattern in [
            "a", "^.", "^a|b", "^(a)b", "^a{2}", "^[^a]", r"^\s", "^[a", r"^\", "^가", "^(?i)a",
        ] {
            assert_eq!(Condition::of_pattern(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_call_has_its_bracket_directly_after_the_name() {
        for code in ["f(x)", "f!(x)", "f![x]", "f!{x}"] {
            assert!(Condition::Called.holds(code, 0..1), "{code}");
        }
        for code in ["f", "f (x)", "f[x]", "f!=(x)", "f!"] {
            assert!(!Condition::Called.holds(code, 0..1), "{code}");
        }
        assert!(Condition::Called.holds("f![x]", 1..2));
        for code in ["(!(x))", "f! (x)", "f!=x"] {
            assert!(!Condition::Called.holds(code, 1..2), "{code}");
        }
    }
}
