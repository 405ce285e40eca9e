//! What a server of a site answers: one table of requests for all servers, the site that they are
//! about, and a client that sends a path as it is written.
//!
//! Not here: starting a server.
#![allow(unreachable_pub, reason = "the module of several binaries")]

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

/// What an archive is made of, as far as a build is concerned.
pub const PARTS: [&str; 6] = [
    "docsite.toml",
    "flow.json",
    "markdown",
    "attachment",
    "assets",
    "templates",
];
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What stands in files that nobody may see.
pub const HIDDEN: &str = "not for visitors 4f1a";

pub const TEXT: &str = "text/plain; charset=utf-8";
pub const HTML: &str = "text/html; charset=utf-8";
/// Pages: nothing inline, nothing from elsewhere.
pub const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";
/// Drawings and web pages among the attachments.
pub const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
     frame-ancestors 'none'; sandbox";
/// Caddy's own listing.
pub const LISTING: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A request, and what must come back.
#[derive(Clone, Copy)]
pub struct Case {
    pub path: &'static str,
    pub status: u16,
    pub content_type: &'static str,
    pub policy: &'static str,
    /// Stands in the body.
    pub holds: &'static str,
}

const fn case(
    path: &'static str,
    status: u16,
    content_type: &'static str,
    policy: &'static str,
    holds: &'static str,
) -> Case {
    Case {
        path,
        status,
        content_type,
        policy,
        holds,
    }
}

const fn gone(path: &'static str) -> Case {
    case(path, 404, HTML, STRICT, "lost.js")
}

pub const CASES: [Case; 55] = [
    // Pages.
    case("/", 200, HTML, STRICT, "<html lang=\"ko\">"),
    case("/index.html", 200, HTML, STRICT, "id=\"flow\""),
    case("/index.html?x=1", 200, HTML, STRICT, "id=\"flow\""),
    case("/files.html", 200, HTML, STRICT, "class=\"tree\""),
    case(
        "/gw__note-sidecar-scope.html",
        200,
        HTML,
        STRICT,
        "<article class=\"body\"",
    ),
    case(
        "/gw__note-%ED%95%9C%EA%B8%80-%EC%9D%B4%EB%A6%84.html",
        200,
        HTML,
        STRICT,
        "퍼센트로 적힌 이름",
    ),
    case("/view/kinds/Dockerfile.html", 200, HTML, STRICT, "FROM"),
    case("/view/kinds/", 200, HTML, STRICT, "Dockerfile"),
    case("/view/kinds", 308, HTML, STRICT, "/view/kinds/"),
    // What pages and programs load.
    case(
        "/assets/docsite.css",
        200,
        "text/css; charset=utf-8",
        STRICT,
        "--paper",
    ),
    case(
        "/assets/docsite.js",
        200,
        "text/javascript; charset=utf-8",
        STRICT,
        "use strict",
    ),
    case(
        "/assets/docsite/data/documents.js",
        200,
        "text/javascript; charset=utf-8",
        STRICT,
        "docsite.give(",
    ),
    case("/graph.json", 200, "application/json", STRICT, "\"nodes\""),
    case(
        "/attachment/kinds/values.json",
        200,
        "application/json",
        STRICT,
        "\"a\"",
    ),
    case("/attachment/kinds/dot.png", 200, "image/png", STRICT, ""),
    // Sources, to be read.
    case(
        "/markdown/gw__note-sidecar-scope.md",
        200,
        TEXT,
        STRICT,
        "Sidecar",
    ),
    case(
        "/markdown/gw__note-%ED%95%9C%EA%B8%80-%EC%9D%B4%EB%A6%84.md",
        200,
        TEXT,
        STRICT,
        "# 퍼센트로 적힌 이름",
    ),
    case(
        "/attachment/egress/gateway.yaml",
        200,
        TEXT,
        STRICT,
        "apiVersion:",
    ),
    case("/attachment/install/reinstall.sh", 200, TEXT, STRICT, "#!"),
    case("/attachment/install/README.md", 200, TEXT, STRICT, "#"),
    case("/attachment/kinds/UPPER.YML", 200, TEXT, STRICT, "upper"),
    case("/attachment/kinds/a.toml", 200, TEXT, STRICT, "toml"),
    case("/attachment/kinds/main.tf", 200, TEXT, STRICT, "tf"),
    case("/attachment/kinds/app.ts", 200, TEXT, STRICT, "ts"),
    case("/attachment/kinds/policy.rego", 200, TEXT, STRICT, "rego"),
    case("/attachment/kinds/haproxy.cfg", 200, TEXT, STRICT, "cfg"),
    case("/attachment/kinds/prod.env", 200, TEXT, STRICT, "env"),
    case("/attachment/kinds/Dockerfile", 200, TEXT, STRICT, "FROM"),
    case(
        "/attachment/kinds/Dockerfile.arm",
        200,
        TEXT,
        STRICT,
        "FROM",
    ),
    case("/attachment/kinds/LICENSE", 200, TEXT, STRICT, "MIT"),
    // What is somebody else's can do nothing.
    case(
        "/attachment/kinds/drawing.svg",
        200,
        "image/svg+xml",
        SANDBOX,
        "<svg",
    ),
    case(
        "/attachment/kinds/saved.html",
        200,
        HTML,
        SANDBOX,
        "<script>",
    ),
    case(
        "//attachment/kinds//saved.html",
        200,
        HTML,
        SANDBOX,
        "<script>",
    ),
    // Listings, where a listing is of use.
    case(
        "/markdown/",
        200,
        HTML,
        LISTING,
        "gw__note-sidecar-scope.md",
    ),
    case("/attachment/", 200, HTML, LISTING, "egress/"),
    case("/attachment/kinds/", 200, HTML, LISTING, "drawing.svg"),
    case("/attachment/own/", 200, HTML, LISTING, "its own page"),
    case("/markdown", 308, HTML, LISTING, "/markdown/"),
    case(
        "/attachment/kinds",
        308,
        HTML,
        LISTING,
        "/attachment/kinds/",
    ),
    gone("/assets/"),
    gone("/assets"),
    // Not there, or not for visitors.
    gone("/nothing.html"),
    gone("/markdown/nothing.md"),
    gone("/attachment/nothing/"),
    gone("/redirects.caddy"),
    gone("/.git/config"),
    gone("/%2egit/config"),
    gone("/.docsite/cache"),
    gone("/attachment/kinds/.env"),
    gone("/attachment/.hidden/a.yaml"),
    gone("/attachment/.hidden/"),
    gone("/../docsite.toml"),
    gone("/..%2fdocsite.toml"),
    gone("/%2e%2e/docsite.toml"),
    gone("/attachment/..%2f..%2f..%2fdocsite.toml"),
];

/// Former addresses of the site, and where a server sends their readers.
pub const MOVED: [(&str, &str); 6] = [
    ("/old/page.html", "/gw__note-sidecar-scope.html#top"),
    (
        "/%EC%98%9B%20%EA%B8%80.html",
        "/gw__note-sidecar-scope.html",
    ),
    ("/Home.php", "/index.html"),
    ("/blog.html", "https://istio.io/latest/"),
    ("/posts/%EB%A9%94%EC%8B%9C/", "/gw__note-sidecar-scope.html"),
    (
        "/posts/%EB%A9%94%EC%8B%9C/index.html",
        "/gw__note-sidecar-scope.html",
    ),
];
const REDIRECTS: &str = "\n[redirects]\n\"old/page\" = \"gw__note-sidecar-scope#top\"\n\
     \"옛 글\" = \"gw__note-sidecar-scope\"\n\"Home.php\" = \"/\"\n\
     \"blog\" = \"https://istio.io/latest/\"\n\"posts/메시/\" = \"gw__note-sidecar-scope\"\n";

/// What is wrong with the answers for former addresses.
pub fn moved_faults(get: impl Fn(&str) -> Answer) -> Vec<String> {
    let faults = MOVED.iter().filter_map(|(path, location)| {
        let answer = get(path);
        let is_right = answer.status == 301 && answer.header("Location") == Some(location);
        (!is_right).then(|| format!("{path}: {} {:?}", answer.status, answer.headers))
    });
    // Another case is another path.
    let other = get("/OLD/page.html").status;
    faults
        .chain((other != 404).then(|| format!("/OLD/page.html: {other}")))
        .collect()
}

/// Texts that are long enough to be sent as they were compressed.
pub const PACKED: [&str; 4] = [
    "/index.html",
    "/assets/docsite.css",
    "/markdown/gw__note-sidecar-scope.md",
    "/attachment/install/reinstall.sh",
];

/// A file that is long enough for several parts of it.
pub const PARTIAL: &str = "/attachment/install/reinstall.sh";

/// Exports a site with compressed files.
pub fn export(site: &Path, folder: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_docsite"))
        .args(["--quiet", "export", "--precompress", "--site"])
        .args([site, folder])
        .status()
        .expect("docsite starts");
    assert!(status.success(), "docsite export: {status}");
}

/// What is wrong with the answers about a text that is in a folder with its compressed files.
pub fn packed_faults(
    path: &str,
    folder: &Path,
    get: impl Fn(&[(&str, &str)]) -> Answer,
) -> Vec<String> {
    let file = |ending: &str| fs::read(folder.join(format!("{}{ending}", &path[1..])));
    let plain = get(&[]);
    let cases = [
        ("br, gzip", Some("br"), ".br"),
        ("gzip", Some("gzip"), ".gz"),
        ("identity", None, ""),
    ];
    let mut faults = Vec::new();
    for (accepted, encoding, ending) in cases {
        let answer = get(&[("Accept-Encoding", accepted)]);
        let is_same = ["Content-Type", "Content-Security-Policy", "Cache-Control"]
            .iter()
            .all(|name| answer.header(name) == plain.header(name));
        let is_varied = answer.header("Vary") == Some("Accept-Encoding");
        if !is_same || encoding.is_some() && !is_varied {
            faults.push(format!("{path}, {accepted}: {:?}", answer.headers));
        }
        if answer.header("Content-Encoding") != encoding || answer.body != file(ending).expect(path)
        {
            faults.push(format!("{path}, {accepted}: is not {path}{ending}"));
        }
    }
    faults
}

/// Headers of a request, and the status and the ranges, first and last byte, that come back.
type Part<'a> = (&'a [(&'a str, &'a str)], u16, &'a [(usize, usize)]);

/// What is wrong with the answers to requests for parts of a file, or for another version of it.
pub fn partial_faults(path: &str, get: impl Fn(&[(&str, &str)]) -> Answer) -> Vec<String> {
    const EARLIER: &str = "Sat, 01 Jan 2000 00:00:00 GMT";
    const LATER: &str = "Fri, 01 Jan 2100 00:00:00 GMT";
    let whole = get(&[]);
    let header = |name: &str| whole.header(name).expect(name).to_owned();
    let (tag, day) = (header("ETag"), header("Last-Modified"));
    let (weak, among) = (format!("W/{tag}"), format!("\"x\", {tag}"));
    let tag = tag.as_str();
    let range = |text| ("Range", text);
    let cases: &[Part<'_>] = &[
        (&[range("bytes=2-5")], 206, &[(2, 5)]),
        (&[range("bytes=0-1,4-5")], 206, &[(0, 1), (4, 5)]),
        (
            &[range("bytes=7-7, ,0-1,99999999-")],
            206,
            &[(7, 7), (0, 1)],
        ),
        (&[range("bytes=1-1,99999999-")], 206, &[(1, 1)]),
        (&[range("bytes=0-,0-")], 200, &[]),
        (&[range("bytes=5-1")], 416, &[]),
        (&[range("bytes=99999999-")], 416, &[]),
        (&[range("bytes=4-99999999999999999999")], 416, &[]),
        (&[range("lines=0-1")], 416, &[]),
        (&[range("bytes=2-5"), ("If-Range", tag)], 206, &[(2, 5)]),
        (&[range("bytes=2-5"), ("If-Range", &weak)], 200, &[]),
        (&[range("bytes=2-5"), ("If-Range", "\"x\"")], 200, &[]),
        (&[range("bytes=2-5"), ("If-Range", &day)], 206, &[(2, 5)]),
        (&[range("bytes=2-5"), ("If-Range", EARLIER)], 200, &[]),
        (&[range("bytes=2-5"), ("If-Range", LATER)], 200, &[]),
        (&[range("bytes=2-5"), ("If-Range", "yesterday")], 200, &[]),
        (&[("If-Match", tag)], 200, &[]),
        (&[("If-Match", "*")], 200, &[]),
        (&[("If-Match", &among)], 200, &[]),
        (&[("If-Match", &weak)], 412, &[]),
        (&[("If-Match", "\"x\"")], 412, &[]),
        (&[("If-Match", "\"x\""), ("If-None-Match", tag)], 412, &[]),
        (&[("If-Match", tag), range("bytes=2-5")], 206, &[(2, 5)]),
        (&[("If-Unmodified-Since", &day)], 200, &[]),
        (&[("If-Unmodified-Since", EARLIER)], 412, &[]),
        (&[("If-Unmodified-Since", LATER)], 200, &[]),
        (&[("If-Unmodified-Since", "yesterday")], 200, &[]),
        (
            &[("If-Match", tag), ("If-Unmodified-Since", EARLIER)],
            200,
            &[],
        ),
        (&[("If-None-Match", tag)], 304, &[]),
        (&[("If-None-Match", &weak)], 304, &[]),
        (&[("If-None-Match", &among)], 304, &[]),
        (&[("If-None-Match", "*")], 304, &[]),
        (
            &[("If-None-Match", "\"x\""), ("If-Modified-Since", LATER)],
            200,
            &[],
        ),
        (&[("If-None-Match", tag), range("bytes=2-5")], 304, &[]),
        (&[("If-Modified-Since", &day)], 304, &[]),
        (&[("If-Modified-Since", LATER)], 304, &[]),
        (&[("If-Modified-Since", EARLIER)], 200, &[]),
        (&[("If-Modified-Since", "yesterday")], 200, &[]),
    ];
    let faults = cases.iter().filter_map(|(headers, status, ranges)| {
        let answer = get(headers);
        let is_right = answer.status == *status && has_ranges(&answer, &whole, ranges);
        (!is_right).then(|| format!("{path} {headers:?}: {} {:?}", answer.status, answer.headers))
    });
    faults.collect()
}

/// Whether an answer has these ranges, first and last byte, of the whole; or the whole, or nothing.
fn has_ranges(answer: &Answer, whole: &Answer, ranges: &[(usize, usize)]) -> bool {
    let size = whole.body.len();
    let content_type = whole.header("Content-Type").expect("a type");
    let range = |(first, last): (usize, usize)| format!("bytes {first}-{last}/{size}");
    match ranges {
        [] if answer.status == 200 => answer.body == whole.body,
        [] => answer.status != 206,
        [one @ (first, last)] => {
            answer.header("Content-Range") == Some(&range(*one))
                && answer.header("Content-Type") == Some(content_type)
                && answer.body == whole.body[*first..=*last]
        }
        several => {
            let boundary = answer.header("Content-Type").unwrap_or_default();
            let boundary = boundary.strip_prefix("multipart/byteranges; boundary=");
            let Some(boundary) = boundary else {
                return false;
            };
            let mut body = Vec::new();
            for one @ (first, last) in several {
                let before = if body.is_empty() { "" } else { "\r\n" };
                let range = range(*one);
                body.extend_from_slice(
                    format!(
                        "{before}--{boundary}\r\nContent-Range: {range}\r\nContent-Type: {content_type}\r\n\r\n"
                    )
                    .as_bytes(),
                );
                body.extend_from_slice(&whole.body[*first..=*last]);
            }
            body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
            answer.body == body
        }
    }
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a request for a path as it is written.
pub fn get(address: SocketAddr, host: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n");
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n").expect("a string");
    }
    request.push_str("Connection: close\r\n\r\n");
    answer(&send(address, request.as_bytes()))
}

/// What comes back for these bytes until the connection ends.
pub fn send(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a time limit");
    stream.write_all(request).expect("a request");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    bytes
}

pub fn answer(bytes: &[u8]) -> Answer {
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .expect("an end of the headers");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut answer = Answer {
        status: status.and_then(|code| code.parse().ok()).expect("a status"),
        headers,
        body: bytes[end + 4..].to_vec(),
    };
    if answer.header("Transfer-Encoding") == Some("chunked") {
        answer.body = unchunked(&answer.body);
    }
    answer
}

pub fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = bytes
            .windows(2)
            .position(|window| window == b"\r\n")
            .expect("a chunk's size");
        let size = std::str::from_utf8(&bytes[..line]).expect("a number");
        let size = usize::from_str_radix(size, 16).expect("a number");
        if size == 0 {
            return body;
        }
        let start = line + 2;
        body.extend_from_slice(&bytes[start..start + size]);
        bytes = &bytes[start + size + 2..];
    }
}

/// Not the usual `.tmp…`: the Caddyfile hides what begins with a dot.
pub fn folder() -> TempDir {
    tempfile::Builder::new()
        .prefix("docsite-caddy-")
        .tempdir()
        .expect("a temporary folder")
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

pub fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).expect("a copy");
    }
}

pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// This repo's archive with a few files more, built.
pub fn built() -> TempDir {
    let site = folder();
    let root = site.path();
    for part in PARTS {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(part);
        if from.exists() {
            copy(&from, &root.join(part));
        }
    }
    write(
        &root.join("markdown/gw__note-한글-이름.md"),
        "# 퍼센트로 적힌 이름\n\n본문.\n",
    );
    let settings = fs::read_to_string(root.join("docsite.toml")).expect("settings");
    write(&root.join("docsite.toml"), &(settings + REDIRECTS));
    write(&root.join("attachment/own/index.html"), "its own page\n");
    let kinds = root.join("attachment/kinds");
    for (name, text) in [
        ("values.json", "{\"a\": 1}\n"),
        ("dot.png", "\u{89}PNG"),
        ("UPPER.YML", "upper: 1\n"),
        ("a.toml", "toml = 1\n"),
        ("main.tf", "# tf\n"),
        ("app.ts", "// ts\n"),
        ("policy.rego", "# rego\n"),
        ("haproxy.cfg", "# cfg\n"),
        ("prod.env", "env=1\n"),
        ("Dockerfile", "FROM scratch\n"),
        ("Dockerfile.arm", "FROM scratch\n"),
        ("LICENSE", "MIT\n"),
        ("saved.html", "<!doctype html><script>alert(1)</script>\n"),
        (
            "drawing.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>\n",
        ),
    ] {
        write(&kinds.join(name), text);
    }
    let status = Command::new(env!("CARGO_BIN_EXE_docsite"))
        .args(["--quiet", "rebuild", "--site"])
        .arg(root)
        .status()
        .expect("docsite starts");
    assert!(status.success(), "docsite rebuild: {status}");
    let output = root.join("public");
    for hidden in [
        ".git/config",
        ".docsite/cache",
        "attachment/kinds/.env",
        "attachment/.hidden/a.yaml",
    ] {
        write(&output.join(hidden), HIDDEN);
    }
    site
}

/// What is wrong with an answer, in words.
pub fn faults(case: &Case, answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |what: &str, found: Option<&str>, wanted: Option<&str>| {
        if found != wanted {
            faults.push(format!("{}: {what}: {found:?}, not {wanted:?}", case.path));
        }
    };
    let status = answer.status.to_string();
    let wanted = case.status.to_string();
    expect("status", Some(&status), Some(&wanted));
    for (name, wanted) in [
        ("Content-Type", Some(case.content_type)),
        ("Content-Security-Policy", Some(case.policy)),
        ("X-Content-Type-Options", Some("nosniff")),
        ("X-Frame-Options", Some("DENY")),
        ("Referrer-Policy", Some("strict-origin-when-cross-origin")),
        ("Cache-Control", Some("public, max-age=0, must-revalidate")),
        ("Content-Disposition", None),
        ("Server", None),
        ("X-Powered-By", None),
    ] {
        expect(name, answer.header(name), wanted);
    }
    let body = answer.text();
    if !body.contains(case.holds) {
        let start: String = body.chars().take(200).collect();
        faults.push(format!("{}: no `{}` in: {start}", case.path, case.holds));
    }
    if body.contains(HIDDEN) {
        faults.push(format!("{}: tells what is hidden", case.path));
    }
    faults
}
