//! Templates: a site's own take the place of the built-in ones, and may extend them; an error in
//! one has its place, and nothing is written.

use crate::harness::SiteTest;

fn site(name: &str, template: impl AsRef<[u8]>) -> SiteTest {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .doc("gw__note-b", "# B\n");
    site.rebuild().ok();
    site.write(&format!("templates/{name}"), template);
    site
}

#[test]
fn a_template_of_the_site_takes_the_place_of_the_built_in_one() {
    let template = "<!doctype html><html><head><title>{{ doc.title }}</title></head>\
                    <body><h1>Mine</h1>{{ body | safe }}</body></html>";
    let site = site("page.html", template);
    site.rebuild().ok();
    assert_eq!(site.page("public/gw__note-a.html").text("h1"), "Mine");
    assert_ne!(site.page("public/index.html").text("h1"), "Mine");
}

#[test]
fn a_template_of_the_site_may_extend_the_built_in_one_of_its_name() {
    for (name, page) in [
        ("page", "gw__note-a"),
        ("index", "index"),
        ("files", "files"),
    ] {
        let template = format!(
            "{{% extends \"builtin/{name}.html\" %}}{{% block footer %}}mine{{% endblock %}}"
        );
        let site = site(&format!("{name}.html"), template);
        site.rebuild().ok();
        let page = site.page(&format!("public/{page}.html"));
        assert!(page.text("footer").starts_with("mine "));
        assert_eq!(page.count("h1"), 1);
    }
}

#[test]
fn a_frame_of_the_site_is_used_by_every_built_in_page() {
    let base = "{% extends \"builtin/base.html\" %}{% block header %}frame{% endblock %}";
    let site = site("base.html", base);
    site.rebuild().ok();
    for page in ["gw__note-a", "files"] {
        let page = site.page(&format!("public/{page}.html"));
        assert!(page.text("header.top").contains("frame"));
    }
}

#[test]
fn a_changed_template_renders_every_page_again_and_one_that_is_gone_too() {
    let site = site("page.html", "{% extends \"builtin/page.html\" %}");
    let before = site.output();
    site.write(
        "templates/page.html",
        "{% extends \"builtin/page.html\" %}{% block side %}mine{% endblock %}",
    );
    site.rebuild().ok().says("2 pages written");
    site.writes_nothing(&["rebuild"]).ok();
    site.remove("templates");
    site.rebuild().ok();
    assert_eq!(before.changed(&site.output()), [""; 0]);
}

/// A wrong template, and where it is wrong.
const WRONG: [(&str, &str); 5] = [
    ("<head></head>\n  {% if %}\n", "2:"),
    ("<head></head>\n\n{{ doc.title\n", ""),
    ("<head></head>\n {{ doc.titel }}\n", "2:9"),
    ("<head></head>\n{{ nothing.at.all }}\n", "2:4"),
    ("<head></head>\n{{ doc.title | no_such_filter }}\n", "2:"),
];

#[test]
fn an_error_in_a_template_has_its_place_and_nothing_is_written() {
    for (template, place) in WRONG {
        let site = site("page.html", template);
        site.write("markdown/gw__note-a.md", "# Changed\n");
        site.write("attachment/new.txt", "new\n");
        site.age();
        let before = site.output();
        for args in [&["rebuild"][..], &["render", "gw__note-a"]] {
            let run = site.run(args).ends(2);
            assert_eq!(before.touched_files(&site.output()), [""; 0], "{template}");
            assert!(!site.has(".docsite/set-aside"));
            let run = run.complains(&format!("templates/page.html:{place}"));
            assert_eq!(
                run.err.matches("error").count(),
                1,
                "told once: {}",
                run.err
            );
        }
    }
}

#[test]
fn an_error_in_the_catalogues_template_is_reported_too() {
    for name in ["index.html", "files.html"] {
        let site = site(name, "<head></head>\n{{ nothing.at.all }}\n");
        site.age();
        let before = site.output();
        for args in [&["rebuild"][..], &["reindex"]] {
            site.run(args)
                .ends(2)
                .complains(&format!("templates/{name}:2:4"));
            assert_eq!(before.touched_files(&site.output()), [""; 0]);
        }
    }
}

#[test]
fn a_template_that_extends_nothing_that_is_there_is_an_error() {
    let site = site("page.html", "{% extends \"none.html\" %}");
    site.rebuild().ends(2).complains("none.html");
}

#[test]
fn a_template_without_a_head_cannot_carry_the_mark_and_is_an_error() {
    let site = site("page.html", "<p>{{ doc.title }}</p>");
    site.rebuild()
        .ends(2)
        .complains("templates/page.html")
        .complains("<head>");
}

#[test]
fn a_template_that_is_not_utf8_is_reported_with_its_place() {
    let site = site("page.html", b"<head></head>\n\xff");
    let run = site.rebuild();
    assert_ne!(run.status, 0);
    run.complains("templates/page.html:2:1");
}

#[test]
fn what_a_document_says_is_escaped_in_a_template() {
    let site = site(
        "page.html",
        "<html><head><title>{{ doc.title }}</title></head></html>",
    );
    site.write("markdown/gw__note-a.md", "---\ntitle: <b>&\n---\n");
    site.rebuild().ends(0);
    assert!(
        site.read("public/gw__note-a.html")
            .contains("<title>&lt;b&gt;&amp;</title>")
    );
}
