//! Which documents a request to rename means: one, those that fit a pattern, or those of a topic or
//! a type.
//!
//! Not here: whether the new names are free (`moved`).

use anyhow::{Result, bail};

use crate::diagnostic::BuildError;
use crate::model::settings::Label;
use crate::name::Basename;
use crate::pipeline::site::{Refused, Site};
use crate::rule::{Cause, Rule};

use super::draft::Draft;
use super::known::Known;
use super::moved::{Move, move_into};
use super::plan::Plan;
use super::settings::{Prefix, rename_prefix};

/// The documents whose names fit a pattern, in which `*` stands for any letters.
///
/// # Errors
///
/// If no document fits.
pub fn fitting(known: &Known, pattern: &str) -> Result<Vec<Basename>> {
    let documents = known.catalogue().corpus.iter();
    let names = documents.map(|(_, document)| &document.name);
    let fitting = names.filter(|name| letters(pattern, name.as_str()).is_some());
    let fitting: Vec<Basename> = fitting.cloned().collect();
    if fitting.is_empty() {
        bail!("no document is named `{pattern}`; `docsite status` lists them");
    }
    Ok(fitting)
}

/// The documents whose names fit `old`, in which `*` stands for any letters, each with the name that
/// has the same letters in the place of each `*` of `new`.
///
/// # Errors
///
/// If the two do not have as many stars, no document fits, or a new name is none.
pub fn renamed(known: &Known, old: &str, new: &str) -> Result<Vec<(Basename, Basename)>> {
    let stars = |text: &str| text.matches('*').count();
    if stars(old) != stars(new) {
        bail!("`{old}` and `{new}` must have as many `*`");
    }
    let documents = known.catalogue().corpus.iter();
    let mut names = Vec::new();
    for (_, document) in documents {
        let Some(letters) = letters(old, document.name.as_str()) else {
            continue;
        };
        let mut letters = letters.into_iter();
        let mut name = String::new();
        for (number, part) in new.split('*').enumerate() {
            if number > 0 {
                name.push_str(letters.next().unwrap_or_default());
            }
            name.push_str(part);
        }
        if name != document.name.as_str() {
            names.push((document.name.clone(), parse(&document.name, &name)?));
        }
    }
    if names.is_empty() {
        bail!("no document is named `{old}`; `docsite status` lists them");
    }
    Ok(names)
}

/// Plans to rename a topic or a type, with all of its documents.
///
/// # Errors
///
/// If there is no such topic or type, or the new one exists; and as `moved`.
pub fn renamed_prefix(
    site: &Site,
    known: &Known,
    (what, old, new): (Prefix, &str, &str),
    asked: &Move,
) -> Result<Plan> {
    let labels = match what {
        Prefix::Topic => &site.settings.topics,
        Prefix::Type => &site.settings.types,
    };
    let is_listed = |prefix: &str| labels.iter().any(|label: &Label| label.prefix == prefix);
    if is_listed(new) {
        let pattern = |prefix: &str| match what {
            Prefix::Topic => format!("'{prefix}__*'"),
            Prefix::Type => format!("'*__{prefix}-*'"),
        };
        bail!(
            "the {} `{new}` exists; `docsite mv {} {}` moves the documents there",
            what.word(),
            pattern(old),
            pattern(new)
        );
    }
    let of = |name: &Basename| match what {
        Prefix::Topic => (name.topic() == old).then(|| format!("{new}__{}", name.without_topic())),
        Prefix::Type => {
            (name.kind() == old).then(|| format!("{}__{new}-{}", name.topic(), name.name()))
        }
    };
    let mut names = Vec::new();
    for (_, document) in known.catalogue().corpus.iter() {
        if let Some(name) = of(&document.name) {
            let name = parse(&document.name, &name)?;
            let is_read = match what {
                Prefix::Topic => name.topic() == new,
                Prefix::Type => name.kind() == new,
            };
            if !is_read {
                bail!(
                    "`{new}` cannot be a {}: `{name}` would be read otherwise",
                    what.word()
                );
            }
            names.push((document.name.clone(), name));
        }
    }
    if names.is_empty() && !is_listed(old) {
        bail!("no {} is named `{old}`", what.word());
    }
    let mut draft = Draft::new(site);
    rename_prefix(&mut draft, what, old, new)?;
    let asked = Move {
        names,
        ..asked.clone()
    };
    move_into(&mut draft, known, &asked)?;
    draft.finish()
}

/// What each star of a pattern stands for in a name that fits: as few letters as possible.
fn letters<'n>(pattern: &str, name: &'n str) -> Option<Vec<&'n str>> {
    let mut parts = pattern.split('*');
    let mut rest = name.strip_prefix(parts.next()?)?;
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty().then(Vec::new);
    };
    let mut found = Vec::new();
    for part in parts {
        let at = rest.find(part)?;
        found.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    found.push(rest.strip_suffix(last)?);
    Some(found)
}

fn parse(old: &Basename, name: &str) -> Result<Basename> {
    Basename::parse(name).map_err(|why| {
        let message = format!("cannot become `{}`: it {why}", name.escape_debug());
        let problem = BuildError::new(Cause::Found(Rule::BadName), old.source(), message);
        Refused::one(problem).into()
    })
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn a_star_stands_for_letters() {
        for (pattern, name, found) in [
            ("gw__note-*", "gw__note-a-b", Some(vec!["a-b"])),
            ("*__note-*", "gw__note-가", Some(vec!["gw", "가"])),
            ("gw__*-old", "gw__note-a-old", Some(vec!["note-a"])),
            ("gw__note-a", "gw__note-a", Some(vec![])),
            ("gw__note-a", "gw__note-ab", None),
            ("gw__*x", "gw__note-a", None),
        ] {
            assert_eq!(letters(pattern, name), found, "{pattern} {name}");
        }
    }
}
