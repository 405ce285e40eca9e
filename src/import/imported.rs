//! What an import makes of each file.
//!
//! Not here: deciding it (`work`, `changes`).

use std::collections::BTreeMap;

use crate::name::Basename;

use super::blocks::Turned;
use super::fate::Fate;
use super::ledger::Ledger;
use super::left::Left;

/// What becomes of a folder of notes.
#[derive(Debug)]
pub struct Imported {
    /// In the order of their paths.
    pub documents: Vec<Moved>,
    /// Those that the documents are in.
    pub topics: Vec<Topic>,
    /// Pictures and other files that they link to.
    pub files: Vec<Copied>,
    /// Markdown files that become no document.
    pub kept: BTreeMap<String, Kept>,
    /// What could not be moved, sorted.
    pub left: Vec<Left>,
    /// What the reading path is from, if it is written.
    pub flow: Option<String>,
    /// How many drafts it leaves out.
    pub drafts: usize,
    /// The text of a map that says the same.
    pub map: String,
    /// What the next import has to know, once the plan is carried out.
    pub ledger: Ledger,
}

/// A file that becomes a document.
#[derive(Debug)]
pub struct Moved {
    pub from: String,
    pub name: Basename,
    pub title: String,
    /// Why the name is not simply that of the file.
    pub why: Option<String>,
    pub fate: Fate,
    /// How many links change.
    pub links: usize,
    /// How many files it includes, and notes it embeds.
    pub included: usize,
    pub turned: Turned,
}

#[derive(Debug)]
pub struct Topic {
    pub prefix: String,
    pub name: String,
    pub count: usize,
    /// Whether the site does not list it yet.
    pub is_new: bool,
}

/// A file that is copied.
#[derive(Debug)]
pub struct Copied {
    pub from: String,
    pub to: String,
    pub is_there: bool,
}

/// Why a Markdown file becomes no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// `skip` of the map names it.
    Skipped,
    /// It lists the others: the reading path says that.
    List,
    Empty,
    /// Others include it, and the reading path does not list it.
    Included,
}
