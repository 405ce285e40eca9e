//! Sources prepared for the renderer: where a line may end, and where it must.
//!
//! Not here: hashes (`hash`), and breaking the lines of labels (`rich`).

use std::borrow::Cow;

use super::renderer::LABEL_WIDTH;
use super::rich;
use crate::diagram::widths;

/// Font size of labels, in pixels.
const LABEL_SIZE: f64 = 16.0;
/// Prevents a line break where it is inserted.
pub(super) const JOINER: char = '\u{2060}';
/// Allows a line break where it is inserted.
const BREAK: &str = "\u{200b}";
/// What is inserted here, and is in no picture.
pub(super) const INVISIBLE: [char; 2] = [JOINER, '\u{200b}'];
/// Width of the boxes of timelines, journeys and boards for words, in pixels.
const NARROW: f64 = 150.0;
/// The same for journeys, whose letters are smaller than others.
const NARROW_SMALL: f64 = 165.0;
/// The same for their tasks of more than two lines, whose boxes are made wider.
const WIDER_SMALL: f64 = 225.0;

/// More space above a title, in pixels.
const NESTED: f64 = 20.0;
/// What each task after the first adds to its section.
const TASK: f64 = 200.0;

/// The source with its Korean words joined: the renderer breaks lines between syllables, but
/// readers expect breaks between words. A word longer than a line is left to be broken.
pub(super) fn joined(source: &str) -> String {
    // There it breaks them at blanks, and counts letters.
    if kind(source) == Some("ishikawa") {
        return source.to_owned();
    }
    let is_syllable = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
    let letters: Vec<char> = source.chars().collect();
    let runs = letters.chunk_by(|a, b| is_syllable(*a) == is_syllable(*b));
    let runs = runs.map(|run| {
        let word = String::from_iter(run);
        let fits = || widths::width(&word, LABEL_SIZE, false) <= f64::from(LABEL_WIDTH);
        if !is_syllable(run[0]) || !fits() {
            return word;
        }
        let syllables: Vec<String> = run.iter().map(char::to_string).collect();
        syllables.join(JOINER.encode_utf8(&mut [0; 4]))
    });
    runs.collect()
}

/// The source with places for breaks in its long words; `None` if it has none that would make a
/// picture wide.
pub(super) fn broken(source: &str) -> Option<String> {
    parted(source, f64::from(LABEL_WIDTH), BREAK)
}

/// The source with words broken that are wider than the boxes which its kind of diagram has.
pub(super) fn boxed(source: &str) -> Cow<'_, str> {
    let parted = match kind(source) {
        // These break lines only where the source does.
        Some("timeline") => parted(source, NARROW, "<br/>"),
        Some("journey") => Some(journey(source)),
        Some("kanban") => parted(source, NARROW, BREAK),
        _ => None,
    };
    parted.map_or(Cow::Borrowed(source), Cow::Owned)
}

/// A journey with names in lines that its boxes hold; a section is as wide as its tasks.
fn journey(source: &str) -> String {
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let is_section = |line: &str| line.trim_start().starts_with("section ");
    let named = lines.iter().enumerate().map(|(at, line)| {
        if !is_section(line) {
            return task(line);
        }
        let own = lines[at + 1..].iter().take_while(|line| !is_section(line));
        let tasks = own.filter(|line| line.contains(':'));
        let wide = tasks.skip(1).fold(NARROW_SMALL, |wide, _| wide + TASK);
        let (key, name) = line.split_at(line.find("section ").unwrap_or_default() + 8);
        format!("{key}{}\n", in_lines(name, wide))
    });
    named.collect()
}

/// A name in lines of a width, its longer words parted.
fn in_lines(name: &str, limit: f64) -> String {
    let parts = with_parts(name, limit);
    filled(parts.split_whitespace(), " ", LABEL_SIZE, limit).join("<br/>")
}

fn with_parts(name: &str, limit: f64) -> String {
    parted(name, limit, "<br/>").unwrap_or_else(|| name.to_owned())
}

/// A line of a journey: behind its name are the names of those who take part, which have no box.
fn task(line: &str) -> String {
    let (name, rest) = line.split_at(line.find(':').unwrap_or(line.len()));
    if !rest.starts_with(':') || name.trim_start().starts_with("title ") {
        return with_parts(name, NARROW_SMALL) + rest;
    }
    let mut lines = in_lines(name, NARROW_SMALL);
    if lines.matches("<br/>").count() > 1 {
        lines = in_lines(name, WIDER_SMALL);
    }
    lines + rest
}

/// Entries in lines that are not wider than the limit, if that is possible.
pub(super) fn filled<'e>(
    entries: impl Iterator<Item = &'e str>,
    between: &str,
    size: f64,
    limit: f64,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        let longer = lines.last().map(|line| [line, between, entry].concat());
        let fits = |line: &String| widths::width(line, size, false) <= limit;
        match (longer.filter(fits), lines.last_mut()) {
            (Some(longer), Some(line)) => *line = longer,
            _ => lines.push(entry.to_owned()),
        }
    }
    lines
}

fn parted(source: &str, limit: f64, mark: &str) -> Option<String> {
    let mut broken = String::with_capacity(source.len() * 2);
    let has_links = !matches!(kind(source), Some("kanban" | "timeline" | "journey"));
    let (mut is_changed, may_be_syntax) = (false, mark == BREAK);
    for line in source.split_inclusive('\n') {
        // The address of a link is not shown.
        let is_address = line.contains("://") && has_links;
        for word in line.split_inclusive(char::is_whitespace) {
            if is_address || widths::width(word, LABEL_SIZE, false) <= limit {
                broken.push_str(word);
                continue;
            }
            is_changed = true;
            let mut rest = word;
            while let Some((part, after)) = rest.split_at_checked(part(rest, limit, may_be_syntax))
            {
                broken.push_str(part);
                if after.trim_end().is_empty() {
                    broken.push_str(after);
                    break;
                }
                broken.push_str(mark);
                rest = after;
            }
        }
    }
    is_changed.then_some(broken)
}

/// The length in bytes of the first part of a word, which is not wider than the limit: up to its last
/// sign or capital, if it has one. Only letters that cannot be syntax are parted.
fn part(word: &str, limit: f64, may_be_syntax: bool) -> usize {
    let (mut wide, mut forced, mut fits) = (0.0, None, None);
    let mut before = ' ';
    for (at, c) in word.char_indices() {
        let may_end = at > 2 && !before.is_whitespace() && c.is_alphanumeric();
        if may_end && wide <= limit {
            let ends = matches!(before, '/' | '.' | '_' | ',' | '=')
                || before == '-' && !may_be_syntax
                || before.is_ascii_lowercase() && c.is_ascii_uppercase();
            if ends {
                fits = Some(at);
            }
            if before.is_alphanumeric() {
                forced = Some(at);
            }
        }
        wide += widths::width(c.encode_utf8(&mut [0; 4]), LABEL_SIZE, false);
        before = c;
    }
    if wide <= limit {
        return word.len();
    }
    fits.or(forced).unwrap_or(word.len())
}

/// The source with ends of lines where the renderer does not see them: `\\n` in class and state
/// diagrams, which would be shown as it is, and a rule, which takes no line of its own.
pub(super) fn lined(source: &str) -> Cow<'_, str> {
    let mut lined = Cow::Borrowed(source);
    if kind(source) == Some("classDiagram") {
        // What a class looks like is read before who has it.
        let is_look = |line: &&str| line.trim_start().starts_with("classDef ");
        let looks = source.lines().filter(is_look).flat_map(|look| ["\n", look]);
        lined.to_mut().extend(looks);
    }
    match kind(source) {
        Some("classDiagram" | "stateDiagram") if source.contains("\\n") => {
            lined = lined.replace("\\n", "<br/>").into();
        }
        // In other diagrams the renderer asks what a formula looks like.
        Some("sequenceDiagram") if source.contains("$$") => lined = source.replace("$$", "").into(),
        Some("venn") => lined = lines(source).map(unquoted_title).collect::<String>().into(),
        _ => {}
    }
    if kind(source) == Some("classDiagram") && lined.contains("**") {
        lined = lines(&lined).map(with_bold).collect::<String>().into();
    }
    if lined.contains('`') {
        lined = items(&lined).into();
    }
    if lined.contains("<hr") {
        let rules = ["<hr>", "<hr />", "<hr/>"];
        let plain = rules
            .iter()
            .fold(lined.into_owned(), |text, rule| text.replace(rule, "<hr/>"));
        lined = plain.replace("<hr/>", "<br/><hr/>").into();
    }
    lined
}

/// A line with what is bold in the note that it may be, which the renderer would show as it is written.
fn with_bold((is, line): (Is, &str)) -> Cow<'_, str> {
    let parts: Vec<&str> = line.split("**").collect();
    let is_note = is == Is::Statement && line.trim_start().starts_with("note ");
    if !is_note || parts.len().is_multiple_of(2) {
        return line.into();
    }
    let parts = parts.iter().enumerate().map(|(at, part)| match at % 2 {
        0 => (*part).to_owned(),
        _ => format!("<b>{part}</b>"),
    });
    parts.collect::<String>().into()
}

/// A line without quotes around the title that it may give, which the renderer would show.
fn unquoted_title((is, line): (Is, &str)) -> Cow<'_, str> {
    let title = line
        .trim()
        .strip_prefix("title")
        .filter(|_| is == Is::Statement);
    let inside = title.and_then(|title| title.trim().strip_prefix('"')?.strip_suffix('"'));
    inside.map_or(line.into(), |inside| format!("title {inside}\n").into())
}

/// The source with lists in Markdown labels as lines of text: the renderer joins their items.
fn items(source: &str) -> String {
    let labels = source.split('`').enumerate().map(|(at, part)| {
        let lines = part.split('\n').map(|text| {
            let item = text.trim_start();
            let (number, rest) = item.split_once(". ").unwrap_or_default();
            let is_numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            let bullet = ["- ", "* ", "+ "]
                .iter()
                .find_map(|sign| item.strip_prefix(sign));
            match bullet {
                _ if at % 2 == 0 => text.to_owned(),
                Some(item) => format!("• {item}"),
                None if is_numbered => format!("{number}{JOINER}. {rest}"),
                None => text.to_owned(),
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    labels.collect::<Vec<_>>().join("`")
}

/// The source with each `<` that does not begin a tag as an entity, where the renderer reads labels as
/// HTML: it would take `Map<String,Integer>` for a tag that it does not know.
pub(super) fn literal(source: &str) -> Cow<'_, str> {
    const HTML: [&str; 10] = [
        "flowchart",
        "graph",
        "stateDiagram",
        "classDiagram",
        "mindmap",
        "block",
        "requirementDiagram",
        "erDiagram",
        "kanban",
        "swimlane",
    ];
    if !source.contains('<') || !kind(source).is_some_and(|kind| HTML.contains(&kind)) {
        return Cow::Borrowed(source);
    }
    Cow::Owned(rich::literal(source, "#lt;"))
}

/// The source with quotes as letters in labels of links that only begin with a quoted text, which
/// the renderer does not read.
pub(super) fn unquoted(source: &str) -> String {
    let lines = source.split_inclusive('\n').map(|line| {
        let label = line
            .split_once("-- \"")
            .and_then(|(before, rest)| Some((before, rest.split_once("-->")?)));
        match label {
            Some((before, (label, after))) if !label.trim_end().ends_with('"') => {
                let label = label.replace('"', "#quot;");
                format!("{before}-- #quot;{label}-->{after}")
            }
            _ => line.to_owned(),
        }
    });
    lines.collect()
}

/// How much more there must be above the titles of subgraphs that are in subgraphs in others, in pixels:
/// of two, the inner one's side can leave the title of the outer one.
pub(super) fn above_nested(source: &str) -> f64 {
    let (mut open, mut most) = (0_usize, 0);
    for (_, line) in lines(source) {
        match line
            .trim()
            .split(|c: char| c.is_whitespace() || c == ';')
            .next()
        {
            Some("subgraph") => open += 1,
            Some("end") => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    if most > 2 { NESTED } else { 0.0 }
}

/// What a line of a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// In the front matter or in a directive.
    Setting,
    /// Empty, or a comment.
    Aside,
    /// The line that names the kind of the diagram.
    Kind,
    Statement,
}

/// The lines of a source, with their ends.
pub(super) fn lines(source: &str) -> impl Iterator<Item = (Is, &str)> {
    let (mut in_front_matter, mut in_directive, mut has_kind) = (false, false, false);
    source.split_inclusive('\n').map(move |line| {
        let words = line.trim();
        let is_fence = words == "---" && !has_kind;
        in_front_matter ^= is_fence;
        in_directive |= words.contains("%%{");
        let is = if is_fence || in_front_matter || in_directive {
            Is::Setting
        } else if words.is_empty() || words.starts_with("%%") {
            Is::Aside
        } else if has_kind {
            Is::Statement
        } else {
            has_kind = true;
            Is::Kind
        };
        in_directive &= !words.contains("}%%");
        (is, line)
    })
}

/// The first word after comments and settings, without a version.
pub(super) fn kind(source: &str) -> Option<&str> {
    let (_, line) = lines(source).find(|(is, _)| *is == Is::Kind)?;
    line.trim().split([' ', '-', ';', '\t']).next()
}
