//! The site's own documents and attachments, to which notes in it or beside it link.
//!
//! Not here: the notes' own files (`places`).

use std::path::{Component, Path, PathBuf};

use crate::disk::{self, Kind};
use crate::name::Basename;

/// Where a site is, and where the notes are.
#[derive(Debug, Default)]
pub(super) struct Own {
    site: PathBuf,
    folder: PathBuf,
}

impl Own {
    pub(super) fn of(site: &Path, folder: &Path) -> Self {
        Self {
            site: disk::real(site).unwrap_or_else(|| site.to_owned()),
            folder: folder.to_owned(),
        }
    }

    /// The address of the site's document or attachment that a path from a folder of notes is.
    pub(super) fn address(&self, from: &str, path: &str) -> Option<String> {
        let whole = match path.strip_prefix('/') {
            Some(path) => self.site.join(path),
            None => self.folder.join(from).join(path),
        };
        let whole = plain(&whole)?;
        let within = whole.strip_prefix(&self.site).ok()?.to_str()?;
        let within = within.replace(std::path::MAIN_SEPARATOR, "/");
        if within.starts_with("attachment/") && is_file(&whole) {
            return Some(within);
        }
        let (_, name) = within.rsplit_once('/').unwrap_or(("", &within));
        let is_own = ["markdown/", ""]
            .iter()
            .any(|folder| within == format!("{folder}{name}"));
        let name = name.strip_suffix(".md").or(name.strip_suffix(".html"))?;
        self.document(name).filter(|_| is_own)
    }

    /// The address of a document of the site.
    pub(super) fn document(&self, name: &str) -> Option<String> {
        let name = Basename::parse(name).ok()?;
        is_file(&self.site.join(name.source())).then(|| name.page())
    }

    /// Whether there is something at a path from a folder of notes, though it was not read.
    pub(super) fn is_there(&self, from: &str, path: &str) -> bool {
        let whole = plain(&self.folder.join(from).join(path));
        let whole = whole.filter(|whole| whole.starts_with(&self.folder) && *whole != self.folder);
        whole.is_some_and(|whole| disk::kind(&whole).is_ok_and(|kind| kind != Kind::Absent))
    }
}

fn is_file(path: &Path) -> bool {
    disk::kind(path).is_ok_and(|kind| kind == Kind::File)
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.pop() => {}
            Component::ParentDir => return None,
            part => out.push(part),
        }
    }
    Some(out)
}
