//! Draws `svgbob` sources: lines, boxes and arrows made of characters, on a grid.
//!
//! The crate of that name draws everything but words, which are put into the grid here (`words`):
//! it counts a Hangul syllable in bytes. Not here: cleaning what it wrote (`svg`).

mod letters;
mod strokes;
mod words;

#[cfg(test)]
mod tests;

use ::svgbob::{Settings, to_svg_with_override_size};

use super::drawing::{Cause, Drawing, Failure};
use super::lost::lost;
use super::svg;
use super::svg::parts::Part;
use super::svg::tree::What;
use super::svg::write::escaped;
use super::tokens::{INK, PAPER, token};
use words::{Sheet, Word};

/// In user units; the crate's own grid.
const CELL: (usize, usize) = (8, 16);
/// The distance of a letter's base line from the top of its cell.
const BASE: usize = 12;
const MOST_LINES: usize = 400;
/// In cells.
const LONGEST_LINE: usize = 400;
/// The crate compares strokes with each other: its time grows with the square of their number.
const MOST_STROKES: usize = 4_000;

/// Draws a picture.
///
/// # Errors
///
/// Which limit the source exceeds.
pub(super) fn draw(source: &str) -> Result<Drawing, Failure> {
    let sheet = Sheet::of(source);
    count(&sheet)?;
    let picture = svg::read(&written(&sheet))?;
    let mut styled = picture.styled();
    styled.without("class");
    // The colours of a legend are the author's, for one scheme.
    let mut polished = styled.adapted(INK, PAPER, svg::adapt::By::Renderer);
    polished.recolour(token);
    let texts = polished.nodes.iter().filter_map(|node| match &node.what {
        What::Text(text) => Some(text.clone()),
        _ => None,
    });
    if let Some(word) = lost(&sheet.said, &texts.collect::<Vec<_>>()) {
        let message = format!("the picture would lack the words “{word}”");
        return Err(Failure::new(message).because(Cause::Broken));
    }
    let mut drawing = Drawing::new(&picture, &polished);
    // What was removed from it came from the crate, and is no loss.
    drawing.removed.clear();
    Ok(drawing)
}

fn count(sheet: &Sheet) -> Result<(), Failure> {
    if sheet.height > MOST_LINES {
        return Err(Failure::too_many("lines", MOST_LINES));
    }
    if sheet.width > LONGEST_LINE {
        return Err(Failure::too_many("cells in a line", LONGEST_LINE));
    }
    let strokes = sheet.strokes.chars().filter(|c| !c.is_whitespace());
    if strokes.count() > MOST_STROKES {
        return Err(Failure::too_many("strokes", MOST_STROKES));
    }
    Ok(())
}

/// The picture as SVG, in the site's colours.
fn written(sheet: &Sheet) -> String {
    let [ink, paper] = [INK, PAPER].map(|colour| Part::from(colour).to_string());
    let settings = Settings {
        font_size: 13,
        font_family: "ui-monospace, monospace".to_owned(),
        fill_color: ink.clone(),
        background: paper,
        stroke_color: ink.clone(),
        stroke_width: 1.5,
        include_backdrop: false,
        ..Settings::default()
    };
    #[expect(clippy::cast_precision_loss, reason = "few cells")]
    let [width, height] =
        [(sheet.width + 1) * CELL.0, (sheet.height + 1) * CELL.1].map(|side| side as f32);
    let strokes = to_svg_with_override_size(&sheet.strokes, &settings, width, height);
    // The crate leaves the heads of arrows black.
    let strokes = strokes.replace("<polygon ", &format!("<polygon fill=\"{ink}\" "));
    let words: String = sheet.words.iter().map(text).collect();
    match strokes.rsplit_once("</svg>") {
        Some((before, _)) => format!("{before}{words}</svg>"),
        None => strokes,
    }
}

/// A word exactly as wide as its cells, in any font.
fn text(word: &Word) -> String {
    let (width, height) = CELL;
    format!(
        "<text x=\"{}\" y=\"{}\" textLength=\"{}\">{}</text>",
        word.column * width,
        word.line * height + BASE,
        word.cells * width,
        escaped(&word.text),
    )
}
