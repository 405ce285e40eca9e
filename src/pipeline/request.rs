//! What is asked of a build: which documents it is about, and how far it may go.
//!
//! Not here: deciding (`publication`, `plan`).

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Finding, Severity};
use crate::model::settings::Publish;
use crate::name::Basename;
use crate::output::page_state::Consent;
use crate::rule::Rule;

use super::paths::catalogue_file;

/// The pages that a build renders. Derived files are always updated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Publishes these documents; and, if all are published, those without a page.
    Pages(Vec<Basename>),
    /// Every published document except these, which are unpublished.
    Without(Vec<Basename>),
    Derived,
}

impl Scope {
    /// Whether a command with this scope reports a finding. A command for some documents reports
    /// nothing about others, and only errors of shared files; `check` and `rebuild` report
    /// everything.
    pub fn concerns(&self, finding: &Finding) -> bool {
        match self {
            Self::All => true,
            // What a search lacks concerns the one that makes its index.
            Self::Derived => {
                finding.severity() == Severity::Error
                    || finding.code() == Rule::UnsearchedText.code()
            }
            Self::Pages(names) | Self::Without(names) => match document_of(&finding.path) {
                Some(document) => names.iter().any(|name| name.as_str() == document),
                None => finding.severity() == Severity::Error,
            },
        }
    }
}

/// The document that a file of a site belongs to: its source, or one of its pictures.
pub fn document_of(path: &str) -> Option<String> {
    let name = match path.strip_prefix("markdown/") {
        Some(file) => file.strip_suffix(".md").unwrap_or(file),
        None => path.strip_prefix("assets/diagrams/")?.split_once('/')?.0,
    };
    Some(name.nfc().collect())
}

/// Which documents without a page are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// As `publish` in docsite.toml says.
    Rule,
    /// Every document that is not a draft.
    All,
    /// Every one where no document has a page yet; otherwise as the rule says.
    AllIfNone,
}

/// The options of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub scope: Scope,
    /// Replace files of unknown origin.
    pub adopt: bool,
    /// Hand-made pages that may be replaced.
    pub discard: Vec<Basename>,
    /// Catalogue files whose hand edits may be replaced, and those of their parts, by path.
    pub released: Vec<&'static str>,
    /// Ignore the output, as in a fresh clone.
    pub cloned: bool,
    pub coverage: Coverage,
}

impl Request {
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            adopt: false,
            discard: Vec::new(),
            released: Vec::new(),
            cloned: false,
            coverage: Coverage::Rule,
        }
    }

    /// To look at a whole site. `cloned` leaves the output out of account, as in a fresh clone that
    /// ignores it.
    pub fn check(cloned: bool) -> Self {
        Self {
            cloned,
            coverage: Coverage::AllIfNone,
            ..Self::new(Scope::All)
        }
    }

    /// Whether documents without a page get one. `has_pages`: whether any document has one.
    pub(super) fn publishes_all(&self, rule: Publish, has_pages: bool) -> bool {
        let covers_all = match self.coverage {
            Coverage::Rule => false,
            Coverage::All => true,
            Coverage::AllIfNone => !has_pages,
        };
        rule == Publish::All || covers_all || self.cloned
    }

    /// Which derived files of others docsite may replace.
    pub(super) fn consent(&self, path: &str) -> Consent {
        let whole = catalogue_file(path).map_or(path, |(_, whole)| whole);
        if self.released.contains(&whole) {
            Consent::Own
        } else if self.adopt {
            Consent::Adopt
        } else {
            Consent::Usual
        }
    }
}
