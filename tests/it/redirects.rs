//! Former addresses of pages: stubs, files for servers, findings.

use crate::harness::SiteTest;

const SETTINGS: &str = "base_url = \"https://docs.example.com/x\"\n[redirects]\n\
    \"old/guide\" = \"gw__guide-new#why\"\n\"Home.php\" = \"/\"\n\"out\" = \"https://istio.io/\"\n";

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", SETTINGS)
        .doc(
            "gw__guide-new",
            "---\naliases: [gw__note-old, 옛 제목]\n---\n# New & \"better\"\n\n## Why {#why}\n\n[b](gw__note-b.md)\n",
        )
        .doc("gw__note-b", "# B\n\n[old](gw__note-old.md) [moved](old/guide.html)\n");
    site.rebuild().ok();
    site
}

#[test]
fn a_page_at_a_former_address_leads_to_the_new_one() {
    let site = site();
    let page = site.page("public/gw__note-old.html");
    assert_eq!(page.attrs("meta[name=robots]", "content"), ["noindex"]);
    let refresh = page.attrs("meta[http-equiv=refresh]", "content");
    assert_eq!(refresh, ["0; url=gw__guide-new.html"]);
    assert_eq!(
        page.attrs("link[rel=canonical]", "href"),
        ["https://docs.example.com/x/gw__guide-new.html"]
    );
    assert_eq!(page.attrs("main a", "href"), ["gw__guide-new.html"]);
    assert_eq!(page.texts("main a"), ["New & \"better\""]);
    let page = site.page("public/old/guide.html");
    assert_eq!(page.attrs("main a", "href"), ["../gw__guide-new.html#why"]);
    assert_eq!(page.attrs("script", "src"), ["../assets/docsite/moved.js"]);
    let page = site.page("public/out.html");
    assert_eq!(
        page.attrs("link[rel=canonical]", "href"),
        ["https://istio.io/"]
    );
    assert!(!site.has("public/Home.php"));
    let sitemap = site.read("public/sitemap.xml");
    assert!(!sitemap.contains("note-old") && !sitemap.contains("old/guide"));
}

#[test]
fn servers_are_told_of_every_redirect() {
    let site = site();
    let unmarked = |path: &str| {
        let text = site.read(path);
        text.split_once('\n').unwrap().1.to_owned()
    };
    assert_eq!(
        unmarked("public/_redirects"),
        "/x/Home.php /x/index.html 301\n\
         /x/gw__note-old.html /x/gw__guide-new.html 301\n\
         /x/old/guide.html /x/gw__guide-new.html#why 301\n\
         /x/out.html https://istio.io/ 301\n"
    );
    let caddy = unmarked("public/redirects.caddy");
    assert!(
        caddy.contains("\t\"/x/gw__note-old.html\" \"/x/gw__guide-new.html\"\n"),
        "{caddy}"
    );
    let listed = site.page("public/files.html").attrs("a", "href");
    assert!(listed.contains(&"gw__note-old.html".to_owned()));
    assert!(
        !listed
            .iter()
            .any(|href| href == "_redirects" || href == "redirects.caddy")
    );
}

#[test]
fn a_redirect_that_is_no_longer_said_is_removed() {
    let site = site();
    let before = site.output();
    site.writes_nothing(&["rebuild"]).ok();
    site.run(&["check"]).ok();
    site.edit("docsite.toml", |_| String::new());
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("[moved](old/guide.html)", "")
    });
    site.edit("markdown/gw__guide-new.md", |text| {
        text.replace("aliases", "was")
    });
    site.edit("markdown/gw__note-b.md", |text| {
        text.replace("[old](gw__note-old.md)", "")
    });
    site.rebuild();
    for path in [
        "gw__note-old.html",
        "old/guide.html",
        "out.html",
        "_redirects",
        "redirects.caddy",
    ] {
        assert!(before.paths().contains(&path), "{path}");
        assert!(!site.has(&format!("public/{path}")), "{path}");
    }
}

#[test]
fn what_somebody_made_at_a_former_address_stays() {
    let site = site();
    let own = "<!doctype html><html><head></head><body>mine</body></html>";
    site.write("public/old/guide.html", own);
    site.write("public/_redirects", "/a /b 302\n");
    site.rebuild().ok();
    assert_eq!(site.read("public/old/guide.html"), own);
    assert_eq!(site.read("public/_redirects"), "/a /b 302\n");
    site.edit("docsite.toml", |_| String::new());
    site.rebuild();
    assert_eq!(site.read("public/old/guide.html"), own);
    assert_eq!(site.read("public/_redirects"), "/a /b 302\n");
}

#[test]
fn the_page_of_a_renamed_document_becomes_a_redirect() {
    let site = SiteTest::new().doc("gw__note-old", "# A\n");
    site.rebuild().ok();
    site.remove("markdown/gw__note-old.md");
    site.write(
        "markdown/gw__note-new.md",
        "---\naliases: gw__note-old\n---\n# A\n",
    );
    site.rebuild().ok();
    let page = site.page("public/gw__note-old.html");
    assert_eq!(page.attrs("main a", "href"), ["gw__note-new.html"]);
    site.run(&["check", "--strict"]);
    // And back: the document's page takes the place of the redirect.
    site.remove("markdown/gw__note-new.md");
    site.write("markdown/gw__note-old.md", "# A\n");
    site.rebuild().ok();
    assert_eq!(site.page("public/gw__note-old.html").texts("h1"), ["A"]);
    assert!(!site.has("public/gw__note-new.html"));
}

#[test]
fn beside_the_documents_a_draft_has_no_redirect() {
    let site = SiteTest::new()
        .file("docsite.toml", "output = \".\"\n")
        .doc("gw__note-new", "---\naliases: gw__note-old\n---\n# A\n")
        .doc(
            "gw__note-d",
            "---\ndraft: true\naliases: gw__note-e\n---\n# D\n",
        );
    site.render("gw__note-new").ok();
    assert!(site.has("gw__note-old.html"));
    assert!(!site.has("gw__note-e.html"));
    site.edit("markdown/gw__note-new.md", |text| {
        text.replace("aliases", "draft: true\naliases")
    });
    site.rebuild();
    assert!(!site.has("gw__note-old.html"));
    let settings = "output = \".\"\n[redirects]\n\"old/deep/page\" = \"/\"\n";
    site.edit("docsite.toml", |_| settings.to_owned());
    site.rebuild();
    assert!(site.has("old/deep/page.html"));
    site.edit("docsite.toml", |_| "output = \".\"\n".to_owned());
    site.rebuild();
    assert!(!site.has("old/deep/page.html"));
}

#[test]
fn redirects_that_cannot_be_are_findings_with_their_line() {
    let site = SiteTest::new()
        .file(
            "docsite.toml",
            "[redirects]\n\"gw__note-a\" = \"gw__note-b\"\n\"x\" = \"y\"\n\"y\" = \"x\"\n\"z\" = \"gw__note-c\"\n",
        )
        .doc("gw__note-a", "# A\n\n[b](gw__note-b.md)\n")
        .doc("gw__note-b", "# B\n\n[a](gw__note-a.md)\n");
    site.rebuild()
        .complains("docsite.toml:2:1: error[redirect-shadows]");
    let check = site.run(&["check"]).ends(1);
    let check = check.complains("docsite.toml:3:1: error[redirect-loop]");
    check.complains("docsite.toml:5:1: error[redirect-target]");
    assert_eq!(site.page("public/gw__note-a.html").texts("h1"), ["A"]);
    assert!(!site.has("public/x.html") && !site.has("public/_redirects"));
    site.write(
        "docsite.toml",
        "[redirects]\n\"x\" = \"gw__note-a#%EA%B9%80\"\n\"y\" = \"gw__note-a#없음\"\n\"z\" = \"x#top\"\n",
    );
    site.write(
        "markdown/gw__note-a.md",
        "# A\n\n## 김\n\n[b](gw__note-b.md)\n",
    );
    let run = site.rebuild().complains(
        "docsite.toml:3:1: error[redirect-target]: the redirect links to `gw__note-a#없음`, \
         but there is no heading `#없음`",
    );
    assert_eq!(run.err.matches("redirect-target").count(), 1);
    for (line, message) in [
        ("\"a?b\" = \"gw__note-a\"", "has a query or a fragment"),
        ("\"../a\" = \"gw__note-a\"", "is not a path in the site"),
        ("\"a%b\" = \"gw__note-a\"", "not every server reads"),
        ("\"a\" = \"javascript://x\"", "must be a document"),
        ("\"a\" = 1", "must be a document"),
    ] {
        site.write("docsite.toml", format!("[redirects]\n{line}\n"));
        site.run(&["rebuild"])
            .ends(2)
            .complains(message)
            .complains("docsite.toml:2:");
    }
}
