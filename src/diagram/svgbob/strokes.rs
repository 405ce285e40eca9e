//! Which signs of a picture made of characters are strokes: those that go on in the line, or in the
//! lines above and below.
//!
//! Not here: which of the others are words.

use std::sync::LazyLock;

use regex::Regex;

use super::letters::{Letter, STROKE};

/// What a line made of `-`, `=`, `~` or `_` has at its ends.
const ENDS: &str = "<>+.,'`*^/\\|";

/// After the beginning of a line: it goes on behind its label.
#[expect(clippy::expect_used, reason = "the pattern is constant")]
static GOES_ON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?: ?[^ ])*?-(?:[^-AW]|$)").expect("a pattern"));

/// The [`Letter::kind`]s of each line, and [`STROKE`] for strokes. One character for each letter.
pub(super) fn kinds(lines: &[Vec<Letter>]) -> Vec<String> {
    // By cells, so that what is above and below is found.
    let cells = |line: &Vec<Letter>| {
        let cells = line
            .iter()
            .flat_map(|letter| vec![letter.kind(); letter.cells]);
        cells.collect::<Vec<char>>()
    };
    let grid: Vec<Vec<char>> = lines.iter().map(cells).collect();
    let kinds = lines.iter().enumerate().map(|(row, line)| {
        let own = line.iter().map(|letter| {
            let is_stroke = is_joined(&grid, row, letter.column);
            if is_stroke { STROKE } else { letter.kind() }
        });
        let mut own: Vec<char> = own.collect();
        hide_lines(&mut own);
        hide_arcs(&mut own);
        own.into_iter().collect()
    });
    kinds.collect()
}

fn is_letter(kind: char) -> bool {
    matches!(kind, 'A' | 'W')
}

/// Whether a sign goes on above or below, or is a line between two columns.
fn is_joined(grid: &[Vec<char>], row: usize, column: usize) -> bool {
    let at = |row: usize, column: usize| {
        let kind = grid.get(row).and_then(|line| line.get(column));
        kind.copied().unwrap_or(' ')
    };
    let own = at(row, column);
    let (above, below) = (row.wrapping_sub(1), row + 1);
    let (left, right) = (column.wrapping_sub(1), column + 1);
    let beside = [left, right].map(|column| is_letter(at(row, column)));
    let is_between = letters(&grid[row], column, false) == [true; 2];
    let ways = match own {
        '|' if beside != [true; 2] => return true,
        ' ' | 'W' => return false,
        'A' if beside != [false; 2] => return false,
        _ if is_between && !"|A".contains(own) => return false,
        '/' => [(above, right), (below, left)],
        '\\' => [(above, left), (below, right)],
        '(' => [(above, right), (below, right)],
        ')' => [(above, left), (below, left)],
        '.' | ',' => [(below, column), (below, column)],
        '\'' | '`' => [(above, column), (above, column)],
        _ => [(above, column), (below, column)],
    };
    ways.into_iter().any(|(row, column)| match at(row, column) {
        '|' | STROKE => true,
        '+' | '*' | ':' | '^' if matches!(own, '(' | ')') => false,
        '+' | '*' | ':' | '^' | '.' | ',' | '\'' | '`' | '/' | '\\' | '(' | ')' => {
            letters(&grid[row], column, true) == [false; 2]
        }
        _ => false,
    })
}

/// Whether letters are before a sign, and behind it, with nothing but signs between. `may_be_apart`: a
/// single blank does not end the row.
fn letters(line: &[char], column: usize, may_be_apart: bool) -> [bool; 2] {
    let is_blank = |at: usize| line.get(at).is_none_or(|kind| *kind == ' ');
    let goes_on = |at: &usize| match line[*at] {
        ' ' => may_be_apart && !is_blank(at + 1) && !is_blank(at.wrapping_sub(1)),
        kind => !"|-=~_\0".contains(kind),
    };
    let is_letter = |at: usize| is_letter(line[at]);
    let mut before = (0..column).rev().take_while(goes_on);
    let mut behind = (column + 1..line.len()).take_while(goes_on);
    [before.any(is_letter), behind.any(is_letter)]
}

/// Makes lines from left to right strokes, with their ends.
fn hide_lines(kinds: &mut [char]) {
    let mut start = 0;
    while start < kinds.len() {
        let is_own = |kind: &&char| **kind == kinds[start];
        let end = start + kinds[start..].iter().take_while(is_own).count();
        if is_line(kinds, start, end) {
            let is_end = |kind: &&char| ENDS.contains(**kind);
            let before = kinds[..start].iter().rev().take_while(is_end).count();
            let after = kinds[end..].iter().take_while(is_end).count();
            kinds[start - before..end + after].fill(STROKE);
            start = end + after;
        } else {
            start = end;
        }
    }
}

/// Whether equal signs are a line: neither a hyphen, nor before an option, nor between or around
/// letters, as in `a == b` and `__init__`.
fn is_line(kinds: &[char], start: usize, end: usize) -> bool {
    let before = kinds[..start].last().copied().unwrap_or(' ');
    let after = kinds.get(end).copied().unwrap_or(' ');
    let count = end - start;
    match kinds[start] {
        '-' if count == 1 && is_letter(before) && is_letter(after) => {
            let in_word = |kind: &&char| is_letter(**kind) || "-_./:'&@#,".contains(**kind);
            let first = start - kinds[..start].iter().rev().take_while(in_word).count();
            let last = end + kinds[end..].iter().take_while(in_word).count();
            let mut pairs = kinds[first..last].windows(2);
            let is_word = pairs.any(|pair| pair.iter().all(|kind| is_letter(*kind)));
            !is_word && !kinds[first..last].contains(&'W')
        }
        '-' => {
            let rest: String = kinds[end..].iter().collect();
            let is_option = count < 3 && is_letter(after) && " ([{,".contains(before);
            !is_option || GOES_ON.is_match(&rest)
        }
        '=' => {
            count > 2 || before == '<' || after == '>' || before == ' ' && after == ' ' && count > 1
        }
        '_' => count > 2,
        '~' => count > 1,
        _ => false,
    }
}

/// Makes brackets without a counterpart strokes: sides of round shapes.
fn hide_arcs(kinds: &mut [char]) {
    let mut open = Vec::new();
    let mut before = ' ';
    for at in 0..kinds.len() {
        match kinds[at] {
            '(' => open.push(at),
            ')' if open.pop().is_none() => kinds[at] = STROKE,
            STROKE => open.drain(..).for_each(|at| kinds[at] = STROKE),
            ' ' if before == ' ' => open.drain(..).for_each(|at| kinds[at] = STROKE),
            _ => {}
        }
        before = kinds[at];
    }
    for at in open {
        kinds[at] = STROKE;
    }
}
