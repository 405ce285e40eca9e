//! Diagrams: source text in, a safe inline picture out; and pictures that somebody drew, made safe.
//!
//! Pure, and alike on every machine: no font, no clock, no file. Not here: what a page shows around
//! a picture (`markdown::diagram`), and keeping a drawing that runs wild from taking the program
//! with it (`draw`).

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

/// Stands in a picture for what sets its ids apart from others of the page.
const SCOPE: &str = "\u{f0001}";
/// Stands in a picture for its name.
const NAME: &str = "\u{f0002}";
/// A source that is longer, in bytes, is not drawn: nobody reads such a picture.
const LONGEST: usize = 128 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Work {
    Fence {
        /// `mermaid`, `dot` …
        language: String,
        source: String,
    },
    /// A picture that somebody drew: the text of its file.
    Picture(String),
}

/// A picture, ready for any page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// Inline `<svg>`; ids hold a stand-in until it is placed.
    svg: String,
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// Its own title.
    pub title: Option<String>,
    /// Of a picture that somebody drew: what was removed from it.
    pub removed: Vec<String>,
}

/// The kinds of reasons for which there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// A mistake in the source.
    Source,
    Empty,
    /// Nothing here draws this language.
    Language,
    Large,
    /// It takes too much time or memory.
    Costly,
    /// The drawing itself went wrong.
    Broken,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of reason it is, for readers of every language.
    pub cause: Cause,
    /// Of the source, from 1, where that is known.
    pub line: Option<usize>,
    /// In one line.
    pub message: String,
    /// Whether the next try may end otherwise, so that it is not remembered.
    pub passing: bool,
}

impl Failure {
    /// About a diagram as a whole.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            cause: Cause::Source,
            line: None,
            message: message.into(),
            passing: false,
        }
    }

    /// Of this kind, rather than a mistake in the source.
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
        // A picture that knows one scheme stays on a light sheet in the other.
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

    /// The picture for a slot of a page, under a name that is safe in an attribute.
    pub fn placed(&self, slot: &str, name: &str) -> String {
        let scoped = self.svg.replace(SCOPE, &format!("ds.dia.{slot}."));
        scoped.replace(NAME, name)
    }

    /// The picture as a file of its own, in the colours of the site's style.
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

    /// How much it adds to a page, in bytes.
    pub fn bytes(&self) -> usize {
        self.svg.len()
    }
}

/// Whether there is anything here that draws a language.
pub fn is_drawn(language: &str) -> bool {
    cfg!(feature = "mermaid") && matches!(language, "mermaid" | "dot" | "graphviz")
}

/// Draws.
///
/// # Errors
/// What is wrong with the source, or why nothing here can draw it.
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
            let message = format!("nothing here draws {other}");
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
