//! Heading ids as GitHub makes them, for Hangul and Latin: stable, NFC, duplicates numbered.
//!
//! Not here: ids that an author wrote (`## Title {#id}`) beyond keeping them apart from the rest.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// The id of a heading without letters.
const FALLBACK: &str = "section";

/// The id for a heading's text: `설정 (기본)` is `설정-기본`.
pub fn slug(text: &str) -> String {
    text.nfc()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if is_word(c) => Some(c),
            _ => None,
        })
        .collect()
}

fn is_word(c: char) -> bool {
    c.is_alphabetic()
        || c.general_category_group() == GeneralCategoryGroup::Mark
        || matches!(
            c.general_category(),
            GeneralCategory::DecimalNumber | GeneralCategory::ConnectorPunctuation
        )
}

/// Gives each heading of a document a unique id.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
    /// The number of occurrences of each slug, so that many equal headings take linear time.
    count: std::collections::HashMap<String, usize>,
}

impl Ids {
    /// The id of a heading with this text.
    pub fn assign(&mut self, text: &str) -> String {
        let slug = slug(text);
        // GitHub keeps the variation selector of an emoji; alone, nobody could name it in a link.
        let is_blank = slug.chars().all(|c| matches!(c, '\u{fe00}'..='\u{fe0f}'));
        self.reserve(if is_blank { FALLBACK } else { &slug })
    }

    /// `wanted`, or the first free `wanted-1`, `wanted-2` …
    pub fn reserve(&mut self, wanted: &str) -> String {
        let count = self.count.entry(wanted.to_owned()).or_default();
        loop {
            let id = if *count == 0 {
                wanted.to_owned()
            } else {
                format!("{wanted}-{count}")
            };
            *count += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_githubs() {
        assert_eq!(slug("Hello, World!"), "hello-world");
        assert_eq!(slug("설정 (기본값)"), "설정-기본값");
        assert_eq!(
            slug("1. xDS의 다섯 계층: LDS/RDS"),
            "1-xds의-다섯-계층-ldsrds"
        );
        assert_eq!(slug("a_b -- c"), "a_b----c");
        assert_eq!(slug("Phase 2  Beta"), "phase-2--beta");
        assert_eq!(slug("⚙\u{fe0f} 설정"), "\u{fe0f}-설정");
        assert_eq!(slug("\u{1112}\u{1161}\u{11ab}글"), "한글");
    }

    #[test]
    fn duplicates_are_numbered_and_never_collide() {
        let mut ids = Ids::default();
        assert_eq!(ids.assign("개요"), "개요");
        assert_eq!(ids.assign("개요-1"), "개요-1");
        assert_eq!(ids.assign("개요"), "개요-2");
        assert_eq!(ids.assign("!!!"), "section");
    }
}
