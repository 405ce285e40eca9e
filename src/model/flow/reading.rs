//! Reads `flow.json`, with the place of every value.
//!
//! Not here: whether documents and files of these names exist (`resolve`).

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use unicode_normalization::UnicodeNormalization;

use super::{Attachment, FILE, Outside, RawFlow, RawStage};
use crate::diagnostic::{BuildError, Diagnostic, Position};
use crate::model::document::decode;
use crate::model::located::{self, Json, Shape, Syntax};
use crate::rule::{Cause, Rule};

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
            if Json::get(&object, "stages").is_none() {
                reader.problem(
                    object.start(),
                    "needs a list of `stages`, which may be empty",
                );
            }
            has_list.then_some(flow)
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
pub fn normal(name: &str) -> String {
    let name = without_directive(name);
    let name = name
        .strip_suffix(".md")
        .or_else(|| name.strip_suffix(".html"))
        .unwrap_or(name);
    name.nfc().collect()
}
