//! Media queries: whether they hold for a picture on a screen, and in which colour scheme.
//!
//! Not here: queries of a size or of anything else that is not known before the visit; they do
//! not hold.

use cssparser::{Delimiter, ParseError, Parser, Token};

use super::selector::Scheme;
use super::value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Always,
    Never,
    Only(Scheme),
}

/// Evaluates the media queries of a `media` attribute.
pub(super) fn attribute(text: &str) -> Media {
    if text.trim().is_empty() {
        return Media::Always;
    }
    of(&mut value::parser(text))
}

/// Evaluates a list of media queries.
pub(super) fn of(input: &mut Parser) -> Media {
    let mut list = Media::Never;
    loop {
        let mut one = Media::Always;
        let _: Result<(), ParseError<()>> = input.parse_until_before(Delimiter::Comma, |part| {
            one = query(part);
            Ok(())
        });
        list = match (list, one) {
            (Media::Never, other) | (other, Media::Never) => other,
            (Media::Only(a), Media::Only(b)) if a == b => Media::Only(a),
            _ => Media::Always,
        };
        if input.next().is_err() {
            return list;
        }
    }
}

/// Evaluates one media query; unknown features do not match.
fn query(input: &mut Parser) -> Media {
    let mut negated = false;
    let mut all = Media::Always;
    while let Ok(token) = input.next().cloned() {
        let one = match token {
            Token::Ident(word) => match word.to_ascii_lowercase().as_str() {
                "not" => {
                    negated = true;
                    Media::Always
                }
                "only" | "and" | "all" | "screen" => Media::Always,
                _ => Media::Never,
            },
            Token::ParenthesisBlock => value::inside(input, Media::Never, feature),
            _ => Media::Never,
        };
        all = match (all, one) {
            (Media::Always, other) | (other, Media::Always) => other,
            (Media::Only(a), Media::Only(b)) if a == b => Media::Only(a),
            _ => Media::Never,
        };
    }
    match (negated, all) {
        (false, all) => all,
        (true, Media::Only(Scheme::Dark)) => Media::Only(Scheme::Light),
        (true, Media::Only(Scheme::Light)) => Media::Only(Scheme::Dark),
        // The negation of an unknown feature is unknown too.
        (true, _) => Media::Never,
    }
}

fn feature(input: &mut Parser) -> Media {
    let read = |input: &mut Parser| -> Option<Media> {
        let name = input.expect_ident_cloned().ok()?;
        if !name.eq_ignore_ascii_case("prefers-color-scheme") {
            return None;
        }
        input.expect_colon().ok()?;
        let scheme = input.expect_ident_cloned().ok()?.to_ascii_lowercase();
        match scheme.as_str() {
            "dark" => Some(Media::Only(Scheme::Dark)),
            "light" => Some(Media::Only(Scheme::Light)),
            _ => None,
        }
    };
    read(input).unwrap_or(Media::Never)
}
