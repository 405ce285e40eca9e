//! Changes several files of a site as one: all are new afterwards, or all are old.
//!
//! The new bytes and a journal are on the disk before the first file changes. A run that is killed
//! before that has changed nothing; after that, whoever opens the site next finishes it
//! (`finish_interrupted`), or takes it back where somebody changed one of its files meanwhile. Not
//! here: what changes, and why (`edit`).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;

use super::kind::{Kind, kind};
use super::lock::{Lock, lock};
use super::read::{print_of, read_whole};
use super::set_aside::keep;
use super::set_aside_log::note;
use super::state::{STATE, open_state};
use super::walk::list;
use super::write::{
    Placed, create, is_temporary, make_folder, remove, remove_empty_folder, stage, sync,
    sync_folders,
};

const FOLDER: &str = "transaction";
const JOURNAL: &str = "journal.json";

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the site, with `/`.
    pub path: String,
    /// `None` where there is no file.
    pub before: Option<Vec<u8>>,
    /// `None` where there will be no file.
    pub after: Option<Vec<u8>>,
}

/// What the journal says of a file. Its new bytes are beside the journal, named by its number.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    path: String,
    before: Option<Fingerprint>,
    after: Option<Fingerprint>,
    /// Where the bytes before are, relative to the site.
    kept: Option<String>,
}

/// What became of a transaction that was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovered {
    Finished,
    TakenBack,
}

/// Makes these changes. The bytes that no file has afterwards are set aside; returns where. `why` is
/// for the log.
///
/// # Errors
///
/// If a file is not as it was, is read-only or cannot be written: then all are as they were.
pub fn change_all(site: &Path, changes: &[Change], why: &str, lock: &Lock) -> Result<Vec<String>> {
    check(site, changes)?;
    lock.go_on()?;
    let mut kept = Vec::new();
    let mut entries = Vec::new();
    for change in changes {
        let before = change.before.as_deref();
        let entry = Entry {
            path: change.path.clone(),
            before: before.map(Fingerprint::of),
            after: change.after.as_deref().map(Fingerprint::of),
            kept: before
                .filter(|before| change.after.as_deref() != Some(*before))
                .map(|before| keep(site, &change.path, before))
                .transpose()?,
        };
        let is_lost = !changes.iter().any(|other| other.after == change.before);
        kept.extend(entry.kept.clone().filter(|_| is_lost));
        entries.push(entry);
    }
    let copies = entries
        .iter()
        .filter_map(|entry| Some((entry.kept.as_deref()?, entry.path.as_str())));
    note(site, copies, why);
    let folder = begin(site, changes, &entries).context("nothing was changed")?;
    let done = forward(site, &folder, &entries, &mut |_| lock.go_on());
    if done.is_err() {
        back(site, &entries).context("cannot take a change back; the next command tries again")?;
    }
    end(site, &folder)?;
    done.map(|()| kept)
}

/// Finishes what an interrupted run began in this site, or takes it back.
///
/// # Errors
///
/// If it can neither be finished nor be taken back.
pub fn finish_interrupted(site: &Path) -> Result<Option<Recovered>> {
    let folder = site.join(STATE).join(FOLDER);
    if kind(&folder).is_ok_and(|kind| kind != Kind::Folder) {
        return Ok(None);
    }
    // Another run may be in the middle of it, and ends it.
    let _lock = lock(site)?;
    recover(site, &folder)
}

fn recover(site: &Path, folder: &Path) -> Result<Option<Recovered>> {
    if kind(folder)? != Kind::Folder {
        return Ok(None);
    }
    let about = || format!("cannot finish the change in {}", folder.display());
    let Some(bytes) = read_whole(&folder.join(JOURNAL))? else {
        // It was not complete, so no file was changed.
        fs::remove_dir_all(folder).with_context(about)?;
        return Ok(None);
    };
    let entries: Vec<Entry> = serde_json::from_slice(&bytes).with_context(about)?;
    let recovered = match forward(site, folder, &entries, &mut |_| Ok(())) {
        Ok(()) => Recovered::Finished,
        Err(_) => {
            back(site, &entries).with_context(about)?;
            Recovered::TakenBack
        }
    };
    remove_temporary(site, folder, &entries)?;
    end(site, folder)?;
    Ok(Some(recovered))
}

/// Removes the temporary files of a run that was killed beside its targets: those with new bytes, or
/// the beginning of such. What somebody else wrote there stays.
fn remove_temporary(site: &Path, folder: &Path, entries: &[Entry]) -> Result<()> {
    let new = (0..entries.len()).filter_map(|at| read_whole(&folder.join(at.to_string())).ok()?);
    let new: Vec<Vec<u8>> = new.collect();
    for beside in folders_of(site, entries) {
        let files = list(&beside)?.into_iter();
        for file in files.filter(|file| file.kind == Kind::File && is_temporary(&file.path)) {
            let path = beside.join(&file.path);
            let bytes = read_whole(&path)?.unwrap_or_default();
            if new.iter().any(|new| new.starts_with(&bytes)) {
                remove(&path, Fingerprint::of(&bytes))?;
            }
        }
    }
    Ok(())
}

/// Rejects a change of a file that is not as it was, or must not be changed.
fn check(site: &Path, changes: &[Change]) -> Result<()> {
    for change in changes {
        let file = site.join(&change.path);
        let path = &change.path;
        match kind(&file)? {
            Kind::Absent | Kind::File => {}
            Kind::Link => bail!("{path} is a symbolic link; nothing was changed"),
            Kind::Folder | Kind::Other => {
                bail!("{path} is not a regular file; nothing was changed")
            }
        }
        if read_whole(&file)? != change.before {
            bail!("{path} was changed by another program meanwhile; nothing was changed");
        }
        let is_read_only = |file: &Path| {
            let metadata = fs::symlink_metadata(file);
            metadata.is_ok_and(|metadata| metadata.permissions().readonly())
        };
        if change.before.is_some() && is_read_only(&file) {
            bail!("{path} is read-only; nothing was changed");
        }
    }
    Ok(())
}

/// Writes the new bytes and the journal, durably. From then on the change is made, whatever happens.
fn begin(site: &Path, changes: &[Change], entries: &[Entry]) -> Result<PathBuf> {
    let folder = open_state(site)?.join(FOLDER);
    if kind(&folder)? != Kind::Absent {
        fs::remove_dir_all(&folder)?;
    }
    make_folder(&folder)?;
    let mut staged = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        if let Some(after) = &change.after {
            staged.push(stage(&folder.join(number.to_string()), after)?);
        }
    }
    sync(&staged)?;
    for staged in staged {
        staged.place(None)?;
    }
    sync_folders([folder.as_path()])?;
    create(&folder.join(JOURNAL), &serde_json::to_vec(entries)?)?;
    sync_folders(folder.parent())?;
    Ok(folder)
}

/// Makes what is not made yet. Files that are removed go last, so that their bytes are always
/// somewhere.
fn forward(
    site: &Path,
    folder: &Path,
    entries: &[Entry],
    before_each: &mut dyn FnMut(usize) -> Result<()>,
) -> Result<()> {
    let numbered = || entries.iter().enumerate();
    let mut steps = 0;
    let mut step = || {
        steps += 1;
        before_each(steps)
    };
    for (number, entry) in numbered().filter(|(_, entry)| entry.after.is_some()) {
        let target = site.join(&entry.path);
        if print_of(&target)? == entry.after {
            continue;
        }
        step()?;
        let bytes = read_whole(&folder.join(number.to_string()))?.unwrap_or_default();
        make_folder(target.parent().unwrap_or(site))?;
        let staged = [stage(&target, &bytes)?];
        sync(&staged)?;
        let [staged] = staged;
        if staged.place(entry.before)? == Placed::Changed {
            bail!(
                "{} was changed by another program meanwhile; nothing was changed",
                entry.path
            );
        }
    }
    for (_, entry) in numbered().filter(|(_, entry)| entry.after.is_none()) {
        let target = site.join(&entry.path);
        let Some(before) = entry.before.filter(|_| target.exists()) else {
            continue;
        };
        step()?;
        if remove(&target, before)? == Placed::Changed {
            bail!(
                "{} was changed by another program meanwhile; nothing was changed",
                entry.path
            );
        }
        remove_empty(site, &entry.path);
    }
    sync_parents(site, entries)
}

/// Takes back what was made. A file that somebody changed since stays as they left it; its old bytes
/// are among those set aside.
fn back(site: &Path, entries: &[Entry]) -> Result<()> {
    for entry in entries.iter().rev() {
        let target = site.join(&entry.path);
        if print_of(&target)? != entry.after {
            continue;
        }
        match (&entry.kept, entry.after) {
            (Some(kept), after) => {
                let bytes =
                    read_whole(&site.join(kept))?.with_context(|| format!("{kept} is gone"))?;
                make_folder(target.parent().unwrap_or(site))?;
                let staged = [stage(&target, &bytes)?];
                sync(&staged)?;
                let [staged] = staged;
                staged.place(after)?;
            }
            (None, Some(after)) if entry.before.is_none() => {
                remove(&target, after)?;
                remove_empty(site, &entry.path);
            }
            (None, _) => {}
        }
    }
    sync_parents(site, entries)
}

/// The journal goes first: without it, the rest means nothing.
fn end(site: &Path, folder: &Path) -> Result<()> {
    let about = || format!("cannot remove {}", folder.display());
    fs::remove_file(folder.join(JOURNAL)).with_context(about)?;
    sync_folders([folder])?;
    fs::remove_dir_all(folder).with_context(about)?;
    sync_folders([site.join(STATE).as_path()])
}

/// Removes the folder of a file that is gone, if it is empty and not one of the site's own.
fn remove_empty(site: &Path, path: &str) {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folder.contains('/') {
        remove_empty_folder(&site.join(folder));
    }
}

fn sync_parents(site: &Path, entries: &[Entry]) -> Result<()> {
    sync_folders(folders_of(site, entries).iter().map(PathBuf::as_path))
}

/// The folders that the files are in.
fn folders_of(site: &Path, entries: &[Entry]) -> BTreeSet<PathBuf> {
    let files = entries.iter().map(|entry| site.join(&entry.path));
    let folders = files.filter_map(|file| file.parent().map(Path::to_owned));
    folders.filter(|folder| folder.exists()).collect()
}

#[cfg(test)]
mod tests {
    use anyhow::ensure;

    use super::*;

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().expect("a folder");
        let files = [("a/one", "1"), ("a/two", "2"), ("b/three", "3"), ("x", "x")];
        for (path, text) in files {
            let file = site.path().join(path);
            fs::create_dir_all(file.parent().expect("a parent")).expect("made");
            fs::write(file, text).expect("written");
        }
        site
    }

    fn change(path: &str, before: Option<&str>, after: Option<&str>) -> Change {
        let bytes = |text: &str| text.as_bytes().to_vec();
        Change {
            path: path.to_owned(),
            before: before.map(bytes),
            after: after.map(bytes),
        }
    }

    /// An edit, a move into a new folder, a swap, and a removal.
    fn changes() -> Vec<Change> {
        vec![
            change("x", Some("x"), Some("y")),
            change("a/one", Some("1"), Some("2")),
            change("a/two", Some("2"), Some("1")),
            change("b/three", Some("3"), None),
            change("c/d/three", None, Some("3")),
        ]
    }

    fn files(site: &Path) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for path in ["x", "a/one", "a/two", "b/three", "c/d/three"] {
            if let Ok(text) = fs::read_to_string(site.join(path)) {
                found.push((path.to_owned(), text));
            }
        }
        found
    }

    fn wanted(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        files.iter().map(owned).collect()
    }

    const OLD: [(&str, &str); 4] = [("x", "x"), ("a/one", "1"), ("a/two", "2"), ("b/three", "3")];
    const NEW: [(&str, &str); 4] = [
        ("x", "y"),
        ("a/one", "2"),
        ("a/two", "1"),
        ("c/d/three", "3"),
    ];

    fn entries(site: &Path, changes: &[Change]) -> Vec<Entry> {
        let entry = |change: &Change| Entry {
            path: change.path.clone(),
            before: change.before.as_deref().map(Fingerprint::of),
            after: change.after.as_deref().map(Fingerprint::of),
            kept: change
                .before
                .as_deref()
                .map(|before| keep(site, &change.path, before).expect("kept")),
        };
        changes.iter().map(entry).collect()
    }

    #[test]
    fn all_files_change_and_only_lost_bytes_are_named() {
        let site = site();
        let held = lock(site.path()).expect("locked");
        let kept = change_all(site.path(), &changes(), "why", &held).expect("changed");
        assert_eq!(files(site.path()), wanted(&NEW));
        assert_eq!(kept.len(), 1, "{kept:?}");
        assert!(kept[0].contains("/x/"), "{kept:?}");
        assert!(
            site.path().join("b").exists(),
            "a folder of the site's own stays"
        );
        assert!(!site.path().join(STATE).join(FOLDER).exists());
    }

    #[test]
    fn a_run_that_stops_at_any_file_is_finished_by_the_next() {
        for stop in 1..=5 {
            let site = site();
            let all = changes();
            let folder = begin(site.path(), &all, &entries(site.path(), &all)).expect("begun");
            let entries = entries(site.path(), &all);
            let stopped = forward(site.path(), &folder, &entries, &mut |step| {
                ensure!(step != stop, "killed");
                Ok(())
            });
            assert!(stopped.is_err(), "{stop}");
            let temporary = |name: &str| site.path().join(format!("a/.docsite-tmp-{name}"));
            let new = all[0].after.as_deref().expect("new bytes");
            fs::write(temporary("torn"), &new[..1]).expect("written");
            fs::write(temporary("theirs"), "somebody's").expect("written");
            let recovered = finish_interrupted(site.path()).expect("recovered");
            assert_eq!(recovered, Some(Recovered::Finished));
            assert!(!temporary("torn").exists());
            fs::remove_file(temporary("theirs")).expect("still there");
            assert_eq!(files(site.path()), wanted(&NEW), "{stop}");
            assert_eq!(finish_interrupted(site.path()).expect("looked"), None);
        }
    }

    #[test]
    fn a_journal_that_is_not_complete_changes_nothing() {
        let site = site();
        let folder = site.path().join(STATE).join(FOLDER);
        fs::create_dir_all(&folder).expect("made");
        fs::write(folder.join("0"), "y").expect("written");
        assert_eq!(finish_interrupted(site.path()).expect("looked"), None);
        assert_eq!(files(site.path()), wanted(&OLD));
        assert!(!folder.exists());
    }

    #[test]
    fn what_somebody_changed_meanwhile_takes_the_rest_back() {
        let site = site();
        let all = changes();
        let entries = entries(site.path(), &all);
        let folder = begin(site.path(), &all, &entries).expect("begun");
        let stopped = forward(site.path(), &folder, &entries, &mut |step| {
            ensure!(step != 3, "killed");
            Ok(())
        });
        assert!(stopped.is_err());
        fs::write(site.path().join("a/two"), "mine").expect("written");
        let recovered = finish_interrupted(site.path()).expect("recovered");
        assert_eq!(recovered, Some(Recovered::TakenBack));
        let mine = [
            ("x", "x"),
            ("a/one", "1"),
            ("a/two", "mine"),
            ("b/three", "3"),
        ];
        assert_eq!(files(site.path()), wanted(&mine));
    }

    #[test]
    fn nothing_changes_where_one_file_is_not_as_it_was_or_read_only() {
        let site = site();
        let held = lock(site.path()).expect("locked");
        fs::write(site.path().join("b/three"), "edited").expect("written");
        let error = change_all(site.path(), &changes(), "why", &held).expect_err("refused");
        assert!(
            error.to_string().starts_with("b/three was changed"),
            "{error}"
        );
        fs::write(site.path().join("b/three"), "3").expect("written");
        let file = site.path().join("b/three");
        let mut permissions = fs::metadata(&file).expect("there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).expect("set");
        let error = change_all(site.path(), &changes(), "why", &held).expect_err("refused");
        assert!(
            error.to_string().starts_with("b/three is read-only"),
            "{error}"
        );
        assert_eq!(files(site.path()), wanted(&OLD));
    }
}
