//! `docsite diagrams lift`: moves the pictures that somebody drew into a page to the slots of the
//! diagrams that they show, and renders the page from its Markdown again, with them.
//!
//! The old page is set aside; a page with edits beside its pictures is not changed. Not here: which
//! picture belongs where, and what was edited (`diagram::lift`).

mod picture;
mod reading;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::model::corpus::DocId;
use crate::model::document;
use crate::outcome::diagrams::{LiftOutcome, Lifted};
use crate::output::page_state::{self, Found, PageState};
use crate::pipeline;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;
use crate::progress::Progress;

use self::reading::{Filled, NewText, Reading};
use super::insert::diff;
use super::looked::{Looked, refused};
use super::picture_file::replace;

/// What the log of set-aside files says.
const COMMAND: &str = "diagrams lift";

#[derive(Debug, Clone)]
pub struct Lift {
    pub basenames: Vec<String>,
    pub dry_run: bool,
    /// Discard text that was written by hand beside the pictures.
    pub discard: bool,
}

/// A page and the changes that lifting its pictures makes.
struct Plan {
    lifted: Lifted,
    /// Pictures, by their paths.
    files: Vec<(String, String)>,
    /// The document with fences for them.
    document: Option<NewText>,
}

impl Plan {
    fn take(&mut self, filled: Filled) {
        for picture in filled.pictures {
            let path = picture.lifted.file.clone();
            self.files.push((path, picture.text));
            self.lifted.pictures.push(picture.lifted);
        }
        if let Some(text) = &filled.document {
            self.lifted.diff = diff(&text.path, &text.old, &text.new);
        }
        self.document = filled.document;
        self.lifted.edits = filled.edits;
    }
}

/// Moves pictures from pages into slots.
///
/// # Errors
///
/// If the site cannot be read, a name is not a document's, or something cannot be written. Files
/// written before the error stay; a page is replaced only after all its pictures are stored.
pub fn lift(folder: Option<&Path>, asked: &Lift, progress: &Progress) -> Result<LiftOutcome> {
    let site = Site::watched(folder, progress)?;
    let lock = (!asked.dry_run)
        .then(|| disk::lock(&site.root))
        .transpose()?;
    let looked = Looked::site(site)?;
    let ids = asked
        .basenames
        .iter()
        .map(|typed| Ok(looked.document(typed)?.0))
        .collect::<Result<BTreeSet<DocId>>>()?;
    let plans = ids
        .into_iter()
        .map(|id| plan(&looked, id, asked.discard))
        .collect::<Result<Vec<Plan>>>()?;
    let mut build = None;
    if let Some(lock) = &lock {
        for plan in &plans {
            store(&looked.site, plan)?;
        }
        let ready = plans.iter().filter(|plan| plan.lifted.is_ready());
        let names: Vec<_> = ready.map(|plan| plan.lifted.name.clone()).collect();
        if !names.is_empty() {
            let request = Request {
                discard: names.clone(),
                ..Request::new(Scope::Pages(names))
            };
            build = Some(pipeline::build_locked(lock, &looked.site, request)?.into());
        }
    }
    Ok(LiftOutcome {
        pages: plans.into_iter().map(|plan| plan.lifted).collect(),
        build,
    })
}

/// Stores a page's pictures, then the document with fences for them: without the pictures, the
/// slots would be empty.
fn store(site: &Site, plan: &Plan) -> Result<()> {
    for (path, text) in &plan.files {
        replace(site, path, text.as_bytes(), None, COMMAND)?;
    }
    if let Some(text) = &plan.document {
        let expected = Fingerprint::of(&text.old);
        replace(site, &text.path, &text.new, Some(expected), COMMAND)?;
    }
    Ok(())
}

fn plan(looked: &Looked, id: DocId, discard: bool) -> Result<Plan> {
    let document = looked.catalogue().corpus.get(id);
    let mut plan = Plan {
        lifted: Lifted {
            name: document.name.clone(),
            pictures: Vec::new(),
            edits: Vec::new(),
            discarded: discard,
            diff: Vec::new(),
            refused: None,
        },
        files: Vec::new(),
        document: None,
    };
    let page = document.name.page();
    let found = page_state::look(&looked.site.output(), &page);
    let shown = looked.site.shown(&page);
    if document.front.draft {
        let why = format!(
            "{} is a draft, and a draft has no page",
            document.name.source()
        );
        plan.lifted.refused = Some(why);
    } else if let Some(why) = why_not(&found, &shown) {
        plan.lifted.refused = Some(why);
    } else {
        let old = read(looked, &page)?;
        let reading = Reading::new(looked, id, &old, found.mark())?;
        match reading.fill()? {
            Ok(filled) => plan.take(filled),
            Err(why) => plan.lifted.refused = Some(format!("{shown} {why}")),
        }
    }
    if !plan.lifted.is_ready() {
        plan.files.clear();
        plan.document = None;
    }
    Ok(plan)
}

/// Why there is nothing to lift from a page.
fn why_not(found: &Found, shown: &str) -> Option<String> {
    match &found.state {
        PageState::HandMade(_) => None,
        PageState::Absent => Some(format!(
            "{shown} does not exist: the document is not published"
        )),
        PageState::Generated(_) => Some(format!("{shown} is unchanged since docsite wrote it")),
        PageState::Unknown => Some(format!("{shown} has no picture in it")),
        PageState::Damaged => Some(format!("{shown} is empty")),
        PageState::Doubtful(why) => Some(format!("{shown} {why}")),
    }
}

fn read(looked: &Looked, page: &str) -> Result<String> {
    let bytes = disk::read_named(&looked.site.output_file(page))?;
    document::decode(page, &bytes).map_err(refused)
}
