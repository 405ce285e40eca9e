//! A terminal session: prompts, the commands after them, and their output.
//!
//! It deliberately does not know shells: a line is a command if it begins with what looks like a
//! prompt, or if the command before it continues (a backslash or an operator at the end, an open
//! quote, a here-document). A session without a prompt is plain text.
//!
//! `#` is the prompt of root, unless the session has another prompt: then a `# ` line directly
//! above a command is a comment.

use std::collections::HashMap;
use std::ops::Range;

/// A part of a session. A command follows all of its prompts.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// `$ `, `user@host:~# `, and the `> ` of a continued line.
    Prompt(Range<usize>),
    /// A command, without its prompts: one range for each line if there are prompts between.
    Command(Vec<Range<usize>>),
    /// A comment above a command.
    Comment(Range<usize>),
    /// Whole lines, with their ends.
    Output(Range<usize>),
}

/// In characters: a longer text before a `$` is not a prompt.
const LONGEST_PROMPT: usize = 80;

/// The parts of a session; empty if there is no prompt.
pub(super) fn parts(code: &str) -> Vec<Part> {
    let root = !lines(code).any(|(_, line)| prompt(line, false).is_some());
    let mut reader = Reader::new(code, root);
    if !reader.lines.iter().any(|line| line.prompt.is_some()) {
        return Vec::new();
    }
    while reader.next < reader.lines.len() {
        reader.line();
    }
    reader.parts
}

/// Whether the first line of a script begins with `$ `, which only sessions do.
pub(super) fn is_session(code: &str) -> bool {
    let first = code.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.starts_with("$ "))
}

/// The lines with their offsets, without their ends.
fn lines(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    code.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches('\n'))
    })
}

struct Line<'a> {
    start: usize,
    text: &'a str,
    prompt: Option<usize>,
}

struct Reader<'a> {
    code: &'a str,
    lines: Vec<Line<'a>>,
    next: usize,
    /// The last line with this text, to know whether a here-document ends.
    last: HashMap<&'a str, usize>,
    parts: Vec<Part>,
}

impl<'a> Reader<'a> {
    fn new(code: &'a str, root: bool) -> Self {
        let lines: Vec<Line<'a>> = lines(code)
            .map(|(start, text)| Line {
                start,
                text,
                prompt: prompt(text, root),
            })
            .collect();
        let last = lines
            .iter()
            .enumerate()
            .map(|(at, line)| (delimiter_of(line.text), at))
            .collect();
        Self {
            code,
            lines,
            next: 0,
            last,
            parts: Vec::new(),
        }
    }

    fn line(&mut self) {
        match self.lines[self.next].prompt {
            Some(length) => self.command(length),
            None if self.is_comment() => {
                let line = &self.lines[self.next];
                let range = line.start..line.start + line.text.len();
                self.parts.push(Part::Comment(range));
                self.next += 1;
            }
            None => self.output(),
        }
    }

    /// Whether only lines like this `# ` line are between it and a command.
    fn is_comment(&self) -> bool {
        let is_remark = |line: &Line<'_>| line.text.starts_with('#');
        is_remark(&self.lines[self.next])
            && self.lines[self.next..]
                .iter()
                .find(|line| !is_remark(line))
                .is_some_and(|line| line.prompt.is_some())
    }

    fn output(&mut self) {
        let line = &self.lines[self.next];
        let end = self.lines.get(self.next + 1);
        let end = end.map_or(self.code.len(), |next| next.start);
        match self.parts.last_mut() {
            Some(Part::Output(range)) => range.end = end,
            _ => self.parts.push(Part::Output(line.start..end)),
        }
        self.next += 1;
    }

    fn command(&mut self, prompt: usize) {
        let line = &self.lines[self.next];
        self.parts
            .push(Part::Prompt(line.start..line.start + prompt));
        let first = line.start + prompt..line.start + line.text.len();
        let mut pieces = Vec::from([first]);
        let mut state = CommandState::default();
        state.read(&line.text[prompt..]);
        self.next += 1;
        for _ in 0..self.rest_of(state) {
            let line = &self.lines[self.next];
            let end = line.start + line.text.len();
            if line.text.starts_with("> ") {
                let from = line.start + "> ".len();
                self.parts.push(Part::Prompt(line.start..from));
                pieces.push(from..end);
            } else if let Some(piece) = pieces.last_mut() {
                piece.end = end;
            }
            self.next += 1;
        }
        self.parts.push(Part::Command(pieces));
    }

    /// The number of following lines that belong to the command of `state`.
    fn rest_of(&self, mut state: CommandState<'a>) -> usize {
        let mut at = self.next;
        // A quote that nothing closes before the next command opens no string: it is an apostrophe.
        let mut sure = at;
        loop {
            if let Some(word) = state.here.take() {
                match self.last.get(word) {
                    Some(end) if *end >= at => {
                        let found =
                            (at..=*end).find(|at| delimiter_of(self.lines[*at].text) == word);
                        at = found.unwrap_or(*end) + 1;
                        sure = at;
                        state = CommandState::default();
                        continue;
                    }
                    _ => {}
                }
            }
            if !state.goes_on() {
                return at - self.next;
            }
            let Some(line) = self.lines.get(at) else {
                return sure - self.next;
            };
            let marked = line.text.starts_with("> ");
            if line.prompt.is_some() && !marked {
                return sure - self.next;
            }
            state.read(if marked { &line.text[2..] } else { line.text });
            at += 1;
            if state.quote.is_none() {
                sure = at;
            }
        }
    }
}

/// The text that ends a here-document, without prompt and tabs.
fn delimiter_of(line: &str) -> &str {
    line.strip_prefix("> ").unwrap_or(line).trim_matches('\t')
}

/// The state of a command at the end of a line.
#[derive(Default)]
struct CommandState<'a> {
    quote: Option<char>,
    /// The delimiter of the here-document that begins on the next line.
    here: Option<&'a str>,
    /// The line ends with a backslash or an operator.
    open: bool,
}

impl<'a> CommandState<'a> {
    fn goes_on(&self) -> bool {
        self.open || self.quote.is_some()
    }

    fn read(&mut self, line: &'a str) {
        self.open = false;
        let mut chars = line.char_indices();
        let mut before = ' ';
        while let Some((at, c)) = chars.next() {
            match (self.quote, c) {
                (Some('\''), _) | (Some(_), '"') if self.quote == Some(c) => self.quote = None,
                (Some('\''), _) => {}
                (_, '\\') => self.open = chars.next().is_none(),
                (None, '\'' | '"') => self.quote = Some(c),
                (None, '#') if before.is_whitespace() => return,
                (None, '<') if before != '<' && self.here.is_none() => {
                    self.here = here_document(&line[at..]);
                }
                _ => {}
            }
            before = c;
        }
        let end = line.trim_end();
        self.open |= self.quote.is_none() && (end.ends_with('|') || end.ends_with("&&"));
    }
}

/// The word of `<<EOF`, `<<-'EOF'`; `None` for `<<<`.
fn here_document(text: &str) -> Option<&str> {
    let text = text
        .strip_prefix("<<")
        .filter(|text| !text.starts_with('<'))?;
    let text = text.strip_prefix('-').unwrap_or(text).trim_start();
    let text = text.trim_start_matches(['\'', '"', '\\']);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// The length of a line's prompt. `root`: whether a single `#` is a prompt.
fn prompt(line: &str, root: bool) -> Option<usize> {
    let mut ends = line.char_indices().take(LONGEST_PROMPT);
    let (at, sign) = ends.find(|(at, c)| {
        let next = line[at + c.len_utf8()..].chars().next();
        matches!(c, '$' | '#' | '%' | '>' | '❯' | '➜') && next.is_none_or(|c| c == ' ')
    })?;
    let head = &line[..at];
    let fits = match sign {
        '>' => head.starts_with("PS") || is_drive(head),
        '❯' | '➜' => true,
        _ if without_environment(head).is_empty() => sign != '#' || root,
        _ => is_place(without_environment(head)),
    };
    let end = at + sign.len_utf8();
    fits.then(|| (end + 1).min(line.len()))
}

/// Without `(venv) `, which may precede any prompt.
fn without_environment(head: &str) -> &str {
    let inside = head
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(") "));
    inside.map_or(head, |(_, rest)| rest)
}

/// `user@host:~/x`, `[user@host x]`, `/etc `, `~`, `bash-5.1`.
fn is_place(head: &str) -> bool {
    let shell = |name: &str| {
        let version = head.strip_prefix(name);
        version.is_some_and(|v| v.chars().all(|c| c.is_ascii_digit() || c == '.'))
    };
    let whole = head.trim_end();
    let is_word = !whole.is_empty() && !whole.contains(char::is_whitespace);
    let is_path = is_word && whole.starts_with(['/', '~']);
    let is_user = is_word && whole.contains('@') && whole == head;
    let is_boxed = head.starts_with('[') && whole.ends_with(']') && whole.contains('@');
    is_path || is_user || is_boxed || shell("bash-") || shell("sh-")
}

/// `C:\Users`.
fn is_drive(head: &str) -> bool {
    let mut chars = head.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.as_str().starts_with(":\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `P` prompt, `C` command, `#` comment, `O` output.
    fn read(code: &str) -> Vec<String> {
        let text = |range: &Range<usize>| code[range.clone()].to_owned();
        let parts = parts(code);
        let shown = parts.iter().map(|part| match part {
            Part::Prompt(range) => format!("P{}", text(range)),
            Part::Comment(range) => format!("#{}", text(range)),
            Part::Output(range) => format!("O{}", text(range)),
            Part::Command(pieces) => {
                format!("C{}", pieces.iter().map(text).collect::<Vec<_>>().join("¶"))
            }
        });
        shown.collect()
    }

    #[test]
    fn commands_and_what_they_print() {
        assert_eq!(
            read("$ ls\na\n\nb\n$ pwd\n"),
            ["P$ ", "Cls", "Oa\n\nb\n", "P$ ", "Cpwd"]
        );
        assert_eq!(read("no prompt\nat all\n"), [""; 0]);
        assert_eq!(
            read("# apt update\ndone\n"),
            ["P# ", "Capt update", "Odone\n"]
        );
        assert_eq!(
            read("# 설치\n$ x\n# HELP m\nm 1\n"),
            ["## 설치", "P$ ", "Cx", "O# HELP m\nm 1\n"]
        );
    }

    #[test]
    fn a_command_continues() {
        assert_eq!(read("$ a \\\n  b\nout\n"), ["P$ ", "Ca \\\n  b", "Oout\n"]);
        assert_eq!(
            read("$ a \\\n> b\n> out\n"),
            ["P$ ", "P> ", "Ca \\¶b", "O> out\n"]
        );
        assert_eq!(read("$ a |\nb\nc\n"), ["P$ ", "Ca |\nb", "Oc\n"]);
        assert_eq!(
            read("$ cat <<EOF | b\n$ no\nEOF\nout\n"),
            ["P$ ", "Ccat <<EOF | b\n$ no\nEOF", "Oout\n"]
        );
        assert_eq!(
            read("$ curl -d '{\n  \"a\": 1}' x\nout\n"),
            ["P$ ", "Ccurl -d '{\n  \"a\": 1}' x", "Oout\n"]
        );
    }

    #[test]
    fn what_is_left_open_swallows_nothing() {
        assert_eq!(
            read("$ echo don't\nout\n$ b\n"),
            ["P$ ", "Cecho don't", "Oout\n", "P$ ", "Cb"]
        );
        assert_eq!(read("$ cat <<EOF\nout\n"), ["P$ ", "Ccat <<EOF", "Oout\n"]);
        assert_eq!(read("$ a \\"), ["P$ ", "Ca \\"]);
        assert_eq!(
            read("$ curl -v x\n> GET /\n"),
            ["P$ ", "Ccurl -v x", "O> GET /\n"]
        );
    }

    #[test]
    fn prompts_of_many_shells() {
        for (line, length) in [
            ("$ a", Some(2)),
            ("$", Some(1)),
            ("% a", Some(2)),
            ("user@host:~/x$ a", Some(15)),
            ("root@pod:/# a", Some(12)),
            ("[user@host dir]$ a", Some(17)),
            ("(venv) $ a", Some(9)),
            ("(venv) a@b:~$ a", Some(14)),
            ("/ # a", Some(4)),
            ("~/src ❯ a", Some(10)),
            ("bash-5.1$ a", Some(10)),
            ("PS C:\\x> a", Some(9)),
            ("price $ 5", None),
            ("100 % done", None),
            ("> a", None),
            ("$HOME is", None),
            ("# a", None),
            ("a -> b", None),
            ("", None),
        ] {
            assert_eq!(prompt(line, false), length, "{line}");
        }
        assert_eq!(prompt("# a", true), Some(2));
    }
}
