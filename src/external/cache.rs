//! Addresses that answered not long ago, so that they need not be asked again.
//!
//! Nothing else is kept. Dead addresses and missing anchors are few, whoever fixes one wants to see
//! the result at once, and a server that was down for a minute must not fail checks for a day.
//!
//! Not here: the file (`disk`).

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::visit::PageAnswer;

/// The version of the format below. A cache of another version is discarded.
const VERSION: u32 = 1;

/// Pages that answered, by their addresses without fragments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cache {
    pages: BTreeMap<String, Page>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Page {
    /// Seconds since 1970.
    asked: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
    /// Anchors that were found.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    anchors: BTreeSet<String>,
}

#[derive(Serialize, Deserialize)]
struct Written<P> {
    version: u32,
    pages: P,
}

impl Cache {
    /// Reads what an earlier run wrote. Anything else is an empty cache, which may be lost at any time.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match serde_json::from_slice::<Written<BTreeMap<String, Page>>>(bytes) {
            Ok(written) if written.version == VERSION => Self {
                pages: written.pages,
            },
            _ => Self::default(),
        }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let written = Written {
            version: VERSION,
            pages: &self.pages,
        };
        let mut bytes = serde_json::to_vec_pretty(&written).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Drops entries that are older than this, or from the future: then a clock was wrong.
    pub(super) fn forget(&mut self, age: Duration) {
        let now = now();
        self.pages.retain(|_, page| {
            let own = now.checked_sub(page.asked);
            own.is_some_and(|own| own < age.as_secs())
        });
    }

    /// What is known about a page, if it covers all these anchors.
    pub(super) fn get(&self, page: &str, anchors: &BTreeSet<String>) -> Option<PageAnswer> {
        let page = self.pages.get(page)?;
        anchors.is_subset(&page.anchors).then(|| PageAnswer::Alive {
            moved: page.moved.clone(),
            found: page.anchors.clone(),
            unread: None,
        })
    }

    /// Remembers a page that answered, and forgets any other.
    pub(super) fn put(&mut self, page: &str, outcome: &PageAnswer) {
        self.pages.remove(page);
        if let PageAnswer::Alive { moved, found, .. } = outcome {
            let kept = Page {
                asked: now(),
                moved: moved.clone(),
                anchors: found.clone(),
            };
            self.pages.insert(page.to_owned(), kept);
        }
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
