//! Writes and removes what the plan decided: each file is the old or the new one whenever the run ends.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;

use crate::diagnostic::BuildError;
use crate::disk::{self, Kind, Lock, Placed, Staged};
use crate::fingerprint::Fingerprint;
use crate::pipeline::site::Site;
use crate::progress::Stage;
use crate::rule::Cause;

use super::plan::{Content, Plan, Step, bytes};
use super::record::Record;

/// What an export did. Paths are relative to its folder.
#[derive(Debug, Default)]
pub struct Exported {
    pub written: Vec<String>,
    pub removed: Vec<String>,
    /// With what is said of each.
    pub kept: Vec<(String, String)>,
    /// How many files were as they are published.
    pub fresh: usize,
    pub errors: Vec<BuildError>,
}

/// A file whose new bytes wait beside its place.
struct Waiting {
    path: String,
    print: Fingerprint,
    expected: Option<Fingerprint>,
}

pub(super) fn apply(plan: Plan<'_>, lock: &Lock, site: &Site) -> Result<Exported> {
    let writing = site.progress.begin(Stage::Write, plan.steps.len());
    let Plan {
        folder,
        record: before,
        steps,
        compressed,
        ..
    } = plan;
    disk::make_folder(folder)?;
    sweep(site, folder, &steps, before)?;
    let mut run = Run {
        folder,
        before,
        after: Record::default(),
        exported: Exported::default(),
    };
    let mut writes = Vec::new();
    let mut removals = Vec::new();
    for (path, step) in steps {
        match step {
            Step::Write { content, expected } => writes.push((path, content, expected)),
            Step::Fresh(print) => {
                run.exported.fresh += 1;
                if before.files.contains_key(&path) {
                    run.after.add(&path, print);
                }
            }
            Step::Keep(why) => run.keep(path, &why),
            Step::Remove(print) => removals.push((path, print)),
            Step::Forget => {}
        }
    }
    let (waiting, staged) = stage(folder, writes)?;
    let mut during = before.clone();
    if !waiting.is_empty() {
        for file in &waiting {
            during.add(&file.path, file.print);
        }
        during.write(folder)?;
    }
    let folders = folders(staged.iter().map(|file| file.target().to_owned()));
    for (file, staged) in waiting.into_iter().zip(staged) {
        lock.go_on()?;
        run.put(file, staged)?;
        writing.item();
    }
    disk::sync_folders(folders.iter().map(PathBuf::as_path))?;
    for (path, print) in removals {
        lock.go_on()?;
        run.remove(path, print);
    }
    run.end(&during, compressed)
}

/// The new bytes of files beside their places, on the disk.
fn stage(
    folder: &Path,
    writes: Vec<(String, Content, Option<Fingerprint>)>,
) -> Result<(Vec<Waiting>, Vec<Staged>)> {
    let folders = folders(writes.iter().map(|(path, ..)| folder.join(path)));
    folders
        .iter()
        .try_for_each(|folder| disk::make_folder(folder))?;
    let stage = |(path, content, expected): (String, Content, Option<Fingerprint>)| {
        let bytes = match content {
            Content::File(file) => bytes(&file)?,
            Content::Made(bytes) => bytes,
        };
        let staged = disk::stage(&folder.join(&path), &bytes)?;
        let print = Fingerprint::of(&bytes);
        let waiting = Waiting {
            path,
            print,
            expected,
        };
        Ok((waiting, staged))
    };
    let staged: Vec<_> = writes.into_par_iter().map(stage).collect::<Result<_>>()?;
    let (waiting, staged): (Vec<Waiting>, Vec<Staged>) = staged.into_iter().unzip();
    disk::sync(&staged)?;
    Ok((waiting, staged))
}

/// The folders that these files are in, each once.
fn folders(files: impl Iterator<Item = PathBuf>) -> BTreeSet<PathBuf> {
    files
        .filter_map(|file| file.parent().map(Path::to_owned))
        .collect()
}

struct Run<'a> {
    folder: &'a Path,
    before: &'a Record,
    after: Record,
    exported: Exported,
}

impl Run<'_> {
    fn put(&mut self, file: Waiting, staged: Staged) -> Result<()> {
        match staged.place(file.expected)? {
            Placed::Done => {
                self.after.add(&file.path, file.print);
                self.exported.written.push(file.path);
            }
            Placed::Changed => self.keep(file.path, "was changed during the export"),
        }
        Ok(())
    }

    fn remove(&mut self, path: String, print: Fingerprint) {
        match remove(self.folder, &path, print) {
            Ok(Placed::Done) => self.exported.removed.push(path),
            Ok(Placed::Changed) => self.keep(path, "was changed during the export"),
            Err(error) => self.keep(path, &format!("cannot be removed: {}", error.root_cause())),
        }
    }

    /// A file that is not replaced or removed, and what is known of it.
    fn keep(&mut self, path: String, why: &str) {
        let shown = self.folder.join(&path).display().to_string();
        let error = BuildError::new(Cause::KeptExport, shown, format!("{why}; it is kept"));
        let error = error.help("move it away or delete it, and run docsite export again");
        self.exported.errors.push(error);
        if let Some(prints) = self.before.files.get(&path) {
            self.after.files.insert(path.clone(), prints.clone());
        }
        self.exported.kept.push((path, why.to_owned()));
    }

    /// Writes the list of what is there.
    fn end(
        mut self,
        during: &Record,
        mut compressed: BTreeMap<String, Fingerprint>,
    ) -> Result<Exported> {
        let after = &mut self.after;
        compressed.retain(|path, _| after.files.contains_key(path));
        after.compressed = compressed;
        after.follow(during);
        if !after.files.is_empty() || during.is_there() {
            after.write(self.folder)?;
        }
        Ok(self.exported)
    }
}

/// Removes a file with these bytes, and the folders that it leaves empty.
///
/// # Errors
///
/// If the file cannot be removed.
pub(super) fn remove(folder: &Path, path: &str, print: Fingerprint) -> Result<Placed> {
    let placed = disk::remove(&folder.join(path), print)?;
    let above = path.match_indices('/').map(|(at, _)| &path[..at]);
    let above: Vec<&str> = above.filter(|_| placed == Placed::Done).collect();
    for emptied in above.into_iter().rev() {
        disk::remove_empty_folder(&folder.join(emptied));
    }
    Ok(placed)
}

/// Removes temporary files of an export that was killed. One with bytes that docsite did not write
/// there (somebody's edit of that moment) is set aside first.
fn sweep(
    site: &Site,
    folder: &Path,
    steps: &BTreeMap<String, Step>,
    record: &Record,
) -> Result<()> {
    let folders = folders(steps.keys().map(|path| folder.join(path)));
    let own: BTreeSet<Fingerprint> = record.files.values().flatten().copied().collect();
    for folder in folders {
        // Where nothing can be listed, nothing was left either.
        for entry in disk::list(&folder).unwrap_or_default() {
            if entry.kind != Kind::File || !disk::is_temporary(&entry.path) {
                continue;
            }
            let file = folder.join(&entry.path);
            let Some(bytes) = disk::read_whole(&file)? else {
                continue;
            };
            let print = Fingerprint::of(&bytes);
            if !own.contains(&print) {
                disk::set_aside(&site.root, &entry.path, &bytes, disk::LEFT)?;
            }
            disk::remove(&file, print)?;
        }
    }
    Ok(())
}
