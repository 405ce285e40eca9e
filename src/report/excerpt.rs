//! A source line, and the number of terminal cells before the part that a finding is about.
//!
//! Widths are those of whole graphemes: a Hangul syllable takes two cells, a combining mark none, a
//! family of emoji two. Not here: line numbers and colours (`text`).

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::terminal::steers;

/// In cells. A longer line is cut around the affected part.
const WIDTH: usize = 100;
/// In cells: the part of a cut line before the affected part.
const BEFORE: usize = 30;
/// Characters before and after the column that are measured, so that a minified line of megabytes
/// is not measured for each of its findings.
const NEAR: usize = 400;
const TAB: usize = 4;
const CUT: &str = "…";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// Without tabs and control characters, cut if it is long.
    pub(super) line: String,
    /// Cells before the carets.
    pub(super) pad: usize,
    /// The number of carets, at least one.
    pub(super) carets: usize,
}

/// A grapheme, and the characters of the line it consists of.
struct Piece {
    shown: String,
    from: usize,
    to: usize,
}

impl Excerpt {
    /// The part of `line` at a column (in characters, from 1). If the column is past the end of the
    /// line, so is the caret; a length of 0 means one character.
    pub(super) fn new(line: &str, column: usize, length: usize) -> Self {
        let start = column.saturating_sub(1);
        let skipped = start.saturating_sub(NEAR);
        let pieces = pieces(line, skipped);
        let first = pieces.iter().position(|piece| piece.to > start);
        let first = first.unwrap_or(pieces.len());
        let end = start.saturating_add(length.max(1));
        let about = pieces[first..].iter().take_while(|piece| piece.from < end);
        let last = first + about.count();

        let (from, to) = window(&pieces, first);
        let cut_before = from > 0 || skipped > 0;
        let cut_after = to < pieces.len() || line.chars().nth(skipped + 2 * NEAR).is_some();
        let mut before = String::from(if cut_before { CUT } else { "" });
        before.extend(pieces[from..first].iter().map(|piece| piece.shown.as_str()));
        let mut shown = before.clone();
        let mid = last.min(to);
        shown.extend(pieces[first..mid].iter().map(|piece| piece.shown.as_str()));
        // The width of the whole, not the sum of the parts: some sequences join across parts.
        let pad = before.width();
        let carets = shown.width().saturating_sub(pad).max(1);
        shown.extend(pieces[mid..to].iter().map(|piece| piece.shown.as_str()));
        if cut_after {
            shown.push_str(CUT);
        }
        Self {
            line: shown,
            pad,
            carets,
        }
    }
}

fn pieces(line: &str, skipped: usize) -> Vec<Piece> {
    let near: String = line.chars().skip(skipped).take(2 * NEAR).collect();
    let mut pieces = Vec::new();
    let mut at = skipped;
    let mut width = 0;
    for cluster in near.graphemes(true) {
        let shown = shown(cluster, width);
        width += shown.width();
        let to = at + cluster.chars().count();
        pieces.push(Piece {
            shown,
            from: at,
            to,
        });
        at = to;
    }
    pieces
}

fn shown(cluster: &str, width: usize) -> String {
    if cluster == "\t" {
        return " ".repeat(TAB - width % TAB);
    }
    let plain = |c| if steers(c) { '\u{fffd}' } else { c };
    cluster.chars().map(plain).collect()
}

/// The range of pieces that is shown, including the one at `first`.
fn window(pieces: &[Piece], first: usize) -> (usize, usize) {
    let widths: Vec<usize> = pieces.iter().map(|piece| piece.shown.width()).collect();
    if widths.iter().sum::<usize>() <= WIDTH {
        return (0, pieces.len());
    }
    let back = |from: usize, room: usize| from - fitting(widths[..from].iter().rev(), room);
    let mut from = back(first, BEFORE);
    let to = from + fitting(widths[from..].iter(), WIDTH);
    if to == pieces.len() {
        // The end of the line leaves room for more of what comes before.
        from = back(pieces.len(), WIDTH).min(from);
    }
    (from, to.max((first + 1).min(pieces.len())))
}

fn fitting<'a>(widths: impl Iterator<Item = &'a usize>, room: usize) -> usize {
    let mut used = 0;
    widths
        .take_while(|width| {
            used += **width;
            used <= room
        })
        .count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(line: &str, column: usize, length: usize, shown: &str, carets: &str) {
        let excerpt = Excerpt::new(line, column, length);
        assert_eq!(excerpt.line, shown);
        let drawn = " ".repeat(excerpt.pad) + &"^".repeat(excerpt.carets);
        assert_eq!(drawn, carets, "under {shown}");
    }

    #[test]
    fn hangul_is_two_cells_wide() {
        check(
            "원문 [링크](x.md)",
            4,
            10,
            "원문 [링크](x.md)",
            "     ^^^^^^^^^^^^",
        );
    }

    #[test]
    fn a_mark_is_on_its_letter_and_a_family_is_one_picture() {
        check("e\u{301}x", 3, 1, "e\u{301}x", " ^");
        check("e\u{301}x", 2, 1, "e\u{301}x", "^");
        check("👩‍👩‍👧 x", 7, 1, "👩‍👩‍👧 x", "   ^");
        check("👩‍👩‍👧 x", 3, 1, "👩‍👩‍👧 x", "^^");
        // Hangul in its decomposed form.
        check(
            "\u{1112}\u{1161}\u{11ab}x",
            4,
            1,
            "\u{1112}\u{1161}\u{11ab}x",
            "  ^",
        );
    }

    #[test]
    fn tabs_are_spaces_up_to_the_next_stop() {
        check("\ta\tb", 4, 1, "    a   b", "        ^");
        check("가\tb", 3, 1, "가  b", "    ^");
    }

    #[test]
    fn nothing_of_a_line_steers_the_terminal() {
        check(
            "\u{1b}[31mx\u{202e}",
            6,
            1,
            "\u{fffd}[31mx\u{fffd}",
            "     ^",
        );
    }

    #[test]
    fn past_the_end_the_caret_is_behind_it() {
        check("ab", 3, 0, "ab", "  ^");
        check("ab", 99, 5, "ab", "  ^");
        check("", 1, 0, "", "^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = "가".repeat(500) + "!" + &"나".repeat(500);
        let excerpt = Excerpt::new(&line, 501, 1);
        assert_eq!((excerpt.pad, excerpt.carets), (31, 1));
        assert!(excerpt.line.starts_with("…가") && excerpt.line.ends_with("나…"));
        assert!(excerpt.line.width() <= WIDTH + 2);

        let excerpt = Excerpt::new(&"가".repeat(2000), 2000, 1);
        assert!(!excerpt.line.ends_with(CUT));
        assert_eq!(excerpt.pad + excerpt.carets, excerpt.line.width());
    }

    proptest! {
        #[test]
        fn carets_begin_where_the_text_before_them_ends(
            before in "[ -~가-힣\t\u{301}👩👧\u{200d}\u{1b}]{0,150}",
            after in "[ -~가-힣\t\u{301}👩👧\u{200d}]{0,150}",
        ) {
            // A line in which only the place in question holds this sign.
            let line = format!("{before}§{after}");
            let column = before.chars().count() + 1;
            let excerpt = Excerpt::new(&line, column, 1);
            let at = excerpt.line.find('§').expect("the place is shown");
            prop_assert_eq!(excerpt.line[..at].width(), excerpt.pad);
            prop_assert_eq!(excerpt.carets, 1);
            prop_assert!(excerpt.line.width() <= WIDTH + 3);
        }

        #[test]
        fn no_line_and_no_place_is_too_odd(
            line in ".{0,1000}", column in 0..1200usize, length in 0..1200usize,
        ) {
            let excerpt = Excerpt::new(&line, column, length);
            prop_assert!(!excerpt.line.chars().any(steers));
            prop_assert!(excerpt.pad <= excerpt.line.width());
            prop_assert!(excerpt.carets >= 1);
        }
    }
}
