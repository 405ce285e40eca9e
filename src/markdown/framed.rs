//! Tables and drawings of raw HTML, framed as those of Markdown are: a table scrolls in a box of its
//! own, and an inline `<svg>` is read as a picture that fills a slot.
//!
//! Not here: what a picture may hold (the caller reads it), and what other raw HTML loses
//! (`sanitize`).

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use lol_html::errors::RewritingError;
use lol_html::html_content::ContentType;
use lol_html::{HtmlRewriter, Settings, element, end_tag};

/// A drawing that is longer, in bytes, is cleaned as other raw HTML is.
const LONGEST: usize = 256 * 1024;

/// The bytes of each whole `<svg>` that is in no other, in order. None where a piece cannot be read
/// to its end.
pub fn drawings(html: &str) -> Vec<Range<usize>> {
    if !html
        .as_bytes()
        .windows(4)
        .any(|start| start.eq_ignore_ascii_case(b"<svg"))
    {
        return Vec::new();
    }
    scan(html).unwrap_or_default()
}

fn scan(html: &str) -> Result<Vec<Range<usize>>, RewritingError> {
    // The start of the outermost one that is open, and how many are.
    let open = Rc::new(Cell::new((0, 0_usize)));
    let found = Rc::new(RefCell::new(Vec::new()));
    let ends = Rc::clone(&found);
    let settings = Settings::new().append_element_content_handler(element!("svg", |element| {
        if !element.can_have_content() {
            return Ok(());
        }
        let (start, depth) = open.get();
        let here = element.source_location().bytes().start;
        open.set((if depth == 0 { here } else { start }, depth + 1));
        let (open, ends) = (Rc::clone(&open), Rc::clone(&ends));
        element.on_end_tag(end_tag!(move |end| {
            let (start, depth) = open.get();
            open.set((start, depth.saturating_sub(1)));
            if depth == 1 {
                ends.borrow_mut()
                    .push(start..end.source_location().bytes().end);
            }
            Ok(())
        }))
    }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(html.as_bytes())?;
    rewriter.end()?;
    let found = found.take();
    Ok(found
        .into_iter()
        .filter(|span: &Range<usize>| span.len() <= LONGEST)
        .collect())
}

/// The HTML with `replace` asked for each drawing: what is put in its place, if anything.
pub fn with_drawings(html: &str, mut replace: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut last = 0;
    for span in drawings(html) {
        if let Some(instead) = replace(&html[span.clone()]) {
            out.push_str(&html[last..span.start]);
            out.push_str(&instead);
            last = span.end;
        }
    }
    out.push_str(&html[last..]);
    out
}

/// A piece of raw HTML with its drawings blanked out: what is left is not of a picture.
pub fn without_drawings(piece: &str) -> String {
    with_drawings(piece, |drawing| Some(" ".repeat(drawing.len())))
}

/// Well-formed HTML in which each table that has no box yet, and is in no other, stands between
/// `before` and `after`. HTML that cannot be read to its end stays as it is.
pub fn with_boxes(html: String, before: &str, after: &'static str) -> String {
    if !html.contains("<table") {
        return html;
    }
    boxed(&html, before, after).unwrap_or(html)
}

fn boxed(html: &str, before: &str, after: &'static str) -> Option<String> {
    let mut out = Vec::with_capacity(html.len());
    let has_box = Cell::new(false);
    let open = Rc::new(Cell::new(0_usize));
    let settings = Settings::new()
        .append_element_content_handler(element!("div.scroll > table", |_| {
            has_box.set(true);
            Ok(())
        }))
        .append_element_content_handler(element!("table", |table| {
            let is_framed = has_box.take() || open.get() > 0;
            open.set(open.get() + 1);
            if !is_framed {
                table.before(before, ContentType::Html);
            }
            let open = Rc::clone(&open);
            table.on_end_tag(end_tag!(move |end| {
                open.set(open.get().saturating_sub(1));
                if !is_framed {
                    end.after(after, ContentType::Html);
                }
                Ok(())
            }))
        }));
    let mut rewriter = HtmlRewriter::new(settings, |bytes: &[u8]| out.extend_from_slice(bytes));
    rewriter.write(html.as_bytes()).ok()?;
    rewriter.end().ok()?;
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_drawings_are_found_where_a_browser_sees_them() {
        let html =
            "<!-- <svg></svg> --><p title=\"<svg></svg>\"><SVG><g><svg></svg></g></SVG> x <svg> y";
        let found: Vec<&str> = drawings(html).into_iter().map(|span| &html[span]).collect();
        assert_eq!(found, ["<SVG><g><svg></svg></g></SVG>"]);
        assert_eq!(
            without_drawings("a<svg><path/></svg>b").trim_matches('a'),
            format!("{}b", " ".repeat(18))
        );
    }

    #[test]
    fn each_outermost_table_gets_one_box() {
        let html = "<div class=\"scroll\"><table></table></div><table><tr><td><table></table></td></tr></table>";
        let boxed = with_boxes(html.to_owned(), "[", "]");
        assert_eq!(
            boxed,
            "<div class=\"scroll\"><table></table></div>[<table><tr><td><table></table></td></tr></table>]"
        );
    }
}
