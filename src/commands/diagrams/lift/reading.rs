//! A page that somebody edited, compared with the page that its document gives: which pictures were
//! drawn into it, where they go, and what else differs.
//!
//! Not here: the files that the pictures become (`picture`), and writing them.

use anyhow::{Context, Result};

use super::picture::{NewSlots, PictureText, Target};
use crate::commands::diagrams::insert::{Fence, Spots, Text};
use crate::commands::diagrams::looked::{Looked, refused};
use crate::diagram::lift::{
    self, Asked, Block, Drawn, Line, Page, Placement, Seat, edits, place, read_page, seats,
};
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::model::corpus::DocId;
use crate::model::document::{self, Document};
use crate::output::mark::Mark;

/// What a lifted page consists of.
pub(super) struct Filled {
    pub(super) pictures: Vec<PictureText>,
    /// The document with fences for them, where it needs any.
    pub(super) document: Option<NewText>,
    /// The other edits of the page, as lines.
    pub(super) edits: Vec<String>,
}

pub(super) struct NewText {
    pub(super) path: String,
    pub(super) old: Vec<u8>,
    pub(super) new: Vec<u8>,
}

/// A page that somebody edited, and the page that its document gives now.
pub(super) struct Reading<'a> {
    looked: &'a Looked,
    id: DocId,
    html: &'a str,
    source: Vec<u8>,
    /// Both were made from the same Markdown.
    is_exact: bool,
    /// docsite made the page originally. Pages of other programs write links differently, so only
    /// their readable text is compared.
    is_own: bool,
    /// The page as docsite would write it now.
    now: String,
    old: Page,
    new: Page,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        looked: &'a Looked,
        id: DocId,
        html: &'a str,
        mark: Option<Mark>,
    ) -> Result<Self> {
        let document = looked.catalogue().corpus.get(id);
        let source = disk::read_named(&looked.site.root.join(document.name.source()))?;
        let now = rendered_now(looked, id, &source)?;
        let new = read_page(&now, false, &|svg, print| is_docsites(svg, print, &[]));
        let known = new
            .figures
            .iter()
            .map(|figure| figure.svg.as_str())
            .filter(|svg| !svg.is_empty());
        let known: Vec<&str> = known.collect();
        let old = read_page(html, false, &|svg, print| is_docsites(svg, print, &known));
        Ok(Self {
            looked,
            id,
            html,
            source,
            is_exact: mark.is_some_and(|mark| mark.source == document.source),
            is_own: mark.is_some(),
            now,
            old,
            new,
        })
    }

    fn document(&self) -> &'a Document {
        self.looked.catalogue().corpus.get(self.id)
    }

    /// What the lifted page consists of; the inner error says why the page is not changed.
    pub(super) fn fill(&self) -> Result<Result<Filled, String>> {
        let (fixed, found) = self.split();
        if let Some(why) = self.unliftable(&found) {
            return Ok(Err(why));
        }
        if found.is_empty() {
            return Ok(Err("has no hand-drawn picture in its text".to_owned()));
        }
        let document = self.document();
        let renderer = self.looked.renderer();
        let draft = renderer.draft(self.id)?;
        let decoded = document::decode(&document.name.source(), &self.source).map_err(refused)?;
        let text = Text {
            renderer: &renderer,
            draft: &draft,
            id: self.id,
            title: document.title_heading,
            bytes: &self.source,
            decoded: &decoded,
        };
        Ok(self.seated(&text, &fixed, &found))
    }

    /// Gives each picture that was found its seat. `fixed` are those that the document contains.
    fn seated(&self, text: &Text<'_>, fixed: &[&Drawn], found: &[Drawn]) -> Result<Filled, String> {
        let slots = self.slots();
        let placements = place(found, &slots);
        let old = Line::new(&self.old, fixed, &|_| false);
        let spots = text
            .spots()
            .ok_or_else(|| "cannot be compared with its document".to_owned())?;
        let asked = found
            .iter()
            .zip(&placements)
            .map(|(drawn, placement)| Asked {
                place: &drawn.place,
                slot: placement.map(|(slot, _)| slots[slot].name),
            });
        let asked: Vec<Asked<'_>> = asked.collect();
        let seats = seats(&old, &spots.line, &asked, &spots.places, self.is_exact);
        let (pictures, fences) = self.pictures(found, &placements, &seats)?;
        let document = self.document_with(text, &spots, &fences)?;
        let filled = asked.iter().zip(&seats);
        let filled = filled.filter(|(_, seat)| **seat == Seat::Slot);
        let mut filled: Vec<&str> = filled.filter_map(|(asked, _)| asked.slot).collect();
        filled.extend(found.iter().filter_map(|drawn| drawn.slot.as_deref()));
        let mut edits = self.edits(found, &seats);
        if self.is_exact {
            edits.extend(self.figures(&filled, &old, &spots));
        }
        Ok(Filled {
            pictures,
            document,
            edits,
        })
    }

    /// The document with these fences; none where there are none.
    fn document_with(
        &self,
        text: &Text<'_>,
        spots: &Spots,
        fences: &[Fence],
    ) -> Result<Option<NewText>, String> {
        if fences.is_empty() {
            return Ok(None);
        }
        let why = "has a picture that no fence in the document can show at its place";
        let new = text.with(spots, fences).ok_or_else(|| why.to_owned())?;
        Ok(Some(NewText {
            path: self.document().name.source(),
            old: self.source.clone(),
            new,
        }))
    }

    /// Each picture with its file, and the fences that the document gets for them, in the order of its
    /// text; or why the page is not changed.
    fn pictures(
        &self,
        found: &[Drawn],
        placements: &[Placement],
        seats: &[Seat],
    ) -> Result<(Vec<PictureText>, Vec<Fence>), String> {
        let document = self.document();
        let mut pictures = Vec::new();
        let mut names = NewSlots::new(self.looked, document);
        let mut fences = Vec::new();
        for ((drawn, placement), seat) in found.iter().zip(placements).zip(seats) {
            let target = match seat {
                Seat::None(why) => return Err(format!("has a picture that {why}")),
                Seat::Slot => Target::Slot(placement),
                Seat::Spot(spot) => {
                    let slot = names.next(drawn.slot.as_deref());
                    fences.push(Fence {
                        spot: *spot,
                        slot: slot.clone(),
                        caption: drawn.caption.clone(),
                    });
                    Target::New(slot)
                }
            };
            pictures.push(PictureText::new(document, drawn, &target)?);
        }
        // Spots are numbered in the order of the text.
        fences.sort_by_key(|fence| fence.spot);
        Ok((pictures, fences))
    }

    /// The pictures of the page that its document contains as raw HTML, and the others.
    fn split(&self) -> (Vec<&Drawn>, Vec<Drawn>) {
        let mut own: Vec<&str> = self.new.pictures.iter().map(|p| p.svg.as_str()).collect();
        let mut fixed = Vec::new();
        let mut found = Vec::new();
        for drawn in &self.old.pictures {
            match own.iter().position(|own| *own == drawn.svg) {
                Some(at) => {
                    own.remove(at);
                    fixed.push(drawn);
                }
                None => found.push(drawn.clone()),
            }
        }
        (fixed, found)
    }

    /// What a reader would miss in the lifted page.
    fn unliftable(&self, found: &[Drawn]) -> Option<String> {
        let mut known = self.new.others.clone();
        for other in &self.old.others {
            match known.iter().position(|known| known == other) {
                Some(at) => drop(known.remove(at)),
                None => return Some("has a picture outside of its text, or an icon".to_owned()),
            }
        }
        let is_styled = |drawn: &&Drawn| lift::is_styled_by(&drawn.svg, &self.old.style);
        if found.iter().any(|drawn| is_styled(&drawn)) {
            return Some(
                "has a picture whose style is in a `<style>` of the page: move it into the picture"
                    .to_owned(),
            );
        }
        let borrows = found.iter().find_map(|drawn| lift::borrowed(&drawn.svg));
        borrows.map(|id| format!("has a picture that uses `#{id}`, which is not in the picture"))
    }

    fn slots(&self) -> Vec<lift::Slot<'a>> {
        let drawings = &self.looked.catalogue().drawings;
        let is_shown = |slot: &str| self.old.figures.iter().any(|figure| figure.names(slot));
        let diagrams = self.document().outline.diagrams.iter().enumerate();
        diagrams
            .map(|(index, diagram)| lift::Slot {
                name: &diagram.slot,
                caption: diagram.caption.as_deref(),
                source: &diagram.source,
                taken: drawings.get(self.id, index).is_some() || is_shown(&diagram.slot),
            })
            .collect()
    }

    /// The other edits of the page.
    fn edits(&self, found: &[Drawn], seats: &[Seat]) -> Vec<String> {
        let marked = |html: &str| read_page(html, self.is_own, &|_, _| false).blocks;
        let mut new = marked(&self.now);
        if !self.is_own {
            // In docsite's pages these are outside of the text that is compared.
            let about = [&self.document().title, &self.document().summary];
            new.extend(about.map(|text| Block {
                text: text.clone(),
                line: 1,
            }));
        }
        let mut lines = edits(&marked(self.html), &new, self.is_exact);
        let beside = found.iter().filter_map(|drawn| drawn.beside.as_deref());
        lines.extend(beside.map(|text| format!("+ {text}")));
        lines.extend(self.captions(found, seats));
        lines
    }

    /// Captions that were written for a slot's picture, and differ from the slot's.
    fn captions(&self, found: &[Drawn], seats: &[Seat]) -> Vec<String> {
        if !self.is_own {
            return Vec::new();
        }
        let diagrams = &self.document().outline.diagrams;
        let caption = |(drawn, seat): (&Drawn, &Seat)| {
            let caption = drawn.caption.as_deref().filter(|_| *seat == Seat::Slot)?;
            let mut known = diagrams.iter().filter_map(|d| d.caption.as_deref());
            let is_known = known.any(|known| lift::is_same_text(known, caption));
            (!is_known).then(|| format!("+ {caption}"))
        };
        found.iter().zip(seats).filter_map(caption).collect()
    }

    /// docsite's figures that were moved, copied, removed, or have other text. `drawn` are slots
    /// with a new picture.
    fn figures(&self, drawn: &[&str], old: &Line, spots: &Spots) -> Vec<String> {
        let line = |sign: char, slot: &str| format!("{sign} the picture of slot {slot}");
        let moved = old.figures_without(&spots.line).into_iter();
        let gone = spots.line.figures_without(old).into_iter();
        let gone = gone.filter(|slot| !drawn.contains(slot));
        let mut lines: Vec<String> = moved.map(|slot| line('+', slot)).collect();
        lines.extend(gone.map(|slot| line('-', slot)));
        for figure in &self.old.figures {
            let mut same = self
                .new
                .figures
                .iter()
                .filter(|new| new.slot == figure.slot);
            let now = same.next().map(Drawn::says);
            let says = figure.says();
            if now.is_some_and(|now| !lift::is_same_text(&now, &says)) {
                lines.extend(says.lines().map(|line| format!("+ {line}")));
            }
        }
        lines
    }
}

/// Whether docsite drew a picture. A figure has a hash of its picture; for figures without one,
/// `known` are the pictures that docsite would draw now.
fn is_docsites(svg: &str, print: Option<&str>, known: &[&str]) -> bool {
    match print {
        Some(print) => print == Fingerprint::of_text(svg),
        None => known.contains(&svg),
    }
}

/// The page as its document gives it now.
fn rendered_now(looked: &Looked, id: DocId, source: &[u8]) -> Result<String> {
    let renderer = looked.renderer();
    let draft = renderer.draft(id)?;
    let body = renderer.body(id, source).map_err(refused)?;
    let page = renderer.page(id, &draft, &body).map_err(refused)?;
    String::from_utf8(page).context("a page that is not UTF-8")
}
