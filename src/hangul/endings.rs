//! Endings of Korean verbs, which a word of a query may end with: `설정하려면` is about `설정`.
//!
//! Not here: particles behind nouns (`particles`), and what is left of the word.

/// What makes a verb of a noun, in all its forms; enough alone.
const VERBAL: &str = "하해했한할함합되돼됐된될됨됩";
/// Syllables of endings, and of verbs that follow another.
const OTHERS: &str =
    "지졌진질져고기게는은을려면며서더던니다라도록거나났난날까요죠시세십셨습었았였겠자보봐봤주줘줬";
/// What is left of a word has at least so many syllables.
const LEAST: usize = 2;

/// The length of what may be the ending of a verb; 0 if there is none.
pub fn ending(word: &[char]) -> usize {
    let is_ending = |c: &&char| VERBAL.contains(**c) || OTHERS.contains(**c);
    let length = word.iter().rev().take_while(is_ending).count();
    let length = length.min(word.len().saturating_sub(LEAST));
    let is_verbal = word.last().is_some_and(|last| VERBAL.contains(*last));
    if length > 1 || is_verbal { length } else { 0 }
}
