//! Cuts a DOT source into tokens, one at a time, each with its line.
//!
//! Not here: which names are keywords (only the parser knows where one may occur), and the meaning
//! of escapes in labels: a quoted string keeps all of them but `\"` and the joined line.

use std::str::Chars;

use super::problem::Problem;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a number without quotes; the only kind that can be a keyword.
    Bare(String),
    /// What is in double quotes.
    Quoted(String),
    /// The text between the outer `<` and `>`.
    Html(String),
    /// A bracket, a separator, `=`, `:` or `+`.
    Mark(char),
    /// `->`
    Arrow,
    /// `--`
    Dashes,
    /// End of the source.
    End,
}

pub(super) struct Lexer<'a> {
    chars: Chars<'a>,
    line: usize,
    /// Only blanks since the last line break: a `#` here starts a preprocessor line.
    at_line_start: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            chars: source.strip_prefix('\u{feff}').unwrap_or(source).chars(),
            line: 1,
            at_line_start: true,
        }
    }

    /// The token and the line it starts on.
    pub(super) fn next(&mut self) -> Result<(Token, usize), Problem> {
        self.skip_blanks_and_comments()?;
        let line = self.line;
        let Some(first) = self.peek() else {
            return Ok((Token::End, line));
        };
        let token = match first {
            '"' => self.quoted()?,
            '<' => self.html()?,
            '{' | '}' | '[' | ']' | ';' | ',' | '=' | ':' | '+' => {
                self.bump();
                Token::Mark(first)
            }
            '-' if self.rest().starts_with("->") => self.take(2, Token::Arrow),
            '-' if self.rest().starts_with("--") => self.take(2, Token::Dashes),
            '-' | '.' | '0'..='9' => self.number()?,
            _ if is_name_char(first) => self.name()?,
            '#' => {
                return Err(Problem::new(
                    line,
                    "`#` must be in quotes, as in `\"#ff0000\"`",
                ));
            }
            _ => {
                let shown: String = first.escape_debug().collect();
                return Err(Problem::new(line, format!("`{shown}` has no meaning here")));
            }
        };
        Ok((token, line))
    }

    fn skip_blanks_and_comments(&mut self) -> Result<(), Problem> {
        while let Some(next) = self.peek() {
            let rest = self.rest();
            if next.is_whitespace() {
                self.bump();
            } else if rest.starts_with("//") || (next == '#' && self.at_line_start) {
                self.skip_line();
            } else if rest.starts_with("/*") {
                self.skip_block_comment()?;
            } else {
                break;
            }
        }
        Ok(())
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.bump();
        }
    }

    fn skip_block_comment(&mut self) -> Result<(), Problem> {
        let opened = self.line;
        self.take(2, ());
        while !self.rest().starts_with("*/") {
            if self.bump().is_none() {
                return Err(Problem::new(
                    opened,
                    "`*/` is missing: the comment that starts here is not closed",
                ));
            }
        }
        self.take(2, ());
        Ok(())
    }

    fn quoted(&mut self) -> Result<Token, Problem> {
        let opened = self.line;
        self.bump();
        let mut text = String::new();
        loop {
            match self.bump() {
                None => {
                    return Err(Problem::new(
                        opened,
                        "`\"` is missing: the string of this line does not end",
                    ));
                }
                Some('"') => return Ok(Token::Quoted(text)),
                Some('\\') => self.escape(&mut text),
                // So that `\` before a CRLF joins lines too, no `\r` of a line end is kept.
                Some('\r') if self.peek() == Some('\n') => {}
                Some(other) => text.push(other),
            }
        }
    }

    /// Reads what follows a `\` in a quoted string. `\\` stays two characters, because labels have
    /// escapes of their own.
    fn escape(&mut self, text: &mut String) {
        if self.rest().starts_with("\r\n") {
            self.bump();
        }
        match self.peek() {
            Some('\n') => {
                self.bump();
            }
            Some('"') => {
                self.bump();
                text.push('"');
            }
            Some('\\') => {
                self.bump();
                text.push_str("\\\\");
            }
            _ => text.push('\\'),
        }
    }

    fn html(&mut self) -> Result<Token, Problem> {
        let opened = self.line;
        self.bump();
        let mut text = String::new();
        let mut depth = 1_usize;
        while let Some(c) = self.bump() {
            match c {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(Token::Html(text));
            }
            text.push(c);
        }
        Err(Problem::new(
            opened,
            "`>` is missing: the HTML string of this line does not end",
        ))
    }

    fn number(&mut self) -> Result<Token, Problem> {
        let line = self.line;
        let text = self.run();
        if is_number(&text) {
            return Ok(Token::Bare(text));
        }
        // Graphviz splits `10.0.0.1` into three nodes, which is never intended.
        Err(not_quoted(line, &text, "neither a number nor a name"))
    }

    fn name(&mut self) -> Result<Token, Problem> {
        let line = self.line;
        let text = self.run();
        if text.chars().all(is_name_char) {
            return Ok(Token::Bare(text));
        }
        // Graphviz splits `web-1` into two nodes.
        Err(not_quoted(line, &text, "not a name"))
    }

    /// Reads up to a blank, an edge operator or any other sign.
    fn run(&mut self) -> String {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            let is_operator = self.rest().starts_with("--") || self.rest().starts_with("->");
            if is_operator || !(matches!(c, '-' | '.') || is_name_char(c)) {
                break;
            }
            text.push(c);
            self.bump();
        }
        text
    }

    fn take<T>(&mut self, count: usize, token: T) -> T {
        for _ in 0..count {
            self.bump();
        }
        token
    }

    fn peek(&self) -> Option<char> {
        self.chars.clone().next()
    }

    fn rest(&self) -> &'a str {
        self.chars.as_str()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        if c == '\n' {
            self.line += 1;
            self.at_line_start = true;
        } else if !c.is_whitespace() {
            self.at_line_start = false;
        }
        Some(c)
    }
}

fn not_quoted(line: usize, text: &str, what: &str) -> Problem {
    let shown: String = text.chars().take(40).collect();
    Problem::new(line, format!("`{shown}` is {what}: put it in quotes"))
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
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(fraction) && !(whole.is_empty() && fraction.is_empty())
}
