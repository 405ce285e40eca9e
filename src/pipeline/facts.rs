//! What documents said of themselves when they were last read: a document whose bytes and name are
//! the same says the same.
//!
//! Documents with a problem are always read again, so that it is reported again. Not here: where facts
//! are kept (`store`), and rendered pages.

use std::sync::Arc;

use crate::fingerprint::{Fingerprint, Parts};
use crate::markdown::events::Dialect;
use crate::markdown::html::Labels;
use crate::memo::Memo;
use crate::model::document::{self, Document, Read};
use crate::name::Basename;
use crate::store::{Space, Store};

/// Facts of earlier runs and of this one. Shared by all threads.
#[derive(Debug)]
pub struct Facts(Arc<Memo>);

impl Facts {
    pub fn of(store: &Store) -> Self {
        Self(Arc::clone(store.space(Space::Documents)))
    }

    /// The facts of a document, from its file's bytes.
    pub fn read(&self, name: Basename, bytes: &[u8], dialect: Dialect, labels: &Labels) -> Read {
        let key = key(&name, bytes, dialect);
        if let Some(known) = self.0.get(key)
            && let Ok(document) = rmp_serde::from_slice::<Document>(&known)
        {
            return Read {
                document,
                body: None,
                error: None,
                problems: Vec::new(),
            };
        }
        let read = document::read_whole(name, bytes, dialect, labels);
        if read.error.is_none()
            && read.problems.is_empty()
            && let Ok(known) = rmp_serde::to_vec(&read.document)
        {
            self.0.put(key, known);
        }
        read
    }
}

fn key(name: &Basename, bytes: &[u8], dialect: Dialect) -> Fingerprint {
    Parts::default()
        .with(name.as_str())
        .with(bytes)
        .with(format!("{dialect:?}"))
        .finish()
}
