//! Double brackets: which of them are a wikilink.
//!
//! Not here: what one links to.

use std::collections::HashSet;

use super::edit::{Edit, lines};

/// In bytes. A longer text in double brackets is not a wikilink.
const LONGEST_NAME: usize = 1000;

/// Protects double brackets that are not a link in Obsidian: `[[1]](url)` is a Markdown link, `[[
/// -f x ]]` a test of the shell, `a[[0]]` an index.
pub(super) fn brackets(text: &str) -> Vec<Edit> {
    if !text.contains("]]") {
        return Vec::new();
    }
    let labels = labels(text);
    let opening = text.match_indices("[[").map(|(at, _)| at);
    // The second of three brackets begins a pair that `match_indices` does not see.
    let third = text.match_indices("[[[").map(|(at, _)| at + 1);
    let mut starts: Vec<usize> = opening.chain(third).collect();
    starts.sort_unstable();
    starts.dedup();
    let is_other = |at: &usize| !is_wikilink(text, *at, &labels);
    let others = starts.into_iter().filter(is_other);
    others.map(|at| Edit::mark(at + 1)).collect()
}

fn is_wikilink(text: &str, at: usize, labels: &HashSet<String>) -> bool {
    let Some(name) = wiki_name(&text[at + 2..]) else {
        return false;
    };
    let before = text[..at].chars().next_back();
    let is_index = name.bytes().all(|b| b.is_ascii_digit());
    let follows_word = before.is_some_and(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || (is_index && c.is_alphanumeric())
    });
    let after = &text[at + 2 + name.len() + 2..];
    // `[[[5]]](url)` and `![[[5]]](a.png)` are labels that hold brackets.
    let is_in_label = before == Some('[') && (after.starts_with("](") || after.starts_with("]["));
    !follows_word && !is_in_label && !begins_target(after) && !labels.contains(&label(name))
}

/// The text between double brackets, if it can be the name of a note or a file.
fn wiki_name(rest: &str) -> Option<&str> {
    let end = rest
        .bytes()
        .take(LONGEST_NAME)
        .position(|b| matches!(b, b'[' | b']' | b'\n'))?;
    let name = &rest[..end];
    let is_name = rest[end..].starts_with("]]")
        && !name.is_empty()
        && name.trim() == name
        && !name.starts_with(['|', ':', '=']);
    is_name.then_some(name)
}

/// Whether `(url)` or `[label]` follows, so that the brackets are a link of `CommonMark`.
fn begins_target(after: &str) -> bool {
    let line = after.split('\n').next().unwrap_or_default();
    if let Some(rest) = line.strip_prefix('(') {
        let Some(end) = rest.find(')') else {
            return false;
        };
        let target = rest[..end].trim();
        return target.starts_with('<')
            || !target.contains(char::is_whitespace)
            || target.ends_with(['"', '\'']);
    }
    line.starts_with('[') && !line.starts_with("[[")
}

/// Labels that the text defines: `[name]: target`.
fn labels(text: &str) -> HashSet<String> {
    let defined = lines(text).filter_map(|(_, line)| {
        let rest = line
            .trim_start_matches([' ', '\t', '>'])
            .strip_prefix('[')?;
        let (name, _) = rest.split_once("]:")?;
        Some(label(name))
    });
    defined.collect()
}

fn label(name: &str) -> String {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    words.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::brackets;

    fn wikilinks(text: &str) -> bool {
        brackets(text).is_empty()
    }

    #[test]
    fn a_wikilink_is_what_obsidian_takes_for_one() {
        for text in [
            "[[gw__note-a]]",
            "[[gw__note-a#제목|라벨]]을",
            "참고[[gw__note-a]]",
            "![[p.png|100]]",
            "[[a]][[b]]",
            "[[a]] (b)",
            "[[a]](이어지는 설명)",
            "| [[a\\|b]] |",
        ] {
            assert!(wikilinks(text), "{text}");
        }
        for text in [
            "[[1]](https://x.y)",
            "[[1]](https://x.y \"t\")",
            "[[1]][ref]",
            "![[[5]]](a.png)",
            "[[1]]\n\n[1]: https://x.y",
            "[[ -f x ]]",
            "[[a]b]]",
            "arr[[0]]",
            "값[[0]]",
            "[[:alpha:]]",
            "[[]]",
            "[[a\nb]]",
        ] {
            assert!(!wikilinks(text), "{text}");
        }
    }
}
