//! What a source calls its picture, which the renderer draws or not, but does not tell.
//!
//! Not here: `accTitle`, which is the picture's `<title>`, and what a page makes of a name.

use serde::Deserialize;

use super::source::{Is, kind, lines};
use crate::html::decoded;

/// The kinds that have a statement for it; in others, a line that begins so is a node.
const TITLED: [&str; 20] = [
    "C4Component",
    "C4Container",
    "C4Context",
    "C4Deployment",
    "C4Dynamic",
    "architecture",
    "erDiagram",
    "gantt",
    "gitGraph",
    "journey",
    "packet",
    "pie",
    "quadrantChart",
    "radar",
    "sequenceDiagram",
    "timeline",
    "treemap",
    "venn",
    "wardley",
    "xychart",
];

/// A statement's title, else that of the front matter.
pub(super) fn title(source: &str) -> Option<String> {
    let is_titled = kind(source).is_some_and(|kind| TITLED.contains(&kind));
    let stated = || lines(source).find_map(|(is, line)| stated(is, line.trim()));
    let title = is_titled.then(stated).flatten();
    let title = title
        .map(read)
        .or_else(|| in_front_matter(source).map(|title| read(&title)));
    title.filter(|title| !title.is_empty())
}

fn stated(is: Is, line: &str) -> Option<&str> {
    let statement = match is {
        Is::Statement => line,
        // Behind the kind, `pie title …`, and what else may be there, `showData`.
        Is::Kind => line.get(line.find(" title ")? + 1..)?,
        _ => return None,
    };
    let title = statement.strip_prefix("title")?;
    title
        .starts_with([' ', '\t', ':'])
        .then(|| title.trim_start_matches([' ', '\t', ':']))
}

fn in_front_matter(source: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Front {
        title: Option<String>,
    }
    let (front, _) = source
        .trim_start()
        .strip_prefix("---")?
        .split_once("\n---")?;
    serde_saphyr::from_str::<Front>(front).ok()?.title
}

/// A title on one line, without quotes around it, with what its entities (`#35;`) stand for.
fn read(written: &str) -> String {
    let bare = written.trim();
    let inside = bare
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let mut text = String::new();
    for (at, part) in inside.unwrap_or(bare).split('#').enumerate() {
        let name = part.split_once(';').map_or("", |(name, _)| name);
        let is_entity = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
        let is_number = name.starts_with(|c: char| c.is_ascii_digit());
        text.push_str(match (at, is_entity, is_number) {
            (0, ..) => "",
            (_, false, _) => "#",
            (_, true, false) => "&",
            (_, true, true) => "&#",
        });
        text.push_str(part);
    }
    let lines = ["<br>", "<br/>", "<br />"];
    let text = lines.iter().fold(decoded(&text).into_owned(), |text, tag| {
        text.replace(tag, " ")
    });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
