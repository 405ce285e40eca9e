//! Every code that docsite prints: of rules, which a site's settings may turn off, and of causes, which
//! they may not. The manual's tables are made from these.
//!
//! Not here: what finds them (`markdown`, `model`, `pipeline`, `check`), and a site's own levels
//! (`model::check`).

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Off,
    Warn,
    /// It is reported, and the run fails.
    Error,
}

impl Level {
    /// Parses `off`, `warn` or `error`.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Off, Self::Warn, Self::Error]
            .into_iter()
            .find(|level| level.word() == word)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// Declares `Rule`: a name, the default level, the code (stable, in kebab-case), and what the rule
/// finds, on one line without a full stop.
macro_rules! rules {
    ($($name:ident $level:ident $code:literal $about:literal,)*) => {
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Rule {
            $($name,)*
        }

        impl Rule {
            /// In the order of the declaration, by subject.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// The default; settings may change it.
            pub fn level(self) -> Level {
                match self {
                    $(Self::$name => Level::$level,)*
                }
            }

            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$name => $about,)*
                }
            }
        }
    };
}

/// Declares the causes that have their own code.
macro_rules! causes {
    ($($name:ident $code:literal $about:literal,)*) => {
        /// Why a page, a copy, the whole site or the requested action could not be made.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Cause {
            $($name,)*
            /// The finding of a rule, at a place where the command cannot continue with it.
            Found(Rule),
        }

        impl Cause {
            /// Without those of rules.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                    Self::Found(rule) => rule.code(),
                }
            }

            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$name => $about,)*
                    Self::Found(rule) => rule.about(),
                }
            }
        }
    };
}

rules! {
    // Links.
    BrokenDocument Error "broken-document"
        "a link to a document that does not exist",
    BrokenHeading Error "broken-heading"
        "a link to a heading that its page does not have",
    BrokenAttachment Error "broken-attachment"
        "a link to an attachment or another file that does not exist",
    BrokenImage Error "broken-image"
        "an image whose file does not exist",
    UnpublishedLink Error "unpublished-link"
        "a link to a document that has no page, or is a draft",
    DeprecatedLink Warn "deprecated-link"
        "a link to a deprecated document",
    NameMismatch Error "name-mismatch"
        "a link that differs from a name only in case or Unicode form",
    AbsoluteLink Warn "absolute-link"
        "a link that works only where the site is a server's root",
    OutsideLink Error "outside-link"
        "a link out of the site by `..`",
    SourceLink Error "source-link"
        "a link in a hand-made page to a Markdown file instead of its page",
    RefusedLink Error "refused-link"
        "a link with a scheme that must not be followed",
    EmptyLink Error "empty-link"
        "a link or a picture without a target",
    SpacedLink Warn "spaced-link"
        "a link whose target has spaces, so that it is text",
    AppLink Warn "app-link"
        "a link that a program on the reader's machine opens",
    OldName Warn "old-name"
        "a link in a hand-made page to a former name of a document",
    Wikilink Warn "wikilink"
        "a wikilink, in a site that does not link them",
    UndefinedReference Warn "undefined-reference"
        "a reference link without its definition",
    UndefinedFootnote Warn "undefined-footnote"
        "a footnote without its text",
    // A document and its place.
    Orphan Warn "orphan"
        "a document that no document and no stage links to",
    OutsideFlow Warn "outside-flow"
        "a document that is in no stage of the flow",
    UnknownTopic Warn "unknown-topic"
        "a topic that the settings do not list",
    UnknownType Warn "unknown-type"
        "a type that the settings do not list",
    MissingTitle Warn "missing-title"
        "a document without a title",
    DoubleTitle Warn "double-title"
        "a document with a second first-level heading",
    SameTitle Warn "same-title"
        "a document with the title of another one, in a site whose wikilinks are links",
    SkippedHeading Warn "skipped-heading"
        "the first heading of a document more than one level below the one before it",
    ImageAlt Warn "image-alt"
        "an image without alternative text",
    ForeignSyntax Warn "foreign-syntax"
        "syntax of another tool, once for each kind in a document",
    DuplicateId Warn "duplicate-id"
        "an id of raw HTML that something else on the page has",
    RawHtml Warn "raw-html"
        "raw HTML that is removed from the page",
    Formula Warn "formula"
        "a formula that cannot be read, and is shown as written",
    EmptyDocument Warn "empty-document"
        "a document without text",
    DuplicateAlias Error "duplicate-alias"
        "an alias that two documents claim, or that is a document's name",
    // Files.
    BadName Error "bad-name"
        "a file whose name is not a document's",
    NameClash Error "name-clash"
        "two files whose names are the same on some file systems",
    UnportableName Warn "unportable-name"
        "an asset or attachment that Windows cannot have under its name, or beside another one",
    MistakenFile Warn "mistaken-file"
        "an asset or attachment that servers take for the compressed form of another one",
    NotADocument Warn "not-a-document"
        "something in markdown/ that is not a document",
    NotAFile Warn "not-a-file"
        "something that is not a regular file",
    Leftover Warn "leftover"
        "a file that an editor or the system left there, and that is not published",
    UndatedPages Warn "undated-pages"
        "pages that show no days of git, because git has the pages too",
    UnsearchedText Warn "unsearched-text"
        "an attachment of more than 256 KiB, whose text is not searched",
    FrontMatter Error "front-matter"
        "front matter that cannot be read",
    FrontMatterValue Warn "front-matter-value"
        "a value or a key of front matter that is not used as it is written",
    FrontMatterPlace Warn "front-matter-place"
        "front matter that does not begin its file, and is not read",
    // Pages.
    StalePage Warn "stale-page"
        "a page that is older than what it is made from",
    PageBehind Warn "page-behind"
        "a hand-made page whose document changed after it",
    StrayPage Warn "stray-page"
        "a page without a document",
    UnknownPage Warn "unknown-page"
        "pages that another program made and `rebuild --adopt` takes over",
    DraftPage Error "draft-page"
        "a page of a draft",
    IgnoredPage Warn "ignored-page"
        "a hand-made page that git ignores",
    MissingFile Warn "missing-file"
        "a file of the catalogue, or a copy, that is not in the output",
    StaleFile Warn "stale-file"
        "a file of the catalogue, or a copy, that is out of date",
    ForeignFile Warn "foreign-file"
        "a file at the path of a file of the catalogue, not made by docsite",
    EditedFile Warn "edited-file"
        "a file of the catalogue that was edited by hand",
    DiagramPlaceholder Warn "diagram-placeholder"
        "a page in which a drawing is missing",
    // Diagrams.
    DiagramUndrawn Warn "diagram-undrawn"
        "a diagram that cannot be drawn, and is shown as its source",
    DiagramLayout Warn "diagram-layout"
        "a diagram that asks for the ELK layout, and is drawn with the usual one",
    DiagramImage Warn "diagram-image"
        "a diagram that asks for an image or an icon from elsewhere, and is drawn without it",
    DiagramSlot Warn "diagram-slot"
        "a diagram whose slot has a name that is already used, or that cannot be a file name",
    DrawingOutdated Warn "drawing-outdated"
        "a hand-drawn picture whose diagram changed after it was drawn",
    DrawingUnplaced Warn "drawing-unplaced"
        "a hand-drawn picture whose slot has no diagram",
    DrawingUnusable Error "drawing-unusable"
        "a hand-drawn picture that no page can show",
    // The flow, settings, templates.
    FlowShape Error "flow-shape"
        "a flow.json with a wrong structure",
    FlowUnknownDocument Error "flow-unknown-document"
        "a document of the flow that does not exist",
    FlowDuplicateDocument Error "flow-duplicate-document"
        "a document that the flow lists twice",
    FlowUnknownAttachment Error "flow-unknown-attachment"
        "an attachment of the flow that does not exist",
    FlowUnpublishedDocument Error "flow-unpublished-document"
        "a document of the flow without a page",
    FlowMissingWhy Warn "flow-missing-why"
        "a stage without a `why`",
    // Redirects.
    RedirectShadows Error "redirect-shadows"
        "a redirect from a path at which the site has something else",
    RedirectLoop Error "redirect-loop"
        "a redirect that leads back to itself",
    RedirectTarget Error "redirect-target"
        "a redirect to a document, heading or file that does not exist or is not published",
    // Comments that silence.
    IgnoreWithoutReason Error "ignore-without-reason"
        "a comment that silences a finding without a reason",
    IgnoreUnknown Error "ignore-unknown"
        "a comment that silences an unknown code",
    IgnoreUnused Warn "ignore-unused"
        "a comment that silences nothing",
    // What a change brought.
    LostLastLink Warn "lost-last-link"
        "a document that lost the last link to it",
    // Other hosts.
    DeadLink Error "dead-link"
        "an address that does not answer, or answers with an error",
    DeadAnchor Warn "dead-anchor"
        "an address whose page has no such anchor",
    MovedLink Warn "moved-link"
        "an address that moved permanently",
}

causes! {
    // Content.
    Settings "settings"
        "a mistake in docsite.toml",
    ImportMap "import-map"
        "a mistake in the map of an import",
    Template "template"
        "a mistake in a template",
    FlowSyntax "flow-syntax"
        "a flow.json that is not JSON",
    NotUtf8 "not-utf8"
        "a file that is not UTF-8 text",
    Unreadable "unreadable"
        "a file that cannot be read",
    LinkOutside "link-outside"
        "a symbolic link that is not followed: in markdown/ one out of the site, elsewhere any",
    NoDocuments "no-documents"
        "a markdown/ without a document, in a site that has pages",
    // A command names what does not exist, or what exists already.
    NoSuchDocument "no-such-document"
        "a basename that no document has",
    NoSuchSlot "no-such-slot"
        "a slot that the document does not have",
    NoSuchStage "no-such-stage"
        "a stage that the flow does not have",
    NotInFlow "not-in-flow"
        "a document that the flow does not list",
    DocumentExists "document-exists"
        "another document of the name, where `--replace` was not given",
    FileExists "file-exists"
        "another file of the name, where `--replace` was not given",
    Draft "draft"
        "a draft that was to be published",
    StillLinked "still-linked"
        "something that leads to a document that was to be removed",
    KeptPage "kept-page"
        "a page that was to be replaced or removed, and is not docsite's",
    // Writing.
    CopyFailed "copy-failed"
        "a file whose copy cannot be made",
    BlockedFile "blocked-file"
        "something other than a file at the path of a file of the catalogue",
    ChangedMeanwhile "changed-meanwhile"
        "a file that another program changed during the run",
    KeptExport "kept-export"
        "a file where `export` writes or removes one, and that is not as it wrote it",
}

/// A code in the output, sorted alphabetically.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Code {
    Rule(Rule),
    Cause(Cause),
}

impl Code {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.code(),
            Self::Cause(cause) => cause.code(),
        }
    }

    pub fn about(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.about(),
            Self::Cause(cause) => cause.about(),
        }
    }

    pub fn level(self) -> Level {
        match self {
            Self::Rule(rule) => rule.level(),
            Self::Cause(_) => Level::Error,
        }
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        let rules = Rule::ALL.iter().map(|rule| Code::Rule(*rule));
        let causes = Cause::ALL.iter().map(|cause| Code::Cause(*cause));
        let mut seen = BTreeSet::new();
        for code in rules.chain(causes) {
            let word = code.as_str();
            assert!(seen.insert(word), "{word}");
            assert!(
                word.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            );
            assert!(!code.about().ends_with('.'));
        }
    }
}
