//! A run that finds everything as the last one left it does nothing and reports the same again; a
//! change of any file is seen, also when its size and its times do not show it.

use std::fs::{self, File};
use std::thread;
use std::time::Duration;

use docsite::pipeline::request::{Request, Scope};
use docsite::pipeline::site::Site;
use docsite::pipeline::{self, Built};

use crate::harness::{Run, SiteTest};

/// Longer than a tick of a file system's clock: a file that was written earlier has settled.
const TICKS: Duration = Duration::from_millis(40);

fn site() -> SiteTest {
    let site = SiteTest::new()
        .doc(
            "gw__note-a",
            "# A\n\n[b](gw__note-b.html) <blink>x</blink>\n",
        )
        .doc("gw__note-b", "# B\n\n[nowhere](gw__note-c.html)\n")
        .file("attachment/x.yaml", "a: 1\n");
    thread::sleep(TICKS);
    site
}

/// A site whose next run has nothing to do.
fn settled() -> SiteTest {
    let site = site();
    site.rebuild();
    thread::sleep(TICKS);
    site.rebuild();
    assert!(is_unchanged(&site, Scope::All));
    site
}

/// Whether a run had nothing to look into.
fn is_unchanged(site: &SiteTest, scope: Scope) -> bool {
    let opened = Site::open(Some(site.root())).expect("a site");
    let built = pipeline::build(&opened, Request::new(scope)).expect("built");
    matches!(built, Built::Unchanged(_))
}

/// What a run says that knows nothing of earlier ones.
fn anew(site: &SiteTest, command: &str) -> Run {
    if site.has(".docsite/cache") {
        site.remove(".docsite/cache");
    }
    site.run(&[command])
}

#[test]
fn a_run_without_a_change_repeats_what_the_last_one_reported() {
    let site = settled();
    for command in ["rebuild", "reindex"] {
        let runs = [(); 3].map(|()| site.writes_nothing(&[command]));
        let anew = anew(&site, command);
        for run in runs {
            assert_eq!((&run.out, &run.err), (&anew.out, &anew.err));
            assert_eq!(run.status, anew.status);
        }
    }
    assert!(settled().rebuild().err.contains("raw-html"));
}

#[test]
fn after_an_edit_the_next_run_has_nothing_to_do() {
    let site = settled();
    site.edit("markdown/gw__note-a.md", |text| text + "\nMore.\n");
    thread::sleep(TICKS);
    let run = site.rebuild();
    assert!(run.out.contains("its document changed"), "{}", run.out);
    assert!(is_unchanged(&site, Scope::All));
    let repeated = site.rebuild();
    assert_eq!(repeated.out, anew(&site, "rebuild").out);
}

/// A site in which no link is broken, with pages of its own folder or beside `markdown/`.
fn sound(output: &str) -> SiteTest {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n\n[b](gw__note-b.html)\n")
        .doc("gw__note-b", "# B\n\n[x](attachment/d/x.yaml)\n")
        .file("assets/viz.css", "p{}\n")
        .file("attachment/d/x.yaml", "a: 1\n")
        .file(
            "docsite.toml",
            format!("output = {output:?}\npublish = \"all\"\n"),
        );
    thread::sleep(TICKS);
    site
}

#[test]
fn after_a_first_build_the_next_run_has_nothing_to_do() {
    for output in ["public", "."] {
        let site = sound(output);
        site.rebuild().ok();
        assert!(is_unchanged(&site, Scope::All), "{output}");
        let repeated = site.rebuild();
        let anew = anew(&site, "rebuild");
        assert_eq!((repeated.out, repeated.err), (anew.out, anew.err));
    }
}

#[test]
fn after_a_new_document_the_next_run_has_nothing_to_do() {
    let site = sound("public");
    site.rebuild().ok();
    site.write("markdown/gw__note-c.md", "# C\n\n[a](gw__note-a.md)\n");
    site.write("attachment/e/f/y.yaml", "b: 1\n");
    thread::sleep(TICKS);
    site.rebuild().ok();
    assert!(is_unchanged(&site, Scope::All));
    // What the new files changed is seen as before.
    for path in ["public/gw__note-c.html", "public/attachment/e/f/y.yaml"] {
        site.edit(path, |text| text + " ");
        assert!(!is_unchanged(&site, Scope::All), "{path}");
    }
}

#[test]
fn a_first_build_is_looked_into_again_where_its_files_may_matter() {
    let broken = "# C\n\n[x](graph.jsn) ![y](file.html)\n";
    let own_style = sound(".");
    own_style.remove("assets/viz.css");
    let sites = [
        ("a broken link", sound("public").doc("gw__note-c", broken)),
        ("a new style sheet", own_style),
        (
            "an empty folder",
            sound("public").doc("gw__note-d", "# D\n"),
        ),
    ];
    for (about, site) in sites {
        thread::sleep(TICKS);
        site.rebuild();
        if about == "an empty folder" {
            fs::create_dir(site.path("public/empty")).expect("made");
        }
        assert!(!is_unchanged(&site, Scope::All), "{about}");
        let next = site.rebuild();
        let anew = anew(&site, "rebuild");
        assert_eq!((next.out, next.err), (anew.out, anew.err), "{about}");
    }
}

#[test]
fn every_change_is_seen() {
    type Change = fn(&SiteTest);
    let changes: [(&str, Change); 11] = [
        ("a document", |site| {
            site.edit("markdown/gw__note-a.md", |text| text + "x");
        }),
        ("a new document", |site| {
            site.write("markdown/gw__note-c.md", "# C\n");
        }),
        ("a document less", |site| {
            site.remove("markdown/gw__note-b.md");
        }),
        ("a file that is no document", |site| {
            site.write("markdown/notes.txt", "x");
        }),
        ("a flow", |site| site.write("flow.json", "{\"stages\": []}")),
        ("settings", |site| {
            site.write("docsite.toml", "title = \"T\"\n");
        }),
        ("an attachment", |site| {
            site.write("attachment/x.yaml", "a: 2\n");
        }),
        ("a template", |site| {
            let text = "{% extends \"builtin/page.html\" %}";
            site.write("templates/page.html", text);
        }),
        ("a page", |site| {
            site.edit("public/gw__note-a.html", |text| text + " ");
        }),
        ("a copy less", |site| {
            site.remove("public/attachment/x.yaml");
        }),
        ("a page of another program", |site| {
            site.write("public/other.html", "<p>x</p>");
        }),
    ];
    for (about, change) in changes {
        let site = settled();
        change(&site);
        assert!(!is_unchanged(&site, Scope::All), "{about}");
        let next = site.rebuild();
        let anew = anew(&site, "rebuild");
        assert_eq!((next.out, next.err), (anew.out, anew.err), "{about}");
    }
}

#[test]
fn an_edit_of_equal_size_and_time_is_seen() {
    for path in ["markdown/gw__note-a.md", "public/gw__note-a.html"] {
        let site = settled();
        let before = fs::metadata(site.path(path)).expect("a file");
        // In place, so that even the inode is the same.
        let text = site.read(path).replace("note-b", "note-d");
        fs::write(site.path(path), text).expect("written");
        let file = File::options().write(true).open(site.path(path));
        let file = file.expect("opened");
        file.set_modified(before.modified().expect("a time"))
            .expect("set");
        let after = fs::metadata(site.path(path)).expect("a file");
        assert_eq!(before.len(), after.len());
        assert_eq!(before.modified().ok(), after.modified().ok());
        assert!(!is_unchanged(&site, Scope::All), "{path}");
        if path.starts_with("markdown") {
            let page = site.read("public/gw__note-a.html");
            assert!(page.contains("note-d"));
        } else {
            site.rebuild().says("made by hand");
        }
    }
}

#[test]
fn a_clock_that_goes_backwards_hides_no_edit() {
    let site = settled();
    let path = site.path("markdown/gw__note-a.md");
    fs::write(&path, "# A\n\nEdited when the clock was an hour late.\n").expect("written");
    let hour = Duration::from_hours(1);
    let now = fs::metadata(&path).expect("a file").modified();
    let file = File::options().write(true).open(&path).expect("opened");
    file.set_modified(now.expect("a time") - hour).expect("set");
    site.rebuild();
    assert!(site.read("public/gw__note-a.html").contains("an hour late"));
}

#[test]
fn a_file_changed_in_the_moment_of_the_run_is_read_again() {
    let site = site();
    site.rebuild();
    for number in 0..40 {
        // No pause: some of these edits fall into the tick in which the file was last read.
        let text = format!("# A\n\nnumber {number:03}\n");
        fs::write(site.path("markdown/gw__note-a.md"), text).expect("written");
        is_unchanged(&site, Scope::All);
        let page = site.read("public/gw__note-a.html");
        assert!(page.contains(&format!("number {number:03}")), "{number}");
    }
}

#[test]
fn a_site_with_a_linked_document_is_looked_into_each_time() {
    let site = site().file("notes/c.md", "# C\n");
    site.link("markdown/gw__note-c.md", "../notes/c.md");
    site.rebuild();
    site.rebuild();
    assert!(!is_unchanged(&site, Scope::All));
    site.write("notes/c.md", "# Changed\n");
    site.rebuild();
    assert!(site.read("public/gw__note-c.html").contains("Changed"));
}

#[test]
fn what_is_known_of_another_request_or_other_settings_is_not_repeated() {
    let site = settled();
    let adopt = Request {
        adopt: true,
        ..Request::new(Scope::All)
    };
    let opened = Site::open(Some(site.root())).expect("a site");
    let built = pipeline::build(&opened, adopt).expect("built");
    assert!(matches!(built, Built::Applied(_)));
}
