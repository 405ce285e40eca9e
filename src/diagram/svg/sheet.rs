//! Style sheets and style attributes: parsed into rules and declarations, cleaned, and written
//! for files.
//!
//! Rules for the screen stay, with the properties that a picture can have. Not here: `@import`,
//! `@font-face`, `@keyframes`, `@layer`, `@supports`, nested rules, and media queries other than
//! the colour scheme.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser,
};
use scraper::selector::Simple;
use selectors::parser::Selector;

use super::declaration::{Declaration, written};
use super::media::{self, Media, Scheme};
use super::notes::{Notes, shortened};
use super::parts::Part;
use super::selector;
use super::value::{self, Refused};
use super::{shorthand, variables};
use crate::svg_names::property;

/// The most rules: a picture with more is not a drawing.
const MOST: usize = 4096;

/// A rule with the selectors that can match.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    /// Each with its text.
    pub(super) selectors: Vec<(Selector<Simple>, String)>,
    pub(super) declarations: Vec<Declaration>,
    pub(super) scheme: Option<Scheme>,
}

pub(super) fn rules(text: &str, notes: &mut Notes) -> Vec<Rule> {
    let scheme = None;
    let mut all = Rules { notes, scheme }.read(&mut Parser::new(text));
    all.retain(|rule| !rule.selectors.is_empty() && !rule.declarations.is_empty());
    all
}

pub(super) fn declarations(text: &str, notes: &mut Notes) -> Vec<Declaration> {
    body(&mut Parser::new(text), notes)
}

/// Rules as text, for a style sheet.
pub(super) fn written_rules(rules: &[Rule]) -> String {
    let all = rules.iter().map(|rule| {
        let selectors = rule.selectors.iter().map(|(_, text)| text.as_str());
        let selectors = selectors.collect::<Vec<_>>().join(",");
        let plain = format!("{selectors}{{{}}}", written(&rule.declarations));
        match rule.scheme {
            None => format!("{plain}\n"),
            Some(scheme) => {
                let name = scheme.name();
                format!("@media (prefers-color-scheme:{name}){{{plain}}}\n")
            }
        }
    });
    all.collect()
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
        let name = if name.starts_with("--") {
            name.to_string()
        } else {
            name.to_ascii_lowercase()
        };
        let (value, important) = value::clean_declared(input).map_err(|refused| {
            if let (Refused::Reaches(what), false) = (refused, is_ignored(&name)) {
                self.notes.add(&what);
            }
            ParseError::unexpected_token()
        })?;
        if matches!(name.as_str(), "-moz-binding" | "behavior") {
            self.notes.add(&format!("`{name}` in a style"));
        }
        if !counts(&name, &value) {
            return Err(ParseError::unexpected_token());
        }
        Ok(Declaration {
            name,
            value: value.into(),
            important,
        })
    }
}

/// Properties that are dropped without a note, whatever their value.
fn is_ignored(name: &str) -> bool {
    let bare = name.trim_start_matches("-webkit-");
    bare.starts_with("animation") || bare.starts_with("transition")
}

/// Whether the picture can have the property and the property accepts the value.
fn counts(name: &str, value: &[Part]) -> bool {
    match property(name) {
        Some(property) => property.accepts(value),
        None => variables::is_custom(name) || shorthand::is_known(name),
    }
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

impl Rules<'_> {
    fn read(mut self, input: &mut Parser) -> Vec<Rule> {
        let rules = StyleSheetParser::new(input, &mut self);
        rules.filter_map(Result::ok).flatten().take(MOST).collect()
    }
}

impl<'i> QualifiedRuleParser<'i> for Rules<'_> {
    type Prelude = Vec<(Selector<Simple>, String)>;
    type QualifiedRule = Vec<Rule>;
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Self::Prelude, ParseError<()>> {
        Ok(selector::listed(input))
    }

    fn parse_block(
        &mut self,
        selectors: Self::Prelude,
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

/// An at-rule, judged by its prelude: its media, or the name of one that is skipped, to note if it
/// loads something.
type At = Result<Media, String>;

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
            return Ok(Ok(media::of(rest(input))));
        }
        let name = shortened(&name.to_ascii_lowercase(), 30);
        let reaches = reaches(input);
        if name == "import" || name == "namespace" && reaches {
            self.notes.add(&format!("`@{name}`"));
        }
        Ok(Err(name))
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
            Ok(media) => media,
            Err(name) => {
                if reaches(input) {
                    self.notes.add(&format!("`@{name}`"));
                }
                return Ok(Vec::new());
            }
        };
        let scheme = match (media, self.scheme) {
            (Media::Always, outer) => outer,
            (Media::Only(scheme), outer) if outer.is_none_or(|outer| outer == scheme) => {
                Some(scheme)
            }
            _ => {
                rest(input);
                return Ok(Vec::new());
            }
        };
        let notes = &mut *self.notes;
        let rules = Rules { notes, scheme }.read(input);
        rest(input);
        Ok(rules)
    }
}

/// Whether something skipped would have loaded a file.
fn reaches(input: &mut Parser) -> bool {
    rest(input).to_ascii_lowercase().contains("url(")
}

/// All that the parser has not consumed.
fn rest<'i>(input: &mut Parser<'i>) -> &'i str {
    let start = input.position();
    while input.next().is_ok() {}
    input.slice_from(start)
}
