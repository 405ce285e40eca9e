//! Splits an address of a document into the page to request and the anchor to look for in it.
//!
//! Not here: requests, and how an anchor is looked for in a page.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::anchors;
use super::answer::Answer;
use super::options::Options;
use super::user::without_user;

/// The most characters of an address in a message.
const LONGEST_SHOWN: usize = 200;

/// An address that can be requested.
#[derive(Debug, Clone)]
pub(super) struct Address {
    /// Without user, password and fragment, which are never sent, stored or shown.
    pub(super) page: Url,
    /// As written, percent-encoded.
    pub(super) fragment: Option<String>,
    /// The decoded fragment, if the page must have such an anchor.
    pub(super) anchor: Option<String>,
}

impl Address {
    /// Parses an address as a document writes it, or returns the answer if it need not be
    /// requested.
    pub(super) fn read(written: &str, options: &Options) -> Result<Self, Answer> {
        let url = match Url::parse(&with_scheme(written)) {
            Ok(url) if !is_web(&url) => return Err(Answer::NotAsked),
            Ok(url) => url,
            Err(_) if !looks_like_web(written) => return Err(Answer::NotAsked),
            Err(error) => return Err(Answer::Dead(format!("is not a valid address: {error}"))),
        };
        if is_link_local(&url) || options.excludes(&url) {
            return Err(Answer::NotAsked);
        }
        let fragment = url.fragment().map(str::to_owned);
        Ok(Self {
            page: page_of(url),
            anchor: fragment.as_deref().and_then(anchors::wanted),
            fragment,
        })
    }
}

/// `//host/path` has the scheme of the page that contains it.
fn with_scheme(written: &str) -> Cow<'_, str> {
    let written = written.trim();
    if written.starts_with("//") {
        format!("https:{written}").into()
    } else {
        written.into()
    }
}

fn looks_like_web(written: &str) -> bool {
    let scheme = written.trim().split(':').next().unwrap_or_default();
    written.trim().starts_with("//")
        || scheme.eq_ignore_ascii_case("http")
        || scheme.eq_ignore_ascii_case("https")
}

/// Only http and https addresses are requested.
pub(super) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

pub(super) fn page_of(mut url: Url) -> Url {
    url.set_fragment(None);
    without_user(url)
}

/// Host and port; requests to one server are paced.
pub(super) fn server(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.host_str().unwrap_or_default())
}

pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(number)) => number.is_loopback(),
        Some(Host::Ipv6(number)) => number.is_loopback() || is_v4(number, Ipv4Addr::is_loopback),
        None => false,
    }
}

/// Metadata services of clouds have link-local addresses.
pub(super) fn is_link_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(number)) => number.is_link_local(),
        Some(Host::Ipv6(number)) => {
            number.is_unicast_link_local() || is_v4(number, Ipv4Addr::is_link_local)
        }
        _ => false,
    }
}

fn is_v4(number: Ipv6Addr, is: fn(&Ipv4Addr) -> bool) -> bool {
    number.to_ipv4_mapped().is_some_and(|number| is(&number))
}

/// An address for a message: on one line, shortened, and without user and password.
pub(super) fn shown(written: &str) -> String {
    let masked = masked(written);
    let mut shown: String = masked
        .chars()
        .take(LONGEST_SHOWN)
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_debug());
            let own = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(own)
        })
        .collect();
    if masked.chars().nth(LONGEST_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Replaces user and password by `***@`. Text that is not a valid address may be one with a typing
/// error, and is masked up to its last `@`.
fn masked(written: &str) -> Cow<'_, str> {
    match Url::parse(&with_scheme(written)) {
        Ok(url) if url.username().is_empty() && url.password().is_none() => written.into(),
        Ok(url) => {
            let url = without_user(url).to_string();
            url.replacen("://", "://***@", 1).into()
        }
        Err(_) => match written.rsplit_once('@') {
            Some((_, rest)) => format!("***@{rest}").into(),
            None => written.into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_and_passwords_are_never_shown() {
        for (written, expected) in [
            ("https://me:secret@a.b/c#d", "https://***@a.b/c#d"),
            ("http:me:secret@a.b", "http://***@a.b/"),
            ("//me:secret@a.b/c", "https://***@a.b/c"),
            ("https://me:se/cret@:99999", "***@:99999"),
            ("https://a.b/@me", "https://a.b/@me"),
            ("https://a.b/\n\u{7}", "https://a.b/\\n\\u{7}"),
        ] {
            assert_eq!(shown(written), expected);
        }
        let long = format!("https://a.b/{}", "가".repeat(100_000));
        assert_eq!(shown(&long).chars().count(), LONGEST_SHOWN + 1);
    }

    #[test]
    fn this_machine_and_link_local_numbers_are_known() {
        let url = |text: &str| Url::parse(text).expect("an address");
        for here in [
            "http://localhost/",
            "http://a.localhost./",
            "http://127.1/",
            "http://[::1]:80/",
        ] {
            assert!(is_loopback(&url(here)), "{here}");
        }
        for near in [
            "http://169.254.169.254/",
            "http://0xA9FEA9FE/",
            "http://[fe80::1]/",
            "http://[::ffff:169.254.1.1]/",
        ] {
            assert!(is_link_local(&url(near)), "{near}");
        }
        assert!(!is_loopback(&url("http://10.0.0.1/")) && !is_link_local(&url("http://10.0.0.1/")));
    }
}
