//! What a search finds of a site: its published documents, with the words in their pictures, and
//! its attachments.
//!
//! Not here: the index and the ranking (`search`).

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::disk;
use crate::fingerprint::{Fingerprint, Parts, TOOL};
use crate::markdown::events::{Dialect, Source};
use crate::markdown::page_text::{parts_of, text_of};
use crate::markdown::passages::{Passage, passages};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::{self, Document};
use crate::model::slot::SlotContent;
use crate::name;
use crate::output::page_state::{Found, PageState};
use crate::output::search_files::{From, Searched};
use crate::place::Locator;
use crate::search::{Entry, Section};

use super::copies;
use super::resolve::Resolved;
use super::site::Site;

/// Longer files are found by their names only, in bytes.
const LONGEST_TEXT: u64 = 256 * 1024;

/// Something that a search may find.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The path of its source relative to the site.
    pub path: String,
    /// The document; none for a file.
    pub document: Option<DocId>,
    /// In bytes, of a file.
    size: u64,
}

/// Everything that a search of a site finds: documents by name, then attachments by path.
pub fn listed(resolved: &Resolved) -> Vec<Listed> {
    let catalogue = &resolved.catalogue;
    let documents = catalogue.published.iter().map(|id| Listed {
        path: catalogue.corpus.get(*id).name.source(),
        document: Some(*id),
        size: 0,
    });
    let files = catalogue.files.iter();
    let attachments = files
        .filter(|(path, _)| path.starts_with("attachment/"))
        .map(|(path, size)| Listed {
            path: path.clone(),
            document: None,
            size: *size,
        });
    documents.chain(attachments).collect()
}

/// What is searched of each.
pub fn entries(site: &Site, resolved: &Resolved) -> Vec<(Listed, Searched)> {
    let listed = listed(resolved).into_par_iter();
    listed
        .map(|one| {
            let searched = searched(site, resolved, &one);
            (one, searched)
        })
        .collect()
}

/// What is searched of one.
pub fn searched(site: &Site, resolved: &Resolved, listed: &Listed) -> Searched {
    match listed.document {
        Some(id) => of_document(site, resolved, id),
        None => of_attachment(site, &listed.path, listed.size),
    }
}

/// What the text of one is made from. Of a file that cannot be read, its name.
pub fn from(site: &Site, resolved: &Resolved, listed: &Listed) -> From {
    let parts = Parts::default().with(TOOL).with(&listed.path);
    let Some(id) = listed.document else {
        let print = if listed.size > LONGEST_TEXT {
            None
        } else {
            let file = site.root.join(&listed.path);
            copies::print(&resolved.index, &listed.path, &file).ok()
        };
        let none = || Fingerprint::of(b"");
        return From {
            source: print.map_or_else(none, |(print, _)| print),
            key: parts.finish(),
        };
    };
    let catalogue = &resolved.catalogue;
    let mut parts = parts.with(format!("{:?}", catalogue.settings.wikilinks));
    if is_of_others(resolved, id) {
        let print = resolved.pages.get(&id).and_then(Found::print);
        parts.push(format!("{print:?}"));
    }
    for slot in resolved.slots.of(id) {
        match &slot.content {
            // A picture that the build draws follows from the document.
            SlotContent::Built(_) => parts.push("built"),
            SlotContent::ByHand { drawing, .. } => parts.push(drawing.placed("", "")),
            SlotContent::Letters | SlotContent::Undrawn(_) => parts.push("source"),
        }
    }
    From {
        source: catalogue.corpus.get(id).source,
        key: parts.finish(),
    }
}

fn of_document(site: &Site, resolved: &Resolved, id: DocId) -> Searched {
    let document = resolved.catalogue.corpus.get(id);
    let sections = if is_of_others(resolved, id) {
        of_page(site, document)
    } else {
        of_source(resolved, id)
    };
    of(document, sections)
}

/// Whether readers see a page that docsite did not make, and keeps.
fn is_of_others(resolved: &Resolved, id: DocId) -> bool {
    let is_unknown = || {
        let found = resolved.pages.get(&id);
        found.is_some_and(|found| found.state == PageState::Unknown) && !resolved.request.adopt
    };
    resolved.catalogue.hand_made.contains_key(&id) || is_unknown()
}

/// What is searched of a document with these sections.
fn of(document: &Document, sections: Vec<Section>) -> Searched {
    Searched {
        path: document.name.source(),
        href: document.name.href(),
        entry: Entry {
            title: document.title.clone(),
            name: document.name.name().to_owned(),
            tags: document.front.tags.clone(),
            sections,
            deprecated: document.front.deprecated.is_some(),
        },
    }
}

/// The words of a page that a person made, which readers see instead of the document.
fn of_page(site: &Site, document: &Document) -> Vec<Section> {
    let bytes = disk::read(&site.output_file(&document.name.page()));
    let html = bytes.ok().flatten().unwrap_or_default();
    let parts = parts_of(&String::from_utf8_lossy(&html)).into_iter();
    parts
        .map(|part| Section {
            heading: part.heading.nfc().collect(),
            id: part.id,
            text: part.text.nfc().collect(),
            ..Section::default()
        })
        .collect()
}

fn of_source(resolved: &Resolved, id: DocId) -> Vec<Section> {
    let document = resolved.catalogue.corpus.get(id);
    let bytes = resolved
        .documents
        .get(&id)
        .and_then(|file| disk::read(file).ok()?);
    let bytes = bytes.unwrap_or_default();
    let dialect = resolved.catalogue.settings.wikilinks.dialect();
    let passages = of_text(document, &bytes, dialect).unwrap_or_default();
    let mut sections: Vec<Section> = passages
        .into_iter()
        .map(|(mut section, diagrams)| {
            for diagram in diagrams {
                section.text.push('\n');
                section.text.push_str(&words(resolved, id, diagram));
            }
            section
        })
        .collect();
    // A description is shown above the text.
    if let (Some(description), Some(first)) = (&document.front.description, sections.first_mut()) {
        first.text.push('\n');
        first.text.push_str(description);
    }
    sections
}

/// The prose and code of a document, with the diagrams of each section; none if it is no text.
fn of_text(
    document: &Document,
    bytes: &[u8],
    dialect: Dialect,
) -> Option<Vec<(Section, Vec<usize>)>> {
    let text = document::decode(&document.name.source(), bytes).ok()?;
    let body = document::body(&text);
    let places = Locator::new(&text, text.len() - body.len());
    let passages = passages(&Source::of(body, dialect), &places, document.title_heading);
    Some(
        passages
            .into_iter()
            .map(|passage| section(document, passage))
            .collect(),
    )
}

/// What is searched of a document of which only the text changed, by what was before.
pub fn revised(
    document: &Document,
    bytes: &[u8],
    dialect: Dialect,
    before: &Searched,
) -> Option<Searched> {
    let sections = of_text(document, bytes, dialect)?;
    let old = &before.entry.sections;
    if sections.len() != old.len() {
        return None;
    }
    let sections = sections.into_iter().zip(old).map(|((section, _), old)| {
        let text = section.text + old.text.get(old.prose..)?;
        Some(Section { text, ..section })
    });
    let sections: Vec<Section> = sections.collect::<Option<_>>()?;
    Some(of(document, sections))
}

fn section(document: &Document, passage: Passage) -> (Section, Vec<usize>) {
    let heading = passage
        .heading
        .and_then(|at| document.outline.headings.get(at));
    let text: String = passage.text.trim_end().nfc().collect();
    let section = Section {
        heading: heading
            .map(|heading| heading.text.clone())
            .unwrap_or_default(),
        id: heading
            .map(|heading| heading.id.clone())
            .unwrap_or_default(),
        prose: text.len(),
        text,
        code: passage.code.nfc().collect(),
        lines: passage.lines,
        code_lines: passage.code_lines,
    };
    (section, passage.diagrams)
}

/// The words of a diagram: of its picture, or of its source where that is shown.
fn words(resolved: &Resolved, id: DocId, diagram: usize) -> String {
    let slot = resolved.slots.of(id).get(diagram);
    let words = match slot.map(|slot| &slot.content) {
        Some(SlotContent::Built(drawing) | SlotContent::ByHand { drawing, .. }) => {
            text_of(&drawing.placed("", ""))
        }
        _ => {
            let document = resolved.catalogue.corpus.get(id);
            let diagram = document.outline.diagrams.get(diagram);
            diagram
                .map(|diagram| diagram.source.clone())
                .unwrap_or_default()
        }
    };
    words.nfc().collect()
}

fn of_attachment(site: &Site, path: &str, size: u64) -> Searched {
    let bytes = if size > LONGEST_TEXT {
        None
    } else {
        disk::read(&site.root.join(path)).ok().flatten()
    };
    // One that is no text has a name.
    let text = bytes.and_then(|bytes| document::decode(path, &bytes).ok());
    let text: String = text.unwrap_or_default().nfc().collect();
    let starts = text.match_indices('\n').map(|(at, _)| at + 1);
    let lines = std::iter::once(0).chain(starts).zip(1..).collect();
    let title = path.strip_prefix("attachment/").unwrap_or(path);
    Searched {
        path: path.to_owned(),
        href: name::href(path),
        entry: Entry {
            title: title.to_owned(),
            name: String::new(),
            tags: Vec::new(),
            sections: vec![Section {
                // Like code: it is an example of what documents explain.
                code: text,
                code_lines: lines,
                ..Section::default()
            }],
            deprecated: false,
        },
    }
}

/// How a document is marked in results.
pub fn labels<'a>(catalogue: &'a Catalogue, listed: &Listed) -> Option<(&'a str, &'a str)> {
    let name = &catalogue.corpus.get(listed.document?).name;
    Some((name.topic(), name.kind()))
}
