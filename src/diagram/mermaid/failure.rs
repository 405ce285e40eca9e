//! Why the renderer did not draw, in terms of the source.
//!
//! Not here: limits that are enforced before the renderer runs (`budget`).

use merman::RenderError;

use super::super::drawing::{Cause, Failure};
use super::super::svg::notes::shortened;
use super::bodies::ADDED;
use super::source::{self, Is};

/// Kinds of diagrams that Mermaid draws and the renderer does not.
const NOT_DRAWN: [&str; 1] = ["zenuml"];

/// The renderer's reason in terms of the source.
pub(super) fn failure(source: &str, error: &RenderError) -> Failure {
    match error {
        RenderError::NoDiagram => unknown(source),
        RenderError::Cancelled(_) => Failure {
            passing: true,
            ..Failure::new("the drawing takes too long").because(Cause::Costly)
        },
        RenderError::ResourceLimitExceeded(limit) => {
            let words = limit.id.to_string();
            let words = words.trim_start_matches("max_").replace('_', " ");
            Failure::new(format!("too large to draw ({words})")).because(Cause::Large)
        }
        RenderError::Parse(problem) => {
            let message = plain(&problem.terminal_safe_message());
            if message.contains("diagram type") {
                return unknown(source);
            }
            let span = problem.terminal_diagnostic_details().span;
            let place = span.and_then(|span| source.split_at_checked(span.start.min(source.len())));
            match place {
                Some((before, after)) => {
                    Failure::new(without_offset(message, after)).at(line(before))
                }
                None => quoting(source, message),
            }
        }
        other => quoting(source, plain(&other.to_string())),
    }
}

/// A failure at the line that should say which kind of diagram it is.
fn unknown(source: &str) -> Failure {
    let kind = source::kind(source).unwrap_or_default();
    let line = source::lines(source).position(|(is, _)| is == Is::Kind);
    let failure = if NOT_DRAWN.contains(&kind) {
        Failure::new(format!("`{kind}` is not drawn by this build")).because(Cause::Broken)
    } else {
        Failure::new("this is not the start of a Mermaid diagram")
    };
    failure.at(line.map_or(1, |line| line + 1))
}

/// The line of the author's source behind this part of the prepared one.
fn line(before: &str) -> usize {
    before.matches('\n').count() - before.matches(ADDED).count() + 1
}

/// A failure with the first line that has what the message quotes at its end, behind a colon.
fn quoting(source: &str, message: String) -> Failure {
    let quoted = message.split_once(':').map(|(_, quoted)| quoted.trim());
    let start = quoted.filter(|quoted| !quoted.is_empty());
    let start = start.and_then(|quoted| source.find(quoted));
    let line = start.map(|start| line(&source[..start]));
    Failure {
        line,
        ..Failure::new(message)
    }
}

/// The message with the character that it is about instead of its offset, which says nothing to people.
fn without_offset(message: String, after: &str) -> String {
    let offset = message.rsplit_once(" at ");
    match (offset, after.chars().next()) {
        (Some((what, offset)), Some(c)) if offset.parse::<usize>().is_ok() => {
            format!("{what} “{}”", c.escape_debug())
        }
        _ => message,
    }
}

/// On one line, short, without details that only the renderer's developers need.
fn plain(message: &str) -> String {
    let message = message.split("; enable the `").next().unwrap_or(message);
    let message = match message.strip_prefix("Diagram parse error (") {
        Some(rest) => rest.split_once("): ").map_or(rest, |(_, rest)| rest),
        None => message,
    };
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    shortened(&line, 160)
}
