//! Includes of mdBook, `MkDocs` and `VitePress`, replaced by what they include: also in code, where
//! they are most often.
//!
//! Not here: notes that a wikilink embeds (`links`), since their links have a place of their own.

use super::folder::Folder;
use super::front;
use super::habits::Habits;
use super::left::Left;
use super::places::{Found, Places};
use super::verbatim;

/// How deep files may include each other.
const DEEPEST: usize = 10;
/// In bytes: how much a text may get by includes.
const MOST: usize = 4 << 20;

pub(super) struct Includes<'a> {
    pub(super) folder: &'a Folder,
    pub(super) places: &'a Places,
    pub(super) habits: &'a Habits,
    pub(super) left: &'a mut Vec<Left>,
    /// How many there were.
    pub(super) count: usize,
    /// The notes that are included.
    pub(super) notes: Vec<usize>,
    /// The files that are open.
    stack: Vec<String>,
    size: usize,
}

/// What of a file is included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'t> {
    All,
    /// From 1, the last included.
    Lines(usize, usize),
    Named(&'t str),
}

impl<'a> Includes<'a> {
    pub(super) fn new(
        folder: &'a Folder,
        places: &'a Places,
        habits: &'a Habits,
        left: &'a mut Vec<Left>,
    ) -> Self {
        Self {
            folder,
            places,
            habits,
            left,
            count: 0,
            notes: Vec::new(),
            stack: Vec::new(),
            size: 0,
        }
    }

    /// The text of a file with everything that it includes.
    pub(super) fn expanded(&mut self, path: &str, text: &str) -> String {
        self.stack.push(path.to_owned());
        let mut out = String::with_capacity(text.len());
        let mut in_block = false;
        let comments = verbatim::comments(text);
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let shown = line.trim();
            let is_hidden =
                verbatim::around(&comments, start).is_some_and(|span| span.start < start);
            start += line.len();
            if is_hidden {
                out.push_str(line);
                continue;
            }
            // A block of `MkDocs`: a file in each line.
            if shown == "--8<--" {
                in_block = !in_block;
                continue;
            }
            let at = (path, number + 1);
            if in_block && !shown.is_empty() && !shown.starts_with(';') {
                let included = self.include(at, shown, false);
                out.push_str(&included.map_or_else(|| line.to_owned(), |text| put_in(line, &text)));
            } else {
                out.push_str(&self.line(at, line));
            }
        }
        self.stack.pop();
        out
    }

    fn line(&mut self, at: (&str, usize), line: &str) -> String {
        let shown = line.trim();
        let whole = shown
            .strip_prefix("--8<--")
            .and_then(|rest| rest.trim().strip_prefix('"')?.strip_suffix('"'))
            .or_else(|| {
                shown
                    .strip_prefix("<!--")?
                    .trim_start()
                    .strip_prefix("@include:")?
                    .strip_suffix("-->")
            });
        if let Some(target) = whole {
            return match self.include(at, target.trim(), false) {
                Some(text) => put_in(line, &text),
                None => line.to_owned(),
            };
        }
        let mut out = String::new();
        let mut rest = line;
        while let Some(start) = rest.find("{{#") {
            let (before, from) = rest.split_at(start);
            let Some(end) = from.find("}}") else {
                break;
            };
            let mut words = from[3..end].split_whitespace();
            let (name, target) = (words.next().unwrap_or_default(), words.next());
            let is_include = matches!(name, "include" | "rustdoc_include" | "playground");
            let included = match target.filter(|_| is_include && !before.ends_with('\\')) {
                Some(target) => self.include(at, target, name != "playground"),
                None => None,
            };
            out.push_str(before);
            match included {
                Some(text) if name == "playground" => {
                    out.push_str(&format!("```rust\n{}\n```", text.trim_end()));
                }
                Some(text) => out.push_str(text.strip_suffix('\n').unwrap_or(&text)),
                None => out.push_str(&from[..end + 2]),
            }
            rest = &from[end + 2..];
        }
        out + rest
    }

    /// What a target names, with its own includes; `None` after saying why not.
    fn include(
        &mut self,
        (path, line): (&str, usize),
        target: &str,
        has_anchors: bool,
    ) -> Option<String> {
        let (file, part) = parted(target);
        let mut leave = |why, what: &str| {
            self.left.push(Left::new(path, Some(line), why, what));
            None
        };
        let (found, text) = match self.places.file(path, file) {
            Found::Note(id) => {
                let note = &self.folder.notes[id];
                self.notes.push(id);
                let mut ignored = Vec::new();
                let front = front::read(&note.path, &note.text, self.habits, &mut ignored);
                (note.path.clone(), front.body.to_owned())
            }
            Found::File(found) => match self.folder.text(&found) {
                Some(text) => (found, text),
                None => return leave("an include of a file that is not text", target),
            },
            Found::Beyond => return leave("an include from outside of the folder", target),
            _ => return leave("an include of a file that is not there", target),
        };
        if self.stack.contains(&found) {
            return leave("an include that leads back to itself", target);
        }
        if self.stack.len() > DEEPEST {
            return leave("includes that are too deep", target);
        }
        let Some(text) = part.of(&text) else {
            return leave("an include of a part that is not there", target);
        };
        self.size += text.len();
        if self.size > MOST {
            return leave("includes that make the text too large", target);
        }
        self.count += 1;
        let text = if has_anchors || text.contains("8<--") {
            without_anchors(&text)
        } else {
            text
        };
        Some(self.expanded(&found, &text))
    }
}

/// The file, and the part of it.
fn parted(target: &str) -> (&str, Part<'_>) {
    // `C:` begins no part.
    let Some((file, rest)) = target.split_once(':').filter(|(file, _)| file.len() > 1) else {
        return (target, Part::All);
    };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let part = match rest.split_once(':') {
        Some((first, last)) if number(first).is_some() || first.is_empty() => Part::Lines(
            number(first).unwrap_or(1),
            number(last).unwrap_or(usize::MAX),
        ),
        None if number(rest).is_some() => {
            let line = number(rest).unwrap_or(1);
            Part::Lines(line, line)
        }
        _ if rest.is_empty() => Part::All,
        _ => Part::Named(rest),
    };
    (file, part)
}

impl Part<'_> {
    fn of(self, text: &str) -> Option<String> {
        let lines = || text.split_inclusive('\n');
        match self {
            Self::All => Some(text.to_owned()),
            Self::Lines(first, last) => {
                let first = first.max(1);
                let count = last.saturating_sub(first).saturating_add(1);
                (first <= text.lines().count())
                    .then(|| lines().skip(first - 1).take(count).collect())
            }
            Self::Named(name) => {
                let is_mark = |line: &str, words: [&str; 2]| {
                    let of_book = line
                        .split_once(words[0])
                        .is_some_and(|(_, rest)| rest.split_whitespace().next() == Some(name));
                    of_book || line.contains(&format!("[{}:{name}]", words[1]))
                };
                let start = lines().position(|line| is_mark(line, ["ANCHOR:", "start"]))?;
                let inside = lines().skip(start + 1);
                Some(
                    inside
                        .take_while(|line| !is_mark(line, ["ANCHOR_END:", "end"]))
                        .collect(),
                )
            }
        }
    }
}

/// Without the lines that mark parts.
fn without_anchors(text: &str) -> String {
    let is_mark = |line: &&str| {
        line.contains("ANCHOR:") || line.contains("ANCHOR_END:") || line.contains("8<-- [")
    };
    text.split_inclusive('\n')
        .filter(|line| !is_mark(line))
        .collect()
}

/// A text in the place of a line, with its indentation and quote marks.
fn put_in(line: &str, text: &str) -> String {
    let shown = line.trim_start_matches([' ', '\t', '>']);
    let before = &line[..line.len() - shown.len()];
    let mut out = String::new();
    for line in text.lines() {
        let space = if line.is_empty() {
            before.trim_end()
        } else {
            before
        };
        out.push_str(&format!("{space}{line}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_file_is_lines_or_has_a_name() {
        let text = "one\n// ANCHOR: a\ntwo\n// ANCHOR_END: a\nthree\n";
        for (target, expected) in [
            ("x.rs", Some(text)),
            ("x.rs:1", Some("one\n")),
            ("x.rs:5:", Some("three\n")),
            ("x.rs::1", Some("one\n")),
            ("x.rs:a", Some("two\n")),
            ("x.rs:b", None),
            ("x.rs:9:10", None),
        ] {
            let (file, part) = parted(target);
            assert_eq!(file, "x.rs");
            assert_eq!(part.of(text).as_deref(), expected, "{target}");
        }
        assert_eq!(without_anchors(text), "one\ntwo\nthree\n");
    }
}
