//! The `Caddyfile` in front of this repo's own archive: the real program builds a copy of it, the
//! real `caddy` serves that, and a table lists the expected answers.
//!
//! Needs `caddy` on the path; where it is missing, the tests are ignored and counted. Not here: the
//! content of the pages.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot go on says why and ends"
)]

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use requests::{
    Answer, CASES, HIDDEN, HTML, PACKED, PARTIAL, PATIENCE, STRICT, built, export, faults, folder,
    free_port, moved_faults, packed_faults, partial_faults, write,
};
use trial::{Need, Test, tests};

#[path = "needs/requests.rs"]
mod requests;
#[path = "needs/trial.rs"]
mod trial;

const TESTS: &[Test] = tests![
    the_caddyfile_answers_as_the_table_says,
    an_export_is_answered_as_the_table_says_and_as_it_was_compressed,
    the_caddyfile_that_init_writes_is_valid_and_answers_as_the_table_says,
    no_link_of_a_site_that_init_made_is_dead,
];

const LOG: &str = "log";

fn main() {
    let caddy = Need {
        name: "caddy",
        is_met: is_there("caddy"),
    };
    trial::run(&[(TESTS, &[caddy])]).exit();
}

/// A `caddy` that ends with the test.
struct Server {
    child: Child,
    port: u16,
    home: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way nobody is left to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Another program may take the free port first: then it is tried again.
    fn start(root: &Path) -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::start_with(&own.join("Caddyfile"), Some(root), own)
    }

    /// With this Caddyfile, in this folder; `root` instead of what the file says.
    fn start_with(config: &Path, root: Option<&Path>, folder: &Path) -> Self {
        let mut why = String::new();
        for _ in 0..5 {
            let mut server = Self::spawn(config, root, folder);
            if server.answers() {
                return server;
            }
            why = fs::read_to_string(server.log()).unwrap_or_default();
        }
        panic!("caddy does not answer: {why}");
    }

    fn spawn(config: &Path, root: Option<&Path>, place: &Path) -> Self {
        let port = free_port();
        let home = folder();
        let log = fs::File::create(home.path().join(LOG)).expect("a log");
        let child = Command::new("caddy")
            .args(["run", "--adapter", "caddyfile", "--config"])
            .arg(config)
            .current_dir(place)
            .env_remove("DOCSITE_ROOT")
            .envs(root.map(|root| ("DOCSITE_ROOT", root)))
            .env("DOCSITE_ADDRESS", format!(":{port}"))
            .env_remove("DOCSITE_BIND")
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("caddy starts");
        Self { child, port, home }
    }

    /// Waits until it does, or has ended.
    fn answers(&mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.child.try_wait().expect("a state").is_some() {
                return false;
            }
            if TcpStream::connect(self.address()).is_ok() {
                return true;
            }
            sleep(Duration::from_millis(20));
        }
        false
    }

    fn log(&self) -> PathBuf {
        self.home.path().join(LOG)
    }

    fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        requests::get(self.address(), "archive.test", path, headers)
    }
}

fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

fn the_caddyfile_answers_as_the_table_says() {
    let site = built();
    let server = Server::start(&site.path().join("public"));
    let faults: Vec<String> = CASES
        .iter()
        .flat_map(|case| faults(case, &server.get(case.path, &[])))
        .collect();
    let moved = moved_faults(|path| server.get(path, &[]));
    assert_eq!(moved, [""; 0]);
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let partial = partial_faults(PARTIAL, |headers| server.get(PARTIAL, headers));
    assert!(partial.is_empty(), "{}", partial.join("\n"));
    listings_hide_dotfiles(&server);
    a_page_is_sent_once(&server);
    text_is_compressed(&server);
}

fn an_export_is_answered_as_the_table_says_and_as_it_was_compressed() {
    let site = built();
    let root = site.path().join("dist");
    export(site.path(), &root);
    let server = Server::start(&root);
    let cases = CASES.iter();
    let faults = cases.flat_map(|case| faults(case, &server.get(case.path, &[])));
    let packed = PACKED
        .iter()
        .flat_map(|path| packed_faults(path, &root, |headers| server.get(path, headers)));
    let faults: Vec<String> = faults.chain(packed).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn the_caddyfile_that_init_writes_is_valid_and_answers_as_the_table_says() {
    let site = built();
    let root = site.path();
    docsite(root, &["init", "--deploy", "caddy"]);
    let valid = Command::new("caddy")
        .args(["validate", "--adapter", "caddyfile", "--config"])
        .arg(root.join("Caddyfile"))
        .current_dir(root)
        .env("HOME", root)
        .output()
        .expect("caddy starts");
    assert!(
        valid.status.success(),
        "{}",
        String::from_utf8_lossy(&valid.stderr)
    );
    let server = Server::start_with(&root.join("Caddyfile"), None, root);
    let cases = CASES.iter();
    let faults = cases.flat_map(|case| faults(case, &server.get(case.path, &[])));
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn listings_hide_dotfiles(server: &Server) {
    for path in ["/attachment/", "/attachment/kinds/"] {
        let listing = server.get(path, &[]).text();
        assert!(!listing.contains(".hidden"), "{path}");
        assert!(!listing.contains("\"./.env\""), "{path}");
    }
}

fn a_page_is_sent_once(server: &Server) {
    let first = server.get("/", &[]);
    let tag = first.header("ETag").expect("an ETag");
    for encoding in ["identity", "gzip"] {
        let headers = [("If-None-Match", tag), ("Accept-Encoding", encoding)];
        let second = server.get("/", &headers);
        assert_eq!(second.status, 304, "{encoding}");
        assert!(second.body.is_empty(), "{encoding}");
        assert_eq!(second.header("ETag"), Some(tag), "{encoding}");
        assert_eq!(second.header("Content-Security-Policy"), Some(STRICT));
    }
    let other = server.get("/", &[("If-None-Match", "\"other\"")]);
    assert_eq!(other.status, 200);
}

fn text_is_compressed(server: &Server) {
    let plain = server.get("/", &[]);
    assert_eq!(plain.header("Content-Encoding"), None);
    for path in ["/", "/assets/docsite.css", "/graph.json"] {
        let answer = server.get(path, &[("Accept-Encoding", "gzip")]);
        assert_eq!(answer.header("Content-Encoding"), Some("gzip"), "{path}");
        assert_eq!(answer.header("Vary"), Some("Accept-Encoding"), "{path}");
    }
}

/// Runs docsite on a site.
fn docsite(site: &Path, args: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_docsite"))
        .arg("--quiet")
        .args(args)
        .arg("--site")
        .arg(site)
        .env("LC_ALL", "C.UTF-8")
        .status()
        .expect("docsite starts");
    assert!(status.success(), "docsite {args:?}: {status}");
}

/// A new site as `init` lays it out.
fn new_site() -> TempDir {
    let site = folder();
    docsite(site.path(), &["init"]);
    docsite(site.path(), &["rebuild"]);
    site
}

/// An older archive: its pages are beside `markdown/`.
fn flat_site() -> TempDir {
    let site = folder();
    let root = site.path();
    write(
        &root.join("markdown/gw__note-a.md"),
        "# A\n\n[b](gw__note-b.html)\n",
    );
    write(
        &root.join("markdown/gw__note-b.md"),
        "# B\n\n[x](attachment/가 나/a#b 100%.yaml)\n",
    );
    write(&root.join("attachment/가 나/a#b 100%.yaml"), "a: b\n");
    write(&root.join("attachment/x/.env"), HIDDEN);
    write(&root.join("assets/own/pic.txt"), "x");
    write(&root.join("templates/note.txt"), "x");
    write(&root.join(".git/config"), HIDDEN);
    for name in ["a", "b"] {
        let page = "<html><head><title>x</title></head><body>x</body></html>";
        write(&root.join(format!("gw__note-{name}.html")), page);
    }
    docsite(root, &["init"]);
    docsite(root, &["rebuild", "--adopt"]);
    site
}

/// Every address of the site that a page or a listing links to, from these on.
fn crawl(server: &Server, starts: &[&str]) -> Vec<(String, u16)> {
    let mut seen: Vec<(String, u16)> = Vec::new();
    let mut left: Vec<String> = starts.iter().map(|&start| start.to_owned()).collect();
    while let Some(path) = left.pop() {
        if seen.iter().any(|(other, _)| *other == path) {
            continue;
        }
        let answer = server.get(&path, &[]);
        seen.push((path.clone(), answer.status));
        let is_page = answer.header("Content-Type") == Some(HTML);
        if answer.status != 200 || !is_page {
            continue;
        }
        let base = url::Url::parse("http://archive.test").and_then(|base| base.join(&path));
        let base = base.expect("an address");
        let text = answer.text();
        for link in text
            .split("href=\"")
            .skip(1)
            .chain(text.split("src=\"").skip(1))
        {
            let link = link
                .split('"')
                .next()
                .unwrap_or_default()
                .replace("&amp;", "&");
            let Ok(target) = base.join(&link) else {
                continue;
            };
            if target.host_str() == Some("archive.test") {
                left.push(target.path().to_owned());
            }
        }
    }
    seen
}

fn no_link_of_a_site_that_init_made_is_dead() {
    for site in [new_site(), flat_site()] {
        let root = site.path();
        let server = Server::start_with(&root.join("Caddyfile"), None, root);
        let starts = ["/", "/files.html", "/markdown/", "/attachment/"];
        let seen = crawl(&server, &starts);
        let dead: Vec<_> = seen.iter().filter(|(_, status)| *status != 200).collect();
        assert!(dead.is_empty(), "{dead:?}");
        assert!(seen.len() > 10, "{seen:?}");
        for hidden in ["/.git/config", "/attachment/x/.env", "/.docsite/"] {
            assert_eq!(server.get(hidden, &[]).status, 404, "{hidden}");
        }
    }
}
