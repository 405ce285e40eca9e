//! `docsite diagrams lift`: moves the pictures that somebody drew into a page to the slots of the
//! diagrams that they show, and renders the page from its Markdown again, with them.
//!
//! The old page is set aside; a page with edits beside its pictures is not changed. Not here: which
//! picture belongs where, and what was edited (`diagram::lift`).

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

use crate::diagram::lift::{
    self, Asked, Block, Drawn, Line, Page, PlacedBy, Placement, Seat, edits, place, read_page,
    seats,
};
use crate::diagram::svg;
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::markdown::outline::is_slot_name;
use crate::model::corpus::DocId;
use crate::model::document::{self, Document};
use crate::model::drawing::{self, DRAWN_FROM, source_print};
use crate::outcome::diagrams::{LiftOutcome, Lifted, LiftedPicture};
use crate::output::mark::Mark;
use crate::output::page_state::{self, Found, PageState};
use crate::pipeline;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;

use super::insert::{Fence, Spots, Text, diff};
use super::looked::{Looked, refused};
use super::picture_file::{drawn, replace};

#[derive(Debug, Clone)]
pub struct Lift {
    pub basenames: Vec<String>,
    pub dry_run: bool,
    /// Discard text that was written by hand beside the pictures.
    pub discard: bool,
}

/// A page and the changes that lifting its pictures makes.
struct Plan {
    lifted: Lifted,
    /// Pictures, by their paths.
    files: Vec<(String, String)>,
    /// The document with fences for them.
    document: Option<NewText>,
}

struct NewText {
    path: String,
    old: Vec<u8>,
    new: Vec<u8>,
}

/// Moves pictures from pages into slots.
///
/// # Errors
///
/// If the site cannot be read, a name is not a document's, or something cannot be written. Files
/// written before the error stay; a page is replaced only after all its pictures are stored.
pub fn lift(folder: Option<&Path>, asked: &Lift) -> Result<LiftOutcome> {
    let site = Site::open(folder)?;
    let lock = (!asked.dry_run)
        .then(|| disk::lock(&site.root))
        .transpose()?;
    let looked = Looked::site(site)?;
    let ids = asked
        .basenames
        .iter()
        .map(|typed| Ok(looked.document(typed)?.0))
        .collect::<Result<BTreeSet<DocId>>>()?;
    let plans = ids
        .into_iter()
        .map(|id| plan(&looked, id, asked.discard))
        .collect::<Result<Vec<Plan>>>()?;
    let mut build = None;
    if let Some(lock) = &lock {
        for plan in &plans {
            store(&looked.site, plan)?;
        }
        let ready = plans.iter().filter(|plan| plan.lifted.is_ready());
        let names: Vec<_> = ready.map(|plan| plan.lifted.name.clone()).collect();
        if !names.is_empty() {
            let request = Request {
                discard: names.clone(),
                ..Request::new(Scope::Pages(names))
            };
            build = Some(pipeline::build_locked(lock, &looked.site, request)?.into());
        }
    }
    Ok(LiftOutcome {
        pages: plans.into_iter().map(|plan| plan.lifted).collect(),
        build,
    })
}

/// Stores a page's pictures, then the document with fences for them: without the pictures, the
/// slots would be empty.
fn store(site: &Site, plan: &Plan) -> Result<()> {
    for (path, text) in &plan.files {
        replace(site, path, text.as_bytes(), None)?;
    }
    if let Some(text) = &plan.document {
        let expected = Fingerprint::of(&text.old);
        replace(site, &text.path, &text.new, Some(expected))?;
    }
    Ok(())
}

fn plan(looked: &Looked, id: DocId, discard: bool) -> Result<Plan> {
    let document = looked.catalogue().corpus.get(id);
    let mut plan = Plan {
        lifted: Lifted {
            name: document.name.clone(),
            pictures: Vec::new(),
            edits: Vec::new(),
            discarded: discard,
            diff: Vec::new(),
            refused: None,
        },
        files: Vec::new(),
        document: None,
    };
    let page = document.name.page();
    let found = page_state::look(&looked.site.output(), &page);
    let shown = looked.site.shown(&page);
    if document.front.draft {
        let why = format!(
            "{} is a draft, and a draft has no page",
            document.name.source()
        );
        plan.lifted.refused = Some(why);
    } else if let Some(why) = why_not(&found, &shown) {
        plan.lifted.refused = Some(why);
    } else {
        let old = read(looked, &page)?;
        let reading = Reading::new(looked, id, &old, found.mark())?;
        if let Err(why) = reading.fill(&mut plan)? {
            plan.lifted.refused = Some(format!("{shown} {why}"));
        }
    }
    if !plan.lifted.is_ready() {
        plan.files.clear();
        plan.document = None;
    }
    Ok(plan)
}

/// A page that somebody edited, and the page that its document gives now.
struct Reading<'a> {
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
    fn new(looked: &'a Looked, id: DocId, html: &'a str, mark: Option<Mark>) -> Result<Self> {
        let document = looked.catalogue().corpus.get(id);
        let source = disk::read_named(&looked.site.root.join(document.name.source()))?;
        let now = rendered_now(looked, id, &source)?;
        let new = read_page(&now, false, &|svg, print| is_docsites(svg, print, &[]));
        let known = new
            .figures
            .iter()
            .filter_map(|figure| figure.svg.as_deref());
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

    /// Plans the lifted page; the inner error says why the page is not changed.
    fn fill(&self, plan: &mut Plan) -> Result<Result<(), String>> {
        let (fixed, found) = self.split();
        if let Some(why) = self.unliftable(&found) {
            return Ok(Err(why));
        }
        if found.is_empty() {
            return Ok(Err("has no hand-drawn picture in its text".to_owned()));
        }
        let slots = self.slots();
        let placements = place(&found, &slots);
        let old = Line::new(&self.old, &fixed, &|_| false);
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
        let Some(spots) = text.spots() else {
            return Ok(Err("cannot be compared with its document".to_owned()));
        };
        let asked = found
            .iter()
            .zip(&placements)
            .map(|(drawn, placement)| Asked {
                place: &drawn.place,
                slot: placement.slot.and_then(|slot| Some(slots.get(slot)?.name)),
            });
        let asked: Vec<Asked<'_>> = asked.collect();
        let seats = seats(&old, &spots.line, &asked, &spots.places, self.is_exact);
        let fences = match self.fill_pictures(plan, &found, &placements, &seats) {
            Ok(fences) => fences,
            Err(why) => return Ok(Err(why)),
        };
        if !fences.is_empty() {
            let Some(new) = text.with(&spots, &fences) else {
                return Ok(Err(
                    "has a picture that no fence in the document can show at its place".to_owned(),
                ));
            };
            let path = document.name.source();
            plan.lifted.diff = diff(&path, &self.source, &new);
            plan.document = Some(NewText {
                path,
                old: self.source.clone(),
                new,
            });
        }
        let filled = asked.iter().zip(&seats);
        let filled = filled.filter(|(_, seat)| **seat == Seat::Slot);
        let mut filled: Vec<&str> = filled.filter_map(|(asked, _)| asked.slot).collect();
        filled.extend(found.iter().filter_map(|drawn| drawn.slot.as_deref()));
        plan.lifted.edits = self.edits(&found, &seats);
        if self.is_exact {
            let figures = self.figures(&filled, &old, &spots);
            plan.lifted.edits.extend(figures);
        }
        Ok(Ok(()))
    }

    /// Plans the file of each picture. The fences that the document gets for them, in the order of its
    /// text; or why the page is not changed.
    fn fill_pictures(
        &self,
        plan: &mut Plan,
        found: &[Drawn],
        placements: &[Placement],
        seats: &[Seat],
    ) -> Result<Vec<Fence>, String> {
        let document = self.document();
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
            let (lifted, file) = picture(document, drawn, &target)?;
            plan.lifted.pictures.push(lifted);
            plan.files.push(file);
        }
        // Spots are numbered in the order of the text.
        fences.sort_by_key(|fence| fence.spot);
        Ok(fences)
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
        let is_shown = |slot: &str| self.old.figures.iter().any(|figure| figure.slot == slot);
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
                line: None,
            }));
        }
        let mut lines = lift::shown(&edits(&marked(self.html), &new, self.is_exact));
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
            let now = same.next().map(|new| new.says.as_str());
            if now.is_some_and(|now| !lift::is_same_text(now, &figure.says)) {
                lines.extend(figure.says.lines().map(|line| format!("+ {line}")));
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

/// Why there is nothing to lift from a page.
fn why_not(found: &Found, shown: &str) -> Option<String> {
    match &found.state {
        PageState::HandMade(_) => None,
        PageState::Absent => Some(format!(
            "{shown} does not exist: the document is not published"
        )),
        PageState::Generated(_) => Some(format!("{shown} is unchanged since docsite wrote it")),
        PageState::Unknown => Some(format!("{shown} has no picture in it")),
        PageState::Damaged => Some(format!("{shown} is empty")),
        PageState::Doubtful(why) => Some(format!("{shown} {why}")),
    }
}

fn read(looked: &Looked, page: &str) -> Result<String> {
    let bytes = disk::read_named(&looked.site.output_file(page))?;
    document::decode(page, &bytes).map_err(refused)
}

/// The page as its document gives it now.
fn rendered_now(looked: &Looked, id: DocId, source: &[u8]) -> Result<String> {
    let renderer = looked.renderer();
    let draft = renderer.draft(id)?;
    let body = renderer.body(id, source).map_err(refused)?;
    let page = renderer.page(id, &draft, &body).map_err(refused)?;
    String::from_utf8(page).context("a page that is not UTF-8")
}

enum Target<'a> {
    /// One that the document has.
    Slot(&'a Placement),
    /// A slot to be added to the document.
    New(String),
}

/// A picture's file, or why a reader would see something else than before.
fn picture(
    document: &Document,
    found: &Drawn,
    target: &Target<'_>,
) -> Result<(LiftedPicture, (String, String)), String> {
    let cannot = |why: String| format!("has a picture that cannot be shown from a file: {why}");
    // In another process first, as with any picture from outside.
    drawn(found.svg.clone()).map_err(|failure| cannot(failure.message))?;
    let picture = svg::read(&found.svg).map_err(|why| cannot(why.to_string()))?;
    let lost = picture.removed().iter().find(|what| is_seen(what));
    if let Some(lost) = lost {
        return Err(cannot(format!("{lost} would be removed")));
    }
    let diagram = match target {
        Target::Slot(placement) => placement
            .slot
            .and_then(|index| document.outline.diagrams.get(index)),
        Target::New(_) => None,
    };
    let slot = match (target, diagram) {
        (Target::New(slot), _) => slot,
        (Target::Slot(_), Some(diagram)) => &diagram.slot,
        (Target::Slot(_), None) => return Err(cannot("its slot is not there".to_owned())),
    };
    let print = match (&found.source, diagram) {
        (Some(kept), Some(_)) => Fingerprint::of(kept.trim_end().as_bytes()),
        (None, Some(diagram)) => source_print(diagram),
        (_, None) => Fingerprint::of(b""),
    };
    let text = picture.to_file(&[(DRAWN_FROM, &print.to_string())]);
    let file = drawing::path(document.name.as_str(), slot);
    let lifted = LiftedPicture {
        file: file.clone(),
        slot: slot.clone(),
        placed_by: match target {
            Target::Slot(placement) => placement.placed_by.map_or("", words),
            Target::New(_) => "new: a fence is inserted where the picture is",
        },
        removed: picture.removed().to_vec(),
    };
    Ok((lifted, (file, text)))
}

/// Whether what is removed from a picture was visible.
fn is_seen(removed: &str) -> bool {
    ["<foreignObject>", "<image>", "<use>"]
        .iter()
        .any(|element| removed.contains(element))
}

fn words(placed_by: PlacedBy) -> &'static str {
    match placed_by {
        PlacedBy::Named => "the page names the slot",
        PlacedBy::Source => "it is beside the same source",
        PlacedBy::Caption => "the same caption",
        PlacedBy::Words => "words in common",
        PlacedBy::Order => "by order",
    }
}

/// Chooses the names of new slots.
struct NewSlots<'a> {
    looked: &'a Looked,
    document: &'a Document,
    given: Vec<String>,
}

impl<'a> NewSlots<'a> {
    fn new(looked: &'a Looked, document: &'a Document) -> Self {
        Self {
            looked,
            document,
            given: Vec::new(),
        }
    }

    /// The wanted name, if it is free, or else the next number.
    fn next(&mut self, wanted: Option<&str>) -> String {
        let wanted = wanted.filter(|slot| is_slot_name(slot) && self.is_free(slot));
        let mut numbered = (1..).map(|number| format!("picture-{number}"));
        let slot = match wanted {
            Some(slot) => Some(slot.to_owned()),
            None => numbered.find(|slot| self.is_free(slot)),
        };
        let slot = slot.unwrap_or_default();
        self.given.push(slot.clone());
        slot
    }

    fn is_free(&self, slot: &str) -> bool {
        let path = drawing::path(self.document.name.as_str(), slot);
        let target = self.looked.site.root.join(&path);
        let mut slots = self.document.outline.diagrams.iter().map(|d| &d.slot);
        let is_taken = slots.any(|other| other.eq_ignore_ascii_case(slot))
            || self.given.iter().any(|other| other == slot);
        !is_taken && disk::kind(&target).is_ok_and(|kind| kind == disk::Kind::Absent)
    }
}
