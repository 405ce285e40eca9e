//! Addresses that answered recently, so that they need not be requested again.
//!
//! Nothing else is cached. Dead addresses and missing anchors are few, whoever fixes one wants to
//! see the result immediately, and a server that was down for a minute must not fail checks for a
//! day.
//!
//! Not here: where answers are kept (`memo`).

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;
use crate::memo::Memo;

use super::visit::PageAnswer;

/// A page that answered.
#[derive(Debug, Serialize, Deserialize)]
struct Page {
    /// Seconds since 1970.
    asked: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
    /// Anchors that were found.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    anchors: BTreeSet<String>,
}

/// What is known about a page, by its address without a fragment, if that covers all these anchors.
/// Answers that are older than `age` do not count, nor those from the future: then a clock was wrong.
pub(super) fn get(
    memo: &Memo,
    page: &str,
    anchors: &BTreeSet<String>,
    age: Duration,
) -> Option<PageAnswer> {
    let bytes = memo.get(key(page))?;
    let page: Page = serde_json::from_slice(&bytes).ok()?;
    let own = now().checked_sub(page.asked)?;
    let is_known = own < age.as_secs() && anchors.is_subset(&page.anchors);
    is_known.then_some(PageAnswer::Alive {
        moved: page.moved,
        found: page.anchors,
        unread: None,
    })
}

/// Stores a page that answered, and removes any other.
pub(super) fn put(memo: &Memo, page: &str, outcome: &PageAnswer) {
    let bytes = match outcome {
        PageAnswer::Alive { moved, found, .. } => serde_json::to_vec(&Page {
            asked: now(),
            moved: moved.clone(),
            anchors: found.clone(),
        })
        .ok(),
        _ => None,
    };
    match bytes {
        Some(bytes) => memo.put(key(page), bytes),
        None => memo.forget(key(page)),
    }
}

fn key(page: &str) -> Fingerprint {
    Fingerprint::of(page.as_bytes())
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
