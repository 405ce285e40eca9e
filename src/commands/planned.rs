//! A plan of a command, which is shown, and then carried out and followed by a build.
//!
//! Not here: what is planned (each command).

use std::collections::BTreeSet;

use anyhow::Result;

use crate::disk;
use crate::edit::Plan;
use crate::name::Basename;
use crate::outcome::build::BuildOutcome;
use crate::outcome::edit::{Carried, Edited};
use crate::pipeline;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;

/// A plan for a site, before it is carried out.
#[derive(Debug)]
pub struct Planned {
    pub site: Site,
    pub plan: Plan,
    /// The command: `mv gw__note-a gw__guide-a`.
    words: String,
    /// What the build is asked for.
    scope: Scope,
    /// Whether there is something to build, though no source changes.
    builds_anyway: bool,
}

impl Planned {
    pub fn new(site: Site, plan: Plan) -> Self {
        Self {
            site,
            plan,
            words: String::new(),
            scope: Scope::All,
            builds_anyway: false,
        }
    }

    /// One that is about the pages of these documents, whether or not their sources change.
    pub fn built(site: Site, plan: Plan, scope: Scope) -> Self {
        Self {
            site,
            plan,
            words: String::new(),
            scope,
            builds_anyway: true,
        }
    }

    /// Whether there is nothing to do.
    pub fn is_idle(&self) -> bool {
        self.plan.is_empty() && !self.builds_anyway
    }

    /// The command as somebody typed it, for the log of what is set aside.
    #[must_use]
    pub fn called(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }

    /// What would happen.
    pub fn shown(self) -> Edited {
        Edited {
            plan: self.plan,
            done: None,
        }
    }

    /// Changes the sources, and builds the site.
    ///
    /// # Errors
    ///
    /// If a file changed since it was planned, or cannot be written: then nothing is changed. If the
    /// site cannot be built.
    pub fn carry_out(self, builds: bool) -> Result<Edited> {
        let lock = disk::lock(&self.site.root)?;
        let set_aside = self.plan.apply(&self.site, &self.words, &lock)?;
        let build = if builds {
            // Its settings may have changed.
            let site = Site::watched(Some(&self.site.root), &self.site.progress)?;
            let concerned = match &self.scope {
                Scope::All => Scope::Pages(documents(&self.plan)),
                scope => scope.clone(),
            };
            let request = Request::new(self.scope);
            let built = pipeline::build_locked(&lock, &site, request)?;
            let mut outcome = BuildOutcome::from(built);
            outcome
                .findings
                .retain(|finding| concerned.concerns(finding));
            Some(outcome)
        } else {
            None
        };
        Ok(Edited {
            plan: self.plan,
            done: Some(Carried { set_aside, build }),
        })
    }
}

/// The documents that a plan changes, by their new names.
fn documents(plan: &Plan) -> Vec<Basename> {
    let paths = plan.files.iter().filter_map(|file| file.to.as_deref());
    let stems = paths.filter_map(|path| path.strip_prefix("markdown/")?.strip_suffix(".md"));
    let names: BTreeSet<Basename> = stems
        .filter_map(|stem| Basename::parse(stem).ok())
        .collect();
    names.into_iter().collect()
}
