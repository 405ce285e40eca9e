//! `[check]` of the settings: the levels of findings in this site, as a whole and by path; and the rule
//! of a code that somebody wrote, there or in a comment.
//!
//! Not here: what the codes mean (`rule`), and the findings (`check`).

use std::collections::BTreeMap;

use crate::diagnostic::nearest;
use crate::rule::{Cause, Level, Rule};

use super::external::External;

/// The levels that the settings change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckSettings {
    pub levels: BTreeMap<Rule, Level>,
    pub external: External,
    /// By pattern of paths, in the order of the file; the last match wins.
    pub paths: Vec<(String, BTreeMap<Rule, Level>)>,
}

impl CheckSettings {
    /// The level of a rule for a file.
    pub fn level(&self, rule: Rule, path: &str) -> Level {
        let by_path = self
            .paths
            .iter()
            .rev()
            .filter(|(pattern, _)| matches(pattern, path))
            .find_map(|(_, levels)| levels.get(&rule));
        let level = by_path.or_else(|| self.levels.get(&rule));
        level.copied().unwrap_or_else(|| rule.level())
    }
}

/// A word that is not the code of a rule.
#[derive(Debug)]
pub struct NotARule {
    pub message: String,
    pub help: Option<String>,
}

/// The rule of a code that somebody wrote. `others` are further allowed words, for suggestions.
///
/// # Errors
///
/// If there is no such rule; suggests the nearest word.
pub fn rule_of(code: &str, others: &[&str]) -> Result<Rule, NotARule> {
    if let Some(rule) = Rule::ALL.iter().find(|rule| rule.code() == code) {
        return Ok(*rule);
    }
    let shown = code.escape_debug();
    if Cause::ALL.iter().any(|cause| cause.code() == code) {
        return Err(NotARule {
            message: format!("`{shown}` is always an error, and cannot be turned off"),
            help: None,
        });
    }
    let codes = Rule::ALL.iter().map(|rule| rule.code());
    let near = nearest(code, codes.chain(others.iter().copied()));
    Err(NotARule {
        message: format!("`{shown}` is not a code"),
        help: near.map(|near| format!("did you mean `{near}`?")),
    })
}

/// Whether a text matches a pattern, in which `*` stands for any characters, including `/`.
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
        let level = |rule, level| BTreeMap::from([(rule, level)]);
        let settings = CheckSettings {
            levels: level(Rule::Orphan, Level::Error),
            external: External::default(),
            paths: vec![
                ("markdown/*".to_owned(), level(Rule::Orphan, Level::Warn)),
                ("markdown/gw__*".to_owned(), level(Rule::Orphan, Level::Off)),
                (
                    "markdown/gw__*".to_owned(),
                    level(Rule::Wikilink, Level::Off),
                ),
            ],
        };
        assert_eq!(
            settings.level(Rule::Orphan, "markdown/gw__note-a.md"),
            Level::Off
        );
        assert_eq!(
            settings.level(Rule::Orphan, "markdown/sec__note-a.md"),
            Level::Warn
        );
        assert_eq!(settings.level(Rule::Orphan, "flow.json"), Level::Error);
        assert_eq!(settings.level(Rule::RawHtml, "flow.json"), Level::Warn);
    }
}
