//! The scripts that a search loads, in `assets/docsite/search/`: the directory of the index, its
//! shards, the text of each entry, and the names of these in blocks; titles, for entries whose text
//! does not come; and loanwords.
//!
//! Each has a check, which whatever leads to it has too: what is of another build is not taken for
//! what it is now. `assets/docsite/search/shards.js` reads them. Not here: what is in them
//! (`search`), and which are written (`pipeline::searchable`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::fingerprint::{Fingerprint, Parts};
use crate::search::{CHECK, Directory, Entry, Loanwords, Section, check};

use super::data::{given, script};
use super::mark;

/// Relative to the output.
pub const FOLDER: &str = "assets/docsite/search/";
/// Entries whose texts, or titles, are named in one block.
pub const BLOCK: usize = 128;
/// Letters of a text's name.
const NAME: usize = 6;
/// Of names, which some file systems have in one case only.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const VERSION: u32 = 2;
pub const DIRECTORY: &str = "directory";

/// The script that leads to all others.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Head {
    version: u32,
    #[serde(flatten)]
    pub directory: Directory,
    /// Where entries with the same topic and type begin; attachments have neither.
    pub groups: Vec<(u32, String, String)>,
    /// The check of each block.
    blocks: Vec<String>,
    /// The check of each block of titles.
    titles: Vec<String>,
}

/// What a result shows of an entry whose text cannot be loaded: path, address, title, whether it is
/// deprecated.
pub type Titled = (String, String, String, bool);

/// Where the text of an entry is, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextName {
    pub name: String,
    pub check: String,
}

impl TextName {
    /// The name of its script.
    pub fn script(&self) -> String {
        text_script(&self.name)
    }
}

/// `x-k3q2ab`.
pub fn text_script(name: &str) -> String {
    format!("x-{name}")
}

/// The path of a script in the output.
pub fn path(name: &str) -> String {
    format!("{FOLDER}{name}.js")
}

/// The names that the text of a path may have: the first that no text before it has.
pub fn names_of(path: &str) -> impl Iterator<Item = String> {
    (0..).map(move |times| letters(&format!("{path}{}", "/".repeat(times))))
}

/// A name for the text of each path: all different, whatever the case.
pub fn text_names<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for path in paths {
        let name = names_of(path).find(|name| taken.insert(name.clone()));
        names.extend(name);
    }
    names
}

fn letters(text: &str) -> String {
    let print = Fingerprint::of(text.as_bytes()).to_bytes();
    let letters = print.iter().take(NAME);
    letters
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect()
}

impl Head {
    /// With the names of all texts, in the order of the entries; and the texts of the blocks.
    /// `titles`: the checks of the blocks of titles.
    pub fn new(
        directory: Directory,
        groups: Vec<(u32, String, String)>,
        texts: &[TextName],
        titles: Vec<String>,
    ) -> (Self, Vec<String>) {
        let blocks = texts.chunks(BLOCK).map(|block| {
            let names = block
                .iter()
                .map(|text| format!("{}{}", text.name, text.check));
            names.collect::<String>()
        });
        let blocks: Vec<String> = blocks.collect();
        let head = Self {
            version: VERSION,
            directory,
            groups,
            blocks: checks_of(&blocks),
            titles,
        };
        (head, blocks)
    }

    /// The names of the blocks, with their checks.
    pub fn blocks(&self) -> impl Iterator<Item = (String, &str)> {
        let blocks = self.blocks.iter().enumerate();
        blocks.map(|(at, check)| (block(at), check.as_str()))
    }

    /// The names of the blocks of titles, with their checks.
    pub fn title_blocks(&self) -> impl Iterator<Item = (String, &str)> {
        let blocks = self.titles.iter().enumerate();
        blocks.map(|(at, check)| (title_block(at), check.as_str()))
    }

    /// The checks of the blocks of titles.
    pub fn title_checks(&self) -> &[String] {
        &self.titles
    }

    /// The topic and type of an entry; none for attachments.
    pub fn group(&self, entry: u32) -> Option<(&str, &str)> {
        let after = self.groups.partition_point(|(start, ..)| *start <= entry);
        let (_, topic, kind) = self.groups.get(after.checked_sub(1)?)?;
        (!topic.is_empty()).then_some((topic, kind))
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

/// The texts of the blocks of titles.
///
/// # Errors
/// If one cannot be written as JSON.
pub fn titles(titles: &[Titled]) -> serde_json::Result<Vec<String>> {
    titles.chunks(BLOCK).map(serde_json::to_string).collect()
}

/// The checks of shards or blocks.
pub fn checks_of(texts: &[String]) -> Vec<String> {
    let checks = texts
        .iter()
        .map(|text| check(Fingerprint::of(text.as_bytes())));
    checks.collect()
}

/// `titles-2`.
pub fn title_block(number: usize) -> String {
    format!("titles-{number}")
}

/// `block-2`.
pub fn block(number: usize) -> String {
    format!("block-{number}")
}

/// The names in a block.
pub fn read_block(text: &str) -> Option<Vec<TextName>> {
    let letters = text.as_bytes().chunks(NAME + CHECK);
    let names = letters.map(|one| {
        let (name, check) = one.split_at_checked(NAME)?;
        Some(TextName {
            name: String::from_utf8(name.to_vec()).ok()?,
            check: String::from_utf8(check.to_vec()).ok()?,
        })
    });
    names.collect()
}

fn give_name(name: &str) -> String {
    format!("search/{name}")
}

/// The script of a shard or a block: its check, and its text. The key of its mark is the hash of the
/// text.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn shard(name: &str, text: &str) -> serde_json::Result<Vec<u8>> {
    let print = Fingerprint::of(text.as_bytes());
    let script = script(&give_name(name), &format!("{}{text}", check(print)))?;
    Ok(mark::code(&script, print))
}

/// The text that `shard` wrote, if it has this check.
pub fn read_shard(name: &str, expected: &str, bytes: &[u8]) -> Option<String> {
    let given: String = given(&give_name(name), &mark::unmarked(bytes)?)?;
    let text = given.strip_prefix(expected)?;
    (check(Fingerprint::of(text.as_bytes())) == expected).then(|| text.to_owned())
}

/// An entry as a script.
#[derive(Debug, Serialize, Deserialize)]
struct Text {
    check: String,
    path: String,
    href: String,
    title: String,
    name: String,
    tags: Vec<String>,
    deprecated: bool,
    /// Heading, id, text, code, where what is not prose begins, and for both where lines of the
    /// source begin.
    sections: Vec<(String, String, String, String, usize, Steps, Steps)>,
}

/// Bytes and lines in turn, each less those before.
type Steps = Vec<usize>;

/// What is searched, with where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// The path of its source relative to the site.
    pub path: String,
    /// Its address relative to the output.
    pub href: String,
    pub entry: Entry,
}

impl Searched {
    /// Whether nothing but its name is searched.
    pub fn is_name_only(&self) -> bool {
        self.entry.sections.is_empty()
    }
}

/// What a text is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct From {
    /// Hash of the document or file.
    pub source: Fingerprint,
    /// Hash of all else.
    pub key: Fingerprint,
}

impl From {
    pub fn check(&self) -> String {
        let parts = Parts::default().with(self.source.to_bytes());
        check(parts.with(self.key.to_bytes()).finish())
    }
}

/// The script of an entry's text.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn text(name: &str, from: From, searched: Searched) -> serde_json::Result<Vec<u8>> {
    let entry = searched.entry;
    let sections = entry.sections.into_iter().map(|section| {
        let lines = steps(&section.lines);
        let code_lines = steps(&section.code_lines);
        let Section {
            heading,
            id,
            text,
            code,
            ..
        } = section;
        (heading, id, text, code, section.prose, lines, code_lines)
    });
    let text = Text {
        check: from.check(),
        path: searched.path,
        href: searched.href,
        title: entry.title,
        name: entry.name,
        tags: entry.tags,
        deprecated: entry.deprecated,
        sections: sections.collect(),
    };
    let script = script(&give_name(&text_script(name)), &text)?;
    Ok(mark::code_of(&script, from.source, from.key))
}

/// The entry that `text` wrote, if it has this check.
pub fn read_text(name: &TextName, bytes: &[u8]) -> Option<Searched> {
    let text: Text = given(&give_name(&name.script()), &mark::unmarked(bytes)?)?;
    if text.check != name.check {
        return None;
    }
    let sections = text.sections.into_iter();
    let sections = sections.map(|(heading, id, text, code, prose, lines, code_lines)| {
        Some(Section {
            heading,
            id,
            text,
            code,
            prose,
            lines: places(&lines)?,
            code_lines: places(&code_lines)?,
        })
    });
    Some(Searched {
        path: text.path,
        href: text.href,
        entry: Entry {
            title: text.title,
            name: text.name,
            tags: text.tags,
            sections: sections.collect::<Option<_>>()?,
            deprecated: text.deprecated,
        },
    })
}

fn steps(lines: &[(usize, usize)]) -> Steps {
    let mut last = (0, 0);
    let steps = lines.iter().flat_map(|(at, line)| {
        let step = [at.saturating_sub(last.0), line.saturating_sub(last.1)];
        last = (*at, *line);
        step
    });
    steps.collect()
}

fn places(steps: &[usize]) -> Option<Vec<(usize, usize)>> {
    let mut last = (0_usize, 0_usize);
    let places = steps.chunks(2).map(|step| {
        let [at, line] = step else {
            return None;
        };
        last = (last.0.checked_add(*at)?, last.1.checked_add(*line)?);
        Some(last)
    });
    places.collect()
}

/// The script of the loanwords: pairs of a word and a list.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn loanwords(loanwords: &Loanwords) -> serde_json::Result<Vec<u8>> {
    let text = script(&give_name("loanwords"), &loanwords.listed())?;
    Ok(mark::code(&text, Fingerprint::of(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reads_back() {
        let searched = Searched {
            path: "markdown/a__b-c.md".to_owned(),
            href: "a__b-c.html".to_owned(),
            entry: Entry {
                title: "제목 </script>".to_owned(),
                name: "c".to_owned(),
                tags: vec!["t".to_owned()],
                sections: vec![Section {
                    heading: "절".to_owned(),
                    id: "절".to_owned(),
                    text: "가\n나".to_owned(),
                    code: "x: 1".to_owned(),
                    prose: 4,
                    lines: vec![(0, 7), (4, 9)],
                    code_lines: vec![(0, 12)],
                }],
                deprecated: true,
            },
        };
        let from = From {
            source: Fingerprint::of(b"source"),
            key: Fingerprint::of(b"key"),
        };
        let bytes = text("abcdef", from, searched.clone()).expect("JSON");
        let mut name = TextName {
            name: "abcdef".to_owned(),
            check: from.check(),
        };
        assert_eq!(read_text(&name, &bytes), Some(searched));
        name.check = "???".to_owned();
        assert_eq!(read_text(&name, &bytes), None);
    }

    #[test]
    fn a_shard_of_another_build_is_not_read() {
        let bytes = shard("t-a", "Aa:BC").expect("JSON");
        let own = check(Fingerprint::of(b"Aa:BC"));
        assert_eq!(read_shard("t-a", &own, &bytes).as_deref(), Some("Aa:BC"));
        assert_eq!(read_shard("t-a", "zzz", &bytes), None);
        assert_eq!(read_shard("t-b", &own, &bytes), None);
        assert_eq!(read_shard("t-a", &own, b"docsite.give("), None);
    }

    #[test]
    fn names_are_different_and_read_back() {
        let paths: Vec<String> = (0..5000).map(|at| format!("markdown/{at}.md")).collect();
        let names = text_names(paths.iter().map(String::as_str));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 5000);
        let texts: Vec<TextName> = names
            .into_iter()
            .map(|name| TextName {
                check: check(Fingerprint::of(name.as_bytes())),
                name,
            })
            .collect();
        let (head, blocks) = Head::new(Directory::default(), Vec::new(), &texts, Vec::new());
        assert_eq!(head.blocks().count(), blocks.len());
        let read: Option<Vec<_>> = blocks.iter().map(|block| read_block(block)).collect();
        assert_eq!(read.map(|read| read.concat()), Some(texts));
    }
}
