//! Renders and reads what is to be written, and stages it beside its place.
//!
//! Not here: putting it in place (`place`).

use anyhow::Result;
use rayon::prelude::*;

use crate::diagnostic::BuildError;
use crate::disk::{self, Lock};
use crate::fingerprint::Fingerprint;
use crate::model::corpus::DocId;
use crate::output::page_state::{Permit, Prepared};
use crate::output::render::Renderer;
use crate::pipeline::action::{Action, Content, Deed, FilePlan, PagePlan, Prints, Why};
use crate::pipeline::copies;
use crate::pipeline::facts::Facts;
use crate::pipeline::pieces::Pieces;
use crate::pipeline::resolve::Resolved;
use crate::pipeline::site::{Refused, Site};
use crate::progress::Stage;
use crate::rule::Cause;

use super::item::{Item, Notes, Step, split};

/// What pages are rendered from.
pub(super) struct Materials<'a> {
    pub(super) site: &'a Site,
    pub(super) resolved: &'a Resolved,
    pub(super) facts: &'a Facts,
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) lock: &'a Lock,
}

enum PageResult {
    Staged(Item, Option<String>),
    /// Its document changed while the site was built.
    Changed(Item, BuildError),
    /// Its template fails.
    Failed(BuildError),
}

impl Materials<'_> {
    /// Stages the pages of documents, on all cores.
    ///
    /// # Errors
    /// When a template fails, or a page cannot be staged.
    pub(super) fn pages(&self, plans: Vec<PagePlan>, notes: &mut Notes) -> Result<Vec<Item>> {
        let is_write = |plan: &PagePlan| matches!(plan.action, Action::Write(..));
        let count = plans.iter().filter(|plan| is_write(plan)).count();
        let rendering = self.site.progress.begin(Stage::Render, count);
        let results: Vec<Result<PageResult>> = plans
            .into_par_iter()
            .map(|plan| {
                let counts = is_write(&plan);
                let result = self.page(plan);
                if counts {
                    rendering.item();
                }
                result
            })
            .collect();
        drop(rendering);
        let mut items = Vec::with_capacity(results.len());
        let mut failures = Vec::new();
        for result in results {
            match result? {
                PageResult::Staged(item, kept) => {
                    notes.set_aside(self.site, &item.path, kept);
                    items.push(item);
                }
                PageResult::Changed(item, problem) => {
                    notes.errors.push(problem);
                    items.push(item);
                }
                PageResult::Failed(problem) => failures.push(problem),
            }
        }
        if failures.is_empty() {
            return Ok(items);
        }
        // One broken template fails on every page alike.
        failures.sort();
        failures.dedup();
        Err(Refused(failures).into())
    }

    fn page(&self, plan: PagePlan) -> Result<PageResult> {
        let item = |path, size, step| Item {
            path,
            prints: Prints::default(),
            size,
            step,
        };
        let (permit, why) = match split(plan.action) {
            Ok(write) => write,
            Err(step) => return Ok(PageResult::Staged(item(plan.path, None, step), None)),
        };
        self.lock.go_on()?;
        let document = self.resolved.catalogue.corpus.get(plan.id);
        let body = match self.facts.body(document, || self.read_again(plan.id)) {
            Ok(body) => body,
            Err(changed) => {
                let why = Why::Failed(changed.message.clone());
                let skipped = item(plan.path, None, Step::Done(Deed::Skipped(why)));
                return Ok(PageResult::Changed(skipped, changed));
            }
        };
        let draft = self.renderer.draft(plan.id)?;
        let bytes = match self.renderer.page(plan.id, &draft, &body) {
            Ok(bytes) => bytes,
            Err(problem) => return Ok(PageResult::Failed(problem)),
        };
        let (prepared, kept) = permit.prepare(&self.site.root, &bytes)?;
        let size = Some(bytes.len() as u64);
        let staged = item(plan.path, size, Step::Staged(Box::new(prepared), why));
        Ok(PageResult::Staged(staged, kept))
    }

    /// The bytes of a document's file, which must be unchanged since it was first read.
    fn read_again(&self, id: DocId) -> Result<Vec<u8>, BuildError> {
        let document = self.resolved.catalogue.corpus.get(id);
        let file = self.resolved.documents.get(&id);
        // One that cannot be read any more has changed, too.
        let source = file.and_then(|file| disk::read(file).ok()?);
        source
            .filter(|bytes| Fingerprint::of(bytes) == document.source)
            .ok_or_else(|| {
                let message = "changed while the site was built";
                let path = document.name.source();
                BuildError::new(Cause::ChangedMeanwhile, path, message).help("run docsite again")
            })
    }
}

/// Stages a copy. One that cannot be made is reported; the rest continues.
pub(super) fn copy(site: &Site, plan: FilePlan, notes: &mut Notes) -> Item {
    let (path, size) = (plan.path, plan.size);
    let (permit, why) = match split(plan.action) {
        Ok(write) => write,
        Err(step) => {
            return Item {
                path,
                prints: plan.prints,
                size,
                step,
            };
        }
    };
    match staged_copy(site, &path, permit, plan.content, notes) {
        Ok((prepared, bytes)) => Item {
            path,
            prints: Prints {
                after: Some(Fingerprint::of(&bytes)),
                ..plan.prints
            },
            size: Some(bytes.len() as u64),
            step: Step::Staged(Box::new(prepared), why),
        },
        Err(deed) => Item {
            path,
            prints: plan.prints,
            size,
            step: Step::Done(deed),
        },
    }
}

fn staged_copy(
    site: &Site,
    path: &str,
    permit: Permit,
    content: Content,
    notes: &mut Notes,
) -> Result<(Prepared, Vec<u8>), Deed> {
    if let Some(folder) = site.output_file(path).parent()
        && let Err(error) = disk::make_folder(folder)
    {
        return Err(notes.give_up(site, path, &error));
    }
    let bytes = bytes(content).map_err(|why| {
        notes.errors.push(copies::unreadable(path, &why));
        Deed::Kept(Why::Unread)
    })?;
    match permit.prepare(&site.root, &bytes) {
        Ok((prepared, kept)) => {
            notes.set_aside(site, path, kept);
            Ok((prepared, bytes))
        }
        Err(error) => Err(notes.give_up(site, path, &error)),
    }
}

/// The bytes that a file is to hold, or why they cannot be read.
fn bytes(content: Content) -> Result<Vec<u8>, String> {
    match content {
        Content::Bytes(bytes) => Ok(bytes),
        Content::Spilled(bytes) => bytes.read().map_err(|error| error.to_string()),
        Content::Nothing => Ok(Vec::new()),
        Content::Piece(_) => Err("is not a copy".to_owned()),
        Content::Original(file) => match disk::read_whole(&file) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err("vanished while it was read".to_owned()),
            Err(error) => Err(error.root_cause().to_string()),
        },
    }
}

/// Stages a derived file, which is made now if it is one of many.
///
/// # Errors
/// When it cannot be made or staged: nothing else can do without it.
pub(super) fn derived(
    site: &Site,
    plan: FilePlan,
    pieces: &Pieces<'_>,
    notes: &mut Notes,
) -> Result<Item> {
    let is_written = matches!(plan.action, Action::Write(..));
    let content = match plan.content {
        Content::Piece(piece) if is_written => Content::Bytes(pieces.bytes(piece)?),
        content => content,
    };
    whole(site, FilePlan { content, ..plan }, notes)
}

/// Stages a file that is made.
///
/// # Errors
/// When it cannot be staged.
pub(super) fn whole(site: &Site, plan: FilePlan, notes: &mut Notes) -> Result<Item> {
    let (path, prints, mut size) = (plan.path, plan.prints, plan.size);
    let step = match split(plan.action) {
        Ok((permit, why)) => {
            let bytes = bytes(plan.content).map_err(anyhow::Error::msg)?;
            size = Some(bytes.len() as u64);
            let (prepared, kept) = permit.prepare(&site.root, &bytes)?;
            notes.set_aside(site, &path, kept);
            Step::Staged(Box::new(prepared), why)
        }
        Err(step) => step,
    };
    Ok(Item {
        path,
        prints,
        size,
        step,
    })
}
