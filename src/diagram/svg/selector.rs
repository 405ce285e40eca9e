//! One selector of a rule: matching by `scraper`, and what its compiled form does not tell —
//! specificity, the last compound's name to look it up by, the classes it speaks of, and whether
//! it holds in one colour scheme only.
//!
//! Not here: `:has()`, states such as `:hover`, and pseudo-elements; they never match.

use cssparser::{Parser, Token};

use super::value::{inside, parser};

/// A colour scheme that a rule is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Light,
    Dark,
}

/// The most selective condition of a selector's last compound.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Id(String),
    Class(String),
    Type(String),
    Any,
}

/// A selector ready to match.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub(super) selector: scraper::Selector,
    pub(super) specificity: [u32; 3],
    pub(super) key: Key,
    pub(super) classes: Vec<String>,
}

/// The longest selector, in bytes.
const LONGEST: usize = 1024;

/// Compiles a selector without top-level commas; `None` if it can never match.
pub(super) fn compile(text: &str) -> Option<Compiled> {
    if text.len() > LONGEST {
        return None;
    }
    let mut facts = Facts::default();
    facts.read(&mut parser(text), true)?;
    Some(Compiled {
        selector: scraper::Selector::parse(text).ok()?,
        specificity: facts.specificity,
        key: facts.key.unwrap_or(Key::Any),
        classes: facts.classes,
    })
}

#[derive(Default)]
struct Facts {
    specificity: [u32; 3],
    key: Option<Key>,
    classes: Vec<String>,
}

impl Facts {
    /// Reads one complex selector; `outer` if its last compound is the subject.
    fn read(&mut self, input: &mut Parser, outer: bool) -> Option<()> {
        let mut blank = false;
        while let Ok(token) = input.next_including_whitespace().cloned() {
            let combines = matches!(token, Token::Delim('>' | '+' | '~'));
            if outer && (combines || blank && !matches!(token, Token::WhiteSpace(_))) {
                self.key = None;
            }
            blank = matches!(token, Token::WhiteSpace(_));
            self.token(input, token, outer)?;
        }
        Some(())
    }

    fn token(&mut self, input: &mut Parser, token: Token, outer: bool) -> Option<()> {
        match token {
            Token::IDHash(id) | Token::Hash(id) => {
                self.specificity[0] += 1;
                self.ask(Key::Id(id.to_string()), outer);
            }
            Token::Delim('.') => {
                let class = input.expect_ident_cloned().ok()?.to_string();
                self.specificity[1] += 1;
                self.classes.push(class.clone());
                self.ask(Key::Class(class), outer);
            }
            Token::SquareBracketBlock => self.specificity[1] += 1,
            Token::Ident(name) => {
                self.specificity[2] += 1;
                self.ask(Key::Type(name.to_string()), outer);
            }
            Token::Colon => self.pseudo(input)?,
            _ => {}
        }
        Some(())
    }

    fn pseudo(&mut self, input: &mut Parser) -> Option<()> {
        match input.next_including_whitespace().cloned().ok()? {
            Token::Ident(_) => self.specificity[1] += 1,
            Token::Function(name) => match name.to_ascii_lowercase().as_str() {
                "is" | "not" => {
                    let most = inside(input, None, |block| self.most(block))?;
                    for (own, more) in self.specificity.iter_mut().zip(most) {
                        *own = own.saturating_add(more);
                    }
                }
                "where" => {
                    inside(input, None, |block| self.most(block))?;
                }
                name if name.starts_with("nth-") => self.specificity[1] += 1,
                _ => return None,
            },
            _ => return None,
        }
        Some(())
    }

    /// The highest specificity in a list of selectors.
    fn most(&mut self, input: &mut Parser) -> Option<[u32; 3]> {
        let mut most = [0; 3];
        loop {
            let mut inner = Facts::default();
            let _: Result<(), cssparser::ParseError<()>> =
                input.parse_until_before(cssparser::Delimiter::Comma, |part| {
                    // An invalid selector in a list does not lower the specificity of the others.
                    let _ = inner.read(part, false);
                    Ok(())
                });
            most = most.max(inner.specificity);
            self.classes.append(&mut inner.classes);
            if input.next().is_err() {
                return Some(most);
            }
        }
    }

    /// Keeps the most selective condition of the subject.
    fn ask(&mut self, key: Key, outer: bool) {
        let rank = |key: &Key| match key {
            Key::Id(_) => 3,
            Key::Class(_) => 2,
            Key::Type(_) => 1,
            Key::Any => 0,
        };
        if outer && self.key.as_ref().is_none_or(|old| rank(old) < rank(&key)) {
            self.key = Some(key);
        }
    }
}

/// The scheme that a selector's first compound names (`.dark …`, `:root[data-theme="dark"] …`), and
/// the selector without that compound.
pub(super) fn scheme(text: &str) -> Option<(Scheme, String)> {
    let mut input = parser(text);
    let mut scheme = None;
    let mut first = String::new();
    let mut rest_from = text.len();
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace().cloned() else {
            break;
        };
        if matches!(token, Token::WhiteSpace(_) | Token::Delim('>' | '+' | '~')) {
            let seen = input.slice_from(start).len();
            rest_from = text.len().saturating_sub(remaining(&mut input) + seen);
            break;
        }
        let named = match &token {
            Token::Delim('.') => input
                .expect_ident_cloned()
                .ok()
                .and_then(|name| word(&name)),
            Token::SquareBracketBlock => inside(&mut input, None, attribute),
            Token::Function(_) => {
                inside(&mut input, (), |block| while block.next().is_ok() {});
                None
            }
            _ => None,
        };
        if named.is_some() {
            scheme = named;
        } else {
            first.push_str(input.slice_from(start));
        }
    }
    let rest = text.get(rest_from..).unwrap_or_default();
    let page = matches!(first.as_str(), "" | "*" | ":root" | "html" | "body");
    let below =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~'));
    let effective = match (page, below.is_empty()) {
        (true, true) => ":root".to_owned(),
        (true, false) => below.to_owned(),
        (false, _) => format!("{first}{rest}"),
    };
    scheme.map(|scheme| (scheme, effective))
}

/// The bytes that the parser has not consumed.
fn remaining(input: &mut Parser) -> usize {
    let here = input.position();
    while input.next_including_whitespace_and_comments().is_ok() {}
    input.slice_from(here).len()
}

fn word(name: &str) -> Option<Scheme> {
    match name.to_ascii_lowercase().as_str() {
        "dark" | "theme-dark" | "dark-theme" | "dark-mode" => Some(Scheme::Dark),
        "light" | "theme-light" | "light-theme" | "light-mode" => Some(Scheme::Light),
        _ => None,
    }
}

fn attribute(input: &mut Parser) -> Option<Scheme> {
    const NAMES: &[&str] = &[
        "data-theme",
        "data-color-scheme",
        "data-mode",
        "data-bs-theme",
        "theme",
    ];
    let name = input.expect_ident_cloned().ok()?;
    if !NAMES.contains(&name.to_ascii_lowercase().as_str()) {
        return None;
    }
    input.expect_delim('=').ok()?;
    let value = input.expect_ident_or_string().ok()?.to_string();
    word(&value)
}
