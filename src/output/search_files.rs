//! The scripts that a search loads, in `assets/docsite/search/`: the directory of the index, its
//! shards, blocks that lead to texts, titles for entries whose text does not come, topics and types,
//! and loanwords.
//!
//! Each has a check, which whatever leads to it has too: what is of another build is not taken for
//! what it is now. `assets/docsite/search/shards.js` reads them. Not here: what is in them
//! (`search`), texts (`search_texts`), and which are written (`pipeline::searchable`).

use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;
use crate::search::{CHECK, Directory, Loanwords, check};

use super::data::{given, script};
use super::mark;

/// Relative to the output.
pub const FOLDER: &str = "assets/docsite/search/";
/// Entries whose texts, or titles, are named in one block.
pub const BLOCK: usize = 128;
/// Entries of a small site whose texts are in one block.
pub const TOGETHER: usize = 16;
const VERSION: u32 = 6;
pub const DIRECTORY: &str = "directory";
pub const GROUPS: &str = "groups";

/// The script that leads to all others.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Head {
    version: u32,
    #[serde(flatten)]
    pub directory: Directory,
    /// Entries whose texts are in one block; none where each has a script.
    together: usize,
    /// The check of the groups.
    groups: String,
    /// The checks of the blocks.
    blocks: String,
    /// The checks of the blocks of titles.
    titles: String,
}

/// Where entries with the same topic and type begin; attachments have neither.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Groups(Vec<(u32, String, String)>);

impl Groups {
    /// Of the topic and type of each entry, in order; none for attachments.
    pub fn new<'a>(labels: impl Iterator<Item = Option<(&'a str, &'a str)>>) -> Self {
        let mut groups: Vec<(u32, String, String)> = Vec::new();
        for (entry, label) in (0..).zip(labels) {
            let (topic, kind) = label.unwrap_or_default();
            let last = groups.last();
            if !last.is_some_and(|(_, of, kind_of)| of == topic && kind_of == kind) {
                groups.push((entry, topic.to_owned(), kind.to_owned()));
            }
        }
        Self(groups)
    }

    /// The topic and type of an entry; none for attachments.
    pub fn of(&self, entry: u32) -> Option<(&str, &str)> {
        let after = self.0.partition_point(|(start, ..)| *start <= entry);
        let (_, topic, kind) = self.0.get(after.checked_sub(1)?)?;
        (!topic.is_empty()).then_some((topic, kind))
    }

    /// The topic and type of each group.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        let groups = self.0.iter();
        groups.map(|(_, topic, kind)| (topic.as_str(), kind.as_str()))
    }

    /// # Errors
    /// If they cannot be written as JSON.
    pub fn script(&self) -> serde_json::Result<Script> {
        shard(GROUPS, &serde_json::to_string(self)?)
    }

    /// Reads what `script` wrote, if it has this check.
    pub fn read(expected: &str, bytes: &[u8]) -> Option<Self> {
        serde_json::from_str(&read_shard(GROUPS, expected, bytes)?).ok()
    }
}

/// What a result shows of an entry whose text cannot be loaded: path, address, title, whether it is
/// deprecated.
pub type Titled = (String, String, String, bool);

/// The path of a script in the output.
pub fn path(name: &str) -> String {
    format!("{FOLDER}{name}.js")
}

impl Head {
    /// With the checks of the groups, the blocks, and those of titles.
    pub fn new(directory: Directory, groups: String, blocks: String, titles: String) -> Self {
        Self {
            version: VERSION,
            together: if directory.is_small() { TOGETHER } else { 0 },
            directory,
            groups,
            blocks,
            titles,
        }
    }

    /// The names of the blocks, with their checks.
    pub fn blocks(&self) -> impl Iterator<Item = (String, &str)> {
        let blocks = each(&self.blocks).enumerate();
        blocks.map(|(at, check)| (block(at), check))
    }

    /// The names of the blocks of titles, with their checks.
    pub fn title_blocks(&self) -> impl Iterator<Item = (String, &str)> {
        let blocks = each(&self.titles).enumerate();
        blocks.map(|(at, check)| (title_block(at), check))
    }

    /// The checks of the blocks of titles.
    pub fn title_checks(&self) -> &str {
        &self.titles
    }

    /// The check of the groups.
    pub fn groups(&self) -> &str {
        &self.groups
    }

    /// # Errors
    /// If it cannot be written as JSON.
    pub fn bytes(&self) -> serde_json::Result<Vec<u8>> {
        let text = script(&give_name(DIRECTORY), self)?;
        Ok(mark::code(&text, Fingerprint::of(text.as_bytes())))
    }

    /// Reads what `bytes` wrote.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let head: Self = given(&give_name(DIRECTORY), &mark::unmarked(bytes)?)?;
        (head.version == VERSION).then_some(head)
    }
}

/// A script that is known by its check.
#[derive(Debug)]
pub struct Script {
    pub name: String,
    pub check: String,
    pub bytes: Vec<u8>,
}

/// A script for each `BLOCK` titles, in the order of the entries.
///
/// # Errors
/// If one cannot be written as JSON.
pub fn titles(titles: &[Titled]) -> serde_json::Result<Vec<Script>> {
    let blocks = (0..).zip(titles.chunks(BLOCK));
    let blocks = blocks.map(|(at, titles)| {
        let text = serde_json::to_string(titles)?;
        shard(&title_block(at), &text)
    });
    blocks.collect()
}

/// The checks of scripts, in a row.
pub fn checks(scripts: &[Script]) -> String {
    scripts.iter().map(|one| one.check.as_str()).collect()
}

/// Each of the checks in a row.
fn each(checks: &str) -> impl Iterator<Item = &str> {
    let starts = (0..checks.len()).step_by(CHECK);
    starts.filter_map(|at| checks.get(at..at + CHECK))
}

/// `titles-2`.
pub fn title_block(number: usize) -> String {
    format!("titles-{number}")
}

/// `block-2`.
pub fn block(number: usize) -> String {
    format!("block-{number}")
}

pub(super) fn give_name(name: &str) -> String {
    format!("search/{name}")
}

/// The script of a shard or a block: its check, and its text. The key of its mark is the hash of the
/// text.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn shard(name: &str, text: &str) -> serde_json::Result<Script> {
    let print = Fingerprint::of(text.as_bytes());
    let check = check(print);
    let script = script(&give_name(name), &format!("{check}{text}"))?;
    Ok(Script {
        name: name.to_owned(),
        check,
        bytes: mark::code(&script, print),
    })
}

/// The text that `shard` wrote, if it has this check.
pub fn read_shard(name: &str, expected: &str, bytes: &[u8]) -> Option<String> {
    let given: String = given(&give_name(name), &mark::unmarked(bytes)?)?;
    let text = given.strip_prefix(expected)?;
    (check(Fingerprint::of(text.as_bytes())) == expected).then(|| text.to_owned())
}

/// The script of the loanwords: a line for each word, with tabs before the others for it.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn loanwords(loanwords: &Loanwords) -> serde_json::Result<Vec<u8>> {
    let one_word = |word: &String| word.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = loanwords.listed().iter().map(|(word, others)| {
        let words = std::iter::once(word).chain(others).map(one_word);
        words.collect::<Vec<_>>().join("\t")
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let text = script(&give_name("loanwords"), &lines)?;
    Ok(mark::code(&text, Fingerprint::of(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_of_another_build_is_not_read() {
        let bytes = shard("t-a", "Aa:BC").expect("JSON").bytes;
        let own = check(Fingerprint::of(b"Aa:BC"));
        assert_eq!(read_shard("t-a", &own, &bytes).as_deref(), Some("Aa:BC"));
        assert_eq!(read_shard("t-a", "zzz", &bytes), None);
        assert_eq!(read_shard("t-b", &own, &bytes), None);
        assert_eq!(read_shard("t-a", &own, b"docsite.give("), None);
    }
}
