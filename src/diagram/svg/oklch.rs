//! Colours as numbers: read, compared, and moved along lightness and chroma in OKLCH.
//!
//! Not here: which colours a picture should have (`adapt.rs`).

use super::number::Scanner;

/// Red, green and blue in sRGB, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rgb(pub(super) [f64; 3]);

/// A colour in OKLCH: lightness from 0 to 1, chroma from 0, hue in radians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lch {
    pub(super) l: f64,
    pub(super) c: f64,
    pub(super) h: f64,
}

type Rows = [[f64; 3]; 3];

/// Matrices from linear sRGB to cone responses, on to lightness and two colour axes, and back
/// (Björn Ottosson).
const TO_CONES: Rows = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const TO_LAB: Rows = [
    [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
];
const FROM_LAB: Rows = [
    [1.0, 0.396_337_777_4, 0.215_803_757_3],
    [1.0, -0.105_561_345_8, -0.063_854_172_8],
    [1.0, -0.089_484_177_5, -1.291_485_548],
];
const FROM_CONES: Rows = [
    [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
    [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
    [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701],
];

fn product(rows: &Rows, by: [f64; 3]) -> [f64; 3] {
    rows.map(|row| row[0] * by[0] + row[1] * by[1] + row[2] * by[2])
}

impl Rgb {
    pub(super) const BLACK: Self = Self([0.0; 3]);
    pub(super) const WHITE: Self = Self([1.0; 3]);

    /// The colour as `#rrggbb`.
    pub(super) fn hex(&self) -> String {
        let mut name = String::from("#");
        for side in self.0 {
            name.push_str(&format!("{:02x}", byte(side)));
        }
        name
    }

    /// The colour rounded to eight bits a channel, so that calculations use what is written.
    pub(super) fn settled(&self) -> Self {
        Self(self.0.map(|side| f64::from(byte(side)) / 255.0))
    }

    /// This colour with opacity `alpha` on another.
    pub(super) fn over(&self, below: &Self, alpha: f64) -> Self {
        let mut sides = below.0;
        for (side, own) in sides.iter_mut().zip(self.0) {
            *side += (own - *side) * alpha;
        }
        Self(sides)
    }

    fn luminance(&self) -> f64 {
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast of two colours, from 1 to 21, as WCAG defines it.
    pub(super) fn contrast(&self, other: &Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    pub(super) fn lch(&self) -> Lch {
        let [lightness, a, b] = product(
            &TO_LAB,
            product(&TO_CONES, self.0.map(linear)).map(f64::cbrt),
        );
        Lch {
            l: lightness,
            c: a.hypot(b),
            h: b.atan2(a),
        }
    }
}

impl Lch {
    /// The nearest colour of the same lightness and hue within sRGB.
    pub(super) fn rgb(&self) -> Rgb {
        let (mut low, mut high) = (0.0, self.c);
        let shown = |sides: [f64; 3]| sides.iter().all(|side| (-0.000_5..=1.000_5).contains(side));
        let full = self.raw(self.c);
        if shown(full) {
            return Rgb(full.map(|side| side.clamp(0.0, 1.0))).settled();
        }
        for _ in 0..24 {
            let middle = f64::midpoint(low, high);
            if shown(self.raw(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Rgb(self.raw(low).map(|side| side.clamp(0.0, 1.0))).settled()
    }

    fn raw(&self, c: f64) -> [f64; 3] {
        let (sin, cos) = self.h.sin_cos();
        let cones = product(&FROM_LAB, [self.l, c * cos, c * sin]);
        product(&FROM_CONES, cones.map(|side| side.powi(3))).map(encoded)
    }
}

/// The colour of the same hue, moved only so far from this one that it has contrast `least` to what
/// is below: away from that, or if this does not suffice, to the other side.
pub(super) fn readable(colour: &Rgb, below: &Rgb, least: f64) -> Rgb {
    if colour.contrast(below) >= least {
        return *colour;
    }
    let lighter = colour.luminance() >= below.luminance();
    let towards = |lighter: bool| shifted(colour, lighter, |moved| moved.contrast(below) >= least);
    let ends = [Rgb::WHITE, Rgb::BLACK];
    towards(lighter)
        .or_else(|| towards(!lighter))
        .unwrap_or_else(|| {
            let [white, black] = ends;
            if white.contrast(below) >= black.contrast(below) {
                white
            } else {
                black
            }
        })
}

/// The first colour towards white or black, in small steps, that `will_do`.
pub(super) fn shifted(colour: &Rgb, lighter: bool, will_do: impl Fn(&Rgb) -> bool) -> Option<Rgb> {
    let from = colour.lch();
    let goal = if lighter { 1.0 } else { 0.0 };
    (0..=100)
        .map(|step| {
            let l = from.l + (goal - from.l) * f64::from(step) / 100.0;
            Lch { l, ..from }.rgb()
        })
        .find(|moved| will_do(moved))
}

fn byte(side: f64) -> u8 {
    let scaled = (side.clamp(0.0, 1.0) * 255.0).round();
    (0..=u8::MAX)
        .find(|byte| f64::from(*byte) >= scaled)
        .unwrap_or(u8::MAX)
}

fn linear(side: f64) -> f64 {
    if side <= 0.040_45 {
        side / 12.92
    } else {
        ((side + 0.055) / 1.055).powf(2.4)
    }
}

fn encoded(side: f64) -> f64 {
    if side <= 0.003_130_8 {
        side * 12.92
    } else {
        1.055 * side.powf(1.0 / 2.4) - 0.055
    }
}

/// Reads a colour and its opacity; `None` for one that depends on its context.
pub(super) fn read(text: &str) -> Option<(Rgb, f64)> {
    let text = text.trim();
    let bytes = |r: u8, g: u8, b: u8| Rgb([r, g, b].map(|side| f64::from(side) / 255.0));
    if let Some(digits) = text.strip_prefix('#') {
        let (r, g, b, alpha) = cssparser::color::parse_hash_color(digits.as_bytes()).ok()?;
        return Some((bytes(r, g, b), f64::from(alpha)));
    }
    if text.eq_ignore_ascii_case("transparent") {
        return Some((Rgb::BLACK, 0.0));
    }
    if let Ok((r, g, b)) = cssparser::color::parse_named_color(text) {
        return Some((bytes(r, g, b), 1.0));
    }
    let (name, inner) = text.strip_suffix(')')?.split_once('(')?;
    let numbers = parts(inner)?;
    let alpha = numbers.get(3).map_or(1.0, |(number, percent)| {
        (if *percent { number / 100.0 } else { *number }).clamp(0.0, 1.0)
    });
    let &[(a, percent), (b, _), (c, _), ..] = numbers.as_slice() else {
        return None;
    };
    match name.to_ascii_lowercase().as_str() {
        "rgb" | "rgba" => {
            let most = if percent { 100.0 } else { 255.0 };
            Some((
                Rgb([a, b, c].map(|side| (side / most).clamp(0.0, 1.0))),
                alpha,
            ))
        }
        "hsl" | "hsla" => Some((hsl(a, b / 100.0, c / 100.0), alpha)),
        _ => None,
    }
}

/// The arguments of a function, each with whether it is a percentage.
fn parts(inner: &str) -> Option<Vec<(f64, bool)>> {
    let words = inner.split(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | '/'));
    let words = words.filter(|word| !word.is_empty()).map(|word| {
        let bare = word.strip_suffix('%');
        let bare_or_angle = bare.unwrap_or(word).trim_end_matches("deg");
        let mut scanner = Scanner::new(bare_or_angle);
        let number = scanner.number()?;
        scanner.at_end().then_some((number, bare.is_some()))
    });
    words.collect()
}

fn hsl(hue: f64, saturation: f64, lightness: f64) -> Rgb {
    let (s, l) = (saturation.clamp(0.0, 1.0), lightness.clamp(0.0, 1.0));
    let side = |n: f64| {
        let k = (n + hue.rem_euclid(360.0) / 30.0).rem_euclid(12.0);
        l - s * l.min(1.0 - l) * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    };
    Rgb([side(0.0), side(8.0), side(4.0)])
}
