//! What bounds the work on any text: counted, not timed, so that the same text gives the same tokens
//! on every machine.
//!
//! Fuel alone does not bound a parser: one unit of it may be ten thousand or some million
//! instructions. What bounds it is that a long block is parsed only as far as its beginning is
//! code. Not here: the parser.

use std::cell::Cell;
use std::ops::ControlFlow;

use arborium::tree_sitter::Node;

/// Indentation deeper than this many columns, and brackets deeper than this, are plain text: the
/// scanners of several grammars keep a stack in a buffer of 1,024 bytes, and some write past it.
const DEEPEST: usize = 160;
/// A longer block is plain: on what is not code of its language, a parser's time grows with the
/// square of the length (4 KiB of `/*` lines keep Python's busy for a second).
pub(super) const LONGEST: usize = 16 << 10;
/// Of a longer block, a beginning of this length is parsed first, then one of twice that, and so on:
/// the block is plain as soon as one is not code.
const PROBE: usize = 1 << 10;
/// A beginning is not code if half of it are words that belong to nothing (real code, cut anywhere,
/// has a third at most), or if what the parser could not put together is in pieces this small.
const PIECE: usize = 4;
/// Work that any block may take (a hundred of tree-sitter's operations, a hundred nodes of the walk,
/// or one reading of a chunk), and how many bytes add one more unit. Of real code in 22 languages,
/// none takes more than one in 14 bytes; a short block takes 50.
const FUEL: u64 = 200;
const BYTES_PER_FUEL: u64 = 8;
/// Nodes for which the walk uses one unit.
const NODES_PER_FUEL: u64 = 100;

/// The work that a block may still take: its beginnings, all of it, and the parts of it that are in
/// other languages.
#[derive(Debug)]
pub(super) struct Fuel {
    left: Cell<u64>,
    nodes: Cell<u64>,
}

impl Fuel {
    pub(super) fn of(code: &str) -> Self {
        Self {
            left: Cell::new(FUEL + code.len() as u64 / BYTES_PER_FUEL),
            nodes: Cell::new(0),
        }
    }

    pub(super) fn is_left(&self) -> bool {
        self.left.get() > 0
    }

    /// Uses one unit; breaks if none is left.
    pub(super) fn burn(&self) -> ControlFlow<()> {
        let rest = self.left.get().saturating_sub(1);
        self.left.set(rest);
        match rest {
            0 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    /// Counts a node that is looked at; `None` if no fuel is left.
    pub(super) fn node(&self) -> Option<()> {
        let nodes = self.nodes.get() + 1;
        self.nodes.set(nodes);
        if nodes.is_multiple_of(NODES_PER_FUEL) {
            let _ = self.burn();
        }
        self.is_left().then_some(())
    }
}

/// The beginnings of a long block that are to be code, the shortest first.
pub(super) fn beginnings(code: &str) -> impl Iterator<Item = &str> {
    let lengths = std::iter::successors(Some(PROBE), |length| length.checked_mul(2));
    let lengths = lengths.take_while(|length| *length < code.len());
    lengths.map(|length| {
        let part = &code[..code.floor_char_boundary(length)];
        part.rsplit_once('\n').map_or(part, |(lines, _)| lines)
    })
}

/// Whether the tree of some text is that of code.
pub(super) fn is_code(text: &str, root: Node<'_>) -> bool {
    let (bytes, pieces) = stray(root);
    bytes * 2 <= text.len() && pieces * PIECE <= text.len()
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
pub(super) fn is_deep(code: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_bounded() {
        assert!(!is_deep("a:\n  - b: [1, {c: 2}]\n"));
        assert!(is_deep(&"[".repeat(200)));
        assert!(is_deep(&"- ".repeat(100)));
        assert!(!is_deep(&"()".repeat(1000)));
    }

    #[test]
    fn beginnings_are_whole_lines_of_no_more_text_than_the_block() {
        let code = "가나다라마바사\n".repeat(LONGEST / 22);
        let lengths: Vec<usize> = beginnings(&code).map(str::len).collect();
        assert_eq!(lengths.len(), 4);
        assert!(lengths.iter().sum::<usize>() < code.len());
        for (at, length) in lengths.iter().enumerate() {
            assert!((PROBE << at) - 22 <= *length && *length <= PROBE << at);
            assert_eq!(length % 22, 21, "whole lines");
        }
        assert_eq!(beginnings("a\n").count(), 0);
    }

    #[test]
    fn fuel_ends() {
        let fuel = Fuel::of("");
        assert_eq!((1..=FUEL + 1).find(|_| fuel.burn().is_break()), Some(FUEL));
        assert!(fuel.node().is_none() && !fuel.is_left());
        let fuel = Fuel::of(&"a".repeat(80));
        let nodes = (1..=1_000_000).find(|_| fuel.node().is_none());
        assert_eq!(nodes, Some((FUEL + 10) * NODES_PER_FUEL));
    }
}
