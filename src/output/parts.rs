//! The parts of a catalogue that is too large for one file: which documents and files go together, and
//! the names of the parts.
//!
//! A list is cut where the names themselves say so, so that an entry more or less changes the part
//! that it is in and seldom another. Not here: what a part shows (`index`, `files`, `graph_json`).

use std::borrow::Cow;
use std::ops::Range;

use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;

use super::previews::hash;

/// The most documents of a catalogue that is whole: index.html with each of them, graph.json with
/// each of their links.
pub const WHOLE: usize = 1_000;
/// The most entries of files.html, and of each of its parts.
pub const ENTRIES: usize = 1_000;
/// The most documents of one part of a topic.
const DOCUMENTS: usize = 500;

/// The hexadecimal digits of a hash in the name of a part.
const DIGITS: usize = 12;
/// In bytes.
const LONGEST_SLUG: usize = 100;

/// A part of a topic: a page that lists its documents, and a file with their links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    pub topic: &'a str,
    /// From 1, in its topic.
    pub number: usize,
    /// In the order of the topic; never empty.
    pub docs: Vec<DocId>,
}

/// A file of the catalogue that has parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Index,
    Files,
    Graph,
}

impl Part<'_> {
    /// `topic-gw-1.html`.
    pub fn page(&self) -> String {
        format!("topic-{}-{}.html", self.slug(), self.number)
    }

    /// `graph-gw-1.json`.
    pub fn graph(&self) -> String {
        format!("graph-{}-{}.json", self.slug(), self.number)
    }

    /// Its topic as a name that is no other topic's in any case of its letters, and short enough.
    fn slug(&self) -> Cow<'_, str> {
        if self.topic.len() <= LONGEST_SLUG && self.topic == self.topic.to_lowercase() {
            Cow::Borrowed(self.topic)
        } else {
            Cow::Owned(digits(self.topic))
        }
    }
}

/// The parts of a catalogue, by topic, each in its order; none where everything is in one file.
/// `whole` is the most documents for which that is so.
pub fn topics(catalogue: &Catalogue, whole: usize) -> Vec<Part<'_>> {
    if catalogue.published.len() <= whole {
        return Vec::new();
    }
    let topics = catalogue.topics().into_iter();
    let parts = topics.flat_map(|(topic, ids)| {
        let items: Vec<Item> = ids.iter().map(|id| item(catalogue, *id)).collect();
        let ranges = split(&items, DOCUMENTS.min(whole)).into_iter().enumerate();
        let parts = ranges.map(|(at, range)| Part {
            topic,
            number: at + 1,
            docs: ids[range].to_vec(),
        });
        parts.collect::<Vec<_>>()
    });
    parts.collect()
}

fn item(catalogue: &Catalogue, id: DocId) -> Item {
    Item::new(catalogue.corpus.get(id).name.as_str(), 1)
}

/// The name of a part of files.html: of this folder (`""` is the output itself), by number.
pub fn files_page(folder: &str, number: usize) -> String {
    format!("files-{}-{number}.html", digits(folder))
}

/// A hash that is enough to tell the names of a site apart.
fn digits(name: &str) -> String {
    let mut print = Fingerprint::of(name.as_bytes()).to_string();
    print.truncate(DIGITS);
    print
}

/// The file that one with this name is a part of.
pub fn whole_of(path: &str) -> Option<Whole> {
    let (stem, ending) = path.rsplit_once('.')?;
    let (stem, number) = stem.rsplit_once('-')?;
    if path.contains('/') || number.starts_with('0') || number.parse::<usize>().is_err() {
        return None;
    }
    let (kind, name) = stem.split_once('-')?;
    match (kind, ending) {
        // The name of a document has a `__`, that of a topic has none.
        ("topic", "html") if !name.contains("__") => Some(Whole::Index),
        ("graph", "json") if !name.contains("__") => Some(Whole::Graph),
        ("files", "html") if is_print(name) => Some(Whole::Files),
        _ => None,
    }
}

fn is_print(digits: &str) -> bool {
    digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// One entry of a list: the hash of its name, and how many entries of a page it takes.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    hash: u32,
    pub weight: usize,
}

impl Item {
    pub fn new(name: &str, weight: usize) -> Self {
        Self {
            hash: hash(name),
            weight,
        }
    }
}

/// Cuts a list into ranges that weigh at most `most` each; a single item may weigh more.
///
/// A range that is too heavy is cut before the item with the lowest hash, of those that leave at
/// least a quarter on each side. So the places of the cuts follow from the items near them.
pub fn split(items: &[Item], most: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    cut(items, 0, most, &mut ranges);
    ranges
}

fn cut(items: &[Item], start: usize, most: usize, ranges: &mut Vec<Range<usize>>) {
    let total: usize = items.iter().map(|item| item.weight).sum();
    if items.len() < 2 || total <= most {
        if !items.is_empty() {
            ranges.push(start..start + items.len());
        }
        return;
    }
    let at = best_cut(items, total);
    let (left, right) = items.split_at(at);
    cut(left, start, most, ranges);
    cut(right, start + at, most, ranges);
}

/// Where two or more items of this total weight are cut.
fn best_cut(items: &[Item], total: usize) -> usize {
    let mut before = 0;
    let mut best: Option<((bool, usize, u32), usize)> = None;
    for (at, item) in items.iter().enumerate() {
        let is_balanced = before * 4 >= total && before * 4 <= total * 3;
        let distance = if is_balanced {
            0
        } else {
            (2 * before).abs_diff(total)
        };
        let rank = (!is_balanced, distance, item.hash);
        if at > 0 && best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, at));
        }
        before += item.weight;
    }
    best.map_or(1, |(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(names: &[String]) -> Vec<Item> {
        names.iter().map(|name| Item::new(name, 1)).collect()
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|at| format!("gw__note-{at:05}")).collect()
    }

    #[test]
    fn parts_cover_the_list_in_order_and_none_is_too_large_or_very_small() {
        let ranges = split(&items(&names(10_000)), 500);
        let mut end = 0;
        for range in &ranges {
            assert_eq!(range.start, end);
            end = range.end;
            assert!(range.len() <= 500 && range.len() >= 125, "{range:?}");
        }
        assert_eq!(end, 10_000);
        assert_eq!(split(&items(&names(500)), 500).len(), 1);
        assert!(split(&[], 500).is_empty());
    }

    #[test]
    fn an_entry_more_changes_few_parts() {
        let names = names(5_000);
        let parts = |names: &[String]| -> Vec<Vec<String>> {
            let ranges = split(&items(names), 100).into_iter();
            ranges.map(|range| names[range].to_vec()).collect()
        };
        let before = parts(&names);
        let mut changed = 0;
        for at in (0..5_000).step_by(97) {
            let mut more = names.clone();
            more.insert(at, format!("gw__note-{at:05}a"));
            let after = parts(&more);
            changed += after.iter().filter(|part| !before.contains(part)).count();
        }
        let tries = 5_000_usize.div_ceil(97);
        assert!(changed < 3 * tries, "{changed} parts in {tries} tries");
    }

    #[test]
    fn heavy_items_are_parts_of_their_own() {
        let weights = [3, 900, 900, 2, 1];
        let items = weights.map(|weight| Item { hash: 7, weight });
        assert_eq!(split(&items, 500), [0..1, 1..2, 2..3, 3..5]);
    }

    #[test]
    fn a_part_is_known_by_its_name() {
        let part = Part {
            topic: "t.x_y-z",
            number: 12,
            docs: Vec::new(),
        };
        assert_eq!(whole_of(&part.page()), Some(Whole::Index));
        assert_eq!(whole_of(&part.graph()), Some(Whole::Graph));
        assert_eq!(whole_of(&files_page("attachment/b", 1)), Some(Whole::Files));
        for other in [
            "index.html",
            "topic-gw.html",
            "topic-gw-01.html",
            "topic-gw-x.html",
            "topic-gw__note-1.html",
            "files-notes-1.html",
            "a/topic-gw-1.html",
            "graph-gw-1.html",
        ] {
            assert_eq!(whole_of(other), None, "{other}");
        }
    }
}
