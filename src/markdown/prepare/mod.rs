//! Changes a text before the parser reads it, so that the parser accepts exactly the dialect:
//! Korean emphasis, colons that define nothing, brackets that are not wikilinks, closing fences
//! with tabs after them, dollar signs of no formula, Obsidian's comments and block ids.
//!
//! The parser's own extensions accept more syntax than GFM and Obsidian do, and its emphasis is
//! `CommonMark`'s, whose flanking rule leaves `**"인용"**은` as literal asterisks. Each [`Edit`] says
//! what is inserted and removed where, so that positions can be mapped to the text as written.
//!
//! Not here: removing the sentinel again (`events`).

mod definitions;
mod dollars;
mod edit;
mod emphasis;
mod obsidian;
mod wikilinks;

use std::ops::Range;

use pulldown_cmark::Options;

use definitions::{colons, definitions};
use dollars::dollars;
use edit::lines;
pub use edit::{Edit, SENTINEL};
use emphasis::emphasis;
pub use obsidian::BlockId;
use obsidian::{anchor, block_ids, code, comments, hidden};
use wikilinks::brackets;

/// The changes of a text before it is parsed.
#[derive(Debug)]
pub struct Prepared {
    /// In order and without overlap.
    pub edits: Vec<Edit>,
    pub blocks: Vec<BlockId>,
    /// The extensions that the parser needs.
    pub options: Options,
}

/// Prepares a text for a parser with these extensions. `obsidian` also reads comments and block
/// ids.
pub fn prepare(text: &str, options: Options, obsidian: bool) -> Prepared {
    let mut edits = fences(text);
    let mut options = options;
    // A text that uses the sentinel itself is read as the parser reads it.
    if !text.contains(SENTINEL) {
        edits.extend(emphasis(text));
        edits.extend(brackets(text));
        edits.extend(dollars(text, options));
        match definitions(text) {
            // Without a definition there is nothing to guard: a line of a tag may begin with a colon.
            found if found.is_empty() => options.remove(Options::ENABLE_DEFINITION_LIST),
            found => edits.extend(colons(text, options, found)),
        }
    }
    let mut blocks = Vec::new();
    if obsidian && (text.contains("%%") || text.contains('^')) {
        let code = code(text, options);
        let comments = comments(text, &code);
        blocks = block_ids(text, &code, &comments);
        edits.extend(comments.into_iter().map(|span| hidden(text, span)));
        edits.extend(blocks.iter().map(|block| anchor(text, block)));
    }
    edits.sort_by_key(|edit| (edit.at, edit.removed == 0));
    without_overlap(&mut edits);
    Prepared {
        edits,
        blocks,
        options,
    }
}

/// Obsidian's comments in a text, `%% … %%`.
pub fn obsidian_comments(text: &str) -> Vec<Range<usize>> {
    comments(text, &code(text, Options::empty()))
}

/// Drops changes inside of a part that is removed.
fn without_overlap(edits: &mut Vec<Edit>) {
    let mut end = 0;
    edits.retain(|edit| {
        let is_free = edit.at >= end;
        if is_free {
            end = edit.at + edit.removed;
        }
        is_free
    });
    edits.dedup();
}

/// Tabs may follow a closing fence; the parser only accepts spaces.
fn fences(text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    for (start, line) in lines(text) {
        let shown = line.trim_end_matches([' ', '\t']);
        let blank = &line[shown.len()..];
        if !blank.contains('\t') {
            continue;
        }
        let is_run = |mark: char| {
            let before = shown.trim_end_matches(mark);
            let is_container = |c: char| " \t>-+*.)".contains(c) || c.is_ascii_digit();
            shown.len() - before.len() >= 3 && before.chars().all(is_container)
        };
        if is_run('`') || is_run('~') {
            let end = start + shown.len();
            found.push(Edit::replace(end..end + blank.len(), String::new()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::fences;

    #[test]
    fn only_tabs_behind_a_fence_are_taken_out() {
        let removed = |text: &str| -> Vec<(usize, usize)> {
            let edits = fences(text).into_iter();
            edits.map(|edit| (edit.at, edit.removed)).collect()
        };
        assert_eq!(removed("```\na\n```\t\nb"), [(9, 1)]);
        assert_eq!(removed("- ~~~ \t \n"), [(5, 3)]);
        assert!(removed("a ```\t\n``` x\t\n").is_empty());
    }
}
