//! The size of a picture, from its first bytes, so that a page reserves its space while it loads.
//!
//! Not here: reading the file, and formats that browsers do not show.

use lol_html::{HtmlRewriter, Settings, element};
use std::cell::Cell;

/// How many bytes of a file are read for its size; a camera's metadata before the picture fits.
pub const HEAD: u64 = 1 << 20;
/// The largest width and height, in pixels.
const LARGEST: f64 = 100_000.0;

/// Width and height in CSS pixels.
pub type Size = (u32, u32);

/// Whether the file's name has the ending of a picture.
pub fn is_picture(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    [
        "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "jfif", "apng",
    ]
    .iter()
    .any(|known| known.eq_ignore_ascii_case(ending))
}

/// The size of the picture that begins with these bytes; `None` if they do not contain it.
pub fn size(head: &[u8]) -> Option<Size> {
    if let Ok(found) = imagesize::blob_size(head) {
        let side = |side: usize| u32::try_from(side).ok().filter(|side| *side > 0);
        return Some((side(found.width)?, side(found.height)?));
    }
    svg(head)
}

/// Width and height of the first `<svg>`, or those of its view box.
fn svg(head: &[u8]) -> Option<Size> {
    let found: Cell<Option<Size>> = Cell::new(None);
    let seen = Cell::new(false);
    let settings = Settings::new().append_element_content_handler(element!("svg", |svg| {
        if !seen.replace(true) {
            let attribute = |name: &str| svg.get_attribute(name);
            let own = attribute("width").zip(attribute("height"));
            let own = own.and_then(|(w, h)| sides(length(&w)?, length(&h)?));
            found.set(own.or_else(|| view_box(&attribute("viewbox")?)));
        }
        Ok(())
    }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    // A file that cannot be scanned to its end gave what it could.
    let _ = rewriter.write(head).and_then(|()| rewriter.end());
    found.get()
}

fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    text.strip_suffix("px").unwrap_or(text).parse().ok()
}

fn view_box(text: &str) -> Option<Size> {
    let numbers: Vec<f64> = text
        .split([' ', ',', '\n', '\t'])
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    match numbers[..] {
        [_, _, width, height] => sides(width, height),
        _ => None,
    }
}

fn sides(width: f64, height: f64) -> Option<Size> {
    Some((side(width)?, side(height)?))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within the limits, and rounded"
)]
fn side(length: f64) -> Option<u32> {
    let rounded = length.round();
    (1.0..=LARGEST).contains(&rounded).then_some(rounded as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_give_their_sizes() {
        let gif = b"GIF89a\x20\x01\x10\x00\x00\x00\x00";
        assert_eq!(size(gif), Some((288, 16)));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x00\0\0\0\x80\x08\x02\0\0\0";
        assert_eq!(size(png), Some((256, 128)));
    }

    #[test]
    fn a_drawing_gives_its_size_by_attributes_or_view_box() {
        for (svg, expected) in [
            ("<svg width=\"640\" height=\"480px\"/>", Some((640, 480))),
            (
                "<?xml version=\"1.0\"?><!-- x --><svg viewBox=\"0 0 800.4,400\">",
                Some((800, 400)),
            ),
            (
                "<svg width=\"100%\" height=\"100%\" viewBox=\"-5 -5 20 10\">",
                Some((20, 10)),
            ),
            ("<svg width=\"0\" height=\"9\">", None),
            (
                "<svg width=\"1e300\" height=\"nan\" viewBox=\"a b c d\">",
                None,
            ),
            ("<svg>", None),
            ("", None),
            ("no picture", None),
        ] {
            assert_eq!(size(svg.as_bytes()), expected, "{svg}");
        }
    }
}
