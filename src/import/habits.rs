//! What shows which program a folder of notes is from, where that changes how it is read.
//!
//! Not here: syntax, which is recognized by itself.

use std::path::Path;

use crate::disk::{self, Kind};

use super::archive::Archive;
use super::folder::Folder;

/// The habits of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Habits {
    /// Dots in names are levels, and wikilinks have the label first.
    pub(super) is_dendron: bool,
    /// Text is an outline, with properties in its blocks; names have `___` for levels.
    pub(super) is_logseq: bool,
    /// Of a folder that is an archive of docsite: what its documents' paths begin with.
    pub(super) archive: Option<&'static str>,
    pub(super) is_obsidian: bool,
    /// Its Markdown is MDX, whatever the ending.
    pub(super) is_docusaurus: bool,
}

impl Habits {
    pub(super) fn of(folder: &Folder, archive: Option<&Archive>) -> Self {
        let has = |name: &str| folder.files.contains_key(name);
        let has_pages = folder
            .notes
            .iter()
            .any(|note| note.path.starts_with("pages/"));
        let has_journals = folder
            .notes
            .iter()
            .any(|note| note.path.starts_with("journals/"));
        let config = folder.root.join("logseq/config.edn");
        let has_config = disk::kind(&config).is_ok_and(|kind| kind == Kind::File);
        let mut notes = folder.notes.iter();
        let is_dendron = has("dendron.yml")
            || has("dendron.code-workspace")
            || folder.files.keys().any(|path| path.ends_with(".schema.yml"))
            // `desc: ''` is in the front matter of every note that Dendron made.
            || notes.any(|note| note.path.ends_with("root.md") && note.text.contains("\ndesc:"));
        let config = |folder: &Path| {
            let mut endings = ["js", "ts", "mjs", "cjs", "mts"].iter();
            endings.any(|ending| {
                let config = folder.join(format!("docusaurus.config.{ending}"));
                disk::kind(&config).is_ok_and(|kind| kind == Kind::File)
            })
        };
        let settings = folder.root.join(".obsidian");
        Self {
            archive: archive.map(|archive| archive.base),
            is_obsidian: disk::kind(&settings).is_ok_and(|kind| kind == Kind::Folder),
            is_docusaurus: folder.root.ancestors().take(2).any(config),
            is_dendron,
            is_logseq: has_config || (has_pages && has_journals),
        }
    }

    /// Whether a file is a document of an archive, and keeps its name.
    pub(super) fn keeps_name(&self, path: &str) -> bool {
        let base = self.archive.and_then(|base| path.strip_prefix(base));
        base.is_some_and(|name| !name.contains('/'))
    }

    /// The levels that a file's name has in it, the last of which is its own.
    pub(super) fn levels(&self, stem: &str) -> Vec<String> {
        let levels: Vec<&str> = if self.is_dendron {
            stem.split('.').collect()
        } else if self.is_logseq {
            stem.split("___")
                .flat_map(|part| part.split("%2F"))
                .collect()
        } else {
            vec![stem]
        };
        levels.into_iter().map(str::to_owned).collect()
    }

    pub(super) fn has_levels(&self, stem: &str) -> bool {
        self.levels(stem).len() > 1
    }
}
