//! Sites in temporary folders, the real program run on them, and what it left behind.
//!
//! Not here: assertions about one subject; each has its own file.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::reader::Page;
use crate::tree::Tree;

/// A user who owns nothing.
const NOBODY: u32 = 65534;

/// A site in a folder of its own.
pub struct SiteTest {
    _holder: TempDir,
    root: PathBuf,
}

/// What a run said, and how it ended.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl SiteTest {
    /// An empty folder. Its parent is the test's own too.
    pub fn new() -> Self {
        let holder = tempfile::tempdir().unwrap();
        let root = holder.path().join("site");
        fs::create_dir(&root).unwrap();
        let root = root.canonicalize().unwrap();
        Self {
            _holder: holder,
            root,
        }
    }

    /// A copy of a folder. Folders whose names `skip` holds are left out.
    pub fn copy_of(folder: &Path, skip: &[&str]) -> Self {
        let site = Self::new();
        let walker = WalkDir::new(folder).into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_str().unwrap_or_default();
            entry.depth() != 1 || !skip.contains(&name)
        });
        for entry in walker.map(Result::unwrap) {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(folder).unwrap();
                site.write(path.to_str().unwrap(), fs::read(entry.path()).unwrap());
            }
        }
        site
    }

    /// With one more file.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    /// With one more document.
    pub fn doc(self, basename: &str, text: impl AsRef<[u8]>) -> Self {
        self.file(&format!("markdown/{basename}.md"), text)
    }

    /// With so many small files that its search is that of a large site.
    pub fn with_many_files(self) -> Self {
        (0..65).fold(self, |site, at| {
            site.file(&format!("attachment/more/{at}.txt"), "")
        })
    }

    /// With so many words that the list of its search's shards is in pages.
    pub fn with_many_words(self) -> Self {
        let letters = |number: usize| {
            let scattered = number.wrapping_mul(2_654_435_761) % 208_827_064_576;
            let digits = (0..8_u32).map(|at| scattered / 26_usize.pow(at) % 26);
            let letters = digits.filter_map(|digit| (b'a'..=b'z').nth(digit));
            letters.map(char::from).collect::<String>()
        };
        (0..20).fold(self.with_many_files(), |site, at| {
            let words: Vec<String> = (at * 1_000..(at + 1) * 1_000).map(letters).collect();
            site.file(&format!("attachment/words/{at}.txt"), words.join(" "))
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path in the site, or, with `../`, beside it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn edit(&self, path: &str, change: impl FnOnce(String) -> String) {
        self.write(path, change(self.read(path)));
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect(path)
    }

    pub fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn has(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    pub fn remove(&self, path: &str) {
        let path = self.path(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }

    pub fn link(&self, path: &str, target: impl AsRef<Path>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
    }

    /// Runs docsite on this site.
    pub fn run(&self, args: &[&str]) -> Run {
        let mut all = vec!["--site", self.root.to_str().unwrap()];
        all.extend(args);
        self.run_bare(&all)
    }

    /// Runs docsite in the site's folder, without `--site`.
    pub fn run_bare(&self, args: &[&str]) -> Run {
        self.run_with(&self.root, args, &[])
    }

    /// Runs docsite in a folder of the site (or an absolute one), with these variables of the environment.
    pub fn run_with(&self, folder: &Path, args: &[&str], env: &[(&str, &str)]) -> Run {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("docsite"));
        command.current_dir(self.root.join(folder)).args(args);
        command.env("LC_ALL", "C.UTF-8").envs(env.iter().copied());
        let output = command.output().unwrap();
        Run {
            status: output.status.code().expect("no signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs docsite on this site as a user without rights beyond those of the files. (Tests may run
    /// as root, to whom nothing is closed.)
    pub fn run_as_nobody(&self, args: &[&str]) -> Run {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        use std::os::unix::process::CommandExt;
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("docsite"));
        command.arg("--site").arg(&self.root).args(args);
        command.current_dir(&self.root).env("LC_ALL", "C.UTF-8");
        if is_root {
            let open = fs::Permissions::from_mode(0o755);
            fs::set_permissions(self.path(".."), open).unwrap();
            for entry in WalkDir::new(self.path("..")) {
                let entry = entry.unwrap();
                if !entry.path_is_symlink() {
                    chown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
                }
            }
            command.uid(NOBODY).gid(NOBODY);
        }
        let output = command.output().unwrap();
        Run {
            status: output.status.code().expect("no signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Takes all rights to these paths away.
    pub fn close(&self, paths: &[&str]) {
        self.permit(paths, |_| 0);
    }

    /// Gives the usual rights to these paths.
    pub fn open_again(&self, paths: &[&str]) {
        self.permit(paths, |is_folder| if is_folder { 0o755 } else { 0o644 });
    }

    fn permit(&self, paths: &[&str], mode: impl Fn(bool) -> u32) {
        use std::os::unix::fs::PermissionsExt;
        for path in paths {
            let path = self.path(path);
            let mode = fs::Permissions::from_mode(mode(path.is_dir()));
            fs::set_permissions(path, mode).unwrap();
        }
    }

    pub fn rebuild(&self) -> Run {
        self.run(&["rebuild"])
    }

    pub fn render(&self, basename: &str) -> Run {
        self.run(&["render", basename])
    }

    /// Everything in the site but docsite's own folder.
    pub fn tree(&self) -> Tree {
        let mut tree = self.whole_tree();
        tree.without(".docsite");
        tree
    }

    /// Everything in the site but what a run keeps for the next one.
    pub fn whole_tree(&self) -> Tree {
        let mut tree = Tree::of(&self.root);
        tree.without(".docsite/cache/");
        tree.without(".docsite/lock");
        tree
    }

    /// Only the output.
    pub fn output(&self) -> Tree {
        Tree::of(&self.path("public"))
    }

    /// Gives every file and folder the same old time, so that each write shows.
    pub fn age(&self) {
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        for entry in WalkDir::new(&self.root).contents_first(true) {
            let entry = entry.unwrap();
            if !entry.path_is_symlink() {
                File::open(entry.path()).unwrap().set_modified(old).unwrap();
            }
        }
    }

    /// Asserts that a run writes nothing that is to last, neither bytes nor times.
    #[track_caller]
    pub fn writes_nothing(&self, args: &[&str]) -> Run {
        self.age();
        let before = self.whole_tree();
        let run = self.run(args);
        let after = self.whole_tree();
        assert_eq!(before.touched(&after), [""; 0], "{args:?} wrote; {run:?}");
        run
    }

    /// What was set aside of a file.
    pub fn set_aside(&self, path: &str) -> Vec<Vec<u8>> {
        let folder = self.path(".docsite/set-aside").join(path);
        let tree = Tree::of(&folder);
        tree.files().map(|(_, bytes)| bytes.to_vec()).collect()
    }

    pub fn page(&self, path: &str) -> Page {
        Page::new(self.read(path))
    }

    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_slice(&self.bytes(path)).expect(path)
    }
}

impl Run {
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// Done, with nothing to complain of.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.err, "", "out: {}", self.out);
        self.ends(0)
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.out.contains(text), "no {text:?} in out: {}", self.out);
        self
    }

    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.err.contains(text), "no {text:?} in err: {}", self.err);
        self
    }
}
