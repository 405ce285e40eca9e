//! Every kind of finding: its code, how bad it is unless a site's settings say otherwise, and what
//! it is about in a line.
//!
//! Not here: what finds them (`markdown`, `model`, `pipeline`, `check`), and a site's own levels
//! (`model::settings`).

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Off,
    Warn,
    /// It is reported, and the check fails.
    Error,
}

impl Level {
    /// `off`, `warn` or `error`, as settings write it.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "off" => Some(Self::Off),
            "warn" => Some(Self::Warn),
            "error" => Some(Self::Error),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Stable, in kebab-case.
    pub code: &'static str,
    /// The default; settings may change it.
    pub level: Level,
    /// What it finds, in one line without a full stop.
    pub about: &'static str,
}

/// The rule of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

const fn error(code: &'static str, about: &'static str) -> Rule {
    Rule {
        code,
        level: Level::Error,
        about,
    }
}

const fn warn(code: &'static str, about: &'static str) -> Rule {
    Rule {
        code,
        level: Level::Warn,
        about,
    }
}

/// All of them, by subject.
pub const RULES: &[Rule] = &[
    // Links.
    error(
        "broken-document",
        "a link to a document that does not exist",
    ),
    error(
        "broken-heading",
        "a link to a heading that its page does not have",
    ),
    error(
        "broken-attachment",
        "a link to an attachment or another file that does not exist",
    ),
    error("broken-image", "an image whose file does not exist"),
    error(
        "unpublished-link",
        "a link to a document that has no page, or is a draft",
    ),
    warn("deprecated-link", "a link to a deprecated document"),
    error(
        "name-mismatch",
        "a link that differs from a name only in case or Unicode form",
    ),
    warn(
        "absolute-link",
        "a link that works only where the site is a server's root",
    ),
    error("outside-link", "a link out of the site by `..`"),
    error(
        "source-link",
        "a hand-made page's link to Markdown whose page is meant",
    ),
    error(
        "refused-link",
        "a link with a scheme that must not be followed",
    ),
    error("empty-link", "a link or a picture without a target"),
    warn(
        "spaced-link",
        "a link whose target has spaces, so that it is text",
    ),
    warn(
        "app-link",
        "a link that a program on the reader's machine opens",
    ),
    warn(
        "old-name",
        "a hand-made page's link to a name that a document had before",
    ),
    warn("wikilink", "a wikilink, in a site that does not link them"),
    warn(
        "undefined-reference",
        "a reference link without its definition",
    ),
    warn("undefined-footnote", "a footnote without its text"),
    // A document and its place.
    warn(
        "orphan",
        "a document that no document and no stage links to",
    ),
    warn("outside-flow", "a document that is in no stage of the flow"),
    warn("unknown-topic", "a topic that the settings do not list"),
    warn("unknown-type", "a type that the settings do not list"),
    warn("missing-title", "a document without a title"),
    warn(
        "double-title",
        "a document with a second first-level heading",
    ),
    warn(
        "same-title",
        "a document with the title of another one, in a site whose wikilinks are links",
    ),
    warn(
        "skipped-heading",
        "the first heading of a document more than one level below the one before it",
    ),
    warn("image-alt", "an image without alternative text"),
    warn(
        "foreign-syntax",
        "syntax of another tool, once for each kind in a document",
    ),
    warn(
        "duplicate-id",
        "an id of raw HTML that something else on the page has",
    ),
    warn("raw-html", "raw HTML that is removed from the page"),
    warn("empty-document", "a document without text"),
    error(
        "duplicate-alias",
        "an alias that two documents claim, or that is a document's name",
    ),
    // Files.
    error("bad-name", "a file whose name is not a document's"),
    error(
        "name-clash",
        "two names that are the same on some file systems",
    ),
    warn(
        "not-a-document",
        "something in markdown/ that is not a document",
    ),
    warn("not-a-file", "something that is not a regular file"),
    warn(
        "leftover",
        "a file that an editor or the system left there, and that is not published",
    ),
    error("copy-failed", "a file whose copy cannot be made"),
    error("not-utf8", "a file that is not UTF-8 text"),
    error("unreadable", "a file that cannot be read"),
    error("link-outside", "a symbolic link out of the site"),
    error("front-matter", "front matter that cannot be read"),
    warn(
        "front-matter-value",
        "a value or a key of front matter that is not used as it is written",
    ),
    warn(
        "front-matter-place",
        "front matter that does not begin its file, and is not read",
    ),
    // Pages.
    warn(
        "stale-page",
        "a page that is older than what it is made from",
    ),
    warn(
        "page-behind",
        "a hand-made page whose document changed after it",
    ),
    warn("stray-page", "a page without a document"),
    warn(
        "unknown-page",
        "pages that another program made, which wait for `rebuild --adopt`",
    ),
    error("draft-page", "a page of a draft"),
    warn("ignored-page", "a hand-made page that git ignores"),
    warn(
        "missing-file",
        "a file of the catalogue, or a copy, that is not in the output",
    ),
    warn(
        "stale-file",
        "a file of the catalogue, or a copy, that is out of date",
    ),
    warn(
        "foreign-file",
        "a file in the place of one of the catalogue, not made by docsite",
    ),
    warn(
        "edited-file",
        "a file of the catalogue that was edited by hand",
    ),
    warn(
        "blocked-file",
        "something in the place of a file of the catalogue that is not a file",
    ),
    warn(
        "diagram-placeholder",
        "a page in which a drawing is missing",
    ),
    // Diagrams.
    warn(
        "diagram-undrawn",
        "a diagram that cannot be drawn, and is shown as its source",
    ),
    warn(
        "diagram-slot",
        "a diagram whose slot has a name that is already used, or that cannot be a file name",
    ),
    warn(
        "drawing-outdated",
        "a hand-drawn picture whose diagram changed after it was drawn",
    ),
    warn(
        "drawing-unplaced",
        "a hand-drawn picture whose slot has no diagram",
    ),
    error(
        "drawing-unusable",
        "a hand-drawn picture that no page can show",
    ),
    // The flow, settings, templates.
    error("flow-syntax", "a flow.json that is not JSON"),
    error("flow-shape", "a flow.json with a wrong structure"),
    error(
        "flow-unknown-document",
        "a document of the flow that does not exist",
    ),
    error(
        "flow-duplicate-document",
        "a document that the flow lists twice",
    ),
    error(
        "flow-unknown-attachment",
        "an attachment of the flow that does not exist",
    ),
    error(
        "flow-unpublished-document",
        "a document of the flow without a page",
    ),
    warn("flow-missing-why", "a stage without a `why`"),
    error("settings", "a mistake in docsite.toml"),
    error("template", "a mistake in a template"),
    // Comments that silence.
    error(
        "ignore-without-reason",
        "a comment that silences a finding without a reason",
    ),
    error("ignore-unknown", "a comment that silences an unknown code"),
    warn("ignore-unused", "a comment that silences nothing"),
    // What a change brought.
    warn("lost-last-link", "a document that lost the last link to it"),
    // Other hosts.
    error(
        "dead-link",
        "an address that does not answer, or answers with an error",
    ),
    warn("dead-anchor", "an address whose page has no such anchor"),
    warn("moved-link", "an address that moved permanently"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(
                RULES[..at].iter().all(|other| other.code != rule.code),
                "{}",
                rule.code
            );
            assert!(
                rule.code
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            );
            assert!(!rule.about.ends_with('.'));
        }
        assert_eq!(find("orphan").map(|rule| rule.level), Some(Level::Warn));
        assert_eq!(find("orphans"), None);
    }
}
