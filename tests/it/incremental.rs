//! The bytes of an incremental build equal those of a clean build with the same documents
//! published: sites are edited at random, and compared. The same input gives the same bytes in
//! every folder.

use std::path::Path;

use proptest::prelude::*;

use crate::harness::{Run, SiteTest};

const TOPICS: [&str; 3] = ["gw", "xds", "sec"];

/// What somebody does to a site between two builds.
#[derive(Debug, Clone)]
enum Edit {
    /// Writes a document (new or not), and publishes it if asked.
    Document(usize, u32, bool),
    /// Takes a document and its page away.
    Remove(usize),
    /// Takes a page away: its document is published no more.
    Unpublish(usize),
    Flow(u32),
    Settings(u32),
    Template(u32),
    Attachment(u32),
    Style(u32),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let doc = 0..7_usize;
    let edit = prop_oneof![
        4 => (doc.clone(), 0..64_u32, any::<bool>()).prop_map(|(d, v, p)| Edit::Document(d, v, p)),
        1 => doc.clone().prop_map(Edit::Remove),
        1 => doc.prop_map(Edit::Unpublish),
        2 => (0..6_u32).prop_map(Edit::Flow),
        1 => (0..4_u32).prop_map(Edit::Settings),
        1 => (0..4_u32).prop_map(Edit::Template),
        2 => (0..6_u32).prop_map(Edit::Attachment),
        1 => (0..2_u32).prop_map(Edit::Style),
    ];
    prop::collection::vec(edit, 3..9)
}

fn name(doc: usize) -> String {
    format!("{}__note-{doc}", TOPICS[doc % TOPICS.len()])
}

/// A text whose links, diagram, headings and front matter follow from a number.
fn text(doc: usize, variant: u32) -> String {
    let mut text = String::new();
    if variant & 1 == 1 {
        let other = name((doc + 1) % 7);
        text += &format!("---\ndeprecated: old\nsuperseded_by: {other}\ntags: [t{variant}]\n---\n");
    }
    text += &format!("# 문서 {doc} *판* {}\n\n요약 {variant}.\n", variant / 16);
    for step in [1, 3] {
        let other = name((doc + step + variant as usize) % 7);
        text += &format!("\nSee [{step}]({other}.html#part) and [y](attachment/x{step}.yaml).\n");
    }
    if variant & 2 == 2 {
        text += "\n## Part\n\n```mermaid\nflowchart LR\n  a --> b\n```\n";
    }
    text
}

fn flow(variant: u32) -> String {
    let docs: Vec<String> = (0..variant as usize)
        .map(|doc| format!("{{\"doc\": {:?}, \"note\": \"n{variant}\"}}", name(doc)))
        .collect();
    let docs = docs.join(", ");
    format!("{{\"stages\": [{{\"title\": \"0 A\", \"docs\": [{docs}]}}, {{\"title\": \"1 B\"}}]}}")
}

/// Does what somebody does, and tells docsite. Document 0 is always published.
fn apply(site: &SiteTest, edit: &Edit) {
    let toggle = |path: &str, text: Option<String>| match text {
        Some(text) => site.write(path, text),
        None if site.has(path) => site.remove(path),
        None => {}
    };
    let page = |doc: usize| format!("public/{}.html", name(doc));
    match *edit {
        Edit::Document(doc, variant, publish) => {
            site.write(&format!("markdown/{}.md", name(doc)), text(doc, variant));
            if publish {
                finished(&site.render(&name(doc)));
            }
        }
        Edit::Remove(0) | Edit::Unpublish(0) => {}
        Edit::Remove(doc) => {
            toggle(&format!("markdown/{}.md", name(doc)), None);
            toggle(&page(doc), None);
        }
        Edit::Unpublish(doc) => toggle(&page(doc), None),
        Edit::Flow(0) => toggle("flow.json", None),
        Edit::Flow(variant) => site.write("flow.json", flow(variant)),
        Edit::Settings(variant) => {
            let language = ["ko", "en"][variant as usize % 2];
            let topic = TOPICS[variant as usize % 3];
            let settings = format!("language = {language:?}\n[[topics]]\nprefix = {topic:?}\n");
            toggle("docsite.toml", (variant > 0).then_some(settings));
        }
        Edit::Template(variant) => {
            let template = format!(
                "{{% extends \"builtin/page.html\" %}}{{% block footer %}}{variant}{{% endblock %}}"
            );
            toggle("templates/page.html", (variant > 0).then_some(template));
        }
        Edit::Attachment(variant) => {
            let path = format!("attachment/x{}.yaml", variant % 3 + 1);
            toggle(
                &path,
                (variant > 2).then(|| "a: 1\n".repeat(variant as usize)),
            );
        }
        Edit::Style(variant) => site.write("assets/viz.css", format!("p{{order:{variant}}}\n")),
    }
    finished(&site.rebuild());
}

/// Done, or done but for findings in the content.
fn finished(run: &Run) {
    assert!(run.status < 2, "{run:?}");
}

/// The same sources in another folder, with the same documents published from nothing.
fn clean_build(site: &SiteTest) -> SiteTest {
    let clean = SiteTest::copy_of(site.root(), &["public", ".docsite"]);
    let output = site.output();
    let published = output.paths().into_iter();
    let published = published.filter_map(|path| path.strip_suffix(".html"));
    let mut args = vec!["render"];
    args.extend(published.filter(|name| name.contains("__")));
    finished(&clean.run(&args));
    clean
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        max_shrink_iters: 24,
        ..ProptestConfig::default()
    })]

    #[test]
    fn an_incremental_build_equals_a_clean_one(edits in edits()) {
        let site = SiteTest::new();
        for doc in 0..3 {
            site.write(&format!("markdown/{}.md", name(doc)), text(doc, 3));
        }
        site.rebuild();
        for edit in &edits {
            apply(&site, edit);
        }
        let clean = clean_build(&site);
        prop_assert_eq!(clean.output().changed(&site.output()), [""; 0]);
        let (again, anew) = (site.writes_nothing(&["rebuild"]), clean.rebuild());
        prop_assert_eq!(again.err, anew.err);
    }
}

fn repo_copy() -> SiteTest {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let others = [
        "target", "public", "src", "tests", "benches", ".git", ".docsite",
    ];
    SiteTest::copy_of(root, &others)
}

#[test]
fn the_same_sources_give_the_same_bytes_in_every_folder() {
    let (one, other) = (repo_copy(), repo_copy());
    one.rebuild().ends(0);
    let env = [
        ("LC_ALL", "ko_KR.UTF-8"),
        ("TZ", "Asia/Seoul"),
        ("NO_COLOR", "1"),
    ];
    let elsewhere = other.path("..");
    other
        .run_with(&elsewhere, &["--site", "site", "rebuild"], &env)
        .ends(0);
    assert_eq!(one.output().changed(&other.output()), [""; 0]);
}

#[test]
fn no_byte_of_the_output_tells_where_or_when_it_was_built() {
    let site = repo_copy();
    site.rebuild().ends(0);
    let folder = site.root().to_str().unwrap();
    for (path, bytes) in site.output().files() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(folder), "{path}");
    }
}

#[test]
fn documents_rendered_one_by_one_are_those_rendered_together() {
    let (one, other) = (repo_copy(), repo_copy());
    one.rebuild().ends(0);
    for path in one.tree().paths() {
        if let Some(name) = path.strip_prefix("markdown/") {
            finished(&other.render(name));
        }
    }
    other.rebuild().ends(0);
    assert_eq!(one.output().changed(&other.output()), [""; 0]);
}

#[test]
fn what_was_read_before_helps_and_is_never_believed_against_the_files() {
    let cache = ".docsite/cache/documents";
    let text =
        "---\ntags: [a]\nowner: {team: net}\n---\n# A\n\n[b](gw__note-b.html#part) <i>x</i>\n";
    let site = SiteTest::new()
        .doc("gw__note-a", text)
        .doc("gw__note-b", "# B\n\n## Part\n");
    site.rebuild().ok();
    let clean = site.output();
    let kept = site.bytes(cache);
    let mut torn = kept.clone();
    let middle = torn.len() / 2;
    torn[middle] ^= 1;
    for bytes in [&kept[..], &torn, &kept[..middle], &[], b"x", &[0; 64]] {
        site.write(cache, bytes);
        site.remove("public");
        site.rebuild().ok();
        assert_eq!(clean.changed(&site.output()), [""; 0]);
    }
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("## Part", "## Other")
    });
    site.run(&["check"]).ends(1).complains("broken-heading");
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("## Other", "## Part")
    });
    site.run(&["check"]).ends(0);
}
