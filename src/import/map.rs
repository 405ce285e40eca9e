//! The map of an import: a TOML file that a person edits before the plan is carried out.
//!
//! Not here: names that the map does not give (`names`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{BuildError, nearest};
use crate::name::Basename;
use crate::place::{LineIndex, Position};
use crate::rule::Cause;

use super::imported::{Imported, Kept};

/// A map as it was read.
#[derive(Debug, Default)]
pub(super) struct Map {
    pub(super) file: String,
    /// Prefixes of topics with their names, in order.
    pub(super) topics: Vec<(String, String)>,
    /// Paths of files with their names, and where each is written.
    pub(super) documents: BTreeMap<String, (Basename, Position)>,
    /// Paths of files and, with `/` at the end, of folders.
    pub(super) skip: Vec<String>,
}

impl Map {
    /// Whether a file is left out.
    pub(super) fn skips(&self, path: &str) -> bool {
        self.skip
            .iter()
            .any(|skip| path == skip || (skip.ends_with('/') && path.starts_with(skip)))
    }

    /// Reads a map. `paths` are the Markdown files of the folder.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, with its place.
    pub(super) fn parse(file: &str, text: &str, paths: &[&str]) -> Result<Self, Vec<BuildError>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader {
            map: Self {
                file: file.to_owned(),
                ..Self::default()
            },
            lines: LineIndex::new(text),
            paths,
            problems: Vec::new(),
        };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            reader.problem(at, error.message(), None);
        }
        if reader.problems.is_empty() {
            reader.table(table.get_ref());
        }
        if reader.problems.is_empty() {
            return Ok(reader.map);
        }
        reader.problems.sort();
        Err(reader.problems)
    }
}

struct Reader<'a> {
    map: Map,
    lines: LineIndex<'a>,
    paths: &'a [&'a str],
    problems: Vec<BuildError>,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn problem(&mut self, at: usize, message: impl Into<String>, help: Option<String>) {
        let problem = BuildError::new(Cause::ImportMap, &self.map.file, message.into());
        let problem = problem.at(self.lines.position(at));
        self.problems.push(match help {
            Some(help) => problem.help(help),
            None => problem,
        });
    }

    fn table(&mut self, table: &DeTable<'_>) {
        const KEYS: [&str; 3] = ["skip", "topics", "documents"];
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("skip", DeValue::Array(items)) => items.iter().for_each(|item| self.skip(item)),
                ("topics", DeValue::Table(topics)) => {
                    for (prefix, name) in topics {
                        self.topic(prefix, name);
                    }
                }
                ("documents", DeValue::Table(documents)) => {
                    for (path, name) in documents {
                        self.document(path, name);
                    }
                }
                ("skip", _) => {
                    self.problem(value.span().start, "`skip` must be a list of paths", None);
                }
                ("topics" | "documents", _) => {
                    let message = format!("`{}` must be a table", key.get_ref());
                    self.problem(value.span().start, message, None);
                }
                (other, _) => {
                    let near = nearest(other, KEYS).map(|near| format!("did you mean `{near}`?"));
                    let message = format!("unknown key `{}`", other.escape_debug());
                    self.problem(key.span().start, message, near);
                }
            }
        }
    }

    fn skip(&mut self, item: &Value<'_>) {
        let at = item.span().start;
        let Some(path) = item.get_ref().as_str() else {
            return self.problem(
                at,
                "must be the path of a file, or of a folder with `/` at its end",
                None,
            );
        };
        let is_there = self
            .paths
            .iter()
            .any(|known| *known == path || (path.ends_with('/') && known.starts_with(path)));
        if is_there {
            self.map.skip.push(path.to_owned());
        } else {
            self.unknown(at, path);
        }
    }

    fn unknown(&mut self, at: usize, path: &str) {
        let near = nearest(path, self.paths.iter().copied());
        let help = near.map(|near| format!("did you mean `{near}`?"));
        self.problem(
            at,
            format!("the folder has no Markdown file `{}`", path.escape_debug()),
            help,
        );
    }

    fn topic(&mut self, prefix: &Spanned<std::borrow::Cow<'_, str>>, name: &Value<'_>) {
        let (key, at) = (prefix.get_ref(), prefix.span().start);
        if let Err(why) = Basename::parse(&format!("{key}__note-x")) {
            return self.problem(at, format!("topic `{}` {why}", key.escape_debug()), None);
        }
        match name.get_ref().as_str() {
            Some(name) => self.map.topics.push((key.to_string(), name.to_owned())),
            None => self.problem(name.span().start, "must be the name of the topic", None),
        }
    }

    fn document(&mut self, path: &Spanned<std::borrow::Cow<'_, str>>, name: &Value<'_>) {
        let at = name.span().start;
        let path_at = path.span().start;
        let path = path.get_ref().to_string();
        if !self.paths.contains(&path.as_str()) {
            return self.unknown(path_at, &path);
        }
        let Some(written) = name.get_ref().as_str() else {
            return self.problem(
                at,
                "must be a basename",
                Some("a file is left out by `skip`".to_owned()),
            );
        };
        let name = match Basename::parse(written) {
            Ok(name) => name,
            Err(why) => {
                let help = "write `<topic>__<type>-<name>`".to_owned();
                return self.problem(
                    at,
                    format!("basename `{}` {why}", written.escape_debug()),
                    Some(help),
                );
            }
        };
        let mut others = self.map.documents.iter();
        if let Some((other, _)) = others.find(|(_, (other, _))| other.folded() == name.folded()) {
            let message = format!("`{name}` is the name of `{other}` too");
            return self.problem(at, message, None);
        }
        let place = self.lines.position(at);
        self.map.documents.insert(path, (name, place));
    }
}

/// The map that says what a plan does.
pub(super) fn written(imported: &Imported) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let mut out = "# What `docsite import` makes of each file. Edit it, then pass it as `--map`.\n\
                   # Files and folders (`drafts/`) that are left out:\nskip = ["
        .to_owned();
    let skipped = imported
        .kept
        .iter()
        .filter(|(_, kept)| **kept == Kept::Skipped);
    for (path, _) in skipped {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n  {},", quoted(path));
    }
    out.push_str(if out.ends_with('[') { "]\n" } else { "\n]\n" });
    out.push_str("\n# The part of a basename before `__`, and what the site calls it.\n[topics]\n");
    for topic in &imported.topics {
        let _ = writeln!(out, "{} = {}", quoted(&topic.prefix), quoted(&topic.name));
    }
    out.push_str("\n# Each file, and its basename: `<topic>__<type>-<name>`.\n[documents]\n");
    for document in &imported.documents {
        let _ = writeln!(
            out,
            "{} = {}",
            quoted(&document.from),
            quoted(document.name.as_str())
        );
    }
    out
}
