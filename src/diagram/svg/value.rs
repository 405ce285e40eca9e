//! Style values, read as CSS tokens: cleaned, and written in one canonical form.
//!
//! Functions are an allowlist, and `url()` may only refer to the picture itself; the tokenizer
//! resolves escapes, so that no spelling bypasses the list. Not here: which property accepts which
//! value (`property.rs`), and `var()` (`variables.rs`).

use cssparser::{Parser, ParserState, ToCss, Token, TokenSerializationType};

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

/// A value of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) value: String,
    pub(super) important: bool,
}

/// In bytes.
pub(super) const LONGEST: usize = 1024;

/// How deep functions may nest in a value.
const NESTING: u8 = 16;

/// The functions that return a colour.
pub(super) const COLOURS: &[&str] = &[
    "color",
    "color-mix",
    "contrast-color",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "light-dark",
    "oklab",
    "oklch",
    "rgb",
    "rgba",
];

/// The other allowed functions; none of them loads or runs anything.
const FUNCTIONS: &[&str] = &[
    "abs",
    "blur",
    "brightness",
    "calc",
    "circle",
    "clamp",
    "contrast",
    "drop-shadow",
    "ellipse",
    "grayscale",
    "hue-rotate",
    "inset",
    "invert",
    "matrix",
    "max",
    "min",
    "opacity",
    "path",
    "polygon",
    "rect",
    "rotate",
    "rotatex",
    "rotatey",
    "rotatez",
    "round",
    "saturate",
    "scale",
    "scalex",
    "scaley",
    "sepia",
    "skew",
    "skewx",
    "skewy",
    "translate",
    "translatex",
    "translatey",
    "var",
    "xywh",
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
    let mut out = Out::default();
    out.all(&mut parser(text), false)?;
    out.finished()
}

/// The value of a declaration, up to the end that the parser is limited to.
pub(super) fn clean_declared(input: &mut Parser) -> Result<Declared, Refused> {
    let mut out = Out::default();
    let important = out.all(input, true)?;
    let value = out.finished()?;
    if value.len() > LONGEST && !value.starts_with("path(") {
        return Err(Refused::Invalid);
    }
    Ok(Declared { value, important })
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

/// The text being written, and the separator before its next token.
#[derive(Default)]
struct Out {
    text: String,
    last: Option<TokenSerializationType>,
    space: bool,
}

impl Out {
    /// Writes all tokens; returns whether `!important` ended them.
    fn all(&mut self, input: &mut Parser, declared: bool) -> Result<bool, Refused> {
        loop {
            let before = input.state();
            let Ok(token) = input.next_including_whitespace().cloned() else {
                return Ok(false);
            };
            if declared && token == Token::Delim('!') {
                input.reset(&before);
                return important(input);
            }
            self.token(input, &before, &token)?;
        }
    }

    fn token(
        &mut self,
        input: &mut Parser,
        before: &ParserState,
        token: &Token,
    ) -> Result<(), Refused> {
        match token {
            Token::WhiteSpace(_) => self.space = true,
            Token::Comma => {
                self.text.push(',');
                self.last = Some(token.serialization_type());
                self.space = true;
            }
            Token::Ident(_)
            | Token::Hash(_)
            | Token::IDHash(_)
            | Token::Delim('+' | '-' | '*' | '/' | '.') => self.push(token, &css(token)),
            Token::QuotedString(text) => self.push(token, &quoted(text)),
            Token::Number { .. } | Token::Percentage { .. } | Token::Dimension { .. } => {
                // The source's digits, as the tokenizer keeps numbers in single precision only.
                let source = input.slice_from(before.position());
                let plain = source
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"+-.%".contains(&b));
                let text = if plain { source.to_owned() } else { css(token) };
                self.push(token, &text);
            }
            Token::UnquotedUrl(target) => self.url(token, target)?,
            Token::BadUrl(target) => return Err(reaches(target)),
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let target = inside(input, None, |block| {
                    let target = block.expect_string().ok()?.to_string();
                    block.expect_exhausted().ok()?;
                    Some(target)
                });
                self.url(token, &target.ok_or_else(|| reaches(""))?)?;
            }
            Token::Function(name) => {
                let known = name.to_ascii_lowercase();
                if !FUNCTIONS.contains(&known.as_str()) && !COLOURS.contains(&known.as_str()) {
                    let name = shortened(name, 30);
                    return Err(Refused::Reaches(format!("`{name}()` in a style")));
                }
                self.push(token, &css(token));
                self.block(input)?;
            }
            Token::ParenthesisBlock => {
                self.push(token, "(");
                self.block(input)?;
            }
            _ => return Err(Refused::Invalid),
        }
        Ok(())
    }

    /// Writes the content of the block just opened, and closes it.
    fn block(&mut self, input: &mut Parser) -> Result<(), Refused> {
        self.space = false;
        self.last = None;
        inside(input, Err(Refused::Invalid), |block| self.all(block, false))?;
        self.text.push(')');
        self.last = Some(Token::CloseParenthesis.serialization_type());
        self.space = false;
        Ok(())
    }

    fn url(&mut self, token: &Token, target: &str) -> Result<(), Refused> {
        match target.trim_matches(|c| c <= ' ').strip_prefix('#') {
            Some(id) if is_id(id) => {
                self.push(token, &reference(id));
                self.last = Some(Token::CloseParenthesis.serialization_type());
                Ok(())
            }
            _ => Err(reaches(target)),
        }
    }

    fn push(&mut self, token: &Token, text: &str) {
        let kind = token.serialization_type();
        let opens = self.text.is_empty() || self.text.ends_with('(');
        let apart = self
            .last
            .is_some_and(|last| last.needs_separator_when_before(kind));
        if !opens && (self.space || apart) {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.space = false;
        self.last = Some(kind);
    }

    fn finished(self) -> Result<String, Refused> {
        if self.text.is_empty() {
            return Err(Refused::Invalid);
        }
        Ok(self.text)
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

fn css(token: &Token) -> String {
    token.to_css_string()
}
