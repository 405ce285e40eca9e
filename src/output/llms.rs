//! `llms.txt`: the site for programs that read text, in the form of llmstxt.org. The reading path in
//! its order, then the other documents by topic, each with its Markdown; deprecated ones under
//! `Optional`, which such a program may leave out.
//!
//! A section of that form holds links and nothing else, so why a stage comes where it does is said
//! before all sections. Not here: what one document is (`about`).

use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::model::document::Document;
use crate::name::link_text;

use super::mark;
use super::views;

pub const NAME: &str = "llms.txt";
/// In bytes: what an entry is at most beside its summary, unless its address alone is longer.
const ENTRY_MOST: usize = 120;
/// In characters: the mark has to be near the top of its file.
const ABOUT_MOST: usize = 300;

/// The file with its mark.
pub fn bytes(catalogue: &Catalogue) -> Vec<u8> {
    let head = head(catalogue);
    let text = format!("{head}{}{}", guide(catalogue), sections(catalogue));
    mark::comment(&text, head.len(), Fingerprint::of(text.as_bytes()))
}

/// The title, and what the site is.
fn head(catalogue: &Catalogue) -> String {
    let settings = &catalogue.settings;
    let short = |text: &str| line(&text.chars().take(ABOUT_MOST).collect::<String>());
    let mut text = format!("# {}\n\n", short(&settings.title));
    if !settings.description.is_empty() {
        text.push_str(&format!("> {}\n\n", short(&settings.description)));
    }
    text
}

/// How to read the rest, and why the path goes as it does.
fn guide(catalogue: &Catalogue) -> String {
    let t = views::words(&catalogue.settings);
    let mut text = format!("\n{}\n", t.llms_guide);
    let stages = catalogue.flow.stages.iter();
    let stages = stages.filter(|stage| !stage.docs.is_empty()).zip(1..);
    for (stage, number) in stages {
        if number == 1 {
            text.push_str(&format!("\n{}\n\n", t.llms_order));
        }
        let why = line(&stage.why);
        let why = if why.is_empty() {
            why
        } else {
            format!(": {why}")
        };
        text.push_str(&format!("{number}. **{}**{why}\n", line(&stage.title)));
    }
    text
}

fn sections(catalogue: &Catalogue) -> String {
    let is_current = |id: &DocId| catalogue.corpus.get(*id).front.deprecated.is_none();
    let mut sections: Vec<(String, Vec<DocId>)> = Vec::new();
    for stage in &catalogue.flow.stages {
        let steps = stage.docs.iter().map(|step| step.doc);
        sections.push((line(&stage.title), steps.filter(is_current).collect()));
    }
    for (topic, documents) in catalogue.topics() {
        let others = documents.into_iter();
        let others = others.filter(|id| !catalogue.places.contains_key(id) && is_current(id));
        let name = views::topic(&catalogue.settings, topic).name;
        sections.push((line(name), others.collect()));
    }
    let old = catalogue.published.iter().copied();
    let old = old.filter(|id| !is_current(id)).collect();
    sections.push(("Optional".to_owned(), old));
    let mut text = String::new();
    for (title, documents) in sections.iter().filter(|(_, it)| !it.is_empty()) {
        text.push_str(&format!("\n## {title}\n\n"));
        for id in documents {
            push_entry(&mut text, catalogue.corpus.get(*id));
        }
    }
    text
}

fn push_entry(text: &mut String, document: &Document) {
    let address = link_text(&document.name.source());
    let rest = format!("- []({address}): \n").len();
    let whole = bracketed(&document.title);
    let title = cut(&whole, ENTRY_MOST.saturating_sub(rest));
    text.push_str(&format!("- [{title}]({address})"));
    let (name, summary) = (line(&document.title), line(&document.summary));
    // A title that is cut is said in full by a summary that repeats it.
    let is_said = summary == name && title == whole;
    if !summary.is_empty() && !is_said {
        text.push_str(&format!(": {summary}"));
    }
    text.push('\n');
}

/// A text on one line, as an entry of a list and a heading have to be.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that ends no link.
fn bracketed(text: &str) -> String {
    line(text).replace('[', "(").replace(']', ")")
}

/// A text of at most so many bytes, but of one letter at least.
fn cut(text: &str, most: usize) -> String {
    const CUT: &str = "…";
    if text.len() <= most {
        return text.to_owned();
    }
    let mut end = most.saturating_sub(CUT.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    format!("{}{CUT}", text[..end.max(first)].trim_end())
}
