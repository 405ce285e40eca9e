//! What a site with an address says of its pages to programs: sitemap.xml, feed.xml, robots.txt.

use roxmltree::Document;

use crate::harness::SiteTest;

const FILES: [&str; 3] = ["public/sitemap.xml", "public/feed.xml", "public/robots.txt"];
const ADDRESS: &str = "base_url = \"https://docs.example.com/x\"\n";

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", format!("title = \"A & B\"\n{ADDRESS}"))
        .doc(
            "gw__note-a",
            "---\ndate: 2024-01-02\nauthor: Kim <k>\n---\n# A & \"a\"\n\nOne < two.\n",
        )
        .doc(
            "gw__note-b",
            "---\ndate: 2023-01-02\nupdated: 2024-05-06\n---\n# B\n",
        )
        .doc("gw__note-c", "# C\n")
        .doc(
            "gw__note-d",
            "---\ndraft: true\ndate: 2025-01-01\n---\n# D\n",
        );
    site.rebuild().ok();
    site
}

/// The texts of all elements of this name.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    let elements = document.descendants().filter(|it| it.has_tag_name(name));
    let texts = elements.map(|element| element.text().unwrap_or_default().to_owned());
    texts.collect()
}

fn texts_in(xml: &str, namespace: &str, name: &str) -> Vec<String> {
    let plain = xml.replace(&format!(" xmlns=\"{namespace}\""), "");
    texts(&plain, name)
}

fn atom(xml: &str, name: &str) -> Vec<String> {
    texts_in(xml, "http://www.w3.org/2005/Atom", name)
}

#[test]
fn the_sitemap_has_published_pages_with_the_dates_of_their_documents() {
    let text = site().read(FILES[0]);
    let namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let page = |name: &str| format!("https://docs.example.com/x/{name}.html");
    let pages = ["index", "gw__note-a", "gw__note-b", "gw__note-c"].map(page);
    assert_eq!(texts_in(&text, namespace, "loc"), pages);
    let days = texts_in(&text, namespace, "lastmod");
    assert_eq!(days, ["2024-01-02", "2024-05-06"]);
}

#[test]
fn the_feed_has_documents_with_a_date_and_the_newest_first() {
    let site = site();
    let text = site.read(FILES[1]);
    assert_eq!(atom(&text, "title"), ["A & B", "B", "A & \"a\""]);
    assert_eq!(
        atom(&text, "updated"),
        [
            "2024-05-06T00:00:00Z",
            "2024-05-06T00:00:00Z",
            "2024-01-02T00:00:00Z"
        ]
    );
    assert_eq!(
        atom(&text, "id"),
        ["index", "gw__note-b", "gw__note-a"]
            .map(|name| format!("https://docs.example.com/x/{name}.html"))
    );
    assert_eq!(atom(&text, "name"), ["A & B", "Kim <k>"]);
    assert_eq!(atom(&text, "summary"), ["One < two."]);
    let link = "link[type='application/atom+xml']";
    let index = site.page("public/index.html");
    assert_eq!(index.attrs(link, "href"), ["feed.xml"]);
}

#[test]
fn the_feed_has_at_most_twenty_entries_and_none_without_a_date() {
    let site = SiteTest::new().file("docsite.toml", ADDRESS);
    for day in 1..=25 {
        let text = format!("---\ndate: 2024-01-{day:02}\n---\n# Day {day}\n");
        site.write(&format!("markdown/gw__note-{day}.md"), text);
    }
    site.rebuild().ok();
    let days = atom(&site.read(FILES[1]), "published");
    assert_eq!(days.len(), 20);
    assert_eq!(days[0], "2024-01-25T00:00:00Z");
    assert_eq!(days[19], "2024-01-06T00:00:00Z");
    for day in 1..=25 {
        site.write(&format!("markdown/gw__note-{day}.md"), "# Day\n");
    }
    site.rebuild().ok();
    assert!(!site.has(FILES[1]));
    let index = site.page("public/index.html");
    assert_eq!(index.count("link[rel=alternate]"), 0);
}

#[test]
fn robots_may_read_all_and_learn_where_the_sitemap_is() {
    let site = site();
    let text = site.read(FILES[2]);
    let rules: Vec<&str> = text.lines().filter(|it| !it.starts_with('#')).collect();
    assert_eq!(
        rules,
        [
            "User-agent: *",
            "Allow: /",
            "",
            "Sitemap: https://docs.example.com/x/sitemap.xml"
        ]
    );
    assert!(site.read("public/files.html").contains("robots.txt"));
}

#[test]
fn a_file_of_such_a_name_that_docsite_did_not_write_stays() {
    for option in [&["rebuild"][..], &["rebuild", "--adopt"]] {
        let site = site();
        site.write(FILES[0], "<mine/>\n");
        site.edit(FILES[1], |text| text.replace("One", "Two"));
        site.write(FILES[2], "User-agent: *\nDisallow: /\n");
        let before = FILES.map(|path| site.read(path));
        site.run(option).ok();
        assert_eq!(FILES.map(|path| site.read(path)), before);
        // Nor are they removed when docsite makes none.
        site.edit("docsite.toml", |text| {
            text.replace("base_url", "# base_url")
        });
        site.run(option).ok();
        assert_eq!(FILES.map(|path| site.read(path)), before);
    }
}

#[test]
fn without_an_address_the_files_go_and_a_later_build_makes_the_same() {
    let site = site();
    let before = FILES.map(|path| site.read(path));
    site.edit("docsite.toml", |text| {
        text.replace("base_url", "# base_url")
    });
    site.rebuild().ok();
    assert!(FILES.iter().all(|path| !site.has(path)));
    site.edit("docsite.toml", |text| {
        text.replace("# base_url", "base_url")
    });
    site.rebuild().ok();
    assert_eq!(FILES.map(|path| site.read(path)), before);
}

#[test]
fn a_changed_date_reaches_the_sitemap_and_the_feed_as_in_a_clean_build() {
    let site = site();
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("2024-01-02", "2024-07-08")
    });
    site.rebuild().ok();
    let after = FILES.map(|path| site.read(path));
    assert!(after[0].contains("<lastmod>2024-07-08</lastmod>"));
    assert_eq!(atom(&after[1], "title"), ["A & B", "A & \"a\"", "B"]);
    site.remove("public");
    site.remove(".docsite");
    site.rebuild().ok();
    assert_eq!(FILES.map(|path| site.read(path)), after);
}
