//! 404.html: what a server shows at an address without a page.

use crate::harness::SiteTest;

#[test]
fn it_names_everything_from_the_servers_root_and_looks_for_its_site_above() {
    for (settings, root) in [
        ("", "/"),
        ("base_url = \"https://x.kr\"\n", "/"),
        ("base_url = \"https://x.kr/a/b/\"\n", "/a/b/"),
    ] {
        let site = SiteTest::new()
            .file("docsite.toml", settings)
            .doc("gw__note-a", "# A\n");
        site.rebuild();
        let page = site.page("public/404.html");
        assert_eq!(page.attrs("meta[name=robots]", "content"), ["noindex"]);
        let above = (0..9).map(|depth| "../".repeat(depth));
        // An address may be deeper than that where the site is at the server's root.
        let scripts = match root {
            "/" => vec![root],
            root => vec![root, "/"],
        };
        let scripts = scripts.into_iter().map(str::to_owned).chain(above);
        assert_eq!(
            page.attrs("script[data-root]", "src"),
            scripts
                .map(|up| format!("{up}assets/docsite/lost.js"))
                .collect::<Vec<_>>()
        );
        for (selector, name) in [
            ("link[rel=stylesheet]", "href"),
            ("script[src]:not([data-root])", "src"),
            (".home", "href"),
        ] {
            let addresses = page.attrs(selector, name);
            assert!(
                !addresses.is_empty() && addresses.iter().all(|it| it.starts_with(root)),
                "{addresses:?}"
            );
        }
    }
}

#[test]
fn a_page_of_the_site_takes_its_place_and_gives_it_back() {
    let site = SiteTest::new().doc("gw__note-a", "# A\n");
    site.rebuild();
    let made = site.read("public/404.html");
    site.write("404.html", "<p>mine</p>\n");
    site.rebuild();
    assert_eq!(site.read("public/404.html"), "<p>mine</p>\n");
    site.remove("404.html");
    site.rebuild();
    site.rebuild();
    assert_eq!(site.read("public/404.html"), made);
    let flat = SiteTest::new()
        .file("docsite.toml", "output = \".\"\n")
        .file("404.html", "<p>mine</p>\n")
        .doc("gw__note-a", "# A\n");
    flat.run(&["rebuild", "--all"]);
    assert_eq!(flat.read("404.html"), "<p>mine</p>\n");
}
