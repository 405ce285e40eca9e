//! The bytes of an incremental build equal those of a clean build with the same documents
//! published: sites are edited at random, and compared. The same input gives the same bytes in
//! every folder.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use crate::harness::{Run, SiteTest};
use crate::tree::Tree;

const TOPICS: [&str; 3] = ["gw", "xds", "sec"];

/// How many sites are edited: CI has time for more.
fn cases() -> u32 {
    let wanted = std::env::var("DOCSITE_RANDOM_EDITS").ok();
    wanted.map_or(20, |count| count.parse().expect("a number"))
}

/// Where pages go, and which documents have one: every combination.
const RULES: [(&str, &str); 4] = [
    ("public", "all"),
    ("public", "pages"),
    (".", "pages"),
    (".", "all"),
];

/// What somebody does to a site between two builds.
#[derive(Debug, Clone)]
enum Edit {
    /// Writes a document, new or not.
    Document(usize, u32),
    /// Changes a sentence of a document, or adds one.
    Sentence(usize, u32),
    /// Publishes it by name.
    Render(usize),
    /// Takes a document away; its page stays for the next build to see.
    Remove(usize),
    /// Gives a document another name.
    Rename(usize, usize),
    /// Makes a document a draft, or no longer one.
    Draft(usize),
    /// Takes it off the site.
    Unpublish(usize),
    /// Spoils its front matter.
    Break(usize),
    Flow(u32),
    Settings(u32),
    Template(u32),
    /// Writes a file of `attachment/` or `assets/`, or deletes it.
    File(usize, u32),
    /// Gives a file its name in the other Unicode form.
    Recompose,
    Style(u32),
    /// Does something to what runs keep for the next one.
    Store(Damage),
}

/// What becomes of `.docsite/cache/`.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Deleted,
    /// A byte in the middle of each file is another.
    Torn,
    /// Each file ends in its middle.
    Cut,
    /// It was written by another program.
    Foreign,
    /// It is as it was when this was last done, as after a backup was restored.
    Older,
}

const DAMAGES: [Damage; 5] = [
    Damage::Deleted,
    Damage::Torn,
    Damage::Cut,
    Damage::Foreign,
    Damage::Older,
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let doc = 0..7_usize;
    let edit = prop_oneof![
        4 => (doc.clone(), 0..64_u32).prop_map(|(doc, variant)| Edit::Document(doc, variant)),
        9 => (0..4_usize, 0..8_u32).prop_map(|(doc, variant)| Edit::Sentence(doc, variant)),
        2 => doc.clone().prop_map(Edit::Render),
        1 => doc.clone().prop_map(Edit::Remove),
        1 => (doc.clone(), doc.clone()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => doc.clone().prop_map(Edit::Draft),
        1 => doc.clone().prop_map(Edit::Unpublish),
        1 => doc.prop_map(Edit::Break),
        2 => (0..6_u32).prop_map(Edit::Flow),
        1 => (0..4_u32).prop_map(Edit::Settings),
        1 => (0..4_u32).prop_map(Edit::Template),
        6 => (0..FILES.len(), 0..5_u32).prop_map(|(f, v)| Edit::File(f, v)),
        1 => Just(Edit::Recompose),
        1 => (0..2_u32).prop_map(Edit::Style),
        2 => prop::sample::select(&DAMAGES[..]).prop_map(Edit::Store),
    ];
    prop::collection::vec(edit, 3..13)
}

/// A name decomposed, as a Mac writes it, and composed.
const NAMES: [&str; 2] = [
    "attachment/\u{1109}\u{1165}\u{11af}.png",
    "attachment/\u{c124}.png",
];
/// Text, pictures, a file where a folder may be, leftovers.
const FILES: [&str; 11] = [
    "attachment/x1.yaml",
    "attachment/x3.yaml",
    "attachment/p.png",
    NAMES[0],
    NAMES[1],
    "attachment/d",
    "attachment/d/e.bin",
    "assets/logo.webp",
    "attachment/x1.yaml~",
    "attachment/#p.png#",
    "assets/.DS_Store",
];

/// Text, or the head of a PNG, whose size pages show; none for 0.
fn bytes(path: &str, variant: u8) -> Option<Vec<u8>> {
    let text = || "a: 1\n".repeat(variant.into()).into_bytes();
    let png = || {
        let size = [0, 0, 0, variant, 0, 0, 0, 9, 8, 6, 0, 0, 0, 0xff, 0xfe];
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &size[..]].concat()
    };
    (variant > 0).then(|| {
        if path.ends_with(".yaml") {
            text()
        } else {
            png()
        }
    })
}

/// Writes or deletes a file, whatever is in its way.
fn put(site: &SiteTest, path: &str, bytes: Option<Vec<u8>>) {
    if path.starts_with("attachment/d") && site.has("attachment/d") {
        site.remove("attachment/d");
    }
    match bytes {
        Some(bytes) => site.write(path, bytes),
        None if site.has(path) => site.remove(path),
        None => {}
    }
}

fn name(doc: usize) -> String {
    format!("{}__note-{doc}", TOPICS[doc % TOPICS.len()])
}

fn source(doc: usize) -> String {
    format!("markdown/{}.md", name(doc))
}

/// A text whose links, diagram, headings and front matter follow from a number.
fn text(doc: usize, variant: u32) -> String {
    let mut text = String::new();
    if variant & 1 == 1 {
        let other = name((doc + 1) % 7);
        text += &format!("---\ndeprecated: old\nsuperseded_by: {other}\ntags: [t{variant}]\n---\n");
    }
    text += &format!("# 문서 {doc} *판* {}\n\n요약 {variant}.\n", variant / 16);
    // One that nothing is wrong with: it links to no document that may be missing.
    if variant & 4 == 4 {
        let first = name(0);
        text += &format!("\n## Part\n\nSee [0]({first}.md).\n\n```yaml\na: {variant}\n```\n");
        return text;
    }
    for step in [1, 3] {
        let other = name((doc + step + variant as usize) % 7);
        text += &format!("\nSee [{step}]({other}.html#part) and [y](attachment/x{step}.yaml).\n");
    }
    text += "\n![p](attachment/p.png) ![설](attachment/설.png)\n";
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

fn settings(rule: (&str, &str), variant: u32) -> String {
    let language = ["ko", "en"][variant as usize % 2];
    let topic = TOPICS[variant as usize % 3];
    let (output, publish) = rule;
    format!(
        "language = {language:?}\noutput = {output:?}\npublish = {publish:?}\n\
         [[topics]]\nprefix = {topic:?}\n"
    )
}

fn toggle(site: &SiteTest, path: &str, text: Option<String>) {
    match text {
        Some(text) => site.write(path, text),
        None if site.has(path) => site.remove(path),
        None => {}
    }
}

/// Does what somebody does, and tells docsite. Document 0 is there all the time.
fn apply(site: &SiteTest, rule: (&str, &str), edit: &Edit) {
    match *edit {
        Edit::Flow(variant) => toggle(site, "flow.json", (variant > 0).then(|| flow(variant))),
        Edit::Settings(variant) => site.write("docsite.toml", settings(rule, variant)),
        Edit::Template(variant) => {
            let template = format!(
                "{{% extends \"builtin/page.html\" %}}{{% block footer %}}{variant}{{% endblock %}}"
            );
            let template = (variant > 0).then_some(template);
            toggle(site, "templates/page.html", template);
        }
        Edit::File(file, variant) => {
            let variant = u8::try_from(variant).expect("small");
            put(site, FILES[file], bytes(FILES[file], variant));
        }
        Edit::Recompose => {
            let from = usize::from(!site.has(NAMES[0]));
            if site.has(NAMES[from]) {
                let moved = site.bytes(NAMES[from]);
                put(site, NAMES[1 - from], Some(moved));
                put(site, NAMES[from], None);
            }
        }
        Edit::Style(variant) => site.write("assets/viz.css", format!("p{{order:{variant}}}\n")),
        Edit::Store(damage) => spoil(site, damage),
        ref of_document => apply_to_document(site, of_document),
    }
    finished(&site.rebuild());
    repeats_itself(site);
}

/// Whatever a run knows of the last one, it reports what one without that knowledge does.
fn repeats_itself(site: &SiteTest) {
    let repeated = site.rebuild();
    for known in [".docsite/cache/run", ".docsite/cache/files"] {
        if site.has(known) {
            site.remove(known);
        }
    }
    let anew = site.rebuild();
    assert_eq!((repeated.out, repeated.err), (anew.out, anew.err));
}

fn spoil(site: &SiteTest, damage: Damage) {
    let cache = site.path(".docsite/cache");
    let files = fs::read_dir(&cache).into_iter().flatten();
    let files: Vec<_> = files.map(|entry| entry.expect("an entry").path()).collect();
    let change = |change: fn(&mut Vec<u8>)| {
        for file in &files {
            let mut bytes = fs::read(file).expect("read");
            change(&mut bytes);
            fs::write(file, bytes).expect("written");
        }
    };
    match damage {
        Damage::Deleted => fs::remove_dir_all(&cache).expect("removed"),
        Damage::Torn => change(|bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }),
        Damage::Cut => change(|bytes| bytes.truncate(bytes.len() / 2)),
        Damage::Foreign => change(|bytes| bytes[0] ^= 1),
        Damage::Older => {
            let backup = site.path("../backup");
            fs::create_dir_all(&backup).expect("made");
            for file in &files {
                let kept = backup.join(file.file_name().expect("a name"));
                let now = fs::read(file).expect("read");
                if let Ok(before) = fs::read(&kept) {
                    fs::write(file, before).expect("written");
                }
                fs::write(kept, now).expect("written");
            }
        }
    }
}

fn apply_to_document(site: &SiteTest, edit: &Edit) {
    let toggle_line = |doc: usize, line: &str| {
        if !site.has(&source(doc)) {
            return;
        }
        site.edit(&source(doc), |text| match text.strip_prefix("---\n") {
            Some(rest) if rest.contains(line) => text.replace(line, ""),
            Some(rest) => format!("---\n{line}{rest}"),
            None => format!("---\n{line}---\n{text}"),
        });
    };
    match *edit {
        Edit::Document(doc, variant) => site.write(&source(doc), text(doc, variant)),
        Edit::Sentence(doc, variant) if site.has(&source(doc)) => {
            let line = format!("문장 {variant}.\n");
            site.edit(&source(doc), |text| match text.split_once("\n문장") {
                Some((before, rest)) => {
                    let after = rest.split_once('\n').map_or("", |(_, after)| after);
                    format!("{before}\n{line}{after}")
                }
                None if variant % 2 == 0 => {
                    text.replace("## Part\n", &format!("## Part\n\n{line}"))
                }
                None => format!("{text}\n{line}"),
            });
        }
        Edit::Render(doc) => finished(&site.render(&name(doc))),
        Edit::Remove(doc) if doc > 0 => toggle(site, &source(doc), None),
        Edit::Rename(from, to) if from > 0 && to > 0 && site.has(&source(from)) => {
            let text = site.read(&source(from));
            site.remove(&source(from));
            site.write(&source(to), text);
        }
        Edit::Draft(doc) => toggle_line(doc, "draft: true\n"),
        Edit::Break(doc) => toggle_line(doc, "title: \"open\n"),
        // Refused where the document is gone or its front matter broken.
        Edit::Unpublish(doc) => drop(site.run(&["unpublish", &name(doc)])),
        _ => {}
    }
}

/// Done, or done but for findings in the content.
fn finished(run: &Run) {
    assert!(run.status < 2, "{run:?}");
}

/// The files of the output; beside `markdown/`, all of the site.
fn output(site: &SiteTest, rule: (&str, &str)) -> Tree {
    match rule.0 {
        "." => {
            let mut tree = site.tree();
            // Folders that are empty now are the owner's.
            tree.files_only();
            tree
        }
        _ => site.output(),
    }
}

/// The same sources in another folder, with the same documents published from nothing.
fn clean_build(site: &SiteTest, rule: (&str, &str)) -> SiteTest {
    let clean = SiteTest::copy_of(site.root(), &["public", ".docsite"]);
    let tree = output(site, rule);
    let paths = tree.paths().into_iter();
    let pages: Vec<&str> = paths
        .filter_map(|path| path.strip_suffix(".html"))
        .collect();
    let published = pages
        .iter()
        .copied()
        .filter(|name| name.contains("__note-"));
    if rule.0 == "." {
        for page in pages.iter().filter(|page| !page.contains('/')) {
            clean.remove(&format!("{page}.html"));
        }
        for made in ["graph.json", "assets/docsite"] {
            toggle(&clean, made, None);
        }
    }
    let mut args = vec!["render"];
    args.extend(published);
    let args = if rule.1 == "all" || args.len() == 1 {
        &["rebuild"][..]
    } else {
        &args
    };
    // On one core, where the other sites have all.
    let env = [
        ("RAYON_NUM_THREADS", "1"),
        ("TZ", "Asia/Seoul"),
        ("LC_ALL", "ko_KR.UTF-8"),
    ];
    finished(&clean.run_with(clean.root(), args, &env));
    clean
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 24,
        ..ProptestConfig::default()
    })]

    #[test]
    fn an_incremental_build_equals_a_clean_one(
        rule in prop::sample::select(&RULES[..]),
        edits in edits(),
    ) {
        let site = SiteTest::new();
        site.write("docsite.toml", settings(rule, 0));
        for (doc, variant) in [3, 4, 6].into_iter().enumerate() {
            site.write(&source(doc), text(doc, variant));
        }
        finished(&site.run(&["rebuild", "--all"]));
        for edit in &edits {
            apply(&site, rule, edit);
        }
        // An error keeps the last page; once it is fixed, the two are the same.
        for doc in 0..7 {
            if site.has(&source(doc)) {
                site.edit(&source(doc), |text| text.replace("title: \"open\n", ""));
            }
        }
        finished(&site.rebuild());
        let clean = clean_build(&site, rule);
        prop_assert_eq!(output(&clean, rule).changed(&output(&site, rule)), [""; 0]);
        let (again, anew) = (site.writes_nothing(&["rebuild"]), clean.rebuild());
        prop_assert_eq!(again.err, anew.err);
    }
}

#[test]
fn documents_of_one_title_are_listed_alike_after_any_run() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# Same\n\n[b](gw__note-b.html)\n")
        .doc("gw__note-b", "# Same\n\n[c](gw__note-c.html)\n")
        .doc("gw__note-c", "# Other\n\n[a](gw__note-a.html)\n");
    site.rebuild().ends(0);
    site.edit("markdown/gw__note-c.md", |text| {
        format!("{text}\nA sentence.\n")
    });
    site.rebuild().ends(0);
    repeats_itself(&site);
    let files = site.read("public/files.html");
    assert!(files.contains("Same (gw__note-a)"), "{files}");
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
fn what_was_read_before_helps_and_never_overrides_the_files() {
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
