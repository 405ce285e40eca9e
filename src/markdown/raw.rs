//! What a piece of raw HTML says beside its text: links, images, anchors that links may name, and
//! comments that silence a finding.
//!
//! Not here: what is removed from it (`clean`), and addresses in `srcset`, styles and scripts.

use std::cell::RefCell;
use std::ops::Range;

use lol_html::errors::RewritingError;
use lol_html::{HtmlRewriter, Settings, element};
use serde::{Deserialize, Serialize};

use super::escape::attribute;
use crate::html::decoded;

/// How a comment that silences begins, after `<!--` and white space.
const IGNORE: &str = "docsite-ignore";

/// What was found; offsets are bytes of the piece.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Raw {
    /// `<a href>` and `<img src>`, in order.
    pub links: Vec<RawLink>,
    /// Every `id`, and the `name` of an `<a>`, with the offset of its tag.
    pub ids: Vec<(String, usize)>,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawLink {
    pub span: Range<usize>,
    /// Its address, entities resolved.
    pub target: String,
    /// Of an image: its alternative text; none where the attribute is missing.
    pub image: Option<Option<String>>,
}

/// Reads a piece of raw HTML as far as it can be read.
pub fn read(piece: &str) -> Raw {
    let found = RefCell::new(Raw::default());
    // What the scanner cannot read has no links that a browser would follow either.
    let _ = scan(piece, &found);
    found.into_inner()
}

fn scan(piece: &str, found: &RefCell<Raw>) -> Result<(), RewritingError> {
    let settings = Settings::new().append_element_content_handler(element!("*", |element| {
        let mut found = found.borrow_mut();
        let attribute = |name: &str| {
            element
                .get_attribute(name)
                .map(|text| decoded(&text).into_owned())
        };
        let offset = element.source_location().bytes().start;
        let place = |id: String| (!id.is_empty()).then_some((id, offset));
        found.ids.extend(attribute("id").and_then(place));
        let tag = element.tag_name();
        let target = match tag.as_str() {
            "a" => {
                let name = attribute("name").filter(|name| attribute("id").as_ref() != Some(name));
                found.ids.extend(name.and_then(place));
                attribute("href")
            }
            "img" => attribute("src"),
            _ => None,
        };
        if let Some(target) = target {
            let span = element.source_location().bytes();
            let image = (tag == "img").then(|| attribute("alt"));
            found.links.push(RawLink {
                span,
                target,
                image,
            });
        }
        Ok(())
    }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(piece.as_bytes())?;
    rewriter.end()
}

/// The piece with other addresses of its links and images, where `address` gives one for what is
/// written. None of a piece that cannot be read to its end.
pub fn rewrite(piece: &str, address: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = Vec::with_capacity(piece.len());
    let settings = Settings::new().append_element_content_handler(element!("*", |element| {
        let tag = element.tag_name();
        let name = match tag.as_str() {
            "a" => "href",
            "img" => "src",
            _ => return Ok(()),
        };
        let written = element
            .get_attribute(name)
            .map(|text| decoded(&text).into_owned());
        let other = written.and_then(|written| address(&written).filter(|to| *to != written));
        if let Some(address) = other {
            element.set_attribute(name, &attribute(&address))?;
        }
        Ok(())
    }));
    let mut rewriter = HtmlRewriter::new(settings, |bytes: &[u8]| out.extend_from_slice(bytes));
    rewriter.write(piece.as_bytes()).ok()?;
    rewriter.end().ok()?;
    String::from_utf8(out).ok()
}

/// A comment `<!-- docsite-ignore CODE: reason -->`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignore {
    /// As written; may be no code at all.
    pub code: String,
    /// Why; empty where the comment does not say.
    pub reason: String,
    pub span: Range<usize>,
}

/// The comments that silence, in order.
pub fn ignores(piece: &str) -> Vec<Ignore> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = piece[from..].find("<!--").map(|at| from + at) {
        let inside = start + "<!--".len();
        let Some(end) = piece[inside..].find("-->").map(|at| inside + at) else {
            break;
        };
        from = end + "-->".len();
        let words = piece[inside..end].trim();
        let Some(rest) = words.strip_prefix(IGNORE) else {
            continue;
        };
        let (code, reason) = rest.split_once(':').unwrap_or((rest, ""));
        found.push(Ignore {
            code: code.trim().to_owned(),
            reason: reason.trim().to_owned(),
            span: start..from,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_images_and_ids_are_found_in_order() {
        let piece = "<p id=x><a name=\"y\" href='a.html?a=1&amp;b#c'>l</a><IMG SRC=p.png alt=\"\">\n<img src=q>";
        let raw = read(piece);
        let links: Vec<_> = raw
            .links
            .iter()
            .map(|link| (&piece[link.span.clone()], link.target.as_str(), &link.image))
            .collect();
        assert_eq!(
            links,
            [
                (
                    "<a name=\"y\" href='a.html?a=1&amp;b#c'>",
                    "a.html?a=1&b#c",
                    &None
                ),
                (
                    "<IMG SRC=p.png alt=\"\">",
                    "p.png",
                    &Some(Some(String::new()))
                ),
                ("<img src=q>", "q", &Some(None)),
            ]
        );
        assert_eq!(raw.ids, [("x".to_owned(), 0), ("y".to_owned(), 8)]);
    }

    #[test]
    fn entities_are_read_as_browsers_read_them() {
        for (written, meant) in [
            ("&ouml;.html", "ö.html"),
            ("&#246;&#xF6;.html", "öö.html"),
            ("a&#39;&quot;&amp;lt;", "a'\"&lt;"),
            ("a?b=1&copy=2&x", "a?b=1&copy=2&x"),
        ] {
            let raw = read(&format!("<a href=\"{written}\">"));
            assert_eq!(raw.links[0].target, meant, "{written}");
        }
    }

    #[test]
    fn addresses_are_replaced_and_nothing_else() {
        let piece =
            "<p>\n<A class=x HREF='../a.md#b'>l</A> <!-- <a href=\"../a.md#b\"> --><img src=p.png>";
        let address = |written: &str| (written == "../a.md#b").then(|| "a.html?\"&#b".to_owned());
        let rewritten = rewrite(piece, address).expect("readable");
        let expected = "<p>\n<A class=x href=\"a.html?&quot;&amp;#b\">l</A> <!-- <a href=\"../a.md#b\"> --><img src=p.png>";
        assert_eq!(rewritten.to_lowercase(), expected.to_lowercase());
        assert_eq!(rewrite(piece, |_| None).as_deref(), Some(piece));
    }

    #[test]
    fn a_comment_silences_one_code_and_says_why() {
        let found = ignores(
            "<!-- x --><!-- docsite-ignore orphan: 곧: 쓴다 -->\n<!--docsite-ignore wikilink-->",
        );
        let found: Vec<_> = found
            .iter()
            .map(|i| (i.code.as_str(), i.reason.as_str()))
            .collect();
        assert_eq!(found, [("orphan", "곧: 쓴다"), ("wikilink", "")]);
        assert_eq!(ignores("<!-- docsite-ignore x"), []);
    }
}
