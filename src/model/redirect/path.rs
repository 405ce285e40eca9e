//! Former paths as people write them: a basename, `/posts/old/`, `old.php`.
//!
//! Not here: what is at such a path now (`redirect`).

use unicode_normalization::UnicodeNormalization;

use crate::name::Basename;
use crate::portable::unportable;

/// Endings of files that are no pages have at most so many letters.
const ENDING_MOST: usize = 5;

/// What is at a former path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Former {
    Page,
    /// A file of another kind, which only a server can redirect.
    Other,
}

impl Former {
    /// Of a path as `former` gives it.
    pub(super) fn of(path: &str) -> Self {
        // Windows cannot have a page of every name: there, too, a server redirects.
        if path.ends_with(".html") && path.split('/').all(|part| unportable(part).is_none()) {
            Self::Page
        } else {
            Self::Other
        }
    }
}

/// What is wrong with a former path, if something is.
pub(in crate::model) fn check(written: &str) -> Result<(), &'static str> {
    let path = written.strip_prefix('/').unwrap_or(written);
    let path = path.strip_suffix('/').unwrap_or(path);
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.trim() == part;
    if path.contains(['?', '#']) {
        Err("has a query or a fragment, which a redirect cannot tell apart")
    } else if path
        .chars()
        .any(|c| c.is_control() || "\"%*<>\\`{|}".contains(c))
    {
        Err("has a character that not every server reads as it is")
    } else if !path.split('/').all(is_part) {
        Err("is not a path in the site")
    } else {
        Ok(())
    }
}

/// The path of a former address, relative to the output: of what has no ending, that of a page.
pub(super) fn former(written: &str) -> String {
    let path: String = written.trim_start_matches('/').nfc().collect();
    if path.ends_with('/') {
        return path + "index.html";
    }
    let stem = path.strip_suffix(".md").unwrap_or(&path);
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let is_ending = |ending: &str| {
        !ending.is_empty()
            && ending.len() <= ENDING_MOST
            && ending.bytes().all(|b| b.is_ascii_lowercase())
    };
    let has_ending = name.rsplit_once('.').is_some_and(|(_, end)| is_ending(end));
    if has_ending && (stem.ends_with(".html") || Basename::parse(name).is_err()) {
        stem.to_owned()
    } else {
        format!("{stem}.html")
    }
}
