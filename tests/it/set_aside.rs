//! `docsite set-aside`: what was replaced is listed with when and why, printed, put back as a change
//! of its own, and deleted on request; nothing in the folder leads out of the site.

use std::fs;

use serde_json::{Value, json};

use crate::harness::SiteTest;

const PAGE: &str = "public/gw__note-a.html";
const BY_HAND: &str = "<!doctype html><title>mine</title><svg><path d='M0 0'/></svg>";

/// A site with a hand-made page that was discarded, and a document that was replaced.
fn site() -> SiteTest {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .file(PAGE, BY_HAND);
    site.run(&["render", "gw__note-a", "--discard-hand-edits", "gw__note-a"])
        .ends(0);
    site.write("../new.md", "# New\n");
    let new = site.path("../new.md");
    site.run(&["add", new.to_str().unwrap(), "gw__note-a", "--replace"])
        .ends(0);
    site
}

fn listed(site: &SiteTest) -> Vec<Value> {
    let run = site.run(&["set-aside", "--json"]).ok();
    let list: Value = serde_json::from_str(&run.out).unwrap();
    list["copies"].as_array().unwrap().clone()
}

/// The copies by path, with why and what is there now.
fn facts(site: &SiteTest) -> Vec<(String, Value, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let copies = listed(site).into_iter();
    let mut facts: Vec<_> = copies
        .map(|copy| (word(&copy["path"]), copy["why"].clone(), word(&copy["now"])))
        .collect();
    facts.sort_by(|one, other| one.0.cmp(&other.0));
    facts
}

fn old(site: &SiteTest, path: &str, days: u64) {
    let log = ".docsite/set-aside/log.jsonl";
    let lines: Vec<String> = site.read(log).lines().map(str::to_owned).collect();
    let lines = lines.into_iter().map(|line| {
        let mut line: Value = serde_json::from_str(&line).unwrap();
        if line["path"] == path {
            line["when"] = json!(line["when"].as_u64().unwrap() - days * 86_400);
        }
        line.to_string() + "\n"
    });
    site.write(log, lines.collect::<String>());
}

#[test]
fn each_copy_is_listed_with_when_why_and_what_is_there_now() {
    let site = site();
    let document = "markdown/gw__note-a.md".to_owned();
    let page = (
        PAGE.to_owned(),
        json!("hand-made, and discarded"),
        "other".to_owned(),
    );
    let added = |now: &str| (document.clone(), json!("add --replace"), now.to_owned());
    assert_eq!(facts(&site), [added("other"), page.clone()]);
    site.write("markdown/gw__note-a.md", "# A\n");
    assert_eq!(facts(&site), [added("same"), page.clone()]);
    site.remove("markdown/gw__note-a.md");
    assert_eq!(facts(&site), [added("gone"), page]);
    let run = site.run(&["set-aside"]).ok();
    assert!(
        run.out
            .contains("now gone   markdown/gw__note-a.md  (add --replace)"),
        "{}",
        run.out
    );
    assert!(
        run.out.ends_with("2 copies set aside, 65 B\n"),
        "{}",
        run.out
    );
    let when = listed(&site)[0]["when"].as_str().unwrap().to_owned();
    let year = fs::metadata(site.path(PAGE)).unwrap().modified().unwrap();
    let days = year
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs()
        / 86_400;
    assert!(when.len() == 20 && when.ends_with('Z'), "{when}");
    assert!(
        when[..4]
            .parse::<u64>()
            .unwrap()
            .abs_diff(1970 + days / 365)
            <= 1,
        "{when}"
    );
}

#[test]
fn a_plan_names_itself_and_a_copy_without_a_line_has_its_time() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .doc("gw__note-b", "[A](gw__note-a.md)\n");
    site.run(&["mv", "gw__note-a", "gw__note-c"]).ends(0);
    let why = json!("mv gw__note-a gw__note-c");
    let documents = facts(&site)
        .into_iter()
        .filter(|(path, _, _)| path.starts_with("markdown/"));
    let documents: Vec<_> = documents.map(|(path, why, _)| (path, why)).collect();
    let wanted = ["markdown/gw__note-a.md", "markdown/gw__note-b.md"];
    assert_eq!(documents, wanted.map(|path| (path.to_owned(), why.clone())));
    site.remove(".docsite/set-aside/log.jsonl");
    let copies = listed(&site);
    assert!(
        copies.iter().all(|copy| copy["why"].is_null()),
        "{copies:?}"
    );
    assert!(
        copies
            .iter()
            .all(|copy| copy["when"].as_str().unwrap() > "2001"),
        "{copies:?}"
    );
    assert_eq!(
        copies[0]["path"],
        copies[0]["copy"]
            .as_str()
            .unwrap()
            .trim_start_matches(".docsite/set-aside/")
            .rsplit_once('/')
            .unwrap()
            .0
    );
}

#[test]
fn a_copy_is_called_by_its_path_that_of_the_file_or_its_hash() {
    let site = site();
    let copies = listed(&site);
    let page = copies.iter().find(|copy| copy["path"] == PAGE).unwrap();
    let copy = page["copy"].as_str().unwrap();
    let name = copy.rsplit('/').next().unwrap();
    for said in [
        copy,
        copy.trim_start_matches(".docsite/set-aside/"),
        PAGE,
        &name[..6],
        &name[..12],
    ] {
        assert_eq!(
            site.run(&["set-aside", "show", said]).ok().out,
            BY_HAND,
            "{said}"
        );
    }
    for said in ["nothing", "", "../new.md", "markdown"] {
        let run = site.run(&["set-aside", "show", said]).ends(2);
        assert!(
            run.err.contains("docsite set-aside` lists it"),
            "{}",
            run.err
        );
    }
    site.write(PAGE, BY_HAND.replace("mine", "other"));
    site.run(&["render", "gw__note-a", "--discard-hand-edits", "gw__note-a"])
        .ends(0);
    let run = site.run(&["set-aside", "show", PAGE]).ends(2);
    assert!(
        run.err.contains("several copies") && run.err.contains(copy),
        "{}",
        run.err
    );
}

#[test]
fn a_copy_is_put_back_and_what_was_there_is_set_aside() {
    let site = site();
    let document = "markdown/gw__note-a.md";
    let run = site
        .run(&["set-aside", "restore", document, "--dry-run"])
        .ends(0);
    assert!(run.out.contains("-# New\n+# A\n"), "{}", run.out);
    assert_eq!(site.read(document), "# New\n");
    site.run(&["set-aside", "restore", document]).ends(0);
    assert_eq!(site.read(document), "# A\n");
    assert_eq!(site.page(PAGE).text("h1"), "A");
    let mut aside = site.set_aside(document);
    aside.sort();
    assert_eq!(aside, [b"# A\n".to_vec(), b"# New\n".to_vec()]);
    let why = json!(format!("set-aside restore {document}"));
    assert!(listed(&site).iter().any(|copy| copy["why"] == why));
    site.run(&["set-aside", "restore", PAGE]).ends(0);
    assert_eq!(site.read(PAGE), BY_HAND);
    let run = site.run(&["set-aside", "restore", PAGE]).ends(2);
    assert!(run.err.contains("several copies"), "{}", run.err);
}

#[test]
fn a_copy_goes_to_another_path_of_the_site_and_never_out_of_it() {
    let site = site();
    site.run(&[
        "set-aside",
        "restore",
        PAGE,
        "--to",
        "attachment/old/a.html",
    ])
    .ends(0);
    assert_eq!(site.read("attachment/old/a.html"), BY_HAND);
    let outside = site.path("../outside");
    fs::create_dir(&outside).unwrap();
    site.link("attachment/out", &outside);
    let before = site.tree();
    for to in [
        "../x",
        "/tmp/docsite-x",
        ".docsite/x",
        ".git/x",
        "attachment/out/x",
        "attachment",
        "",
    ] {
        site.run(&["set-aside", "restore", PAGE, "--to", to])
            .ends(2);
        assert_eq!(before.changed(&site.tree()), [""; 0], "{to}");
    }
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}

#[test]
fn names_and_links_in_the_folder_lead_nowhere() {
    let site = site();
    let outside = site.path("../outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("secret.html"), "secret").unwrap();
    site.link(".docsite/set-aside/out", &outside);
    site.link(
        ".docsite/set-aside/public/gw__note-a.html/000000000000.html",
        outside.join("secret.html"),
    );
    site.write(".docsite/set-aside/a\u{1b}[31m\nb/111111111111.html", "x");
    site.edit(".docsite/set-aside/log.jsonl", |log| {
        log.replace(
            &format!("\"path\":\"{PAGE}\""),
            "\"path\":\"../outside/secret.html\"",
        )
    });
    let paths: Vec<String> = facts(&site).into_iter().map(|(path, _, _)| path).collect();
    assert_eq!(paths, ["a\u{1b}[31m\nb", "markdown/gw__note-a.md", PAGE]);
    let run = site.run(&["set-aside"]).ok();
    assert!(
        !run.out.contains('\u{1b}') && run.out.lines().count() == 4,
        "{:?}",
        run.out
    );
    site.run(&["set-aside", "show", "000000"]).ends(2);
    site.run(&["set-aside", "show", "out/secret.html"]).ends(2);
    site.run(&["set-aside", "prune", "--older-than", "1h", "--yes"])
        .ends(0);
    old(&site, "markdown/gw__note-a.md", 9);
    site.run(&["set-aside", "restore", PAGE]).ends(0);
    assert_eq!(site.read(PAGE), BY_HAND);
    site.run(&["set-aside", "prune", "--older-than", "1w", "--yes"])
        .ends(0);
    assert_eq!(fs::read(outside.join("secret.html")).unwrap(), b"secret");
    assert!(site.has(".docsite/set-aside/out"));
}

#[test]
fn old_copies_are_deleted_after_a_question() {
    let site = site();
    old(&site, PAGE, 40);
    let prune = ["set-aside", "prune", "--older-than", "30d"];
    let run = site.run(&prune).ends(2);
    assert!(run.err.contains("`--yes` deletes them"), "{}", run.err);
    let run = site.run(&[&prune[..], &["--dry-run"]].concat()).ok();
    assert!(
        run.out.contains(PAGE) && run.out.contains("1 copy to delete"),
        "{}",
        run.out
    );
    assert_eq!(listed(&site).len(), 2);
    let run = site.run(&[&prune[..], &["--yes"]].concat()).ok();
    assert!(run.out.contains("1 copy deleted"), "{}", run.out);
    let left = facts(&site);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].0, "markdown/gw__note-a.md");
    assert!(!site.has(".docsite/set-aside/public"));
    let run = site.run(&prune).ok();
    assert!(run.out.contains("0 copies"), "{}", run.out);
    for age in ["30", "d", "-1d", "99999999999999999999d"] {
        site.run(&["set-aside", "prune", "--older-than", age])
            .ends(2);
    }
}

#[test]
fn where_nothing_is_set_aside_nothing_is_listed_or_written() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    assert_eq!(
        site.run(&["set-aside"]).ok().out,
        "0 copies set aside, 0 B\n"
    );
    assert!(!site.has(".docsite"));
}
