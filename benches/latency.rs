//! How long it takes from saving a document to the page that `docsite serve` sends: the server is
//! started on an archive, documents of it are changed one after another, and each is awaited as a
//! browser does, on the stream of events and then with requests for the page.
//!
//! ```sh
//! cargo run --release --locked --example archive -- 10000 DIR --no-diagrams
//! cargo run --release --locked --example latency -- target/release/docsite DIR
//! ```
//!
//! The archive is changed. Not here: what a browser then does with the page.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on says why and ends"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const EDITS: usize = 21;
/// Between two edits, as a writer makes them.
const PAUSE: Duration = Duration::from_millis(700);

/// Makes an edit, of this number, in a document's text.
type Change<'a> = dyn Fn(&str, usize) -> String + 'a;

fn main() {
    let mut args = std::env::args_os().skip(1);
    let usage = "latency DOCSITE SITE";
    let program = args.next().expect(usage);
    let site = PathBuf::from(args.next().expect(usage));
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = port.local_addr().expect("an address");
    drop(port);
    let mut child = Command::new(program)
        .args(["serve", "--port", &address.port().to_string(), "--site"])
        .arg(&site)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("docsite starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let is_serving =
        |line: std::io::Result<String>| line.is_ok_and(|line| line.starts_with("serving"));
    assert!(lines.any(is_serving), "it serves");
    std::thread::spawn(move || lines.for_each(drop));
    let target = name(&documents(&site)[0]).to_owned();
    let link = |text: &str, edit| format!("{text}\n[{}]({target}.html)\n", mark(edit));
    let changes: [(&str, &Change<'_>); 4] = [
        ("a sentence", &sentence),
        ("a heading", &heading),
        ("a link", &link),
        ("a title", &title),
    ];
    for (what, change) in changes {
        let (seen, built): (Vec<Duration>, Vec<Duration>) =
            measure(address, &site, change).into_iter().unzip();
        for (when, mut times) in [("seen", seen), ("built", built)] {
            times.sort();
            let (first, last) = (times[0], times[times.len() - 1]);
            println!(
                "{what}, {when}: median {} ms, {} to {} ms, {} edits",
                times[times.len() / 2].as_millis(),
                first.as_millis(),
                last.as_millis(),
                times.len()
            );
        }
    }
    child.kill().expect("it ends");
    child.wait().expect("it ends");
}

/// From the end of each save to the last byte of the first page with it, and to the end of the build
/// that writes it.
fn measure(
    address: SocketAddr,
    site: &Path,
    change: impl Fn(&str, usize) -> String,
) -> Vec<(Duration, Duration)> {
    let mut events = request(address, "/__docsite/events");
    next(&mut events);
    let documents = documents(site);
    let edits = (0..EDITS).map(|edit| {
        sleep(PAUSE);
        let file = &documents[edit * 7919 % documents.len()];
        let text = fs::read_to_string(file).expect("a document");
        let name = name(file);
        fs::write(file, change(&text, edit)).expect("a document");
        let saved = Instant::now();
        let mut seen = None;
        loop {
            let is_built = next(&mut events);
            let path = format!("/{name}.html");
            let mut page = String::new();
            let mut answer = request(address, &path);
            answer.read_to_string(&mut page).expect("a page");
            if page.contains(&mark(edit)) {
                let seen = *seen.get_or_insert_with(|| saved.elapsed());
                if is_built {
                    return (seen, saved.elapsed());
                }
            }
        }
    });
    edits.collect()
}

/// New in every run.
fn mark(edit: usize) -> String {
    format!("latency {}-{edit}.", std::process::id())
}

/// What only the document's own page shows.
fn sentence(text: &str, edit: usize) -> String {
    format!("{text}\nA sentence of {}\n", mark(edit))
}

/// What lists of contents show, and the data for searches.
fn heading(text: &str, edit: usize) -> String {
    format!("{text}\n## A heading of {}\n", mark(edit))
}

/// What the catalogue shows, and every page that lists the document.
fn title(text: &str, edit: usize) -> String {
    let heading = format!("# A title of {}\n", mark(edit));
    let lines = text.split_inclusive('\n');
    lines
        .map(|line| {
            if line.starts_with("# ") {
                &heading
            } else {
                line
            }
        })
        .collect()
}

fn name(file: &Path) -> &str {
    let name = file.file_stem().and_then(|name| name.to_str());
    name.expect("a name")
}

fn documents(site: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(site.join("markdown")).expect("a site");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    files.sort();
    files
}

fn request(address: SocketAddr, path: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("a request");
    BufReader::new(stream)
}

/// Waits for an event; whether it is of a build, not of a page ahead of one.
fn next(events: &mut BufReader<TcpStream>) -> bool {
    let mut line = String::new();
    while !line.starts_with("data: ") {
        line.clear();
        assert_ne!(events.read_line(&mut line).expect("an event"), 0);
    }
    line.contains("\"ahead\":[]")
}
