//! What the last run reported: one that finds every file as that left it reports the same, and does
//! nothing else.
//!
//! Only what changes nothing can be repeated, so a run that wrote is kept as the next one would see
//! it, and not at all if it removed a file, set one aside or could not finish with one. Not here:
//! whether a file changed (`stat_index`), and what follows where only documents did (`revision`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Finding;
use crate::disk::Stamp;
use crate::fingerprint::{Fingerprint, Parts};
use crate::markdown::outline::LinkKind;
use crate::memo::Looked;
use crate::model::corpus::DocId;
use crate::model::target::Target;
use crate::progress::Stage;
use crate::store::{Space, Store};

use super::action::{Deed, Done};
use super::apply::Applied;
use super::paths::SITE_STYLE;
use super::reach::Reach;
use super::request::Request;
use super::site::Site;
use super::stat_index::StatIndex;

/// What a run reports that leaves most files as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Pages of documents that are up to date.
    pub fresh: usize,
    /// Files that were written or are kept as they are, and pages that are not made: first the
    /// pages of documents.
    pub others: Vec<Done>,
    /// How many of `others` are pages of documents.
    pub pages: usize,
    pub missing: usize,
    pub findings: Vec<Finding>,
    /// What of the output is published.
    pub reach: Reach,
}

/// What a run with one kind of request found, and reports if it finds it again.
#[derive(Serialize, Deserialize)]
struct Record {
    seen: Fingerprint,
    reported: Reported,
}

/// The last run's view of the documents, for one that finds some of them changed and nothing else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Documents {
    /// Of all files without the stamps of those in `markdown/`.
    beside: Fingerprint,
    /// Those stamps, by name of the file.
    stamps: Vec<Option<Stamp>>,
    pub shown: Shown,
}

/// Names of documents of which more is shown than their own pages show, though others say nothing
/// else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Shown {
    /// The hash of the text, on the reading path.
    pub versions: BTreeSet<String>,
    /// Positions in the text, or that there is no page.
    pub others: BTreeSet<String>,
}

impl Documents {
    /// As a run leaves them; none if not everything was seen.
    pub fn of(index: &StatIndex, shown: Shown) -> Option<Self> {
        Some(Self {
            beside: index.print_beside_documents()?,
            stamps: index.documents().map(|(_, stamp)| stamp).collect(),
            shown,
        })
    }

    /// The files in `markdown/` that changed since; none if anything else did.
    pub fn changed(&self, index: &StatIndex) -> Option<Vec<(String, Stamp)>> {
        if index.print_beside_documents()? != self.beside {
            return None;
        }
        let now = index.documents().zip(&self.stamps);
        let changed = now.filter(|((_, now), before)| now != *before);
        changed
            .map(|((name, now), _)| Some((name.to_owned(), now?)))
            .collect()
    }
}

/// What a run reports, if it finds everything as the last one with this request left it.
pub fn repeat(
    site: &Site,
    request: &Request,
    store: &Store,
    index: &StatIndex,
) -> Option<Reported> {
    let _looking = site.progress.begin(Stage::Look, 0);
    let read = |record: &[u8]| rmp_serde::from_slice::<Record>(record).ok();
    let record = store.space(Space::Run).read(key(site, request), read)?;
    (index.print()? == record.seen).then_some(record.reported)
}

/// What the last run with this request reported, and how it saw the documents.
pub fn earlier(site: &Site, request: &Request, store: &Store) -> Option<(Reported, Documents)> {
    let space = store.space(Space::Run);
    let key = key(site, request);
    let record = space.read(key, |record| rmp_serde::from_slice::<Record>(record).ok())?;
    let documents = space.read(of_documents(key), |seen| rmp_serde::from_slice(seen).ok())?;
    Some((record.reported, documents))
}

/// Keeps what the next run reports if nothing changes.
pub fn keep(site: &Site, applied: &mut Applied, store: &Store, shown: Shown) {
    if applied.resolved.index.is_grown() {
        if !is_indifferent(site, applied) {
            return;
        }
        applied.resolved.index.look_again(site);
    }
    if let Some(reported) = reported(applied) {
        let resolved = &applied.resolved;
        keep_report(
            site,
            &resolved.request,
            store,
            &resolved.index,
            (reported, shown),
        );
    }
}

/// Keeps this report for the next run, if that will see every change.
pub fn keep_report(
    site: &Site,
    request: &Request,
    store: &Store,
    index: &StatIndex,
    (reported, shown): (Reported, Shown),
) {
    let _saving = site.progress.begin(Stage::Save, 0);
    let Some(seen) = index.print().filter(|_| index.is_settled()) else {
        return;
    };
    let key = key(site, request);
    let space = store.space(Space::Run);
    if let Ok(record) = rmp_serde::to_vec(&Record { seen, reported }) {
        space.put(key, record);
        let documents = Documents::of(index, shown);
        match documents.and_then(|documents| rmp_serde::to_vec(&documents).ok()) {
            Some(documents) => space.put(of_documents(key), documents),
            None => space.forget(of_documents(key)),
        }
        store.save(Space::Run, Looked::Part);
    }
}

fn key(site: &Site, request: &Request) -> Fingerprint {
    Parts::default()
        .with(format!("{request:?}"))
        .with(format!(
            "{:?} {} {:?} {}",
            site.settings, site.configured, site.head, site.is_edited
        ))
        .finish()
}

fn of_documents(key: Fingerprint) -> Fingerprint {
    Parts::default()
        .with(key.to_bytes())
        .with("documents")
        .finish()
}

/// Whether the next run comes to the same with the files that this one added: pages of documents,
/// copies, and docsite's own. They are among the files that links may name and that a broken link
/// may have meant, and a page decides which of two documents with one name stays.
fn is_indifferent(site: &Site, applied: &Applied) -> bool {
    let resolved = &applied.resolved;
    let catalogue = &resolved.catalogue;
    let names_a_file = |id: DocId| {
        let links = &catalogue.corpus.get(id).outline.links;
        let mut links = links.iter().zip(catalogue.links.targets(id));
        links.any(|(link, target)| {
            matches!(link.kind, LinkKind::Wiki | LinkKind::Embed)
                && matches!(target, Target::File(_))
        })
    };
    // Beside `markdown/`, a new style sheet of the site is one of its files from then on.
    let has_style = !site.settings.is_flat() || resolved.index.has(SITE_STYLE);
    let ids = || catalogue.corpus.iter().map(|(id, _)| id);
    let is_broken = |id: DocId| {
        catalogue
            .links
            .targets(id)
            .any(|to| matches!(to, Target::Broken(_)))
    };
    has_style
        && resolved.problems.errors.is_empty()
        && catalogue.hand_made.is_empty()
        && !ids().any(|id| is_broken(id) || names_a_file(id))
}

fn reported(applied: &Applied) -> Option<Reported> {
    if applied.is_unfinished || !applied.set_aside.is_empty() || !applied.resolved.slots.are_final()
    {
        return None;
    }
    let mut fresh = 0;
    let mut others = Vec::new();
    let mut pages = 0;
    let of_documents = applied.done.iter().take_while(|done| done.is_page).count();
    for (at, done) in applied.done.iter().enumerate() {
        match done.deed {
            Deed::Removed(_) => return None,
            Deed::Written(_) | Deed::Fresh => fresh += usize::from(done.is_page),
            Deed::Kept(_) | Deed::Skipped(_) => {
                pages += usize::from(at < of_documents);
                others.push(done.clone());
            }
        }
    }
    Some(Reported {
        fresh,
        others,
        pages,
        missing: applied.missing,
        findings: applied.findings.clone(),
        reach: applied.reach.clone(),
    })
}
