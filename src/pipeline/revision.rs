//! A run that finds the text of a few documents changed, and nothing else: where the rest of what
//! they say is the same, only their own pages and copies can differ, and what lists the sizes of
//! these. The pages are made from those that are there, and no other document is read.
//!
//! Whatever is in doubt is left to a run that looks at everything; it comes to the same. Not here:
//! what the last run saw and reported (`last_run`), and writing (`apply`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Result;

use crate::disk::{self, Lock, Stamp};
use crate::fingerprint::Fingerprint;
use crate::markdown::body::Body;
use crate::markdown::highlight::Highlighter;
use crate::memo::Looked;
use crate::model::document::{Document, Read};
use crate::model::slot::SlotContent;
use crate::model::target::Target;
use crate::name::Basename;
use crate::output::mark;
use crate::output::page_state::{Consent, Found, PageState};
use crate::output::theme::Theme;
use crate::output::{data, previews, render, revise};
use crate::progress::Stage;
use crate::store::{Space, Store};

use super::action::{Deed, Done, FilePlan};
use super::apply::{self, Applied};
use super::copies::Copy;
use super::derived::Derived;
use super::discover;
use super::facts::Facts;
use super::last_run::{self, Reported, Shown};
use super::listing;
use super::manifest::{self, Written};
use super::paths::{INDEX, OWN_FOLDER};
use super::plan;
use super::publication::Standing;
use super::reach::Reach;
use super::request::{Request, Scope};
use super::searchable;
use super::site::{Refused, Site};
use super::stat_index::StatIndex;

/// Of more documents, looking at everything takes little longer.
const MOST: usize = 64;

/// What more is shown of documents than their own pages show.
pub fn shown(applied: &Applied) -> Shown {
    let resolved = &applied.resolved;
    let catalogue = &resolved.catalogue;
    let problems = &resolved.problems;
    let of_problems = problems.diagnostics.iter().map(|problem| &problem.path);
    let of_errors = problems.errors.iter().map(|problem| &problem.path);
    let of_findings = applied.findings.iter().map(|finding| &finding.path);
    let paths = of_problems.chain(of_errors).chain(of_findings);
    // Also of one that is not in the corpus, since another has its name.
    let mut names: BTreeSet<String> = paths
        .filter_map(|path| path.strip_prefix("markdown/")?.strip_suffix(".md"))
        .map(str::to_owned)
        .collect();
    let is_listed = |target: &Target| {
        matches!(
            target,
            Target::Broken(_) | Target::Unpublished(_) | Target::Wiki
        )
    };
    let documents = catalogue.corpus.iter().filter(|(id, _)| {
        let mut targets = catalogue.links.targets(*id);
        let mut slots = resolved.slots.of(*id).iter();
        resolved.standings[id] != Standing::Published
            || targets.any(is_listed)
            || slots.any(|slot| {
                matches!(slot.content, SlotContent::Undrawn(_)) || !slot.remarks().is_empty()
            })
    });
    let name = |document: &Document| document.name.as_str().to_owned();
    names.extend(documents.map(|(_, document)| name(document)));
    let on_path = catalogue.places.keys();
    Shown {
        versions: on_path.map(|id| name(catalogue.corpus.get(*id))).collect(),
        others: names,
    }
}

/// Brings the site up to date, if only the text of a few documents changed since the last run.
///
/// # Errors
///
/// If a template fails, or something cannot be written.
pub fn revise(
    index: &mut StatIndex,
    lock: &Lock,
    site: &Site,
    request: &Request,
    store: &Store,
) -> Result<Option<Reported>> {
    let usual = Request {
        coverage: request.coverage,
        ..Request::new(Scope::All)
    };
    if *request != usual {
        return Ok(None);
    }
    let Some((reported, documents)) = last_run::earlier(site, request, store) else {
        return Ok(None);
    };
    let changed = documents.changed(index).unwrap_or_default();
    if changed.is_empty() || changed.len() > MOST {
        return Ok(None);
    }
    index.begin(lock);
    let facts = Facts::of(store, &site.settings);
    let Some(texts) = read(site, index, &facts, &changed, &documents.shown.others) else {
        return Ok(None);
    };
    let revision = Revision {
        versions: &documents.shown.versions,
        site,
        request,
        index,
        reach: &reported.reach,
        theme: Theme::new(&discover::readable_templates(site)?).map_err(Refused::one)?,
        highlighter: Highlighter::new(Arc::clone(store.space(Space::Code))),
    };
    let Some(plan) = revision.plan(&texts)? else {
        return Ok(None);
    };
    let Some(done) = plan.apply(site, lock, index)? else {
        *index = StatIndex::of(site, store);
        return Ok(None);
    };
    for text in &texts {
        let path = text.name().source();
        index.learn_source(&path, text.stamp, text.source());
    }
    let report = merged(&reported, done);
    save(site, store, &facts, &texts);
    last_run::keep_report(site, request, store, index, (reported, documents.shown));
    Ok(Some(report))
}

/// A document that changed.
struct Text {
    stamp: Stamp,
    bytes: Vec<u8>,
    /// The file of its page, as the run found it.
    page: Found,
    before: (Read, Body),
    now: (Read, Body),
}

impl Text {
    fn name(&self) -> &Basename {
        &self.document().name
    }

    fn document(&self) -> &Document {
        &self.now.0.document
    }

    fn source(&self) -> Fingerprint {
        self.document().source
    }

    /// Whether nothing but its page can show the difference.
    fn is_revised(&self) -> bool {
        let is_silent = |read: &Read| {
            let outline = &read.document.outline;
            let is_sound = read.error.is_none() && read.problems.is_empty();
            is_sound && outline.remarks.is_empty() && outline.ignores.is_empty()
        };
        let (before, now) = (&self.before.0, &self.now.0);
        is_silent(before) && is_silent(now) && before.document.says_as(&now.document)
    }

    /// Whether the text under one of its headings begins otherwise.
    fn has_other_excerpts(&self) -> bool {
        let before = self.before.0.document.outline.headings.iter();
        let now = self.document().outline.headings.iter();
        !before
            .map(|heading| &heading.excerpt)
            .eq(now.map(|heading| &heading.excerpt))
    }
}

/// The documents in these files; none if one of them is not a document whose page can be revised.
fn read(
    site: &Site,
    index: &StatIndex,
    facts: &Facts,
    files: &[(String, Stamp)],
    shown: &BTreeSet<String>,
) -> Option<Vec<Text>> {
    let parsing = site.progress.begin(Stage::Parse, files.len());
    let mut texts = Vec::new();
    for (file, stamp) in files {
        let name = Basename::parse(file.strip_suffix(".md")?).ok()?;
        // In another Unicode form, it may not be the document.
        if format!("{name}.md") != *file || shown.contains(name.as_str()) {
            return None;
        }
        let bytes = disk::read(&site.root.join(name.source())).ok()??;
        let page = index.page(&name.page());
        let PageState::Generated(mark) = page.state else {
            return None;
        };
        let text = Text {
            before: before(site, facts, &name, mark.source)?,
            now: facts.compile(name, &bytes),
            stamp: *stamp,
            bytes,
            page,
        };
        if !text.is_revised() {
            return None;
        }
        texts.push(text);
        parsing.item();
    }
    Some(texts)
}

/// What a document was when its page was made: compiled from its copy, or where there is none, as
/// it was stored.
fn before(
    site: &Site,
    facts: &Facts,
    name: &Basename,
    source: Fingerprint,
) -> Option<(Read, Body)> {
    if site.settings.is_flat() {
        return facts.stored(name, source);
    }
    let copy = disk::read(&site.output_file(&name.source())).ok()??;
    (Fingerprint::of(&copy) == source).then(|| facts.compile(name.clone(), &copy))
}

/// What the files of documents are made with.
struct Revision<'a> {
    /// Names of documents on the reading path.
    versions: &'a BTreeSet<String>,
    site: &'a Site,
    request: &'a Request,
    index: &'a StatIndex,
    reach: &'a Reach,
    theme: Theme,
    highlighter: Highlighter,
}

impl Revision<'_> {
    fn plan(&self, texts: &[Text]) -> Result<Option<apply::Revision>> {
        let rendering = self.site.progress.begin(Stage::Render, texts.len());
        let changed = texts
            .iter()
            .filter(|text| text.source() != text.before.0.document.source);
        let pages = changed.clone().map(|text| self.page(text)).collect();
        drop(rendering);
        let previews = self.previews(changed.clone());
        let (Some(pages), Some(mut derived), Some(catalogue)) =
            (pages, previews, self.catalogue(changed.clone()))
        else {
            return Ok(None);
        };
        derived.extend(catalogue);
        let searched = changed
            .clone()
            .map(|text| (text.document(), text.bytes.as_slice()));
        let Some(searched) = searchable::revised(self.site, self.index, searched)? else {
            return Ok(None);
        };
        let plans = searched.into_iter();
        derived.extend(plans.map(|file| plan::derived_plan(file, Consent::Usual)));
        let pages: Vec<FilePlan> = pages;
        let Some((copies, manifest)) = self.copies(changed)? else {
            return Ok(None);
        };
        let before = listing::find(self.index);
        let files = pages.iter().chain(&copies).chain(&derived).chain(&manifest);
        let becomes =
            files.map(|file| (file.path.as_str(), plan::becomes(&file.action, file.size)));
        let listed = listing::after(&before, becomes, self.reach);
        let Some(titles) = self
            .own(&format!("{OWN_FOLDER}{}.js", data::DOCUMENTS))
            .and_then(|script| data::given_titles(&script))
        else {
            return Ok(None);
        };
        let listed = render::listing(&self.site.settings, &self.theme, &listed, &titles);
        derived.extend(plan::files_plan(self.index, self.request, listed)?);
        Ok(Some(apply::Revision {
            pages,
            copies,
            derived,
            manifest,
        }))
    }

    fn page(&self, text: &Text) -> Option<FilePlan> {
        let path = text.name().page();
        let page = disk::read_whole(&self.site.output_file(&path)).ok()??;
        if Some(Fingerprint::of(&page)) != text.page.print() {
            return None;
        }
        let bodies = (&text.before.1, &text.now.1);
        let bytes = revise::page(&self.theme, &page, bodies, text.source(), &self.highlighter)?;
        plan::revised::page(path, &text.page, bytes)
    }

    /// The copies of the documents, and the manifest with them.
    fn copies<'t>(
        &self,
        texts: impl Iterator<Item = &'t Text>,
    ) -> Result<Option<(Vec<FilePlan>, Option<FilePlan>)>> {
        if self.site.settings.is_flat() {
            return Ok(Some((Vec::new(), None)));
        }
        let mut written = manifest::read(self.site);
        let mut copies = Vec::new();
        for text in texts {
            let Some(copy) = self.copy(text, &mut written) else {
                return Ok(None);
            };
            copies.push(copy);
        }
        if !written.is_current() {
            return Ok(None);
        }
        let manifest = plan::manifest_plan(self.site, self.index, written.files.into_iter())?;
        Ok(Some((copies, manifest)))
    }

    /// The copy of a document that is as docsite wrote it.
    fn copy(&self, text: &Text, written: &mut Written) -> Option<FilePlan> {
        let path = text.name().source();
        let before = Some(text.before.0.document.source);
        let copy = Copy {
            source: self.site.root.join(&path),
            print: text.source(),
            size: text.bytes.len() as u64,
            found: self.index.copy(&path),
            written: written.files.insert(path.clone(), text.source()),
            path,
        };
        let is_own = copy.written == before && copy.found.print() == before;
        plan::revised::copy(copy, text.bytes.clone()).filter(|_| is_own)
    }

    /// index.html, if it has the hash of one of these documents.
    fn catalogue<'t>(&self, texts: impl Iterator<Item = &'t Text>) -> Option<Vec<FilePlan>> {
        let texts: Vec<&Text> = texts.collect();
        let is_on_path = |text: &&Text| self.versions.contains(text.name().as_str());
        let found = self.index.page(INDEX);
        let page = disk::read_whole(&self.site.output_file(INDEX)).ok()??;
        if !matches!(found.state, PageState::Generated(_))
            || Some(Fingerprint::of(&page)) != found.print()
        {
            let is_elsewhere = !texts.iter().any(is_on_path);
            return is_elsewhere.then(Vec::new);
        }
        let changed: Vec<_> = texts
            .iter()
            .map(|text| (&text.before.0.document, text.document()))
            .collect();
        let bytes = revise::index(&self.theme, &page, &changed)?;
        if bytes == page {
            return Some(Vec::new());
        }
        let derived = Derived::new(self.index, INDEX, bytes);
        Some(vec![plan::derived_plan(derived, Consent::Usual)])
    }

    /// The parts of the previews that show the text under headings of these documents.
    fn previews<'t>(&self, texts: impl Iterator<Item = &'t Text>) -> Option<Vec<FilePlan>> {
        let shown: Vec<&Text> = texts.filter(|text| text.has_other_excerpts()).collect();
        if shown.is_empty() {
            return Some(Vec::new());
        }
        let count = self.own(&format!("{OWN_FOLDER}{}.js", previews::INDEX))?;
        let mut parts: BTreeMap<String, String> = BTreeMap::new();
        for text in shown {
            let name = previews::part_with(&count, text.name().as_str())?;
            let part = match parts.remove(&name) {
                Some(part) => part,
                None => self.own(&format!("{OWN_FOLDER}{name}.js"))?,
            };
            let part = previews::revised(&name, &part, text.document())?;
            parts.insert(name, part);
        }
        let plans = parts.into_iter().map(|(name, text)| {
            let path = format!("{OWN_FOLDER}{name}.js");
            let derived = Derived::own(self.index, &path, render::own_asset(&text));
            plan::derived_plan(derived, Consent::Usual)
        });
        Some(plans.collect())
    }

    /// The text of one of docsite's own files, if nobody changed it.
    fn own(&self, path: &str) -> Option<String> {
        let bytes = disk::read_whole(&self.site.output_file(path)).ok()??;
        mark::read(&bytes).filter(|mark| mark.intact)?;
        mark::unmarked(&bytes)
    }
}

/// What a run reports that looked at everything.
fn merged(reported: &Reported, done: Vec<Done>) -> Reported {
    let done = done
        .into_iter()
        .filter(|done| !matches!(done.deed, Deed::Fresh));
    let (mut pages, files): (Vec<Done>, Vec<Done>) = done.partition(|done| done.is_page);
    let written = pages.len();
    let (of_documents, others) = reported.others.split_at(reported.pages);
    pages.extend(of_documents.iter().cloned());
    // By name, as documents are.
    pages.sort_by(|one, other| {
        let name = |done: &Done| done.path.strip_suffix(".html").map(str::to_owned);
        name(one).cmp(&name(other))
    });
    let is_new = |done: &&Done| !files.iter().any(|file| file.path == done.path);
    let others: Vec<Done> = others.iter().filter(is_new).cloned().collect();
    Reported {
        fresh: reported.fresh.saturating_sub(written),
        pages: pages.len(),
        others: [pages, files, others].concat(),
        ..reported.clone()
    }
}

/// Keeps what the next run needs.
fn save(site: &Site, store: &Store, facts: &Facts, texts: &[Text]) {
    let _saving = site.progress.begin(Stage::Save, 0);
    // Elsewhere the copy of a document tells what it was.
    if site.settings.is_flat() {
        for text in texts {
            facts.store(&text.now);
        }
        store.save(Space::Documents, Looked::Part);
        store.save(Space::Bodies, Looked::Part);
    }
    store.save(Space::Files, Looked::Part);
}
