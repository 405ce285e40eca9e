//! How long the stages of a run took, for people and for programs.
//!
//! As JSON it is one object on one line, with times in seconds:
//!
//! ```text
//! version   1
//! total     the whole run, with what belongs to no stage
//! stages    in the order of a run: stage (its name), seconds, items (0 where it counts nothing)
//! ```
//!
//! Not here: measuring (`progress`).

use std::time::Duration;

use serde::Serialize;

use super::{Report, Timings};
use crate::progress::{Progress, Spent, Stage};

const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct Table {
    version: u32,
    total: f64,
    stages: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    stage: &'static str,
    seconds: f64,
    items: usize,
}

impl Report {
    /// How long each stage took, on standard error: standard output is the command's own.
    pub fn timings(&self, progress: &Progress, format: Timings) {
        let table = Table::of(progress);
        let text = match format {
            Timings::Text => table.text(),
            Timings::Json => serde_json::json!(table).to_string(),
        };
        self.streams.complain(&text);
    }
}

impl Table {
    fn of(progress: &Progress) -> Self {
        let stages = progress.spent().into_iter();
        let row = |(stage, spent): (Stage, Spent)| Row {
            stage: stage.name(),
            seconds: seconds(spent.time),
            items: spent.items,
        };
        Self {
            version: VERSION,
            total: seconds(progress.total()),
            stages: stages.map(row).collect(),
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{:<10} {:>9} {:>9}", "stage", "seconds", "items");
        for row in &self.stages {
            let items = if row.items > 0 {
                row.items.to_string()
            } else {
                String::new()
            };
            let line = format!("\n{:<10} {:>9.3} {items:>9}", row.stage, row.seconds);
            text.push_str(line.trim_end());
        }
        text.push_str(&format!("\n{:<10} {:>9.3}", "total", self.total));
        text
    }
}

/// To a microsecond: more digits are noise.
fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e6
}
