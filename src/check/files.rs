//! Findings about derived files of the output: the catalogue, its data, docsite's own style sheets
//! and scripts, copies.
//!
//! Not here: determining the state of each (`pipeline::derived`), and pages of documents (`pages`).

use std::collections::BTreeMap;

use crate::diagnostic::{BuildError, Diagnostic, Problems};
use crate::rule::{Cause, Code, Rule};

/// A file of the output that is not up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the site.
    pub path: String,
    pub role: Role,
    pub state: FileState,
}

/// Why docsite writes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A file of the catalogue, by the name that `--discard-hand-edits` takes. An edit of it is
    /// kept.
    Catalogue(&'static str),
    /// One of docsite's own files, written again by each build.
    Own,
    /// A copy of a file of the site.
    Copy,
}

/// The state of a file that is not up to date.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileState {
    Missing,
    /// It is unchanged since docsite wrote it, and its content would be different now.
    Stale,
    /// It was made by another program or a person.
    Foreign,
    /// docsite made it, and it was changed.
    Edited,
    /// There is something other than a file at its path; says what.
    Blocked(String),
}

impl FileState {
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Foreign => "foreign",
            Self::Edited => "edited",
            Self::Blocked(_) => "blocked",
        }
    }

    fn code(&self) -> Code {
        match self {
            Self::Missing => Code::Rule(Rule::MissingFile),
            Self::Stale => Code::Rule(Rule::StaleFile),
            Self::Foreign => Code::Rule(Rule::ForeignFile),
            Self::Edited => Code::Rule(Rule::EditedFile),
            Self::Blocked(_) => Code::Cause(Cause::BlockedFile),
        }
    }

    pub fn words(&self) -> String {
        match self {
            Self::Missing => "missing".to_owned(),
            Self::Stale => "out of date".to_owned(),
            Self::Foreign => "made by another program".to_owned(),
            Self::Edited => "edited by hand".to_owned(),
            Self::Blocked(why) => why.clone(),
        }
    }
}

/// What is wrong with these files: one problem for each file of the catalogue, and one for all other
/// files of the same kind and state.
pub fn find(files: &[OutputFile]) -> Problems {
    let mut groups: BTreeMap<(Role, &FileState), Vec<&OutputFile>> = BTreeMap::new();
    for file in files {
        let group = groups.entry((file.role, &file.state)).or_default();
        group.push(file);
    }
    let mut problems = Problems::default();
    for ((role, state), files) in groups {
        let first = &files[0].path;
        let message = message(role, state, files.len() - 1);
        let help = help(role, state);
        problems.add(match state.code() {
            Code::Rule(rule) => Diagnostic::new(rule, first, message).help(help).into(),
            Code::Cause(cause) => BuildError::new(cause, first, message).help(help).into(),
        });
    }
    problems
}

fn message(role: Role, state: &FileState, others: usize) -> String {
    let kind = match role {
        Role::Catalogue(_) => "files of the catalogue",
        Role::Own => "files of docsite's own",
        Role::Copy => "copies",
    };
    let (verb, more) = match others {
        0 => ("is", String::new()),
        _ => ("are", format!("and {others} more {kind} ")),
    };
    match (role, state) {
        (_, FileState::Missing) => format!("{more}{verb} missing"),
        (_, FileState::Stale) => format!("{more}{verb} out of date"),
        (_, FileState::Foreign) => {
            format!("{more}{verb} not made by docsite, so docsite does not change it")
        }
        (Role::Catalogue(_), FileState::Edited) => {
            "was edited by hand, so docsite no longer updates it".to_owned()
        }
        (_, FileState::Edited) => {
            format!("{more}{verb} edited by hand; the next build replaces that")
        }
        (_, FileState::Blocked(why)) => format!("{more}cannot be written: {why}"),
    }
}

fn help(role: Role, state: &FileState) -> String {
    match (role, state) {
        (Role::Catalogue(_), FileState::Foreign) => {
            "`docsite reindex --adopt` replaces it and sets its old bytes aside".to_owned()
        }
        (Role::Catalogue(name), FileState::Edited) => format!(
            "to discard the edit (its bytes are set aside): docsite reindex --discard-hand-edits {name}"
        ),
        (_, FileState::Edited) => {
            "keep styles of your own in assets/viz.css; `docsite reindex` sets the edit aside"
                .to_owned()
        }
        (_, FileState::Blocked(_)) => {
            "move away what is at its path, then run docsite reindex".to_owned()
        }
        (_, FileState::Missing | FileState::Stale | FileState::Foreign) => {
            "docsite reindex".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_kind_are_one_finding_and_each_file_of_the_catalogue_its_own() {
        let file = |path: &str, role, state| OutputFile {
            path: path.to_owned(),
            role,
            state,
        };
        let files = [
            file("index.html", Role::Catalogue("index"), FileState::Edited),
            file("graph.json", Role::Catalogue("graph"), FileState::Missing),
            file("a.css", Role::Own, FileState::Missing),
            file("a.js", Role::Own, FileState::Missing),
            file("a.png", Role::Copy, FileState::Stale),
        ];
        let found = find(&files);
        assert_eq!(found.errors, []);
        let found: Vec<String> = found
            .diagnostics
            .into_iter()
            .map(|finding| {
                format!(
                    "{} {}: {}",
                    finding.path,
                    finding.kind.code(),
                    finding.message
                )
            })
            .collect();
        let edited = "was edited by hand, so docsite no longer updates it";
        assert_eq!(
            found,
            [
                "graph.json missing-file: is missing".to_owned(),
                format!("index.html edited-file: {edited}"),
                "a.css missing-file: and 1 more files of docsite's own are missing".to_owned(),
                "a.png stale-file: is out of date".to_owned(),
            ]
        );
    }
}
