//! `docsite.toml`: every key optional, an unknown key an error that names the nearest known one.
//!
//! Not here: where the site is, and modes of a run (those are arguments of a call).

mod external;
pub mod reading;
mod redirects;
mod search;

use crate::markdown::events::Dialect;

use super::check::CheckSettings;
use super::redirect;

/// The file's name, beside `markdown/`.
pub const FILE: &str = "docsite.toml";
/// Where pages go when the settings say nothing.
pub const DEFAULT_OUTPUT: &str = "public";
/// The keys of the file.
pub const KEYS: [&str; 17] = [
    "title",
    "description",
    "language",
    "output",
    "publish",
    "base_url",
    "source_url",
    "edit_url",
    "dates",
    "html",
    "wikilinks",
    "math",
    "topics",
    "types",
    "search",
    "redirects",
    "check",
];
/// Those of an entry of `[[topics]]` and `[[types]]`.
pub const LABEL_KEYS: [&str; 5] = ["prefix", "name", "description", "colour", "color"];
/// Those of `[check.external]`.
pub const EXTERNAL_KEYS: [&str; 5] = ["exclude", "timeout", "retries", "pace", "cache"];

/// The language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// `ko`
    Korean,
    /// `en`
    English,
}

impl Language {
    /// `ko` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }
}

/// What `[[x]]` in a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wikilinks {
    /// A mark without a target, and a finding.
    Mark,
    /// A link to the document of this basename or title.
    Link,
}

/// Which documents are published. A draft never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publish {
    /// Those that have a page.
    Pages,
    All,
}

impl Publish {
    /// As `docsite.toml` writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::All => "all",
        }
    }

    /// The rule of a site that does not choose one: beside `markdown/`, a page says that its
    /// document is published; a folder of its own is made again on every machine.
    fn default_for(output: &str) -> Self {
        if output == "." {
            Self::Pages
        } else {
            Self::All
        }
    }
}

/// A colour for light pages and one for dark pages, as CSS writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour {
    /// On a light page.
    pub light: String,
    /// On a dark page.
    pub dark: String,
}

/// Readable on light and dark (4.5:1 on the page's own paper), and distinguished by readers with any
/// of the common colour deficiencies by lightness as well as by hue.
pub const PALETTE: [(&str, &str, &str); 8] = [
    ("blue", "#0065a6", "#62b4f2"),
    ("ochre", "#955800", "#e6ab4c"),
    ("teal", "#00735a", "#3fc8a1"),
    ("magenta", "#a02c76", "#f08dc6"),
    ("slate", "#454b53", "#c6ccd3"),
    ("violet", "#5b41b5", "#b6a4f7"),
    ("olive", "#5c6300", "#c3c957"),
    ("cyan", "#006a80", "#5ccbe0"),
];

/// A topic or a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As in basenames.
    pub prefix: String,
    pub name: String,
    /// One line; may be empty.
    pub description: String,
    /// Given or from the palette.
    pub colour: Option<Colour>,
}

/// The settings of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub title: String,
    /// One line; may be empty.
    pub description: String,
    pub language: Language,
    /// Relative to the site; `.` puts pages beside `markdown/`.
    pub output: String,
    pub publish: Publish,
    /// Without a trailing slash; empty where none is given.
    pub base_url: String,
    /// Where the repository's host shows the site's folder, without a trailing slash; empty where
    /// none is given.
    pub source_url: String,
    /// Where the repository's host edits the site's folder, without a trailing slash; empty where none
    /// is given.
    pub edit_url: String,
    /// `dates = "git"`: days that a document does not say come from its history.
    pub git_dates: bool,
    /// `html = "trusted"`: raw HTML of documents passes as it is. Otherwise what is active goes.
    pub trusted_html: bool,
    /// What `[[x]]` is.
    pub wikilinks: Wikilinks,
    /// Whether what is between dollar signs is a formula.
    pub math: bool,
    /// `[search] aliases`: words of the site, each with others that a search takes for it.
    pub aliases: Vec<(String, Vec<String>)>,
    /// `[redirects]`: former paths.
    pub redirects: Vec<redirect::Written>,
    /// Of `check`.
    pub check: CheckSettings,
    /// In the order of the catalogue.
    pub topics: Vec<Label>,
    /// In the order of the catalogue.
    pub types: Vec<Label>,
}

impl Settings {
    /// Those of a site without a `docsite.toml`.
    pub fn default_for(language: Language) -> Self {
        Self {
            title: match language {
                Language::Korean => "문서 모음",
                Language::English => "Documents",
            }
            .to_owned(),
            description: String::new(),
            language,
            output: DEFAULT_OUTPUT.to_owned(),
            publish: Publish::default_for(DEFAULT_OUTPUT),
            base_url: String::new(),
            source_url: String::new(),
            edit_url: String::new(),
            git_dates: true,
            trusted_html: false,
            wikilinks: Wikilinks::Mark,
            math: true,
            aliases: Vec::new(),
            redirects: Vec::new(),
            check: CheckSettings::default(),
            topics: Vec::new(),
            types: built_in_types(language),
        }
    }

    /// What documents are written in: where wikilinks are links, they come from Obsidian.
    pub fn dialect(&self) -> Dialect {
        let math = self.math;
        match self.wikilinks {
            Wikilinks::Mark => Dialect::Site { math },
            Wikilinks::Link => Dialect::Obsidian { math },
        }
    }

    /// The path of the site's address, with which paths from a server's root begin; empty at the root.
    pub fn base_path(&self) -> &str {
        let host = self.base_url.find("://").map_or(0, |at| at + "://".len());
        let path = self.base_url[host..].find('/');
        path.map_or("", |at| &self.base_url[host + at..])
    }

    /// Whether pages are beside `markdown/`.
    pub fn is_flat(&self) -> bool {
        self.output == "."
    }

    /// The colours of topics by prefix: of those that are listed, and of these others, which get what
    /// the palette has left.
    pub fn colours<'a>(
        &'a self,
        prefixes: impl IntoIterator<Item = &'a str>,
    ) -> Vec<(&'a str, Colour)> {
        let listed = self.topics.iter().filter_map(|topic| {
            let colour = topic.colour.clone()?;
            Some((topic.prefix.as_str(), colour))
        });
        let others = prefixes
            .into_iter()
            .filter(|prefix| self.topic(prefix).is_none());
        listed
            .chain(others.zip(free_colours(&self.topics)))
            .collect()
    }

    /// The settings' topic of this prefix.
    pub fn topic(&self, prefix: &str) -> Option<&Label> {
        self.topics.iter().find(|label| label.prefix == prefix)
    }

    /// The settings' type of this prefix.
    pub fn kind(&self, prefix: &str) -> Option<&Label> {
        self.types.iter().find(|label| label.prefix == prefix)
    }
}

/// The six types that every site has unless it lists its own.
pub fn built_in_types(language: Language) -> Vec<Label> {
    let types = [
        ("note", "개념", "Concept"),
        ("src", "참조 자료", "Reference"),
        ("guide", "실전 가이드", "Guide"),
        ("report", "검증 리포트", "Report"),
        ("MOC", "목차", "Map of content"),
        ("runbook", "런북", "Runbook"),
    ];
    types
        .into_iter()
        .map(|(prefix, korean, english)| Label {
            prefix: prefix.to_owned(),
            name: match language {
                Language::Korean => korean,
                Language::English => english,
            }
            .to_owned(),
            description: String::new(),
            colour: None,
        })
        .collect()
}

/// Colours of the palette that no topic has, then all of them, again and again.
fn free_colours(topics: &[Label]) -> impl Iterator<Item = Colour> + use<> {
    let given: Vec<Colour> = topics
        .iter()
        .filter_map(|topic| topic.colour.clone())
        .collect();
    let palette = PALETTE.map(|(_, light, dark)| Colour {
        light: light.to_owned(),
        dark: dark.to_owned(),
    });
    let all = palette.clone().into_iter().cycle();
    let free = palette.into_iter();
    free.filter(move |colour| !given.contains(colour))
        .chain(all)
}
