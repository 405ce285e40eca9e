//! Turns answers into findings, at the places where the addresses are written.
//!
//! Not here: the levels that a site's settings give them.

use std::collections::BTreeMap;

use super::address::shown;
use super::anchors::decoded;
use super::answer::Answer;
use crate::diagnostic::{Diagnostic, Position};
use crate::rule::Rule;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The address as it was requested.
    pub url: String,
    /// Relative to the site.
    pub path: String,
    pub position: Position,
    /// In characters.
    pub length: usize,
}

/// Findings about the addresses at these places, sorted by place.
pub fn findings(places: &[Place], answers: &BTreeMap<String, Answer>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = places
        .iter()
        .filter_map(|place| Some((place, answers.get(&place.url)?)))
        .flat_map(|(place, answer)| {
            of(&place.url, answer)
                .into_iter()
                .map(|finding| Diagnostic {
                    path: place.path.clone(),
                    ..finding.at(place.position).over(place.length)
                })
        })
        .collect();
    found.sort();
    found
}

fn of(url: &str, answer: &Answer) -> Vec<Diagnostic> {
    let name = shown(url);
    match answer {
        Answer::Dead(why) => vec![
            Diagnostic::new(Rule::DeadLink, "", format!("`{name}` {why}"))
                .help("fix it, or exclude it with `exclude` in [check.external]"),
        ],
        Answer::Alive {
            moved,
            missing_anchor,
        } => {
            let anchor = missing_anchor.then(|| no_anchor(url, &name));
            let moved = moved.as_deref().map(|to| has_moved(&name, to));
            anchor.into_iter().chain(moved).collect()
        }
        Answer::Unverified(_) | Answer::NotAsked => Vec::new(),
    }
}

fn no_anchor(url: &str, name: &str) -> Diagnostic {
    let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
    let fragment = shown(&decoded(fragment));
    let message = format!("the page of `{name}` has no anchor `#{fragment}`");
    Diagnostic::new(Rule::DeadAnchor, "", message)
}

fn has_moved(name: &str, to: &str) -> Diagnostic {
    Diagnostic::new(Rule::MovedLink, "", format!("`{name}` moved permanently"))
        .help(format!("it is now `{}`", shown(to)))
}
