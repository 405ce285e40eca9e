//! `docsite mv OLD NEW`: other names for documents, headings, topics and types, and for everything
//! that names them.
//!
//! Not here: what changes with a name (`edit`).

use std::path::Path;

use anyhow::{Result, bail};

use crate::edit::{self, Known, Move, Plan, Prefix};
use crate::name::Basename;
use crate::pipeline::site::Site;
use crate::progress::Progress;

use super::basename;
use super::planned::Planned;

#[derive(Debug, Clone)]
pub struct Mv {
    /// A basename, a pattern of them with `*`, `basename#heading`, or a topic or type.
    pub old: String,
    pub new: String,
    /// A topic or type is renamed, not a document.
    pub prefix: Option<Prefix>,
    /// Whether the old name becomes an alias.
    pub alias: bool,
    /// Documents whose hand-made pages may be changed.
    pub hand_made: Vec<String>,
}

/// Plans to rename. Returns whether several documents are renamed, too.
///
/// # Errors
///
/// If a name is invalid, taken, or nothing's; if something that would have to change cannot be read
/// or edited.
pub fn plan(folder: Option<&Path>, asked: &Mv, progress: &Progress) -> Result<(Planned, bool)> {
    let site = Site::watched(folder, progress)?;
    let known = Known::read(&site)?;
    let hand_made = asked.hand_made.iter().map(|name| basename(&site, name));
    let moves = Move {
        names: Vec::new(),
        alias: asked.alias,
        hand_made: hand_made.collect::<Result<_>>()?,
    };
    let (plan, count) = if let Some(prefix) = asked.prefix {
        let plan = edit::renamed_prefix(&site, &known, (prefix, &asked.old, &asked.new), &moves)?;
        (plan, usize::MAX)
    } else if let Some((name, heading)) = asked.old.split_once('#') {
        (
            heading_plan(&site, &known, (name, heading), (asked, &moves.hand_made))?,
            1,
        )
    } else {
        let names = names(&site, &known, asked)?;
        let count = names.len();
        (edit::moved(&site, &known, &Move { names, ..moves })?, count)
    };
    let what = asked.prefix.map(|prefix| format!("--{} ", prefix.word()));
    let (old, new) = (&asked.old, &asked.new);
    let words = format!("mv {}{old} {new}", what.unwrap_or_default());
    Ok((Planned::new(site, plan).called(words), count > 1))
}

fn heading_plan(
    site: &Site,
    known: &Known,
    (name, heading): (&str, &str),
    (asked, hand_made): (&Mv, &[Basename]),
) -> Result<Plan> {
    if heading.is_empty() {
        bail!("name a heading: `docsite mv {name}#heading 'New heading'`");
    }
    let name = basename(site, name)?;
    edit::reworded(site, known, &name, (heading, &asked.new), hand_made)
}

fn names(site: &Site, known: &Known, asked: &Mv) -> Result<Vec<(Basename, Basename)>> {
    if asked.old.contains('*') || asked.new.contains('*') {
        return edit::renamed(known, &asked.old, &asked.new);
    }
    Ok(vec![(
        basename(site, &asked.old)?,
        basename(site, &asked.new)?,
    )])
}
