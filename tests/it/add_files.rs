//! `add --with-files`: either all pictures and scripts beside the file are copied, or nothing is;
//! without the option, the help suggests it.

use crate::harness::{Run, SiteTest};

const DOC: &str = "markdown/gw__note-new.md";
const FOLDER: &str = "attachment/gw__note-new";

fn site() -> SiteTest {
    let site = SiteTest::new()
        .file("docsite.toml", "[[topics]]\nprefix = \"gw\"\n")
        .file("attachment/own.yaml", "a: b\n")
        .doc("gw__note-a", "# A\n");
    site.rebuild().ok();
    site
}

/// Adds `../draft/new.md`, which has this text.
fn add(site: &SiteTest, text: impl AsRef<[u8]>, args: &[&str]) -> Run {
    site.write("../draft/new.md", text);
    let file = site.path("../draft/new.md");
    let mut all = vec!["add", file.to_str().unwrap(), "gw__note-new"];
    all.extend(args);
    site.run(&all)
}

#[track_caller]
fn refused(site: &SiteTest, text: &str, args: &[&str]) -> Run {
    let before = site.tree();
    let run = add(site, text, args).ends(2);
    assert_eq!(before.touched(&site.tree()), [""; 0], "{run:?}");
    run
}

#[test]
fn files_beside_it_are_copied_and_linked_in_every_form() {
    let site = site();
    for (path, bytes) in [
        ("img/shot.png", "png"),
        ("run.sh", "#!/bin/sh\n"),
        ("my file.yaml", "a: b\n"),
        ("그림/화면 1.png", "ko"),
        ("x(1).png", "x"),
        ("html.png", "html"),
        ("ref.txt", "ref"),
        ("page.html", "<p>page</p>"),
        ("100%.png", "%"),
    ] {
        site.write(&format!("../draft/{path}"), bytes);
    }
    let text = "# New\n\n![shot](img/shot.png \"제목\") [run](./run.sh#L3) [y](<my file.yaml>)\n\
                ![k](%EA%B7%B8%EB%A6%BC/화면%201.png) [p](x(1).png) ![q](100%25.png)\n\
                <img src=\"html.png\" alt=\"\"> <a href='page.html'>page</a> [r][ref] [a](gw__note-a.html)\n\n\
                `![c](img/shot.png)` [again](img/shot.png) [web](https://istio.io/img/shot.png)\n\n\
                ```\n![c](img/shot.png)\n```\n\n[ref]: ref.txt \"r\"\n";
    let run = add(&site, text, &["--with-files"]).ok();
    run.says("copied    attachment/gw__note-new/shot.png  (from img/shot.png)");
    let expected = text
        .replacen("img/shot.png", &format!("{FOLDER}/shot.png"), 1)
        .replace("./run.sh#L3", &format!("{FOLDER}/run.sh#L3"))
        .replace("<my file.yaml>", &format!("<{FOLDER}/my%20file.yaml>"))
        .replace(
            "%EA%B7%B8%EB%A6%BC/화면%201.png",
            &format!("{FOLDER}/화면%201.png"),
        )
        .replace("x(1).png", &format!("{FOLDER}/x%281%29.png"))
        .replace("100%25.png", &format!("{FOLDER}/100%25.png"))
        .replace("\"html.png\"", &format!("\"{FOLDER}/html.png\""))
        .replace("'page.html'", &format!("'{FOLDER}/page.html'"))
        .replace(
            "[again](img/shot.png)",
            &format!("[again]({FOLDER}/shot.png)"),
        )
        .replace("[ref]: ref.txt", &format!("[ref]: {FOLDER}/ref.txt"));
    assert_eq!(site.read(DOC), expected);
    for (name, bytes) in [
        ("shot.png", "png"),
        ("run.sh", "#!/bin/sh\n"),
        ("my file.yaml", "a: b\n"),
        ("화면 1.png", "ko"),
        ("x(1).png", "x"),
        ("html.png", "html"),
        ("ref.txt", "ref"),
        ("page.html", "<p>page</p>"),
        ("100%.png", "%"),
    ] {
        assert_eq!(site.read(&format!("{FOLDER}/{name}")), bytes);
        assert_eq!(site.read(&format!("public/{FOLDER}/{name}")), bytes);
    }
    assert_eq!(site.read("../draft/new.md"), text, "the file itself stays");
}

#[test]
fn without_the_option_the_help_names_it() {
    let site = site();
    site.write("../draft/img/shot.png", "png");
    site.write("../draft/run.sh", "x");
    let text = "# New\n\n![s](img/shot.png) [r](run.sh) ![none](img/none.png)\n";
    let run = add(&site, text, &[]).ends(0);
    let offers = run
        .err
        .matches("`--with-files` copies it to attachment/gw__note-new/");
    assert_eq!(offers.count(), 2, "{}", run.err);
    assert!(!site.has(FOLDER));
    assert_eq!(site.read(DOC), text);
    // What it advises works.
    add(&site, text, &["--with-files"]).ends(0);
    assert!(site.has(&format!("{FOLDER}/shot.png")) && site.has(&format!("{FOLDER}/run.sh")));
}

#[test]
fn a_second_time_nothing_changes_and_it_says_so() {
    let site = site();
    site.write("../draft/img/shot.png", "png");
    let text = "# New\n\n![s](img/shot.png)\n";
    add(&site, text, &["--with-files"]).ok();
    let before = site.tree();
    for args in [&["--with-files"][..], &[]] {
        let run = add(&site, text, args).ok();
        run.says("unchanged markdown/gw__note-new.md");
        assert_eq!(before.touched(&site.tree()), [""; 0]);
    }
    add(&site, text, &["--with-files"])
        .ok()
        .says("unchanged attachment/gw__note-new/shot.png");
}

#[test]
fn files_of_one_name_in_two_folders_keep_their_folders() {
    let site = site();
    site.write("../draft/a/shot.png", "a");
    site.write("../draft/b/Shot.png", "b");
    site.write("../draft/c.png", "c");
    let text = "# New\n\n![s](a/shot.png) ![s](b/Shot.png) ![c](c.png)\n";
    add(&site, text, &["--with-files"]).ok();
    assert_eq!(site.read(&format!("{FOLDER}/a/shot.png")), "a");
    assert_eq!(site.read(&format!("{FOLDER}/b/Shot.png")), "b");
    assert_eq!(site.read(&format!("{FOLDER}/c.png")), "c");
}

#[test]
fn a_name_in_another_unicode_form_is_found_and_stored_composed() {
    let site = site();
    site.write("../draft/\u{1112}\u{1161}\u{11ab}.png", "nfd");
    add(&site, "# New\n\n![s](한.png)\n", &["--with-files"]).ok();
    assert_eq!(site.read(&format!("{FOLDER}/한.png")), "nfd");
}

#[test]
fn a_byte_order_mark_front_matter_and_line_ends_stay() {
    let site = site();
    site.write("../draft/shot.png", "png");
    let text = "\u{feff}---\r\ntitle: '![x](shot.png)'\r\n---\r\n# New\r\n\r\n![s](shot.png)\r\n";
    add(&site, text, &["--with-files"]).ok();
    let expected = text.replace("![s](shot.png)", &format!("![s]({FOLDER}/shot.png)"));
    assert_eq!(site.read(DOC), expected);
}

#[test]
fn what_is_not_in_its_folder_is_not_copied() {
    let site = site();
    site.write("../secret.png", "secret");
    site.write("../draft/.env", "secret");
    site.write("../draft/other.md", "# Other\n");
    site.link("../draft/link.png", site.path("../secret.png"));
    site.write("../draft/sub/inside.png", "in");
    site.link("../draft/inside.png", site.path("../draft/sub/inside.png"));
    let text = "# New\n\n![s](../secret.png) ![l](link.png) [e](.env) [o](other.md) [n](none.sh)\n\
                ![a](/secret.png) ![i](inside.png) ![up](sub/../../secret.png)\n";
    let run = add(&site, text, &["--with-files"]).ends(0);
    run.complains("it is not in the document's folder");
    let tree = site.tree();
    let copied = tree
        .paths()
        .into_iter()
        .filter(|path| path.starts_with(FOLDER));
    assert_eq!(copied.collect::<Vec<_>>(), [format!("{FOLDER}/inside.png")]);
    assert!(tree.files().all(|(_, bytes)| bytes != b"secret"));
}

#[test]
fn a_file_that_is_in_the_archive_already_is_linked_where_it_is() {
    let site = site();
    site.write(
        "attachment/new.md",
        "# New\n\n[y](own.yaml) [z](sub/z.sh)\n",
    );
    site.write("attachment/sub/z.sh", "z");
    let file = site.path("attachment/new.md");
    site.run(&[
        "add",
        file.to_str().unwrap(),
        "gw__note-new",
        "--with-files",
    ])
    .ok();
    assert_eq!(
        site.read(DOC),
        "# New\n\n[y](attachment/own.yaml) [z](attachment/sub/z.sh)\n"
    );
    assert!(!site.has(FOLDER));
    // A document of the archive itself stays as it is.
    let before = site.tree();
    site.run_bare(&["add", DOC, "gw__note-new", "--with-files"])
        .ok()
        .says("unchanged");
    assert_eq!(before.touched(&site.tree()), [""; 0]);
}

#[test]
fn a_different_file_in_the_copys_place_refuses_until_it_may_be_replaced() {
    let site = site();
    site.write("../draft/shot.png", "new");
    site.write("../draft/more.png", "more");
    site.write(&format!("{FOLDER}/shot.png"), "old");
    let text = "# New\n\n![m](more.png) ![s](shot.png)\n";
    refused(&site, text, &["--with-files"])
        .complains("attachment/gw__note-new/shot.png")
        .complains("--replace");
    add(&site, text, &["--with-files", "--replace"])
        .ok()
        .says("set aside");
    assert_eq!(site.read(&format!("{FOLDER}/shot.png")), "new");
    assert_eq!(site.set_aside(&format!("{FOLDER}/shot.png")), [b"old"]);
}

#[test]
fn what_is_in_the_way_refuses_all_of_it() {
    let text = "# New\n\n![m](more.png) ![s](shot.png)\n";
    let obstacles: [fn(&SiteTest); 4] = [
        |site| site.write(&format!("{FOLDER}/shot.png/x"), "a folder"),
        |site| site.link(&format!("{FOLDER}/shot.png"), "/etc/hostname"),
        |site| site.link(FOLDER, "/tmp"),
        |site| site.write(FOLDER, "a file"),
    ];
    for obstacle in obstacles {
        let site = site();
        site.write("../draft/more.png", "more");
        site.write("../draft/shot.png", "new");
        obstacle(&site);
        refused(&site, text, &["--with-files"]).complains("nothing was changed");
    }
    let site = site();
    site.write("../draft/more.png", "more");
    site.write("../draft/shot.png", "new");
    site.write(DOC, "# Another\n");
    refused(&site, text, &["--with-files"]).complains("--replace");
}

#[test]
fn wikilinks_bring_their_files_where_they_are_links() {
    let site = site();
    site.write(
        "docsite.toml",
        "wikilinks = \"link\"\n[[topics]]\nprefix = \"gw\"\n",
    );
    site.write("../draft/img/my shot.png", "png");
    add(
        &site,
        "# New\n\n![[img/my shot.png|100]] [[gw__note-a]]\n",
        &["--with-files"],
    )
    .ok();
    let expected = format!("# New\n\n![[{FOLDER}/my shot.png|100]] [[gw__note-a]]\n");
    assert_eq!(site.read(DOC), expected);
}

#[test]
fn a_directory_and_a_file_that_is_not_text_are_refused() {
    let site = site();
    site.write("../draft/x", "x");
    let folder = site.path("../draft");
    let run = site.writes_nothing(&["add", folder.to_str().unwrap(), "gw__note-new"]);
    run.ends(2).complains("is a directory");
    site.write("../draft/new.md", b"# caf\xe9\n");
    let file = site.path("../draft/new.md");
    let run = site.writes_nothing(&[
        "add",
        file.to_str().unwrap(),
        "gw__note-new",
        "--with-files",
    ]);
    run.ends(2).complains("UTF-8");
}
