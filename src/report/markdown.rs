//! `--format markdown`: a summary for a pull request, or a step of GitHub Actions.
//!
//! Text of documents is shown, never interpreted: prose has its punctuation as entities, names are
//! in code, and a `@` mentions nobody. Long lists are cut and say how many entries they leave out,
//! since GitHub limits the length of a comment. Not here: links into the repository, whose address
//! is not known.

use crate::check::changed::{Change, Link};
use crate::diagnostic::{Finding, Severity};
use crate::outcome::check::{Accepted, Checked};

use super::count::plural;
use super::terminal::one_line;
use super::text::counts;

const MAX_ROWS: usize = 50;
const MAX_NAMES: usize = 20;
const MAX_CHARACTERS: usize = 300;

pub(super) fn summary(checked: &Checked) -> String {
    let mark = if checked.fails() { "❌" } else { "✅" };
    let mut parts = vec![format!("## {mark} docsite check: {}", counts(checked))];
    parts.extend(table(checked, Severity::Error));
    parts.extend(table(checked, Severity::Warning).map(|table| {
        let warnings = plural(checked.count(Severity::Warning), "warning", "warnings");
        let fail = if checked.strict {
            ", which fail the check"
        } else {
            ""
        };
        folded(&format!("⚠️ {warnings}{fail}"), &table)
    }));
    if let Some(change) = &checked.change {
        parts.extend(changes(change));
    }
    if let Some(baseline) = &checked.baseline {
        parts.extend(baseline_news(baseline));
    }
    parts.join("\n\n")
}

fn table(checked: &Checked, severity: Severity) -> Option<String> {
    let findings: Vec<&Finding> = checked.of(severity).collect();
    if findings.is_empty() {
        return None;
    }
    let rows = findings.iter().take(MAX_ROWS).map(|finding| row(finding));
    let rows: Vec<String> = rows.collect();
    let mut table = format!(
        "| where | what | code |\n|---|---|---|\n{}",
        rows.join("\n")
    );
    if findings.len() > MAX_ROWS {
        table.push_str(&format!("\n\nand {} more", findings.len() - MAX_ROWS));
    }
    Some(table)
}

fn row(finding: &Finding) -> String {
    let mut place = finding.path.clone();
    if let Some(at) = finding.position {
        place.push_str(&format!(":{}:{}", at.line, at.column));
    }
    let mut what = prose(&finding.message);
    if let Some(help) = &finding.help {
        what.push_str(&format!("<br>💡 {}", prose(help)));
    }
    format!("| {} | {what} | {} |", code(&place), code(finding.code()))
}

fn folded(title: &str, text: &str) -> String {
    format!("<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>")
}

fn changes(change: &Change) -> Vec<String> {
    let (documents, links, findings) = (&change.documents, &change.links, &change.findings);
    let mut parts = vec![format!(
        "### Since {}\n\n\
         | | new | gone | changed |\n|---|--:|--:|--:|\n\
         | documents | {} | {} | {} |\n\
         | links | {} | {} | |\n\
         | findings | {} | {} | |",
        code(&change.since),
        documents.added.len(),
        documents.removed.len(),
        documents.changed.len(),
        links.added.len(),
        links.removed.len(),
        findings.new,
        findings.fixed
    )];
    if !change.unlinked.is_empty() {
        parts.push(format!(
            "⚠️ Nothing links to {}",
            names(&change.unlinked, |name| code(name))
        ));
    }
    let details = details(change);
    if !details.is_empty() {
        parts.push(folded("What changed", &details));
    }
    parts
}

fn details(change: &Change) -> String {
    let (documents, links) = (&change.documents, &change.links);
    let link = |link: &Link| format!("{} → {}", code(&link.from), code(&link.to));
    let lists = [
        ("New documents", names(&documents.added, |name| code(name))),
        (
            "Removed documents",
            names(&documents.removed, |name| code(name)),
        ),
        (
            "Changed documents",
            names(&documents.changed, |name| code(name)),
        ),
        ("New links", names(&links.added, link)),
        ("Removed links", names(&links.removed, link)),
    ];
    let lists = lists.into_iter().filter(|(_, names)| !names.is_empty());
    let lists = lists.map(|(title, names)| format!("- {title}: {names}"));
    lists.collect::<Vec<_>>().join("\n")
}

fn baseline_news(baseline: &Accepted) -> Vec<String> {
    let mut parts = Vec::new();
    if baseline.accepted > 0 {
        let old = plural(baseline.accepted, "old finding", "old findings");
        parts.push(format!("{old} accepted by the baseline."));
    }
    if !baseline.fixed.is_empty() {
        let entries = plural(baseline.fixed.len(), "entry", "entries");
        parts.push(format!(
            "🎉 {entries} of the baseline fixed: remove {}",
            names(&baseline.fixed, |entry| code(entry))
        ));
    }
    parts
}

fn names<T>(all: &[T], shown: impl Fn(&T) -> String) -> String {
    let names: Vec<String> = all.iter().take(MAX_NAMES).map(shown).collect();
    let mut list = names.join(", ");
    if all.len() > MAX_NAMES {
        list.push_str(&format!(" and {} more", all.len() - MAX_NAMES));
    }
    list
}

/// A message: the text between its backticks is code, the rest contains no Markdown.
fn prose(text: &str) -> String {
    let text = shortened(&one_line(text));
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let closed = at + 1 < parts.len();
        match at % 2 {
            0 => out.push_str(&literal(part)),
            _ if closed && !part.trim().is_empty() => out.push_str(&code(part)),
            _ => {
                out.push_str("&#96;");
                out.push_str(&literal(part));
                out.push_str(if closed { "&#96;" } else { "" });
            }
        }
    }
    out
}

/// Text with all Markdown escaped.
fn literal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            ',' | '-' | '\'' | '(' | ')' | '?' | ';' | '/' => out.push(c),
            // An entity is still a mention, or a reference to an issue, to what runs after Markdown.
            '@' | '#' => out.push_str(&format!("&#{};\u{200b}", u32::from(c))),
            c if c.is_ascii_punctuation() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// A name in a code span. In a table `\|` is a bar even in code.
fn code(text: &str) -> String {
    let text = shortened(&one_line(text)).replace('|', "\\|");
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let space = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) || text.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{text}{space}{fence}")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use comrak::nodes::{AstNode, NodeValue};
    use comrak::{Arena, Options, parse_document};
    use proptest::prelude::*;

    use super::super::sample;
    use super::*;
    use crate::diagnostic::Position;
    use crate::rule::Rule;

    fn with_github<T>(text: &str, read: impl for<'a> FnOnce(&'a AstNode<'a>) -> T) -> T {
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        let arena = Arena::new();
        read(parse_document(&arena, text, &options))
    }

    /// The number of cells in each row of tables, and what a document could have injected.
    fn read(text: &str) -> (usize, Vec<String>) {
        with_github(text, |root| {
            let mut cells = 0;
            let mut foreign = Vec::new();
            for node in root.descendants() {
                match &node.data.borrow().value {
                    NodeValue::TableCell => cells += 1,
                    NodeValue::Link(link) | NodeValue::Image(link) => {
                        foreign.push(link.url.clone());
                    }
                    NodeValue::HtmlInline(html) if html != "<br>" => foreign.push(html.clone()),
                    NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough => {
                        foreign.push("emphasis".to_owned());
                    }
                    _ => {}
                }
            }
            (cells, foreign)
        })
    }

    #[test]
    fn a_summary_for_a_pull_request() {
        insta::assert_snapshot!(summary(&sample::checked()));
        assert_eq!(
            summary(&sample::clean()),
            "## ✅ docsite check: no findings in 2 documents"
        );
    }

    #[test]
    fn no_text_of_a_document_is_interpreted() {
        let checked = sample::checked();
        let (cells, foreign) = read(&summary(&checked));
        assert_eq!(foreign, [""; 0]);
        // Two tables of findings and one of the change, each with its head.
        assert_eq!(cells, 3 * (checked.findings.len() + 2) + 4 * 4);
    }

    #[test]
    fn long_lists_are_cut() {
        let mut checked = sample::clean();
        let error = |at| {
            let error = sample::error(Rule::BrokenImage, format!("{at}.md"), "x".repeat(1000));
            error.at(Position::START)
        };
        checked.findings = (0..200).map(error).collect();
        let text = summary(&checked);
        assert_eq!(read(&text).0, 3 * (MAX_ROWS + 1));
        assert!(text.ends_with("\n\nand 150 more"));
        assert!(text.contains(&("x".repeat(MAX_CHARACTERS) + "… |")));
    }

    #[test]
    fn warnings_are_folded() {
        let mut checked = sample::checked();
        checked
            .findings
            .retain(|finding| finding.severity() == Severity::Warning);
        let text = summary(&checked);
        assert!(text.starts_with("## ✅"));
        let fold = text.find("<details>").unwrap();
        assert!(text.find("| where |").unwrap() > fold);
        checked.strict = true;
        assert!(summary(&checked).starts_with("## ❌"));
    }

    proptest! {
        #[test]
        fn any_text_stays_in_its_cell(
            message in "[ -~가-힣\n\r\u{202e}\u{1b}]{0,60}", path in "[ -~가\n]{1,20}",
        ) {
            let mut checked = sample::with_message(&message);
            checked.findings[0].path = path;
            let (cells, foreign) = read(&summary(&checked));
            prop_assert_eq!(cells, 6);
            prop_assert_eq!(foreign, Vec::<String>::new());
        }
    }
}
