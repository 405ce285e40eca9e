//! What is known of a note before it has a name: its title, its headings, what others call it.
//!
//! Not here: its links (`links`).

use crate::diagnostic::Diagnostic;
use crate::markdown::events::Dialect;
use crate::markdown::outline::{Outline, What};
use crate::model::document;
use crate::model::front_matter;
use crate::model::settings::Language;
use crate::name::Basename;
use crate::rule::Rule;

use super::habits::Habits;
use super::text::Text;
use super::words::{is_index, parts, stem, without_number};

/// How many notes say in which language a folder is.
const SAMPLE: usize = 200;

/// A note as a document, before its links are written.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) title: String,
    pub(super) has_title: bool,
    pub(super) kind: Option<String>,
    pub(super) is_draft: bool,
    pub(super) remarks: Vec<&'static str>,
}

/// Reads a note; also the outline of its text, and the names that others have for it.
pub(super) fn read(text: &Text, dialect: Dialect) -> (Facts, Outline, Vec<String>) {
    let file = text.file(&text.body);
    let (mut title, mut has_title, mut outline, mut remarks) =
        (String::new(), false, Outline::default(), Vec::new());
    let (mut kind, mut names, mut is_draft) = (None, Vec::new(), false);
    // Any valid name; it is not shown.
    if let Ok(name) = Basename::parse("x__note-x") {
        let read = document::read(name, file.as_bytes(), dialect);
        let is_unread = |problem: &Diagnostic| {
            matches!(problem.kind, Rule::FrontMatter | Rule::FrontMatterPlace)
        };
        if read.problems.iter().any(is_unread) {
            remarks.push("front matter that cannot be read as it is");
        }
        let read = read.document;
        is_draft = read.front.draft;
        has_title = read.title_heading.is_some() || read.front.title.is_some();
        title = read.title;
        kind = read
            .front
            .extra
            .get("type")
            .and_then(|kind| kind.as_str())
            .map(str::to_owned);
        names = read.front.aliases;
        let extra = ["slug", "permalink", "url", "id"]
            .iter()
            .filter_map(|key| read.front.extra.get(*key)?.as_str());
        names.extend(extra.map(|path| {
            let path = path.trim_end_matches('/');
            if path.contains('/') {
                path.to_owned()
            } else {
                format!("/{path}")
            }
        }));
        let foreign = read.outline.remarks.iter();
        remarks.extend(foreign.filter_map(|remark| match &remark.what {
            What::Foreign(kind) => Some(kind.what()),
            _ => None,
        }));
        outline = read.outline;
    }
    (
        Facts {
            title,
            has_title,
            kind,
            is_draft,
            remarks,
        },
        outline,
        names,
    )
}

/// The title of a note without one: its file's name, readable.
pub(super) fn title_of(path: &str, habits: &Habits) -> String {
    let (folder, _) = parts(path);
    let name = if is_index(path) && !folder.is_empty() {
        parts(folder).1
    } else {
        stem(path)
    };
    let last = habits.levels(name).pop().unwrap_or_default();
    if let Ok(day) = front_matter::day(&last.replace('_', "-")) {
        return day;
    }
    readable(without_number(&last).1)
}

/// `getting-started` as `Getting started`; a name that somebody wrote with spaces or capitals stays.
pub(super) fn readable(name: &str) -> String {
    let is_written = name.contains(' ') || name.chars().any(char::is_uppercase);
    if is_written {
        return name.to_owned();
    }
    let text = name.replace(['-', '_'], " ");
    let text = if text.trim().is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        name.to_owned()
    } else {
        text
    };
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

/// The language of most of the text.
pub(super) fn language(bodies: &[String]) -> Language {
    let letters = bodies
        .iter()
        .take(SAMPLE)
        .flat_map(|body| body.chars().take(4096))
        .filter(|c| c.is_alphabetic());
    let (mut all, mut korean) = (0_usize, 0_usize);
    for c in letters {
        all += 1;
        korean += usize::from(matches!(c, '가'..='힣'));
    }
    if korean * 5 > all {
        Language::Korean
    } else {
        Language::English
    }
}

/// `Jan 5th, 2024` of `2024_01_05`: how Logseq links to the notes of a day.
pub(super) fn journal_day(stem: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut numbers = stem
        .split(['_', '-'])
        .map(|part| part.parse::<usize>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let ending = match (day % 10, day / 10) {
        (1, 0 | 2 | 3) => "st",
        (2, 0 | 2) => "nd",
        (3, 0 | 2) => "rd",
        _ => "th",
    };
    let month = MONTHS.get(month.checked_sub(1)?)?;
    Some(format!("{month} {day}{ending}, {year}"))
}
