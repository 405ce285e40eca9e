//! Settings: a site without any works; an invalid one is reported with its position and the nearest
//! valid one, and nothing is written.

use crate::harness::SiteTest;

fn site(settings: impl AsRef<[u8]>) -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", settings)
        .doc("gw__note-a", "# A\n")
        .doc("xds__lab-b", "# B\n")
}

#[test]
fn a_site_without_settings_works_in_english() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    site.rebuild().ok();
    assert_eq!(
        site.page("public/gw__note-a.html").attrs("html", "lang"),
        ["en"]
    );
    assert!(!site.has("docsite.toml"));
    assert_eq!(crate::scanner::problems(&site.output()), [""; 0]);
}

#[test]
fn title_and_description_are_shown() {
    let site = site("title = \"Notes & <more>\"\ndescription = \"About it\"\n");
    site.rebuild().ok();
    let page = site.page("public/index.html");
    assert_eq!(page.text("head > title"), "Notes & <more>");
    assert!(page.text("main").contains("About it"));
    let title = site.page("public/gw__note-a.html").text("title");
    assert!(
        title.contains('A') && title.contains("Notes & <more>"),
        "{title}"
    );
}

#[test]
fn an_english_site_has_no_korean_word_and_is_the_usual() {
    for settings in ["language = \"en\"\n", ""] {
        let site = site(settings);
        site.rebuild().ok();
        for name in ["index", "files", "gw__note-a"] {
            let page = site.read(&format!("public/{name}.html"));
            assert!(!page.chars().any(|c| matches!(c, '가'..='힣')), "{name}");
        }
    }
}

#[test]
fn the_output_goes_where_the_settings_say() {
    for output in ["site", "./out/deep/", "build/site"] {
        let site = site(format!("output = {output:?}\n"));
        site.rebuild().ok();
        assert!(site.path(output).join("gw__note-a.html").is_file());
        assert!(!site.has("public"));
    }
}

#[test]
fn beside_the_sources_nothing_is_copied_onto_itself() {
    let site = site("output = \".\"\n").file("attachment/y.yaml", "a: 1\n");
    site.age();
    let before = site.tree();
    site.run(&["rebuild", "--all"]).ok();
    let mut touched = before.touched(&site.tree());
    touched.retain(|path| !path.starts_with("assets/") && path != "/");
    assert_eq!(
        touched,
        [
            "404.html",
            "files.html",
            "graph.json",
            "gw__note-a.html",
            "gw__note-a.json",
            "index.html",
            "llms.txt",
            "view/",
            "view/index.html",
            "view/y.yaml.html",
            "xds__lab-b.html",
            "xds__lab-b.json"
        ]
    );
}

#[test]
fn topics_have_colours_given_or_from_the_palette_and_all_differ() {
    let site = site(
        "[[topics]]\nprefix = \"gw\"\ncolour = \"#123456\"\n[[topics]]\nprefix = \"xds\"\n\
         [[topics]]\nprefix = \"a\"\n[[topics]]\nprefix = \"b\"\ncolour = \"cyan\"\n",
    );
    site.rebuild().ok();
    let css = site.read("public/assets/docsite-topics.css");
    let mut rules: Vec<&str> = css
        .lines()
        .filter_map(|line| line.split_once('{'))
        .map(|r| r.1)
        .collect();
    assert_eq!(rules.len(), 4, "{css}");
    assert!(css.contains("#123456"));
    rules.sort_unstable();
    rules.dedup();
    assert_eq!(rules.len(), 4, "{css}");
}

#[test]
fn a_colour_from_the_palette_is_not_one_that_another_topic_sets() {
    let site = site("[[topics]]\nprefix = \"gw\"\n[[topics]]\nprefix = \"b\"\ncolour = \"blue\"\n");
    site.rebuild().ends(0);
    let css = site.read("public/assets/docsite-topics.css");
    assert_eq!(css.matches("#0065a6").count(), 1, "{css}");
}

#[test]
fn types_of_the_site_replace_the_built_in_ones() {
    let site = site("[[types]]\nprefix = \"lab\"\nname = \"Laboratory\"\n");
    site.rebuild().ends(0);
    let page = site.page("public/xds__lab-b.html");
    assert_eq!(page.texts(".facts .tt i"), ["Laboratory"]);
}

#[test]
fn the_built_in_types_have_names_in_both_languages() {
    let names = [
        ("note", "개념", "Concept"),
        ("guide", "실전 가이드", "Guide"),
        ("runbook", "런북", "Runbook"),
    ];
    for (kind, korean, english) in names {
        for (language, name) in [("ko", korean), ("en", english)] {
            let site = SiteTest::new()
                .file("docsite.toml", format!("language = {language:?}\n"))
                .doc(&format!("gw__{kind}-a"), "# A\n");
            site.rebuild().ok();
            let page = site.page(&format!("public/gw__{kind}-a.html"));
            assert_eq!(page.texts(".facts .tt i"), [name], "{kind} {language}");
        }
    }
}

/// Wrong settings, where they are wrong, and a word of what is said.
const WRONG: [(&str, &str, &str); 12] = [
    ("title = \"x\"\ntitel = \"y\"\n", "2:1", "`title`"),
    (
        "[[topics]]\nprefix = \"gw\"\nnaem = \"x\"\n",
        "3:1",
        "`name`",
    ),
    ("[[topic]]\nprefix = \"gw\"\n", "1:3", "`topics`"),
    ("language = \"kr\"\n", "1:12", "`ko`"),
    ("title = 1\n", "1:9", "title"),
    ("\ntitle = \"open\n", "2:", "error"),
    ("base_url = \"example.com\"\n", "1:12", "https://"),
    ("[[topics]]\nname = \"x\"\n", "1:1", "prefix"),
    ("[[topics]]\nprefix = \"a b\"\n", "2:10", "a b"),
    (
        "[[topics]]\nprefix = \"gw\"\n[[topics]]\nprefix = \"gw\"\n",
        "3:1",
        "twice",
    ),
    (
        "[[topics]]\nprefix = \"gw\"\ncolour = \"reddish\"\n",
        "3:10",
        "blue",
    ),
    ("topics = 1\n", "1:10", "[[topics]]"),
];

#[test]
fn wrong_settings_are_reported_with_line_and_column_and_nothing_is_written() {
    for (settings, place, word) in WRONG {
        let site = site(settings);
        for args in [
            &["rebuild"][..],
            &["reindex"],
            &["status"],
            &["render", "gw__note-a"],
        ] {
            let run = site.writes_nothing(args).ends(2);
            run.complains(&format!("docsite.toml:{place}"))
                .complains(word);
        }
    }
}

#[test]
fn all_wrong_settings_are_reported_together() {
    let run = site("titel = 1\nlanguage = \"kr\"\noutput = \"..\"\n")
        .rebuild()
        .ends(2);
    for line in 1..=3 {
        assert!(
            run.err.contains(&format!("docsite.toml:{line}:")),
            "{}",
            run.err
        );
    }
}

#[test]
fn settings_that_are_not_utf8_are_reported() {
    let run = site(b"title = \"\xff\"\n").rebuild().ends(2);
    run.complains("docsite.toml:1:10").complains("UTF-8");
}

#[test]
fn a_byte_order_mark_and_line_ends_do_not_matter() {
    let site = site("\u{feff}title = \"T\"\r\nlanguage = \"ko\"\r\n");
    site.rebuild().ok();
    assert_eq!(site.page("public/index.html").attrs("html", "lang"), ["ko"]);
}

#[test]
fn a_changed_setting_reaches_every_page() {
    let site = site("title = \"One\"\n");
    site.rebuild().ok();
    site.write("docsite.toml", "title = \"Two\"\n");
    site.rebuild().ok().says("2 pages written");
    assert!(site.read("public/gw__note-a.html").contains("Two"));
}
