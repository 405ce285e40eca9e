//! A file of the output as an answer: whole or a range of it, if it is not what the browser has.

use std::path::Path;
use std::time::{Duration, SystemTime};

use hyper::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap,
    HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, RANGE, VARY,
};
use hyper::{Response, StatusCode, http};

use super::body::Reply;
use crate::disk::{self, Opened, Stamp};
use crate::fingerprint::Fingerprint;

/// Endings of files that a build for other hosts may have made, by what a browser calls them.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

type Made = http::Result<Response<Reply>>;

/// A file with its content type, or a part of it.
pub(super) fn file(path: &Path, content_type: &str, asked: &HeaderMap) -> Option<Made> {
    let plain = disk::open(path).ok()?;
    let (file, encoding) = match encoded(path, &plain, asked) {
        Some((file, encoding)) => (file, Some(encoding)),
        None => (plain, None),
    };
    let tag = tag_of(&file.stamp, encoding);
    let mut head = Response::builder()
        .header(CONTENT_TYPE, content_type)
        .header(VARY, "Accept-Encoding");
    if let Some(encoding) = encoding {
        head = head.header(CONTENT_ENCODING, encoding);
    }
    let modified = httpdate::fmt_http_date(time_of(&file.stamp));
    head = head.header(LAST_MODIFIED, &modified);
    let since = text(asked, &IF_MODIFIED_SINCE).filter(|_| !asked.contains_key(IF_NONE_MATCH));
    let day = |text: &str| httpdate::parse_http_date(text).ok();
    if since
        .and_then(day)
        .is_some_and(|since| Some(since) >= day(&modified))
    {
        return Some(unchanged(head, &tag));
    }
    let size = file.stamp.size;
    let part = |at: u64, left: u64| Reply::File { file, at, left };
    Some(in_part(head, &tag, asked, size, part))
}

/// Bytes that are made for each request.
pub(super) fn made(content_type: &str, bytes: &[u8], asked: &HeaderMap) -> Made {
    let tag = format!("\"{}\"", &Fingerprint::of(bytes).to_string()[..24]);
    let head = Response::builder().header(CONTENT_TYPE, content_type);
    let size = bytes.len() as u64;
    let part = |at: u64, left: u64| {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let bytes = bytes.get(place(at)..place(at + left)).unwrap_or_default();
        Reply::of(bytes.to_vec())
    };
    in_part(head, &tag, asked, size, part)
}

/// The answer to a request that may be for a part, or only if something changed.
fn in_part(
    head: http::response::Builder,
    tag: &str,
    asked: &HeaderMap,
    size: u64,
    part: impl FnOnce(u64, u64) -> Reply,
) -> Made {
    if text(asked, &IF_NONE_MATCH).is_some_and(|known| is_among(tag, known)) {
        return unchanged(head, tag);
    }
    let head = head.header(ETAG, tag).header(ACCEPT_RANGES, "bytes");
    let is_same = text(asked, &IF_RANGE).is_none_or(|known| known == tag);
    let range = text(asked, &RANGE).filter(|_| is_same);
    match range.and_then(|range| Range::parse(range, size)) {
        None => head.body(part(0, size)),
        Some(Range::Outside) => head
            .status(StatusCode::RANGE_NOT_SATISFIABLE)
            .header(CONTENT_RANGE, format!("bytes */{size}"))
            .body(Reply::Bytes(None)),
        Some(Range::Of(first, last)) => head
            .status(StatusCode::PARTIAL_CONTENT)
            .header(CONTENT_RANGE, format!("bytes {first}-{last}/{size}"))
            .body(part(first, last - first + 1)),
    }
}

fn unchanged(head: http::response::Builder, tag: &str) -> Made {
    let head = head.status(StatusCode::NOT_MODIFIED);
    head.header(ETAG, tag).body(Reply::Bytes(None))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Whether a tag is in the list of an `If-None-Match`.
fn is_among(tag: &str, known: &str) -> bool {
    let mut known = known.split(',').map(str::trim);
    known.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// The file as it was compressed, if it was after it was written and the browser takes that.
fn encoded(path: &Path, plain: &Opened, asked: &HeaderMap) -> Option<(Opened, &'static str)> {
    let accepted = text(asked, &ACCEPT_ENCODING)?;
    let accepts = |encoding: &str| {
        let mut all = accepted.split(',').map(|one| one.split(';').map(str::trim));
        all.any(|mut one| {
            let name = one.next().unwrap_or_default();
            name.eq_ignore_ascii_case(encoding)
                && !one.any(|weight| ["q=0", "q=0.0"].contains(&weight))
        })
    };
    let mut encodings = ENCODINGS.iter().filter(|(encoding, _)| accepts(encoding));
    encodings.find_map(|(encoding, ending)| {
        let mut name = path.file_name()?.to_owned();
        name.push(format!(".{ending}"));
        let file = disk::open(&path.with_file_name(name)).ok()?;
        let is_newer = file.stamp.modified() >= plain.stamp.modified();
        is_newer.then_some((file, *encoding))
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

#[derive(Debug, PartialEq, Eq)]
enum Range {
    /// First and last byte.
    Of(u64, u64),
    Outside,
}

impl Range {
    /// None for what is to be ignored: other units, several ranges, or no range at all.
    fn parse(text: &str, size: u64) -> Option<Self> {
        let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
        let number = |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
            is_number.then(|| text.parse().unwrap_or(u64::MAX))
        };
        let (first, last) = match (number(first), number(last)) {
            (Some(first), Some(last)) if first > last => return None,
            (Some(first), Some(last)) => (first, last),
            (Some(first), None) if last.is_empty() => (first, u64::MAX),
            (None, Some(length)) if first.is_empty() => match size.checked_sub(length.min(size)) {
                Some(first) if length > 0 => (first, u64::MAX),
                _ => return Some(Self::Outside),
            },
            _ => return None,
        };
        let is_inside = first < size;
        Some(if is_inside {
            Self::Of(first, last.min(size - 1))
        } else {
            Self::Outside
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_within_the_file_or_ignored() {
        for (text, range) in [
            ("bytes=0-3", Some(Range::Of(0, 3))),
            ("bytes=4-", Some(Range::Of(4, 9))),
            ("bytes=4-99999999999999999999", Some(Range::Of(4, 9))),
            ("bytes=-3", Some(Range::Of(7, 9))),
            ("bytes=-30", Some(Range::Of(0, 9))),
            ("bytes=-0", Some(Range::Outside)),
            ("bytes=10-", Some(Range::Outside)),
            ("bytes=5-1", None),
            ("bytes=0-0,2-3", None),
            ("bytes=-", None),
            ("bytes=a-b", None),
            ("lines=0-1", None),
        ] {
            assert_eq!(Range::parse(text, 10), range, "{text}");
        }
        assert_eq!(Range::parse("bytes=0-", 0), Some(Range::Outside));
    }
}
