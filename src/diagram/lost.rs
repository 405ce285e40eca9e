//! Whether the words that a picture must have are all in it.
//!
//! Not here: which words these are, and where they lie.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

/// The first word of some texts that others lack: those of a finished picture.
///
/// Letters are counted, since words are broken into lines.
pub(super) fn lost(before: &[String], after: &[String]) -> Option<String> {
    // Without the difference between `²` and `<sup>2</sup>`.
    let seen = |text: &str| -> Vec<char> { text.nfkc().filter(|c| !c.is_control()).collect() };
    let mut letters: HashMap<char, usize> = HashMap::new();
    for letter in after.iter().flat_map(|text| seen(text)) {
        *letters.entry(letter).or_default() += 1;
    }
    let mut is_lost = |letter: char| {
        let left = letters.entry(letter).or_default();
        let lost = *left == 0;
        *left = left.saturating_sub(1);
        lost
    };
    let mut words = before.iter().flat_map(|text| text.split_whitespace());
    let lost = words.find(|word| seen(word).into_iter().filter(|c| is_lost(*c)).count() > 0);
    lost.map(str::to_owned)
}
