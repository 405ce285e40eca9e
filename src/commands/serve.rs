//! `docsite serve`: builds, serves the output, and builds again what changes.
//!
//! Not here: answering requests, and watching (`serve`).

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::check::pages::{self, PageProblem};
use crate::diagnostic::{Finding, Severity};
use crate::disk::{self, Kind};
use crate::name::Basename;
use crate::outcome::build::{BuildOutcome, Fate};
use crate::outcome::serve::Event;
use crate::pipeline::action::Why;
use crate::pipeline::ahead::Ahead;
use crate::pipeline::reach::Reach;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::{Refused, Site};
use crate::pipeline::{self, Built};
use crate::progress::Progress;
use crate::rule::Cause;
use crate::serve::watch::{Watch, is_source};
use crate::serve::{self, Ended, Opener, Problem, Root, Shared};

/// A build that runs when the program is asked to end may take so long to finish.
const LAST_BUILD: Duration = Duration::from_secs(2);
/// A build that failed for want of room, say, is tried again after this time.
const RETRY: Duration = Duration::from_secs(2);
/// Of more documents at once none is waited for: a checkout.
const MOST_AHEAD: usize = 8;

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
    let root = root(&Site::open(Some(&site)), &site);
    let watch = Watch::new(&site, &root.folder)?;
    let shared = Shared::new(root, opener.transpose()?);
    let building = Arc::new(Mutex::new(()));
    end_between_builds(building.clone())?;
    let ahead = Known::default();
    let changes = follow(watch, site.clone(), ahead.clone(), shared.clone())?;
    let mut builder = Builder {
        site: &site,
        progress,
        building,
        shared: shared.clone(),
        ahead,
        change: 0,
        is_stuck: false,
        reported: None,
        is_examined: false,
        said: Vec::new(),
    };
    builder.build(print);
    serve::start(listener, shared.clone())?;
    print(Event::Serving(address.clone()));
    if asked.open
        && let Err(error) = open::that_detached(&address)
    {
        print(Event::Note(
            anyhow::Error::new(error).context("no browser opens"),
        ));
    }
    while builder.wait(&changes, print) {
        builder.build(print);
    }
    Ok(())
}

/// What the last build knew, for pages ahead of the next; none where it failed, or where more than a
/// few documents changed since.
type Known = Arc<Mutex<Option<Ahead>>>;

fn held<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts changes of the sources, and makes the pages of documents that changed, in a thread of its
/// own: while a build runs, too. Each is told only then, so that the build it asks for sees more than
/// its page does.
fn follow(
    mut watch: Watch,
    site: PathBuf,
    ahead: Known,
    shared: Arc<Shared>,
) -> Result<Receiver<u64>> {
    let (sender, changes) = channel();
    let follow = move || {
        let mut change = 0;
        while let Some(mut paths) = watch.wait() {
            change += 1;
            // Editors leave and take away others beside what they save.
            paths.retain(|path| disk::kind(&site.join(path)).is_ok_and(|it| it != Kind::Absent));
            let mut known = held(&ahead);
            if let Some(ahead) = &mut *known {
                match pages(ahead, &paths) {
                    Some(pages) => shared.go_ahead(change, pages),
                    None => *known = None,
                }
            }
            drop(known);
            if sender.send(change).is_err() {
                return;
            }
        }
    };
    let thread = thread::Builder::new().name("watch".to_owned());
    thread.spawn(follow).context("a thread")?;
    Ok(changes)
}

/// The pages of the documents in these files, by path; none if there are many, or other files.
fn pages(ahead: &mut Ahead, paths: &[String]) -> Option<Vec<(String, Vec<u8>)>> {
    let names: Option<BTreeSet<Basename>> = paths
        .iter()
        .map(|path| {
            let file = path.strip_prefix("markdown/")?;
            Basename::parse(file.strip_suffix(".md")?).ok()
        })
        .collect();
    let names = names.filter(|names| names.len() <= MOST_AHEAD)?;
    let pages = names
        .into_iter()
        .filter_map(|name| Some((name.page(), ahead.page(&name)?)));
    Some(pages.collect())
}

/// Ends the program when a signal asks for it, not in the middle of a build.
fn end_between_builds(building: Arc<Mutex<()>>) -> Result<()> {
    let end = move || {
        let asked = Instant::now();
        while building.try_lock().is_err() && asked.elapsed() < LAST_BUILD {
            thread::sleep(Duration::from_millis(5));
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

/// Whether another build follows that will not find it: a source changed during this one.
fn is_built_again(finding: &Finding) -> bool {
    finding.code() == Cause::ChangedMeanwhile.code() && is_source(&finding.path)
}

/// Hand-made pages that stay though their documents changed: who looks at one should know.
fn behind(site: &Site, outcome: &BuildOutcome) -> Vec<Finding> {
    let files = outcome
        .files
        .iter()
        .filter(|file| file.fate == Fate::Kept(Why::HandMade { outdated: true }));
    let found = files.filter_map(|file| {
        let name = Basename::parse(file.path.strip_suffix(".html")?).ok()?;
        let found = pages::finding(&name, &site.shown(&file.path), &PageProblem::Behind);
        Some(found.judged(Severity::Warning))
    });
    found.collect()
}

struct Builder<'a> {
    site: &'a Path,
    progress: &'a Progress,
    /// Held during a build.
    building: Arc<Mutex<()>>,
    shared: Arc<Shared>,
    ahead: Known,
    /// The last change that was heard of.
    change: u64,
    /// Whether the last build failed for a reason outside of the sources, such as a full disk.
    is_stuck: bool,
    /// What the last build reported; none where it failed.
    reported: Option<Vec<Finding>>,
    /// Whether open pages can see what is wrong.
    is_examined: bool,
    /// What was found beside what builds report, when it was last looked.
    said: Vec<Finding>,
}

impl Builder<'_> {
    /// Waits until there is something to build; false if there will be nothing.
    fn wait(&mut self, changes: &Receiver<u64>, print: &mut dyn FnMut(Event)) -> bool {
        let heard = changes.try_recv().or_else(|_| {
            self.look(print);
            if self.is_stuck {
                changes.recv_timeout(RETRY)
            } else {
                changes.recv().map_err(RecvTimeoutError::from)
            }
        });
        match heard {
            Ok(change) => self.change = changes.try_iter().last().unwrap_or(change),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        true
    }

    /// What there is time for after a build: to get to know the site, if the build did not, and to
    /// find what is wrong with it.
    fn look(&mut self, print: &mut dyn FnMut(Event)) {
        let Some(reported) = &self.reported else {
            return;
        };
        if held(&self.ahead).is_none() {
            let site = Site::open(Some(self.site)).map(Site::edited);
            // What is wrong is for the next build to say.
            if let Ok(ahead) = site.and_then(|site| Ahead::read(&site)) {
                *held(&self.ahead) = Some(ahead);
            }
        }
        if !self.is_examined {
            let mut found: Vec<Finding> =
                held(&self.ahead).iter().flat_map(Ahead::findings).collect();
            found.retain(|finding| !reported.contains(finding));
            let is_new = |finding: &&Finding| !self.said.contains(finding);
            let new: Vec<Finding> = found.iter().filter(is_new).cloned().collect();
            if !new.is_empty() {
                print(Event::Found(new));
            }
            let mut all: Vec<&Finding> = reported.iter().chain(&found).collect();
            all.sort();
            self.shared.set_findings(Problem::found(self.site, &all));
            self.said = found;
            self.is_examined = true;
        }
    }

    fn build(&mut self, print: &mut dyn FnMut(Event)) {
        let building = self.building.clone();
        let _building = held(&building);
        let opened = Site::watched(Some(self.site), self.progress).map(Site::edited);
        let built =
            opened.and_then(|site| Ok((pipeline::build(&site, Request::new(Scope::All))?, site)));
        let is_same = matches!(built, Ok((Built::Unchanged(_), _)) | Err(_));
        let is_refused = |error: &anyhow::Error| error.is::<Refused>();
        self.is_stuck = built.as_ref().is_err_and(|error| !is_refused(error));
        self.reported = None;
        self.is_examined = false;
        let (errors, event) = match built {
            Ok((built, site)) => {
                let mut outcome = self.take(&site, built);
                outcome.findings.retain(|finding| !is_built_again(finding));
                let mut reported = outcome.findings.clone();
                reported.extend(behind(&site, &outcome));
                self.reported = Some(reported);
                let errors = self.errors(&outcome.findings, false);
                (errors, Event::Built(Box::new(outcome)))
            }
            Err(error) => {
                *held(&self.ahead) = None;
                (self.failed(&error), Event::Failed(error))
            }
        };
        let ended = Ended {
            change: self.change,
            is_same,
            errors,
        };
        if self.shared.build_ended(ended) {
            print(event);
        }
    }

    /// Serves what was built, and keeps what it knows of the site.
    fn take(&self, site: &Site, built: Built) -> BuildOutcome {
        self.shared.set_root(Root {
            folder: site.output(),
            reach: built.reach().clone(),
        });
        let applied = match built {
            Built::Applied(applied) => applied,
            built => return built.into(),
        };
        let (outcome, resolved) = BuildOutcome::of(*applied);
        let ahead = Ahead::of(site, resolved);
        let before = held(&self.ahead).replace(ahead);
        drop(before);
        outcome
    }

    fn failed(&self, error: &anyhow::Error) -> Vec<Problem> {
        if let Some(Refused(errors)) = error.downcast_ref::<Refused>() {
            let errors: Vec<Finding> = errors.iter().cloned().map(Finding::from).collect();
            return self.errors(&errors, true);
        }
        vec![Problem::elsewhere(error)]
    }

    fn errors(&self, findings: &[Finding], is_fatal: bool) -> Vec<Problem> {
        let errors = findings
            .iter()
            .filter(|finding| finding.severity() == Severity::Error);
        errors
            .map(|finding| Problem::error(self.site, finding, is_fatal))
            .collect()
    }
}
