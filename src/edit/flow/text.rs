//! `flow.json` as it is written: its stages, their documents, and where each is in the text; and the
//! text with a document put in or taken out.
//!
//! Not here: what is put where (`super`).

use std::ops::Range;

use anyhow::{Result, bail};
use jsonc_parser::ast::{Array, Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{BuildError, LineIndex, nearest};
use crate::edit::json::{Edit, Members, Style, in_brackets, indent_at, is_broken};
use crate::model::flow::reading::{normal, parse};
use crate::model::flow::{self, FILE, RawFlow};
use crate::pipeline::site::Refused;
use crate::place::spliced;
use crate::rule::{Cause, Rule};

use super::place::{NewStage, Place, Spot};

/// Whether two names are one document's.
pub(super) type Same<'a> = &'a dyn Fn(&str, &str) -> bool;

/// The stages with their documents and notes.
pub(super) type Written = Vec<(String, Vec<(String, String)>)>;

/// A `flow.json` that can be read.
pub(super) struct Text<'t> {
    pub(super) mark: &'t str,
    /// Without a byte order mark.
    pub(super) json: &'t str,
    pub(super) flow: RawFlow,
    style: Style<'t>,
    pub(super) stages: Vec<Stage>,
    /// Where the stages are; `None` where there is no such list.
    list: Option<Members>,
    /// Whether two names are one document's.
    same: Same<'t>,
}

pub(super) struct Stage {
    pub(super) title: String,
    properties: Members,
    keys: Vec<String>,
    /// `None` where there is no such key.
    docs: Option<Docs>,
    pub(super) entries: Vec<Entry>,
}

pub(super) enum Docs {
    List(Members),
    /// Something else, which begins here.
    Other(usize),
}

pub(super) struct Entry {
    pub(super) own: Range<usize>,
    /// As the corpus knows it; empty where it cannot be read.
    pub(super) name: String,
    /// The text that is the name.
    pub(super) literal: Option<Range<usize>>,
    /// The text that is the note.
    note: Option<Range<usize>>,
}

impl<'t> Text<'t> {
    pub(super) fn read(source: &'t str, same: Same<'t>) -> Result<Self> {
        let json = source.trim_start_matches('\u{feff}');
        let (flow, _) = parse(source.as_bytes()).map_err(Refused)?;
        let parsed = parse_to_ast(json, &CollectOptions::default(), &ParseOptions::default())?;
        let Some(Value::Object(root)) = parsed.value else {
            bail!("{FILE} is not an object");
        };
        let list = match root.get("stages").map(|property| &property.value) {
            Some(Value::Array(list)) => Some(list),
            _ => None,
        };
        let objects = list.iter().flat_map(|list| &list.elements);
        let stages: Vec<Stage> = objects.filter_map(stage).collect();
        Ok(Self {
            mark: &source[..source.len() - json.len()],
            json,
            flow,
            style: style(json, &root, &stages),
            list: list.map(members),
            stages,
            same,
        })
    }

    pub(super) fn problem(&self, rule: Rule, at: usize) -> BuildError {
        let position = LineIndex::new(self.json).position(at);
        BuildError::new(Cause::Found(rule), FILE, String::new()).at(position)
    }

    /// The stage and the number of a document's first entry.
    pub(super) fn find(&self, name: &str) -> Option<(usize, usize)> {
        let stages = self.stages.iter().enumerate();
        let mut found = stages.filter_map(|(at, stage)| Some((at, stage.find(self.same, name)?)));
        found.next()
    }

    /// A document that is not listed, with the nearest one that is.
    pub(super) fn not_listed(&self, name: &str) -> BuildError {
        let problem = BuildError::new(Cause::NotInFlow, FILE, format!("does not list `{name}`"));
        let names = self.stages.iter().flat_map(|stage| &stage.entries);
        let names = names.map(|entry| entry.name.as_str());
        match nearest(name, names) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        }
    }

    /// The stage that has to be begun, if one has.
    pub(super) fn begun(&self, place: &Place) -> Result<Option<NewStage>> {
        match place {
            Place::In { stage, spot } if self.stages.is_empty() => {
                let title = first_title(stage.as_deref(), spot)?;
                Ok(Some(NewStage { title, why: None }))
            }
            Place::In { .. } => Ok(None),
            Place::New { title, why } => {
                let title: String = title.trim().nfc().collect();
                if title.is_empty() {
                    return refused(no_stage("a stage needs a title"));
                }
                let mut stages = self.stages.iter();
                if stages.any(|stage| stage.title.trim() == title) {
                    let problem = no_stage(&format!("stage `{title}` exists"));
                    return refused(problem.help(format!("`--stage '{title}'` lists it there")));
                }
                let why = why.as_ref().map(|why| why.nfc().collect());
                Ok(Some(NewStage { title, why }))
            }
        }
    }

    /// The stage that is meant.
    pub(super) fn stage(&self, stage: Option<&str>, spot: &Spot) -> Result<usize> {
        let before = match spot {
            Spot::After(other) => match self.find(other) {
                Some((at, _)) => Some((at, other)),
                None => return refused(self.not_listed(other)),
            },
            Spot::First | Spot::Last => None,
        };
        let Some(said) = stage else {
            let (at, _) = before.ok_or_else(|| self.no_stage("", "name a stage"))?;
            return Ok(at);
        };
        let at = self.stage_called(said)?;
        if let Some((is_in, other)) = before.filter(|(is_in, _)| *is_in != at) {
            let titles = (&self.stages[is_in].title, &self.stages[at].title);
            let message = format!("`{other}` is in stage `{}`, not `{}`", titles.0, titles.1);
            let problem = BuildError::new(Cause::NotInFlow, FILE, message);
            return refused(problem.help("leave `--stage` out, or name a document of that stage"));
        }
        Ok(at)
    }

    fn stage_called(&self, said: &str) -> Result<usize> {
        let said: String = said.trim().nfc().collect();
        let low = said.to_lowercase();
        let titles = || self.stages.iter().map(|stage| &stage.title).enumerate();
        let by_title = titles().filter(|(_, title)| title.trim() == said);
        let by_number = titles().filter(|(at, title)| flow::numbered(*at, title).0 == said);
        let by_part = titles().filter(|(_, title)| title.to_lowercase().contains(&low));
        let is_part = !said.is_empty() && !said.bytes().all(|byte| byte.is_ascii_digit());
        let found: [Vec<usize>; 3] = [
            by_title.map(|(at, _)| at).collect(),
            by_number.map(|(at, _)| at).collect(),
            by_part.map(|(at, _)| at).filter(|_| is_part).collect(),
        ];
        match found.into_iter().find(|found| !found.is_empty()) {
            Some(found) if found.len() == 1 => Ok(found[0]),
            Some(_) => Err(self.no_stage(&said, "more than one stage is called")),
            None => Err(self.no_stage(&said, "no stage is called")),
        }
    }

    fn no_stage(&self, said: &str, what: &str) -> anyhow::Error {
        let stages = self.stages.iter().enumerate();
        let stages = stages.map(|(at, stage)| match flow::numbered(at, &stage.title) {
            (number, name) if name == stage.title => format!("{number} ({name})"),
            _ => stage.title.clone(),
        });
        let stages: Vec<String> = stages.collect();
        let message = if said.is_empty() {
            what.to_owned()
        } else {
            format!("{what} `{said}`")
        };
        let help = format!(
            "stages: {}; `--new-stage TITLE` begins one",
            stages.join("; ")
        );
        Refused::one(no_stage(&message).help(help)).into()
    }

    /// An entry of a document. One with a note is written like another one with a note.
    pub(super) fn entry(&self, at: usize, name: &str, note: Option<&str>) -> String {
        let name = json(name);
        let Some(note) = note.map(json) else {
            return name;
        };
        let near = self.stages.get(at).into_iter().chain(&self.stages);
        let mut entries = near.flat_map(|stage| &stage.entries);
        let like = entries.find_map(|entry| {
            let (doc, old) = (entry.literal.clone()?, entry.note.clone()?);
            let own = entry.own.clone();
            let inside = |span: Range<usize>| span.start - own.start..span.end - own.start;
            let mut edits = [(inside(doc), name.clone()), (inside(old), note.clone())];
            edits.sort_by_key(|(span, _)| span.start);
            Some(spliced(&self.json[own.clone()], &edits))
        });
        let space = self.style.space;
        let pair = format!("\"doc\":{space}{name},{space}\"note\":{space}{note}");
        like.unwrap_or_else(|| format!("{{{space}{pair}{space}}}"))
    }

    /// The text with an entry at a place, and the title of its stage. `entry` makes the text of the
    /// entry, for the number of its stage.
    pub(super) fn placed(
        &self,
        place: &Place,
        entry: &dyn Fn(usize) -> String,
    ) -> Result<(String, String)> {
        if let Some(stage) = self.begun(place)? {
            let text = self.with_stage(&stage, &entry(self.stages.len()))?;
            return Ok((text, stage.title));
        }
        let Place::In { stage, spot } = place else {
            bail!("{FILE} cannot be edited; nothing was changed");
        };
        let at = self.stage(stage.as_deref(), spot)?;
        Ok((
            self.with(at, spot, &entry(at))?,
            self.stages[at].title.clone(),
        ))
    }

    /// The text with an entry in a stage.
    pub(super) fn with(&self, at: usize, spot: &Spot, entry: &str) -> Result<String> {
        let stage = &self.stages[at];
        let list = match &stage.docs {
            Some(Docs::List(list)) => list,
            Some(Docs::Other(start)) => {
                let problem = self.problem(Rule::FlowShape, *start);
                let message = "`docs` must be a list".to_owned();
                return refused(BuildError { message, ..problem });
            }
            None => return Ok(spliced(self.json, &[self.new_list(stage, entry)])),
        };
        let number = match spot {
            Spot::First => 0,
            Spot::Last => list.spans.len(),
            Spot::After(other) => stage.find(self.same, other).map_or(0, |other| other + 1),
        };
        let edit = list.inserted(self.json, number, entry, self.style);
        Ok(spliced(self.json, &[edit]))
    }

    /// A list of documents in a stage that has none, behind what is said of the stage.
    fn new_list(&self, stage: &Stage, entry: &str) -> Edit {
        let at = stage
            .keys
            .iter()
            .rposition(|key| ["why", "title"].contains(&key.as_str()));
        let behind = at.map_or(0, |at| at + 1);
        let last = stage.properties.spans.first();
        let indent = last.map_or("", |span| indent_at(self.json, span.start));
        let inner = in_brackets(entry, indent, self.style);
        let list = format!("\"docs\":{}[{inner}]", self.style.space);
        stage
            .properties
            .inserted(self.json, behind, &list, self.style)
    }

    /// The text with one more stage, which has this entry.
    pub(super) fn with_stage(&self, stage: &NewStage, entry: &str) -> Result<String> {
        let Some(list) = &self.list else {
            bail!("{FILE} has no list of stages; add `\"stages\": []` to it");
        };
        let Style {
            line_end,
            unit,
            space,
            ..
        } = self.style;
        let told = [("title", Some(&stage.title)), ("why", stage.why.as_ref())];
        let told = told
            .into_iter()
            .filter_map(|(key, text)| Some((key, text?)));
        let told = told.map(|(key, text)| format!("\"{key}\":{space}{},", json(text)));
        let stage = if self.style.stacked {
            let indent = match list.spans.first() {
                Some(first) => indent_at(self.json, first.start).to_owned(),
                None => indent_at(self.json, list.inner.start).to_owned() + unit,
            };
            let inner = format!("{indent}{unit}");
            let told: String = told.map(|it| line_end.to_owned() + &inner + &it).collect();
            let docs = in_brackets(entry, &inner, self.style);
            format!("{{{told}{line_end}{inner}\"docs\":{space}[{docs}]{line_end}{indent}}}")
        } else {
            let told: String = told.map(|it| it + space).collect();
            format!("{{{told}\"docs\":{space}[{entry}]}}")
        };
        let edit = list.inserted(self.json, list.spans.len(), &stage, self.style);
        Ok(spliced(self.json, &[edit]))
    }

    /// The text without a document, and how many entries it had.
    pub(super) fn without(&self, name: &str) -> Result<(String, usize)> {
        let mut text = self.json.to_owned();
        for count in 0.. {
            let now = Text::read(&text, self.same)?;
            let Some((at, entry)) = now.find(name) else {
                return Ok((text, count));
            };
            let Some(Docs::List(list)) = &now.stages[at].docs else {
                break;
            };
            let without = spliced(&text, &[list.removed(&text, entry)]);
            text = without;
        }
        bail!("{FILE} cannot be edited; nothing was changed")
    }

    /// Takes the first entry of a document out of a list of what the stages have.
    pub(super) fn take(&self, wanted: &mut Written, name: &str) -> Option<(String, String)> {
        wanted.iter_mut().find_map(|(_, docs)| {
            let at = docs
                .iter()
                .position(|(entry, _)| (self.same)(entry, name))?;
            Some(docs.remove(at))
        })
    }

    /// Puts an entry to where it is wanted, in a list of what the stages have.
    pub(super) fn put(
        &self,
        wanted: &mut Written,
        place: &Place,
        entry: (String, String),
    ) -> Result<()> {
        if let Some(stage) = self.begun(place)? {
            wanted.push((stage.title, vec![entry]));
            return Ok(());
        }
        let Place::In { stage, spot } = place else {
            return Ok(());
        };
        let at = self.stage(stage.as_deref(), spot)?;
        let docs = &mut wanted[at].1;
        let number = match spot {
            Spot::First => 0,
            Spot::Last => docs.len(),
            Spot::After(other) => {
                let mut names = docs.iter().map(|(name, _)| name);
                names
                    .position(|name| (self.same)(name, other))
                    .map_or(0, |other| other + 1)
            }
        };
        docs.insert(number, entry);
        Ok(())
    }
}

impl Stage {
    fn find(&self, same: Same<'_>, name: &str) -> Option<usize> {
        let mut entries = self.entries.iter();
        entries.position(|entry| same(&entry.name, name))
    }
}

/// The title of the first stage of a flow that has none.
fn first_title(stage: Option<&str>, spot: &Spot) -> Result<String> {
    let title = stage.unwrap_or_default().trim();
    let is_number = title.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || matches!(spot, Spot::After(_)) {
        let problem = no_stage("there is no stage yet");
        return refused(problem.help("give the first one a title: `--stage '0 Overview'`"));
    }
    Ok(title.nfc().collect())
}

fn no_stage(message: &str) -> BuildError {
    BuildError::new(Cause::NoSuchStage, FILE, message)
}

pub(super) fn refused<T>(problem: BuildError) -> Result<T> {
    Err(Refused::one(problem).into())
}

pub(super) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn members(list: &Array<'_>) -> Members {
    Members {
        inner: list.start() + 1..list.end() - 1,
        spans: list.elements.iter().map(span).collect(),
    }
}

fn span(part: &impl Ranged) -> Range<usize> {
    part.start()..part.end()
}

fn stage(value: &Value<'_>) -> Option<Stage> {
    let Value::Object(object) = value else {
        return None;
    };
    let text = |key: &str| match object.get(key).map(|property| &property.value) {
        Some(Value::StringLit(text)) => text.value.nfc().collect(),
        _ => String::new(),
    };
    let (docs, entries) = match object.get("docs").map(|property| &property.value) {
        Some(Value::Array(list)) => {
            let entries = list.elements.iter().map(entry).collect();
            (Some(Docs::List(members(list))), entries)
        }
        Some(other) => (Some(Docs::Other(other.start())), Vec::new()),
        None => (None, Vec::new()),
    };
    let properties = object.properties.iter();
    Some(Stage {
        title: text("title"),
        keys: properties
            .map(|property| property.name.as_str().to_owned())
            .collect(),
        properties: Members {
            inner: object.start() + 1..object.end() - 1,
            spans: object.properties.iter().map(span).collect(),
        },
        docs,
        entries,
    })
}

fn entry(value: &Value<'_>) -> Entry {
    let text = |value: &Value<'_>| match value {
        Value::StringLit(text) => Some((normal(&text.value), span(text))),
        _ => None,
    };
    let of = |key: &str| match value {
        Value::Object(object) => text(&object.get(key)?.value),
        _ => None,
    };
    let name = text(value).or_else(|| of("doc"));
    Entry {
        own: span(value),
        name: name
            .as_ref()
            .map(|(name, _)| name.clone())
            .unwrap_or_default(),
        literal: name.map(|(_, span)| span),
        note: of("note").map(|(_, span)| span),
    }
}

/// How a text is laid out: as its lists of documents are, or else as its first property is.
fn style<'t>(json: &'t str, root: &Object<'_>, stages: &[Stage]) -> Style<'t> {
    let first = root.properties.first();
    let lists = stages.iter().filter_map(|stage| match &stage.docs {
        Some(Docs::List(list)) => list
            .spans
            .first()
            .map(|first| list.inner.start..first.start),
        _ => None,
    });
    let lead = first.map_or(0..0, |first| root.start() + 1..first.start());
    let of_stages = stages.iter().filter_map(|stage| {
        let first = stage.properties.spans.first()?;
        Some(stage.properties.inner.start..first.start)
    });
    let shown = lists
        .chain(of_stages)
        .next()
        .unwrap_or_else(|| lead.clone());
    let unit = first.map_or("", |first| indent_at(json, first.start()));
    let is_tight = first.is_some_and(|first| first.name.end() + 1 == first.value.start());
    Style {
        stacked: is_broken(&json[shown]),
        unit: if unit.is_empty() { "  " } else { unit },
        line_end: if json.contains("\r\n") { "\r\n" } else { "\n" },
        space: if is_tight { "" } else { " " },
    }
}
