//! Parses a link's target.
//!
//! Not here: what is at a path (`target`), and wikilinks, whose targets are names.

use percent_encoding::percent_decode_str;

use crate::markdown::scheme::{self, Scheme};

/// The most other readings of one target.
const MOST_READINGS: usize = 8;

/// A link's target by its kind of address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Empty,
    /// A scheme that browsers follow, or `//host`.
    Outside,
    /// A scheme that a program on the reader's machine opens.
    App,
    Refused,
    /// A path, or a place in the same page.
    Local(Local),
}

/// A path, and the query and fragment after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// The number of `..` that remain at the start of the path.
    pub up: usize,
    /// Whether it starts at the server's root.
    pub is_absolute: bool,
    /// Decoded, without `.` and `..`; with a `/` at its end where it was written. Empty for a place
    /// in the same page, `/` for the folder where it begins.
    pub path: String,
    /// `?query#fragment`, as written.
    pub suffix: String,
    /// The id after `#`, decoded. A text directive (`:~:text=`) is not a part of it.
    pub fragment: Option<String>,
}

impl Local {
    fn new(path: &str, suffix: &str) -> Self {
        let fragment = suffix.split_once('#').map(|(_, fragment)| {
            let id = fragment.split(":~:").next().unwrap_or_default();
            decoded(id)
        });
        let mut local = Self {
            up: 0,
            is_absolute: path.starts_with('/'),
            path: String::new(),
            suffix: suffix.to_owned(),
            fragment,
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_some() || local.is_absolute => {}
                ".." => local.up += 1,
                part => parts.push(part),
            }
        }
        local.path = parts.join("/");
        let is_folder = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
        if is_folder && !path.is_empty() {
            local.path.push('/');
        }
        local
    }
}

/// Parses a target as a browser does, but reads `\` in it as `/`.
pub fn read(target: &str) -> Address {
    let target = target.trim();
    match scheme::of(target) {
        Some(Scheme::Web) => return Address::Outside,
        Some(Scheme::App) => return Address::App,
        Some(Scheme::Refused) => return Address::Refused,
        None => {}
    }
    if target.starts_with("//") {
        return Address::Outside;
    }
    if target.is_empty() {
        return Address::Empty;
    }
    let (path, suffix) = split(target);
    Address::Local(Local::new(&decoded(&path.replace('\\', "/")), suffix))
}

/// Other readings of a target that was not found: its `#` or `?` belongs to a file's name, or its
/// name was percent-encoded twice, or not at all.
pub fn other_readings(target: &str) -> Vec<Local> {
    let target = target.trim().replace('\\', "/");
    let (path, suffix) = split(&target);
    let mut readings = Vec::new();
    let twice = decoded(&decoded(path));
    for name in [twice.as_str(), path] {
        if name != decoded(path) {
            readings.push(Local::new(name, suffix));
        }
    }
    let marks = target.match_indices(['#', '?']).map(|(at, _)| at);
    let ends = marks.skip(1).chain([target.len()]);
    for end in ends.take(MOST_READINGS) {
        let (name, suffix) = target.split_at(end);
        if name != path {
            readings.push(Local::new(&decoded(name), suffix));
        }
    }
    readings
}

fn split(target: &str) -> (&str, &str) {
    target.split_at(target.find(['?', '#']).unwrap_or(target.len()))
}

/// A text without percent-encoding.
pub fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(target: &str) -> (usize, String, String, Option<String>) {
        match read(target) {
            Address::Local(local) => (local.up, local.path, local.suffix, local.fragment),
            other => panic!("{target}: {other:?}"),
        }
    }

    #[test]
    fn a_path_loses_its_dots_and_keeps_what_follows_it() {
        for (target, up, path, suffix, fragment) in [
            ("a.html", 0, "a.html", "", None),
            ("./a.html?v=1#x", 0, "a.html", "?v=1#x", Some("x")),
            ("..\\attachment\\a.png", 1, "attachment/a.png", "", None),
            ("b/../a.html", 0, "a.html", "", None),
            ("a/../../../x", 2, "x", "", None),
            ("attachment/x/", 0, "attachment/x/", "", None),
            ("./", 0, "/", "", None),
            ("..", 1, "/", "", None),
            ("/../a", 0, "a", "", None),
            ("#%EA%B0%80", 0, "", "#%EA%B0%80", Some("가")),
            ("a#x:~:text=b", 0, "a", "#x:~:text=b", Some("x")),
            ("#:~:text=b", 0, "", "#:~:text=b", Some("")),
            ("a%20b", 0, "a b", "", None),
        ] {
            let expected = (up, path.to_owned(), suffix.to_owned());
            let (up, path, suffix, found) = local(target);
            assert_eq!((up, path, suffix), expected, "{target}");
            assert_eq!(found.as_deref(), fragment, "{target}");
        }
    }

    #[test]
    fn other_readings_take_marks_into_the_name_and_percent_signs_as_they_are() {
        let paths = |target: &str| -> Vec<String> {
            let readings = other_readings(target).into_iter();
            readings.map(|local| local.path + &local.suffix).collect()
        };
        assert_eq!(paths("a.html"), [""; 0]);
        assert_eq!(paths("a#b.yaml"), ["a#b.yaml"]);
        assert_eq!(paths("a?b.yaml#c"), ["a?b.yaml#c", "a?b.yaml#c"]);
        assert_eq!(paths("a%2520b"), ["a b", "a%2520b"]);
        assert_eq!(paths("a%20b"), ["a%20b"]);
    }
}
