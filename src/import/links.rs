//! The links of a note: what each leads to, and the text with links to what became of that.
//!
//! Which bytes are a link is decided where it is for every document (`markdown::destinations`), so
//! code stays as it is. Not here: what is at a path (`places`).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::markdown::destinations::{self, Form};
use crate::markdown::outline::Outline;
use crate::model::address::{self, Address};
use crate::model::target::wiki_parts;
use crate::name::{Basename, link_text};
use crate::place::spliced;

use super::embeds;
use super::habits::Habits;
use super::places::{Found, Places};
use super::words::{heading, parts, stem};

/// How deep notes may embed each other.
const DEEPEST: usize = 8;
/// In bytes: how large a text may get by notes that it embeds.
const LARGEST: usize = 4 << 20;
/// Endings of pictures.
const PICTURES: [&str; 9] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico",
];

/// A destination in a note, and what it leads to in the folder.
#[derive(Debug)]
pub(super) struct Link {
    /// What is replaced: the destination, or all of a wikilink.
    span: Range<usize>,
    pub(super) found: Found,
    /// The heading that it names.
    fragment: Option<String>,
    /// What is written after the path: `?query#fragment`.
    suffix: String,
    /// Whether there is no path: it leads to its own note.
    is_own: bool,
    /// What only a wikilink has: it is written anew as a whole.
    wiki: Option<Wiki>,
    /// As it is written, for messages.
    written: String,
}

#[derive(Debug)]
struct Wiki {
    label: String,
    is_embed: bool,
}

/// Finds the links of a note's text.
pub(super) fn find(
    path: &str,
    id: usize,
    text: &str,
    places: &Places,
    habits: &Habits,
) -> Vec<Link> {
    let found = destinations::find(text).into_iter();
    let links = found.filter_map(|found| {
        if found.form == Form::Wiki {
            return wikilink(path, id, text, found.span, places, habits);
        }
        let written = text[found.span.clone()].to_owned();
        let Address::Local(local) = address::read(&found.target) else {
            return None;
        };
        // An expression of MDX, or of a template.
        if written.starts_with('{') {
            return None;
        }
        let place = if local.path.is_empty() {
            Found::Note(id)
        } else {
            places.link(path, &found.target)
        };
        Some(Link {
            span: found.span,
            found: place,
            fragment: local.fragment.filter(|fragment| !fragment.is_empty()),
            suffix: local.suffix,
            is_own: local.path.is_empty(),
            wiki: None,
            written,
        })
    });
    let mut links: Vec<Link> = links.collect();
    links.sort_by_key(|link| link.span.start);
    links.dedup_by(|later, before| later.span.start < before.span.end);
    links
}

/// The wikilink whose name is at `span`.
fn wikilink(
    path: &str,
    id: usize,
    text: &str,
    span: Range<usize>,
    places: &Places,
    habits: &Habits,
) -> Option<Link> {
    let start = text[..span.start].rfind("[[")?;
    let end = span.end + text[span.end..].find("]]")?;
    let inside = &text[start + 2..end];
    let is_embed = text[..start].ends_with('!');
    let (first, second) = match inside.split_once('|') {
        Some((first, second)) => (first.trim_end_matches('\\').trim(), Some(second.trim())),
        None => (inside.trim(), None),
    };
    let look = |written: &str| {
        let written = written
            .strip_prefix("dendron://")
            .map_or(written, |rest| parts(rest).1);
        let (name, heading) = wiki_parts(written);
        let found = if name.is_empty() {
            Found::Note(id)
        } else {
            places.name(path, name)
        };
        (found, heading.map(str::to_owned))
    };
    let is_found = |found: &Found| matches!(found, Found::Note(_) | Found::File(_) | Found::Own(_));
    let (mut found, mut label) = (look(first), second);
    // Dendron writes the label first.
    if let Some(second) = second {
        let reversed = look(second);
        if is_found(&reversed.0) && (habits.is_dendron || !is_found(&found.0)) {
            (found, label) = (reversed, Some(first));
        }
    }
    let (found, fragment) = found;
    let shown = label.unwrap_or(first).trim_start_matches('#');
    Some(Link {
        span: start - usize::from(is_embed)..end + 2,
        found,
        suffix: fragment
            .as_deref()
            .map_or_else(String::new, |said| format!("#{}", link_text(said))),
        fragment,
        is_own: false,
        wiki: Some(Wiki {
            label: shown.to_owned(),
            is_embed,
        }),
        written: format!("[[{inside}]]"),
    })
}

/// What is known of all notes when links are written.
#[derive(Debug)]
pub(super) struct Targets<'a> {
    /// `None` of one that is not imported.
    pub(super) names: &'a [Option<Basename>],
    pub(super) outlines: &'a [Outline],
    /// Bodies as they are before their links are written.
    pub(super) bodies: &'a [String],
    pub(super) links: &'a [Vec<Link>],
    /// Where each file is copied to.
    pub(super) copies: &'a BTreeMap<String, String>,
}

/// A text with its links written.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) text: String,
    /// How many changed.
    pub(super) changed: usize,
    /// How many notes are embedded.
    pub(super) embedded: usize,
    pub(super) left: Vec<(&'static str, String)>,
}

impl Targets<'_> {
    /// The text of a note with its links written.
    pub(super) fn linked(&self, id: usize) -> Linked {
        let mut linked = Linked::default();
        linked.text = self.body(id, &mut vec![id], &mut linked);
        linked
    }

    fn body(&self, id: usize, stack: &mut Vec<usize>, linked: &mut Linked) -> String {
        let body = &self.bodies[id];
        let mut edits = Vec::new();
        for link in &self.links[id] {
            let new = self
                .embed(id, link, stack, linked)
                .or_else(|| self.written(link, stack.len() > 1, linked));
            if let Some(new) = new.filter(|new| *new != body[link.span.clone()]) {
                linked.changed += usize::from(stack.len() == 1);
                edits.push((link.span.clone(), new));
            }
        }
        spliced(body, &edits)
    }

    /// What is in the place of a link; `None` if it stays. `is_embedded`: it is in another note's text.
    fn written(&self, link: &Link, is_embedded: bool, linked: &mut Linked) -> Option<String> {
        let mut leave = |why| {
            linked.left.push((why, link.written.clone()));
            None
        };
        let target = match &link.found {
            Found::Note(to) => {
                let Some(name) = &self.names[*to] else {
                    return leave("a link to a file that is not imported");
                };
                let fragment = match link
                    .fragment
                    .as_deref()
                    .map(|said| (said, heading(&self.outlines[*to], said)))
                {
                    None => String::new(),
                    Some((_, Some(id))) => format!("#{}", link_text(&id)),
                    Some((said, None)) => {
                        leave("a link to a heading that is not there");
                        format!("#{}", link_text(said))
                    }
                };
                let (query, _) = link.suffix.split_once('#').unwrap_or((&link.suffix, ""));
                let rest = format!("{query}{fragment}");
                if link.is_own && !is_embedded {
                    return (!rest.is_empty()).then_some(rest);
                }
                link_text(&name.page()) + &rest
            }
            Found::File(path) => match self.copies.get(path) {
                Some(copy) => link_text(copy) + &link.suffix,
                None => return leave("a link to a file that is not copied"),
            },
            Found::Own(address) => link_text(address) + &link.suffix,
            Found::Unread => return leave("a link to something that is not imported"),
            Found::Folder => return leave("a link to a folder"),
            Found::Beyond => return leave("a link out of the folder"),
            Found::Missing => return leave("a link to nothing: it was broken before"),
            Found::Elsewhere => return None,
        };
        let Some(wiki) = &link.wiki else {
            return Some(target);
        };
        let ending = match &link.found {
            Found::File(path) | Found::Own(path) => {
                path.rsplit_once('.').map_or("", |(_, ending)| ending)
            }
            _ => "",
        }
        .to_lowercase();
        let is_picture = wiki.is_embed && PICTURES.contains(&ending.as_str());
        let is_size = wiki.label.chars().all(|c| c.is_ascii_digit() || c == 'x');
        if is_picture && is_size {
            linked.left.push((
                "the width of a picture, which is left out",
                link.written.clone(),
            ));
        }
        let label = match &link.found {
            Found::File(path) if is_picture && (is_size || wiki.label.ends_with(&ending)) => {
                escaped(stem(path))
            }
            _ => escaped(&wiki.label),
        };
        let mark = if is_picture { "!" } else { "" };
        Some(format!("{mark}[{label}]({target})"))
    }

    /// The text of a note that is embedded in a line of its own.
    fn embed(
        &self,
        id: usize,
        link: &Link,
        stack: &mut Vec<usize>,
        linked: &mut Linked,
    ) -> Option<String> {
        let Found::Note(to) = link.found else {
            return None;
        };
        let body = &self.bodies[id];
        let is_alone = {
            let before = body[..link.span.start]
                .rsplit('\n')
                .next()
                .unwrap_or_default();
            let after = body[link.span.end..].lines().next().unwrap_or_default();
            before.trim().is_empty() && after.trim().is_empty()
        };
        if !link.wiki.as_ref().is_some_and(|wiki| wiki.is_embed) || !is_alone {
            return None;
        }
        let why = if stack.contains(&to) {
            "an embedded note that leads back to itself: a link now"
        } else if stack.len() > DEEPEST {
            "notes that embed each other too deep: a link now"
        } else {
            ""
        };
        if !why.is_empty() {
            linked.left.push((why, link.written.clone()));
            return None;
        }
        stack.push(to);
        let text = self.body(to, stack, linked);
        stack.pop();
        let text = embeds::part(&text, link.fragment.as_deref())?;
        if linked.text.len() + text.len() > LARGEST {
            linked.left.push((
                "an embedded note that makes the text too large: a link now",
                link.written.clone(),
            ));
            return None;
        }
        linked.embedded += 1;
        Some(text.trim_matches('\n').to_owned())
    }
}

/// A label as Markdown reads it as text.
fn escaped(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for c in label.chars() {
        if matches!(c, '[' | ']') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
