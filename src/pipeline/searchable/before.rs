//! The scripts of the search as an earlier build left them.
//!
//! Not here: what they become (`searchable`).

use std::fmt;

use crate::disk;
use crate::output::page_state::PageState;
use crate::output::search_files::{self as files, DIRECTORY, GROUPS, Groups, Head};
use crate::output::search_texts::{Searched, Texts, names_of, read_text};
use crate::pipeline::site::Site;
use crate::pipeline::stat_index::StatIndex;
use crate::search::{Index, check};

/// Names that are tried: two texts hardly ever have the same first one.
const MOST_NAMES: usize = 4;

/// All that fit together.
pub struct Before<'a> {
    pub site: &'a Site,
    pub head: Head,
    pub groups: Groups,
    pub index: Index<'a>,
    pub texts: Texts,
}

impl<'a> Before<'a> {
    /// None if a script is missing, was changed, or is of another build than the directory.
    pub fn read(site: &'a Site, stat: &StatIndex) -> Option<Self> {
        let is_of = |name: &str, expected: &str| {
            let found = stat.page(&files::path(name));
            matches!(found.state, PageState::Generated(mark) if check(mark.key) == expected)
        };
        let head = stat.page(&files::path(DIRECTORY));
        if !matches!(head.state, PageState::Generated(_)) {
            return None;
        }
        let before = Self::open(site)?;
        let head = &before.head;
        let is_whole = before
            .index
            .scripts()
            .all(|(name, check)| is_of(&name, check))
            && head.blocks().all(|(name, check)| is_of(&name, check))
            && head.title_blocks().all(|(name, check)| is_of(&name, check))
            && is_of(GROUPS, head.groups());
        is_whole.then_some(before)
    }

    /// The same, without looking at the shards.
    pub fn open(site: &'a Site) -> Option<Self> {
        let head = Head::read(&read(site, DIRECTORY)?)?;
        let mut texts = Texts::new(head.directory.is_small());
        for (name, check) in head.blocks() {
            texts.read(&name, check, &read(site, &name)?)?;
        }
        let index = Index::open(&head.directory, |name, check| {
            files::read_shard(name, check, &read(site, name)?)
        })?;
        let groups = Groups::read(head.groups(), &read(site, GROUPS)?)?;
        Some(Self {
            site,
            head,
            groups,
            index,
            texts,
        })
    }

    /// The entry with this path, and its number.
    pub(super) fn find(&self, path: &str) -> Option<(u32, Searched)> {
        let all = self.texts.names();
        let mut names = names_of(path).take(MOST_NAMES);
        names.find_map(|name| {
            let at = all.iter().position(|text| text.name == name)?;
            let searched = self.searched(at)?;
            (searched.path == path).then_some((u32::try_from(at).ok()?, searched))
        })
    }

    /// What is searched of an entry; none if the file is not as it was written.
    pub fn searched(&self, entry: usize) -> Option<Searched> {
        match &self.texts {
            Texts::Apart(names) => {
                let name = names.get(entry)?;
                read_text(name, &read(self.site, &name.script())?)
            }
            Texts::Together(all) => Some(all.get(entry)?.1.clone()),
        }
    }
}

fn read(site: &Site, name: &str) -> Option<Vec<u8>> {
    let file = site.output_file(&files::path(name));
    disk::read_whole(&file).ok().flatten()
}

impl fmt::Debug for Before<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Before")
            .field("head", &self.head)
            .finish_non_exhaustive()
    }
}
