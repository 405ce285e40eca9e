//! Quotes, and alerts with their titles.
//!
//! Not here: which markers there are (`alert`).

use pulldown_cmark::{Event, Tag};

use super::output::Output;
use super::rest::Rest;
use crate::markdown::alert::{self, Fold, Marker};
use crate::markdown::labels::Labels;

#[derive(Default)]
pub(super) struct Quotes {
    /// What closes each quote or alert that is open.
    open: Vec<&'static str>,
    title: Option<Title>,
}

/// The title of an alert, which is being written.
struct Title {
    /// Its kind's own title, where the author wrote none.
    untitled: String,
    /// How many bytes of the first text are the marker.
    marker: Option<usize>,
    /// What had been written before it.
    before: (usize, usize),
    close: &'static str,
}

impl Quotes {
    /// A quote, or an alert: then its first line is a marker and perhaps a title.
    pub(super) fn start(&mut self, out: &mut Output, labels: &Labels, rest: Rest<'_, '_>) {
        let marker = match rest {
            [
                (Event::Start(Tag::Paragraph), _),
                (Event::Text(text), _),
                ..,
            ] => alert::marker(text),
            _ => None,
        };
        let Some(marker) = marker else {
            out.open_block("blockquote", "<blockquote>\n");
            self.open.push("</blockquote>\n");
            return;
        };
        let close = self.open_alert(out, &marker);
        self.title = Some(Title {
            untitled: match marker.custom {
                Some(word) => alert::custom_title(word),
                None => labels.alerts[marker.kind as usize].to_owned(),
            },
            marker: Some(marker.end),
            before: out.pieces.length(),
            close,
        });
    }

    pub(super) fn end(&mut self, out: &mut Output) {
        let close = self.open.pop();
        out.close(close.unwrap_or_default());
    }

    pub(super) fn is_in_title(&self) -> bool {
        self.title.is_some()
    }

    /// How much of the next text is an alert's marker.
    pub(super) fn take_marker(&mut self) -> usize {
        let marker = self.title.as_mut().and_then(|title| title.marker.take());
        marker.unwrap_or_default()
    }

    /// Opens an alert and its title, and gives what closes the title.
    fn open_alert(&mut self, out: &mut Output, marker: &Marker<'_>) -> &'static str {
        let class = marker.kind.class();
        let open = match marker.fold {
            Some(Fold::Open) => " open",
            Some(Fold::Closed) => "",
            None => {
                out.open("aside", &format!("<aside class=\"alert {class}\">"));
                out.open("p", "<p class=\"alert-title\">");
                self.open.push("</aside>\n");
                return "</p>\n";
            }
        };
        out.open(
            "details",
            &format!("<details class=\"alert {class}\"{open}>"),
        );
        out.open("summary", "<summary class=\"alert-title\">");
        self.open.push("</details>\n");
        "</summary>\n"
    }

    pub(super) fn end_title(&mut self, out: &mut Output) {
        if let Some(title) = self.title.take() {
            if out.pieces.length() == title.before {
                out.pieces.text(&title.untitled);
            }
            out.close(title.close);
        }
    }
}
