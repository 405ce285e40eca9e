//! What the server and the builds share: the folder that is served, and what the last build came to.

use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use serde::Serialize;
use tokio::sync::watch as latest;

use super::opener::Opener;
use crate::disk::{self, Kind};
use crate::pipeline::reach::Reach;

/// What the last build came to, for open pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Status {
    /// Counts builds that changed something.
    pub build: u64,
    pub problems: Vec<Problem>,
}

/// What is wrong, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Relative to the site; empty for a problem without a file.
    pub path: String,
    /// From 1; none for the whole file.
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub code: String,
    pub message: String,
    pub help: Option<String>,
    /// The line in three parts: before what is wrong, that, and after it.
    pub excerpt: Option<[String; 3]>,
    /// Whether the last build stopped at it.
    pub is_fatal: bool,
}

/// What is served; it changes with the settings.
#[derive(Debug, Clone)]
pub struct Root {
    /// Where the pages are: the output.
    pub folder: PathBuf,
    /// Which of its files are published.
    pub reach: Reach,
}

impl Root {
    /// Whether a file is published.
    pub(super) fn has(&self, path: &str) -> bool {
        let is_file =
            |path: &str| disk::kind(&self.folder.join(path)).is_ok_and(|kind| kind == Kind::File);
        self.reach.has(path, is_file)
    }
}

/// What the server and the builds share.
#[derive(Debug)]
pub struct Shared {
    root: RwLock<Root>,
    pub(super) status: latest::Sender<Status>,
    pub(super) opener: Option<Opener>,
}

impl Shared {
    pub fn new(root: Root, opener: Option<Opener>) -> Arc<Self> {
        Arc::new(Self {
            root: RwLock::new(root),
            status: latest::Sender::new(Status::default()),
            opener,
        })
    }

    pub fn set_root(&self, root: Root) {
        if let Ok(mut held) = self.root.write() {
            *held = root;
        }
    }

    /// Open pages hear of it.
    pub fn set_status(&self, status: Status) {
        self.status.send_replace(status);
    }

    pub(super) fn root(&self) -> Option<Root> {
        Some(self.root.read().ok()?.clone())
    }
}
