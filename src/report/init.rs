//! Prints what `init` made, or found in an archive that it adopted.

use crate::import::Imported;
use crate::outcome::init::{Adoption, Made};

use super::Report;
use super::count::{documents, pages};
use super::terminal::plain;

impl Report {
    /// A site that was made or adopted.
    pub fn init(&mut self, made: &Made) {
        if let Some(imported) = &made.proposal {
            return self.proposal(imported);
        }
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
        if let Some(repository) = &made.repository {
            self.say(format!(
                "GitHub reads workflows only from .github/ at the top of a repository, {}: move \
                 them there, and run their steps in this folder (`working-directory`)",
                plain(&repository.display().to_string())
            ));
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

    /// What an import would do, and how to go on.
    fn proposal(&mut self, imported: &Imported) {
        self.say("this folder has Markdown files whose names are not `<topic>__<type>-<name>`:");
        self.imported(imported);
        self.say("nothing was written. To go on:");
        for (command, what) in [
            (
                "docsite init --import",
                "makes a site here: documents in markdown/, and the files stay as they are",
            ),
            (
                "docsite init --import --write-map map.toml",
                "writes these names to a file, to be edited and passed as --map map.toml",
            ),
            (
                "docsite init NEW --import=FOLDER",
                "makes the site in another folder",
            ),
            ("docsite init NEW", "makes an empty site in another folder"),
        ] {
            self.say(format!("  {command}\n      {what}"));
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
