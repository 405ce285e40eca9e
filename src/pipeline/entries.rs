//! What a search finds of a site: its published documents, with the words in their pictures, and
//! its attachments. A document whose page a run does not bring up to date is searched as that page
//! shows it, so that every heading of a result is there.
//!
//! Not here: the index and the ranking (`search`).

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::BuildError;
use crate::disk;
use crate::fingerprint::{Fingerprint, Parts, TOOL};
use crate::hangul::is_syllable;
use crate::markdown::events::{Dialect, Source};
use crate::markdown::page_text::{parts_of, text_of};
use crate::markdown::passages::{Passage, passages};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::{self, Document};
use crate::model::slot::SlotContent;
use crate::model::viewer::{self, ATTACHMENTS};
use crate::output::page_state::{Found, PageState};
use crate::output::search_files::Titled;
use crate::output::search_texts::{From, Searched, lines_of_file};
use crate::place::Locator;
use crate::rule::Cause;
use crate::search::{Entry, Section};

use super::attachments::{self, LONGEST_TEXT};
use super::copies;
use super::resolve::Resolved;
use super::site::Site;

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
    let attachments =
        files
            .filter(|(path, _)| path.starts_with(ATTACHMENTS))
            .map(|(path, size)| Listed {
                path: path.clone(),
                document: None,
                size: *size,
            });
    documents.chain(attachments).collect()
}

/// Attachments of a site that makes no copies of them, of which the names alone are searched since
/// they cannot be read. Elsewhere the copy says it.
pub fn unreadable(site: &Site, resolved: &Resolved) -> Vec<BuildError> {
    if !site.settings.is_flat() {
        return Vec::new();
    }
    let files = resolved.catalogue.files.iter();
    let files = files.filter(|(path, size)| {
        path.starts_with(ATTACHMENTS) && **size <= LONGEST_TEXT && !resolved.unread.covers(path)
    });
    let errors = files.filter_map(|(path, _)| {
        let error = copies::print(&resolved.index, path, &site.root.join(path)).err()?;
        let error = BuildError::new(Cause::Unreadable, error.path, error.message);
        Some(error.help("a search finds its name only"))
    });
    errors.collect()
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

/// What a result shows of one whose text cannot be loaded.
pub fn titled(resolved: &Resolved, listed: &Listed) -> Titled {
    let path = listed.path.clone();
    let Some(id) = listed.document else {
        let title = title_of(&path).to_owned();
        return (path.clone(), viewer::address(&path), title, false);
    };
    let document = resolved.catalogue.corpus.get(id);
    let is_deprecated = document.front.deprecated.is_some();
    (
        path,
        document.name.href(),
        document.title.clone(),
        is_deprecated,
    )
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
    let mut parts = parts.with(format!("{:?}", catalogue.settings.dialect()));
    if shows_page(resolved, id) {
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
    let sections = if shows_page(resolved, id) {
        of_page(site, document)
    } else {
        of_source(resolved, id)
    };
    of(document, sections)
}

/// Whether readers see a page that is not made from the document as it is now: one of others, or one
/// that this run does not bring up to date.
fn shows_page(resolved: &Resolved, id: DocId) -> bool {
    let document = resolved.catalogue.corpus.get(id);
    let request = &resolved.request;
    let is_rendered = resolved.is_rendered(id);
    match resolved.pages.get(&id).map(|found| &found.state) {
        Some(PageState::Generated(mark)) => mark.source != document.source && !is_rendered,
        Some(PageState::HandMade(_)) => !(is_rendered && request.discard.contains(&document.name)),
        Some(PageState::Unknown) => !(is_rendered && request.adopt),
        _ => false,
    }
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
            heading: composed(part.heading),
            id: part.id,
            text: composed(part.text),
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
    let dialect = resolved.catalogue.settings.dialect();
    let passages = of_text(document, &bytes, dialect).unwrap_or_default();
    passages
        .into_iter()
        .map(|(mut section, diagrams)| {
            for diagram in diagrams {
                section.text.push('\n');
                section.text.push_str(&words(resolved, id, diagram));
            }
            section
        })
        .collect()
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
    let sections = passages.into_iter();
    let mut sections: Vec<_> = sections.map(|one| section(document, one)).collect();
    if let (Some(description), Some((first, _))) =
        (&document.front.description, sections.first_mut())
    {
        let mut front = text.lines();
        let line = front.position(|line| line.starts_with("description"));
        begin_with(first, description, line.map_or(1, |at| at + 1));
    }
    Some(sections)
}

/// Puts the description of a document, which a page shows above the text, before its first section's.
fn begin_with(section: &mut Section, description: &str, line: usize) {
    let above = composed(description.to_owned()) + "\n";
    for (at, _) in &mut section.lines {
        *at += above.len();
    }
    section.lines.insert(0, (0, line));
    section.prose += above.len();
    section.text.insert_str(0, &above);
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
    let text = composed(passage.text.trim_end().to_owned());
    let section = Section {
        heading: heading
            .map(|heading| heading.text.clone())
            .unwrap_or_default(),
        id: heading
            .map(|heading| heading.id.clone())
            .unwrap_or_default(),
        prose: text.len(),
        text,
        code: composed(passage.code),
        lines: passage.lines,
        code_lines: passage.code_lines,
    };
    (section, passage.diagrams)
}

/// The text in its composed form, which most texts are in.
fn composed(text: String) -> String {
    // Letters that most texts have; punctuation, arrows and boxes.
    let is_composed = |c: char| {
        is_syllable(c)
            || matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{205f}' | '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}')
    };
    if text.chars().all(is_composed) {
        return text;
    }
    text.nfc().collect()
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
    composed(words)
}

fn of_attachment(site: &Site, path: &str, size: u64) -> Searched {
    let bytes = if size > LONGEST_TEXT {
        None
    } else {
        disk::read(&site.root.join(path)).ok().flatten()
    };
    let text = bytes.and_then(|bytes| attachments::text_of(path, &bytes));
    // One that is not text has a name only.
    let section = text.map(|text| {
        let code = composed(text);
        Section {
            // Like code: it is an example of what documents explain.
            code_lines: lines_of_file(&code),
            code,
            ..Section::default()
        }
    });
    Searched {
        path: path.to_owned(),
        href: viewer::address(path),
        entry: Entry {
            title: title_of(path).to_owned(),
            name: String::new(),
            tags: Vec::new(),
            sections: section.into_iter().collect(),
            deprecated: false,
        },
    }
}

/// The title of an attachment: its path without the folder that all have.
fn title_of(path: &str) -> &str {
    path.strip_prefix(ATTACHMENTS).unwrap_or(path)
}

/// How a document is marked in results.
pub fn labels<'a>(catalogue: &'a Catalogue, listed: &Listed) -> Option<(&'a str, &'a str)> {
    let name = &catalogue.corpus.get(listed.document?).name;
    Some((name.topic(), name.kind()))
}
