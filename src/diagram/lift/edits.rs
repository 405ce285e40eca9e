//! Finds text that somebody added to a page or removed from it, beside its pictures.
//!
//! Not here: how a page is read, and changes that no text shows (a class, an order of attributes).

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::blocks::Block;
use super::presence::{Said, normal};
use crate::diagram::svg::notes::shortened;

/// After this time a difference need not be minimal.
const PATIENCE: Duration = Duration::from_secs(1);
/// The number of letters of an unchanged block that suffices to find the place.
const CONTEXT: usize = 80;

/// The edits of the old page that a page rendered from Markdown now would not have. With `exact`,
/// the Markdown is the one that the old page was made from: then text missing from the old page is
/// somebody's edit too. Otherwise the document may have grown since, and only text that is nowhere
/// in the new page counts.
///
/// They are lines of a diff: `+` for text that was written into the page by hand and, with `exact`, `-`
/// for text that was removed from it, or replaced by what follows, each after the unchanged text before.
#[must_use]
pub fn edits(old: &[Block], new: &[Block], exact: bool) -> Vec<String> {
    let key = |block: &Block| {
        if exact {
            block.text.clone()
        } else {
            normal(&block.text)
        }
    };
    let [keys, new_keys] = [old, new].map(|blocks| blocks.iter().map(key).collect::<Vec<_>>());
    let mut said = (!exact).then(|| Said::new(&new_keys));
    let mut log = Log {
        old,
        new,
        lines: Vec::new(),
        after: None,
        is_headed: false,
    };
    for step in difference(&new_keys, &keys) {
        if let DiffOp::Equal { .. } = step {
            log.keep(step.new_range().end - 1);
        } else if let Some(said) = &mut said {
            for at in step.new_range() {
                if said.has(&keys[at]) {
                    log.keep(at);
                } else {
                    log.add(at);
                }
            }
        } else {
            log.replace(&step);
        }
    }
    log.lines
}

/// The steps from one list of texts to another.
pub(super) fn difference(from: &[String], to: &[String]) -> Vec<DiffOp> {
    let until = Instant::now().checked_add(PATIENCE);
    capture_diff_slices_deadline(Algorithm::Myers, from, to, until)
}

/// Records the edits of the old page in order.
struct Log<'a> {
    old: &'a [Block],
    new: &'a [Block],
    lines: Vec<String>,
    /// The last unedited block before the edits.
    after: Option<&'a str>,
    /// It is shown already.
    is_headed: bool,
}

impl Log<'_> {
    fn add(&mut self, at: usize) {
        self.push('+', at, &self.old[at]);
    }

    /// Text of the new page that is missing in the old one at this block.
    fn remove(&mut self, form: usize, at: usize) {
        self.push('-', at, &self.new[form]);
    }

    fn push(&mut self, sign: char, at: usize, block: &Block) {
        if !self.is_headed {
            let place = self.old.get(at).or(self.old.last());
            let line = place.map_or(1, |place| place.line);
            self.lines.push(format!("@@ {line} @@"));
            let after = self.after.map(|text| shortened(text, CONTEXT));
            self.lines.extend(after.map(|text| format!("  {text}")));
            self.is_headed = true;
        }
        self.lines.push(format!("{sign} {}", block.text));
    }

    fn keep(&mut self, at: usize) {
        self.after = Some(&self.old[at].text);
        self.is_headed = false;
    }

    /// Every difference is an edit.
    fn replace(&mut self, step: &DiffOp) {
        let (forms, texts) = (step.old_range(), step.new_range());
        if forms.len() == texts.len() {
            // Two versions of a paragraph are easiest to compare side by side.
            for (form, at) in forms.zip(texts) {
                self.remove(form, at);
                self.add(at);
            }
        } else {
            forms.for_each(|form| self.remove(form, texts.start));
            texts.for_each(|at| self.add(at));
        }
    }
}
