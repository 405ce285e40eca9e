//! How far a run is, and how long its stages took.
//!
//! The pipeline counts here and calls nobody; whoever shows a run (`report`, a server) holds a clone
//! and looks when it wants to. So nothing that works can print, and a run that nobody looks at pays
//! for a counter. Not here: showing it, and decisions: no output depends on what is counted.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A part of a run, in the order in which runs come to them. One may run within another, as
/// drawing does within resolving; its time is then its own only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "`describe` says what each is")]
pub enum Stage {
    Look,
    Discover,
    Parse,
    Resolve,
    Draw,
    Plan,
    Layout,
    Index,
    Render,
    Copy,
    Write,
    Save,
    Check,
    Ask,
    Pack,
}

impl Stage {
    pub const ALL: [Self; 15] = [
        Self::Look,
        Self::Discover,
        Self::Parse,
        Self::Resolve,
        Self::Draw,
        Self::Plan,
        Self::Layout,
        Self::Index,
        Self::Render,
        Self::Copy,
        Self::Write,
        Self::Save,
        Self::Check,
        Self::Ask,
        Self::Pack,
    ];

    /// As programs know it.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// What is done in it, for people.
    pub fn describe(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Look => ("look", "looking for changes"),
            Self::Discover => ("discover", "listing files"),
            Self::Parse => ("parse", "reading documents"),
            Self::Resolve => ("resolve", "following links"),
            Self::Draw => ("draw", "drawing diagrams"),
            Self::Plan => ("plan", "comparing with the output"),
            Self::Layout => ("layout", "laying the graph out"),
            Self::Index => ("index", "making the catalogue"),
            Self::Render => ("render", "rendering pages"),
            Self::Copy => ("copy", "copying files"),
            Self::Write => ("write", "putting files in place"),
            Self::Save => ("save", "saving for the next run"),
            Self::Check => ("check", "looking for problems"),
            Self::Ask => ("ask", "asking other hosts"),
            Self::Pack => ("compress", "compressing files"),
        }
    }
}

/// A run's counters. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    done: AtomicUsize,
    laps: Mutex<Laps>,
}

/// Every moment is counted for the innermost stage that runs then, or for none.
#[derive(Debug)]
struct Laps {
    begun: Instant,
    since: Instant,
    running: Vec<Running>,
    spent: [Option<Spent>; Stage::ALL.len()],
}

#[derive(Debug, Clone, Copy)]
struct Running {
    stage: Stage,
    of: usize,
}

/// What a stage took in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    pub time: Duration,
    /// Documents, pages, diagrams; 0 where it counts nothing.
    pub items: usize,
}

/// The stage that runs at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    pub stage: Stage,
    pub done: usize,
    /// 0 where it is not known.
    pub of: usize,
}

/// Ends its stage when it is dropped.
#[derive(Debug)]
#[must_use]
pub struct Step(Progress);

impl Default for Laps {
    fn default() -> Self {
        let now = Instant::now();
        Self {
            begun: now,
            since: now,
            running: Vec::new(),
            spent: [None; Stage::ALL.len()],
        }
    }
}

impl Laps {
    /// Counts the time until now for the stage that runs.
    fn lap(&mut self) {
        let now = Instant::now();
        if let Some(running) = self.running.last() {
            let spent = self.spent[running.stage as usize].get_or_insert_default();
            spent.time += now.duration_since(self.since);
        }
        self.since = now;
    }
}

impl Progress {
    /// Begins a stage, on the thread that runs the build. `of`: how many items it has, or 0.
    pub fn begin(&self, stage: Stage, of: usize) -> Step {
        let mut laps = self.laps();
        laps.lap();
        laps.running.push(Running { stage, of });
        laps.spent[stage as usize].get_or_insert_default().items += of;
        self.0.done.store(0, Ordering::Relaxed);
        drop(laps);
        Step(self.clone())
    }

    /// What runs now; none between stages.
    pub fn now(&self) -> Option<Now> {
        let running = *self.laps().running.last()?;
        Some(Now {
            stage: running.stage,
            done: self.0.done.load(Ordering::Relaxed).min(running.of),
            of: running.of,
        })
    }

    /// The time since the run began.
    pub fn total(&self) -> Duration {
        self.laps().begun.elapsed()
    }

    /// Every stage that began, in the order of `Stage::ALL`, as of its end or of the last stage
    /// within it.
    pub fn spent(&self) -> Vec<(Stage, Spent)> {
        let laps = self.laps();
        let all = Stage::ALL.into_iter().zip(laps.spent);
        all.filter_map(|(stage, spent)| Some((stage, spent?)))
            .collect()
    }

    fn laps(&self) -> MutexGuard<'_, Laps> {
        self.0.laps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Step {
    /// Counts one item, on any thread.
    pub fn item(&self) {
        self.0.0.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        let mut laps = self.0.laps();
        laps.lap();
        laps.running.pop();
        self.0.0.done.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_in_the_order_of_their_numbers() {
        for (at, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage as usize, at);
        }
    }

    #[test]
    fn items_are_counted_on_all_threads_until_the_stage_ends() {
        let progress = Progress::default();
        assert_eq!(progress.now(), None);
        let step = progress.begin(Stage::Parse, 3);
        std::thread::scope(|scope| {
            scope.spawn(|| step.item());
            scope.spawn(|| step.item());
        });
        let now = Now {
            stage: Stage::Parse,
            done: 2,
            of: 3,
        };
        assert_eq!(progress.clone().now(), Some(now));
        drop(step);
        assert_eq!(progress.now(), None);
    }

    #[test]
    fn a_stage_within_another_has_its_own_time_and_count() {
        let progress = Progress::default();
        let outer = progress.begin(Stage::Resolve, 0);
        let inner = progress.begin(Stage::Draw, 7);
        inner.item();
        std::thread::sleep(Duration::from_millis(20));
        drop(inner);
        let now = progress.now().expect("the outer one runs");
        assert_eq!((now.stage, now.done, now.of), (Stage::Resolve, 0, 0));
        drop(outer);
        let spent = progress.spent();
        let stages: Vec<Stage> = spent.iter().map(|(stage, _)| *stage).collect();
        assert_eq!(stages, [Stage::Resolve, Stage::Draw]);
        assert_eq!(spent[1].1.items, 7);
        assert!(spent[0].1.time < spent[1].1.time);
        let sum: Duration = spent.iter().map(|(_, spent)| spent.time).sum();
        assert!(sum <= progress.total());
    }

    #[test]
    fn a_stage_that_runs_twice_is_counted_once_with_both() {
        let progress = Progress::default();
        drop(progress.begin(Stage::Draw, 2));
        drop(progress.begin(Stage::Draw, 3));
        let spent = progress.spent();
        assert_eq!(spent.len(), 1);
        assert_eq!(spent[0].1.items, 5);
    }
}
