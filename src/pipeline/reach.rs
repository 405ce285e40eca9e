//! Which files of the output are published: one rule for files.html, `serve` and `export`.
//!
//! Not here: which documents are (`publication`).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::name::{Basename, is_leftover};
use crate::output::parts;
use crate::output::published::NAMES;
use crate::output::redirects;

use super::paths::HOST_FILES;
use super::publication::Standing;
use super::resolve::Resolved;
use super::site::Site;

/// Folders of a site whose output is its own folder. Others there are not the site's.
const FOLDERS: [&str; 3] = ["assets", "attachment", "view"];
const GRAPH: &str = "graph.json";
/// What browsers ask every site for.
const ICONS: [&str; 3] = ["favicon.ico", "favicon.svg", "apple-touch-icon.png"];

/// The rule for one site, as its last build left it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Whether the output has the sources beside it.
    is_flat: bool,
    /// Pages of documents that are not published, which docsite may not remove.
    withheld: BTreeSet<String>,
    /// Former paths, those of folders with a slash at the end, each with its new address from the
    /// site's root, or on another host.
    moved: BTreeMap<String, String>,
}

impl Reach {
    /// Of a site of which no build knows more.
    pub fn new(site: &Site) -> Self {
        Self {
            is_flat: site.settings.is_flat(),
            ..Self::default()
        }
    }

    pub fn of(site: &Site, resolved: &Resolved) -> Self {
        let standings = resolved.standings.iter();
        let drafts = standings.filter(|(_, standing)| **standing == Standing::Draft);
        let pages = drafts.map(|(id, _)| resolved.catalogue.corpus.get(*id).name.page());
        let catalogue = &resolved.catalogue;
        let moved = catalogue.redirects.iter().flat_map(|redirect| {
            let address = redirect.address(&catalogue.corpus);
            let asked = redirect.asked();
            asked.map(move |path| (path.to_owned(), address.clone()))
        });
        Self {
            is_flat: site.settings.is_flat(),
            withheld: pages.filter(|page| resolved.index.has(page)).collect(),
            moved: moved.collect(),
        }
    }

    /// Pages at former addresses that are beside the sources in no folder of the site.
    pub fn elsewhere(&self) -> impl Iterator<Item = &String> {
        let pages = self.moved.keys();
        pages.filter(|path| self.is_flat && path.contains('/') && path.ends_with(".html"))
    }

    /// Where a reader of a former path is sent: an address from the site's root, or on another host.
    pub fn moved(&self, path: &str) -> Option<&str> {
        self.moved.get(path).map(String::as_str)
    }

    /// Whether a file of the output is published. `is_there` says of another one whether it is in the
    /// output. A document is published if its page is there: its Markdown goes with it.
    pub fn has(&self, path: &str, is_there: impl Fn(&str) -> bool) -> bool {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        if above.split('/').any(|folder| folder.starts_with('.')) || !is_shown(name) {
            return false;
        }
        let has_page = |stem: &str| {
            let page = format!("{stem}.html");
            !self.withheld.contains(&page) && is_there(&page)
        };
        let of_document = |stem: &str| Basename::parse(stem).is_ok() && has_page(stem);
        let made = [&NAMES[..], &redirects::NAMES, &ICONS, &HOST_FILES];
        match path.split_once('/') {
            Some(("markdown", file)) => match file.strip_suffix(".md") {
                Some(stem) if self.is_flat => of_document(stem),
                Some(stem) => !self.withheld.contains(&format!("{stem}.html")),
                None => !self.is_flat,
            },
            Some((folder, _)) => {
                !self.is_flat || FOLDERS.contains(&folder) || self.moved.contains_key(path)
            }
            None if self.withheld.contains(path) => false,
            None => {
                !self.is_flat
                    || path.ends_with(".html")
                    || path.strip_suffix(".json").is_some_and(of_document)
                    || path == GRAPH
                    || made.concat().contains(&path)
                    || parts::whole_of(path).is_some()
            }
        }
    }

    /// Whether a folder may have published files, all of which its listing names.
    pub fn has_folder(&self, path: &str) -> bool {
        let top = path.split('/').next().unwrap_or_default();
        let is_ours = !self.is_flat || top == "markdown" || FOLDERS.contains(&top);
        is_ours && path.split('/').all(is_shown)
    }
}

/// Whether a visitor may see a name in a path.
pub fn is_shown(name: &str) -> bool {
    !name.starts_with('.') && !is_leftover(name) && !name.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(is_flat: bool) -> Reach {
        Reach {
            is_flat,
            withheld: BTreeSet::from(["gw__note-draft.html".to_owned()]),
            moved: BTreeMap::from([("posts/old.html".to_owned(), "gw__note-a.html".to_owned())]),
        }
    }

    fn of(is_flat: bool, path: &str) -> bool {
        let pages = ["gw__note-a.html", "gw__note-draft.html", "index.html"];
        reach(is_flat).has(path, |page| pages.contains(&page))
    }

    #[test]
    fn beside_the_sources_only_what_is_the_site_s_is_published() {
        for path in [
            "index.html",
            "gw__note-a.html",
            "gw__note-a.json",
            "markdown/gw__note-a.md",
            "graph.json",
            "topic-gw-1.html",
            "graph-gw-1.json",
            "sitemap.xml",
            "_headers",
            "_redirects",
            "posts/old.html",
            "attachment/a/x.yaml",
            "assets/viz.css",
        ] {
            assert!(of(true, path), "{path}");
        }
        for path in [
            "markdown/gw__note-b.md",
            "markdown/gw__note-draft.md",
            "markdown/notes.txt",
            "markdown/a/gw__note-a.md",
            "gw__note-draft.html",
            "docsite.toml",
            "flow.json",
            "Caddyfile",
            "README.md",
            "secret.pem",
            "templates/page.html",
            "dist/index.html",
            "posts/other.html",
            "attachment/.env",
            "attachment/a.yaml~",
            ".git/config",
        ] {
            assert!(!of(true, path), "{path}");
        }
        assert!(!reach(true).has_folder("dist") && reach(true).has_folder("markdown"));
    }

    #[test]
    fn an_output_of_its_own_is_published_but_for_drafts_and_what_is_hidden() {
        for path in ["mine.txt", "x/y.zip", "markdown/gw__note-b.md", "Caddyfile"] {
            assert!(of(false, path), "{path}");
        }
        for path in [
            "gw__note-draft.html",
            "markdown/gw__note-draft.md",
            ".env",
            "a/.b/c",
            "a.html~",
        ] {
            assert!(!of(false, path), "{path}");
        }
    }
}
