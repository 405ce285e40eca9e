//! `docsite set-aside`: its words, and what they ask for.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueHint};

use crate::commands::set_aside;
use crate::progress::Progress;
use crate::report::Report;

use super::how::How;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct SetAside {
    #[command(subcommand)]
    action: Option<Action>,
    /// For programs
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print the bytes of a copy
    Show {
        /// The path of the file or of its copy, or the beginning of the copy's hash
        copy: String,
    },
    /// Put the bytes of a copy back; what is there now is set aside
    Restore {
        /// The path of the file or of its copy, or the beginning of the copy's hash
        copy: String,
        /// Another path in the site
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        to: Option<String>,
        #[command(flatten)]
        how: How,
    },
    /// Delete old copies for good
    Prune {
        /// Set aside longer ago than this: 12h, 30d, 8w or 1y
        #[arg(long, value_name = "AGE", value_parser = age)]
        older_than: Duration,
        /// Print what would be deleted, and delete nothing
        #[arg(long, short = 'n')]
        dry_run: bool,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
        /// For programs
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(
    site: Option<&Path>,
    asked: SetAside,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    match asked.action {
        None => {
            let list = set_aside::list(site)?;
            if asked.json {
                return report.set_aside_json(&list, None);
            }
            report.set_aside_list(&list);
            report.set_aside_sum(&list, "set aside");
            Ok(())
        }
        Some(Action::Show { copy }) => {
            report.bytes(&set_aside::show(site, &copy)?);
            Ok(())
        }
        Some(Action::Restore { copy, to, how }) => {
            let planned = set_aside::restore(site, &copy, to.as_deref(), progress)?;
            how.carry_out(planned, false, report)
        }
        Some(Action::Prune {
            older_than,
            dry_run,
            yes,
            json,
        }) => {
            let list = set_aside::older(site, older_than)?;
            let is_dry = dry_run || list.copies.is_empty();
            if !json {
                report.set_aside_list(&list);
            }
            if !is_dry && !yes {
                match report.agrees("delete them for good?") {
                    Some(true) => {}
                    Some(false) => bail!("nothing was deleted"),
                    None => bail!("nothing was deleted; `--yes` deletes them"),
                }
            }
            if !is_dry {
                set_aside::prune(site, &list)?;
            }
            if json {
                return report.set_aside_json(&list, Some(!is_dry));
            }
            report.set_aside_sum(&list, if is_dry { "to delete" } else { "deleted" });
            Ok(())
        }
    }
}

/// `30d`
fn age(text: &str) -> Result<Duration, String> {
    const HOUR: u64 = 60 * 60;
    let units = [
        ("h", HOUR),
        ("d", 24 * HOUR),
        ("w", 7 * 24 * HOUR),
        ("y", 365 * 24 * HOUR),
    ];
    let found = units.into_iter().find_map(|(unit, seconds)| {
        let count: u64 = text.strip_suffix(unit)?.trim().parse().ok()?;
        Some(Duration::from_secs(count.checked_mul(seconds)?))
    });
    found.ok_or_else(|| "write a number with h, d, w or y: 30d".to_owned())
}
