//! The command line: arguments to requests, outcomes to the report, and the exit status.
//!
//! The status is 0 for success; 1 for findings, or a document that failed while the others were
//! processed; 2 if docsite could not run, or for wrong usage. Not here: what a command does
//! (`commands`), and printing (`report`).

mod edits;
mod flow;
mod how;
mod import;
mod manual;
mod set_aside;

use std::ffi::OsString;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::commands;
use crate::commands::diagrams::{Filter, Lift, Part, Shown};
use crate::draw;
use crate::outcome::diagrams::SlotState;
use crate::pipeline::paths::CATALOGUE;
use crate::progress::Progress;
use crate::report::{Format, Report, Timings};

/// Turns a flat archive of technical notes into a site.
#[derive(Debug, Parser)]
#[command(name = "docsite", version, about, max_term_width = 100)]
struct Cli {
    /// The site's folder [default: the nearest one upwards with docsite.toml or markdown/]
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    site: Option<PathBuf>,
    /// Print only problems
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Print how long each stage took, on standard error [formats: text, json]
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text",
        hide_possible_values = true
    )]
    timings: Option<Timings>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a new site, or adopt a flat archive unchanged
    Init(InitOptions),
    /// Make documents of the Markdown files of another program
    Import(import::Import),
    /// Add a file to markdown/, publish it, and update the catalogue
    Add {
        /// A Markdown file
        file: PathBuf,
        /// <topic>__<type>-<name>
        basename: String,
        /// Copy the files beside it that it links to into attachment/<basename>/, and link to those
        #[arg(long)]
        with_files: bool,
        /// Replace the document of this name, and copied files; the old ones are set aside
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
    #[command(flatten)]
    Edit(edits::Edit),
    /// Bring every published page and the catalogue up to date
    Rebuild {
        /// Publish every document that is not a draft, whatever `publish` in docsite.toml says
        #[arg(long)]
        all: bool,
        /// Print what would happen to each page, and why; write nothing
        #[arg(long, short = 'n')]
        dry_run: bool,
        #[command(flatten)]
        pages: PageOptions,
    },
    /// Update index.html, files.html, graph.json and other derived files; no pages
    Reindex {
        /// Take over files of unknown origin; their old bytes are set aside
        #[arg(long)]
        adopt: bool,
        /// Replace this file, though it was edited by hand; its old bytes are set aside
        #[arg(long, value_name = "FILE", value_parser = CATALOGUE.map(|(name, _)| name))]
        discard_hand_edits: Vec<String>,
    },
    /// Report what is wrong: broken links, orphans, pages out of date
    Check(CheckOptions),
    /// List every document with its state
    Status {
        /// Only documents whose title, summary or name match, as in the catalogue's filter
        #[arg(long, value_name = "TEXT", default_value_t)]
        filter: String,
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Find documents and attachments by their text
    Search(SearchOptions),
    /// Build, serve the site to browsers here, and build again what changes
    #[cfg(feature = "serve")]
    Serve(ServeOptions),
    /// Build, and bring a folder for a static host up to date with what is published
    Export {
        /// What docsite did not write there is never changed
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// Also write each text compressed (.gz and .br), for servers that send such files
        #[arg(long)]
        precompress: bool,
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// List every diagram and its picture; store and remove hand-drawn pictures
    #[command(args_conflicts_with_subcommands = true)]
    Diagrams {
        #[command(subcommand)]
        action: Option<DiagramAction>,
        #[command(flatten)]
        list: DiagramList,
    },
    /// Draw the works on standard input (used by docsite itself)
    #[command(name = draw::WORKER, hide = true)]
    DrawWorker,
    /// Print a JSON Schema, for editors and programs
    Schema {
        /// Of what
        what: Schema,
    },
    /// Print what this shell runs to complete the words after docsite
    Completions {
        /// Whose syntax
        shell: Shell,
    },
    /// Print the manual page, or write those of all subcommands to a folder
    Man {
        /// [default: print the main page]
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct SearchOptions {
    /// Any words: Korean, English, half of a word, or in the wrong keyboard layout
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// At most so many results
    #[arg(long, value_name = "N", default_value = "10")]
    limit: NonZeroUsize,
    /// Only documents of this topic
    #[arg(long, value_name = "TOPIC")]
    topic: Vec<String>,
    /// Only documents of this type
    #[arg(long, value_name = "TYPE")]
    r#type: Vec<String>,
    /// For programs
    #[arg(long)]
    json: bool,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
struct ServeOptions {
    /// [default: 8080]
    #[arg(long, default_value_t = 8080, hide_default_value = true)]
    port: u16,
    /// The address to listen on; others than this machine reach 0.0.0.0
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    bind: std::net::IpAddr,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Open the source of a block that is double-clicked, for example with 'code -g {path}:{line}'
    #[arg(long, value_name = "COMMAND", value_hint = ValueHint::CommandString)]
    edit_with: Option<String>,
}

#[derive(Debug, Args)]
struct InitOptions {
    /// [default: --site, or the current folder]
    #[arg(value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// Write a workflow that installs docsite from this git address (at a branch, tag or commit)
    #[arg(long, value_name = "URL[#REV]")]
    docsite_from: Option<String>,
    /// Write what this host needs, also into a site that is there already
    #[arg(long, value_name = "HOST")]
    deploy: Vec<Host>,
    /// Make documents of the Markdown files of this folder [default: DIR]
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, require_equals = true)]
    import: Option<Vec<PathBuf>>,
    #[command(flatten)]
    names: import::Names,
    #[command(flatten)]
    how: how::How,
}

#[derive(Debug, Args)]
struct CheckOptions {
    /// Accept the findings in this file, and fail only on new ones
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings to this file, as a baseline
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Report only what changed since this git revision
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Compare what the next commit would contain with the last one
    #[arg(long)]
    staged: bool,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// Also check addresses on other hosts
    #[arg(long)]
    external: bool,
    /// The output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
struct DiagramList {
    /// Only those in this state
    #[arg(long, value_name = "STATE", value_parser = state_words())]
    state: Vec<String>,
    /// Only those of this document
    #[arg(long, value_name = "BASENAME")]
    document: Vec<String>,
    /// For programs
    #[arg(long)]
    json: bool,
}

fn state_words() -> [&'static str; 5] {
    SlotState::ALL.map(SlotState::word)
}

#[derive(Debug, Subcommand)]
enum DiagramAction {
    /// Check a hand-drawn picture, store it in a slot, and render the page with it
    Put {
        /// <topic>__<type>-<name>
        basename: String,
        /// As `docsite diagrams` lists it
        slot: String,
        /// An SVG file
        file: PathBuf,
    },
    /// Show one slot
    Show {
        /// <topic>__<type>-<name>
        basename: String,
        /// As `docsite diagrams` lists it
        slot: String,
        /// Print the diagram's source alone
        #[arg(long, conflicts_with = "svg")]
        source: bool,
        /// Print the picture alone
        #[arg(long)]
        svg: bool,
        /// For programs
        #[arg(long, conflicts_with_all = ["source", "svg"])]
        json: bool,
    },
    /// Set a hand-drawn picture aside, and let the build draw the diagram again
    Remove {
        /// <topic>__<type>-<name>
        basename: String,
        /// As `docsite diagrams` lists it
        slot: String,
    },
    /// Take the pictures out of hand-made pages into slots, and render the pages again
    Lift {
        /// <topic>__<type>-<name>
        #[arg(required = true, value_name = "BASENAME")]
        basenames: Vec<String>,
        /// Print what would happen; write nothing
        #[arg(long, short = 'n')]
        dry_run: bool,
        /// Discard what is written by hand beside the pictures; the old page is set aside
        #[arg(long)]
        discard_hand_edits: bool,
    },
    /// Print the guide for drawing pictures, for people and agents
    Style,
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

/// Where a site is published.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Host {
    /// A server of one's own: Caddyfile
    Caddy,
    /// GitHub Pages: a workflow
    Github,
    /// Cloudflare Pages: _headers
    Cloudflare,
}

impl Host {
    fn asked(self) -> commands::init::Host {
        match self {
            Self::Caddy => commands::init::Host::Caddy,
            Self::Github => commands::init::Host::GitHub,
            Self::Cloudflare => commands::init::Host::Cloudflare,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Schema {
    /// flow.json
    Flow,
    /// What `check --format json` prints
    Check,
    /// What `search --json` prints
    Search,
    /// <basename>.json
    Page,
}

/// Runs docsite with these arguments, the program's name first.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    draw::answer_to_the_word();
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return Report::usage(&error),
    };
    let mut report = Report::new(cli.quiet);
    let progress = Progress::default();
    report.watch(&progress);
    let timings = cli.timings;
    let failed = run(cli, &mut report, &progress).err();
    let failed = failed.map(|error| report.failure(&error));
    if let Some(format) = timings {
        report.timings(&progress, format);
    }
    failed.unwrap_or_else(|| report.status())
}

fn run(cli: Cli, report: &mut Report, progress: &Progress) -> Result<()> {
    let site = cli.site.as_deref();
    match cli.command {
        Command::Init(options) => init(site, options, report, progress)?,
        Command::Import(import) => import.run(site, report, progress)?,
        Command::Add {
            file,
            basename,
            with_files,
            replace,
            pages,
        } => {
            let asked = commands::add::Add {
                file,
                basename,
                with_files,
                replace,
                pages: pages.pages(),
            };
            report.add(&commands::add::run(site, &asked, progress)?);
        }
        Command::Render { basenames, pages } => {
            let pages = pages.pages();
            report.build(&commands::render::run(site, &basenames, &pages, progress)?);
        }
        Command::Edit(edit) => edits::run(site, edit, report, progress)?,
        Command::Rebuild {
            all,
            dry_run,
            pages,
        } => {
            let asked = commands::rebuild::Rebuild {
                all,
                dry_run,
                pages: pages.pages(),
            };
            report.build(&commands::rebuild::run(site, &asked, progress)?);
        }
        Command::Reindex {
            adopt,
            discard_hand_edits,
        } => {
            let discard = &discard_hand_edits;
            report.build(&commands::reindex::run(site, adopt, discard, progress)?);
        }
        Command::Check(options) => check(site, options, report, progress)?,
        Command::Status { filter, json } => status(site, &filter, json, report, progress)?,
        Command::Search(options) => search(site, options, report, progress)?,
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve(site, options, report, progress)?,
        Command::Export {
            folder,
            precompress,
            json,
        } => {
            let asked = commands::export::Export {
                folder,
                is_packed: precompress,
            };
            export(site, &asked, json, report, progress)?;
        }
        Command::Diagrams { action, list } => diagrams(site, action, &list, report, progress)?,
        Command::DrawWorker => draw::serve(io::stdin().lock(), report.pipe())?,
        Command::Schema { what } => report.text(what.text()),
        Command::Completions { shell } => report.text(&manual::completions(&Cli::command(), shell)),
        Command::Man { folder } => manual::man(&Cli::command(), folder.as_deref(), report)?,
    }
    Ok(())
}

fn init(
    site: Option<&Path>,
    options: InitOptions,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let InitOptions { names, how, .. } = options;
    let root = options.dir.as_deref().or(site);
    let hosts: Vec<_> = options.deploy.into_iter().map(Host::asked).collect();
    let setup = (options.docsite_from.as_deref(), hosts.as_slice());
    let Some(folder) = options.import else {
        if names.are_said() || how.is_said() {
            bail!("these options are about an import: add `--import`");
        }
        report.init(&commands::init::run(root, setup.0, setup.1)?);
        return Ok(());
    };
    let folder = folder.into_iter().next();
    let folder = folder.or_else(|| root.map(Path::to_owned));
    let asked = names.of(folder.unwrap_or_else(|| PathBuf::from(".")));
    let planned = commands::init::import(root, &asked, setup, progress)?;
    import::carry_out(planned, how, report)
}

impl Schema {
    fn text(self) -> &'static str {
        match self {
            Self::Flow => commands::schema::flow(),
            Self::Check => commands::schema::check(),
            Self::Search => commands::schema::search(),
            Self::Page => commands::schema::page(),
        }
    }
}

fn export(
    site: Option<&Path>,
    asked: &commands::export::Export,
    json: bool,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let outcome = commands::export::run(site, asked, progress)?;
    if json {
        report.export_json(&outcome)?;
    } else {
        report.export(&outcome);
    }
    Ok(())
}

fn check(
    site: Option<&Path>,
    options: CheckOptions,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let format = options.format;
    let asked = commands::check::Check {
        baseline: options.baseline,
        write_baseline: options.write_baseline,
        base: options.base,
        staged: options.staged,
        strict: options.strict,
        external: options.external,
    };
    let done = commands::check::run(site, &asked, progress)?;
    report.check(&done.checked, format, &|path| done.text(path))?;
    if let (Some(path), Format::Text) = (&done.written, format) {
        report.baseline(path);
    }
    Ok(())
}

fn status(
    site: Option<&Path>,
    filter: &str,
    json: bool,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let status = commands::status::run(site, filter, progress)?;
    if json {
        return report.status_json(&status);
    }
    report.status_table(&status);
    Ok(())
}

fn search(
    site: Option<&Path>,
    options: SearchOptions,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let asked = commands::search::Asked {
        query: options.query.join(" "),
        limit: options.limit.get(),
        topics: options.topic,
        types: options.r#type,
    };
    let results = commands::search::run(site, &asked, progress)?;
    if options.json {
        return report.search_json(&results);
    }
    report.search(&results);
    Ok(())
}

#[cfg(feature = "serve")]
fn serve(
    site: Option<&Path>,
    options: ServeOptions,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let asked = commands::serve::Serve {
        port: options.port,
        address: options.bind,
        open: options.open,
        edit_with: options.edit_with,
    };
    commands::serve::run(site, &asked, progress, &mut |event| report.serving(&event))
}

impl DiagramList {
    fn filter(&self) -> Filter {
        let states = self.state.iter();
        Filter {
            states: states.filter_map(|word| SlotState::parse(word)).collect(),
            documents: self.document.clone(),
        }
    }
}

fn diagrams(
    site: Option<&Path>,
    action: Option<DiagramAction>,
    list: &DiagramList,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    match action {
        None => {
            let slots = commands::diagrams::list(site, &list.filter(), progress)?;
            if list.json {
                report.slots_json(&slots)?;
            } else {
                report.slots(&slots);
            }
        }
        Some(DiagramAction::Put {
            basename,
            slot,
            file,
        }) => report.slot_change(&commands::diagrams::put(
            site, &basename, &slot, &file, progress,
        )?),
        Some(DiagramAction::Show {
            basename,
            slot,
            source,
            svg,
            json,
        }) => {
            let part = match (source, svg) {
                (true, _) => Part::Source,
                (_, true) => Part::Svg,
                _ => Part::Facts,
            };
            match commands::diagrams::show(site, &basename, &slot, part, progress)? {
                Shown::Facts(slots) if json => report.slots_json(&slots)?,
                Shown::Facts(slots) => report.slot(&slots),
                Shown::Text(text) => report.text(&text),
            }
        }
        Some(DiagramAction::Remove { basename, slot }) => {
            let change = commands::diagrams::remove(site, &basename, &slot, progress)?;
            report.slot_change(&change);
        }
        Some(DiagramAction::Lift {
            basenames,
            dry_run,
            discard_hand_edits,
        }) => {
            let asked = Lift {
                basenames,
                dry_run,
                discard: discard_hand_edits,
            };
            report.lift(&commands::diagrams::lift(site, &asked, progress)?);
        }
        Some(DiagramAction::Style) => report.text(commands::diagrams::style()),
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
}
