//! Bare addresses as links: `https://istio.io` and `www.istio.io` in running text. An address ends
//! where Korean begins, so that `https://istio.io/docs를` links to the docs.
//!
//! Not here: mail addresses (`git@github.com:…` is none), other schemes (`spiffe://…` is a name in
//! these documents), and text that is code or is in a link already.

use std::collections::VecDeque;
use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

const SCHEMES: [&str; 3] = ["http://", "https://", "ftp://"];

type Spanned<'e> = (Event<'e>, Range<usize>);

/// Joins the pieces into which the parser splits running text, and turns addresses in it into
/// links.
#[derive(Debug)]
pub struct Autolinks<'e, I> {
    events: I,
    on: bool,
    ready: VecDeque<Spanned<'e>>,
    /// The number of open links and images, of Markdown or HTML, and open code blocks: their
    /// content stays text.
    closed_to_links: usize,
}

impl<'e, I: Iterator<Item = Spanned<'e>>> Autolinks<'e, I> {
    /// Unless `on`, the events pass unchanged.
    pub fn new(events: I, on: bool) -> Self {
        Self {
            events,
            on,
            ready: VecDeque::new(),
            closed_to_links: 0,
        }
    }

    /// Collects pieces of text, and the event after them.
    fn run(&mut self, first: CowStr<'e>, span: Range<usize>) {
        let mut pieces = vec![(first, span)];
        let mut after = None;
        for (event, span) in self.events.by_ref() {
            match event {
                Event::Text(text) => pieces.push((text, span)),
                other => {
                    after = Some((other, span));
                    break;
                }
            }
        }
        let run = Run::new(pieces);
        if self.closed_to_links > 0 {
            self.ready.push_back(run.into_event());
        } else {
            run.with_links(&mut self.ready);
        }
        if let Some((event, span)) = after {
            self.note(&event);
            self.ready.push_back((event, span));
        }
    }

    fn note(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => {
                self.closed_to_links += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                self.closed_to_links = self.closed_to_links.saturating_sub(1);
            }
            Event::InlineHtml(html) if is_tag(html, "<a") => self.closed_to_links += 1,
            Event::InlineHtml(html) if is_tag(html, "</a") => {
                self.closed_to_links = self.closed_to_links.saturating_sub(1);
            }
            // A document's own `<a>` may be left open; it reaches no further than its block.
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
            ) => self.closed_to_links = 0,
            _ => {}
        }
    }
}

fn is_tag(html: &str, tag: &str) -> bool {
    html.get(..tag.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(tag))
        && !html[tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

impl<'e, I: Iterator<Item = Spanned<'e>>> Iterator for Autolinks<'e, I> {
    type Item = Spanned<'e>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        let (event, span) = self.events.next()?;
        match event {
            Event::Text(text) if self.on => {
                self.run(text, span);
                self.ready.pop_front()
            }
            other => {
                self.note(&other);
                Some((other, span))
            }
        }
    }
}

/// Running text, joined from several events of the parser.
struct Run<'e> {
    text: CowStr<'e>,
    /// The offset of each piece in `text`, and its range in the source.
    pieces: Vec<(usize, Range<usize>)>,
}

impl<'e> Run<'e> {
    fn new(pieces: Vec<(CowStr<'e>, Range<usize>)>) -> Self {
        let mut spans = Vec::with_capacity(pieces.len());
        if pieces.len() == 1 {
            let mut text = CowStr::Borrowed("");
            for (only, span) in pieces {
                spans.push((0, span));
                text = only;
            }
            return Self {
                text,
                pieces: spans,
            };
        }
        let mut joined = String::new();
        for (text, span) in pieces {
            spans.push((joined.len(), span));
            joined.push_str(&text);
        }
        Self {
            text: joined.into(),
            pieces: spans,
        }
    }

    fn span(&self) -> Range<usize> {
        self.source(0)..self.source(self.text.len())
    }

    /// The offset in the source of a byte of the text. Exact except inside of entities.
    fn source(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|(start, _)| *start < at);
        let (start, span) = &self.pieces[after.saturating_sub(1)];
        (span.start + at.saturating_sub(*start)).min(span.end)
    }

    fn into_event(self) -> Spanned<'e> {
        let span = self.span();
        (Event::Text(self.text), span)
    }

    fn with_links(self, ready: &mut VecDeque<Spanned<'e>>) {
        let found = addresses(&self.text);
        if found.is_empty() {
            ready.push_back(self.into_event());
            return;
        }
        let mut last = 0;
        for range in found {
            self.push_text(last..range.start, ready);
            last = range.end;
            self.push_link(range, ready);
        }
        self.push_text(last..self.text.len(), ready);
    }

    fn push_text(&self, range: Range<usize>, ready: &mut VecDeque<Spanned<'e>>) {
        if !range.is_empty() {
            let span = self.source(range.start)..self.source(range.end);
            let text = self.text[range].to_owned();
            ready.push_back((Event::Text(text.into()), span));
        }
    }

    fn push_link(&self, range: Range<usize>, ready: &mut VecDeque<Spanned<'e>>) {
        let span = self.source(range.start)..self.source(range.end);
        let shown = self.text[range].to_owned();
        let address = if is_web_name(&shown) {
            format!("https://{shown}")
        } else {
            shown.clone()
        };
        let link = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: address.into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        ready.push_back((Event::Start(link), span.clone()));
        ready.push_back((Event::Text(shown.into()), span.clone()));
        ready.push_back((Event::End(TagEnd::Link), span));
    }
}

fn is_web_name(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

/// The addresses in a text that become links, in order.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let has_name = || {
        text.as_bytes()
            .windows(4)
            .any(|w| w.eq_ignore_ascii_case(b"www."))
    };
    if !text.contains("://") && !has_name() {
        return Vec::new();
    }
    let mut finder = LinkFinder::new();
    finder
        .kinds(&[LinkKind::Url])
        .url_must_have_scheme(false)
        .url_can_be_iri(false);
    finder
        .links(text)
        .filter(|link| {
            let address = link.as_str();
            is_web_name(address)
                || SCHEMES.iter().any(|scheme| {
                    address
                        .get(..scheme.len())
                        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                })
        })
        .map(|link| link.start()..link.end())
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::markdown::events::Source;

    fn html(text: &str) -> String {
        let source = Source::new(text);
        let mut out = String::new();
        pulldown_cmark::html::push_html(&mut out, source.events().map(|(event, _)| event));
        out.trim()
            .trim_start_matches("<p>")
            .trim_end_matches("</p>")
            .to_owned()
    }

    fn link(address: &str) -> String {
        format!("<a href=\"{address}\">{address}</a>")
    }

    #[test]
    fn a_bare_address_is_a_link_and_ends_where_korean_begins() {
        let docs = link("https://istio.io/docs");
        assert_eq!(
            html("https://istio.io/docs를 본다"),
            format!("{docs}를 본다")
        );
        assert_eq!(html("(https://istio.io/docs)."), format!("({docs})."));
        assert_eq!(
            html("**https://istio.io/docs**는"),
            format!("<strong>{docs}</strong>는")
        );
        assert_eq!(
            html("www.istio.io/a_b_c, HTTP://X.io/"),
            "<a href=\"https://www.istio.io/a_b_c\">www.istio.io/a_b_c</a>, \
             <a href=\"HTTP://X.io/\">HTTP://X.io/</a>"
        );
        assert_eq!(
            html("https://a.io/?x=1&y=a_2_b&z=%EA%B0%80 끝"),
            "<a href=\"https://a.io/?x=1&amp;y=a_2_b&amp;z=%EA%B0%80\">\
             https://a.io/?x=1&amp;y=a_2_b&amp;z=%EA%B0%80</a> 끝"
        );
        assert_eq!(
            html("http://10.0.0.1:15000/config_dump"),
            link("http://10.0.0.1:15000/config_dump")
        );
    }

    #[test]
    fn what_is_not_an_address_or_is_in_a_link_already_stays() {
        for text in [
            "spiffe://cluster.local/ns/x",
            "gateway.yaml",
            "a://b",
            "git@github.com:x/y",
        ] {
            assert_eq!(html(text), text);
        }
        assert_eq!(html("`https://a.io`"), "<code>https://a.io</code>");
        assert_eq!(html("<https://a.io>"), link("https://a.io"));
        assert_eq!(html("[https://a.io](b)"), "<a href=\"b\">https://a.io</a>");
        assert_eq!(
            html("<a href=\"b\">https://a.io</a> https://c.io"),
            format!("<a href=\"b\">https://a.io</a> {}", link("https://c.io"))
        );
        assert_eq!(
            html("![https://a.io](b)"),
            "<img src=\"b\" alt=\"https://a.io\" />"
        );
    }

    #[test]
    fn the_span_of_a_bare_address_is_its_place_in_the_text() {
        use pulldown_cmark::{Event, Tag};
        let text = "**\"앞\"**은 a_b & https://istio.io/x_y_z, 뒤";
        let source = Source::new(text);
        let span = source.events().find_map(|(event, span)| {
            matches!(event, Event::Start(Tag::Link { .. })).then_some(span)
        });
        assert_eq!(span.map(|span| &text[span]), Some("https://istio.io/x_y_z"));
    }
}
