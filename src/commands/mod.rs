//! What each command does, one file for each: requests in, outcomes out.
//!
//! Not here: the command line (`cli`), and printing (`report`).

pub mod add;
pub mod check;
pub mod diagrams;
pub mod export;
mod external;
pub mod fix;
pub mod flow;
pub mod front;
pub mod import;
pub mod init;
pub mod man;
pub mod mv;
mod origin;
pub mod planned;
pub mod rebuild;
pub mod reindex;
pub mod render;
pub mod rm;
mod scaffold;
pub mod schema;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod set_aside;
pub mod status;

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::BuildError;
use crate::edit::{self, Known};
use crate::name::{Basename, suggest};
use crate::pipeline::paths::CATALOGUE;
use crate::pipeline::request::{Coverage, Request, Scope};
use crate::pipeline::site::{Refused, Site};
use crate::rule::{Cause, Rule};

/// Which pages that are not docsite's a command may replace.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Take over pages of unknown origin.
    pub adopt: bool,
    /// Hand-made pages that may be replaced.
    pub discard: Vec<String>,
}

impl Pages {
    fn request(&self, site: &Site, scope: Scope) -> anyhow::Result<Request> {
        let (released, discard): (Vec<_>, Vec<_>) = self
            .discard
            .iter()
            .partition(|name| released(name).is_some());
        let discard = discard.into_iter().map(|name| basename(site, name));
        Ok(Request {
            scope,
            adopt: self.adopt,
            discard: discard.collect::<anyhow::Result<_>>()?,
            released: released
                .into_iter()
                .filter_map(|name| self::released(name))
                .collect(),
            cloned: false,
            coverage: Coverage::Rule,
        })
    }
}

/// The path of the catalogue file that a name means: `index`, or `index.html`.
fn released(name: &str) -> Option<&'static str> {
    let mut files = CATALOGUE.iter();
    files.find_map(|(short, path)| [*short, *path].contains(&name).then_some(*path))
}

/// The documents that somebody typed, as basenames and as patterns with `*`, each once.
///
/// # Errors
///
/// What is wrong with a basename; that no document fits a pattern.
fn documents(site: &Site, known: &Known, typed: &[String]) -> anyhow::Result<Vec<Basename>> {
    let mut names = BTreeSet::new();
    for typed in typed {
        if typed.contains('*') {
            names.extend(edit::fitting(known, typed)?);
        } else {
            names.insert(basename(site, typed)?);
        }
    }
    Ok(names.into_iter().collect())
}

/// Parses a basename that somebody typed, with or without its ending.
///
/// # Errors
///
/// What is wrong with it, and the nearest valid one.
fn basename(site: &Site, typed: &str) -> anyhow::Result<Basename> {
    let name = Path::new(typed)
        .file_name()
        .filter(|_| typed.starts_with("markdown/"))
        .and_then(|name| name.to_str())
        .unwrap_or(typed);
    let stem = name
        .strip_suffix(".md")
        .or_else(|| name.strip_suffix(".html"))
        .unwrap_or(name);
    Basename::parse(stem).map_err(|why| {
        let shown: String = typed.escape_debug().take(300).collect();
        let problem = BuildError::new(
            Cause::Found(Rule::BadName),
            "",
            format!("basename `{shown}` {why}"),
        );
        let topics: Vec<&str> = prefixes(&site.settings.topics);
        let types: Vec<&str> = prefixes(&site.settings.types);
        let problem = match suggest(typed, &topics, &types) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        };
        Refused::one(problem).into()
    })
}

fn prefixes(labels: &[crate::model::settings::Label]) -> Vec<&str> {
    labels.iter().map(|label| label.prefix.as_str()).collect()
}
