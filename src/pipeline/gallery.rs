//! Draws the diagrams that are not drawn yet, and stores the pictures for the next run under a hash
//! of what they were drawn from.
//!
//! A failure is stored like a picture, unless another attempt may succeed. Not here: drawing
//! (`draw`, `diagram`), and where pictures are stored (`store`).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagram::{Cause, Drawing, Failure, Work};
use crate::disk;
use crate::draw;
use crate::fingerprint::{Fingerprint, Parts};
use crate::markdown::diagram_words::LETTER_LANGUAGES;
use crate::markdown::outline::Diagram;
use crate::memo::Memo;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document;
use crate::model::drawing::DrawingFile;
use crate::model::slot::{Slot, SlotContent, Slots};
use crate::progress::Stage;
use crate::store::{Space, Store};

use super::site::Site;

type SharedResult = Result<Arc<Drawing>, Failure>;

/// Pictures of earlier runs and of this one.
#[derive(Debug)]
pub struct Gallery {
    memo: Arc<Memo>,
    /// The results that this run needed.
    known: HashMap<Fingerprint, SharedResult>,
}

fn is_letters(diagram: &Diagram) -> bool {
    LETTER_LANGUAGES.contains(&diagram.language.as_str())
}

/// What a picture is made from.
#[derive(Debug, Clone, Copy)]
enum Wanted<'a> {
    File(&'a DrawingFile),
    Fence(&'a Diagram),
}

impl Wanted<'_> {
    fn key(&self) -> Fingerprint {
        match self {
            Self::File(picture) => Parts::default()
                .with("picture")
                .with(picture.print.to_string())
                .finish(),
            Self::Fence(diagram) => Parts::default()
                .with("fence")
                .with(&diagram.language)
                .with(&diagram.source)
                .finish(),
        }
    }
}

impl Gallery {
    pub fn of(store: &Store) -> Self {
        Self {
            memo: Arc::clone(store.space(Space::Diagrams)),
            known: HashMap::new(),
        }
    }

    /// The content of each slot of these documents.
    pub fn slots(
        &mut self,
        site: &Site,
        catalogue: &Catalogue,
        ids: impl Iterator<Item = DocId>,
    ) -> BTreeMap<DocId, Vec<Slot>> {
        let fences: Vec<(DocId, usize, &Diagram)> = ids
            .flat_map(|id| {
                let diagrams = catalogue.corpus.get(id).outline.diagrams.iter();
                let diagrams = diagrams.enumerate();
                diagrams.map(move |(index, diagram)| (id, index, diagram))
            })
            .collect();
        let pictures = fences.iter();
        let pictures = pictures.filter_map(|(id, index, _)| catalogue.drawings.get(*id, *index));
        self.draw(site, pictures.map(Wanted::File));
        let left = fences.iter().filter(|(id, index, diagram)| {
            let picture = catalogue.drawings.get(*id, *index);
            let is_shown = picture.is_some_and(|picture| self.has(&Wanted::File(picture)));
            !is_shown && !is_letters(diagram)
        });
        let left: Vec<Wanted<'_>> = left.map(|(_, _, diagram)| Wanted::Fence(diagram)).collect();
        self.draw(site, left.into_iter());
        let mut slots: BTreeMap<DocId, Vec<Slot>> = BTreeMap::new();
        for (id, index, diagram) in fences {
            let picture = catalogue.drawings.get(id, index);
            slots
                .entry(id)
                .or_default()
                .push(self.slot(diagram, picture));
        }
        slots
    }

    /// Takes from a document's slots how its diagrams and pictures are drawn.
    pub fn learn(&mut self, catalogue: &Catalogue, slots: &Slots, id: DocId) {
        let diagrams = &catalogue.corpus.get(id).outline.diagrams;
        for (index, (slot, diagram)) in slots.of(id).iter().zip(diagrams).enumerate() {
            let (wanted, outcome) = match &slot.content {
                SlotContent::Built(drawing) => (Wanted::Fence(diagram), Ok(drawing.clone())),
                SlotContent::Undrawn(failure) => (Wanted::Fence(diagram), Err(failure.clone())),
                SlotContent::ByHand { drawing, .. } => match catalogue.drawings.get(id, index) {
                    Some(picture) => (Wanted::File(picture), Ok(drawing.clone())),
                    None => continue,
                },
                SlotContent::Letters => continue,
            };
            self.known.insert(wanted.key(), outcome);
        }
    }

    fn has(&self, wanted: &Wanted<'_>) -> bool {
        matches!(self.known.get(&wanted.key()), Some(Ok(_)))
    }

    /// Draws what is not stored yet.
    fn draw<'a>(&mut self, site: &Site, wanted: impl Iterator<Item = Wanted<'a>>) {
        let mut works = BTreeMap::new();
        for wanted in wanted {
            let key = wanted.key();
            if works.contains_key(&key) || self.is_known(key) {
                continue;
            }
            match work(site, &wanted) {
                Ok(work) => drop(works.insert(key, work)),
                Err(failure) => self.keep(key, Err(failure)),
            }
        }
        let (keys, works): (Vec<_>, Vec<_>) = works.into_iter().unzip();
        if works.is_empty() {
            return;
        }
        let drawing = site.progress.begin(Stage::Draw, works.len());
        let drawn = Mutex::new(Vec::with_capacity(works.len()));
        draw::all(&works, &|index, outcome| {
            let mut drawn = drawn.lock().unwrap_or_else(PoisonError::into_inner);
            drawn.push((keys[index], outcome));
            drawing.item();
        });
        for (key, outcome) in drawn.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.keep(key, outcome);
        }
    }

    /// Whether this run or an earlier one drew it.
    fn is_known(&mut self, key: Fingerprint) -> bool {
        if self.known.contains_key(&key) {
            return true;
        }
        let stored = self.memo.get(key);
        let stored = stored.and_then(|bytes| rmp_serde::from_slice(&bytes).ok());
        let Some(outcome): Option<Result<Drawing, Failure>> = stored else {
            return false;
        };
        self.known.insert(key, outcome.map(Arc::new));
        true
    }

    fn keep(&mut self, key: Fingerprint, outcome: Result<Drawing, Failure>) {
        let lasts = !matches!(&outcome, Err(failure) if failure.passing);
        if lasts && let Ok(bytes) = rmp_serde::to_vec(&outcome) {
            self.memo.put(key, bytes);
        }
        self.known.insert(key, outcome.map(Arc::new));
    }

    fn outcome(&self, wanted: &Wanted<'_>) -> SharedResult {
        let missing = || Err(Failure::new("was not drawn").because(Cause::Broken));
        self.known
            .get(&wanted.key())
            .cloned()
            .unwrap_or_else(missing)
    }

    fn slot(&self, diagram: &Diagram, picture: Option<&DrawingFile>) -> Slot {
        let by_hand = picture.map(|picture| (picture, self.outcome(&Wanted::File(picture))));
        if let Some((picture, Ok(drawing))) = by_hand {
            let content = SlotContent::ByHand {
                drawing,
                outdated: picture.is_outdated(diagram),
            };
            return Slot {
                content,
                unusable: None,
            };
        }
        let content = if is_letters(diagram) {
            SlotContent::Letters
        } else {
            match self.outcome(&Wanted::Fence(diagram)) {
                Ok(drawing) => SlotContent::Built(drawing),
                Err(failure) => SlotContent::Undrawn(failure),
            }
        };
        Slot {
            content,
            unusable: by_hand.and_then(|(_, outcome)| outcome.err()),
        }
    }
}

fn work(site: &Site, wanted: &Wanted<'_>) -> Result<Work, Failure> {
    match wanted {
        Wanted::Fence(diagram) => Ok(Work::Fence {
            language: diagram.language.clone(),
            source: diagram.source.clone(),
        }),
        Wanted::File(picture) => match disk::read(&site.root.join(&picture.path)) {
            Ok(Some(bytes)) => document::decode(&picture.path, &bytes)
                .map(Work::Picture)
                .map_err(|problem| Failure::new(problem.message)),
            Ok(None) => Err(unread("vanished while it was read".to_owned())),
            Err(error) => Err(unread(error.root_cause().to_string())),
        },
    }
}

/// A failure to read a picture's file.
fn unread(why: String) -> Failure {
    Failure {
        passing: true,
        ..Failure::new(why)
    }
}
