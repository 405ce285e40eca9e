//! `flow.json`: the curated reading path, read with the place of every value.
//!
//! Not here: how it looks (templates), and progress of a reader (the browser keeps that).

use std::collections::{BTreeMap, BTreeSet};

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::{BuildError, Diagnostic, Position, nearest};

use crate::rule::{Cause, Rule};

use super::corpus::{Corpus, DocId, Published};
use super::document::decode;
use super::located::{self, Json, Shape, Syntax};

/// The file's name, beside `markdown/`.
pub const FILE: &str = "flow.json";
/// For editors; printed by `docsite schema flow`.
pub const SCHEMA: &str = include_str!("flow.schema.json");

/// The reading path, with documents that exist and are published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// Of the path as a whole; may be empty.
    pub title: String,
    /// In order.
    pub stages: Vec<Stage>,
    /// Entries whose document is not published, and that no page shows.
    pub waiting: Vec<Waiting>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub name: String,
    pub doc: DocId,
    pub position: Position,
}

/// A stage of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// As written: `2 트래픽 in/out`.
    pub title: String,
    /// Why this stage comes here.
    pub why: String,
    /// In order.
    pub docs: Vec<Step>,
    /// Files that the stage rests on.
    pub attachments: Vec<Attachment>,
    /// Addresses outside of the site.
    pub links: Vec<Outside>,
    /// Where it begins in the file.
    pub position: Position,
}

/// A document on the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub doc: DocId,
    /// Why it comes here; may be empty.
    pub note: String,
}

/// An attachment of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// `attachment/egress/gateway.yaml`
    pub path: String,
    /// May be empty.
    pub label: String,
}

/// A link out of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    pub label: String,
    /// With its scheme, http or https.
    pub url: String,
}

impl Flow {
    /// Where a document is: its stage and its place in it.
    pub fn places(&self) -> BTreeMap<DocId, (usize, usize)> {
        let mut places = BTreeMap::new();
        for (at, stage) in self.stages.iter().enumerate() {
            for (place, step) in stage.docs.iter().enumerate() {
                places.entry(step.doc).or_insert((at, place));
            }
        }
        places
    }
}

/// A flow as written: every value with its place, nothing looked up yet.
#[derive(Debug, Clone, Default)]
pub struct RawFlow {
    title: String,
    stages: Vec<RawStage>,
}

#[derive(Debug, Clone)]
struct RawStage {
    title: String,
    why: String,
    docs: Vec<(String, String, Position)>,
    attachments: Vec<(Attachment, Position)>,
    links: Vec<Outside>,
    position: Position,
}

/// Reads `flow.json`. A wrong entry is left out and reported, and the rest stays.
///
/// # Errors
/// When the file is not JSON, or has no list of stages where one should be: a reading path must
/// not disappear because of a comma.
pub fn parse(bytes: &[u8]) -> Result<(RawFlow, Vec<Diagnostic>), Vec<BuildError>> {
    let text = decode(FILE, bytes).map_err(|problem| vec![problem])?;
    // serde_json first: its errors are exact, and it bounds the nesting.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&text) {
        let full = error.to_string();
        let message = full.split(" at line ").next().unwrap_or(&full);
        let problem = BuildError::new(
            Cause::FlowSyntax,
            FILE,
            format!("not valid JSON: {message}"),
        )
        .at(Position {
            line: error.line().max(1),
            column: error.column().max(1),
        });
        return Err(vec![problem]);
    }
    let mut reader = Reader::new(&text, FILE, Rule::FlowShape);
    let parsed = parse_to_ast(&text, &CollectOptions::default(), &ParseOptions::default());
    let flow = match parsed.map(|result| result.value) {
        Ok(Some(Value::Object(object))) => {
            let flow = reader.flow(&object);
            let has_list = matches!(Json::get(&object, "stages"), Some(Value::Array(_)));
            (has_list || reader.problems.is_empty()).then_some(flow)
        }
        Ok(_) => {
            reader.problem(0, "must be an object: { \"stages\": [ … ] }");
            None
        }
        Err(error) => {
            reader.problem(
                error.range().start,
                format!("not valid JSON: {}", error.kind()),
            );
            None
        }
    };
    match flow {
        Some(flow) => Ok((flow, reader.problems)),
        None => Err(reader.problems.into_iter().map(BuildError::from).collect()),
    }
}

impl RawFlow {
    /// Looks the documents and attachments up. `files` are the site's files that a visitor can
    /// reach, relative to the output.
    pub fn resolve(
        &self,
        corpus: &Corpus,
        published: &Published,
        files: &BTreeSet<String>,
    ) -> (Flow, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut seen = BTreeMap::new();
        let mut waiting = Vec::new();
        let mut stages = Vec::new();
        for raw in &self.stages {
            let docs = raw
                .docs
                .iter()
                .filter_map(|(name, note, at)| {
                    let doc = resolve_document(name, corpus);
                    if let Ok(doc) = doc
                        && !published.contains(&doc)
                    {
                        waiting.push(Waiting {
                            name: name.clone(),
                            doc,
                            position: *at,
                        });
                        return None;
                    }
                    match doc.and_then(|doc| once(doc, *at, &mut seen).map(|()| doc)) {
                        Ok(doc) => Some(Step {
                            doc,
                            note: note.clone(),
                        }),
                        Err(problem) => {
                            problems.push(problem.at(*at));
                            None
                        }
                    }
                })
                .collect();
            let attachments = raw
                .attachments
                .iter()
                .filter_map(|(attachment, at)| {
                    if let Some(path) = real_name(&attachment.path, files) {
                        return Some(Attachment {
                            path,
                            ..attachment.clone()
                        });
                    }
                    problems.push(no_attachment(&attachment.path, files).at(*at));
                    None
                })
                .collect();
            stages.push(Stage {
                title: raw.title.clone(),
                why: raw.why.clone(),
                docs,
                attachments,
                links: raw.links.clone(),
                position: raw.position,
            });
        }
        let flow = Flow {
            title: self.title.clone(),
            stages,
            waiting,
        };
        (flow, problems)
    }
}

fn resolve_document(name: &str, corpus: &Corpus) -> Result<DocId, Diagnostic> {
    if let Some(doc) = corpus.find_by_any_name(name) {
        return Ok(doc);
    }
    let message = format!("no document `{}`", name.escape_debug());
    let problem = Diagnostic::new(Rule::FlowUnknownDocument, FILE, message);
    let names = corpus.iter().map(|(_, document)| document.name.as_str());
    Err(match nearest(name, names) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    })
}

fn once(doc: DocId, at: Position, seen: &mut BTreeMap<DocId, Position>) -> Result<(), Diagnostic> {
    match seen.insert(doc, at) {
        None => Ok(()),
        Some(first) => {
            seen.insert(doc, first);
            let message = format!(
                "already listed on line {}: a document has one place",
                first.line
            );
            Err(Diagnostic::new(Rule::FlowDuplicateDocument, FILE, message))
        }
    }
}

/// The file of a name, whatever the Unicode form of either.
fn real_name(path: &str, files: &BTreeSet<String>) -> Option<String> {
    if files.contains(path) {
        return Some(path.to_owned());
    }
    let mut others = files.iter().filter(|file| !is_nfc(file));
    others.find(|file| file.nfc().eq(path.chars())).cloned()
}

fn no_attachment(path: &str, files: &BTreeSet<String>) -> Diagnostic {
    let message = format!("no file `{}`", path.escape_debug());
    let problem = Diagnostic::new(Rule::FlowUnknownAttachment, FILE, message);
    match nearest(path, files.iter().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }
}

type Reader<'t> = located::Reader<'t, Json, Rule>;

impl Reader<'_> {
    fn flow(&mut self, object: &Object<'_>) -> RawFlow {
        self.known_keys(object, &["$schema", "title", "stages"]);
        let title = self.normal_text(object, "title");
        let mut stages = Vec::new();
        for value in self.values(object, "stages") {
            match value {
                Value::Object(stage) => stages.push(self.stage(stage)),
                other => {
                    self.problem(Json::start(other), "a stage must be an object");
                }
            }
        }
        RawFlow { title, stages }
    }

    fn stage(&mut self, object: &Object<'_>) -> RawStage {
        self.known_keys(object, &["title", "why", "docs", "attachments", "links"]);
        let title = self.normal_text(object, "title");
        if title.trim().is_empty() {
            self.problem(object.start(), "a stage needs a `title`");
        }
        RawStage {
            why: self.normal_text(object, "why"),
            docs: self.docs(object),
            attachments: self.attachments(object),
            links: self.links(object),
            position: self.position(object.start()),
            title,
        }
    }

    fn docs(&mut self, stage: &Object<'_>) -> Vec<(String, String, Position)> {
        let mut docs = Vec::new();
        for value in self.values(stage, "docs") {
            let start = Json::start(value);
            let at = self.position(start);
            match Json::shape(value) {
                Shape::Text(name) => docs.push((normal(name), String::new(), at)),
                Shape::Table(object) => {
                    self.known_keys(object, &["doc", "note"]);
                    let name = self.normal_text(object, "doc");
                    if name.is_empty() {
                        self.problem(start, "needs a `doc`: a basename");
                        continue;
                    }
                    docs.push((normal(&name), self.normal_text(object, "note"), at));
                }
                _ => {
                    self.problem(start, "must be a basename or { \"doc\", \"note\" }");
                }
            }
        }
        docs
    }

    fn attachments(&mut self, stage: &Object<'_>) -> Vec<(Attachment, Position)> {
        let mut attachments = Vec::new();
        for value in self.values(stage, "attachments") {
            let start = Json::start(value);
            let (path, label) = match Json::shape(value) {
                Shape::Text(path) => (path.to_owned(), String::new()),
                Shape::Table(object) => {
                    self.known_keys(object, &["path", "label"]);
                    let path = self.normal_text(object, "path");
                    (path, self.normal_text(object, "label"))
                }
                _ => {
                    self.problem(start, "must be a path or { \"path\", \"label\" }");
                    continue;
                }
            };
            let path = without_directive(path.trim_start_matches("./"));
            let path: String = path.nfc().collect();
            if !path.starts_with("attachment/") {
                let message = format!("`{}` is not under attachment/", path.escape_debug());
                self.problem(start, message);
                continue;
            }
            attachments.push((Attachment { path, label }, self.position(start)));
        }
        attachments
    }

    fn links(&mut self, stage: &Object<'_>) -> Vec<Outside> {
        let mut links = Vec::new();
        for value in self.values(stage, "links") {
            let start = Json::start(value);
            let Shape::Table(object) = Json::shape(value) else {
                self.problem(start, "must be { \"label\", \"url\" }");
                continue;
            };
            self.known_keys(object, &["label", "url"]);
            let url = self.normal_text(object, "url");
            if !url.starts_with("https://") && !url.starts_with("http://") {
                let message = "`url` must begin with https:// or http://";
                let at = Json::entry(object, "url").map_or(start, |entry| entry.at);
                self.problem(at, message);
                continue;
            }
            let label = self.normal_text(object, "label");
            links.push(Outside {
                label: if label.is_empty() { url.clone() } else { label },
                url,
            });
        }
        links
    }

    /// In NFC; empty where there is none.
    fn normal_text(&mut self, object: &Object<'_>, key: &str) -> String {
        let text = self.text(object, key).unwrap_or_default();
        text.nfc().collect()
    }

    fn values<'v, 'a>(&mut self, object: &'v Object<'a>, key: &str) -> &'v [Value<'a>] {
        self.list(object, key, "a list").unwrap_or_default()
    }
}

/// A path without a text directive (`#:~:text=`), which says what a browser marks.
fn without_directive(path: &str) -> &str {
    let path = path.split(":~:").next().unwrap_or_default();
    path.trim_end_matches('#')
}

/// A basename as the corpus knows it, whatever ending somebody wrote.
fn normal(name: &str) -> String {
    let name = without_directive(name);
    let name = name
        .strip_suffix(".md")
        .or_else(|| name.strip_suffix(".html"))
        .unwrap_or(name);
    name.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::events::Dialect;
    use crate::model::document;
    use crate::name::Basename;

    fn resolved(json: &str) -> (Flow, Vec<String>) {
        let documents = ["gw__note-a", "gw__note-b", "gw__note-hidden"]
            .into_iter()
            .map(|name| {
                let name = Basename::parse(name).expect("valid");
                document::read(name, b"# T\n", Dialect::Site).document
            })
            .collect();
        let (corpus, _) = Corpus::new(documents, |_| false);
        let published = corpus
            .iter()
            .filter(|(_, document)| document.name.name() != "hidden")
            .map(|(id, _)| id)
            .collect();
        let files = BTreeSet::from(["attachment/egress/gateway.yaml".to_owned()]);
        let (raw, mut problems) = parse(json.as_bytes()).expect("JSON");
        let (flow, more) = raw.resolve(&corpus, &published, &files);
        problems.extend(more);
        let problems = problems
            .into_iter()
            .map(|d| {
                let at = d.position.expect("a place");
                let help = d.help.map(|h| format!(" ({h})")).unwrap_or_default();
                format!("{}:{}: {}{help}", at.line, at.column, d.message)
            })
            .collect();
        (flow, problems)
    }

    #[test]
    fn entries_are_short_or_long() {
        let (flow, problems) = resolved(
            r#"{"title":"T","stages":[{"title":"0 A","why":"w","docs":["gw__note-a",{"doc":"gw__note-b","note":"n"}],
            "attachments":["attachment/egress/gateway.yaml",{"path":"attachment/egress/gateway.yaml","label":"l"}],
            "links":[{"label":"L","url":"https://istio.io"}]}]}"#,
        );
        assert_eq!(problems, Vec::<String>::new());
        let stage = &flow.stages[0];
        assert_eq!(stage.docs.len(), 2);
        assert_eq!(stage.docs[1].note, "n");
        assert_eq!(stage.attachments[1].label, "l");
        assert_eq!(stage.links[0].url, "https://istio.io");
    }

    #[test]
    fn wrong_entries_are_named_with_their_place_and_left_out() {
        let (flow, problems) = resolved(
            "{\"stages\": [{\"title\": \"0\", \"whi\": \"\", \"docs\": [\n  \"gw__note-a\",\n  \"gw__note-aa\",\n  \
             \"gw__note-hidden\",\n  \"gw__note-a\",\n  7\n],\n\"attachments\": [\"attachment/gateway.yaml\"],\n\
             \"links\": [{\"label\": \"x\", \"url\": \"javascript:x\"}]}]}",
        );
        assert_eq!(flow.stages[0].docs.len(), 1);
        assert_eq!(flow.stages[0].links, []);
        let waiting = flow.waiting.iter();
        let waiting: Vec<_> = waiting.map(|entry| entry.name.as_str()).collect();
        assert_eq!(waiting, ["gw__note-hidden"]);
        assert_eq!(
            problems,
            [
                "1:28: unknown key `whi` (did you mean `why`?)",
                "6:3: must be a basename or { \"doc\", \"note\" }",
                "9:26: `url` must begin with https:// or http://",
                "3:3: no document `gw__note-aa` (did you mean `gw__note-a`?)",
                "5:3: already listed on line 2: a document has one place",
                "8:17: no file `attachment/gateway.yaml` (did you mean `attachment/egress/gateway.yaml`?)",
            ]
        );
    }

    #[test]
    fn a_file_without_a_readable_path_is_refused_with_its_place() {
        let deep = "[".repeat(100_000);
        for (json, at) in [
            ("{\"stages\": [}", (1, 13)),
            ("", (1, 1)),
            ("42", (1, 1)),
            ("[]", (1, 1)),
            ("{} x", (1, 4)),
            ("{\"stages\": {}}", (1, 12)),
            ("{\"stage\": []}", (1, 2)),
            (&deep, (1, 100_000)),
        ] {
            let problems = parse(json.as_bytes()).expect_err(json);
            let place = problems[0].position.expect("a place");
            assert_eq!((place.line, place.column), at, "{problems:?}");
        }
        assert!(parse(b"\"\xff\"").is_err());
        for json in ["{}", "{\"title\": \"T\"}", "{\"stages\": []}"] {
            assert_eq!(resolved(json).1, [""; 0], "{json}");
        }
    }
}
