//! The line on a terminal that says how far a long run is.
//!
//! It looks at the run's counters from a thread of its own, and shows nothing of a run that is soon
//! done. Not here: whether there is a terminal (`Report::watch`).

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::{Now, Progress};

/// A run that ends before shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const EVERY: Duration = Duration::from_millis(100);
/// Shows a run until it is dropped, and then leaves no trace.
#[derive(Debug)]
pub(super) struct Bar {
    /// Dropped to end the thread.
    running: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Bar {
    pub(super) fn start(progress: &Progress) -> Self {
        let progress = progress.clone();
        let (running, ended) = mpsc::channel();
        let thread = thread::Builder::new().spawn(move || {
            if !has_ended(&ended, PATIENCE) {
                show(&progress, &ended, ProgressDrawTarget::stderr());
            }
        });
        Self {
            running: Some(running),
            // Without a thread there is no bar.
            thread: thread.ok(),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        drop(self.running.take());
        if let Some(thread) = self.thread.take() {
            // A bar that failed is no reason to fail the run.
            let _ = thread.join();
        }
    }
}

fn show(progress: &Progress, ended: &Receiver<()>, target: ProgressDrawTarget) {
    let bar = ProgressBar::with_draw_target(None, target);
    loop {
        if let Some(now) = progress.now() {
            set(&bar, now);
        }
        if has_ended(ended, EVERY) {
            break;
        }
    }
    bar.finish_and_clear();
}

fn has_ended(running: &Receiver<()>, wait: Duration) -> bool {
    running.recv_timeout(wait) == Err(RecvTimeoutError::Disconnected)
}

/// Draws once: a setter for each part would show mixtures of two stages.
fn set(bar: &ProgressBar, now: Now) {
    let what = now.stage.describe();
    let how_far = if now.of > 0 {
        "{bar:24} {human_pos} of {human_len}"
    } else {
        "{spinner}"
    };
    if let Ok(style) = ProgressStyle::with_template(&format!("{what:<26} {how_far}")) {
        bar.set_style(style.progress_chars("=> ").tick_chars("|/-\\ "));
    }
    bar.update(|state| {
        state.set_len(now.of as u64);
        state.set_pos(now.done as u64);
    });
}
