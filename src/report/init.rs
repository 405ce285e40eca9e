//! Prints what `init` made, or found in an archive that it adopted.

use crate::outcome::init::{Adoption, Made};

use super::Report;
use super::count::{documents, pages};
use super::terminal::plain;

impl Report {
    /// A site that was made or adopted.
    pub fn init(&mut self, made: &Made) {
        for path in &made.written {
            self.say(format!("{:<9} {path}", "written"));
        }
        for path in &made.kept {
            self.say(format!("{:<9} {path}  (already existed)", "kept"));
        }
        if !made.bare.is_empty() {
            self.say(format!(
                "assets/viz.css has rules for bare elements ({}); they will also style the pages \
                 that docsite writes",
                plain(&made.bare.join(", "))
            ));
        }
        let is_new = made.written.iter().any(|path| path == "docsite.toml");
        if !made.has_workflow {
            self.say(
                "no workflow was written: `docsite init --docsite-from URL[#REV]` writes one that \
                 installs docsite from that git repository",
            );
        }
        match &made.adoption {
            Some(adoption) => self.adoption(adoption),
            None if !is_new => {}
            None if made.documents > 0 => self.say(format!(
                "{} found; `docsite rebuild` publishes them",
                documents(made.documents)
            )),
            None => self.say("`docsite rebuild` builds the site; then open public/index.html"),
        }
    }

    fn adoption(&self, adoption: &Adoption) {
        self.say("a flat archive: no file of it was changed");
        self.say(format!(
            "`docsite rebuild --adopt` will re-render {} and set their old bytes aside; \
             keep {}; skip {} without a page",
            pages(adoption.rendered.len()),
            pages(adoption.kept.len()),
            documents(adoption.passed.len())
        ));
        for name in &adoption.rendered {
            self.say(format!("{:<9} {name}.html", "re-render"));
        }
        for path in &adoption.derived {
            self.say(format!("{:<9} {path}", "re-render"));
        }
        for (name, why) in &adoption.kept {
            self.say(format!("{:<9} {name}.html  ({})", "keep", plain(why)));
        }
        for name in &adoption.passed {
            self.say(format!("{:<9} {name}", "skip"));
        }
    }
}
