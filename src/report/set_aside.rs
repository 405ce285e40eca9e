//! Prints what is set aside: which bytes, since when and why, and what is there now.

use std::io::Write;

use anyhow::Result;
use serde_json::json;

use crate::disk::Kept;
use crate::model::front_matter::moment;
use crate::outcome::set_aside::{KeptList, Now};

use super::Report;
use super::count::plural;
use super::terminal::{column, one_line, padded};

impl Report {
    /// A line for each copy.
    pub fn set_aside_list(&self, list: &KeptList) {
        let width = column(list.copies.iter().map(|(kept, _)| kept.id()));
        for (kept, now) in &list.copies {
            self.say(line(kept, *now, width));
        }
    }

    /// How many copies there are. `verb`: what became of them.
    pub fn set_aside_sum(&self, list: &KeptList, verb: &str) {
        let size = list.copies.iter().map(|(kept, _)| kept.size).sum();
        let count = plural(list.copies.len(), "copy", "copies");
        self.say(format!("{count} {verb}, {}", bytes(size)));
    }

    /// The same for programs. `is_done`: they are deleted by now; `None` where nothing is.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
    pub fn set_aside_json(&self, list: &KeptList, is_done: Option<bool>) -> Result<()> {
        let copy = |(kept, now): &(Kept, Now)| {
            json!({
                "copy": kept.copy, "path": kept.path, "size": kept.size,
                "when": moment(kept.when), "why": kept.why, "now": now.word(),
            })
        };
        let mut value = json!({ "copies": list.copies.iter().map(copy).collect::<Vec<_>>() });
        if let Some(done) = is_done {
            value["done"] = json!(done);
        }
        self.text(&serde_json::to_string_pretty(&value)?);
        Ok(())
    }

    /// Prints bytes unchanged.
    pub fn bytes(&self, bytes: &[u8]) {
        self.streams.note(self.pipe().write_all(bytes));
    }
}

fn line(kept: &Kept, now: Now, width: usize) -> String {
    let (id, path) = (one_line(kept.id()), one_line(&kept.path));
    let (when, size) = (moment(kept.when), bytes(kept.size));
    let why = kept
        .why
        .as_deref()
        .map(|why| format!("  ({})", one_line(why)));
    let id = padded(&id, width);
    let now = format!("now {}", now.word());
    format!(
        "{id}  {when}  {size:>8}  {now:<9}  {path}{}",
        why.unwrap_or_default()
    )
}

fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{} kB", count.div_ceil(1_000)),
        _ => format!("{} MB", count.div_ceil(1_000_000)),
    }
}
