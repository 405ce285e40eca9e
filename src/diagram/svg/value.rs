//! Style values, read as CSS tokens into their parts, and cleaned.
//!
//! Functions are an allowlist, and `url()` may only refer to the picture itself; the tokenizer
//! resolves escapes, so that no spelling bypasses the list. Not here: which property accepts which
//! value (`property.rs`), and `var()` (`variables.rs`).

use cssparser::{Parser, ToCss, Token};

use super::links::is_id;
use super::notes::shortened;
use super::parts::{COLOURS, Kind, Part, length, quoted};

/// Why a value is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It refers to something outside, or calls an unknown function: worth a note.
    Reaches(String),
    /// It is not a valid value; a browser would skip it too.
    Invalid,
}

/// In bytes.
pub(super) const LONGEST: usize = 1024;

/// The other allowed functions; none of them loads or runs anything.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "abs", "blur", "brightness", "calc", "circle", "clamp", "contrast", "drop-shadow", "ellipse",
    "grayscale", "hue-rotate", "inset", "invert", "matrix", "max", "min", "opacity", "path",
    "polygon", "rect", "rotate", "rotatex", "rotatey", "rotatez", "round", "saturate", "scale",
    "scalex", "scaley", "sepia", "skew", "skewx", "skewy", "translate", "translatex", "translatey",
    "var", "xywh",
];

/// Runs `read` on the block just opened; returns `otherwise` if it nests too deep.
pub(super) fn inside<'i, T>(
    input: &mut Parser<'i>,
    otherwise: T,
    read: impl FnOnce(&mut Parser<'i>) -> T,
) -> T {
    let mut found = otherwise;
    // The parser skips what `read` does not consume, so its error is not new.
    let _: Result<(), cssparser::ParseError<()>> = input.parse_nested_block(|block| {
        found = read(block);
        Ok(())
    });
    found
}

/// A standalone value, as in a presentation attribute.
pub(super) fn clean(text: &str) -> Result<Vec<Part>, Refused> {
    let (parts, _) = read(&mut Parser::new(text), false)?;
    finished(parts)
}

/// The value of a declaration, up to the end that the parser is limited to, and whether it is
/// important.
pub(super) fn clean_declared(input: &mut Parser) -> Result<(Vec<Part>, bool), Refused> {
    let (parts, important) = read(input, true)?;
    let value = finished(parts)?;
    let is_path = value.first().and_then(Part::called);
    if length(&value) > LONGEST && is_path.is_none_or(|(name, _)| name != "path") {
        return Err(Refused::Invalid);
    }
    Ok((value, important))
}

fn finished(parts: Vec<Part>) -> Result<Vec<Part>, Refused> {
    let value = trimmed(parts);
    if value.is_empty() {
        return Err(Refused::Invalid);
    }
    Ok(value)
}

/// The parts without blanks at the ends.
pub(super) fn trimmed(mut parts: Vec<Part>) -> Vec<Part> {
    if parts.first().is_some_and(|part| part.is(" ")) {
        parts.remove(0);
    }
    match parts.pop() {
        Some(last) if last.is(" ") => {}
        Some(last) if last.is_comma() => parts.push(Part::new(Kind::Between, ",")),
        last => parts.extend(last),
    }
    parts
}

/// Reads all tokens, with one blank after commas and where the source has some; and whether
/// `!important` ended them.
fn read(input: &mut Parser, declared: bool) -> Result<(Vec<Part>, bool), Refused> {
    let mut parts: Vec<Part> = Vec::new();
    loop {
        let before = input.state();
        let Ok(token) = input.next_including_whitespace_and_comments().cloned() else {
            return Ok((parts, false));
        };
        let ends_blank = |part: &Part| part.is(" ") || part.is_comma();
        match &token {
            Token::Delim('!') if declared => {
                input.reset(&before);
                return Ok((parts, important(input)?));
            }
            Token::WhiteSpace(_) | Token::Comment(_) => {
                if !parts.last().is_none_or(ends_blank) {
                    parts.push(Part::new(Kind::Between, " "));
                }
            }
            Token::Comma => {
                parts.pop_if(|last| last.is(" "));
                parts.push(Part::comma());
            }
            _ => {
                let source = |input: &Parser<'_>| input.slice_from(before.position()).to_owned();
                parts.push(part(input, &token, source)?);
            }
        }
    }
}

fn part(
    input: &mut Parser,
    token: &Token,
    source: impl Fn(&Parser) -> String,
) -> Result<Part, Refused> {
    Ok(match token {
        Token::Hash(hex) | Token::IDHash(hex) => {
            let is_colour = matches!(hex.len(), 3 | 4 | 6 | 8);
            let is_colour = is_colour && hex.bytes().all(|b| b.is_ascii_hexdigit());
            Part::new(
                if is_colour { Kind::Colour } else { Kind::Other },
                token.to_css_string(),
            )
        }
        Token::Ident(name) if is_named(name) => Part::new(Kind::Colour, token.to_css_string()),
        Token::Delim('/') => Part::new(Kind::Between, "/"),
        Token::Ident(_) | Token::Delim('+' | '-' | '*' | '.') => Part::word(&token.to_css_string()),
        Token::QuotedString(text) => Part::word(&quoted(text)),
        Token::Number { .. } | Token::Percentage { .. } | Token::Dimension { .. } => {
            // The source's digits, as the tokenizer keeps numbers in single precision only.
            let source = source(input);
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"+-.%".contains(&b);
            let is_plain = source.bytes().all(plain);
            Part::new(
                Kind::Number,
                if is_plain {
                    source
                } else {
                    token.to_css_string()
                },
            )
        }
        Token::UnquotedUrl(target) => referred(target)?,
        Token::BadUrl(target) => return Err(reaches(target)),
        Token::Function(name) if name.eq_ignore_ascii_case("url") => {
            let target = inside(input, None, |block| {
                let target = block.expect_string().ok()?.to_string();
                block.expect_exhausted().ok()?;
                Some(target)
            });
            referred(&target.unwrap_or_default())?
        }
        Token::Function(name) => {
            let known = name.to_ascii_lowercase();
            if !FUNCTIONS.contains(&known.as_str()) && !COLOURS.contains(&known.as_str()) {
                let name = shortened(name, 30);
                return Err(Refused::Reaches(format!("`{name}()` in a style")));
            }
            Part::call(name, block(input)?)
        }
        Token::ParenthesisBlock => Part::call("", block(input)?),
        _ => return Err(Refused::Invalid),
    })
}

/// The content of the block just opened.
fn block(input: &mut Parser) -> Result<Vec<Part>, Refused> {
    let (parts, _) = inside(input, Err(Refused::Invalid), |block| read(block, false))?;
    Ok(trimmed(parts))
}

fn referred(target: &str) -> Result<Part, Refused> {
    match target.trim_matches(|c| c <= ' ').strip_prefix('#') {
        Some(id) if is_id(id) => Ok(Part::new(Kind::Reference, id)),
        _ => Err(reaches(target)),
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

fn is_named(name: &str) -> bool {
    cssparser::color::parse_named_color(name).is_ok()
        || SYSTEM.contains(&name.to_ascii_lowercase().as_str())
}

/// Reads `!important`, which must be last.
fn important(input: &mut Parser) -> Result<bool, Refused> {
    cssparser::parse_important(input).map_err(|_| Refused::Invalid)?;
    input.expect_exhausted().map_err(|_| Refused::Invalid)?;
    Ok(true)
}

fn reaches(target: &str) -> Refused {
    Refused::Reaches(format!("`url({})` in a style", shortened(target, 40)))
}
