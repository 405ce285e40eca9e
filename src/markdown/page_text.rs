//! The words of HTML, without scripts and styles: of a piece of it, or of a page that a person made,
//! heading by heading.
//!
//! Not here: the words of Markdown (`passages`).

use std::cell::RefCell;
use std::rc::Rc;

use lol_html::errors::RewritingError;
use lol_html::html_content::{TextChunk, TextType};
use lol_html::{HtmlRewriter, Settings, doc_text, element, end_tag};

use crate::html::decoded;

const PLACES: &str =
    "h2, h3, h4, h5, h6, main, nav, button, dialog, template, [hidden], img, a[href^='#']";

/// What is between two headings of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PagePart {
    /// Empty before the first heading below the title.
    pub heading: String,
    pub id: String,
    pub text: String,
}

/// The words of a piece of HTML, those of its pictures too; a blank for each run of white space. None
/// of text that is no HTML.
pub fn text_of(html: &str) -> String {
    let parts = read(html, false);
    parts.map_or_else(String::new, |parts| {
        parts.into_iter().map(|part| part.text).collect()
    })
}

/// The parts of a page's `<main>`, or of all of it if there is none, without its navigation.
pub fn parts_of(page: &str) -> Vec<PagePart> {
    read(page, true).unwrap_or_default()
}

fn read(html: &str, by_heading: bool) -> Option<Vec<PagePart>> {
    let reader = Rc::new(RefCell::new(Reader::default()));
    scan(html, &reader, by_heading).ok()?;
    let mut parts = reader.take().parts;
    for part in &mut parts {
        for text in [&mut part.heading, &mut part.text] {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    Some(parts)
}

fn scan(html: &str, reader: &Rc<RefCell<Reader>>, by_heading: bool) -> Result<(), RewritingError> {
    let mut settings = Settings::new()
        .with_strict(false)
        .append_document_content_handler(doc_text!(|chunk| {
            reader.borrow_mut().text(chunk);
            Ok(())
        }));
    if by_heading {
        let places = element!(PLACES, |element| {
            let place = if element.has_attribute("hidden") {
                Place::Aside
            } else {
                Place::of(&element.tag_name())
            };
            // Of links to a place of the page, only those that headings have to themselves.
            if element.tag_name() == "a" && !reader.borrow().in_heading {
                return Ok(());
            }
            if place == Place::Picture {
                let words = element.get_attribute("alt").unwrap_or_default();
                reader.borrow_mut().add(&words);
                return Ok(());
            }
            let id = element.get_attribute("id").unwrap_or_default();
            if element.can_have_content() {
                reader.borrow_mut().open(place, id);
                let reader = Rc::clone(reader);
                element.on_end_tag(end_tag!(move |_| {
                    reader.borrow_mut().close(place);
                    Ok(())
                }))?;
            }
            Ok(())
        });
        settings = settings.append_element_content_handler(places);
    } else {
        let pictures = element!("img[alt]", |element| {
            let words = element.get_attribute("alt").unwrap_or_default();
            reader.borrow_mut().add(&format!(" {words} "));
            Ok(())
        });
        settings = settings.append_element_content_handler(pictures);
    }
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(html.as_bytes())?;
    rewriter.end()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Heading,
    Main,
    /// What is no text of the page.
    Aside,
    /// It has words instead.
    Picture,
}

impl Place {
    fn of(tag: &str) -> Self {
        match tag {
            "main" => Self::Main,
            "nav" | "button" | "dialog" | "template" | "a" => Self::Aside,
            "img" => Self::Picture,
            _ => Self::Heading,
        }
    }
}

struct Reader {
    parts: Vec<PagePart>,
    /// Of a text that comes in pieces.
    pending: String,
    in_heading: bool,
    asides: usize,
    is_past_main: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            parts: vec![PagePart::default()],
            pending: String::new(),
            in_heading: false,
            asides: 0,
            is_past_main: false,
        }
    }
}

impl Reader {
    fn open(&mut self, place: Place, id: String) {
        match place {
            Place::Main if !self.is_past_main => *self = Self::default(),
            Place::Aside => self.asides += 1,
            Place::Heading if !self.is_past_main => {
                self.in_heading = true;
                self.parts.push(PagePart {
                    id,
                    ..PagePart::default()
                });
            }
            Place::Main | Place::Heading | Place::Picture => {}
        }
    }

    fn close(&mut self, place: Place) {
        match place {
            Place::Main => self.is_past_main = true,
            Place::Aside => self.asides = self.asides.saturating_sub(1),
            Place::Heading => self.in_heading = false,
            Place::Picture => {}
        }
    }

    fn text(&mut self, chunk: &TextChunk<'_>) {
        if chunk.text_type() != TextType::Data {
            return;
        }
        self.pending.push_str(chunk.as_str());
        if !chunk.last_in_text_node() {
            return;
        }
        let pending = std::mem::take(&mut self.pending);
        self.add(&pending);
    }

    /// Adds words as they are written in HTML.
    fn add(&mut self, words: &str) {
        if self.asides > 0 || self.is_past_main {
            return;
        }
        if let Some(part) = self.parts.last_mut() {
            let text = if self.in_heading {
                &mut part.heading
            } else {
                &mut part.text
            };
            text.push_str(&decoded(words));
            text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_html_are_decoded() {
        let html = "<p>a &lt; b&amp;c\n <b>d</b><script>x()</script><style>y</style></p>";
        assert_eq!(text_of(html), "a < b&c d");
        assert_eq!(text_of(""), "");
    }

    #[test]
    fn a_page_has_its_parts_by_heading() {
        let page = "<title>t</title><body><nav>목록</nav><h2 id=x>앞</h2><main><h1>제목</h1><nav>차례</nav>\
                    <p>첫 글</p><h2 id=\"a\">절 <code>A</code><a href='#a'>#</a></h2><p>둘째<a href='#a'>글</a><button>복사</button></p>\
                    <h3>셋</h3>끝<p hidden>숨은 글</p><template>틀</template>\
                    <img alt=\"그림 &amp; 글\"></main><footer><h2>뒤</h2>글</footer>";
        let parts: Vec<_> = parts_of(page)
            .into_iter()
            .map(|part| (part.heading, part.id, part.text))
            .collect();
        let part = |heading: &str, id: &str, text: &str| {
            (heading.to_owned(), id.to_owned(), text.to_owned())
        };
        assert_eq!(
            parts,
            [
                part("", "", "제목 첫 글"),
                part("절 A", "a", "둘째 글"),
                part("셋", "", "끝 그림 & 글")
            ]
        );
        let plain = parts_of("<body>가<h2 id=b>나</h2>다");
        assert_eq!(plain[1].id, "b");
        assert_eq!(parts_of("")[0], PagePart::default());
    }
}
