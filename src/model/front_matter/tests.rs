//! Tests with front matter as people write it, with and without mistakes.

use super::{FrontMatter, Kind, Problem, read, split};

fn front(text: &str) -> (FrontMatter, Vec<Problem>) {
    read(text, &split(text))
}

/// The line, message and help of each problem.
fn problems(block: &str) -> Vec<(usize, String, String)> {
    let text = format!("---\n{block}\n---\n본문\n");
    let (_, problems) = front(&text);
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let problems = problems.into_iter();
    problems
        .map(|problem| (line(problem.span.start), problem.message, problem.help))
        .collect()
}

fn of(block: &str) -> FrontMatter {
    front(&format!("---\n{block}\n---\n본문\n")).0
}

#[test]
fn known_keys_are_read_and_the_rest_is_kept() {
    let (front, problems) = front(
        "---\ntitle: 제목\ndeprecated: 새 문서로 옮김\nsuperseded_by: gw__note-b\ndraft: false\n\
         tags: [a, 1]\ndate: 2026-06-11\nowner:\n  team: net\nweight: 3\n---\n본문\n",
    );
    assert_eq!(problems, []);
    assert_eq!(front.title.as_deref(), Some("제목"));
    assert_eq!(front.deprecated.as_deref(), Some("새 문서로 옮김"));
    assert_eq!(front.superseded_by.expect("one").as_str(), "gw__note-b");
    assert_eq!(front.tags, ["a", "1"]);
    assert_eq!(front.date.as_deref(), Some("2026-06-11"));
    assert_eq!(front.extra["owner"]["team"], "net");
    assert_eq!(front.extra["weight"], 3);
}

#[test]
fn a_draft_says_no_in_any_spelling_of_no_and_else_it_is_one() {
    for no in [
        "false",
        "False",
        "FALSE",
        "no",
        "No",
        "off",
        "n",
        "0",
        "\"false\"",
        "'no'",
        "\"0\"",
        "false # yet",
        "~",
        "null",
        "아니오",
    ] {
        let block = format!("draft: {no}");
        assert_eq!(
            (of(&block).draft, problems(&block)),
            (false, vec![]),
            "{no}"
        );
    }
    for yes in ["true", "True", "yes", "on", "1", "y", "\"true\"", "'yes'"] {
        let block = format!("draft: {yes}");
        assert_eq!(
            (of(&block).draft, problems(&block)),
            (true, vec![]),
            "{yes}"
        );
    }
    for odd in [
        "perhaps",
        "2026-01-01",
        "[false]",
        "{a: b}",
        "\n  a: b",
        "@x",
        "true false",
    ] {
        let block = format!("draft: {odd}");
        assert_eq!(
            (of(&block).draft, problems(&block).len()),
            (true, 1),
            "{odd}"
        );
    }
    assert_eq!((of("draft:").draft, problems("draft:").len()), (false, 1));
    assert!(of("Draft: true").draft && of("DRAFT : yes").draft && of("\"draft\": true").draft);
}

#[test]
fn a_draft_line_counts_wherever_it_is() {
    for block in [
        "title: \"open\ndraft: true",
        "tags: [a\ndraft: true",
        "draft:true",
        "draft：true",
        "draft = true",
        "title: x\n  draft: true",
        "  title: x\n  draft: true",
        " title: x\ndraft: true",
        "title 제목\ndraft: true",
        "{title: x, draft: true}",
        "{\n\"draft\": true\n}",
        "owner: {\ndraft: true\n}",
        "a: b: c\ndraft: true",
        "draft: true\ndraft: false",
        "draft: false\ndraft: true",
        "\ttitle: x\n\tdraft: true",
    ] {
        assert!(of(block).draft, "{block}");
    }
    for block in [
        "seo:\n  draft: true",
        "description: |\n  draft: true",
        "tags: [draft]",
        "a: b: c\ndraft: no",
    ] {
        assert!(!of(block).draft, "{block}");
    }
    for text in [
        "---\ndraft: true\n\n# 본문\n",
        "\n---\ndraft: true\n---\n# 본문\n",
        "# 본문\n\n+++\ndraft = true\n+++\n",
        "{\n\"draft\": true\n}\n\n# 본문\n",
        "+++\ndraft = true\n+++\n",
        "+++\ntitle = 제목\ndraft = true\n+++\n",
    ] {
        assert!(front(text).0.draft, "{text}");
    }
}

#[test]
fn a_value_that_cannot_be_used_says_what_to_write_and_the_rest_is_used() {
    let cases = [
        ("updated: 1653409628830", "`updated: 2022-05-24`"),
        ("date: 25/01/2024", "`date: 2024-01-25`"),
        ("date: 2024-02-30", "`date: 2026-01-31`"),
        ("date: soon", "`date: 2026-01-31`"),
        ("date: [2024]", "`date: 2026-01-31`"),
        ("lastmod: soon", "`updated: 2026-01-31`"),
        ("tags: {a: {b: c}}", "`tags: [a, b]`"),
        ("tags: [a, {b: c}]", "`tags: [a, b]`"),
        (
            "tags: a b",
            "`tags: [\"a b\"]`, or `tags: [a, b]` for several",
        ),
        (
            "aliases: x y",
            "`aliases: [\"x y\"]`, or `aliases: [x, y]` for several",
        ),
        ("aliases:\n  a: b", "`aliases: [a, b]`"),
        ("title:\n  ko: 제목", "`title: \"…\"`"),
        ("description:\n- a", "`description: \"…\"`"),
        ("description: [a]", "`description: \"[a]\"`"),
        ("deprecated: [a]", "`deprecated: \"[a]\"`"),
        ("superseded_by: ../x", "the basename of one document"),
        ("superseded_by: [a, b]", "the basename of one document"),
        ("titel: x", "did you mean `title`?"),
        ("published: false", "`draft: true`"),
        ("title: a\ntitle: b", "keep one of the two lines"),
        ("title:제목", "`title: 제목`"),
    ];
    for (block, help) in cases {
        let found = problems(&format!("owner: net\n{block}"));
        let [(line, message, said)] = &found[..] else {
            panic!("{block}: {found:?}");
        };
        assert!(said.contains(help), "{block}: {message} / {said}");
        assert!(
            *line == 3 || (*line == 4 && block.contains('\n')),
            "{block}: {line}"
        );
        let used = of(&format!("{block}\nowner: net\ndescription: 요약"));
        assert_eq!(used.extra["owner"], "net", "{block}");
        assert_eq!(used.description.as_deref(), Some("요약"), "{block}");
        assert!(!used.draft, "{block}");
    }
}

#[test]
fn what_can_be_used_of_a_value_is() {
    assert_eq!(of("tags: [a, {b: c}, 1.30]").tags, ["a", "1.30"]);
    assert_eq!(of("tags: a, b").tags, ["a", "b"]);
    assert_eq!(of("tags: #a #b").tags, ["a", "b"]);
    assert_eq!(of("tags: a b").tags, ["a b"]);
    assert_eq!(of("tag: a").tags, ["a"]);
    assert_eq!(of("alias: old").aliases, ["old"]);
    assert_eq!(of("aliases:\n- 1.30\n- null").aliases, ["1.30", "null"]);
    assert_eq!(of("tags: [a, b").tags, ["a", "b"]);
    assert_eq!(of("title: a\ntitle: b").title.as_deref(), Some("b"));
    assert_eq!(of("deprecated: 0755").deprecated.as_deref(), Some("0755"));
    assert_eq!(of("deprecated: No").deprecated, None);
    assert_eq!(of("deprecated: on").deprecated.as_deref(), Some(""));
    assert_eq!(
        of("deprecated: 옮김: 새 문서").deprecated.as_deref(),
        Some("옮김: 새 문서")
    );
    let name = |block: &str| of(block).superseded_by.map(String::from);
    assert_eq!(
        name("superseded_by: [[gw__note-b]]").as_deref(),
        Some("gw__note-b")
    );
    assert_eq!(
        name("superseded_by: gw__note-b.md").as_deref(),
        Some("gw__note-b")
    );
    assert_eq!(problems("superseded_by: [[gw__note-b]]"), []);
}

#[test]
fn names_of_other_programs_are_read_and_stay_for_templates() {
    let front =
        of("lastmod: 2024/01/25\nsummary: 요약\ndate created: 2024-01-24 10:00\nTitle: 제목");
    assert_eq!(front.updated.as_deref(), Some("2024-01-25"));
    assert_eq!(front.date.as_deref(), Some("2024-01-24"));
    assert_eq!(front.description.as_deref(), Some("요약"));
    assert_eq!(front.title.as_deref(), Some("제목"));
    assert_eq!(front.extra["lastmod"], "2024/01/25");
    let own = of("description: 요약\nsummary: 다른 것");
    assert_eq!(own.description.as_deref(), Some("요약"));
    assert_eq!(own.extra["summary"], "다른 것");
}

#[test]
fn a_broken_block_is_reported_once_at_its_line_in_plain_words() {
    let cases = [
        ("title: x\na: \"open\nb: c", 3),
        ("title: x\na: b: c", 3),
        ("title: x\na: &a [*b]", 3),
        ("title: x\n말", 3),
        ("title: \"open", 2),
        ("tags: [a", 2),
        ("a: [b", 2),
        ("a: {b", 2),
        ("\ttitle: x\n말", 3),
        ("a: @b", 2),
        ("{a: b}", 2),
        ("- a\ntitle: x", 2),
    ];
    for (block, line) in cases {
        let text = format!("---\n{block}\n---\n본문\n");
        let (_, found) = front(&text);
        let broken: Vec<&Problem> = found.iter().filter(|p| p.kind == Kind::Broken).collect();
        let [problem] = &broken[..] else {
            panic!("{block}: {found:?}");
        };
        let at = text[..problem.span.start].matches('\n').count() + 1;
        assert_eq!(at, line, "{block}");
        for words in [
            "mapping", "scanning", "serde", " at line", "column", "expected",
        ] {
            assert!(
                !problem.message.contains(words),
                "{block}: {}",
                problem.message
            );
        }
    }
}

#[test]
fn toml_is_read_by_the_same_rules() {
    let (front, problems) = front(
        "+++\ntitle = \"제목\"\ndate = 2026-01-01\ntags = [\"a\", 'b']\nweight = 3\n\
         description = \"\"\"\n두\n줄\"\"\"\n[params]\ndraft = true\nteam = \"net\"\n+++\n본문\n",
    );
    assert_eq!(problems, []);
    assert_eq!(front.title.as_deref(), Some("제목"));
    assert_eq!(front.description.as_deref(), Some("두 줄"));
    assert_eq!(front.date.as_deref(), Some("2026-01-01"));
    assert_eq!(front.tags, ["a", "b"]);
    assert!(!front.draft, "a key of a table is not the document's");
    assert_eq!(front.extra["params"]["team"], "net");
    assert_eq!(front.extra["weight"], 3);
    let text = "+++\ntitle = 제목\nx = y\n+++\n";
    let (front, problems) = read(text, &split(text));
    assert_eq!(front.title.as_deref(), Some("제목"));
    let kinds: Vec<Kind> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [Kind::Value, Kind::Broken]);
}

#[test]
fn any_bytes_are_read() {
    let long = "x".repeat(100_000);
    let many = "k: [\n".repeat(20_000);
    let same = "draft: \"\n".repeat(100_000);
    for block in [
        &long,
        &many,
        &same,
        &format!("title: {long}"),
        &format!("tags: [{}", "[".repeat(50_000)),
    ] {
        let _ = of(block);
    }
}
