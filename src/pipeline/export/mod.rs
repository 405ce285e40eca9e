//! Brings a folder for a static host up to date with what is published of the output.
//!
//! Nothing that was not written here is replaced or removed. Not here: which files are published
//! (`reach`), and the build before (`pipeline`).

mod apply;
mod pack;
mod place;
mod plan;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use crate::disk::{self, Kind, Lock, Placed};
use crate::fingerprint::Fingerprint;
use crate::progress::Stage;
use crate::store::Store;

use super::reach::Reach;
use super::site::Site;
use super::stat_index::StatIndex;

use self::plan::{Plan, Source, bytes};
use self::record::Record;

pub use self::apply::Exported;
pub use self::place::check as check_place;

/// Exports what is published, compressed too if `is_packed`.
///
/// # Errors
///
/// If something cannot be read or written. Each file is then the old one or the new one.
pub fn export(
    lock: &Lock,
    site: &Site,
    folder: &Path,
    reach: &Reach,
    is_packed: bool,
) -> Result<Exported> {
    let record = Record::read(folder)?;
    let reading = site.progress.begin(Stage::Copy, 0);
    let sources = sources(site, reach)?;
    let cleared = clear_ways(folder, &record, &sources)?;
    let mut plan = Plan::new(folder, &record);
    let look = |(path, source): (String, Source)| {
        let found = plan.look(&path);
        (path, source, found)
    };
    let found: Vec<_> = sources.into_par_iter().map(look).collect();
    for (path, source, found) in found {
        plan.want(path, source, &found);
    }
    drop(reading);
    if is_packed {
        pack::add(&mut plan, site)?;
    }
    plan.leave();
    let mut exported = apply::apply(plan, lock, site)?;
    exported.removed.extend(cleared);
    exported.removed.sort();
    Ok(exported)
}

/// Removes what an earlier export wrote at the path of a folder, or in a folder at the path of a file.
fn clear_ways(
    folder: &Path,
    record: &Record,
    sources: &BTreeMap<String, Source>,
) -> Result<Vec<String>> {
    let mut cleared = Vec::new();
    let plan = Plan::new(folder, record);
    for path in record
        .files
        .keys()
        .filter(|path| !sources.contains_key(*path))
    {
        let below = format!("{path}/");
        let mut next = sources.range(below.clone()..);
        let is_a_folder = next
            .next()
            .is_some_and(|(path, _)| path.starts_with(&below));
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let is_in_the_way = is_a_folder || above.any(|folder| sources.contains_key(folder));
        let found = is_in_the_way.then(|| plan.look(path));
        let own = found.and_then(|found| plan.own_print(path, &found));
        if let Some(print) = own
            && apply::remove(folder, path, print)? == Placed::Done
        {
            cleared.push(path.clone());
        }
    }
    Ok(cleared)
}

/// Every published file, by its path in the output.
fn sources(site: &Site, reach: &Reach) -> Result<BTreeMap<String, Source>> {
    let store = Store::open(&site.root);
    let index = StatIndex::of(site, &store);
    let is_file =
        |path: &&String| disk::kind(&site.output_file(path)).is_ok_and(|kind| kind == Kind::File);
    let elsewhere = reach.elsewhere().filter(is_file).cloned();
    let files = index.output_files().map(|(path, _)| path);
    let files: BTreeSet<String> = files.chain(elsewhere).collect();
    let is_published =
        |path: &&String| *path != record::PATH && reach.has(path, |other| files.contains(other));
    let published: Vec<&String> = files.iter().filter(is_published).collect();
    let read = |path: &&String| -> Result<(String, Source)> {
        let file = site.output_file(path);
        let print = match index.output_print(path) {
            Some(print) => print,
            None => Fingerprint::of(&bytes(&file)?),
        };
        Ok(((*path).clone(), Source { file, print }))
    };
    published.par_iter().map(read).collect()
}
