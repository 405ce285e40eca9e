//! `docsite.toml`: every key optional, an unknown key an error that names the nearest known one.
//!
//! Not here: where the site is, and modes of a run (those are arguments of a call).

mod external;

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{BuildError, LineIndex, nearest};
use crate::markdown::events::Dialect;
use crate::rule::{Cause, Level, Rule};

use super::check::{CheckSettings, rule_of};

pub use external::External;

/// The file's name, beside `markdown/`.
pub const FILE: &str = "docsite.toml";
/// Where pages go when the settings say nothing.
pub const DEFAULT_OUTPUT: &str = "public";
/// Folders of a site that can never be its output.
const OWN_FOLDERS: [&str; 4] = ["markdown", "attachment", "assets", "templates"];

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

impl Wikilinks {
    /// What documents are written in: where wikilinks are links, they come from Obsidian.
    pub fn dialect(self) -> Dialect {
        match self {
            Self::Mark => Dialect::Site,
            Self::Link => Dialect::Obsidian,
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
    /// `html = "trusted"`: raw HTML of documents passes as it is. Otherwise what is active goes.
    pub trusted_html: bool,
    /// What `[[x]]` is.
    pub wikilinks: Wikilinks,
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
            trusted_html: false,
            wikilinks: Wikilinks::Mark,
            check: CheckSettings::default(),
            topics: Vec::new(),
            types: built_in_types(language),
        }
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

/// Reads the text of `docsite.toml`.
///
/// # Errors
/// Every problem of the file, with its place: a site is not built on settings that were
/// misunderstood.
pub fn parse(text: &str) -> Result<Settings, Vec<BuildError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        lines: LineIndex::new(text),
        problems: Vec::new(),
    };
    for error in errors {
        reader.problem(&error.span().unwrap_or(0..0), error.message());
    }
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    let settings = reader.settings(table.get_ref());
    if reader.problems.is_empty() {
        Ok(settings)
    } else {
        reader.problems.sort();
        Err(reader.problems)
    }
}

struct Reader<'t> {
    lines: LineIndex<'t>,
    problems: Vec<BuildError>,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn problem(&mut self, span: &Range<usize>, message: impl Into<String>) -> &mut BuildError {
        let at = self.lines.position(span.start);
        self.problems
            .push(BuildError::new(Cause::Settings, FILE, message).at(at));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    fn known_keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys: {}", known.join(", ")),
            };
            self.problem(&key.span(), format!("unknown key `{name}`"))
                .help = Some(help);
        }
    }

    fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.problem(&value.span(), format!("`{key}` must be a string"));
                None
            }
        }
    }

    fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        const KEYS: [&str; 12] = [
            "title",
            "description",
            "language",
            "output",
            "publish",
            "base_url",
            "source_url",
            "html",
            "wikilinks",
            "topics",
            "types",
            "check",
        ];
        self.known_keys(table, &KEYS);
        let language = self.language(table);
        let mut settings = Settings::default_for(language);
        if let Some(title) = self.string(table, "title") {
            settings.title = title;
        }
        settings.description = self.string(table, "description").unwrap_or_default();
        if let Some(output) = self.output(table) {
            settings.output = output;
        }
        settings.publish = self
            .publish(table)
            .unwrap_or_else(|| Publish::default_for(&settings.output));
        settings.base_url = self.base_url(table);
        settings.source_url = self.source_url(table);
        settings.trusted_html = self.trusted_html(table);
        settings.wikilinks = self.wikilinks(table);
        settings.topics = self.labels(table, "topics").unwrap_or_default();
        colour_the_rest(&mut settings.topics);
        if let Some(types) = self.labels(table, "types") {
            settings.types = types;
        }
        settings.check = self.check(table);
        settings
    }

    fn language(&mut self, table: &DeTable<'_>) -> Language {
        match self.string(table, "language").as_deref() {
            Some("ko") => Language::Korean,
            Some("en") | None => Language::English,
            Some(other) => {
                let span = table.get("language").map_or(0..0, Spanned::span);
                self.problem(&span, format!("unknown language `{other}`"))
                    .help = Some("`ko` or `en`".to_owned());
                Language::English
            }
        }
    }

    fn trusted_html(&mut self, table: &DeTable<'_>) -> bool {
        match self.string(table, "html").as_deref() {
            Some("trusted") => true,
            Some("safe") | None => false,
            Some(other) => {
                let span = table.get("html").map_or(0..0, Spanned::span);
                self.problem(&span, format!("unknown html policy `{other}`"))
                    .help = Some("`safe` or `trusted`".to_owned());
                false
            }
        }
    }

    fn publish(&mut self, table: &DeTable<'_>) -> Option<Publish> {
        let word = self.string(table, "publish")?;
        let rules = [Publish::Pages, Publish::All];
        let rule = rules.into_iter().find(|rule| rule.word() == word);
        if rule.is_none() {
            let span = table.get("publish").map_or(0..0, Spanned::span);
            let message = format!("unknown rule of publication `{}`", word.escape_debug());
            self.problem(&span, message).help = Some(
                "`pages`: documents that have a page; `all`: every document that is not a draft"
                    .to_owned(),
            );
        }
        rule
    }

    fn wikilinks(&mut self, table: &DeTable<'_>) -> Wikilinks {
        match self.string(table, "wikilinks").as_deref() {
            Some("link") => Wikilinks::Link,
            Some("mark") | None => Wikilinks::Mark,
            Some(other) => {
                let span = table.get("wikilinks").map_or(0..0, Spanned::span);
                self.problem(&span, format!("unknown kind of wikilinks `{other}`"))
                    .help = Some("`mark` or `link`".to_owned());
                Wikilinks::Mark
            }
        }
    }

    fn table<'v, 'i>(&mut self, table: &'v DeTable<'i>, key: &str) -> Option<&'v DeTable<'i>> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::Table(inner) => Some(inner),
            _ => {
                self.problem(&value.span(), format!("`{key}` must be a table"));
                None
            }
        }
    }

    fn check(&mut self, table: &DeTable<'_>) -> CheckSettings {
        let Some(check) = self.table(table, "check") else {
            return CheckSettings::default();
        };
        let paths = self.table(check, "paths").into_iter().flatten();
        CheckSettings {
            external: self.external(check),
            levels: self.levels(check, &["paths", "external"]),
            paths: paths
                .filter_map(|(pattern, value)| match value.get_ref() {
                    DeValue::Table(levels) => {
                        Some((pattern.get_ref().to_string(), self.levels(levels, &[])))
                    }
                    _ => {
                        self.problem(&value.span(), "must be a table of codes and levels");
                        None
                    }
                })
                .collect(),
        }
    }

    /// Codes with their levels; `others` are keys of the same table that are something else.
    fn levels(&mut self, table: &DeTable<'_>, others: &[&str]) -> BTreeMap<Rule, Level> {
        let mut levels = BTreeMap::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            if others.contains(&name) {
                continue;
            }
            let level = match value.get_ref() {
                DeValue::String(word) => Level::parse(word),
                _ => None,
            };
            match (rule_of(name, others), level) {
                (Err(not), _) => self.problem(&key.span(), not.message).help = not.help,
                (Ok(_), None) => {
                    self.problem(&value.span(), format!("level of `{name}`"))
                        .help = Some("\"off\", \"warn\" or \"error\"".to_owned());
                }
                (Ok(rule), Some(level)) => {
                    levels.insert(rule, level);
                }
            }
        }
        levels
    }

    fn output(&mut self, table: &DeTable<'_>) -> Option<String> {
        let written = self.string(table, "output")?;
        let span = table.get("output").map_or(0..0, Spanned::span);
        match clean_output(&written) {
            Ok(output) => Some(output),
            Err(why) => {
                self.problem(&span, format!("output `{}` {why}", written.escape_debug()))
                    .help = Some(
                    "a folder in the site, such as `public`, or `.` for pages beside markdown/"
                        .to_owned(),
                );
                None
            }
        }
    }

    fn base_url(&mut self, table: &DeTable<'_>) -> String {
        let Some(url) = self.string(table, "base_url") else {
            return String::new();
        };
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        if !url.is_empty() && !is_web {
            let span = table.get("base_url").map_or(0..0, Spanned::span);
            self.problem(&span, "`base_url` must begin with https:// or http://");
        }
        url.trim_end_matches('/').to_owned()
    }

    fn source_url(&mut self, table: &DeTable<'_>) -> String {
        let Some(url) = self.string(table, "source_url") else {
            return String::new();
        };
        let is_plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}?#".contains(c);
        let host = url.strip_prefix("https://").unwrap_or_default();
        let has_host = host.starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_valid = has_host && url.chars().all(is_plain);
        if !url.is_empty() && !is_valid {
            let span = table.get("source_url").map_or(0..0, Spanned::span);
            self.problem(
                &span,
                "`source_url` must be an https address without `?` and `#`",
            )
            .help = Some(
                "where the site's folder is shown: `https://github.com/OWNER/NAME/tree/main`"
                    .to_owned(),
            );
        }
        url.trim_end_matches('/').to_owned()
    }

    fn labels(&mut self, table: &DeTable<'_>, key: &str) -> Option<Vec<Label>> {
        let value = table.get(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            self.problem(&value.span(), format!("`{key}` must be tables: [[{key}]]"));
            return None;
        };
        let mut labels: Vec<Label> = Vec::new();
        for item in items {
            let Some(label) = self.label(item, key) else {
                continue;
            };
            if labels.iter().any(|other| other.prefix == label.prefix) {
                let message = format!("`{}` is listed twice in [[{key}]]", label.prefix);
                self.problem(&item.span(), message);
                continue;
            }
            labels.push(label);
        }
        Some(labels)
    }

    fn label(&mut self, item: &Value<'_>, key: &str) -> Option<Label> {
        const KEYS: [&str; 5] = ["prefix", "name", "description", "colour", "color"];
        let DeValue::Table(table) = item.get_ref() else {
            self.problem(&item.span(), format!("[[{key}]] must be a table"));
            return None;
        };
        self.known_keys(table, &KEYS);
        let Some(prefix) = self.string(table, "prefix") else {
            self.problem(&item.span(), format!("[[{key}]] needs a `prefix`"));
            return None;
        };
        if let Err(why) = check_prefix(&prefix, key) {
            let span = table.get("prefix").map_or(0..0, Spanned::span);
            self.problem(&span, format!("prefix `{}` {why}", prefix.escape_debug()));
            return None;
        }
        Some(Label {
            name: self.string(table, "name").unwrap_or_else(|| prefix.clone()),
            description: self.string(table, "description").unwrap_or_default(),
            colour: self.colour(table),
            prefix,
        })
    }

    fn colour(&mut self, table: &DeTable<'_>) -> Option<Colour> {
        let value = table.get("colour").or_else(|| table.get("color"))?;
        let pair = match value.get_ref() {
            DeValue::String(one) => named_colour(one),
            DeValue::Table(two) => {
                self.known_keys(two, &["light", "dark"]);
                let light = self.string(two, "light");
                let dark = self.string(two, "dark");
                light
                    .zip(dark)
                    .filter(|(light, dark)| is_hex(light) && is_hex(dark))
                    .map(|(light, dark)| Colour { light, dark })
            }
            _ => None,
        };
        if pair.is_none() {
            let names: Vec<_> = PALETTE.iter().map(|(name, ..)| *name).collect();
            self.problem(&value.span(), "not a colour").help = Some(format!(
                "a name ({}), `#0065a6`, or {{ light = \"#0065a6\", dark = \"#62b4f2\" }}",
                names.join(", ")
            ));
        }
        pair
    }
}

/// Gives topics without a colour one of the palette that no other topic asks for, as long as there
/// is one.
fn colour_the_rest(topics: &mut [Label]) {
    let mut colours = free_colours(topics);
    for topic in topics {
        if topic.colour.is_none() {
            topic.colour = colours.next();
        }
    }
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

/// A name of the palette, or one `#rrggbb`, which is made lighter for dark pages.
fn named_colour(text: &str) -> Option<Colour> {
    if let Some((_, light, dark)) = PALETTE.iter().find(|(name, ..)| *name == text) {
        return Some(Colour {
            light: (*light).to_owned(),
            dark: (*dark).to_owned(),
        });
    }
    is_hex(text).then(|| Colour {
        light: text.to_owned(),
        dark: format!("color-mix(in oklab, {text}, #ffffff 45%)"),
    })
}

fn is_hex(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

fn check_prefix(prefix: &str, key: &str) -> Result<(), &'static str> {
    if prefix.is_empty() {
        return Err("is empty");
    }
    if !prefix
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
    {
        return Err("may contain only letters, digits, `-`, `_` and `.`");
    }
    if prefix.contains("__") {
        return Err("contains `__`, which ends a topic");
    }
    if key == "types" && prefix.contains('-') {
        return Err("contains `-`, which ends a type");
    }
    Ok(())
}

/// The output folder without `./` and a trailing `/`, or what is wrong with it.
fn clean_output(written: &str) -> Result<String, &'static str> {
    if written.is_empty() {
        return Err("is empty");
    }
    if written.starts_with(['/', '~']) || written.contains(['\\', ':']) {
        return Err("is outside of the site");
    }
    if written.chars().any(char::is_control) {
        return Err("has control characters");
    }
    let parts: Vec<&str> = written
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    if parts.contains(&"..") {
        return Err("is outside of the site");
    }
    match parts.first() {
        None => Ok(".".to_owned()),
        Some(first) if OWN_FOLDERS.contains(first) => Err("is a folder of sources"),
        Some(first) if first.starts_with('.') => Err("is hidden"),
        Some(_) => Ok(parts.join("/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        parse(text)
            .expect_err("problems")
            .into_iter()
            .map(|d| {
                let at = d.position.expect("a place");
                let help = d.help.map(|h| format!(" ({h})")).unwrap_or_default();
                format!("{}:{}: {}{help}", at.line, at.column, d.message)
            })
            .collect()
    }

    #[test]
    fn an_empty_file_is_a_site() {
        let settings = parse("").expect("valid");
        assert_eq!(settings, Settings::default_for(Language::English));
        assert_eq!(settings.types.len(), 6);
    }

    #[test]
    fn unknown_keys_name_the_nearest_known_one() {
        assert_eq!(
            problems("titel = \"x\"\n\n[[topics]]\nprefix = \"gw\"\nnaem = 1\n"),
            [
                "1:1: unknown key `titel` (did you mean `title`?)",
                "5:1: unknown key `naem` (did you mean `name`?)"
            ]
        );
    }

    #[test]
    fn an_output_outside_of_the_site_is_refused() {
        for output in [
            "", "..", "../x", "/tmp/x", "a/../..", "markdown", ".git", "c:/x",
        ] {
            let text = format!("output = {output:?}");
            assert_eq!(problems(&text).len(), 1, "{output}");
        }
        for (written, output) in [
            (".", "."),
            ("./", "."),
            ("./site/", "site"),
            ("a//b", "a/b"),
        ] {
            let settings = parse(&format!("output = {written:?}")).expect("valid");
            assert_eq!(settings.output, output);
        }
    }

    #[test]
    fn topics_that_nobody_listed_get_what_the_palette_has_left() {
        let settings = parse("[[topics]]\nprefix='a'\ncolour='blue'\n").expect("valid");
        let colours = settings.colours(["a", "x", "y"]);
        let prefixes: Vec<_> = colours.iter().map(|(prefix, _)| *prefix).collect();
        assert_eq!(prefixes, ["a", "x", "y"]);
        assert_eq!(colours[0].1.light, PALETTE[0].1);
        assert_eq!(colours[1].1.light, PALETTE[1].1);
        assert_eq!(colours[2].1.light, PALETTE[2].1);
    }

    #[test]
    fn colours_come_from_the_palette_unless_given() {
        let text = "[[topics]]\nprefix='a'\n[[topics]]\nprefix='b'\ncolour='teal'\n\
                    [[topics]]\nprefix='c'\ncolor={light='#111111',dark='#eee'}\n[[topics]]\nprefix='d'\n";
        let settings = parse(text).expect("valid");
        let lights: Vec<_> = settings
            .topics
            .iter()
            .map(|t| t.colour.as_ref().expect("a colour").light.as_str())
            .collect();
        assert_eq!(lights, ["#0065a6", "#00735a", "#111111", "#955800"]);
        assert_eq!(problems("[[topics]]\nprefix='a'\ncolour='#12'\n").len(), 1);
    }

    #[test]
    fn broken_toml_points_at_the_line() {
        assert!(problems("title = \"x\"\noutput = [[[\n")[0].starts_with("2:"));
    }
}
