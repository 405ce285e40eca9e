//! Patterns of addresses that are not requested.
//!
//! Not here: where they are written (`model::settings`).

use url::Url;

use super::user::without_user;

/// Addresses that are not requested.
///
/// - with a `*`, which matches any text: the whole address, `https://*.corp.example/*`
/// - with a scheme: the beginning of an address, `https://github.com/me/`
/// - otherwise a host and its subdomains, or a host and the beginning of a path: `corp.example`,
///   `localhost:15000`, `github.com/me/`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Wild(String),
    Prefix(String),
    Host {
        host: String,
        port: Option<u16>,
        path: String,
    },
    Nothing,
}

impl Pattern {
    /// Any text is a pattern; a text that is not part of an address matches nothing.
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        Self(if text.contains('*') {
            Kind::Wild(text.to_owned())
        } else if text.contains("://") {
            // Normalized as addresses are: `HTTPS://한국.kr` has one form.
            Url::parse(text).map_or(Kind::Nothing, |url| Kind::Prefix(prefix(text, url)))
        } else {
            host(text).unwrap_or(Kind::Nothing)
        })
    }

    pub(super) fn matches(&self, url: &Url) -> bool {
        match &self.0 {
            Kind::Wild(pattern) => {
                let url = without_user(url.clone());
                is_like(pattern.as_bytes(), url.as_str().as_bytes())
            }
            Kind::Prefix(prefix) => without_user(url.clone()).as_str().starts_with(prefix),
            Kind::Host { host, port, path } => {
                let own = url.host_str().unwrap_or_default();
                let below = own.strip_suffix(host.as_str());
                below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
                    && port.is_none_or(|port| url.port_or_known_default() == Some(port))
                    && url.path().starts_with(path.as_str())
            }
            Kind::Nothing => false,
        }
    }
}

/// A host alone ends with `/`, so that `https://a.b` does not match `https://a.bc`.
fn prefix(text: &str, url: Url) -> String {
    let host_alone = text
        .split_once("://")
        .is_some_and(|(_, rest)| !rest.contains('/'));
    let mut prefix = without_user(url).to_string();
    if !host_alone && prefix.ends_with('/') && !text.ends_with('/') {
        prefix.pop();
    }
    prefix
}

fn host(text: &str) -> Option<Kind> {
    let url = Url::parse(&format!("http://{}", text.trim_start_matches('.'))).ok()?;
    let written_port = text.split('/').next()?.rsplit_once(':');
    let port = written_port.and_then(|(_, port)| port.parse().ok());
    Some(Kind::Host {
        host: url.host_str()?.to_owned(),
        port,
        path: url.path().to_owned(),
    })
}

/// Whether the pattern matches the whole text. Backtracks only to the last `*`, so that no pattern
/// takes exponential time.
fn is_like(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p) == Some(&text[t]) {
            p += 1;
            t += 1;
        } else if let Some((at, from)) = star {
            star = Some((at, from + 1));
            p = at + 1;
            t = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_wild_or_prefixes_or_hosts() {
        let cases: [(&str, &[&str], &[&str]); 9] = [
            (
                "a.b",
                &["http://a.b", "https://x.a.b:8/y#z"],
                &["http://xa.b", "http://a.b.c"],
            ),
            (
                "a.b:80",
                &["http://a.b/"],
                &["https://a.b/", "http://a.b:81"],
            ),
            (
                "a.b/x",
                &["http://a.b/x", "https://a.b/xy"],
                &["http://a.b/", "http://a.b/y/x"],
            ),
            (
                "https://a.b",
                &["https://a.b/c", "https://u:p@A.B"],
                &["http://a.b", "https://a.b.c/"],
            ),
            (
                "https://a.b/c",
                &["https://a.b/c", "https://a.b/cd"],
                &["https://a.b/"],
            ),
            ("*.md", &["http://a.b/c.md"], &["http://a.b/c.md?x"]),
            (
                "http*://a.b/*/x*",
                &["https://a.b/c/d/xy#z"],
                &["https://a.b/x"],
            ),
            (
                "한국.kr",
                &["https://한국.kr/", "https://xn--3e0b707e.kr"],
                &["https://kr/"],
            ),
            ("[::1]", &["http://[::1]:80/x"], &["http://[::2]/"]),
        ];
        for (pattern, matching, other) in cases {
            let is = |url: &&str| Pattern::new(pattern).matches(&Url::parse(url).expect("one"));
            assert!(matching.iter().all(is), "{pattern}");
            assert!(!other.iter().any(is), "{pattern}");
        }
        let url = Url::parse("http://a.b/").expect("an address");
        for nothing in ["", " ", "https://", "http://[", "a b"] {
            assert!(!Pattern::new(nothing).matches(&url), "{nothing}");
        }
    }

    #[test]
    fn no_pattern_is_slow() {
        let text = "a".repeat(100_000);
        assert!(!is_like(
            "*a".repeat(50).as_bytes(),
            format!("{text}b").as_bytes()
        ));
    }
}
