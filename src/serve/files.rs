//! A file of the output as an answer: whole or ranges of it, if it is not what the browser has.
//!
//! Not here: what a request's conditions mean (`conditions`), and which ranges it means (`ranges`).

use std::path::Path;
use std::time::{Duration, SystemTime};

use hyper::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap,
    LAST_MODIFIED, VARY,
};
use hyper::{Response, StatusCode, http};

use super::body::{Piece, Reply};
use super::conditions::{Verdict, Version, text};
use super::ranges::{self, Ranges};
use crate::disk::{self, Opened, Stamp};
use crate::fingerprint::Fingerprint;
use crate::pipeline::packed::{ENCODINGS, is_form_of};

/// Of a longer file no compressed form is looked at, in bytes.
const LONGEST: u64 = 16 << 20;

type Made = http::Result<Response<Reply>>;

/// A file with its content type, or parts of it.
pub(super) fn file(path: &Path, content_type: &str, asked: &HeaderMap) -> Option<Made> {
    let mut plain = disk::open(path).ok()?;
    let (file, encoding) = match encoded(path, &mut plain, asked) {
        Some((file, encoding)) => (file, Some(encoding)),
        None => (plain, None),
    };
    let modified = time_of(&file.stamp);
    let version = Version {
        tag: tag_of(&file.stamp, encoding),
        modified: Some(modified),
    };
    let mut head = Response::builder()
        .header(VARY, "Accept-Encoding")
        .header(LAST_MODIFIED, httpdate::fmt_http_date(modified));
    if let Some(encoding) = encoding {
        head = head.header(CONTENT_ENCODING, encoding);
    }
    let whole = Whole {
        size: file.stamp.size,
        content_type,
        version,
    };
    Some(whole.answer(head, asked, |pieces| Reply::File(file, pieces.into())))
}

/// Bytes that are made for each request.
pub(super) fn made(content_type: &str, bytes: &[u8], asked: &HeaderMap) -> Made {
    let whole = Whole {
        size: bytes.len() as u64,
        content_type,
        version: Version {
            tag: format!("\"{}\"", &Fingerprint::of(bytes).to_string()[..24]),
            modified: None,
        },
    };
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    whole.answer(Response::builder(), asked, |pieces| {
        let joined = pieces.iter().flat_map(|piece| match piece {
            Piece::Between(between) => between,
            Piece::Part { at, left } => {
                let part = bytes.get(place(*at)..place(at + left));
                part.unwrap_or_default()
            }
        });
        Reply::of(joined.copied().collect::<Vec<u8>>())
    })
}

/// What there is to be sent.
struct Whole<'a> {
    size: u64,
    content_type: &'a str,
    version: Version,
}

impl Whole<'_> {
    /// The answer to a request that may be for parts, or only if something changed.
    fn answer(
        &self,
        head: http::response::Builder,
        asked: &HeaderMap,
        reply: impl FnOnce(Vec<Piece>) -> Reply,
    ) -> Made {
        let (size, tag) = (self.size, &self.version.tag);
        let head = head.header(ETAG, tag);
        let ranges = match self.version.verdict(asked) {
            Verdict::Unchanged => return empty(head, StatusCode::NOT_MODIFIED),
            Verdict::Changed => return empty(head, StatusCode::PRECONDITION_FAILED),
            Verdict::Send(ranges) => ranges,
        };
        let ranges = ranges.map_or(Ranges::Whole, |ranges| Ranges::parse(ranges, size));
        let head = head.header(ACCEPT_RANGES, "bytes");
        let of_type = |head: http::response::Builder| head.header(CONTENT_TYPE, self.content_type);
        match ranges {
            Ranges::Wrong => empty(head, StatusCode::RANGE_NOT_SATISFIABLE),
            Ranges::Outside => empty(
                head.header(CONTENT_RANGE, format!("bytes */{size}")),
                StatusCode::RANGE_NOT_SATISFIABLE,
            ),
            Ranges::Whole => {
                let part = Piece::Part { at: 0, left: size };
                let pieces = (size > 0).then_some(part);
                of_type(head).body(reply(pieces.into_iter().collect()))
            }
            Ranges::Some(some) => {
                let head = head.status(StatusCode::PARTIAL_CONTENT);
                if let [(at, left)] = some[..] {
                    let range = ranges::content_range((at, left), size);
                    let head = of_type(head.header(CONTENT_RANGE, range));
                    return head.body(reply(vec![Piece::Part { at, left }]));
                }
                let boundary = ranges::boundary(tag);
                let several = format!("multipart/byteranges; boundary={boundary}");
                let pieces = ranges::several(&some, size, self.content_type, tag);
                head.header(CONTENT_TYPE, several).body(reply(pieces))
            }
        }
    }
}

fn empty(head: http::response::Builder, status: StatusCode) -> Made {
    head.status(status).body(Reply::Bytes(None))
}

/// The file as it was compressed, if the browser takes that. Another file may only be called so.
fn encoded(path: &Path, plain: &mut Opened, asked: &HeaderMap) -> Option<(Opened, &'static str)> {
    let accepted = text(asked, &ACCEPT_ENCODING)?;
    let accepts = |encoding: &str| {
        let mut all = accepted.split(',').map(|one| one.split(';').map(str::trim));
        all.any(|mut one| {
            let name = one.next().unwrap_or_default();
            name.eq_ignore_ascii_case(encoding)
                && !one.any(|weight| ["q=0", "q=0.0"].contains(&weight))
        })
    };
    let whole = |file: &mut Opened| {
        let size = file.stamp.size;
        (size <= LONGEST).then(|| file.part(0, size).ok()).flatten()
    };
    let mut encodings = ENCODINGS.iter().filter(|(encoding, _)| accepts(encoding));
    encodings.find_map(|(encoding, ending)| {
        let mut name = path.file_name()?.to_owned();
        name.push(format!(".{ending}"));
        let mut file = disk::open(&path.with_file_name(name)).ok()?;
        let is_form = is_form_of(&whole(&mut file)?, ending, &whole(plain)?);
        is_form.then_some((file, *encoding))
    })
}

fn tag_of(stamp: &Stamp, encoding: Option<&str>) -> String {
    let encoding = encoding.map_or(String::new(), |encoding| format!("-{encoding}"));
    format!("\"{:x}-{:x}{encoding}\"", stamp.size, stamp.modified())
}

fn time_of(stamp: &Stamp) -> SystemTime {
    let nanoseconds = u64::try_from(stamp.modified()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds)
}
