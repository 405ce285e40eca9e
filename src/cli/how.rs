//! How the plan of a command is carried out: options that each such command has.
//!
//! Not here: the plans (`commands`).

use anyhow::{Result, bail};
use clap::Args;

use crate::commands::planned::Planned;
use crate::report::Report;

/// How a plan is carried out.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct How {
    /// Print every change, and write nothing
    #[arg(long, short = 'n')]
    pub(super) dry_run: bool,
    /// Carry it out without a question, which several documents ask for
    #[arg(long, short)]
    pub(super) yes: bool,
    /// Build no pages afterwards; `docsite rebuild` makes them
    #[arg(long)]
    pub(super) no_build: bool,
    /// For programs
    #[arg(long)]
    pub(super) json: bool,
}

impl How {
    /// Whether somebody passed one of these options.
    pub(super) fn is_said(self) -> bool {
        self.dry_run || self.yes || self.no_build || self.json
    }

    /// Shows a plan, asks where `asks` says so, and carries it out.
    pub(super) fn carry_out(self, planned: Planned, asks: bool, report: &mut Report) -> Result<()> {
        let is_dry = self.dry_run || planned.is_idle();
        if !is_dry && asks && !self.yes {
            report.plan(&planned.plan, false);
            match report.agrees("carry this out?") {
                Some(true) => {}
                Some(false) => bail!("nothing was changed"),
                None => bail!("nothing was changed; `--yes` carries it out"),
            }
        }
        let edited = if is_dry {
            planned.shown()
        } else {
            planned.carry_out(!self.no_build)?
        };
        if self.json {
            return report.edited_json(&edited);
        }
        report.edited(&edited);
        Ok(())
    }
}
