//! What the last run reported: one that finds every file as that left it reports the same, and does
//! nothing else.
//!
//! Only what changes nothing can be repeated, so a run that wrote is kept as the next one would see
//! it, and not at all if it removed a file, set one aside or could not finish with one. Not here:
//! whether a file changed (`stat_index`).

use serde::{Deserialize, Serialize};

use crate::diagnostic::Finding;
use crate::fingerprint::{Fingerprint, Parts};
use crate::memo::Looked;
use crate::progress::Stage;
use crate::store::{Space, Store};

use super::action::{Deed, Done};
use super::apply::Applied;
use super::request::Request;
use super::site::Site;
use super::stat_index::StatIndex;

/// What a run that changes nothing reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchanged {
    /// Pages of documents that are up to date.
    pub fresh: usize,
    /// Files that are kept as they are, and pages that are not made.
    pub others: Vec<Done>,
    pub missing: usize,
    pub findings: Vec<Finding>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    seen: Fingerprint,
    unchanged: Unchanged,
}

/// What a run reports, if it finds everything as the last one with this request left it.
pub fn repeat(
    site: &Site,
    request: &Request,
    store: &Store,
    index: &StatIndex,
) -> Option<Unchanged> {
    let _looking = site.progress.begin(Stage::Look, 0);
    let read = |record: &[u8]| rmp_serde::from_slice::<Record>(record).ok();
    let record = store.space(Space::Run).read(key(site, request), read)?;
    (index.print()? == record.seen).then_some(record.unchanged)
}

/// Keeps what the next run reports if nothing changes.
pub fn keep(site: &Site, applied: &Applied, store: &Store) {
    let _saving = site.progress.begin(Stage::Save, 0);
    let index = &applied.resolved.index;
    let Some(seen) = index.print().filter(|_| index.is_settled()) else {
        return;
    };
    let Some(unchanged) = unchanged(applied) else {
        return;
    };
    if let Ok(record) = rmp_serde::to_vec(&Record { seen, unchanged }) {
        let key = key(site, &applied.resolved.request);
        store.space(Space::Run).put(key, record);
        store.save(Space::Run, Looked::Part);
    }
}

fn key(site: &Site, request: &Request) -> Fingerprint {
    Parts::default()
        .with(format!("{request:?}"))
        .with(format!("{:?} {}", site.settings, site.configured))
        .finish()
}

fn unchanged(applied: &Applied) -> Option<Unchanged> {
    if applied.is_unfinished || !applied.set_aside.is_empty() || !applied.resolved.slots.are_final()
    {
        return None;
    }
    let mut fresh = 0;
    let mut others = Vec::new();
    for done in &applied.done {
        match done.deed {
            Deed::Removed(_) => return None,
            Deed::Written(_) | Deed::Fresh => fresh += usize::from(done.is_page),
            Deed::Kept(_) | Deed::Skipped(_) => others.push(done.clone()),
        }
    }
    Some(Unchanged {
        fresh,
        others,
        missing: applied.missing,
        findings: applied.findings.clone(),
    })
}
