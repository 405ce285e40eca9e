//! nginx configuration: directives, blocks, variables, values.
//!
//! It deliberately does not know which directives there are: the first word of a statement is one.
//! Embedded Lua (`content_by_lua_block`) is read as if it were configuration.

use super::scan::{Scanner, is_number};
use super::token::{Class, Token};

pub(super) fn lex(code: &str) -> Vec<Token> {
    let mut scan = Scanner::new(code);
    let mut is_first = true;
    while let Some(c) = scan.peek() {
        let start = scan.at();
        match c {
            '#' => {
                scan.line();
                scan.mark(start, Class::Comment);
            }
            '"' | '\'' => {
                scan.quoted_lines(true);
                scan.mark(start, Class::String);
                is_first = false;
            }
            ';' | '{' | '}' => {
                scan.step();
                is_first = true;
            }
            _ if c.is_whitespace() => scan.step(),
            _ => {
                word(&mut scan, is_first);
                is_first = false;
            }
        }
    }
    scan.finish()
}

fn word(scan: &mut Scanner<'_>, is_first: bool) {
    let start = scan.at();
    // The braces of `${name}` and of a regular expression's `{2}` end no word.
    scan.step();
    while let Some(c) = scan.peek() {
        let ends = c.is_whitespace() || matches!(c, ';' | '}');
        if ends || (c == '{' && !scan.since(start).ends_with('$')) {
            break;
        }
        if c == '{' {
            scan.pass(|c| !c.is_whitespace() && c != '}');
        }
        scan.step();
    }
    let word = scan.since(start);
    if is_first {
        scan.mark(start, Class::Keyword);
    } else if matches!(word, "on" | "off") || is_number(word) {
        scan.mark(start, Class::Number);
    } else {
        variables(scan, start, word);
    }
}

/// Marks the variables in a word: `$host` in `https://$host/`.
fn variables(scan: &mut Scanner<'_>, start: usize, word: &str) {
    for (at, _) in word.match_indices('$') {
        let name = word[at + 1..].trim_start_matches('{');
        let opened = word.len() - at - 1 - name.len();
        let length = name
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(name.len());
        let closed = usize::from(opened > 0 && name[length..].starts_with('}'));
        if length > 0 {
            let from = start + at;
            let end = from + 1 + opened + length + closed;
            scan.mark_range(from..end, Class::Variable);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    #[test]
    fn a_server_is_read() {
        let code = "server { # 주석\n  listen 443 ssl;\n  return 301 https://$host${uri}x;\n  \
                    access_log off;\n  add_header X \"a b\";\n}";
        assert_eq!(
            shown(code, &lex(code)),
            "k:server c:# 주석 k:listen d:443 k:return d:301 v:$host v:${uri} k:access_log d:off \
             k:add_header s:\"a b\""
        );
    }

    #[test]
    fn what_has_no_end_ends_with_the_text() {
        for code in ["\"", "'a", "${", "a ${", "a $", "a \"b\nc", "{{{", "}"] {
            lex(code);
        }
        let code = "log_format x 'a'\n  'b';";
        assert_eq!(shown(code, &lex(code)), "k:log_format s:'a' s:'b'");
    }
}
