//! Where a workflow gets docsite from: a git address, and a revision of it.
//!
//! Both are written into a file that a shell reads, so only a short list of characters is allowed.
//! Not here: fetching anything.

/// A git address, and a branch, tag or commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// In a form that git accepts.
    pub(super) url: String,
    /// `None` for the repository's default branch.
    pub(super) revision: Option<String>,
}

/// The allowed beginnings of an address.
const SCHEMES: [&str; 4] = ["https://", "ssh://", "git://", "file://"];

impl Origin {
    /// Reads `URL` or `URL#REV`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (url, revision) = match text.split_once('#') {
            Some((url, revision)) => (url, Some(revision)),
            None => (text, None),
        };
        let is_url = |c: char| c.is_ascii_alphanumeric() || "-._~:/@%+,=".contains(c);
        if let Some(other) = url.chars().find(|c| !is_url(*c)) {
            return Err(format!("an address cannot contain {other:?}"));
        }
        check(url)?;
        if let Some(revision) = revision {
            let is_name = |c: char| c.is_ascii_alphanumeric() || "-._/+".contains(c);
            if revision.is_empty() || revision.starts_with('-') || !revision.chars().all(is_name) {
                return Err(format!("`{revision}` is not a branch, a tag or a commit"));
            }
        }
        Ok(Self {
            url: url.to_owned(),
            revision: revision.map(str::to_owned),
        })
    }

    /// The git address in this program's package metadata, if any.
    pub(super) fn of_this_program() -> Option<Self> {
        Self::parse(env!("CARGO_PKG_REPOSITORY")).ok()
    }
}

fn check(url: &str) -> Result<(), String> {
    let scheme = SCHEMES.iter().find(|scheme| url.starts_with(**scheme));
    let Some(scheme) = scheme else {
        return check_short(url);
    };
    let rest = &url[scheme.len()..];
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if path.is_empty() || (host.is_empty() && *scheme != "file://") {
        return Err("an address has a host and a path: https://HOST/OWNER/docsite".to_owned());
    }
    let user = host.split_once('@').map(|(user, _)| user);
    let is_secret = user.is_some_and(|user| *scheme != "ssh://" || user.contains(':'));
    if is_secret {
        return Err(
            "an address with a user name or a password would be published with the workflow"
                .to_owned(),
        );
    }
    Ok(())
}

/// `git@host:path`, the short form of ssh.
fn check_short(url: &str) -> Result<(), String> {
    let parts = url.split_once('@').and_then(|(user, rest)| {
        let (host, path) = rest.split_once(':')?;
        Some([user, host, path])
    });
    let is_word = |part: &str| !part.is_empty() && !part.starts_with('-');
    let is_short = parts.is_some_and(|parts| {
        parts.into_iter().all(is_word) && !parts[0].contains([':', '/']) && !parts[1].contains('/')
    });
    if is_short && !url.contains("://") {
        return Ok(());
    }
    Err(format!(
        "`{url}` is not a git address: write https://HOST/OWNER/docsite, ssh://git@HOST/… or \
         git@HOST:OWNER/docsite"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_git_are_taken() {
        for (text, url, revision) in [
            (
                "https://git.example.com/me/docsite",
                "https://git.example.com/me/docsite",
                None,
            ),
            (
                "https://h:8443/a/b.git#v0.1.0",
                "https://h:8443/a/b.git",
                Some("v0.1.0"),
            ),
            ("ssh://git@h/a.git#main", "ssh://git@h/a.git", Some("main")),
            (
                "git@h:me/docsite.git#feature/x",
                "git@h:me/docsite.git",
                Some("feature/x"),
            ),
            ("git://h/a", "git://h/a", None),
            (
                "file:///srv/git/docsite#0123abc",
                "file:///srv/git/docsite",
                Some("0123abc"),
            ),
        ] {
            let origin = Origin::parse(text).unwrap();
            assert_eq!(
                (origin.url.as_str(), origin.revision.as_deref()),
                (url, revision)
            );
        }
    }

    #[test]
    fn what_is_not_an_address_or_could_run_is_rejected() {
        for text in [
            "",
            "#",
            "docsite",
            "http://h/a",
            "https://",
            "https://h",
            "https:///a",
            "ftp://h/a",
            "https://h/a#",
            "https://h/a#-x",
            "https://h/a#a b",
            "https://h/a#$(x)",
            "https://h/a\nb",
            "https://h/a b",
            "https://h/$(x)",
            "https://h/\"a",
            "https://h/a;b",
            "https://h/`a`",
            "https://me:secret@h/a",
            "https://token@h/a",
            "ssh://git:pw@h/a",
            "--upload-pack=x",
            "-git@h:a",
            "git@-h:a",
            "git@h:",
            "@h:a",
            "https://h/가",
        ] {
            assert!(Origin::parse(text).is_err(), "{text}");
        }
    }
}
