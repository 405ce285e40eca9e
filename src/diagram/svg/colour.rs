//! Splits a canonical value into parts, and recognises colours among them.
//!
//! Not here: what a colour looks like; two colours differ when their texts do.

use cssparser::{Parser, Token};

use super::value::{self, COLOURS};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By name, number or function.
    Colour,
    /// A call of `var()`, which may have any value.
    Var,
    /// A call of another function; its arguments can be read in turn.
    Call,
    /// With or without a unit.
    Number,
    /// A blank, a comma or a slash.
    Between,
    Other,
}

/// A part of a value, with its original text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
}

/// System colours, which follow the visitor's system.
const SYSTEM: &[&str] = &[
    "accentcolor",
    "accentcolortext",
    "activetext",
    "buttonborder",
    "buttonface",
    "buttontext",
    "canvas",
    "canvastext",
    "currentcolor",
    "field",
    "fieldtext",
    "graytext",
    "highlight",
    "highlighttext",
    "linktext",
    "mark",
    "marktext",
    "selecteditem",
    "selecteditemtext",
    "transparent",
    "visitedtext",
];

/// The parts of a value at its top level, in order; joined, they give the value again.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut input = value::parser(text);
    let mut parts = Vec::new();
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace().cloned() else {
            return parts;
        };
        let kind = kind(&mut input, &token);
        parts.push(Part {
            kind,
            text: input.slice_from(start),
        });
    }
}

fn kind(input: &mut Parser, token: &Token) -> Kind {
    match token {
        Token::Hash(hex) | Token::IDHash(hex) => {
            let digits = hex.bytes().all(|b| b.is_ascii_hexdigit());
            if digits && matches!(hex.len(), 3 | 4 | 6 | 8) {
                Kind::Colour
            } else {
                Kind::Other
            }
        }
        Token::Ident(name) if is_named(name) => Kind::Colour,
        Token::Function(name) => {
            value::inside(input, (), |block| while block.next().is_ok() {});
            let name = name.to_ascii_lowercase();
            if COLOURS.contains(&name.as_str()) {
                Kind::Colour
            } else if name == "var" {
                Kind::Var
            } else {
                Kind::Call
            }
        }
        Token::Number { .. } | Token::Percentage { .. } | Token::Dimension { .. } => Kind::Number,
        Token::WhiteSpace(_) | Token::Comma | Token::Delim('/') => Kind::Between,
        _ => Kind::Other,
    }
}

fn is_named(name: &str) -> bool {
    cssparser::color::parse_named_color(name).is_ok()
        || SYSTEM.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether the whole value is one colour.
pub(super) fn is_colour(text: &str) -> bool {
    matches!(
        parts(text).as_slice(),
        [Part {
            kind: Kind::Colour,
            ..
        }]
    )
}

/// The name and the inside of a function's call.
fn call(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once('(')?;
    Some((name, rest.strip_suffix(')')?))
}

/// Merges two values that are equal but for colours, each of which becomes `light-dark(a, b)`.
pub(super) fn paired(light: &str, dark: &str) -> Option<String> {
    if light == dark {
        return Some(light.to_owned());
    }
    let (lights, darks) = (parts(light), parts(dark));
    if lights.len() != darks.len() {
        return None;
    }
    let mut both = String::new();
    for (a, b) in lights.iter().zip(&darks) {
        both.push_str(&paired_part(a, b)?);
    }
    Some(both)
}

fn paired_part(a: &Part, b: &Part) -> Option<String> {
    if a.text == b.text {
        return Some(a.text.to_owned());
    }
    // A `var()` beside a colour in the other rendering is a colour.
    let coloured = |part: &Part| matches!(part.kind, Kind::Colour | Kind::Var);
    if coloured(a) && coloured(b) {
        return Some(format!("light-dark({}, {})", a.text, b.text));
    }
    if a.kind != Kind::Call || b.kind != Kind::Call {
        return None;
    }
    let ((name, inner), (other, against)) = (call(a.text)?, call(b.text)?);
    if name != other {
        return None;
    }
    Some(format!("{name}({})", paired(inner, against)?))
}

/// The value with its colours mapped; `None` if no colour changes.
pub(super) fn mapped(text: &str, map: &mut dyn FnMut(&str) -> Option<String>) -> Option<String> {
    let mut changed = false;
    let mut out = String::new();
    for part in parts(text) {
        let new = if part.kind == Kind::Colour {
            map(part.text)
        } else {
            None
        };
        changed |= new.is_some();
        out.push_str(new.as_deref().unwrap_or(part.text));
    }
    changed.then_some(out)
}
