//! Attachments to read: their pages and those of their folders.

use crate::harness::SiteTest;

const YAML: &str = "# 첫째\napiVersion: v1\nkind: \"</code><script>\"\n";

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", "language = \"ko\"\ntitle = \"S\"\n")
        .file(
            "flow.json",
            r#"{"stages": [{"title": "1 먼저", "why": "w", "docs": ["gw__note-a"],
                "attachments": ["attachment/egress/gateway.yaml"]}]}"#,
        )
        .file("attachment/egress/gateway.yaml", YAML)
        .file(
            "attachment/egress/deep/한 글.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        )
        .file("attachment/a.bin", b"\0\x01\x02")
        .file("attachment/long.log", "x\n".repeat(200_000))
        .file("attachment/index", "plain\n")
        .doc(
            "gw__note-a",
            "# A\n\nThe rule is in [the manifest](../attachment/egress/gateway.yaml#L2-L3), twice: \
             [again](../attachment/egress/gateway.yaml). See [all](../attachment/egress/).\n\n\
             ![p](../attachment/egress/deep/%ED%95%9C%20%EA%B8%80.svg)\n\n\
             <a href=\"../attachment/a.bin\" download>save</a> [i](../attachment/index)\n",
        )
        .doc(
            "gw__note-d",
            "---\ndraft: true\n---\n# D\n\n[x](../attachment/a.bin)\n",
        );
    site.rebuild();
    site
}

const PAGE: &str = "public/view/egress/gateway.yaml.html";

#[test]
fn an_attachment_has_a_page_with_lines_that_can_be_linked_to() {
    let site = site();
    let page = site.page(PAGE);
    assert_eq!(page.texts("h1"), ["gateway.yaml"]);
    assert_eq!(page.attrs(".ln", "id"), ["L1", "L2", "L3"]);
    assert_eq!(page.attrs(".no", "href"), ["#L1", "#L2", "#L3"]);
    let text = page.texts("code").join(" ");
    assert_eq!(text, "# 첫째 apiVersion: v1 kind: \"</code><script>\"");
    assert!(page.count(".ln .p") >= 2);
    assert_eq!(
        page.attrs(".raw", "href"),
        ["../../attachment/egress/gateway.yaml"]
    );
    assert_eq!(page.count("script:not([src])"), 0);
    let above = page.attrs(".crumb a", "href");
    assert_eq!(
        above,
        ["../../view/index.html", "../../view/egress/index.html"]
    );
}

#[test]
fn it_says_which_documents_and_stages_rest_on_it_and_with_which_words() {
    let site = site();
    let page = site.page(PAGE);
    assert_eq!(
        page.attrs("#ds\\.uses li > a", "href"),
        ["../../index.html#stage-0", "../../gw__note-a.html"]
    );
    assert_eq!(page.texts("#ds\\.uses mark"), ["the manifest"]);
    let page = site.page("public/view/a.bin.html");
    // A draft is not on the site, and neither are its words; what raw HTML names counts.
    assert_eq!(
        page.attrs("#ds\\.uses li > a", "href"),
        ["../gw__note-a.html"]
    );
}

#[test]
fn links_open_the_page_and_the_file_is_one_press_away() {
    let site = site();
    let page = site.page("public/gw__note-a.html");
    assert_eq!(
        page.attrs("article a[href*='egress']", "href"),
        [
            "view/egress/gateway.yaml.html#L2-L3",
            "view/egress/gateway.yaml.html",
            "view/egress/index.html"
        ]
    );
    assert_eq!(
        page.attrs("article a[href*='bin']", "href"),
        ["view/a.bin.html"]
    );
    // Its page would be that of its folder.
    assert_eq!(page.count("article a[href='attachment/index']"), 1);
    assert!(site.page("public/view/index.html").texts("h1")[0].contains("첨부"));
    let listed = page.attrs(".files a", "href");
    let both = [
        "view/egress/gateway.yaml.html",
        "attachment/egress/gateway.yaml",
    ];
    assert_eq!(listed[..2], both);
    assert_eq!(
        page.attrs("article img", "src"),
        ["attachment/egress/deep/%ED%95%9C%20%EA%B8%80.svg"]
    );
    let index = site.page("public/index.html");
    assert_eq!(index.attrs(".refs a", "href"), both);
    let found = site.run(&["search", "apiVersion", "--json"]).ok();
    assert!(
        found.out.contains("\"view/egress/gateway.yaml.html"),
        "{}",
        found.out
    );
}

#[test]
fn a_picture_is_shown_inertly_and_what_cannot_be_shown_has_a_card() {
    let site = site();
    let page = site.page("public/view/egress/deep/한 글.svg.html");
    let raw = "../../../attachment/egress/deep/%ED%95%9C%20%EA%B8%80.svg";
    assert_eq!(page.attrs(".shown img", "src"), [raw]);
    assert_eq!(page.count("figure svg, object, iframe, embed"), 0);
    assert!(page.texts("code")[0].contains("alert(1)"));
    for (path, says) in [("a.bin", "글이 아닌"), ("long.log", "너무 커서")] {
        let page = site.page(&format!("public/view/{path}.html"));
        assert!(page.texts(".card")[0].contains(says), "{path}");
        assert_eq!(
            page.attrs(".card a", "href"),
            [format!("../attachment/{path}")]
        );
        assert_eq!(page.count("code"), 0);
    }
}

#[test]
fn a_folder_lists_its_folders_and_files_with_their_documents() {
    let site = site();
    let page = site.page("public/view/egress/index.html");
    assert_eq!(
        page.attrs(".folder li > a", "href"),
        [
            "../../view/egress/deep/index.html",
            "../../view/egress/gateway.yaml.html"
        ]
    );
    assert_eq!(page.texts(".folder p a"), ["A"]);
    let top = site.page("public/view/index.html");
    let names = top.texts(".folder li > a");
    assert_eq!(names, ["egress/", "a.bin", "index", "long.log"]);
    assert_eq!(top.count(".crumb"), 0);
    let files = site.page("public/files.html");
    assert!(
        files
            .attrs(".dir", "href")
            .contains(&"view/egress/index.html".to_owned())
    );
}

#[test]
fn pages_of_attachments_follow_them_and_only_those_that_changed() {
    let site = site();
    let clean = site.output();
    site.writes_nothing(&["rebuild"]);
    site.write("attachment/egress/gateway.yaml", "a: 1\n");
    site.age();
    let before = site.output();
    site.rebuild();
    let touched = before.touched_files(&site.output());
    let views: Vec<&String> = touched
        .iter()
        .filter(|path| path.starts_with("view/"))
        .collect();
    assert_eq!(
        views,
        [
            "view/egress/gateway.yaml.html",
            "view/egress/index.html",
            "view/index.html"
        ]
    );
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("# A\n", "# Other\n")
    });
    site.rebuild();
    assert_eq!(
        site.page(PAGE).texts("#ds\\.uses li > a"),
        ["🧭 1 먼저", "Other"]
    );
    site.write("attachment/egress/gateway.yaml", YAML);
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("# Other\n", "# A\n")
    });
    site.rebuild();
    let changed = clean.changed(&site.output());
    assert_eq!(changed, [""; 0]);
    site.remove("attachment/egress");
    site.rebuild();
    assert!(!site.has("public/view/egress/gateway.yaml.html"));
    assert!(!site.has("public/view/egress/index.html"));
}

#[test]
fn a_page_that_somebody_changed_stays() {
    let site = site();
    site.edit(PAGE, |page| page.replace("gateway.yaml</h1>", "mine</h1>"));
    let mine = site.read(PAGE);
    site.write("attachment/egress/gateway.yaml", "a: 1\n");
    site.rebuild();
    assert_eq!(site.read(PAGE), mine);
    site.remove("attachment/egress");
    site.rebuild();
    assert_eq!(site.read(PAGE), mine);
}

#[test]
fn beside_the_sources_nothing_is_written_into_attachment() {
    let site = SiteTest::new()
        .file("docsite.toml", "output = \".\"\n")
        .file("attachment/x/y.yaml", "a: 1\n")
        .doc("gw__note-a", "# A\n\n[y](attachment/x/y.yaml)\n");
    let before = site.tree();
    site.render("gw__note-a").ok();
    let touched = before.touched_files(&site.tree());
    assert!(
        !touched.iter().any(|path| path.starts_with("attachment/")),
        "{touched:?}"
    );
    assert_eq!(
        site.page("view/x/y.yaml.html").attrs(".raw", "href"),
        ["../../attachment/x/y.yaml"]
    );
    assert!(
        site.page("files.html")
            .attrs("a", "href")
            .contains(&"view/x/y.yaml.html".to_owned())
    );
}

#[test]
fn an_attachment_that_cannot_be_read_keeps_its_page() {
    let site = site();
    let before = site.bytes(PAGE);
    site.close(&["attachment/egress/gateway.yaml"]);
    let run = site.run_as_nobody(&["rebuild"]);
    site.open_again(&["attachment/egress/gateway.yaml"]);
    assert_eq!(site.bytes(PAGE), before, "{}", run.err);
}

#[test]
fn a_folder_and_a_file_never_want_one_page() {
    let site = site()
        .file("attachment/x", "plain\n")
        .file("attachment/x.html/a.txt", "in it\n")
        .file("attachment/x.html-/a.txt", "in the other\n");
    site.rebuild();
    for (page, holds) in [
        ("view/x.html", "plain"),
        ("view/x.html-/a.txt.html", "in it"),
        ("view/x.html--/a.txt.html", "in the other"),
        ("view/x.html-/index.html", "a.txt"),
        ("view/index.html", "view/x.html-/index.html\""),
    ] {
        let text = site.read(&format!("public/{page}"));
        assert!(text.contains(holds), "{page}: {text}");
    }
    site.run(&["rebuild"]).ends(0);
}
