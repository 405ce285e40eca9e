//! One document: its name and the facts about its text. The text itself is not kept.
//!
//! Not here: reading files, and relations between documents (`corpus`, `links`).

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{BuildError, Diagnostic};
use crate::diagram::svg;
use crate::fingerprint::Fingerprint;
use crate::markdown::body::Body;
use crate::markdown::breaks::broken;
use crate::markdown::clean;
use crate::markdown::compile;
use crate::markdown::events::{Dialect, Source};
use crate::markdown::labels::Labels;
use crate::markdown::outline::{Outline, Remark, What};
use crate::name::Basename;
use crate::place::{LineIndex, Locator, Position};
use crate::rule::{Cause, Rule};

use super::front_matter::{self, FrontMatter, Kind, Problem};
use super::remark;

/// A document of the corpus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub name: Basename,
    pub front: FrontMatter,
    /// Plain text, never empty.
    pub title: String,
    /// The title with inline markup.
    pub title_html: String,
    /// The heading that the page shows as its title, so that the body leaves it out.
    pub title_heading: Option<usize>,
    /// One line; empty if the document has no text.
    pub summary: String,
    /// The facts about its body.
    pub outline: Outline,
    /// Hash of the file's bytes.
    pub source: Fingerprint,
    /// In bytes.
    pub size: u64,
}

impl Document {
    /// Images of raw HTML without an `alt` attribute: address and position.
    pub fn images_without_alt(&self) -> impl Iterator<Item = (&str, Position)> {
        let remarks = self.outline.remarks.iter();
        remarks.filter_map(|remark| match &remark.what {
            What::NoAlt(target) => Some((target.as_str(), remark.position)),
            _ => None,
        })
    }

    /// The summary, unless it says no more than the title.
    pub fn said_besides_title(&self) -> &str {
        let [summary, title] =
            [&self.summary, &self.title].map(|text| text.chars().filter(|c| c.is_alphanumeric()));
        if summary.eq(title) { "" } else { &self.summary }
    }

    /// The id of its title heading; empty if the title is not a heading.
    pub fn title_id(&self) -> &str {
        self.title_heading
            .map_or("", |index| &self.outline.headings[index].id)
    }

    /// Findings about its text, which depend on whether the site trusts raw HTML.
    pub fn remarks(&self, trusted_html: bool) -> impl Iterator<Item = Diagnostic> {
        let remarks = self.outline.remarks.iter();
        remarks.filter_map(move |remark| {
            let finding = remark::finding(&remark.what, self.name.source(), trusted_html)?;
            Some(finding.at(remark.position))
        })
    }

    /// Whether another text of the document says the same to everybody: then only its own page can
    /// differ, in its text, and where its positions and its hash are shown.
    pub fn says_as(&self, other: &Self) -> bool {
        let bare = |document: &Self| Self {
            source: Fingerprint::of(b""),
            size: 0,
            outline: document.outline.without_text(),
            ..document.clone()
        };
        let minutes = |document: &Self| document.outline.reading.minutes();
        minutes(self) == minutes(other) && bare(self) == bare(other)
    }

    pub fn has_diagram(&self) -> bool {
        !self.outline.diagrams.is_empty()
    }
}

/// Decodes a file's bytes: UTF-8, without byte order mark and control characters, with `\n` at the
/// end of each line.
///
/// # Errors
///
/// The position of the first byte that is not UTF-8.
pub fn decode(path: &str, bytes: &[u8]) -> Result<String, BuildError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let at = LineIndex::new(&valid).position(valid.len());
        BuildError::new(Cause::NotUtf8, path, "not UTF-8 text")
            .at(at)
            .help("save it as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.bytes().any(|b| b < b' ' && b != b'\n' && b != b'\t') {
        return Ok(text.to_owned());
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok(text
        .chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            c if c < ' ' => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect())
}

/// The text after the front matter.
pub fn body(text: &str) -> &str {
    &text[front_matter::split(text).body..]
}

/// A document's file, read as well as it can be.
#[derive(Debug, Serialize, Deserialize)]
pub struct Read {
    /// The facts about it; of an invalid file, as many as can be read, so that the rest of the site
    /// still knows the document.
    pub document: Document,
    /// Why no page can be made from it.
    pub error: Option<BuildError>,
    pub problems: Vec<Diagnostic>,
}

impl Read {
    /// Whether what its front matter should say is a guess, or there is nothing in it, as when a program
    /// is about to write it.
    pub fn is_guess(&self) -> bool {
        self.document.size == 0
            || self
                .problems
                .iter()
                .any(|found| found.kind == Rule::FrontMatter)
    }
}

/// A document whose file cannot be read: only its name is known.
pub fn unread(name: Basename) -> Document {
    let mut document = read(name, b"", Dialect::Site { math: true }).document;
    // Whether it has a title is not known either: that it has none is not worth a finding.
    document.front.title = Some(document.title.clone());
    document
}

/// Compiles the body of a document from its file's bytes.
///
/// # Errors
///
/// If they are not UTF-8.
pub fn compile(
    path: &str,
    bytes: &[u8],
    dialect: Dialect,
    labels: &Labels,
) -> Result<Body, BuildError> {
    let text = decode(path, bytes)?;
    let start = front_matter::split(&text).body;
    let places = Locator::new(&text, start);
    let source = Source::of(&text[start..], dialect);
    Ok(compile::compile(&source, &places, labels).1)
}

/// Reads the facts of a document from its file's bytes, in the dialect of its site.
pub fn read(name: Basename, bytes: &[u8], dialect: Dialect) -> Read {
    read_whole(name, bytes, dialect, &Labels::default()).0
}

/// Like `read`, and compiles the body in the language of its site.
pub fn read_whole(name: Basename, bytes: &[u8], dialect: Dialect, labels: &Labels) -> (Read, Body) {
    let path = name.source();
    let mut problems = Vec::new();
    let (text, error) = match decode(&path, bytes) {
        Ok(text) => (text, None),
        Err(error) => (String::from_utf8_lossy(bytes).into_owned(), Some(error)),
    };
    let split = front_matter::split(&text);
    let (front, found) = front_matter::read(&text, &split);
    let places = Locator::new(&text, split.body);
    // Of a file that is not text, that alone is worth saying.
    if error.is_none() {
        problems.extend(
            found
                .into_iter()
                .map(|found| told(&path, &text, places.lines(), found)),
        );
    }
    let written = &text[split.body..];
    if written.trim().is_empty() {
        let remark = Diagnostic::new(Rule::EmptyDocument, &path, "has no text");
        problems.push(remark.at(Position::START));
    }
    let (mut outline, body) = compile::compile(&Source::of(written, dialect), &places, labels);
    let losses = drawing_losses(written, &outline.drawings).into_iter();
    outline.remarks.extend(losses.map(|(offset, what)| Remark {
        position: places.position(offset),
        what: What::RawHtml(what),
    }));
    outline.remarks.sort_by_key(|remark| remark.position);
    let (title, title_html, title_heading) = title(&name, &front, &outline);
    let summary = front
        .description
        .as_ref()
        .unwrap_or(&outline.summary)
        .clone();
    let document = Document {
        name,
        front,
        title,
        title_html,
        title_heading,
        summary,
        outline,
        source: Fingerprint::of(bytes),
        size: bytes.len() as u64,
    };
    let read = Read {
        document,
        error,
        problems,
    };
    (read, body)
}

/// The position of what was removed from a drawing: `<script>`, `onclick of <path>`.
fn named_at(text: &str, what: &str) -> usize {
    let name = what.split([' ', '>']).next().unwrap_or(what);
    text.find(name).unwrap_or_default()
}

/// What is removed from each inline `<svg>`: by the reader of pictures, or, if the `<svg>` is not a
/// picture, by the cleaner.
fn drawing_losses(body: &str, drawings: &[Range<usize>]) -> Vec<(usize, String)> {
    let losses = drawings.iter().flat_map(|span| {
        let text = &body[span.clone()];
        match svg::read(text) {
            Ok(picture) => {
                let removed = picture.removed().iter();
                let removed = removed.map(|what| what.replace('`', ""));
                removed
                    .map(|what| (span.start + named_at(text, &what), what))
                    .collect()
            }
            Err(_) => clean::removals(text)
                .into_iter()
                .map(|removal| (span.start + removal.offset, removal.what))
                .collect::<Vec<_>>(),
        }
    });
    losses.collect()
}

fn told(path: &str, text: &str, lines: &LineIndex<'_>, problem: Problem) -> Diagnostic {
    let length = text[problem.span.clone()].chars().count();
    let message = problem.message;
    let told = match problem.kind {
        Kind::Broken => Diagnostic::new(Rule::FrontMatter, path, message),
        Kind::Value => Diagnostic::new(Rule::FrontMatterValue, path, message),
        Kind::Place => Diagnostic::new(Rule::FrontMatterPlace, path, message),
    };
    told.at(lines.position(problem.span.start))
        .over(length)
        .help(problem.help)
}

/// The title as text and as HTML, and the index of its heading.
fn title(
    name: &Basename,
    front: &FrontMatter,
    outline: &Outline,
) -> (String, String, Option<usize>) {
    let heading = outline.first_title().filter(|index| {
        let text = &outline.headings[*index].text;
        !text.is_empty() && front.title.as_ref().is_none_or(|title| title == text)
    });
    match (heading, &front.title) {
        (Some(index), _) => {
            let found = &outline.headings[index];
            (found.text.clone(), found.html.clone(), heading)
        }
        (None, Some(title)) => (title.clone(), broken(title), None),
        (None, None) => (name.name().to_owned(), broken(name.name()), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        let name = Basename::parse("gw__note-이름").expect("valid");
        read(name, text.as_bytes(), Dialect::Site { math: true }).document
    }

    #[test]
    fn the_title_is_front_matter_then_heading_then_name() {
        assert_eq!(document("# **A** `b`\n").title, "A b");
        assert_eq!(
            document("# **A** `b`\n").title_html,
            "<strong>A</strong> <code>b</code>"
        );
        assert_eq!(document("본문만\n").title, "이름");
        let both = document("---\ntitle: 다른 제목\n---\n# 제목\n");
        assert_eq!(
            (both.title.as_str(), both.title_heading),
            ("다른 제목", None)
        );
        let same = document("---\ntitle: 제목\n---\n# 제목\n");
        assert_eq!(same.title_heading, Some(0));
    }

    #[test]
    fn marks_and_line_ends_leave_no_trace() {
        let plain = document("---\ntitle: T\n---\n# H\n\nx [a](b.html)\n");
        let odd = document("\u{feff}---\r\ntitle: T\r\n---\r\n# H\r\n\r\nx [a](b.html)\r\n");
        assert_eq!(plain.outline, odd.outline);
        let place = plain.outline.links[0].place;
        assert_eq!(place.position, Position { line: 6, column: 3 });
        assert_eq!(place.length, "[a](b.html)".len());
    }

    #[test]
    fn bytes_that_are_not_text_are_reported_with_their_position() {
        let name = Basename::parse("gw__note-x").expect("valid");
        let read = read(name, b"# ok\n\ncaf\xe9", Dialect::Site { math: true });
        assert_eq!(read.document.title, "ok");
        let error = read.error.expect("an error");
        assert_eq!(error.position, Some(Position { line: 3, column: 4 }));
    }
}
