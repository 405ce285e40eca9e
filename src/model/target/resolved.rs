//! What a link turned out to link to.
//!
//! Not here: how that is decided (`resolver`).

use crate::model::corpus::DocId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Empty,
    Outside,
    /// A program on the reader's machine, by its scheme.
    App,
    /// A scheme that must not be followed, such as `javascript:`.
    Refused,
    /// `[[x]]` in a site where wikilinks are not links.
    Wiki,
    /// One of the catalogue's pages.
    Catalogue(&'static str),
    /// An anchor in the same document.
    Here,
    /// A published document, at a heading or at its top.
    Document(DocId),
    /// A document without a page.
    Unpublished(DocId),
    /// An existing file of the site, or a folder, with a final `/`.
    File(String),
    /// A file of the repository outside of the site: its address.
    Source(String),
    Broken(Break),
    /// A path from a server's root; what is there, only the server knows.
    Absolute,
    /// A path to outside of the site.
    Beyond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// There is no document of this name.
    Document,
    /// The document has no such heading.
    Heading,
    /// There is no such attachment, image or other file.
    Attachment,
}

impl Break {
    /// The word for it in graph.json.
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Heading => "heading",
            Self::Attachment => "attachment",
        }
    }
}

/// A link and what it resolves to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub target: Target,
    /// The document that it names, even if the document has no page or no such anchor.
    pub document: Option<DocId>,
    /// The id that it names in its page; for a wikilink, the heading's words.
    pub fragment: Option<String>,
    /// `?query#fragment`, as written.
    pub suffix: String,
    /// What was probably meant, if it is broken.
    pub meant: Option<Meant>,
}

impl From<Target> for Resolved {
    fn from(target: Target) -> Self {
        Self {
            target,
            document: None,
            fragment: None,
            suffix: String::new(),
            meant: None,
        }
    }
}

/// What a broken link probably means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The correct target, as it should be written.
    pub written: String,
    /// How the link differs from it.
    pub differs: Differs,
}

/// The difference between a link and the correct one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// Only in case.
    Case,
    /// Only in Unicode form, in a page that is not rewritten.
    Form,
    /// It uses a former name of a document, in a page that is not rewritten.
    Alias,
    /// It names a document's Markdown, in a page that is not rewritten.
    Markdown,
    /// It starts at the server's root.
    Root,
    /// In its folder, its ending, or its encoding.
    Spelling,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A document in `markdown/`. Its page is in the folder above, and gets a corrected address:
    /// links work in an editor and in the page.
    Document,
    /// A hand-made page, which is not rewritten: its links are resolved as a browser does.
    Page,
}

impl Holder {
    /// How many folders up a link may start.
    pub(super) fn top(self) -> usize {
        match self {
            Self::Document => 1,
            Self::Page => 0,
        }
    }
}
