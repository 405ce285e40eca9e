//! How a Latin word sounds, by its letters.
//!
//! Not here: words of other languages than English.

use std::ops::RangeInclusive;

use super::sounds::{Silence, Sound, add_vowel, consonant};

/// Letters of words that are compared.
const HEARD: RangeInclusive<usize> = 3..=20;

/// A Latin word, read once.
#[derive(Debug)]
pub(in crate::search) struct Heard {
    pub(super) sounds: Vec<Sound>,
}

/// Groups of Latin letters that sound as one: the letters, whether only after the beginning, class
/// and nearer letters of the consonant (none where it is silent), and how easily it is left out.
const GROUPS: [(&str, &str, &str, Silence); 11] = [
    ("tch", "J", "c", Silence::Never),
    ("dg", "J", "j", Silence::Never),
    ("ch", "JKS", "ck", Silence::Never),
    ("sh", "S", "s", Silence::Never),
    ("ph", "P", "p", Silence::Never),
    ("th", "ST", "std", Silence::Never),
    ("ght", "T", "t", Silence::Never),
    ("gh", "K", "g", Silence::Often),
    ("ck", "K", "k", Silence::Never),
    ("wh", "W", "", Silence::Often),
    ("tia", "S", "s", Silence::Never),
];

impl Heard {
    /// Reads a Latin word in lower case.
    pub(in crate::search) fn new(word: &str) -> Self {
        let mut reader = Reader {
            letters: word.as_bytes(),
            at: 0,
            sounds: Vec::new(),
        };
        while reader.at < reader.letters.len() {
            reader.step();
            reader.add_r();
        }
        Self {
            sounds: reader.sounds,
        }
    }
}

/// Whether a term is a word that a Hangul spelling may stand for.
pub(in crate::search) fn is_heard(term: &str) -> bool {
    HEARD.contains(&term.len()) && term.bytes().all(|letter| letter.is_ascii_lowercase())
}

struct Reader<'a> {
    letters: &'a [u8],
    at: usize,
    sounds: Vec<Sound>,
}

fn is_vowel(letter: Option<u8>) -> bool {
    letter.is_some_and(|letter| b"aeiou".contains(&letter))
}

impl Reader<'_> {
    fn peek(&self, by: usize) -> Option<u8> {
        self.letters.get(self.at + by).copied()
    }

    fn before(&self) -> Option<u8> {
        self.at
            .checked_sub(1)
            .and_then(|at| self.letters.get(at))
            .copied()
    }

    fn is_at(&self, text: &str) -> bool {
        self.letters[self.at..].starts_with(text.as_bytes())
    }

    fn add(&mut self, class: &'static str, letters: &'static str, silence: Silence, length: usize) {
        if !class.is_empty() {
            self.sounds.push(consonant(class, letters, silence));
        }
        self.at += length;
    }

    fn step(&mut self) {
        let Some(letter) = self.peek(0) else {
            return;
        };
        let is_first = self.at == 0;
        let is_soft = |letter: Option<u8>| letter.is_some_and(|letter| b"eiy".contains(&letter));
        let is_one = !(is_vowel(Some(letter)) || letter == b'c' && is_soft(self.peek(2)));
        let is_double = self.peek(1) == Some(letter) && is_one;
        if is_double || self.is_mute() {
            self.at += 1;
            return;
        }
        if self.ending() || self.group() {
            return;
        }
        match letter {
            b'x' if is_first => self.add("JS", "js", Silence::Never, 1),
            b'x' => {
                self.add("K", "kg", Silence::Never, 0);
                self.add("SJ", "sj", Silence::Never, 1);
            }
            b'c' if self.is_soft() => self.add("S", "s", Silence::Never, 1),
            b'c' => self.add("K", "k", Silence::Never, 1),
            b'g' if self.is_soft() => self.add("JK", "jg", Silence::Never, 1),
            b'g' => self.add("K", "g", Silence::Never, 1),
            b'r' => self.letter_r(),
            b'y' | b'a' | b'e' | b'i' | b'o' | b'u' => self.vowel(letter),
            b'w' => self.letter_w(),
            b'h' => {
                let silence = if is_vowel(self.before()) {
                    Silence::Never
                } else {
                    Silence::Often
                };
                self.add("H", "h", silence, 1);
            }
            letter => self.plain(letter),
        }
    }

    /// Whether a letter is not said, by what follows it.
    fn is_mute(&self) -> bool {
        let is_one_of = |all: &[&str]| all.iter().any(|letters| self.is_at(letters));
        let is_vowel_of = |all: &[u8], by| self.peek(by).is_some_and(|next| all.contains(&next));
        if self.is_at("sc") && is_vowel_of(b"eiy", 2) {
            return true;
        }
        if self.at == 0 {
            return is_one_of(&["kn", "ps", "wr", "pn"]);
        }
        is_one_of(&["dj", "dth", "gner", "gned", "gning"])
            || self.is_at("gn") && !is_vowel_of(b"aeiouy", 2)
    }

    fn is_soft(&self) -> bool {
        self.peek(1).is_some_and(|next| b"eiy".contains(&next))
    }

    /// Endings of words that are said in another way than their letters.
    fn ending(&mut self) -> bool {
        if self.at > 0 && (self.is_at("tion") || self.is_at("sion")) {
            let (class, letters) = match self.before() {
                _ if self.is_at("sion") => ("SJ", "sj"),
                Some(b's') => ("J", "c"),
                _ => ("S", "sj"),
            };
            self.add(class, letters, Silence::Never, 4);
            add_vowel(&mut self.sounds, "eo");
            self.add("N", "n", Silence::Never, 0);
            return true;
        }
        if ["cian", "cial", "cious"].iter().any(|end| self.is_at(end)) {
            self.add("S", "s", Silence::Never, 2);
            return true;
        }
        if self.is_at("ture") {
            let length = if self.letters.len() - self.at == 4 {
                4
            } else {
                3
            };
            self.add("J", "c", Silence::Never, length);
            add_vowel(&mut self.sounds, "eou");
            self.at += usize::from(self.peek(0) == Some(b'r'));
            return true;
        }
        false
    }

    fn group(&mut self) -> bool {
        if self.is_at("sch") {
            self.add("S", "s", Silence::Never, 0);
            self.add("K", "k", Silence::Never, 3);
            return true;
        }
        if self.is_at("qu") {
            self.add("K", "k", Silence::Never, 0);
            self.add("W", "", Silence::Often, 2);
            return true;
        }
        if self.is_at("gh") && self.before() == Some(b'i') {
            self.at += 2;
            return true;
        }
        if self.is_at("pt") && self.before() == Some(b'm') {
            self.add("P", "p", Silence::Often, 1);
            return true;
        }
        if self.is_at("du") || self.is_at("tua") || self.is_at("tur") {
            let letters = if self.is_at("d") { "dj" } else { "tc" };
            self.add("TJ", letters, Silence::Never, 1);
            return true;
        }
        let known = GROUPS
            .iter()
            .find(|(text, ..)| self.is_at(text) && (*text != "tia" || self.at > 0));
        if let Some((text, class, letters, silence)) = known {
            // Of `tia` the vowels are said.
            let length = if *text == "tia" { 2 } else { text.len() };
            self.add(class, letters, *silence, length);
            return true;
        }
        if self.is_at("ngl") || self.is_at("ngr") {
            self.add("NG", "n", Silence::Never, 0);
            self.add("K", "g", Silence::Often, 2);
            return true;
        }
        if self.is_cut_short() {
            self.add("K", "k", Silence::Often, 1);
            return true;
        }
        if self.is_at("ng") && !is_vowel(self.peek(2)) {
            self.add("NG", "n", Silence::Never, 2);
            return true;
        }
        let is_before_k = self.is_at("nk")
            || self.is_at("nx")
            || self.is_at("nc") && !self.peek(2).is_some_and(|next| b"eiy".contains(&next));
        if is_before_k {
            self.add("NG", "n", Silence::Never, 1);
        }
        is_before_k
    }

    /// The c of `function`, which Hangul leaves out.
    fn is_cut_short(&self) -> bool {
        let is_after_n = self.before() == Some(b'n') && matches!(self.peek(0), Some(b'c' | b'k'));
        let next = self.peek(1);
        is_after_n && next.is_some_and(|next| !b"aeiouyhlr".contains(&next))
    }

    fn letter_r(&mut self) {
        let next = self.peek(1);
        let ends_in_re = next == Some(b'e') && self.at + 2 == self.letters.len();
        let is_said = is_vowel(next) && !ends_in_re
            || next == Some(b'y')
            || self.at == 0
            || !is_vowel(self.before());
        let silence = if is_said {
            Silence::Never
        } else {
            Silence::Faint
        };
        self.add("L", "r", silence, 1);
    }

    fn letter_w(&mut self) {
        if matches!(self.before(), Some(b'a' | b'o')) && self.peek(1) == Some(b'i') {
            self.at += 1;
        } else if is_vowel(self.before()) && !is_vowel(self.peek(1)) {
            self.add_vowel("uO");
            self.at += 1;
        } else {
            self.add("W", "", Silence::Often, 1);
        }
    }

    fn vowel(&mut self, letter: u8) {
        let left = self.letters.len() - self.at;
        if letter == b'y' {
            let begins = self.at == 0 || is_vowel(self.peek(1)) && !is_vowel(self.before());
            if begins {
                return self.add("Y", "", Silence::Often, 1);
            }
        }
        if letter == b'e' && left == 1 && self.at > 0 {
            self.sounds.push(Sound::Vowel {
                letters: "e".to_owned(),
                silence: Silence::Often,
            });
            self.at += 1;
            return;
        }
        let next = self.peek(1).unwrap_or(b' ');
        let is_ending = left == 2 && b"sd".contains(&next);
        let letters = match letter {
            b'e' if is_ending && self.at > 1 => "e_",
            b'a' if left == 3 && self.is_at("age") => "iA",
            b'a' if self.is_long() => "A",
            b'a' if b"luw".contains(&next) => "aeoAO",
            b'a' if self.is_open() => "aeoA",
            b'a' => "aeo",
            b'e' if b"aiy".contains(&next) => "eioA_",
            b'e' => "eio_",
            b'i' if self.is_long() => "I",
            b'i' if next == b'r' => "ioI_",
            b'i' if self.is_open() => "iI_",
            b'i' => "i_",
            b'o' if next == b'o' => {
                self.at += 1;
                "uOo"
            }
            b'o' if b"uw".contains(&next) => "OouU",
            b'o' => "Oaou",
            b'u' => "oua_",
            _ => "iI",
        };
        self.add_vowel(letters);
        self.at += 1;
    }

    /// Whether it is the vowel of a word like `time`.
    fn is_long(&self) -> bool {
        let is_only = self.at > 0
            && !self.letters[..self.at]
                .iter()
                .any(|c| b"aeiouy".contains(c));
        matches!(self.letters[self.at + 1..], [between, b'e'] if !b"aeiouwxyr".contains(&between))
            && is_only
    }

    /// Whether a vowel may be said as a long one: at most one consonant is between it and the next.
    fn is_open(&self) -> bool {
        let is_open = |letter: Option<u8>| is_vowel(letter) || letter == Some(b'y');
        let next = self.peek(1);
        let before_consonants = ["nge", "ste", "gh", "nd", "ld", "gn"];
        let rest = &self.letters[self.at + 1..];
        let is_digraph = rest.starts_with(b"ph") || rest.starts_with(b"th");
        next.is_none()
            || is_open(next)
            || is_open(self.peek(2))
            || self.peek(2) == Some(b'l')
            || is_digraph && is_open(self.peek(3))
            || before_consonants
                .iter()
                .any(|two| rest.starts_with(two.as_bytes()))
    }

    /// Vowels of letters that follow each other are one.
    fn add_vowel(&mut self, more: &str) {
        if let Some(Sound::Vowel {
            letters,
            silence: Silence::Never,
        }) = self.sounds.last_mut()
        {
            letters.push('+');
        }
        add_vowel(&mut self.sounds, more);
    }

    fn add_r(&mut self) {
        let is_next = self.peek(0) == Some(b'r');
        if let Some(Sound::Vowel { letters, .. }) = self.sounds.last_mut().filter(|_| is_next) {
            letters.push('r');
        }
    }

    fn plain(&mut self, letter: u8) {
        let (class, letters) = match letter {
            b'b' | b'v' => ("P", "b"),
            b'p' => ("P", "p"),
            b'f' => ("PH", "ph"),
            b'd' => ("T", "d"),
            b't' => ("T", "t"),
            b'k' | b'q' => ("K", "k"),
            b'l' => ("L", "l"),
            b'm' => ("M", "m"),
            b'n' => ("N", "n"),
            b's' => ("SJ", "sj"),
            b'j' | b'z' => ("J", "j"),
            _ => ("", ""),
        };
        let is_last = self.at + 1 == self.letters.len();
        let silence = if letter == b's' && is_last && self.at > 3 {
            Silence::Plural
        } else {
            Silence::Never
        };
        self.add(class, letters, silence, 1);
    }
}
