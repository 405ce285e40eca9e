//! ASCII pictures: a grid in which a Latin letter takes one cell and a Hangul syllable exactly two,
//! with any fonts.
//!
//! Letters that the page's monospaced font lacks rarely keep its grid. Each run of them is put into
//! an element as wide as its cells (`g1` … `g8`, in the style). The text is unchanged, so that it
//! can be selected and copied. Not here: recognising a fence with a picture by its name
//! (`outline`).

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::escape::push_text;

/// From this many box-drawing characters on, a text is a picture.
const FEW: usize = 4;

/// Whether a text is an ASCII picture: with box-drawing characters, or with corners such as `+--`.
pub fn is_drawing(text: &str) -> bool {
    let strokes = text
        .chars()
        .filter(|c| ('\u{2500}'..='\u{259f}').contains(c));
    let corners = text.matches("+--").chain(text.matches("--+"));
    strokes.take(FEW).count() == FEW || corners.take(FEW).count() == FEW
}

/// The text as HTML, with each letter that a monospaced font may lack in cells of fixed width.
pub fn cells(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    for letter in text.graphemes(true) {
        let width = letter.width();
        if letter.is_ascii() || width == 0 {
            push_text(&mut html, letter);
        } else {
            html.push_str(if width == 1 {
                "<i class=\"g1\">"
            } else {
                "<i class=\"g2\">"
            });
            push_text(&mut html, letter);
            html.push_str("</i>");
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_takes_two_cells() {
        assert_eq!(
            cells("│a<한\n"),
            "<i class=\"g1\">│</i>a&lt;<i class=\"g2\">한</i>\n"
        );
    }

    #[test]
    fn four_strokes_make_a_drawing() {
        assert!(is_drawing("┌──┐"));
        assert!(!is_drawing("a ─ b │ c"));
        assert!(is_drawing("+----+\n|  |\n+----+"));
        assert!(!is_drawing("a --+ b"));
    }
}
