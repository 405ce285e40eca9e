//! Links to documents that go become text: their words, as they are written.
//!
//! Not here: links that lead elsewhere, and files that go (`removed`).

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;

use crate::markdown::destinations;
use crate::markdown::events::Source;
use crate::markdown::outline::{Link, LinkKind};
use crate::model::corpus::DocId;
use crate::model::front_matter::{self, Change};
use crate::place::spliced;

use super::draft::Draft;
use super::front;
use super::headings;
use super::known::Inbound;
use super::links::Offsets;
use super::removed::Removing;
use super::settings::{self, Fate};

impl Removing<'_> {
    /// Links become their words; what else names a document that goes, goes.
    pub(super) fn unlink(&self, draft: &mut Draft<'_>) -> Result<()> {
        let mut by_document: BTreeMap<DocId, Vec<Inbound<'_>>> = BTreeMap::new();
        for inbound in self.known.inbound(&self.ids) {
            by_document.entry(inbound.from).or_default().push(inbound);
        }
        for (from, links) in by_document {
            self.made_text(draft, from, &links)?;
        }
        self.cut_definitions(draft)?;
        for id in self.linking() {
            let text = draft.text(&self.known.source(id))?;
            headings::follow(draft, self.known, id, &text)?;
        }
        for (id, _) in self.succeeded() {
            let change = [Change::Successor(None)];
            front::edit(draft, self.known, id, (&change, "superseded_by"))?;
        }
        settings::change_redirects(draft, &|to| match self.goes(to) {
            Some(_) => Fate::Goes,
            None => Fate::Stays,
        })
    }

    /// The links of one document.
    fn made_text(&self, draft: &mut Draft<'_>, from: DocId, links: &[Inbound<'_>]) -> Result<()> {
        if let Some(problem) = self.known.broken_front(from) {
            draft.refuse(problem);
            return Ok(());
        }
        let path = self.known.source(from);
        let text = draft.text(&path)?;
        let at = Offsets::of(&text);
        let mut edits: Vec<_> = links
            .iter()
            .map(|inbound| {
                let span = &inbound.link.span;
                let span = at.written(at.body + span.start)..at.written(at.body + span.end);
                let whole = span.start..end_of(&text, inbound.link, &span);
                let title = || self.known.catalogue().corpus.get(inbound.to).title.clone();
                let label = label(&text, &whole, (inbound.link, &span), title);
                let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
                (whole, as_text(&text[line..span.start], label))
            })
            .collect();
        edits.sort_by_key(|(span, _)| span.start);
        edits.dedup_by(|later, before| later.0.start < before.0.end);
        let why = match edits.len() {
            1 => "1 link made text".to_owned(),
            count => format!("{count} links made text"),
        };
        draft.write(&path, spliced(&text, &edits), why)
    }

    /// Definitions that no link uses any more go with their lines.
    fn cut_definitions(&self, draft: &mut Draft<'_>) -> Result<()> {
        let resolver = self.known.resolver();
        for from in self.linking() {
            let path = self.known.source(from);
            let text = draft.text(&path)?;
            let mut edits = Vec::new();
            let body = front_matter::body_in_file(&text);
            for (own, found) in destinations::definitions(&text[body..]) {
                let leads = self.known.leads_to(&resolver, from, &found);
                if leads.is_some_and(|to| self.ids.contains(&to)) {
                    let own = body + own.start..body + own.end;
                    let start = text[..own.start].rfind('\n').map_or(0, |at| at + 1);
                    let last = own.start + text[own].trim_end().len();
                    let end = text[last..].find('\n');
                    edits.push((
                        start..end.map_or(text.len(), |at| last + at + 1),
                        String::new(),
                    ));
                }
            }
            edits.sort_by_key(|(span, _)| span.start);
            edits.dedup();
            draft.write(&path, spliced(&text, &edits), "their definitions")?;
        }
        Ok(())
    }
}

/// Words that stay words, also where they begin a line: `# x` would be a heading, `1. x` an item.
/// `before`: what is before them on the line.
fn as_text(before: &str, mut words: String) -> String {
    let is_first = before
        .trim_matches([' ', '\t', '>', '-', '*', '+'])
        .is_empty();
    if is_first && !Source::new(&words).begins_paragraph() {
        let mark = words.find(|c: char| !c.is_ascii_digit());
        words.insert(mark.unwrap_or_default(), '\\');
    }
    words
}

/// Where a link that begins at `span` ends: of raw HTML, with its end tag.
fn end_of(text: &str, link: &Link, span: &Range<usize>) -> usize {
    if link.kind != LinkKind::HtmlLink {
        // A reference by its own words: `[words][]`.
        let is_collapsed = !is_wiki(link) && text[span.end..].starts_with("[]");
        return span.end + if is_collapsed { 2 } else { 0 };
    }
    let rest = text[span.end..].to_ascii_lowercase();
    let end = rest.find("</a");
    let end = end.and_then(|at| Some(at + rest[at..].find('>')? + 1));
    end.map_or(span.end, |end| span.end + end)
}

fn is_wiki(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Wiki | LinkKind::Embed)
}

/// What a link shows, as it is written. `whole` is all of it, `span` what the outline has of it, and
/// `title` what a wikilink without words of its own shows.
fn label(
    text: &str,
    whole: &Range<usize>,
    (link, span): (&Link, &Range<usize>),
    title: impl Fn() -> String,
) -> String {
    let written = &text[whole.clone()];
    match link.kind {
        LinkKind::Wiki | LinkKind::Embed => {
            let inside = written.trim_start_matches('!').trim_start_matches('[');
            let inside = inside.trim_end_matches(']');
            match inside.split_once('|') {
                Some((_, label)) => label.trim().to_owned(),
                None => title(),
            }
        }
        LinkKind::HtmlLink => {
            let start = span.len();
            let end = written.to_ascii_lowercase().rfind("</a");
            written[start..end.unwrap_or(start).max(start)].to_owned()
        }
        _ => {
            let start = usize::from(written.starts_with('['));
            // Of an inline link the last destination in it: one before it is a picture's.
            let own = destinations::find(written).into_iter().last();
            let inline = own.and_then(|own| written[..own.span.start].rfind("]("));
            let end = inline.filter(|_| written.ends_with(')'));
            let end = end.or_else(|| written.rfind("]["));
            let end = end.unwrap_or(written.trim_end_matches(']').len());
            written[start..end.max(start)].to_owned()
        }
    }
}
