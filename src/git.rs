//! Runs git: which files it ignores or tracks, the days of their commits, and copies of a revision's
//! files. No other module runs git. The working tree and the index are never changed.
//!
//! Not here: making commits, and remotes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::disk;
use crate::fingerprint::{Fingerprint, Parts};

/// A git checkout that contains a folder.
#[derive(Debug)]
pub struct Checkout {
    folder: PathBuf,
    /// The folder's path in the checkout: empty, or with a final `/`.
    pub prefix: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tree<'a> {
    /// A commit, by its hash.
    Commit(&'a str),
    /// The index: what the next commit would contain.
    Index,
}

impl Checkout {
    /// The checkout that contains `folder`.
    ///
    /// # Errors
    ///
    /// If there is none, or git is not installed.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut checkout = Self {
            folder: folder.to_owned(),
            prefix: String::new(),
        };
        let output = checkout
            .command(&["rev-parse", "--show-prefix"])
            .output()
            .context("git cannot be run; is it installed?")?;
        if !output.status.success() {
            bail!("{} is not in a git checkout", folder.display());
        }
        let prefix = String::from_utf8_lossy(&output.stdout);
        prefix
            .trim_end_matches('\n')
            .clone_into(&mut checkout.prefix);
        Ok(checkout)
    }

    /// The merge base of `revision` and HEAD.
    ///
    /// # Errors
    ///
    /// If there is no such revision, or no common commit in this clone.
    pub fn base(&self, revision: &str) -> Result<String> {
        let commit = self.commit(revision)?;
        let head = self.commit("HEAD")?;
        match self.line(&["merge-base", &commit, &head]) {
            Ok(base) => Ok(base),
            Err(_) if self.is_shallow() => bail!(
                "`{revision}` and HEAD share no commit in this shallow clone: \
                 fetch its whole history (`fetch-depth: 0`, or `git fetch --unshallow`)"
            ),
            Err(_) => bail!("`{revision}` and HEAD share no commit"),
        }
    }

    /// # Errors
    ///
    /// If there is no such revision.
    pub fn commit(&self, revision: &str) -> Result<String> {
        let name = format!("{revision}^{{commit}}");
        let shown: String = revision.escape_debug().take(100).collect();
        self.line(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &name,
        ])
        .map_err(|_| {
            let hint = if self.is_shallow() {
                "; this is a shallow clone, fetch its whole history"
            } else {
                ""
            };
            anyhow::anyhow!("no git revision `{shown}`{hint}")
        })
    }

    /// Of each file under `path`, relative to the folder, the days of its first and its last commit,
    /// `YYYY-MM-DD`, from one call. A file keeps its days when it is renamed, and the day of a commit that
    /// only renames it is not one of them.
    ///
    /// # Errors
    ///
    /// If git fails.
    pub fn days(&self, path: &str) -> Result<BTreeMap<String, (String, String)>> {
        let arguments = [
            "-c",
            "core.quotePath=false",
            "-c",
            "log.showSignature=false",
            "log",
            "--no-color",
            "--format=%x01%as",
            "--name-status",
            "--find-renames",
            "--relative",
            "--",
            path,
        ];
        let log = self.talk(&arguments, b"", &[], false)?;
        Ok(days(&String::from_utf8_lossy(&log)))
    }

    fn is_shallow(&self) -> bool {
        self.line(&["rev-parse", "--is-shallow-repository"])
            .is_ok_and(|answer| answer == "true")
    }

    /// Those of `paths`, relative to the folder, that git ignores.
    ///
    /// # Errors
    ///
    /// If git fails.
    pub fn ignored(&self, paths: &[String]) -> Result<BTreeSet<String>> {
        if paths.is_empty() {
            return Ok(BTreeSet::new());
        }
        let list = paths.join("\0");
        // Status 1: it ignores none.
        let found = self.talk(
            &["check-ignore", "-z", "--stdin"],
            list.as_bytes(),
            &[],
            true,
        )?;
        Ok(names(&found))
    }

    /// The files under `path`, relative to the folder, that git tracks.
    ///
    /// # Errors
    ///
    /// If git fails.
    pub fn tracked(&self, path: &str) -> Result<BTreeSet<String>> {
        let found = self.talk(&["ls-files", "-z", "--", path], b"", &[], false)?;
        Ok(names(&found))
    }

    /// Copies the folder's files, as they are in `tree`, into the existing folder `target`.
    ///
    /// # Errors
    ///
    /// If git fails, or they cannot be written.
    pub fn copy(&self, tree: Tree<'_>, target: &Path) -> Result<()> {
        let index = target.join(".index");
        let variables: Vec<(&str, &Path)> = match tree {
            Tree::Index => Vec::new(),
            Tree::Commit(commit) => {
                let variables = vec![("GIT_INDEX_FILE", index.as_path())];
                self.talk(&["read-tree", commit], b"", &variables, false)?;
                variables
            }
        };
        let files = self.talk(&["ls-files", "-z"], b"", &variables, false)?;
        let prefix = format!("--prefix={}/", target.display());
        let arguments = ["checkout-index", "-q", "-z", "--stdin", &prefix];
        self.talk(&arguments, &files, &variables, false)?;
        Ok(())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.folder)
            .args(arguments)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    fn line(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command(arguments).output().context("git")?;
        if !output.status.success() {
            bail!("git {} failed", arguments.join(" "));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs git with this input, and returns its output.
    fn talk(
        &self,
        arguments: &[&str],
        input: &[u8],
        variables: &[(&str, &Path)],
        one_is_fine: bool,
    ) -> Result<Vec<u8>> {
        let about = || format!("git {}", arguments.join(" "));
        let mut child = self
            .command(arguments)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(about)?;
        let stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // git may exit before it has read everything.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            child.wait_with_output()
        })
        .with_context(about)?;
        let is_fine = output.status.success() || (one_is_fine && output.status.code() == Some(1));
        if !is_fine {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("{}: {}", about(), said.lines().next().unwrap_or("failed"));
        }
        Ok(output.stdout)
    }
}

/// What changes with the commit that is checked out in the checkout of a folder, read from files: none
/// outside of a checkout, and where history is not whole.
pub fn head(folder: &Path) -> Option<Fingerprint> {
    let folder = disk::real(folder)?;
    let git = folder.ancestors().find_map(git_folder)?;
    let text = |path: PathBuf| {
        let text = disk::read(&path).ok().flatten()?;
        Some(String::from_utf8_lossy(&text).trim_end().to_owned())
    };
    let common = text(git.join("commondir")).map_or(git.clone(), |common| git.join(common));
    if text(common.join("shallow")).is_some() {
        return None;
    }
    let head = text(git.join("HEAD"))?;
    let mut parts = Parts::default().with(&head);
    let branch = head.strip_prefix("ref: ");
    let branch = branch.map(|branch| common.join(branch));
    let lists = ["packed-refs", "reftable/tables.list"].map(|list| common.join(list));
    for path in branch.into_iter().chain(lists) {
        parts = parts.with(text(path).unwrap_or_default());
    }
    Some(parts.finish())
}

/// The top of the checkout that a folder is in, read from files.
pub fn top(folder: &Path) -> Option<PathBuf> {
    let folder = disk::real(folder)?;
    let mut above = folder.ancestors();
    let top = above.find(|folder| git_folder(folder).is_some());
    top.map(Path::to_owned)
}

/// The file that git has while it changes the files of the checkout that a folder is in.
pub fn lock(folder: &Path) -> Option<PathBuf> {
    let folder = disk::real(folder)?;
    let git = folder.ancestors().find_map(git_folder)?;
    Some(git.join("index.lock"))
}

/// `.git` of a folder, which may be a file that says where it is.
fn git_folder(folder: &Path) -> Option<PathBuf> {
    let git = folder.join(".git");
    match disk::kind(&git).ok()? {
        disk::Kind::Folder => Some(git),
        disk::Kind::File => {
            let text = disk::read(&git).ok().flatten()?;
            let text = String::from_utf8_lossy(&text);
            Some(folder.join(text.strip_prefix("gitdir: ")?.trim_end()))
        }
        _ => None,
    }
}

/// Of a log with the newest commit first: a line with its day, then one for each file.
fn days(log: &str) -> BTreeMap<String, (String, String)> {
    let mut found: BTreeMap<String, (String, String)> = BTreeMap::new();
    // What files that have another name since were called at this point of the log.
    let mut now: HashMap<&str, &str> = HashMap::new();
    let mut day = "";
    for line in log.lines() {
        if let Some(next) = line.strip_prefix('\u{1}') {
            day = next;
            continue;
        }
        let mut fields = line.split('\t');
        let (Some(status), Some(first), second) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let name = second.unwrap_or(first);
        let name = now.get(name).copied().unwrap_or(name);
        if second.is_some() {
            now.insert(first, name);
        }
        // Another name alone is no change.
        if status == "R100" {
            continue;
        }
        let new = || (day.to_owned(), day.to_owned());
        let (first, last) = found.entry(name.to_owned()).or_insert_with(new);
        if day < first.as_str() {
            day.clone_into(first);
        }
        if day > last.as_str() {
            day.clone_into(last);
        }
    }
    found
}

fn names(list: &[u8]) -> BTreeSet<String> {
    list.split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_file_keeps_its_days_and_its_old_name_has_none_of_its_own() {
        let log = "\u{1}2026-09-09\n\nR100\tmarkdown/c.md\tmarkdown/d.md\n\
                   \u{1}2026-09-03\n\nM\tmarkdown/b.md\nA\tmarkdown/c.md\n\
                   \u{1}2026-09-02\n\nR087\tmarkdown/a.md\tmarkdown/b.md\n\
                   \u{1}2026-09-05\n\nM\tmarkdown/a.md\n\u{1}2026-09-01\n\nA\tmarkdown/a.md\n";
        let days = days(log);
        let of = |name: &str| days.get(name).map(|(first, last)| (&**first, &**last));
        assert_eq!(of("markdown/b.md"), Some(("2026-09-01", "2026-09-05")));
        assert_eq!(of("markdown/d.md"), Some(("2026-09-03", "2026-09-03")));
        assert_eq!(of("markdown/c.md"), None);
        assert_eq!(of("markdown/a.md"), None);
    }
}
