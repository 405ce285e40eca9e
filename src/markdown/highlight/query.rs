//! The text of a tree-sitter query, read into its patterns.
//!
//! Read is what highlight and injection queries use: nodes with fields, captures, alternatives,
//! children, quantifiers, the anchors of a first and a last child, and conditions on a node's text.
//! All else is a problem, so that no condition is lost silently. Not here: a grammar, and what a
//! capture means.

use std::borrow::Cow;

use super::condition::Condition;

/// A pattern of a query.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pattern<'q> {
    pub(super) node: Node<'q>,
    /// What is asked of the text of a capture.
    pub(super) conditions: Vec<(&'q str, Condition<'q>)>,
    /// `(#set! injection.language "css")`.
    pub(super) language: Option<Cow<'q, str>>,
    /// A condition that is not read. It matters only if a capture of the pattern does.
    pub(super) unread: Option<Problem>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Node<'q> {
    pub(super) kind: Kind<'q>,
    pub(super) field: Option<&'q str>,
    pub(super) captures: Vec<&'q str>,
    pub(super) place: Place,
    pub(super) is_optional: bool,
    pub(super) children: Vec<Self>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'q> {
    /// `(identifier)`.
    Named(&'q str),
    /// `"fn"`.
    Sign(Cow<'q, str>),
    /// `(_)`.
    AnyNamed,
    /// `_`.
    Any,
    /// `[(a) (b)]`.
    OneOf(Vec<Node<'q>>),
}

/// Which of its parent's named children a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    First,
    Last,
}

/// Why a query cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// A part of a query that is not read.
    Unread(String),
    /// A kind that the grammar does not have.
    Kind(String),
    /// A field that the grammar does not have.
    Field(String),
    /// A language that is not known.
    Language(String),
}

/// The patterns of a query, in their order.
pub(super) fn patterns(text: &str) -> Result<Vec<Pattern<'_>>, Problem> {
    let mut reader = Reader { rest: text };
    let mut patterns = Vec::new();
    while reader.peek().is_some() {
        let mut extras = Extras::default();
        let node = reader.node(&mut extras)?;
        patterns.push(Pattern {
            node,
            conditions: extras.conditions,
            language: extras.language,
            unread: extras.unread,
        });
    }
    Ok(patterns)
}

/// What a pattern has besides its nodes.
#[derive(Default)]
struct Extras<'q> {
    conditions: Vec<(&'q str, Condition<'q>)>,
    language: Option<Cow<'q, str>>,
    unread: Option<Problem>,
}

struct Reader<'q> {
    rest: &'q str,
}

impl<'q> Reader<'q> {
    fn problem(&self) -> Problem {
        let line = self.rest.lines().next().unwrap_or_default();
        Problem::Unread(line.to_owned())
    }

    /// The next byte that is neither blank nor in a comment.
    fn peek(&mut self) -> Option<u8> {
        loop {
            self.rest = self.rest.trim_ascii_start();
            if !self.rest.starts_with(';') {
                return self.rest.bytes().next();
            }
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            self.rest = &self.rest[end..];
        }
    }

    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes a name of a node, a field or a capture.
    fn word(&mut self) -> Result<&'q str, Problem> {
        let is_word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
        let end = self.rest.bytes().position(|b| !is_word(b));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        if word.is_empty() {
            return Err(self.problem());
        }
        self.rest = rest;
        Ok(word)
    }

    /// Takes a text in quotes.
    fn string(&mut self) -> Result<Cow<'q, str>, Problem> {
        let inner = &self.rest[1..];
        let mut is_escaped = false;
        let end = inner.bytes().position(|b| {
            let is_end = b == b'"' && !is_escaped;
            is_escaped = b == b'\\' && !is_escaped;
            is_end
        });
        let end = end.ok_or_else(|| self.problem())?;
        self.rest = &inner[end + 1..];
        Ok(unescaped(&inner[..end]))
    }

    fn node(&mut self, extras: &mut Extras<'q>) -> Result<Node<'q>, Problem> {
        let mut node = match self.peek() {
            Some(b'"') => leaf(Kind::Sign(self.string()?)),
            Some(b'[') => self.alternatives(extras)?,
            Some(b'(') => self.parenthesis(extras)?,
            Some(b'_') if self.take("_") => leaf(Kind::Any),
            _ => return Err(self.problem()),
        };
        match self.rest.bytes().next() {
            Some(b'?' | b'*') => {
                self.rest = &self.rest[1..];
                node.is_optional = true;
            }
            Some(b'+') => self.rest = &self.rest[1..],
            _ => {}
        }
        while self.peek() == Some(b'@') && self.take("@") {
            node.captures.push(self.word()?);
        }
        Ok(node)
    }

    fn alternatives(&mut self, extras: &mut Extras<'q>) -> Result<Node<'q>, Problem> {
        self.take("[");
        let mut nodes = Vec::new();
        while self.peek() != Some(b']') {
            nodes.push(self.node(extras)?);
        }
        self.take("]");
        Ok(leaf(Kind::OneOf(nodes)))
    }

    /// A node in parentheses; or those around a whole pattern with its conditions.
    fn parenthesis(&mut self, extras: &mut Extras<'q>) -> Result<Node<'q>, Problem> {
        self.take("(");
        let kind = match self.peek() {
            Some(b'(' | b'[' | b'"') => None,
            _ => Some(match self.word()? {
                "_" => Kind::AnyNamed,
                name => Kind::Named(name),
            }),
        };
        let mut children = self.children(extras)?;
        match kind {
            Some(kind) => Ok(Node {
                children,
                ..leaf(kind)
            }),
            None if children.len() == 1 => children.pop().ok_or_else(|| self.problem()),
            None => Err(self.problem()),
        }
    }

    /// All up to the parenthesis that closes.
    fn children(&mut self, extras: &mut Extras<'q>) -> Result<Vec<Node<'q>>, Problem> {
        let mut children: Vec<Node<'q>> = Vec::new();
        loop {
            let mut place = Place::Anywhere;
            if self.peek() == Some(b'.') && self.take(".") {
                match (self.peek(), children.last_mut()) {
                    (Some(b')'), Some(last)) => last.place = Place::Last,
                    (_, None) => place = Place::First,
                    _ => return Err(self.problem()),
                }
            }
            if self.peek() == Some(b')') {
                self.take(")");
                return Ok(children);
            }
            if self.rest.starts_with("(#") {
                self.predicate(extras)?;
                continue;
            }
            let field = self.field()?;
            let node = self.node(extras)?;
            children.push(Node {
                field,
                place,
                ..node
            });
        }
    }

    /// `name:`, if that is next.
    fn field(&mut self) -> Result<Option<&'q str>, Problem> {
        if !self.rest.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Ok(None);
        }
        let name = self.word()?;
        if self.take(":") {
            Ok(Some(name))
        } else {
            Err(self.problem())
        }
    }

    /// `(#eq? @capture "text")`.
    fn predicate(&mut self, extras: &mut Extras<'q>) -> Result<(), Problem> {
        let problem = self.problem();
        self.take("(#");
        let name = self.word()?;
        let sign = self.take("?") || self.take("!");
        let mut capture = None;
        let mut words = Vec::new();
        loop {
            match self.peek() {
                Some(b'@') if self.take("@") => capture = Some(self.word()?),
                Some(b'"') => words.push(self.string()?),
                Some(b')') if self.take(")") => break,
                _ => words.push(Cow::Borrowed(self.word()?)),
            }
        }
        let condition = match (name, capture, words.as_slice()) {
            ("set", None, [key, value]) if sign && key == "injection.language" => {
                extras.language = Some(value.clone());
                return Ok(());
            }
            // Which names are local is not known, and nothing else is done with a match.
            ("is-not" | "set", None, _) if sign => return Ok(()),
            ("eq", Some(_), [_]) | ("any-of", Some(_), _) if sign => Some(Condition::OneOf(words)),
            ("match", Some(_), [pattern]) if sign => Condition::of_pattern(pattern),
            ("is-called", Some(_), []) if sign => Some(Condition::Called),
            _ => None,
        };
        match (capture, condition) {
            (Some(capture), Some(condition)) => extras.conditions.push((capture, condition)),
            _ => extras.unread = Some(problem),
        }
        Ok(())
    }
}

fn leaf(kind: Kind<'_>) -> Node<'_> {
    Node {
        kind,
        field: None,
        captures: Vec::new(),
        place: Place::Anywhere,
        is_optional: false,
        children: Vec::new(),
    }
}

/// A text without the backslashes before its characters.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some(c) => c,
                None => c,
            },
            c => c,
        });
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Pattern<'_> {
        let mut patterns = patterns(text).unwrap();
        assert_eq!(patterns.len(), 1, "{text}");
        patterns.pop().unwrap()
    }

    #[test]
    fn a_pattern_has_nodes_fields_and_captures() {
        let found = read("; a call\n(call \"b\\\"\" name: [(a) (_)]? @f @g . )");
        assert_eq!(found.node.kind, Kind::Named("call"));
        let [sign, name] = &found.node.children[..] else {
            panic!("{found:?}");
        };
        assert_eq!(sign.kind, Kind::Sign("b\"".into()));
        assert_eq!((sign.field, sign.is_optional), (None, false));
        assert!(matches!(&name.kind, Kind::OneOf(nodes) if nodes.len() == 2));
        assert_eq!((name.field, name.is_optional), (Some("name"), true));
        assert_eq!(
            (&name.captures[..], name.place),
            (&["f", "g"][..], Place::Last)
        );
        assert_eq!(read("(a . _)").node.children[0].place, Place::First);
    }

    #[test]
    fn a_pattern_has_conditions() {
        let found = read("((a) @b (#any-of? @b x \"y\") (#match? @b \"^c\\\\d\"))");
        let of_words = Condition::OneOf(vec!["x".into(), "y".into()]);
        assert_eq!(found.conditions[0], ("b", of_words));
        assert!(found.conditions[1].1.holds("c1", 0..2));
        let found = read("((a) @b (#set! injection.language \"css\") (#set! priority 105))");
        assert_eq!(
            (found.language.as_deref(), found.unread),
            (Some("css"), None)
        );
    }

    #[test]
    fn what_is_not_read_is_a_problem() {
        for text in [
            "(",
            ")",
            "(a",
            "[",
            "[(a)",
            "\"a",
            "(a b)",
            "(a !b)",
            "((a) (b))",
            "(a (b) . (c))",
            "(a) @",
            "(a (#eq? @b",
            "()",
            "a: (b)",
        ] {
            assert!(patterns(text).is_err(), "{text}");
        }
        for text in [
            "((a) @b (#not-eq? @b \"c\"))",
            "((a) @b (#match? @b \"c|d\"))",
        ] {
            assert!(read(text).unread.is_some(), "{text}");
        }
    }
}
