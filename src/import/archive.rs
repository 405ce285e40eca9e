//! A folder that is a site of docsite, or its flat archive: its documents keep their names, and its
//! reading path is kept.
//!
//! Not here: where its links lead (`places`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::disk::{self, Kind};
use crate::model::settings::{FILE, Label, reading};
use crate::name::Basename;

use super::folder::Folder;
use super::words::stem;

pub(super) const FLOW: &str = "flow.json";
const MARKDOWN: &str = "markdown/";

/// What an archive says of itself.
#[derive(Debug, Default)]
pub(super) struct Archive {
    /// What its documents' paths begin with: `markdown/`, or nothing.
    pub(super) base: &'static str,
    pub(super) topics: Vec<Label>,
    pub(super) flow: Option<String>,
}

impl Archive {
    /// That of a folder, if its documents are named as those of a site.
    pub(super) fn of(folder: &Folder) -> Option<Self> {
        let is_there = [FLOW, FILE]
            .iter()
            .any(|file| folder.files.contains_key(*file));
        let base = [MARKDOWN, ""].into_iter().find(|base| {
            let notes = folder
                .notes
                .iter()
                .filter_map(|note| note.path.strip_prefix(base));
            let flat: Vec<&str> = notes.filter(|name| !name.contains('/')).collect();
            let named = flat
                .iter()
                .filter(|name| Basename::parse(stem(name)).is_ok());
            named.count() * 2 > flat.len()
        });
        let base = base.filter(|_| is_there)?;
        let settings = folder
            .text(FILE)
            .and_then(|text| reading::parse(&text).ok());
        Some(Self {
            base,
            topics: settings.map(|settings| settings.topics).unwrap_or_default(),
            flow: folder.text(FLOW),
        })
    }

    /// The files that its reading path names.
    pub(super) fn attachments(&self) -> Vec<String> {
        let flow: Option<Value> = self
            .flow
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        let stages = flow.as_ref().and_then(|flow| flow["stages"].as_array());
        let paths = stages
            .into_iter()
            .flatten()
            .filter_map(|stage| stage["attachments"].as_array());
        paths
            .flatten()
            .filter_map(|path| Some(path.as_str()?.to_owned()))
            .collect()
    }

    /// Its reading path, in which documents and files have the names that they get.
    pub(super) fn flow(&self, names: &BTreeMap<String, String>) -> Option<String> {
        let text = self.flow.as_ref()?;
        if names.iter().all(|(old, new)| old == new) {
            return Some(text.clone());
        }
        let mut flow: Value = serde_json::from_str(text).ok()?;
        for stage in flow.get_mut("stages")?.as_array_mut()? {
            for list in ["docs", "attachments"] {
                for item in stage
                    .get_mut(list)
                    .and_then(Value::as_array_mut)
                    .into_iter()
                    .flatten()
                {
                    if let Some(new) = item.as_str().and_then(|old| names.get(old)) {
                        *item = Value::from(new.clone());
                    }
                }
            }
        }
        Some(serde_json::to_string_pretty(&flow).ok()? + "\n")
    }
}

/// The folder of the archive whose `markdown/` a folder is.
pub(super) fn above(folder: &Path) -> Option<PathBuf> {
    let folder = disk::real(folder)?;
    let root = folder.parent().filter(|_| folder.ends_with("markdown"))?;
    let is_file = |name: &str| disk::kind(&root.join(name)).is_ok_and(|kind| kind == Kind::File);
    (is_file(FLOW) || is_file(FILE)).then(|| root.to_owned())
}
