//! Finds the files of documents in `markdown/`, and reports what is no document there.
//!
//! Not here: reading them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;

use crate::diagnostic::{BuildError, Diagnostic, Problems};
use crate::disk::{self, Entry, Kind};
use crate::name::{self, Basename, suggest};
use crate::pipeline::site::Site;
use crate::rule::{Cause, Rule};

use super::contents::{Contents, is_hidden, shown};

/// The file of each document.
///
/// # Errors
///
/// If their folder cannot be read.
pub fn sources(site: &Site) -> Result<BTreeMap<Basename, PathBuf>> {
    let entries = disk::list(&site.markdown())?;
    let files = find(
        site,
        entries,
        &mut Contents::default(),
        &mut Problems::default(),
    );
    Ok(files.into_iter().collect())
}

/// The documents' files among the entries of `markdown/`. Others are reported.
pub(super) fn find(
    site: &Site,
    entries: Vec<Entry>,
    contents: &mut Contents,
    problems: &mut Problems,
) -> Vec<(Basename, PathBuf)> {
    let folder = site.markdown();
    let mut files: BTreeMap<Basename, (String, PathBuf)> = BTreeMap::new();
    for entry in entries {
        if name::is_leftover(&entry.path) && entry.kind != Kind::Folder {
            contents
                .leftovers
                .push(format!("markdown/{}", shown(&entry.path)));
            continue;
        }
        if is_hidden(&entry.path) {
            continue;
        }
        match document_name(site, &entry) {
            Ok(name) => {
                let file = folder.join(&entry.path);
                // The file whose name is in NFC already is the document.
                let is_nfc = entry.path == format!("{name}.md");
                if let Some((other, _)) = files.get(&name) {
                    let (loser, winner) = if is_nfc {
                        (other, &entry.path)
                    } else {
                        (&entry.path, other)
                    };
                    problems.errors.push(same_name(loser, winner).into());
                    if !is_nfc {
                        continue;
                    }
                }
                // Only links that stay in the site come this far.
                let file = match entry.kind {
                    Kind::Link => disk::real(&file).unwrap_or(file),
                    _ => file,
                };
                files.insert(name, (entry.path, file));
            }
            Err(problem) => {
                let stem = entry.path.strip_suffix(".md").unwrap_or_default();
                if let Ok(name) = Basename::parse(stem) {
                    contents.unread.add(name.source());
                }
                problems.add(problem);
            }
        }
    }
    let files = files.into_iter().map(|(name, (_, file))| (name, file));
    files.collect()
}

fn same_name(file: &str, other: &str) -> Diagnostic {
    same_path(&format!("markdown/{file}"), &format!("markdown/{other}"))
}

pub(super) fn same_path(file: &str, other: &str) -> Diagnostic {
    let other = shown(other);
    let message = format!("is the same name as {other} in another Unicode form");
    Diagnostic::new(Rule::NameClash, shown(file), message).help("remove one of them")
}

fn document_name(site: &Site, entry: &Entry) -> Result<Basename, Problems> {
    let path = format!("markdown/{}", shown(&entry.path));
    let not = |message: &str| Diagnostic::new(Rule::NotADocument, &path, message.to_owned());
    match entry.kind {
        Kind::File | Kind::Link => {}
        Kind::Folder => {
            return Err(not("is a directory; documents are directly in markdown/").into());
        }
        Kind::Other | Kind::Absent => return Err(not("is not a regular file").into()),
    }
    if !entry.readable {
        return Err(Diagnostic::new(Rule::BadName, &path, "the name is not UTF-8").into());
    }
    let Some(stem) = entry.path.strip_suffix(".md") else {
        let problem = not("does not end in .md").help("attachments belong under attachment/");
        return Err(problem.into());
    };
    let name = Basename::parse(stem).map_err(|why| {
        let problem = Diagnostic::new(Rule::BadName, &path, format!("the name {why}"));
        let settings = &site.settings;
        let topics: Vec<&str> = settings.topics.iter().map(|t| t.prefix.as_str()).collect();
        let types: Vec<&str> = settings.types.iter().map(|t| t.prefix.as_str()).collect();
        match suggest(stem, &topics, &types) {
            Some(near) => problem.help(format!("rename it to {near}.md")),
            None => problem,
        }
    })?;
    let is_outside = entry.kind == Kind::Link && !site.holds(&site.markdown().join(&entry.path));
    if is_outside {
        let problem = "is a symbolic link out of the site";
        let error = BuildError::new(Cause::LinkOutside, &path, problem);
        return Err(error.help("copy the file into markdown/").into());
    }
    Ok(name)
}
