//! The events that are still to come.
//!
//! Not here: what is written of them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// Events that are still to come, with their places.
pub(super) type Rest<'e, 'a> = &'e [(Event<'a>, Range<usize>)];

/// Where the block ends that these events are in, or another begins in it.
pub(super) fn block_end(rest: Rest<'_, '_>) -> Option<usize> {
    rest.iter().find_map(|(event, span)| match event {
        Event::Start(
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. },
        )
        | Event::End(
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image,
        ) => None,
        Event::Start(_) => Some(span.start),
        Event::End(_) => Some(span.end),
        _ => None,
    })
}

/// The raw HTML among the words of the paragraph that these events are in.
pub(super) fn raw_pieces<'e>(rest: Rest<'e, '_>) -> impl Iterator<Item = &'e str> {
    let events = rest.iter().map(|(event, _)| event);
    let paragraph = events.take_while(|event| !matches!(event, Event::End(TagEnd::Paragraph)));
    paragraph.filter_map(|event| match event {
        Event::InlineHtml(html) => Some(&**html),
        _ => None,
    })
}
