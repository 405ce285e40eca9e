//! Prints where the manual pages were written.

use std::path::Path;

use super::Report;
use super::count::plural;
use super::terminal::plain;

impl Report {
    /// So many pages in a folder.
    pub fn manual(&mut self, pages: usize, folder: &Path) {
        let pages = plural(pages, "manual page", "manual pages");
        let folder = folder.display().to_string();
        self.say(format!("{pages} written to {}", plain(&folder)));
    }
}
