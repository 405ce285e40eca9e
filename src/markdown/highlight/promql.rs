//! `PromQL`: metrics, label matchers, durations, functions, aggregations.
//!
//! It deliberately does not know which functions there are (a name before a parenthesis is one),
//! nor types. Recording rules are YAML, and read as that.

use super::scan::{Scanner, is_word};
use super::token::{Class, Token};

const KEYWORDS: [&str; 14] = [
    "and",
    "atan2",
    "bool",
    "by",
    "end",
    "group_left",
    "group_right",
    "ignoring",
    "offset",
    "on",
    "or",
    "start",
    "unless",
    "without",
];

pub(super) fn lex(code: &str) -> Vec<Token> {
    let mut scan = Scanner::new(code);
    // Whether names are labels: in braces, and in the parentheses of `by (…)`.
    let (mut in_braces, mut in_labels, mut labels_next) = (false, false, false);
    while let Some(c) = scan.peek() {
        let start = scan.at();
        match c {
            '#' => {
                scan.line();
                scan.mark(start, Class::Comment);
            }
            '"' | '\'' | '`' => {
                scan.quoted(c != '`');
                scan.mark(start, Class::String);
            }
            '{' | '}' => {
                in_braces = c == '{';
                scan.step();
            }
            '(' | ')' => {
                in_labels = c == '(' && labels_next;
                labels_next = false;
                scan.step();
            }
            _ if c.is_ascii_digit() => {
                scan.pass(|c| is_word(c) || c == '.');
                scan.mark(start, Class::Number);
            }
            _ if is_word(c) => {
                let name = scan.pass(|c| is_word(c) || c == ':');
                labels_next = false;
                if in_braces || in_labels {
                    scan.mark(start, Class::Property);
                } else if KEYWORDS.contains(&name.to_lowercase().as_str()) {
                    labels_next = takes_labels(name);
                    scan.mark(start, Class::Keyword);
                } else if matches!(name.to_lowercase().as_str(), "inf" | "nan") {
                    scan.mark(start, Class::Number);
                } else if is_call(scan.rest()) {
                    scan.mark(start, Class::Function);
                }
            }
            _ => scan.step(),
        }
    }
    scan.finish()
}

fn takes_labels(keyword: &str) -> bool {
    let keyword = keyword.to_lowercase();
    let keywords = [
        "by",
        "without",
        "on",
        "ignoring",
        "group_left",
        "group_right",
    ];
    keywords.contains(&keyword.as_str())
}

/// Whether a call follows: `rate(`, and `sum by (…) (`.
fn is_call(rest: &str) -> bool {
    // Metric names may be followed by any number of blanks; a call is not that far away.
    let near = rest
        .char_indices()
        .nth(10)
        .map_or(rest, |(at, _)| &rest[..at]);
    let next = near.trim_start();
    let grouped = |word: &str| {
        let after = next.strip_prefix(word);
        after.is_some_and(|after| after.starts_with([' ', '(']))
    };
    next.starts_with('(') || grouped("by") || grouped("without")
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    #[test]
    fn a_query_is_read() {
        let code = "sum by (pod) (rate(istio_requests_total{code=~\"5..\"}[5m])) > bool 0.1 # 주석";
        assert_eq!(
            shown(code, &lex(code)),
            "f:sum k:by p:pod f:rate p:code s:\"5..\" d:5m k:bool d:0.1 c:# 주석"
        );
        let code = "a:b / on(x) group_left sum(c) offset 1h";
        assert_eq!(
            shown(code, &lex(code)),
            "k:on p:x k:group_left f:sum k:offset d:1h"
        );
    }

    #[test]
    fn what_has_no_end_ends_with_the_text() {
        for code in ["{", "\"", "a{b=\"", "by (", "[5", "'\\"] {
            lex(code);
        }
    }
}
