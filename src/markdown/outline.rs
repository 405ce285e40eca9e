//! What a document says about itself: headings with their ids, links with their places, its first
//! paragraph, its diagrams, and what is wrong in its text. The HTML and the link check both read it
//! from here, so they agree.
//!
//! Not here: front matter, and whether a link leads anywhere.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::diagram_words::{LETTER_LANGUAGES, diagram_language};
use super::fence::Fence;
use super::foreign::Foreign;
use super::reading::Reading;
use super::slug::slug;
use crate::place::{Place, Position};
use crate::portable::unportable;

/// The name of a diagram's place is no longer than this, in characters.
const LONGEST_SLOT: usize = 60;

/// The facts of one document's body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Every heading, in order.
    pub headings: Vec<Heading>,
    /// Whether the first thing in the document is a heading.
    pub opens_with_heading: bool,
    /// Every link and image, of Markdown and of raw HTML, in order.
    pub links: Vec<Link>,
    /// Every fenced diagram, in order.
    pub diagrams: Vec<Diagram>,
    /// The text of the first paragraph, in one line; empty without one.
    pub summary: String,
    /// What its author should know, in order.
    pub remarks: Vec<Remark>,
    /// Comments that silence a finding, in order.
    pub ignores: Vec<Ignore>,
    /// Ids that raw HTML and named blocks bring.
    pub html_ids: Vec<String>,
    /// Every whole `<svg>` of raw HTML: bytes of the body, in order.
    pub drawings: Vec<Range<usize>>,
    /// Ids of footnotes, and of the places that name them.
    pub note_ids: Vec<String>,
    /// How much there is to read.
    pub reading: Reading,
}

impl Outline {
    /// The heading that is the title where nothing else gives one: the first `#`, or a heading of
    /// another level that the document begins with.
    pub fn first_title(&self) -> Option<usize> {
        let first = self.headings.iter().position(|heading| heading.level == 1);
        first.or(self.opens_with_heading.then_some(0))
    }

    /// Without what follows from the text around headings, links and diagrams: their positions, what is
    /// said under headings, how much there is to read. A document's own summary is not the outline's.
    #[must_use]
    pub fn without_text(&self) -> Self {
        let mut bare = self.clone();
        let position = Position::START;
        let nowhere = || {
            let place = Place {
                position,
                length: 0,
            };
            (0..0, place)
        };
        for heading in &mut bare.headings {
            (heading.span, heading.place) = nowhere();
            heading.excerpt.clear();
        }
        for link in &mut bare.links {
            (link.span, link.place) = nowhere();
        }
        for diagram in &mut bare.diagrams {
            (diagram.span, diagram.place) = nowhere();
        }
        bare.drawings.fill(0..0);
        bare.summary.clear();
        bare.reading = Reading::default();
        bare
    }

    /// The heading that a wikilink names, by its id or by its text.
    pub fn heading_called(&self, name: &str) -> Option<&Heading> {
        let with_id = |id: &str| self.headings.iter().find(|heading| heading.id == id);
        with_id(name).or_else(|| {
            let name = slug(&one_line(name));
            self.headings
                .iter()
                .find(|heading| slug(&heading.text) == name)
                // With a formula, whose source its id is made of.
                .or_else(|| with_id(&name))
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Unique in its document.
    pub id: String,
    /// Without markup, in one line.
    pub text: String,
    /// With its inline markup, without links.
    pub html: String,
    /// The text that follows it, up to the next heading, in one line and cut to a length.
    pub excerpt: String,
    /// Bytes of the body.
    pub span: Range<usize>,
    pub place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[label](target)` and its kin.
    Link,
    /// `![alt](target)`.
    Image,
    /// `[[target]]`.
    Wiki,
    /// `![[target]]`.
    Embed,
    /// `<a href="target">`.
    HtmlLink,
    /// `<img src="target">`.
    HtmlImage,
}

impl LinkKind {
    /// Whether it is in raw HTML, which goes to the page as it is written.
    pub fn is_html(self) -> bool {
        matches!(self, Self::HtmlLink | Self::HtmlImage)
    }

    /// Whether the page shows what it names, instead of linking to it.
    pub fn is_image(self) -> bool {
        matches!(self, Self::Image | Self::HtmlImage | Self::Embed)
    }
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub kind: LinkKind,
    /// As written, escapes and entities resolved.
    pub target: String,
    /// Its text, in one line; of a picture its alternative text.
    pub label: String,
    /// The words of its paragraph before it, cut to a length.
    pub before: String,
    pub after: String,
    /// Bytes of the body.
    pub span: Range<usize>,
    pub place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagram {
    /// `mermaid`, `dot` …
    pub language: String,
    /// The name of its place, unique in its document: `{#name}`, or its number.
    pub slot: String,
    /// `title="…"`.
    pub caption: Option<String>,
    pub source: String,
    /// Bytes of the body.
    pub span: Range<usize>,
    /// Of its fence.
    pub place: Place,
}

impl Diagram {
    /// A name and no source: a place for a picture that somebody drew. It counts for no number, so
    /// that one more of these does not rename the diagrams behind it.
    pub fn is_blank(&self) -> bool {
        let is_number = self.slot.bytes().all(|b| b.is_ascii_digit());
        !is_number && self.source.trim().is_empty()
    }
}

/// Something in the text that does not come to the page as it was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub position: Position,
    pub what: What,
}

/// A comment `<!-- docsite-ignore CODE: reason -->`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignore {
    /// As written; may be no code at all.
    pub code: String,
    /// Empty where the comment gives none.
    pub reason: String,
    pub position: Position,
    /// The line that it silences.
    pub line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Raw HTML that only a site that trusts it shows: `<script>`, `onclick of <p>`.
    RawHtml(String),
    /// `<String>`, `<your-name>`: a tag of no element, which was meant as text.
    UnknownElement(String),
    /// Syntax of another tool, for the first time.
    Foreign(Foreign),
    /// An id of raw HTML that a heading, a note, the page or other raw HTML has.
    DuplicateId(String),
    /// Raw HTML whose elements nest so deep that all of the document's is shown as text.
    DeepHtml,
    /// `[^name]` without its note, which stays text.
    UndefinedFootnote(String),
    /// `[text][name]` without the definition of its name, which stays text.
    UndefinedReference(String),
    /// `[label](a target)` with spaces, which stays text; what to write instead.
    SpacedLink(String),
    /// `<img>` without an `alt` attribute; its address.
    NoAlt(String),
    /// A formula that cannot be read and stays text; why.
    Formula(String),
    /// `{#name}` of a diagram that is not a name for a file, and the number that it has instead.
    BadSlot(String, String),
    /// `{#name}` of a second diagram, and the number that it has instead.
    SlotTwice(String, String),
}

/// Whether a fence is a picture.
pub fn is_diagram(fence: &Fence) -> bool {
    let language = fence.language.as_str();
    let is_named = || fence.id.is_some() && LETTER_LANGUAGES.contains(&language);
    diagram_language(language).is_some() || is_named()
}

/// Whether a name can be that of a diagram's place: letters and digits of any script, `-` and `_`,
/// and neither a number, which is the name of a place without one, nor a device of Windows.
pub fn is_slot_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_number = name.bytes().all(|b| b.is_ascii_digit());
    !is_number
        && name.chars().count() <= LONGEST_SLOT
        && name.chars().all(is_part)
        && unportable(name).is_none()
}

/// Whether an id is one of the page's own parts.
pub fn is_reserved(id: &str) -> bool {
    id.starts_with("ds.")
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
