//! One Chromium for the whole binary, started by the first test that asks for a tab.
//!
//! Not here: what a test does with its tab (`tab`).

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use headless_chrome::Browser;
use headless_chrome::browser::{context::Context, default_executable};

use crate::tab::Tab;

/// How long a test waits for what should come at once.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Starts the browser that stands in `$1` with the rest, and ends it when the standard input ends:
/// when the tests do, in whatever way. Nothing in a static is dropped, so no `Drop` could do it.
/// Parts of the browser outlive it for a moment, and write to its profile once more.
const KEEPER: &str = r#"
profile=$1; shift
"$@" >"$profile/output" 2>&1 &
browser=$!
cat >/dev/null
kill "$browser"
wait "$browser"
until [ ! -e "$profile" ]; do rm -rf "$profile"; sleep 1; done
"#;

/// Nothing but what the tests ask for, at full speed in tabs that lie under others, and no name
/// leads off the machine.
const FLAGS: [&str; 18] = [
    "--headless",
    "--remote-debugging-port=0",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    // A page that is left answers no more, instead of waiting where nobody asks again.
    "--disable-features=BackForwardCache",
    "--disable-gpu",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--no-default-browser-check",
    "--no-first-run",
];

struct Chromium {
    browser: Browser,
    /// Holds the pipe whose end ends the browser.
    _keeper: Child,
}

static CHROMIUM: OnceLock<Chromium> = OnceLock::new();

/// The Chromium of this machine.
pub fn program() -> Option<PathBuf> {
    default_executable().ok()
}

/// A tab with a profile of its own.
pub fn tab() -> Tab {
    let chromium = CHROMIUM.get_or_init(start);
    let context = chromium.browser.new_context().expect("a profile");
    Tab::new(context.new_tab().expect("a tab"), context.get_id())
}

/// A tab that shares its profile with another: what one stores the other sees.
pub fn tab_beside(other: &Tab) -> Tab {
    let chromium = CHROMIUM.get().expect("a browser");
    let context = Context::new(&chromium.browser, other.profile().to_owned());
    Tab::new(context.new_tab().expect("a tab"), context.get_id())
}

fn start() -> Chromium {
    let program = program().expect("Chromium");
    let profile = tempfile::Builder::new()
        .prefix("docsite-chromium-")
        .tempdir()
        .expect("a temporary folder")
        .keep();
    let mut keeper = spawn(&program, &profile);
    let address = address(&mut keeper, &profile);
    let browser =
        Browser::connect_with_timeout(address, PATIENCE * 10).expect("a connection to Chromium");
    Chromium {
        browser,
        _keeper: keeper,
    }
}

fn spawn(program: &Path, profile: &Path) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", KEEPER, "keeper"]).arg(profile);
    command.arg(program).args(FLAGS);
    command.arg(format!("--user-data-dir={}", profile.display()));
    if is_root() {
        command.arg("--no-sandbox");
    }
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::null());
    streams.stderr(Stdio::null()).spawn().expect("sh")
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Where the browser listens: it writes a port and a path into its profile.
fn address(keeper: &mut Child, profile: &Path) -> String {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE && keeper.try_wait().expect("a state").is_none() {
        let text = fs::read_to_string(profile.join("DevToolsActivePort")).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n') {
            return format!("ws://127.0.0.1:{port}{path}");
        }
        sleep(Duration::from_millis(20));
    }
    let output = fs::read_to_string(profile.join("output")).unwrap_or_default();
    panic!("Chromium does not start: {output}");
}
