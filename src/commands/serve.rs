//! `docsite serve`: builds, serves the output, and builds again what changes.
//!
//! Not here: answering requests, and watching (`serve`).

use std::net::IpAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::diagnostic::{Finding, Severity};
use crate::disk;
use crate::outcome::build::BuildOutcome;
use crate::outcome::serve::Event;
use crate::pipeline::reach::Reach;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::{Refused, Site};
use crate::pipeline::{self, Built};
use crate::progress::Progress;
use crate::serve::watch::Watch;
use crate::serve::{self, Opener, Problem, Root, Shared, Status};

/// A build that runs when the program is asked to end may take so long to finish.
const LAST_BUILD: Duration = Duration::from_secs(2);
/// A build that failed for want of room, say, is tried again after this time.
const RETRY: Duration = Duration::from_secs(2);
/// Of a long line so many characters are shown before and after the place.
const AROUND: usize = 60;

#[derive(Debug, Clone)]
pub struct Serve {
    pub port: u16,
    pub address: IpAddr,
    /// Open the site in a browser.
    pub open: bool,
    /// The command that opens a source, with `{path}` and `{line}`.
    pub edit_with: Option<String>,
}

/// Serves until the program is asked to end.
///
/// # Errors
///
/// If there is no such folder, the port is taken, or the files cannot be watched.
pub fn run(
    folder: Option<&Path>,
    asked: &Serve,
    progress: &Progress,
    print: &mut dyn FnMut(Event),
) -> Result<()> {
    let site = Site::find(folder)?;
    let site = disk::real(&site).with_context(|| format!("{} does not exist", site.display()))?;
    let opener = asked.edit_with.as_deref();
    let opener = opener.map(|command| Opener::new(command, site.clone()));
    let listener = serve::listen(asked.address, asked.port)?;
    let address = format!("http://{}/", listener.local_addr().context("a socket")?);
    let shared = Shared::new(root(&Site::open(Some(&site)), &site), opener.transpose()?);
    let building = Arc::new(Mutex::new(()));
    end_between_builds(building.clone())?;
    let mut watch = Watch::new(&site)?;
    let mut builder = Builder {
        site: &site,
        progress,
        building,
        status: Status::default(),
        is_stuck: false,
    };
    builder.build(&shared, print);
    serve::start(listener, shared.clone())?;
    print(Event::Serving(address.clone()));
    if asked.open
        && let Err(error) = open::that_detached(&address)
    {
        print(Event::Note(
            anyhow::Error::new(error).context("no browser opens"),
        ));
    }
    while watch.wait(builder.again()) {
        builder.build(&shared, print);
    }
    Ok(())
}

/// Ends the program when a signal asks for it, not in the middle of a build.
fn end_between_builds(building: Arc<Mutex<()>>) -> Result<()> {
    let end = move || {
        let asked = Instant::now();
        while building.try_lock().is_err() && asked.elapsed() < LAST_BUILD {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::process::exit(0);
    };
    ctrlc::set_handler(end).context("signals")
}

/// What is served of a site that can, or cannot, be opened.
fn root(opened: &Result<Site>, folder: &Path) -> Root {
    match opened {
        Ok(site) => Root {
            folder: site.output(),
            reach: Reach::new(site),
        },
        Err(_) => Root {
            folder: folder.join("public"),
            reach: Reach::default(),
        },
    }
}

struct Builder<'a> {
    site: &'a Path,
    progress: &'a Progress,
    /// Held during a build.
    building: Arc<Mutex<()>>,
    status: Status,
    /// Whether the last build failed for a reason outside of the sources, such as a full disk.
    is_stuck: bool,
}

impl Builder<'_> {
    /// When to build again though no source changed.
    fn again(&self) -> Option<Duration> {
        self.is_stuck.then_some(RETRY)
    }

    fn build(&mut self, shared: &Shared, print: &mut dyn FnMut(Event)) {
        let building = self.building.clone();
        let _building = building.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = Site::watched(Some(self.site), self.progress);
        let built = opened.and_then(|site| {
            let built = pipeline::build(&site, Request::new(Scope::All))?;
            shared.set_root(Root {
                folder: site.output(),
                reach: built.reach().clone(),
            });
            Ok(built)
        });
        let is_same = matches!(built, Ok(Built::Unchanged(_)) | Err(_));
        let is_refused = |error: &anyhow::Error| error.is::<Refused>();
        self.is_stuck = built.as_ref().is_err_and(|error| !is_refused(error));
        let (problems, event) = match built {
            Ok(built) => {
                let outcome = BuildOutcome::from(built);
                let problems = self.problems(&outcome.findings, false);
                (problems, Event::Built(Box::new(outcome)))
            }
            Err(error) => (self.failed(&error), Event::Failed(error)),
        };
        let is_first = self.status.build == 0;
        if is_same && problems == self.status.problems && !is_first {
            return;
        }
        self.status = Status {
            build: self.status.build + 1,
            problems,
        };
        shared.set_status(self.status.clone());
        print(event);
    }

    fn failed(&self, error: &anyhow::Error) -> Vec<Problem> {
        if let Some(Refused(errors)) = error.downcast_ref::<Refused>() {
            let errors: Vec<Finding> = errors.iter().cloned().map(Finding::from).collect();
            return self.problems(&errors, true);
        }
        vec![Problem {
            path: String::new(),
            line: None,
            column: None,
            code: String::new(),
            message: format!("{error:#}"),
            help: None,
            excerpt: None,
            is_fatal: true,
        }]
    }

    /// The errors among findings. Warnings are for the terminal.
    fn problems(&self, findings: &[Finding], is_fatal: bool) -> Vec<Problem> {
        let errors = findings
            .iter()
            .filter(|finding| finding.severity() == Severity::Error);
        errors
            .map(|finding| Problem {
                path: finding.path.clone(),
                line: finding.position.map(|position| position.line),
                column: finding.position.map(|position| position.column),
                code: finding.code().to_owned(),
                message: finding.message.clone(),
                help: finding.help.clone(),
                excerpt: self.excerpt(finding),
                is_fatal,
            })
            .collect()
    }

    fn excerpt(&self, finding: &Finding) -> Option<[String; 3]> {
        let position = finding.position?;
        let bytes = disk::read(&self.site.join(&finding.path)).ok()??;
        let text = String::from_utf8_lossy(&bytes);
        let line = text.lines().nth(position.line - 1)?;
        let start = position.column - 1;
        let length = usize::try_from(finding.length).unwrap_or(1).max(1);
        let part = |from: usize, length: usize| line.chars().skip(from).take(length).collect();
        let before = start.saturating_sub(AROUND);
        Some([
            part(before, start - before),
            part(start, length.min(AROUND)),
            part(start + length, AROUND),
        ])
    }
}
