//! Style sheets and style attributes: parsed into rules and declarations, cleaned, and written
//! again.
//!
//! Rules for the screen stay, with the properties that a picture can have. Not here: `@import`,
//! `@font-face`, `@keyframes`, `@layer`, `@supports`, nested rules, and media queries other than
//! the colour scheme.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Delimiter, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
};

use super::media::{self, Media};
use super::notes::{Notes, shortened};
use super::selector::{self, Scheme};
use super::value::{self, Declared, Refused};
use super::{shorthand, variables};
use crate::svg_names::property;

/// The most rules: a picture with more is not a drawing.
const MOST: usize = 4096;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declaration {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) important: bool,
}

/// A rule with the selectors that can match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) selectors: Vec<String>,
    pub(super) declarations: Vec<Declaration>,
    pub(super) scheme: Option<Scheme>,
}

pub(super) fn rules(text: &str, notes: &mut Notes) -> Vec<Rule> {
    let mut reader = Rules {
        notes,
        scheme: None,
    };
    let mut input = Parser::new(text);
    let mut all: Vec<Rule> = StyleSheetParser::new(&mut input, &mut reader)
        .filter_map(Result::ok)
        .flatten()
        .take(MOST)
        .collect();
    all.retain(|rule| !rule.selectors.is_empty() && !rule.declarations.is_empty());
    all
}

pub(super) fn declarations(text: &str, notes: &mut Notes) -> Vec<Declaration> {
    body(&mut Parser::new(text), notes)
}

/// Declarations as text, for a style attribute or a rule's body.
pub(super) fn written(declarations: &[Declaration]) -> String {
    let mut out = String::new();
    for Declaration {
        name,
        value,
        important,
    } in declarations
    {
        if !out.is_empty() {
            out.push(';');
        }
        out.push_str(name);
        out.push(':');
        out.push_str(value);
        if *important {
            out.push_str(" !important");
        }
    }
    out
}

/// Rules as text, for a style sheet.
pub(super) fn written_rules(rules: &[Rule]) -> String {
    let mut out = String::new();
    for rule in rules {
        let plain = format!(
            "{}{{{}}}",
            rule.selectors.join(","),
            written(&rule.declarations)
        );
        let (before, after) = match rule.scheme {
            Some(Scheme::Dark) => ("@media (prefers-color-scheme:dark){", "}\n"),
            Some(Scheme::Light) => ("@media (prefers-color-scheme:light){", "}\n"),
            None => ("", "\n"),
        };
        out.extend([before, &plain, after]);
    }
    out
}

fn body(input: &mut Parser, notes: &mut Notes) -> Vec<Declaration> {
    RuleBodyParser::new(input, &mut Body { notes })
        .filter_map(Result::ok)
        .collect()
}

struct Body<'n> {
    notes: &'n mut Notes,
}

impl<'i> DeclarationParser<'i> for Body<'_> {
    type Declaration = Declaration;
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _start: &ParserState,
    ) -> Result<Declaration, ParseError<()>> {
        let custom = name.starts_with("--");
        let name = if custom {
            name.to_string()
        } else {
            name.to_ascii_lowercase()
        };
        let cleaned = match value::clean_declared(input) {
            Ok(cleaned) => cleaned,
            Err(refused) => {
                if let (Refused::Reaches(what), false) = (refused, is_ignored(&name)) {
                    self.notes.add(&what);
                }
                return Err(ParseError::unexpected_token());
            }
        };
        if matches!(name.as_str(), "-moz-binding" | "behavior") {
            self.notes.add(&format!("`{name}` in a style"));
        }
        declaration(name, cleaned).ok_or_else(ParseError::unexpected_token)
    }
}

/// Properties that are dropped without a note, whatever their value.
fn is_ignored(name: &str) -> bool {
    let bare = name.trim_start_matches("-webkit-");
    bare.starts_with("animation") || bare.starts_with("transition")
}

/// The declaration, if the picture can have the property and the property accepts the value.
fn declaration(name: String, cleaned: Declared) -> Option<Declaration> {
    let known = match property(&name) {
        Some(property) => property.accepts(&cleaned.value),
        None if name.starts_with("--") => variables::is_custom(&name),
        None => {
            name == "transform" || shorthand::is_shorthand(&name) || shorthand::is_geometry(&name)
        }
    };
    known.then_some(Declaration {
        name,
        value: cleaned.value,
        important: cleaned.important,
    })
}

impl AtRuleParser<'_> for Body<'_> {
    type Prelude = ();
    type AtRule = Declaration;
    type Error = ();
}

impl QualifiedRuleParser<'_> for Body<'_> {
    type Prelude = ();
    type QualifiedRule = Declaration;
    type Error = ();
}

impl RuleBodyItemParser<'_, Declaration, ()> for Body<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}

/// Reads rules, inside a media query or outside.
struct Rules<'n> {
    notes: &'n mut Notes,
    scheme: Option<Scheme>,
}

impl<'i> QualifiedRuleParser<'i> for Rules<'_> {
    type Prelude = Vec<String>;
    type QualifiedRule = Vec<Rule>;
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Vec<String>, ParseError<()>> {
        let mut selectors = Vec::new();
        loop {
            let start = input.position();
            let _: Result<(), ParseError<()>> =
                input.parse_until_before(Delimiter::Comma, |part| {
                    while part.next_including_whitespace().is_ok() {}
                    Ok(())
                });
            let text = input.slice_from(start).trim();
            if selector::compile(text).is_some() {
                selectors.push(text.to_owned());
            }
            if input.next().is_err() {
                return Ok(selectors);
            }
        }
    }

    fn parse_block(
        &mut self,
        selectors: Vec<String>,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<Vec<Rule>, ParseError<()>> {
        let declarations = body(input, self.notes);
        Ok(vec![Rule {
            selectors,
            declarations,
            scheme: self.scheme,
        }])
    }
}

/// An at-rule, judged by its prelude.
enum At {
    Media(Media),
    /// Skipped, with the name to note if it loads something.
    Other(String),
}

impl<'i> AtRuleParser<'i> for Rules<'_> {
    type Prelude = At;
    type AtRule = Vec<Rule>;
    type Error = ();

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<At, ParseError<()>> {
        if name.eq_ignore_ascii_case("media") {
            return Ok(At::Media(media::of(input)));
        }
        let name = shortened(&name.to_ascii_lowercase(), 30);
        let reaches = reaches(input);
        if name == "import" || name == "namespace" && reaches {
            self.notes.add(&format!("`@{name}`"));
        }
        Ok(At::Other(name))
    }

    fn rule_without_block(&mut self, _: At, _: &ParserState) -> Result<Vec<Rule>, ()> {
        Ok(Vec::new())
    }

    fn parse_block(
        &mut self,
        prelude: At,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<Vec<Rule>, ParseError<()>> {
        let media = match prelude {
            At::Media(media) => media,
            At::Other(name) => {
                if reaches(input) {
                    self.notes.add(&format!("`@{name}`"));
                }
                return Ok(Vec::new());
            }
        };
        let scheme = match (media, self.scheme) {
            (Media::Always, outer) => outer,
            (Media::Only(scheme), None) => Some(scheme),
            (Media::Only(scheme), Some(outer)) if scheme == outer => Some(outer),
            _ => {
                while input.next().is_ok() {}
                return Ok(Vec::new());
            }
        };
        let mut within = Rules {
            notes: self.notes,
            scheme,
        };
        let rules = StyleSheetParser::new(input, &mut within)
            .filter_map(Result::ok)
            .flatten()
            .take(MOST)
            .collect();
        while input.next().is_ok() {}
        Ok(rules)
    }
}

/// Whether something skipped would have loaded a file.
fn reaches(input: &mut Parser) -> bool {
    let mut found = false;
    while let Ok(token) = input.next().cloned() {
        found |= match token {
            Token::UnquotedUrl(_) | Token::BadUrl(_) => true,
            Token::Function(name) => {
                name.eq_ignore_ascii_case("url") || value::inside(input, false, reaches)
            }
            Token::CurlyBracketBlock | Token::ParenthesisBlock | Token::SquareBracketBlock => {
                value::inside(input, false, reaches)
            }
            _ => false,
        };
    }
    found
}
