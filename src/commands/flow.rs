//! `docsite flow`: documents of the reading path, listed, moved and taken out; and what is wrong with
//! it.
//!
//! Not here: how `flow.json` is edited (`edit`).

use std::path::Path;

use anyhow::Result;

use crate::edit::{self, Known, Place};
use crate::model::flow::FILE;
use crate::model::flow::reading::normal;
use crate::pipeline::site::Site;
use crate::progress::Progress;

use super::basename;
use super::check::{self, Check, Done};
use super::planned::Planned;

/// A change of the reading path. Documents are named as somebody typed them.
#[derive(Debug, Clone)]
pub enum Flow {
    Add {
        name: String,
        place: Place,
        note: Option<String>,
    },
    Move {
        name: String,
        place: Place,
    },
    Remove {
        names: Vec<String>,
    },
}

/// Plans a change.
///
/// # Errors
///
/// If there is no such document or stage, or the flow cannot be read.
pub fn plan(folder: Option<&Path>, asked: Flow, progress: &Progress) -> Result<Planned> {
    let site = Site::watched(folder, progress)?;
    let known = Known::read(&site)?;
    let (plan, words) = match asked {
        Flow::Add { name, place, note } => {
            let name = basename(&site, &name)?;
            let plan = edit::listed(&site, &known, (&name, note.as_deref()), &place)?;
            (plan, format!("flow add {name}"))
        }
        Flow::Move { name, place } => {
            let name = said(&name);
            let plan = edit::moved_in_flow(&site, &known, &name, &place)?;
            (plan, format!("flow move {name}"))
        }
        Flow::Remove { names } => {
            let names: Vec<String> = names.iter().map(|name| said(name)).collect();
            let plan = edit::unlisted(&site, &known, &names)?;
            (plan, format!("flow remove {}", names.join(" ")))
        }
    };
    Ok(Planned::new(site, plan).called(words))
}

/// What `check` reports of the reading path; all that it reports where the site cannot be read.
///
/// # Errors
///
/// If the site cannot be read.
pub fn check(folder: Option<&Path>, strict: bool, progress: &Progress) -> Result<Done> {
    let asked = Check {
        strict,
        ..Check::default()
    };
    let mut done = check::run(folder, &asked, progress)?;
    let checked = &mut done.checked;
    if !checked.documents.is_empty() {
        checked.findings.retain(|finding| finding.path == FILE);
    }
    Ok(done)
}

/// A name as an entry has it: also one that no document has, to be taken out.
pub fn said(typed: &str) -> String {
    normal(typed.strip_prefix("markdown/").unwrap_or(typed))
}
