//! The one place that touches files: listing, reading, and replacing them so that at any kill each
//! file is the old one or the new one.
//!
//! Not here: which file may be replaced (`output::page_state` decides that for pages), and what is
//! in them.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::TempPath;
use walkdir::WalkDir;

use crate::fingerprint::Fingerprint;

/// What a temporary file's name begins with; it is beside the file that it becomes.
const TEMPORARY: &str = ".docsite-tmp-";
/// docsite's own folder in a site.
pub const STATE: &str = ".docsite";
/// In it, what may be deleted at any time.
const CACHE: &str = "cache";
/// In it, what was replaced or removed; the owner's to delete.
const SET_ASIDE: &str = "set-aside";
/// The ending of a name is kept with what was set aside, unless it is longer than this, in bytes.
const LONGEST_ENDING: usize = 16;
/// How many names are tried before a folder counts as full.
const MOST_NAMES: usize = 1000;
/// A file larger than this is not read: no document is, and a page is not either.
pub const LARGEST: u64 = 32 << 20;
/// How long a run waits for another one to end.
const PATIENCE: Duration = Duration::from_secs(30);
/// From this many files on, one sync of the whole file system is cheaper than one a file.
const MANY: usize = 16;

/// What is at a path, without following links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Absent,
    File,
    Folder,
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What is at `path`.
///
/// # Errors
/// When the system cannot say.
pub fn kind(path: &Path) -> io::Result<Kind> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(kind_of(metadata.file_type())),
        Err(error) if is_absent(&error) => Ok(Kind::Absent),
        Err(error) => Err(error),
    }
}

fn kind_of(kind: fs::FileType) -> Kind {
    if kind.is_symlink() {
        Kind::Link
    } else if kind.is_dir() {
        Kind::Folder
    } else if kind.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// An entry of a folder, or of all folders below one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the listed folder, with `/`. A name that is not UTF-8 is shown with
    /// replacement characters, and `readable` is false.
    pub path: String,
    pub kind: Kind,
    /// In bytes; 0 for what is not a file.
    pub size: u64,
    /// Whether `path` is the file's real name.
    pub readable: bool,
}

/// What is in a folder itself, sorted by name; nothing when there is no such folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn list(folder: &Path) -> Result<Vec<Entry>> {
    walk(folder, 1, |_| true)
}

/// Everything below a folder, sorted; links are listed and not followed. `enter` says, by the path
/// relative to the folder, which entries count (and which folders are entered).
///
/// # Errors
/// When a folder cannot be read.
pub fn walk(folder: &Path, depth: usize, enter: impl Fn(&str) -> bool) -> Result<Vec<Entry>> {
    let mut failures = Vec::new();
    let entries = walk_what_can_be(folder, depth, enter, &mut failures);
    match failures.into_iter().next() {
        Some(Unlisted { why, .. }) => {
            Err(why).with_context(|| format!("cannot list {}", folder.display()))
        }
        None => Ok(entries),
    }
}

/// A folder whose content is not known.
#[derive(Debug)]
pub struct Unlisted {
    /// Relative to the folder that was walked; empty for that one itself.
    pub path: String,
    pub why: io::Error,
}

/// The same where it can be read; folders that cannot be are added to `failures`.
pub fn walk_what_can_be(
    folder: &Path,
    depth: usize,
    enter: impl Fn(&str) -> bool,
    failures: &mut Vec<Unlisted>,
) -> Vec<Entry> {
    let relative = |path: &Path| {
        let path = path.strip_prefix(folder).unwrap_or(path);
        let text = path
            .to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "/");
        (path.to_str().is_some(), text)
    };
    match kind(folder) {
        Ok(Kind::Absent) => return Vec::new(),
        Ok(_) => {}
        Err(why) => {
            let path = String::new();
            failures.push(Unlisted { path, why });
            return Vec::new();
        }
    }
    let mut entries = Vec::new();
    let walker = WalkDir::new(folder)
        .min_depth(1)
        .max_depth(depth)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| enter(&relative(entry.path()).1));
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(|path| relative(path).1);
                let path = path.unwrap_or_default();
                let why = error.into_io_error();
                let why = why.unwrap_or_else(|| io::Error::other("is a loop of symbolic links"));
                // One that vanished while its parent was listed is gone.
                if !is_absent(&why) {
                    failures.push(Unlisted { path, why });
                }
                continue;
            }
        };
        let (readable, path) = relative(entry.path());
        let kind = kind_of(entry.file_type());
        let size = match kind {
            Kind::File => entry.metadata().map_or(0, |metadata| metadata.len()),
            _ => 0,
        };
        entries.push(Entry {
            path,
            kind,
            size,
            readable,
        });
    }
    entries
}

/// The bytes of a regular file; none where there is no file. Links are not followed.
///
/// # Errors
/// When there is something that is not a regular file, is larger than `LARGEST`, or cannot be read.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    read_within(path, LARGEST).with_context(|| format!("cannot read {}", path.display()))
}

/// The bytes of a regular file of any size, as `read` does.
///
/// # Errors
/// As `read`, but for the size.
pub fn read_whole(path: &Path) -> Result<Option<Vec<u8>>> {
    read_within(path, u64::MAX).with_context(|| format!("cannot read {}", path.display()))
}

/// The first bytes of a regular file, no more than `limit`.
///
/// # Errors
/// When it is not a regular file, or cannot be read.
pub fn read_head(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read_within(path: &Path, largest: u64) -> Result<Option<Vec<u8>>> {
    match kind(path)? {
        Kind::Absent => return Ok(None),
        Kind::File => {}
        Kind::Link => bail!("is a symbolic link"),
        Kind::Folder => bail!("is a directory"),
        Kind::Other => bail!("is not a regular file"),
    }
    let mut file = open_regular(path)?;
    let size = file.metadata()?.len();
    if size > largest {
        bail!("is larger than {} MiB", largest >> 20);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Opens without following a link that was put there since the look.
fn open_regular(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

/// The bytes of a file that the user named: links are followed, but it must be a regular file.
///
/// # Errors
/// When there is none, or it is not a regular file, too large or unreadable.
pub fn read_named(path: &Path) -> Result<Vec<u8>> {
    let about = || format!("cannot read {}", path.display());
    let metadata = fs::metadata(path).with_context(about)?;
    if metadata.is_dir() {
        bail!("{} is a directory; name one file", path.display());
    }
    if !metadata.is_file() {
        bail!("{} is not a regular file", path.display());
    }
    if metadata.len() > LARGEST {
        bail!("{} is larger than {} MiB", path.display(), LARGEST >> 20);
    }
    fs::read(path).with_context(about)
}

/// A file that the user named to be written: nothing is there yet, or a file of the kind that may
/// be replaced.
#[derive(Debug)]
pub struct Named {
    path: PathBuf,
    expected: Option<Fingerprint>,
}

impl Named {
    /// Looks at what is at `path`. `is_ours` says whether a file's bytes may be replaced, and why
    /// not.
    ///
    /// # Errors
    /// When something else is there. A link is followed, but not to nowhere.
    pub fn open(path: &Path, is_ours: impl FnOnce(&[u8]) -> Result<()>) -> Result<Self> {
        let refuse = || format!("{} is not overwritten", path.display());
        let path = match kind(path).with_context(refuse)? {
            Kind::Absent => {
                return Ok(Self {
                    path: path.to_owned(),
                    expected: None,
                });
            }
            Kind::Link => real(path).context("it is a symbolic link to nothing"),
            Kind::File => Ok(path.to_owned()),
            Kind::Folder => Err(anyhow!("it is a directory")),
            Kind::Other => Err(anyhow!("it is not a regular file")),
        }
        .with_context(refuse)?;
        let bytes = read_whole(&path).with_context(refuse)?.unwrap_or_default();
        is_ours(&bytes).with_context(refuse)?;
        Ok(Self {
            path,
            expected: Some(Fingerprint::of(&bytes)),
        })
    }

    /// Writes it, unless somebody changed it since it was opened.
    ///
    /// # Errors
    /// When it cannot be written; it is then as it was.
    pub fn write(&self, bytes: &[u8]) -> Result<()> {
        let about = || format!("cannot write {}", self.path.display());
        // A bare name has an empty parent.
        let path = Path::new(".").join(&self.path);
        match replace(&path, bytes, self.expected).with_context(about)? {
            Placed::Done => Ok(()),
            Placed::Changed => bail!("{} changed meanwhile, and is kept", self.path.display()),
        }
    }
}

/// The real path, links resolved; `None` if it does not exist.
pub fn real(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Whether two paths are names of one file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let place = |path| {
            let metadata: fs::Metadata = fs::symlink_metadata(path).ok()?;
            Some((metadata.dev(), metadata.ino()))
        };
        place(one).is_some_and(|place_of_one| place(other) == Some(place_of_one))
    }
    #[cfg(not(unix))]
    {
        real(one).is_some_and(|path| real(other) == Some(path))
    }
}

/// Makes a folder and those above it.
///
/// # Errors
/// When it cannot be made, or a file is in its place.
pub fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot create directory {}", folder.display()))
}

/// A new file's bytes, written beside its target and waiting to take its place. Dropped, they are
/// gone.
#[derive(Debug)]
pub struct Staged {
    temporary: TempPath,
    target: PathBuf,
}

/// What became of a staged file.
#[derive(Debug, PartialEq, Eq)]
pub enum Placed {
    Done,
    /// Somebody changed the target in the meantime: theirs is in place, untouched.
    Changed,
}

/// A folder outside of the site that is removed, with everything in it, when this is dropped.
#[derive(Debug)]
pub struct Scratch(tempfile::TempDir);

impl Scratch {
    /// An empty one.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new() -> Result<Self> {
        tempfile::tempdir()
            .map(Self)
            .context("cannot create a temporary directory")
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// A new file with the permissions that any program's new file has.
fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Writes `bytes` beside `target`. The new file has the target's permissions, or what the umask
/// leaves of 0666.
///
/// # Errors
/// When it cannot be written.
pub fn stage(target: &Path, bytes: &[u8]) -> Result<Staged> {
    stage_at(target, bytes).with_context(|| format!("cannot write {}", target.display()))
}

fn stage_at(target: &Path, bytes: &[u8]) -> Result<Staged> {
    let folder = target.parent().context("has no parent directory")?;
    #[cfg(unix)]
    let mode = fs::symlink_metadata(target)
        .ok()
        .map(|metadata| metadata.permissions());
    let mut file = temporary_in(folder)?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    if let Some(mode) = mode {
        file.as_file().set_permissions(mode)?;
    }
    Ok(Staged {
        temporary: file.into_temp_path(),
        target: target.to_owned(),
    })
}

/// Makes the bytes of all these files last, before any of them takes its place.
///
/// # Errors
/// When the disk says that it could not.
pub fn sync(files: &[Staged]) -> Result<()> {
    #[cfg(target_os = "linux")]
    if files.len() > MANY {
        let folder = files[0]
            .target
            .parent()
            .context("has no parent directory")?;
        let about = || format!("cannot sync {}", folder.display());
        let folder_file = File::open(folder).with_context(about)?;
        return rustix::fs::syncfs(&folder_file)
            .map_err(io::Error::from)
            .with_context(about);
    }
    for file in files {
        let about = || format!("cannot sync {}", file.target.display());
        let opened = OpenOptions::new().write(true).open(&file.temporary);
        opened
            .and_then(|file| file.sync_all())
            .with_context(about)?;
    }
    Ok(())
}

impl Staged {
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Takes the target's place, if that still is what `expected` says: absent, or these bytes.
    ///
    /// # Errors
    /// When it cannot be renamed. The target is then as it was.
    pub fn place(self, expected: Option<Fingerprint>) -> Result<Placed> {
        let target = self.target.clone();
        match expected {
            None => self.create(),
            Some(print) => self.exchange(print),
        }
        .with_context(|| format!("cannot replace {}", target.display()))
    }

    fn create(self) -> Result<Placed> {
        match self.temporary.persist_noclobber(&self.target) {
            Ok(()) => Ok(Placed::Done),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(Placed::Changed),
            Err(error) => Err(error.error.into()),
        }
    }

    /// Swaps the two files, looks at what came out, and swaps back if it is not what was expected:
    /// an edit that was saved between the look and the rename is not lost.
    fn exchange(self, expected: Fingerprint) -> Result<Placed> {
        match swap(&self.temporary, &self.target) {
            Ok(()) => {}
            Err(error) if is_unsupported(&error) => return self.check_and_rename(expected),
            Err(error) if is_absent(&error) => return Ok(Placed::Changed),
            Err(error) => return Err(error.into()),
        }
        if is_print(&self.temporary, expected) {
            return Ok(Placed::Done);
        }
        swap(&self.temporary, &self.target)?;
        Ok(Placed::Changed)
    }

    /// For file systems that cannot swap.
    fn check_and_rename(self, expected: Fingerprint) -> Result<Placed> {
        if !is_print(&self.target, expected) {
            return Ok(Placed::Changed);
        }
        self.temporary.persist(&self.target).map_err(|e| e.error)?;
        Ok(Placed::Done)
    }
}

fn is_print(path: &Path, expected: Fingerprint) -> bool {
    let bytes = read_within(path, u64::MAX).ok().flatten();
    bytes.is_some_and(|bytes| Fingerprint::of(&bytes) == expected)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

/// Makes the names in these folders last.
///
/// # Errors
/// When the disk says that it could not.
pub fn sync_folders<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Result<()> {
    for folder in folders {
        #[cfg(unix)]
        File::open(folder)
            .and_then(|file| file.sync_all())
            .with_context(|| format!("cannot sync {}", folder.display()))?;
    }
    Ok(())
}

/// Writes a new file, durably; one that is there is never touched.
///
/// # Errors
/// When it cannot be written. `Placed::Changed` when a file is there already.
pub fn create(target: &Path, bytes: &[u8]) -> Result<Placed> {
    let folder = target.parent().context("has no parent directory")?;
    make_folder(folder)?;
    let staged = [stage(target, bytes)?];
    sync(&staged)?;
    let [staged] = staged;
    let placed = staged.place(None)?;
    sync_folders([folder])?;
    Ok(placed)
}

/// Replaces a file whose bytes are `expected` (or makes it, where none is), durably.
///
/// # Errors
/// When it cannot be written.
pub fn replace(target: &Path, bytes: &[u8], expected: Option<Fingerprint>) -> Result<Placed> {
    let folder = target.parent().context("has no parent directory")?;
    let staged = [stage(target, bytes)?];
    sync(&staged)?;
    let [staged] = staged;
    let placed = staged.place(expected)?;
    sync_folders([folder])?;
    Ok(placed)
}

/// Removes a file, if its bytes are still `expected`.
///
/// # Errors
/// When it cannot be removed.
pub fn remove(path: &Path, expected: Fingerprint) -> Result<Placed> {
    if !is_print(path, expected) {
        return Ok(Placed::Changed);
    }
    fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
    Ok(Placed::Done)
}

/// Removes a folder if nothing is in it.
pub fn remove_empty_folder(folder: &Path) {
    // One that is not empty stays, and that is all that may go wrong here.
    let _ = fs::remove_dir(folder);
}

/// Copies bytes to `.docsite/set-aside/<path>/<hash><ending>`, durably, before anything replaces
/// them. Returns where they are, relative to the site.
///
/// What has that name already is never trusted by its name: a file is used if it holds these very
/// bytes, and next to anything else (a damaged file, a symbolic link, a folder) another name is
/// taken. The copy is read back before this returns.
///
/// # Errors
/// When they cannot be written or read back: then nothing may be replaced.
pub fn set_aside(site: &Path, path: &str, bytes: &[u8]) -> Result<String> {
    keep(site, path, bytes).with_context(|| format!("cannot set {path} aside"))
}

fn keep(site: &Path, path: &str, bytes: &[u8]) -> Result<String> {
    let print = Fingerprint::of(bytes).to_string();
    let ending = Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str())
        .filter(|ending| ending.len() <= LONGEST_ENDING)
        .map(|ending| format!(".{ending}"))
        .unwrap_or_default();
    let mut folder = open_state(site)?;
    let mut kept = STATE.to_owned();
    let parts = path.split('/');
    let parts = parts.filter(|part| !matches!(*part, "" | "." | ".."));
    for part in [SET_ASIDE].into_iter().chain(parts) {
        let name = enter_or_make(&folder, part)?;
        folder.push(&name);
        kept.push('/');
        kept.push_str(&name);
    }
    for name in names(&print[..12], &ending) {
        let target = folder.join(&name);
        match kind(&target)? {
            Kind::Absent => {
                create(&target, bytes)?;
            }
            Kind::File => {}
            Kind::Folder | Kind::Link | Kind::Other => continue,
        }
        // Whether it was there or was made just now: only what can be read back is kept.
        if read_whole(&target)?.is_some_and(|there| there == bytes) {
            File::open(&target)?.sync_all()?;
            sync_folders([folder.as_path()])?;
            return Ok(format!("{kept}/{name}"));
        }
    }
    bail!("{} has too many files", folder.display())
}

/// The name of a real folder in another one: `part`, or the next like it where a file or a link
/// has that name. Made, durably, where there is none.
fn enter_or_make(above: &Path, part: &str) -> Result<String> {
    for name in names(part, "") {
        let folder = above.join(&name);
        match kind(&folder)? {
            Kind::Folder => return Ok(name),
            Kind::Absent => {
                make_folder(&folder)?;
                sync_folders([above])?;
                return Ok(name);
            }
            Kind::File | Kind::Link | Kind::Other => {}
        }
    }
    bail!("{} has too many files", above.display())
}

/// `name`, `name-2`, `name-3` … with an ending.
fn names(name: &str, ending: &str) -> impl Iterator<Item = String> {
    let first = format!("{name}{ending}");
    let more = (2..MOST_NAMES).map(move |number| format!("{name}-{number}{ending}"));
    std::iter::once(first).chain(more)
}

/// What `write_cache` kept under a name; none where it cannot be read.
pub fn read_cache(site: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = site.join(STATE).join(CACHE);
    let is_own = [site.join(STATE), folder.clone()]
        .iter()
        .all(|folder| kind(folder).is_ok_and(|kind| kind == Kind::Folder));
    is_own.then(|| read_whole(&folder.join(name)).ok().flatten())?
}

/// Keeps bytes that the next run may use, and may do without.
///
/// # Errors
/// When they cannot be written.
pub fn write_cache(site: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let folder = open_state(site)?.join(CACHE);
    if kind(&folder)? == Kind::Link {
        bail!("{} is a symbolic link", folder.display());
    }
    make_folder(&folder)?;
    // What a killed run left.
    for entry in list(&folder)? {
        if entry.kind == Kind::File && is_temporary(&entry.path) {
            let _ = fs::remove_file(folder.join(&entry.path));
        }
    }
    let target = folder.join(name);
    let before = read_whole(&target)?.map(|bytes| Fingerprint::of(&bytes));
    replace(&target, bytes, before).map(drop)
}

/// Makes `.docsite/`, which git always ignores.
fn open_state(site: &Path) -> Result<PathBuf> {
    let folder = site.join(STATE);
    if kind(&folder)? == Kind::Link {
        bail!(
            "{} is a symbolic link; docsite keeps its own files in the site",
            folder.display()
        );
    }
    make_folder(&folder)?;
    let ignore = folder.join(".gitignore");
    if kind(&ignore).is_ok_and(|kind| kind == Kind::Absent) {
        create(&ignore, b"*\n")?;
    }
    Ok(folder)
}

/// Held while a run writes. The operating system lets go of it when the run ends, however it ends.
/// A signal that asks the program to end is kept here, so that a run ends between two files and
/// leaves no temporary one.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    interrupted: Arc<AtomicBool>,
}

impl Lock {
    /// Goes on, unless the program was asked to end.
    ///
    /// # Errors
    /// When it was.
    pub fn go_on(&self) -> Result<()> {
        if self.interrupted.load(Ordering::Relaxed) {
            bail!("interrupted; each file is the old one or the new one");
        }
        Ok(())
    }
}

/// Set when a signal asks the program to end. A second lock in one process gets a flag that
/// nothing sets: the first one has the signals.
fn on_interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    // Without a handler the signal ends the program at once, and the next run sweeps.
    let _ = ctrlc::set_handler(move || set.store(true, Ordering::Relaxed));
    flag
}

/// Waits for another run on the same site to end.
///
/// # Errors
/// When it does not end in time.
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
                    _file: file,
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

/// Whether a name is that of a temporary file of ours.
pub fn is_temporary(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.starts_with(TEMPORARY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_not_replaced() {
        let folder = folder();
        let target = folder.path().join("a.html");
        fs::write(&target, "old").expect("written");
        let staged = stage(&target, b"new").expect("staged");
        fs::write(&target, "edited").expect("written");
        let placed = staged.place(Some(Fingerprint::of(b"old"))).expect("placed");
        assert_eq!(placed, Placed::Changed);
        assert_eq!(fs::read(&target).expect("read"), b"edited");
        assert_eq!(list(folder.path()).expect("listed").len(), 1);
    }

    #[test]
    fn a_file_that_appeared_meanwhile_is_not_replaced() {
        let folder = folder();
        let target = folder.path().join("a.html");
        let staged = stage(&target, b"new").expect("staged");
        fs::write(&target, "mine").expect("written");
        assert_eq!(staged.place(None).expect("placed"), Placed::Changed);
        assert_eq!(fs::read(&target).expect("read"), b"mine");
    }

    #[test]
    fn a_replaced_file_leaves_nothing_behind() {
        let folder = folder();
        let target = folder.path().join("a.html");
        fs::write(&target, "old").expect("written");
        let placed = replace(&target, b"new", Some(Fingerprint::of(b"old"))).expect("replaced");
        assert_eq!(placed, Placed::Done);
        assert_eq!(fs::read(&target).expect("read"), b"new");
        assert_eq!(list(folder.path()).expect("listed").len(), 1);
    }

    #[test]
    fn what_is_set_aside_twice_is_kept_once() {
        let site = folder();
        let one = set_aside(site.path(), "public/a.html", b"x").expect("kept");
        let two = set_aside(site.path(), "public/a.html", b"x").expect("kept");
        assert_eq!(one, two);
        assert_eq!(fs::read(site.path().join(one)).expect("read"), b"x");
        let ignore = fs::read(site.path().join(".docsite/.gitignore")).expect("read");
        assert_eq!(ignore, b"*\n");
    }

    #[cfg(unix)]
    #[test]
    fn what_has_the_name_of_a_copy_already_is_not_trusted() {
        use std::os::unix::fs::symlink;
        type Make = fn(&Path, &Path);
        let clean = folder();
        let kept = set_aside(clean.path(), "public/a.html", b"mine").expect("kept");
        let obstacles: [(&str, Make); 5] = [
            ("a damaged file", |at, _| {
                fs::write(at, "").expect("written");
            }),
            ("a folder", |at, _| fs::create_dir(at).expect("made")),
            ("a link out", |at, out| {
                symlink(out.join("theirs"), at).expect("linked");
            }),
            ("a link to nothing", |at, _| {
                symlink("nothing", at).expect("linked");
            }),
            ("a link to the same bytes", |at, out| {
                symlink(out.join("same"), at).expect("linked");
            }),
        ];
        for (about, make) in obstacles {
            let (site, outside) = (folder(), folder());
            fs::write(outside.path().join("theirs"), "theirs").expect("written");
            fs::write(outside.path().join("same"), "mine").expect("written");
            let taken = site.path().join(&kept);
            make_folder(taken.parent().expect("a parent")).expect("made");
            make(&taken, outside.path());
            let other = set_aside(site.path(), "public/a.html", b"mine").expect("kept");
            assert_ne!(other, kept, "{about}");
            let path = site.path().join(&other);
            assert_eq!(kind(&path).expect("looked"), Kind::File, "{about}");
            assert_eq!(fs::read(path).expect("read"), b"mine", "{about}");
            let theirs = fs::read(outside.path().join("theirs")).expect("read");
            assert_eq!(theirs, b"theirs", "{about}");
            let again = set_aside(site.path(), "public/a.html", b"mine").expect("kept");
            assert_eq!(again, other, "{about}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_among_the_folders_of_a_copy_is_not_followed() {
        let outside = folder();
        for link in ["set-aside", "set-aside/public", "set-aside/public/a.html"] {
            let site = folder();
            let at = site.path().join(STATE).join(link);
            make_folder(at.parent().expect("a parent")).expect("made");
            std::os::unix::fs::symlink(outside.path(), &at).expect("linked");
            let kept = set_aside(site.path(), "public/a.html", b"mine").expect("kept");
            assert_eq!(fs::read(site.path().join(kept)).expect("read"), b"mine");
            assert_eq!(list(outside.path()).expect("listed"), [], "{link}");
        }
    }

    #[test]
    fn a_named_file_of_another_kind_is_never_replaced() {
        let folder = folder();
        let path = folder.path().join("x");
        let is_ours = |bytes: &[u8]| match bytes {
            b"ours" => Ok(()),
            _ => bail!("is not ours"),
        };
        Named::open(&path, is_ours)
            .and_then(|named| named.write(b"ours"))
            .expect("written");
        let named = Named::open(&path, is_ours).expect("ours");
        named.write(b"theirs").expect("replaced");
        assert!(Named::open(&path, is_ours).is_err());
        assert!(named.write(b"ours").is_err());
        assert!(Named::open(folder.path(), is_ours).is_err());
        assert_eq!(fs::read(&path).expect("read"), b"theirs");
    }

    #[test]
    fn a_cache_of_any_size_is_read_back() {
        let site = folder();
        let large = vec![7; usize::try_from(LARGEST).expect("small") + 1];
        write_cache(site.path(), "x", &large).expect("written");
        assert_eq!(read_cache(site.path(), "x"), Some(large));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_listed_and_not_read() {
        let folder = folder();
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("x.md")).expect("linked");
        let entries = list(folder.path()).expect("listed");
        assert_eq!(entries[0].kind, Kind::Link);
        assert!(read(&folder.path().join("x.md")).is_err());
    }
}
