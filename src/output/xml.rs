//! Text made safe in XML, which allows fewer characters than a document has.
//!
//! Not here: HTML (`markdown::escape`), and the mark of an XML file (`mark`).

use crate::markdown::escape;

/// Escaped for text and for attributes in quotes, without the characters that XML does not allow.
pub fn escaped(text: &str) -> String {
    escape::attribute(&text.chars().filter(is_allowed).collect::<String>())
}

/// Whether a character may be in XML; of control characters none is taken, though it allows some.
pub fn is_allowed(c: &char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}
