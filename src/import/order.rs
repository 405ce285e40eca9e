//! The order in which a folder of notes is read: `SUMMARY.md`, `nav:` of `mkdocs.yml`, `_sidebar.md`,
//! or what each note says of its place.
//!
//! Not here: `flow.json` (`flow`).

use pulldown_cmark::{Event, Tag, TagEnd};
use serde_json::Value;

use crate::markdown::events::Source;

use super::folder::Folder;
use super::left::Left;
use super::places::{Found, Places};
use super::words::{folded, is_index, parts, without_number};

/// Names of files that only list others.
const LISTS: [&str; 3] = ["summary.md", "_sidebar.md", "_navbar.md"];
/// Keys of front matter that say a place among others.
const PLACES: [&str; 5] = [
    "sidebar_position",
    "weight",
    "nav_order",
    "order",
    "position",
];
/// More notes have no order that somebody would read.
const MOST: usize = 300;

/// Notes that are read one after the other.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// Empty for the notes before the first title.
    pub(super) title: String,
    pub(super) notes: Vec<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Order {
    /// The file that says the order, such as `SUMMARY.md`.
    pub(super) from: String,
    /// The note that only lists the others, and is no document.
    pub(super) list: Option<usize>,
    pub(super) sections: Vec<Section>,
}

/// The order that a file of the folder says.
pub(super) fn said(folder: &Folder, places: &Places, left: &mut Vec<Left>) -> Option<Order> {
    let mut lists = folder.notes.iter().enumerate().filter(|(_, note)| {
        let (above, name) = parts(&note.path);
        LISTS[..2].contains(&folded(name).as_str()) && !above.contains('/')
    });
    if let Some((id, note)) = lists.next() {
        let sections = listed(&note.path, &note.text, places);
        if !sections.is_empty() {
            return Some(Order {
                from: note.path.clone(),
                list: Some(id),
                sections,
            });
        }
    }
    for name in ["mkdocs.yml", "mkdocs.yaml"] {
        let Some(text) = folder.text(name) else {
            continue;
        };
        match nav(&text) {
            Ok(Some(nav)) => {
                let mut sections = vec![Section::default()];
                entries(&nav, places, &mut sections);
                sections.retain(|section| !section.notes.is_empty());
                return Some(Order {
                    from: name.to_owned(),
                    list: None,
                    sections,
                });
            }
            Ok(None) => {}
            Err(why) => left.push(Left::new(
                name,
                None,
                "a list of pages that cannot be read",
                why,
            )),
        }
    }
    None
}

/// `nav:` alone, since the rest may have tags of Python.
fn nav(text: &str) -> Result<Option<Value>, String> {
    let mut lines = text
        .split_inclusive('\n')
        .skip_while(|line| !line.starts_with("nav:"))
        .peekable();
    let Some(first) = lines.next() else {
        return Ok(None);
    };
    let goes_on = |line: &&str| line.starts_with([' ', '\t', '-', '#', '\n', '\r']);
    let block: String = std::iter::once(first)
        .chain(lines.take_while(goes_on))
        .collect();
    let value: Value = serde_saphyr::from_str(&block).map_err(|error| error.to_string())?;
    Ok(value.get("nav").cloned())
}

fn entries(nav: &Value, places: &Places, sections: &mut Vec<Section>) {
    let page = |path: &str, sections: &mut Vec<Section>| {
        let path = path.trim_start_matches('/');
        for root in ["docs/", ""] {
            if let (Found::Note(id), Some(last)) = (
                places.file("mkdocs.yml", &format!("{root}{path}")),
                sections.last_mut(),
            ) {
                if !last.notes.contains(&id) {
                    last.notes.push(id);
                }
                return;
            }
        }
    };
    match nav {
        Value::String(path) => page(path, sections),
        Value::Array(items) => {
            for item in items {
                // What follows a section is in none.
                if !item.is_object() && sections.last().is_some_and(|last| !last.title.is_empty()) {
                    sections.push(Section::default());
                }
                entries(item, places, sections);
            }
        }
        Value::Object(object) => {
            for (title, value) in object {
                match value {
                    Value::String(path) => page(path, sections),
                    inner => {
                        sections.push(Section {
                            title: title.clone(),
                            notes: Vec::new(),
                        });
                        flat(inner, &mut |path| page(path, sections));
                    }
                }
            }
        }
        _ => {}
    }
}

/// All pages below, in order.
fn flat(nav: &Value, page: &mut dyn FnMut(&str)) {
    match nav {
        Value::String(path) => page(path),
        Value::Array(items) => items.iter().for_each(|item| flat(item, page)),
        Value::Object(object) => object.values().for_each(|value| flat(value, page)),
        _ => {}
    }
}

/// The notes of a list of links, with the headings and the entries without a link as titles.
fn listed(path: &str, text: &str, places: &Places) -> Vec<Section> {
    let source = Source::new(text);
    let mut sections = vec![Section::default()];
    let (mut said, mut depth, mut is_heading, mut has_link) = (String::new(), 0, false, false);
    for (event, _) in source.events() {
        match event {
            Event::Start(Tag::Heading { .. }) => (is_heading, said) = (true, String::new()),
            Event::End(TagEnd::Heading(_)) => {
                is_heading = false;
                sections.push(Section {
                    title: said.trim().to_owned(),
                    notes: Vec::new(),
                });
            }
            Event::Start(Tag::Item) => (depth, has_link, said) = (depth + 1, false, String::new()),
            Event::Start(Tag::List(_)) if depth == 1 && !has_link && !said.trim().is_empty() => {
                sections.push(Section {
                    title: said.trim().to_owned(),
                    notes: Vec::new(),
                });
            }
            Event::End(TagEnd::Item) => depth -= 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                has_link = true;
                let found = places.link(path, &dest_url);
                let found = if found == Found::Missing {
                    places.file(path, &dest_url)
                } else {
                    found
                };
                if let (Found::Note(id), Some(last)) = (found, sections.last_mut())
                    && !last.notes.contains(&id)
                {
                    last.notes.push(id);
                }
            }
            Event::Text(text) | Event::Code(text) if is_heading || !has_link => {
                said.push_str(&text);
            }
            _ => {}
        }
    }
    sections.retain(|section| !section.notes.is_empty());
    let mut seen = std::collections::BTreeSet::new();
    for section in &mut sections {
        section.notes.retain(|id| seen.insert(*id));
    }
    sections
}

/// What a note says of its place: `weight: 20`.
pub(super) fn weight(yaml: &str) -> Option<f64> {
    let mut lines = yaml.lines().filter_map(|line| line.split_once(':'));
    lines.find_map(|(key, value)| PLACES.contains(&key).then(|| value.trim().parse().ok())?)
}

/// A note that may be in the order: its topic, its path, and what it says of its place.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) id: usize,
    pub(super) topic: &'a str,
    pub(super) path: &'a str,
    pub(super) weight: Option<f64>,
}

/// The order of folders, in which each note has the place that it says, or its name has.
pub(super) fn of_folders(mut notes: Vec<Placed<'_>>) -> Option<Order> {
    let is_said = notes
        .iter()
        .any(|note| note.weight.is_some() || without_number(parts(note.path).1).0.is_some());
    if notes.is_empty() || (notes.len() > MOST && !is_said) {
        return None;
    }
    let number = |name: &str| without_number(name).0.map_or(f64::MAX, f64::from);
    let key = |note: &Placed<'_>| {
        let (folder, name) = parts(note.path);
        let folders: Vec<(u32, String)> = folder
            .split('/')
            .map(|part| (without_number(part).0.unwrap_or(u32::MAX), folded(part)))
            .collect();
        (
            folders,
            !is_index(note.path),
            note.weight.unwrap_or_else(|| number(name)),
            folded(name),
        )
    };
    notes.sort_by(|one, other| {
        let (one, other) = (key(one), key(other));
        let by_folder = one.0.cmp(&other.0).then(one.1.cmp(&other.1));
        by_folder
            .then(one.2.total_cmp(&other.2))
            .then(one.3.cmp(&other.3))
    });
    let mut sections: Vec<Section> = Vec::new();
    for note in notes {
        match sections
            .iter_mut()
            .find(|section| section.title == note.topic)
        {
            Some(section) => section.notes.push(note.id),
            None => sections.push(Section {
                title: note.topic.to_owned(),
                notes: vec![note.id],
            }),
        }
    }
    let from = if is_said {
        "the numbers of the files"
    } else {
        "the folders"
    };
    Some(Order {
        from: from.to_owned(),
        list: None,
        sections,
    })
}
