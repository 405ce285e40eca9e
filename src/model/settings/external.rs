//! `[check.external]`: how addresses on other hosts are checked.
//!
//! Not here: requesting them (`external`), and what its patterns match.

use std::time::Duration;

use toml::de::DeTable;

use super::super::external::External;
use super::super::located::{Shape, Syntax, Toml};
use super::EXTERNAL_KEYS;
use super::reading::Reader;

/// Neither a cache nor a pace is meant that lasts longer than this.
const YEAR: Duration = Duration::from_hours(365 * 24);

impl Reader<'_> {
    /// Reads `external` of the table `[check]`.
    pub(super) fn external(&mut self, check: &DeTable<'_>) -> External {
        let mut external = External::default();
        let what = "a table: [check.external]";
        let Some(table) = self.table(check, "external", what) else {
            return external;
        };
        self.known_keys(table, &EXTERNAL_KEYS);
        external.exclude = self.patterns(table);
        if let Some(seconds) = self.number(table, "timeout", 1, 600) {
            external.timeout = Duration::from_secs(seconds.into());
        }
        if let Some(times) = self.number(table, "retries", 0, 10) {
            external.retries = times;
        }
        if let Some(pace) = self.number(table, "pace", 0, 60_000) {
            external.pace = Duration::from_millis(pace.into());
        }
        if let Some(age) = self.age(table, "cache") {
            external.cache = age;
        }
        external
    }

    fn patterns(&mut self, table: &DeTable<'_>) -> Vec<String> {
        let items = self.list(table, "exclude", "a list of strings");
        let mut patterns = Vec::new();
        for item in items.unwrap_or_default() {
            match Toml::shape(item) {
                Shape::Text(text) if is_pattern(text) => patterns.push(text.to_owned()),
                _ => {
                    self.problem(Toml::start(item), "not a pattern of addresses")
                        .help = Some(
                        "a host (`example.com`), what an address begins with \
                         (`https://example.com/me/`), or all of it with `*`"
                            .to_owned(),
                    );
                }
            }
        }
        patterns
    }

    fn number(&mut self, table: &DeTable<'_>, key: &str, least: u32, most: u32) -> Option<u32> {
        let value = Toml::get(table, key)?;
        match Toml::shape(value) {
            Shape::Whole(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                let message = format!("`{key}` must be a whole number from {least} to {most}");
                self.problem(Toml::start(value), message);
                None
            }
        }
    }

    /// `"7d"`, `"12h"`, `"30m"`, or a number of days.
    fn age(&mut self, table: &DeTable<'_>, key: &str) -> Option<Duration> {
        let value = Toml::get(table, key)?;
        let age = match Toml::shape(value) {
            Shape::Text(text) => age(text),
            Shape::Whole(days) => Some(Duration::from_hours(u64::from(days) * 24)),
            _ => None,
        };
        let age = age.filter(|age| *age <= YEAR);
        if age.is_none() {
            self.problem(Toml::start(value), format!("`{key}` is not a duration"))
                .help =
                Some("`\"7d\"`, `\"12h\"`, `\"30m\"`, at most a year; 0 for none".to_owned());
        }
        age
    }
}

fn is_pattern(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn age(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = u64::from(number.trim_end().parse::<u32>().ok()?);
    match unit {
        "d" => Some(Duration::from_hours(number * 24)),
        "h" => Some(Duration::from_hours(number)),
        "m" => Some(Duration::from_mins(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::parse;
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let problems = parse(text).expect_err("problems").into_iter();
        let line = |d: crate::diagnostic::BuildError| {
            let at = d.position.expect("a place");
            format!("{}:{}: {}", at.line, at.column, d.message)
        };
        problems.map(line).collect()
    }

    #[test]
    fn without_a_word_it_is_as_usual() {
        assert_eq!(
            parse("[check]\n").expect("valid").check.external,
            External::default()
        );
    }

    #[test]
    fn each_key_is_read() {
        let text = "[check.external]\nexclude = [\"a.b\", \"*x*\"]\ntimeout = 5\nretries = 0\n\
                    pace = 1_000\ncache = \"12h\"\n";
        let expected = External {
            exclude: vec!["a.b".to_owned(), "*x*".to_owned()],
            timeout: Duration::from_secs(5),
            retries: 0,
            pace: Duration::from_secs(1),
            cache: Duration::from_hours(12),
        };
        assert_eq!(parse(text).expect("valid").check.external, expected);
        for (written, hours) in [("7", 168), ("0", 0), ("'2d'", 48), ("'60m'", 1)] {
            let text = format!("[check.external]\ncache = {written}\n");
            let cache = parse(&text).expect("valid").check.external.cache;
            assert_eq!(cache, Duration::from_hours(hours));
        }
    }

    #[test]
    fn what_is_wrong_is_reported_with_its_place() {
        let text = "[check.external]\nexclud = []\nexclude = ['a', 1, ' ']\ntimeout = 0\n\
                    retries = -1\npace = 'x'\ncache = '7w'\n";
        assert_eq!(
            problems(text),
            [
                "2:1: unknown key `exclud`",
                "3:17: not a pattern of addresses",
                "3:20: not a pattern of addresses",
                "4:11: `timeout` must be a whole number from 1 to 600",
                "5:11: `retries` must be a whole number from 0 to 10",
                "6:8: `pace` must be a whole number from 0 to 60000",
                "7:9: `cache` is not a duration",
            ]
        );
        for text in ["check = 1", "[check]\nexternal = 'x'\n"] {
            assert_eq!(problems(text).len(), 1, "{text}");
        }
        for age in ["''", "'d'", "'가'", "'400d'", "-1", "1.5", "'99999999999d'"] {
            let text = format!("[check.external]\ncache = {age}\n");
            assert_eq!(problems(&text), ["2:9: `cache` is not a duration"], "{age}");
        }
    }
}
