//! What the server and the builds share: the folder that is served, pages that are ahead of it, and
//! what the last build came to.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

use hyper::body::Bytes;
use serde::Serialize;
use tokio::sync::watch as latest;

use super::opener::Opener;
use super::problem::Problem;
use crate::disk::{self, Kind};
use crate::output::redirects;
use crate::pipeline::reach::Reach;

/// What is served, for open pages.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Status {
    /// Counts builds that changed something, and changes of pages between them.
    pub(super) build: u64,
    /// The errors of the last build.
    pub(super) problems: Vec<Problem>,
    /// Paths of pages that are newer than the last build. Another build follows.
    pub(super) ahead: Vec<String>,
    /// Everything that is wrong, as far as the last build that came to its end can say.
    #[serde(skip)]
    pub(super) findings: Arc<[Problem]>,
}

/// What open pages hear of a build that ended.
#[derive(Debug)]
pub struct Ended {
    /// The number of the last change that it saw for certain.
    pub change: u64,
    /// Whether it left every file as it was.
    pub is_same: bool,
    /// The errors that it reported.
    pub errors: Vec<Problem>,
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
    /// Whether a file is published. Caddy sends nobody what it reads itself.
    pub(super) fn has(&self, path: &str) -> bool {
        let is_file =
            |path: &str| disk::kind(&self.folder.join(path)).is_ok_and(|kind| kind == Kind::File);
        path != redirects::CADDY && self.reach.has(path, is_file)
    }
}

/// A page that no file has yet.
#[derive(Debug)]
struct Ahead {
    /// The number of the change that it was made for.
    change: u64,
    page: Bytes,
}

/// What the server and the builds share.
#[derive(Debug)]
pub struct Shared {
    root: RwLock<Root>,
    /// Pages that were made before their build, by their paths in the output.
    ahead: RwLock<BTreeMap<String, Ahead>>,
    pub(super) status: latest::Sender<Status>,
    pub(super) opener: Option<Opener>,
}

impl Shared {
    pub fn new(root: Root, opener: Option<Opener>) -> Arc<Self> {
        Arc::new(Self {
            root: RwLock::new(root),
            ahead: RwLock::default(),
            status: latest::Sender::new(Status::default()),
            opener,
        })
    }

    pub fn set_root(&self, root: Root) {
        if let Ok(mut held) = self.root.write() {
            *held = root;
        }
    }

    /// Pages, by path, as they are from this change on, before a build writes them. Open pages hear
    /// of it.
    pub fn go_ahead(&self, change: u64, pages: Vec<(String, Vec<u8>)>) {
        if pages.is_empty() {
            return;
        }
        let mut ahead = self.ahead_mut();
        ahead.extend(pages.into_iter().map(|(path, page)| {
            let page = page.into();
            (path, Ahead { change, page })
        }));
        self.status.send_modify(|status| {
            status.build += 1;
            status.ahead = ahead.keys().cloned().collect();
        });
    }

    /// From now on the files are served that a build left, except where a page is newer. Open pages
    /// hear of it if anything is as it was not. Whether the build itself is news.
    pub fn build_ended(&self, built: Ended) -> bool {
        let mut ahead = self.ahead_mut();
        ahead.retain(|_, page| page.change > built.change);
        let paths: Vec<String> = ahead.keys().cloned().collect();
        let mut is_news = false;
        self.status.send_if_modified(|status| {
            is_news = !built.is_same || status.problems != built.errors || status.build == 0;
            if !is_news && status.ahead == paths {
                return false;
            }
            status.build += 1;
            status.problems = built.errors;
            status.ahead = paths;
            true
        });
        is_news
    }

    /// Everything that is wrong with what was built. Open pages hear of it.
    pub fn set_findings(&self, findings: Vec<Problem>) {
        self.status.send_if_modified(|status| {
            let is_news = *status.findings != findings;
            status.findings = findings.into();
            is_news
        });
    }

    pub(super) fn root(&self) -> Option<Root> {
        Some(self.root.read().ok()?.clone())
    }

    /// A page that is newer than its file.
    pub(super) fn page_ahead(&self, path: &str) -> Option<Bytes> {
        let ahead = self.ahead.read().unwrap_or_else(PoisonError::into_inner);
        Some(ahead.get(path)?.page.clone())
    }

    fn ahead_mut(&self) -> RwLockWriteGuard<'_, BTreeMap<String, Ahead>> {
        self.ahead.write().unwrap_or_else(PoisonError::into_inner)
    }
}
