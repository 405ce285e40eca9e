//! What a link probably means that leads nowhere: the same thing in another folder, with another
//! ending, in another case or Unicode form.
//!
//! Not here: names that are only similar (`check::links`).

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::places::{Found, MARKDOWN, OWN_PAGES, Places};
use super::resolved::{Differs, Holder, Meant};
use super::wiki::folded;
use crate::markdown::outline::{Link, LinkKind};
use crate::model::address::{self, Local};
use crate::name::{href, link_text};

/// Endings of documents and pages, in docsite and elsewhere.
const ENDINGS: [&str; 4] = [".md", ".html", ".markdown", ".htm"];

/// Everything in the site by its name in lower case; most sites never need it.
pub(super) type Folded = OnceLock<HashMap<String, Found>>;

pub(super) struct Meaning<'p, 'a> {
    pub(super) places: &'p Places<'a>,
    pub(super) folded: &'p Folded,
}

impl Meaning<'_, '_> {
    /// What a broken link probably means.
    pub(super) fn meant(&self, holder: Holder, link: &Link, local: &Local) -> Option<Meant> {
        let others = address::other_readings(&link.target);
        let readings: Vec<&Local> = std::iter::once(local).chain(&others).collect();
        let as_written = |reading: &&Local| self.begun_elsewhere(holder, link.kind, reading);
        let spelled = |reading: &&Local| self.by_stem(link.kind, reading);
        let folded = |reading: &&Local| self.in_other_case(link.kind, reading);
        let by_reading = |meaning: &dyn Fn(&&Local) -> Option<(Found, Differs)>| {
            readings.iter().find_map(|reading| {
                let (found, differs) = meaning(reading)?;
                Some(Meant {
                    written: self.written(&found, differs, &reading.suffix),
                    differs,
                })
            })
        };
        by_reading(&as_written)
            .or_else(|| by_reading(&spelled))
            .or_else(|| by_reading(&folded))
    }

    /// What a wikilink means that writes a name or a path in another case.
    pub(super) fn of_wikilink(&self, target: &str, stem: &str) -> Option<Meant> {
        let names = self.folded.get_or_init(|| self.fold());
        let rest = target.find('#').map_or("", |at| &target[at..]);
        let name = match names.get(&folded(stem))? {
            Found::Document(id) => self.places.corpus.get(*id).name.as_str(),
            Found::File(path) => path,
            Found::Own(_) => return None,
        };
        Some(Meant {
            written: format!("{name}{rest}"),
            differs: Differs::Case,
        })
    }

    /// The same path from another folder, if something is there.
    fn begun_elsewhere(
        &self,
        holder: Holder,
        kind: LinkKind,
        local: &Local,
    ) -> Option<(Found, Differs)> {
        let at = |holder, up| {
            let local = Local {
                up,
                ..local.clone()
            };
            self.places.find(holder, kind, &local)
        };
        if local.is_absolute
            && let Some(found) = at(Holder::Page, 0)
        {
            return match found {
                Found::File(path) if path.starts_with(MARKDOWN) => {
                    Some((at(Holder::Document, 1)?, Differs::Spelling))
                }
                found => Some((found, Differs::Root)),
            };
        }
        let found = at(Holder::Document, 1).or_else(|| at(Holder::Document, 0))?;
        let differs = match &found {
            Found::Document(id) if holder == Holder::Page && local.up == 0 => {
                let name = self.places.corpus.get(*id).name.as_str();
                let stem = local.path.strip_suffix(".html");
                match stem.map(|stem| stem.nfc().collect::<String>()) {
                    None => Differs::Markdown,
                    Some(stem) if stem == name => Differs::Form,
                    Some(_) => Differs::Alias,
                }
            }
            _ if holder == Holder::Page && local.up == 0 && !is_nfc(&local.path) => Differs::Form,
            Found::File(path) if holder == Holder::Page && !is_nfc(path) => Differs::Form,
            _ => Differs::Spelling,
        };
        Some((found, differs))
    }

    /// A document by its name without an ending, or with another ending.
    fn by_stem(&self, kind: LinkKind, local: &Local) -> Option<(Found, Differs)> {
        let path: String = local.path.trim_end_matches('/').nfc().collect();
        if self.places.files.contains(&path) {
            return Some((Found::File(path), Differs::Spelling));
        }
        let stem = stem_of(&path);
        if kind.is_image() {
            return None;
        }
        let own = OWN_PAGES
            .into_iter()
            .find(|own| own.strip_suffix(".html") == Some(stem));
        if let Some(own) = own {
            return Some((Found::Own(own), Differs::Spelling));
        }
        let id = self.places.corpus.find_by_any_name(stem)?;
        let ending = &path[path.len().min(path.rfind(stem)? + stem.len())..];
        let is_case = !local.path.ends_with('/')
            && matches!(ending.to_ascii_lowercase().as_str(), ".md" | ".html");
        let differs = if is_case {
            Differs::Case
        } else {
            Differs::Spelling
        };
        Some((Found::Document(id), differs))
    }

    fn in_other_case(&self, kind: LinkKind, local: &Local) -> Option<(Found, Differs)> {
        let names = self.folded.get_or_init(|| self.fold());
        let path = folded(&local.path);
        let stem = stem_of(path.trim_end_matches('/'));
        let found = names.get(&path).or_else(|| names.get(stem))?;
        match found {
            Found::Document(_) | Found::Own(_) if kind.is_image() => None,
            found => Some((found.clone(), Differs::Case)),
        }
    }

    fn fold(&self) -> HashMap<String, Found> {
        let mut names = HashMap::new();
        for path in self.places.files {
            names
                .entry(folded(path))
                .or_insert_with(|| Found::File(path.clone()));
        }
        for own in OWN_PAGES {
            names.insert(own.to_owned(), Found::Own(own));
        }
        for (id, document) in self.places.corpus.iter() {
            names.insert(folded(document.name.as_str()), Found::Document(id));
        }
        names
    }

    fn written(&self, found: &Found, differs: Differs, suffix: &str) -> String {
        let path = match found {
            Found::Own(page) => (*page).to_owned(),
            Found::Document(id) => self.places.corpus.get(*id).name.page(),
            Found::File(path) if differs == Differs::Form => return href(path) + suffix,
            Found::File(path) => path.clone(),
        };
        link_text(&path) + suffix
    }
}

/// The basename in a path's file name, without an ending in any case; the whole path if it has
/// folders.
fn stem_of(path: &str) -> &str {
    let name = path.strip_prefix(MARKDOWN).unwrap_or(path);
    let cut = |ending: &str| {
        let at = name.len().checked_sub(ending.len())?;
        name.get(at..)?
            .eq_ignore_ascii_case(ending)
            .then(|| &name[..at])
    };
    ENDINGS
        .iter()
        .find_map(|ending| cut(ending))
        .unwrap_or(name)
}
