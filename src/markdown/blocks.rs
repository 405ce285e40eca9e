//! The blocks of a text, and where each begins.
//!
//! Not here: headings with their ids (`outline`), and what a search finds (`passages`).

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::Source;

/// The letters and digits of a text.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Each block of a body, a cell's row and an item's parts among them: the byte where it begins, and its
/// bare text.
pub fn blocks(body: &str) -> Vec<(usize, String)> {
    let source = Source::new(body);
    let (mut blocks, mut open): (Vec<(usize, String)>, Vec<usize>) = (Vec::new(), Vec::new());
    for (event, range) in source.events() {
        match event {
            Event::Start(tag) if is_block(&tag) => {
                open.push(blocks.len());
                blocks.push((range.start, String::new()));
            }
            Event::End(tag) if is_block_end(tag) => _ = open.pop(),
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                let text = bare(&text);
                for at in &open {
                    blocks[*at].1.push_str(&text);
                }
            }
            _ => {}
        }
    }
    blocks
}

fn is_block(tag: &Tag<'_>) -> bool {
    is_block_end(tag.to_end())
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::BlockQuote(_)
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
    )
}
