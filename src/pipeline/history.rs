//! Days that documents do not say, from the history in git.
//!
//! Only where pages are no part of that history themselves: a commit would change them, and make
//! another one necessary. Not here: git (`git`).

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Parts;
use crate::git::Checkout;
use crate::model::catalogue::{Catalogue, Days};
use crate::model::corpus::DocId;
use crate::model::settings;
use crate::rule::Rule;
use crate::store::{Space, Store};

use super::site::Site;

/// The days of the first and the last commit, by path.
type Found = BTreeMap<String, (String, String)>;

/// The days of each document that lacks one; none where there is no git or no whole history. A finding,
/// where pages are in git too.
pub(super) fn days(
    site: &Site,
    store: &Store,
    catalogue: &Catalogue,
) -> (BTreeMap<DocId, Days>, Option<Diagnostic>) {
    let lacks_one = |id: &DocId| {
        let front = &catalogue.corpus.get(*id).front;
        front.date.is_none() || front.updated.is_none()
    };
    let published = &catalogue.published;
    let Some(head) = site.head.filter(|_| published.iter().any(lacks_one)) else {
        return Default::default();
    };
    let memo = store.space(Space::History);
    let key = Parts::default().with(head.to_bytes());
    let key = key.with(&site.settings.output).finish();
    let known = memo.get(key);
    let known = known.and_then(|days| rmp_serde::from_slice(&days).ok());
    let days: Option<Found> = known.unwrap_or_else(|| {
        let days = in_git(site);
        if let Ok(days) = rmp_serde::to_vec(&days) {
            memo.put(key, days);
        }
        days
    });
    let Some(mut days) = days else {
        return (BTreeMap::new(), Some(left_out(site)));
    };
    let found = published.iter().filter_map(|id| {
        let (first, last) = days.remove(&catalogue.corpus.get(*id).name.source())?;
        Some((*id, Days { first, last }))
    });
    (found.collect(), None)
}

fn left_out(site: &Site) -> Diagnostic {
    let message = format!(
        "`{}`, where the pages are, is in git too: a document that says no day shows none, because each commit would change its page",
        site.settings.output
    );
    Diagnostic::new(Rule::UndatedPages, settings::FILE, message).help(
        "`dates = \"written\"` is the same without this warning; or leave the pages out of git",
    )
}

/// None where git has pages.
fn in_git(site: &Site) -> Option<Found> {
    let Ok(checkout) = Checkout::of(&site.root) else {
        return Some(Found::new());
    };
    let tracked = checkout.tracked(&site.settings.output);
    if tracked.is_ok_and(|files| !files.is_empty()) {
        return None;
    }
    Some(checkout.days("markdown").unwrap_or_default())
}
