//! `docsite set-aside`: what is kept of files that were replaced or removed: listed, shown, put back,
//! and deleted.
//!
//! Not here: setting aside (`disk`).

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

use crate::disk::{self, Kept, Kind};
use crate::edit::Draft;
use crate::model::front_matter::moment;
use crate::outcome::set_aside::{KeptList, Now};
use crate::pipeline::site::Site;
use crate::progress::Progress;

use super::planned::Planned;

/// Everything that is set aside.
///
/// # Errors
///
/// If it cannot be listed.
pub fn list(folder: Option<&Path>) -> Result<KeptList> {
    let root = Site::find(folder)?;
    let now = |kept: Kept| {
        let now = now(&root, &kept);
        (kept, now)
    };
    Ok(KeptList {
        copies: disk::kept(&root)?.into_iter().map(now).collect(),
        today: today(),
    })
}

/// What was set aside longer ago than that.
///
/// # Errors
///
/// If it cannot be listed.
pub fn older(folder: Option<&Path>, age: Duration) -> Result<KeptList> {
    let mut list = list(folder)?;
    let before = list.today.saturating_sub(age.as_secs());
    list.copies.retain(|(kept, _)| kept.when < before);
    Ok(list)
}

/// Deletes copies for good. Returns how many there were.
///
/// # Errors
///
/// If one cannot be deleted.
pub fn prune(folder: Option<&Path>, list: &KeptList) -> Result<usize> {
    let root = Site::find(folder)?;
    // A change that was interrupted may need them.
    disk::finish_interrupted(&root)?;
    let lock = disk::lock(&root)?;
    let copies: Vec<Kept> = list.copies.iter().map(|(kept, _)| kept.clone()).collect();
    disk::delete_kept(&root, &copies, &lock)
}

/// The bytes of a copy.
///
/// # Errors
///
/// If there is no such copy, or several, or it cannot be read.
pub fn show(folder: Option<&Path>, said: &str) -> Result<Vec<u8>> {
    let root = Site::find(folder)?;
    bytes(&root, &named(&disk::kept(&root)?, said)?)
}

/// Plans to put the bytes of a copy back, or to another path of the site.
///
/// # Errors
///
/// If there is no such copy, or several, it cannot be read, or the path is not one for it.
pub fn restore(
    folder: Option<&Path>,
    said: &str,
    to: Option<&str>,
    progress: &Progress,
) -> Result<Planned> {
    let site = Site::watched(folder, progress)?;
    let kept = named(&disk::kept(&site.root)?, said)?;
    let to = to.map_or(kept.path.as_str(), |to| to.strip_prefix("./").unwrap_or(to));
    if !disk::is_inside(to) {
        bail!(
            "{to} is not the path of a file in the site; `docsite set-aside show` prints the bytes"
        );
    }
    let above = Path::new(to).ancestors().skip(1);
    let mut above = above.map(|folder| site.root.join(folder));
    let above = above.find(|folder| !disk::kind(folder).is_ok_and(|kind| kind == Kind::Absent));
    if !above.is_some_and(|folder| is_in(&site.root, &folder)) {
        bail!("{to} is behind a symbolic link out of the site");
    }
    let bytes = bytes(&site.root, &kept)?;
    let mut draft = Draft::new(&site);
    let why = format!("as it was set aside on {}", moment(kept.when));
    match disk::kind(&site.root.join(to))? {
        Kind::Absent => draft.create(to, bytes, why)?,
        _ => draft.write(to, bytes, why)?,
    }
    let plan = draft.finish()?;
    Ok(Planned::new(site, plan).called(format!("set-aside restore {to}")))
}

/// The copy that is meant: its path, the path that its bytes had, or the beginning of its hash.
fn named(copies: &[Kept], said: &str) -> Result<Kept> {
    let said = said.strip_prefix("./").unwrap_or(said);
    let is_copy =
        |kept: &Kept| kept.copy == said || kept.copy.ends_with(&format!("/set-aside/{said}"));
    let by_copy = |kept: &&Kept| is_copy(kept);
    let by_path = |kept: &&Kept| kept.path == said;
    let by_id = |kept: &&Kept| !said.is_empty() && kept.id().starts_with(said);
    let found = [
        copies.iter().filter(by_copy).collect::<Vec<_>>(),
        copies.iter().filter(by_path).collect(),
        copies.iter().filter(by_id).collect(),
    ];
    match found.into_iter().find(|found| !found.is_empty()).as_deref() {
        Some([kept]) => Ok((*kept).clone()),
        Some(several) => {
            let mut several = several.to_vec();
            several.sort_by_key(|kept| std::cmp::Reverse(kept.when));
            let lines = several.iter();
            let lines = lines.map(|kept| format!("\n  {}  {}", moment(kept.when), kept.copy));
            bail!(
                "`{said}` is several copies; name one of them:{}",
                lines.collect::<String>()
            )
        }
        None => bail!("nothing that is set aside is called `{said}`; `docsite set-aside` lists it"),
    }
}

fn bytes(root: &Path, kept: &Kept) -> Result<Vec<u8>> {
    let bytes = disk::read_whole(&root.join(&kept.copy))?;
    bytes.with_context(|| format!("{} is gone", kept.copy))
}

fn now(root: &Path, kept: &Kept) -> Now {
    let file = root.join(&kept.path);
    match disk::kind(&file) {
        Ok(Kind::Absent) => Now::Gone,
        Ok(Kind::File) if is_in(root, &file) => {
            let is_as_long = disk::stamp(&file).is_some_and(|stamp| stamp.size == kept.size);
            let read = |file: &Path| disk::read_whole(file).ok().flatten();
            if !is_as_long {
                return Now::Other;
            }
            match (read(&file), read(&root.join(&kept.copy))) {
                (Some(there), Some(copy)) if there == copy => Now::Same,
                (Some(_), Some(_)) => Now::Other,
                _ => Now::NotAFile,
            }
        }
        _ => Now::NotAFile,
    }
}

/// Whether a path, with links resolved, is in the site.
fn is_in(root: &Path, path: &Path) -> bool {
    let real = disk::real(path).zip(disk::real(root));
    real.is_some_and(|(path, root)| path.starts_with(root))
}

fn today() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map(|since| since.as_secs()).unwrap_or_default()
}
