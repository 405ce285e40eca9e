//! Labels: Graphviz's escapes and entities become plain text, and plain text becomes a quoted
//! Mermaid label in which nothing has a meaning for Mermaid.
//!
//! Not here: the fields of a record (`record`), the lines of an HTML label (`html`), and the schemes
//! that a link may have (`svg::links`).

use super::blocks::RULE;
use super::graph::{Attrs, Value};
use super::html;
use super::limits::{MAX_LABEL, long_label};
use crate::diagram::drawing::Failure;
use crate::diagram::svg::links;
use crate::html::decoded;

/// What the escapes of a label are replaced with: `G` is the graph's name for `\G`, and so on. One that
/// has no meaning for the label's owner is empty.
#[derive(Debug, Clone)]
pub(super) struct Escapes<'a>(pub(super) Vec<(char, &'a str)>);

impl Escapes<'_> {
    /// The plain text of a label; its lines end in `\n`.
    pub(super) fn text(&self, value: &Value) -> Result<String, Failure> {
        if value.html {
            return html::text(&value.text).ok_or_else(|| long_label(value.line));
        }
        let text = self.expand(&value.text, value.line)?;
        Ok(text.trim_end_matches('\n').to_owned())
    }

    /// The plain text of an attribute; empty where it is not set.
    pub(super) fn of(&self, attrs: &Attrs, name: &str) -> Result<String, Failure> {
        let value = attrs.get(name);
        value.map_or_else(|| Ok(String::new()), |value| self.text(value))
    }

    /// Stops at [`MAX_LABEL`]: `\N\N\N…` may not be multiplied freely.
    pub(super) fn expand(&self, source: &str, line: usize) -> Result<String, Failure> {
        let mut out = String::new();
        // Graphviz reads entities in plain labels too.
        let source = decoded(source);
        let mut chars = source.chars();
        while let Some(c) = chars.next() {
            match (c, (c == '\\').then(|| chars.next()).flatten()) {
                (_, Some('n' | 'l' | 'r')) => out.push('\n'),
                (_, Some(name @ ('G' | 'N' | 'T' | 'H' | 'E' | 'L'))) => {
                    let known = self.0.iter().find(|(known, _)| *known == name);
                    out.push_str(known.map_or("", |(_, text)| text));
                }
                (_, Some(c)) | (c, None) => out.push(c),
            }
            if out.len() > MAX_LABEL {
                return Err(long_label(line));
            }
        }
        Ok(out)
    }
}

/// A text as a Mermaid label in quotes. An empty text becomes a blank: Mermaid rejects `""`.
pub(super) fn quoted(text: &str) -> String {
    let lines = text.trim_matches('\n').split('\n').map(harmless_line);
    let mut lines: Vec<String> = lines.collect();
    if lines.iter().all(String::is_empty) {
        return "\" \"".to_owned();
    }
    // Mermaid drops a line without text; a blank that is not white space keeps it.
    for line in lines.iter_mut().filter(|line| line.is_empty()) {
        line.push_str("#160;");
    }
    let rule = format!("<br/>{RULE}<br/>");
    format!("\"{}\"", lines.join("<br/>").replace(&rule, "<hr/>"))
}

/// One line of a label. Everything that Mermaid's lexer, its Markdown, its directives, icons or
/// formulas would interpret becomes an entity.
fn harmless_line(line: &str) -> String {
    let line = line
        .trim_end_matches(|c: char| c.is_whitespace() && c != '\u{a0}')
        .replace('\t', " ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut out = String::new();
    let mut last = None;
    for (at, c) in line.char_indices() {
        let (before, after) = (&line[..at], line[at..].chars().nth(1));
        let is_special = match c {
            // `ﬂ` and `¶` begin what Mermaid itself puts in the place of an entity. `:` makes
            // links, icons (`fa:`) and, after the word `style`, a rule that swallows the next `;`.
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '*' | '[' | ']' | '~' | '$' | '@' | '%'
            | ':' | 'ﬂ' | '¶' => true,
            '_' => ![last, after]
                .iter()
                .all(|c| c.is_some_and(char::is_alphanumeric)),
            // An item of a list, a heading, a rule, or the line below the head of a table.
            '+' | '=' => at == indent,
            '-' => before.trim_start_matches(['|', ':', ' ']).is_empty(),
            '.' if before.ends_with("www") => true,
            '.' | ')' => {
                let number = before.trim_start_matches(' ');
                let is_number = number.bytes().all(|b| b.is_ascii_digit());
                is_number && at > indent && after.is_none_or(char::is_whitespace)
            }
            _ => at < indent,
        };
        match c {
            _ if !is_special => out.push(c),
            '"' => out.push_str("#quot;"),
            '&' => out.push_str("#amp;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            ' ' => out.push_str("#160;"),
            _ => out.push_str(&format!("#{};", u32::from(c))),
        }
        last = Some(c);
    }
    out
}

/// A text as the title in a flowchart's front matter, as a YAML string in double quotes with its lines;
/// Mermaid shows it literally.
pub(super) fn yaml_quoted(text: &str) -> String {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = text.trim().lines().map(words).collect();
    let is_shown = |c: &char| *c == '\n' || !(c.is_control() || *c == '\u{feff}');
    let text: String = lines.join("\n").chars().filter(is_shown).collect();
    // What JSON quotes, YAML reads.
    let signs = [("<", "\\x3C"), (">", "\\x3E"), ("%", "\\x25")].into_iter();
    signs.fold(
        serde_json::Value::from(text).to_string(),
        |text, (sign, code)| text.replace(sign, code),
    )
}

/// A link's address that is safe between quotes in a `click` statement; `None` for one that the
/// picture may not link to.
pub(super) fn clean_href(text: &str) -> Option<String> {
    let target = links::target(text.trim())?;
    if target.is_empty() || target.len() > 2048 {
        return None;
    }
    let mut out = String::new();
    for c in target.chars() {
        match c {
            '"' | '\'' | '<' | '>' | '`' | '\\' | '{' | '}' | '|' | '^' | ';' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ if c.is_whitespace() => out.push_str("%20"),
            _ => out.push(c),
        }
    }
    Some(out)
}
