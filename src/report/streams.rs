//! Standard output and standard error: what is written to them, and what could not be.
//!
//! Not here: what is written.

use std::cell::RefCell;
use std::io::{self, ErrorKind, Write};

/// Both streams of a run.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// The first thing that went wrong.
    failed: RefCell<Option<io::Error>>,
}

impl Streams {
    /// A line, or more, to standard output.
    pub(super) fn say(&self, text: &str) {
        self.note(writeln!(io::stdout().lock(), "{text}"));
    }

    /// The same to standard error.
    pub(super) fn complain(&self, text: &str) {
        self.note(writeln!(io::stderr().lock(), "{text}"));
    }

    /// Keeps what went wrong. A reader who has gone has read what he wanted: `docsite check | head`.
    pub(super) fn note(&self, written: io::Result<()>) {
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
        {
            self.failed.borrow_mut().get_or_insert(error);
        }
    }

    /// Writes what waits to be written. Whether anything could not be; that is said in one line.
    pub(super) fn end(&self) -> bool {
        self.note(io::stdout().lock().flush());
        let failed = self.failed.borrow_mut().take();
        if let Some(error) = &failed {
            let mut stream = io::stderr().lock();
            // Where even this cannot be written, the exit status is left.
            let _ = writeln!(
                stream,
                "error: the output cannot be written: {error}; write it somewhere else"
            );
        }
        failed.is_some()
    }
}
