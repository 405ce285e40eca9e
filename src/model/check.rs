//! `[check]` of the settings: how bad findings are in this site, as a whole and by path.
//!
//! Not here: what the codes mean (`rule`), and the findings (`check`).

use std::collections::BTreeMap;

use crate::rule::Level;

use super::settings::External;

/// Levels that differ from the rules' own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckSettings {
    pub levels: BTreeMap<String, Level>,
    pub external: External,
    /// By pattern of paths, in the order of the file; the last that fits wins.
    pub paths: Vec<(String, BTreeMap<String, Level>)>,
}

impl CheckSettings {
    /// What the settings say of a code in a file; none where they say nothing.
    pub fn level(&self, code: &str, path: &str) -> Option<Level> {
        let by_path = self
            .paths
            .iter()
            .rev()
            .filter(|(pattern, _)| matches(pattern, path))
            .find_map(|(_, levels)| levels.get(code));
        by_path.or_else(|| self.levels.get(code)).copied()
    }
}

/// Whether a text fits a pattern, in which `*` stands for any letters, `/` among them.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_letters() {
        for (pattern, text, fits) in [
            ("markdown/gw__*", "markdown/gw__note-a.md", true),
            ("markdown/gw__*.md", "markdown/gw__note-가.md", true),
            ("*", "", true),
            ("*report*", "markdown/gw__report-x.md", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*bc", "abcb", false),
            ("a", "ab", false),
            ("ab*b", "ab", false),
            ("flow.json", "flow.json", true),
        ] {
            assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn the_last_path_that_fits_wins_over_the_rest() {
        let level = |code: &str, level| BTreeMap::from([(code.to_owned(), level)]);
        let settings = CheckSettings {
            levels: level("orphan", Level::Error),
            external: External::default(),
            paths: vec![
                ("markdown/*".to_owned(), level("orphan", Level::Warn)),
                ("markdown/gw__*".to_owned(), level("orphan", Level::Off)),
                ("markdown/gw__*".to_owned(), level("wikilink", Level::Off)),
            ],
        };
        assert_eq!(
            settings.level("orphan", "markdown/gw__note-a.md"),
            Some(Level::Off)
        );
        assert_eq!(
            settings.level("orphan", "markdown/sec__note-a.md"),
            Some(Level::Warn)
        );
        assert_eq!(settings.level("orphan", "flow.json"), Some(Level::Error));
        assert_eq!(settings.level("raw-html", "flow.json"), None);
    }
}
