//! The published documents as readers see them: grouped by topic, placed on the flow, linked.
//!
//! Not here: HTML and JSON (`output` makes views of it).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::corpus::{Corpus, DocId, Published};
use super::document::Document;
use super::drawing::Drawings;
use super::flow::Flow;
use super::links::{HandMade, LinkGraph, Surroundings};
use super::picture;
use super::redirect::Redirect;
use super::settings::{Label, Settings};

/// The corpus with everything derived from it.
#[derive(Debug)]
pub struct Catalogue {
    pub settings: Settings,
    pub corpus: Corpus,
    pub published: Published,
    pub shelves: Shelves,
    /// Documents with a drawn picture: a diagram in the source, or a drawing in the page.
    pub viz: BTreeSet<DocId>,
    pub flow: Flow,
    /// The stage and the position in it, for each document of the flow.
    pub places: BTreeMap<DocId, (usize, usize)>,
    pub links: LinkGraph,
    /// Sizes of the files that a visitor can reach, by path relative to the output: attachments,
    /// assets, pages of other origin.
    pub files: BTreeMap<String, u64>,
    /// What links may name beside documents: these files, and what each build adds.
    pub paths: BTreeSet<String>,
    /// Former addresses, by their paths.
    pub redirects: Vec<Redirect>,
    /// Files that editors and operating systems left among the site's, by path; never published.
    pub leftovers: Vec<String>,
    /// Pages that a person or another program made, which are kept.
    pub hand_made: BTreeMap<DocId, HandMade>,
    /// Width and height of files that documents show as pictures.
    pub pictures: BTreeMap<String, picture::Size>,
    /// Hand-drawn pictures of diagrams.
    pub drawings: Drawings,
    /// What their history says of documents.
    pub days: BTreeMap<DocId, Days>,
    pub namesakes: Namesakes,
}

/// How lists call the documents that share their title with another: by the name as well.
#[derive(Debug, Default)]
pub struct Namesakes(BTreeMap<DocId, String>);

impl Namesakes {
    pub fn new(corpus: &Corpus, published: &Published) -> Self {
        let mut by_title: HashMap<&str, Vec<DocId>> = HashMap::new();
        for id in published {
            let title = corpus.get(*id).title.as_str();
            by_title.entry(title).or_default().push(*id);
        }
        let shared = by_title.into_values().filter(|ids| ids.len() > 1).flatten();
        let called = shared.map(|id| {
            let document = corpus.get(id);
            (id, format!("{} ({})", document.title, document.name))
        });
        Self(called.collect())
    }
}

/// The days of a document's first and last change, `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    pub first: String,
    pub last: String,
}

impl Catalogue {
    /// Puts another text of a document in place of the one that is there. What other documents say
    /// of it stays as it was.
    pub fn replace(&mut self, id: DocId, document: Document) {
        if document.has_diagram() {
            self.viz.insert(id);
        }
        self.corpus.replace(id, document);
        self.drawings.assign_again(&self.corpus);
        self.namesakes = Namesakes::new(&self.corpus, &self.published);
        let around = Surroundings {
            corpus: &self.corpus,
            published: &self.published,
            files: &self.paths,
            hand_made: &self.hand_made,
            settings: &self.settings,
        };
        self.links.replace(id, around);
    }

    /// Published documents by topic, as `Shelves` sorts them.
    pub fn topics(&self) -> Vec<(&str, Vec<DocId>)> {
        let topics = self.shelves.topics.iter();
        topics
            .map(|(prefix, documents)| (prefix.as_str(), documents.clone()))
            .collect()
    }

    /// How many published documents there are of each type, in the order of the settings.
    pub fn kinds(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for id in &self.published {
            *counts.entry(self.corpus.get(*id).name.kind()).or_default() += 1;
        }
        let mut kinds: Vec<_> = counts.into_iter().collect();
        kinds.sort_by_key(|(prefix, _)| (rank(&self.settings.types, prefix), *prefix));
        kinds
    }

    /// What a filter of documents looks in: what lists say of a document, and where it belongs. The
    /// catalogue's script has the same of its data.
    pub fn said(&self, document: &Document) -> Vec<String> {
        let (settings, name) = (&self.settings, &document.name);
        let labels = [settings.topic(name.topic()), settings.kind(name.kind())];
        let stage = self
            .corpus
            .find(name.as_str())
            .and_then(|id| self.stage(id));
        let own = [&document.title, &document.summary, name.as_str()];
        let tags = document.front.tags.iter().map(|tag| format!("#{tag}"));
        let labels = labels.into_iter().flatten().map(|label| label.name.clone());
        own.map(str::to_owned)
            .into_iter()
            .chain(labels)
            .chain(stage.map(str::to_owned))
            .chain(tags)
            .collect()
    }

    /// The day of a document: as it says, or else of its first change, unless it says that it changed
    /// last before that.
    pub fn date(&self, id: DocId) -> Option<&str> {
        let front = &self.corpus.get(id).front;
        let first = || Some(self.days.get(&id)?.first.as_str());
        let updated = front.updated.as_deref();
        let said = front.date.as_deref();
        said.or_else(|| first().filter(|day| updated.is_none_or(|updated| *day <= updated)))
    }

    /// The day of a document's last change: as it says, or else as its history does, unless it says
    /// that it is of a later day.
    pub fn updated(&self, id: DocId) -> Option<&str> {
        let front = &self.corpus.get(id).front;
        let last = || Some(self.days.get(&id)?.last.as_str());
        let date = front.date.as_deref().unwrap_or_default();
        let said = front.updated.as_deref();
        said.or_else(|| last().filter(|day| *day >= date))
    }

    /// The later of the two: a document that only has a date is as it was then.
    pub fn changed(&self, id: DocId) -> Option<&str> {
        self.updated(id).max(self.date(id))
    }

    /// What a list calls a document.
    pub fn title(&self, id: DocId) -> &str {
        let shared = self.namesakes.0.get(&id);
        shared.unwrap_or(&self.corpus.get(id).title)
    }

    /// Whether lists say of a document that it has a picture: not where all have one.
    pub fn shows_viz(&self, id: DocId) -> bool {
        self.viz.contains(&id) && !self.published.is_subset(&self.viz)
    }

    /// The title of a document's stage on the reading path.
    pub fn stage(&self, id: DocId) -> Option<&str> {
        let (at, _) = self.places.get(&id)?;
        Some(&self.flow.stages[*at].title)
    }

    /// Published documents that no document and no stage links to, in order.
    pub fn orphans(&self) -> Vec<DocId> {
        let published = self.published.iter().copied();
        published.filter(|id| self.is_orphan(*id)).collect()
    }

    /// Whether no document and no stage links to this one.
    pub fn is_orphan(&self, id: DocId) -> bool {
        self.links.in_degree(id) == 0 && !self.places.contains_key(&id)
    }

    /// Published documents that link to no other, in order.
    pub fn dead_ends(&self) -> Vec<DocId> {
        let published = self.published.iter();
        published
            .filter(|id| self.links.out_degree(**id) == 0)
            .copied()
            .collect()
    }

    /// Published documents that are in no stage, in order; empty if there is no flow.
    pub fn outside_flow(&self) -> Vec<DocId> {
        if self.flow.stages.is_empty() {
            return Vec::new();
        }
        self.published
            .iter()
            .filter(|id| !self.places.contains_key(id))
            .copied()
            .collect()
    }
}

/// Published documents by topic: the settings' topics first, in their order, then others by prefix. In
/// a topic: by type, in the order of the settings, then by name. Topics without a published document
/// are left out.
#[derive(Debug, Default)]
pub struct Shelves {
    topics: Vec<(String, Vec<DocId>)>,
    /// The topic and the position in it, of each document.
    places: BTreeMap<DocId, (usize, usize)>,
}

impl Shelves {
    pub fn new(settings: &Settings, corpus: &Corpus, published: &Published) -> Self {
        let mut groups: BTreeMap<&str, Vec<DocId>> = BTreeMap::new();
        for id in published {
            let topic = corpus.get(*id).name.topic();
            groups.entry(topic).or_default().push(*id);
        }
        for documents in groups.values_mut() {
            let kind = |id: &DocId| rank(&settings.types, corpus.get(*id).name.kind());
            documents.sort_by_key(|id| (kind(id), *id));
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(prefix, _)| (rank(&settings.topics, prefix), *prefix));
        let topics = groups.into_iter();
        let topics: Vec<_> = topics
            .map(|(prefix, ids)| (prefix.to_owned(), ids))
            .collect();
        let places = topics.iter().enumerate().flat_map(|(topic, (_, ids))| {
            let ids = ids.iter().enumerate();
            ids.map(move |(at, id)| (*id, (topic, at)))
        });
        Self {
            places: places.collect(),
            topics,
        }
    }

    /// The documents of a document's topic, and its position among them.
    pub fn around(&self, id: DocId) -> Option<(&[DocId], usize)> {
        let (topic, at) = *self.places.get(&id)?;
        Some((&self.topics[topic].1, at))
    }
}

/// The position of a label in the settings; after all of them if they do not list it.
fn rank(labels: &[Label], prefix: &str) -> usize {
    let rank = labels.iter().position(|label| label.prefix == prefix);
    rank.unwrap_or(labels.len())
}
