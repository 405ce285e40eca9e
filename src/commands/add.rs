//! `docsite add FILE BASENAME`: adds a file to the archive, publishes it, and updates the
//! catalogue.
//!
//! Everything that can be rejected is rejected before the first byte is written, and a write that
//! fails halfway is undone.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::check::judge::judge;
use crate::check::names::Names;
use crate::check::{documents, links};
use crate::diagnostic::{BuildError, Diagnostic, Finding, Problems, Severity};
use crate::disk::{self, Change, Kind};
use crate::model::document::{self, Document};
use crate::name::Basename;
use crate::outcome::build::{Added, AddedFile};
use crate::output::page_state::{self, Consent, PageState};
use crate::pipeline;
use crate::pipeline::apply::Applied;
use crate::pipeline::beside::{Beside, Copy};
use crate::pipeline::request::Scope;
use crate::pipeline::site::{Refused, Site};
use crate::portable::unportable;
use crate::progress::Progress;
use crate::rule::{Cause, Code, Rule};

use super::{Pages, basename};

/// Findings about the added file that are reported immediately.
const LACKING: [Rule; 9] = [
    Rule::BrokenDocument,
    Rule::BrokenHeading,
    Rule::BrokenAttachment,
    Rule::BrokenImage,
    Rule::NameMismatch,
    Rule::OutsideLink,
    Rule::UnpublishedLink,
    Rule::UnknownTopic,
    Rule::UnknownType,
];

#[derive(Debug, Clone)]
pub struct Add {
    /// The file to add.
    pub file: PathBuf,
    pub basename: String,
    /// Whether linked files beside it are copied into `attachment/` too.
    pub with_files: bool,
    /// Whether a document of this name may be replaced.
    pub replace: bool,
    /// Which pages that are not docsite's may be replaced.
    pub pages: Pages,
}

/// Adds a file.
///
/// # Errors
///
/// If it is rejected (nothing is changed then), or cannot be written.
pub fn run(folder: Option<&Path>, add: &Add, progress: &Progress) -> Result<Added> {
    let site = Site::watched(folder, progress)?;
    let name = basename(&site, &add.basename)?;
    let request = add.pages.request(&site, Scope::Pages(vec![name.clone()]))?;
    let bytes = source(&site, add)?;
    let remarks = check_content(&site, &name, &bytes)?;
    let lock = disk::lock(&site.root)?;
    pipeline::check_can_start(&site)?;
    check_clash(&site, &name)?;
    check_page(&site, &name, add)?;
    let text = String::from_utf8_lossy(&bytes);
    let beside = Beside::find(&site, &add.file, &text);
    let linked = beside.linked(&name, &text).into_bytes();
    let copies = if add.with_files {
        beside.files(&name)?
    } else {
        Vec::new()
    };
    let mut writes = Vec::new();
    let mut files = Vec::new();
    for Copy { from, to, bytes } in copies {
        let write = file_write(&site, &to, bytes, add)?;
        files.push(AddedFile {
            from,
            path: to,
            is_known: write.is_none(),
        });
        writes.extend(write);
    }
    let document = document_write(&site, &name, [bytes, linked], add)?;
    let is_known = document.is_none();
    writes.extend(document);
    let set_aside = disk::change_all(&site.root, &writes, "add --replace", &lock)?;
    let mut built = pipeline::build_locked(&lock, &site, request)?;
    let remarks = judge(&built.resolved.catalogue, Problems::of(remarks));
    built.findings.extend(remarks);
    let lacking = lacking(&built, &name, &beside);
    built.findings.extend(lacking);
    // A draft is added as requested; that it is not published is not a failure.
    for finding in &mut built.findings {
        if finding.kind.code == Code::Cause(Cause::Draft) && finding.path == name.source() {
            finding.kind.severity = Severity::Warning;
        }
    }
    built.findings.sort();
    built.findings.dedup();
    Ok(Added {
        name,
        is_known,
        files,
        set_aside,
        build: built.into(),
    })
}

/// The file's bytes. A link in `markdown/` to a file outside of the site is rejected: adding it
/// would publish that file.
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

fn refuse(problem: BuildError) -> anyhow::Error {
    Refused::one(problem).into()
}

/// Rejects content that no page can be made from.
fn check_content(site: &Site, name: &Basename, bytes: &[u8]) -> Result<Vec<Diagnostic>> {
    let read = document::read(name.clone(), bytes, site.settings.dialect());
    match read.error {
        None => Ok(read.problems),
        Some(error) => Err(refuse(error)),
    }
}

fn check_clash(site: &Site, name: &Basename) -> Result<()> {
    for entry in disk::list(&site.markdown())? {
        let other = entry.path.strip_suffix(".md").map(Basename::parse);
        let Some(Ok(other)) = other else { continue };
        if other != *name && other.folded() == name.folded() {
            let message = format!("basename `{name}` differs from `{other}` only in case");
            let problem = BuildError::new(Cause::Found(Rule::NameClash), "", message);
            return Err(refuse(problem.help(
                "choose another name: macOS and Windows treat them as one file",
            )));
        }
    }
    Ok(())
}

/// Rejects the document if its page must be kept: the page would not match its source any more.
fn check_page(site: &Site, name: &Basename, add: &Add) -> Result<()> {
    let found = page_state::look(&site.output(), &name.page());
    let discard = add.pages.discard.iter().any(|typed| typed == name.as_str());
    let consent = match (discard, add.pages.adopt) {
        (true, _) => Consent::Discard,
        (false, true) => Consent::Adopt,
        (false, false) => Consent::Usual,
    };
    if found.permit(consent).is_some() {
        return Ok(());
    }
    let page = site.shown(&name.page());
    let (message, help) = match &found.state {
        PageState::HandMade(_) => (
            format!("{page} is made by hand and is kept; nothing was changed"),
            format!("to replace it (its bytes are set aside): --discard-hand-edits {name}"),
        ),
        PageState::Doubtful(why) => (
            format!("{page} is left alone: it {why}; nothing was changed"),
            "look at it, and move it away if it is not needed".to_owned(),
        ),
        _ => (
            format!("{page} is of unknown origin and is kept; nothing was changed"),
            "to take it over (its bytes are set aside): --adopt".to_owned(),
        ),
    };
    Err(refuse(
        BuildError::new(Cause::KeptPage, page, message).help(help),
    ))
}

/// The document, as given or with its links changed to the copied files. An existing file with
/// either content is not replaced.
fn document_write(
    site: &Site,
    name: &Basename,
    [plain, linked]: [Vec<u8>; 2],
    add: &Add,
) -> Result<Option<Change>> {
    let path = name.source();
    let target = site.root.join(&path);
    let (new, other) = if add.with_files {
        (linked, plain)
    } else {
        (plain, linked)
    };
    let old = match disk::kind(&target)? {
        Kind::Absent => None,
        Kind::File => disk::read_whole(&target)?,
        Kind::Link if is_same_file(&target, &add.file) => return Ok(None),
        Kind::Link | Kind::Folder | Kind::Other => bail!("{path} is not a regular file"),
    };
    let is_linked = !add.with_files && old.as_ref() == Some(&other);
    if old.as_ref() == Some(&new) || is_linked {
        return Ok(None);
    }
    let is_other = old.as_ref().is_some_and(|old| *old != other);
    if is_other && !add.replace {
        let problem = BuildError::new(
            Cause::DocumentExists,
            &path,
            "already exists with other content",
        );
        return Err(refuse(problem.help(
            "--replace puts the new one in its place and sets the old one aside",
        )));
    }
    Ok(Some(Change {
        path,
        before: old,
        after: Some(new),
    }))
}

/// A file that the document links to; `None` if a copy with the same content exists.
fn file_write(site: &Site, path: &str, bytes: Vec<u8>, add: &Add) -> Result<Option<Change>> {
    if let Some(why) = path.split('/').find_map(unportable) {
        let problem = BuildError::new(Cause::Found(Rule::UnportableName), path, why.to_string());
        return Err(refuse(
            problem.help("rename the file, and in the link to it too"),
        ));
    }
    let mut folder = site.root.clone();
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    for part in folders.split('/') {
        folder.push(part);
        if !matches!(disk::kind(&folder)?, Kind::Absent | Kind::Folder) {
            bail!(
                "{} is not a directory; nothing was changed",
                folder.display()
            );
        }
    }
    let target = site.root.join(path);
    let old = match disk::kind(&target)? {
        Kind::Absent => None,
        Kind::File => disk::read_whole(&target)?,
        Kind::Link | Kind::Folder | Kind::Other => {
            bail!("{path} is not a regular file; nothing was changed")
        }
    };
    match &old {
        Some(old) if *old == bytes => return Ok(None),
        Some(_) if !add.replace => {
            let problem =
                BuildError::new(Cause::FileExists, path, "already exists with other content");
            return Err(refuse(problem.help(
                "rename the new one, or put it in the old one's place, which is set aside: --replace",
            )));
        }
        _ => {}
    }
    Ok(Some(Change {
        path: path.to_owned(),
        before: old,
        after: Some(bytes),
    }))
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    let real = disk::real(one);
    real.is_some() && real == disk::real(other)
}

/// Findings about a document from elsewhere: links and pictures that the archive lacks, an unknown
/// topic or type. They are reported, and do not reject it.
fn lacking(built: &Applied, name: &Basename, beside: &Beside) -> Vec<Finding> {
    let catalogue = &built.resolved.catalogue;
    let Some(id) = catalogue.corpus.find(name.as_str()) else {
        return Vec::new();
    };
    let names = Names::new(catalogue);
    let findings = links::find(catalogue, &names, id).chain(documents::find(catalogue, id));
    let findings = findings.filter(|finding| LACKING.contains(&finding.kind));
    let document = catalogue.corpus.get(id);
    let findings = findings.map(|finding| Diagnostic {
        help: help(document, &finding, beside).or(finding.help),
        ..finding
    });
    let mut judged = judge(catalogue, Problems::of(findings.collect()));
    for finding in &mut judged {
        finding.kind.severity = Severity::Warning;
    }
    judged
}

/// How to add the file that a link of the document names, if that file exists.
fn help(document: &Document, finding: &Diagnostic, beside: &Beside) -> Option<String> {
    let mut links = document.outline.links.iter();
    let link = links.find(|link| Some(link.place.position) == finding.position)?;
    let folder = format!("attachment/{}/", document.name);
    if beside.holds(&link.target) {
        Some(format!(
            "`--with-files` copies it to {folder} and links to the copy"
        ))
    } else if beside.is_elsewhere(&link.target) {
        Some(format!(
            "it is not in the document's folder, so `--with-files` leaves it: copy it to {folder}, and link to that"
        ))
    } else {
        None
    }
}
