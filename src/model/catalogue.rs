//! The published documents as readers see them: grouped by topic, placed on the flow, linked.
//!
//! Not here: HTML and JSON (`output` makes views of it).

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Corpus, DocId, Published};
use super::drawing::Drawings;
use super::flow::Flow;
use super::links::{HandMade, LinkGraph};
use super::picture;
use super::redirect::Redirect;
use super::settings::Settings;

/// The corpus with everything derived from it. Never changed after it is made.
#[derive(Debug)]
pub struct Catalogue {
    pub settings: Settings,
    pub corpus: Corpus,
    pub published: Published,
    /// Documents with a drawn picture: a diagram in the source, or a drawing in the page.
    pub viz: BTreeSet<DocId>,
    pub flow: Flow,
    /// The stage and the position in it, for each document of the flow.
    pub places: BTreeMap<DocId, (usize, usize)>,
    pub links: LinkGraph,
    /// Sizes of the files that a visitor can reach, by path relative to the output: attachments,
    /// assets, pages of other origin.
    pub files: BTreeMap<String, u64>,
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
}

impl Catalogue {
    /// Published documents by topic: the settings' topics first, in their order, then others by
    /// prefix. In a topic: by type, in the order of the settings, then by name. Topics without a
    /// published document are left out.
    pub fn topics(&self) -> Vec<(&str, Vec<DocId>)> {
        let mut groups: BTreeMap<&str, Vec<DocId>> = BTreeMap::new();
        for id in &self.published {
            groups
                .entry(self.corpus.get(*id).name.topic())
                .or_default()
                .push(*id);
        }
        for documents in groups.values_mut() {
            documents.sort_by_key(|id| (self.kind_rank(self.corpus.get(*id).name.kind()), *id));
        }
        let mut topics: Vec<_> = groups.into_iter().collect();
        topics.sort_by_key(|(prefix, _)| (self.topic_rank(prefix), *prefix));
        topics
    }

    /// How many published documents there are of each type, in the order of the settings.
    pub fn kinds(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for id in &self.published {
            *counts.entry(self.corpus.get(*id).name.kind()).or_default() += 1;
        }
        let mut kinds: Vec<_> = counts.into_iter().collect();
        kinds.sort_by_key(|(prefix, _)| (self.kind_rank(prefix), *prefix));
        kinds
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

    fn topic_rank(&self, prefix: &str) -> usize {
        let topics = &self.settings.topics;
        let rank = topics.iter().position(|label| label.prefix == prefix);
        rank.unwrap_or(topics.len())
    }

    fn kind_rank(&self, prefix: &str) -> usize {
        let types = &self.settings.types;
        let rank = types.iter().position(|label| label.prefix == prefix);
        rank.unwrap_or(types.len())
    }
}
