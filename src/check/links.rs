//! Findings about a document's links.
//!
//! Not here: what a link links to (`model::links`), and other hosts (`external`).

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, nearest};
use crate::markdown::outline::{Link, LinkKind};
use crate::model::address::{self, Address};
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::model::target::{Break, Differs, Meant, Resolved, Target, wiki_parts};
use crate::name::link_text;
use crate::place::Place;
use crate::rule::Rule;

use super::names::Names;

/// The most characters of a target in a message.
const LONGEST: usize = 120;
/// The most broken links of one document that are compared with every name.
const MOST_COMPARED: usize = 200;
/// In bytes. Longer targets get no suggestion.
const COMPARED: usize = 300;
/// The message about a path from a server's root that is not found.
const NOTHING: &str = "is not in the site";

/// Findings about the links of a document, in their order.
pub fn find<'a>(
    catalogue: &'a Catalogue,
    names: &'a Names<'a>,
    of: DocId,
) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let document = catalogue.corpus.get(of);
    let finder = Finder::new(catalogue, names, of, document.name.source());
    let links = document.outline.links.iter();
    let followed = catalogue.links.links(of).iter();
    followed
        .zip(links)
        .scan(finder, |finder, (followed, link)| {
            Some(finder.findings(followed, link, link.place))
        })
        .flatten()
}

/// Broken links of a hand-made page, except those that its document has too.
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
    let own = document
        .outline
        .links
        .iter()
        .zip(catalogue.links.targets(of));
    let known: BTreeSet<&str> = own
        .filter(|(_, target)| matches!(target, Target::Broken(_)))
        .map(|(link, _)| link.target.as_str())
        .collect();
    let followed = catalogue.links.links_of_page(of).iter();
    let broken = followed
        .zip(links.into_iter().flatten())
        .filter(move |(followed, link)| {
            matches!(followed.target, Target::Broken(_)) && !known.contains(link.target.as_str())
        });
    broken.filter_map(move |(followed, link)| {
        let finding = finder.of_target(followed, link)?;
        Some(finding.at(link.place.position).over(link.span.len()))
    })
}

struct Finder<'a> {
    catalogue: &'a Catalogue,
    names: &'a Names<'a>,
    of: DocId,
    document: &'a Document,
    /// The file that contains the links.
    path: String,
    /// How many more broken links may be compared with every name.
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
    fn findings(&mut self, followed: &Resolved, link: &Link, place: Place) -> Vec<Diagnostic> {
        let own = self.of_target(followed, link);
        let is_unnamed = link.kind == LinkKind::Image
            && link.label.is_empty()
            && followed.target != Target::Empty;
        let alt = is_unnamed
            .then(|| self.finding(Rule::ImageAlt, link, "has no alternative text"))
            .map(|finding| finding.help("write what it shows: `![text](…)`"));
        own.into_iter()
            .chain(alt)
            .map(|finding| finding.at(place.position).over(place.length))
            .collect()
    }

    fn finding(&self, rule: Rule, link: &Link, what: &str) -> Diagnostic {
        let message = format!("`{}` {what}", shown(&link.target));
        Diagnostic::new(rule, &self.path, message)
    }

    fn of_target(&mut self, followed: &Resolved, link: &Link) -> Option<Diagnostic> {
        match &followed.target {
            Target::Broken(Break::Heading) => Some(self.broken_heading(followed, link)),
            Target::Broken(kind) => Some(match &followed.meant {
                Some(meant) => self.misspelled(*kind, meant, link),
                None if *kind == Break::Document => self.broken_document(link),
                None => self.broken_file(link),
            }),
            Target::Unpublished(to) => Some(self.unpublished(*to, link)),
            Target::Document(to) => self
                .missing_in_page(followed, link)
                .or_else(|| self.deprecated(*to, link)),
            Target::Here => self.missing_in_page(followed, link),
            Target::Empty => Some(self.empty(link)),
            Target::Refused if !link.kind.is_html() => Some(self.refused(link)),
            Target::App => Some(
                self.finding(
                    Rule::AppLink,
                    link,
                    "opens only where its program is installed",
                )
                .help("say in the text what it opens: for other readers the link does nothing"),
            ),
            Target::Absolute => Some(self.absolute(followed, link)),
            Target::Beyond => Some(self.beyond(followed, link)),
            Target::Wiki => Some(self.wikilink(link)),
            Target::Refused
            | Target::Outside
            | Target::Catalogue(_)
            | Target::File(_)
            | Target::Source(_) => None,
        }
    }

    fn empty(&self, link: &Link) -> Diagnostic {
        let name = shown(&link.label);
        let called = if name.is_empty() {
            String::new()
        } else {
            format!(" `{name}`")
        };
        let corpus = &self.catalogue.corpus;
        let mut titled = corpus.iter().filter(|(_, other)| other.title == link.label);
        let (message, help) = match (link.kind, titled.next()) {
            (LinkKind::Image, _) => (
                format!("the picture{called} has no file"),
                format!("write it: `![{name}](attachment/…)`"),
            ),
            (LinkKind::Link, Some((_, other))) => (
                format!("the link{called} has no target"),
                format!("write `[{name}]({})`", link_text(&other.name.page())),
            ),
            (LinkKind::Link, None) => (
                format!("the link{called} has no target"),
                format!("write `[{name}](basename.html)`, or `{name}` alone"),
            ),
            _ => (
                "an element has an empty address".to_owned(),
                "write the address, or remove the attribute".to_owned(),
            ),
        };
        Diagnostic::new(Rule::EmptyLink, &self.path, message).help(help)
    }

    fn refused(&self, link: &Link) -> Diagnostic {
        let finding = self.finding(Rule::RefusedLink, link, "has a scheme that is not followed");
        let port = link.target.split_once(':').map(|(host, rest)| {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &rest[digits..];
            !host.is_empty() && digits > 0 && (rest.is_empty() || rest.starts_with('/'))
        });
        match port {
            Some(true) => finding.help(format!("write `http://{}`", shown(&link.target))),
            _ => finding,
        }
    }

    /// A link to a path from the server's root.
    fn absolute(&self, followed: &Resolved, link: &Link) -> Diagnostic {
        if let Some(meant) = &followed.meant {
            let help = format!("links are relative to the page: write `{}`", meant.written);
            let finding = match meant.differs {
                Differs::Root => {
                    self.finding(Rule::AbsoluteLink, link, "starts at the server's root")
                }
                _ => self.finding(Self::missing(Break::Document, link), link, NOTHING),
            };
            return finding.help(help);
        }
        let help = "links are relative to the page: `basename.html`, `attachment/…`";
        self.finding(Self::missing(Break::Document, link), link, NOTHING)
            .help(help)
    }

    /// The rule for a link to something missing.
    fn missing(kind: Break, link: &Link) -> Rule {
        match (link.kind, kind) {
            (LinkKind::Image | LinkKind::HtmlImage | LinkKind::Embed, _) => Rule::BrokenImage,
            (_, Break::Document) => Rule::BrokenDocument,
            (_, Break::Heading) => Rule::BrokenHeading,
            (_, Break::Attachment) => Rule::BrokenAttachment,
        }
    }

    /// A link to outside of the site.
    fn beyond(&self, followed: &Resolved, link: &Link) -> Diagnostic {
        let finding = self.finding(Rule::OutsideLink, link, "points outside the site");
        if let Some(meant) = &followed.meant {
            return finding.help(format!("write `{}`", meant.written));
        }
        if let LinkKind::Image | LinkKind::HtmlImage = link.kind {
            return finding.help("copy the picture into attachment/: `attachment/…`");
        }
        let is_set = !self.catalogue.settings.source_url.is_empty();
        finding.help(if is_set {
            "give the whole address: `https://…`"
        } else {
            "give the whole address: `https://…`, or set `source_url` in docsite.toml"
        })
    }

    /// A link whose correct spelling is known.
    fn misspelled(&self, kind: Break, meant: &Meant, link: &Link) -> Diagnostic {
        let help = format!("write `{}`", meant.written);
        let finding = match (meant.differs, kind) {
            (Differs::Case, _) => {
                self.finding(Rule::NameMismatch, link, "differs from a name only in case")
            }
            (Differs::Form, _) => self.finding(
                Rule::NameMismatch,
                link,
                "differs from a name only in Unicode form",
            ),
            (Differs::Alias, _) => {
                self.finding(Rule::OldName, link, "is a former name of its document")
            }
            (Differs::Markdown, _) => self.finding(
                Rule::SourceLink,
                link,
                "is a document's Markdown, and this page is not rewritten",
            ),
            (Differs::Root | Differs::Spelling, Break::Document) => self.finding(
                Self::missing(kind, link),
                link,
                "is not a document of this site",
            ),
            (Differs::Root | Differs::Spelling, _) => {
                self.finding(Self::missing(kind, link), link, "is not a file of the site")
            }
        };
        finding.help(help)
    }

    fn broken_document(&mut self, link: &Link) -> Diagnostic {
        let name = match link.kind {
            LinkKind::Wiki | LinkKind::Embed => wiki_parts(&link.target).0.to_owned(),
            _ => stem(&link.target),
        };
        let finding = self.finding(Rule::BrokenDocument, link, "is not a document of this site");
        match self.nearest_document(&name) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        }
    }

    fn nearest_document(&mut self, name: &str) -> Option<&str> {
        let is_comparable = self.spend() && name.len() <= COMPARED;
        is_comparable.then(|| self.names.documents.nearest(name))?
    }

    fn broken_heading(&mut self, followed: &Resolved, link: &Link) -> Diagnostic {
        let finding = self.finding(Rule::BrokenHeading, link, "is not a heading of that page");
        let is_left = self.spend();
        let Some((document, fragment)) = self.aim(followed) else {
            return finding;
        };
        let headings = &document.outline.headings;
        let ids = headings.iter().map(|heading| heading.id.as_str());
        let near = (is_left && fragment.len() <= COMPARED).then(|| nearest(fragment, ids));
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

    /// The document and the anchor that a link names, if it names both.
    fn aim<'f>(&self, followed: &'f Resolved) -> Option<(&'f Document, &'f str)>
    where
        Self: 'f,
    {
        let document = self.catalogue.corpus.get(followed.document?);
        Some((document, followed.fragment.as_deref()?))
    }

    /// A link to a heading that a hand-made page lacks and its document has.
    fn missing_in_page(&self, followed: &Resolved, link: &Link) -> Option<Diagnostic> {
        let ids = &self.catalogue.hand_made.get(&followed.document?)?.ids;
        let (document, fragment) = self.aim(followed)?;
        let fragment = match link.kind {
            LinkKind::Wiki | LinkKind::Embed => &document.outline.heading_called(fragment)?.id,
            _ => fragment,
        };
        if fragment.is_empty() || fragment == "top" || ids.contains(fragment) {
            return None;
        }
        let what = "names a heading that the hand-made page does not have";
        let help = format!(
            "give it to the heading in {}: id=\"{fragment}\"",
            document.name.page()
        );
        Some(self.finding(Rule::BrokenHeading, link, what).help(help))
    }

    fn broken_file(&mut self, link: &Link) -> Diagnostic {
        let path = match address::read(&link.target) {
            Address::Local(local) => local.path,
            _ => link.target.clone(),
        };
        let rule = Self::missing(Break::Attachment, link);
        let finding = self.finding(rule, link, "is not a file of the site");
        let is_comparable = self.spend() && path.len() <= COMPARED;
        let near = is_comparable.then(|| self.names.files.nearest(&path));
        match near.flatten() {
            Some(near) => finding.help(format!("did you mean `{}`?", link_text(near))),
            None => finding,
        }
    }

    fn unpublished(&self, to: DocId, link: &Link) -> Diagnostic {
        let document = self.catalogue.corpus.get(to);
        if document.front.draft {
            let finding = self.finding(Rule::UnpublishedLink, link, "links to a draft");
            return finding.help(format!(
                "set `draft` to false in {}, or remove the link",
                document.name.source()
            ));
        }
        let finding = self.finding(
            Rule::UnpublishedLink,
            link,
            "links to a document without a page",
        );
        finding.help(format!(
            "publish it with `docsite render {}`",
            document.name
        ))
    }

    /// No finding for links between deprecated documents, and for a successor's link to what it
    /// replaces.
    fn deprecated(&self, to: DocId, link: &Link) -> Option<Diagnostic> {
        let other = self.catalogue.corpus.get(to);
        other.front.deprecated.as_ref()?;
        let successor = other.front.superseded_by.as_ref();
        let successor =
            successor.and_then(|name| self.catalogue.corpus.find_by_any_name(name.as_str()));
        if self.document.front.deprecated.is_some() || successor == Some(self.of) {
            return None;
        }
        let finding = self.finding(Rule::DeprecatedLink, link, "links to a deprecated document");
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
        let finding = self.finding(
            Rule::Wikilink,
            link,
            "is a wikilink, and this site does not link them",
        );
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
                link_text(&corpus.get(id).name.page())
            ),
            None => "write `[label](basename.html)`, or set `wikilinks = \"link\"`".to_owned(),
        })
    }
}

/// A link's file name without its ending.
fn stem(target: &str) -> String {
    match address::read(target) {
        Address::Local(local) => {
            let path = local.path.trim_start_matches("markdown/");
            let stem = path.strip_suffix(".html").or(path.strip_suffix(".md"));
            stem.unwrap_or(path).to_owned()
        }
        _ => target.to_owned(),
    }
}

/// A target as messages show it: on one line, shortened.
fn shown(target: &str) -> String {
    let escaped: String = target.escape_debug().take(LONGEST).collect();
    if escaped.len() < target.len() {
        format!("{escaped}…")
    } else {
        escaped
    }
}
