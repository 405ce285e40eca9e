//! Writes what the plan decided, so that at any kill each file is the old one or the new one.
//!
//! Not here: any decision. A file without a permit in the plan is not changed.

mod item;
mod place;
mod prepare;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::diagnostic::Finding;
use crate::disk::{self, Lock};
use crate::output::{data, render};
use crate::progress::Stage;
use crate::store::Store;

use super::action::{Action, Done, FilePlan, PagePlan};
use super::compare;
use super::facts::Facts;
use super::listing;
use super::pieces::Pieces;
use super::plan::{self, Planned};
use super::problems;
use super::reach::Reach;
use super::resolve::Resolved;
use super::site::Site;
use super::stat_index::StatIndex;

use self::item::{Item, Notes, Step};
use self::place::Rest;
use self::prepare::Materials;

/// A build that came to its end.
#[derive(Debug)]
pub struct Applied {
    pub resolved: Resolved,
    /// Pages of documents, copies, derived files, then pages without a document.
    pub done: Vec<Done>,
    /// Where old bytes are, by the file that replaced them; both relative to the site.
    pub set_aside: BTreeMap<String, String>,
    /// How many documents have no page, though the rule publishes them, because the request does
    /// not render them.
    pub missing: usize,
    /// What is reported of the plan and of what happened while files were written, sorted by place.
    pub findings: Vec<Finding>,
    /// Whether a file could not be finished with, so that another run may succeed.
    pub is_unfinished: bool,
    /// What of the output is published.
    pub reach: Reach,
}

/// Every file of the plan, with its new bytes beside its place.
struct Staged {
    pages: Vec<Item>,
    copies: Vec<Item>,
    /// Derived files and files.html.
    derived: Vec<Item>,
    /// One, or none where nothing is copied.
    manifest: Vec<Item>,
    strays: Vec<Item>,
}

impl Planned {
    /// Carries out the plan.
    ///
    /// # Errors
    /// When a template fails or something cannot be written. Files that took their place stay;
    /// every other one is as it was.
    pub fn apply(self, site: &Site, store: &Store, facts: &Facts, lock: &Lock) -> Result<Applied> {
        let mut problems = problems::of_plan(&self, site);
        let kept = compare::kept(site, &self);
        let mut notes = Notes::default();
        let missing = self.missing;
        let reach = self.reach.clone();
        let run = Run {
            site,
            store,
            facts,
            lock,
        };
        let (mut resolved, staged) = stage(self, &run, &mut notes)?;
        let writing = site.progress.begin(Stage::Write, 0);
        let done = put(site, lock, staged, (&mut notes, &mut resolved.index))?;
        drop(writing);
        let is_unfinished = !notes.errors.is_empty();
        problems.errors.extend(notes.errors);
        Ok(Applied {
            findings: problems::judged(&resolved, problems, &kept),
            resolved,
            done,
            set_aside: notes.set_aside,
            missing,
            is_unfinished,
            reach,
        })
    }
}

/// The files of a few documents, each with its bytes, and those that list them.
#[derive(Debug)]
pub struct Revision {
    pub pages: Vec<FilePlan>,
    pub copies: Vec<FilePlan>,
    pub derived: Vec<FilePlan>,
    pub manifest: Option<FilePlan>,
}

impl Revision {
    /// Carries it out as a plan; none if a file could not be finished with, or its old bytes were
    /// set aside, which another run reports.
    ///
    /// # Errors
    /// When something cannot be written. Files that took their place stay; every other one is as it
    /// was.
    pub fn apply(
        self,
        site: &Site,
        lock: &Lock,
        index: &mut StatIndex,
    ) -> Result<Option<Vec<Done>>> {
        let mut notes = Notes::default();
        let staged = Staged {
            pages: whole(site, self.pages, &mut notes)?,
            derived: whole(site, self.derived, &mut notes)?,
            manifest: whole(site, self.manifest, &mut notes)?,
            copies: whole(site, self.copies, &mut notes)?,
            strays: Vec::new(),
        };
        let _writing = site.progress.begin(Stage::Write, 0);
        let done = put(site, lock, staged, (&mut notes, index))?;
        let is_finished = notes.errors.is_empty() && notes.set_aside.is_empty();
        Ok(is_finished.then_some(done))
    }
}

/// What a build works with beside its plan.
struct Run<'a> {
    site: &'a Site,
    store: &'a Store,
    facts: &'a Facts,
    lock: &'a Lock,
}

fn stage(planned: Planned, run: &Run<'_>, notes: &mut Notes) -> Result<(Resolved, Staged)> {
    let site = run.site;
    let mut resolved = planned.resolved;
    // It is made again, with the sizes of the pages.
    drop(planned.files);
    let (mut copies, others) = clear_ways(site, planned.copies, notes);
    make_folders(site, &planned.derived)?;
    // These have their bytes in memory: before what pages need.
    let mut made = derived(site, planned.derived, (&resolved, run.store), notes)?;
    let pages = rendered(&resolved, planned.pages, run, notes)?;
    // What comes now needs much memory too.
    run.facts.save_bodies(run.store, &resolved.catalogue.corpus);
    resolved.catalogue.corpus.forget_texts();
    let copying = site.progress.begin(Stage::Copy, others.len());
    for copy in others {
        copies.push(prepare::copy(site, copy, notes));
        copying.item();
    }
    drop(copying);
    let manifest =
        plan::manifest_plan(site, &resolved.index, copies.iter().filter_map(Item::entry))?;
    let manifest = whole(site, manifest, notes)?;
    let strays = whole(site, planned.strays, notes)?;
    let others = copies.iter().chain(&made).chain(&manifest).chain(&strays);
    let becomes = others
        .chain(&pages)
        .map(|item| (item.path.as_str(), item.becomes()));
    let listing = listing::after(&planned.before, becomes, &planned.reach);
    let files = plan::files_plan(
        &resolved.index,
        &resolved.request,
        render::listing(
            &site.settings,
            &resolved.theme,
            &listing,
            &data::titles(&resolved.catalogue),
        ),
    )?;
    made.extend(whole(site, files, notes)?);
    let staged = Staged {
        pages,
        copies,
        derived: made,
        manifest,
        strays,
    };
    Ok((resolved, staged))
}

/// The pages of documents, rendered.
fn rendered(
    resolved: &Resolved,
    plans: Vec<PagePlan>,
    run: &Run<'_>,
    notes: &mut Notes,
) -> Result<Vec<Item>> {
    let materials = Materials {
        site: run.site,
        resolved,
        facts: run.facts,
        renderer: &resolved.renderer(run.store),
        lock: run.lock,
    };
    materials.pages(plans, notes)
}

/// Puts what is staged in its place, and removes what leaves the output.
fn put(
    site: &Site,
    lock: &Lock,
    staged: Staged,
    (notes, index): (&mut Notes, &mut StatIndex),
) -> Result<Vec<Done>> {
    // What others refer to takes its place first.
    let mut waiting = Vec::new();
    let copies = place::take(staged.copies, false, &mut waiting);
    let pages = place::take(staged.pages, true, &mut waiting);
    let derived = place::take(staged.derived, false, &mut waiting);
    let strays = place::take(staged.strays, true, &mut waiting);
    place::place(site, lock, waiting, (notes, index))?;
    let mut finish = |rests: Vec<Rest>| -> Vec<Done> {
        let rests = rests.into_iter();
        rests.map(|rest| place::finish(site, rest, notes)).collect()
    };
    let mut done = finish(pages);
    done.extend(finish(copies));
    done.extend(finish(derived));
    let strays = finish(strays);
    // Last, so that a run that is killed before forgets no copy.
    let mut waiting = Vec::new();
    let manifest = place::take(staged.manifest, false, &mut waiting);
    let mut finish_manifest = finish(manifest);
    place::place(site, lock, waiting, (notes, index))?;
    done.append(&mut finish_manifest);
    done.extend(strays);
    Ok(done)
}

/// Removes copies whose path became a folder, and copies in a folder that became a file.
/// Returns them, and the other copies.
fn clear_ways(site: &Site, copies: Vec<FilePlan>, notes: &mut Notes) -> (Vec<Item>, Vec<FilePlan>) {
    let wanted = copies.iter();
    let wanted = wanted.filter(|file| matches!(file.action, Action::Write(..)));
    let wanted: BTreeSet<String> = wanted.map(|file| file.path.clone()).collect();
    let is_in_the_way = |path: &str| {
        let below = format!("{path}/");
        let is_a_folder_now = wanted.range(below.clone()..).next();
        let is_a_folder_now = is_a_folder_now.is_some_and(|path| path.starts_with(&below));
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        is_a_folder_now || above.any(|folder| wanted.contains(folder))
    };
    let mut cleared = Vec::new();
    let mut others = Vec::new();
    for file in copies {
        match file.action {
            Action::Remove(permit, why) if is_in_the_way(&file.path) => {
                let deed = place::remove(site, &file.path, permit, why, notes);
                cleared.push(Item {
                    path: file.path,
                    prints: file.prints,
                    size: file.size,
                    step: Step::Done(deed),
                });
            }
            action => others.push(FilePlan { action, ..file }),
        }
    }
    (cleared, others)
}

/// The output's folder, and those of derived files: nothing can do without them.
fn make_folders(site: &Site, derived: &[FilePlan]) -> Result<()> {
    disk::make_folder(&site.output())?;
    let folders: BTreeSet<PathBuf> = derived
        .iter()
        .filter(|file| matches!(file.action, Action::Write(..)))
        .filter_map(|file| site.output_file(&file.path).parent().map(Path::to_owned))
        .collect();
    folders
        .iter()
        .try_for_each(|folder| disk::make_folder(folder))
}

/// Files whose bytes are known.
fn whole(
    site: &Site,
    plans: impl IntoIterator<Item = FilePlan>,
    notes: &mut Notes,
) -> Result<Vec<Item>> {
    let plans = plans.into_iter();
    plans
        .map(|plan| prepare::whole(site, plan, notes))
        .collect()
}

/// Files of which some are made now.
fn derived(
    site: &Site,
    plans: Vec<FilePlan>,
    (resolved, store): (&Resolved, &Store),
    notes: &mut Notes,
) -> Result<Vec<Item>> {
    let renderer = resolved.renderer(store);
    let pieces = Pieces::of(site, resolved, &renderer);
    let plans = plans.into_iter();
    plans
        .map(|plan| prepare::derived(site, plan, &pieces, notes))
        .collect()
}
