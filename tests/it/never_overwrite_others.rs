//! Files of the output that are no pages: the catalogue's follow the page table, docsite's own
//! assets are refreshed, copies follow their originals, and what docsite did not write stays.

use crate::harness::SiteTest;

const CATALOGUE: [&str; 3] = ["index.html", "files.html", "graph.json"];
/// Every way to make the catalogue anew that takes nothing over.
const USUAL: [&[&str]; 3] = [&["rebuild"], &["reindex"], &["render", "gw__note-a"]];
const ADOPT: [&[&str]; 3] = [
    &["rebuild", "--adopt"],
    &["reindex", "--adopt"],
    &["render", "gw__note-a", "--adopt"],
];

fn built() -> SiteTest {
    let site = SiteTest::new()
        .doc("gw__note-a", "# A\n\n[y](attachment/x/y.yaml)\n")
        .file("attachment/x/y.yaml", "a: 1\n")
        .file("assets/viz.css", "p{}\n");
    site.rebuild().ok();
    site
}

/// Changes a file of the catalogue, then what it lists, and runs a command.
fn after(command: &[&str], path: &str, bytes: &[u8]) -> SiteTest {
    let site = built();
    site.write(path, bytes);
    site.write(
        "markdown/gw__note-a.md",
        "# Another\n\n[x](gw__note-none.html)\n",
    );
    site.write("attachment/new.txt", "new\n");
    let run = site.run(command).ends(0);
    assert!(
        run.out.contains(path) || run.out.contains("written"),
        "{}",
        run.out
    );
    site
}

#[test]
fn a_catalogue_file_that_somebody_changed_is_kept() {
    for name in CATALOGUE {
        let path = format!("public/{name}");
        for command in USUAL.iter().chain(&ADOPT) {
            let mut edited = built().bytes(&path);
            edited.push(b'\n');
            let site = after(command, &path, &edited);
            assert_eq!(site.bytes(&path), edited, "{name} {command:?}");
        }
    }
}

#[test]
fn a_catalogue_file_of_unknown_origin_is_taken_over_by_adopt_alone() {
    for name in CATALOGUE {
        let path = format!("public/{name}");
        let theirs = b"<!doctype html><title>theirs</title>";
        for command in USUAL {
            let site = after(command, &path, theirs);
            assert_eq!(site.bytes(&path), theirs, "{name} {command:?}");
        }
        for command in ADOPT {
            let site = after(command, &path, theirs);
            assert!(site.read(&path).contains("docsite"), "{name} {command:?}");
            assert_eq!(site.set_aside(&path), [theirs], "{name} {command:?}");
        }
    }
}

#[test]
fn a_damaged_catalogue_file_is_made_again() {
    for name in CATALOGUE {
        let path = format!("public/{name}");
        for (command, damage) in USUAL.iter().zip([&b""[..], b"\0", b"\0\0\0"]) {
            let site = after(command, &path, damage);
            assert!(site.read(&path).contains("docsite"), "{name} {command:?}");
            assert_eq!(site.set_aside(&path), [damage], "{name} {command:?}");
        }
    }
}

#[test]
fn a_link_in_the_place_of_a_catalogue_file_is_left_alone() {
    for name in CATALOGUE {
        for command in ADOPT {
            let site = built();
            let path = format!("public/{name}");
            site.remove(&path);
            site.write("../theirs", "theirs");
            site.link(&path, site.path("../theirs"));
            site.run(command).ends(1).says(name);
            assert_eq!(site.read("../theirs"), "theirs", "{name} {command:?}");
            assert!(site.path(&path).is_symlink(), "{name} {command:?}");
        }
    }
}

#[test]
fn a_catalogue_file_that_is_gone_comes_back() {
    for command in USUAL {
        let site = built();
        let before = site.tree();
        for name in CATALOGUE {
            site.remove(&format!("public/{name}"));
        }
        site.run(command).ok();
        assert_eq!(before.changed(&site.tree()), [""; 0], "{command:?}");
    }
}

#[test]
fn docsites_own_assets_are_refreshed_and_changes_to_them_set_aside() {
    for name in ["docsite.css", "docsite.js", "docsite-topics.css"] {
        let path = format!("public/assets/{name}");
        let site = built();
        let own = site.bytes(&path);
        site.write(&path, "mine");
        site.rebuild().ok().says("set aside");
        assert_eq!(site.bytes(&path), own, "{name}");
        assert_eq!(site.set_aside(&path), [b"mine"], "{name}");
    }
}

#[test]
fn the_sites_style_sheet_is_never_touched_once_it_exists() {
    for output in [".", "public"] {
        let site = SiteTest::new()
            .doc("gw__note-a", "# A\n")
            .file("docsite.toml", format!("output = {output:?}\n"))
            .file("assets/viz.css", "");
        site.rebuild().ok();
        site.run(&["rebuild", "--adopt"]).ok();
        site.run(&["reindex", "--adopt"]).ok();
        assert_eq!(site.read("assets/viz.css"), "", "{output}");
    }
}

#[test]
fn a_change_of_the_sites_style_sheet_needs_no_render() {
    let site = built();
    site.write("assets/viz.css", "p{color:red}\n");
    site.age();
    let before = site.tree();
    site.rebuild().ok();
    assert_eq!(site.read("public/assets/viz.css"), "p{color:red}\n");
    let touched = before.touched(&site.tree());
    assert!(
        !touched.contains(&"public/gw__note-a.html".to_owned()),
        "{touched:?}"
    );
}

#[test]
fn files_that_docsite_did_not_write_stay_in_the_output() {
    let site = built();
    let foreign = [
        "public/robots.txt",
        "public/old.html",
        "public/attachment/x/theirs.txt",
        "public/markdown/theirs.md",
        "public/assets/theirs.css",
        "public/sub/deep/page.html",
    ];
    for path in foreign {
        site.write(path, "theirs");
    }
    site.remove("attachment/x/y.yaml");
    site.write("markdown/gw__note-a.md", "# A\n");
    for command in [
        &["rebuild"][..],
        &["rebuild", "--adopt"],
        &["reindex", "--adopt"],
    ] {
        site.run(command).ok();
        for path in foreign {
            assert_eq!(site.read(path), "theirs", "{path} {command:?}");
        }
    }
}

#[test]
fn a_copy_goes_with_its_original_and_so_does_its_empty_folder() {
    let site = built();
    assert_eq!(site.read("public/attachment/x/y.yaml"), "a: 1\n");
    site.remove("attachment/x");
    site.rebuild().ends(0);
    assert!(!site.has("public/attachment"));
}

#[test]
fn a_copy_that_somebody_changed_stays_when_its_original_goes() {
    let site = built();
    site.write("public/attachment/x/y.yaml", "mine");
    site.remove("attachment/x");
    site.rebuild().ends(0).says("attachment/x/y.yaml");
    assert_eq!(site.read("public/attachment/x/y.yaml"), "mine");
    site.rebuild().ends(0);
    assert_eq!(site.read("public/attachment/x/y.yaml"), "mine");
}

#[test]
fn a_copy_that_somebody_changed_is_set_aside_before_it_follows_its_original() {
    let site = built();
    site.write("public/attachment/x/y.yaml", "mine");
    site.write("attachment/x/y.yaml", "a: 2\n");
    site.rebuild().ok();
    assert_eq!(site.read("public/attachment/x/y.yaml"), "a: 2\n");
    assert_eq!(site.set_aside("public/attachment/x/y.yaml"), [b"mine"]);
}

#[test]
fn an_untrustworthy_list_of_copies_removes_nothing() {
    let site = built();
    site.edit("public/assets/docsite-copies.json", |text| text + "\n");
    site.remove("attachment/x");
    site.rebuild().ends(0);
    assert_eq!(site.read("public/attachment/x/y.yaml"), "a: 1\n");
}

#[test]
fn losing_the_cache_changes_nothing() {
    let site = built();
    site.remove(".docsite");
    site.age();
    let before = site.tree();
    site.rebuild().ok();
    let mut touched = before.touched(&site.tree());
    // `.docsite` itself comes back, which shows in the folder above it.
    touched.retain(|path| path != "/");
    assert_eq!(touched, [""; 0]);
}

#[test]
fn docsites_own_folder_is_always_ignored_by_git() {
    let site = built();
    assert_eq!(site.read(".docsite/.gitignore"), "*\n");
}
