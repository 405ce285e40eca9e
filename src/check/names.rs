//! The names that a broken link may have meant.
//!
//! Not here: how similar two names must be (`diagnostic`).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Words;
use crate::model::catalogue::Catalogue;
use crate::model::picture::is_picture;

#[derive(Debug)]
pub struct Names<'a> {
    pub(super) documents: Known<'a>,
    pub(super) files: Files<'a>,
}

/// Files by their endings: who meant a picture did not mean a script.
#[derive(Debug)]
pub(super) struct Files<'a> {
    all: Known<'a>,
    by_ending: HashMap<String, Known<'a>>,
}

impl<'a> Files<'a> {
    fn new(paths: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut by_ending: HashMap<String, Vec<&str>> = HashMap::new();
        for path in paths.clone() {
            by_ending.entry(parts(path).1).or_default().push(path);
        }
        let by_ending = by_ending.into_iter();
        Self {
            all: Known::new(paths),
            by_ending: by_ending
                .map(|(ending, paths)| (ending, Known::new(paths.into_iter())))
                .collect(),
        }
    }

    /// The nearest with this ending, or with this name and another one.
    pub(super) fn nearest(&self, path: &str) -> Option<&'a str> {
        let (stem, ending) = parts(path);
        let alike = self.by_ending.get(&ending);
        let alike = alike.and_then(|known| known.nearest(path));
        alike.or_else(|| {
            let near = self.all.nearest(path);
            near.filter(|near| parts(near).0 == stem && is_picture(near) == is_picture(path))
        })
    }
}

/// A path without its ending, and the ending, in lower case.
fn parts(path: &str) -> (String, String) {
    let path = path.to_lowercase();
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name..].rfind('.') {
        Some(dot) => (path[..name + dot].to_owned(), path[name + dot..].to_owned()),
        None => (path, String::new()),
    }
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
            files: Files::new(catalogue.files.keys().map(String::as_str)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Files;

    #[test]
    fn a_file_of_the_same_kind_was_meant() {
        let paths = [
            "attachment/a/flow.sh",
            "attachment/a/flows.PNG",
            "attachment/b/x.yaml",
        ];
        let files = Files::new(paths.into_iter());
        for (written, near) in [
            ("attachment/a/flow.png", Some("attachment/a/flows.PNG")),
            ("attachment/a/flow.svg", None),
            ("attachment/a/flo.sh", Some("attachment/a/flow.sh")),
            ("attachment/b/x.yml", Some("attachment/b/x.yaml")),
            ("attachment/b/x", Some("attachment/b/x.yaml")),
        ] {
            let found = files.nearest(written);
            assert_eq!(found, near, "{written}");
        }
    }
}
