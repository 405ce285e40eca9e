//! Prints what happens while a site is served.

use crate::outcome::serve::Event;

use super::Report;
use super::terminal::plain;

impl Report {
    /// Something happened that does not end it.
    pub fn serving(&mut self, event: &Event) {
        match event {
            Event::Serving(address) => self.say(format!("serving   {address}  (Ctrl-C ends it)")),
            Event::Built(outcome) => self.build(outcome),
            Event::Found(findings) => self.problems(findings),
            Event::Failed(error) => {
                self.failure(error);
                self.say("the pages stay as they were until this is fixed");
            }
            Event::Note(error) => {
                let label = self.palette.paint("1;33", "warning");
                let text = plain(&format!("{error:#}"));
                self.streams.complain(&format!("{label}: {text}"));
            }
        }
    }
}
