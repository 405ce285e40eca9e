//! Prints `search`. For people: each document with its best sections, and where they are.
//!
//! Not here: the JSON format.

use anyhow::{Context, Result};

use crate::outcome::search::{Found, Passage, Results};

use super::Report;
use super::terminal::{Palette, one_line};

/// The colours of a place, a title and a match.
const PLACE: &str = "36";
const TITLE: &str = "1";
const MATCH: &str = "1;31";

impl Report {
    /// `search` as text.
    pub fn search(&mut self, results: &Results) {
        let palette = self.palette;
        let mut lines = readings(results);
        let found = results.results.iter();
        lines.extend(found.flat_map(|found| lines_of(found, palette)));
        if results.results.is_empty() {
            lines.push(format!(
                "nothing found for \"{}\"",
                one_line(&results.query)
            ));
        }
        self.lines(lines);
    }

    /// `search --json`.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
    pub fn search_json(&mut self, results: &Results) -> Result<()> {
        let text = serde_json::to_string_pretty(&results.view()).context("search")?;
        self.streams.say(&text);
        Ok(())
    }
}

/// What words were taken for, and which were left out of what was found.
fn readings(results: &Results) -> Vec<String> {
    let readings = results.readings.iter().map(|reading| {
        format!(
            "{} → {}",
            one_line(&reading.typed),
            one_line(&reading.meant)
        )
    });
    // Of a query that found nothing, that is said once.
    let is_found = !results.results.is_empty();
    let dropped = results.dropped.iter().filter(|_| is_found);
    let dropped = dropped.map(|word| format!("nothing holds \"{}\"", one_line(word)));
    let beyond = results.beyond.iter().map(|word| one_line(word));
    let beyond: Vec<_> = beyond.map(|word| format!("\"{word}\"")).collect();
    let beyond = Some(beyond.join(", ")).filter(|words| !words.is_empty());
    let beyond = beyond.map(|words| format!("not looked for in a query this long: {words}"));
    readings.chain(dropped).chain(beyond).collect()
}

fn lines_of(found: &Found, palette: Palette) -> Vec<String> {
    let mut title = palette.paint(TITLE, one_line(&found.title));
    if found.deprecated {
        title.push_str("  (deprecated)");
    }
    if found.name_only {
        title.push_str("  (name only)");
    }
    if !found.missing.is_empty() {
        let missing = one_line(&found.missing.join(", "));
        title.push_str(&format!("  (without {missing})"));
    }
    let mut lines = vec![format!(
        "{}  {title}",
        palette.paint(PLACE, one_line(&found.path))
    )];
    for passage in &found.passages {
        let line = passage
            .line
            .map(|line| format!(":{line}"))
            .unwrap_or_default();
        let heading = match passage.heading.as_str() {
            "" => String::new(),
            heading => format!("{}: ", one_line(heading)),
        };
        let place = palette.paint(PLACE, format!("  {}{line}", one_line(&found.path)));
        lines.push(format!("{place}  {heading}{}", marked(passage, palette)));
    }
    lines
}

fn marked(passage: &Passage, palette: Palette) -> String {
    let mut text = String::new();
    let mut at = 0;
    for mark in &passage.marks {
        text.push_str(&one_line(&passage.excerpt[at..mark.start]));
        let matched = one_line(&passage.excerpt[mark.clone()]);
        text.push_str(&palette.paint(MATCH, matched));
        at = mark.end;
    }
    text.push_str(&one_line(&passage.excerpt[at..]));
    text.trim().to_owned()
}
