//! The names that are taken in a site: those of its documents, and those that they had.
//!
//! Not here: which note is which document (`fate`).

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;

use crate::disk;
use crate::model::document::decode;
use crate::model::front_matter;
use crate::name::Basename;
use crate::pipeline::site::Site;

/// The documents of a site by their folded names and the folded names that they had.
pub(super) type Existing = BTreeMap<String, Basename>;

/// Reads them.
///
/// # Errors
///
/// If the folder cannot be listed.
pub(super) fn of(site: &Site) -> Result<Existing> {
    let entries = disk::list(&site.markdown())?.into_iter();
    let names = entries.filter_map(|entry| Basename::parse(entry.path.strip_suffix(".md")?).ok());
    let names: Vec<Basename> = names.collect();
    let aliases = names.par_iter().flat_map_iter(|name| {
        let bytes = disk::read(&site.root.join(name.source())).ok().flatten();
        let text = bytes
            .and_then(|bytes| decode("", &bytes).ok())
            .unwrap_or_default();
        let (front, _) = front_matter::read(&text, &front_matter::split(&text));
        let aliases = front
            .old_names()
            .filter_map(|alias| Basename::parse(&alias).ok());
        let aliases: Vec<_> = aliases
            .map(|alias| (alias.folded(), name.clone()))
            .collect();
        aliases
    });
    let mut found: Existing = aliases.collect();
    found.extend(names.iter().map(|name| (name.folded(), name.clone())));
    Ok(found)
}
