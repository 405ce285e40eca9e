//! Standard output and standard error, and errors of writing to them.
//!
//! Not here: what is written.

use std::cell::RefCell;
use std::io::{self, ErrorKind, IsTerminal, Write};

use super::bar::Bar;

/// Standard output and standard error of a run.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// The first error of writing.
    failed: RefCell<Option<io::Error>>,
    /// Gone before the first line.
    bar: RefCell<Option<Bar>>,
}

impl Streams {
    /// Shows a bar until something is printed.
    pub(super) fn show(&self, bar: Bar) {
        self.bar.replace(Some(bar));
    }

    fn hide_bar(&self) {
        drop(self.bar.take());
    }

    /// Prints one or more lines to standard output.
    pub(super) fn say(&self, text: &str) {
        self.hide_bar();
        self.note(writeln!(io::stdout().lock(), "{text}"));
    }

    /// Asks a question that is answered with yes or no; `None` where there is no terminal.
    pub(super) fn ask(&self, question: &str) -> Option<bool> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return None;
        }
        self.hide_bar();
        let mut err = io::stderr().lock();
        self.note(write!(err, "{question} [y/N] ").and_then(|()| err.flush()));
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer);
        Some(read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "예" | "네"))
    }

    /// Prints one or more lines to standard error.
    pub(super) fn complain(&self, text: &str) {
        self.hide_bar();
        self.note(writeln!(io::stderr().lock(), "{text}"));
    }

    /// Records an error of writing. A closed pipe is not one: `docsite check | head`.
    pub(super) fn note(&self, written: io::Result<()>) {
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
        {
            self.failed.borrow_mut().get_or_insert(error);
        }
    }

    /// Flushes both streams. Returns whether something could not be written, which is reported on
    /// one line.
    pub(super) fn end(&self) -> bool {
        self.hide_bar();
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
