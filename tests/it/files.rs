//! files.html: a tree of every file that a visitor can reach, folders first, with sizes and links
//! to files and folders.

use crate::harness::SiteTest;
use crate::reader::Page;

fn site(output: &str) -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", format!("output = {output:?}\n"))
        .doc("gw__note-a", "# A\n")
        .file("attachment/b/deep/x.yaml", "a: 1\n")
        .file("attachment/b/y.sh", "x".repeat(2048))
        .file("attachment/한 글.txt", "가")
        .file("attachment/.hidden", "secret")
        .file(".env", "secret");
    site.run(&["rebuild", "--all"]).ok();
    site
}

/// Every address of the lists.
fn tree(page: &Page) -> Vec<String> {
    page.attrs("main ul a", "href")
}

#[test]
fn every_file_of_the_output_is_in_it_and_nothing_else() {
    let site = site("public");
    let page = site.page("public/files.html");
    let decode = |href: &String| {
        let text = percent_encoding::percent_decode_str(href);
        text.decode_utf8().unwrap().into_owned()
    };
    let mut listed: Vec<String> = tree(&page).iter().map(decode).collect();
    listed.retain(|path| !path.ends_with('/'));
    listed.sort();
    // The listing of an attachment's folder is a page too.
    listed.dedup();
    assert_eq!(listed, site.output().paths());
    assert_eq!(crate::scanner::problems(&site.output()), [""; 0]);
}

#[test]
fn beside_the_sources_it_lists_what_is_served_and_nothing_hidden() {
    let site = site(".");
    let hrefs = tree(&site.page("files.html"));
    for path in [
        "attachment/b/y.sh",
        "markdown/gw__note-a.md",
        "gw__note-a.html",
    ] {
        assert!(hrefs.contains(&path.to_owned()), "{path}: {hrefs:?}");
    }
    for href in &hrefs {
        assert!(
            !href.ends_with('/'),
            "{href}: not every server lists a folder"
        );
        assert!(!href.split('/').any(|part| part.starts_with('.')), "{href}");
        assert!(!href.contains("set-aside"), "{href}");
    }
}

#[test]
fn documents_come_first_then_attachments_and_the_rest_is_folded() {
    let page = site("public").page("public/files.html");
    assert_eq!(page.texts(".titled a"), ["A"]);
    assert_eq!(page.texts(".titled .mono"), ["gw__note-a.html"]);
    assert_eq!(page.count("details.others:not([open])"), 1);
    let top = page.texts(".others > .tree > li > div > a");
    assert_eq!(
        top,
        [
            "404.html",
            "files.html",
            "graph.json",
            "gw__note-a.json",
            "index.html",
            "llms.txt"
        ]
    );
    let below = page.attrs("h2 + .tree a", "href");
    assert_eq!(
        below,
        [
            "view/b/index.html",
            "view/b/deep/index.html",
            "attachment/b/deep/x.yaml",
            "attachment/b/y.sh",
            "attachment/%ED%95%9C%20%EA%B8%80.txt",
        ]
    );
}

#[test]
fn sizes_are_those_of_the_files() {
    let site = site("public");
    let page = site.page("public/files.html");
    let size = |name: &str| {
        let items = page.texts(".tree li > div");
        let item = items.into_iter().find(|item| item.starts_with(name));
        item.unwrap_or_default()
            .replacen(name, "", 1)
            .trim()
            .to_owned()
    };
    assert_eq!(size("x.yaml"), "5 B");
    assert_eq!(size("y.sh"), "2.0 kB");
    let tenths = (site.bytes("public/gw__note-a.html").len() + 50) / 100;
    assert_eq!(
        page.text(".titled small"),
        format!("{}.{} kB", tenths / 10, tenths % 10)
    );
    assert!(
        size("b/").starts_with('2') && size("b/").contains("kB"),
        "{}",
        size("b/")
    );
}

#[test]
fn a_new_file_and_a_removed_one_show_immediately() {
    let site = site("public");
    site.write("attachment/new.txt", "new");
    site.remove("attachment/b");
    site.run(&["reindex"]).ends(0);
    let hrefs = tree(&site.page("public/files.html"));
    assert!(hrefs.contains(&"attachment/new.txt".to_owned()));
    assert!(!hrefs.iter().any(|href| href.starts_with("attachment/b")));
}

#[test]
fn the_sites_own_style_is_listed_with_its_own_size() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .file("docsite.toml", "output = \".\"\n")
        .file("assets/viz.css", "p{order:1}\n");
    site.run(&["rebuild", "--all"]).ok();
    let listing = site.read("files.html");
    assert!(
        listing.contains("viz.css</a> <span>11 B</span>"),
        "{listing}"
    );
}
