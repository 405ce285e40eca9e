//! A drawn picture as a page takes it, or why there is none.
//!
//! Not here: drawing (`super`), and what a picture may hold (`svg`).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::svg::written::rounded;
use super::svg::{Cleaned, NotAPicture, Polished};
use super::tokens;

/// Placeholder in a picture for the prefix that distinguishes its ids from others of the page.
const SCOPE: &str = "\u{f0001}";
/// Placeholder in a picture for its name.
const NAME: &str = "\u{f0002}";
/// A picture that is wider, in pixels, does not fit the column of the text.
pub const COLUMN: f64 = 680.0;
/// Letters are shown at least this large, in pixels.
const LEAST_TEXT: f64 = 11.0;
/// A picture with smaller letters is shown larger than it was drawn, up to this factor: what is
/// smaller still is not meant to be read.
pub(super) const MOST_GROWTH: f64 = 4.0;

/// A picture that can be placed in any page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// Inline `<svg>`; its ids hold placeholders until it is placed.
    svg: String,
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// In pixels: narrower, its smallest letters could not be read.
    pub least_width: f64,
    /// The picture's own `<title>`, or what its source calls it.
    pub title: Option<String>,
    /// What was removed from a hand-drawn picture, one note each.
    pub removed: Vec<String>,
    /// In the order of the source.
    pub remarks: Vec<Remark>,
}

/// What the author should know about a picture that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Line of the source, from 1.
    pub line: usize,
    pub lack: Lack,
    /// On one line.
    pub message: String,
}

/// What a picture does not have although its source asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lack {
    Layout,
    /// An image or icon that is not in the source.
    Image,
}

/// Why there is no picture, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// A mistake in the source.
    Source,
    Empty,
    /// No renderer for this language.
    Language,
    Large,
    /// It takes too much time or memory.
    Costly,
    /// The renderer failed.
    Broken,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub cause: Cause,
    /// Line of the source, from 1, where known.
    pub line: Option<usize>,
    /// On one line.
    pub message: String,
    /// Another attempt may succeed, so the failure is not cached.
    pub passing: bool,
}

impl Failure {
    /// A failure of the diagram as a whole, with [`Cause::Source`].
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            cause: Cause::Source,
            line: None,
            message: message.into(),
            passing: false,
        }
    }

    pub(super) fn too_many(what: &str, most: usize) -> Self {
        Self::new(format!("more than {most} {what}")).because(Cause::Large)
    }

    #[must_use]
    pub fn because(mut self, cause: Cause) -> Self {
        self.cause = cause;
        self
    }

    #[must_use]
    pub fn at(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl From<NotAPicture> for Failure {
    fn from(why: NotAPicture) -> Self {
        let cause = match why {
            NotAPicture::Empty => Cause::Empty,
            _ => Cause::Source,
        };
        Self::new(why.to_string()).because(cause)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Drawing {
    pub(super) fn new(picture: &Cleaned, polished: &Polished) -> Self {
        let least = least_scale(polished);
        let growth = least.max(1.0);
        let (width, height) = (polished.width * growth, polished.height * growth);
        let (shown_width, shown_height) = (rounded(width, Some(2)), rounded(height, Some(2)));
        let root = [
            ("width", shown_width.as_str()),
            ("height", shown_height.as_str()),
            ("role", "img"),
            ("aria-label", NAME),
            ("class", "sheet"),
        ];
        // A picture for one scheme gets a light background in the other.
        let root = if polished.follows_schemes() {
            &root[..4]
        } else {
            &root[..]
        };
        Self {
            svg: polished.inline(SCOPE, root),
            width,
            height,
            least_width: polished.width * least,
            title: picture.title(),
            removed: picture.removed().to_vec(),
            remarks: Vec::new(),
        }
    }

    /// The picture for a slot of a page. `name` must be safe in an attribute.
    pub fn placed(&self, slot: &str, name: &str) -> String {
        let scoped = self.svg.replace(SCOPE, &format!("ds.dia.{slot}."));
        scoped.replace(NAME, name)
    }

    /// The picture as a standalone file, in the colours of the site's style.
    pub fn file(&self) -> String {
        let placed = self.placed("picture", "");
        let rest = placed.strip_prefix("<svg").unwrap_or(&placed);
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
        let (attributes, inside) = rest.split_once('>').unwrap_or((rest, ""));
        let inside = tokens::with_fallbacks(inside);
        let style = "<style>:root{color-scheme:light dark}</style>";
        format!(
            "{head}{}>{style}{inside}\n",
            tokens::with_fallbacks(attributes)
        )
    }

    /// The bytes it adds to a page.
    pub fn bytes(&self) -> usize {
        self.svg.len()
    }
}

/// How much smaller than in its own units a picture may be shown; of tiny letters, how much larger it
/// must be. Zero without letters.
pub(super) fn least_scale(polished: &Polished) -> f64 {
    let scale = polished.least_text().map(|size| LEAST_TEXT / size);
    scale.map_or(0.0, |scale| scale.min(MOST_GROWTH))
}
