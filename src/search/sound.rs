//! Hangul spellings of English words against Latin words, by their sound.
//!
//! Both are read as consonants and vowels, each of which may be one of several; what differs costs
//! something. Only words with the same first consonants are compared: that is their key. Not here:
//! which words are looked for (`query`).

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::hangul::parts;

/// Consonants in a key.
const KEY: usize = 2;
/// Letters of words that are compared.
const HEARD: RangeInclusive<usize> = 3..=20;

/// A sound: a class of consonants, or one of some vowels.
#[derive(Debug, Clone, PartialEq)]
enum Sound {
    Consonant {
        /// `K`; of Latin letters that sound in several ways, `JK`.
        class: &'static str,
        /// Nearer to what is written: `g` or `k`; empty if it may be either.
        letters: &'static str,
        /// How easily it is left out.
        silence: Silence,
    },
    Vowel {
        /// Of Hangul, vowels that follow each other; `_` is one that only separates consonants. Of
        /// Latin, all that it may be: those of one letter, and as [`DIPHTHONGS`]; `+` between those
        /// of several letters, `r` before an r.
        letters: String,
        /// `Often` of the `e` at the end of a word, `Faint` of an `i` that ends one consonant.
        silence: Silence,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Silence {
    Never,
    Often,
    /// It is hardly said.
    Faint,
    /// An `s` at the end.
    Plural,
}

/// A Latin word, read once.
#[derive(Debug)]
pub(super) struct Heard {
    sounds: Vec<Sound>,
}

/// Initials by their place: class and letter.
const INITIALS: [(&str, &str); 19] = [
    ("K", "g"),
    ("K", "k"),
    ("N", "n"),
    ("T", "d"),
    ("T", "d"),
    ("L", "l"),
    ("M", "m"),
    ("P", "b"),
    ("P", "b"),
    ("S", "s"),
    ("S", "s"),
    ("", ""),
    ("J", "j"),
    ("J", "j"),
    ("J", "c"),
    ("K", "k"),
    ("T", "t"),
    ("P", "p"),
    ("H", "h"),
];
const VOWELS: [&str; 21] = [
    "a", "e", "ya", "ye", "o", "e", "yo", "ye", "O", "wa", "we", "we", "yO", "u", "wo", "we", "wi",
    "yu", "_", "_i", "i",
];
/// Finals by their place.
const FINALS: [&str; 28] = [
    "", "K", "K", "K", "N", "N", "N", "T", "L", "L", "L", "L", "L", "L", "L", "L", "M", "P", "P",
    "TS", "TS", "NG", "TS", "TS", "K", "TS", "P", "H",
];

/// Vowels of Hangul that are one together, and what they are of Latin letters.
const DIPHTHONGS: [(&str, &str); 4] = [("ai", "I"), ("ei", "A"), ("au", "U"), ("Ou", "O")];

/// A vowel is no consonant.
const APART: f64 = 9.0;

/// How a Hangul word sounds.
fn hangul(word: &[char]) -> Vec<Sound> {
    let mut sounds: Vec<Sound> = Vec::new();
    let mut before_is_final = false;
    for [initial, vowel, last] in word.iter().copied().filter_map(parts) {
        let (class, letters) = INITIALS[initial as usize];
        add_initial(&mut sounds, class, letters, before_is_final);
        let vowel = VOWELS[vowel as usize];
        let glide = vowel.starts_with(['w', 'y']);
        // 셔 is said as 서.
        if vowel.starts_with('w') {
            sounds.push(consonant("W", "", Silence::Often));
        } else if glide && !matches!(class, "S" | "J") {
            sounds.push(consonant("Y", "", Silence::Often));
        }
        add_vowel(&mut sounds, &vowel[usize::from(glide)..]);
        let last = FINALS[last as usize];
        before_is_final = !last.is_empty();
        if before_is_final {
            let letters = if last == "L" { "l" } else { "" };
            sounds.push(consonant(last, letters, Silence::Never));
        }
    }
    weaken_end(&mut sounds);
    sounds
}

fn add_initial(
    sounds: &mut Vec<Sound>,
    class: &'static str,
    letters: &'static str,
    before_is_final: bool,
) {
    let is_double = before_is_final
        && matches!(sounds.last(), Some(Sound::Consonant { class: last, .. }) if *last == class);
    match class {
        "" => {}
        // ㄹ at the end of one syllable and the beginning of the next is one l, and alone an r.
        "L" if is_double => {
            sounds.pop();
            sounds.push(consonant(class, "l", Silence::Never));
        }
        "L" => {
            let letters = if sounds.is_empty() { "" } else { "r" };
            sounds.push(consonant(class, letters, Silence::Never));
        }
        class if is_double => sounds.push(consonant(class, letters, Silence::Faint)),
        class => sounds.push(consonant(class, letters, Silence::Never)),
    }
}

/// Behind `ch`, `ge` and `sh` an i ends what is one consonant in English.
fn weaken_end(sounds: &mut [Sound]) {
    if let [
        ..,
        Sound::Consonant { class, .. },
        Sound::Vowel { letters, silence },
    ] = sounds
        && matches!(*class, "S" | "J")
        && letters == "i"
    {
        *silence = Silence::Faint;
    }
}

fn consonant(class: &'static str, letters: &'static str, silence: Silence) -> Sound {
    Sound::Consonant {
        class,
        letters,
        silence,
    }
}

/// Vowels that follow each other are one.
fn add_vowel(sounds: &mut Vec<Sound>, more: &str) {
    match sounds.last_mut() {
        Some(Sound::Vowel { letters, .. }) => letters.push_str(more),
        _ => sounds.push(Sound::Vowel {
            letters: more.to_owned(),
            silence: Silence::Never,
        }),
    }
}

/// Syllables that mostly English words have: at the beginning of a word, anywhere, and at its end.
/// Ranges are those of one initial, or of one with a vowel.
const FOREIGN_FIRST: RangeInclusive<char> = '라'..='맇';
const FOREIGN_RANGES: [RangeInclusive<char>; 9] = [
    '카'..='킿',
    '터'..='텋',
    '테'..='텧',
    '티'..='팋',
    '튜'..='틓',
    '퍼'..='펗',
    '페'..='펳',
    '퓨'..='픟',
    '버'..='버',
];
const FOREIGN: &str = "트프플팩팬팸팻스즈츠브드블션셔숀쉬쉐셰쉘쥬뮤뷰듀뉴벨델넬젤렐헬웰셀밸샐앨갤댈셋워웹웨웍윈\
     레렛렉렌랙랩램런럼럿롭롤롯";
const FOREIGN_LAST: &str = "잉링밍빙딩팅핑칭깅닝싱더너머";

/// Whether a Hangul word has syllables that mostly English words have.
pub(super) fn is_foreign(word: &[char]) -> bool {
    let is_one =
        |c: &char| FOREIGN_RANGES.iter().any(|range| range.contains(c)) || FOREIGN.contains(*c);
    word.first().is_some_and(|c| FOREIGN_FIRST.contains(c))
        || word.iter().any(is_one)
        || word.last().is_some_and(|c| FOREIGN_LAST.contains(*c))
}

/// Groups of Latin letters that sound as one: the letters, whether only after the beginning, class
/// and nearer letters of the consonant (none where it is silent), and how easily it is left out.
const GROUPS: [(&str, &str, &str, Silence); 12] = [
    ("tch", "J", "c", Silence::Never),
    ("dge", "J", "j", Silence::Never),
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
    pub(super) fn new(word: &str) -> Self {
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
pub(super) fn is_heard(term: &str) -> bool {
    HEARD.contains(&term.len()) && term.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// The keys of a Latin word: a consonant that may be one of several, or silent, gives several.
pub(super) fn keys_of_latin(word: &str) -> BTreeSet<String> {
    keys(&Heard::new(word).sounds)
}

/// The keys of a Hangul word.
pub(super) fn keys_of_hangul(word: &[char]) -> BTreeSet<String> {
    keys(&hangul(word))
}

fn keys(sounds: &[Sound]) -> BTreeSet<String> {
    let mut whole = BTreeSet::new();
    let mut begun = BTreeSet::from([String::new()]);
    for sound in sounds {
        let Sound::Consonant { class, silence, .. } = sound else {
            continue;
        };
        let mut longer = BTreeSet::new();
        for key in begun {
            longer.extend(readings(class).map(|reading| format!("{key}{reading}")));
            if *silence != Silence::Never || matches!(*class, "W" | "Y") {
                longer.insert(key);
            }
        }
        let (done, rest) = longer.into_iter().partition(|key| key.len() == KEY);
        whole.extend::<BTreeSet<String>>(done);
        begun = rest;
    }
    whole.extend(begun);
    whole
}

/// What a class of consonants may be in a key.
fn readings(class: &'static str) -> impl Iterator<Item = char> {
    let readings = match class {
        "TS" => "TSJ",
        "NG" => "N",
        // Glides are often not written.
        "W" | "Y" => "",
        class => class,
    };
    readings.chars()
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
        let is_double = self.peek(1) == Some(letter) && !is_vowel(Some(letter)) && letter != b'c';
        let is_mute = is_first && ["kn", "ps", "wr", "pn"].iter().any(|two| self.is_at(two));
        if is_double || is_mute {
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

    fn is_soft(&self) -> bool {
        self.peek(1).is_some_and(|next| b"eiy".contains(&next))
    }

    /// Endings of words that are said in another way than their letters.
    fn ending(&mut self) -> bool {
        if self.at > 0 && (self.is_at("tion") || self.is_at("sion")) {
            let class = if self.is_at("sion") { "SJ" } else { "S" };
            self.add(class, "sj", Silence::Never, 4);
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
        next.is_none()
            || is_open(next)
            || is_open(self.peek(2))
            || self.peek(2) == Some(b'l')
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

/// How well a Hangul word fits a Latin one, in cost by length; none if it does not.
pub(super) fn cost(word: &[char], latin: &Heard, most: f64) -> Option<f64> {
    let sounds = hangul(word);
    let length: f64 = sounds.iter().map(weight).sum();
    if length < 2.0 {
        return None;
    }
    let limit = most * length;
    let mut above = vec![0.0];
    for sound in &latin.sounds {
        let last: f64 = above.last().copied().unwrap_or_default();
        above.push(last + gap(sound));
    }
    for sound in &sounds {
        let own = gap_of_hangul(sound);
        let mut row = vec![above[0] + own];
        for (at, other) in latin.sounds.iter().enumerate() {
            let same = above[at] + change(sound, other);
            row.push(same.min(above[at + 1] + own).min(row[at] + gap(other)));
        }
        if row.iter().all(|cost| *cost > limit) {
            return None;
        }
        above = row;
    }
    let cost = above.last().copied().filter(|cost| *cost <= limit)?;
    Some(cost / length)
}

fn weight(sound: &Sound) -> f64 {
    match sound {
        Sound::Consonant { .. } => 1.0,
        Sound::Vowel { letters, .. } if letters == "_" => 0.0,
        Sound::Vowel { .. } => 0.5,
    }
}

/// What it costs that a sound is not in the other word.
fn gap(sound: &Sound) -> f64 {
    match sound {
        Sound::Vowel {
            silence: Silence::Faint,
            ..
        }
        | Sound::Consonant {
            silence: Silence::Faint,
            ..
        } => 0.05,
        Sound::Vowel {
            silence: Silence::Often,
            ..
        } => 0.0,
        Sound::Vowel { letters, .. } if letters.chars().all(|c| c == '_') => 0.02,
        Sound::Vowel { letters, .. } if letters == "i" || letters == "_i" => 0.3,
        Sound::Vowel { .. } => 0.4,
        Sound::Consonant {
            silence: Silence::Plural,
            ..
        } => 0.35,
        Sound::Consonant {
            silence: Silence::Often,
            ..
        } => 0.15,
        Sound::Consonant { class: "H", .. } => 0.6,
        Sound::Consonant { .. } => 1.1,
    }
}

/// The same for a sound of Hangul, which has a w only where it is said.
fn gap_of_hangul(sound: &Sound) -> f64 {
    match sound {
        Sound::Consonant { class: "W", .. } => 0.3,
        sound => gap(sound),
    }
}

/// What it costs to take a Hangul sound for a Latin one.
fn change(hangul: &Sound, latin: &Sound) -> f64 {
    match (hangul, latin) {
        (Sound::Vowel { letters, .. }, Sound::Vowel { letters: latin, .. }) => {
            if is_said(letters, latin) {
                return if letters == "_" { 0.04 } else { 0.0 };
            }
            let said = letters.chars().filter(|c| *c != '_').count();
            let is_long = said > 1 && !latin.contains('+');
            (if said == 0 { 0.15 } else { 0.3 }) + if is_long { 0.1 } else { 0.0 }
        }
        (Sound::Consonant { .. }, Sound::Consonant { .. }) => consonants(hangul, latin),
        _ => APART,
    }
}

/// Whether vowels of Hangul may be those of Latin letters.
fn is_said(hangul: &str, latin: &str) -> bool {
    let is_one = |hangul: &str| {
        let hangul = DIPHTHONGS
            .iter()
            .fold(hangul.to_owned(), |all, (two, one)| all.replace(two, one));
        let is_several = hangul.len() > 1;
        (!is_several || latin.contains('+')) && hangul.chars().all(|c| latin.contains(c))
    };
    // An r after a vowel is often said as one more.
    let before_r = hangul.strip_suffix('o').filter(|_| latin.contains('r'));
    is_one(hangul) || before_r.is_some_and(|before| !before.is_empty() && is_one(before))
}

fn consonants(hangul: &Sound, latin: &Sound) -> f64 {
    let (
        Sound::Consonant {
            class,
            letters,
            silence,
        },
        Sound::Consonant {
            class: latin,
            letters: written,
            silence: other,
        },
    ) = (hangul, latin)
    else {
        return APART;
    };
    let is_silent = [silence, other]
        .into_iter()
        .all(|one| *one == Silence::Often);
    match likeness(class, latin) {
        0.0 if is_silent => 0.3,
        0.0 => 1.2,
        likeness => {
            let is_known = !letters.is_empty() && !written.is_empty();
            let is_other = is_known && !written.contains(letters);
            (1.0 - likeness) * 0.5 + if is_other { 0.18 } else { 0.0 }
        }
    }
}

/// Of a Hangul class and a Latin one.
fn likeness(a: &str, b: &str) -> f64 {
    match (a, b) {
        (a, b) if a == b => 1.0,
        ("TS", b) if b.contains(['S', 'T']) || b == "J" || b == "JKS" => 1.0,
        ("NG", "N") | ("N", "NG") => 0.8,
        ("TS" | "NG", _) | (_, "NG") => 0.0,
        (a, b) => f64::from(u8::from(b.contains(a))),
    }
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
