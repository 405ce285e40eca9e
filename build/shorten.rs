//! Scripts and styles without what only their authors need: comments, indentation, and blanks that
//! separate nothing. What they say stays the same, names and line breaks that end a statement with it.
//!
//! Not here: which files (`build.rs`). Renaming is left to tools that know scopes.

/// A part of a script that is copied as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Sign,
    /// A string or a template.
    Text,
    Regex,
}

#[derive(Clone, Copy)]
struct Token<'t> {
    kind: Kind,
    text: &'t str,
}

/// Words after which `/` begins a regular expression.
const BEFORE_REGEX: [&str; 12] = [
    "return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "await",
    "yield",
];
/// After these, and before those, a line break ends no statement.
const OPEN: &str = "{([,;:?=&|<>*%^!~.";
const CLOSE: &str = "})],;:?=&|<>*%^.";

/// A script without comments, but those that begin with `/*!`, and without blanks that separate
/// nothing.
pub(crate) fn script(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut last: Option<Token<'_>> = None;
    let mut rest = text;
    let mut gap = "";
    while let Some(next) = rest.chars().next() {
        let blank = blank_length(rest);
        if blank > 0 {
            let is_break = rest[..blank].contains('\n') || gap == "\n";
            gap = if is_break { "\n" } else { " " };
            rest = &rest[blank..];
            continue;
        }
        let token = token(rest, next, last);
        if let Some(last) = last {
            short.push_str(between(last, token, gap));
        }
        short.push_str(token.text);
        rest = &rest[token.text.len()..];
        last = Some(token);
        gap = "";
    }
    short.push('\n');
    short
}

/// Of the blanks or the comment at the beginning of a text.
fn blank_length(text: &str) -> usize {
    if text.starts_with("//") {
        text.find('\n').unwrap_or(text.len())
    } else if text.starts_with("/*") && !text.starts_with("/*!") {
        text.find("*/").map_or(text.len(), |end| end + 2)
    } else {
        text.len() - text.trim_start().len()
    }
}

fn token<'t>(text: &'t str, first: char, last: Option<Token<'_>>) -> Token<'t> {
    let (kind, length) = match first {
        '"' | '\'' => (Kind::Text, quoted(text, first)),
        '`' => (Kind::Text, template(text)),
        '/' if text.starts_with("/*") => (
            Kind::Sign,
            text.find("*/").map_or(text.len(), |end| end + 2),
        ),
        '/' if begins_regex(last) => (Kind::Regex, regex(text)),
        _ if is_wordy(first) => {
            let end = text.find(|c| !is_wordy(c)).unwrap_or(text.len());
            (Kind::Word, end)
        }
        _ => (Kind::Sign, first.len_utf8()),
    };
    Token {
        kind,
        text: &text[..length],
    }
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '@' | '\\')
}

fn begins_regex(last: Option<Token<'_>>) -> bool {
    last.is_none_or(|last| match last.kind {
        Kind::Word => BEFORE_REGEX.contains(&last.text),
        Kind::Sign => !matches!(last.text, ")" | "]" | "}"),
        Kind::Text | Kind::Regex => false,
    })
}

/// Of a text in quotes, with them.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let is_end = *c == quote && !escaped;
        escaped = *c == '\\' && !escaped;
        is_end
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// Of a template, whose parts in `${…}` may hold others.
fn template(text: &str) -> usize {
    let mut at = 1;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '`' => return at + 1,
            '\\' => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '$' if text[at..].starts_with("${") => at += 2 + expression(&text[at + 2..]),
            _ => at += c.len_utf8(),
        }
    }
    text.len()
}

/// Of a template's expression, up to behind the bracket that ends it.
fn expression(text: &str) -> usize {
    let (mut at, mut depth) = (0, 1);
    let mut last = None;
    while let Some(c) = text[at..].chars().next() {
        let blank = blank_length(&text[at..]);
        if blank > 0 {
            at += blank;
            continue;
        }
        let token = token(&text[at..], c, last);
        at += token.text.len();
        match token.text {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        last = Some(token);
    }
    at
}

/// Of a regular expression, without its flags.
fn regex(text: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let is_end = *c == '/' && !escaped && !in_class;
        match c {
            '[' if !escaped => in_class = true,
            ']' if !escaped => in_class = false,
            _ => {}
        }
        escaped = *c == '\\' && !escaped;
        is_end
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// What has to stay of the blanks between two tokens.
fn between(last: Token<'_>, next: Token<'_>, gap: &'static str) -> &'static str {
    let is_sign = |token: Token<'_>, of: &str| token.kind == Kind::Sign && of.contains(token.text);
    match gap {
        "\n" if is_sign(last, OPEN) || is_sign(next, CLOSE) => between(last, next, " "),
        " " => {
            let ends_wordy = matches!(last.kind, Kind::Word | Kind::Regex);
            let are_words = ends_wordy && next.kind == Kind::Word;
            // `a + ++b`, `a / /b/`, `1 .x`, and what would begin a comment.
            let joined = match (last.text, next.text) {
                ("+", "+") | ("-", "-" | ">") | ("<", "!") => true,
                ("/", text) => text.starts_with('/') || text == "*",
                (number, ".") => number.starts_with(|c: char| c.is_ascii_digit()),
                _ => false,
            };
            if are_words || joined { " " } else { "" }
        }
        gap => gap,
    }
}

/// A style sheet without comments and without blanks that separate nothing.
pub(crate) fn style(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_apart = false;
    while let Some(next) = rest.chars().next() {
        let blank = style_blank(rest);
        if blank > 0 {
            is_apart = true;
            rest = &rest[blank..];
            continue;
        }
        let length = match next {
            '"' | '\'' => quoted(rest, next),
            _ => next.len_utf8(),
        };
        if next == '}' && short.ends_with(';') {
            short.pop();
        }
        let begins = matches!(next, '{' | '}' | ';' | ',' | ')' | '>' | '!');
        if is_apart
            && !short.is_empty()
            && !begins
            && !short.ends_with(['{', '}', ';', ',', '(', ':', '>'])
        {
            short.push(' ');
        }
        short.push_str(&rest[..length]);
        rest = &rest[length..];
        is_apart = false;
    }
    short.truncate(short.trim_end().len());
    short.push('\n');
    short
}

fn style_blank(text: &str) -> usize {
    if text.starts_with("/*") {
        text.find("*/").map_or(text.len(), |end| end + 2)
    } else {
        text.len() - text.trim_start().len()
    }
}
