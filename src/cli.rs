//! The command line: words to requests, outcomes to the report, and the exit status.
//!
//! 0 done; 1 findings, or a document that failed while the rest went on; 2 could not run, or wrong
//! usage. Not here: what a command does (`commands`), and printing (`report`).

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;
use crate::report::{Format, Report};

/// Turns a flat archive of technical notes into a site.
#[derive(Debug, Parser)]
#[command(name = "docsite", version, about, max_term_width = 100)]
struct Cli {
    /// The site's folder [default: the nearest one upwards with docsite.toml or markdown/]
    #[arg(long, global = true, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Say only what is wrong
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lay out a new site, or adopt a flat archive as it is
    Init {
        /// [default: --site, or the current folder]
        dir: Option<PathBuf>,
    },
    /// Take a file into markdown/, publish it, and make the catalogue anew
    Add {
        /// A Markdown file
        file: PathBuf,
        /// <topic>__<type>-<name>
        basename: String,
        /// Replace the document of this name; its old source is set aside
        #[arg(long)]
        replace: bool,
        #[command(flatten)]
        pages: PageOptions,
    },
    /// Publish documents, or render them again
    Render {
        /// <topic>__<type>-<name>
        #[arg(required = true, value_name = "BASENAME")]
        basenames: Vec<String>,
        #[command(flatten)]
        pages: PageOptions,
    },
    /// Bring every published page and the catalogue up to date
    Rebuild {
        /// Print what would happen to each page, and why; write nothing
        #[arg(long, short = 'n')]
        dry_run: bool,
        #[command(flatten)]
        pages: PageOptions,
    },
    /// Make index.html, files.html, graph.json and what else is derived anew; no pages
    Reindex {
        /// Take over files of unknown origin; their old bytes are set aside
        #[arg(long)]
        adopt: bool,
    },
    /// Find what is wrong: broken links, orphans, pages out of date
    Check {
        /// Accept the findings in this file, and fail on new ones
        #[arg(long, value_name = "FILE")]
        baseline: Option<PathBuf>,
        /// Write what is found into this file
        #[arg(long, value_name = "FILE")]
        write_baseline: Option<PathBuf>,
        /// Tell only what changed since this git revision
        #[arg(long, value_name = "REV")]
        base: Option<String>,
        /// Check what the next commit would hold, against the last one
        #[arg(long)]
        staged: bool,
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
        /// Ask other hosts whether addresses answer
        #[arg(long)]
        external: bool,
        /// How to say it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// List every document with its state
    Status {
        /// Only documents whose title, summary or name match, as in the catalogue's filter
        #[arg(long, value_name = "TEXT", default_value_t)]
        filter: String,
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Print a JSON Schema, for editors and programs
    Schema {
        /// Of what
        what: Schema,
    },
}

#[derive(Debug, Args)]
struct PageOptions {
    /// Take over pages of unknown origin; their old bytes are set aside
    #[arg(long)]
    adopt: bool,
    /// Replace this hand-made page; its old bytes are set aside
    #[arg(long, value_name = "BASENAME")]
    discard_hand_edits: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Schema {
    /// flow.json
    Flow,
    /// What `check --format json` prints
    Check,
}

/// Runs docsite with these arguments, the program's name first.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return Report::usage(&error),
    };
    let mut report = Report::new(cli.quiet);
    match run(cli, &mut report) {
        Ok(()) => report.status(),
        Err(error) => report.failure(&error),
    }
}

fn run(cli: Cli, report: &mut Report) -> Result<()> {
    let site = cli.site.as_deref();
    match cli.command {
        Command::Init { dir } => {
            let made = commands::init::run(dir.as_deref().or(site))?;
            report.init(&made);
        }
        Command::Add {
            file,
            basename,
            replace,
            pages,
        } => {
            let added = commands::add::run(site, &pages.add(file, basename, replace))?;
            report.add(&added);
        }
        Command::Render { basenames, pages } => {
            let asked = pages.pages();
            report.build(&commands::render::run(site, &basenames, &asked)?);
        }
        Command::Rebuild { dry_run, pages } => {
            let asked = pages.pages();
            report.build(&commands::rebuild::run(site, dry_run, &asked)?);
        }
        Command::Reindex { adopt } => report.build(&commands::reindex::run(site, adopt)?),
        Command::Check {
            baseline,
            write_baseline,
            base,
            staged,
            strict,
            external,
            format,
        } => {
            let asked = commands::check::Check {
                baseline,
                write_baseline,
                base,
                staged,
                strict,
                external,
            };
            let done = commands::check::run(site, &asked)?;
            report.check(&done.checked, format, &|path| done.text(path))?;
            if let (Some(path), Format::Text) = (&done.written, format) {
                report.baseline(path);
            }
        }
        Command::Status { filter, json } => {
            let status = commands::status::run(site, &filter)?;
            if json {
                report.status_json(&status)?;
            } else {
                report.status_table(&status);
            }
        }
        Command::Schema { what } => report.text(match what {
            Schema::Flow => commands::schema::flow(),
            Schema::Check => commands::schema::check(),
        }),
    }
    Ok(())
}

impl PageOptions {
    fn pages(self) -> commands::Pages {
        commands::Pages {
            adopt: self.adopt,
            discard: self.discard_hand_edits,
        }
    }

    fn add(self, file: PathBuf, basename: String, replace: bool) -> commands::add::Add {
        commands::add::Add {
            file,
            basename,
            replace,
            pages: self.pages(),
        }
    }
}
