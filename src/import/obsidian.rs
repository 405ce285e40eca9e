//! Obsidian's comments and names of blocks as HTML, for a site that does not read them.
//!
//! Not here: what is embedded (`embeds`), and sites that read them (`markdown::prepare`).

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::markdown::events::{Dialect, Source, obsidian_comments};
use crate::place::spliced;

use super::habits::Habits;
use super::text::Text;

/// Comments and names of blocks in HTML, where the site does not read Obsidian's: the names that
/// something links to, and all of a vault.
pub(super) fn in_html(texts: &mut [Text], habits: &Habits) {
    let mut linked = BTreeSet::new();
    for text in texts.iter() {
        for (at, _) in text.body.match_indices("#^") {
            let name = &text.body[at + 1..];
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '^');
            let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
            linked.insert(name[..end].to_owned());
        }
    }
    texts
        .par_iter_mut()
        .filter(|text| text.body.contains('^'))
        .for_each(|text| {
            let is_wanted = |id: &str| habits.is_obsidian || linked.contains(id);
            text.body = anchored(&text.body, is_wanted);
        });
    if habits.is_obsidian {
        texts
            .par_iter_mut()
            .filter(|text| text.body.contains("%%"))
            .for_each(|text| text.body = commented(&text.body));
    }
}

/// A text in which Obsidian's comments are those of HTML: where they would be shown otherwise.
fn commented(text: &str) -> String {
    let edits = obsidian_comments(text).into_iter().map(|span| {
        let inside = text[span.start + 2..span.end - 2].replace("--", "- -");
        (span, format!("<!--{inside}-->"))
    });
    spliced(text, &edits.collect::<Vec<_>>())
}

/// A text in which the names of blocks that are wanted are anchors: where they are text otherwise.
fn anchored(text: &str, is_wanted: impl Fn(&str) -> bool) -> String {
    let source = Source::of(text, Dialect::Obsidian { math: true });
    let blocks = source
        .block_ids()
        .iter()
        .filter(|block| is_wanted(&block.id));
    let edits = blocks.map(|block| {
        let line = text[..block.span.start].rsplit('\n').next();
        let is_alone = line.is_some_and(|line| line.trim_matches([' ', '\t', '>']).is_empty());
        let tag = if is_alone { "div" } else { "span" };
        (block.span.clone(), anchor(tag, &block.id))
    });
    spliced(text, &edits.collect::<Vec<_>>())
}

/// An invisible element that has the name of a block.
pub(super) fn anchor(tag: &str, id: &str) -> String {
    format!("<{tag} id=\"{id}\"></{tag}>")
}
