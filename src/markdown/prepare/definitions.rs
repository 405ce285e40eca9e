//! Colons at the beginning of a line: which of them define something.
//!
//! Not here: the lists that definitions become (the parser makes them).

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::edit::{Edit, lines};

/// Colons that begin a line, each with its offset and whether white space follows it.
fn line_colons(text: &str) -> impl Iterator<Item = (usize, bool)> {
    lines(text).filter_map(|(start, line)| {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        let is_colon = rest.starts_with(':') && !is_delimiter_row(rest);
        let at = start + line.len() - rest.len();
        is_colon.then(|| (at, rest[1..].starts_with([' ', '\t'])))
    })
}

/// Where a definition may begin: at a colon followed by white space.
pub(super) fn definitions(text: &str) -> Vec<usize> {
    let found = line_colons(text).filter(|(_, is_spaced)| *is_spaced);
    found.map(|(at, _)| at).collect()
}

/// The colons that begin no definition, in a text with definitions: those without white space after
/// them, and those in a code span, a link or other inline markup.
pub(super) fn colons(text: &str, options: Options, definitions: Vec<usize>) -> Vec<Edit> {
    let inline = inline_spans(text, options);
    let within = |at: &usize| {
        let next = inline.partition_point(|span| span.start < *at);
        inline[..next].last().is_some_and(|span| *at < span.end)
    };
    let unspaced = line_colons(text).filter(|(_, is_spaced)| !is_spaced);
    let found = unspaced.map(|(at, _)| at);
    found
        .chain(definitions.into_iter().filter(within))
        .map(Edit::mark)
        .collect()
}

/// `:--- | ---:`, under the head of a table.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, ':' | '-' | '|' | ' ' | '\t'))
}

/// Inline markup over more than one line, as it is without definition lists; only the outermost.
fn inline_spans(text: &str, options: Options) -> Vec<Range<usize>> {
    let options = options - Options::ENABLE_DEFINITION_LIST;
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        let is_inline = matches!(
            event,
            Event::Code(_)
                | Event::InlineHtml(_)
                | Event::Start(
                    Tag::Link { .. }
                        | Tag::Image { .. }
                        | Tag::Emphasis
                        | Tag::Strong
                        | Tag::Strikethrough
                )
        );
        let is_new = spans.last().is_none_or(|last| span.start >= last.end);
        if is_inline && is_new && text[span.clone()].contains('\n') {
            spans.push(span);
        }
    }
    spans
}
