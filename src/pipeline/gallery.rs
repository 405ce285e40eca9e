//! Draws what is not drawn yet, and keeps it for the next run in `.docsite/cache/`, by what it was
//! drawn from and what drew it.
//!
//! A cache: without it everything is drawn again, and comes out the same. A drawing that failed is
//! kept like one that succeeded, but for failures that the next try may not meet. Not here: drawing (`draw`, `diagram`).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagram::{self, Cause, Drawing, Failure, Work};
use crate::disk;
use crate::draw;
use crate::fingerprint::{Fingerprint, Parts};
use crate::markdown::outline::{Diagram, LETTER_LANGUAGES};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document;
use crate::model::drawing::DrawingFile;
use crate::model::slot::{Slot, SlotContent, Slots};

use super::site::Site;

/// Under `.docsite/cache/`.
const NAME: &str = "diagrams";

type SharedResult = Result<Arc<Drawing>, Failure>;

/// Pictures of the run before, and those of this one.
#[derive(Debug)]
pub struct Gallery {
    /// Of this program's way to draw.
    version: String,
    known: HashMap<Fingerprint, SharedResult>,
    used: HashSet<Fingerprint>,
    /// Whether any of them was not kept.
    grown: bool,
}

fn is_letters(diagram: &Diagram) -> bool {
    LETTER_LANGUAGES.contains(&diagram.language.as_str())
}

/// What a picture is to be made from.
#[derive(Debug, Clone, Copy)]
enum Wanted<'a> {
    File(&'a DrawingFile),
    Fence(&'a Diagram),
}

impl Gallery {
    /// What the last run kept for this site; nothing where that cannot be read.
    pub fn open(site: &Path) -> Self {
        let stored = disk::read_cache(site, NAME).unwrap_or_default();
        let parts = Parts::default().with(draw::limits());
        let parts = diagram::version().fold(parts, Parts::with);
        Self {
            version: parts.finish().to_string(),
            known: read(&stored).unwrap_or_default(),
            used: HashSet::new(),
            grown: false,
        }
    }

    /// What is in each slot of each document.
    pub fn slots(&mut self, site: &Site, catalogue: &Catalogue) -> Slots {
        let pictures = catalogue.drawings.placed();
        self.draw(site, pictures.map(|(_, _, picture)| Wanted::File(picture)));
        let fences: Vec<(DocId, usize, &Diagram)> = catalogue
            .corpus
            .iter()
            .flat_map(|(id, document)| {
                let diagrams = document.outline.diagrams.iter().enumerate();
                diagrams.map(move |(index, diagram)| (id, index, diagram))
            })
            .collect();
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
        Slots::new(slots)
    }

    fn key(&self, wanted: &Wanted<'_>) -> Fingerprint {
        let parts = Parts::default().with(&self.version);
        let parts = match wanted {
            Wanted::File(picture) => parts.with("picture").with(picture.print.to_string()),
            Wanted::Fence(diagram) => parts.with(&diagram.language).with(&diagram.source),
        };
        parts.finish()
    }

    fn has(&self, wanted: &Wanted<'_>) -> bool {
        matches!(self.known.get(&self.key(wanted)), Some(Ok(_)))
    }

    /// Draws what is not known yet.
    fn draw<'a>(&mut self, site: &Site, wanted: impl Iterator<Item = Wanted<'a>>) {
        let mut keys = Vec::new();
        let mut works = Vec::new();
        for wanted in wanted {
            let key = self.key(&wanted);
            if !self.used.insert(key) || self.known.contains_key(&key) {
                continue;
            }
            match work(site, &wanted) {
                Ok(work) => {
                    keys.push(key);
                    works.push(work);
                }
                Err(failure) => drop(self.known.insert(key, Err(failure))),
            }
        }
        if works.is_empty() {
            return;
        }
        let drawn = Mutex::new(Vec::with_capacity(works.len()));
        draw::all(&works, &|index, outcome| {
            let mut drawn = drawn.lock().unwrap_or_else(PoisonError::into_inner);
            drawn.push((keys[index], outcome.map(Arc::new)));
        });
        let drawn = drawn.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.known.extend(drawn);
        self.grown = true;
    }

    fn outcome(&self, wanted: &Wanted<'_>) -> SharedResult {
        let missing = || Err(Failure::new("was not drawn").because(Cause::Broken));
        self.known
            .get(&self.key(wanted))
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

    /// Keeps what this run used, if any of it is new.
    pub fn store(&self, site: &Path) {
        if !self.grown {
            return;
        }
        let lasts = |outcome: &SharedResult| !matches!(outcome, Err(failure) if failure.passing);
        let entries: BTreeMap<String, Result<&Drawing, &Failure>> = self
            .known
            .iter()
            .filter(|(key, outcome)| self.used.contains(key) && lasts(outcome))
            .map(|(key, outcome)| (key.to_string(), outcome.as_ref().map(Arc::as_ref)))
            .collect();
        if let Ok(bytes) = rmp_serde::to_vec(&entries) {
            let print = Fingerprint::of(&bytes).to_string();
            // Without it, the next run is slower; that is all.
            let _ = disk::write_cache(site, NAME, &[print.as_bytes(), &bytes].concat());
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

/// Says nothing about the picture.
fn unread(why: String) -> Failure {
    Failure {
        passing: true,
        ..Failure::new(why)
    }
}

/// None of a file that is not ours, or not whole.
fn read(stored: &[u8]) -> Option<HashMap<Fingerprint, SharedResult>> {
    let (print, rest) = stored.split_at_checked(Fingerprint::DIGITS)?;
    if print != Fingerprint::of(rest).to_string().as_bytes() {
        return None;
    }
    let entries: BTreeMap<String, Result<Drawing, Failure>> = rmp_serde::from_slice(rest).ok()?;
    let known = entries.into_iter().map(|(key, outcome)| {
        let key = Fingerprint::parse(&key)?;
        Some((key, outcome.map(Arc::new)))
    });
    known.collect()
}
