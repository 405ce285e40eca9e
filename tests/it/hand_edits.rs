//! A hand edit is only discarded by its name, and is set aside even then; a page that does not
//! exist, or whose document does not, is not changed. (The table of states is in
//! `never_overwrite`.)

use crate::harness::SiteTest;

const NAME: &str = "gw__note-a";
const PAGE: &str = "public/gw__note-a.html";
const SOURCE: &str = "markdown/gw__note-a.md";

fn built() -> SiteTest {
    built_with("")
}

fn built_with(settings: &str) -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", settings)
        .doc(NAME, "# A\n\nthe first text\n")
        .doc("gw__note-b", "# B\n\nother\n");
    site.run(&["rebuild", "--all"]).ok();
    site
}

#[test]
fn an_absent_page_is_skipped_by_rebuild_and_published_by_render() {
    let site = built_with("publish = \"pages\"\n");
    site.remove(PAGE);
    for flags in [&[][..], &["--adopt"], &["--discard-hand-edits", NAME]] {
        let args: Vec<&str> = ["rebuild"].iter().chain(flags).copied().collect();
        site.run(&args).ends(0).says("skipped");
        assert!(!site.has(PAGE), "{flags:?}");
    }
    site.render(NAME).ok();
    assert!(site.has(PAGE));
}

#[test]
fn a_hand_edit_is_discarded_on_the_named_page_alone() {
    let site = built();
    for page in [PAGE, "public/gw__note-b.html"] {
        site.edit(page, |text| text + "<!-- mine -->");
    }
    let mine = site.bytes("public/gw__note-b.html");
    site.run(&["rebuild", "--discard-hand-edits", NAME]).ends(0);
    assert!(!site.read(PAGE).contains("mine"));
    assert_eq!(site.bytes("public/gw__note-b.html"), mine);
    let args = ["render", NAME, "gw__note-b", "--discard-hand-edits", NAME];
    site.run(&args).ends(1).complains("gw__note-b.html");
    assert_eq!(site.bytes("public/gw__note-b.html"), mine);
}

#[test]
fn a_discard_of_a_wrong_name_is_reported_and_nothing_is_changed() {
    let site = built();
    let run = site.writes_nothing(&["rebuild", "--discard-hand-edits", "data"]);
    run.ends(2).complains("data");
    let run = site.writes_nothing(&["rebuild", "--discard-hand-edits", "gw__note-aa"]);
    run.ends(2)
        .complains("no such document")
        .complains("did you mean `gw__note-a`?");
    let args = ["render", NAME, "--discard-hand-edits", "gw__note-aa"];
    site.writes_nothing(&args).ends(2).complains("gw__note-a`?");
}

#[test]
fn a_hand_made_page_whose_document_is_gone_stays() {
    let site = built();
    site.edit(PAGE, |page| page + "<!-- mine -->");
    site.remove(SOURCE);
    let before = site.tree();
    site.run(&["rebuild", "--adopt"])
        .ends(0)
        .says("gw__note-a.html");
    assert!(!before.touched(&site.tree()).contains(&PAGE.to_owned()));
}

#[test]
fn every_old_version_of_a_page_is_kept() {
    let site = built();
    for edit in ["<!-- 1 -->", "<!-- 2 -->", "<!-- 1 -->"] {
        site.edit(PAGE, |text| text + edit);
        let mine = site.bytes(PAGE);
        site.run(&["render", NAME, "--discard-hand-edits", NAME])
            .ok();
        assert!(site.set_aside(PAGE).contains(&mine), "{edit}");
    }
}

#[test]
fn once_a_hand_edit_is_discarded_the_output_is_as_if_it_had_never_been() {
    for edit in [
        "<!-- mine -->",
        "<svg viewBox='0 0 9 9'><path d='M0 0h9'/></svg>",
    ] {
        let site = built();
        let before = site.tree();
        site.edit(PAGE, |text| {
            text.replace("</article>", &format!("{edit}</article>"))
        });
        site.rebuild().ends(0);
        site.run(&["rebuild", "--discard-hand-edits", NAME]).ends(0);
        assert_eq!(before.changed(&site.tree()), [""; 0], "{edit}");
    }
}

#[test]
fn a_build_says_where_old_bytes_are_when_something_else_has_the_usual_name() {
    let site = built();
    site.edit(PAGE, |text| text + "<!-- mine -->");
    site.link(".docsite/set-aside", "../elsewhere");
    site.run(&["rebuild", "--discard-hand-edits", NAME])
        .ends(0)
        .says("set aside in .docsite/set-aside-2/\n");
    assert!(site.has(".docsite/set-aside-2/public/gw__note-a.html"));
}
