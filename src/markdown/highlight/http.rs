//! HTTP messages as notes show them: a request, an answer, both, what `curl -v` prints, several
//! requests parted by `###`.
//!
//! It deliberately does not check them. A body that begins as JSON is handed back, to be read as
//! that; any other body is plain.

use std::ops::Range;

use super::scan::Scanner;
use super::token::{Class, Token};

/// The tokens of messages, and the ranges of JSON bodies.
pub(super) fn lex(code: &str) -> (Vec<Token>, Vec<Range<usize>>) {
    let mut scan = Scanner::new(code);
    let mut bodies = Vec::new();
    let mut body: Option<usize> = None;
    let mut in_head = true;
    while scan.peek().is_some() {
        let start = scan.at();
        let line = scan.line();
        let end = scan.at();
        scan.step();
        if is_start(line) || line.starts_with("###") {
            bodies.extend(body.take().map(|from| from..start));
            in_head = true;
        }
        if in_head && matches!(line.trim(), "" | ">" | "<") {
            in_head = !scan.tokens_seen();
            body = (!in_head).then_some(scan.at());
        } else if in_head {
            head_line(&mut scan, start..end, line);
        }
    }
    bodies.extend(body.map(|from| from..code.len()));
    bodies.retain(|range| code[range.clone()].trim_start().starts_with(['{', '[']));
    (scan.finish(), bodies)
}

/// Whether a message begins with this line.
fn is_start(line: &str) -> bool {
    let line = without_mark(line);
    is_status(line) || is_request(line)
}

fn is_status(line: &str) -> bool {
    let mut words = line.split(' ');
    let version = words.next().unwrap_or_default();
    let code = words.next().unwrap_or_default().trim_end();
    version.starts_with("HTTP/") && code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit())
}

fn is_request(line: &str) -> bool {
    let mut words = line.split(' ');
    let method = words.next().unwrap_or_default();
    let target = words.next().unwrap_or_default();
    let is_method = method.len() > 2 && method.bytes().all(|b| b.is_ascii_uppercase());
    let is_target = target.starts_with(['/', '*', '{']) || target.contains("://");
    is_method && (is_target || line.trim_end().contains(" HTTP/"))
}

/// The line after `> ` or `< `, as `curl -v` writes it.
fn without_mark(line: &str) -> &str {
    line.strip_prefix("> ")
        .or_else(|| line.strip_prefix("< "))
        .unwrap_or(line)
}

fn head_line(scan: &mut Scanner<'_>, range: Range<usize>, line: &str) {
    if line.starts_with(['#', '*']) {
        return scan.mark_range(range, Class::Comment);
    }
    let text = without_mark(line);
    let start = range.start + line.len() - text.len();
    if is_status(text) {
        let code = start + text.find(' ').unwrap_or(0) + 1;
        scan.mark_range(start..code - 1, Class::Keyword);
        scan.mark_range(code..code + 3, Class::Number);
    } else if is_request(text) {
        let method = start + text.find(' ').unwrap_or(0);
        scan.mark_range(start..method, Class::Keyword);
        if let Some(version) = text.rfind(" HTTP/") {
            scan.mark_range(start + version + 1..range.end, Class::Keyword);
        }
    } else if let Some(colon) = text.char_indices().skip(1).find(|(_, c)| *c == ':') {
        scan.mark_range(start..start + colon.0, Class::Property);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    #[test]
    fn a_request_and_its_answer_are_read() {
        let code = "POST /v1?q=1 HTTP/1.1\nHost: a.example\n:authority: b\n\n{\"a\": 1}\n\n\
                    HTTP/1.1 200 OK\ncontent-type: text/plain\n\nplain: text\n";
        let (tokens, bodies) = lex(code);
        assert_eq!(
            shown(code, &tokens),
            "k:POST k:HTTP/1.1 p:Host p::authority k:HTTP/1.1 d:200 p:content-type"
        );
        assert_eq!(bodies.len(), 1);
        assert_eq!(code[bodies[0].clone()].trim(), "{\"a\": 1}");
    }

    #[test]
    fn what_curl_prints_is_read() {
        let code = "* Connected\n> GET / HTTP/2\n> host: a\n>\n< HTTP/2 503\n< server: envoy\n";
        assert_eq!(
            shown(code, &lex(code).0),
            "c:* Connected k:GET k:HTTP/2 p:host k:HTTP/2 d:503 p:server"
        );
    }

    #[test]
    fn anything_else_is_not_an_error() {
        for code in ["", "\n\n", ":", "GET", "HTTP/", "> ", "가: 나", "###\n\n{"] {
            lex(code);
        }
    }
}
