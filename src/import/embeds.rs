//! The part of a note that another embeds: all of it, the section below a heading, or a named block.
//!
//! Not here: which note that is (`links`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::markdown::events::{Dialect, Source};
use crate::markdown::outline::Outline;
use crate::model::document::{self, Document};
use crate::name::Basename;
use crate::place::spliced;

use super::lines::flush;
use super::obsidian::anchor;
use super::words::heading;

/// The text that is embedded, without a title: the document has its own. `None` if there is no such
/// part.
pub(super) fn part(text: &str, said: Option<&str>) -> Option<String> {
    match said {
        None => without_title(text),
        Some(said) if said.starts_with('^') => block(text, said),
        Some(said) => section(text, said).and_then(|text| without_title(&text)),
    }
}

fn read(text: &str) -> Option<Document> {
    let name = Basename::parse("x__note-x").ok()?;
    let dialect = Dialect::Site { math: true };
    Some(document::read(name, text.as_bytes(), dialect).document)
}

fn without_title(text: &str) -> Option<String> {
    let document = read(text)?;
    let outline: &Outline = &document.outline;
    let title = document.title_heading.map(|at| &outline.headings[at]);
    let title = title.filter(|heading| heading.level == 1);
    let title = title.map(|heading| heading.span.clone());
    let is_first = |span: &Range<usize>| text[..span.start].trim().is_empty();
    Some(match title.filter(is_first) {
        Some(span) => text[span.end..].to_owned(),
        None => text.to_owned(),
    })
}

/// The section of a text below a heading.
fn section(text: &str, said: &str) -> Option<String> {
    let outline = read(text)?.outline;
    let id = heading(&outline, said)?;
    let at = outline
        .headings
        .iter()
        .position(|heading| heading.id == id)?;
    let first = &outline.headings[at];
    let next = outline.headings[at + 1..]
        .iter()
        .find(|heading| heading.level <= first.level);
    let end = next.map_or(text.len(), |heading| heading.span.start);
    text.get(first.span.start..end).map(str::to_owned)
}

/// The block that has a name, without it: the list item or the whole block that it ends, or the one
/// before a name that is alone.
fn block(text: &str, said: &str) -> Option<String> {
    let span = mark(text, said)?;
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let is_alone = text[start..span.start].trim().is_empty();
    let source = Source::new(text);
    let mut found: Option<Range<usize>> = None;
    let mut depth = 0_usize;
    for (event, block) in source.events() {
        match event {
            Event::Start(tag) => {
                let is_whole = depth == 0 && !matches!(tag, Tag::HtmlBlock);
                let is_it = if is_alone {
                    is_whole && block.start < start
                } else {
                    block.contains(&span.start) && (is_whole || matches!(tag, Tag::Item))
                };
                if is_it {
                    found = Some(block);
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    let found = found?;
    let start = text[..found.start].rfind('\n').map_or(0, |at| at + 1);
    let end = if is_alone {
        found.end.min(span.start)
    } else {
        found.end
    };
    let within = |span: &Range<usize>| span.start >= start && span.end <= end;
    let edit = Some(span)
        .filter(within)
        .map(|span| (span.start - start..span.end - start, String::new()));
    let part = spliced(&text[start..end], &Vec::from_iter(edit));
    let lines: Vec<&str> = part.lines().map(str::trim_end).collect();
    Some(flush(&lines.join("\n")))
}

/// Where a block's name is written, as Obsidian has it or as an anchor of HTML.
fn mark(text: &str, said: &str) -> Option<Range<usize>> {
    let anchors = ["span", "div"].map(|tag| anchor(tag, said));
    let anchor = anchors
        .iter()
        .find_map(|anchor| Some((text.find(anchor)?, anchor.len())));
    let mut plain = text.match_indices(said).filter(|(at, _)| {
        let (before, after) = (&text[..*at], &text[at + said.len()..]);
        (before.is_empty() || before.ends_with([' ', '\t', '\n', '>']))
            && (after.trim_start_matches([' ', '\t']).is_empty()
                || after.trim_start_matches([' ', '\t']).starts_with('\n'))
    });
    let plain = plain.next().map(|(at, said)| (at, said.len()));
    anchor.or(plain).map(|(at, length)| at..at + length)
}
