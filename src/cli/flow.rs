//! `docsite flow`: its words, and what they ask for.

use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::commands;
use crate::edit::{Place, Spot};
use crate::progress::Progress;
use crate::report::{Format, Report};

use super::how::How;

#[derive(Debug, Subcommand)]
pub(super) enum FlowAction {
    /// List a document in a stage
    Add {
        /// <topic>__<type>-<name>
        basename: String,
        #[command(flatten)]
        place: PlaceOptions,
        /// Why the document comes here
        #[arg(long)]
        note: Option<String>,
        #[command(flatten)]
        how: How,
    },
    /// Move a document to another place, with its note
    Move {
        /// <topic>__<type>-<name>
        basename: String,
        #[command(flatten)]
        place: PlaceOptions,
        #[command(flatten)]
        how: How,
    },
    /// Take documents out of the reading path; they stay on the site
    Remove {
        /// <topic>__<type>-<name>
        #[arg(required = true, value_name = "BASENAME")]
        basenames: Vec<String>,
        #[command(flatten)]
        how: How,
    },
    /// Report what is wrong with the reading path, as `docsite check` does
    Check {
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
        /// The output format
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

#[derive(Debug, Args)]
pub(super) struct PlaceOptions {
    /// The stage: its number in the catalogue, its title, or a part of its title
    #[arg(long, value_name = "N", required_unless_present_any = ["after", "new_stage"])]
    stage: Option<String>,
    /// Begin a stage with this title, behind the others
    #[arg(long, value_name = "TITLE", conflicts_with_all = ["stage", "after", "first"])]
    new_stage: Option<String>,
    /// Why the new stage comes here
    #[arg(long, value_name = "TEXT", requires = "new_stage")]
    why: Option<String>,
    /// Put it behind this document of the stage [default: last]
    #[arg(long, value_name = "BASENAME")]
    after: Option<String>,
    /// Put it first in the stage
    #[arg(long, conflicts_with = "after")]
    first: bool,
}

impl PlaceOptions {
    fn place(self) -> Place {
        if let Some(title) = self.new_stage {
            return Place::New {
                title,
                why: self.why,
            };
        }
        let spot = match self.after {
            Some(other) => Spot::After(commands::flow::said(&other)),
            None if self.first => Spot::First,
            None => Spot::Last,
        };
        Place::In {
            stage: self.stage,
            spot,
        }
    }
}

pub(super) fn run(
    site: Option<&Path>,
    action: FlowAction,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    use commands::flow::Flow;
    let (asked, how) = match action {
        FlowAction::Add {
            basename: name,
            place,
            note,
            how,
        } => {
            let place = place.place();
            (Flow::Add { name, place, note }, how)
        }
        FlowAction::Move {
            basename: name,
            place,
            how,
        } => {
            let place = place.place();
            (Flow::Move { name, place }, how)
        }
        FlowAction::Remove { basenames, how } => (Flow::Remove { names: basenames }, how),
        FlowAction::Check { strict, format } => {
            let done = commands::flow::check(site, strict, progress)?;
            return report.check(&done.checked, format, &|path| done.text(path));
        }
    };
    how.carry_out(commands::flow::plan(site, asked, progress)?, false, report)
}
