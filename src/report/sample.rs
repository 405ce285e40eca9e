//! The result of a check that the tests of all formats share: Korean, and text that could break a
//! format.

use crate::check::changed::{Change, Documents, Findings, Link, Links};
use crate::check::fixes::Fix;
use crate::diagnostic::{Diagnostic, Finding, Position, Severity};
use crate::outcome::check::{Accepted, Checked};
use crate::rule::Rule;

/// The one file that a finding names without a position.
pub(super) const WITHOUT_PLACE: &str = "markdown/gw__note-홀로.md";

const KOREAN: &str = "# 게이트웨이 `egress`\n\n\
    사이드카의 원문은 [스코프](gw__note-없는-문서.html)에 있다.\n\
    \t- 한글 e\u{301} 👩‍👩‍👧 [[arch__note-x]]\n";
const HOSTILE: &str = "a\r\n::error::x \u{1b}[31m]]> | \u{202e} <b>%0A\u{7}</b>\r\n";

fn at(line: usize, column: usize) -> Position {
    Position { line, column }
}

pub(super) fn error(rule: Rule, path: impl Into<String>, message: impl Into<String>) -> Finding {
    Diagnostic::new(rule, path, message).judged(Severity::Error)
}

pub(super) fn warning(rule: Rule, path: impl Into<String>, message: impl Into<String>) -> Finding {
    Diagnostic::new(rule, path, message).judged(Severity::Warning)
}

/// Errors and warnings, a change, a baseline.
pub(super) fn checked() -> Checked {
    let hostile = "no `x|y`\n::error::f]]> <script>@you \"q\" 'a' \u{1b}[31m\u{202e}[a](http://b.c) \
                   www.d.e #1 100%0A, ok:\r";
    Checked {
        findings: vec![
            error(
                Rule::BrokenDocument,
                "markdown/gw__guide-한글.md",
                "no document `gw__note-없는-문서`",
            )
            .at(at(3, 11))
            .over(26)
            .help("did you mean `gw__note-있는-문서`?"),
            warning(
                Rule::Wikilink,
                "markdown/gw__guide-한글.md",
                "is a wikilink",
            )
            .at(at(4, 16))
            .over(16),
            warning(
                Rule::Orphan,
                WITHOUT_PLACE,
                "no document and no stage of the flow links here",
            ),
            error(Rule::RawHtml, "markdown/x,y:z%20]]>\"|.md", hostile)
                .at(at(2, 25))
                .over(3)
                .help("a `|` b\n::stop-commands::x"),
        ],
        fixes: vec![Fix {
            path: "markdown/gw__guide-한글.md".to_owned(),
            finding: at(3, 11),
            span: 0..0,
            position: at(3, 14),
            length: 21,
            text: "gw__note-있는-문서".to_owned(),
            page: None,
        }],
        documents: [
            "markdown/arch__note-x.md",
            "markdown/gw__guide-한글.md",
            WITHOUT_PLACE,
            "markdown/x,y:z%20]]>\"|.md",
        ]
        .map(str::to_owned)
        .to_vec(),
        baseline: Some(Accepted {
            accepted: 12,
            fixed: vec!["orphan markdown/gw__note-옛.md".to_owned()],
        }),
        change: Some(change()),
        strict: false,
        prefix: "docs/site/".to_owned(),
    }
}

fn change() -> Change {
    let link = |from: &str, to: &str| Link {
        from: from.to_owned(),
        to: to.to_owned(),
    };
    Change {
        since: "origin/main".to_owned(),
        documents: Documents {
            added: vec!["gw__guide-한글".to_owned()],
            removed: vec![],
            changed: vec!["arch__note-x".to_owned()],
        },
        links: Links {
            added: vec![],
            removed: vec![link("arch__note-x", "gw__note-홀로")],
        },
        findings: Findings { new: 4, fixed: 1 },
        unlinked: vec!["gw__note-홀로".to_owned()],
    }
}

/// Two documents without findings.
pub(super) fn clean() -> Checked {
    Checked {
        documents: vec!["markdown/a.md".to_owned(), "markdown/b.md".to_owned()],
        ..Checked::default()
    }
}

pub(super) fn with_message(message: &str) -> Checked {
    Checked {
        findings: vec![error(Rule::BrokenDocument, "markdown/a.md", message).at(at(1, 1))],
        ..clean()
    }
}

/// The texts of the files in `checked`.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the shape that the report asks for"
)]
pub(super) fn text_of(path: &str) -> Option<String> {
    let hostile = path.contains("x,y");
    Some(if hostile { HOSTILE } else { KOREAN }.to_owned())
}
