//! Tree-sitter's grammars, as arborium packs them: code in, tokens out.
//!
//! Tree-sitter is driven here by itself, not through arborium's highlighter: that one has no bound,
//! and a hostile text keeps a parser busy for minutes. Work is counted, not timed, so that the same
//! text gives the same tokens on every machine. Not here: which name means which language.

use std::cell::Cell;
use std::fmt;
use std::ops::{ControlFlow, Range};
use std::sync::OnceLock;

use arborium::tree_sitter::{
    Language, Node, ParseOptions, Parser, Query, QueryCursor, QueryCursorOptions,
    StreamingIterator, Tree,
};

use super::token::{Class, Token};

/// Indentation deeper than this many columns, and brackets deeper than this, are plain text: the
/// scanners of several grammars keep a stack in a buffer of 1,024 bytes, and some write past it.
const DEEPEST: usize = 160;
/// Embedded languages in embedded languages: a script in HTML in a script is not read.
const MOST_EMBEDDED: usize = 2;
/// Concurrent matches of a query.
const MATCHES: u32 = 256;
/// A longer block is plain: on what is not code of its language, a parser's time grows with the
/// square of the length (4 KiB of `/*` lines keep Python's busy for a second).
const LONGEST: usize = 16 << 10;
/// Of a longer block, a beginning of this length is parsed first, then one of twice that, and so on:
/// the block is plain as soon as one is not code.
const PROBE: usize = 1 << 10;
/// A beginning is not code if half of it are words that belong to nothing (real code, cut anywhere,
/// has a third at most), or if what the parser could not put together is in pieces this small.
const PIECE: usize = 4;
/// How often the parser reads on, in bytes.
const CHUNK: usize = 1 << 10;
/// Work that any block may take (a hundred of tree-sitter's operations, or one reading of a chunk),
/// and how many bytes add one more. Real code takes one unit in 20 bytes, Lua one in 10.
const FUEL: u64 = 500;
const BYTES_PER_FUEL: u64 = 8;

/// A language that arborium knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grammar(usize);

impl Grammar {
    pub(super) fn named(name: &str) -> Option<Self> {
        SPECS.iter().position(|spec| spec.name == name).map(Self)
    }

    pub(super) fn name(self) -> &'static str {
        SPECS[self.0].name
    }
}

/// A grammar before it is compiled.
struct Spec {
    name: &'static str,
    highlights: fn() -> &'static str,
    /// Our own patterns, after those.
    more: &'static str,
    /// Which parts are in another language; empty if none is.
    injections: &'static str,
    /// Whether the first of two patterns for the same text wins, not the last.
    first_wins: bool,
    /// The class of a property: a key in data, a variable in a shell, plain in code, where every
    /// second word is one.
    property: Paint,
}

const fn spec(name: &'static str, highlights: fn() -> &'static str, property: Paint) -> Spec {
    Spec {
        name,
        highlights,
        more: "",
        injections: "",
        first_wins: false,
        property,
    }
}

const KEY: Paint = Paint::Class(Class::Property);

static SPECS: [Spec; 22] = [
    spec("yaml", || arborium::lang_yaml::HIGHLIGHTS_QUERY, KEY),
    Spec {
        first_wins: true,
        ..spec("json", || arborium::lang_json::HIGHLIGHTS_QUERY, KEY)
    },
    Spec {
        // A variable is one with its `$`, also within a string.
        more: "[(simple_expansion) (expansion)] @label \
               [\"declare\" \"local\" \"readonly\" \"typeset\"] @keyword",
        ..spec(
            "bash",
            || arborium::lang_bash::HIGHLIGHTS_QUERY,
            Paint::Class(Class::Variable),
        )
    },
    Spec {
        first_wins: true,
        ..spec("go", || arborium::lang_go::HIGHLIGHTS_QUERY, Paint::Plain)
    },
    Spec {
        injections: arborium::lang_rust::INJECTIONS_QUERY,
        ..spec(
            "rust",
            || arborium::lang_rust::HIGHLIGHTS_QUERY,
            Paint::Plain,
        )
    },
    spec(
        "python",
        || arborium::lang_python::HIGHLIGHTS_QUERY,
        Paint::Plain,
    ),
    spec(
        "javascript",
        || arborium::lang_javascript::HIGHLIGHTS_QUERY,
        Paint::Plain,
    ),
    spec(
        "typescript",
        || &arborium::lang_typescript::HIGHLIGHTS_QUERY,
        Paint::Plain,
    ),
    spec(
        "tsx",
        || &arborium::lang_tsx::HIGHLIGHTS_QUERY,
        Paint::Plain,
    ),
    Spec {
        injections: arborium::lang_html::INJECTIONS_QUERY,
        ..spec("html", || arborium::lang_html::HIGHLIGHTS_QUERY, KEY)
    },
    spec("css", || arborium::lang_css::HIGHLIGHTS_QUERY, KEY),
    Spec {
        more: "(quoted_key) @property",
        ..spec("toml", || arborium::lang_toml::HIGHLIGHTS_QUERY, KEY)
    },
    Spec {
        injections: "((shell_command) @injection.content (#set! injection.language \"bash\"))",
        ..spec(
            "dockerfile",
            || arborium::lang_dockerfile::HIGHLIGHTS_QUERY,
            KEY,
        )
    },
    spec("lua", || arborium::lang_lua::HIGHLIGHTS_QUERY, Paint::Plain),
    spec(
        "proto",
        || arborium::lang_proto::HIGHLIGHTS_QUERY,
        Paint::Plain,
    ),
    Spec {
        more: "(template_interpolation) @none",
        ..spec("hcl", || arborium::lang_hcl::HIGHLIGHTS_QUERY, KEY)
    },
    spec(
        "rego",
        || arborium::lang_rego::HIGHLIGHTS_QUERY,
        Paint::Plain,
    ),
    spec(
        "java",
        || arborium::lang_java::HIGHLIGHTS_QUERY,
        Paint::Plain,
    ),
    spec("xml", || arborium::lang_xml::HIGHLIGHTS_QUERY, KEY),
    spec("ini", || arborium::lang_ini::HIGHLIGHTS_QUERY, KEY),
    Spec {
        injections: arborium::lang_make::INJECTIONS_QUERY,
        ..spec("make", || arborium::lang_make::HIGHLIGHTS_QUERY, KEY)
    },
    Spec {
        more: "[(old_file) (new_file)] @attribute",
        ..spec("diff", || arborium::lang_diff::HIGHLIGHTS_QUERY, KEY)
    },
];

/// The meaning of a query's capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paint {
    /// The class of the surrounding text continues.
    Nothing,
    /// Plain, also within a string.
    Plain,
    Class(Class),
}

fn paint(spec: &Spec, capture: &str) -> Paint {
    if spec.name == "diff" {
        return match capture {
            "string" => Paint::Class(Class::Inserted),
            "keyword" => Paint::Class(Class::Deleted),
            _ => Paint::Class(Class::Meta),
        };
    }
    let class = match capture {
        "property" | "field" | "variable.member" => return spec.property,
        "none" | "embedded" | "variable" | "variable.parameter" | "parameter" => {
            return Paint::Plain;
        }
        "variable.builtin" | "keyword" | "conditional" | "repeat" | "preproc" | "import" => {
            Class::Keyword
        }
        "string.special.key" | "string.special.symbol" => Class::Property,
        "character.special" | "label" => Class::Variable,
        "string.escape" | "tag.error" => return Paint::Nothing,
        "boolean" | "string.special" => Class::Number,
        "method" | "method.call" => Class::Function,
        // Of Lua, where it is a pair of braces.
        "constructor" if spec.name == "lua" => return Paint::Nothing,
        "constructor" => Class::Type,
        "markup.heading" => Class::Meta,
        _ => match capture.split('.').next().unwrap_or_default() {
            "comment" => Class::Comment,
            "string" => Class::String,
            "number" | "constant" => Class::Number,
            "keyword" => Class::Keyword,
            "type" => Class::Type,
            "function" => Class::Function,
            "tag" => Class::Tag,
            "attribute" => Class::Attribute,
            _ => return Paint::Nothing,
        },
    };
    Paint::Class(class)
}

/// Grammars, compiled when first needed, and shared by all threads.
pub(super) struct Grammars([OnceLock<Option<Compiled>>; SPECS.len()]);

struct Compiled {
    language: Language,
    highlights: Query,
    paints: Vec<Paint>,
    injections: Option<Query>,
}

impl fmt::Debug for Grammars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grammars")
    }
}

impl Default for Grammars {
    fn default() -> Self {
        Self([const { OnceLock::new() }; SPECS.len()])
    }
}

/// A result of a query; results nest like the syntax.
struct Span {
    range: Range<usize>,
    paint: Paint,
    /// Of two for the same text, the higher one wins.
    rank: (bool, usize, usize),
}

impl Grammars {
    /// The tokens of some code; `None` if it cannot be read within the limits.
    pub(super) fn tokens(&self, grammar: Grammar, code: &str) -> Vec<Token> {
        let mut spans = Vec::new();
        match self.read(grammar, code, &mut spans) {
            Some(()) => flatten(code, spans),
            None => Vec::new(),
        }
    }

    fn read(&self, grammar: Grammar, code: &str, spans: &mut Vec<Span>) -> Option<()> {
        if code.len() > LONGEST || is_deep(code) || !self.get(grammar)?.is_code(code) {
            return None;
        }
        self.collect(grammar, code, (0, 0), &fuel_for(code), spans)
    }

    fn get(&self, grammar: Grammar) -> Option<&Compiled> {
        self.0[grammar.0]
            .get_or_init(|| Compiled::new(&SPECS[grammar.0]))
            .as_ref()
    }

    /// Collects results in `code`, which is at `offset` of the block and `level` languages deep.
    fn collect(
        &self,
        grammar: Grammar,
        code: &str,
        (offset, level): (usize, usize),
        fuel: &Cell<u64>,
        spans: &mut Vec<Span>,
    ) -> Option<()> {
        let compiled = self.get(grammar)?;
        let tree = compiled.parse(code, fuel)?;
        let first_wins = SPECS[grammar.0].first_wins;
        let node = tree.root_node();
        Compiled::captures(&compiled.highlights, node, code, fuel, |capture| {
            let paint = compiled.paints[capture.index];
            if paint == Paint::Nothing {
                return;
            }
            let pattern = capture.pattern;
            let order = if first_wins {
                usize::MAX - pattern
            } else {
                pattern
            };
            spans.push(Span {
                range: capture.range.start + offset..capture.range.end + offset,
                paint,
                rank: (paint != Paint::Plain, level, order),
            });
        })?;
        let Some(injections) = compiled
            .injections
            .as_ref()
            .filter(|_| level < MOST_EMBEDDED)
        else {
            return Some(());
        };
        let mut embedded = Vec::new();
        Compiled::captures(injections, node, code, fuel, |capture| {
            let settings = injections.property_settings(capture.pattern);
            let language = settings.iter().find(|s| &*s.key == "injection.language");
            let language = language.and_then(|setting| setting.value.as_deref());
            if let Some(grammar) = language.and_then(Grammar::named) {
                embedded.push((grammar, capture.range));
            }
        })?;
        for (grammar, range) in embedded {
            let part = code.get(range.clone())?;
            let place = (offset + range.start, level + 1);
            self.collect(grammar, part, place, fuel, spans)?;
        }
        Some(())
    }
}

/// One capture of a query.
struct Capture {
    index: usize,
    pattern: usize,
    range: Range<usize>,
}

impl Compiled {
    fn new(spec: &Spec) -> Option<Self> {
        let language = arborium::get_language(spec.name)?;
        let patterns = [(spec.highlights)(), spec.more].join("\n");
        let highlights = Query::new(&language, &patterns).ok()?;
        let names = highlights.capture_names();
        let paints = names.iter().map(|name| paint(spec, name)).collect();
        let injections = match spec.injections {
            "" => None,
            text => Some(Query::new(&language, text).ok()?),
        };
        Some(Self {
            language,
            highlights,
            paints,
            injections,
        })
    }

    /// Whether each tested beginning of some code is mostly code.
    fn is_code(&self, code: &str) -> bool {
        let lengths = std::iter::successors(Some(PROBE), |length| length.checked_mul(2));
        lengths
            .take_while(|length| *length < code.len())
            .all(|length| {
                let part = &code[..code.floor_char_boundary(length)];
                let part = part.rsplit_once('\n').map_or(part, |(lines, _)| lines);
                let tree = self.parse(part, &fuel_for(part));
                tree.is_some_and(|tree| {
                    let (bytes, pieces) = stray(tree.root_node());
                    bytes * 2 <= part.len() && pieces * PIECE <= part.len()
                })
            })
    }

    fn parse(&self, code: &str, fuel: &Cell<u64>) -> Option<Tree> {
        let mut parser = Parser::new();
        parser.set_language(&self.language).ok()?;
        let mut step = |_: &_| burn(fuel);
        let options = ParseOptions::new().progress_callback(&mut step);
        let mut read = |at: usize, _| {
            // Without fuel there is no more text, and the parser ends.
            let end = code.ceil_char_boundary((at / CHUNK + 1) * CHUNK);
            let chunk = code.as_bytes().get(at..end).unwrap_or_default();
            if burn(fuel).is_continue() { chunk } else { &[] }
        };
        let tree = parser.parse_with_options(&mut read, None, Some(options))?;
        (fuel.get() > 0).then_some(tree)
    }

    fn captures(
        query: &Query,
        node: Node<'_>,
        code: &str,
        fuel: &Cell<u64>,
        mut each: impl FnMut(Capture),
    ) -> Option<()> {
        let mut cursor = QueryCursor::new();
        cursor.set_match_limit(MATCHES);
        let mut step = |_: &_| burn(fuel);
        let options = QueryCursorOptions::new().progress_callback(&mut step);
        let mut matches = cursor.matches_with_options(query, node, code.as_bytes(), options);
        while let Some(found) = matches.next() {
            for capture in found.captures {
                each(Capture {
                    index: capture.index as usize,
                    pattern: found.pattern_index,
                    range: capture.node.byte_range(),
                });
            }
        }
        (fuel.get() > 0).then_some(())
    }
}

fn fuel_for(code: &str) -> Cell<u64> {
    Cell::new(FUEL + code.len() as u64 / BYTES_PER_FUEL)
}

/// Uses one unit of fuel; breaks if none is left.
fn burn(fuel: &Cell<u64>) -> ControlFlow<()> {
    match fuel.get().checked_sub(1) {
        Some(rest) if rest > 0 => {
            fuel.set(rest);
            ControlFlow::Continue(())
        }
        _ => {
            fuel.set(0);
            ControlFlow::Break(())
        }
    }
}

/// The number of bytes outside of any syntax (words directly in an error), and of pieces of all
/// errors, including words that the parser inserted.
fn stray(root: Node<'_>) -> (usize, usize) {
    let (mut bytes, mut pieces) = (0, 0);
    let mut cursor = root.walk();
    // Whether each node above is an error: asking a node for its parent is a search from the root.
    let mut above = vec![false];
    loop {
        let node = cursor.node();
        let is_in_error = node.is_error() || above.last() == Some(&true);
        if is_in_error && node.child_count() == 0 {
            bytes += node.byte_range().len();
        }
        pieces += usize::from(is_in_error || node.is_missing());
        if node.has_error() && cursor.goto_first_child() {
            above.push(node.is_error());
            continue;
        }
        while !cursor.goto_next_sibling() {
            above.pop();
            if !cursor.goto_parent() {
                return (bytes, pieces);
            }
        }
    }
}

/// Whether code nests deeper than any written by a person.
fn is_deep(code: &str) -> bool {
    let is_indented = code.lines().any(|line| {
        let indent = line.find(|c: char| !matches!(c, ' ' | '\t' | '-' | '?' | ':'));
        indent.unwrap_or(line.len()) > DEEPEST
    });
    let mut depth: usize = 0;
    let mut deepest = 0;
    for byte in code.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    is_indented || deepest > DEEPEST
}

/// Converts nested spans to tokens that do not overlap: the innermost wins.
fn flatten(code: &str, mut spans: Vec<Span>) -> Vec<Token> {
    spans.sort_by(|a, b| {
        let place = |span: &Span| (span.range.start, usize::MAX - span.range.end);
        place(a).cmp(&place(b)).then(b.rank.cmp(&a.rank))
    });
    spans.dedup_by(|later, kept| later.range == kept.range);
    let mut tokens = Tokens {
        code,
        list: Vec::new(),
    };
    let mut open: Vec<Span> = Vec::new();
    let mut at = 0;
    for mut span in spans {
        while let Some(top) = open.pop_if(|top| top.range.end <= span.range.start) {
            tokens.push(at..top.range.end, top.paint);
            at = at.max(top.range.end);
        }
        if let Some(top) = open.last() {
            tokens.push(at..span.range.start, top.paint);
            span.range.end = span.range.end.min(top.range.end);
        }
        at = at.max(span.range.start);
        open.push(span);
    }
    while let Some(top) = open.pop() {
        tokens.push(at..top.range.end, top.paint);
        at = at.max(top.range.end);
    }
    tokens.list
}

struct Tokens<'a> {
    code: &'a str,
    list: Vec<Token>,
}

impl Tokens<'_> {
    /// Adds a token without the blanks around it, joined with an equal one directly before it.
    fn push(&mut self, range: Range<usize>, paint: Paint) {
        let (Paint::Class(class), Some(text)) = (paint, self.code.get(range.clone())) else {
            return;
        };
        let start = range.start + text.len() - text.trim_start().len();
        let end = start + text.trim().len();
        if start == end {
            return;
        }
        match self.list.last_mut() {
            Some(last) if last.class == class && last.range.end == start => last.range.end = end,
            _ => self.list.push(Token {
                range: start..end,
                class,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grammar_compiles() {
        let grammars = Grammars::default();
        for (at, spec) in SPECS.iter().enumerate() {
            assert!(grammars.get(Grammar(at)).is_some(), "{}", spec.name);
        }
    }

    #[test]
    fn the_innermost_counts() {
        let span = |range, paint, pattern| Span {
            range,
            paint,
            rank: (paint != Paint::Plain, 0, pattern),
        };
        let class = Paint::Class;
        let spans = vec![
            span(3..6, Paint::Plain, 1),
            span(0..9, class(Class::String), 0),
            span(4..5, class(Class::Variable), 2),
            span(4..5, class(Class::Number), 1),
            span(10..12, class(Class::Comment), 1),
        ];
        let tokens = flatten("012345678 #9", spans);
        let flat: Vec<_> = tokens
            .iter()
            .map(|token| (token.range.clone(), token.class))
            .collect();
        assert_eq!(
            flat,
            [
                (0..3, Class::String),
                (4..5, Class::Variable),
                (6..9, Class::String),
                (10..12, Class::Comment)
            ]
        );
    }

    #[test]
    fn depth_is_bounded() {
        assert!(!is_deep("a:\n  - b: [1, {c: 2}]\n"));
        assert!(is_deep(&"[".repeat(200)));
        assert!(is_deep(&"- ".repeat(100)));
        assert!(!is_deep(&"()".repeat(1000)));
    }
}
