//! A canonical value in its parts, and what is done with each: colours, references, calls.
//!
//! Not here: what a colour looks like; two colours differ when their texts do.

use cssparser::{Parser, Token};

use super::value::{self, COLOURS};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By name, number or function.
    Colour,
    /// A call of `var()`, which may have any value.
    Var,
    /// `url(#id)`.
    Reference,
    /// A call of another function, or a parenthesis.
    Call,
    /// With or without a unit.
    Number,
    /// A blank, a comma or a slash.
    Between,
    Other,
}

/// A part of a value, with its original text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
}

impl Part<'_> {
    /// The name and the inside of a function's call.
    pub(super) fn call(&self) -> Option<(&str, &str)> {
        let (name, rest) = self.text.split_once('(')?;
        let inside = rest.strip_suffix(')')?;
        (!matches!(self.kind, Kind::Reference | Kind::Other)).then_some((name, inside))
    }

    /// The id that a reference refers to.
    fn id(&self) -> Option<String> {
        let target = value::parser(self.text).expect_url().ok()?;
        Some(target.strip_prefix('#')?.to_owned())
    }
}

/// System colours, which follow the visitor's system.
#[rustfmt::skip]
const SYSTEM: &[&str] = &[
    "accentcolor", "accentcolortext", "activetext", "buttonborder", "buttonface", "buttontext",
    "canvas", "canvastext", "currentcolor", "field", "fieldtext", "graytext", "highlight",
    "highlighttext", "linktext", "mark", "marktext", "selecteditem", "selecteditemtext",
    "transparent", "visitedtext",
];

/// The parts of a value at its top level, in order; joined, they give the value again.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut input = value::parser(text);
    let mut parts = Vec::new();
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace().cloned() else {
            return parts;
        };
        let kind = kind(&mut input, &token);
        let text = input.slice_from(start);
        parts.push(Part { kind, text });
    }
}

fn kind(input: &mut Parser, token: &Token) -> Kind {
    match token {
        Token::Hash(hex) | Token::IDHash(hex)
            if matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit()) =>
        {
            Kind::Colour
        }
        Token::Ident(name) if is_named(name) => Kind::Colour,
        Token::UnquotedUrl(_) => Kind::Reference,
        Token::Function(_) | Token::ParenthesisBlock => {
            value::inside(input, (), |block| while block.next().is_ok() {});
            let name = match token {
                Token::Function(name) => name.to_ascii_lowercase(),
                _ => String::new(),
            };
            match name.as_str() {
                "url" => Kind::Reference,
                "var" => Kind::Var,
                name if COLOURS.contains(&name) => Kind::Colour,
                _ => Kind::Call,
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

/// The value with each part replaced by what `map` returns, if it returns something; what is inside
/// of the others is replaced in turn.
pub(crate) fn rewritten(text: &str, map: &mut dyn FnMut(&Part) -> Option<String>) -> String {
    let mut out = String::new();
    for part in parts(text) {
        match (map(&part), part.call()) {
            (Some(new), _) => out.push_str(&new),
            (None, Some((name, inside))) => {
                out.push_str(&format!("{name}({})", rewritten(inside, map)));
            }
            (None, None) => out.push_str(part.text),
        }
    }
    out
}

/// The value with each reference replaced by what `map` returns for its id.
pub(crate) fn referring(text: &str, map: &mut dyn FnMut(&str) -> String) -> String {
    rewritten(text, &mut |part| {
        (part.kind == Kind::Reference).then(|| map(&part.id().unwrap_or_default()))
    })
}

/// The value with its colours mapped.
pub(super) fn mapped(text: &str, map: &mut dyn FnMut(&str) -> Option<String>) -> String {
    rewritten(text, &mut |part| match part.kind {
        Kind::Colour => map(part.text).or_else(|| Some(part.text.to_owned())),
        _ => None,
    })
}

/// Merges two values that are equal but for colours, each of which becomes `light-dark(a, b)`.
pub(super) fn paired(light: &str, dark: &str) -> Option<String> {
    let (lights, darks) = (parts(light), parts(dark));
    if lights.len() != darks.len() {
        return None;
    }
    let both = lights.iter().zip(&darks);
    both.map(|(a, b)| paired_part(a, b)).collect()
}

fn paired_part(a: &Part, b: &Part) -> Option<String> {
    if a.text == b.text {
        return Some(a.text.to_owned());
    }
    // `none` and a `var()` in one scheme are colours if there is a colour in the other.
    let clear = |part: &Part, other: &Part| part.text == "none" && other.kind == Kind::Colour;
    let coloured = |part: &Part| matches!(part.kind, Kind::Colour | Kind::Var);
    if clear(a, b) || clear(b, a) || coloured(a) && coloured(b) {
        let [light, dark] = [a, b].map(|part| match part.text {
            "none" => "transparent",
            text => text,
        });
        return Some(format!("light-dark({light}, {dark})"));
    }
    let ((name, inside), (other, against)) = (a.call()?, b.call()?);
    (name == other && a.kind == Kind::Call)
        .then(|| Some(format!("{name}({})", paired(inside, against)?)))?
}
