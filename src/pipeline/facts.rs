//! The facts and compiled bodies of documents from earlier runs: a document with the same bytes and
//! name has the same facts and body.
//!
//! What is wrong with a document is stored with its facts, and so reported again. Not here: where
//! facts are stored (`store`), and rendered pages.

use std::sync::Arc;

use crate::diagnostic::BuildError;
use crate::fingerprint::{Fingerprint, Parts};
use crate::markdown::body::Body;
use crate::markdown::events::Dialect;
use crate::markdown::labels::Labels;
use crate::memo::{Looked, Memo};
use crate::model::corpus::Corpus;
use crate::model::document::{self, Document, Read};
use crate::model::settings::Settings;
use crate::name::Basename;
use crate::output::render;
use crate::store::{Space, Store};

/// Facts of earlier runs and of this one. Shared by all threads.
#[derive(Debug)]
pub struct Facts {
    documents: Arc<Memo>,
    bodies: Arc<Memo>,
    dialect: Dialect,
    labels: Labels,
    /// What a body depends on besides its source: it contains words of the interface.
    setting: String,
}

impl Facts {
    pub fn of(store: &Store, settings: &Settings) -> Self {
        let (dialect, labels) = (settings.dialect(), render::labels(settings));
        Self {
            documents: Arc::clone(store.space(Space::Documents)),
            bodies: Arc::clone(store.space(Space::Bodies)),
            setting: format!("{dialect:?} {labels:?}"),
            dialect,
            labels,
        }
    }

    /// The facts of a document by the hash of its file's bytes, if they are stored.
    pub fn known(&self, name: &Basename, source: Fingerprint) -> Option<Read> {
        let read = |known: &[u8]| rmp_serde::from_slice(known).ok();
        self.documents.read(self.key(name, source), read)
    }

    /// The facts of a document, from its file's bytes. If they are not stored, its body is compiled
    /// too.
    pub fn read(&self, name: Basename, bytes: &[u8]) -> Read {
        let source = Fingerprint::of(bytes);
        if let Some(known) = self.known(&name, source) {
            return known;
        }
        let made = self.compile(name, bytes);
        self.store(&made);
        made.0
    }

    /// The facts and the body of a document, from its file's bytes, whatever is stored.
    pub fn compile(&self, name: Basename, bytes: &[u8]) -> (Read, Body) {
        document::read_whole(name, bytes, self.dialect, &self.labels)
    }

    /// The facts and the body of a document by the hash of its file's bytes, if both are stored.
    pub fn stored(&self, name: &Basename, source: Fingerprint) -> Option<(Read, Body)> {
        let read = |known: &[u8]| rmp_serde::from_slice(known).ok();
        let body = self.bodies.read(self.body_key(source), read);
        self.known(name, source).zip(body)
    }

    /// Stores what `compile` made.
    pub fn store(&self, (read, body): &(Read, Body)) {
        let document = &read.document;
        self.keep(document.source, body);
        if let Ok(known) = rmp_serde::to_vec(read) {
            let key = self.key(&document.name, document.source);
            self.documents.put(key, known);
        }
    }

    /// The body of a document; `source` reads the file if the body is not stored.
    ///
    /// # Errors
    ///
    /// Those of `source`, and if the bytes are not UTF-8.
    pub fn body(
        &self,
        document: &Document,
        source: impl FnOnce() -> Result<Vec<u8>, BuildError>,
    ) -> Result<Body, BuildError> {
        let read = |known: &[u8]| rmp_serde::from_slice(known).ok();
        if let Some(body) = self.bodies.read(self.body_key(document.source), read) {
            return Ok(body);
        }
        let path = document.name.source();
        let body = document::compile(&path, &source()?, self.dialect, &self.labels)?;
        self.keep(document.source, &body);
        Ok(body)
    }

    fn keep(&self, source: Fingerprint, body: &Body) {
        if let Ok(known) = rmp_serde::to_vec(body) {
            self.bodies.put(self.body_key(source), known);
        }
    }

    /// Stores the bodies of these documents for the next run, drops all others, and frees their memory:
    /// one that is asked for again is read again.
    pub fn save_bodies(&self, store: &Store, corpus: &Corpus) {
        if self.bodies.is_grown() {
            for (_, document) in corpus.iter() {
                self.bodies.need(self.body_key(document.source));
            }
            store.save(Space::Bodies, Looked::Whole);
        }
        self.bodies.rest();
    }

    fn key(&self, name: &Basename, source: Fingerprint) -> Fingerprint {
        Parts::default()
            .with(name.as_str())
            .with(source.to_bytes())
            .with(format!("{:?}", self.dialect))
            .finish()
    }

    fn body_key(&self, source: Fingerprint) -> Fingerprint {
        Parts::default()
            .with(source.to_bytes())
            .with(&self.setting)
            .finish()
    }
}
