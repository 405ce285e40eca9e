//! `import`, and `init --import`: a plan that is shown, and carried out when somebody says so.
//!
//! Not here: what is planned (`commands::import`).

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use crate::commands::import::{self, PlannedImport};
use crate::outcome::import::Import as Outcome;
use crate::progress::Progress;
use crate::report::Report;

use super::how::How;

#[derive(Debug, Args)]
pub(super) struct Import {
    /// A folder of Markdown: of Obsidian, mdBook, Hugo, Docusaurus, `MkDocs`, Logseq, Dendron; it is not changed
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    #[command(flatten)]
    names: Names,
    #[command(flatten)]
    how: How,
}

/// Where names come from, and go to.
#[derive(Debug, Args)]
pub(super) struct Names {
    /// Take names of documents and topics from this file
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Write the names of the plan to this file, to be edited and passed as --map; change nothing else
    #[arg(long, value_name = "FILE")]
    write_map: Option<PathBuf>,
}

impl Names {
    /// Whether somebody passed one of these options.
    pub(super) fn are_said(&self) -> bool {
        self.map.is_some() || self.write_map.is_some()
    }

    pub(super) fn of(self, folder: PathBuf) -> import::Import {
        import::Import {
            folder,
            map: self.map,
            write_map: self.write_map,
        }
    }
}

impl Import {
    pub(super) fn run(
        self,
        site: Option<&Path>,
        report: &mut Report,
        progress: &Progress,
    ) -> Result<()> {
        let asked = self.names.of(self.folder);
        let planned = import::plan(site, &asked, progress)?;
        carry_out(planned, self.how, report)
    }
}

/// Shows a plan, asks, and carries it out.
pub(super) fn carry_out(planned: PlannedImport, how: How, report: &mut Report) -> Result<()> {
    let is_dry = how.dry_run || planned.is_idle() || planned.outcome.map.is_some();
    // Programs ask for the plan, or say that they want more.
    if is_dry || (how.json && !how.yes) {
        return how.import(&planned.outcome, false, report);
    }
    if !how.yes {
        report.import(&planned.outcome, false);
        match report.agrees("carry this out?") {
            Some(true) => {}
            Some(false) => bail!("nothing was changed"),
            None => bail!("nothing was changed; `--yes` carries it out"),
        }
    }
    let outcome = planned.carry_out(!how.no_build)?;
    how.import(&outcome, !how.yes, report)
}

impl How {
    fn import(self, outcome: &Outcome, is_shown: bool, report: &mut Report) -> Result<()> {
        if self.json {
            return report.import_json(outcome);
        }
        report.import(outcome, is_shown);
        Ok(())
    }
}
