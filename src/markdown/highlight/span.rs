//! Classes of parts of code that nest, as the nodes of a syntax tree do, and the tokens that they
//! make.
//!
//! Not here: where they come from (`table`).

use std::ops::Range;

use super::token::{Class, Token};

/// What a rule makes of the text of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// Plain, also within a string.
    Plain,
    Class(Class),
}

/// The text of a node with its class. Spans nest like the syntax.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) range: Range<usize>,
    pub(super) paint: Paint,
    /// How many languages are around it.
    pub(super) level: usize,
    /// Of two in the same language for the same text, the higher one counts.
    pub(super) rank: usize,
}

impl Span {
    /// Of two for the same text the higher one counts: a class is above none.
    fn strength(&self) -> (bool, usize, usize) {
        (self.paint != Paint::Plain, self.level, self.rank)
    }
}

/// Tokens that do not overlap: the innermost span counts.
pub(super) fn flatten(code: &str, mut spans: Vec<Span>) -> Vec<Token> {
    spans.sort_by(|a, b| {
        let place = |span: &Span| (span.range.start, usize::MAX - span.range.end);
        let order = place(a).cmp(&place(b));
        order.then_with(|| b.strength().cmp(&a.strength()))
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
    fn the_innermost_counts() {
        let span = |range, paint, rank| Span {
            range,
            paint,
            level: 0,
            rank,
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
}
