//! What front matter says of documents: draft or not, out of date, and what to read instead.
//!
//! Not here: how front matter is written (`model::front_matter`).

use std::collections::BTreeSet;

use anyhow::Result;

use crate::model::corpus::DocId;
use crate::model::front_edit;
use crate::model::front_matter::Change;
use crate::name::Basename;
use crate::pipeline::site::{Refused, Site};

use super::draft::Draft;
use super::known::{Inbound, Known};
use super::plan::Plan;

/// Plans to change what these documents say of themselves.
///
/// # Errors
///
/// If there is no such document, or its front matter cannot be edited.
pub fn said(
    site: &Site,
    known: &Known,
    names: &[Basename],
    (changes, why): (&[Change<'_>], &str),
) -> Result<Plan> {
    let mut draft = Draft::new(site);
    for name in names {
        match known.find(name) {
            Some(id) => edit(&mut draft, known, id, (changes, why))?,
            None => draft.refuse(known.no_such(name)),
        }
    }
    draft.finish()
}

/// Plans to take documents off the site, and names the links to them, which lead nowhere then.
/// `change`: what their front matter says from now on.
///
/// # Errors
///
/// As `said`.
pub fn unpublished(
    site: &Site,
    known: &Known,
    names: &[Basename],
    change: Option<(&[Change<'_>], &str)>,
) -> Result<Plan> {
    let mut draft = Draft::new(site);
    let mut ids = BTreeSet::new();
    for name in names {
        let Some(id) = known.find(name) else {
            draft.refuse(known.no_such(name));
            continue;
        };
        ids.insert(id);
        if let Some(change) = change {
            edit(&mut draft, known, id, change)?;
        }
    }
    for Inbound { from, link, to } in known.inbound(&ids) {
        if known.catalogue().published.contains(&from) {
            let text = format!("links to `{}`, which has no page then", known.name(to));
            draft.note(known.source(from), Some(link.place.position.line), text);
        }
    }
    draft.finish()
}

/// The documents of these names.
///
/// # Errors
///
/// If one is not there.
pub fn all_there(known: &Known, names: &[Basename]) -> Result<()> {
    let missing = names.iter().filter(|name| known.find(name).is_none());
    let missing: Vec<_> = missing.map(|name| known.no_such(name)).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Refused(missing).into())
    }
}

/// Changes the front matter of a document in a plan.
pub(super) fn edit(
    draft: &mut Draft<'_>,
    known: &Known,
    id: DocId,
    (changes, why): (&[Change<'_>], &str),
) -> Result<()> {
    let path = known.source(id);
    match front_edit::edit(known.name(id), &draft.bytes(&path)?, changes) {
        Ok(None) => Ok(()),
        Ok(Some(bytes)) => draft.write(&path, bytes, why),
        Err(problems) => {
            for problem in problems {
                draft.refuse(problem);
            }
            Ok(())
        }
    }
}
