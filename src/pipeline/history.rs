//! Days that documents do not say, from the history in git.
//!
//! Only where pages are no part of that history themselves: a commit would change them, and make
//! another one necessary. Not here: git (`git`).

use std::collections::BTreeMap;

use crate::fingerprint::Parts;
use crate::git::Checkout;
use crate::model::catalogue::{Catalogue, Days};
use crate::model::corpus::DocId;
use crate::store::{Space, Store};

use super::site::Site;

/// The days of the first and the last commit, by path.
type Found = BTreeMap<String, (String, String)>;

/// The days of each document that lacks one. None where there is no git or no whole history.
pub(super) fn days(site: &Site, store: &Store, catalogue: &Catalogue) -> BTreeMap<DocId, Days> {
    let lacks_one = |id: &DocId| {
        let front = &catalogue.corpus.get(*id).front;
        front.date.is_none() || front.updated.is_none()
    };
    let Some(head) = site.head else {
        return BTreeMap::new();
    };
    if !catalogue.published.iter().any(lacks_one) {
        return BTreeMap::new();
    }
    let memo = store.space(Space::History);
    let key = Parts::default().with(head.to_bytes());
    let key = key.with(&site.settings.output).finish();
    let known = memo.get(key);
    let known = known.and_then(|days| rmp_serde::from_slice(&days).ok());
    let mut days: Found = known.unwrap_or_else(|| {
        let days = in_git(site).unwrap_or_default();
        if let Ok(days) = rmp_serde::to_vec(&days) {
            memo.put(key, days);
        }
        days
    });
    let published = catalogue.published.iter();
    published
        .filter_map(|id| {
            let (first, last) = days.remove(&catalogue.corpus.get(*id).name.source())?;
            Some((*id, Days { first, last }))
        })
        .collect()
}

fn in_git(site: &Site) -> Option<Found> {
    let checkout = Checkout::of(&site.root).ok()?;
    if !checkout.tracked(&site.settings.output).ok()?.is_empty() {
        return None;
    }
    checkout.days("markdown").ok()
}
