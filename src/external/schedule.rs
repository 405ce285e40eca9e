//! When each request is made: some threads, one request at a time to a host, a pause after it, and a
//! deadline.
//!
//! Each request of a visit waits in the queue of its host: a redirect to another host keeps that host's
//! pace, and no thread sleeps while it could make another request.
//!
//! Not here: what is requested (`visit`).

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::address;
use super::client::Client;
use super::options::Options;
use super::visit::{Next, PageAnswer, Visit};

/// Visits these pages. Those not reached in time are unverified.
pub(super) fn run(
    visits: Vec<Visit>,
    options: &Options,
    client: &Client,
) -> BTreeMap<String, PageAnswer> {
    let threads = options.concurrency.clamp(1, visits.len().max(1));
    let schedule = Schedule::new(visits, options);
    thread::scope(|scope| {
        for _ in 1..threads {
            // If a thread cannot be started it only takes longer: this one works, too.
            let _ = thread::Builder::new().spawn_scoped(scope, || schedule.work(options, client));
        }
        schedule.work(options, client);
    });
    schedule.end()
}

struct Schedule {
    state: Mutex<Progress>,
    changed: Condvar,
    deadline: Instant,
}

struct Progress {
    hosts: BTreeMap<String, Host>,
    open: usize,
    outcomes: BTreeMap<String, PageAnswer>,
}

struct Host {
    steps: Vec<Step>,
    busy: bool,
    ready: Instant,
    /// Why the host cannot be reached.
    down: Option<String>,
}

struct Step {
    visit: Box<Visit>,
    not_before: Instant,
}

enum Turn {
    Ask(String, Box<Visit>),
    /// Wait until something changes or this time has passed.
    Wait(Duration),
    End,
}

impl Schedule {
    fn new(visits: Vec<Visit>, options: &Options) -> Self {
        let now = Instant::now();
        let mut state = Progress {
            hosts: BTreeMap::new(),
            open: visits.len(),
            outcomes: BTreeMap::new(),
        };
        for visit in visits {
            state.queue(Box::new(visit), now);
        }
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            deadline: now + options.total,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, options: &Options, client: &Client) {
        let mut state = self.lock();
        loop {
            match state.turn(Instant::now(), self.deadline, options) {
                Turn::End => break,
                Turn::Wait(time) => {
                    let waited = self.changed.wait_timeout(state, time);
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
                Turn::Ask(host, mut visit) => {
                    drop(state);
                    let reply = client.request(visit.method(), visit.here(), visit.anchors());
                    let next = visit.hear(reply, options);
                    state = self.lock();
                    state.take(&host, visit, next);
                    self.changed.notify_all();
                }
            }
        }
        self.changed.notify_all();
    }

    fn end(self) -> BTreeMap<String, PageAnswer> {
        let state = self.state.into_inner();
        let state = state.unwrap_or_else(PoisonError::into_inner);
        let mut outcomes = state.outcomes;
        for step in state.hosts.into_values().flat_map(|host| host.steps) {
            let why = "was not requested: there was no time left".to_owned();
            outcomes.insert(step.visit.start().to_owned(), PageAnswer::Unverified(why));
        }
        outcomes
    }
}

impl Progress {
    /// The next request that may be made, or the time until then.
    fn turn(&mut self, now: Instant, deadline: Instant, options: &Options) -> Turn {
        if self.open == 0 || now >= deadline {
            return Turn::End;
        }
        let left = deadline - now;
        let first = self.hosts.iter_mut().filter_map(|(name, host)| {
            let (at, when) = host.first()?;
            Some((when, name, host, at))
        });
        let Some((when, name, host, at)) = first.min_by_key(|(when, name, ..)| (*when, *name))
        else {
            return Turn::Wait(left);
        };
        if when > now {
            return Turn::Wait((when - now).min(left));
        }
        host.busy = true;
        host.ready = now + options.pace;
        Turn::Ask(name.clone(), host.steps.remove(at).visit)
    }

    /// Records the result of a request.
    fn take(&mut self, host: &str, visit: Box<Visit>, next: Next) {
        let now = Instant::now();
        let mut down = None;
        match next {
            Next::Ask { wait, whole_host } => {
                if whole_host && let Some(host) = self.hosts.get_mut(host) {
                    host.ready = host.ready.max(now + wait);
                }
                self.queue(visit, now + wait);
            }
            Next::Done { outcome, host_down } => {
                down = host_down;
                self.close(&visit, outcome);
            }
        }
        let Some(host) = self.hosts.get_mut(host) else {
            return;
        };
        host.busy = false;
        if let Some(why) = down {
            let left = std::mem::take(&mut host.steps);
            host.down = Some(why.clone());
            for step in left {
                self.close(&step.visit, step.visit.give_up(&why));
            }
        }
    }

    fn queue(&mut self, visit: Box<Visit>, not_before: Instant) {
        let name = address::server(visit.here());
        let host = self.hosts.entry(name).or_insert_with(|| Host {
            steps: Vec::new(),
            busy: false,
            ready: not_before,
            down: None,
        });
        match host.down.clone() {
            Some(why) => {
                let outcome = visit.give_up(&why);
                self.close(&visit, outcome);
            }
            None => host.steps.push(Step { visit, not_before }),
        }
    }

    fn close(&mut self, visit: &Visit, outcome: PageAnswer) {
        self.open -= 1;
        self.outcomes.insert(visit.start().to_owned(), outcome);
    }
}

impl Host {
    /// The index of its next request, and when it may be made; `None` while one is running.
    fn first(&self) -> Option<(usize, Instant)> {
        if self.busy {
            return None;
        }
        let steps = self.steps.iter().enumerate();
        let (at, step) = steps.min_by_key(|(at, step)| (step.not_before, *at))?;
        Some((at, step.not_before.max(self.ready)))
    }
}
