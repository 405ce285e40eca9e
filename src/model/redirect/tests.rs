//! Where redirects lead, and what is said of those that lead nowhere.

use std::collections::BTreeSet;

use super::{Around, Written, resolve};
use crate::diagnostic::Position;
use crate::markdown::events::Dialect;
use crate::model::corpus::Corpus;
use crate::model::document;
use crate::name::Basename;

fn site(documents: &[(&str, &str)], written: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let documents = documents.iter().map(|(name, head)| {
        let name = Basename::parse(name).expect("valid");
        let text = format!("---\n{head}\n---\n# T\n");
        document::read(name, text.as_bytes(), Dialect::Site { math: true }).document
    });
    let (corpus, _) = Corpus::new(documents.collect(), |_| false);
    let published = corpus.iter().filter(|(_, it)| !it.front.draft);
    let published = published.map(|(id, _)| id).collect();
    let files = BTreeSet::from(["attachment/a b.yaml".to_owned()]);
    let around = Around {
        corpus: &corpus,
        published: &published,
        files: &files,
        base_url: "https://ex.org/docs",
    };
    let written: Vec<Written> = written
        .iter()
        .zip(1..)
        .map(|((from, to), line)| Written {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            at: Position { line, column: 1 },
        })
        .collect();
    let (redirects, findings) = resolve(&written, around);
    let redirects = redirects.iter().map(|redirect| {
        let page = if redirect.has_page() { "" } else { " (host)" };
        format!("{} -> {}{page}", redirect.from, redirect.address(&corpus))
    });
    let findings = findings.iter().map(|finding| {
        let line = finding.position.map_or(0, |at| at.line);
        format!("{line}: {}: {}", finding.kind.code(), finding.message)
    });
    (redirects.collect(), findings.collect())
}

const DOCUMENTS: [(&str, &str); 3] = [
    (
        "gw__guide-new",
        "aliases: [gw__note-old, /posts/2019/, 옛 제목, GW__guide-new]",
    ),
    ("gw__note-b", "aliases: [gw__note-old, gw__guide-new]"),
    ("gw__note-draft", "draft: true\naliases: [gw__note-idea]"),
];

#[test]
fn aliases_that_are_paths_lead_to_their_documents() {
    let (redirects, findings) = site(&DOCUMENTS, &[]);
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        redirects,
        [
            "gw__note-old.html -> gw__guide-new.html",
            "posts/2019/index.html -> gw__guide-new.html"
        ]
    );
}

#[test]
fn settings_lead_to_documents_files_and_addresses() {
    let written = [
        ("old/page", "gw__guide-new#why"),
        ("/old/", "/"),
        ("Old.php", "gw__note-b.md"),
        ("chain", "old/page"),
        ("옛-글", "attachment/a b.yaml"),
        ("gw__note-1.24", "https://istio.io/x#y"),
    ];
    let (redirects, findings) = site(&DOCUMENTS, &written);
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        redirects,
        [
            "Old.php -> gw__note-b.html (host)",
            "chain.html -> gw__guide-new.html#why",
            "gw__note-1.24.html -> https://istio.io/x#y",
            "gw__note-old.html -> gw__guide-new.html",
            "old/index.html -> index.html",
            "old/page.html -> gw__guide-new.html#why",
            "posts/2019/index.html -> gw__guide-new.html",
            "옛-글.html -> attachment/a%20b.yaml",
        ]
    );
}

#[test]
fn a_redirect_that_shadows_loops_or_leads_nowhere_is_found() {
    let written = [
        ("gw__note-b", "gw__guide-new"),
        ("INDEX.html", "gw__guide-new"),
        ("attachment/x", "gw__guide-new"),
        ("x", "y"),
        ("y", "/x.html"),
        ("z", "gw__guide-nev"),
        ("d", "gw__note-draft"),
        ("Z.html", "gw__guide-new"),
        ("gw__note-old", "gw__note-b"),
    ];
    let (redirects, findings) = site(&DOCUMENTS, &written);
    assert_eq!(
        redirects,
        [
            "gw__note-old.html -> gw__note-b.html",
            "posts/2019/index.html -> gw__guide-new.html"
        ]
    );
    let mut findings = findings;
    findings.sort();
    assert_eq!(
        findings,
        [
            "1: redirect-shadows: the redirect from `gw__note-b` is in the place of markdown/gw__note-b.md",
            "2: redirect-shadows: the redirect from `INDEX.html` is in the place of docsite's own index.html",
            "3: redirect-shadows: the redirect from `attachment/x` is in the place of what is in attachment/",
            "4: redirect-loop: the redirect from `x` leads back to itself",
            "5: redirect-loop: the redirect from `y` leads back to itself",
            "6: redirect-target: the redirect links to `gw__guide-nev`, which does not exist",
            "7: redirect-target: the redirect links to `gw__note-draft`, which is not published",
            "8: redirect-shadows: the redirect from `Z.html` is in the place of the redirect on line 6",
            "9: redirect-shadows: the redirect from `gw__note-old` is in the place of an alias of another document",
        ]
    );
}

#[test]
fn an_address_that_windows_cannot_have_as_a_file_is_left_to_the_server() {
    let documents = [(
        "gw__note-a",
        "aliases: [/posts/aux/, '/what-is:x', /posts/a/]",
    )];
    let (redirects, _) = site(&documents, &[]);
    assert_eq!(
        redirects,
        [
            "posts/a/index.html -> gw__note-a.html",
            "posts/aux/index.html -> gw__note-a.html (host)",
            "what-is:x.html -> gw__note-a.html (host)",
        ]
    );
}

#[test]
fn a_redirect_is_in_the_place_of_no_file_and_no_folder() {
    let written = [
        ("gw__note-b.html/x", "gw__guide-new"),
        ("llms.txt", "gw__guide-new"),
        ("robots.txt/x", "gw__guide-new"),
        ("a.html/b", "gw__guide-new"),
        ("a", "gw__guide-new"),
        ("c", "gw__guide-new"),
        ("c.html/d/e", "gw__guide-new"),
    ];
    let (redirects, findings) = site(&[("gw__guide-new", ""), ("gw__note-b", "")], &written);
    assert_eq!(
        redirects,
        [
            "a.html/b.html -> gw__guide-new.html",
            "c.html -> gw__guide-new.html"
        ]
    );
    let shadows = findings
        .iter()
        .map(|finding| finding.split_once(": redirect-shadows: "));
    let lines: Vec<&str> = shadows.map(|found| found.expect("shadows").0).collect();
    assert_eq!(lines, ["1", "2", "3", "5", "7"], "{findings:?}");
}

#[test]
fn an_address_of_the_site_itself_is_a_path() {
    let written = [
        ("x", "https://ex.org/docs/x.html"),
        ("y", "https://ex.org/docs/nope.html"),
        ("z", "https://ex.org/docs/gw__note-b.html#a"),
        ("home", "https://ex.org/docs"),
        ("out", "https://ex.org/docs-other"),
    ];
    let (redirects, findings) = site(&[("gw__note-b", "")], &written);
    assert_eq!(
        redirects,
        [
            "home.html -> index.html",
            "out.html -> https://ex.org/docs-other",
            "z.html -> gw__note-b.html#a",
        ]
    );
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(findings[0].starts_with("1: redirect-loop"), "{findings:?}");
    assert!(
        findings[1].starts_with("2: redirect-target"),
        "{findings:?}"
    );
}
