//! A web server on this machine that answers as a test tells it to, and records its requests.
//!
//! Not here: anything of docsite.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};

/// What is said to one request.
#[derive(Clone, Debug)]
pub struct Reply {
    head: String,
    body: String,
    then: Then,
    slow: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Then {
    Close,
    /// More text, as long as anybody reads.
    Endless,
    /// Nothing, and the connection stays open.
    Silence,
}

impl Reply {
    pub fn raw(bytes: &str) -> Self {
        Self {
            head: String::new(),
            body: bytes.to_owned(),
            then: Then::Close,
            slow: false,
        }
    }

    pub fn status(status: u16) -> Self {
        let head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\n");
        Self {
            head,
            ..Self::raw("")
        }
    }

    pub fn ok() -> Self {
        Self::html("<p>hello</p>")
    }

    pub fn html(body: &str) -> Self {
        Self::of("text/html; charset=utf-8", body)
    }

    pub fn of(kind: &str, body: &str) -> Self {
        Self {
            body: body.to_owned(),
            ..Self::status(200).with("Content-Type", kind)
        }
    }

    pub fn to(status: u16, location: &str) -> Self {
        Self::status(status).with("Location", location)
    }

    pub fn silence() -> Self {
        Self::raw("").stalled()
    }

    pub fn after(self, value: &str) -> Self {
        self.with("Retry-After", value)
    }

    pub fn encoded(self, value: &str) -> Self {
        self.with("Content-Encoding", value)
    }

    pub fn endless(mut self) -> Self {
        self.then = Then::Endless;
        self
    }

    pub fn stalled(mut self) -> Self {
        self.then = Then::Silence;
        self
    }

    /// Long enough for another request to come in meanwhile.
    pub fn slow(mut self) -> Self {
        self.slow = true;
        self
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.head += &format!("{name}: {value}\r\n");
        self
    }

    fn send(&self, stream: &mut TcpStream, is_head: bool) {
        let mut text = self.head.clone();
        if !text.is_empty() {
            text += "\r\n";
        }
        if self.head.is_empty() || !is_head {
            text += &self.body;
        }
        // The client may have closed the connection.
        let mut sent = stream.write_all(text.as_bytes());
        while self.then == Then::Endless && !is_head && sent.is_ok() {
            sent = stream.write_all(&[b'x'; 4096]);
        }
        if self.then == Then::Silence {
            let _ = stream.read(&mut [0]);
        }
    }
}

/// How many requests there are at a time, on one server or on many.
#[derive(Default)]
pub struct Crowd {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Crowd {
    pub fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

type Otherwise = Box<dyn Fn(&str) -> Reply + Send + Sync>;

struct Script {
    /// Of each path, what is left to say; the last one is said for ever.
    replies: Mutex<HashMap<String, Vec<Reply>>>,
    otherwise: Mutex<Option<Arc<Otherwise>>>,
    heard: Mutex<Vec<(String, Instant, String)>>,
    crowd: Arc<Crowd>,
}

/// The server. It ends with the test.
pub struct Web {
    address: SocketAddr,
    script: Arc<Script>,
}

impl Web {
    pub fn new() -> Self {
        Self::in_crowd(&Arc::new(Crowd::default()))
    }

    /// Whose requests count with those of others.
    pub fn in_crowd(crowd: &Arc<Crowd>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Script {
            replies: Mutex::default(),
            otherwise: Mutex::default(),
            heard: Mutex::default(),
            crowd: Arc::clone(crowd),
        });
        let shared = Arc::clone(&script);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let script = Arc::clone(&shared);
                thread::spawn(move || script.serve(stream));
            }
        });
        Self { address, script }
    }

    /// What is said to requests for a path, one after the other.
    pub fn on(self, path: &str, replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = replies.into_iter().collect();
        let mut all = self.script.replies.lock().unwrap();
        all.insert(path.to_owned(), replies);
        drop(all);
        self
    }

    /// What is said to all others.
    pub fn otherwise(self, reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        *self.script.otherwise.lock().unwrap() = Some(Arc::new(Box::new(reply)));
        self
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// `HEAD /path`, in order.
    pub fn requests(&self) -> Vec<String> {
        self.times()
            .into_iter()
            .map(|(request, _)| request)
            .collect()
    }

    /// With the moment when each came in.
    pub fn times(&self) -> Vec<(String, Instant)> {
        let heard = self.script.heard.lock().unwrap();
        heard
            .iter()
            .map(|(request, at, _)| (request.clone(), *at))
            .collect()
    }

    /// What stood above each.
    pub fn heads(&self) -> Vec<String> {
        let heard = self.script.heard.lock().unwrap();
        heard.iter().map(|(.., head)| head.clone()).collect()
    }

    pub fn most_at_once(&self) -> usize {
        self.script.crowd.most()
    }
}

impl Script {
    fn serve(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let Some(Ok(first)) = lines.next() else {
            return;
        };
        let at = Instant::now();
        let now = self.crowd.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.crowd.most.fetch_max(now, Ordering::SeqCst);
        let head: Vec<String> = lines
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
            .collect();
        let (request, _) = first.rsplit_once(' ').unwrap_or((&first, ""));
        let (method, target) = request.split_once(' ').unwrap_or((request, ""));
        let heard = (request.to_owned(), at, head.join("\n"));
        self.heard.lock().unwrap().push(heard);
        let reply = self.reply(target.split('?').next().unwrap_or_default());
        if reply.slow {
            thread::sleep(Duration::from_millis(30));
        }
        // Before the answer: the client may send another request immediately.
        self.crowd.now.fetch_sub(1, Ordering::SeqCst);
        reply.send(&mut stream, method == "HEAD");
    }

    fn reply(&self, path: &str) -> Reply {
        if let Some(replies) = self.replies.lock().unwrap().get_mut(path) {
            let more = replies.len() > 1;
            return if more {
                replies.remove(0)
            } else {
                replies[0].clone()
            };
        }
        let otherwise = self.otherwise.lock().unwrap().clone();
        otherwise.map_or_else(|| Reply::status(404), |reply| reply(path))
    }
}

/// The address of a server with a certificate that nobody vouches for.
pub fn self_signed() -> String {
    let pem = include_bytes!("../tls/self-signed.pem");
    let certificate = CertificateDer::from_pem_slice(pem).unwrap();
    let key = PrivateKeyDer::from_pem_slice(pem).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            // It ends when the other side has seen the certificate.
            while connection
                .complete_io(&mut stream)
                .is_ok_and(|(read, _)| read > 0)
            {}
        }
    });
    format!("https://{address}/")
}
