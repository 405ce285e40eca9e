//! `docsite add FILE BASENAME`: takes a file into the archive, publishes it, and re-indexes.
//!
//! Everything that can be refused is refused before the first byte is written.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::build::outcome::{Added, Outcome};
use crate::build::site::{Refused, Site};
use crate::build::{self, Scope};
use crate::check::{documents, links};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Kind, Placed};
use crate::fingerprint::Fingerprint;
use crate::model::document;
use crate::name::Basename;
use crate::output::page_state::{self, Ground, State};

use super::{Pages, basename};

/// The findings about the file that its owner should know at once.
const LACKING: [&str; 8] = [
    "broken-document",
    "broken-heading",
    "broken-attachment",
    "broken-image",
    "name-mismatch",
    "unpublished-link",
    "unknown-topic",
    "unknown-type",
];

/// What is asked.
#[derive(Debug, Clone)]
pub struct Add {
    /// The file to take in.
    pub file: PathBuf,
    /// As typed.
    pub basename: String,
    /// Whether a document of this name may be replaced.
    pub replace: bool,
    /// How far to go with its page.
    pub pages: Pages,
}

/// Takes a file in.
///
/// # Errors
/// When it is refused (nothing is changed then), or cannot be written.
pub fn run(folder: Option<&Path>, add: &Add) -> Result<Added> {
    let site = Site::open(folder)?;
    let name = basename(&site, &add.basename)?;
    let request = add.pages.request(&site, Scope::Pages(vec![name.clone()]))?;
    let bytes = source(&site, add)?;
    let remarks = check_content(&name, &bytes)?;
    let lock = disk::lock(&site.root)?;
    check_clash(&site, &name)?;
    check_page(&site, &name, add)?;
    let set_aside = take_in(&site, &name, &bytes, add)?;
    let mut outcome = build::build_locked(&lock, &site, &request)?;
    outcome.diagnostics.extend(remarks);
    outcome.diagnostics.extend(lacking(&outcome, &name));
    // A draft is taken in as asked; that it is not published is no failure.
    outcome.diagnostics.retain_mut(|problem| {
        if problem.code == "draft" && problem.path == name.source() {
            problem.severity = Severity::Warning;
        }
        true
    });
    outcome.diagnostics.sort();
    outcome.diagnostics.dedup();
    Ok(Added {
        name,
        set_aside,
        outcome,
    })
}

/// The file's bytes. A link in `markdown/` that leaves the site would publish what is not its own.
fn source(site: &Site, add: &Add) -> Result<Vec<u8>> {
    let in_markdown = add
        .file
        .parent()
        .and_then(disk::real)
        .zip(disk::real(&site.markdown()))
        .is_some_and(|(folder, markdown)| folder == markdown);
    if in_markdown && disk::kind(&add.file)? == Kind::Link && !site.holds(&add.file) {
        bail!("{} is a symbolic link out of the site", add.file.display());
    }
    disk::read_named(&add.file)
}

fn refuse(problem: Diagnostic) -> anyhow::Error {
    Refused::one(problem).into()
}

/// Content that no page can be made from is not taken in.
fn check_content(name: &Basename, bytes: &[u8]) -> Result<Vec<Diagnostic>> {
    let read = document::read(name.clone(), bytes);
    if read.sound {
        Ok(read.problems)
    } else {
        Err(Refused(read.problems).into())
    }
}

fn check_clash(site: &Site, name: &Basename) -> Result<()> {
    for entry in disk::list(&site.markdown())? {
        let other = entry.path.strip_suffix(".md").map(Basename::parse);
        let Some(Ok(other)) = other else { continue };
        if other != *name && other.folded() == name.folded() {
            let message = format!("basename `{name}` differs from `{other}` only in case");
            let problem = Diagnostic::error("name-clash", "", message);
            return Err(refuse(problem.help(
                "choose another name: macOS and Windows take them for one file",
            )));
        }
    }
    Ok(())
}

/// A page that must be kept refuses the document: its source would change under it.
fn check_page(site: &Site, name: &Basename, add: &Add) -> Result<()> {
    let found = page_state::look(&site.output(), &name.page());
    let discard = add.pages.discard.iter().any(|typed| typed == name.as_str());
    let ground = match (discard, add.pages.adopt) {
        (true, _) => Ground::Discard,
        (false, true) => Ground::Adopt,
        (false, false) => Ground::Usual,
    };
    if found.permit(ground).is_some() {
        return Ok(());
    }
    let page = site.shown(&name.page());
    let (message, help) = match &found.state {
        State::HandMade(_) => (
            format!("{page} is made by hand, and stays; nothing was changed"),
            format!("to give it up (its bytes are set aside): --discard-hand-edits {name}"),
        ),
        State::Doubtful(why) => (
            format!("{page} is left alone: it {why}; nothing was changed"),
            "look at it, and move it away if it is not needed".to_owned(),
        ),
        _ => (
            format!("{page} is of unknown origin, and stays; nothing was changed"),
            "to take it over (its bytes are set aside): --adopt".to_owned(),
        ),
    };
    Err(refuse(
        Diagnostic::error("kept-page", page, message).help(help),
    ))
}

/// Puts the source in place. Returns where the old one went.
fn take_in(site: &Site, name: &Basename, bytes: &[u8], add: &Add) -> Result<Option<String>> {
    let path = name.source();
    let target = site.root.join(&path);
    let old = match disk::kind(&target)? {
        Kind::Absent => None,
        Kind::File => disk::read_whole(&target)?,
        Kind::Link if is_same_file(&target, &add.file) => return Ok(None),
        Kind::Link | Kind::Folder | Kind::Other => bail!("{path} is no regular file"),
    };
    let mut set_aside = None;
    match &old {
        Some(old) if old == bytes => return Ok(None),
        Some(old) if add.replace => set_aside = Some(disk::set_aside(&site.root, &path, old)?),
        Some(_) => {
            let problem =
                Diagnostic::error("document-exists", &path, "exists already, and differs");
            return Err(refuse(problem.help(
                "--replace puts the new one in its place and sets the old one aside",
            )));
        }
        None => disk::make_folder(&site.markdown())?,
    }
    let expected = old.as_deref().map(Fingerprint::of);
    match disk::replace(&target, bytes, expected)? {
        Placed::Done => Ok(set_aside),
        Placed::Changed => {
            bail!("{path} was changed by somebody else meanwhile; nothing was changed")
        }
    }
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    let real = disk::real(one);
    real.is_some() && real == disk::real(other)
}

/// What a document that comes from elsewhere brings along: links and pictures that the archive
/// lacks, a topic or a type that it does not know. Told, and no reason to refuse it.
fn lacking(outcome: &Outcome, name: &Basename) -> Vec<Diagnostic> {
    let catalogue = &outcome.catalogue;
    let Some(id) = catalogue.corpus.find(name.as_str()) else {
        return Vec::new();
    };
    let names = links::Names::new(catalogue);
    let findings = links::find(catalogue, &names, id).chain(documents::find(catalogue, id));
    let findings = findings.filter(|finding| LACKING.contains(&finding.code));
    findings
        .map(|finding| Diagnostic {
            severity: Severity::Warning,
            ..finding
        })
        .collect()
}
