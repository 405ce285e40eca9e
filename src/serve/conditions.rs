//! Whether a request is to be answered at all, and with the ranges that it asks for, given what its
//! sender has: as Go's `http.ServeContent` decides it, and so Caddy.
//!
//! Not here: the ranges themselves (`ranges`).

use std::time::SystemTime;

use hyper::header::{
    HeaderMap, HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE,
    IF_UNMODIFIED_SINCE, RANGE,
};
use hyper::http::HeaderValue;

/// Which bytes are there, for conditions of a request.
#[derive(Debug)]
pub(super) struct Version {
    /// With its quotes.
    pub(super) tag: String,
    /// None of what is made for each request.
    pub(super) modified: Option<SystemTime>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict<'a> {
    /// To be sent: these ranges of it, or the whole.
    Send(Option<&'a str>),
    /// The sender has these bytes already: a 304.
    Unchanged,
    /// It is not what the sender wants to go on with.
    Changed,
}

impl Version {
    pub(super) fn verdict<'a>(&self, asked: &'a HeaderMap) -> Verdict<'a> {
        if self.is_other(asked) {
            return Verdict::Changed;
        }
        if self.is_known(asked) {
            return Verdict::Unchanged;
        }
        let is_same = text(asked, &IF_RANGE).is_none_or(|known| self.is_as(known));
        Verdict::Send(text(asked, &RANGE).filter(|_| is_same))
    }

    fn is_other(&self, asked: &HeaderMap) -> bool {
        match text(asked, &IF_MATCH) {
            Some(wanted) => !tags(wanted).any(|tag| tag == "*" || tag == self.tag),
            None => self
                .since(asked, &IF_UNMODIFIED_SINCE)
                .is_some_and(|(modified, since)| modified > since),
        }
    }

    fn is_known(&self, asked: &HeaderMap) -> bool {
        match text(asked, &IF_NONE_MATCH) {
            Some(known) => {
                let weak = |tag: &str| tag == "*" || tag.trim_start_matches("W/") == self.tag;
                tags(known).any(weak)
            }
            None => self
                .since(asked, &IF_MODIFIED_SINCE)
                .is_some_and(|(modified, since)| modified <= since),
        }
    }

    /// Whether it is what has this tag, or is of this day.
    fn is_as(&self, known: &str) -> bool {
        let day = || Some(seconds(httpdate::parse_http_date(known).ok()?));
        known == self.tag || day().is_some_and(|day| self.modified.map(seconds) == Some(day))
    }

    /// The seconds that it was modified at, and that a header says.
    fn since(&self, asked: &HeaderMap, name: &HeaderName) -> Option<(u64, u64)> {
        let since = httpdate::parse_http_date(text(asked, name)?).ok()?;
        Some((seconds(self.modified?), seconds(since)))
    }
}

fn tags(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

/// What a header's date can tell apart.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(HeaderValue::to_str)?.ok()
}
