//! The text of a note in this dialect, before its links are written.
//!
//! Not here: each kind of syntax (`front`, `includes`, `blocks`, `inline`).

use super::blocks::{self, Turned};
use super::folder::{Folder, Note};
use super::front;
use super::habits::Habits;
use super::includes::Includes;
use super::inline;
use super::left::Left;
use super::places::Places;

#[derive(Debug, Default)]
pub(super) struct Text {
    /// Lines of YAML.
    pub(super) yaml: String,
    pub(super) body: String,
    pub(super) turned: Turned,
    pub(super) included: usize,
    /// The notes that it includes.
    pub(super) notes: Vec<usize>,
    pub(super) left: Vec<Left>,
}

impl Text {
    pub(super) fn of(note: &Note, folder: &Folder, places: &Places, habits: &Habits) -> Self {
        let mut left = Vec::new();
        let front = front::read(&note.path, &note.text, habits, &mut left);
        let mut found = Vec::new();
        let mut includes = Includes::new(folder, places, habits, &mut found);
        let body = includes.expanded(&note.path, front.body);
        let (included, notes) = (includes.count, std::mem::take(&mut includes.notes));
        // Lines are counted from the beginning of the body.
        left.extend(found.into_iter().map(|mut left| {
            if left.path == note.path {
                left.line = left.line.map(|line| line + front.line - 1);
            }
            left
        }));
        let is_mdx = habits.is_docusaurus || note.path.to_lowercase().ends_with(".mdx");
        let mut blocks = blocks::turned(&body, habits, is_mdx);
        let body = inline::turned(&blocks.text, is_mdx, &mut blocks.left);
        left.extend(blocks.left.into_iter().map(|(why, what)| {
            let line = line_of(&note.text, &what);
            Left::new(&note.path, line, why, what)
        }));
        Self {
            yaml: front.yaml,
            body,
            turned: blocks.turned,
            included,
            notes,
            left,
        }
    }

    /// The whole file, with another body.
    pub(super) fn file(&self, body: &str) -> String {
        if self.yaml.trim().is_empty() {
            return body.trim_start_matches('\n').to_owned();
        }
        format!("---\n{}---\n\n{}", self.yaml, body.trim_start_matches('\n'))
    }

    /// One more value of the front matter.
    pub(super) fn add(&mut self, key: &str, value: &str) {
        self.yaml
            .push_str(&format!("{key}: {}\n", serde_json::Value::from(value)));
    }
}

/// The line of a text where something is written, from 1.
pub(super) fn line_of(text: &str, what: &str) -> Option<usize> {
    let at = text.find(what)?;
    Some(text[..at].matches('\n').count() + 1)
}
