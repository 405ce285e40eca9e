//! A folder over HTTP on the loopback, with the headers that the `Caddyfile` gives pages.
//!
//! Not here: all else that Caddy does; `tests/caddy.rs` asks the real one.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use percent_encoding::percent_decode_str;

pub struct Server {
    address: SocketAddr,
    files: Arc<Files>,
}

/// What the connections share.
struct Files {
    folder: PathBuf,
    headers: String,
    missing: Mutex<Vec<String>>,
    closed: AtomicBool,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.files.closed.store(true, Ordering::SeqCst);
        // Wakes the listener; if it is gone already, all the better.
        let _ = TcpStream::connect(self.address);
    }
}

impl Server {
    pub fn new(folder: &Path) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let files = Arc::new(Files {
            folder: folder.to_owned(),
            headers: headers(),
            missing: Mutex::default(),
            closed: AtomicBool::new(false),
        });
        let shared = Arc::clone(&files);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.closed.load(Ordering::SeqCst) {
                    return;
                }
                let files = Arc::clone(&shared);
                // A browser that closes the connection is not a failure of the page.
                thread::spawn(move || stream.and_then(|stream| files.answer(stream)));
            }
        });
        Self { address, files }
    }

    /// What the address of every file begins with.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Every path that was asked for and is not there.
    pub fn missing(&self) -> Vec<String> {
        self.files.missing.lock().unwrap().clone()
    }
}

impl Files {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        let Some(request) = lines.next().transpose()? else {
            return Ok(());
        };
        while lines
            .next()
            .transpose()?
            .is_some_and(|line| !line.is_empty())
        {}
        let path = request.split(' ').nth(1).unwrap_or_default();
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
        let found = fs::read(self.folder.join(&*path));
        let status = if found.is_ok() {
            "200 OK"
        } else {
            "404 Not Found"
        };
        if found.is_err() {
            self.missing.lock().unwrap().push(path.to_string());
        }
        // As other servers do for pages; what a page loads fails without a body.
        let is_page = path.ends_with(".html");
        let lost = || fs::read(self.folder.join("404.html")).unwrap_or_default();
        let body = found.unwrap_or_else(|_| if is_page { lost() } else { Vec::new() });
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n",
            content_type(&path),
            body.len(),
            self.headers,
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(&body)
    }
}

/// The block of headers that stands in the `Caddyfile` for every answer.
fn headers() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("Caddyfile");
    let file = fs::read_to_string(file).unwrap();
    let (_, rest) = file
        .split_once("\t\theader {\n")
        .expect("a block of headers");
    let (block, _) = rest.split_once("\n\t\t}").expect("its end");
    let mut headers = String::new();
    let lines = block.lines().map(str::trim);
    for line in lines.filter(|line| !line.starts_with('#')) {
        if let Some((name, value)) = line.split_once(' ') {
            headers += &format!("{name}: {}\r\n", value.trim_matches('"'));
        }
    }
    assert!(headers.contains("script-src 'self'"), "{headers}");
    headers
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "text/plain; charset=utf-8",
    }
}
