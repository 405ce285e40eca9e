//! Links of documents to documents that get another name: in every form, with the bytes around the
//! name as they are.
//!
//! The changed text is read again: each link must lead where it is meant to, and all others stay.
//! Not here: which documents are renamed (`moved`).

use std::ops::Range;

use anyhow::Result;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::BuildError;
use crate::html;
use crate::markdown::destinations::{self, Destination, Form};
use crate::markdown::outline::{Link, LinkKind};
use crate::markdown::raw;
use crate::model::address::{self, Address};
use crate::model::corpus::DocId;
use crate::model::document;
use crate::model::drawing;
use crate::model::front_matter;
use crate::model::target::{Resolver, wiki_parts};
use crate::name::{self, Basename, href, link_text};
use crate::place::spliced;
use crate::rule::{Cause, Rule};

use super::draft::Draft;
use super::known::Known;

/// Documents with other names.
pub(super) struct Names<'a> {
    pub(super) known: &'a Known,
    /// Each with its new name.
    pub(super) new: &'a dyn Fn(DocId) -> Option<&'a Basename>,
    /// Whether their titles go with the old names: links by a title get the new name.
    pub(super) titles_go: bool,
    /// The old and new names.
    pub(super) pairs: &'a [(Basename, Basename)],
}

/// An ending of a link to a document.
const ENDINGS: [&str; 3] = [".html", ".md", ".json"];

impl Names<'_> {
    /// Rewrites the links of a document.
    ///
    /// # Errors
    ///
    /// If it is not text.
    pub(super) fn rewrite(
        &self,
        draft: &mut Draft<'_>,
        resolver: &Resolver<'_>,
        id: DocId,
    ) -> Result<()> {
        if let Some(problem) = self.known.broken_front(id) {
            draft.refuse(problem);
            return Ok(());
        }
        let path = self.known.source(id);
        let before = draft.text(&path)?;
        let (after, count) = self.rewritten(resolver, id, &before);
        if let Some(problem) = self.wrong(id, &before, &after) {
            draft.refuse(problem);
            return Ok(());
        }
        let why = match count {
            1 => "1 link".to_owned(),
            count => format!("{count} links"),
        };
        draft.write(&path, after, why)
    }

    /// The text with its links to renamed documents, in comments for `check` and in the sources of
    /// diagrams too; and how many places changed.
    pub(super) fn rewritten(
        &self,
        resolver: &Resolver<'_>,
        id: DocId,
        text: &str,
    ) -> (String, usize) {
        let start = front_matter::body_in_file(text);
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for mut found in destinations::find(&text[start..]) {
            found.span = start + found.span.start..start + found.span.end;
            let written = &text[found.span.clone()];
            if self.names_drawing(&found.target) {
                edits.push((found.span.clone(), name::renamed(written, self.pairs)));
                continue;
            }
            let leads = self.known.leads(resolver, id, &found);
            let to = self.known.aim(&leads);
            let Some((to, new)) = to.and_then(|to| Some((to, (self.new)(to)?))) else {
                continue;
            };
            let meant = leads.meant.map(|meant| {
                let old = self.known.name(to);
                meant.written.replacen(old.as_str(), new.as_str(), 1)
            });
            if let Some(new) = self.renamed(written, &found, (to, new)).or(meant) {
                edits.push((found.span, new));
            }
        }
        for span in self.places_of_names(id, text, start) {
            let new = name::renamed(&text[span.clone()], self.pairs);
            if new != text[span.clone()] {
                edits.push((span, new));
            }
        }
        edits.sort_by_key(|(span, _)| span.start);
        edits.dedup_by(|later, before| later.0.start < before.0.end);
        (spliced(text, &edits), edits.len())
    }

    /// Whether an address is that of a drawing, which goes along with its document.
    pub(super) fn names_drawing(&self, target: &str) -> bool {
        let path = address::decoded(target);
        let name = path.split_once(&format!("{}/", drawing::FOLDER));
        let name = name.and_then(|(_, rest)| Some(rest.split_once('/')?.0));
        let mut names = self.pairs.iter();
        !self.titles_go && names.any(|(old, _)| name == Some(old.as_str()))
    }

    /// Where names are not links, but mean documents: diagrams' sources, and comments that silence.
    fn places_of_names(&self, id: DocId, text: &str, start: usize) -> Vec<Range<usize>> {
        let outline = &self.known.catalogue().corpus.get(id).outline;
        let ignores = raw::ignores(&text[start..]).into_iter();
        let ignores = ignores.map(|ignore| start + ignore.span.start..start + ignore.span.end);
        // The outline has the offsets of the text without marks and carriage returns.
        let at = Offsets::of(text);
        let diagrams = outline.diagrams.iter();
        let body = at.body;
        let diagrams = diagrams.map(|diagram| {
            at.written(body + diagram.span.start)..at.written(body + diagram.span.end)
        });
        ignores.chain(diagrams).collect()
    }

    /// A destination with the new name; `None` where it does not write the old one: a former name, or
    /// a title.
    fn renamed(
        &self,
        written: &str,
        found: &Destination,
        (id, new): (DocId, &Basename),
    ) -> Option<String> {
        let document = self.known.catalogue().corpus.get(id);
        if found.form == Form::Wiki {
            let (said, _) = wiki_parts(written);
            let stem = said.strip_suffix(".md").unwrap_or(said);
            let is_name = stem.nfc().eq(document.name.as_str().chars());
            // A title that comes from the name changes with it.
            let is_title = self.titles_go
                || (document.title == document.name.name()
                    && document.title_heading.is_none()
                    && document.front.title.is_none());
            return (is_name || is_title).then(|| written.replacen(stem, new.as_str(), 1));
        }
        let end = written.find(['?', '#']).unwrap_or(written.len());
        let path = &written[..end];
        let starts = path.match_indices(['/', '\\']).map(|(at, _)| at + 1);
        let mut starts: Vec<usize> = starts.chain([0]).collect();
        starts.sort_unstable();
        let is_old = |stem: &str| reads_as(stem, found.form, document.name.as_str());
        for start in starts.into_iter().rev() {
            let last = &path[start..];
            let ending = ENDINGS.into_iter().find(|ending| last.ends_with(ending));
            let stem = last.len() - ending.map_or(0, str::len);
            if is_old(&last[..stem]) {
                let is_encoded = last[..stem].contains('%');
                let new = if is_encoded {
                    href(new.as_str())
                } else {
                    new.to_string()
                };
                let head = &written[..start];
                return Some(format!("{head}{new}{}", &written[start + stem..]));
            }
        }
        Self::rebuilt(found, document.name.as_str(), new)
    }

    /// A destination whose name is written in an unusual way, written anew.
    fn rebuilt(found: &Destination, old: &str, new: &Basename) -> Option<String> {
        let Address::Local(local) = address::read(&found.target) else {
            return None;
        };
        let (folder, last) = local.path.rsplit_once('/').unwrap_or(("", &local.path));
        let ending = ENDINGS.into_iter().find(|ending| last.ends_with(ending))?;
        let stem: String = last.strip_suffix(ending)?.nfc().collect();
        let slash = if folder.is_empty() { "" } else { "/" };
        let path = format!("{}{folder}{slash}{new}{ending}", "../".repeat(local.up));
        (stem == old).then(|| link_text(&path) + &local.suffix)
    }

    /// Why the changed text does not say what it should: a link that changed and should not have, or
    /// the other way round.
    fn wrong(&self, id: DocId, before: &str, after: &str) -> Option<BuildError> {
        let catalogue = self.known.catalogue();
        let old = catalogue.corpus.get(id);
        let dialect = catalogue.settings.dialect();
        let read = document::read(old.name.clone(), after.as_bytes(), dialect);
        let resolved = catalogue.links.links(id);
        let new = &read.document.outline;
        let refused = |link: Option<&Link>| {
            let message = "has a link to a renamed document in a form that docsite cannot rewrite";
            let problem = BuildError::new(
                Cause::Found(Rule::BrokenDocument),
                old.name.source(),
                message,
            )
            .help("change it by hand, and try again");
            match link {
                Some(link) => problem.at(link.place.position),
                None => problem,
            }
        };
        let is_same_shape = new.links.len() == old.outline.links.len()
            && new.headings.len() == old.outline.headings.len()
            && before.lines().count() == after.lines().count();
        if !is_same_shape {
            return Some(refused(None));
        }
        let links = old.outline.links.iter().zip(&new.links).zip(resolved);
        let mut wrong = links.filter(|((link, rewritten), resolved)| {
            let to = self.known.named(&resolved.target, resolved.document);
            let to = to.filter(|to| names(link, self.known.name(*to)));
            match to.and_then(|to| (self.new)(to)) {
                Some(new) => !names(rewritten, new),
                None => {
                    let path = |link: &Link| {
                        let path = link.target.split(['?', '#']).next();
                        path.map(str::to_owned)
                    };
                    path(link) != path(rewritten)
                        && !names_any(rewritten, self.pairs)
                        && !self.names_drawing(&link.target)
                }
            }
        });
        wrong.next().map(|((link, _), _)| refused(Some(link)))
    }
}

fn names_any(link: &Link, pairs: &[(Basename, Basename)]) -> bool {
    pairs.iter().any(|(_, new)| names(link, new))
}

/// Whether a link writes this name.
fn names(link: &Link, name: &Basename) -> bool {
    if matches!(link.kind, LinkKind::Wiki | LinkKind::Embed) {
        let (said, _) = wiki_parts(&link.target);
        let stem = said.strip_suffix(".md").unwrap_or(said);
        return stem.nfc().eq(name.as_str().chars());
    }
    let Address::Local(local) = address::read(&link.target) else {
        return false;
    };
    let last = local.path.rsplit('/').next().unwrap_or_default();
    let stem = ENDINGS.iter().find_map(|ending| last.strip_suffix(ending));
    stem.unwrap_or(last).nfc().eq(name.as_str().chars())
}

/// Whether a part of a destination, as it is written, reads as a name.
fn reads_as(written: &str, form: Form, name: &str) -> bool {
    let plain = match form {
        Form::Markdown => html::decoded(&unescaped(written)).into_owned(),
        Form::Html => html::decoded(written).into_owned(),
        Form::Wiki => written.to_owned(),
    };
    let decoded = percent_decode_str(&plain).decode_utf8_lossy();
    decoded.nfc().eq(name.chars())
}

/// Without the backslashes that Markdown reads as escapes.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_escape = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        if !is_escape {
            out.push(c);
        } else if let Some(next) = chars.next() {
            out.push(next);
        }
    }
    out
}

/// From offsets of a text as it is read to those of its file: without a byte order mark, and with
/// one line end for two bytes.
pub(super) struct Offsets {
    mark: usize,
    /// Where the body begins in the text as it is read.
    pub(super) body: usize,
    /// Where a carriage return was dropped, in the text as it is read.
    dropped: Vec<usize>,
}

impl Offsets {
    pub(super) fn of(text: &str) -> Self {
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let mut dropped = Vec::new();
        for (at, _) in text[mark..].match_indices("\r\n") {
            dropped.push(at - dropped.len());
        }
        let read = text[mark..].replace("\r\n", "\n");
        Self {
            mark,
            body: front_matter::split(&read).body,
            dropped,
        }
    }

    /// The offset in the file.
    pub(super) fn written(&self, read: usize) -> usize {
        let before = self.dropped.partition_point(|at| *at < read);
        self.mark + read + before
    }
}
