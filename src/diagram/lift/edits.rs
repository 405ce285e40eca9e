//! Finds text that somebody added to a page or removed from it, beside its pictures.
//!
//! Not here: how a page is read, and changes that no text shows (a class, an order of attributes).

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::blocks::Block;
use super::presence::{Said, normal};

/// A text that is in only one of the two pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The line of the old page, from 1; for a missing text, the line where it is missing.
    pub line: usize,
    pub kind: Kind,
    pub text: String,
    /// The last unedited block of the old page before this one.
    pub after: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// In the old page but not in the new one: somebody wrote it into the page.
    Added,
    /// In the new page but not in the old one: somebody removed it from the page, or replaced it by
    /// the text that follows in the list.
    Removed,
}

/// After this time a difference need not be minimal.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many texts are compared with all others for the nearest one. Nobody reads longer lists.
const MOST_COMPARED: usize = 200;
/// The share of words that two versions of one paragraph have in common: one sentence of three may
/// differ.
const NEAR: f64 = 0.6;
/// The number of letters of an unchanged block that suffices to find the place.
const CONTEXT: usize = 80;

/// The edits of the old page that a page rendered from Markdown now would not have. With `exact`,
/// the Markdown is the one that the old page was made from: then text missing from the old page is
/// somebody's edit too. Otherwise the document may have grown since, and only text that is nowhere
/// in the new page counts.
#[must_use]
pub fn edits(old: &[Block], new: &[Block], exact: bool) -> Vec<Edit> {
    if exact {
        differences(old, new)
    } else {
        losses(old, new)
    }
}

/// The edits as lines of a diff: `+` for text that was written into the page by hand, `-` for text
/// that was removed from it, each after the unchanged text before it.
#[must_use]
pub fn shown(edits: &[Edit]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut after = None;
    for edit in edits {
        if after != Some(&edit.after) {
            after = Some(&edit.after);
            lines.push(format!("@@ {} @@", edit.line));
            lines.extend(edit.after.as_deref().map(context));
        }
        let sign = match edit.kind {
            Kind::Added => '+',
            Kind::Removed => '-',
        };
        lines.push(format!("{sign} {}", edit.text));
    }
    lines
}

fn context(text: &str) -> String {
    let mut rest = text.chars();
    let mut line = String::from("  ");
    line.extend(rest.by_ref().take(CONTEXT));
    if rest.next().is_some() {
        line.push('…');
    }
    line
}

/// Records the edits of the old page in order.
struct Log<'a> {
    old: &'a [Block],
    lines: Vec<usize>,
    entries: Vec<Edit>,
    /// The last unedited block before the edits.
    after: Option<&'a str>,
}

impl<'a> Log<'a> {
    fn new(old: &'a [Block]) -> Self {
        Log {
            old,
            lines: lines(old),
            entries: Vec::new(),
            after: None,
        }
    }

    fn push(&mut self, kind: Kind, at: usize, text: &str) {
        self.entries.push(Edit {
            line: self.line(at),
            kind,
            text: text.to_owned(),
            after: self.after.map(str::to_owned),
        });
    }

    fn push_from(&mut self, kind: Kind, at: usize, block: Option<&Block>) {
        if let Some(block) = block {
            self.push(kind, at, &block.text);
        }
    }

    /// The line of a block; after the last block, that of the last.
    fn line(&self, at: usize) -> usize {
        let line = self.lines.get(at).or(self.lines.last());
        line.copied().unwrap_or(1)
    }

    fn keep(&mut self, at: usize) {
        self.after = self.old.get(at).map(|block| block.text.as_str());
    }
}

/// The line of each block; for a block without one, that of the block before it.
fn lines(blocks: &[Block]) -> Vec<usize> {
    let last = |last: &mut usize, block: &Block| {
        *last = block.line.unwrap_or(*last);
        Some(*last)
    };
    blocks.iter().scan(1, last).collect()
}

/// Every difference, block by block.
fn differences(old: &[Block], new: &[Block]) -> Vec<Edit> {
    let (old_texts, new_texts) = (texts(old), texts(new));
    let until = Instant::now().checked_add(PATIENCE);
    let steps = capture_diff_slices_deadline(Algorithm::Myers, &new_texts, &old_texts, until);
    let mut log = Log::new(old);
    for step in steps {
        let (before, now) = (step.old_range(), step.new_range());
        if let DiffOp::Equal { .. } = step {
            log.keep(now.end.saturating_sub(1));
        } else if before.len() == now.len() {
            // Two versions of a paragraph are easiest to compare side by side.
            for (form, at) in before.zip(now) {
                log.push_from(Kind::Removed, at, new.get(form));
                log.push_from(Kind::Added, at, old.get(at));
            }
        } else {
            before.for_each(|form| log.push_from(Kind::Removed, now.start, new.get(form)));
            now.for_each(|at| log.push_from(Kind::Added, at, old.get(at)));
        }
    }
    log.entries
}

fn texts(blocks: &[Block]) -> Vec<&str> {
    blocks.iter().map(|block| block.text.as_str()).collect()
}

/// The texts that would be lost, each with the new page's version of it.
fn losses(old: &[Block], new: &[Block]) -> Vec<Edit> {
    let mut said = Said::new(new);
    let mut log = Log::new(old);
    let mut near = None;
    for (at, block) in old.iter().enumerate() {
        if said.has(&block.text) {
            log.keep(at);
            continue;
        }
        let near = near.get_or_insert_with(|| Near::new(old, new));
        if let Some(form) = near.take(&block.text) {
            log.push(Kind::Removed, at, form);
        }
        log.push(Kind::Added, at, &block.text);
    }
    log.entries
}

/// Finds the block of the new page that is most similar to a block of the old page.
struct Near<'a> {
    /// The blocks of the new page that are not in the old one, and their numbers of words.
    forms: Vec<(&'a str, usize)>,
    by_word: HashMap<String, Vec<usize>>,
    taken: HashSet<usize>,
    left: usize,
}

impl<'a> Near<'a> {
    fn new(old: &[Block], new: &'a [Block]) -> Self {
        let kept: HashSet<String> = old.iter().map(|block| normal(&block.text)).collect();
        let mut near = Near {
            forms: Vec::new(),
            by_word: HashMap::new(),
            taken: HashSet::new(),
            left: MOST_COMPARED,
        };
        for block in new {
            let text = normal(&block.text);
            if !kept.contains(&text) {
                near.add(&block.text, &text);
            }
        }
        near
    }

    fn add(&mut self, form: &'a str, normal: &str) {
        let words: HashSet<&str> = normal.split(' ').collect();
        let number = self.forms.len();
        self.forms.push((form, words.len()));
        for word in words {
            let forms = self.by_word.entry(word.to_owned()).or_default();
            forms.push(number);
        }
    }

    /// The nearest block that no other text has taken, if it is near enough.
    fn take(&mut self, text: &str) -> Option<&'a str> {
        self.left = self.left.checked_sub(1)?;
        let text = normal(text);
        let words: HashSet<&str> = text.split(' ').collect();
        let mut common = vec![0_usize; self.forms.len()];
        let forms = words.iter().filter_map(|word| self.by_word.get(*word));
        for form in forms.flatten() {
            if let Some(count) = common.get_mut(*form) {
                *count += 1;
            }
        }
        let share = |(form, (_, length)): (usize, &(&str, usize))| {
            let common = common.get(form).copied().unwrap_or_default();
            (2.0 * real(common) / real(length + words.len()), form)
        };
        let nearest = (self.forms.iter().enumerate())
            .filter(|(form, _)| !self.taken.contains(form))
            .map(share)
            .filter(|(share, _)| *share >= NEAR)
            // Of equal ones the first, so that the result is deterministic.
            .max_by(|(a, i), (b, j)| a.total_cmp(b).then(j.cmp(i)));
        let (_, form) = nearest?;
        self.taken.insert(form);
        self.forms.get(form).map(|(text, _)| *text)
    }
}

fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
