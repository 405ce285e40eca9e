//! Hangul spellings of English words against Latin words, by their sound.
//!
//! Both are read as consonants and vowels, each of which may be one of several; what differs costs
//! something. Only words with the same first consonants are compared: that is their key. Not here:
//! which words are looked for (`by_sound`).

mod cost;
mod foreign;
mod hangul;
mod latin;
mod sounds;
mod spelling;

use std::collections::BTreeSet;

pub(super) use cost::{Spelt, cost};
pub(super) use foreign::is_foreign;
pub(super) use latin::{Heard, is_heard};
pub(super) use spelling::next_syllables;

/// The keys of a Latin word.
pub(super) fn keys_of_latin(word: &str) -> BTreeSet<String> {
    sounds::keys(&Heard::new(word).sounds)
}

/// The keys of a Hangul word.
pub(super) fn keys_of_hangul(word: &[char]) -> BTreeSet<String> {
    sounds::keys(&hangul::hangul(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_fits_its_own_word_best() {
        let words = [
            "gateway",
            "upstream",
            "listener",
            "healthcheck",
            "balancer",
            "circuit",
            "breaker",
            "proxy",
            "collect",
            "correct",
            "light",
            "write",
            "server",
            "save",
            "borrowing",
            "boolean",
            "executor",
        ];
        for (hangul, word) in [
            ("게이트웨이", "gateway"),
            ("업스트림", "upstream"),
            ("리스너", "listener"),
            ("헬스체크", "healthcheck"),
            ("밸런서", "balancer"),
            ("서킷", "circuit"),
            ("브레이커", "breaker"),
            ("프록시", "proxy"),
            ("컬렉트", "collect"),
            ("라이트", "light"),
            ("서버", "server"),
            ("보로잉", "borrowing"),
            ("이그제큐터", "executor"),
        ] {
            let syllables: Vec<char> = hangul.chars().collect();
            let mut costs: Vec<(f64, &str)> = words
                .iter()
                .filter_map(|word| Some((cost(&syllables, &Heard::new(word), 1.0)?, *word)))
                .collect();
            costs.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert_eq!(
                costs.first().map(|(_, word)| *word),
                Some(word),
                "{costs:?}"
            );
        }
    }
}
