//! The scripts of the search after the text of a few documents changed, and nothing else.
//!
//! Not here: whether that is so (`pipeline::revision`).

use std::collections::BTreeSet;

use anyhow::Result;

use super::before::Before;
use crate::model::document::Document;
use crate::output::page_state::PageState;
use crate::output::search_files::{self as files, DIRECTORY, Head};
use crate::output::search_texts::{self, From, Texts};
use crate::pipeline::derived::Derived;
use crate::pipeline::entries;
use crate::pipeline::site::Site;
use crate::pipeline::stat_index::StatIndex;
use crate::search::{Built, Changes, terms_of};

/// The scripts that change with the text of these documents, each with its bytes;
/// none if that needs a look at all of them.
///
/// # Errors
/// If something cannot be written as JSON.
pub(crate) fn revised<'t>(
    site: &Site,
    stat: &StatIndex,
    documents: impl Iterator<Item = (&'t Document, &'t [u8])>,
) -> Result<Option<Vec<Derived>>> {
    let Some(before) = Before::open(site) else {
        return Ok(None);
    };
    let Some(Changed {
        changes,
        texts,
        mut scripts,
    }) = changed(&before, site, stat, documents)?
    else {
        return Ok(None);
    };
    let own = |name: &str, bytes| Derived::own(stat, &files::path(name), bytes);
    let built = changes.applied(&before.index, &mut |name, text| -> Result<Derived> {
        let script = files::shard(name, &text)?;
        Ok(own(name, script.bytes))
    });
    let Some(built) = built.filter(|built| has_all_shards(&before, built)) else {
        return Ok(None);
    };
    for script in built.shards.into_values().flatten() {
        scripts.push(script?);
    }
    let blocks = texts.blocks()?;
    let groups = before.head.groups().to_owned();
    let titles = before.head.title_checks().to_owned();
    let head = Head::new(built.directory, groups, files::checks(&blocks), titles);
    let known: BTreeSet<_> = before.head.blocks().collect();
    for block in blocks {
        if !known.contains(&(block.name.clone(), block.check.as_str())) {
            scripts.push(own(&block.name, block.bytes));
        }
    }
    scripts.push(own(DIRECTORY, head.bytes()?));
    Ok(Some(scripts))
}

/// What the documents bring.
struct Changed {
    changes: Changes,
    texts: Texts,
    /// Of texts that have scripts of their own.
    scripts: Vec<Derived>,
}

fn changed<'t>(
    before: &Before<'_>,
    site: &Site,
    stat: &StatIndex,
    documents: impl Iterator<Item = (&'t Document, &'t [u8])>,
) -> Result<Option<Changed>> {
    let dialect = site.settings.dialect();
    let mut changes = Changes::new(before.head.directory.entries);
    let mut texts = before.texts.clone();
    let mut scripts = Vec::new();
    for (document, bytes) in documents {
        let Some((entry, old)) = before.find(&document.name.source()) else {
            return Ok(None);
        };
        let Some(now) = entries::revised(document, bytes, dialect, &old) else {
            return Ok(None);
        };
        changes.change(entry, &terms_of(&old.entry), &terms_of(&now.entry));
        match &mut texts {
            Texts::Apart(names) => {
                let text = &mut names[entry as usize];
                let path = files::path(&text.script());
                let found = stat.page(&path);
                let PageState::Generated(mark) = found.state else {
                    return Ok(None);
                };
                let from = From {
                    source: document.source,
                    key: mark.key,
                };
                text.check = from.check();
                let bytes = search_texts::text(&text.name, from, now)?;
                scripts.push(Derived::own(stat, &path, bytes));
            }
            Texts::Together(all) => {
                let (text, searched) = &mut all[entry as usize];
                let Some(check) = search_texts::revised(&text.check, document.source) else {
                    return Ok(None);
                };
                text.check = check;
                *searched = now;
            }
        }
    }
    Ok(Some(Changed {
        changes,
        texts,
        scripts,
    }))
}

/// Whether no shard or page of before has to be removed.
fn has_all_shards<T>(before: &Before<'_>, built: &Built<T>) -> bool {
    let mut scripts = before.index.scripts();
    scripts.all(|(name, _)| built.shards.contains_key(&name))
}
