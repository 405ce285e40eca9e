//! Notes for people on what the cleaning removed.
//!
//! Not here: the decision what to remove.

/// Notes are few and short, so that a hostile picture cannot fill the log.
const MOST: usize = 50;
const LONGEST: usize = 100;

#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    list: Vec<String>,
}

impl Notes {
    /// Adds a note, unless it is a repetition or there are enough.
    pub(super) fn add(&mut self, note: &str) {
        let note = shortened(note, LONGEST);
        if self.list.len() < MOST && !self.list.contains(&note) {
            self.list.push(note);
        }
    }

    pub(super) fn into_list(self) -> Vec<String> {
        self.list
    }
}

/// The text on one line, cut with an ellipsis if it is too long.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let end = text.chars().nth(most).map(|_| '…');
    let short = text.chars().take(most).chain(end);
    short
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
