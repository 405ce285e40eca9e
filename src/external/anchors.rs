//! Anchors in a page: which fragments name one, and whether a page has it.
//!
//! Anchors that a page's script adds exist for a reader, but are not found here. Fragments that are
//! known to be of this kind (lines of code, routes of an application) are not looked for.
//!
//! Not here: fetching the page.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use lol_html::{HtmlRewriter, Settings, element};
use percent_encoding::percent_decode_str;

/// The prefix of heading ids on GitHub and similar sites.
const GITHUB_PREFIX: &str = "user-content-";

/// The anchor that a page must have for this fragment (as an address writes it); `None` if any page
/// will do.
pub(super) fn wanted(fragment: &str) -> Option<String> {
    // The browser searches for a text fragment, and finding nothing is not an error.
    let id = fragment.split(":~:").next().unwrap_or_default();
    let decoded = decoded(id);
    let always = decoded.is_empty()
        || decoded.eq_ignore_ascii_case("top")
        || decoded.starts_with(['!', '/'])
        || is_lines(&decoded);
    (!always).then(|| id.to_owned())
}

/// The fragment, percent-decoded.
pub(super) fn decoded(fragment: &str) -> String {
    percent_decode_str(fragment)
        .decode_utf8_lossy()
        .into_owned()
}

/// `L10`, `L10-L20`, `L10C3-L20C4`, `L10-20`: lines of code, which forges mark by script.
fn is_lines(id: &str) -> bool {
    let is_end = |text: &str| {
        let mut parts = text.split('C');
        parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let Some(rest) = id.strip_prefix('L') else {
        return false;
    };
    match rest.split_once('-') {
        None => is_end(rest),
        Some((from, to)) => is_end(from) && is_end(to.strip_prefix('L').unwrap_or(to)),
    }
}

/// A rewriter that discards its output.
type Rewriter<'a> = HtmlRewriter<'a, fn(&[u8])>;

/// Looks for anchors in a page while it arrives.
pub(super) struct Scanner<'a> {
    rewriter: Option<Rewriter<'a>>,
    search: Rc<RefCell<Search>>,
}

#[derive(Default)]
struct Search {
    /// The ids to look for, each with the anchors that mean it: `a-b` and `a%2Db` are the same id.
    ids: BTreeMap<String, Vec<String>>,
    found: BTreeSet<String>,
}

impl Search {
    fn see(&mut self, id: Option<String>) {
        let anchors = id.and_then(|id| self.ids.get(&id));
        self.found.extend(anchors.into_iter().flatten().cloned());
    }
}

impl Scanner<'_> {
    pub(super) fn new(anchors: &BTreeSet<String>) -> Self {
        let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for anchor in anchors {
            let decoded = decoded(anchor);
            for id in [format!("{GITHUB_PREFIX}{decoded}"), decoded, anchor.clone()] {
                ids.entry(id).or_default().push(anchor.clone());
            }
        }
        let search = Rc::new(RefCell::new(Search {
            ids,
            ..Search::default()
        }));
        let (by_id, by_name) = (Rc::clone(&search), Rc::clone(&search));
        let settings = Settings::new()
            .with_strict(false)
            .with_adjust_charset_on_meta_tag(true)
            .append_element_content_handler(element!("[id]", move |element| {
                by_id.borrow_mut().see(element.get_attribute("id"));
                Ok(())
            }))
            .append_element_content_handler(element!("a[name]", move |element| {
                by_name.borrow_mut().see(element.get_attribute("name"));
                Ok(())
            }));
        let sink: fn(&[u8]) = |_| {};
        Self {
            rewriter: Some(HtmlRewriter::new(settings, sink)),
            search,
        }
    }

    /// Reads another piece. `false` if it cannot be scanned: then no further piece can be.
    pub(super) fn read(&mut self, piece: &[u8]) -> bool {
        let Some(rewriter) = &mut self.rewriter else {
            return false;
        };
        let fine = rewriter.write(piece).is_ok();
        if !fine {
            self.rewriter = None;
        }
        fine
    }

    /// Whether an anchor has not been found yet.
    pub(super) fn lacks(&self, anchors: &BTreeSet<String>) -> bool {
        self.search.borrow().found.len() < anchors.len()
    }

    /// The anchors that were found.
    pub(super) fn end(mut self) -> BTreeSet<String> {
        if let Some(rewriter) = self.rewriter.take() {
            // A page that ends in the middle of a tag has no further anchors.
            let _ = rewriter.end();
        }
        self.search.take().found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_fragments_are_fine_in_every_page() {
        for fragment in [
            "",
            "top",
            "TOP",
            "!/a",
            "/route",
            "L10",
            "L10-L20",
            "L1C2-L3C4",
            "L4-9",
            ":~:text=word",
            "%74op",
        ] {
            assert_eq!(wanted(fragment), None, "{fragment}");
        }
        for fragment in ["L", "Lx", "L1-", "Layer", "tops", "user-content-x"] {
            assert_eq!(wanted(fragment).as_deref(), Some(fragment));
        }
        assert_eq!(wanted("a:~:text=b").as_deref(), Some("a"));
    }

    #[test]
    fn a_page_has_its_ids_and_names() {
        let page = "<h2 id=\"설정\">x</h2><a name=old></a><p name=no><h2 id=user-content-git>\
                    <!-- <p id=comment> --><p id='a%20b'>";
        let anchors = [
            "%EC%84%A4%EC%A0%95",
            "old",
            "no",
            "git",
            "comment",
            "a%20b",
            "Old",
            "ol%64",
        ];
        let anchors: BTreeSet<String> = anchors.map(str::to_owned).into();
        for size in [1, 7, page.len()] {
            let mut scanner = Scanner::new(&anchors);
            assert!(
                page.as_bytes()
                    .chunks(size)
                    .all(|piece| scanner.read(piece))
            );
            let found: Vec<String> = scanner.end().into_iter().collect();
            assert_eq!(
                found,
                ["%EC%84%A4%EC%A0%95", "a%20b", "git", "ol%64", "old"]
            );
        }
    }
}
