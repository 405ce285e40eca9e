//! The tokens of a block of code: comments, keywords, strings, with their positions.
//!
//! The languages are those of arborium's grammars that are compiled in, and a few small lexers of
//! our own. An unknown language has no tokens. The work on any text is bounded, and the same text
//! gives the same tokens everywhere. Not here: HTML (`code` writes it) and colours (the style
//! sheet).

mod blank;
mod bounds;
mod cache;
mod condition;
mod console;
mod grammar;
mod haproxy;
mod http;
mod languages;
mod names;
mod nginx;
mod promql;
mod query;
mod scan;
mod span;
mod sql;
mod table;
mod token;
mod walk;

use std::ops::Range;
use std::sync::Arc;

pub use self::names::LANGUAGES;
pub use self::token::{Class, Token};

use self::console::Part;
use self::grammar::Grammars;
use self::languages::Grammar;
use crate::memo::Memo;

/// In bytes. A longer block is plain text.
const LONGEST_BLOCK: usize = 256 << 10;
/// In bytes. A block with a longer line is data that nobody reads, and is plain text.
const LONGEST_LINE: usize = 4 << 10;

#[derive(Debug, Clone, Copy)]
enum Language {
    Grammar(Grammar),
    Console,
    Http,
    Own(fn(&str) -> Vec<Token>),
}

impl Language {
    /// The lexer for a fence's language, in any case.
    fn named(name: &str) -> Option<Self> {
        Some(match names::language(&name.to_ascii_lowercase())? {
            "console" => Self::Console,
            "http" => Self::Http,
            "nginx" => Self::Own(nginx::lex),
            "haproxy" => Self::Own(haproxy::lex),
            "sql" => Self::Own(sql::lex),
            "promql" => Self::Own(promql::lex),
            name => Self::Grammar(Grammar::named(name)?),
        })
    }
}

/// Finds tokens, and remembers them. Shared by all threads.
#[derive(Debug, Default)]
pub struct Highlighter {
    grammars: Grammars,
    memo: Arc<Memo>,
}

impl Highlighter {
    /// `memo` has the results of earlier runs.
    pub fn new(memo: Arc<Memo>) -> Self {
        Self {
            grammars: Grammars::default(),
            memo,
        }
    }

    /// The tokens of a block, by the name of its language.
    pub fn tokens(&self, language: &str, code: &str) -> Vec<Token> {
        let is_long = code.len() > LONGEST_BLOCK || code.lines().any(|l| l.len() > LONGEST_LINE);
        match Language::named(language) {
            Some(language) if !is_long => self.read(language, code),
            _ => Vec::new(),
        }
    }

    fn read(&self, language: Language, code: &str) -> Vec<Token> {
        match language {
            Language::Grammar(grammar) if grammar.name() == "bash" && console::is_session(code) => {
                self.console(code)
            }
            Language::Grammar(grammar) => self.grammar(grammar, code),
            Language::Console => self.console(code),
            Language::Http => self.http(code),
            Language::Own(lex) => lex(code),
        }
    }

    fn grammar(&self, grammar: Grammar, code: &str) -> Vec<Token> {
        cache::get_or(&self.memo, grammar.name(), code, || {
            self.grammars.tokens(grammar, code)
        })
    }

    fn named(&self, name: &str, code: &str) -> Vec<Token> {
        Grammar::named(name).map_or_else(Vec::new, |grammar| self.grammar(grammar, code))
    }

    fn console(&self, code: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for part in console::parts(code) {
            let (range, class) = match part {
                Part::Command(pieces) => {
                    let command: String = pieces.iter().map(|p| &code[p.clone()]).collect();
                    let found = self.named("bash", &command);
                    spread(&found, &pieces, &mut tokens);
                    continue;
                }
                Part::Prompt(range) => (range, Class::Prompt),
                Part::Comment(range) => (range, Class::Comment),
                Part::Output(range) => (range, Class::Output),
            };
            tokens.push(Token { range, class });
        }
        tokens.sort_by_key(|token| token.range.start);
        tokens
    }

    fn http(&self, code: &str) -> Vec<Token> {
        let (mut tokens, bodies) = http::lex(code);
        for body in bodies {
            let found = self.named("json", &code[body.clone()]);
            spread(&found, &[body], &mut tokens);
        }
        tokens.sort_by_key(|token| token.range.start);
        tokens
    }
}

/// Maps the tokens of a text that was joined from pieces back to the pieces.
fn spread(found: &[Token], pieces: &[Range<usize>], tokens: &mut Vec<Token>) {
    let mut before = 0;
    let mut next = 0;
    for piece in pieces {
        let end = before + piece.len();
        while let Some(token) = found.get(next).filter(|token| token.range.start < end) {
            let start = token.range.start.max(before);
            let stop = token.range.end.min(end);
            tokens.push(Token {
                range: start - before + piece.start..stop - before + piece.start,
                class: token.class,
            });
            if token.range.end > end {
                break;
            }
            next += 1;
        }
        before = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `k:SELECT s:'a'`, for tests by example.
    pub(super) fn shown(code: &str, tokens: &[Token]) -> String {
        let words = tokens
            .iter()
            .map(|token| format!("{}:{}", token.class.css(), &code[token.range.clone()]));
        words.collect::<Vec<_>>().join(" ")
    }

    fn read(language: &str, code: &str) -> String {
        shown(code, &Highlighter::default().tokens(language, code))
    }

    #[test]
    fn classes_stand_at_the_place_of_their_number() {
        for (at, class) in Class::ALL.into_iter().enumerate() {
            assert_eq!(class as usize, at);
        }
    }

    #[test]
    fn an_unknown_language_has_no_tokens() {
        for language in ["", "text", "brainfuck", "../x", "가"] {
            assert_eq!(read(language, "a: 1"), "");
        }
    }

    #[test]
    fn a_session_is_prompts_commands_and_output() {
        let code = "$ cat <<E \\\n> | b\n> c\n> E\nout\n# x\n$ echo \"$A\"\n";
        for language in ["console", "bash", "SH"] {
            let found = read(language, code);
            assert!(found.starts_with("ps:$  f:cat"), "{found}");
            assert!(found.contains("o:out\n c:# x ps:$  f:echo"), "{found}");
        }
        assert_eq!(read("console", "only\noutput\n"), "");
    }

    #[test]
    fn a_body_that_is_json_is_read_as_that() {
        assert_eq!(
            read("http", "GET / HTTP/1.1\na: b\n\n{\"c\": 1}\n"),
            "k:GET k:HTTP/1.1 p:a p:\"c\" d:1"
        );
    }

    #[test]
    fn the_tags_of_jsx_are_tags() {
        assert_eq!(
            read("jsx", "const a = <B.C d=\"e\"><f>g</f><H/></B.C>;"),
            "k:const t:B g:C a:d s:\"e\" g:f s:g g:f t:H t:B g:C"
        );
    }

    #[test]
    fn a_call_in_the_arguments_of_a_macro_is_one() {
        assert_eq!(
            read("rust", "println!(\"{}\", a.b(c, d![e]));"),
            "f:println! s:\"{}\" f:b f:d!"
        );
    }

    #[test]
    fn a_line_that_stands_for_code_changes_no_other() {
        let code = "{{#include ../a.rs:1:}}\nfn f() {}\n  …\n...\n";
        assert_eq!(read("rust", code), "k:fn f:f");
        assert_eq!(read("toml", "{{#include a}}\n"), "");
        assert_eq!(
            read("yaml", "a: 1\n{{- if .b }}\nc: 2\n"),
            "p:a d:1 p:c d:2"
        );
        assert_eq!(read("python", "def f():\n    ...\n"), "k:def f:f");
    }

    #[test]
    fn what_is_too_long_is_plain() {
        let line = format!("a: {}\n", "b".repeat(LONGEST_LINE));
        assert_eq!(read("yaml", &line), "");
        assert_eq!(read("yaml", &"a: 1\n".repeat(LONGEST_BLOCK / 5 + 1)), "");
    }
}
