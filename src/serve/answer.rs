//! What a request gets.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode, http};

use super::body::Reply;
use super::problem::Shown;
use super::shared::{Root, Shared};
use super::target::Target;
use super::{events, files, guard, kinds, listing};
use crate::disk::{self, Kind};
use crate::markdown::escape::attribute;
use crate::output::assets::LIVE;
use crate::pipeline::paths::MISSING;

/// Below it is what only the server has.
const OWN: &str = "/__docsite/";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

pub(super) struct Answering {
    pub(super) address: SocketAddr,
    pub(super) shared: Arc<Shared>,
}

type Made = http::Result<Response<Reply>>;

impl Answering {
    pub(super) fn answer<B>(&self, request: &Request<B>) -> Response<Reply> {
        let made = match guard::refusal(request, self.address.ip()) {
            Some(status) => failure(status),
            None => self.made(request),
        };
        let mut response = made.unwrap_or_else(|_| Response::new(Reply::Bytes(None)));
        let headers = response.headers_mut();
        for (name, value) in [
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (X_FRAME_OPTIONS, "DENY"),
            (REFERRER_POLICY, "strict-origin-when-cross-origin"),
            (CACHE_CONTROL, "public, max-age=0, must-revalidate"),
        ] {
            headers
                .entry(name)
                .or_insert(HeaderValue::from_static(value));
        }
        response
    }

    fn made<B>(&self, request: &Request<B>) -> Made {
        let path = request.uri().path();
        if let Some(own) = path.strip_prefix(OWN) {
            return self.own(own, request);
        }
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return Response::builder()
                .status(StatusCode::METHOD_NOT_ALLOWED)
                .header(ALLOW, "GET, HEAD")
                .header(CONTENT_TYPE, "text/plain; charset=utf-8")
                .body(Reply::of("405 Method Not Allowed"));
        }
        let Some(root) = self.shared.root() else {
            return failure(StatusCode::NOT_FOUND);
        };
        let target = Target::parse(path);
        let made = target.as_ref().and_then(|target| {
            let slash = if target.is_folder { "/" } else { "" };
            let address = root.reach.moved(&format!("{}{slash}", target.path));
            address
                .map(moved)
                .or_else(|| self.of_output(target, &root, request))
        });
        made.or_else(|| self.not_found(&root, request))
            .unwrap_or_else(|| self.missing(target.as_ref()))
    }

    /// What the server itself has: the script of pages, events, findings, and an editor to open.
    fn own<B>(&self, path: &str, request: &Request<B>) -> Made {
        let headers = request.headers();
        match (request.method(), path) {
            (&Method::GET | &Method::HEAD, "live.js") => {
                files::made(JAVASCRIPT, LIVE.as_bytes(), headers)
            }
            _ if !guard::is_own_page(headers) => failure(StatusCode::FORBIDDEN),
            (&Method::GET, "events") => Response::builder()
                .header(CONTENT_TYPE, "text/event-stream")
                .header(CACHE_CONTROL, "no-store")
                .body(events::stream(self.shared.status.subscribe())),
            (&Method::GET, "findings") => {
                let findings = self.shared.status.borrow().findings.clone();
                let query = request.uri().query().unwrap_or_default();
                let mut query = url::form_urlencoded::parse(query.as_bytes());
                let page = query.find(|(name, _)| name == "page");
                let page = page.map(|(_, page)| page).unwrap_or_default();
                let shown = Shown::on(&page, &findings);
                let json = serde_json::to_vec(&shown).unwrap_or_default();
                files::made("application/json", &json, headers)
            }
            // A form of another page can send no such header.
            (&Method::POST, "open") if headers.contains_key("x-docsite") => {
                let query = request.uri().query().unwrap_or_default();
                let opener = self.shared.opener.as_ref();
                let is_open = opener.is_some_and(|opener| opener.open(query));
                failure(if is_open {
                    StatusCode::NO_CONTENT
                } else {
                    StatusCode::NOT_FOUND
                })
            }
            _ => failure(StatusCode::NOT_FOUND),
        }
    }

    /// A file or a folder of the output; none if there is no such.
    fn of_output<B>(&self, target: &Target, root: &Root, request: &Request<B>) -> Option<Made> {
        let path = inside(&root.folder, &target.path)?;
        match disk::kind(&path).ok()? {
            Kind::Folder if target.path.is_empty() => self.page(root, "index.html", request),
            Kind::Folder if !root.reach.has_folder(&target.path) => None,
            Kind::Folder if target.is_listed() && target.is_folder => {
                let own = path.join("index.html");
                let is_there = disk::kind(&own).ok()? == Kind::File;
                if is_there && root.has(&format!("{}/index.html", target.path)) {
                    let made = files::file(&own, kinds::HTML, request.headers())?;
                    return Some(with_policy(made, kinds::LISTING));
                }
                let page = listing::page(target, root, &path)?;
                let made = files::made(kinds::HTML, page.as_bytes(), request.headers());
                Some(with_policy(made, kinds::LISTING))
            }
            Kind::Folder if target.is_listed() => Some(to_folder(target, kinds::LISTING)),
            Kind::Folder => {
                let index = format!("{}/index.html", target.path);
                let is_there =
                    root.has(&index) && disk::kind(&root.folder.join(&index)).ok()? == Kind::File;
                if target.is_folder {
                    return is_there.then(|| self.page(root, &index, request)).flatten();
                }
                is_there.then(|| to_folder(target, kinds::STRICT))
            }
            Kind::File if !target.is_folder && root.has(&target.path) => {
                let is_page = kinds::content_type(&target.path) == kinds::HTML
                    && !target.path.starts_with("attachment/");
                if is_page {
                    return self.page(root, &target.path, request);
                }
                let content_type = kinds::content_type(&target.path);
                let made = files::file(&path, content_type, request.headers())?;
                Some(with_policy(made, kinds::policy(target)))
            }
            _ => None,
        }
    }

    /// A page, with the script that hears of builds.
    fn page<B>(&self, root: &Root, path: &str, request: &Request<B>) -> Option<Made> {
        // A build in between makes the page newer than it says, not older.
        let build = self.shared.status.borrow().build;
        let mut page = match self.shared.page_ahead(path) {
            Some(page) => page.to_vec(),
            None => disk::read_whole(&root.folder.join(path)).ok()??,
        };
        page.extend_from_slice(self.script(build).as_bytes());
        let made = files::made(kinds::HTML, &page, request.headers());
        Some(with_policy(made, kinds::LIVE))
    }

    /// The site's own page for an address without one.
    fn not_found<B>(&self, root: &Root, request: &Request<B>) -> Option<Made> {
        let made = self.page(root, MISSING, request)?;
        Some(made.map(|mut response| {
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }))
    }

    fn script(&self, build: u64) -> String {
        let opens = if self.shared.opener.is_some() {
            " data-opens"
        } else {
            ""
        };
        format!("<script src=\"{OWN}live.js\" data-build=\"{build}\"{opens} defer></script>\n")
    }

    /// Where the site was never built, a page that waits for that.
    fn missing(&self, target: Option<&Target>) -> Made {
        let status = self.shared.status.borrow();
        let is_page = target.is_some_and(|it| it.path.is_empty() || it.path.ends_with(".html"));
        if !is_page || !status.problems.iter().any(|problem| problem.is_fatal) {
            return failure(StatusCode::NOT_FOUND);
        }
        let script = self.script(status.build);
        let page = format!(
            "<!doctype html>\n<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>docsite</title>\n{script}"
        );
        let made = Response::builder()
            .status(StatusCode::SERVICE_UNAVAILABLE)
            .header(CONTENT_TYPE, kinds::HTML)
            .body(Reply::of(page));
        with_policy(made, kinds::LIVE)
    }
}

/// Sends a reader of a former address on, as `redirects.caddy` does.
fn moved(address: &str) -> Made {
    let is_outside = address.starts_with("https://") || address.starts_with("http://");
    let root = if is_outside { "" } else { "/" };
    let moved = Response::builder()
        .status(StatusCode::MOVED_PERMANENTLY)
        .header(LOCATION, format!("{root}{address}"))
        .header(CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(Reply::of("301 Moved Permanently"));
    with_policy(moved, kinds::STRICT)
}

/// Sends a reader of a folder to its address with a slash.
fn to_folder(target: &Target, policy: &'static str) -> Made {
    let address = target.as_folder();
    let text = format!(
        "<a href=\"{}\">Permanent Redirect</a>.\n",
        attribute(&address)
    );
    let moved = Response::builder()
        .status(StatusCode::PERMANENT_REDIRECT)
        .header(LOCATION, &address)
        .header(CONTENT_TYPE, kinds::HTML)
        .body(Reply::of(text));
    with_policy(moved, policy)
}

fn with_policy(made: Made, policy: &'static str) -> Made {
    made.map(|mut response| {
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        response
    })
}

fn failure(status: StatusCode) -> Made {
    let text = match status {
        StatusCode::NO_CONTENT => String::new(),
        status => status.to_string(),
    };
    let made = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(Reply::of(text));
    with_policy(made, kinds::STRICT)
}

/// A path below a folder, if no link on the way leads out of it.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let real = disk::real(folder)?;
    let file = real.join(path);
    let parent = file.parent().filter(|_| !path.is_empty());
    let parent = parent.map_or(Some(real.clone()), disk::real)?;
    parent.starts_with(&real).then_some(file)
}
