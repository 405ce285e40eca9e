//! Copies of attachments, assets and documents follow their originals, in any encoding; one that
//! cannot be made or read is reported, and nothing that docsite did not write is lost.

use std::fs;

use docsite::fingerprint::Fingerprint;
use docsite::output::mark;
use serde_json::Value;

use crate::harness::{Run, SiteTest};

const MANIFEST: &str = "public/assets/docsite-copies.json";
const PICTURE: &str = "public/attachment/a.png";

/// The first bytes of a PNG of this size, which no decoder of text takes.
fn png(width: u8, height: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend([0, 0, 0, width, 0, 0, 0, height, 8, 6, 0, 0, 0, 0xff, 0xfe]);
    bytes
}

fn built() -> SiteTest {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n\n![p](attachment/a.png)\n")
        .file("attachment/a.png", png(8, 6))
        .file("assets/logo.webp", b"RIFF\xff\xfe")
        .file("attachment/t.txt", "text\n");
    site.rebuild().ok();
    site
}

/// Asserts that the manifest lists what docsite wrote, and that it is there.
fn is_recorded(site: &SiteTest) {
    let manifest = site.json(MANIFEST);
    for (path, print) in manifest["files"].as_object().unwrap() {
        let bytes = site.bytes(&format!("public/{path}"));
        let print = print.as_str().unwrap();
        assert_eq!(Fingerprint::of(&bytes).to_string(), print, "{path}");
    }
}

/// What an earlier version left: its manifest lists what it wanted to write.
fn with_old_manifest(site: &SiteTest, change: impl FnOnce(&mut Value)) {
    let mut manifest = site.json(MANIFEST);
    manifest
        .as_object_mut()
        .unwrap()
        .retain(|key, _| key == "files");
    let mut old = serde_json::json!({ "version": 1, "files": manifest["files"] });
    change(&mut old["files"]);
    let text = serde_json::to_string_pretty(&old).unwrap();
    site.write(
        MANIFEST,
        mark::json(&text, Fingerprint::of(text.as_bytes())),
    );
}

#[test]
fn a_binary_copy_follows_its_original() {
    let site = built();
    site.write("attachment/a.png", png(80, 60));
    site.write("assets/logo.webp", b"RIFF\xfe\xff");
    site.rebuild().ok();
    assert_eq!(site.bytes(PICTURE), png(80, 60));
    assert_eq!(site.bytes("public/assets/logo.webp"), b"RIFF\xfe\xff");
    assert!(site.read("public/gw__note-a.html").contains("width=\"80\""));
    assert!(!site.has(".docsite/set-aside"));
    is_recorded(&site);
    site.remove("attachment/a.png");
    site.write("markdown/gw__note-a.md", "# A\n");
    site.remove("assets/logo.webp");
    site.rebuild().ok();
    assert!(!site.has(PICTURE) && !site.has("public/assets/logo.webp"));
    is_recorded(&site);
    site.writes_nothing(&["rebuild"]).ok();
}

#[test]
fn a_binary_copy_that_somebody_changed_is_set_aside() {
    let site = built();
    site.write(PICTURE, b"\xffmine");
    site.rebuild().ok().says("set aside");
    assert_eq!(site.bytes(PICTURE), png(8, 6));
    assert_eq!(site.set_aside(PICTURE), [b"\xffmine"]);
}

#[test]
fn a_site_with_stale_binary_copies_recovers() {
    let site = built();
    site.write("attachment/b.png", png(1, 1));
    site.write("attachment/c.png", png(2, 2));
    site.rebuild().ok();
    let clean = site.output();
    // Changed; gone; changed and then gone; as an earlier version left their copies.
    site.write(PICTURE, png(4, 3));
    site.write("public/attachment/old/gone.png", png(5, 5));
    site.write("public/attachment/c.png", png(3, 3));
    site.write("public/attachment/theirs.txt", "theirs");
    with_old_manifest(&site, |_| {});
    site.remove("attachment/c.png");
    site.rebuild().ok();
    assert_eq!(site.bytes(PICTURE), png(8, 6));
    assert_eq!(site.set_aside(PICTURE), [png(4, 3)]);
    assert!(!site.has("public/attachment/old") && !site.has("public/attachment/c.png"));
    let aside = site.set_aside("public/attachment/old/gone.png");
    assert_eq!(aside, [png(5, 5)]);
    assert_eq!(site.set_aside("public/attachment/c.png"), [png(3, 3)]);
    is_recorded(&site);
    // What is text was removed by earlier versions, too: this is somebody's.
    assert_eq!(site.read("public/attachment/theirs.txt"), "theirs");
    site.remove("public/attachment/theirs.txt");
    site.write("attachment/c.png", png(2, 2));
    site.rebuild().ok();
    assert_eq!(clean.changed(&site.output()), [""; 0]);
}

#[test]
fn once_it_has_recovered_nobodys_binary_file_is_removed() {
    let site = built();
    site.write("public/attachment/theirs.png", png(5, 5));
    site.rebuild().ok();
    assert_eq!(site.bytes("public/attachment/theirs.png"), png(5, 5));
}

#[test]
fn a_copy_in_whose_way_something_is_is_an_error_and_the_rest_goes_on() {
    type Block = fn(&SiteTest);
    let ways: [(&str, Block); 4] = [
        ("is a symbolic link", |site| {
            site.write("../theirs", "theirs");
            site.remove(PICTURE);
            site.link(PICTURE, site.path("../theirs"));
        }),
        ("is a directory", |site| {
            site.remove(PICTURE);
            site.write("public/attachment/a.png/theirs", "theirs");
        }),
        ("is behind the symbolic link attachment", |site| {
            site.write("../elsewhere/a.png", "theirs");
            site.remove("public/attachment");
            site.link("public/attachment", site.path("../elsewhere"));
        }),
        (
            "attachment, where it would be, is not a directory",
            |site| {
                site.remove("public/attachment");
                site.write("public/attachment", "theirs");
            },
        ),
    ];
    for (why, block) in ways {
        let site = built();
        block(&site);
        site.write("markdown/gw__note-a.md", "# B\n\n![p](attachment/a.png)\n");
        let run = site.rebuild().ends(1).complains("error[copy-failed]");
        run.complains(&format!(
            "public/attachment/a.png: error[copy-failed]: cannot be written: {why}"
        ));
        assert!(
            site.read("public/gw__note-a.html").contains("<title>B"),
            "{why}"
        );
        is_recorded(&site);
        let theirs = [
            "../theirs",
            "public/attachment/a.png/theirs",
            "../elsewhere/a.png",
            "public/attachment",
        ];
        let kept = theirs
            .iter()
            .any(|path| fs::read(site.path(path)).is_ok_and(|bytes| bytes == b"theirs"));
        assert!(kept, "{why}");
        site.rebuild().ends(1).complains("copy-failed");
    }
}

#[test]
fn a_file_that_becomes_a_folder_and_the_reverse() {
    let site = built();
    site.write("attachment/d/x.png", png(1, 1));
    site.write("attachment/d/e/y.png", png(2, 2));
    site.rebuild().ok();
    site.remove("attachment/d");
    site.write("attachment/d", png(3, 3));
    site.remove("attachment/a.png");
    site.write("attachment/a.png/deep/z.png", png(4, 4));
    site.write("markdown/gw__note-a.md", "# A\n");
    site.rebuild().ok();
    assert_eq!(site.bytes("public/attachment/d"), png(3, 3));
    assert_eq!(site.bytes("public/attachment/a.png/deep/z.png"), png(4, 4));
    is_recorded(&site);
    let clean = SiteTest::copy_of(site.root(), &["public", ".docsite"]);
    clean.rebuild().ok();
    assert_eq!(clean.output().changed(&site.output()), [""; 0]);
}

#[test]
fn what_somebody_put_into_a_folder_that_becomes_a_file_stays() {
    let site = built();
    site.write("attachment/d/x.png", png(1, 1));
    site.rebuild().ok();
    site.write("public/attachment/d/theirs.txt", "theirs");
    site.remove("attachment/d");
    site.write("attachment/d", png(3, 3));
    site.rebuild().ends(1).complains("copy-failed");
    assert_eq!(site.read("public/attachment/d/theirs.txt"), "theirs");
    is_recorded(&site);
}

/// 설정.yaml, decomposed as a Mac writes it, and composed.
const NFD: &str = "\u{1109}\u{1165}\u{11af}\u{110c}\u{1165}\u{11bc}.yaml";
const NFC: &str = "\u{c124}\u{c815}.yaml";

#[test]
fn files_with_decomposed_names_are_copied_and_stay_fresh() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .file(&format!("attachment/{NFD}"), b"\xff1");
    site.rebuild().ok();
    site.write(&format!("attachment/{NFD}"), b"\xff2");
    site.rebuild().ok();
    assert_eq!(site.bytes(&format!("public/attachment/{NFD}")), b"\xff2");
    fs::rename(
        site.path(&format!("attachment/{NFD}")),
        site.path(&format!("attachment/{NFC}")),
    )
    .unwrap();
    site.rebuild().ok();
    assert_eq!(site.bytes(&format!("public/attachment/{NFC}")), b"\xff2");
    assert!(!site.has(&format!("public/attachment/{NFD}")));
    is_recorded(&site);
}

/// As on a file system that takes both names for one.
#[test]
fn a_copy_under_another_form_of_its_name_is_not_removed() {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .file(&format!("attachment/{NFD}"), b"\xff1");
    site.rebuild().ok();
    site.remove(&format!("attachment/{NFD}"));
    site.write(&format!("attachment/{NFC}"), b"\xff1");
    let copy = |name: &str| site.path(&format!("public/attachment/{name}"));
    fs::hard_link(copy(NFD), copy(NFC)).unwrap();
    site.rebuild().ok();
    assert!(copy(NFD).exists() && copy(NFC).exists());
}

const LEFTOVERS: [&str; 13] = [
    "a.yaml~",
    "#a.yaml#",
    ".#a.yaml",
    "a.yaml.swp",
    ".a.yaml.swo",
    "a.yaml.bak",
    "a.yaml.orig",
    "~$a.docx",
    "Thumbs.db",
    ".DS_Store",
    "desktop.ini",
    "4913",
    "deep/b.png~",
];

#[test]
fn leftovers_are_never_published_and_check_names_them() {
    for output in ["public", "."] {
        let site = SiteTest::new()
            .file("docsite.toml", format!("output = {output:?}\n"))
            .doc("gw__note-a", "# A\n")
            .file("attachment/a.yaml", "a: 1\n");
        for name in LEFTOVERS {
            site.write(&format!("attachment/{name}"), b"\xff");
            site.write(&format!("assets/{name}"), b"\xff");
            if !name.contains('/') {
                site.write(&format!("markdown/{name}"), "x");
            }
        }
        site.write("markdown/gw__note-a.md.bak", "# A\n");
        site.write("index.html~", "x");
        site.rebuild().ends(0);
        let list = site.read(if output == "." {
            "files.html"
        } else {
            "public/files.html"
        });
        for name in LEFTOVERS {
            assert!(!site.has(&format!("public/attachment/{name}")), "{name}");
            let encoded = docsite::name::href(name);
            assert!(!list.contains(&format!("/{encoded}\"")), "{name}");
        }
        assert!(list.contains("attachment/a.yaml") && !list.contains("index.html~"));
        let found: Vec<String> = findings(&site)
            .into_iter()
            .filter(|finding| finding["code"] == "leftover")
            .map(|finding| finding["path"].as_str().unwrap().to_owned())
            .collect();
        for name in LEFTOVERS {
            for folder in ["attachment", "assets", "markdown"] {
                if folder != "markdown" || !name.contains('/') {
                    assert!(
                        found.contains(&format!("{folder}/{name}")),
                        "{folder}/{name}"
                    );
                }
            }
        }
        assert!(found.contains(&"markdown/gw__note-a.md.bak".to_owned()));
    }
}

#[test]
fn leftovers_that_were_copied_once_are_removed() {
    let site = built();
    // A copy of before, which docsite wrote as any other.
    site.write("attachment/old.yaml", "a: 1\n");
    site.rebuild().ok();
    let (old, name) = ("attachment/old.yaml", "attachment/old.yaml~");
    for folder in ["", "public/"] {
        fs::rename(
            site.path(&format!("{folder}{old}")),
            site.path(&format!("{folder}{name}")),
        )
        .unwrap();
    }
    with_old_manifest(&site, |files| {
        let print = files.as_object_mut().unwrap().remove(old).unwrap();
        files[name] = print;
    });
    site.rebuild().ok();
    assert!(!site.has(&format!("public/{name}")));
}

fn findings(site: &SiteTest) -> Vec<Value> {
    let run = site.run(&["check", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    document["findings"].as_array().unwrap().clone()
}

/// A run by somebody to whom these paths are closed.
fn with_closed(site: &SiteTest, paths: &[&str], args: &[&str]) -> Run {
    site.close(paths);
    let run = site.run_as_nobody(args);
    site.open_again(paths);
    run
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let site = built();
    site.write("attachment/deep/b.png", png(2, 2));
    site.write("attachment/deep/er/c.png", png(3, 3));
    site.write(
        "markdown/xds__note-b.md",
        "# B\n\n![b](attachment/deep/b.png) [c](attachment/deep/er/c.png)\n",
    );
    site.rebuild().ok();
    let before = site.output();
    for (closed, reported) in [
        ("attachment/a.png", "attachment/a.png"),
        ("attachment/deep", "attachment/deep"),
        ("attachment", "attachment"),
        ("assets", "assets"),
        ("markdown/xds__note-b.md", "markdown/xds__note-b.md"),
    ] {
        let run = with_closed(&site, &[closed], &["rebuild"]);
        run.ends(1)
            .complains(&format!("{reported}: error[unreadable]: Permission denied"));
        let after = site.output();
        for (path, bytes) in before.files() {
            let is_made_of_all = !path.contains("__") && !path.starts_with("at");
            if !is_made_of_all {
                assert_eq!(
                    site.bytes(&format!("public/{path}")),
                    bytes,
                    "{closed}: {path}"
                );
            }
        }
        is_recorded(&site);
        drop(after);
        site.rebuild().ok();
        assert_eq!(before.changed(&site.output()), [""; 0], "{closed}");
    }
}

#[test]
fn a_document_that_became_too_large_or_a_folder_keeps_its_page_and_copy() {
    let breaks: [fn(&SiteTest); 3] = [
        |site| site.write("markdown/gw__note-b.md", vec![b'x'; (32 << 20) + 1]),
        |site| {
            site.remove("markdown/gw__note-b.md");
            site.write("markdown/gw__note-b.md/x", "x");
        },
        |site| {
            site.remove("markdown/gw__note-b.md");
            site.link("markdown/gw__note-b.md", "nowhere.md");
        },
    ];
    for break_it in breaks {
        let site = built().doc("gw__note-b", "# B\n");
        site.render("gw__note-b").ok();
        let page = site.bytes("public/gw__note-b.html");
        break_it(&site);
        let run = site.rebuild();
        assert!(
            run.status < 2 && run.err.contains("markdown/gw__note-b.md"),
            "{run:?}"
        );
        assert!(!run.out.contains("has no document"), "{run:?}");
        assert_eq!(site.bytes("public/gw__note-b.html"), page);
        assert_eq!(site.read("public/markdown/gw__note-b.md"), "# B\n");
        let codes: Vec<Value> = findings(&site)
            .into_iter()
            .map(|f| f["code"].clone())
            .collect();
        assert!(!codes.contains(&Value::from("stray-page")), "{codes:?}");
    }
}

#[test]
fn an_attachment_of_any_size_is_copied() {
    let site = built();
    let large = vec![0xff; (33 << 20) + 7];
    site.write("attachment/large.bin", &large);
    site.rebuild().ok();
    assert_eq!(site.bytes("public/attachment/large.bin"), large);
    site.write("attachment/large.bin", &large[1..]);
    site.rebuild().ok();
    assert_eq!(site.bytes("public/attachment/large.bin"), large[1..]);
}

#[test]
fn a_folder_of_the_output_that_cannot_be_written_is_an_error_and_the_rest_goes_on() {
    let site = built();
    site.write("attachment/deep/b.png", png(2, 2));
    site.rebuild().ok();
    site.write("attachment/deep/b.png", png(3, 3));
    site.write("attachment/new.png", png(4, 4));
    let run = with_closed(&site, &["public/attachment/deep"], &["rebuild"]);
    run.ends(1)
        .complains("error[copy-failed]")
        .complains("Permission denied");
    assert_eq!(site.bytes("public/attachment/new.png"), png(4, 4));
    is_recorded(&site);
    site.rebuild().ok();
    assert_eq!(site.bytes("public/attachment/deep/b.png"), png(3, 3));
}

#[test]
fn bytes_are_set_aside_even_if_something_has_their_name() {
    let mine = b"\xffmine";
    let site = built();
    site.write(PICTURE, mine);
    site.rebuild().ok();
    let folder = site.path(".docsite/set-aside").join(PICTURE);
    let name = fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    let name = name.path();
    site.write("../outside", "theirs");
    let damages: [fn(&SiteTest, &std::path::Path); 3] = [
        |_, name| fs::write(name, "").unwrap(),
        |site, name| {
            fs::remove_file(name).unwrap();
            std::os::unix::fs::symlink(site.path("../outside"), name).unwrap();
        },
        |_, name| {
            fs::remove_file(name).unwrap();
            fs::create_dir(name).unwrap();
        },
    ];
    for damage in damages {
        damage(&site, &name);
        site.write(PICTURE, mine);
        site.rebuild().ok().says("set aside");
        assert!(site.set_aside(PICTURE).contains(&mine.to_vec()));
        assert_eq!(site.read("../outside"), "theirs");
    }
}

#[test]
fn a_file_or_a_link_in_place_of_the_folder_of_attachments_removes_no_copy() {
    for is_link in [false, true] {
        let site = SiteTest::new()
            .file("docsite.toml", "language = \"en\"\n")
            .file("attachment/a.yaml", "a: 1\n")
            .doc("gw__note-a", "# A\n\n[a](attachment/a.yaml)\n");
        site.rebuild().ok();
        let before = site.output();
        site.remove("attachment");
        if is_link {
            site.link("attachment", "elsewhere");
        } else {
            site.write("attachment", "x");
        }
        let run = site.rebuild().ends(1);
        let said = if is_link {
            "link-outside"
        } else {
            "unreadable"
        };
        let run = run.complains(&format!("attachment: error[{said}]"));
        // A search does not find what cannot be read, and the listing follows.
        let mut changed = before.changed(&site.output());
        changed.retain(|path| !path.starts_with("assets/docsite/search/") && path != "files.html");
        assert_eq!(changed, [""; 0], "{run:?}");
    }
}

#[test]
fn a_folder_in_place_of_a_copy_is_reported_as_what_it_is() {
    for inside in ["", "/empty", "/a/b"] {
        let site = SiteTest::new()
            .file("docsite.toml", "language = \"en\"\n")
            .file("attachment/a.yaml", "a: 1\n")
            .doc("gw__note-a", "# A\n\n[a](attachment/a.yaml)\n");
        let folder = site.path(&format!("public/attachment/a.yaml{inside}"));
        fs::create_dir_all(folder).unwrap();
        let run = site.rebuild().ends(1);
        run.complains(
            "public/attachment/a.yaml: error[copy-failed]: cannot be written: is a directory",
        );
    }
}

#[test]
fn what_is_read_only_is_replaced_and_stays_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n")
        .file("attachment/x.yaml", "a: 1\n");
    site.run_as_nobody(&["rebuild"]).ends(0);
    let paths = [
        "public/gw__note-a.html",
        "public/index.html",
        "public/attachment/x.yaml",
        "markdown/gw__note-a.md",
    ];
    for path in paths {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(0o444)).unwrap();
    }
    site.remove("markdown/gw__note-a.md");
    let site = site.doc("gw__note-a", "# Another\n");
    site.write("attachment/x.yaml", "a: 2\n");
    site.run_as_nobody(&["rebuild"]).ends(0);
    for path in &paths[..2] {
        assert!(site.read(path).contains("Another"), "{path}");
        let mode = fs::metadata(site.path(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o444, "{path}");
    }
    assert_eq!(site.read("public/attachment/x.yaml"), "a: 2\n");
}
