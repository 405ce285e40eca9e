//! Makes the view of files.html: every file that a visitor can reach, as a tree.
//!
//! Not here: which files those are (`pipeline::derived` lists them).

use std::collections::BTreeMap;

use crate::model::settings::Settings;
use crate::name::href;

use super::view::{FileView, FilesView};
use super::views::{site, size};

/// files.html: every file that a visitor can reach, by path, with its size if known.
pub fn view<'a>(settings: &'a Settings, files: &BTreeMap<String, Option<u64>>) -> FilesView<'a> {
    let mut root = Folder::default();
    for (path, size) in files {
        root.insert(path, *size);
    }
    let mut entries = Vec::new();
    root.flatten("", &mut entries);
    let (count, total) = root.sum();
    FilesView {
        site: site(settings),
        entries,
        files: count,
        size: size(total),
    }
}

#[derive(Default)]
struct Folder<'p> {
    folders: BTreeMap<&'p str, Self>,
    files: BTreeMap<&'p str, Option<u64>>,
}

impl<'p> Folder<'p> {
    fn insert(&mut self, path: &'p str, size: Option<u64>) {
        match path.split_once('/') {
            Some((folder, rest)) => self.folders.entry(folder).or_default().insert(rest, size),
            None => {
                self.files.insert(path, size);
            }
        }
    }

    fn sum(&self) -> (usize, u64) {
        let own: u64 = self.files.values().map(|size| size.unwrap_or(0)).sum();
        self.folders
            .values()
            .map(Self::sum)
            .fold((self.files.len(), own), |(files, sizes), (more, bytes)| {
                (files + more, sizes + bytes)
            })
    }

    /// Folders first, then files, depth first.
    fn flatten(&self, above: &str, entries: &mut Vec<FileView>) {
        for (name, folder) in &self.folders {
            let path = format!("{above}{name}/");
            let (files, bytes) = folder.sum();
            entries.push(FileView {
                name: (*name).to_owned(),
                href: listed(&path),
                folder: true,
                size: size(bytes),
                files,
                closes: 0,
            });
            folder.flatten(&path, entries);
            if let Some(last) = entries.last_mut() {
                last.closes += 1;
            }
        }
        for (name, bytes) in &self.files {
            entries.push(FileView {
                name: (*name).to_owned(),
                href: href(&format!("{above}{name}")),
                folder: false,
                size: bytes.map(size).unwrap_or_default(),
                files: 0,
                closes: 0,
            });
        }
    }
}

/// The address of a folder that servers list; empty for any other.
fn listed(path: &str) -> String {
    let is_listed = ["attachment/", "markdown/"]
        .iter()
        .any(|top| path.starts_with(top));
    if is_listed { href(path) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Language;

    #[test]
    fn the_file_tree_lists_folders_first_and_closes_each_once() {
        let settings = Settings::default_for(Language::English);
        let paths = [
            "attachment/b/x.md",
            "attachment/y.md",
            "assets/x.css",
            "z.html",
        ];
        let files = paths.iter().map(|p| ((*p).to_owned(), Some(1))).collect();
        let made = view(&settings, &files);
        let shape: Vec<_> = made
            .entries
            .iter()
            .map(|entry| (entry.href.as_str(), entry.folder, entry.closes))
            .collect();
        assert_eq!(
            shape,
            [
                // No server lists it.
                ("", true, 0),
                ("assets/x.css", false, 1),
                ("attachment/", true, 0),
                ("attachment/b/", true, 0),
                ("attachment/b/x.md", false, 1),
                ("attachment/y.md", false, 1),
                ("z.html", false, 0)
            ]
        );
        assert_eq!((made.files, made.size.as_str()), (4, "4 B"));
    }
}
