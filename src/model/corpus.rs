//! All documents of a site, in the order of their names.
//!
//! Not here: which of them are published, and the links between them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{BuildError, nearest};
use crate::name::Basename;
use crate::rule::{Cause, Rule};

use super::document::Document;

/// A document's index in this run's corpus. It is never written out: across runs, the basename is
/// the identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(u32);

impl DocId {
    /// The index in arrays with one entry for each document.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Documents that have, or are about to get, a page.
pub type Published = BTreeSet<DocId>;

#[derive(Debug, Default)]
pub struct Corpus {
    documents: Vec<Document>,
    /// By name: every link asks.
    names: HashMap<String, DocId>,
    /// By former names: the first document that claims each.
    aliases: HashMap<String, DocId>,
}

impl Corpus {
    /// Sorts the documents by name. Of names that are the same on some file system, only the first
    /// stays (the first that has a page, if one has), and the others, which get no page, are reported.
    pub fn new(
        mut documents: Vec<Document>,
        has_page: impl Fn(&Basename) -> bool,
    ) -> (Self, Vec<BuildError>) {
        documents.sort_by(|a, b| a.name.cmp(&b.name));
        let mut chosen: BTreeMap<String, (Basename, bool)> = BTreeMap::new();
        for document in &documents {
            let page = has_page(&document.name);
            let candidate = (document.name.clone(), page);
            let choice = chosen
                .entry(document.name.folded())
                .or_insert_with(|| candidate.clone());
            if page && !choice.1 {
                *choice = candidate;
            }
        }
        let mut problems = Vec::new();
        documents.retain(|document| match chosen.get(&document.name.folded()) {
            Some((other, _)) if *other != document.name => {
                problems.push(clash(&document.name, other));
                false
            }
            _ => true,
        });
        let mut corpus = Self {
            documents,
            ..Self::default()
        };
        for (index, document) in corpus.documents.iter().enumerate() {
            let id = Self::id(index);
            corpus.names.insert(document.name.to_string(), id);
            for name in document.front.old_names() {
                corpus.aliases.entry(name).or_insert(id);
            }
        }
        (corpus, problems)
    }

    /// Forgets what is said under headings and around links: of a large site that is much, and only
    /// pages show it.
    pub fn forget_texts(&mut self) {
        for outline in self.documents.iter_mut().map(|one| &mut one.outline) {
            for heading in &mut outline.headings {
                (heading.html, heading.excerpt) = Default::default();
            }
            for link in &mut outline.links {
                (link.before, link.after) = Default::default();
            }
        }
    }

    pub fn len(&self) -> usize {
        self.documents.len()
    }

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    pub fn find(&self, name: &str) -> Option<DocId> {
        self.names.get(name).copied()
    }

    /// The document that has this name, or had it formerly.
    pub fn find_by_any_name(&self, name: &str) -> Option<DocId> {
        self.find(name).or_else(|| self.aliases.get(name).copied())
    }

    /// What to say of a name that no document has: which one had it, or has nearly the same.
    pub fn no_such(&self, name: &Basename) -> BuildError {
        let problem = BuildError::new(Cause::NoSuchDocument, name.source(), "no such document");
        if let Some(id) = self.aliases.get(name.as_str()) {
            return problem.help(format!("its name is `{}` now", self.get(*id).name));
        }
        match nearest(name.as_str(), self.names.keys().map(String::as_str)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        }
    }

    pub fn get(&self, id: DocId) -> &Document {
        &self.documents[id.index()]
    }

    /// Puts another text of a document in its place. Its former names stay.
    pub fn replace(&mut self, id: DocId, document: Document) {
        self.documents[id.index()] = document;
    }

    /// All documents with their indexes, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (DocId, &Document)> {
        self.documents
            .iter()
            .enumerate()
            .map(|(index, document)| (Self::id(index), document))
    }

    /// A site with more documents than `u32` counts cannot be read into memory.
    fn id(index: usize) -> DocId {
        DocId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

fn clash(name: &Basename, other: &Basename) -> BuildError {
    let message = format!("differs from `{other}` only in case: one file on macOS and Windows");
    BuildError::new(Cause::Found(Rule::NameClash), name.source(), message)
        .help("rename one of them")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::Dialect;
    use crate::model::document;

    fn documents(names: &[&str]) -> Vec<Document> {
        names
            .iter()
            .map(|name| {
                let name = Basename::parse(name).expect("valid");
                document::read(name, b"# T\n", Dialect::Site { math: true }).document
            })
            .collect()
    }

    #[test]
    fn documents_are_found_by_name() {
        let (corpus, problems) = Corpus::new(documents(&["xds__note-b", "gw__note-a"]), |_| false);
        assert_eq!(problems, []);
        let id = corpus.find("xds__note-b").expect("there");
        assert_eq!(corpus.get(id).name.as_str(), "xds__note-b");
        assert_eq!(corpus.find("xds__note-c"), None);
    }

    #[test]
    fn a_document_is_found_by_a_name_that_it_had() {
        let name = Basename::parse("gw__note-new").expect("valid");
        let text = b"---\naliases: [gw__note-old.html]\n---\n# T\n";
        let (corpus, _) = Corpus::new(
            vec![document::read(name, text, Dialect::Site { math: true }).document],
            |_| false,
        );
        let id = corpus.find_by_any_name("gw__note-old").expect("there");
        assert_eq!(corpus.get(id).name.as_str(), "gw__note-new");
        assert_eq!(corpus.find("gw__note-old"), None);
    }

    #[test]
    fn names_that_differ_only_in_case_clash() {
        let names = ["gw__note-A", "gw__note-a"];
        let (corpus, problems) = Corpus::new(documents(&names), |_| false);
        assert_eq!(corpus.len(), 1);
        assert_eq!(problems[0].path, "markdown/gw__note-a.md");
        let (corpus, _) = Corpus::new(documents(&names), |name| name.as_str() == names[1]);
        assert!(corpus.find(names[1]).is_some(), "the published one stays");
    }
}
