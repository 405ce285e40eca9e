//! Reads a page as a browser does, by selectors.
//!
//! Not here: whether its links have targets (`scanner`).

use scraper::{Html, Selector};

/// A page as a browser reads it.
pub struct Page {
    pub html: Html,
    pub source: String,
}

impl Page {
    pub fn new(source: String) -> Self {
        Self {
            html: Html::parse_document(&source),
            source,
        }
    }

    /// The text of each element, white space folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let found = self.html.select(&selector);
        found
            .map(|element| fold(&element.text().collect::<String>()))
            .collect()
    }

    /// The text of the only such element.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        let texts = self.texts(selector);
        assert_eq!(texts.len(), 1, "{selector}: {texts:?}");
        texts.into_iter().next().unwrap()
    }

    pub fn attrs(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let found = self.html.select(&selector);
        found
            .filter_map(|element| element.attr(name))
            .map(str::to_owned)
            .collect()
    }

    pub fn count(&self, selector: &str) -> usize {
        self.html
            .select(&Selector::parse(selector).unwrap())
            .count()
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
