//! Finds the files under `assets/` and `attachment/` that go to the output.
//!
//! Not here: copying them.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::{BuildError, Diagnostic, Problems};
use crate::disk::{self, Entry, Kind};
use crate::name;
use crate::pipeline::packed;
use crate::pipeline::paths::{COPIED, is_own_asset};
use crate::pipeline::site::Site;
use crate::portable::unportable;
use crate::rule::{Cause, Rule};

use super::contents::{Contents, file_name, is_hidden, shown};
use super::documents::same_path;

/// The files under `assets/` and `attachment/` that are copied to the output.
pub(super) fn reachable(site: &Site, contents: &mut Contents, problems: &mut Problems) {
    for folder in COPIED {
        let root = site.root.join(folder);
        let kind = disk::kind(&root);
        if let Ok(Kind::Link | Kind::File | Kind::Other) = kind {
            if let Ok(Kind::Link) = kind {
                let message = "is a symbolic link, and is not published";
                let error = BuildError::new(Cause::LinkOutside, folder, message);
                problems.errors.push(error);
            } else {
                let error = BuildError::new(Cause::Unreadable, folder, "is not a directory");
                problems.errors.push(error);
            }
            contents.files.extend(copied_before(site, folder));
            contents.unread.add(folder.to_owned());
            continue;
        }
        let mut failures = Vec::new();
        let enter = |path: &str| !is_hidden(path) || name::is_leftover(file_name(path));
        for entry in disk::walk_what_can_be(&root, usize::MAX, enter, &mut failures) {
            let path = format!("{folder}/{}", entry.path);
            reach(path, &entry, contents, problems);
        }
        for failure in failures {
            let path = format!("{folder}/{}", failure.path);
            let path = path.trim_end_matches('/').to_owned();
            contents.files.extend(copied_before(site, &path));
            let error = BuildError::new(Cause::Unreadable, &*path, failure.why.to_string());
            problems
                .errors
                .push(error.help("the copies of its files are not updated"));
            contents.unread.add(path);
        }
    }
    problems.diagnostics.extend(same_paths(&contents.files));
    problems
        .diagnostics
        .extend(unportable_paths(&contents.files));
    let mistaken = packed::mistaken(site, &contents.files);
    problems.diagnostics.extend(mistaken);
}

fn reach(path: String, entry: &Entry, contents: &mut Contents, problems: &mut Problems) {
    let is_below_hidden = path
        .split('/')
        .rev()
        .skip(1)
        .any(|part| part.starts_with('.'));
    let is_folder = entry.kind == Kind::Folder;
    if is_own_asset(&path) || is_below_hidden || (is_folder && is_hidden(&path)) {
        return;
    }
    if name::is_leftover(file_name(&path)) && !is_folder {
        contents.leftovers.push(shown(&path));
    } else if let Some(problem) = unpublishable(&path, entry) {
        problems.add(problem);
        contents.unread.add(path);
    } else if entry.kind == Kind::File {
        contents.files.insert(path, entry.size);
    }
}

/// The copies that an earlier build made of a folder, which readers can still reach.
fn copied_before(site: &Site, folder: &str) -> BTreeMap<String, u64> {
    if site.settings.is_flat() {
        return BTreeMap::new();
    }
    let copies = site.output_file(folder);
    let entries = disk::walk_what_can_be(&copies, usize::MAX, |path| !is_hidden(path), &mut vec![]);
    let files = entries
        .into_iter()
        .filter(|entry| entry.kind == Kind::File && entry.readable);
    files
        .map(|entry| (format!("{folder}/{}", entry.path), entry.size))
        .collect()
}

fn unpublishable(path: &str, entry: &Entry) -> Option<Problems> {
    let path = shown(path);
    match entry.kind {
        Kind::Link => {
            let message = "is a symbolic link, and is not published";
            let error = BuildError::new(Cause::LinkOutside, path, message);
            Some(error.help("copy the file itself").into())
        }
        Kind::Other => Some(Diagnostic::new(Rule::NotAFile, path, "is not a regular file").into()),
        _ if !entry.readable || entry.path.chars().any(char::is_control) => {
            let message = "is not published: its name cannot be used in a link";
            let error = BuildError::new(Cause::CopyFailed, path, message);
            Some(error.help("rename it").into())
        }
        _ => None,
    }
}

/// Files and folders that Windows cannot have: none of the files in such a folder is reported by itself.
fn unportable_paths(files: &BTreeMap<String, u64>) -> Vec<Diagnostic> {
    let mut cases: BTreeMap<String, &str> = BTreeMap::new();
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    for path in files.keys() {
        let ends = path.match_indices('/').map(|(at, _)| at);
        for end in ends.chain([path.len()]) {
            let part = &path[..end];
            if found.contains_key(part) {
                break;
            }
            let other = *cases.entry(part.to_lowercase()).or_insert(part);
            let why = match unportable(file_name(part)) {
                Some(why) => why.to_string(),
                None if other == part => continue,
                None => {
                    let other = shown(other);
                    format!("differs from {other} only in case: one file on macOS and Windows")
                }
            };
            found.insert(part, why);
            break;
        }
    }
    let findings = found.into_iter().map(|(path, why)| {
        Diagnostic::new(Rule::UnportableName, shown(path), why).help("rename it")
    });
    findings.collect()
}

/// Files whose names are the same on some file system: a link to them is ambiguous.
fn same_paths(files: &BTreeMap<String, u64>) -> Vec<Diagnostic> {
    let mut composed: BTreeMap<String, &str> = BTreeMap::new();
    let mut clashes = Vec::new();
    // Those in NFC first: a link is one to them.
    let (first, rest): (Vec<&String>, Vec<&String>) = files.keys().partition(|path| is_nfc(path));
    if rest.is_empty() {
        return clashes;
    }
    for path in first.into_iter().chain(rest) {
        let key: String = path.nfc().collect();
        match composed.get(&key) {
            Some(other) => clashes.push(same_path(path, other)),
            None => drop(composed.insert(key, path)),
        }
    }
    clashes
}
