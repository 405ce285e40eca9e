//! The names that a broken link may have meant.
//!
//! Not here: how similar two names must be (`diagnostic`).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Words;
use crate::model::catalogue::Catalogue;

#[derive(Debug)]
pub struct Names<'a> {
    pub(super) documents: Known<'a>,
    pub(super) files: Known<'a>,
}

#[derive(Debug)]
pub(super) struct Known<'a> {
    words: Words<'a>,
    /// Results for earlier wrong names: often several documents have the same one.
    found: Mutex<HashMap<String, Option<&'a str>>>,
}

impl<'a> Known<'a> {
    fn new(names: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self {
            words: Words::new(names),
            found: Mutex::default(),
        }
    }

    pub(super) fn nearest(&self, name: &str) -> Option<&'a str> {
        let found = || self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = found().get(name) {
            return *known;
        }
        let near = self.words.nearest(name);
        found().insert(name.to_owned(), near);
        near
    }
}

impl<'a> Names<'a> {
    pub fn new(catalogue: &'a Catalogue) -> Self {
        let ids = catalogue.published.iter();
        Self {
            documents: Known::new(ids.map(|id| catalogue.corpus.get(*id).name.as_str())),
            files: Known::new(catalogue.files.keys().map(String::as_str)),
        }
    }
}
