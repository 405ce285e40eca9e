//! The commands that change sources by a plan.
//!
//! Not here: what they do (`commands`).

use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::commands;
use crate::edit::Prefix;
use crate::progress::Progress;
use crate::report::Report;

use super::flow::{self, FlowAction};
use super::how::How;
use super::set_aside::{self, SetAside};

#[derive(Debug, Subcommand)]
pub(super) enum Edit {
    /// Rename a document, a heading, a topic or a type, and everything that names it
    Mv(Mv),
    /// Remove documents; what leads to them is named, and keeps them unless you say what becomes of it
    Rm(Rm),
    /// Publish documents: drafts no longer, with their pages
    Publish {
        /// <topic>__<type>-<name>, or a pattern with *
        #[arg(required = true, value_name = "BASENAME")]
        basenames: Vec<String>,
        #[command(flatten)]
        how: How,
    },
    /// Unpublish documents: remove their pages, and where all are published, make them drafts
    Unpublish {
        /// <topic>__<type>-<name>, or a pattern with *
        #[arg(required = true, value_name = "BASENAME")]
        basenames: Vec<String>,
        #[command(flatten)]
        how: How,
    },
    /// Correct links whose correct form is certain: case, Unicode form, ending, former names
    Fix {
        /// Also headings that got other words since this git revision
        #[arg(long, value_name = "REV")]
        base: Option<String>,
        /// Also correct the links in this document's hand-made page
        #[arg(long, value_name = "BASENAME")]
        hand_made: Vec<String>,
        #[command(flatten)]
        how: How,
    },
    /// Say that a document is out of date
    Deprecate {
        /// <topic>__<type>-<name>
        basename: String,
        /// The document to read instead
        #[arg(long, value_name = "BASENAME")]
        by: Option<String>,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[command(flatten)]
        how: How,
    },
    /// List documents in the reading path, flow.json, move them and take them out
    Flow {
        #[command(subcommand)]
        action: FlowAction,
    },
    /// List what is kept of files that were replaced or removed; put it back, or delete it
    SetAside(SetAside),
}

#[derive(Debug, Args)]
pub(super) struct Mv {
    /// A basename, a pattern of several, a basename with #heading, or a topic or type
    old: String,
    /// The new name; of a heading, its new words
    new: String,
    /// Rename a topic, in docsite.toml and in all documents
    #[arg(long, conflicts_with = "type")]
    topic: bool,
    /// Rename a type, in docsite.toml and in all documents
    #[arg(long)]
    r#type: bool,
    /// Do not keep the old name as an alias, which sends readers of the old address on
    #[arg(long)]
    no_alias: bool,
    /// Also change the links in this document's hand-made page
    #[arg(long, value_name = "BASENAME")]
    hand_made: Vec<String>,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, Args)]
pub(super) struct Rm {
    /// <topic>__<type>-<name>, or a pattern with *
    #[arg(required = true, value_name = "BASENAME")]
    basenames: Vec<String>,
    /// Links lead to this document, which gets the old name as an alias
    #[arg(long, value_name = "BASENAME", conflicts_with_all = ["unlink", "force"])]
    redirect: Option<String>,
    /// Links become text
    #[arg(long, conflicts_with = "force")]
    unlink: bool,
    /// Links stay, and lead nowhere
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    how: How,
}

pub(super) fn run(
    site: Option<&Path>,
    edit: Edit,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    match edit {
        Edit::Mv(asked) => asked.run(site, report, progress),
        Edit::Rm(asked) => asked.run(site, report, progress),
        Edit::Publish { basenames, how } => {
            let planned = commands::front::publish(site, &basenames, progress)?;
            how.carry_out(planned, has_pattern(&basenames), report)
        }
        Edit::Unpublish { basenames, how } => {
            let planned = commands::front::unpublish(site, &basenames, progress)?;
            how.carry_out(planned, has_pattern(&basenames), report)
        }
        Edit::Fix {
            base,
            hand_made,
            how,
        } => {
            let asked = commands::fix::Fix { base, hand_made };
            let planned = commands::fix::plan(site, &asked, progress)?;
            let are_several = planned.plan.files.len() > 1;
            how.carry_out(planned, are_several, report)
        }
        Edit::Deprecate {
            basename,
            by,
            reason,
            how,
        } => {
            let asked = (basename.as_str(), by.as_deref(), reason.as_deref());
            let planned = commands::front::deprecate(site, asked, progress)?;
            how.carry_out(planned, false, report)
        }
        Edit::Flow { action } => flow::run(site, action, report, progress),
        Edit::SetAside(asked) => set_aside::run(site, asked, report, progress),
    }
}

impl Mv {
    fn run(self, site: Option<&Path>, report: &mut Report, progress: &Progress) -> Result<()> {
        let prefix = match (self.topic, self.r#type) {
            (true, _) => Some(Prefix::Topic),
            (_, true) => Some(Prefix::Type),
            _ => None,
        };
        let asked = commands::mv::Mv {
            old: self.old,
            new: self.new,
            prefix,
            alias: !self.no_alias,
            hand_made: self.hand_made,
        };
        let (planned, are_several) = commands::mv::plan(site, &asked, progress)?;
        self.how.carry_out(planned, are_several, report)
    }
}

impl Rm {
    fn run(self, site: Option<&Path>, report: &mut Report, progress: &Progress) -> Result<()> {
        let are_several = self.basenames.len() > 1 || has_pattern(&self.basenames);
        let asked = commands::rm::Rm {
            basenames: self.basenames,
            redirect: self.redirect,
            unlink: self.unlink,
            force: self.force,
        };
        let planned = commands::rm::plan(site, &asked, progress)?;
        self.how.carry_out(planned, are_several, report)
    }
}

/// Whether somebody named more documents than they typed.
fn has_pattern(basenames: &[String]) -> bool {
    basenames.iter().any(|name| name.contains('*'))
}
