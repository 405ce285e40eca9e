//! Prints what `diagrams` found, stored or lifted.

use anyhow::{Context, Result};

use crate::outcome::diagrams::{LiftOutcome, SlotChange, SlotList};

use super::{Report, slots};

impl Report {
    /// `diagrams` as a table.
    pub fn slots(&self, list: &SlotList) {
        self.lines(slots::table(list));
    }

    /// `diagrams --json`.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
    pub fn slots_json(&self, list: &SlotList) -> Result<()> {
        self.streams
            .say(&serde_json::to_string_pretty(list).context("diagrams")?);
        Ok(())
    }

    pub fn slot(&self, list: &SlotList) {
        self.lines(slots::facts(list));
    }

    /// A picture that was stored or removed.
    pub fn slot_change(&mut self, change: &SlotChange) {
        self.lines(slots::change(change));
        if let Some(build) = &change.build {
            self.build(build);
        }
    }

    /// Pictures that were, or would be, lifted out of pages.
    pub fn lift(&mut self, lift: &LiftOutcome) {
        let dry = lift.build.is_none();
        for page in &lift.pages {
            self.lines(slots::lifted(page, dry));
            self.findings |= !page.is_ready();
        }
        if let Some(build) = &lift.build {
            self.build(build);
        }
    }
}
