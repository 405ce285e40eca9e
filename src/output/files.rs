//! Makes the views of files.html and of its parts: every file that a visitor can reach. Documents come
//! first, by their titles, then attachments as a tree, then all others as a tree, which is folded.
//!
//! A tree of more than [`super::parts::ENTRIES`] lines takes a browser long: then, of a folder with many
//! files, the page lists ranges, each with a page of its own, and everything is in one tree. Not here: which files those are
//! (`pipeline::listing`).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::settings::Settings;
use crate::model::viewer;
use crate::name::href;

use super::parts::{Item, files_page, split};
use super::view::{FileView, FilesView, TitledView};
use super::views::{site, size};

/// Where a tree is cut, the files of one folder take at most this share of a page, so that the folders
/// after it are in sight.
const SHARE: usize = 10;

/// A page and its name.
type Page<'a> = (String, FilesView<'a>);

/// files.html and its parts, of these files by path, with their sizes if known. No page has more than
/// about `most` lines.
pub fn views<'a>(
    settings: &'a Settings,
    files: &BTreeMap<String, Option<u64>>,
    titles: &'a BTreeMap<String, String>,
    most: usize,
) -> Vec<Page<'a>> {
    let mut root = Folder::of(files.iter());
    let mut tree = Tree {
        settings,
        pages: Vec::new(),
    };
    let mut whole = tree.view(Vec::new(), &root.sum, "", String::new());
    if root.lines > most {
        root.arrange(most);
        tree.folder(&root, "", &mut whole.entries);
    } else {
        let is_attachment = |path: &str| path.starts_with(viewer::ATTACHMENTS);
        let attachments = Folder::of(files.iter().filter(|(path, _)| is_attachment(path)));
        for attachments in attachments.folders.values() {
            tree.folder(attachments, viewer::ATTACHMENTS, &mut whole.attachments);
        }
        let is_other = |path: &String| !is_attachment(path) && !titles.contains_key(path);
        let others = Folder::of(files.iter().filter(|(path, _)| is_other(path)));
        tree.folder(&others, "", &mut whole.entries);
        (whole.others, whole.others_size) = (others.sum.files, size(others.sum.bytes));
        whole.documents = documents(files, titles);
    }
    let mut pages = vec![("files.html".to_owned(), whole)];
    pages.append(&mut tree.pages);
    pages
}

/// How many files there are, and of what size in bytes.
#[derive(Debug, Default, Clone, Copy)]
struct Sum {
    files: usize,
    bytes: u64,
}

impl Sum {
    fn of(sums: impl Iterator<Item = Self>) -> Self {
        sums.fold(Self::default(), |sum, more| Self {
            files: sum.files + more.files,
            bytes: sum.bytes + more.bytes,
        })
    }

    fn of_file(size: Option<u64>) -> Self {
        Self {
            files: 1,
            bytes: size.unwrap_or(0),
        }
    }
}

#[derive(Debug, Default)]
struct Folder<'p> {
    folders: BTreeMap<&'p str, Self>,
    files: BTreeMap<&'p str, Option<u64>>,
    sum: Sum,
    /// How many lines it takes where it is listed, without its own.
    lines: usize,
    /// Ranges of its folders, and of its files, that have a page each; none of what is listed whole.
    parts_of_folders: Vec<Range<usize>>,
    parts_of_files: Vec<Range<usize>>,
}

impl<'p> Folder<'p> {
    fn of(files: impl Iterator<Item = (&'p String, &'p Option<u64>)>) -> Self {
        let mut root = Self::default();
        for (path, size) in files {
            root.insert(path, *size);
        }
        root.add_up();
        root
    }

    fn insert(&mut self, path: &'p str, size: Option<u64>) {
        match path.split_once('/') {
            Some((folder, rest)) => self.folders.entry(folder).or_default().insert(rest, size),
            None => {
                self.files.insert(path, size);
            }
        }
    }

    /// Adds up what is below each folder.
    fn add_up(&mut self) {
        for folder in self.folders.values_mut() {
            folder.add_up();
        }
        let below = self.folders.values().map(|folder| folder.sum);
        let own = self.files.values().map(|size| Sum::of_file(*size));
        self.sum = Sum::of(below.chain(own));
        let below = self.folders.values().map(|folder| 1 + folder.lines);
        self.lines = below.sum::<usize>() + self.files.len();
    }

    /// Cuts what is too long into pages of at most `most` lines: files first, so that folders are seen
    /// as long as there is room.
    fn arrange(&mut self, most: usize) {
        for folder in self.folders.values_mut() {
            folder.arrange(most);
        }
        let folders = self.folders.iter();
        let folders: Vec<Item> = folders
            .map(|(name, folder)| Item::new(name, 1 + folder.lines))
            .collect();
        let mut of_files = self.files.len();
        if of_files > most / SHARE {
            let files: Vec<Item> = self.files.keys().map(|name| Item::new(name, 1)).collect();
            self.parts_of_files = split(&files, most);
            of_files = self.parts_of_files.len();
        }
        let mut of_folders = folders.iter().map(|item| item.weight).sum();
        if of_folders + of_files > most {
            self.parts_of_folders = split(&folders, most);
            of_folders = self.parts_of_folders.len();
        }
        self.lines = of_folders + of_files;
    }
}

/// The pages that are made on a walk through all folders.
struct Tree<'a> {
    settings: &'a Settings,
    pages: Vec<Page<'a>>,
}

impl<'a> Tree<'a> {
    /// The lines of a folder: its folders first, then its files, depth first. `path` ends with `/`,
    /// or is empty.
    fn folder(&mut self, folder: &Folder<'_>, path: &str, entries: &mut Vec<FileView>) {
        let folders: Vec<(&str, &Folder<'_>)> = folder
            .folders
            .iter()
            .map(|(name, it)| (*name, it))
            .collect();
        let files: Vec<(&str, Option<u64>)> =
            folder.files.iter().map(|(name, it)| (*name, *it)).collect();
        let mut number = 0;
        if folder.parts_of_folders.is_empty() {
            self.folders(&folders, path, entries);
        }
        for range in &folder.parts_of_folders {
            number += 1;
            let part = &folders[range.clone()];
            let name = span(part, "/");
            let sum = Sum::of(part.iter().map(|(_, folder)| folder.sum));
            let mut own = Vec::new();
            self.folders(part, path, &mut own);
            self.part(path, number, name, sum, own, entries);
        }
        if folder.parts_of_files.is_empty() {
            list_files(&files, path, entries);
        }
        for range in &folder.parts_of_files {
            number += 1;
            let part = &files[range.clone()];
            let name = span(part, "");
            let sum = Sum::of(part.iter().map(|(_, size)| Sum::of_file(*size)));
            let mut own = Vec::new();
            list_files(part, path, &mut own);
            self.part(path, number, name, sum, own, entries);
        }
    }

    fn folders(
        &mut self,
        folders: &[(&str, &Folder<'_>)],
        above: &str,
        entries: &mut Vec<FileView>,
    ) {
        for (name, folder) in folders {
            let path = format!("{above}{name}/");
            entries.push(FileView {
                name: (*name).to_owned(),
                href: listed(&path),
                folder: true,
                part: false,
                size: size(folder.sum.bytes),
                files: folder.sum.files,
                closes: 0,
            });
            self.folder(folder, &path, entries);
            if let Some(last) = entries.last_mut() {
                last.closes += 1;
            }
        }
    }

    /// A range of a folder: its page, and the line that links to it.
    fn part(
        &mut self,
        folder: &str,
        number: usize,
        name: String,
        sum: Sum,
        own: Vec<FileView>,
        entries: &mut Vec<FileView>,
    ) {
        let page = files_page(folder, number);
        entries.push(FileView {
            name: name.clone(),
            href: href(&page),
            folder: false,
            part: true,
            size: size(sum.bytes),
            files: sum.files,
            closes: 0,
        });
        let view = self.view(own, &sum, folder, name);
        self.pages.push((page, view));
    }

    fn view(
        &self,
        entries: Vec<FileView>,
        sum: &Sum,
        folder: &str,
        range: String,
    ) -> FilesView<'a> {
        FilesView {
            site: site(self.settings),
            folder: folder.to_owned(),
            range,
            documents: Vec::new(),
            attachments: Vec::new(),
            entries,
            others: 0,
            others_size: String::new(),
            files: sum.files,
            size: size(sum.bytes),
        }
    }
}

/// The pages of documents, by title.
fn documents<'a>(
    files: &BTreeMap<String, Option<u64>>,
    titles: &'a BTreeMap<String, String>,
) -> Vec<TitledView<'a>> {
    let pages = titles.iter();
    pages
        .filter_map(|(page, title)| {
            Some(TitledView {
                title,
                name: page,
                href: href(page),
                size: files.get(page)?.map(size).unwrap_or_default(),
            })
        })
        .collect()
}

fn list_files(files: &[(&str, Option<u64>)], above: &str, entries: &mut Vec<FileView>) {
    entries.extend(files.iter().map(|(name, bytes)| FileView {
        name: (*name).to_owned(),
        href: href(&format!("{above}{name}")),
        folder: false,
        part: false,
        size: bytes.map(size).unwrap_or_default(),
        files: 0,
        closes: 0,
    }));
}

/// The first and the last name of a range.
fn span<T>(entries: &[(&str, T)], ending: &str) -> String {
    match entries {
        [] => String::new(),
        [(only, _)] => format!("{only}{ending}"),
        [(first, _), .., (last, _)] => format!("{first}{ending} … {last}{ending}"),
    }
}

/// The page that lists a folder of attachments; empty for any other folder: not every server lists one.
fn listed(path: &str) -> String {
    if path.starts_with(viewer::ATTACHMENTS) {
        viewer::address(path)
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Language;

    fn listing(paths: &[String]) -> BTreeMap<String, Option<u64>> {
        paths.iter().map(|path| (path.clone(), Some(1))).collect()
    }

    #[test]
    fn the_file_tree_lists_folders_first_and_closes_each_once() {
        let settings = Settings::default_for(Language::English);
        let paths = [
            "attachment/b/x.md",
            "attachment/y.md",
            "assets/x.css",
            "z.html",
        ];
        let none = BTreeMap::new();
        let made = views(&settings, &listing(&paths.map(str::to_owned)), &none, 10);
        let [(_, made)] = &made[..] else {
            panic!("one page: {made:?}")
        };
        let all = made.attachments.iter().chain(&made.entries);
        let shape: Vec<_> = all
            .map(|entry| (entry.href.as_str(), entry.folder, entry.closes))
            .collect();
        assert_eq!(
            shape,
            [
                ("view/b/index.html", true, 0),
                ("attachment/b/x.md", false, 1),
                ("attachment/y.md", false, 0),
                // No page lists it.
                ("", true, 0),
                ("assets/x.css", false, 1),
                ("z.html", false, 0)
            ]
        );
        assert_eq!((made.files, made.size.as_str()), (4, "4 B"));
    }

    /// Every address on every page, and that no page is long and each closes what it opens.
    fn addresses(paths: &[String], most: usize) -> Vec<String> {
        let settings = Settings::default_for(Language::English);
        let none = BTreeMap::new();
        let pages = views(&settings, &listing(paths), &none, most);
        let mut found = Vec::new();
        for (name, page) in &pages {
            let all = || page.attachments.iter().chain(&page.entries);
            assert!(all().count() <= most, "{name}");
            let opened = all().filter(|entry| entry.folder).count();
            let closed: usize = all().map(|entry| entry.closes).sum();
            assert_eq!(opened, closed, "{name}");
            let links = all().filter(|entry| !entry.folder);
            found.extend(links.map(|entry| entry.href.clone()));
        }
        // Each part is linked to exactly once, and is no file.
        for (name, _) in &pages[1..] {
            let at = found.iter().position(|href| href == name).expect(name);
            found.swap_remove(at);
        }
        found.sort();
        found
    }

    #[test]
    fn a_large_tree_is_cut_into_pages_that_list_each_file_once() {
        let mut paths: Vec<String> = (0..300).map(|at| format!("{at:03}.html")).collect();
        paths.extend((0..300).map(|at| format!("markdown/{at:03}.md")));
        // Many small folders, and folders in folders.
        paths.extend((0..90).map(|at| format!("attachment/{at:02}/{at}/x.yaml")));
        paths.extend((0..9).map(|at| format!("assets/a/b/c/{at}.css")));
        paths.sort();
        for most in [40, 100, 699, 10_000] {
            assert_eq!(addresses(&paths, most), paths, "{most}");
        }
    }
}
