//! Redirects: former addresses of pages, from the front matter's `aliases` and `[redirects]` of the
//! settings, each followed to where it ends.
//!
//! Not here: the files that send a reader on (`output::redirects`), and links of documents to a former
//! name, which are links to the document (`target`).

mod path;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Position, nearest};
use crate::name::{Basename, href};
use crate::portable::folded;
use crate::rule::Rule;

use super::address;
use super::corpus::{Corpus, DocId, Published};
use super::document::Document;
use super::settings;

pub(super) use self::path::check as check_path;
use self::path::{Former, former};

/// An entry of `[redirects]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// As written: a path of the site, or a basename.
    pub from: String,
    /// As written: a document, another path of the site, or an address, with or without a fragment.
    pub to: String,
    pub at: Position,
}

/// Where readers of a former address are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The former path, relative to the output: `gw__note-old.html`, `old/guide.php`.
    pub from: String,
    pub to: Goal,
    /// `#fragment` of the new address; empty where the reader's own is kept.
    pub fragment: String,
    pub by: By,
}

/// What says that there is a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Alias,
    Settings,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    Document(DocId),
    /// A file of the site, relative to the output.
    File(String),
    /// An address on another host.
    Outside(String),
}

/// What there is that a redirect may lead to, or be in the way of.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub corpus: &'a Corpus,
    pub published: &'a Published,
    /// The paths, relative to the output, that links may name.
    pub files: &'a BTreeSet<String>,
    /// The site's own address; empty where it is not known.
    pub base_url: &'a str,
}

/// Pages that every site has, or that programs ask for.
const OWN: [&str; 12] = [
    "index.html",
    "files.html",
    "404.html",
    "graph.json",
    "llms.txt",
    "robots.txt",
    "sitemap.xml",
    "feed.xml",
    "opensearch.xml",
    "_headers",
    "_redirects",
    "redirects.caddy",
];
/// Folders in which redirects would be in the way of the site's files.
const FOLDERS: [&str; 4] = ["assets/", "attachment/", "markdown/", "view/"];

/// The redirects of a site by their former path, and what is wrong with the others.
pub fn resolve(written: &[Written], around: Around<'_>) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut taken = around.taken();
    let mut places: BTreeMap<String, &Written> = BTreeMap::new();
    for entry in written {
        let from = former(&entry.from);
        if let Some(what) = at(&taken, &from) {
            findings.push(shadows(entry, &what));
        } else {
            taken.insert(
                folded(&from),
                format!("the redirect on line {}", entry.at.line),
            );
            places.insert(from, entry);
        }
    }
    let mut redirects: BTreeMap<String, Redirect> = BTreeMap::new();
    for (from, entry) in &places {
        match around.follow(entry, &places) {
            Ok((to, fragment)) => {
                let redirect = Redirect {
                    from: from.clone(),
                    to,
                    fragment,
                    by: By::Settings,
                };
                redirects.insert(from.clone(), redirect);
            }
            Err(finding) => findings.push(finding),
        }
    }
    for redirect in around.aliases() {
        let said = redirects.get(&redirect.from);
        if let Some(said) = said.filter(|said| said.by == By::Settings) {
            if said.to != redirect.to {
                findings.push(shadows(places[&said.from], "an alias of another document"));
            }
        } else if at(&taken, &redirect.from).is_none() {
            taken.insert(folded(&redirect.from), "an alias".to_owned());
            redirects.insert(redirect.from.clone(), redirect);
        }
    }
    (redirects.into_values().collect(), findings)
}

/// Redirects of the settings to a part of a document that it does not have: readers come to its top.
/// `has` says whether a link may name an id of a document.
pub fn without_heading(
    redirects: &[Redirect],
    written: &[Written],
    has: impl Fn(DocId, &str) -> bool,
) -> Vec<Diagnostic> {
    let leads_nowhere = |redirect: &Redirect| {
        let id = address::decoded(redirect.fragment.trim_start_matches('#'));
        let id: String = id.nfc().collect();
        matches!(redirect.to, Goal::Document(to) if !["", "top"].contains(&&*id) && !has(to, &id))
    };
    let wrong = redirects.iter().filter(|redirect| leads_nowhere(redirect));
    let entries = wrong.filter_map(|redirect| {
        let entry = written
            .iter()
            .find(|it| former(&it.from) == redirect.from)?;
        let message = format!(
            "the redirect links to `{}`, but there is no heading `{}`",
            entry.to.escape_debug(),
            redirect.fragment.escape_debug()
        );
        let finding = Diagnostic::new(Rule::RedirectTarget, settings::FILE, message);
        Some(
            finding
                .at(entry.at)
                .help("name a heading that is there, or the document alone"),
        )
    });
    entries.collect()
}

/// What is at a path of the output.
fn at(taken: &BTreeMap<String, String>, path: &str) -> Option<String> {
    let folded = folded(path);
    if let Some(folder) = FOLDERS.iter().find(|folder| folded.starts_with(*folder)) {
        return Some(format!("what is in {folder}"));
    }
    let own = taken.get(&folded);
    // A file is no folder.
    let mut above = folded.match_indices('/').map(|(at, _)| &folded[..at]);
    let above = above.find_map(|above| taken.get(above));
    let below = format!("{folded}/");
    let below = taken
        .range(below.clone()..)
        .next()
        .filter(|(path, _)| path.starts_with(&below));
    let found = own.or(above).or(below.map(|(_, what)| what));
    found.cloned()
}

fn shadows(entry: &Written, what: &str) -> Diagnostic {
    let message = format!(
        "the redirect from `{}` is in the place of {what}",
        entry.from.escape_debug()
    );
    Diagnostic::new(Rule::RedirectShadows, settings::FILE, message)
        .at(entry.at)
        .help("remove one of them")
}

/// A target of a redirect, its fragment apart.
fn split(target: &str) -> (&str, &str) {
    target
        .find('#')
        .map_or((target, ""), |at| target.split_at(at))
}

fn is_outside(target: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|web| target.starts_with(web))
}

impl Around<'_> {
    /// What is at each path of the output that no redirect may take, by the folded path.
    fn taken(self) -> BTreeMap<String, String> {
        let own = OWN.map(|path| (path.to_owned(), format!("docsite's own {path}")));
        let pages = self.corpus.iter().map(|(_, document)| {
            let name = &document.name;
            let files = [name.page(), name.about()];
            files.map(|path| (folded(&path), name.source()))
        });
        let pages = pages.flatten();
        own.into_iter().chain(pages).collect()
    }

    /// Where a redirect ends, with its fragment, over others that it leads to.
    fn follow(
        self,
        first: &Written,
        places: &BTreeMap<String, &Written>,
    ) -> Result<(Goal, String), Diagnostic> {
        let mut passed = BTreeSet::from([former(&first.from)]);
        let mut fragment = String::new();
        let mut entry = first;
        loop {
            let (target, own) = split(&entry.to);
            let target = self.within(target);
            if fragment.is_empty() {
                own.clone_into(&mut fragment);
            }
            if is_outside(target) {
                return Ok((Goal::Outside(target.to_owned()), fragment));
            }
            if let Some(goal) = self.goal(target) {
                return Ok((goal, fragment));
            }
            let next = former(target);
            let Some(other) = places.get(&next) else {
                return Err(self.without_target(first, target));
            };
            if !passed.insert(next) {
                let message = format!(
                    "the redirect from `{}` leads back to itself",
                    first.from.escape_debug()
                );
                return Err(Diagnostic::new(Rule::RedirectLoop, settings::FILE, message)
                    .at(first.at)
                    .help("name the document that it is to lead to"));
            }
            entry = other;
        }
    }

    /// A target as a path, where it is an address of the site itself.
    fn within(self, target: &str) -> &str {
        let rest = target
            .strip_prefix(self.base_url)
            .filter(|_| !self.base_url.is_empty());
        match rest {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => target,
        }
    }

    fn goal(self, target: &str) -> Option<Goal> {
        let path: String = target.trim_start_matches('/').nfc().collect();
        if path.is_empty() {
            return Some(Goal::File(OWN[0].to_owned()));
        }
        let stem = [".html", ".md"].iter().find_map(|it| path.strip_suffix(it));
        let name = stem.unwrap_or(&path);
        let name = name.strip_prefix("markdown/").unwrap_or(name);
        if let Some(id) = self.corpus.find_by_any_name(name) {
            return self.published.contains(&id).then_some(Goal::Document(id));
        }
        let is_there = self.files.contains(&path) || OWN[..2].contains(&path.as_str());
        is_there.then_some(Goal::File(path))
    }

    fn without_target(self, entry: &Written, target: &str) -> Diagnostic {
        let name = target.trim_start_matches('/').trim_end_matches(".html");
        let message = match self.corpus.find_by_any_name(name) {
            Some(_) => format!("the redirect links to `{name}`, which is not published"),
            None => format!(
                "the redirect links to `{}`, which does not exist",
                target.escape_debug()
            ),
        };
        let finding = Diagnostic::new(Rule::RedirectTarget, settings::FILE, message).at(entry.at);
        let names = self
            .published
            .iter()
            .map(|id| self.corpus.get(*id).name.as_str());
        match nearest(name, names).filter(|near| *near != name) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("a basename, a path of the site, or an https:// address"),
        }
    }

    /// Former names of published documents that have a path of their own.
    fn aliases(self) -> impl Iterator<Item = Redirect> {
        let published = self.published.iter();
        published.flat_map(move |id| {
            let document = self.corpus.get(*id);
            let paths = document
                .front
                .aliases
                .iter()
                .filter_map(|alias| alias_path(alias));
            let own = paths.filter(move |path| self.owns(document, path));
            own.map(|from| Redirect {
                from,
                to: Goal::Document(*id),
                fragment: String::new(),
                by: By::Alias,
            })
        })
    }

    /// Whether a document is the one that links to this former name find.
    fn owns(self, document: &Document, path: &str) -> bool {
        let stem = path.strip_suffix(".html").unwrap_or(path);
        let first = self.corpus.find_by_any_name(stem);
        first.is_none_or(|first| self.corpus.get(first).name == document.name)
    }
}

/// The former path that an alias names: a basename, or a path as other builders have it. Others are
/// names that only wikilinks use.
fn alias_path(alias: &str) -> Option<String> {
    let is_path = alias.starts_with('/') || alias.contains('/') || alias.ends_with(".html");
    let stem = alias.strip_suffix(".md").unwrap_or(alias);
    if !is_path && Basename::parse(stem).is_err() {
        return None;
    }
    path::check(stem).ok()?;
    Some(former(stem))
}

impl Redirect {
    /// The new address, relative to the site's root, its fragment included.
    pub fn address(&self, corpus: &Corpus) -> String {
        let path = match &self.to {
            Goal::Document(id) => corpus.get(*id).name.href(),
            Goal::File(path) => href(path),
            Goal::Outside(url) => url.clone(),
        };
        path + &self.fragment
    }

    /// The paths that readers ask for: the former one, and of a folder's page the folder.
    pub fn asked(&self) -> impl Iterator<Item = &str> {
        let folder = self.from.strip_suffix("index.html");
        let folder = folder.filter(|folder| folder.ends_with('/'));
        [Some(self.from.as_str()), folder].into_iter().flatten()
    }

    /// Whether a page can be at the former path, which sends readers on from any host.
    pub fn has_page(&self) -> bool {
        Former::of(&self.from) == Former::Page
    }
}
