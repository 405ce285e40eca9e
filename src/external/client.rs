//! One request and its result. Redirects are not followed here.
//!
//! Certificates are verified with the machine's own store, so that a home server with its own
//! authority answers if its owner's browser accepts it.
//!
//! Not here: what to request next (`visit`), and when (`schedule`).

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::time::{Duration, SystemTime};

use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, HeaderName, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error, Timeout};
use url::Url;

use super::anchors::Scanner;
use super::options::Options;
use super::{address, retry_after};

/// In bytes; the rest of a page is not read.
const LARGEST_PAGE: u64 = 4 << 20;
const CONNECT: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Head,
    Get,
}

#[derive(Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) places: Places,
}

/// Which of the wanted anchors a page has.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) found: BTreeSet<String>,
    /// Why the others may exist nevertheless.
    pub(super) unread: Option<String>,
}

/// Why there is no reply, as phrases whose subject is an address.
#[derive(Debug)]
pub(super) enum Failure {
    /// Its host cannot be reached.
    Unreachable(String),
    /// Another request may succeed.
    Broken(String),
    Hopeless(String),
    /// The cause is on this machine, not on the server.
    Ours(String),
}

pub(super) struct Client {
    outside: Agent,
    /// Without a proxy, for addresses of this machine.
    here: Agent,
    timeout: Duration,
}

impl Client {
    pub(super) fn new(options: &Options) -> Self {
        let config = || {
            let tls = TlsConfig::builder()
                .root_certs(RootCerts::PlatformVerifier)
                .build();
            Agent::config_builder()
                .tls_config(tls)
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .timeout_global(Some(options.timeout))
                .timeout_connect(Some(options.timeout.min(CONNECT)))
                .user_agent(&options.user_agent)
                .accept("text/html,application/xhtml+xml,*/*;q=0.8")
                // Without this header a server may compress.
                .accept_encoding("identity")
                // A pool rarely helps: there are many hosts with few requests each.
                .max_idle_connections(options.concurrency)
                .max_idle_connections_per_host(1)
        };
        Self {
            outside: config().build().into(),
            here: config().proxy(None).build().into(),
            timeout: options.timeout,
        }
    }

    /// Requests a page, and looks for anchors in its body if it is fetched.
    pub(super) fn request(
        &self,
        method: Method,
        url: &Url,
        anchors: &BTreeSet<String>,
    ) -> Result<Reply, Failure> {
        let agent = if address::is_loopback(url) {
            &self.here
        } else {
            &self.outside
        };
        let request = match method {
            Method::Head => agent.head(url.as_str()),
            Method::Get => agent.get(url.as_str()),
        };
        let response = request.call().map_err(|error| self.failure(&error))?;
        let (head, body) = response.into_parts();
        let mut reply = Reply {
            status: head.status.as_u16(),
            location: text(&head.headers, LOCATION),
            retry_after: text(&head.headers, RETRY_AFTER)
                .and_then(|value| retry_after::parse(&value, SystemTime::now())),
            places: Places::default(),
        };
        if method == Method::Get && head.status.is_success() && !anchors.is_empty() {
            reply.places = places(&head.headers, body, anchors);
        }
        Ok(reply)
    }

    fn failure(&self, error: &Error) -> Failure {
        match error {
            Error::Timeout(Timeout::Resolve | Timeout::Connect) | Error::ConnectionFailed => {
                Failure::Unreachable("cannot be reached: the connection timed out".to_owned())
            }
            Error::Timeout(_) => {
                Failure::Broken(format!("does not answer within {:?}", self.timeout))
            }
            Error::HostNotFound => not_found(),
            Error::Io(error) => of_io(error),
            Error::Tls(_) | Error::Rustls(_) => of_tls(&error.to_string()),
            Error::BadUri(_) | Error::Http(_) => {
                Failure::Hopeless(format!("is not an address that can be requested: {error}"))
            }
            Error::InvalidProxyUrl | Error::ConnectProxyFailed(_) => {
                Failure::Ours(format!("could not be requested through the proxy: {error}"))
            }
            _ => Failure::Broken(format!("answers with invalid HTTP: {error}")),
        }
    }
}

fn not_found() -> Failure {
    Failure::Unreachable("cannot be reached: its host was not found".to_owned())
}

fn of_io(error: &io::Error) -> Failure {
    use io::ErrorKind::{ConnectionRefused, HostUnreachable, InvalidData, NetworkUnreachable};
    let text = error.to_string();
    match error.kind() {
        ConnectionRefused => {
            Failure::Unreachable("cannot be reached: connection refused".to_owned())
        }
        HostUnreachable | NetworkUnreachable => {
            Failure::Unreachable(format!("cannot be reached: {text}"))
        }
        InvalidData => of_tls(&text),
        // The standard library has no error kind for a host name that is not found.
        _ if text.contains("lookup address") => not_found(),
        _ => Failure::Broken(format!("closes the connection: {text}")),
    }
}

fn of_tls(text: &str) -> Failure {
    let text = text.trim_start_matches("rustls: ");
    if text.contains("No CA certificates") {
        let why = "could not be requested: this machine has no CA certificates";
        return Failure::Ours(why.to_owned());
    }
    Failure::Hopeless(format!("has no secure connection: {text}"))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Looks for anchors in a page. Other formats than HTML have anchors of their own (`#page=3` of a PDF).
fn places(headers: &HeaderMap, mut body: Body, anchors: &BTreeSet<String>) -> Places {
    let kind = text(headers, CONTENT_TYPE)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_html = kind.is_empty() || kind.contains("html");
    if !is_html {
        return Places {
            found: anchors.clone(),
            unread: None,
        };
    }
    let encoding = text(headers, CONTENT_ENCODING).unwrap_or_default();
    if !matches!(encoding.as_str(), "" | "identity") {
        return unread("is compressed although it must not be, so its anchors were not checked");
    }
    scan(body.as_reader(), anchors)
}

fn unread(why: &str) -> Places {
    Places {
        found: BTreeSet::new(),
        unread: Some(why.to_owned()),
    }
}

fn scan(body: impl Read, anchors: &BTreeSet<String>) -> Places {
    let mut scanner = Scanner::new(anchors);
    let mut body = body.take(LARGEST_PAGE);
    let mut piece = vec![0; 16 << 10];
    let mut unread = None;
    while scanner.lacks(anchors) {
        let length = match body.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) => {
                unread = Some(format!("ends in the middle of its text: {error}"));
                break;
            }
        };
        if !scanner.read(&piece[..length]) {
            unread = Some("has HTML that cannot be scanned".to_owned());
            break;
        }
    }
    if body.limit() == 0 {
        unread = Some(format!("is larger than {} MiB", LARGEST_PAGE >> 20));
    }
    Places {
        found: scanner.end(),
        unread,
    }
}

/// For example `404 Not Found`.
pub(super) fn status_words(status: u16) -> String {
    let reason = StatusCode::from_u16(status).ok();
    match reason.as_ref().and_then(StatusCode::canonical_reason) {
        Some(reason) => format!("{status} {reason}"),
        None => status.to_string(),
    }
}
