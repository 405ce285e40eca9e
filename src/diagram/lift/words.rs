//! The words by which a picture and a diagram's source are recognised as the same.
//!
//! Not here: the weight of a word, and the comparison.

use std::collections::BTreeSet;

use crate::hangul::is_hangul;
use crate::hangul::particles::particle;

/// In lower case.
pub(super) type Words = BTreeSet<String>;

/// Lines of a source about its look, not its content.
const LOOKS: [&str; 6] = ["%%", "classdef ", "style ", "linkstyle ", "click ", "//"];

/// Words that any source may have: the words of mermaid's and dot's syntax, of HTML in labels and
/// of styles.
const SYNTAX: &str = "activate actor alt and arrowhead as autonumber black bold box br branch bt \
    chart checkout circle class classdef click color commit dashed date deactivate diagram digraph \
    dir direction edge ellipse else end er fill fillcolor filled flowchart font fontname fontsize \
    format gantt git graph gt helvetica href journey label left linkstyle loop lr lt merge mindmap \
    nbsp node note of opt ortho over par participant pie plaintext px quadrant quot rankdir rect \
    right rl rounded section sequence shape solid splines state strict stroke style subgraph tb td \
    timeline title white width";

pub(super) fn words(text: &str) -> Words {
    let mut words = Words::new();
    let mut word = String::new();
    let mut last: Option<char> = None;
    for c in text.chars() {
        if !c.is_alphanumeric() || last.is_some_and(|last| is_between(last, c)) {
            keep(&mut words, &word);
            word.clear();
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        last = Some(c);
    }
    keep(&mut words, &word);
    words
}

pub(super) fn source_words(source: &str) -> Words {
    let says = |line: &&str| {
        let line = line.trim_start().to_ascii_lowercase();
        !LOOKS.iter().any(|looks| line.starts_with(looks))
    };
    let lines: Vec<&str> = source.lines().filter(says).collect();
    // Mermaid also writes a line break in a label as `\n`.
    words(&lines.join("\n").replace("\\n", " "))
}

/// Whether a word ends between two letters: `podName`, `Pod의`.
fn is_between(last: char, next: char) -> bool {
    (last.is_lowercase() && next.is_uppercase()) || is_hangul(last) != is_hangul(next)
}

/// Keeps a word that carries meaning: single letters are names of nodes, or chance.
fn keep(words: &mut Words, word: &str) {
    let word = stem(word);
    if word.chars().nth(1).is_some() && !SYNTAX.split(' ').any(|known| known == word) {
        words.insert(word);
    }
}

/// A word without its Korean particle. A word that only seems to have one loses it on both sides of a
/// comparison.
fn stem(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let particle = particle(&letters, 2);
    letters.iter().take(letters.len() - particle).collect()
}
