//! The result of `export`, which ends a build.

use serde::Serialize;

use crate::diagnostic::Finding;

use super::build::BuildOutcome;

/// Paths are relative to the folder.
#[derive(Debug)]
pub struct ExportOutcome {
    pub build: BuildOutcome,
    pub folder: String,
    pub written: Vec<String>,
    pub removed: Vec<String>,
    /// With what is said of each.
    pub kept: Vec<(String, String)>,
    /// How many files were as they are published.
    pub fresh: usize,
    pub findings: Vec<Finding>,
}

/// `export --json`. Version 1; fields may be added within it.
#[derive(Serialize)]
pub struct View<'a> {
    version: u32,
    folder: &'a str,
    written: &'a [String],
    removed: &'a [String],
    kept: Vec<KeptView<'a>>,
    unchanged: usize,
}

#[derive(Serialize)]
struct KeptView<'a> {
    path: &'a str,
    why: &'a str,
}

impl ExportOutcome {
    pub fn view(&self) -> View<'_> {
        let kept = self.kept.iter();
        View {
            version: 1,
            folder: &self.folder,
            written: &self.written,
            removed: &self.removed,
            kept: kept.map(|(path, why)| KeptView { path, why }).collect(),
            unchanged: self.fresh,
        }
    }
}
