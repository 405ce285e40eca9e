//! Renders what the plan wants written: pages, the catalogue's pages, derived data. Catalogue and
//! theme in, bytes with their mark out.
//!
//! Not here: which of them are wanted, and writing them.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use tera::Value;

use crate::diagnostic::BuildError;
use crate::fingerprint::{Fingerprint, Parts, TOOL};
use crate::layout::Point;
use crate::markdown::body::Body;
use crate::markdown::compile;
use crate::markdown::diagram::DiagramHtml;
use crate::markdown::events::Source;
use crate::markdown::highlight::Highlighter;
use crate::markdown::html::{self, Context, LinkHtml};
use crate::markdown::labels::Labels;
use crate::markdown::outline::Outline;
use crate::memo::Memo;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document;
use crate::model::redirect::Redirect;
use crate::model::settings::{Colour, Settings};
use crate::model::slot::Slots;
use crate::place::Locator;
use crate::rule::Cause;
use crate::store::{Space, Store};

use super::data::Order;
use super::inputs::{Hashes, Input, Inputs};
use super::parts::{self, Part};
use super::previews::Shelves;
use super::theme::Theme;
use super::view::{BareView, PageView, SiteView};
use super::viewer::{FilePageView, FolderPageView};
use super::{
    assets, audit, data, diagrams, files, find, graph_json, index, links, mark, opensearch,
    previews, redirects, shared, still, viewer, views,
};

#[derive(Debug)]
pub struct Renderer<'a> {
    catalogue: &'a Catalogue,
    theme: &'a Theme,
    slots: &'a Slots,
    labels: Labels,
    highlighter: Highlighter,
    /// The words of the interface, as templates get them.
    words: Value,
    suggestions: Arc<Memo>,
}

/// index.html as it came to be.
#[derive(Debug)]
pub struct Index {
    pub page: Vec<u8>,
    /// Whether its link check has more entries than are in it.
    pub is_cut: bool,
}

/// A page before its body is rendered.
#[derive(Debug)]
pub struct PageDraft<'a> {
    view: PageView<'a>,
    links: Vec<LinkHtml>,
    /// Of everything that the page will be made from beside its document's bytes.
    pub key: Fingerprint,
}

impl<'a> Renderer<'a> {
    /// Makes no highlighted code and no suggestion that `store` holds.
    pub fn new(
        catalogue: &'a Catalogue,
        theme: &'a Theme,
        slots: &'a Slots,
        store: &Store,
    ) -> Self {
        Self {
            catalogue,
            theme,
            slots,
            labels: labels(&catalogue.settings),
            highlighter: Highlighter::new(Arc::clone(store.space(Space::Code))),
            words: Value::from_serializable(views::words(&catalogue.settings)),
            suggestions: Arc::clone(store.space(Space::Suggestions)),
        }
    }

    pub fn catalogue(&self) -> &'a Catalogue {
        self.catalogue
    }

    /// Everything about a page but its body, and its key.
    ///
    /// # Errors
    /// When a view cannot be written as JSON.
    pub fn draft(&self, id: DocId) -> Result<PageDraft<'a>> {
        let document = self.catalogue.corpus.get(id);
        let view = views::page(self.catalogue, id);
        let links = links::shown(self.catalogue, id);
        let json = serde_json::to_vec(&view).with_context(|| document.name.source())?;
        let mut parts = Parts::default()
            .with(TOOL)
            .with(self.theme.fingerprint().to_string())
            .with(self.of_settings())
            .with(json);
        for link in &links {
            parts = parts
                .with(link.href.as_deref().unwrap_or("-"))
                .with(link.class)
                .with(link.id.as_deref().unwrap_or_default())
                .with(link.title)
                .with(link.label.as_deref().unwrap_or_default())
                .with(format!("{:?}", link.size));
        }
        for part in diagrams::key(self.catalogue, self.slots, id) {
            parts = parts.with(part);
        }
        Ok(PageDraft {
            view,
            links,
            key: parts.finish(),
        })
    }

    /// The settings that decide how a body reads and shows, beyond its outline.
    fn of_settings(&self) -> [u8; 2] {
        let settings = &self.catalogue.settings;
        [u8::from(settings.trusted_html), u8::from(settings.math)]
    }

    /// What a page will be made from beside its document, by kind.
    pub fn inputs(&self, id: DocId, draft: &PageDraft<'_>) -> Inputs {
        let mut hashes = Hashes::default();
        hashes.add(Input::Tool, TOOL);
        hashes.add(Input::Templates, self.theme.fingerprint().to_string());
        hashes.add(Input::Settings, self.of_settings());
        hashes.add_view(&draft.view);
        for link in &draft.links {
            hashes.add_link(link);
        }
        for part in diagrams::key(self.catalogue, self.slots, id) {
            hashes.add(Input::Drawings, part);
        }
        hashes.finish()
    }

    /// A page, from the body that its document's text was compiled to.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn page(
        &self,
        id: DocId,
        draft: &PageDraft<'_>,
        body: &Body,
    ) -> Result<Vec<u8>, BuildError> {
        let document = self.catalogue.corpus.get(id);
        let diagrams = diagrams::shown(
            document,
            self.slots.of(id),
            views::words(&self.catalogue.settings),
        );
        let context = self.context(draft, &document.outline, &diagrams);
        let context = Context {
            title_heading: document.title_heading,
            ..context
        };
        let body = html::render(body, &context);
        let page = self
            .theme
            .render("page.html", &draft.view, &self.words, Some(&body))?;
        let inputs = self.inputs(id, draft);
        mark::html(&page, document.source, draft.key, Some(inputs))
            .map_err(|mark::NoHead| headless("page.html"))
    }

    fn context<'c>(
        &'c self,
        draft: &'c PageDraft<'_>,
        outline: &'c Outline,
        diagrams: &'c [DiagramHtml],
    ) -> Context<'c> {
        Context {
            outline,
            title_heading: None,
            links: &draft.links,
            diagrams,
            labels: &self.labels,
            trusted: self.catalogue.settings.trusted_html,
            picture: diagrams::inline,
            highlighter: &self.highlighter,
        }
    }

    /// The body of a document, from the bytes of its file.
    ///
    /// # Errors
    /// When they are not UTF-8.
    pub fn body(&self, id: DocId, source: &[u8]) -> Result<Body, BuildError> {
        let path = self.catalogue.corpus.get(id).name.source();
        let dialect = self.catalogue.settings.dialect();
        document::compile(&path, source, dialect, &self.labels)
    }

    /// What some other body would say of itself and show.
    pub fn compile(&self, body: &str) -> (Outline, Body) {
        let dialect = self.catalogue.settings.dialect();
        let source = Source::of(body, dialect);
        compile::compile(&source, &Locator::new(body, 0), &self.labels)
    }

    /// The body that a document would have with another text, in which there are more diagrams and
    /// no other link; none where the links differ. Each diagram is shown as its source.
    pub fn body_of(&self, id: DocId, draft: &PageDraft<'_>, body: &str) -> Option<String> {
        let (outline, compiled) = self.compile(body);
        if outline.links.len() != draft.links.len() {
            return None;
        }
        let diagrams = vec![DiagramHtml::Undrawn(None); outline.diagrams.len()];
        let context = Context {
            title_heading: self.catalogue.corpus.get(id).title_heading,
            ..self.context(draft, &outline, &diagrams)
        };
        Some(html::render(&compiled, &context))
    }

    /// The parts of the catalogue; none where it is small enough to be whole.
    pub fn parts(&self) -> Vec<Part<'a>> {
        parts::topics(self.catalogue, parts::WHOLE)
    }

    /// index.html, with as much of each document as its weight allows. `parts`: the pages that list
    /// the documents of a large site; `points` are where the layout put each document of `order`.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn index(
        &self,
        parts: &[Part<'a>],
        order: &Order,
        points: &[Point],
    ) -> Result<Index, BuildError> {
        let documents = self.catalogue.published.len();
        let budget = index::budget(documents) - mark::HTML_LENGTH;
        let mut page = String::new();
        let mut is_cut = false;
        let near = audit::Near::new(self.catalogue, &self.suggestions);
        let is_built_in = !self.theme.replaces(&["index.html", "marks.html"]);
        let in_parts = !parts.is_empty();
        let pictures = still::views(self.catalogue, order, points);
        for detail in index::levels(self.catalogue, is_built_in, in_parts) {
            let view = index::view(self.catalogue, parts, detail, &near, pictures.clone());
            is_cut = view.audit.is_cut;
            page = self.theme.render("index.html", &view, &self.words, None)?;
            let least = || index::least(self.catalogue, detail, in_parts);
            debug_assert!(!is_built_in || page.len() >= least());
            if page.len() <= budget {
                break;
            }
        }
        Ok(Index {
            page: derived(&page, "index.html")?,
            is_cut,
        })
    }

    /// The data that index.html and the search load, how many parts the previews have, and the description of the
    /// search: file names in `assets/docsite/data/`, and bytes.
    /// `points` are where the layout put each document of `order`.
    ///
    /// # Errors
    /// When one cannot be written as JSON.
    pub fn data(
        &self,
        order: &Order,
        points: &[Point],
        index: &Index,
    ) -> Result<Vec<(String, Vec<u8>)>> {
        let (_, links) = order.graph(self.catalogue);
        let mut scripts = vec![
            ("documents", data::documents(self.catalogue, order)),
            ("graph", data::graph(points, &links)),
            ("summaries", data::summaries(self.catalogue, order)),
            ("previews", previews::index(self.catalogue)),
            ("find", find::data(self.catalogue)),
        ];
        if index.is_cut {
            scripts.push(("audit", data::audit(self.catalogue, order)));
        }
        let files = scripts.into_iter().map(|(name, text)| {
            let text = text.with_context(|| name.to_owned())?;
            Ok((format!("{name}.js"), own_asset(&text)))
        });
        let opensearch = opensearch::text(&self.catalogue.settings);
        let opensearch = opensearch.map(|text| {
            let key = Fingerprint::of(text.as_bytes());
            Ok((opensearch::NAME.to_owned(), mark::xml(&text, key)))
        });
        files.chain(opensearch).collect()
    }

    /// A part of the previews.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn previews(&self, shelves: &Shelves<'_>, part: usize) -> Result<Vec<u8>> {
        let text = shelves.script(part).with_context(|| Shelves::name(part))?;
        Ok(own_asset(&text))
    }

    /// assets/docsite.js, with what scripts and program both know.
    ///
    /// # Errors
    /// When that cannot be written as JSON.
    pub fn script(&self) -> Result<Vec<u8>> {
        let words = views::words(&self.catalogue.settings);
        let shared = shared::script(words).context("docsite.js")?;
        Ok(own_asset(&format!("{shared}{}", assets::SCRIPT)))
    }

    /// assets/docsite-topics.css: the colours of the topics.
    pub fn topics_css(&self) -> Vec<u8> {
        let published = self.catalogue.topics();
        let prefixes = published.iter().map(|(prefix, _)| *prefix);
        let mut css = String::new();
        for (prefix, colour) in self.catalogue.settings.colours(prefixes) {
            let class = views::topic_class(prefix);
            let Colour { light, dark } = colour;
            css.push_str(&format!(".{class}{{--topic:light-dark({light},{dark})}}\n"));
        }
        mark::code(&css, Fingerprint::of(css.as_bytes()))
    }

    /// graph.json.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn graph(&self, parts: &[Part<'_>]) -> Result<Vec<u8>> {
        let text = graph_json::text(self.catalogue, parts).context("graph.json")?;
        Ok(marked_json(&text))
    }

    /// The part of graph.json that has the links of a part.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn part_graph(&self, part: &Part<'_>) -> Result<Vec<u8>> {
        let text = graph_json::part(self.catalogue, part).with_context(|| part.graph())?;
        Ok(marked_json(&text))
    }

    /// What the page of an attachment depends on: all that it shows, and the hash of the file.
    ///
    /// # Errors
    /// When the view cannot be written as JSON.
    pub fn attachment_key(
        &self,
        view: &FilePageView<'_>,
        print: Fingerprint,
    ) -> Result<Fingerprint> {
        let json = serde_json::to_vec(view).with_context(|| view.path.to_owned())?;
        let theme = self.theme.fingerprint().to_string();
        let parts = Parts::default().with(TOOL).with(theme);
        Ok(parts.with(print.to_string()).with(json).finish())
    }

    /// The page of an attachment, with its text if it has one.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn attachment(
        &self,
        view: &FilePageView<'_>,
        text: Option<&str>,
        key: Fingerprint,
    ) -> Result<Vec<u8>, BuildError> {
        let body = text.map(|text| viewer::listing(view.path, text, &self.highlighter));
        let body = body.unwrap_or_default();
        let template = viewer::FILE_TEMPLATE;
        let page = self
            .theme
            .render(template, view, &self.words, Some(&body))?;
        mark::html(&page, Fingerprint::of(b""), key, None)
            .map_err(|mark::NoHead| headless(template))
    }

    /// The page of a folder of attachments.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn folder(&self, view: &FolderPageView<'_>) -> Result<Vec<u8>, BuildError> {
        let template = viewer::FOLDER_TEMPLATE;
        let page = self.theme.render(template, view, &self.words, None)?;
        derived(&page, template)
    }

    /// 404.html, which works at any address of a server.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn missing(&self) -> Result<Vec<u8>, BuildError> {
        const TEMPLATE: &str = "missing.html";
        let settings = &self.catalogue.settings;
        let site = SiteView {
            root: format!("{}/", settings.base_path()),
            ..views::site(settings)
        };
        let page = self
            .theme
            .render(TEMPLATE, &BareView { site }, &self.words, None)?;
        derived(&page, TEMPLATE)
    }

    /// The page at a former address.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn moved(&self, redirect: &Redirect) -> Result<Vec<u8>, BuildError> {
        let view = redirects::view(self.catalogue, redirect);
        let page = self
            .theme
            .render(redirects::TEMPLATE, &view, &self.words, None)?;
        derived(&page, redirects::TEMPLATE)
    }

    /// The page of a part, which `parts` has at `at`.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn part_page(&self, parts: &[Part<'_>], at: usize) -> Result<Vec<u8>, BuildError> {
        let view = index::topic_page(self.catalogue, parts, at);
        let page = self.theme.render("topic.html", &view, &self.words, None)?;
        derived(&page, "topic.html")
    }
}

/// files.html and its parts, of these files with their sizes, by file name. `titles` has those of
/// documents by their pages.
///
/// # Errors
/// What is wrong with a template.
pub fn listing(
    settings: &Settings,
    theme: &Theme,
    files: &BTreeMap<String, Option<u64>>,
    titles: &BTreeMap<String, String>,
) -> Result<Vec<(String, Vec<u8>)>, BuildError> {
    let words = Value::from_serializable(views::words(settings));
    let views = files::views(settings, files, titles, parts::ENTRIES);
    let pages = views.into_par_iter().map(|(name, view)| {
        let page = theme.render("files.html", &view, &words, None)?;
        Ok((name, derived(&page, "files.html")?))
    });
    pages.collect()
}

/// A page that no document of its own is behind, with its mark.
pub(super) fn derived(page: &str, template: &str) -> Result<Vec<u8>, BuildError> {
    let (source, key) = (Fingerprint::of(b""), Fingerprint::of(page.as_bytes()));
    mark::html(page, source, key, None).map_err(|mark::NoHead| headless(template))
}

fn marked_json(text: &str) -> Vec<u8> {
    mark::json(text, Fingerprint::of(text.as_bytes()))
}

fn headless(template: &str) -> BuildError {
    let path = format!("templates/{template}");
    BuildError::new(Cause::Template, path, "makes a page without `<head>`")
        .help("extend base.html, or write a whole page")
}

/// The words that are in the bodies of a site's pages.
pub fn labels(settings: &Settings) -> Labels {
    let t = views::words(settings);
    Labels {
        anchor: t.anchor,
        footnotes: t.footnotes,
        back_to_text: t.back_to_text,
        table: t.table,
        done: t.task_done,
        open: t.task_open,
        undrawn: t.undrawn,
        slot: t.slot,
        diagram: t.diagram,
        diagram_source: t.diagram_source,
        newer_source: t.newer_source,
        alerts: [
            t.alert_note,
            t.alert_tip,
            t.alert_important,
            t.alert_warning,
            t.alert_caution,
        ],
    }
}

/// One of the tool's own assets, with its mark.
pub fn own_asset(text: &str) -> Vec<u8> {
    mark::code(text, Fingerprint::of(text.as_bytes()))
}
