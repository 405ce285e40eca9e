//! Decides, file by file, what a build does, and why. Pure: everything was read before.
//!
//! Not here: rendering pages (a page that would not change is recognised by its key), and writing.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;
use rayon::prelude::*;

use crate::check::pages::{self, PageProblem, StrayPage};
use crate::diagnostic::{BuildError, Diagnostic, Problems};
use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::settings::Publish;
use crate::name::Basename;
use crate::output::inputs::Changed;
use crate::output::mark::Mark;
use crate::output::page_state::{Consent, Found, PageState, Permit};
use crate::output::render::Renderer;
use crate::rule::Cause;

use super::copies::{self, Copies, Copy, Old};
use super::load::{Sources, Stray};
use super::publication::{self, Standing};
use super::site::Site;
use super::{Request, Scope};

/// Why a file is written, kept or skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    New,
    Document,
    /// Another of its inputs changed.
    Inputs(Changed),
    Original,
    /// It was empty or all zero bytes.
    Damaged,
    /// Of unknown origin, and `--adopt` was given.
    Adopted,
    /// Made by hand, and its owner allowed its replacement.
    Discarded,
    /// One of docsite's own files that somebody changed.
    Restored,
    Listed,
    Gone,
    /// Its original exists, and is not published.
    Withheld,
    /// Its original cannot be read, and therefore may still exist.
    Unread,
    /// A copy that somebody changed, and whose original no longer exists.
    Changed,
    /// A binary file that an earlier version of docsite could not remove.
    Forgotten,
    Failed(String),
    /// Somebody changed it since docsite wrote it, or drew into it.
    HandMade {
        /// The document was changed afterwards.
        outdated: bool,
    },
    /// It has no mark and no picture.
    Unknown,
    /// It must be left alone; says why.
    Doubtful(String),
    /// It has no page, and none was requested.
    NotPublished,
    Draft,
    /// Its document is not published, but docsite may not remove the page.
    Left(Left),
    /// It was unpublished by name.
    Withdrawn,
    /// Its document has an error.
    Unsound,
    NoDocument,
    /// Its document is in a file that is not read as one.
    Elsewhere(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::Document => "its document changed",
            Self::Inputs(changed) => return changed.fmt(f),
            Self::Original => "its original changed",
            Self::Damaged => "was damaged",
            Self::Adopted => "of unknown origin, taken over",
            Self::Discarded => "was made by hand; replaced on request",
            Self::Restored => "docsite's own file was edited",
            Self::Listed => "what it lists changed",
            Self::Gone => "its original is gone",
            Self::Withheld => "its document is not published",
            Self::Unread => "its original cannot be read",
            Self::Changed => "was changed since docsite wrote it; its original is gone",
            Self::Forgotten => "left by an earlier version; its original is gone",
            Self::Failed(why) => return f.write_str(why),
            Self::HandMade { outdated: false } => "made by hand",
            Self::HandMade { outdated: true } => "made by hand; its document changed since",
            Self::Unknown => "of unknown origin; --adopt takes it over",
            Self::Doubtful(why) => return write!(f, "left alone: {why}"),
            Self::NotPublished => "not published",
            Self::Draft => "a draft",
            Self::Left(Left::Draft) => {
                "its document is a draft, but docsite did not make this page"
            }
            Self::Left(Left::Gone) => "its document is gone, but docsite did not make this page",
            Self::Withdrawn => "unpublished",
            Self::Unsound => "its document has an error",
            Self::NoDocument => "its document is gone",
            Self::Elsewhere(path) => return write!(f, "its document is {path}, which is not read"),
        })
    }
}

/// Why a page has no published document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    Draft,
    Gone,
}

#[derive(Debug)]
pub enum Action {
    Write(Permit, Why),
    /// It is up to date.
    Fresh,
    /// It exists and is not changed.
    Keep(Why),
    /// It does not exist and is not made.
    Pass(Why),
    Remove(Permit, Why),
    Written(Why),
    Removed(Why),
}

#[derive(Debug)]
pub struct PagePlan {
    pub id: DocId,
    /// Relative to the output.
    pub path: String,
    pub action: Action,
    /// Hash of all inputs of the page.
    pub key: Fingerprint,
}

/// A file whose content is known before writing.
#[derive(Debug)]
pub struct FilePlan {
    /// Relative to the output.
    pub path: String,
    pub action: Action,
    /// The new content; `None` for a copy, whose original is read when it is copied.
    pub bytes: Option<Vec<u8>>,
    pub prints: Prints,
    /// In bytes, after it is written.
    pub size: u64,
}

/// Hashes of a copy's bytes that docsite wrote.
#[derive(Debug, Default, Clone, Copy)]
pub struct Prints {
    /// Before the build, if docsite wrote it.
    pub before: Option<Fingerprint>,
    /// After the build.
    pub after: Option<Fingerprint>,
}

/// Everything that a build does.
#[derive(Debug)]
pub struct Plan {
    /// Pages of documents in the request's scope, by name.
    pub pages: Vec<PagePlan>,
    /// Copies, by path.
    pub copies: Vec<FilePlan>,
    /// docsite's assets, index.html, graph.json, the manifest.
    pub derived: Vec<FilePlan>,
    /// files.html, with what is known before the others are written.
    pub files: FilePlan,
    pub strays: Vec<FilePlan>,
    /// How many documents have no page, though the rule publishes them, because the request does
    /// not render them.
    pub missing: usize,
}

/// A derived file as it was found, and its new content.
#[derive(Debug)]
pub struct Derived {
    /// Relative to the output.
    pub path: String,
    pub bytes: Vec<u8>,
    pub found: Found,
    /// Whether it is docsite's own, and replaced even if somebody changed it.
    pub own: bool,
    /// Whether it is only written if it is missing.
    pub once: bool,
}

/// Plans a build.
///
/// # Errors
///
/// If a page's view cannot be written as JSON.
pub fn plan(
    catalogue: &Catalogue,
    renderer: &Renderer<'_>,
    sources: &Sources,
    copies: &Copies,
    derived: Vec<Derived>,
    gone: Vec<(String, Found)>,
    request: &Request,
) -> Result<Plan> {
    Ok(Plan {
        pages: pages(catalogue, renderer, sources, request)?,
        copies: copy_plans(copies),
        derived: derived
            .into_iter()
            .map(|file| {
                let consent = request.consent(&file.path);
                derive(file, consent)
            })
            .chain(gone.into_iter().map(remove))
            .collect(),
        files: FilePlan {
            path: "files.html".to_owned(),
            action: Action::Pass(Why::Listed),
            bytes: None,
            prints: Prints::default(),
            size: 0,
        },
        strays: match request.scope {
            Scope::All | Scope::Without(_) => strays(sources),
            Scope::Pages(_) | Scope::Derived => Vec::new(),
        },
        missing: if catalogue.settings.publish == Publish::All {
            let standings = sources.standings.values();
            standings.filter(|it| **it == Standing::NoPage).count()
        } else {
            0
        },
    })
}

/// Removes pages without a document if docsite wrote them.
pub fn strays(sources: &Sources) -> Vec<FilePlan> {
    sources.strays.iter().map(stray).collect()
}

fn stray(stray: &Stray) -> FilePlan {
    let permit = stray.found.permit(Consent::Usual);
    let action = match (&stray.unread, permit) {
        (Some(path), _) => Action::Keep(Why::Elsewhere(path.clone())),
        (None, Some(permit)) if stray.is_removed() => Action::Remove(permit, Why::NoDocument),
        (None, _) => Action::Keep(Why::Left(Left::Gone)),
    };
    FilePlan {
        path: stray.page.clone(),
        action,
        bytes: None,
        prints: Prints::default(),
        size: stray.found.size,
    }
}

/// Plans only the pages of documents.
///
/// # Errors
///
/// If a page's view cannot be written as JSON.
pub fn pages(
    catalogue: &Catalogue,
    renderer: &Renderer<'_>,
    sources: &Sources,
    request: &Request,
) -> Result<Vec<PagePlan>> {
    let named: Vec<DocId> = catalogue
        .corpus
        .iter()
        .filter(|(id, document)| match &request.scope {
            Scope::All | Scope::Without(_) => true,
            Scope::Pages(names) => names.contains(&document.name) || is_missing(sources, *id),
            Scope::Derived => false,
        })
        .map(|(id, _)| id)
        .collect();
    named
        .into_par_iter()
        .map(|id| page(catalogue, renderer, sources, id, request))
        .collect()
}

/// Whether a document is published and has no page yet.
fn is_missing(sources: &Sources, id: DocId) -> bool {
    sources.standings[&id] == Standing::Published && sources.pages[&id].state == PageState::Absent
}

fn page(
    catalogue: &Catalogue,
    renderer: &Renderer<'_>,
    sources: &Sources,
    id: DocId,
    request: &Request,
) -> Result<PagePlan> {
    let document = catalogue.corpus.get(id);
    let found = &sources.pages[&id];
    let draft = renderer.draft(id)?;
    let discard = request.discard.contains(&document.name);
    let standing = sources.standings[&id];
    let action = if standing != Standing::Published {
        leave(found, standing)
    } else if sources.unsound.contains(&id) {
        Action::Keep(Why::Unsound)
    } else {
        let consent = if discard {
            Consent::Discard
        } else if request.adopt {
            Consent::Adopt
        } else {
            Consent::Usual
        };
        let changed = |mark: &Mark| Changed::between(mark.inputs, renderer.inputs(id, &draft));
        decide_page(found, draft.key, document.source, consent, changed)
    };
    Ok(PagePlan {
        id,
        path: document.name.page(),
        action,
        key: draft.key,
    })
}

/// The action for the page of a document that is not published.
fn leave(found: &Found, standing: Standing) -> Action {
    let why = match standing {
        Standing::Draft => Why::Draft,
        Standing::Unsound => Why::Unsound,
        Standing::Withdrawn => Why::Withdrawn,
        Standing::NoPage | Standing::Published => Why::NotPublished,
    };
    match found.permit(Consent::Usual) {
        _ if found.state == PageState::Absent => Action::Pass(why),
        Some(permit) if publication::is_removable(found) => Action::Remove(permit, why),
        _ => Action::Keep(Why::Left(Left::Draft)),
    }
}

fn decide_page(
    found: &Found,
    key: Fingerprint,
    source: Fingerprint,
    consent: Consent,
    changed: impl FnOnce(&Mark) -> Changed,
) -> Action {
    if let PageState::Generated(mark) = &found.state
        && mark.key == key
    {
        return Action::Fresh;
    }
    match found.permit(consent) {
        Some(permit) => {
            let why = match &found.state {
                PageState::Generated(mark) if mark.source == source => Why::Inputs(changed(mark)),
                state => written_reason(state),
            };
            Action::Write(permit, why)
        }
        None => Action::Keep(kept_reason(found, Some(source))),
    }
}

fn written_reason(state: &PageState) -> Why {
    match state {
        PageState::Absent => Why::New,
        PageState::Generated(_) => Why::Document,
        PageState::HandMade(_) => Why::Discarded,
        PageState::Unknown | PageState::Doubtful(_) => Why::Adopted,
        PageState::Damaged => Why::Damaged,
    }
}

/// Why a file is kept that may not be written.
pub fn kept_reason(found: &Found, source: Option<Fingerprint>) -> Why {
    match &found.state {
        PageState::HandMade(mark) => Why::HandMade {
            outdated: mark
                .zip(source)
                .is_some_and(|(mark, source)| mark.source != source),
        },
        PageState::Doubtful(why) => Why::Doubtful(why.clone()),
        _ => Why::Unknown,
    }
}

fn copy_plans(copies: &Copies) -> Vec<FilePlan> {
    let wanted = copies.wanted.iter().map(copy_plan);
    let gone = copies.gone.iter().map(|old| {
        let permit = old.found.permit_copy(old.written);
        let action = match permit.filter(|_| old.is_own()) {
            Some(permit) if old.is_withheld => Action::Remove(permit, Why::Withheld),
            Some(permit) => Action::Remove(permit, Why::Gone),
            None => Action::Keep(match &old.found.state {
                PageState::Doubtful(why) => Why::Doubtful(why.clone()),
                _ => Why::Changed,
            }),
        };
        old_plan(old, action)
    });
    let forgotten = copies.forgotten.iter().map(|old| {
        let action = match old.found.permit_copy(None) {
            Some(permit) => Action::Remove(permit, Why::Forgotten),
            None => Action::Keep(Why::Forgotten),
        };
        old_plan(old, action)
    });
    let unread = copies.unread.iter();
    let unread = unread.map(|old| old_plan(old, Action::Keep(Why::Unread)));
    let all = wanted.chain(gone).chain(forgotten).chain(unread);
    all.collect()
}

fn copy_plan(copy: &Copy) -> FilePlan {
    let action = if copy.found.print() == Some(copy.print) {
        Action::Fresh
    } else {
        match copy.found.permit_copy(copy.written) {
            Some(permit) if copy.found.state == PageState::Absent => {
                Action::Write(permit, Why::New)
            }
            Some(permit) => Action::Write(permit, Why::Original),
            None => Action::Keep(kept_reason(&copy.found, None)),
        }
    };
    FilePlan {
        path: copy.path.clone(),
        action,
        bytes: None,
        prints: Prints {
            before: copy.written.filter(|_| copy.found.print() == copy.written),
            after: Some(copy.print),
        },
        size: copy.size,
    }
}

fn old_plan(old: &Old, action: Action) -> FilePlan {
    FilePlan {
        path: old.path.clone(),
        action,
        bytes: None,
        prints: Prints {
            before: old.written.filter(|_| old.is_own()),
            after: None,
        },
        size: old.found.size,
    }
}

/// The action for a derived file, with its bytes.
pub fn derive(file: Derived, consent: Consent) -> FilePlan {
    FilePlan {
        path: file.path.clone(),
        size: file.bytes.len() as u64,
        action: decide_derived(&file, consent),
        bytes: Some(file.bytes),
        prints: Prints::default(),
    }
}

/// Removes a derived file that is no longer made, if it is unchanged.
fn remove((path, found): (String, Found)) -> FilePlan {
    let action = match found.permit(Consent::Usual) {
        Some(permit) => Action::Remove(permit, Why::Gone),
        None => Action::Keep(kept_reason(&found, None)),
    };
    FilePlan {
        path,
        action,
        bytes: None,
        prints: Prints::default(),
        size: found.size,
    }
}

/// The action for a derived file.
fn decide_derived(file: &Derived, consent: Consent) -> Action {
    let print = Fingerprint::of(&file.bytes);
    if file.found.print() == Some(print) || (file.once && file.found.state != PageState::Absent) {
        return Action::Fresh;
    }
    let consent = if file.own { Consent::Own } else { consent };
    match file.found.permit(consent) {
        Some(permit) => {
            let why = match &file.found.state {
                PageState::Generated(_) => Why::Listed,
                PageState::HandMade(_) | PageState::Unknown | PageState::Doubtful(_)
                    if file.own =>
                {
                    Why::Restored
                }
                state => written_reason(state),
            };
            Action::Write(permit, why)
        }
        None if file.found.is_binary() => Action::Keep(Why::HandMade { outdated: false }),
        None => Action::Keep(kept_reason(&file.found, None)),
    }
}

impl Plan {
    /// Files of the output after the plan is carried out, with their sizes; `None` for a page that
    /// is not rendered yet. Removed files are not listed.
    pub fn sizes(&self) -> BTreeMap<&str, Option<u64>> {
        let mut sizes = BTreeMap::new();
        for file in self.copies.iter().chain(&self.derived) {
            if matches!(
                file.action,
                Action::Write(..) | Action::Written(_) | Action::Fresh
            ) {
                sizes.insert(file.path.as_str(), Some(file.size));
            }
        }
        for page in &self.pages {
            if matches!(page.action, Action::Write(..) | Action::Written(_)) {
                sizes.insert(&page.path, None);
            }
        }
        sizes
    }

    /// Copies whose path is blocked.
    pub fn uncopied(&self, site: &Site) -> Vec<BuildError> {
        let kept = self.copies.iter().filter_map(|file| match &file.action {
            Action::Keep(Why::Doubtful(why)) if file.prints.after.is_some() => Some((file, why)),
            _ => None,
        });
        kept.map(|(file, why)| copies::not_copied(&site.shown(&file.path), why))
            .collect()
    }

    /// Documents requested by name that are not rendered, and pages without a published document.
    pub fn problems(&self, request: &Request, site: &Site, catalogue: &Catalogue) -> Problems {
        let mut problems = Problems::default();
        for page in &self.pages {
            let name = &catalogue.corpus.get(page.id).name;
            let shown = site.shown(&page.path);
            match (&page.action, &request.scope) {
                (Action::Keep(Why::Left(_)), _) => {
                    let found = pages::finding(name, &shown, &PageProblem::DraftByHand);
                    problems.diagnostics.push(found);
                }
                (Action::Keep(Why::Unsound), _) => {}
                (Action::Keep(why), Scope::Pages(_)) => problems.errors.push(kept(name, why)),
                (Action::Keep(why), Scope::Without(names)) if names.contains(name) => {
                    problems.errors.push(not_removed(shown, why));
                }
                (Action::Pass(Why::Draft) | Action::Remove(_, Why::Draft), Scope::Pages(_)) => {
                    problems.errors.push(draft_refused(name));
                }
                _ => {}
            }
        }
        let strays = self.strays.iter();
        let strays = strays.filter(|stray| matches!(stray.action, Action::Keep(_)));
        let of_strays = strays.map(|stray| stray_finding(site, stray));
        problems.diagnostics.extend(of_strays);
        problems
    }
}

/// The finding about a page without a document, by what a rebuild would do.
pub fn stray_finding(site: &Site, stray: &FilePlan) -> Diagnostic {
    let shown = site.shown(&stray.path);
    match &stray.action {
        Action::Keep(why @ Why::Elsewhere(_)) => {
            pages::stray(&shown, &StrayPage::Unread(why.to_string()))
        }
        Action::Remove(..) => pages::stray(&shown, &StrayPage::Generated),
        _ => pages::stray(&shown, &StrayPage::ByHand),
    }
}

fn kept(name: &Basename, why: &Why) -> BuildError {
    let problem = BuildError::new(Cause::KeptPage, name.page(), format!("kept: {why}"));
    match why {
        Why::HandMade { .. } => problem.help(format!(
            "to replace it (its old bytes are set aside): docsite render {name} --discard-hand-edits {name}"
        )),
        Why::Unknown => problem.help(format!("docsite render {name} --adopt")),
        _ => problem,
    }
}

fn not_removed(shown: String, why: &Why) -> BuildError {
    BuildError::new(Cause::KeptPage, shown, format!("kept: {why}"))
        .help("delete it yourself: docsite removes only pages that it made")
}

fn draft_refused(name: &Basename) -> BuildError {
    BuildError::new(
        Cause::Draft,
        name.source(),
        "is a draft, and is not published",
    )
    .help("to publish it, set `draft` to false in its front matter")
}
