//! Reads a value as its author wrote it: `1.30` is the text `1.30`, and `on` is `on`.
//!
//! Not here: how each key interprets it (`mod`).

use super::entries::Brackets;
use super::keys;
use super::syntax::Syntax;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Nothing,
    /// On one line.
    Text(String),
    List(Vec<Item>),
    /// A nested table.
    Table,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// On one line.
    Text(String),
    /// A list or a table.
    Other,
}

impl Item {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Other => None,
        }
    }
}

/// What other programs would not read as it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// An unclosed quote or bracket.
    Open(char),
    /// A text that needs quotes.
    Bare,
}

/// A value, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) value: Value,
    /// What is wrong with its syntax.
    pub(super) fault: Option<Fault>,
    /// Where it begins in the source; `None` if it is empty.
    pub(super) at: Option<usize>,
}

/// Reads the text after a key's separator. Brackets make a list only with `wants_list`: a title may
/// begin with `[`.
pub(super) fn read(raw: &str, syntax: Syntax, wants_list: bool) -> Read {
    let (first, rest) = raw.split_once('\n').unwrap_or((raw, ""));
    let is_later = uncommented(first, syntax).is_empty();
    let content = if is_later { rest } else { raw };
    let content = content.trim_start_matches('\n');
    let shown = content.trim_start();
    let at = (!shown.is_empty()).then(|| raw.len() - shown.len());
    let (value, fault) = if shown.is_empty() {
        (Value::Nothing, None)
    } else if syntax == Syntax::Yaml && is_later && is_item(shown) {
        (block_list(content), None)
    } else if syntax == Syntax::Yaml && is_later && is_table(shown) {
        (Value::Table, None)
    } else if syntax == Syntax::Yaml && is_block_text(first) {
        (text(rest), None)
    } else if shown.starts_with(['"', '\'']) {
        quoted(shown, syntax)
    } else if wants_list && shown.starts_with('[') {
        flow_list(shown, syntax)
    } else if wants_list && shown.starts_with('{') {
        (Value::Table, None)
    } else {
        plain(shown, syntax)
    };
    Read { value, fault, at }
}

fn text(written: &str) -> Value {
    let words: Vec<&str> = written.split_whitespace().collect();
    if words.is_empty() {
        Value::Nothing
    } else {
        Value::Text(words.join(" "))
    }
}

/// A line without its comment. A `#` begins one only after white space: `Issue #12` has none.
fn uncommented(line: &str, syntax: Syntax) -> &str {
    let line = line.trim();
    let begins = |at: usize| {
        let after = line[at + 1..].chars().next();
        let is_comment = after.is_none_or(char::is_whitespace) || syntax == Syntax::Toml;
        is_comment && (at == 0 || line[..at].ends_with(char::is_whitespace))
    };
    let at = line.match_indices('#').find(|(at, _)| begins(*at));
    at.map_or(line, |(at, _)| line[..at].trim_end())
}

fn is_item(line: &str) -> bool {
    line.strip_prefix('-')
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether the lines below a key are a nested table.
fn is_table(shown: &str) -> bool {
    let first = shown.lines().next().unwrap_or_default();
    keys::of_line(first, Syntax::Yaml).is_some_and(|line| line.is_sound)
}

/// `|` and `>`, with their modifiers.
fn is_block_text(first: &str) -> bool {
    let header = uncommented(first, Syntax::Yaml);
    header.strip_prefix(['|', '>']).is_some_and(|rest| {
        rest.chars()
            .all(|c| matches!(c, '+' | '-') || c.is_ascii_digit())
    })
}

fn plain(shown: &str, syntax: Syntax) -> (Value, Option<Fault>) {
    let lines: Vec<&str> = shown
        .lines()
        .map(|line| uncommented(line, syntax))
        .collect();
    let value = text(&lines.join(" "));
    let fault = match &value {
        Value::Text(text) => fault(text, syntax),
        _ => None,
    };
    (value, fault)
}

fn fault(text: &str, syntax: Syntax) -> Option<Fault> {
    let first = text.chars().next()?;
    if matches!(first, '[' | '{') {
        let mut brackets = Brackets::default();
        brackets.feed(text);
        if brackets.depth > 0 {
            return Some(Fault::Open(first));
        }
    }
    let is_bare = match syntax {
        Syntax::Toml => toml::from_str::<toml::Table>(&format!("x = {text}")).is_err(),
        Syntax::Yaml => {
            text.starts_with([
                '[', ']', '{', '}', ',', '#', '&', '*', '!', '|', '>', '@', '%', '`', '"', '\'',
            ]) || text.contains(": ")
                || text.ends_with(':')
                || text.contains(" #")
                || is_item(text)
                || text.starts_with("? ")
        }
    };
    is_bare.then_some(Fault::Bare)
}

/// A text in quotes; if more than a comment follows, the quotes are part of the text.
fn quoted(shown: &str, syntax: Syntax) -> (Value, Option<Fault>) {
    let quote = shown.chars().next().unwrap_or('"');
    let Some(end) = quoted_end(shown, syntax) else {
        let first = shown.lines().next().unwrap_or_default();
        return (text(first), Some(Fault::Open(quote)));
    };
    let tail = shown[end..].lines();
    if tail
        .map(|line| uncommented(line, syntax))
        .any(|line| !line.is_empty())
    {
        return plain(shown, syntax);
    }
    match unquoted(&shown[..end], syntax) {
        Some(said) => (text(&said), None),
        None => (
            text(shown[1..end].trim_end_matches(quote)),
            Some(Fault::Bare),
        ),
    }
}

/// The end of the quoted text at the beginning of a value.
pub(super) fn quoted_end(shown: &str, syntax: Syntax) -> Option<usize> {
    let quote = shown.chars().next()?;
    if syntax == Syntax::Toml
        && let Some(long) = ["\"\"\"", "'''"]
            .into_iter()
            .find(|long| shown.starts_with(long))
    {
        return shown[3..].find(long).map(|at| at + 6);
    }
    let mut chars = shown.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            let is_double = syntax == Syntax::Yaml
                && quote == '\''
                && chars.peek().is_some_and(|(_, next)| *next == quote);
            if !is_double {
                return Some(at + 1);
            }
            chars.next();
        }
    }
    None
}

fn unquoted(quoted: &str, syntax: Syntax) -> Option<String> {
    match syntax {
        Syntax::Yaml => serde_saphyr::from_str::<String>(quoted).ok(),
        Syntax::Toml => {
            let table = toml::from_str::<toml::Table>(&format!("x = {quoted}")).ok()?;
            table.get("x")?.as_str().map(str::to_owned)
        }
    }
}

/// `[a, "b", 1.30]`; an unclosed list has the items found so far.
fn flow_list(shown: &str, syntax: Syntax) -> (Value, Option<Fault>) {
    let mut brackets = Brackets::default();
    let mut items = Vec::new();
    let mut start = 1;
    let mut end = None;
    for (at, c) in shown.char_indices() {
        let is_outside = brackets.depth == 1 && !brackets.in_quotes();
        if is_outside && matches!(c, ',' | ']') {
            items.push(&shown[start..at]);
            start = at + 1;
        }
        brackets.next(c);
        if brackets.depth == 0 {
            end = Some(at + 1);
            break;
        }
    }
    let fault = match end {
        None => {
            items.push(&shown[start..]);
            Some(Fault::Open('['))
        }
        Some(end) if uncommented(&shown[end..], syntax).is_empty() => None,
        Some(_) => Some(Fault::Bare),
    };
    let items = items.into_iter().filter_map(|item| item_of(item, syntax));
    (Value::List(items.collect()), fault)
}

/// A list of lines that begin with `-`.
fn block_list(content: &str) -> Value {
    let indent = content.len() - content.trim_start().len();
    let mut items: Vec<String> = Vec::new();
    for line in content.lines() {
        let shown = line.trim_start();
        let is_own = line.len() - shown.len() <= indent;
        match (is_own && is_item(shown), items.last_mut()) {
            (true, _) | (_, None) => items.push(shown[1..].to_owned()),
            (false, Some(item)) => {
                item.push('\n');
                item.push_str(line);
            }
        }
    }
    let items = items.iter().filter_map(|item| item_of(item, Syntax::Yaml));
    Value::List(items.collect())
}

/// One item of a list; `None` if it is empty.
fn item_of(item: &str, syntax: Syntax) -> Option<Item> {
    let shown = item.trim();
    let has_lines = |shown: &str| shown.lines().skip(1).any(|line| is_table(line.trim()));
    if shown.starts_with(['[', '{']) || is_item(shown) || has_lines(shown) {
        return Some(Item::Other);
    }
    match read(shown, syntax, false).value {
        Value::Nothing => None,
        Value::Text(text) => Some(Item::Text(text)),
        Value::List(_) | Value::Table => Some(Item::Other),
    }
}

/// Whether a value of `draft` keeps the document off the site: any but false and an empty one.
pub(super) fn says_draft(value: &Value) -> bool {
    match value {
        Value::Nothing => false,
        Value::Text(text) => !keys::says_no(text),
        Value::List(_) | Value::Table => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(raw: &str) -> (Value, Option<Fault>) {
        let read = read(raw, Syntax::Yaml, false);
        (read.value, read.fault)
    }

    fn list(raw: &str) -> (Value, Option<Fault>) {
        let read = read(raw, Syntax::Yaml, true);
        (read.value, read.fault)
    }

    fn items(items: &[&str]) -> Value {
        Value::List(
            items
                .iter()
                .map(|item| Item::Text((*item).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_text_is_as_it_is_written() {
        for written in [
            "1.30",
            "on",
            "No",
            "0755",
            "20260607123456789012345",
            "~",
            "null",
            "1e3",
            "0x1F",
            "2024-01-25",
            ".5",
            "-1",
            "--flag",
            "a:b",
            "http://x.y/z",
            "C#",
            "it's",
            "한글",
        ] {
            let text = Value::Text(written.to_owned());
            assert_eq!(yaml(&format!(" {written}")), (text, None), "{written}");
        }
    }

    #[test]
    fn a_text_that_yaml_would_refuse_is_as_it_is_written_too() {
        for written in [
            "배포: 카나리",
            "@x",
            "`x` 명령",
            "%x",
            "[a]",
            "[공지] 배포",
            "{a: b}",
            "{{title}}",
            "#1",
            "Issue #12",
            "*x",
            "&x y",
            "!x",
            "- x",
            "> x",
            "| x",
            "\"따옴표\" 뒤의 말",
            "'a' b",
            "끝:",
            ", x",
        ] {
            let text = Value::Text(written.to_owned());
            let found = yaml(&format!(" {written}"));
            assert_eq!(found, (text, Some(Fault::Bare)), "{written}");
        }
    }

    #[test]
    fn quotes_comments_and_lines_are_taken_off() {
        let text = |text: &str| (Value::Text(text.to_owned()), None);
        assert_eq!(yaml(" \"a: \\\"b\\\" \\u00e9\""), text("a: \"b\" é"));
        assert_eq!(yaml(" 'it''s' # c"), text("it's"));
        assert_eq!(yaml(" 제목   # 설명"), text("제목"));
        assert_eq!(yaml(" # 설명"), (Value::Nothing, None));
        assert_eq!(yaml(" >-\n  한 줄\n  # 둘째"), text("한 줄 # 둘째"));
        assert_eq!(yaml(" |\n  한 줄\n\n  둘째"), text("한 줄 둘째"));
        assert_eq!(yaml(" 한 줄\n  둘째"), text("한 줄 둘째"));
        assert_eq!(yaml("\n  아래 줄"), text("아래 줄"));
        assert_eq!(yaml(" \"한\n  줄\""), text("한 줄"));
        assert_eq!(yaml(""), (Value::Nothing, None));
    }

    #[test]
    fn what_is_not_closed_is_reported_and_read_as_it_is() {
        let open = |text: &str, c| (Value::Text(text.to_owned()), Some(Fault::Open(c)));
        assert_eq!(yaml(" \"open"), open("\"open", '"'));
        assert_eq!(yaml(" [a"), open("[a", '['));
        assert_eq!(list(" [a, b"), (items(&["a", "b"]), Some(Fault::Open('['))));
    }

    #[test]
    fn lists_are_read_in_every_form() {
        assert_eq!(
            list(" [a, 1.30, \"x, y\", on]"),
            (items(&["a", "1.30", "x, y", "on"]), None)
        );
        assert_eq!(list(" [\n  a,\n  b,\n]"), (items(&["a", "b"]), None));
        assert_eq!(
            list("\n- a\n- 'b: c'\n- d: e\n- #f"),
            (items(&["a", "b: c", "d: e", "#f"]), None)
        );
        assert_eq!(list("\n  - a\n  -\n"), (items(&["a"]), None));
        assert_eq!(list(" []"), (items(&[]), None));
        assert_eq!(list(" [it's, ok]"), (items(&["it's", "ok"]), None));
        let mixed = Value::List(vec![Item::Text("a".to_owned()), Item::Other, Item::Other]);
        assert_eq!(list(" [a, {b: c}, [d]]"), (mixed.clone(), None));
        assert_eq!(list("\n- a\n- b: c\n  d: e\n- [f]"), (mixed, None));
        assert_eq!(list(" {a: b}"), (Value::Table, None));
        assert_eq!(list("\n  a: b"), (Value::Table, None));
    }

    #[test]
    fn toml_is_read_by_its_own_rules() {
        let toml = |raw: &str| {
            let read = read(raw, Syntax::Toml, true);
            (read.value, read.fault)
        };
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(toml(" \"제목\" # c"), (text("제목"), None));
        assert_eq!(toml(" 'C:\\x'"), (text("C:\\x"), None));
        assert_eq!(toml(" 1.30"), (text("1.30"), None));
        assert_eq!(toml(" 2026-01-01"), (text("2026-01-01"), None));
        assert_eq!(toml(" \"\"\"\n두\n줄\"\"\""), (text("두 줄"), None));
        assert_eq!(toml(" 제목"), (text("제목"), Some(Fault::Bare)));
        assert_eq!(
            toml(" [\"a\", 'b',\n 1.30]"),
            (items(&["a", "b", "1.30"]), None)
        );
    }
}
