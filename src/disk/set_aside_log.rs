//! When and why bytes were set aside: a line of JSON for each time, in `.docsite/set-aside/log.jsonl`.
//!
//! A line that is lost, or was never written, loses only that: the copies are what counts, and
//! nothing fails because of the log. Not here: the copies (`set_aside`).

use std::fs::OpenOptions;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::kind::{Kind, kind};
use super::read::open_regular;
use super::state::{SET_ASIDE, STATE};

/// The log's name among the copies.
const LOG: &str = "log.jsonl";
/// In bytes. Of a longer log, the end is read.
const LONGEST: u64 = 32 << 20;

/// One time that bytes were set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SetAside {
    /// Where the copy is, relative to the site.
    pub copy: String,
    /// Where the bytes were, relative to the site.
    pub path: String,
    /// In seconds since 1970.
    pub when: u64,
    /// The command, or what was wrong with the file.
    pub why: String,
}

/// Adds lines for these copies, each with the path that its bytes had.
pub(super) fn note<'a>(
    site: &Path,
    copies: impl IntoIterator<Item = (&'a str, &'a str)>,
    why: &str,
) {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let when = since.map(|since| since.as_secs()).unwrap_or_default();
    let lines = copies.into_iter().map(|(copy, path)| SetAside {
        copy: copy.to_owned(),
        path: path.to_owned(),
        when,
        why: why.to_owned(),
    });
    // Best effort, see above.
    if let Some(log) = file(site) {
        let _ = append(&log, &text(lines));
    }
}

/// The lines that can be read, oldest first.
pub(super) fn set_aside_log(site: &Path) -> Vec<SetAside> {
    let bytes = file(site).and_then(|log| end_of(&log).ok());
    let bytes = bytes.unwrap_or_default();
    let lines = bytes.split(|byte| *byte == b'\n');
    lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect()
}

/// `None` where it would lead out of the site.
pub(super) fn file(site: &Path) -> Option<PathBuf> {
    let folder = site.join(STATE).join(SET_ASIDE);
    let is_own = kind(&folder).is_ok_and(|kind| kind == Kind::Folder);
    is_own.then(|| folder.join(LOG))
}

pub(super) fn text(lines: impl IntoIterator<Item = SetAside>) -> String {
    let lines = lines.into_iter();
    let lines = lines.filter_map(|line| Some(serde_json::to_string(&line).ok()? + "\n"));
    lines.collect()
}

fn append(file: &Path, lines: &str) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    let mut file = open_regular(file, &mut options)?;
    // A run that was killed may have left half a line.
    let mut text = String::new();
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(-1)).is_ok() {
        file.read_exact(&mut last)?;
    }
    if last != [b'\n'] {
        text.push('\n');
    }
    text.push_str(lines);
    file.write_all(text.as_bytes())?;
    file.sync_data()
}

fn end_of(file: &Path) -> io::Result<Vec<u8>> {
    let mut file = open_regular(file, OpenOptions::new().read(true))?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::disk::set_aside;

    #[test]
    fn half_a_line_and_foreign_ones_lose_nothing_else() {
        let site = tempfile::tempdir().expect("a folder");
        let first = set_aside(site.path(), "public/a.html", b"x", "one").expect("kept");
        let log = file(site.path()).expect("a log");
        let mut text = fs::read_to_string(&log).expect("a log");
        text.push_str("\u{0}\n[]\n{\"copy\": \"ha");
        fs::write(&log, text).expect("written");
        let second = set_aside(site.path(), "public/a.html", b"y", "two").expect("kept");
        let lines = set_aside_log(site.path()).into_iter();
        let lines: Vec<_> = lines.map(|line| (line.copy, line.path, line.why)).collect();
        let line =
            |copy: &str, why: &str| (copy.to_owned(), "public/a.html".to_owned(), why.to_owned());
        assert_eq!(lines, [line(&first, "one"), line(&second, "two")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_log_that_leads_elsewhere_is_not_written_and_bytes_are_kept() {
        let site = tempfile::tempdir().expect("a folder");
        let outside = tempfile::NamedTempFile::new().expect("a file");
        let folder = site.path().join(STATE).join(SET_ASIDE);
        fs::create_dir_all(&folder).expect("made");
        std::os::unix::fs::symlink(outside.path(), folder.join(LOG)).expect("linked");
        let kept = set_aside(site.path(), "a.html", b"x", "one").expect("kept");
        assert_eq!(fs::read(site.path().join(kept)).expect("read"), b"x");
        assert_eq!(fs::read(outside.path()).expect("read"), b"");
        assert_eq!(set_aside_log(site.path()), []);
    }
}
