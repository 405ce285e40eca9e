//! Colours as numbers: read, compared, and moved along lightness and chroma in OKLCH.
//!
//! All arithmetic is that of `color` with `libm`, which gives the same result on every machine. Not
//! here: which colours a picture should have (`adapt.rs`).

use color::{AlphaColor, Oklch, OpaqueColor, Srgb, parse_color};

pub(crate) type Rgb = OpaqueColor<Srgb>;

pub(crate) const BLACK: Rgb = Rgb::BLACK;
pub(crate) const WHITE: Rgb = Rgb::WHITE;

/// A colour in OKLCH: lightness from 0 to 1, chroma from 0, hue in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lch {
    pub(crate) l: f32,
    pub(crate) c: f32,
    pub(crate) h: f32,
}

/// A colour in the light scheme and in the dark one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Both {
    pub(crate) light: Rgb,
    pub(crate) dark: Rgb,
}

impl Both {
    /// Two colours by number, as in `0xfcfcfb`.
    pub(crate) const fn of(light: u32, dark: u32) -> Self {
        let ([_, r, g, b], [_, red, green, blue]) = (light.to_be_bytes(), dark.to_be_bytes());
        Self {
            light: Rgb::from_rgb8(r, g, b),
            dark: Rgb::from_rgb8(red, green, blue),
        }
    }

    /// One colour in both schemes.
    pub(crate) const fn same(colour: Rgb) -> Self {
        Self {
            light: colour,
            dark: colour,
        }
    }

    /// The smaller contrast of the two schemes.
    pub(crate) fn contrast(&self, other: &Self) -> f32 {
        contrast(&self.light, &other.light).min(contrast(&self.dark, &other.dark))
    }

    /// Each side as `of` makes it from that and the same side of all that is below.
    pub(crate) fn on(&self, below: &[Self], of: impl Fn(&Rgb, &[Rgb]) -> Rgb) -> Self {
        let (light, dark): (Vec<Rgb>, Vec<Rgb>) =
            below.iter().map(|both| (both.light, both.dark)).unzip();
        Self {
            light: of(&self.light, &light),
            dark: of(&self.dark, &dark),
        }
    }

    pub(crate) fn readable(&self, below: Self, least: f32) -> Self {
        self.on(&[below], |own, below| readable(own, below, least))
    }

    pub(crate) fn over(&self, below: &Self, alpha: f32) -> Self {
        Self {
            light: below.light.lerp_rect(self.light, alpha),
            dark: below.dark.lerp_rect(self.dark, alpha),
        }
    }
}

/// Reads a colour and its opacity; `None` for one that depends on its context.
pub(crate) fn read(text: &str) -> Option<(Rgb, f32)> {
    // `color` knows one spelling.
    let text = text.trim().to_ascii_lowercase().replace("grey", "gray");
    let colour: AlphaColor<Srgb> = parse_color(&text).ok()?.to_alpha_color();
    let (colour, alpha) = colour.split();
    let known = alpha.is_finite() && colour.components.iter().all(|side| side.is_finite());
    known.then(|| (colour.map(|r, g, b| [r, g, b].map(clamped)), clamped(alpha)))
}

fn clamped(side: f32) -> f32 {
    side.clamp(0.0, 1.0)
}

/// The colour as `#rrggbb`.
pub(crate) fn hex(colour: &Rgb) -> String {
    let [r, g, b, _] = colour.to_rgba8().to_u8_array();
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The contrast of two colours, from 1 to 21, as WCAG defines it.
pub(crate) fn contrast(a: &Rgb, b: &Rgb) -> f32 {
    let (a, b) = (a.relative_luminance(), b.relative_luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

pub(crate) fn lch(colour: &Rgb) -> Lch {
    let [l, c, h] = colour.convert::<Oklch>().components;
    Lch { l, c, h }
}

impl Lch {
    /// The nearest colour of the same lightness and hue within sRGB, of eight bits a channel, so
    /// that calculations use what is written.
    pub(crate) fn rgb(&self) -> Rgb {
        let shown = |colour: &Rgb| {
            let mut sides = colour.components.iter();
            sides.all(|side| (-0.000_5..=1.000_5).contains(side))
        };
        let mut found = self.raw(self.c);
        if !shown(&found) {
            let (mut low, mut high) = (0.0, self.c);
            for _ in 0..20 {
                let middle = f32::midpoint(low, high);
                if shown(&self.raw(middle)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            found = self.raw(low);
        }
        AlphaColor::<Srgb>::from(found.to_rgba8()).discard_alpha()
    }

    fn raw(&self, c: f32) -> Rgb {
        OpaqueColor::<Oklch>::new([self.l, c, self.h]).convert()
    }
}

/// The smallest contrast of a colour to what is below.
pub(crate) fn worst(colour: &Rgb, below: &[Rgb]) -> f32 {
    let contrasts = below.iter().map(|below| contrast(colour, below));
    contrasts.fold(f32::INFINITY, f32::min)
}

/// The colour of the same hue, moved only so far from this one that it has contrast `least` to all
/// that is below: away from that, or if this does not suffice, to the other side.
pub(crate) fn moved(colour: &Rgb, below: &[Rgb], least: f32) -> Option<Rgb> {
    if worst(colour, below) >= least {
        return Some(*colour);
    }
    let first = below.first()?.relative_luminance();
    let from = lch(colour);
    let away = f32::from(colour.relative_luminance() >= first);
    let steps = [away, 1.0 - away].into_iter().flat_map(|goal| {
        (0_u8..=100).map(move |step| from.l + (goal - from.l) * f32::from(step) / 100.0)
    });
    let mut moved = steps.map(|l| Lch { l, ..from }.rgb());
    moved.find(|moved| worst(moved, below) >= least)
}

/// The same, white or black where no such colour exists.
pub(crate) fn readable(colour: &Rgb, below: &[Rgb], least: f32) -> Rgb {
    let is_dark = || worst(&WHITE, below) >= worst(&BLACK, below);
    let end = || if is_dark() { WHITE } else { BLACK };
    moved(colour, below, least).unwrap_or_else(end)
}
