//! Which basename each file gets: a topic from its folder, a type from words, a name from its own
//! name; made valid, and different from all others.
//!
//! Not here: names that a map gives (`map`, which come first).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::settings::Label;
use crate::name::Basename;

use super::habits::Habits;
use super::words::{folded, is_index, parts, shortened, slug, stem, without_number, words};

/// In bytes.
const LONGEST_TOPIC: usize = 48;
const LONGEST_NAME: usize = 150;
/// Folders that hold everything, and say nothing of a topic.
const ROOTS: [&str; 10] = [
    "docs",
    "doc",
    "content",
    "src",
    "source",
    "pages",
    "_docs",
    "documents",
    "notes",
    "vault",
];
/// Words that say a type.
const TYPES: [(&str, &[&str]); 5] = [
    (
        "runbook",
        &["runbook", "playbook", "sop", "런북", "대응", "절차"],
    ),
    (
        "report",
        &[
            "report",
            "postmortem",
            "incident",
            "retrospective",
            "benchmark",
            "보고서",
            "리포트",
            "회고",
            "장애",
        ],
    ),
    (
        "guide",
        &[
            "guide",
            "howto",
            "tutorial",
            "quickstart",
            "install",
            "installation",
            "setup",
            "walkthrough",
            "가이드",
            "튜토리얼",
            "설치",
            "실습",
            "시작하기",
        ],
    ),
    (
        "src",
        &[
            "reference",
            "cheatsheet",
            "glossary",
            "spec",
            "specification",
            "레퍼런스",
            "용어집",
            "명세",
        ],
    ),
    ("MOC", &["moc", "toc", "목차"]),
];
/// Phrases that say a guide.
const GUIDES: [&str; 3] = ["how-to", "getting-started", "quick-start"];

/// What is known of a file when it is named.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    /// `type:` of its front matter.
    pub(super) kind: Option<&'a str>,
}

/// The name of a document, and why it is not simply the file's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: Basename,
    pub(super) why: Option<String>,
}

/// Gives names.
#[derive(Debug)]
pub(super) struct Namer<'a> {
    pub(super) habits: &'a Habits,
    pub(super) topics: &'a [Label],
    pub(super) types: &'a [Label],
    /// The topic of files that are in no folder.
    pub(super) own_topic: String,
    /// By their folded form, what has them.
    pub(super) taken: BTreeMap<String, String>,
}

impl Namer<'_> {
    /// Takes a name that is given.
    pub(super) fn take(&mut self, name: &Basename, path: &str) {
        self.taken.insert(name.folded(), path.to_owned());
    }

    /// The name of a file; `None` if no valid name can be made of it, which does not happen.
    pub(super) fn name(&mut self, subject: &Subject<'_>) -> Option<Named> {
        let own = Basename::parse(stem(subject.path)).ok();
        let listed = own.filter(|name| {
            self.habits.keeps_name(subject.path)
                || self.types.iter().any(|label| label.prefix == name.kind())
        });
        if let Some(name) = listed.filter(|name| !self.taken.contains_key(&name.folded())) {
            self.take(&name, subject.path);
            return Some(Named { name, why: None });
        }
        let (topic, above, own) = self.place(subject.path);
        let kind = self.kind(subject, &own);
        let bare = without_type(&own, &kind);
        let full = if bare.is_empty() { "untitled" } else { bare };
        let short = shortened(full, LONGEST_NAME);
        let mut why = (short != full).then(|| "shortened".to_owned());
        let parent = above
            .last()
            .map(|parent| shortened(&format!("{parent}-{short}"), LONGEST_NAME).to_owned());
        let numbered = (2..).map(|number| format!("{short}-{number}"));
        let candidates = std::iter::once(short.to_owned())
            .chain(parent)
            .chain(numbered);
        for candidate in candidates.take(100_000) {
            let name = Basename::parse(&format!("{topic}__{kind}-{candidate}")).ok()?;
            let Some(other) = self.taken.get(&name.folded()) else {
                self.take(&name, subject.path);
                return Some(Named { name, why });
            };
            if why.as_deref().is_none_or(|why| why == "shortened") {
                let is_short = if why.is_some() { "shortened; " } else { "" };
                why = Some(format!("{is_short}`{short}` is that of {other}"));
            }
        }
        None
    }

    /// The topic, the folders below it, and the name.
    fn place(&self, path: &str) -> (String, Vec<String>, String) {
        let (folder, _) = parts(path);
        let mut above: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        while above
            .first()
            .is_some_and(|first| ROOTS.contains(&folded(first).as_str()))
        {
            above.remove(0);
        }
        let mut name = self.habits.levels(stem(path));
        let mut above: Vec<String> = above.into_iter().map(str::to_owned).collect();
        let last = name.pop().unwrap_or_default();
        above.extend(name);
        let slugs = above.iter().map(|part| slug(without_number(part).1));
        let mut slugs: Vec<String> = slugs.filter(|part| !part.is_empty()).collect();
        let topic = if slugs.is_empty() {
            self.own_topic.clone()
        } else {
            slugs.remove(0)
        };
        let topic = self.listed(&topic);
        let own = slug(without_number(&last).1);
        let own = if is_index(path) {
            slugs
                .last()
                .cloned()
                .unwrap_or_else(|| "overview".to_owned())
        } else if own.is_empty() {
            slug(&last)
        } else {
            own
        };
        // A level of a name that is not a folder belongs to it.
        let own = if self.habits.has_levels(stem(path)) && !is_index(path) {
            slugs
                .iter()
                .map(String::as_str)
                .chain([own.as_str()])
                .collect::<Vec<_>>()
                .join("-")
        } else {
            own
        };
        (shortened(&topic, LONGEST_TOPIC).to_owned(), slugs, own)
    }

    /// The prefix of a topic that the site lists, by its prefix or its name.
    fn listed(&self, topic: &str) -> String {
        let is_it = |label: &&Label| folded(&label.prefix) == topic || slug(&label.name) == topic;
        let found = self.topics.iter().find(is_it);
        found.map_or_else(|| topic.to_owned(), |label| label.prefix.clone())
    }

    fn kind(&self, subject: &Subject<'_>, own: &str) -> String {
        let listed = |word: &str| {
            let mut types = self.types.iter();
            types
                .find(|label| folded(&label.prefix) == folded(word))
                .map(|label| label.prefix.clone())
        };
        if let Some(kind) = subject.kind.and_then(listed) {
            return kind;
        }
        let of_name: BTreeSet<String> = words(stem(subject.path)).into_iter().collect();
        if is_index(subject.path)
            && let Some(kind) = listed("MOC")
        {
            return kind;
        }
        let of_title: BTreeSet<String> = words(subject.title).into_iter().collect();
        let is_guide = GUIDES.iter().any(|phrase| own.contains(phrase));
        let said = |words: &BTreeSet<String>| {
            let own = self
                .types
                .iter()
                .find(|label| words.contains(&folded(&label.prefix)));
            // `note` and `src` are words of their own too often.
            let own = own.filter(|label| !matches!(label.prefix.as_str(), "note" | "src"));
            own.map(|label| label.prefix.clone()).or_else(|| {
                let found = TYPES
                    .iter()
                    .find(|(_, said)| said.iter().any(|word| words.contains(*word)));
                found.and_then(|(kind, _)| listed(kind))
            })
        };
        said(&of_name)
            .or_else(|| if is_guide { listed("guide") } else { None })
            .or_else(|| said(&of_title))
            .or_else(|| listed("note"))
            .or_else(|| self.types.first().map(|label| label.prefix.clone()))
            .unwrap_or_else(|| "note".to_owned())
    }
}

/// `install` of `guide-install`, of the type `guide`.
fn without_type<'a>(own: &'a str, kind: &str) -> &'a str {
    let rest = own
        .strip_prefix(folded(kind).as_str())
        .and_then(|rest| rest.strip_prefix('-'));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(own)
}
