//! Reads `docsite.toml`, and says what is wrong with it.
//!
//! Not here: what the settings mean (`settings`), and reading a value with its place (`located`).

use std::collections::BTreeMap;

use toml::de::DeTable;

use crate::diagnostic::BuildError;
use crate::portable::{folded, unportable};
use crate::rule::{Cause, Level, Rule};

use super::super::check::{CheckSettings, rule_of};
use super::super::located::{self, Entry, Shape, Syntax, Toml};
use super::{
    Colour, FILE, KEYS, LABEL_KEYS, Label, Language, PALETTE, Publish, Settings, Wikilinks,
    free_colours,
};

/// Folders of a site that can never be its output.
const OWN_FOLDERS: [&str; 4] = ["markdown", "attachment", "assets", "templates"];

/// Reads the text of `docsite.toml`.
///
/// # Errors
/// Every problem of the file, with its place: a site is not built on settings that were
/// misunderstood.
pub fn parse(text: &str) -> Result<Settings, Vec<BuildError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(text, FILE, Cause::Settings);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.problem(at, error.message());
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

pub(super) type Reader<'t> = located::Reader<'t, Toml, Cause>;

impl Reader<'_> {
    fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        self.known_keys(table, &KEYS);
        let languages = [("ko", Language::Korean), ("en", Language::English)];
        let language = self.word(table, "language", "language", languages);
        let language = language.unwrap_or(Language::English);
        let mut settings = Settings::default_for(language);
        if let Some(title) = self.text(table, "title") {
            title.clone_into(&mut settings.title);
        }
        let description = self.text(table, "description").unwrap_or_default();
        description.clone_into(&mut settings.description);
        if let Some(output) = self.output(table) {
            settings.output = output;
        }
        settings.publish = self
            .publish(table)
            .unwrap_or_else(|| Publish::default_for(&settings.output));
        settings.base_url = self.base_url(table);
        settings.source_url = self.host_url(
            table,
            "source_url",
            "where the site's folder is shown: `https://github.com/OWNER/NAME/tree/main`",
        );
        settings.edit_url = self.host_url(
            table,
            "edit_url",
            "where the site's folder is edited: `https://github.com/OWNER/NAME/edit/main`",
        );
        let dates = self.word(
            table,
            "dates",
            "origin of dates",
            [("git", true), ("written", false)],
        );
        settings.git_dates = dates.unwrap_or(true);
        let policies = [("safe", false), ("trusted", true)];
        let trusted = self.word(table, "html", "html policy", policies);
        settings.trusted_html = trusted.unwrap_or_default();
        let wikilinks = [("mark", Wikilinks::Mark), ("link", Wikilinks::Link)];
        let wikilinks = self.word(table, "wikilinks", "kind of wikilinks", wikilinks);
        settings.wikilinks = wikilinks.unwrap_or(Wikilinks::Mark);
        settings.math = self.flag(table, "math").unwrap_or(true);
        settings.topics = self.labels(table, "topics").unwrap_or_default();
        colour_the_rest(&mut settings.topics);
        if let Some(types) = self.labels(table, "types") {
            settings.types = types;
        }
        settings.aliases = self.aliases(table);
        settings.redirects = self.redirects(table);
        settings.check = self.check(table);
        settings
    }

    fn publish(&mut self, table: &DeTable<'_>) -> Option<Publish> {
        let word = self.text(table, "publish")?;
        let rules = [Publish::Pages, Publish::All];
        let rule = rules.into_iter().find(|rule| rule.word() == word);
        if rule.is_none() {
            let at = Self::at(table, "publish");
            let message = format!("unknown rule of publication `{}`", word.escape_debug());
            self.problem(at, message).help = Some(
                "`pages`: documents that have a page; `all`: every document that is not a draft"
                    .to_owned(),
            );
        }
        rule
    }

    fn check(&mut self, table: &DeTable<'_>) -> CheckSettings {
        let Some(check) = self.table(table, "check", "a table") else {
            return CheckSettings::default();
        };
        let paths = self.table(check, "paths", "a table");
        let paths = paths.into_iter().flat_map(Toml::entries);
        CheckSettings {
            external: self.external(check),
            levels: self.levels(check, &["paths", "external"]),
            paths: paths
                .filter_map(|Entry { key, value, .. }| match Toml::shape(value) {
                    Shape::Table(levels) => Some((key.to_owned(), self.levels(levels, &[]))),
                    _ => {
                        let at = Toml::start(value);
                        self.problem(at, "must be a table of codes and levels");
                        None
                    }
                })
                .collect(),
        }
    }

    /// Codes with their levels; `others` are keys of the same table that are something else.
    fn levels(&mut self, table: &DeTable<'_>, others: &[&str]) -> BTreeMap<Rule, Level> {
        let mut levels = BTreeMap::new();
        for Entry { key, at, value } in Toml::entries(table) {
            if others.contains(&key) {
                continue;
            }
            let level = match Toml::shape(value) {
                Shape::Text(word) => Level::parse(word),
                _ => None,
            };
            match (rule_of(key, others), level) {
                (Err(not), _) => self.problem(at, not.message).help = not.help,
                (Ok(_), None) => {
                    self.problem(Toml::start(value), format!("level of `{key}`"))
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
        let written = self.text(table, "output")?;
        let at = Self::at(table, "output");
        match clean_output(written) {
            Ok(output) => Some(output),
            Err(why) => {
                self.problem(at, format!("output `{}` {why}", written.escape_debug()))
                    .help = Some(
                    "a folder in the site, such as `public`, or `.` for pages beside markdown/"
                        .to_owned(),
                );
                None
            }
        }
    }

    fn base_url(&mut self, table: &DeTable<'_>) -> String {
        let Some(url) = self.text(table, "base_url") else {
            return String::new();
        };
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        if !url.is_empty() && !is_web {
            let at = Self::at(table, "base_url");
            self.problem(at, "`base_url` must begin with https:// or http://");
        }
        url.trim_end_matches('/').to_owned()
    }

    /// The address of the site's folder at its repository's host, without a trailing slash. `example`
    /// is what a message shows.
    fn host_url(&mut self, table: &DeTable<'_>, key: &str, example: &str) -> String {
        let Some(url) = self.text(table, key) else {
            return String::new();
        };
        let is_plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}?#".contains(c);
        let host = url.strip_prefix("https://").unwrap_or_default();
        let has_host = host.starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_valid = has_host && url.chars().all(is_plain);
        if !url.is_empty() && !is_valid {
            let at = Self::at(table, key);
            let message = format!("`{key}` must be an https address without `?` and `#`");
            self.problem(at, message).help = Some(example.to_owned());
        }
        url.trim_end_matches('/').to_owned()
    }

    fn labels(&mut self, table: &DeTable<'_>, key: &str) -> Option<Vec<Label>> {
        let items = self.list(table, key, &format!("tables: [[{key}]]"))?;
        let mut labels: Vec<Label> = Vec::new();
        for item in items {
            let Some(label) = self.label(item, key) else {
                continue;
            };
            if labels.iter().any(|other| other.prefix == label.prefix) {
                let message = format!("`{}` is listed twice in [[{key}]]", label.prefix);
                self.problem(Toml::start(item), message);
                continue;
            }
            labels.push(label);
        }
        Some(labels)
    }

    fn label(&mut self, item: &<Toml as Syntax>::Value<'_>, key: &str) -> Option<Label> {
        let start = Toml::start(item);
        let Shape::Table(table) = Toml::shape(item) else {
            self.problem(start, format!("[[{key}]] must be a table"));
            return None;
        };
        self.known_keys(table, &LABEL_KEYS);
        let Some(prefix) = self.text(table, "prefix") else {
            self.problem(start, format!("[[{key}]] needs a `prefix`"));
            return None;
        };
        if let Err(why) = check_prefix(prefix, key) {
            let at = Self::at(table, "prefix");
            self.problem(at, format!("prefix `{}` {why}", prefix.escape_debug()));
            return None;
        }
        Some(Label {
            prefix: prefix.to_owned(),
            name: self.text(table, "name").unwrap_or(prefix).to_owned(),
            description: self
                .text(table, "description")
                .unwrap_or_default()
                .to_owned(),
            colour: self.colour(table),
        })
    }

    fn colour(&mut self, table: &DeTable<'_>) -> Option<Colour> {
        let value = Toml::get(table, "colour").or_else(|| Toml::get(table, "color"))?;
        let pair = match Toml::shape(value) {
            Shape::Text(one) => named_colour(one),
            Shape::Table(two) => {
                self.known_keys(two, &["light", "dark"]);
                let light = self.text(two, "light");
                let dark = self.text(two, "dark");
                light
                    .zip(dark)
                    .filter(|(light, dark)| is_hex(light) && is_hex(dark))
                    .map(|(light, dark)| Colour {
                        light: light.to_owned(),
                        dark: dark.to_owned(),
                    })
            }
            _ => None,
        };
        if pair.is_none() {
            let names: Vec<_> = PALETTE.iter().map(|(name, ..)| *name).collect();
            self.problem(Toml::start(value), "not a colour").help = Some(format!(
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
        // In any case: where that does not count, pages would be written among sources.
        Some(first) if OWN_FOLDERS.contains(&folded(first).as_str()) => {
            Err("is a folder of sources")
        }
        Some(first) if first.starts_with('.') => Err("is hidden"),
        Some(_) if parts.iter().any(|part| unportable(part).is_some()) => {
            Err("is a folder that Windows cannot have")
        }
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
            "", "..", "../x", "/tmp/x", "a/../..", "markdown", ".git", "c:/x", "Markdown", "a/nul",
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
