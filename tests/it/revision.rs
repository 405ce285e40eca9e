//! A run that finds the text of a document changed, and nothing that others show of it, reads and
//! makes no other document. It leaves the same files and reports the same as a run that looks at
//! everything, which any other change leads to.

use std::thread;
use std::time::Duration;

use crate::harness::{Run, SiteTest};

const COUNT: usize = 9;
/// Longer than a tick of a file system's clock.
const TICKS: Duration = Duration::from_millis(40);
const PLAIN: usize = 1;
const UNDRAWN: usize = 6;
const IN_FLOW: usize = 7;
const WITH_FINDING: usize = 8;

fn name(number: usize) -> String {
    format!("gw__note-{number}")
}

fn source(number: usize) -> String {
    format!("markdown/{}.md", name(number))
}

/// With everything that a document usually has.
fn text(number: usize) -> String {
    let next = name((number + 1) % COUNT);
    let extra = match number {
        UNDRAWN => "\n```dot\ndigraph { a -> }\n```\n",
        WITH_FINDING => "\n[nowhere](gw__note-none.html) <blink>x</blink>\n",
        _ => "",
    };
    format!(
        "---\ndescription: 글 {number}.\ntags: [x]\n---\n# 글 {number}\n\n첫 문장이다. Second \
         sentence.\n\n## 상태\n\n상태를 본다.\n\n| a | b |\n|---|---|\n| 1 | `{number}` |\n\n\
         같이 볼 글: [다음]({next}.md#상태).\n\n```dot\ndigraph {{ a -> b{number} }}\n```\n\n\
         ## 설정\n\n설정을 읽는다.\n\n```yaml\nnumber: {number}\n```\n\n> [!NOTE]\n> 참고.\n\n\
         See [x](attachment/x.yaml).\n{extra}"
    )
}

/// Built, and as a second run finds it.
fn settled(settings: &str) -> SiteTest {
    let site = (0..COUNT).fold(SiteTest::new(), |site, number| {
        site.doc(&name(number), text(number))
    });
    site.write("docsite.toml", settings);
    site.write("attachment/x.yaml", "a: 1\n");
    let doc = name(IN_FLOW);
    let flow = format!("{{\"stages\": [{{\"title\": \"0 A\", \"docs\": [\"{doc}\"]}}]}}");
    site.write("flow.json", flow);
    thread::sleep(TICKS);
    site.run(&["rebuild", "--all"]);
    settle(&site);
    site
}

fn settle(site: &SiteTest) {
    thread::sleep(TICKS);
    site.rebuild();
}

fn default_site() -> SiteTest {
    settled("publish = \"all\"\n")
}

/// A site whose pages are beside `markdown/`: nothing is copied.
fn flat_site() -> SiteTest {
    settled("output = \".\"\npublish = \"all\"\n")
}

fn replace(site: &SiteTest, number: usize, from: &str, to: &str) {
    site.edit(&source(number), |text| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
}

/// The stages of a run with what they counted, if they counted anything.
fn stages(run: &mut Run) -> Vec<(String, u64)> {
    let (err, line) = match run.err.trim_end().rsplit_once('\n') {
        Some((err, line)) => (format!("{err}\n"), line),
        None => (String::new(), run.err.trim_end()),
    };
    let json: serde_json::Value = serde_json::from_str(line).expect("timings");
    let stages = json["stages"].as_array().expect("stages").iter();
    let stages = stages.map(|stage| {
        let name = stage["stage"].as_str().expect("a name").to_owned();
        (name, stage["items"].as_u64().expect("a number"))
    });
    let stages = stages.collect();
    run.err = err;
    stages
}

/// Runs, and compares with a run that knows nothing of earlier ones; then runs again. Whether no
/// other document was looked at.
#[track_caller]
fn is_revised(site: &SiteTest) -> bool {
    let other = SiteTest::copy_of(site.root(), &[]);
    other.remove(".docsite/cache");
    thread::sleep(TICKS);
    let mut run = site.run(&["rebuild", "--timings=json"]);
    let whole = other.rebuild();
    let stages = stages(&mut run);
    assert_eq!((&run.out, &run.err), (&whole.out, &whole.err));
    assert_eq!(run.status, whole.status);
    let changed = |site: &SiteTest, other: &SiteTest| {
        let mut trees = [site.tree(), other.tree()];
        trees.iter_mut().for_each(crate::tree::Tree::files_only);
        trees[0].changed(&trees[1])
    };
    assert_eq!(changed(site, &other), [""; 0]);
    let (again, anew) = (site.rebuild(), other.rebuild());
    assert_eq!((again.out, again.err), (anew.out, anew.err));
    let counted = |name: &str| stages.iter().find(|(stage, _)| stage == name);
    if counted("resolve").is_some() || counted("discover").is_some() {
        return false;
    }
    let rendered = counted("render").map_or(0, |(_, items)| *items);
    let parsed = counted("parse").map_or(0, |(_, items)| *items);
    assert!(parsed < COUNT as u64 && rendered <= parsed, "{stages:?}");
    true
}

#[test]
fn a_sentence_is_one_document_and_no_other() {
    for site in [default_site(), flat_site()] {
        for (from, to) in [
            ("Second sentence.", "Another sentence, and one more."),
            ("| 1 | `1` |", "| 1 | `1` |\n| 2 | `2` |"),
            ("number: 1\n", "number: 1\nother: 2\n"),
            ("> 참고.", "> **참고**한다.\n>\n> Twice."),
            (
                "## 설정\n\n설정을 읽는다.",
                "## 설정\n\n설정을 두 번 읽는다.\n\n새 문단이다.",
            ),
            // The text under a heading that another document links to.
            ("상태를 본다.", "상태를 두 번 본다."),
            ("첫 문장이다.", "첫 문장과 다른 문장이다."),
        ] {
            replace(&site, PLAIN, from, to);
            assert!(is_revised(&site), "{from}");
        }
        site.edit(&source(PLAIN), |text| text + "\nThe end.\n");
        assert!(is_revised(&site), "at the end");
    }
}

#[test]
fn a_document_of_the_reading_path_changes_its_hash_there() {
    for site in [default_site(), flat_site()] {
        replace(&site, IN_FLOW, "Second", "Third");
        replace(&site, PLAIN, "Second", "Third");
        assert!(is_revised(&site));
        replace(&site, IN_FLOW, "Third", "Fourth");
        assert!(is_revised(&site));
    }
    let site = default_site();
    let text = "{% extends \"builtin/index.html\" %}";
    site.write("templates/index.html", text);
    settle(&site);
    settle(&site);
    replace(&site, IN_FLOW, "Second", "Third");
    assert!(!is_revised(&site));
    // A template may show the hash of any document.
    replace(&site, PLAIN, "Second", "Third");
    assert!(!is_revised(&site));
}

#[test]
fn only_what_changed_is_parsed_and_made() {
    let site = default_site();
    replace(&site, PLAIN, "Second", "Third");
    replace(&site, PLAIN + 1, "첫 문장이다", "첫 번째 문장이다");
    let mut run = site.run(&["rebuild", "--timings=json"]);
    let counted = stages(&mut run);
    let counted: Vec<_> = counted.iter().filter(|(_, items)| *items > 0).collect();
    let expected = [("parse", 2), ("render", 2)].map(|(name, items)| (name.to_owned(), items));
    assert_eq!(counted, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_document_that_is_written_again_as_it_was_changes_nothing() {
    let site = default_site();
    site.edit(&source(PLAIN), |text| text);
    assert!(is_revised(&site));
    assert!(
        site.writes_nothing(&["rebuild"])
            .out
            .contains("0 pages written")
    );
}

#[test]
fn an_edit_of_equal_size_is_revised() {
    let site = default_site();
    replace(&site, PLAIN, "Second", "Fourth");
    assert!(is_revised(&site));
    assert!(site.read("public/gw__note-1.html").contains("Fourth"));
}

#[test]
fn whatever_more_than_the_page_can_show_is_a_whole_run() {
    let changes: [(&str, usize, &str, &str); 14] = [
        ("a link", PLAIN, "See [x]", "[n](gw__note-4.html) See [x]"),
        ("a link less", PLAIN, "See [x](attachment/x.yaml).", "See."),
        ("the words around a link", PLAIN, "같이 볼 글:", "또 볼 글:"),
        ("a heading", PLAIN, "## 설정", "## 다른 설정"),
        ("a title", PLAIN, "# 글 1", "# 다른 글"),
        (
            "a summary",
            PLAIN,
            "description: 글 1.",
            "description: 다른 글.",
        ),
        ("a tag", PLAIN, "tags: [x]", "tags: [y]"),
        ("a draft", PLAIN, "tags: [x]", "draft: true"),
        ("a diagram", PLAIN, "a -> b1", "a -> c"),
        ("a finding", PLAIN, "> 참고.", "> <blink>x</blink>"),
        ("a finding less", WITH_FINDING, "<blink>x</blink>", "x"),
        (
            "the place of a finding",
            WITH_FINDING,
            "첫 문장이다.",
            "첫\n\n문장이다.",
        ),
        (
            "the line of a diagram",
            UNDRAWN,
            "첫 문장이다.",
            "첫\n\n문장이다.",
        ),
        (
            "a line of a comment",
            PLAIN,
            "> 참고.",
            "> 참고.\n\n<!-- docsite-ignore x -->\n",
        ),
    ];
    let site = default_site();
    for (about, number, from, to) in changes {
        replace(&site, number, from, to);
        assert!(!is_revised(&site), "{about}");
        site.write(&source(number), text(number));
        settle(&site);
        settle(&site);
    }
}

#[test]
fn another_change_at_the_same_time_is_a_whole_run() {
    type Change = fn(&SiteTest);
    let changes: [(&str, Change); 6] = [
        ("an attachment", |site| {
            site.write("attachment/x.yaml", "a: 22\n");
        }),
        ("a new document", |site| {
            site.write("markdown/gw__note-new.md", "# New\n");
        }),
        ("settings", |site| {
            site.write("docsite.toml", "title = \"T\"\n");
        }),
        ("a template", |site| {
            let text = "{% extends \"builtin/page.html\" %}";
            site.write("templates/page.html", text);
        }),
        ("its page", |site| {
            site.edit("public/gw__note-1.html", |text| text + " ");
        }),
        ("its copy", |site| {
            site.edit("public/markdown/gw__note-1.md", |text| text + " ");
        }),
    ];
    for (about, change) in changes {
        let site = default_site();
        replace(&site, PLAIN, "Second", "Third");
        change(&site);
        assert!(!is_revised(&site), "{about}");
    }
}

#[test]
fn where_the_site_has_its_own_page_template_every_run_is_whole() {
    let site = default_site();
    let text =
        "{% extends \"builtin/page.html\" %}{% block footer %}{{ body | length }}{% endblock %}";
    site.write("templates/page.html", text);
    settle(&site);
    settle(&site);
    replace(&site, PLAIN, "Second", "Third");
    assert!(!is_revised(&site));
}

#[test]
fn a_run_that_was_killed_between_two_files_is_followed_by_a_whole_one() {
    let before = default_site();
    let after = SiteTest::copy_of(before.root(), &[]);
    replace(&after, PLAIN, "상태를 본다.", "상태를 두 번 본다.");
    let text = after.read(&source(PLAIN));
    after.rebuild();
    let written = before.output().changed(&after.output());
    assert!(written.len() >= 4, "{written:?}");
    let site = &before;
    for path in &written {
        site.write(&source(PLAIN), &text);
        let placed = format!("public/{path}");
        site.write(&placed, after.bytes(&placed));
        assert!(!is_revised(site), "{path}");
        assert_eq!(site.output().changed(&after.output()), [""; 0], "{path}");
        site.write(&source(PLAIN), self::text(PLAIN));
        settle(site);
        settle(site);
    }
}

#[test]
fn no_damage_to_what_is_kept_changes_what_is_made() {
    for (damage, site) in ["torn", "cut", "gone"]
        .into_iter()
        .zip([(); 3].map(|()| flat_site()))
    {
        for space in ["run", "files", "documents", "bodies", "code"] {
            let path = format!(".docsite/cache/{space}");
            let mut bytes = site.bytes(&path);
            let middle = bytes.len() / 2;
            match damage {
                "torn" => bytes[middle] ^= 1,
                "cut" => bytes.truncate(middle),
                _ => bytes.clear(),
            }
            site.write(&path, bytes);
            replace(&site, PLAIN, "sentence.", &format!("sentence. {space}"));
            is_revised(&site);
            settle(&site);
        }
    }
}
