//! Opens the source of a block of a page in the owner's editor.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::disk;
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

    /// Starts the editor, for a query with the basename of a `doc` and the `text` of a block of it.
    pub(super) fn open(&self, query: &str) -> bool {
        let mut doc = None;
        let mut text = String::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "doc" => doc = Basename::parse(&value).ok(),
                "text" => text = value.into_owned(),
                _ => {}
            }
        }
        let Some(path) = doc.map(|doc| self.site.join(doc.source())) else {
            return false;
        };
        let Ok(Some(source)) = disk::read(&path) else {
            return false;
        };
        let line = line_of(&String::from_utf8_lossy(&source), &text);
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

/// The line where a text begins in its source, by letters and digits; the first if nowhere.
fn line_of(source: &str, text: &str) -> usize {
    let at = place_of(source, text).unwrap_or(0);
    1 + source[..at].matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_found_by_its_text() {
        let source = "---\ntitle: a\n---\n\n# 제목\n\n첫 **문단**은\n두 줄이다.\n\n- [링크](https://a.example) 뒤\n";
        for (text, line) in [
            ("제목", 5),
            ("첫 문단은 두 줄이다.", 7),
            ("두 줄이다.", 8),
            ("링크 뒤", 10),
            ("", 1),
            ("없는 글", 1),
        ] {
            assert_eq!(line_of(source, text), line, "{text}");
        }
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
