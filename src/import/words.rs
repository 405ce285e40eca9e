//! Words of names: what a file's or folder's name becomes in a basename, and in an attachment's path;
//! and which heading a name means.
//!
//! Not here: which name a document gets (`names`).

use unicode_normalization::UnicodeNormalization;

use crate::markdown::outline::Outline;

/// Names that Windows keeps for devices, whatever the ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The form in which names of files are compared: NFC, in lower case.
pub(super) fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// A name as a part of a basename: letters and digits in lower case, and one dash for anything else.
/// A dot stays between digits: `v1.2`.
pub(super) fn slug(name: &str) -> String {
    let name: Vec<char> = folded(name).chars().collect();
    let mut out = String::new();
    for (at, c) in name.iter().enumerate() {
        let is_digit = |at: Option<usize>| {
            at.and_then(|at| name.get(at))
                .is_some_and(char::is_ascii_digit)
        };
        let is_number = *c == '.' && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        if c.is_alphanumeric() || is_number {
            out.push(*c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches(['-', '.']).len());
    out
}

/// The beginning of a text, cut at a dash where there is one in its second half.
pub(super) fn shortened(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let head = &text[..text.floor_char_boundary(bytes)];
    let cut = head.rfind('-').filter(|at| *at > bytes / 2);
    head[..cut.unwrap_or(head.len())].trim_end_matches(['-', '.'])
}

/// A name without the number that orders it: `03-setup`, `3. Setup`. A date is no such number.
pub(super) fn without_number(name: &str) -> (Option<u32>, &str) {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = name[digits..].trim_start_matches(['-', '_', '.', ' ', ')']);
    let is_parted = rest.len() < name.len() - digits;
    let is_date = rest.starts_with(|c: char| c.is_ascii_digit());
    if (1..=3).contains(&digits) && is_parted && !is_date && !rest.is_empty() {
        return (name[..digits].parse().ok(), rest);
    }
    (None, name)
}

/// A file's name in `attachment/`: without what Windows forbids, and without spaces.
pub(super) fn file_name(name: &str) -> String {
    let mut out = String::new();
    for c in name.nfc() {
        let is_plain = c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '@' | ',' | '=' | '~');
        if is_plain {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out
        .trim_start_matches(['.', '-', '~'])
        .trim_end_matches(['.', '-', '~']);
    let (stem, ending) = out
        .rsplit_once('.')
        .map_or((out, ""), |(stem, ending)| (stem, ending));
    let ending = shortened(ending, 16);
    let first = stem.split('.').next().unwrap_or(stem).to_lowercase();
    let mark = if DEVICES.contains(&first.as_str()) || stem.is_empty() {
        "file-"
    } else {
        ""
    };
    let stem = shortened(stem, 150).trim_end_matches('-');
    let dot = if ending.is_empty() { "" } else { "." };
    format!("{mark}{stem}{dot}{ending}")
}

/// The words of a name or a title, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = folded(text);
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The file's name in a path, and the folder before it.
pub(super) fn parts(path: &str) -> (&str, &str) {
    path.rsplit_once('/')
        .map_or(("", path), |(folder, name)| (folder, name))
}

/// The file's name without its ending.
pub(super) fn stem(path: &str) -> &str {
    let (_, name) = parts(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether a file is its folder's own page.
pub(super) fn is_index(path: &str) -> bool {
    matches!(
        folded(stem(path)).as_str(),
        "index" | "_index" | "readme" | "home"
    )
}

/// The id of the heading that a fragment names, as docsite or another tool would write it, where
/// that is certain.
pub(super) fn heading(outline: &Outline, said: &str) -> Option<String> {
    let has = |id: &str| {
        let mut ids = outline
            .headings
            .iter()
            .map(|heading| &heading.id)
            .chain(&outline.html_ids);
        ids.any(|own| own == id)
    };
    if said == "top" || has(said) {
        return Some(said.to_owned());
    }
    if said.starts_with('^') {
        return None;
    }
    if let Some(found) = outline.heading_called(said) {
        return Some(found.id.clone());
    }
    // Tools differ in what they leave out, and in how they number.
    let bare = |text: &str| slug(text).replace(['-', '.'], "");
    let wanted = bare(said);
    let mut same = outline
        .headings
        .iter()
        .filter(|heading| bare(&heading.text) == wanted || bare(&heading.id) == wanted);
    match (same.next(), same.next()) {
        (Some(found), None) if !wanted.is_empty() => Some(found.id.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_parts_of_basenames() {
        for (name, expected) in [
            ("Hello,  World!", "hello-world"),
            ("게이트웨이 (1) 정리", "게이트웨이-1-정리"),
            ("v1.2 notes.", "v1.2-notes"),
            ("a.b.c", "a-b-c"),
            ("__x__", "x"),
            ("😀", ""),
            ("e\u{301}te\u{301}", "été"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert_eq!(shortened("alpha-beta-gamma", 12), "alpha-beta");
        assert_eq!(shortened("가나다라", 7), "가나");
    }

    #[test]
    fn a_number_that_orders_is_no_part_of_a_name() {
        assert_eq!(without_number("03-setup"), (Some(3), "setup"));
        assert_eq!(without_number("1. Setup"), (Some(1), "Setup"));
        for kept in ["2024-01-02", "10", "3d-model", "01-02-x"] {
            let expected = if kept == "3d-model" { "3d-model" } else { kept };
            assert_eq!(without_number(kept).1, expected);
        }
    }

    #[test]
    fn files_get_names_that_every_system_takes() {
        for (name, expected) in [
            ("Pasted image 1.png", "Pasted-image-1.png"),
            ("a:b?.png", "a-b.png"),
            ("con.txt", "file-con.txt"),
            (".env", "env"),
            ("x", "x"),
            ("그림 1.png", "그림-1.png"),
        ] {
            assert_eq!(file_name(name), expected, "{name}");
        }
    }
}
