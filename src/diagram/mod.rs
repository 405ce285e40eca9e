//! Diagrams: draws a source as a safe inline picture, and makes hand-drawn pictures safe.
//!
//! Pure, with the same result on every machine: no font, no clock, no file. Not here: what a page
//! shows around a picture (`markdown::diagram`), and limiting the time and memory of a drawing
//! (`draw`).

pub mod dot;
#[cfg(feature = "mermaid")]
mod hash;
pub mod lift;
#[cfg(feature = "mermaid")]
mod mermaid;
mod root;
pub mod svg;
#[cfg(feature = "mermaid")]
mod theme;
mod tokens;
#[cfg(feature = "mermaid")]
mod widths;

pub use root::root_attribute;

use std::fmt;

use serde::{Deserialize, Serialize};

use svg::{Baked, Picture};

/// Placeholder in a picture for the prefix that distinguishes its ids from others of the page.
const SCOPE: &str = "\u{f0001}";
/// Placeholder in a picture for its name.
const NAME: &str = "\u{f0002}";
/// In bytes. A longer source is not drawn: nobody reads such a picture.
const LONGEST: usize = 128 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Work {
    Fence {
        /// For example `mermaid` or `dot`.
        language: String,
        source: String,
    },
    /// The text of a hand-drawn picture's file.
    Picture(String),
}

/// A picture that can be placed in any page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// Inline `<svg>`; its ids hold placeholders until it is placed.
    svg: String,
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// The picture's own `<title>`.
    pub title: Option<String>,
    /// What was removed from a hand-drawn picture, one note each.
    pub removed: Vec<String>,
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

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Drawing {
    fn new(picture: &Picture, baked: &Baked) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let (shown_width, shown_height) = (rounded(width), rounded(height));
        let root = [
            ("width", shown_width.as_str()),
            ("height", shown_height.as_str()),
            ("role", "img"),
            ("aria-label", NAME),
            ("class", "sheet"),
        ];
        let svg = baked.inline(SCOPE, &root[..4]);
        // A picture for one scheme gets a light background in the other.
        let follows = svg.contains("var(--") || svg.contains("light-dark(");
        Self {
            svg: if follows {
                svg
            } else {
                baked.inline(SCOPE, &root)
            },
            width,
            height,
            title: picture.title().map(str::to_owned),
            removed: picture.removed().to_vec(),
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

/// Whether a renderer for the language exists.
pub fn is_drawn(language: &str) -> bool {
    cfg!(feature = "mermaid") && matches!(language, "mermaid" | "dot" | "graphviz")
}

/// Draws a picture.
///
/// # Errors
///
/// What is wrong with the source, or why it cannot be drawn.
pub fn draw(work: &Work) -> Result<Drawing, Failure> {
    match work {
        Work::Picture(text) => picture(text),
        Work::Fence { language, source } => fence(language, source),
    }
}

fn picture(text: &str) -> Result<Drawing, Failure> {
    let picture = svg::read(text).map_err(|why| Failure::new(why.to_string()))?;
    Ok(Drawing::new(&picture, &picture.bake()))
}

fn rounded(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn fence(language: &str, source: &str) -> Result<Drawing, Failure> {
    if source.trim().is_empty() {
        return Err(Failure::new("the diagram is empty").because(Cause::Empty));
    }
    if source.len() > LONGEST {
        let message = format!("the source is longer than {} KiB", LONGEST / 1024);
        return Err(Failure::new(message).because(Cause::Large));
    }
    match language {
        "mermaid" => mermaid(source),
        "dot" | "graphviz" => {
            let translated = dot::to_mermaid(source)
                .map_err(|problem| Failure::new(problem.message).at(problem.line))?;
            // A line of the translation is not one of the source.
            mermaid(&translated).map_err(|failure| Failure {
                line: None,
                ..failure
            })
        }
        other => {
            let message = format!("docsite cannot draw {other}");
            Err(Failure::new(message).because(Cause::Language))
        }
    }
}

#[cfg(feature = "mermaid")]
fn mermaid(source: &str) -> Result<Drawing, Failure> {
    mermaid::draw(source)
}

#[cfg(not(feature = "mermaid"))]
fn mermaid(_: &str) -> Result<Drawing, Failure> {
    Err(Failure::new("this docsite was built without Mermaid").because(Cause::Language))
}
