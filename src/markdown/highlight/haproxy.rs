//! `HAProxy` configuration: sections, their settings, conditions, samples.
//!
//! It deliberately does not know which settings there are: the first word of an unindented line is
//! a section if it is in the list, the first word of any other line is a setting.

use super::scan::{Scanner, is_number};
use super::token::{Class, Token};

const SECTIONS: [&str; 16] = [
    "backend",
    "cache",
    "crt-store",
    "defaults",
    "fcgi-app",
    "frontend",
    "global",
    "http-errors",
    "listen",
    "log-forward",
    "mailers",
    "peers",
    "program",
    "resolvers",
    "ring",
    "userlist",
];

pub(super) fn lex(code: &str) -> Vec<Token> {
    let mut scan = Scanner::new(code);
    while scan.peek().is_some() {
        line(&mut scan);
        scan.step();
    }
    scan.finish()
}

fn line(scan: &mut Scanner<'_>) {
    scan.pass(|c| matches!(c, ' ' | '\t'));
    let mut is_first = true;
    let mut is_name = false;
    while let Some(c) = scan.peek().filter(|c| *c != '\n') {
        let start = scan.at();
        match c {
            '#' => {
                scan.line();
                scan.mark(start, Class::Comment);
            }
            '"' | '\'' => {
                scan.quoted(c == '"');
                scan.mark(start, Class::String);
            }
            _ if c.is_whitespace() => scan.step(),
            _ => {
                let word = word(scan);
                if let Some(class) = class(word, is_first, is_name) {
                    scan.mark(start, class);
                }
                is_name = is_first && SECTIONS.contains(&word);
                is_first = false;
            }
        }
    }
}

/// A word ends at a blank, unless a backslash precedes the blank.
fn word<'a>(scan: &mut Scanner<'a>) -> &'a str {
    let start = scan.at();
    while let Some(c) = scan.peek().filter(|c| !c.is_whitespace()) {
        scan.step();
        if c == '\\' && scan.peek() != Some('\n') {
            scan.step();
        }
    }
    scan.since(start)
}

fn class(word: &str, is_first: bool, is_name: bool) -> Option<Class> {
    if is_first {
        let is_section = SECTIONS.contains(&word);
        return Some(if is_section {
            Class::Keyword
        } else {
            Class::Property
        });
    }
    if is_name {
        return Some(Class::Type);
    }
    if matches!(word, "if" | "unless" | "or" | "and") {
        return Some(Class::Keyword);
    }
    if word.starts_with("%[") || word.starts_with('$') {
        return Some(Class::Variable);
    }
    is_number(word).then_some(Class::Number)
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    #[test]
    fn a_frontend_is_read() {
        let code = "# 주석\nfrontend fe\n  bind :443 ssl\n  timeout client 30s\n  \
                    use_backend be if { path_beg /a\\ b } # 끝\n  log-format \"%ci\"\n";
        assert_eq!(
            shown(code, &lex(code)),
            "c:# 주석 k:frontend t:fe p:bind p:timeout d:30s p:use_backend k:if c:# 끝 \
             p:log-format s:\"%ci\""
        );
    }

    #[test]
    fn what_has_no_end_ends_with_the_text() {
        for code in ["\"", "a \\", "a '", "\\\n", "  ", "%["] {
            lex(code);
        }
    }
}
