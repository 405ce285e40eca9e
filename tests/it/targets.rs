//! How a link is written, and what it links to: what an editor finds works in the page, the rest is
//! a finding that says what to write.

use crate::harness::{Run, SiteTest};

/// `설정` as macOS writes it, and composed.
const NFD: &str = "\u{1109}\u{1165}\u{11af}\u{110c}\u{1165}\u{11bc}";
const NFC: &str = "\u{c124}\u{c815}";
/// The same in an address.
const NFD_HREF: &str = "%E1%84%89%E1%85%A5%E1%86%AF%E1%84%8C%E1%85%A5%E1%86%BC";
const NFC_HREF: &str = "%EC%84%A4%EC%A0%95";

fn site() -> SiteTest {
    SiteTest::new()
        .doc(
            "a__note-y",
            "---\naliases: [a__note-old]\n---\n# Y\n\n## Part\n\n[x](a__note-x.html)\n",
        )
        .file("attachment/x.yaml", "a: 1\n")
        .file("attachment/p.png", "")
        .file("attachment/my file.yaml", "a: 1\n")
        .file("attachment/a#b.yaml", "a: 1\n")
        .file("attachment/q?.yaml", "a: 1\n")
        .file("attachment/50%25.yaml", "a: 1\n")
        .file("attachment/egress/gateway.yaml", "a: 1\n")
}

fn with(body: &str) -> SiteTest {
    site().doc(
        "a__note-x",
        format!("# X\n\n[y](a__note-y.html)\n\n{body}\n"),
    )
}

/// Links of a body, and the addresses that its page has for them: no finding about any.
#[track_caller]
fn leads(cases: &[(&str, &str)]) {
    for form in ["[l](<{}>)", "<a href=\"{}\">l</a>"] {
        let links: Vec<String> = cases.iter().map(|(to, _)| form.replace("{}", to)).collect();
        let site = with(&links.join("\n\n"));
        let run = site.run(&["check"]).ends(0);
        assert!(!run.err.contains("a__note-x"), "{}", run.err);
        site.rebuild().ends(0);
        let page = site.read("public/a__note-x.html");
        let body = &page[page.find("<article").unwrap()..page.find("</article>").unwrap()];
        for (to, expected) in cases {
            assert!(
                body.contains(&format!("href=\"{expected}\"")),
                "{to}: {body}"
            );
        }
    }
}

/// A finding of this code, with this help.
#[track_caller]
fn finds(link: &str, code: &str, help: &str) -> Run {
    let run = with(link).run(&["check"]);
    let run = run.complains(&format!("[{code}]"));
    run.complains(&format!("help: {help}\n"))
}

#[test]
fn what_an_editor_finds_from_the_document_works_in_the_page() {
    leads(&[
        ("../attachment/x.yaml", "view/x.yaml.html"),
        ("..\\attachment\\p.png", "view/p.png.html"),
        ("./attachment/x.yaml", "view/x.yaml.html"),
        ("./a__note-y.md", "a__note-y.html"),
        ("a__note-y.md?plain=1#part", "a__note-y.html?plain=1#part"),
        ("../markdown/a__note-y.md#part", "a__note-y.html#part"),
        ("../a__note-y.html", "a__note-y.html"),
        ("a__note-old.html", "a__note-y.html"),
        ("markdown/a__note-y.md", "markdown/a__note-y.md"),
        ("attachment/egress", "view/egress/index.html"),
        ("../attachment/egress/", "view/egress/index.html"),
        ("attachment/my file.yaml", "view/my%20file.yaml.html"),
        ("attachment/a%23b.yaml", "view/a%23b.yaml.html"),
        ("attachment/50%2525.yaml", "view/50%2525.yaml.html"),
        ("files.html", "files.html"),
        ("../index.html#topics?topic=a", "index.html#topics?topic=a"),
        ("./", "index.html"),
    ]);
}

#[test]
fn text_directives_are_not_part_of_an_id() {
    leads(&[
        ("a__note-y.html#:~:text=a", "a__note-y.html#:~:text=a"),
        (
            "a__note-y.html#part:~:text=a",
            "a__note-y.html#part:~:text=a",
        ),
        ("#:~:text=a", "#:~:text=a"),
    ]);
    finds(
        "[l](a__note-y.html#prt:~:text=a)",
        "broken-heading",
        "did you mean `#part`?",
    )
    .ends(1);
}

#[test]
fn what_is_nearly_right_is_reported_with_what_to_write() {
    for (link, code, right) in [
        ("[l](a__note-y.MD)", "name-mismatch", "a__note-y.html"),
        (
            "[l](a__note-y.HTML#part)",
            "name-mismatch",
            "a__note-y.html#part",
        ),
        ("[l](A__note-y.html)", "name-mismatch", "a__note-y.html"),
        ("[l](a__note-y)", "broken-document", "a__note-y.html"),
        ("[l](a__note-y/)", "broken-document", "a__note-y.html"),
        ("[l](a__note-y.html/)", "broken-document", "a__note-y.html"),
        ("[l](a__note-y.htm)", "broken-document", "a__note-y.html"),
        ("[l](../a__note-y.md)", "broken-document", "a__note-y.html"),
        (
            "[l](Attachment/X.yaml)",
            "name-mismatch",
            "attachment/x.yaml",
        ),
        (
            "[l](../Attachment/X.yaml)",
            "name-mismatch",
            "attachment/x.yaml",
        ),
        (
            "![l](attachment/P.PNG)",
            "name-mismatch",
            "attachment/p.png",
        ),
        (
            "[l](attachment/a#b.yaml)",
            "broken-attachment",
            "attachment/a%23b.yaml",
        ),
        (
            "[l](attachment/q?.yaml)",
            "broken-attachment",
            "attachment/q%3F.yaml",
        ),
        (
            "[l](attachment/my%2520file.yaml)",
            "broken-attachment",
            "attachment/my%20file.yaml",
        ),
        (
            "[l](attachment/50%25.yaml)",
            "broken-attachment",
            "attachment/50%2525.yaml",
        ),
        (
            "[l](attachment/x.yaml/)",
            "broken-attachment",
            "attachment/x.yaml",
        ),
        ("[l](INDEX.html)", "name-mismatch", "index.html"),
        (
            "[l](../../attachment/x.yaml)",
            "outside-link",
            "attachment/x.yaml",
        ),
        (
            "<a href=\"a__note-y\">l</a>",
            "broken-document",
            "a__note-y.html",
        ),
    ] {
        finds(link, code, &format!("write `{right}`")).ends(1);
    }
    for (link, code, right) in [
        (
            "[l](/a__note-y.html#part)",
            "absolute-link",
            "a__note-y.html#part",
        ),
        (
            "[l](/attachment/x.yaml)",
            "absolute-link",
            "attachment/x.yaml",
        ),
        ("[l](/a__note-y.md)", "broken-document", "a__note-y.html"),
        (
            "[l](/markdown/a__note-y.md)",
            "broken-document",
            "a__note-y.html",
        ),
        ("[l](/)", "absolute-link", "index.html"),
    ] {
        finds(
            link,
            code,
            &format!("links are relative to the page: write `{right}`"),
        );
    }
}

#[test]
fn the_nearest_name_is_written_so_that_it_is_a_link() {
    let help = "did you mean `attachment/my%20file.yaml`?";
    finds("[l](attachment/my%20fil.yaml)", "broken-attachment", help).ends(1);
}

#[test]
fn a_link_without_a_target_is_reported_and_reloads_nothing() {
    for (link, help) in [
        ("[l]()", "write `[l](basename.html)`, or `l` alone"),
        ("[l](<>)", "write `[l](basename.html)`, or `l` alone"),
        ("[Y]()", "write `[Y](a__note-y.html)`"),
        ("![l]()", "write it: `![l](attachment/…)`"),
        ("![]()", "write it: `![](attachment/…)`"),
    ] {
        let run = finds(link, "empty-link", help).ends(1);
        assert!(!run.err.contains("image-alt"), "{}", run.err);
        let site = with(link);
        site.rebuild();
        assert!(
            !site.read("public/a__note-x.html").contains("href=\"\""),
            "{link}"
        );
    }
    with("[l](#)").run(&["check"]).ends(0);
}

#[test]
fn a_target_with_spaces_is_reported_with_the_link_that_was_meant() {
    for (link, right) in [
        (
            "[l](attachment/my file.yaml)",
            "[l](<attachment/my file.yaml>)",
        ),
        ("![l](my pic.png)", "![l](<my pic.png>)"),
        (
            "**굵게**, [l](my file.yaml \"t\")",
            "[l](<my file.yaml> \"t\")",
        ),
    ] {
        finds(link, "spaced-link", &format!("write `{right}`")).ends(0);
    }
    for text in [
        "`[l](my file.yaml)`",
        "[l](see below)",
        "[l](<attachment/my file.yaml>)",
    ] {
        let run = with(text).run(&["check"]);
        assert!(!run.err.contains("spaced-link"), "{text}: {}", run.err);
    }
}

#[test]
fn names_are_found_in_either_unicode_form_and_the_address_is_the_files_own() {
    let flow = |path: &str| {
        format!(
            "{{\"stages\": [{{\"title\": \"0\", \"why\": \"w\", \"docs\": [\"a__note-x\", \
             \"a__note-y\"], \"attachments\": [\"attachment/{path}.yaml\"]}}]}}"
        )
    };
    for output in ["public", "."] {
        for (real, written, address) in [(NFD, NFC, NFD_HREF), (NFC, NFD, NFC_HREF)] {
            let site = with(&format!(
                "[l](attachment/{written}.yaml) ![l](../attachment/{written}.png) \
                 [f](attachment/{written}/) [[{written}.yaml]]\n\n<a href=\"attachment/{written}/x.yaml\">l</a>"
            ))
            .file("docsite.toml", format!("output = {output:?}\npublish = \"all\"\nwikilinks = \"link\"\n"))
            .file(&format!("attachment/{real}.yaml"), "a: 1\n")
            .file(&format!("attachment/{real}.png"), "")
            .file(&format!("attachment/{real}/x.yaml"), "a: 1\n")
            .file("flow.json", flow(written));
            site.remove("attachment/q?.yaml");
            site.run(&["check", "--strict"]).ends(0);
            site.rebuild().ends(0);
            let page = if output == "." {
                "a__note-x.html"
            } else {
                "public/a__note-x.html"
            };
            let page = site.read(page);
            for to in [
                "view/{}.yaml.html",
                "attachment/{}.png",
                "view/{}/index.html",
                "view/{}/x.yaml.html",
            ] {
                let address = format!("\"{}\"", to.replace("{}", address));
                assert!(page.contains(&address), "{output} {address}: {page}");
            }
            let index = site.read(if output == "." {
                "index.html"
            } else {
                "public/index.html"
            });
            assert!(index.contains(&format!("\"view/{address}.yaml.html\"")));
        }
    }
}

#[test]
fn two_files_that_differ_only_in_form_are_one_name() {
    let site = with("")
        .file(&format!("attachment/{NFD}.yaml"), "a: 1\n")
        .file(&format!("attachment/{NFC}.yaml"), "a: 2\n");
    let run = site.run(&["check"]).ends(1);
    run.complains(&format!("attachment/{NFD}.yaml: error[name-clash]"));
}

#[test]
fn names_that_documents_had_lead_to_them_from_the_flow() {
    let site = with("").file(
        "flow.json",
        "{\"stages\": [{\"title\": \"0\", \"why\": \"w\", \"docs\": [\"a__note-old\", \
         \"a__note-x.html#:~:text=a\"]}]}",
    );
    site.remove("attachment/q?.yaml");
    site.run(&["check", "--strict"]).ends(0);
    site.rebuild().ends(0);
    assert!(site.read("public/index.html").contains("a__note-y.html"));
}

#[test]
fn a_hand_made_page_is_read_as_a_browser_reads_it() {
    let site = with("").file(&format!("attachment/{NFD}.yaml"), "a: 1\n");
    site.rebuild().ends(0);
    let links = [
        "a__note-old.html".to_owned(),
        "a__note-y.md".to_owned(),
        format!("attachment/{NFC}.yaml"),
        "a__note-y.html#part:~:text=a".to_owned(),
        "a__note-Y.html".to_owned(),
    ];
    let links = links.map(|to| format!("<a href=\"{to}\">l</a>\n")).concat();
    site.edit("public/a__note-x.html", |page| {
        page.replace("</article>", &(links + "</article>"))
    });
    let run = site.run(&["check"]).ends(1);
    for (code, right) in [
        ("old-name", "a__note-y.html".to_owned()),
        ("source-link", "a__note-y.html".to_owned()),
        ("name-mismatch", format!("attachment/{NFD_HREF}.yaml")),
        ("name-mismatch", "a__note-y.html".to_owned()),
    ] {
        assert!(
            run.err.contains(&format!("[{code}]")),
            "{code}: {}",
            run.err
        );
        assert!(
            run.err.contains(&format!("help: write `{right}`")),
            "{right}: {}",
            run.err
        );
    }
    assert!(!run.err.contains("broken-heading"), "{}", run.err);
    assert!(!run.err.contains("broken-document"), "{}", run.err);
}

#[test]
fn a_link_out_of_the_site_links_to_the_repository_where_that_is_known() {
    let body = "[l](../src/main.rs#L1) [m](../../README.md)\n\n<a href=\"../src/\">l</a>";
    finds(
        "[l](../src/main.rs)",
        "outside-link",
        "give the whole address: `https://…`, or set `source_url` in docsite.toml",
    )
    .ends(1);
    let url = "https://github.com/o/r/tree/main/docs";
    let site = with(body).file("docsite.toml", format!("source_url = \"{url}/\"\n"));
    let run = site.run(&["check"]).ends(0);
    assert!(!run.err.contains("outside-link"), "{}", run.err);
    site.rebuild().ends(0);
    let page = site.read("public/a__note-x.html");
    for address in [
        format!("{url}/src/main.rs#L1"),
        format!("{url}/src/"),
        "https://github.com/o/r/tree/main/README.md".to_owned(),
    ] {
        assert!(
            page.contains(&format!("href=\"{address}\"")),
            "{address}: {page}"
        );
    }
    // What is the site's own stays a finding, and so does a picture: no host shows it in a page.
    for link in [
        "[l](../attachment/none.yaml)",
        "[l](../a__note-none.html)",
        "![l](../img/p.png)",
    ] {
        let site = with(link).file("docsite.toml", format!("source_url = \"{url}\"\n"));
        site.run(&["check"]).ends(1);
    }
}

#[test]
fn a_source_url_is_an_https_address() {
    for url in [
        "http://a.io/x",
        "a.io",
        "https://",
        "https://a.io/x?y",
        "https://a.io/x y",
    ] {
        let site = with("").file("docsite.toml", format!("\nsource_url = {url:?}\n"));
        site.run(&["check"]).ends(1).complains("docsite.toml:2:14");
    }
}

#[test]
fn addresses_that_programs_open_work_and_are_reported() {
    for url in [
        "obsidian://open?vault=x",
        "vscode://file/a.rs",
        "zotero://select/x",
        "slack://channel",
    ] {
        for link in [format!("[l]({url})"), format!("<a href=\"{url}\">l</a>")] {
            let site = with(&link);
            site.run(&["check"]).ends(0).complains("warning[app-link]");
            site.rebuild().ends(0);
            let page = site.read("public/a__note-x.html");
            assert!(page.contains(&format!("href=\"{url}\"")), "{url}");
        }
    }
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ] {
        let site = with(&format!("[l]({url})"));
        site.run(&["check"]).ends(1).complains("[refused-link]");
        site.rebuild();
        assert!(
            !site
                .read("public/a__note-x.html")
                .contains(&format!("href=\"{url}")),
            "{url}"
        );
    }
    finds(
        "[l](localhost:8080/x)",
        "refused-link",
        "write `http://localhost:8080/x`",
    )
    .ends(1);
}
