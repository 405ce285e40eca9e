//! Tree-sitter's grammars, as arborium packs them: code in, tokens out.
//!
//! Tree-sitter is driven here by itself, not through arborium's highlighter: that one has no bound,
//! and a hostile text keeps a parser busy for minutes. Its queries are not run either: preparing the
//! one of Rust costs as much as building a small site. Not here: which name means which language, and
//! the limits themselves (`bounds`).

use std::fmt;
use std::sync::OnceLock;

use arborium::tree_sitter::{Language, ParseOptions, Parser, Tree};

use super::blank;
use super::bounds::{self, Fuel};
use super::languages::{Grammar, embedded};
use super::query::Problem;
use super::span::{self, Paint, Span};
use super::table::Table;
use super::token::Token;

/// Embedded languages in embedded languages: a script in HTML in a script is not read.
const MOST_EMBEDDED: usize = 2;
/// How often the parser reads on, in bytes.
const CHUNK: usize = 1 << 10;

/// Grammars, made ready when first needed, and shared by all threads.
pub(super) struct Grammars([OnceLock<Option<Ready>>; Grammar::COUNT]);

struct Ready {
    language: Language,
    paints: Table<'static, Paint>,
    embedded: Option<Table<'static, Grammar>>,
}

impl fmt::Debug for Grammars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grammars")
    }
}

impl Default for Grammars {
    fn default() -> Self {
        Self([const { OnceLock::new() }; Grammar::COUNT])
    }
}

impl Grammars {
    /// The tokens of some code; none if it cannot be read within the limits.
    pub(super) fn tokens(&self, grammar: Grammar, code: &str) -> Vec<Token> {
        let code = blank::without_stand_ins(code, grammar.has_dots());
        let spans = self.spans(grammar, &code, &Fuel::of(&code));
        span::flatten(&code, spans.unwrap_or_default())
    }

    fn spans(&self, grammar: Grammar, code: &str, fuel: &Fuel) -> Option<Vec<Span>> {
        let is_empty = code.trim_ascii().is_empty();
        if is_empty || code.len() > bounds::LONGEST || bounds::is_deep(code) {
            return None;
        }
        let ready = self.get(grammar)?;
        if ready.refused(code, fuel).is_some() {
            return None;
        }
        let mut spans = Vec::new();
        self.collect(grammar, code, (0, 0), fuel, &mut spans)?;
        Some(spans)
    }

    fn get(&self, grammar: Grammar) -> Option<&Ready> {
        self.0[grammar.number()]
            .get_or_init(|| Ready::new(grammar).ok().flatten())
            .as_ref()
    }

    /// Collects the spans of `code`, which is at `offset` of the block and `level` languages deep.
    fn collect(
        &self,
        grammar: Grammar,
        code: &str,
        (offset, level): (usize, usize),
        fuel: &Fuel,
        spans: &mut Vec<Span>,
    ) -> Option<()> {
        let ready = self.get(grammar)?;
        let tree = ready.parse(code, fuel)?;
        ready.paints.walk(&tree, code, fuel, |rule, range| {
            spans.push(Span {
                range: range.start + offset..range.end + offset,
                paint: rule.meaning,
                level,
                rank: rule.rank,
            });
        })?;
        let embedded = ready.embedded.as_ref();
        let Some(embedded) = embedded.filter(|_| level < MOST_EMBEDDED) else {
            return Some(());
        };
        let mut parts = Vec::new();
        embedded.walk(&tree, code, fuel, |rule, range| {
            parts.push((rule.meaning, range));
        })?;
        for (grammar, range) in parts {
            let part = code.get(range.clone())?;
            let place = (offset + range.start, level + 1);
            self.collect(grammar, part, place, fuel, spans)?;
        }
        Some(())
    }
}

impl Ready {
    fn new(grammar: Grammar) -> Result<Option<Self>, Problem> {
        let Some(language) = arborium::get_language(grammar.name()) else {
            return Ok(None);
        };
        let paint = |pattern: &_, number, capture: &_| grammar.paint(pattern, number, capture);
        let embedded = match grammar.injections() {
            "" => None,
            text => Some(Table::new(&language, [text, ""], embedded)?),
        };
        Ok(Some(Self {
            paints: Table::new(&language, grammar.highlights(), paint)?,
            embedded,
            language,
        }))
    }

    /// The first beginning that is not code; after it, no more is parsed.
    fn refused<'c>(&self, code: &'c str, fuel: &Fuel) -> Option<&'c str> {
        bounds::beginnings(code).find(|text| {
            let tree = self.parse(text, fuel);
            !tree.is_some_and(|tree| bounds::is_code(text, tree.root_node()))
        })
    }

    fn parse(&self, code: &str, fuel: &Fuel) -> Option<Tree> {
        let mut parser = Parser::new();
        parser.set_language(&self.language).ok()?;
        let mut step = |_: &_| fuel.burn();
        let options = ParseOptions::new().progress_callback(&mut step);
        let mut read = |at: usize, _| {
            // Without fuel there is no more text, and the parser ends.
            let end = code.ceil_char_boundary((at / CHUNK + 1) * CHUNK);
            let chunk = code.as_bytes().get(at..end).unwrap_or_default();
            if fuel.burn().is_continue() {
                chunk
            } else {
                &[]
            }
        };
        let tree = parser.parse_with_options(&mut read, None, Some(options))?;
        fuel.is_left().then_some(tree)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use arborium::tree_sitter::{Query, QueryCursor, StreamingIterator};

    use super::super::token::Class;
    use super::*;

    fn sample(grammar: Grammar) -> String {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/code");
        fs::read_to_string(samples.join(format!("sample.{}", grammar.name()))).unwrap()
    }

    #[test]
    fn every_name_in_every_table_is_known_to_its_grammar() {
        for grammar in Grammar::all() {
            let ready = Ready::new(grammar).map(|ready| ready.is_some());
            assert_eq!(ready, Ok(true), "{}", grammar.name());
        }
    }

    /// What tree-sitter's own engine finds, without the parts in other languages.
    fn found_by_query(grammar: Grammar, text: &str, tree: &Tree, code: &str) -> Vec<Span> {
        let language = arborium::get_language(grammar.name()).unwrap();
        let query = Query::new(&language, text).unwrap();
        let pattern = &super::super::query::patterns("_ @any").unwrap()[0];
        let mut spans = Vec::new();
        let mut cursor = QueryCursor::new();
        let mut matches = cursor.matches(&query, tree.root_node(), code.as_bytes());
        while let Some(found) = matches.next() {
            for capture in found.captures {
                let name = query.capture_names()[capture.index as usize];
                let paint = grammar.paint(pattern, found.pattern_index, name).unwrap();
                spans.extend(paint.map(|(paint, rank)| Span {
                    range: capture.node.byte_range(),
                    paint,
                    level: 0,
                    rank,
                }));
            }
        }
        spans
    }

    #[test]
    fn a_table_finds_what_its_query_finds() {
        for grammar in Grammar::all() {
            let ready = Ready::new(grammar).unwrap().unwrap();
            let code = sample(grammar);
            // Half a sample has errors in its syntax.
            for code in [&code[..], &code[..code.floor_char_boundary(code.len() / 2)]] {
                let fuel = Fuel::of(code);
                let tree = ready.parse(code, &fuel).unwrap();
                let [text, more] = match (grammar.name(), grammar.highlights()) {
                    // A condition of ours is not the engine's.
                    ("rust", [text, _]) => [text, ""],
                    (_, texts) => texts,
                };
                let paint =
                    |pattern: &_, number, capture: &_| grammar.paint(pattern, number, capture);
                let table = Table::new(&ready.language, [text, more], paint).unwrap();
                let mut spans = Vec::new();
                let walked = table.walk(&tree, code, &fuel, |rule, range| {
                    spans.push(Span {
                        range,
                        paint: rule.meaning,
                        level: 0,
                        rank: rule.rank,
                    });
                });
                assert_eq!(walked, Some(()));
                let text = [text, more].join("\n");
                let asked = found_by_query(grammar, &text, &tree, code);
                assert_eq!(
                    span::flatten(code, spans),
                    span::flatten(code, asked),
                    "{}",
                    grammar.name()
                );
            }
        }
    }

    #[test]
    fn a_long_text_that_is_not_code_is_parsed_no_further_than_its_beginning() {
        for (language, line) in [
            ("python", "/*\n"),
            ("tsx", "<a>\n"),
            ("rust", "<a>\n"),
            ("go", "- - - ? : a\n"),
            ("css", "이것은 코드가 아니라, 그냥 글이다.\n"),
            ("json", "2026-06-07T10:00:00Z info GET /x 200 -\n"),
        ] {
            let ready = Ready::new(Grammar::named(language).unwrap());
            let code = line.repeat(12_000 / line.len());
            let refused = ready.unwrap().unwrap().refused(&code, &Fuel::of(&code));
            let length = refused.map(str::len);
            assert!(length.is_some_and(|length| length <= 1 << 10), "{language}");
        }
    }

    #[test]
    fn the_languages_of_a_block_share_its_fuel() {
        let grammars = Grammars::default();
        let html = Grammar::named("html").unwrap();
        let code = "<script>let a = 1;</script>\n".repeat(20);
        let fuel = Fuel::of(&code);
        let spans = grammars.spans(html, &code, &fuel).unwrap();
        assert!(spans.iter().any(|span| span.level == 1));
        assert!(
            spans
                .iter()
                .any(|span| span.paint == Paint::Class(Class::Keyword))
        );
        // As much again is not left.
        let mut parts = 0;
        while grammars.spans(html, &code, &fuel).is_some() {
            parts += 1;
        }
        assert!(parts < 20, "{parts}");
        assert!(!fuel.is_left());
    }

    #[test]
    fn what_is_only_a_stand_in_is_not_parsed() {
        let grammars = Grammars::default();
        let rust = Grammar::named("rust").unwrap();
        assert_eq!(grammars.tokens(rust, "{{#include a.rs}}\n"), []);
        assert!(grammars.0[rust.number()].get().is_none(), "not made ready");
    }
}
