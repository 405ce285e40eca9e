//! `export`: a folder for a static host has what is published, and nothing in it is lost.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::harness::{Run, SiteTest};
use crate::tree::Tree;

const RECORD: &str = "assets/docsite/exported.json";

fn site() -> SiteTest {
    SiteTest::new()
        .doc(
            "gw__note-a",
            format!("# A\n\n요약.\n\n{}\n", "긴 글. ".repeat(400)),
        )
        .doc("gw__note-b", "# B\n\n[a](gw__note-a.html)\n")
        .doc("gw__note-draft", "---\ndraft: true\n---\n# Draft\n")
        .file("attachment/a.yaml", "kind: A\n")
        .file("attachment/.env", "secret")
        .file("attachment/b.bin", [0, 159, 146, 150].repeat(1000))
}

fn flat() -> SiteTest {
    let site = site()
        .file(
            "docsite.toml",
            "output = \".\"\n[redirects]\n\"posts/old\" = \"gw__note-a\"\n",
        )
        .file("posts/mine.html", "secret")
        .file("secret.pem", "secret")
        .doc("gw__note-late", "# Late\n");
    site.run(&["render", "gw__note-a", "gw__note-b"]).ok();
    site
}

/// Exports to a folder beside the site.
fn export(site: &SiteTest, more: &[&str]) -> Run {
    let folder = site.path("../dist");
    let mut args = vec!["export", folder.to_str().unwrap()];
    args.extend(more);
    site.run(&args)
}

fn dist(site: &SiteTest) -> Tree {
    Tree::of(&site.path("../dist"))
}

/// Paths of the files that changed, but for the list.
fn touched(before: &Tree, after: &Tree) -> Vec<String> {
    let mut touched = before.touched_files(after);
    touched.retain(|path| path != RECORD);
    touched
}

fn no_temporary(tree: &Tree) -> bool {
    !tree.paths().iter().any(|path| path.contains("docsite-tmp"))
}

#[test]
fn it_has_what_is_published_and_nothing_else() {
    let site = site();
    export(&site, &[]).ok().says("written");
    let tree = dist(&site);
    let mut expected = site
        .output()
        .paths()
        .iter()
        .map(|path| (*path).to_owned())
        .collect::<Vec<_>>();
    expected.push(RECORD.to_owned());
    expected.sort();
    assert_eq!(tree.paths(), expected);
    assert!(
        !tree
            .paths()
            .iter()
            .any(|path| path.contains("draft") || path.contains(".env"))
    );
    for (path, bytes) in site.output().files() {
        assert_eq!(site.bytes(&format!("../dist/{path}")), bytes, "{path}");
    }
    assert_eq!(crate::scanner::problems(&tree), [""; 0]);
}

#[test]
fn beside_the_sources_it_takes_neither_sources_nor_what_is_not_the_site_s() {
    let site = flat();
    export(&site, &[]).ok();
    let tree = dist(&site);
    let paths = tree.paths();
    for path in [
        "index.html",
        "gw__note-a.html",
        "markdown/gw__note-a.md",
        "attachment/a.yaml",
        "posts/old.html",
        "_redirects",
    ] {
        assert!(paths.contains(&path), "{path}: {paths:?}");
    }
    for part in [
        "late",
        "draft",
        "secret",
        "mine",
        "docsite.toml",
        ".env",
        ".docsite",
        "templates",
    ] {
        assert!(
            !paths.iter().any(|path| path.contains(part)),
            "{part}: {paths:?}"
        );
    }
    assert_eq!(crate::scanner::problems(&tree), [""; 0]);
}

#[test]
fn a_folder_of_the_site_can_be_exported_to_and_is_not_taken_up_by_the_build() {
    for site in [site(), flat()] {
        site.run(&["export", site.path("dist").to_str().unwrap()])
            .ok();
        let before = Tree::of(&site.path("dist"));
        let listing = |site: &SiteTest| {
            let path = if site.has("public") {
                "public/files.html"
            } else {
                "files.html"
            };
            site.read(path)
        };
        assert!(!listing(&site).contains("dist/"));
        site.age();
        let aged = site.tree();
        site.run(&["export", site.path("dist").to_str().unwrap()])
            .ok();
        assert_eq!(aged.touched_files(&site.tree()), [""; 0]);
        assert_eq!(before.paths(), Tree::of(&site.path("dist")).paths());
    }
}

#[test]
fn only_what_changed_is_written_and_what_is_no_longer_published_is_removed() {
    let site = site();
    export(&site, &[]).ok();
    let first = dist(&site);
    export(&site, &[]).ok().says("0 files written");
    assert_eq!(first.touched(&dist(&site)), [""; 0]);
    site.write("attachment/a.yaml", "kind: B\n");
    export(&site, &[]).ok();
    let second = dist(&site);
    let changed = touched(&first, &second);
    assert!(changed.contains(&"attachment/a.yaml".to_owned()));
    assert!(
        !changed.contains(&"gw__note-a.html".to_owned()),
        "{changed:?}"
    );
    assert_eq!(site.read("../dist/attachment/a.yaml"), "kind: B\n");
    site.remove("markdown/gw__note-b.md");
    site.remove("attachment/b.bin");
    site.remove("attachment/a.yaml");
    export(&site, &[]).ok().says("removed   gw__note-b.html");
    let third = dist(&site);
    for gone in ["gw__note-b.html", "markdown/gw__note-b.md", "attachment"] {
        assert!(!site.has(&format!("../dist/{gone}")), "{gone}");
    }
    // The same as if it were new.
    fs::remove_dir_all(site.path("../dist")).unwrap();
    export(&site, &[]).ok();
    assert_eq!(third.changed(&dist(&site)), [""; 0]);
}

#[test]
fn what_docsite_did_not_write_is_never_changed() {
    let site = site()
        .file("../dist/CNAME", "docs.example.com")
        .file("../dist/gw__note-a.html", "mine")
        .file(
            "../dist/markdown/gw__note-b.md",
            "# B\n\n[a](gw__note-a.html)\n",
        )
        .file("../dist/attachment/other/x.txt", "mine");
    let run = export(&site, &["--precompress"]).ends(1);
    run.complains("gw__note-a.html: error[kept-export]: was not written by docsite; it is kept");
    assert_eq!(site.read("../dist/gw__note-a.html"), "mine");
    // Nothing that a server would send instead of it.
    assert!(!site.has("../dist/gw__note-a.html.gz"));
    assert_eq!(site.read("../dist/CNAME"), "docs.example.com");
    assert!(site.has("../dist/gw__note-b.html"));
    // It was equal, and is still not docsite's to remove.
    site.remove("markdown/gw__note-b.md");
    export(&site, &["--precompress"]).ends(1);
    assert!(site.has("../dist/markdown/gw__note-b.md"));
    assert!(!site.has("../dist/gw__note-b.html"));
    site.remove("../dist/gw__note-a.html");
    export(&site, &["--precompress"]).ok();
    assert!(site.has("../dist/gw__note-a.html.gz"));
    assert_eq!(site.read("../dist/attachment/other/x.txt"), "mine");
}

#[test]
fn what_somebody_changed_in_it_is_kept_and_reported() {
    let site = site();
    export(&site, &[]).ok();
    site.write("../dist/gw__note-a.html", "edited");
    site.write("../dist/gw__note-b.html", "edited too");
    site.remove("../dist/attachment/a.yaml");
    let run = export(&site, &[]).ends(1);
    let run =
        run.complains("gw__note-a.html: error[kept-export]: was changed since docsite wrote it");
    run.says("kept      gw__note-b.html");
    // What somebody removed is written again.
    assert_eq!(site.read("../dist/attachment/a.yaml"), "kind: A\n");
    site.remove("markdown/gw__note-b.md");
    let run = export(&site, &[]).ends(1);
    run.complains("gw__note-b.html: error[kept-export]: is no longer published, and was changed");
    assert_eq!(site.read("../dist/gw__note-a.html"), "edited");
    assert_eq!(site.read("../dist/gw__note-b.html"), "edited too");
    // Restored, it is docsite's again.
    site.remove("../dist/gw__note-b.html");
    fs::copy(
        site.path("public/gw__note-a.html"),
        site.path("../dist/gw__note-a.html"),
    )
    .unwrap();
    export(&site, &[]).ok();
    site.write("docsite.toml", "title = \"다른 이름\"\n");
    export(&site, &[]).ok();
    assert!(site.read("../dist/gw__note-a.html").contains("다른 이름"));
}

#[test]
fn a_file_becomes_a_folder_and_the_reverse() {
    let site = site()
        .file("attachment/x", "file")
        .file("attachment/y/z.txt", "inside");
    export(&site, &[]).ok();
    site.remove("attachment/x");
    site.remove("attachment/y");
    let site = site
        .file("attachment/x/deep/a.txt", "inside")
        .file("attachment/y", "file");
    export(&site, &[]).ok().says("removed   attachment/x");
    assert_eq!(site.read("../dist/attachment/x/deep/a.txt"), "inside");
    assert_eq!(site.read("../dist/attachment/y"), "file");
    // Something else is in the way.
    site.remove("../dist/attachment/y");
    site.write("../dist/attachment/y/mine.txt", "mine");
    site.link("../dist/attachment/link", "/tmp");
    site.write("attachment/link/a.txt", "x");
    let run = export(&site, &[])
        .ends(1)
        .complains("attachment/y: error[kept-export]: is a directory");
    run.complains("is behind the symbolic link attachment/link");
    assert_eq!(site.read("../dist/attachment/y/mine.txt"), "mine");
    assert!(!Path::new("/tmp/a.txt").exists());
}

#[test]
fn a_folder_that_is_the_site_s_is_refused() {
    for site in [site(), flat()] {
        site.rebuild();
        let site = site.file("assets/own/x.txt", "x");
        site.link("link", site.path("../elsewhere"));
        let before = site.tree();
        let mut refused = vec![
            ".",
            "..",
            "markdown",
            "attachment/new",
            "assets",
            ".docsite",
            "templates/x",
            ".git/x",
            "link",
            "markdown/../markdown/x",
            "nothing/../x",
        ];
        if site.has("public") {
            refused.extend(["public", "public/attachment", "public/new"]);
        } else {
            refused.push("docsite.toml");
        }
        for folder in refused {
            let folder = site.path(folder);
            let run = site.run(&["export", folder.to_str().unwrap()]).ends(2);
            assert!(
                run.err.starts_with("error: ") && run.err.lines().count() == 1,
                "{run:?}"
            );
            assert_eq!(
                before.changed(&site.tree()),
                [""; 0],
                "{}",
                folder.display()
            );
        }
        assert!(!site.has("../elsewhere"));
    }
}

#[test]
fn a_folder_that_cannot_be_written_ends_it_with_its_path_and_nothing_half() {
    let site = site();
    export(&site, &[]).ok();
    site.write("docsite.toml", "title = \"다른 이름\"\n");
    let before = dist(&site);
    let set =
        |mode| fs::set_permissions(site.path("../dist"), fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    let run = site.run_as_nobody(&["export", site.path("../dist").to_str().unwrap()]);
    set(0o755);
    run.ends(2).complains("dist");
    assert_eq!(before.changed(&dist(&site)), [""; 0]);
    // A full disk, as far as that can be had: no file may become larger than some.
    let command = format!(
        "trap '' XFSZ; ulimit -f 2; exec '{}' --site '{}' export '{}'",
        env!("CARGO_BIN_EXE_docsite"),
        site.path("").display(),
        site.path("../dist").display(),
    );
    site.rebuild().ok();
    let full = std::process::Command::new("sh")
        .args(["-c", &command])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&full.stderr);
    assert!(
        said.contains("cannot write ") && said.contains("/dist/"),
        "{said}"
    );
    assert_eq!(full.status.code(), Some(2));
    assert_eq!(before.changed(&dist(&site)), [""; 0]);
    // A list that was tampered with says nothing of what is docsite's.
    let list = site.read(&format!("../dist/{RECORD}"));
    site.write(
        &format!("../dist/{RECORD}"),
        list.replace("index.html", "../site/flow.json"),
    );
    export(&site, &[]).ends(2).complains(RECORD);
    site.write(&format!("../dist/{RECORD}"), list);
    export(&site, &[]).ok();
}

#[test]
fn an_export_that_was_killed_is_brought_to_its_end_by_the_next() {
    let site = site();
    export(&site, &[]).ok();
    site.write("docsite.toml", "title = \"다른 이름\"\n");
    site.rebuild().ok();
    for wait in 0..40 {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_docsite"))
            .args(["export", "--site"])
            .arg(site.root())
            .arg(site.path("../dist"))
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_micros(1500 * wait));
        child.kill().unwrap();
        child.wait().unwrap();
        for (path, bytes) in dist(&site)
            .files()
            .filter(|(path, _)| path.ends_with(".html"))
        {
            assert!(bytes.ends_with(b"</html>\n"), "{path}");
        }
        if wait % 8 == 7 {
            // What a killed one left is finished, whatever is published meanwhile.
            site.write("docsite.toml", format!("title = \"이름 {wait}\"\n"));
        }
    }
    let run = export(&site, &[]).ok();
    let tree = dist(&site);
    assert!(no_temporary(&tree), "{:?}; {run:?}", tree.paths());
    for (path, bytes) in site.output().files() {
        assert_eq!(site.bytes(&format!("../dist/{path}")), bytes, "{path}");
    }
    let list = site.json(&format!("../dist/{RECORD}"));
    let mut prints = list["files"].as_object().unwrap().values();
    assert!(prints.all(|print| !print.as_str().unwrap().contains(' ')));
}

#[test]
fn a_temporary_file_of_a_killed_export_goes_and_another_s_bytes_are_set_aside() {
    let site = site();
    export(&site, &[]).ok();
    let own = site.bytes("../dist/gw__note-a.html");
    site.write("../dist/.docsite-tmp-aaaaaa", own);
    site.write("../dist/markdown/.docsite-tmp-bbbbbb", "somebody's edit");
    export(&site, &[]).ok();
    assert!(no_temporary(&dist(&site)));
    assert_eq!(site.set_aside(".docsite-tmp-bbbbbb"), [b"somebody's edit"]);
    assert!(site.set_aside(".docsite-tmp-aaaaaa").is_empty());
}

fn unpacked(bytes: &[u8], ending: &str) -> Vec<u8> {
    let mut text = Vec::new();
    match ending {
        "gz" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut text),
        _ => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut text),
    }
    .unwrap();
    text
}

#[test]
fn text_is_compressed_beside_itself_and_not_again_while_it_is_the_same() {
    let site = site();
    export(&site, &["--precompress"]).ok();
    let first = dist(&site);
    for path in [
        "index.html",
        "gw__note-a.html",
        "markdown/gw__note-a.md",
        "assets/docsite.css",
    ] {
        let plain = site.bytes(&format!("../dist/{path}"));
        for ending in ["gz", "br"] {
            let packed = site.bytes(&format!("../dist/{path}.{ending}"));
            assert!(packed.len() < plain.len(), "{path}.{ending}");
            assert_eq!(unpacked(&packed, ending), plain, "{path}.{ending}");
        }
    }
    // Neither what is short nor what is not text.
    for path in ["attachment/a.yaml", "attachment/b.bin", RECORD] {
        assert!(!site.has(&format!("../dist/{path}.gz")), "{path}");
    }
    export(&site, &["--precompress"])
        .ok()
        .says("0 files written");
    assert_eq!(first.touched(&dist(&site)), [""; 0]);
    site.edit("markdown/gw__note-a.md", |text| {
        text.replace("긴 글", "짧은 글")
    });
    export(&site, &["--precompress"]).ok();
    let second = dist(&site);
    let changed = touched(&first, &second);
    assert!(changed.contains(&"gw__note-a.html.br".to_owned()));
    assert!(!changed.contains(&"gw__note-b.html.br".to_owned()));
    let plain = site.bytes("../dist/gw__note-a.html");
    assert_eq!(
        unpacked(&site.bytes("../dist/gw__note-a.html.br"), "br"),
        plain
    );
    // The same bytes as in a new folder.
    fs::rename(site.path("../dist"), site.path("../old")).unwrap();
    export(&site, &["--precompress"]).ok();
    assert_eq!(second.changed(&dist(&site)), [""; 0]);
    // Without it, they go; somebody's own stays.
    site.write("../dist/mine.html.gz", "mine");
    export(&site, &[]).ok().says("removed");
    let tree = dist(&site);
    let packed = tree
        .paths()
        .into_iter()
        .filter(|path| path.ends_with(".gz") || path.ends_with(".br"));
    assert_eq!(packed.collect::<Vec<_>>(), ["mine.html.gz"]);
}

#[test]
fn a_damaged_compressed_file_is_kept_and_reported() {
    let site = site();
    export(&site, &["--precompress"]).ok();
    site.write("../dist/index.html.gz", "not gzip");
    export(&site, &["--precompress"])
        .ends(1)
        .complains("index.html.gz: error[kept-export]");
    site.remove("../dist/index.html.gz");
    export(&site, &["--precompress"]).ok();
}

#[test]
fn findings_of_the_build_are_reported_and_the_rest_is_exported() {
    let site = site().doc("gw__note-c", b"# C \xff\n");
    export(&site, &[]).ends(1).complains("error[not-utf8]");
    assert!(site.has("../dist/gw__note-b.html"));
    site.write("templates/page.html", "{% if %}\n");
    let before = dist(&site);
    export(&site, &[]).ends(2).complains("templates/page.html");
    assert_eq!(before.touched(&dist(&site)), [""; 0]);
}

#[test]
fn for_programs_and_without_words() {
    let site = site();
    assert_eq!(export(&site, &["--quiet"]).ok().out, "");
    site.write("../dist/gw__note-a.html", "mine");
    site.remove("markdown/gw__note-b.md");
    let run = export(&site, &["--json"]).ends(1).complains("kept-export");
    let said: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(said["version"], 1);
    assert_eq!(said["kept"][0]["path"], "gw__note-a.html");
    for (what, path) in [("removed", "gw__note-b.html"), ("written", "index.html")] {
        let paths = said[what].as_array().unwrap();
        assert!(paths.iter().any(|one| one == path), "{paths:?}");
    }
    assert!(said["unchanged"].as_u64().unwrap() > 10);
    site.run(&["export"]).ends(2);
}

#[test]
fn what_is_only_called_as_if_it_were_compressed_is_reported_and_kept() {
    let log = "2026-11-30 a line of a log\n".repeat(100);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(log.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let site = site()
        .file("attachment/a.log", &log)
        .file("attachment/a.log.gz", "another file")
        .file("attachment/b.log", &log)
        .file("attachment/b.log.gz", &packed)
        .file("attachment/c.gz", "alone");
    let run = site.run(&["rebuild"]).ends(0);
    let run = run.complains(
        "attachment/a.log.gz: warning[mistaken-file]: is not attachment/a.log compressed",
    );
    assert_eq!(run.err.matches("mistaken-file").count(), 1);
    export(&site, &["--precompress"]).ends(0);
    assert_eq!(site.read("../dist/attachment/a.log.gz"), "another file");
    assert_eq!(site.bytes("../dist/attachment/b.log.gz"), packed);
    for name in ["a.log", "b.log"] {
        assert!(site.has(&format!("../dist/attachment/{name}.br")));
    }
}
