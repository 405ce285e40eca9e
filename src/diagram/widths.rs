//! The width of text, without a font: a table of advances, so that a diagram has the same layout on
//! every machine, and Korean labels fit their boxes.
//!
//! The Latin advances are those of common sans-serif fonts; a Hangul syllable is a little narrower
//! than its em, as in the fonts of Korean systems. Not here: line breaking, which the layout does.

/// Advances of U+0020 to U+007E, in thousandths of an em: the wider of Arial's and Noto Sans'.
const ASCII: [u16; 95] = [
    278, 323, 474, 556, 556, 921, 680, 278, 338, 338, 467, 584, 278, 347, 278, 392, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 728, 293, 535, 667, 556, 833, 723, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620, 556, 325, 564, 607, 275, 275, 552,
    284, 926, 610, 606, 620, 620, 388, 500, 377, 607, 521, 802, 500, 521, 500, 338, 270, 338, 584,
];
/// Fonts differ by this factor; a little space is better than text outside of its box.
const AIR: f64 = 1.02;
const BOLD: f64 = 1.08;

/// The width of a line of text, in the unit of `size`.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    // Not `sum`: of nothing, it is minus zero.
    let ems = text.chars().map(advance).fold(0.0, |all, one| all + one);
    scaled(ems, size, bold)
}

/// The width of a letter, in the unit of `size`.
#[cfg(feature = "mermaid")]
pub(super) fn letter(letter: char, size: f64, bold: bool) -> f64 {
    scaled(advance(letter), size, bold)
}

fn scaled(ems: f64, size: f64, bold: bool) -> f64 {
    let weight = if bold { BOLD } else { 1.0 };
    ems * size * AIR * weight
}

/// In ems.
fn advance(c: char) -> f64 {
    let code = u32::from(c);
    if let Some(index) = code.checked_sub(32).and_then(|at| usize::try_from(at).ok())
        && let Some(known) = ASCII.get(index)
    {
        return f64::from(*known) / 1000.0;
    }
    match code {
        // Joiners, variation selectors, combining marks.
        0xAD | 0x200B..=0x200D | 0x2060 | 0xFE00..=0xFE0F | 0x0300..=0x036F => 0.0,
        0xA0 => 0.278,
        // Hangul.
        0xAC00..=0xD7A3 | 0x1100..=0x11FF | 0x3130..=0x318F => 0.94,
        // Emoji.
        0x1F000..=0x1FAFF | 0x2600..=0x27BF => 1.3,
        // Ideographs, kana, full-width forms; arrows, boxes.
        0x2E80..=0xA4CF
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0x20000..=0x3FFFD
        | 0x2190..=0x21FF
        | 0x2500..=0x25FF => 1.0,
        _ => 0.62,
    }
}
