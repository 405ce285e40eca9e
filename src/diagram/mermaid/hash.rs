//! Hashes in the text of Mermaid's sequences, journeys, timelines and requirements: `#1` begins a
//! comment there, `&lt;` ends the text, and the rest would be lost without an error.
//!
//! They are replaced by Mermaid's entities. Not here: lines that are comments from their first letter.

use std::borrow::Cow;

use super::source::{self, Is, lines};
use crate::html::decoded;

const HASH: &str = "#35;";
const SEMICOLON: &str = "#59;";

/// The source with each hash and entity that would end a text replaced by Mermaid's entity.
pub(super) fn kept(source: &str) -> Cow<'_, str> {
    if !source.contains(['#', '&']) {
        return Cow::Borrowed(source);
    }
    let mut kept = String::with_capacity(source.len() + 64);
    let kind = source::kind(source).unwrap_or_default();
    for (is, line) in lines(source) {
        if is == Is::Statement && is_text(kind, line.trim()) {
            escape(line, &mut kept);
        } else {
            kept.push_str(line);
        }
    }
    Cow::Owned(kept)
}

/// Whether the line is one in which a hash ends the text.
fn is_text(kind: &str, line: &str) -> bool {
    match kind {
        _ if line.starts_with('#') => false,
        "sequenceDiagram" => line.split_whitespace().next() != Some("rect"),
        "journey" | "timeline" => true,
        // Other lines have colours.
        "requirementDiagram" => ["id:", "text:", "docref:", "type:"].iter().any(|key| {
            line.get(..key.len())
                .is_some_and(|begins| begins.eq_ignore_ascii_case(key))
        }),
        _ => false,
    }
}

fn escape(line: &str, kept: &mut String) {
    let mut rest = line;
    // Behind a hash no other statement begins.
    let mut is_behind = false;
    while let Some(at) = rest.find(['#', '&', ';']) {
        let (before, from) = rest.split_at(at);
        kept.push_str(before);
        let (sign, after) = from.split_at(1);
        rest = after;
        if sign == ";" {
            kept.push_str(if is_behind { SEMICOLON } else { sign });
            continue;
        }
        let is_reference = sign == "&";
        let number = after.strip_prefix('#').filter(|_| is_reference);
        let name = number.unwrap_or(after);
        let is_end = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
        let (name, end) = name.split_at(name.find(is_end).unwrap_or(name.len()));
        match end.strip_prefix(';').filter(|_| !name.is_empty()) {
            // The name of an entity as Mermaid writes it, a number as what it is.
            Some(end) if is_entity(name) => {
                rest = end;
                let letter = number.map(|_| decoded(&from[..from.len() - end.len()]));
                match letter.filter(|letter| !letter.contains(['#', ';', '<', '&'])) {
                    Some(letter) => kept.push_str(&letter),
                    None => kept.extend(["#", name, ";"]),
                }
            }
            _ if is_reference => kept.push_str(sign),
            _ => {
                is_behind = true;
                kept.push_str(HASH);
            }
        }
    }
    kept.push_str(rest);
}

/// Whether `&…;` around it would be a named entity or the number of a visible character.
fn is_entity(name: &str) -> bool {
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_digit()) {
        return !name.is_empty();
    }
    let character = name.parse().ok().and_then(char::from_u32);
    character.is_some_and(|c| !c.is_control())
}
