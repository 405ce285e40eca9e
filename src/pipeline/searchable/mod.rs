//! The scripts of the search: which of them a build writes. The text of an entry is made again only
//! if something that it is made from changed, and the index then changes by the terms of the old and
//! the new text; the rest of it is not read.
//!
//! What an earlier build left is used only if all of it fits together. Not here: what is searched
//! (`entries`), the index (`search`), and the form of the files (`output::search_files`).

mod before;
mod revised;

use std::collections::HashMap;

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::disk::Spill;
use crate::output::page_state::PageState;
use crate::output::search_files::{self as files, DIRECTORY, Groups, Head, Titled};
use crate::output::search_texts::{self, Searched, TextName, Texts};
use crate::search::{Built, Changes, Directory, Index, Loanwords, Terms, is_small, terms_of};

pub use self::before::Before;
pub(super) use self::revised::revised;

use super::action::{Action, Content, FilePlan, Prints};
use super::derived::Derived;
use super::entries::{self, Listed};
use super::resolve::Resolved;
use super::site::Site;

/// Entries whose texts are made together.
const AT_ONCE: usize = 64;

/// What happens to each script. Each is judged at once.
///
/// # Errors
/// If something cannot be written as JSON.
pub fn find(
    site: &Site,
    resolved: &Resolved,
    judge: impl Fn(Derived) -> FilePlan + Sync,
) -> Result<Vec<FilePlan>> {
    let stat = &resolved.index;
    let listed = entries::listed(resolved);
    let now = Now {
        site,
        resolved,
        names: search_texts::text_names(listed.iter().map(|one| one.path.as_str())),
        listed,
        spill: Spill::new().ok(),
        judge: &judge,
    };
    let (Built { directory, shards }, texts, mut plans) = match Before::read(site, stat) {
        Some(before) => match now.changed(&before)? {
            Some(changed) => changed,
            None => now.anew()?,
        },
        None => now.anew()?,
    };
    let own = |name: &str, bytes| now.judged(&files::path(name), bytes);
    for (name, plan) in shards {
        plans.push(plan.unwrap_or_else(|| Ok(fresh(&files::path(&name))))?);
    }
    let (blocks, titles) = (texts.blocks()?, files::titles(&now.titles())?);
    let checks = (files::checks(&blocks), files::checks(&titles));
    let groups = now.groups().script()?;
    let head = Head::new(directory, groups.check.clone(), checks.0, checks.1);
    for script in blocks.into_iter().chain(titles).chain([groups]) {
        plans.push(own(&script.name, script.bytes));
    }
    plans.push(own(DIRECTORY, head.bytes()?));
    let loanwords = files::loanwords(&Loanwords::new(&site.settings.aliases))?;
    plans.push(own("loanwords", loanwords));
    Ok(plans)
}

/// A script that stays as it is.
fn fresh(path: &str) -> FilePlan {
    FilePlan {
        path: path.to_owned(),
        action: Action::Fresh,
        content: Content::Nothing,
        prints: Prints::default(),
        size: None,
    }
}

/// The entries of this run.
struct Now<'a, J> {
    site: &'a Site,
    resolved: &'a Resolved,
    listed: Vec<Listed>,
    /// Of texts, by entry.
    names: Vec<String>,
    /// Where scripts are until they are written.
    spill: Option<Spill>,
    judge: &'a J,
}

/// The index, the texts, and what happens to the scripts of these.
type Outcome = (Built<Result<FilePlan>>, Texts, Vec<FilePlan>);

/// A text that was looked at.
struct Looked {
    text: TextName,
    script: Script,
    /// If they are needed.
    terms: Option<Terms>,
}

enum Script {
    Own(FilePlan),
    Together(Searched),
}

/// The texts of an earlier build.
#[derive(Default)]
struct Known<'a> {
    /// By the names of texts.
    entries: HashMap<&'a str, (u32, &'a TextName)>,
    texts: Option<&'a Texts>,
}

impl<'a> Known<'a> {
    fn of(texts: &'a Texts) -> Self {
        let names = (0..).zip(texts.names());
        Self {
            entries: names
                .map(|(entry, text)| (text.name.as_str(), (entry, text)))
                .collect(),
            texts: Some(texts),
        }
    }

    /// The entry with this text.
    fn entry(&self, text: &TextName) -> Option<u32> {
        let (entry, old) = self.entries.get(text.name.as_str())?;
        (*old == text).then_some(*entry)
    }

    /// What is searched of it, if no script of its own has it.
    fn searched(&self, text: &TextName) -> Option<&Searched> {
        match self.texts? {
            Texts::Apart(_) => None,
            Texts::Together(all) => Some(&all.get(self.entry(text)? as usize)?.1),
        }
    }
}

impl<J: Fn(Derived) -> FilePlan + Sync> Now<'_, J> {
    /// Everything, whatever was there.
    fn anew(&self) -> Result<Outcome> {
        let mut changes = Changes::new(number(self.listed.len()));
        let (texts, plans) = self
            .texts(&Known::default(), |entry, terms| {
                changes.add(entry, &terms);
                Some(())
            })?
            .context("terms of all texts")?;
        let none = Index::open(&Directory::default(), |_, _| None).context("no index")?;
        let built = changes.applied(&none, &mut |name, text| self.shard(name, &text));
        let built = built.context("an index from nothing")?;
        Ok((built, texts, plans))
    }

    /// With what is new since an earlier build; none if that does not fit together.
    fn changed(&self, before: &Before<'_>) -> Result<Option<Outcome>> {
        let known = Known::of(&before.texts);
        let names = before.texts.names();
        let stays = names.iter().map(|text| &text.name).eq(&self.names);
        let mut changes = Changes::new(number(self.listed.len()));
        let change = |entry: u32, terms: Terms| {
            if stays {
                let old = terms_of(&before.searched(entry as usize)?.entry);
                changes.change(entry, &old, &terms);
            } else {
                changes.add(entry, &terms);
            }
            Some(())
        };
        let Some((texts, plans)) = self.texts(&known, change)? else {
            return Ok(None);
        };
        if !stays {
            let mut moved = vec![None; names.len()];
            for (entry, text) in (0..).zip(texts.names()) {
                if let Some(old) = known.entry(text) {
                    moved[old as usize] = Some(entry);
                }
            }
            changes.renumber(moved);
        }
        let built = changes.applied(&before.index, &mut |name, text| self.shard(name, &text));
        Ok(built.map(|built| (built, texts, plans)))
    }

    /// Looks at each text. Passes the terms of those that the index does not know to `change`, in
    /// order; none if that gives none.
    fn texts(
        &self,
        known: &Known<'_>,
        mut change: impl FnMut(u32, Terms) -> Option<()>,
    ) -> Result<Option<(Texts, Vec<FilePlan>)>> {
        let entries: Vec<usize> = (0..self.listed.len()).collect();
        let (mut apart, mut together, mut plans) = (Vec::new(), Vec::new(), Vec::new());
        for some in entries.chunks(AT_ONCE) {
            let looked = some.par_iter().map(|at| self.look(*at, known));
            let looked: Vec<Looked> = looked.collect::<Result<_>>()?;
            for (at, one) in some.iter().zip(looked) {
                if let Some(terms) = one.terms
                    && change(number(*at), terms).is_none()
                {
                    return Ok(None);
                }
                match one.script {
                    Script::Own(plan) => {
                        apart.push(one.text);
                        plans.push(plan);
                    }
                    Script::Together(searched) => together.push((one.text, searched)),
                }
            }
        }
        let texts = if self.is_small() {
            Texts::Together(together)
        } else {
            Texts::Apart(apart)
        };
        Ok(Some((texts, plans)))
    }

    fn is_small(&self) -> bool {
        is_small(number(self.listed.len()))
    }

    fn look(&self, at: usize, known: &Known<'_>) -> Result<Looked> {
        let (listed, name) = (&self.listed[at], &self.names[at]);
        let from = entries::from(self.site, self.resolved, listed);
        if self.is_small() {
            let text = TextName {
                name: name.clone(),
                check: from.long_check(),
            };
            let kept = known.searched(&text);
            let searched = || entries::searched(self.site, self.resolved, listed);
            let searched = kept.cloned().unwrap_or_else(searched);
            return Ok(Looked {
                terms: kept.is_none().then(|| terms_of(&searched.entry)),
                script: Script::Together(searched),
                text,
            });
        }
        let text = TextName {
            name: name.clone(),
            check: from.check(),
        };
        let path = files::path(&text.script());
        let found = self.resolved.index.page(&path);
        let is_fresh = matches!(&found.state, PageState::Generated(mark)
            if (mark.source, mark.key) == (from.source, from.key));
        let is_known = known.entry(&text).is_some();
        if is_fresh && is_known {
            return Ok(Looked {
                text,
                script: Script::Own(fresh(&path)),
                terms: None,
            });
        }
        let searched = entries::searched(self.site, self.resolved, listed);
        let terms = (!is_known).then(|| terms_of(&searched.entry));
        let bytes = search_texts::text(name, from, searched)?;
        Ok(Looked {
            script: Script::Own(self.judged(&path, bytes)),
            text,
            terms,
        })
    }

    /// What happens to a script; what is to be written is kept on the disk, or in memory where that
    /// fails.
    fn judged(&self, path: &str, bytes: Vec<u8>) -> FilePlan {
        let mut plan = (self.judge)(Derived::own(&self.resolved.index, path, bytes));
        if let (Content::Bytes(bytes), Some(spill)) = (&plan.content, &self.spill)
            && let Ok(spilled) = spill.keep(bytes)
        {
            plan.content = Content::Spilled(spilled);
        }
        plan
    }

    fn shard(&self, name: &str, text: &str) -> Result<FilePlan> {
        let script = files::shard(name, text)?;
        Ok(self.judged(&files::path(name), script.bytes))
    }

    fn titles(&self) -> Vec<Titled> {
        let listed = self.listed.iter();
        listed
            .map(|one| entries::titled(self.resolved, one))
            .collect()
    }

    fn groups(&self) -> Groups {
        let listed = self.listed.iter();
        Groups::new(listed.map(|one| entries::labels(&self.resolved.catalogue, one)))
    }
}

/// Entries are numbered by 32 bits; more documents than that no site has.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
