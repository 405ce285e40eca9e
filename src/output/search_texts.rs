//! The text of each entry of the search: a script of its own, which its name and check lead to; or, where entries
//! are few, some of them together in each script, which are then smaller than they would be apart.
//!
//! Not here: the other scripts (`search_files`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::data::{given, script};
use super::mark;
use super::search_files::{BLOCK, Script, TOGETHER, block, give_name, read_shard, shard};
use crate::fingerprint::{Fingerprint, Parts};
use crate::search::{CHECK, Entry, Section, check, digits};

/// Letters of a text's name.
const NAME: usize = 6;
/// Of names, which some file systems have in one case only.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Digits of each hash that a text is made from, where no mark has them.
const HASH: usize = 8;

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

/// All texts, in the order of the entries.
#[derive(Debug, Clone)]
pub enum Texts {
    /// Each has a script.
    Apart(Vec<TextName>),
    Together(Vec<(TextName, Searched)>),
}

impl Texts {
    /// None yet.
    pub fn new(are_together: bool) -> Self {
        if are_together {
            Self::Together(Vec::new())
        } else {
            Self::Apart(Vec::new())
        }
    }

    /// Adds those of a block with this check, as `blocks` wrote it; none if it is another.
    pub fn read(&mut self, name: &str, expected: &str, bytes: &[u8]) -> Option<()> {
        match self {
            Self::Apart(names) => {
                let block: String = read_shard(name, expected, bytes)?;
                names.extend(read_names(&block)?);
            }
            Self::Together(all) => {
                let block: Block = given(&give_name(name), &mark::unmarked(bytes)?)?;
                if block.check != expected {
                    return None;
                }
                for text in block.texts {
                    let check = text.check.clone();
                    let name = names_of(&text.path)
                        .find(|name| all.iter().all(|(other, _)| other.name != *name))?;
                    all.push((TextName { name, check }, text.searched()?));
                }
            }
        }
        Some(())
    }

    pub fn names(&self) -> Vec<&TextName> {
        match self {
            Self::Apart(names) => names.iter().collect(),
            Self::Together(all) => all.iter().map(|(name, _)| name).collect(),
        }
    }

    /// The scripts that lead to texts apart, or that have those together.
    ///
    /// # Errors
    /// If one cannot be written as JSON.
    pub fn blocks(&self) -> serde_json::Result<Vec<Script>> {
        match self {
            Self::Apart(names) => (0..)
                .zip(names.chunks(BLOCK))
                .map(|(at, names)| {
                    let names = names.iter();
                    let names = names.map(|text| format!("{}{}", text.name, text.check));
                    shard(&block(at), &names.collect::<String>())
                })
                .collect(),
            Self::Together(all) => (0..)
                .zip(all.chunks(TOGETHER))
                .map(|(at, texts)| {
                    let texts = texts.iter();
                    let texts = texts.map(|(name, one)| Text::new(name.check.clone(), one.clone()));
                    together(&block(at), texts.collect())
                })
                .collect(),
        }
    }
}

/// The list at the head of a block; none where it is torn.
fn read_names(text: &str) -> Option<Vec<TextName>> {
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

/// Texts as one script.
#[derive(Debug, Serialize, Deserialize)]
struct Block {
    check: String,
    texts: Vec<Text>,
}

fn together(name: &str, texts: Vec<Text>) -> serde_json::Result<Script> {
    let print = Fingerprint::of(&serde_json::to_vec(&texts)?);
    let check = check(print);
    let script = script(
        &give_name(name),
        &Block {
            check: check.clone(),
            texts,
        },
    )?;
    Ok(Script {
        name: name.to_owned(),
        check,
        bytes: mark::code(&script, print),
    })
}

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
    /// The check of a text whose mark has both hashes.
    pub fn check(&self) -> String {
        let parts = Parts::default().with(self.source.to_bytes());
        check(parts.with(self.key.to_bytes()).finish())
    }

    /// That of a text that has no mark.
    pub fn long_check(&self) -> String {
        digits(self.source, HASH) + &digits(self.key, HASH)
    }
}

/// The long check of a text with another source.
pub fn revised(check: &str, source: Fingerprint) -> Option<String> {
    Some(digits(source, HASH) + check.get(HASH..)?)
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
    /// source begin: none for code that is a whole file.
    sections: Vec<(String, String, String, String, usize, Steps, Steps)>,
}

/// Bytes and lines in turn, each less those before.
type Steps = Vec<usize>;

impl Text {
    fn new(check: String, searched: Searched) -> Self {
        let entry = searched.entry;
        let sections = entry.sections.into_iter().map(|section| {
            let lines = steps(&section.lines);
            let code_lines = if section.code_lines == lines_of_file(&section.code) {
                Vec::new()
            } else {
                steps(&section.code_lines)
            };
            let Section {
                heading,
                id,
                text,
                code,
                ..
            } = section;
            (heading, id, text, code, section.prose, lines, code_lines)
        });
        Self {
            check,
            path: searched.path,
            href: searched.href,
            title: entry.title,
            name: entry.name,
            tags: entry.tags,
            deprecated: entry.deprecated,
            sections: sections.collect(),
        }
    }

    fn searched(self) -> Option<Searched> {
        let sections = self.sections.into_iter();
        let sections = sections.map(|(heading, id, text, code, prose, lines, code_lines)| {
            let code_lines = if code_lines.is_empty() && !code.is_empty() {
                lines_of_file(&code)
            } else {
                places(&code_lines)?
            };
            Some(Section {
                heading,
                id,
                text,
                code,
                prose,
                lines: places(&lines)?,
                code_lines,
            })
        });
        Some(Searched {
            path: self.path,
            href: self.href,
            entry: Entry {
                title: self.title,
                name: self.name,
                tags: self.tags,
                sections: sections.collect::<Option<_>>()?,
                deprecated: self.deprecated,
            },
        })
    }
}

/// The script of an entry's text.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn text(name: &str, from: From, searched: Searched) -> serde_json::Result<Vec<u8>> {
    let text = Text::new(from.check(), searched);
    let script = script(&give_name(&text_script(name)), &text)?;
    Ok(mark::code_of(&script, from.source, from.key))
}

/// The entry that `text` wrote, if it has this check.
pub fn read_text(name: &TextName, bytes: &[u8]) -> Option<Searched> {
    let text: Text = given(&give_name(&name.script()), &mark::unmarked(bytes)?)?;
    if text.check == name.check {
        text.searched()
    } else {
        None
    }
}

/// Where the lines of a file begin.
pub fn lines_of_file(text: &str) -> Vec<(usize, usize)> {
    let starts = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).zip(1..).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn searched(path: &str) -> Searched {
        Searched {
            path: path.to_owned(),
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
        }
    }

    const SOURCE: &[u8] = b"source";

    fn from() -> From {
        From {
            source: Fingerprint::of(SOURCE),
            key: Fingerprint::of(b"key"),
        }
    }

    #[test]
    fn a_text_reads_back() {
        let mut searched = searched("markdown/a__b-c.md");
        let code = "kind: 가\nname: x\n".to_owned();
        searched.entry.sections.push(Section {
            code_lines: lines_of_file(&code),
            code,
            ..Section::default()
        });
        let bytes = text("abcdef", from(), searched.clone()).expect("JSON");
        let mut name = TextName {
            name: "abcdef".to_owned(),
            check: from().check(),
        };
        assert_eq!(read_text(&name, &bytes), Some(searched));
        name.check = "???".to_owned();
        assert_eq!(read_text(&name, &bytes), None);
    }

    #[test]
    fn blocks_read_back() {
        let paths: Vec<String> = (0..5000).map(|at| format!("markdown/{at}.md")).collect();
        for (count, are_together) in [(5000, false), (20, true)] {
            let paths = paths.iter().take(count).map(String::as_str);
            let names = text_names(paths.clone());
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), count);
            let check = if are_together {
                from().long_check()
            } else {
                from().check()
            };
            let names = names.into_iter().map(|name| TextName {
                name,
                check: check.clone(),
            });
            let texts = if are_together {
                Texts::Together(names.zip(paths.map(searched)).collect())
            } else {
                Texts::Apart(names.collect())
            };
            let mut read = Texts::new(are_together);
            for block in texts.blocks().expect("JSON") {
                let own = read.read(&block.name, &block.check, &block.bytes);
                let of_another = read.clone().read(&block.name, "???", &block.bytes);
                assert_eq!((own, of_another), (Some(()), None));
            }
            assert_eq!(read.names(), texts.names());
            if let (Texts::Together(read), Texts::Together(texts)) = (read, texts) {
                assert_eq!(read, texts);
            }
        }
    }

    #[test]
    fn a_long_check_says_which_source_it_is_of() {
        let other = From {
            source: Fingerprint::of(b"other"),
            ..from()
        };
        let changed = revised(&other.long_check(), from().source);
        assert_eq!(changed, Some(from().long_check()));
        assert_ne!(from().long_check(), other.long_check());
    }
}
