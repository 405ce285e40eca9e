//! `fix`: findings whose fix is certain, as a plan.
//!
//! Not here: which fixes are certain (`check::fixes`).

use std::collections::BTreeMap;

use anyhow::Result;

use crate::check::fixes::{self, Fix, Sources};
use crate::disk;
use crate::model::document::Document;
use crate::name::Basename;
use crate::pipeline::site::Site;

use super::draft::Draft;
use super::known::Known;
use super::plan::Plan;
use crate::place::spliced;

/// Plans the fixes. `former` has documents as they were at an earlier time; hand-made pages are
/// changed only of these documents.
///
/// # Errors
///
/// If a file cannot be read.
pub fn fixed(
    site: &Site,
    known: &Known,
    former: &BTreeMap<Basename, Document>,
    hand_made: &[Basename],
) -> Result<Plan> {
    let text = |path: &str| {
        let bytes = disk::read(&site.root.join(path)).ok().flatten()?;
        String::from_utf8(bytes).ok()
    };
    let found = fixes::find(&Sources {
        catalogue: known.catalogue(),
        text: &text,
        former: &|name| former.get(name),
    });
    let mut draft = Draft::new(site);
    let mut by_file: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for fix in &found {
        let is_named = |page| hand_made.contains(known.name(page));
        if fix.page.is_none_or(is_named) {
            by_file.entry(&fix.path).or_default().push(fix);
        } else {
            let text = format!(
                "should lead to `{}`, and is hand-made: `--hand-made` names pages to change",
                fix.text
            );
            draft.note(&fix.path, Some(fix.finding.line), text);
        }
    }
    for (path, fixes) in by_file {
        let text = draft.text(path)?;
        let mut edits: Vec<_> = fixes
            .iter()
            .map(|fix| (fix.span.clone(), fix.text.clone()))
            .collect();
        edits.sort_by_key(|(span, _)| span.start);
        edits.dedup_by(|later, before| later.0.start < before.0.end);
        let why = match edits.len() {
            1 => "1 link".to_owned(),
            count => format!("{count} links"),
        };
        draft.write(path, spliced(&text, &edits), why)?;
    }
    draft.finish()
}
