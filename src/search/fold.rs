//! Spellings that a search takes for the same: case, width, vowels that sound alike.
//!
//! Not here: forms of words (`terms`, `hangul_word`).

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::hangul::{FINALS, INITIALS, VOWELS, is_syllable, parts, syllable};

/// Characters of a text that is looked for in another, and of its beginning where that is enough.
const LONGEST_PLACED: usize = 40;
const LEAST_PLACED: usize = 2;

/// Lower case, compatibility forms as their usual ones, each syllable as the one that it sounds like.
pub fn fold(text: &str) -> String {
    let lower = usual(text);
    let lower = lower.chars().flat_map(char::to_lowercase);
    lower.map(alike).collect()
}

/// A text with compatibility forms (fullwidth letters, ligatures) as their usual ones, without
/// characters that are not seen, as a soft hyphen. Letters of Hangul are as they are typed, though
/// these are such forms too.
pub(super) fn usual(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_usual) {
        return Cow::Borrowed(text);
    }
    let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.into(),
        _ => text.nfc().collect(),
    };
    let mut usual = String::with_capacity(composed.len());
    for c in composed.chars() {
        if is_usual(c) {
            usual.push(c);
        } else if c.general_category() != GeneralCategory::Format {
            usual.extend(std::iter::once(c).nfkc().map(as_typed));
        }
    }
    usual.into()
}

/// Whether a letter is its own usual form, wherever it is: most of all letters are.
fn is_usual(c: char) -> bool {
    c.is_ascii() || is_syllable(c) || ('\u{3131}'..='\u{318e}').contains(&c)
}

/// A letter that only forms syllables, as the one that is typed.
fn as_typed(c: char) -> char {
    let (first, letters) = match c {
        '\u{1100}'..='\u{1112}' => ('\u{1100}', INITIALS),
        '\u{1161}'..='\u{1175}' => ('\u{1161}', VOWELS),
        '\u{11a8}'..='\u{11c2}' => ('\u{11a7}', FINALS),
        _ => return c,
    };
    let at = u32::from(c) - u32::from(first);
    letters.chars().nth(at as usize).unwrap_or(c)
}

/// The same without anything but letters and digits.
pub(super) fn squash(text: &str) -> String {
    let usual = usual(text);
    let lower = usual.chars().flat_map(char::to_lowercase);
    lower.map(alike).filter(|c| is_written(*c)).collect()
}

/// What a title or heading may be called by, squashed: all of it, and where it ends with a gloss,
/// what comes before that and the gloss alone, as of `컴포저블(Composables)`.
pub(super) fn names(text: &str) -> Vec<String> {
    let plain = usual(text);
    let glossed = plain.strip_suffix(')');
    let parts = glossed.and_then(|text| text.rsplit_once('('));
    let parts = parts.into_iter().flat_map(|(name, gloss)| [name, gloss]);
    let names = std::iter::once(text).chain(parts).map(squash);
    names.filter(|name| !name.is_empty()).collect()
}

/// A squashed text, and for each of its characters the byte in the text that it comes from.
pub(super) fn squash_with_places(text: &str) -> (String, Vec<usize>) {
    let mut squashed = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len() / 2);
    for (at, c) in text.char_indices() {
        let mut bytes = [0; 4];
        let usual = usual(c.encode_utf8(&mut bytes));
        let lower = usual.chars().flat_map(char::to_lowercase);
        for c in lower.map(alike).filter(|c| is_written(*c)) {
            squashed.push(c);
            places.push(at);
        }
    }
    (squashed, places)
}

pub(super) fn is_written(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let group = c.general_category_group();
    matches!(
        group,
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number
    )
}

/// One syllable for all that sound the same: ㅐ ㅒ ㅖ as ㅔ, ㅙ ㅞ as ㅚ, 쉐 as 세, and after ㅈ, ㅉ, ㅊ no y.
pub(super) fn alike(c: char) -> char {
    let Some([initial, vowel, last]) = parts(c) else {
        return c;
    };
    let vowel = match (initial, vowel) {
        // 쉐
        (9, 15) | (_, 1 | 3 | 7) => 5,
        (_, 10 | 15) => 11,
        (12..=14, 2) => 0,
        (12..=14, 6) => 4,
        (12..=14, 12) => 8,
        (12..=14, 17) => 13,
        (_, vowel) => vowel,
    };
    syllable([initial, vowel, last]).unwrap_or(c)
}

/// Where a text begins in another, in bytes, by letters and digits alone; of a text that is not there
/// as a whole, where its beginning is.
pub fn place_of(text: &str, wanted: &str) -> Option<usize> {
    let (squashed, places) = squash_with_places(text);
    let wanted: Vec<char> = squash(wanted).chars().take(LONGEST_PLACED).collect();
    let mut lengths = (LEAST_PLACED.min(wanted.len())..=wanted.len()).rev();
    let at = lengths.find_map(|length| {
        let begin: String = wanted[..length].iter().collect();
        squashed.find(&begin).filter(|_| !begin.is_empty())
    })?;
    places.get(squashed[..at].chars().count()).copied()
}
