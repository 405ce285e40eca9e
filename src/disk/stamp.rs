//! What the file system says of a file without opening it, by which a later run knows that nobody
//! changed its bytes.
//!
//! A file that is written gets another stamp, except within one tick of the file system's clock. So
//! a stamp is of use only if its tick had passed before the bytes were read (`Stamp::is_settled`).
//! Times are compared for equality, or with another time of the same clock: a clock that is wrong,
//! or goes backwards, is no danger. Not here: what was known of a file (`seen`).

use std::fs::{self, Metadata};
use std::path::Path;
use std::thread;
#[cfg(not(unix))]
use std::time::UNIX_EPOCH;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// A time of the file system's clock, in nanoseconds since 1970.
pub type Moment = i64;

/// The longest tick of a clock that counts nanoseconds; for one that counts seconds, as on FAT, two
/// seconds.
const TICK: Moment = 10_000_000;
const COARSE_TICK: Moment = 2_000_000_000;
const MILLISECOND: Moment = 1_000_000;
/// The last change where it is not known, after every other time.
const NEVER: Moment = Moment::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    modified: Moment,
    /// The last change of its bytes, name or permissions, which no program can set.
    changed: Moment,
    inode: u64,
}

/// Waits until the file system's clock has ticked since `written`, after which nothing was written.
pub fn pass_tick(written: Instant) {
    let tick = Duration::from_nanos(TICK.unsigned_abs());
    thread::sleep(tick.saturating_sub(written.elapsed()));
}

/// The stamp of a regular file; `None` of anything else.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::symlink_metadata(path).ok()?;
    metadata.is_file().then(|| Stamp::of(&metadata))
}

impl Stamp {
    #[cfg(unix)]
    pub fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let moment = |seconds: Moment, nanoseconds: Moment| {
            seconds
                .saturating_mul(1_000_000_000)
                .saturating_add(nanoseconds)
        };
        Self {
            size: metadata.len(),
            modified: moment(metadata.mtime(), metadata.mtime_nsec()),
            changed: moment(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    /// Where the system does not say when a file changed, no stamp settles: any program can set the
    /// time that it was modified.
    #[cfg(not(unix))]
    pub fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            size: metadata.len(),
            modified: since.map_or(0, |since| {
                Moment::try_from(since.as_nanos()).unwrap_or(Moment::MAX)
            }),
            changed: NEVER,
            inode: 0,
        }
    }

    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.size.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.modified.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.changed.to_le_bytes());
        bytes[24..].copy_from_slice(&self.inode.to_le_bytes());
        bytes
    }

    pub fn modified(&self) -> Moment {
        self.modified
    }

    /// Whether a change after `moment` gives another stamp: then what was read after it is known as
    /// long as the stamp is the same.
    pub fn is_settled(&self, moment: Moment) -> bool {
        self.latest().saturating_add(self.tick()) < moment
    }

    /// Whether a change after this file took its place gives another stamp than the file had before,
    /// when it was written beside its place.
    pub fn is_settled_since(&self, written: &Self) -> bool {
        let is_same = (self.size, self.inode) == (written.size, written.inode);
        // Both times are of one clock: it ticked between the last byte and the rename.
        let has_ticked = self.modified < self.changed && self.changed != NEVER;
        is_same && self.modified == written.modified && has_ticked
    }

    fn latest(&self) -> Moment {
        self.modified.max(self.changed)
    }

    fn tick(&self) -> Moment {
        let is_coarse = |moment: Moment| moment % MILLISECOND == 0;
        if is_coarse(self.modified) && is_coarse(self.changed) {
            COARSE_TICK
        } else {
            TICK
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Moment = 1_000_000_000;

    fn stamp(modified: Moment, changed: Moment) -> Stamp {
        Stamp {
            size: 1,
            modified,
            changed,
            inode: 1,
        }
    }

    #[test]
    fn a_stamp_settles_when_its_tick_has_passed() {
        let old = stamp(5 * SECOND + 1, 5 * SECOND + 1);
        assert!(!old.is_settled(5 * SECOND + 1));
        assert!(!old.is_settled(5 * SECOND + TICK));
        assert!(old.is_settled(5 * SECOND + TICK + 2));
        let coarse = stamp(4 * SECOND, 4 * SECOND);
        assert!(!coarse.is_settled(5 * SECOND));
        assert!(coarse.is_settled(6 * SECOND + 1));
    }

    #[test]
    fn the_time_of_either_change_counts_and_a_clock_that_went_back_settles_nothing() {
        let renamed = stamp(SECOND + 1, 9 * SECOND + 1);
        assert!(!renamed.is_settled(5 * SECOND));
        let set_to_later = stamp(9 * SECOND + 1, SECOND + 1);
        assert!(!set_to_later.is_settled(5 * SECOND));
    }

    #[test]
    fn a_file_written_and_renamed_within_one_tick_is_not_settled() {
        let written = stamp(SECOND + 1, SECOND + 1);
        assert!(!stamp(SECOND + 1, SECOND + 1).is_settled_since(&written));
        assert!(stamp(SECOND + 1, SECOND + 2).is_settled_since(&written));
        let edited = stamp(SECOND + 5 * TICK, SECOND + 5 * TICK);
        assert!(!edited.is_settled_since(&written));
        let another = Stamp {
            inode: 2,
            ..stamp(SECOND + 1, SECOND + 1 + TICK)
        };
        assert!(!another.is_settled_since(&written));
    }

    #[test]
    fn where_the_last_change_is_not_known_nothing_settles() {
        let unknown = stamp(SECOND + 1, NEVER);
        assert!(!unknown.is_settled(9 * SECOND));
        assert!(!unknown.is_settled(Moment::MAX));
        assert!(!unknown.is_settled_since(&unknown));
    }
}
