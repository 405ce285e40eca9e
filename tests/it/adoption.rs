//! An archive of an older script, adopted: `init` changes nothing but `docsite.toml`, a plain `rebuild` no
//! page, and `rebuild --adopt` only the pages that the older script made.

use std::collections::BTreeSet;

use crate::harness::SiteTest;
use crate::samples;

/// An archive with the pages of an older script.
#[derive(Clone, Copy)]
pub struct Archive {
    pub site: fn() -> SiteTest,
    /// Pages with a picture that somebody drew.
    pub drawn: &'static [&'static str],
    /// Documents without a page.
    pub unpublished: &'static [&'static str],
    /// How many documents there are.
    pub documents: usize,
}

const SAMPLE: Archive = Archive {
    site: samples::older_archive,
    drawn: &samples::DRAWN,
    unpublished: &samples::UNPUBLISHED,
    documents: samples::NOTES,
};

impl Archive {
    fn adopted(self) -> SiteTest {
        let site = (self.site)();
        site.run(&["init"]).ok();
        site
    }

    /// The pages that the older script left as it made them.
    fn scripted(self, site: &SiteTest) -> Vec<String> {
        let other = |name: &String| {
            !self.drawn.contains(&name.as_str()) && !self.unpublished.contains(&name.as_str())
        };
        let names: Vec<String> = basenames(site).into_iter().filter(other).collect();
        assert_eq!(names.len(), self.count());
        names
    }

    fn count(self) -> usize {
        self.documents - self.drawn.len() - self.unpublished.len()
    }
}

fn basenames(site: &SiteTest) -> BTreeSet<String> {
    let tree = site.tree();
    let names = tree.paths().into_iter();
    names
        .filter_map(|path| path.strip_prefix("markdown/")?.strip_suffix(".md"))
        .map(str::to_owned)
        .collect()
}

pub fn adopting_writes_docsite_toml_and_a_caddyfile_and_no_other_byte(archive: Archive) {
    let site = (archive.site)();
    site.age();
    let before = site.whole_tree();
    site.run(&["init"]).ok();
    let mut touched = before.touched(&site.whole_tree());
    // Making a file shows in its folder; `.docsite` may hold docsite's lock.
    touched.retain(|path| path != "/" && !path.starts_with(".docsite"));
    assert_eq!(touched, ["Caddyfile", "docsite.toml"]);
    let settings = site.read("docsite.toml");
    assert!(settings.contains("output = \".\""), "{settings}");
    assert!(settings.contains("language = \"ko\""), "{settings}");
    for topic in ["gw", "gt", "xds", "sec", "arch"] {
        assert!(
            settings.contains(&format!("prefix = \"{topic}\"")),
            "{settings}"
        );
    }
}

pub fn adopting_says_what_rebuild_adopt_will_re_render_keep_and_pass_by(archive: Archive) {
    let site = (archive.site)();
    let run = site.run(&["init"]).ok();
    let lines = |verb: &str| -> Vec<String> {
        let lines = run.out.lines().filter_map(|line| line.strip_prefix(verb));
        let first = lines.filter_map(|line| line.split_whitespace().next());
        first.map(str::to_owned).collect()
    };
    let pages = |names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("{name}.html")).collect()
    };
    assert_eq!(lines("keep "), pages(archive.drawn));
    assert_eq!(lines("skip      "), archive.unpublished);
    let rendered = lines("re-render ");
    for name in archive.scripted(&site) {
        assert!(rendered.contains(&format!("{name}.html")), "{name}");
    }
    for page in ["index.html", "files.html"] {
        assert!(rendered.contains(&page.to_owned()), "{rendered:?}");
    }
    let (pages, kept, without) = (
        archive.count(),
        archive.drawn.len(),
        archive.unpublished.len(),
    );
    assert_eq!(rendered.len(), pages + 2);
    run.says(&format!("{pages} pages"))
        .says(&format!("{kept} pages"))
        .says(&format!("{without} documents"));
}

pub fn adopting_what_is_adopted_is_refused(archive: Archive) {
    let site = archive.adopted();
    let run = site.writes_nothing(&["init"]);
    run.ends(2).complains("docsite.toml");
}

pub fn a_plain_rebuild_changes_no_page_and_says_why(archive: Archive) {
    let site = archive.adopted();
    let before = site.tree();
    let run = site.rebuild().ends(0);
    let changed = before.changed(&site.tree());
    assert!(
        !changed
            .iter()
            .any(|path| path.contains("__") && path.ends_with(".html")),
        "{changed:?}"
    );
    for path in before.paths() {
        assert!(!changed.contains(&path.to_owned()), "{path} changed");
    }
    let run = run.says("of unknown origin").says("--adopt");
    let run = run
        .says("0 pages written")
        .says(&format!("{} kept", archive.count() + archive.drawn.len()))
        .says(&format!("{} skipped", archive.unpublished.len()));
    for name in archive.drawn {
        assert!(
            run.out.contains(&format!("{name}.html  (made by hand)")),
            "{}",
            run.out
        );
    }
}

pub fn rebuild_adopt_keeps_the_drawn_skips_the_unpublished_and_renders_the_rest(archive: Archive) {
    let site = archive.adopted();
    let before = site.tree();
    let run = site.run(&["rebuild", "--adopt"]).ends(0);
    run.says(&format!("{} pages written", archive.count()))
        .says(&format!("{} kept", archive.drawn.len()))
        .says(&format!("{} skipped", archive.unpublished.len()));
    let changed = before.changed(&site.tree());
    for name in archive.drawn {
        assert!(!changed.contains(&format!("{name}.html")), "{name}");
    }
    for name in archive.unpublished {
        assert!(!site.has(&format!("{name}.html")), "{name}");
    }
    let scripted = archive.scripted(&site);
    let old: Vec<(&str, &[u8])> = before.files().collect();
    let kept = |path: &str| {
        let bytes = old.iter().find(|(old, _)| *old == path).unwrap().1;
        assert_eq!(site.set_aside(path), [bytes], "{path}");
    };
    for name in scripted {
        let page = format!("{name}.html");
        assert!(changed.contains(&page), "{page}");
        assert!(site.read(&page).contains("content=\"docsite\""), "{page}");
        kept(&page);
    }
    kept("index.html");
    kept("files.html");
    let sources = changed.iter().filter(|path| {
        path.starts_with("markdown/") || path.starts_with("attachment/") || *path == "flow.json"
    });
    assert_eq!(sources.count(), 0, "{changed:?}");
    assert!(!changed.contains(&"assets/viz.css".to_owned()));
}

pub fn a_second_rebuild_writes_nothing_at_all(archive: Archive) {
    let site = archive.adopted();
    site.run(&["rebuild", "--adopt"]).ends(0);
    site.writes_nothing(&["rebuild"]).ends(0);
    site.writes_nothing(&["rebuild", "--adopt"]).ends(0);
}

pub fn the_graph_has_the_one_broken_document_link_and_the_one_broken_heading_link(
    archive: Archive,
) {
    let site = archive.adopted();
    site.run(&["rebuild", "--adopt"]).ends(0);
    let graph = site.json("graph.json");
    let broken = graph["broken"].as_array().unwrap();
    let mut kinds: Vec<&str> = broken.iter().map(|b| b["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["document", "heading"], "{broken:?}");
    for link in broken {
        let text = site.read(link["file"].as_str().unwrap());
        let line = usize::try_from(link["line"].as_u64().unwrap()).unwrap();
        let line = text.lines().nth(line - 1).unwrap();
        assert!(line.contains(link["target"].as_str().unwrap()), "{line}");
    }
    assert_eq!(
        graph["nodes"].as_array().unwrap().len(),
        archive.count() + archive.drawn.len()
    );
}

pub fn check_says_once_that_pages_wait_to_be_adopted(archive: Archive) {
    let site = archive.adopted();
    let run = site.run(&["check"]).ends(1);
    assert_eq!(run.err.matches("[unknown-page]").count(), 1, "{}", run.err);
    assert!(
        run.err.contains(&format!("{} pages", archive.count()))
            && run.err.contains("docsite rebuild --adopt"),
        "{}",
        run.err
    );
    let headings = run.err.matches("[broken-heading]").count();
    assert!(headings < 10, "{headings}: {}", run.err);
    site.run(&["rebuild", "--adopt"]).ends(0);
    let run = site.run(&["check"]);
    assert!(!run.err.contains("[unknown-page]"), "{}", run.err);
}

/// All of these, on the sample.
mod of_the_sample {
    macro_rules! on_the_sample {
        ($($name:ident,)*) => {
            $(#[test]
            fn $name() {
                super::$name(super::SAMPLE);
            })*
        };
    }

    on_the_sample!(
        adopting_writes_docsite_toml_and_a_caddyfile_and_no_other_byte,
        adopting_says_what_rebuild_adopt_will_re_render_keep_and_pass_by,
        adopting_what_is_adopted_is_refused,
        a_plain_rebuild_changes_no_page_and_says_why,
        rebuild_adopt_keeps_the_drawn_skips_the_unpublished_and_renders_the_rest,
        a_second_rebuild_writes_nothing_at_all,
        the_graph_has_the_one_broken_document_link_and_the_one_broken_heading_link,
        check_says_once_that_pages_wait_to_be_adopted,
    );
}
