//! What is wrong with a document's links.
//!
//! Not here: where a link leads (`model::links`), and other hosts (`external`).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use unicode_normalization::is_nfc;

use crate::diagnostic::{Diagnostic, Words, nearest};
use crate::markdown::outline::{Link, LinkKind};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::{Document, Place};
use crate::model::links::{Address, Break, Target, parse_target, wiki_parts};
use crate::name::href;

/// Targets are shown no longer than this, in characters.
const LONGEST: usize = 120;
/// So many wrong links of one document are compared with every name there is.
const MOST_COMPARED: usize = 200;
/// Targets longer than this, in bytes, are compared with no name.
const COMPARED: usize = 300;

/// Names that a wrong link may have meant.
#[derive(Debug)]
pub struct Names<'a> {
    documents: Known<'a>,
    files: Known<'a>,
}

/// Names of one kind.
#[derive(Debug)]
struct Known<'a> {
    /// By the name in lower case.
    folded: HashMap<String, &'a str>,
    words: Words<'a>,
    /// What was found for a wrong name before: the same one often stands in many documents.
    found: Mutex<HashMap<String, Option<&'a str>>>,
}

impl<'a> Known<'a> {
    fn new(names: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self {
            folded: names
                .clone()
                .map(|name| (name.to_lowercase(), name))
                .collect(),
            words: Words::new(names),
            found: Mutex::default(),
        }
    }

    fn nearest(&self, name: &str) -> Option<&'a str> {
        let found = || self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = found().get(name) {
            return *known;
        }
        let near = self.words.nearest(name);
        found().insert(name.to_owned(), near);
        near
    }

    /// The name that differs from this one only in case.
    fn in_other_case(&self, name: &str) -> Option<&'a str> {
        self.folded.get(&name.to_lowercase()).copied()
    }
}

impl<'a> Names<'a> {
    /// Of a whole corpus.
    pub fn new(catalogue: &'a Catalogue) -> Self {
        let ids = catalogue.published.iter();
        Self {
            documents: Known::new(ids.map(|id| catalogue.corpus.get(*id).name.as_str())),
            files: Known::new(catalogue.files.keys().map(String::as_str)),
        }
    }
}

/// What is wrong with the links of a document, in their order.
pub fn find<'a>(
    catalogue: &'a Catalogue,
    names: &'a Names<'a>,
    of: DocId,
) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let document = catalogue.corpus.get(of);
    let finder = Finder::new(catalogue, names, of, document.name.source());
    let links = document.outline.links.iter();
    let targets = catalogue.links.targets(of).iter();
    targets
        .zip(links)
        .zip(&document.link_places)
        .scan(finder, |finder, ((target, link), place)| {
            Some(finder.findings(target, link, *place))
        })
        .flatten()
}

/// Links of a hand-made page that lead nowhere, beside those that its document has too.
pub fn in_page<'a>(
    catalogue: &'a Catalogue,
    names: &'a Names<'a>,
    of: DocId,
) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let document = catalogue.corpus.get(of);
    let page = document.name.page();
    let settings = &catalogue.settings;
    let path = if settings.is_flat() {
        page
    } else {
        format!("{}/{page}", settings.output)
    };
    let mut finder = Finder::new(catalogue, names, of, path);
    let links = catalogue.hand_made.get(&of).map(|page| &page.links);
    let targets = catalogue.links.hand_made_targets(of).iter();
    let broken = targets
        .zip(links.into_iter().flatten())
        .filter(|(target, (link, _))| {
            let own = &document.outline.links;
            matches!(target, Target::Broken(_)) && own.iter().all(|own| own.target != link.target)
        });
    broken.filter_map(move |(target, (link, position))| {
        let finding = finder.of_target(target, link)?;
        Some(finding.at(*position).over(link.span.len()))
    })
}

struct Finder<'a> {
    catalogue: &'a Catalogue,
    names: &'a Names<'a>,
    of: DocId,
    document: &'a Document,
    /// The file that the links stand in.
    path: String,
    /// How many more wrong links are compared with every name there is.
    budget: usize,
}

impl<'a> Finder<'a> {
    fn new(catalogue: &'a Catalogue, names: &'a Names<'a>, of: DocId, path: String) -> Self {
        Self {
            catalogue,
            names,
            of,
            document: catalogue.corpus.get(of),
            path,
            budget: MOST_COMPARED,
        }
    }
}

impl Finder<'_> {
    fn findings(&mut self, target: &Target, link: &Link, place: Place) -> Vec<Diagnostic> {
        let own = self.of_target(target, link);
        let form = self.wrong_form(target, link);
        let alt = (link.kind == LinkKind::Image && link.label.is_empty())
            .then(|| self.finding("image-alt", link, "has no alternative text"))
            .map(|finding| finding.help("write what it shows: `![text](…)`"));
        [own, form, alt]
            .into_iter()
            .flatten()
            .map(|finding| finding.at(place.position).over(place.length))
            .collect()
    }

    fn finding(&self, code: &'static str, link: &Link, what: &str) -> Diagnostic {
        let message = format!("`{}` {what}", shown(&link.target));
        Diagnostic::error(code, &self.path, message)
    }

    fn of_target(&mut self, target: &Target, link: &Link) -> Option<Diagnostic> {
        match target {
            Target::Broken(Break::Document) => Some(self.broken_document(link)),
            Target::Broken(Break::Heading) => Some(self.broken_heading(link)),
            Target::Broken(Break::Attachment) => Some(self.broken_file(link)),
            Target::Unpublished(to) => Some(self.unpublished(*to, link)),
            Target::Document(to) => self
                .missing_in_page(*to, link)
                .or_else(|| self.deprecated(*to, link)),
            Target::Here => self.missing_in_page(self.of, link),
            Target::Refused if !link.kind.is_html() => {
                Some(self.finding("refused-link", link, "has a scheme that is not followed"))
            }
            Target::Unknown => Some(self.beyond(link)),
            Target::Wiki => Some(self.wikilink(link)),
            Target::Refused | Target::Outside | Target::Catalogue | Target::File(_) => None,
        }
    }

    /// A link from a server's root, or out of the site.
    fn beyond(&self, link: &Link) -> Diagnostic {
        let target = link.target.replace('\\', "/");
        let Some(path) = target.strip_prefix('/') else {
            return self
                .finding("outside-link", link, "leads out of the site")
                .help("give the whole address: `https://…`");
        };
        let relative = |what| format!("links are relative to the page: {what}");
        let Address::Local { path, .. } = parse_target(path) else {
            return self.finding("absolute-link", link, "begins at a server's root");
        };
        if self.is_served(&path) {
            let finding = self.finding("absolute-link", link, "begins at a server's root");
            return finding.help(relative(format!("`{}`", href(&path))));
        }
        let help = relative("`basename.html`, `attachment/…`".to_owned());
        let code = match link.kind {
            LinkKind::Image | LinkKind::HtmlImage => "broken-image",
            _ => "broken-document",
        };
        self.finding(code, link, "is nothing of the site")
            .help(help)
    }

    /// Whether a server whose root is the site has something there.
    fn is_served(&self, path: &str) -> bool {
        let document = path.strip_suffix(".html");
        let document = document.and_then(|name| self.catalogue.corpus.find(name));
        path.is_empty()
            || matches!(path, "index.html" | "files.html" | "graph.json")
            || document.is_some_and(|id| self.catalogue.published.contains(&id))
            || self.catalogue.files.contains_key(path)
    }

    fn broken_document(&mut self, link: &Link) -> Diagnostic {
        let name = match link.kind {
            LinkKind::Wiki | LinkKind::Embed => wiki_parts(&link.target).0.to_owned(),
            _ => stem(&link.target),
        };
        if let Some(right) = self.names.documents.in_other_case(&name) {
            let finding = self.finding("name-mismatch", link, "differs from a name only in case");
            return finding.help(format!("the document is `{right}`"));
        }
        let finding = self.finding("broken-document", link, "leads to no document");
        match self.nearest_document(&name) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        }
    }

    fn nearest_document(&mut self, name: &str) -> Option<&str> {
        let is_comparable = self.spend() && name.len() <= COMPARED;
        is_comparable.then(|| self.names.documents.nearest(name))?
    }

    fn broken_heading(&mut self, link: &Link) -> Diagnostic {
        let finding = self.finding("broken-heading", link, "leads to no heading of that page");
        let is_left = self.spend();
        let Some((document, fragment)) = self.aim(link) else {
            return finding;
        };
        let headings = &document.outline.headings;
        let ids = headings.iter().map(|heading| heading.id.as_str());
        let near = (is_left && fragment.len() <= COMPARED).then(|| nearest(&fragment, ids));
        match near.flatten() {
            Some(near) => finding.help(format!("did you mean `#{near}`?")),
            None => finding,
        }
    }

    fn spend(&mut self) -> bool {
        let is_left = self.budget > 0;
        self.budget = self.budget.saturating_sub(1);
        is_left
    }

    /// The document that a link names and the place in it, where it names both.
    fn aim(&self, link: &Link) -> Option<(&Document, String)> {
        let corpus = &self.catalogue.corpus;
        if let LinkKind::Wiki | LinkKind::Embed = link.kind {
            let (name, heading) = wiki_parts(&link.target);
            let name = if name.is_empty() {
                self.document.name.as_str()
            } else {
                name
            };
            return Some((
                corpus.get(corpus.find_by_any_name(name)?),
                heading?.to_owned(),
            ));
        }
        let Address::Local { path, fragment } = parse_target(&link.target) else {
            return None;
        };
        let document = if path.is_empty() {
            self.document
        } else {
            corpus.get(corpus.find_by_any_name(&stem(&link.target))?)
        };
        Some((document, fragment?))
    }

    /// A hand-made page that lacks a heading of its document.
    fn missing_in_page(&self, to: DocId, link: &Link) -> Option<Diagnostic> {
        let ids = &self.catalogue.hand_made.get(&to)?.ids;
        let (document, fragment) = self.aim(link)?;
        let fragment = match link.kind {
            LinkKind::Wiki | LinkKind::Embed => &document.outline.heading_called(&fragment)?.id,
            _ => &fragment,
        };
        if fragment.is_empty() || fragment == "top" || ids.contains(fragment) {
            return None;
        }
        let what = "leads to a heading that the hand-made page does not have";
        let help = format!(
            "give it to the heading in {}: id=\"{fragment}\"",
            document.name.page()
        );
        Some(self.finding("broken-heading", link, what).help(help))
    }

    fn broken_file(&mut self, link: &Link) -> Diagnostic {
        let path = match parse_target(&link.target) {
            Address::Local { path, .. } => path,
            _ => link.target.clone(),
        };
        if link.kind == LinkKind::HtmlLink
            && let Some(name) = path.strip_suffix(".md")
            && let Some(to) = self
                .catalogue
                .corpus
                .find(name.strip_prefix("markdown/").unwrap_or(name))
        {
            let page = self.catalogue.corpus.get(to).name.href();
            let finding = self.finding(
                "source-link",
                link,
                "stands in raw HTML, which is not rewritten",
            );
            return finding.help(format!("write `{page}`"));
        }
        if let Some(right) = self.names.files.in_other_case(&path) {
            let finding = self.finding("name-mismatch", link, "differs from a name only in case");
            return finding.help(format!("the file is `{right}`"));
        }
        let finding = match link.kind {
            LinkKind::Image | LinkKind::HtmlImage | LinkKind::Embed => {
                self.finding("broken-image", link, "is no file of the site")
            }
            _ => self.finding("broken-attachment", link, "is no file of the site"),
        };
        let is_comparable = self.spend() && path.len() <= COMPARED;
        let near = is_comparable.then(|| self.names.files.nearest(&path));
        match near.flatten() {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        }
    }

    fn unpublished(&self, to: DocId, link: &Link) -> Diagnostic {
        let document = self.catalogue.corpus.get(to);
        if document.front.draft {
            let finding = self.finding("unpublished-link", link, "leads to a draft");
            return finding.help(format!(
                "set `draft` to false in {}, or remove the link",
                document.name.source()
            ));
        }
        let finding = self.finding(
            "unpublished-link",
            link,
            "leads to a document without a page",
        );
        finding.help(format!(
            "publish it with `docsite render {}`",
            document.name
        ))
    }

    /// A deprecated document may link to others of its kind, and a successor to what it replaces.
    fn deprecated(&self, to: DocId, link: &Link) -> Option<Diagnostic> {
        let other = self.catalogue.corpus.get(to);
        other.front.deprecated.as_ref()?;
        let successor = other.front.superseded_by.as_ref();
        let successor =
            successor.and_then(|name| self.catalogue.corpus.find_by_any_name(name.as_str()));
        if self.document.front.deprecated.is_some() || successor == Some(self.of) {
            return None;
        }
        let finding = self.finding("deprecated-link", link, "leads to a deprecated document");
        Some(match successor {
            Some(id) => finding.help(format!(
                "its successor is `{}`",
                self.catalogue.corpus.get(id).name
            )),
            None => finding,
        })
    }

    fn wikilink(&self, link: &Link) -> Diagnostic {
        let (name, _) = wiki_parts(&link.target);
        let finding = self.finding("wikilink", link, "is a wikilink, which leads nowhere here");
        let corpus = &self.catalogue.corpus;
        let to = corpus.find_by_any_name(name).or_else(|| {
            let mut documents = corpus.iter();
            documents
                .find(|(_, other)| other.title == name)
                .map(|(id, _)| id)
        });
        finding.help(match to {
            Some(id) => format!(
                "write `[{}]({})`",
                shown(&link.label),
                corpus.get(id).name.href()
            ),
            None => "write `[label](basename.html)`, or set `wikilinks = \"link\"`".to_owned(),
        })
    }

    /// A name is found in whatever Unicode form it is written; on a server it may not be.
    fn wrong_form(&self, target: &Target, link: &Link) -> Option<Diagnostic> {
        let leads = matches!(
            target,
            Target::Document(_) | Target::Unpublished(_) | Target::File(_)
        );
        let written = percent_encoding::percent_decode_str(&link.target).decode_utf8_lossy();
        (leads && !is_nfc(&written)).then(|| {
            let help = match target {
                Target::File(path) => format!("the file is `{}`", href(path)),
                _ => "write it as one composed letter each (NFC)".to_owned(),
            };
            self.finding(
                "name-mismatch",
                link,
                "differs from a name only in Unicode form",
            )
            .help(help)
        })
    }
}

/// A link's file without its ending.
fn stem(target: &str) -> String {
    match parse_target(target) {
        Address::Local { path, .. } => {
            let stem = path.strip_suffix(".html").or(path.strip_suffix(".md"));
            stem.unwrap_or(&path).to_owned()
        }
        _ => target.to_owned(),
    }
}

/// A target as a message shows it.
fn shown(target: &str) -> String {
    let escaped: String = target.escape_debug().take(LONGEST).collect();
    if escaped.len() < target.len() {
        format!("{escaped}…")
    } else {
        escaped
    }
}
