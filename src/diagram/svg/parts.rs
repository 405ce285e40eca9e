//! A style value in its parts, its colours read: what is done with all of a kind, and how it is
//! written.
//!
//! Not here: reading it from text (`value.rs`).

use std::fmt::{self, Write as _};
use std::sync::Arc;

use smol_str::SmolStr;

use super::shade::{self, Both, Rgb};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By name, number or function.
    Colour,
    /// A call of `var()`, which may have any value.
    Var,
    /// `url(#id)`.
    Reference,
    /// A call of another function, or a parenthesis.
    Call,
    /// With or without a unit.
    Number,
    /// A blank, a comma or a slash.
    Between,
    Other,
}

/// What a colour paints, where that does not depend on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Paint {
    pub(crate) colour: Both,
    /// The opacity; of two colours, the light one's.
    pub(crate) alpha: f32,
    /// The author chose one colour for both schemes.
    pub(crate) is_single: bool,
}

impl Paint {
    pub(crate) const BLACK: Self = Self {
        colour: Both::same(shade::BLACK),
        alpha: 1.0,
        is_single: true,
    };

    pub(crate) fn is_opaque(&self) -> bool {
        self.alpha >= 0.999
    }

    /// The colour, if it is opaque and the same in both schemes.
    pub(crate) fn single(&self) -> Option<Rgb> {
        (self.is_single && self.is_opaque()).then_some(self.colour.light)
    }
}

/// A value in its parts, which all elements share that have it.
pub(crate) type Style = Arc<[Part]>;

/// A part of a value: a word, a number, a call, or what separates them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) kind: Kind,
    /// As it is written; of a call the function's name, of a reference the id.
    text: SmolStr,
    /// The arguments of a call.
    inside: Option<Vec<Part>>,
    pub(crate) paint: Option<Paint>,
}

/// The functions that return a colour.
#[rustfmt::skip]
pub(super) const COLOURS: &[&str] = &[
    "color", "color-mix", "contrast-color", "hsl", "hsla", "hwb", "lab", "lch", "light-dark",
    "oklab", "oklch", "rgb", "rgba",
];

const PAIR: &str = "light-dark";

impl Part {
    /// A part without arguments.
    pub(crate) fn new(kind: Kind, text: impl Into<SmolStr>) -> Self {
        let text = text.into();
        let colour = (kind == Kind::Colour).then(|| shade::read(&text));
        Self {
            kind,
            inside: None,
            paint: colour.flatten().map(single),
            text,
        }
    }

    pub(crate) fn word(text: &str) -> Self {
        Self::new(Kind::Other, text)
    }

    pub(super) fn comma() -> Self {
        Self::new(Kind::Between, ", ")
    }

    /// A call of a function, or a parenthesis if that has no name.
    pub(super) fn call(name: &str, inside: Vec<Self>) -> Self {
        let kind = match name.to_ascii_lowercase().as_str() {
            "var" => Kind::Var,
            name if COLOURS.contains(&name) => Kind::Colour,
            _ => Kind::Call,
        };
        let mut call = Self {
            kind,
            text: name.into(),
            inside: Some(inside),
            paint: None,
        };
        if kind == Kind::Colour {
            call.paint = call.painted();
        }
        call
    }

    /// The token of the site with that name.
    pub(crate) fn token(name: &str) -> Self {
        Self::call("var", vec![Self::word(name)])
    }

    /// A colour with an opacity in each scheme.
    pub(crate) fn faded(colour: Both, alpha: f32) -> Self {
        let [light, dark] = [colour.light, colour.dark].map(|side| {
            let [r, g, b, _] = side.to_rgba8().to_u8_array();
            format!("rgba({r}, {g}, {b}, {alpha})")
        });
        let sides = [light, dark].map(|side| Self::new(Kind::Colour, side));
        Self::pair(sides)
    }

    pub(crate) fn pair([light, dark]: [Self; 2]) -> Self {
        Self::call(PAIR, vec![light, Self::comma(), dark])
    }

    /// What the call of a colour's function paints.
    fn painted(&self) -> Option<Paint> {
        if !self.text.eq_ignore_ascii_case(PAIR) {
            return shade::read(&self.to_string()).map(single);
        }
        let inside = self.inside.iter().flatten();
        let mut colours = inside.filter(|part| part.kind != Kind::Between);
        let mut next = || colours.next()?.paint.filter(|paint| paint.is_single);
        let (light, dark) = (next()?, next()?);
        colours.next().is_none().then_some(Paint {
            colour: Both {
                light: light.colour.light,
                dark: dark.colour.dark,
            },
            alpha: light.alpha,
            is_single: false,
        })
    }

    /// The name of a function that is called, and its arguments.
    pub(super) fn called(&self) -> Option<(&str, &[Self])> {
        Some((&self.text, self.inside.as_deref()?))
    }

    /// The text of a part that is neither a call nor a reference.
    pub(crate) fn text(&self) -> Option<&str> {
        (self.inside.is_none() && self.kind != Kind::Reference).then_some(&self.text)
    }

    /// The id that a reference refers to.
    pub(super) fn id(&self) -> Option<&str> {
        (self.kind == Kind::Reference).then_some(&self.text)
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text() == Some(text)
    }

    pub(super) fn is_comma(&self) -> bool {
        self.kind == Kind::Between && self.text.starts_with(',')
    }

    /// Whether it has a value for each scheme, or that of the page.
    pub(super) fn follows_schemes(&self) -> bool {
        self.kind == Kind::Var || self.text.eq_ignore_ascii_case(PAIR)
    }

    fn length(&self) -> usize {
        let inside = self.inside.iter().map(|inside| length(inside) + "()".len());
        self.text.len() + inside.sum::<usize>()
    }
}

fn single((colour, alpha): (Rgb, f32)) -> Paint {
    Paint {
        colour: Both::same(colour),
        alpha,
        is_single: true,
    }
}

impl From<Both> for Part {
    /// A single colour where both are the same, else `light-dark()`.
    fn from(colour: Both) -> Self {
        let [light, dark] =
            [colour.light, colour.dark].map(|side| Self::new(Kind::Colour, shade::hex(&side)));
        if light == dark {
            light
        } else {
            Self::pair([light, dark])
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inside {
            _ if self.kind == Kind::Reference => f.write_str(&reference(&self.text)),
            None => f.write_str(&self.text),
            Some(inside) => write!(f, "{}({})", self.text, written(inside)),
        }
    }
}

/// A value as text, in its canonical form.
pub(crate) fn written(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        // Writing to a string cannot fail.
        let _ = write!(out, "{part}");
    }
    out
}

/// In bytes, as they are written.
pub(super) fn length(parts: &[Part]) -> usize {
    parts.iter().map(Part::length).sum()
}

/// A reference, `url(#id)`, in its canonical form.
fn reference(id: &str) -> String {
    let plain = id
        .chars()
        .all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
    if plain {
        return format!("url(#{id})");
    }
    format!("url({})", quoted(&format!("#{id}")))
}

/// A CSS string in single quotes, which need no escape in attributes.
pub(super) fn quoted(text: &str) -> String {
    let mut double = String::new();
    // Writing to a string cannot fail.
    let _ = cssparser::serialize_string(text, &mut double);
    let inner = double
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or_default();
    format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "\\'"))
}

/// All parts of a value, those inside of calls after the call.
pub(crate) fn all(parts: &[Part]) -> Vec<&Part> {
    let mut found = Vec::new();
    for part in parts {
        found.push(part);
        found.extend(part.inside.iter().flat_map(|inside| all(inside)));
    }
    found
}

/// Changes each part that `change` is true for; what is inside of the others is looked at in turn.
pub(crate) fn change(parts: &mut [Part], change_one: &mut dyn FnMut(&mut Part) -> bool) {
    for part in parts {
        if !change_one(part)
            && let Some(inside) = &mut part.inside
        {
            change(inside, change_one);
        }
    }
}

/// The value with other ids in its references.
pub(crate) fn referring(parts: &[Part], new: &dyn Fn(&str) -> String) -> Vec<Part> {
    let mut parts = parts.to_vec();
    change(&mut parts, &mut |part| {
        if part.kind == Kind::Reference {
            part.text = new(&part.text).into();
        }
        false
    });
    parts
}

/// Merges two values that are equal but for colours, each of which becomes `light-dark(a, b)`.
pub(super) fn paired(lights: &[Part], darks: &[Part]) -> Option<Vec<Part>> {
    if lights.len() != darks.len() {
        return None;
    }
    let both = lights.iter().zip(darks);
    both.map(|(a, b)| paired_part(a, b)).collect()
}

fn paired_part(a: &Part, b: &Part) -> Option<Part> {
    if a == b {
        return Some(a.clone());
    }
    // `none` and a `var()` in one scheme are colours if there is a colour in the other.
    let clear = |part: &Part, other: &Part| part.is("none") && other.kind == Kind::Colour;
    let coloured = |part: &Part| matches!(part.kind, Kind::Colour | Kind::Var);
    if clear(a, b) || clear(b, a) || coloured(a) && coloured(b) {
        let transparent = || Part::new(Kind::Colour, "transparent");
        let sides = [a, b].map(|part| {
            if part.is("none") {
                transparent()
            } else {
                part.clone()
            }
        });
        return Some(Part::pair(sides));
    }
    let ((name, inside), (other, against)) = (a.called()?, b.called()?);
    (name == other && a.kind == Kind::Call)
        .then(|| Some(Part::call(name, paired(inside, against)?)))?
}
