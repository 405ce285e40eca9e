//! A property test: for any combination of fragments polishing ends, and gives the page nothing
//! harmful.

use proptest::prelude::{ProptestConfig, any, proptest};

use super::super::polished;
use super::picture;
use crate::diagram::svg::read;
use crate::diagram::svg::tests::harm;
use crate::diagram::svg::tests::soup::soup;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn polished_soup_does_no_harm(text in soup()) {
        let Ok(picture) = read(&text) else {
            return Ok(());
        };
        let out = polished(picture.styled(), "er", 0).inline("", &[]);
        assert_eq!(harm(&out), None, "{out}");
    }

    #[test]
    fn any_values_are_polished(text in any::<String>()) {
        let inside = format!("<path d='{text}'/><text x='{text}' fill='{text}'>a</text><svg width='1' height='1' viewBox='0 0 1 1'><g transform='{text}'><rect width='9' height='9' fill='{text}'/><polygon points='{text}'/></g></svg>");
        if let Ok(picture) = read(&picture(&inside)) {
            polished(picture.styled(), "er", 0);
        }
    }
}
