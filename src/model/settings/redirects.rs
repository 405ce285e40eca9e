//! `[redirects]` of `docsite.toml`.
//!
//! Not here: where they lead (`redirect`).

use toml::de::DeTable;

use super::super::located::{Entry, Shape, Syntax, Toml};
use super::super::redirect::{self, Written};
use super::reading::Reader;

impl Reader<'_> {
    /// Former paths, each with where it leads, in the order of the file.
    pub(super) fn redirects(&mut self, table: &DeTable<'_>) -> Vec<Written> {
        let what = "a table of former paths, each with where it leads";
        let redirects = self.table(table, "redirects", what);
        let entries = redirects.into_iter().flat_map(Toml::entries);
        let mut written: Vec<Written> = entries
            .filter_map(|Entry { key, value, at }| {
                if let Err(why) = redirect::check_path(key) {
                    let message = format!("the path `{}` {why}", key.escape_debug());
                    self.problem(at, message).help =
                        Some("for example \"old/page.html\" = \"gw__guide-new\"".to_owned());
                    return None;
                }
                match Toml::shape(value) {
                    Shape::Text(to) if is_target(to) => Some(Written {
                        from: key.to_owned(),
                        to: to.to_owned(),
                        at: self.position(at),
                    }),
                    _ => {
                        let message = "must be a document, a path of the site or an address";
                        self.problem(Toml::start(value), message).help =
                            Some("for example \"gw__guide-new\"".to_owned());
                        None
                    }
                }
            })
            .collect();
        written.sort_by_key(|entry| entry.at);
        written
    }
}

fn is_target(text: &str) -> bool {
    let is_plain = |c: char| !c.is_control() && !"\"<>\\`{}".contains(c);
    let has_scheme = text.contains("://");
    let is_web = ["https://", "http://"]
        .iter()
        .any(|web| text.starts_with(web));
    !text.trim().is_empty()
        && text.trim() == text
        && text.chars().all(is_plain)
        && !text.starts_with("//")
        && (!has_scheme || (is_web && text.chars().all(|c| c.is_ascii_graphic())))
}
