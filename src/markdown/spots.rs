//! Finds where a fence can be inserted into a document without a change to any other block: between
//! two blocks of the document, and after a block of a quote, a list's item, a definition or a note.
//!
//! Not here: which of the spots is wanted, and whether the page is otherwise unchanged (`commands`
//! renders it to check).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::events::Source;

/// The beginning of a line where a fence may be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// In the text.
    pub offset: usize,
    /// The prefix of each line there: `> `, or the indentation of a list's item.
    prefix: String,
    /// Whether blank lines are around it, so that the fence is a block of the document itself.
    apart: bool,
}

struct Open {
    prefix: String,
    /// Whether a fence may follow each of its blocks.
    takes: bool,
    is_item: bool,
}

/// Every spot of a text, in order. `title` is the heading that the page shows above its text: no
/// spot is before it.
pub fn spots(source: &Source<'_>, title: Option<&Range<usize>>) -> Vec<Spot> {
    let text = source.written();
    let first = title.map_or(0, |title| title.end);
    let mut found: Vec<Spot> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (event, span) in source.events() {
        match event {
            Event::Start(tag) if is_inline(&tag) => {}
            Event::Start(tag) => {
                match open.last() {
                    None => found.push(before(text, &span)),
                    Some(around) if around.takes && matches!(tag, Tag::List(_)) => {
                        found.push(Spot {
                            prefix: around.prefix.clone(),
                            apart: false,
                            ..before(text, &span)
                        });
                    }
                    Some(_) => {}
                }
                open.push(opened(text, &tag, &span, open.last()));
            }
            Event::End(tag) if is_inline_end(tag) => {}
            Event::End(_) => {
                // The text of a tight list's item is not a block of its own.
                let ended = open.pop().filter(|ended| ended.is_item);
                let around = open.last().filter(|around| around.takes);
                let blocks = ended.as_ref().into_iter().chain(around);
                found.extend(blocks.map(|block| behind(text, &span, block)));
            }
            Event::Rule if open.is_empty() => found.push(before(text, &span)),
            _ => {}
        }
    }
    found.push(Spot {
        offset: text.len(),
        prefix: String::new(),
        apart: true,
    });
    found.retain(|spot| spot.offset >= first && !spot.prefix.contains('\t'));
    found.sort_by_key(|spot| spot.offset);
    found.dedup();
    found
}

/// The insertions that put these lines at their spots, which are in order: offset and text.
pub fn insertions(text: &str, fences: &[(&Spot, String)]) -> Vec<(usize, String)> {
    let mut insertions: Vec<(usize, String)> = Vec::new();
    for (spot, fence) in fences {
        let last = insertions
            .last()
            .filter(|(offset, _)| *offset == spot.offset);
        let before = last.map_or(&text[..spot.offset], |(_, text)| text.as_str());
        let mut out = String::new();
        if !before.is_empty() && !before.ends_with('\n') {
            out.push('\n');
        }
        if spot.apart && !before.is_empty() && !before.ends_with("\n\n") {
            out.push('\n');
        }
        for line in fence.lines() {
            out.push_str(&spot.prefix);
            out.push_str(line);
            out.push('\n');
        }
        if spot.apart && spot.offset < text.len() {
            out.push('\n');
        }
        insertions.push((spot.offset, out));
    }
    insertions
}

/// The text with these lines at their spots, which are in order.
pub fn put(text: &str, fences: &[(&Spot, String)]) -> String {
    let mut out = String::new();
    let mut copied = 0;
    for (offset, fence) in insertions(text, fences) {
        out.push_str(&text[copied..offset]);
        out.push_str(&fence);
        copied = offset;
    }
    out.push_str(&text[copied..]);
    out
}

impl Spot {
    pub fn is_apart(&self) -> bool {
        self.apart
    }
}

fn before(text: &str, span: &Range<usize>) -> Spot {
    Spot {
        offset: line_start(text, span.start),
        prefix: String::new(),
        apart: true,
    }
}

fn behind(text: &str, span: &Range<usize>, around: &Open) -> Spot {
    let end = text[..span.end].trim_end().len();
    let offset = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    Spot {
        offset,
        prefix: around.prefix.clone(),
        apart: false,
    }
}

fn opened(text: &str, tag: &Tag<'_>, span: &Range<usize>, around: Option<&Open>) -> Open {
    let outer = around.map_or("", |around| around.prefix.as_str());
    let prefix = match tag {
        Tag::BlockQuote(_) => format!("{outer}> "),
        Tag::Item => {
            let column = span.start - line_start(text, span.start);
            let indent = column.saturating_sub(outer.len());
            let width = indent + marker(&text[span.clone()]);
            format!("{outer}{}", " ".repeat(width))
        }
        Tag::DefinitionListDefinition | Tag::FootnoteDefinition(_) => format!("{outer}    "),
        _ => outer.to_owned(),
    };
    let takes = matches!(
        tag,
        Tag::BlockQuote(_) | Tag::Item | Tag::DefinitionListDefinition | Tag::FootnoteDefinition(_)
    );
    let is_item = matches!(tag, Tag::Item);
    Open {
        prefix,
        takes,
        is_item,
    }
}

/// The width of a list's marker with the blanks after it, of which more than four begin code.
fn marker(item: &str) -> usize {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let blanks = item[digits..].bytes().skip(1).take_while(|b| *b == b' ');
    let blanks = blanks.count();
    digits + 1 + if (1..=4).contains(&blanks) { blanks } else { 1 }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd as End;
    matches!(
        tag,
        End::Emphasis
            | End::Strong
            | End::Strikethrough
            | End::Superscript
            | End::Subscript
            | End::Link
            | End::Image
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FENCE: &str = "```svgbob {#x}\n```\n";

    /// The text with a fence at each spot, one text for each.
    fn each(text: &str) -> Vec<String> {
        let source = Source::new(text);
        let spots = spots(&source, None);
        let put = |spot: &Spot| put(text, &[(spot, FENCE.to_owned())]);
        spots.iter().map(put).collect()
    }

    #[test]
    fn fences_are_put_between_blocks() {
        assert_eq!(
            each("a\n\nb"),
            [
                "```svgbob {#x}\n```\n\na\n\nb",
                "a\n\n```svgbob {#x}\n```\n\nb",
                "a\n\nb\n\n```svgbob {#x}\n```\n",
            ]
        );
        assert_eq!(each(""), ["```svgbob {#x}\n```\n"]);
        assert_eq!(each("a\n# b\n")[1], "a\n\n```svgbob {#x}\n```\n\n# b\n");
    }

    #[test]
    fn fences_are_put_into_quotes_and_items() {
        let all = each("> a\n> b\n\n- c\n- d\n\n  e\n\n10. f\n").join("=====\n");
        for expected in [
            "> b\n> ```svgbob {#x}\n> ```\n",
            "- c\n  ```svgbob {#x}\n  ```\n- d",
            "- d\n  ```svgbob {#x}\n  ```\n",
            "  e\n  ```svgbob {#x}\n  ```\n",
            "10. f\n    ```svgbob {#x}\n    ```\n",
        ] {
            assert!(all.contains(expected), "{expected}\nin\n{all}");
        }
    }

    #[test]
    fn any_text_has_spots_at_its_own_bytes() {
        for text in [
            "- ",
            ">",
            "-\ta\n",
            "> - > 1. 가\n>나",
            "[^1]: a\n",
            "Term\n: x\n",
            "| a |\n|-|\n",
        ] {
            for spot in spots(&Source::new(text), None) {
                assert!(text.is_char_boundary(spot.offset), "{text}");
            }
        }
    }
}
