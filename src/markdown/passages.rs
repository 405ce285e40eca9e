//! What a reader sees of a body as plain text, heading by heading: the input of a search.
//!
//! Not here: headings' ids (`outline`), words in pictures (a diagram is a number here), front matter.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::alert::Quotes;
use super::events::Source;
use super::fence::Fence;
use super::math_words;
use super::outline::is_diagram;
use super::page_text::text_of;
use crate::place::Locator;

/// What is between two headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The heading's place in the outline; none for what comes before any, or after the title.
    pub heading: Option<usize>,
    pub text: String,
    pub code: String,
    /// Places in the outline of the diagrams in it.
    pub diagrams: Vec<usize>,
    /// Where lines of the document begin in the text: byte and line, ascending.
    pub lines: Vec<(usize, usize)>,
    /// The same for the code.
    pub code_lines: Vec<(usize, usize)>,
}

/// The passages of a body; what is below its title belongs to the first.
pub fn passages(
    source: &Source<'_>,
    places: &Locator<'_>,
    title_heading: Option<usize>,
) -> Vec<Passage> {
    let mut reader = Reader {
        places,
        title_heading,
        passages: vec![Passage::default()],
        headings: 0,
        diagrams: 0,
        inside: Inside::Text,
        html: String::new(),
        quotes: Quotes::default(),
    };
    for (event, span) in source.events() {
        reader.see(&event, &span);
    }
    reader.passages
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Heading,
    Code,
    Diagram,
    Html,
}

struct Reader<'a> {
    places: &'a Locator<'a>,
    title_heading: Option<usize>,
    passages: Vec<Passage>,
    headings: usize,
    diagrams: usize,
    inside: Inside,
    /// The raw HTML of the block that is open.
    html: String,
    quotes: Quotes,
}

impl Reader<'_> {
    fn see(&mut self, event: &Event<'_>, span: &Range<usize>) {
        let marker = self.quotes.marker(event);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::InlineMath(tex) if matches!(self.inside, Inside::Text) => {
                self.add(&math_words::words(tex, false), span);
            }
            Event::DisplayMath(tex) if matches!(self.inside, Inside::Text) => {
                self.add(&math_words::words(tex, true), span);
            }
            Event::Text(text) | Event::Code(text) => match self.inside {
                Inside::Text => match marker {
                    Some(marker) => self.add(&marker.without(text), span),
                    None => self.add(text, span),
                },
                Inside::Code => {
                    let line = self.places.position(span.start).line;
                    let passage = self.last();
                    passage.code_lines.push((passage.code.len(), line));
                    passage.code.push_str(text);
                }
                Inside::Heading | Inside::Diagram | Inside::Html => {}
            },
            Event::Html(html) => self.html.push_str(html),
            Event::InlineHtml(tag) if matches!(self.inside, Inside::Text) => {
                self.add(&text_of(tag), span);
            }
            Event::SoftBreak | Event::HardBreak => self.space(' '),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::Heading { .. } => self.inside = Inside::Heading,
            Tag::HtmlBlock => self.inside = Inside::Html,
            Tag::CodeBlock(kind) => {
                let fence = match kind {
                    CodeBlockKind::Fenced(info) => Fence::parse(info),
                    CodeBlockKind::Indented => Fence::default(),
                };
                self.fence(&fence, span);
            }
            _ => {}
        }
    }

    fn fence(&mut self, fence: &Fence, span: &Range<usize>) {
        if let Some(title) = &fence.title {
            self.add(title, span);
            self.space('\n');
        }
        self.inside = Inside::Code;
        if is_diagram(fence) {
            self.inside = Inside::Diagram;
            let diagram = self.diagrams;
            self.last().diagrams.push(diagram);
            self.diagrams += 1;
        }
    }

    fn end(&mut self, tag: TagEnd, span: &Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.inside = Inside::Text;
                if self.title_heading != Some(self.headings) {
                    self.passages.push(Passage {
                        heading: Some(self.headings),
                        ..Passage::default()
                    });
                }
                self.headings += 1;
            }
            TagEnd::CodeBlock => self.inside = Inside::Text,
            TagEnd::HtmlBlock => {
                self.inside = Inside::Text;
                let text = text_of(&std::mem::take(&mut self.html));
                self.add(&text, span);
                self.space('\n');
            }
            TagEnd::TableCell => self.space(' '),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            _ => self.space('\n'),
        }
    }

    fn last(&mut self) -> &mut Passage {
        if self.passages.is_empty() {
            self.passages.push(Passage::default());
        }
        let last = self.passages.len() - 1;
        &mut self.passages[last]
    }

    fn add(&mut self, text: &str, span: &Range<usize>) {
        let line = self.places.position(span.start).line;
        let passage = self.last();
        if passage.lines.last().is_none_or(|(_, last)| *last != line) {
            passage.lines.push((passage.text.len(), line));
        }
        passage.text.push_str(text);
    }

    /// White space between words, once.
    fn space(&mut self, space: char) {
        if self.inside == Inside::Text {
            let text = &mut self.last().text;
            if !text.is_empty() && !text.ends_with([' ', '\n']) {
                text.push(space);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_heading_has_its_text() {
        let body = "# 제목\n\n앞 **글**\n둘째.\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n## 절\n\n- 하나\n- 둘\n\n\
            ```yaml title=\"x.yaml\"\nkey: 1\n```\n\n```mermaid\ngraph TD\n```\n\n<div>글 <b>자</b><img alt='그림말'><script>no</script></div>\n\n앞 <img alt=\"속말\" src=x> 뒤\n\n> [!NOTE]\n> 알림\n\n> [!tip]- 접힘\n> 더\n\n> [!예시]\n> 끝\n";
        let passages = passages(&Source::new(body), &Locator::new(body, 0), Some(0));
        let texts: Vec<&str> = passages.iter().map(|passage| passage.text.trim()).collect();
        assert_eq!(
            texts,
            [
                "앞 글 둘째.\na b 1 2",
                "하나\n둘\nx.yaml\n글 자 그림말\n앞 속말 뒤\n알림\n접힘 더\n예시 끝"
            ]
        );
        assert_eq!(passages[1].code, "key: 1\n");
        assert_eq!(passages[1].diagrams, [0]);
        assert_eq!(passages[0].lines[..2], [(0, 3), (8, 4)]);
    }
}
