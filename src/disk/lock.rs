//! Allows one run at a time to write to a site, and stops a run between two files when a signal
//! asks it to end.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::kind::{Kind, kind};
use super::stamp::{Moment, Stamp};
use super::state::open_state;

/// How long a run waits for another one to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// Held while a run writes. The operating system releases it when the process ends in any way.
/// Signals that ask the program to end are recorded here, so that a run stops between two files and
/// leaves no temporary file.
#[derive(Debug)]
pub struct Lock {
    file: File,
    interrupted: Arc<AtomicBool>,
}

impl Lock {
    /// The time by the clock of the site's file system: what was written before is not
    /// later, and what is written next not earlier.
    /// `None` if there is no such clock.
    pub fn now(&self) -> Option<Moment> {
        let mut file = &self.file;
        file.rewind().ok()?;
        file.write_all(b"\n").ok()?;
        let metadata = file.metadata().ok()?;
        Some(Stamp::of(&metadata).modified())
    }

    /// Continues, unless a signal asked the program to end.
    ///
    /// # Errors
    ///
    /// If one did.
    pub fn go_on(&self) -> Result<()> {
        if self.interrupted.load(Ordering::Relaxed) {
            bail!("interrupted; each file is the old one or the new one");
        }
        Ok(())
    }
}

/// Waits until no other run holds the lock of this site.
///
/// # Errors
///
/// If that takes too long.
pub fn lock(site: &Path) -> Result<Lock> {
    let path = open_state(site)?.join("lock");
    if kind(&path)? == Kind::Link {
        bail!("{} is a symbolic link", path.display());
    }
    let about = || format!("cannot lock {}", path.display());
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(about)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => {
                return Ok(Lock {
                    file,
                    interrupted: on_interrupt(),
                });
            }
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => {
                bail!("another docsite is working on this site (waited {PATIENCE:?})")
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(about),
        }
    }
}

/// A flag that is set when a signal asks the program to end. The flag of a second lock in one
/// process is never set: the first lock handles the signals.
fn on_interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    // Without a handler the signal ends the program immediately, and the next run sweeps.
    let _ = ctrlc::set_handler(move || set.store(true, Ordering::Relaxed));
    flag
}
