//! Cuts a DOT source into tokens, one at a time, each with its line.
//!
//! Not here: the meaning of escapes in labels: a quoted string keeps all of them but `\"` and the joined
//! line.

use super::limits::failure;
use crate::diagram::drawing::Failure;
use crate::diagram::svg::notes::shortened;

/// The most letters of the source in a message.
pub(super) const SHOWN: usize = 40;
const KEYWORDS: [&str; 6] = ["strict", "graph", "digraph", "node", "edge", "subgraph"];

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name or a number without quotes.
    Bare(&'a str),
    /// What is in double quotes.
    Quoted(String),
    /// The text between the outer `<` and `>`.
    Html(&'a str),
    /// A keyword, in lower case, or a bracket, a separator, `=`, `:`, `+`, `->`, `--`.
    Mark(&'a str),
    /// End of the source.
    End,
}

impl Token<'_> {
    pub(super) fn text(&self) -> &str {
        match self {
            Token::Bare(text) | Token::Html(text) | Token::Mark(text) => text,
            Token::Quoted(text) => text,
            Token::End => "",
        }
    }
}

pub(super) struct Lexer<'a> {
    rest: &'a str,
    /// Line of `rest`, from 1.
    line: usize,
    /// Only blanks since the last line break: a `#` here starts a preprocessor line.
    at_line_start: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            rest: source.strip_prefix('\u{feff}').unwrap_or(source),
            line: 1,
            at_line_start: true,
        }
    }

    /// The token and the line it starts on.
    pub(super) fn next(&mut self) -> Result<(Token<'a>, usize), Failure> {
        self.skip_blanks_and_comments()?;
        self.at_line_start = false;
        let line = self.line;
        let Some(first) = self.rest.chars().next() else {
            return Ok((Token::End, line));
        };
        let token = match first {
            '"' => self.quoted()?,
            '<' => self.html()?,
            '{' | '}' | '[' | ']' | ';' | ',' | '=' | ':' | '+' => Token::Mark(self.take(1)),
            _ if is_operator(self.rest) => Token::Mark(self.take(2)),
            '-' | '.' => self.bare()?,
            _ if is_name_char(first) => self.bare()?,
            '#' => return Err(self.failure("`#` must be in quotes, as in `\"#ff0000\"`")),
            _ => {
                let shown: String = first.escape_debug().collect();
                return Err(self.failure(&format!("`{shown}` has no meaning here")));
            }
        };
        Ok((token, line))
    }

    fn skip_blanks_and_comments(&mut self) -> Result<(), Failure> {
        loop {
            let blanks = self.rest.len() - self.rest.trim_start().len();
            self.at_line_start |= self.take(blanks).contains('\n');
            if self.rest.starts_with("//") || (self.at_line_start && self.rest.starts_with('#')) {
                self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if let Some(comment) = self.rest.strip_prefix("/*") {
                let end = comment.find("*/").ok_or_else(|| {
                    self.failure("`*/` is missing: the comment that starts here is not closed")
                })?;
                self.take(end + 4);
            } else {
                return Ok(());
            }
        }
    }

    fn quoted(&mut self) -> Result<Token<'a>, Failure> {
        let mut is_escaped = false;
        let is_end = |c| {
            let is_end = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        };
        let end = self.rest[1..]
            .find(is_end)
            .ok_or_else(|| self.failure("`\"` is missing: the string of this line does not end"))?;
        let text = self.take(end + 2)[1..=end].replace("\r\n", "\n");
        // `\\` stays two characters, because labels have escapes of their own.
        let parts = text.split("\\\\");
        let parts = parts.map(|part| part.replace("\\\n", "").replace("\\\"", "\""));
        Ok(Token::Quoted(parts.collect::<Vec<_>>().join("\\\\")))
    }

    fn html(&mut self) -> Result<Token<'a>, Failure> {
        let mut depth = 0_usize;
        let is_end = |c| {
            match c {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => {}
            }
            depth == 0
        };
        let end = self.rest.find(is_end).ok_or_else(|| {
            self.failure("`>` is missing: the HTML string of this line does not end")
        })?;
        Ok(Token::Html(&self.take(end + 1)[1..end]))
    }

    /// A name or a number, up to a blank, an edge operator or any other sign.
    fn bare(&mut self) -> Result<Token<'a>, Failure> {
        let is_end = |&(at, c): &(usize, char)| {
            is_operator(&self.rest[at..]) || !(matches!(c, '-' | '.') || is_name_char(c))
        };
        let end = self.rest.char_indices().find(is_end);
        let text = self.take(end.map_or(self.rest.len(), |(at, _)| at));
        let mut keywords = KEYWORDS.into_iter();
        if let Some(keyword) = keywords.find(|word| text.eq_ignore_ascii_case(word)) {
            return Ok(Token::Mark(keyword));
        }
        let is_name = text.chars().all(is_name_char);
        if is_number(text) || (is_name && !text.starts_with(|c: char| c.is_ascii_digit())) {
            return Ok(Token::Bare(text));
        }
        // Graphviz splits `10.0.0.1` into three nodes and `web-1` into two, which is never intended.
        let what = "is neither a number nor a name: put it in quotes";
        let shown = shortened(text, SHOWN);
        Err(self.failure(&format!("`{shown}` {what}")))
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    fn failure(&self, message: &str) -> Failure {
        failure(self.line, message)
    }
}

fn is_operator(text: &str) -> bool {
    text.starts_with("->") || text.starts_with("--")
}

/// Letters of any script, digits, `_`; Graphviz accepts every byte above 127. Blanks of other
/// scripts are excluded: they get into a note by accident and are invisible.
fn is_name_char(c: char) -> bool {
    c == '_'
        || c.is_ascii_alphanumeric()
        || (!c.is_ascii() && !c.is_whitespace() && !c.is_control())
}

/// `-?(.[0-9]+|[0-9]+(.[0-9]*)?)`
fn is_number(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.');
    text.chars().all(is_digit) && text.parse::<f64>().is_ok()
}
