//! Finds rules of a site's own style that apply to elements without a class, and therefore to every
//! page of docsite.
//!
//! Not here: what the rules do.

use cssparser::{ParseError, Parser, ParserState, Token};

/// The most selectors that are listed.
const MOST: usize = 12;
/// Nested rules beyond this depth are not read.
const DEEPEST: usize = 32;
/// Rules that contain other rules, which are read.
const GROUPS: [&str; 6] = [
    "media",
    "supports",
    "layer",
    "container",
    "scope",
    "starting-style",
];

/// The selectors of a style sheet that name elements alone (`body`, `table td`, `*`), each once.
pub fn bare(css: &str) -> Vec<String> {
    let mut found = Vec::new();
    read(&mut Parser::new(css), DEEPEST, &mut found);
    found
}

/// Reads rules, or the content of one: declarations and rules.
fn read(input: &mut Parser<'_>, left: usize, found: &mut Vec<String>) {
    let mut prelude = input.state();
    let mut selector = Selectors::default();
    loop {
        let before = input.state();
        let Ok(token) = input.next_including_whitespace().cloned() else {
            return;
        };
        match token {
            // A declaration, or a rule without braces, has ended.
            Token::Semicolon => {}
            Token::CurlyBracketBlock => {
                let text = text_since(input, &prelude, &before);
                block(input, &text, &selector, left, found);
            }
            token => {
                selector.take(&token, input);
                continue;
            }
        }
        prelude = input.state();
        selector = Selectors::default();
    }
}

fn text_since(input: &Parser<'_>, from: &ParserState, to: &ParserState) -> String {
    let all = input.slice(from.position()..to.position());
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A rule up to its opening brace.
fn block(
    input: &mut Parser<'_>,
    text: &str,
    selectors: &Selectors,
    left: usize,
    found: &mut Vec<String>,
) {
    let is_group = match &selectors.at_rule {
        Some(name) => GROUPS.contains(&name.as_str()),
        None => false,
    };
    let is_rule = selectors.at_rule.is_none() && !selectors.is_property;
    let mut reaches_inside = is_group;
    if is_rule {
        for (selector, part) in parts(text).iter().zip(selectors.all()) {
            let is_new = !found.contains(selector) && found.len() < MOST;
            if part.is_bare() && is_new {
                found.push(selector.clone());
            }
            reaches_inside |= !part.is_narrowed;
        }
    }
    let inside = input.parse_nested_block(|input| -> Result<(), ParseError<()>> {
        if reaches_inside && left > 0 {
            read(input, left - 1, found);
        }
        // What is left would be an error of the block's.
        while input.next().is_ok() {}
        Ok(())
    });
    drop(inside);
}

/// One selector of a list.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    names_element: bool,
    /// By a class, an id or an attribute.
    is_narrowed: bool,
}

impl Part {
    fn is_bare(self) -> bool {
        self.names_element && !self.is_narrowed
    }
}

#[derive(Debug, Default)]
struct Selectors {
    at_rule: Option<String>,
    /// A custom property, whose value may have braces.
    is_property: bool,
    done: Vec<Part>,
    part: Part,
    /// The previous token, if it was `.` or `:`.
    after: Option<char>,
    has_begun: bool,
}

impl Selectors {
    fn all(&self) -> impl Iterator<Item = Part> {
        self.done.iter().copied().chain([self.part])
    }

    fn take(&mut self, token: &Token<'_>, input: &mut Parser<'_>) {
        let after = self.after.take();
        match token {
            Token::WhiteSpace(_) | Token::Comment(_) => return,
            Token::AtKeyword(name) if !self.has_begun => {
                self.at_rule = Some(name.to_ascii_lowercase());
            }
            Token::Comma => self.done.push(std::mem::take(&mut self.part)),
            Token::Colon => self.after = Some(':'),
            Token::Delim('.') | Token::IDHash(_) | Token::Hash(_) => {
                self.part.is_narrowed = true;
            }
            Token::Delim('*') => self.part.names_element = true,
            Token::Ident(name) if !self.has_begun && name.starts_with("--") => {
                self.is_property = true;
            }
            Token::Ident(_) if after.is_none() => self.part.names_element = true,
            Token::SquareBracketBlock => {
                self.part.is_narrowed = true;
                skip(input);
            }
            Token::Function(name) => {
                // `:not(.x)` leaves everything else.
                let counts = !name.eq_ignore_ascii_case("not");
                self.inside(input, counts);
            }
            Token::ParenthesisBlock => skip(input),
            _ => {}
        }
        self.has_begun = true;
    }

    /// `:is(…)`, `:where(…)`: narrowed if all of its selectors are.
    fn inside(&mut self, input: &mut Parser<'_>, counts: bool) {
        let mut inner = Self::default();
        let read = input.parse_nested_block(|input| -> Result<(), ParseError<()>> {
            while let Ok(token) = input.next_including_whitespace().cloned() {
                inner.take(&token, input);
            }
            Ok(())
        });
        drop(read);
        if counts && inner.has_begun {
            self.part.is_narrowed |= inner.all().all(|part| part.is_narrowed);
            self.part.names_element |= inner.all().any(Part::is_bare);
        }
    }
}

fn skip(input: &mut Parser<'_>) {
    let skipped = input.parse_nested_block(|input| -> Result<(), ParseError<()>> {
        while input.next().is_ok() {}
        Ok(())
    });
    drop(skipped);
}

/// The selectors of a list.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn selectors_of_elements_alone_are_found() {
        for (css, expected) in [
            ("body{margin:0}", &["body"][..]),
            ("h1, .x h2, table td { a: b }", &["h1", "table td"]),
            ("* { box-sizing: border-box }", &["*"]),
            ("svg text { fill: red } .v svg { a: b }", &["svg text"]),
            (
                "a:hover, p::first-line {a:b}",
                &["a:hover", "p::first-line"],
            ),
            ("@media print { body { a: b } .x { a: b } }", &["body"]),
            (
                "@media screen { @supports (a: b) { td > p { a: b } } }",
                &["td > p"],
            ),
            (":root { --x: {a: b}; & table { a: b } }", &["& table"]),
            (".x { table { a: b } } #y td { a: b }", &[]),
            ("[data-x] p { a: b }", &[]),
            (":is(h1, h2) { a: b }", &[":is(h1, h2)"]),
            (":is(.x, #y) h1 { a: b }", &[]),
            ("p:not(.x) { a: b }", &["p:not(.x)"]),
            ("@keyframes k { from { a: b } to { a: b } }", &[]),
            ("@font-face { font-family: x } @page { margin: 0 }", &[]),
            ("/* body {} */ :root { --x: 1px } @import 'a.css';", &[]),
            ("body{a:b} body{c:d}", &["body"]),
            ("body { a: url(x;y); b: c", &["body"]),
            ("}} ] ) {", &[]),
            ("", &[]),
        ] {
            assert_eq!(bare(css), expected, "{css}");
        }
    }
}
