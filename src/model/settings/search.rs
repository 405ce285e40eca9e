//! `[search]` of `docsite.toml`.
//!
//! Not here: the words that every search knows (`search::Loanwords`).

use toml::de::DeTable;

use super::super::located::{Entry, Shape, Syntax, Toml};
use super::reading::Reader;

impl Reader<'_> {
    /// Words, or several in a row, each with others that a search takes for it.
    pub(super) fn aliases(&mut self, table: &DeTable<'_>) -> Vec<(String, Vec<String>)> {
        let Some(search) = self.table(table, "search", "a table: [search]") else {
            return Vec::new();
        };
        self.known_keys(search, &["aliases"]);
        let what = "a table of words, each with a word or a list of words";
        let aliases = self.table(search, "aliases", what);
        let entries = aliases.into_iter().flat_map(Toml::entries);
        entries
            .filter_map(|Entry { key, value, at }| {
                if key.trim().is_empty() {
                    self.problem(at, "an alias must have a letter");
                    return None;
                }
                let words: Option<Vec<String>> = match Toml::shape(value) {
                    Shape::Text(word) => Some(vec![word.to_owned()]),
                    Shape::List(items) => items
                        .iter()
                        .map(|item| match Toml::shape(item) {
                            Shape::Text(word) => Some(word.to_owned()),
                            _ => None,
                        })
                        .collect(),
                    _ => None,
                };
                let is_word = |word: &String| !word.trim().is_empty();
                let words = words.filter(|words| !words.is_empty() && words.iter().all(is_word));
                if words.is_none() {
                    self.problem(Toml::start(value), "must be a word or a list of words");
                }
                Some((key.to_owned(), words?))
            })
            .collect()
    }
}
