//! Looks up what `flow.json` names: documents and attachments.
//!
//! Not here: the shape of its entries (`reading`).

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{Attachment, FILE, Flow, RawFlow, RawStage, Stage, Step, Waiting};
use crate::diagnostic::{Diagnostic, Position, nearest};
use crate::model::corpus::{Corpus, DocId, Published};
use crate::rule::Rule;

impl RawFlow {
    /// Looks the documents and attachments up. `files` are the site's files that a visitor can
    /// reach, relative to the output.
    pub fn resolve(
        &self,
        corpus: &Corpus,
        published: &Published,
        files: &BTreeSet<String>,
    ) -> (Flow, Vec<Diagnostic>) {
        let mut lookup = Lookup {
            corpus,
            published,
            files,
            seen: BTreeMap::new(),
            waiting: Vec::new(),
            problems: Vec::new(),
        };
        let stages = self.stages.iter().map(|raw| lookup.stage(raw)).collect();
        let flow = Flow {
            title: self.title.clone(),
            stages,
            waiting: lookup.waiting,
        };
        (flow, lookup.problems)
    }
}

struct Lookup<'a> {
    corpus: &'a Corpus,
    published: &'a Published,
    files: &'a BTreeSet<String>,
    /// Where each document was listed first.
    seen: BTreeMap<DocId, Position>,
    waiting: Vec<Waiting>,
    problems: Vec<Diagnostic>,
}

impl Lookup<'_> {
    fn stage(&mut self, raw: &RawStage) -> Stage {
        let docs = raw.docs.iter();
        let docs = docs.filter_map(|(name, note, at)| self.step(name, note, *at));
        let docs = docs.collect();
        let attachments = raw.attachments.iter();
        let attachments = attachments.filter_map(|(file, at)| self.attachment(file, *at));
        Stage {
            title: raw.title.clone(),
            why: raw.why.clone(),
            docs,
            attachments: attachments.collect(),
            links: raw.links.clone(),
            position: raw.position,
        }
    }

    /// The document of an entry; none where it is reported or waits to be published.
    fn step(&mut self, name: &str, note: &str, at: Position) -> Option<Step> {
        let Some(doc) = self.corpus.find_by_any_name(name) else {
            self.problems.push(no_document(name, self.corpus).at(at));
            return None;
        };
        if !self.published.contains(&doc) {
            self.waiting.push(Waiting {
                name: name.to_owned(),
                doc,
                position: at,
            });
            return None;
        }
        if let Some(first) = self.seen.get(&doc) {
            let line = first.line;
            let message = format!("already listed on line {line}: a document has one place");
            let problem = Diagnostic::new(Rule::FlowDuplicateDocument, FILE, message);
            self.problems.push(problem.at(at));
            return None;
        }
        self.seen.insert(doc, at);
        Some(Step {
            doc,
            note: note.to_owned(),
        })
    }

    fn attachment(&mut self, attachment: &Attachment, at: Position) -> Option<Attachment> {
        let Some(path) = real_name(&attachment.path, self.files) else {
            let problem = no_attachment(&attachment.path, self.files);
            self.problems.push(problem.at(at));
            return None;
        };
        Some(Attachment {
            path,
            label: attachment.label.clone(),
        })
    }
}

fn no_document(name: &str, corpus: &Corpus) -> Diagnostic {
    let message = format!("no document `{}`", name.escape_debug());
    let problem = Diagnostic::new(Rule::FlowUnknownDocument, FILE, message);
    let names = corpus.iter().map(|(_, document)| document.name.as_str());
    match nearest(name, names) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
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
