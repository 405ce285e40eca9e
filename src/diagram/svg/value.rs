//! Style values, read as CSS tokens: cleaned, and written in one canonical form.
//!
//! Functions are an allowlist, and `url()` may only refer to the picture itself; the tokenizer
//! resolves escapes, so that no spelling bypasses the list. Not here: which property accepts which
//! value (`property.rs`), and `var()` (`variables.rs`).

use cssparser::{Parser, ToCss, Token};

use super::links::is_id;
use super::notes::shortened;

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

/// How deep functions may nest in a value.
const NESTING: u8 = 16;

/// The functions that return a colour.
#[rustfmt::skip]
pub(super) const COLOURS: &[&str] = &[
    "color", "color-mix", "contrast-color", "hsl", "hsla", "hwb", "lab", "lch", "light-dark",
    "oklab", "oklch", "rgb", "rgba",
];

/// The other allowed functions; none of them loads or runs anything.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "abs", "blur", "brightness", "calc", "circle", "clamp", "contrast", "drop-shadow", "ellipse",
    "grayscale", "hue-rotate", "inset", "invert", "matrix", "max", "min", "opacity", "path",
    "polygon", "rect", "rotate", "rotatex", "rotatey", "rotatez", "round", "saturate", "scale",
    "scalex", "scaley", "sepia", "skew", "skewx", "skewy", "translate", "translatex", "translatey",
    "var", "xywh",
];

/// A parser that rejects nesting so deep that the stack could overflow.
pub(super) fn parser(text: &str) -> Parser<'_> {
    let mut parser = Parser::new(text);
    parser.set_nested_block_limit(NESTING);
    parser
}

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
pub(super) fn clean(text: &str) -> Result<String, Refused> {
    let mut out = String::new();
    write(&mut parser(text), false, &mut out)?;
    finished(&out)
}

/// The value of a declaration, up to the end that the parser is limited to, and whether it is
/// important.
pub(super) fn clean_declared(input: &mut Parser) -> Result<(String, bool), Refused> {
    let mut out = String::new();
    let important = write(input, true, &mut out)?;
    let value = finished(&out)?;
    if value.len() > LONGEST && !value.starts_with("path(") {
        return Err(Refused::Invalid);
    }
    Ok((value, important))
}

fn finished(out: &str) -> Result<String, Refused> {
    let value = out.trim_end();
    if value.is_empty() {
        return Err(Refused::Invalid);
    }
    Ok(value.to_owned())
}

/// A reference, `url(#id)`, in its canonical form.
pub(super) fn reference(id: &str) -> String {
    let plain = id
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
    if plain {
        return format!("url(#{id})");
    }
    format!("url({})", quoted(&format!("#{id}")))
}

/// A CSS string in single quotes, which need no escape in attributes.
fn quoted(text: &str) -> String {
    let mut double = String::new();
    // Writing to a string cannot fail.
    let _ = cssparser::serialize_string(text, &mut double);
    let inner = double
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or_default();
    format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "\\'"))
}

/// Writes all tokens, with one blank after commas and where the source has some; returns whether
/// `!important` ended them.
fn write(input: &mut Parser, declared: bool, out: &mut String) -> Result<bool, Refused> {
    loop {
        let before = input.state();
        let Ok(token) = input.next_including_whitespace_and_comments().cloned() else {
            return Ok(false);
        };
        match &token {
            Token::WhiteSpace(_) | Token::Comment(_) => blank(out),
            Token::Delim('!') if declared => {
                input.reset(&before);
                return important(input);
            }
            Token::Comma => {
                out.truncate(out.trim_end().len());
                out.push_str(", ");
            }
            Token::Ident(_)
            | Token::Hash(_)
            | Token::IDHash(_)
            | Token::Delim('+' | '-' | '*' | '/' | '.') => out.push_str(&token.to_css_string()),
            Token::QuotedString(text) => out.push_str(&quoted(text)),
            Token::Number { .. } | Token::Percentage { .. } | Token::Dimension { .. } => {
                // The source's digits, as the tokenizer keeps numbers in single precision only.
                let source = input.slice_from(before.position());
                let plain = |b: u8| b.is_ascii_alphanumeric() || b"+-.%".contains(&b);
                if source.bytes().all(plain) {
                    out.push_str(source);
                } else {
                    out.push_str(&token.to_css_string());
                }
            }
            Token::UnquotedUrl(target) => out.push_str(&referred(target)?),
            Token::BadUrl(target) => return Err(reaches(target)),
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let target = inside(input, None, |block| {
                    let target = block.expect_string().ok()?.to_string();
                    block.expect_exhausted().ok()?;
                    Some(target)
                });
                out.push_str(&referred(&target.unwrap_or_default())?);
            }
            Token::Function(name) => {
                let known = name.to_ascii_lowercase();
                if !FUNCTIONS.contains(&known.as_str()) && !COLOURS.contains(&known.as_str()) {
                    let name = shortened(name, 30);
                    return Err(Refused::Reaches(format!("`{name}()` in a style")));
                }
                out.push_str(&token.to_css_string());
                block(input, out)?;
            }
            Token::ParenthesisBlock => {
                out.push('(');
                block(input, out)?;
            }
            _ => return Err(Refused::Invalid),
        }
    }
}

/// Writes the content of the block just opened, and closes it.
fn block(input: &mut Parser, out: &mut String) -> Result<(), Refused> {
    inside(input, Err(Refused::Invalid), |block| {
        write(block, false, out)
    })?;
    out.truncate(out.trim_end().len());
    out.push(')');
    Ok(())
}

/// Writes a blank between two tokens.
fn blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '(']) {
        out.push(' ');
    }
}

fn referred(target: &str) -> Result<String, Refused> {
    match target.trim_matches(|c| c <= ' ').strip_prefix('#') {
        Some(id) if is_id(id) => Ok(reference(id)),
        _ => Err(reaches(target)),
    }
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
