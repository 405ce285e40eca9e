//! Writes what the plan decided. If the program is killed, each file is either the old or the new
//! one; the next run removes temporary files.
//!
//! Not here: any decision. A file without a permit in the plan is not changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::diagnostic::BuildError;
use crate::disk::{self, Kind, Lock, Placed};
use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::output::page_state::{self, PageState, Permit, Prepared};
use crate::output::render::Renderer;
use crate::rule::Cause;

use super::Request;
use super::copies::{self, Copies, MANIFEST};
use super::derived;
use super::facts::Facts;
use super::load::OWN_FOLDER;
use super::plan::{self, Action, Derived, FilePlan, PagePlan, Plan, Why};
use super::site::{Refused, Site};

#[derive(Debug, Default)]
pub struct Applied {
    /// Files and documents that somebody changed during the build.
    pub errors: Vec<BuildError>,
    /// Where old bytes were moved, by the file that replaced them; both relative to the site.
    pub set_aside: BTreeMap<String, String>,
}

/// A staged file, ready to be moved into place.
struct Waiting {
    path: String,
    prepared: Prepared,
    size: u64,
}

#[derive(Debug)]
pub struct Materials<'a> {
    pub site: &'a Site,
    pub catalogue: &'a Catalogue,
    pub renderer: &'a Renderer<'a>,
    pub copies: &'a Copies,
    pub documents: &'a BTreeMap<DocId, PathBuf>,
    pub facts: &'a Facts,
    /// The files of the output before the build.
    pub listing: &'a BTreeMap<String, u64>,
    pub request: &'a Request,
    /// Held while files are written; `None` for a dry run.
    pub lock: Option<&'a Lock>,
}

/// Carries out the plan.
///
/// # Errors
///
/// If a template fails or something cannot be written. Files that are in place already stay; every
/// other file is unchanged.
pub fn apply(materials: &Materials<'_>, plan: &mut Plan) -> Result<Applied> {
    let mut applied = Applied::default();
    clear_ways(materials.site, plan, &mut applied);
    make_folders(materials.site, plan, &mut applied)?;
    let pages = prepare_pages(materials, &mut plan.pages, &mut applied)?;
    let copies = prepare_copies(materials, &mut plan.copies, &mut applied);
    plan_manifest(materials.site, plan)?;
    let mut derived = prepare_derived(materials, &mut plan.derived, &mut applied)?;
    let listing = final_listing(materials, plan, &pages);
    plan.files = files_plan(materials, &listing)?;
    derived.extend(prepare_derived(
        materials,
        std::slice::from_mut(&mut plan.files),
        &mut applied,
    )?);
    // What others refer to takes its place first.
    let (manifest, derived): (Vec<_>, Vec<_>) =
        derived.into_iter().partition(|file| file.path == MANIFEST);
    let waiting: Vec<Waiting> = copies.into_iter().chain(pages).chain(derived).collect();
    place(materials, waiting, &mut applied)?;
    let pages = plan
        .pages
        .iter_mut()
        .map(|page| (&page.path, &mut page.action));
    let files = [&mut plan.copies, &mut plan.derived, &mut plan.strays];
    let files = files
        .into_iter()
        .flatten()
        .map(|file| (&file.path, &mut file.action));
    for (path, action) in pages.chain(files) {
        remove(materials.site, path, action, &mut applied);
    }
    // Last, so that a run that is killed before forgets no copy.
    place(materials, manifest, &mut applied)?;
    Ok(applied)
}

/// Adds the manifest of copies to a plan.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn plan_manifest(site: &Site, plan: &mut Plan) -> Result<()> {
    if !site.settings.is_flat() {
        plan.derived.push(derived::manifest(site, &plan.copies)?);
    }
    Ok(())
}

/// Removes copies whose path became a folder, and copies in a folder that became a file.
fn clear_ways(site: &Site, plan: &mut Plan, applied: &mut Applied) {
    let wanted = plan.copies.iter();
    let wanted = wanted.filter(|file| matches!(file.action, Action::Write(..)));
    let wanted: BTreeSet<String> = wanted.map(|file| file.path.clone()).collect();
    for file in &mut plan.copies {
        let below = format!("{}/", file.path);
        let is_a_folder_now = wanted.range(below.clone()..).next();
        let is_a_folder_now = is_a_folder_now.is_some_and(|path| path.starts_with(&below));
        let mut above = file.path.match_indices('/').map(|(at, _)| &file.path[..at]);
        let is_in_a_file_now = above.any(|folder| wanted.contains(folder));
        if is_a_folder_now || is_in_a_file_now {
            remove(site, &file.path, &mut file.action, applied);
        }
    }
}

/// A copy whose folder cannot be created is reported; for any other file that is an error.
fn make_folders(site: &Site, plan: &mut Plan, applied: &mut Applied) -> Result<()> {
    disk::make_folder(&site.output())?;
    let folder_of = |file: &FilePlan| site.output_file(&file.path).parent().map(Path::to_owned);
    for file in &mut plan.copies {
        if matches!(file.action, Action::Write(..))
            && let Some(folder) = folder_of(file)
            && let Err(error) = disk::make_folder(&folder)
        {
            give_up(site, &file.path, &mut file.action, &error, applied);
        }
    }
    let derived = plan.derived.iter();
    let folders: BTreeSet<PathBuf> = derived
        .filter(|file| matches!(file.action, Action::Write(..)))
        .filter_map(folder_of)
        .collect();
    folders
        .iter()
        .try_for_each(|folder| disk::make_folder(folder))
}

/// Reports a copy that cannot be made or removed; the build continues.
fn give_up(
    site: &Site,
    path: &str,
    action: &mut Action,
    error: &anyhow::Error,
    applied: &mut Applied,
) {
    let why = error.root_cause().to_string();
    applied
        .errors
        .push(copies::not_copied(&site.shown(path), &why));
    *action = Action::Keep(Why::Failed(why));
}

/// Takes the permit out of a plan's action; the reason stays for the report.
fn take_permit(action: &mut Action) -> Option<Permit> {
    match std::mem::replace(action, Action::Fresh) {
        Action::Write(permit, why) => {
            *action = Action::Written(why);
            Some(permit)
        }
        Action::Remove(permit, why) => {
            *action = Action::Removed(why);
            Some(permit)
        }
        other => {
            *action = other;
            None
        }
    }
}

fn prepare_pages(
    materials: &Materials<'_>,
    pages: &mut [PagePlan],
    applied: &mut Applied,
) -> Result<Vec<Waiting>> {
    let permits: Vec<(&PagePlan, Permit)> = pages
        .iter_mut()
        .filter(|page| matches!(page.action, Action::Write(..)))
        .filter_map(|page| {
            let permit = take_permit(&mut page.action)?;
            Some((&*page, permit))
        })
        .collect();
    let prepared: Vec<Result<PageResult>> = permits
        .into_par_iter()
        .map(|(page, permit)| prepare_page(materials, page, permit))
        .collect();
    let mut waiting = Vec::with_capacity(prepared.len());
    let mut problems = Vec::new();
    for page in prepared {
        match page? {
            PageResult::Ready(page, kept) => {
                note_kept(materials.site, applied, &page.path, kept);
                waiting.push(page);
            }
            PageResult::Changed(problem) => applied.errors.push(problem),
            PageResult::Failed(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        return Ok(waiting);
    }
    // One broken template fails on every page alike.
    problems.sort();
    problems.dedup();
    Err(Refused(problems).into())
}

enum PageResult {
    Ready(Waiting, Option<String>),
    Changed(BuildError),
    Failed(BuildError),
}

fn prepare_page(materials: &Materials<'_>, page: &PagePlan, permit: Permit) -> Result<PageResult> {
    materials.go_on()?;
    let document = materials.catalogue.corpus.get(page.id);
    let source = || read_again(materials, page.id);
    let body = match materials.facts.body(document, source) {
        Ok(body) => body,
        Err(changed) => return Ok(PageResult::Changed(changed)),
    };
    let draft = materials.renderer.draft(page.id)?;
    let bytes = match materials.renderer.page(page.id, &draft, &body) {
        Ok(bytes) => bytes,
        Err(problem) => return Ok(PageResult::Failed(problem)),
    };
    let (prepared, kept) = permit.prepare(&materials.site.root, &bytes)?;
    let waiting = Waiting {
        path: page.path.clone(),
        prepared,
        size: bytes.len() as u64,
    };
    Ok(PageResult::Ready(waiting, kept))
}

/// The bytes of a document's file, which must be unchanged since it was first read.
fn read_again(materials: &Materials<'_>, id: DocId) -> Result<Vec<u8>, BuildError> {
    let document = materials.catalogue.corpus.get(id);
    let file = materials.documents.get(&id);
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

fn note_kept(site: &Site, applied: &mut Applied, path: &str, kept: Option<String>) {
    if let Some(kept) = kept {
        applied.set_aside.insert(site.shown(path), kept);
    }
}

fn prepare_copies(
    materials: &Materials<'_>,
    plans: &mut [FilePlan],
    applied: &mut Applied,
) -> Vec<Waiting> {
    let sources: BTreeMap<&str, &Path> = materials
        .copies
        .wanted
        .iter()
        .map(|copy| (copy.path.as_str(), copy.source.as_path()))
        .collect();
    let mut waiting = Vec::new();
    for plan in plans {
        if !matches!(plan.action, Action::Write(..)) {
            continue;
        }
        let (Some(permit), Some(source)) = (
            take_permit(&mut plan.action),
            sources.get(plan.path.as_str()),
        ) else {
            continue;
        };
        match disk::read_whole(source) {
            Ok(Some(bytes)) => {
                plan.prints.after = Some(Fingerprint::of(&bytes));
                plan.size = bytes.len() as u64;
                match prepare_file(materials.site, plan, permit, &bytes, applied) {
                    Ok(file) => waiting.push(file),
                    Err(error) => give_up(
                        materials.site,
                        &plan.path,
                        &mut plan.action,
                        &error,
                        applied,
                    ),
                }
            }
            Ok(None) => cannot_read(plan, "vanished while it was read", applied),
            Err(error) => cannot_read(plan, &error.root_cause().to_string(), applied),
        }
    }
    waiting
}

fn cannot_read(plan: &mut FilePlan, why: &str, applied: &mut Applied) {
    applied.errors.push(copies::unreadable(&plan.path, why));
    plan.action = Action::Keep(Why::Unread);
}

fn prepare_derived(
    materials: &Materials<'_>,
    plans: &mut [FilePlan],
    applied: &mut Applied,
) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for plan in plans {
        if !matches!(plan.action, Action::Write(..)) {
            continue;
        }
        let Some(permit) = take_permit(&mut plan.action) else {
            continue;
        };
        let bytes = plan.bytes.take().unwrap_or_default();
        waiting.push(prepare_file(materials.site, plan, permit, &bytes, applied)?);
    }
    Ok(waiting)
}

fn prepare_file(
    site: &Site,
    plan: &FilePlan,
    permit: Permit,
    bytes: &[u8],
    applied: &mut Applied,
) -> Result<Waiting> {
    let (prepared, kept) = permit.prepare(&site.root, bytes)?;
    note_kept(site, applied, &plan.path, kept);
    Ok(Waiting {
        path: plan.path.clone(),
        prepared,
        size: bytes.len() as u64,
    })
}

/// Every file that a visitor can reach after the build, with its size.
fn final_listing(
    materials: &Materials<'_>,
    plan: &Plan,
    pages: &[Waiting],
) -> BTreeMap<String, Option<u64>> {
    let mut listing = expected_listing(materials.listing, plan);
    for page in pages {
        listing.insert(page.path.clone(), Some(page.size));
    }
    listing
}

/// The files of the output after the plan is carried out; the size is `None` for a page that is not
/// rendered, and for files.html itself.
pub fn expected_listing(
    before: &BTreeMap<String, u64>,
    plan: &Plan,
) -> BTreeMap<String, Option<u64>> {
    let mut listing: BTreeMap<String, Option<u64>> = before
        .iter()
        .map(|(path, size)| (path.clone(), Some(*size)))
        .collect();
    let files = plan.copies.iter().chain(&plan.derived).chain(&plan.strays);
    let files = files.map(|file| (&file.path, &file.action));
    let pages = plan.pages.iter().map(|page| (&page.path, &page.action));
    for (path, action) in files.chain(pages) {
        if matches!(action, Action::Remove(..) | Action::Removed(_)) {
            listing.remove(path);
        }
    }
    for (path, size) in plan.sizes() {
        listing.insert(path.to_owned(), size);
    }
    listing.insert("files.html".to_owned(), None);
    listing
}

/// The plan of files.html for a listing.
///
/// # Errors
///
/// If its template fails.
pub fn files_plan(
    materials: &Materials<'_>,
    listing: &BTreeMap<String, Option<u64>>,
) -> Result<FilePlan> {
    let file = Derived {
        path: "files.html".to_owned(),
        bytes: materials.renderer.files(listing).map_err(Refused::one)?,
        found: page_state::look(&materials.site.output(), "files.html"),
        own: false,
        once: false,
    };
    Ok(plan::derive(file, materials.request.consent("files.html")))
}

impl Materials<'_> {
    fn go_on(&self) -> Result<()> {
        self.lock.map_or(Ok(()), Lock::go_on)
    }
}

fn place(materials: &Materials<'_>, waiting: Vec<Waiting>, applied: &mut Applied) -> Result<()> {
    let site = materials.site;
    let mut paths = Vec::with_capacity(waiting.len());
    let mut staged = Vec::with_capacity(waiting.len());
    let mut expected = Vec::with_capacity(waiting.len());
    for file in waiting {
        let (file_staged, print) = file.prepared.into_parts();
        paths.push(file.path);
        staged.push(file_staged);
        expected.push(print);
    }
    disk::sync(&staged)?;
    let folders: BTreeSet<PathBuf> = staged
        .iter()
        .filter_map(|file| file.target().parent().map(Path::to_owned))
        .collect();
    for ((path, file), expected) in paths.iter().zip(staged).zip(expected) {
        materials.go_on()?;
        if file.place(expected)? == Placed::Changed {
            applied.errors.push(changed_meanwhile(&site.shown(path)));
        }
    }
    disk::sync_folders(folders.iter().map(PathBuf::as_path))
}

fn changed_meanwhile(path: &str) -> BuildError {
    let message = "was changed by another program while the site was built, and is kept";
    BuildError::new(Cause::ChangedMeanwhile, path, message).help("run docsite again")
}

fn remove(site: &Site, path: &str, action: &mut Action, applied: &mut Applied) {
    if !matches!(action, Action::Remove(..)) {
        return;
    }
    let Some(permit) = take_permit(action) else {
        return;
    };
    let mut folder = permit.path().parent().map(Path::to_owned);
    match permit.remove(&site.root) {
        Ok((Placed::Done, kept)) => note_kept(site, applied, path, kept),
        Ok((Placed::Changed, _)) => {
            applied.errors.push(changed_meanwhile(&site.shown(path)));
            *action = Action::Keep(Why::Changed);
        }
        Err(error) => give_up(site, path, action, &error, applied),
    }
    // The folders that the copy lived in go with the last file.
    while let Some(empty) = folder.filter(|folder| *folder != site.output()) {
        if !disk::list(&empty).is_ok_and(|entries| entries.is_empty()) {
            break;
        }
        disk::remove_empty_folder(&empty);
        folder = empty.parent().map(Path::to_owned);
    }
}

/// Removes the temporary files of a killed run. One with bytes that are not docsite's (a hand edit
/// that was swapped out when the power failed) is set aside first.
///
/// # Errors
///
/// If one can neither be set aside nor removed.
pub fn sweep(site: &Site) -> Result<()> {
    let mut folders = vec![(site.root.join("markdown"), 1)];
    if site.settings.is_flat() {
        folders.push((site.root.clone(), 1));
        folders.push((site.root.join("assets"), 1));
        folders.push((site.root.join(OWN_FOLDER), usize::MAX));
    } else {
        folders.push((site.output(), usize::MAX));
    }
    for (folder, depth) in folders {
        let enter = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            !name.starts_with('.') || disk::is_temporary(name)
        };
        // Where nothing can be listed, nothing was left either.
        for entry in disk::walk_what_can_be(&folder, depth, enter, &mut Vec::new()) {
            if entry.kind == Kind::File && disk::is_temporary(&entry.path) {
                sweep_file(site, &folder.join(&entry.path))?;
            }
        }
    }
    Ok(())
}

fn sweep_file(site: &Site, path: &Path) -> Result<()> {
    let Some(bytes) = disk::read_whole(path)? else {
        return Ok(());
    };
    let (state, _) = page_state::judge(&bytes);
    if !matches!(state, PageState::Generated(_) | PageState::Damaged) {
        let name = path.file_name().context("has no name")?.to_string_lossy();
        disk::set_aside(&site.root, &name, &bytes)?;
    }
    disk::remove(path, Fingerprint::of(&bytes)).map(drop)
}
