//! Which requests are answered: those that name this server, and, where it acts, that come from a page
//! of its own. A page of another site can make a browser send requests here, also under a name of its
//! own that it lets point to this machine.

use std::net::IpAddr;

use hyper::header::{HOST, HeaderMap, HeaderValue, ORIGIN};
use hyper::{Request, StatusCode, Version};

/// Why a request is refused; none if it is not.
pub(super) fn refusal<B>(request: &Request<B>, bound: IpAddr) -> Option<StatusCode> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok(),
        (None, _) if request.version() < Version::HTTP_11 => None,
        _ => return Some(StatusCode::BAD_REQUEST),
    };
    let named = request
        .uri()
        .authority()
        .map(hyper::http::uri::Authority::as_str);
    let mut names = host.into_iter().chain(named);
    let is_ours = names.all(|name| is_ours(name, bound));
    (!is_ours || request.uri().path().is_empty()).then_some(StatusCode::FORBIDDEN)
}

/// Whether a page of this server sent the request. Browsers that do not say are old.
pub(super) fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |value: &HeaderValue| value.to_str().map(str::to_owned).unwrap_or_default();
    let site = headers.get("sec-fetch-site").map(text);
    let origin = headers.get(ORIGIN).map(text);
    let host = headers.get(HOST).map(text).unwrap_or_default();
    site.is_none_or(|site| matches!(site.as_str(), "same-origin" | "none"))
        && origin.is_none_or(|origin| origin == format!("http://{host}"))
}

/// Whether a host, with or without a port, is this machine. Where the server is bound to more than
/// that, every address is: an address cannot be made to point elsewhere.
fn is_ours(host: &str, bound: IpAddr) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, port)) => (name, port),
            None => return false,
        },
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let digits = port.strip_prefix(':').unwrap_or("0");
    let is_port = port.is_empty() || port.starts_with(':') && digits.parse::<u16>().is_ok();
    let is_name = name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback() || !bound.is_loopback());
    is_port && is_name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_ours() {
        let [loopback, all] = ["127.0.0.1", "0.0.0.0"].map(|text| text.parse().expect("valid"));
        for host in [
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1:8080",
            "[::1]:8080",
            "127.0.0.2",
        ] {
            assert!(is_ours(host, loopback), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example:80",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "localhost:evil",
            "localhost:80:80",
            "[::1",
            " ",
            "",
            "192.168.0.2",
        ] {
            assert!(!is_ours(host, loopback), "{host}");
        }
        assert!(is_ours("192.168.0.2:8080", all));
        assert!(!is_ours("evil.example", all));
    }
}
