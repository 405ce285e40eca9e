//! The HTML of a block of code: its title, its tokens, its lines.
//!
//! The button that copies is the script's: without one there is nothing to press. Not here: what the
//! tokens are (`highlight`), and diagrams (`diagram`).

use std::ops::Range;

use super::diagram_words::LETTER_LANGUAGES;
use super::escape::{attribute, push_text as text};
use super::fence::Fence;
use super::grid;
use super::highlight::{Highlighter, Token};

/// Writes a piece of code as HTML.
type Write = fn(&mut String, &str);

/// A figure. The text in it is `code`, byte for byte.
pub fn figure(fence: &Fence, code: &str, highlighter: &Highlighter) -> String {
    let tokens = highlighter.tokens(&fence.language, code);
    let mut html = String::with_capacity(code.len() * 2 + 200);
    html.push_str("<figure class=\"code\">");
    caption(&mut html, fence);
    let is_grid = LETTER_LANGUAGES.contains(&fence.language.as_str()) && grid::is_drawing(code);
    let write: Write = if is_grid { cells } else { text };
    let class = if is_grid { " class=\"grid\"" } else { "" };
    html.push_str(&format!("<pre{class} tabindex=\"0\"><code"));
    if !fence.language.is_empty() {
        html.push_str(" class=\"language-");
        html.push_str(&attribute(&fence.language));
        html.push('"');
    }
    html.push('>');
    if fence.has_lines() {
        lines(&mut html, fence, code, &tokens, write);
    } else {
        spans(&mut html, code, 0..code.len(), &tokens, write);
    }
    html.push_str("</code></pre></figure>\n");
    html
}

/// A whole file, with lines that can be linked to: `#L10`.
pub fn listing(language: &str, code: &str, highlighter: &Highlighter) -> String {
    let tokens = highlighter.tokens(language, code);
    let mut html = String::with_capacity(code.len() * 3 + 200);
    html.push_str("<figure class=\"code\"><pre tabindex=\"0\"><code>");
    each_line(code, &tokens, |index, line, tokens| {
        let n = index + 1;
        html.push_str(&format!(
            "<span class=\"ln\" id=\"L{n}\" data-n=\"{n}\"><a class=\"no\" href=\"#L{n}\" \
             aria-hidden=\"true\" tabindex=\"-1\"></a>"
        ));
        spans(&mut html, code, line, tokens, text);
        html.push_str("</span>");
    });
    html.push_str("</code></pre></figure>\n");
    html
}

/// The title, or else the language.
fn caption(html: &mut String, fence: &Fence) {
    let (class, shown) = match &fence.title {
        Some(title) => (" class=\"mono\"", title),
        None if fence.language.is_empty() => return,
        None => ("", &fence.language),
    };
    html.push_str(&format!("<figcaption><span{class}>"));
    text(html, shown);
    html.push_str("</span></figcaption>");
}

/// Puts each line, with its end, into an element; the text stays unchanged.
fn lines(html: &mut String, fence: &Fence, code: &str, tokens: &[Token], write: Write) {
    each_line(code, tokens, |index, line, tokens| {
        html.push_str("<span class=\"ln");
        if fence.is_marked(index + 1) {
            html.push_str(" hl");
        }
        html.push('"');
        if let Some(first) = fence.numbers {
            html.push_str(&format!(" data-n=\"{}\"", u64::from(first) + index as u64));
        }
        html.push('>');
        spans(html, code, line, tokens, write);
        html.push_str("</span>");
    });
}

/// Calls for each line, with its end: its number from 0, its place, and the tokens from it on.
fn each_line(code: &str, tokens: &[Token], mut write: impl FnMut(usize, Range<usize>, &[Token])) {
    let mut start = 0;
    let mut tokens = tokens;
    for (index, line) in code.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        write(index, start..end, tokens);
        let done = tokens.partition_point(|token| token.range.end <= end);
        tokens = &tokens[done..];
        start = end;
    }
}

/// A part of the code with its tokens, which are cut to it.
fn spans(html: &mut String, code: &str, part: Range<usize>, tokens: &[Token], write: Write) {
    let mut at = part.start;
    for token in tokens {
        let start = token.range.start.max(part.start);
        let end = token.range.end.min(part.end);
        if start >= part.end {
            break;
        }
        write(html, &code[at..start]);
        html.push_str(&format!("<span class=\"{}\">", token.class.css()));
        write(html, &code[start..end]);
        html.push_str("</span>");
        at = end;
    }
    write(html, &code[at..part.end]);
}

/// An ASCII picture keeps its grid.
fn cells(html: &mut String, text: &str) {
    html.push_str(&grid::cells(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(info: &str, code: &str) -> String {
        figure(&Fence::parse(info), code, &Highlighter::default())
    }

    #[test]
    fn a_block_is_a_figure() {
        assert_eq!(
            html("", "a < b & c\n"),
            "<figure class=\"code\"><pre tabindex=\"0\"><code>a &lt; b &amp; c\n</code></pre></figure>\n"
        );
        assert_eq!(
            html("yaml", "a: \"b\"\n"),
            "<figure class=\"code\"><figcaption><span>yaml</span></figcaption>\
             <pre tabindex=\"0\"><code class=\"language-yaml\"><span class=\"p\">a</span>: \
             <span class=\"s\">\"b\"</span>\n</code></pre></figure>\n"
        );
    }

    #[test]
    fn a_title_takes_the_place_of_the_language() {
        let html = html("yaml title=\"<게이트웨이>.yaml\"", "");
        assert!(html.contains("<figcaption><span class=\"mono\">&lt;게이트웨이&gt;.yaml</span>"));
        assert!(html.contains("class=\"language-yaml\""));
    }

    #[test]
    fn lines_are_distinguished_where_it_is_asked_for() {
        let html = html("yaml {2} showLineNumbers{9}", "a: |\n  b\n  c\n");
        assert!(html.contains(
            "<span class=\"ln\" data-n=\"9\"><span class=\"p\">a</span>: <span class=\"s\">|\n</span></span>\
             <span class=\"ln hl\" data-n=\"10\"><span class=\"s\">  b\n</span></span>\
             <span class=\"ln\" data-n=\"11\"><span class=\"s\">  c</span>\n</span></code>"
        ), "{html}");
    }

    #[test]
    fn every_line_of_a_file_can_be_linked_to() {
        let html = listing("yaml", "a: |\n  b", &Highlighter::default());
        assert!(
            html.contains(
                "<span class=\"ln\" id=\"L2\" data-n=\"2\"><a class=\"no\" href=\"#L2\" \
             aria-hidden=\"true\" tabindex=\"-1\"></a><span class=\"s\">  b</span></span></code>"
            ),
            "{html}"
        );
    }

    #[test]
    fn a_language_cannot_leave_its_attribute() {
        let html = html("x\"><script>", "");
        assert!(!html.contains("<script>"), "{html}");
    }
}
