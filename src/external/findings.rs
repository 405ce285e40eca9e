//! Answers as findings, at the places where the addresses are written.
//!
//! Not here: how bad a site's settings make them.

use std::collections::BTreeMap;

use super::Answer;
use super::address::shown;
use super::anchors::decoded;
use crate::diagnostic::{Diagnostic, Position};

/// Where an address is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As it was asked.
    pub url: String,
    /// Of the file, relative to the site.
    pub path: String,
    /// In that file.
    pub position: Position,
    /// In characters.
    pub length: usize,
}

/// What is wrong with the addresses at these places, sorted by place.
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
            Diagnostic::error("dead-link", "", format!("`{name}` {why}"))
                .help("mend it, or leave it out with `exclude` in [check.external]"),
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
    let message = format!("the page of `{name}` has no place `#{fragment}`");
    Diagnostic::warning("dead-anchor", "", message)
}

fn has_moved(name: &str, to: &str) -> Diagnostic {
    Diagnostic::warning("moved-link", "", format!("`{name}` moved for good"))
        .help(format!("it is now `{}`", shown(to)))
}
