//! What other systems make of a name: those that Windows cannot have, and those that are one name
//! where case and Unicode form do not count.
//!
//! Not here: what is done about one; a name that docsite would choose is refused, and an
//! attachment's is reported.

use std::fmt;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Names that are devices on Windows in every folder, whatever their ending: `aux.md` is one.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Devices with a number from 1 to 9 after these letters.
const PORTS: [&str; 2] = ["com", "lpt"];
/// As Windows reads digits.
const NUMBERS: &str = "123456789¹²³";

/// Why a file cannot have a name on Windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unportable {
    Device(String),
    Character(char),
    /// A dot or space at the end, which Windows drops.
    Ending(char),
}

/// Why the file or folder of this name, without folders above, cannot be on Windows.
pub fn unportable(name: &str) -> Option<Unportable> {
    if let Some(device) = device(name) {
        return Some(Unportable::Device(device));
    }
    let forbidden = |c: &char| c.is_ascii_control() || "<>:\"|?*\\".contains(*c);
    if let Some(c) = name.chars().find(forbidden) {
        return Some(Unportable::Character(c));
    }
    let last = name.chars().next_back();
    last.filter(|c| matches!(c, '.' | ' '))
        .map(Unportable::Ending)
}

/// The device that a name means: what is before its first dot, without spaces at the end of that.
fn device(name: &str) -> Option<String> {
    let stem = name.split(['.', ':']).next().unwrap_or(name);
    let stem = stem.trim_end_matches(' ').to_lowercase();
    let is_port = PORTS.iter().any(|port| {
        let number = stem.strip_prefix(port).map(str::chars);
        number.is_some_and(|mut rest| {
            rest.next().is_some_and(|c| NUMBERS.contains(c)) && rest.next().is_none()
        })
    });
    (is_port || DEVICES.contains(&stem.as_str())).then_some(stem)
}

/// A form that two names share if some file system takes them for one: macOS and Windows ignore case,
/// and macOS the Unicode form.
pub fn folded(name: &str) -> String {
    let folded = name.to_lowercase();
    if is_nfc(&folded) {
        return folded;
    }
    folded.nfc().collect()
}

impl fmt::Display for Unportable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Device(device) => write!(f, "begins with `{device}`, a device on Windows"),
            Self::Character(c) if c.is_control() => {
                write!(f, "has U+{:04X}, which Windows forbids", *c as u32)
            }
            Self::Character(c) => write!(f, "has `{c}`, which Windows forbids"),
            Self::Ending('.') => f.write_str("ends with a dot, which Windows drops"),
            Self::Ending(_) => f.write_str("ends with a space, which Windows drops"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_have_are_known() {
        let device = |name: &str| Some(Unportable::Device(name.to_owned()));
        for (name, why) in [
            ("con", device("con")),
            ("NUL", device("nul")),
            ("aux.md", device("aux")),
            ("Prn.tar.gz", device("prn")),
            ("com1", device("com1")),
            ("LPT9.txt", device("lpt9")),
            ("com².txt", device("com²")),
            ("nul .txt", device("nul")),
            ("CONOUT$", device("conout$")),
            ("a:b", Some(Unportable::Character(':'))),
            ("what?.txt", Some(Unportable::Character('?'))),
            ("a\\b", Some(Unportable::Character('\\'))),
            ("a\u{1}", Some(Unportable::Character('\u{1}'))),
            ("a.", Some(Unportable::Ending('.'))),
            ("a ", Some(Unportable::Ending(' '))),
        ] {
            assert_eq!(unportable(name), why, "{name}");
        }
        for name in [
            "console",
            "com",
            "com0",
            "com10",
            "lpt",
            "a.con",
            "nul-1",
            "auxiliary.md",
            ".con",
            " a",
            "a.b",
            "한글.yaml",
            "a'b",
            "",
        ] {
            assert_eq!(unportable(name), None, "{name}");
        }
    }

    #[test]
    fn case_and_unicode_form_do_not_count_in_a_folded_name() {
        assert_eq!(folded("GW__Note-A"), folded("gw__note-a"));
        assert_eq!(folded("\u{1112}\u{1161}\u{11ab}"), folded("한"));
        // Its capital letter has a combining dot when it is made small.
        assert_eq!(folded("\u{130}"), folded("i\u{307}"));
        assert_ne!(folded("a-b"), folded("a_b"));
    }
}
