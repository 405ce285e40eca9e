//! Reads what people write in TOML and JSON, value by value, and says what is wrong at its place.
//!
//! One reader for both: a [`Syntax`] says what a value is and where it is. Not here: which keys a file
//! has (`settings`, `flow`), and the front matter of documents, which is read line by line.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{LineIndex, Position, Problem, nearest};

/// How a language writes values. Offsets are in bytes of the file.
pub(super) trait Syntax: 'static {
    /// What messages call a text.
    const TEXT: &'static str;
    type Value<'i>: 'i;
    type Table<'i>: 'i;

    /// Where a value begins.
    fn start(value: &Self::Value<'_>) -> usize;

    fn shape<'v, 'i: 'v>(value: &'v Self::Value<'i>)
    -> Shape<'v, Self::Value<'i>, Self::Table<'i>>;

    /// The entries of a table, in any order.
    fn entries<'v, 'i: 'v>(
        table: &'v Self::Table<'i>,
    ) -> impl Iterator<Item = Entry<'v, Self::Value<'i>>>;

    fn entry<'v, 'i: 'v>(
        table: &'v Self::Table<'i>,
        key: &str,
    ) -> Option<Entry<'v, Self::Value<'i>>> {
        Self::entries(table).find(|entry| entry.key == key)
    }

    fn get<'v, 'i: 'v>(table: &'v Self::Table<'i>, key: &str) -> Option<&'v Self::Value<'i>> {
        Self::entry(table, key).map(|entry| entry.value)
    }
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Shape<'v, V, T> {
    Text(&'v str),
    /// A whole number from 0 to `u32::MAX`.
    Whole(u32),
    Flag(bool),
    List(&'v [V]),
    Table(&'v T),
    /// As if the key were not there.
    Null,
    Other,
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Entry<'v, V> {
    pub key: &'v str,
    /// Where the key begins.
    pub at: usize,
    pub value: &'v V,
}

#[derive(Debug)]
pub(super) enum Toml {}

impl Syntax for Toml {
    const TEXT: &'static str = "a string";
    type Value<'i> = Spanned<DeValue<'i>>;
    type Table<'i> = DeTable<'i>;

    fn start(value: &Self::Value<'_>) -> usize {
        value.span().start
    }

    fn shape<'v, 'i: 'v>(
        value: &'v Self::Value<'i>,
    ) -> Shape<'v, Self::Value<'i>, Self::Table<'i>> {
        match value.get_ref() {
            DeValue::String(text) => Shape::Text(text),
            DeValue::Integer(number) => {
                let digits = number.as_str().replace('_', "");
                let number = u32::from_str_radix(&digits, number.radix());
                number.map_or(Shape::Other, Shape::Whole)
            }
            DeValue::Boolean(value) => Shape::Flag(*value),
            DeValue::Array(items) => Shape::List(items),
            DeValue::Table(table) => Shape::Table(table),
            _ => Shape::Other,
        }
    }

    fn entries<'v, 'i: 'v>(
        table: &'v Self::Table<'i>,
    ) -> impl Iterator<Item = Entry<'v, Self::Value<'i>>> {
        table.iter().map(|(key, value)| Entry {
            key: key.get_ref(),
            at: key.span().start,
            value,
        })
    }
}

#[derive(Debug)]
pub(super) enum Json {}

impl Syntax for Json {
    const TEXT: &'static str = "a text";
    type Value<'i> = ast::Value<'i>;
    type Table<'i> = ast::Object<'i>;

    fn start(value: &Self::Value<'_>) -> usize {
        Ranged::start(value)
    }

    fn shape<'v, 'i: 'v>(
        value: &'v Self::Value<'i>,
    ) -> Shape<'v, Self::Value<'i>, Self::Table<'i>> {
        match value {
            ast::Value::StringLit(text) => Shape::Text(&text.value),
            ast::Value::NumberLit(number) => {
                number.value.parse().map_or(Shape::Other, Shape::Whole)
            }
            ast::Value::Array(array) => Shape::List(&array.elements),
            ast::Value::Object(object) => Shape::Table(object),
            ast::Value::NullKeyword(_) => Shape::Null,
            ast::Value::BooleanLit(flag) => Shape::Flag(flag.value),
        }
    }

    fn entries<'v, 'i: 'v>(
        table: &'v Self::Table<'i>,
    ) -> impl Iterator<Item = Entry<'v, Self::Value<'i>>> {
        table.properties.iter().map(|property| Entry {
            key: property.name.as_str(),
            at: property.start(),
            value: &property.value,
        })
    }
}

/// Reads the values of one file, and collects what is wrong with them.
#[derive(Debug)]
pub(super) struct Reader<'t, S, K> {
    pub problems: Vec<Problem<K>>,
    file: &'static str,
    kind: K,
    lines: LineIndex<'t>,
    syntax: PhantomData<S>,
}

impl<'t, S: Syntax, K: Copy> Reader<'t, S, K> {
    /// `kind`: of every problem.
    pub(super) fn new(text: &'t str, file: &'static str, kind: K) -> Self {
        Self {
            problems: Vec::new(),
            file,
            kind,
            lines: LineIndex::new(text),
            syntax: PhantomData,
        }
    }

    pub(super) fn position(&self, at: usize) -> Position {
        self.lines.position(at)
    }

    pub(super) fn problem(&mut self, at: usize, message: impl Into<String>) -> &mut Problem<K> {
        let at = self.position(at);
        self.problems
            .push(Problem::new(self.kind, self.file, message).at(at));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// Reports keys that are not known, and those that are there twice.
    pub(super) fn known_keys(&mut self, table: &S::Table<'_>, known: &[&str]) {
        let mut seen = BTreeSet::new();
        for Entry { key, at, .. } in S::entries(table) {
            let shown = key.escape_debug();
            if !seen.insert(key) {
                self.problem(at, format!("`{shown}` is listed twice"));
            }
            if known.contains(&key) {
                continue;
            }
            let help = match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys: {}", known.join(", ")),
            };
            self.problem(at, format!("unknown key `{shown}`")).help = Some(help);
        }
    }

    /// The text of a key, if it is there.
    pub(super) fn text<'v, 'i: 'v>(
        &mut self,
        table: &'v S::Table<'i>,
        key: &str,
    ) -> Option<&'v str> {
        let value = S::get(table, key)?;
        match S::shape(value) {
            Shape::Text(text) => Some(text),
            Shape::Null => None,
            _ => self.must_be(S::start(value), key, S::TEXT),
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, table: &S::Table<'_>, key: &str) -> Option<bool> {
        let value = S::get(table, key)?;
        match S::shape(value) {
            Shape::Flag(flag) => Some(flag),
            _ => self.must_be(S::start(value), key, "`true` or `false`"),
        }
    }

    /// The items of a key, if it is there; `what` it must be says a message.
    pub(super) fn list<'v, 'i: 'v>(
        &mut self,
        table: &'v S::Table<'i>,
        key: &str,
        what: &str,
    ) -> Option<&'v [S::Value<'i>]> {
        let value = S::get(table, key)?;
        match S::shape(value) {
            Shape::List(items) => Some(items),
            _ => self.must_be(S::start(value), key, what),
        }
    }

    /// The table of a key, if it is there; `what` it must be says a message.
    pub(super) fn table<'v, 'i: 'v>(
        &mut self,
        table: &'v S::Table<'i>,
        key: &str,
        what: &str,
    ) -> Option<&'v S::Table<'i>> {
        let value = S::get(table, key)?;
        match S::shape(value) {
            Shape::Table(inner) => Some(inner),
            _ => self.must_be(S::start(value), key, what),
        }
    }

    /// What the word of a key means, if it is there. `what` is not known where none of `words` is
    /// written.
    pub(super) fn word<T: Copy>(
        &mut self,
        table: &S::Table<'_>,
        key: &str,
        what: &str,
        words: [(&str, T); 2],
    ) -> Option<T> {
        let word = self.text(table, key)?;
        let [(one, _), (other, _)] = words;
        let found = words.into_iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let at = Self::at(table, key);
            let message = format!("unknown {what} `{}`", word.escape_debug());
            self.problem(at, message).help = Some(format!("`{one}` or `{other}`"));
        }
        found.map(|(_, meaning)| meaning)
    }

    /// Where the value of a key begins; the file, where there is none.
    pub(super) fn at(table: &S::Table<'_>, key: &str) -> usize {
        S::get(table, key).map_or(0, S::start)
    }

    fn must_be<T>(&mut self, at: usize, key: &str, what: &str) -> Option<T> {
        self.problem(at, format!("`{key}` must be {what}"));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What one reading of the same table finds in a syntax.
    fn read<S: Syntax>(text: &str, table: &S::Table<'_>) -> Vec<String> {
        let mut reader = Reader::<S, ()>::new(text, "x", ());
        reader.known_keys(table, &["text", "list", "table", "number"]);
        assert_eq!(reader.text(table, "none"), None);
        assert_eq!(reader.text(table, "text"), Some("가"));
        assert_eq!(
            reader.list(table, "list", "a list").map(<[_]>::len),
            Some(2)
        );
        let inner = reader.table(table, "table", "a table").expect("a table");
        assert_eq!(
            reader.word(inner, "a", "letter", [("b", 1), ("c", 2)]),
            None
        );
        assert_eq!(reader.text(table, "list"), None);
        assert!(reader.table(table, "text", "a table").is_none());
        let number = S::get(table, "number").map(S::shape);
        assert!(matches!(number, Some(Shape::Whole(7))));
        let shown = reader.problems.iter().map(|problem| {
            let at = problem.position.expect("a place");
            let help = problem.help.as_ref();
            let help = help.map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{}:{}: {}{help}", at.line, at.column, problem.message)
        });
        shown.collect()
    }

    #[test]
    fn both_syntaxes_are_read_alike() {
        let toml = "text = '가'\nlist = [1, 2]\ntable = { a = 'd' }\nnumber = 0x7\nlst = 1\n";
        let json = "{\"text\": \"가\",\n\"list\": [1, 2],\n\"table\": {\"a\": \"d\"},\n\
                    \"number\": 7,\n\"lst\": 1}";
        let (table, errors) = DeTable::parse_recoverable(toml);
        assert_eq!(errors, []);
        let parsed = jsonc_parser::parse_to_ast(
            json,
            &jsonc_parser::CollectOptions::default(),
            &jsonc_parser::ParseOptions::default(),
        );
        let Some(ast::Value::Object(object)) = parsed.expect("JSON").value else {
            panic!("not an object");
        };
        assert_eq!(
            read::<Toml>(toml, table.get_ref()),
            [
                "5:1: unknown key `lst` (did you mean `list`?)",
                "3:15: unknown letter `d` (`b` or `c`)",
                "2:8: `list` must be a string",
                "1:8: `text` must be a table",
            ]
        );
        assert_eq!(
            read::<Json>(json, &object),
            [
                "5:1: unknown key `lst` (did you mean `list`?)",
                "3:16: unknown letter `d` (`b` or `c`)",
                "2:9: `list` must be a text",
                "1:10: `text` must be a table",
            ]
        );
    }
}
