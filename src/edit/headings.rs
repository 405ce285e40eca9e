//! `mv BASENAME#heading 'New heading'`: other words for a heading, and every link to it.
//!
//! Ids of other headings may change with it (two headings of the same words are numbered): links to
//! those change too. Not here: names of documents (`moved`).

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{BuildError, nearest};
use crate::markdown::destinations::{self, Destination, Form};
use crate::markdown::outline::Heading;
use crate::model::address::{self, Address};
use crate::model::corpus::DocId;
use crate::model::document::{self, Document};
use crate::model::front_edit;
use crate::model::front_matter::{self, Change};
use crate::model::target::is_writable;
use crate::name::{Basename, link_text};
use crate::pipeline::site::{Refused, Site};
use crate::rule::{Cause, Rule};

use super::draft::Draft;
use super::known::Known;
use super::links::Offsets;
use super::plan::Plan;
use super::settings::{Fate, change_redirects};
use crate::place::spliced;

/// Plans to give a heading other words. `heading`: its id, or its words.
///
/// # Errors
///
/// If there is no such document or heading, or the new words do not make one.
pub fn reworded(
    site: &Site,
    known: &Known,
    name: &Basename,
    (heading, words): (&str, &str),
    hand_made: &[Basename],
) -> Result<Plan> {
    let Some(id) = known.find(name) else {
        return Err(Refused::one(known.no_such(name)).into());
    };
    let mut draft = Draft::new(site);
    let document = known.catalogue().corpus.get(id);
    let number = number(document, heading)?;
    let path = known.source(id);
    let before = draft.text(&path)?;
    let after = with_words(&before, &document.outline.headings[number], words);
    let dialect = known.catalogue().settings.dialect();
    let read = document::read(name.clone(), after.as_bytes(), dialect);
    let changed = Changed {
        known,
        id,
        old: document,
        new: &read.document,
        hand_made,
    };
    changed.check(number, words)?;
    draft.write(&path, after, format!("heading `{}`", one_line(words)))?;
    let title = &document.outline.headings[number].text;
    if document.front.title.as_ref() == Some(title) {
        let bytes = draft.bytes(&path)?;
        let change = [Change::Title(&changed.new.outline.headings[number].text)];
        if let Ok(Some(bytes)) = front_edit::edit(name, &bytes, &change) {
            draft.write(&path, bytes, "title")?;
        }
    }
    changed.links(&mut draft)?;
    changed.hand_made(&mut draft)?;
    draft.finish()
}

/// Links to the headings of a document whose ids change because its text does, in a plan: links in
/// headings write names.
pub(super) fn follow(draft: &mut Draft<'_>, known: &Known, id: DocId, text: &str) -> Result<()> {
    let old = known.catalogue().corpus.get(id);
    let dialect = known.catalogue().settings.dialect();
    let read = document::read(old.name.clone(), text.as_bytes(), dialect);
    let changed = Changed {
        known,
        id,
        old,
        new: &read.document,
        hand_made: &[],
    };
    if changed.ids().is_empty() {
        return Ok(());
    }
    changed.links(draft)?;
    changed.hand_made(draft)
}

/// The number of a heading with this id, or these words.
fn number(document: &Document, heading: &str) -> Result<usize> {
    let headings = &document.outline.headings;
    let wanted: String = address::decoded(heading).nfc().collect();
    let found = document.outline.heading_called(&wanted);
    let number =
        found.and_then(|found| headings.iter().position(|other| std::ptr::eq(other, found)));
    number.ok_or_else(|| {
        let message = format!("has no heading `{}`", wanted.escape_debug());
        let problem = BuildError::new(
            Cause::Found(Rule::BrokenHeading),
            document.name.source(),
            message,
        );
        let ids = headings.iter().map(|heading| heading.id.as_str());
        let problem = match nearest(&wanted, ids) {
            Some(near) => problem.help(format!("did you mean `{}#{near}`?", document.name)),
            None => problem,
        };
        Refused::one(problem).into()
    })
}

/// The text with other words in a heading: its marks and a given id stay.
fn with_words(text: &str, heading: &Heading, words: &str) -> String {
    let at = Offsets::of(text);
    let start = at.written(at.body + heading.span.start);
    let end = at.written(at.body + heading.span.end);
    let span = inside(&text[start..end]);
    // What would be a mark of the heading stays a part of its words.
    let mut words = words.trim().to_owned();
    if words.ends_with('#') && words.trim_end_matches('#').ends_with([' ', '\t']) {
        words.insert(words.len() - 1, '\\');
    }
    if words.starts_with('#') {
        words.insert(0, '\\');
    }
    let edit = (start + span.start..start + span.end, words);
    spliced(text, &[edit])
}

/// The words of a heading as it is written: behind `#`s or above a line of `=` or `-`, without marks
/// at its end and without `{#id}`.
fn inside(written: &str) -> Range<usize> {
    let begun = written.trim_start();
    let marks = begun.trim_start_matches('#');
    let is_atx = marks.len() < begun.len();
    let start = written.len()
        - if is_atx {
            marks.trim_start().len()
        } else {
            begun.len()
        };
    let mut end = written.trim_end().len();
    if is_atx {
        end = written[..end].find(['\r', '\n']).unwrap_or(end);
        let bare = written[..end].trim_end_matches('#');
        if bare.len() < end && bare.ends_with([' ', '\t']) {
            end = bare.trim_end().len();
        }
    } else if let Some(line) = written[..end].rfind('\n') {
        end = written[..line].trim_end().len();
    }
    let words = &written[..end.max(start)];
    if words.ends_with('}')
        && let Some(open) = words.rfind('{').filter(|open| *open >= start)
    {
        end = words[..open].trim_end().len();
    }
    start..end.max(start)
}

struct Changed<'a> {
    known: &'a Known,
    id: DocId,
    old: &'a Document,
    new: &'a Document,
    /// Documents whose hand-made pages may be changed.
    hand_made: &'a [Basename],
}

impl Changed<'_> {
    /// The words must make one heading, and leave the others alone.
    fn check(&self, number: usize, words: &str) -> Result<()> {
        let (old, new) = (&self.old.outline.headings, &self.new.outline.headings);
        let others = |headings: &[Heading]| -> Vec<(u8, String)> {
            let headings = headings.iter().enumerate();
            let others = headings.filter(|(other, _)| *other != number);
            others
                .map(|(_, other)| (other.level, other.text.clone()))
                .collect()
        };
        let is_one = old.len() == new.len()
            && new[number].level == old[number].level
            && !new[number].text.is_empty()
            && others(old) == others(new);
        if is_one {
            return Ok(());
        }
        let message = format!("`{}` does not make one heading", words.escape_debug());
        let problem = BuildError::new(
            Cause::Found(Rule::BrokenHeading),
            self.old.name.source(),
            message,
        );
        Err(Refused::one(problem.at(old[number].place.position)).into())
    }

    /// Ids that are others now.
    fn ids(&self) -> BTreeMap<&str, &str> {
        let headings = self
            .old
            .outline
            .headings
            .iter()
            .zip(&self.new.outline.headings);
        let ids = headings.map(|(old, new)| (old.id.as_str(), new.id.as_str()));
        ids.filter(|(old, new)| old != new).collect()
    }

    /// Links to the headings, in all documents and in the settings.
    fn links(&self, draft: &mut Draft<'_>) -> Result<()> {
        let ids = self.ids();
        let resolver = self.known.resolver();
        let linking = self.known.links_to(|to| to == self.id).into_keys();
        for from in linking.collect::<Vec<_>>() {
            let path = self.known.source(from);
            let text = draft.text(&path)?;
            let start = front_matter::body_in_file(&text);
            let mut edits = Vec::new();
            for mut found in destinations::find(&text[start..]) {
                found.span = start + found.span.start..start + found.span.end;
                if self.known.leads_to(&resolver, from, &found) != Some(self.id) {
                    continue;
                }
                if found.form == Form::Wiki {
                    edits.extend(self.wiki_edits(&text, &found));
                } else {
                    edits.extend(with_id(&text, &found, &ids));
                }
            }
            let why = match edits.len() {
                1 => "1 link".to_owned(),
                count => format!("{count} links"),
            };
            draft.write(&path, spliced(&text, &edits), why)?;
        }
        self.redirects(draft, &ids)
    }

    /// `[[name#Heading]]` has the words, or the id; `[[Title]]` and `[[Title#Heading]]` the title.
    fn wiki_edits(&self, text: &str, found: &Destination) -> Vec<(Range<usize>, String)> {
        let is_title = found.target.trim() == self.old.title && self.old.title != self.new.title;
        // A title that a wikilink cannot write: the document's name leads there, too.
        let title = if is_writable(&self.new.title) {
            self.new.title.clone()
        } else {
            self.old.name.to_string()
        };
        let title = is_title.then(|| (found.span.clone(), title));
        title
            .into_iter()
            .chain(self.wiki_heading(text, found.span.end))
            .collect()
    }

    /// The heading of a wikilink whose name ends here.
    fn wiki_heading(&self, text: &str, name_end: usize) -> Option<(Range<usize>, String)> {
        let rest = text[name_end..].strip_prefix('#')?;
        let said = rest[..rest.find(['|', ']'])?].trim_end_matches('\\');
        let last = said.rfind('#').map_or(0, |at| at + 1);
        let name = said[last..].trim();
        let old = self.old.outline.heading_called(name)?;
        let mut headings = self.old.outline.headings.iter();
        let number = headings.position(|heading| std::ptr::eq(heading, old))?;
        let new = self.new.outline.headings.get(number)?;
        let same = self.new.outline.heading_called(name);
        if same.is_some_and(|same| same.id == new.id) {
            return None;
        }
        let is_by_id = old.id == name || !is_writable(&new.text);
        let written = if is_by_id { &new.id } else { &new.text };
        let start = name_end + 1 + last;
        Some((start..start + said[last..].len(), written.clone()))
    }

    /// Redirects of the settings that lead to the heading.
    fn redirects(&self, draft: &mut Draft<'_>, ids: &BTreeMap<&str, &str>) -> Result<()> {
        let name = self.old.name.as_str();
        change_redirects(draft, &|to| {
            let parts = to.split_once('#');
            let own = parts.filter(|(page, _)| page.strip_suffix(".html").unwrap_or(page) == name);
            match own.and_then(|(page, id)| Some((page, ids.get(id)?))) {
                Some((page, new)) => Fate::Leads(format!("{page}#{new}")),
                None => Fate::Stays,
            }
        })
    }

    fn hand_made(&self, draft: &mut Draft<'_>) -> Result<()> {
        let ids = self.ids();
        let catalogue = self.known.catalogue();
        for (id, page) in &catalogue.hand_made {
            let name = self.known.name(*id);
            let path = draft.site().shown(&name.page());
            if self.hand_made.contains(name) {
                let text = draft.text(&path)?;
                let new = self.page_edits(&text, *id, &ids);
                draft.write(&path, spliced(&text, &new), "links of a hand-made page")?;
                continue;
            }
            let resolved = catalogue.links.links_of_page(*id).iter();
            for (link, resolved) in page.links.iter().zip(resolved) {
                let fragment = resolved.fragment.as_deref().unwrap_or_default();
                if resolved.document == Some(self.id) && ids.contains_key(fragment) {
                    let line = Some(link.place.position.line);
                    let text = format!("links to `#{fragment}`, and is hand-made: not changed");
                    draft.note(path.clone(), line, text);
                }
            }
        }
        Ok(())
    }

    /// The links of a page to the headings.
    fn page_edits(
        &self,
        text: &str,
        page: DocId,
        ids: &BTreeMap<&str, &str>,
    ) -> Vec<(Range<usize>, String)> {
        let found = destinations::of_markup(text).into_iter();
        let edits = found.filter_map(|found| {
            let Address::Local(local) = address::read(&found.target) else {
                return None;
            };
            let is_own = local.path.is_empty() && page == self.id;
            let stem = local.path.strip_suffix(".html");
            let leads = is_own || stem == Some(self.old.name.as_str());
            leads.then(|| with_id(text, &found, ids)).flatten()
        });
        edits.collect()
    }
}

/// The part of an address that is an id, as it is from now on.
fn with_id(
    text: &str,
    found: &Destination,
    ids: &BTreeMap<&str, &str>,
) -> Option<(Range<usize>, String)> {
    let Address::Local(local) = address::read(&found.target) else {
        return None;
    };
    let id: String = local.fragment?.nfc().collect();
    let new = ids.get(id.as_str())?;
    let written = &text[found.span.clone()];
    let at = written.find('#')? + 1;
    let end = written[at..]
        .find(":~:")
        .map_or(written.len(), |end| at + end);
    let is_encoded = written[at..end].contains('%');
    let fragment = if is_encoded {
        crate::name::href(new)
    } else {
        link_text(new)
    };
    Some((found.span.start + at..found.span.start + end, fragment))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn the_words_of_a_heading_are_found_in_each_form() {
        for (written, words) in [
            ("## 개요\n", "개요"),
            ("##\t개요 ##\r\n", "개요"),
            ("# C#\n", "C#"),
            ("## 개요 {#over}\n", "개요"),
            ("개요\n===\n", "개요"),
            ("두\n줄\n---\n", "두\n줄"),
            ("#\n", ""),
        ] {
            assert_eq!(&written[inside(written)], words, "{written:?}");
        }
    }
}
