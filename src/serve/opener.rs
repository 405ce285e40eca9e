//! Opens the source of a block of a page in the owner's editor.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::disk;
use crate::markdown::blocks::{bare, blocks};
use crate::model::document;
use crate::name::Basename;
use crate::search::place_of;

/// A command, with `{path}` and `{line}` in it, and the site whose documents it opens.
#[derive(Debug)]
pub struct Opener {
    command: Vec<String>,
    site: PathBuf,
}

impl Opener {
    /// # Errors
    ///
    /// If the command has no program, or does not name the path.
    pub fn new(command: &str, site: PathBuf) -> Result<Self> {
        let Some(command) = shlex::split(command).filter(|command| !command.is_empty()) else {
            bail!("--edit-with `{command}` is not a command");
        };
        if !command.iter().any(|word| word.contains("{path}")) {
            bail!("--edit-with has no {{path}}: for example 'code -g {{path}}:{{line}}'");
        }
        Ok(Self { command, site })
    }

    /// Starts the editor, for a query with the basename of a `doc` and the `text` of a block of it,
    /// `before` which so many begin with the same; and the text of the `next`.
    pub(super) fn open(&self, query: &str) -> bool {
        let mut doc = None;
        let mut wanted = Wanted::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "doc" => doc = Basename::parse(&value).ok(),
                "text" => wanted.text = value.into_owned(),
                "before" => wanted.before = value.parse().unwrap_or(0),
                "next" => wanted.next = value.into_owned(),
                _ => {}
            }
        }
        let Some(path) = doc.map(|doc| self.site.join(doc.source())) else {
            return false;
        };
        let Ok(Some(source)) = disk::read(&path) else {
            return false;
        };
        let line = line_of(&String::from_utf8_lossy(&source), &wanted);
        let path = path.to_string_lossy();
        let fill = |word: &String| {
            word.replace("{path}", &path)
                .replace("{line}", &line.to_string())
        };
        let words: Vec<String> = self.command.iter().map(fill).collect();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().is_ok()
    }
}

/// A block as a browser describes it: by what a reader sees of it.
#[derive(Debug, Default)]
struct Wanted {
    /// Its text, or the beginning of it.
    text: String,
    /// How many before it begin with the same.
    before: usize,
    /// The text of the next block: where it is, is near.
    next: String,
}

/// The line where a block begins in its source; of one that is nowhere, where its text is, or the next
/// block, or the first.
fn line_of(source: &str, wanted: &Wanted) -> usize {
    let place = place_of_block(source, &wanted.text, wanted.before)
        .or_else(|| place_of(source, &wanted.text))
        .or_else(|| place_of_block(source, &wanted.next, 0));
    line_at(source, place.unwrap_or(0))
}

fn place_of_block(source: &str, text: &str, before: usize) -> Option<usize> {
    let body = document::body(source);
    let text = bare(text);
    if text.is_empty() {
        return None;
    }
    let mut blocks = blocks(body);
    blocks.retain(|(_, of)| !of.is_empty() && (of.starts_with(&text) || text.starts_with(of)));
    // A button, say, may be in the text of a page.
    let best = blocks.iter().map(|(_, of)| of == &text).max();
    let mut places: Vec<usize> = blocks
        .iter()
        .filter(|(_, of)| Some(of == &text) == best)
        .map(|(at, _)| source.len() - body.len() + at)
        .collect();
    places.dedup_by_key(|at| line_at(source, *at));
    places.get(before).or(places.last()).copied()
}

fn line_at(source: &str, at: usize) -> usize {
    1 + source[..at].matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_found_by_its_text_and_how_many_are_like_it() {
        let source = "---\ntitle: it\n---\n\n# 제목\n\n첫 **문단**은\n두 줄이다.\n\n\
            - item\n- it\n- it\n\n같다.\n\n같다.\n\n| 칸 | 값 |\n|---|---|\n| 1 | 2 |\n| 1 | 2 |\n\n\
            [링크](https://a.example) 뒤\n\n```sh\nrun it\n```\n\n![그림](a.svg)\n\n$$y^2$$\n\n$$y^2$$\n";
        for (text, before, line) in [
            ("제목", 0, 5),
            ("첫 문단은 두 줄이다.", 0, 7),
            ("it", 0, 11),
            ("it", 1, 12),
            ("같다.", 0, 14),
            ("같다.", 1, 16),
            ("칸 값", 0, 18),
            ("12", 1, 21),
            ("링크 뒤", 0, 23),
            ("run it\nCopy", 0, 25),
            ("그림", 0, 29),
            ("y2", 0, 31),
            ("y2", 1, 33),
            ("title", 0, 2),
            ("", 0, 1),
            ("없는 글", 0, 1),
        ] {
            let text = text.to_owned();
            let next = String::new();
            let wanted = Wanted { text, before, next };
            assert_eq!(line_of(source, &wanted), line, "{wanted:?}");
        }
        let unwritten = Wanted {
            text: "참고".to_owned(),
            next: "같다.".to_owned(),
            ..Wanted::default()
        };
        assert_eq!(line_of(source, &unwritten), 14);
    }

    #[test]
    fn a_command_names_the_path() {
        let new = |command| Opener::new(command, PathBuf::new());
        assert!(new("code -g {path}:{line}").is_ok());
        assert!(new("vim").is_err());
        assert!(new("").is_err());
        assert!(new("'open {path}").is_err());
    }
}
