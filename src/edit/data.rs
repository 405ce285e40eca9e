//! Names of documents outside of documents: in baselines, in hand-drawn pictures, and
//! in attachments, which are snapshots and stay as they are.
//!
//! Not here: `flow.json` (`flow`), and `docsite.toml` (`settings`).

use anyhow::Result;

use crate::check::baseline::Baseline;
use crate::disk;
use crate::markdown::destinations;
use crate::model::address::{self, Address};
use crate::model::drawing;
use crate::name::{self, Basename};

use super::draft::Draft;
use super::known::Known;
use crate::place::spliced;

/// In bytes. A longer attachment is not searched for names.
const LONGEST_SEARCHED: u64 = 1 << 20;

/// Renames documents in the baselines at the top of the site.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn rename_in_baselines(
    draft: &mut Draft<'_>,
    pairs: &[(Basename, Basename)],
) -> Result<()> {
    for entry in disk::list(&draft.site().root)? {
        if entry.kind != disk::Kind::File || !entry.path.ends_with(".json") {
            continue;
        }
        let bytes = disk::read_whole(&draft.site().root.join(&entry.path))?;
        let bytes = bytes.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let is_named = pairs.iter().any(|(old, _)| text.contains(old.as_str()));
        if is_named && Baseline::parse(&bytes).is_ok() {
            let text = draft.text(&entry.path)?;
            let new = name::renamed(&text, pairs);
            draft.write(&entry.path, new, "accepted findings")?;
        }
    }
    Ok(())
}

/// Renames documents in the links of hand-drawn pictures. `at`: where a picture is after the change.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn rename_in_drawings(
    draft: &mut Draft<'_>,
    known: &Known,
    pairs: &[(Basename, Basename)],
) -> Result<()> {
    let folder = format!("{}/", drawing::FOLDER);
    let files = known.catalogue().files.keys();
    let drawings = files.filter(|path| path.starts_with(&folder) && path.ends_with(".svg"));
    for path in drawings {
        let file = draft.site().root.join(path);
        let bytes = disk::read_whole(&file)?.unwrap_or_default();
        let Ok(text) = std::str::from_utf8(&bytes) else {
            continue;
        };
        let new = links_renamed(text, pairs);
        if new != text {
            draft.write(path, new, "links of a picture")?;
        }
    }
    Ok(())
}

/// A page or a picture whose links name documents by their new names.
pub(super) fn links_renamed(text: &str, pairs: &[(Basename, Basename)]) -> String {
    let found = destinations::of_markup(text).into_iter();
    let edits = found.filter_map(|found| {
        let Address::Local(_) = address::read(&found.target) else {
            return None;
        };
        let written = &text[found.span.clone()];
        let new = name::renamed(&address::decoded(written), pairs);
        (new != address::decoded(written)).then(|| (found.span, href_of(written, &new)))
    });
    spliced(text, &edits.collect::<Vec<_>>())
}

/// A changed address, encoded if the old one was.
fn href_of(written: &str, new: &str) -> String {
    if !written.contains('%') {
        return new.to_owned();
    }
    let (path, suffix) = new.split_at(new.find(['?', '#']).unwrap_or(new.len()));
    name::href(path) + suffix
}

/// Says which attachments name a document: they are snapshots, and stay as they are.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn note_attachments(
    draft: &mut Draft<'_>,
    known: &Known,
    pairs: &[(Basename, Basename)],
) -> Result<()> {
    let files = known.catalogue().files.iter();
    let attachments =
        files.filter(|(path, size)| path.starts_with("attachment/") && **size <= LONGEST_SEARCHED);
    for (path, _) in attachments {
        let bytes = disk::read_whole(&draft.site().root.join(path))?.unwrap_or_default();
        let Ok(text) = std::str::from_utf8(&bytes) else {
            continue;
        };
        for (old, _) in pairs {
            if let Some(at) = name::mentions(text, old.as_str()).next() {
                let line = text[..at.start].matches('\n').count() + 1;
                draft.note(
                    path.clone(),
                    Some(line),
                    format!("names `{old}`; an attachment is a snapshot, and stays as it is"),
                );
            }
        }
    }
    Ok(())
}
