//! The ranges of a file that a request asks for, and several of them as one body, as Go's
//! `http.ServeContent` has it, and so Caddy.

use hyper::body::Bytes;

use super::body::Piece;
use crate::fingerprint::Fingerprint;

/// First byte and number of bytes, within the file.
pub(super) type Range = (u64, u64);

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ranges {
    Whole,
    Some(Vec<Range>),
    /// None of them is in the file.
    Outside,
    /// They are no list of ranges of bytes: a 416.
    Wrong,
}

impl Ranges {
    /// Of a file of this size.
    pub(super) fn parse(text: &str, size: u64) -> Self {
        let Some(ranges) = text.strip_prefix("bytes=") else {
            return Self::Wrong;
        };
        let ranges = ranges.split(',').map(str::trim);
        let ranges = ranges.filter(|range| !range.is_empty());
        let Some(mut ranges) = ranges
            .map(|range| read(range, size))
            .collect::<Option<Vec<_>>>()
        else {
            return Self::Wrong;
        };
        let all = ranges.len();
        ranges.retain(|(_, length)| *length > 0);
        let sum = ranges.iter().map(|(_, length)| length).sum::<u64>();
        match ranges.as_slice() {
            [] if all > 0 => Self::Outside,
            // More than the whole is sent as the whole.
            [] => Self::Whole,
            _ if sum > size => Self::Whole,
            _ => Self::Some(ranges),
        }
    }
}

/// A range within the file, without a length if it is outside; none for what is no range.
fn read(range: &str, size: u64) -> Option<Range> {
    let (first, last) = range.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| -> Option<u64> {
        let number: i64 = text.parse().ok()?;
        let is_plain = text.bytes().all(|c| c.is_ascii_digit());
        is_plain.then(|| number.unsigned_abs())
    };
    if first.is_empty() {
        let length = number(last)?.min(size);
        return Some((size - length, length));
    }
    let first = number(first)?;
    let end = if last.is_empty() {
        size
    } else {
        let last = number(last)?;
        if last < first {
            return None;
        }
        size.min(last + 1)
    };
    Some((first, end.saturating_sub(first)))
}

/// How a header names a range.
pub(super) fn content_range((at, length): Range, size: u64) -> String {
    format!("bytes {at}-{}/{size}", at + length - 1)
}

/// What is between the parts of a body with several.
pub(super) fn boundary(tag: &str) -> String {
    Fingerprint::of(tag.as_bytes()).to_string()
}

/// A body with several parts.
pub(super) fn several(ranges: &[Range], size: u64, content_type: &str, tag: &str) -> Vec<Piece> {
    let boundary = boundary(tag);
    let mut pieces = Vec::new();
    for (number, range) in ranges.iter().enumerate() {
        let before = if number > 0 { "\r\n" } else { "" };
        let content_range = content_range(*range, size);
        let head = format!(
            "{before}--{boundary}\r\nContent-Range: {content_range}\r\nContent-Type: {content_type}\r\n\r\n"
        );
        let (at, left) = *range;
        pieces.extend([Piece::Between(head.into()), Piece::Part { at, left }]);
    }
    pieces.push(Piece::Between(Bytes::from(format!(
        "\r\n--{boundary}--\r\n"
    ))));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_within_the_file() {
        let some = |ranges: &[Range]| Ranges::Some(ranges.to_vec());
        for (text, ranges) in [
            ("bytes=0-3", some(&[(0, 4)])),
            ("bytes=4-", some(&[(4, 6)])),
            ("bytes= 4 - 99", some(&[(4, 6)])),
            ("bytes=-3", some(&[(7, 3)])),
            ("bytes=0-0, 2-3,", some(&[(0, 1), (2, 2)])),
            ("bytes=0-0,10-", some(&[(0, 1)])),
            ("bytes=-30", some(&[(0, 10)])),
            ("bytes=0-,0-", Ranges::Whole),
            ("bytes=", Ranges::Whole),
            ("bytes=-0", Ranges::Outside),
            ("bytes=10-", Ranges::Outside),
            ("bytes=5-1", Ranges::Wrong),
            ("bytes=-", Ranges::Wrong),
            ("bytes=--1", Ranges::Wrong),
            ("bytes=+1-2", Ranges::Wrong),
            ("bytes=0-0,a", Ranges::Wrong),
            ("bytes=4-99999999999999999999", Ranges::Wrong),
            ("bytes=0-9223372036854775807", some(&[(0, 10)])),
            ("lines=0-1", Ranges::Wrong),
        ] {
            assert_eq!(Ranges::parse(text, 10), ranges, "{text}");
        }
        assert_eq!(Ranges::parse("bytes=0-", 0), Ranges::Outside);
    }
}
