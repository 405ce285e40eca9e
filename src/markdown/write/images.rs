//! Images: their alternative text, and the caption of a picture that is alone.
//!
//! Not here: the pictures' files.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::rest::Rest;
use crate::markdown::body::Image;

/// An image whose alternative text is being gathered.
pub(super) struct OpenImage {
    image: Image,
    /// Links and images that are open, itself among them.
    depth: usize,
}

impl OpenImage {
    /// Of a link, by its number.
    pub(super) fn new(link: usize, title: &str) -> Self {
        Self {
            image: Image {
                link,
                title: title.to_owned(),
                alt: String::new(),
            },
            depth: 1,
        }
    }

    /// Takes what is in the image, or its end. Whether that was its end.
    pub(super) fn take(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(Tag::Image { .. } | Tag::Link { .. }) => self.depth += 1,
            Event::End(TagEnd::Image | TagEnd::Link) => self.depth -= 1,
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => self.image.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.image.alt.push(' '),
            _ => {}
        }
        self.depth == 0
    }

    pub(super) fn finish(self) -> Image {
        self.image
    }
}

/// The title of the picture, where a paragraph's events are one picture that has a title.
pub(super) fn lone_picture(events: Rest<'_, '_>) -> Option<String> {
    let [(Event::Start(Tag::Image { title, .. }), _), inside @ ..] = events else {
        return None;
    };
    let mut open = 1;
    for (at, (event, _)) in inside.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { .. }) => open += 1,
            Event::End(TagEnd::Image) => open -= 1,
            // The title is searched no further than its paragraph.
            Event::End(TagEnd::Paragraph) => return None,
            _ => {}
        }
        if open == 0 {
            let after = inside.get(at + 1).map(|(event, _)| event);
            let is_alone = matches!(after, Some(Event::End(TagEnd::Paragraph)));
            return (is_alone && !title.is_empty()).then(|| title.to_string());
        }
    }
    None
}
