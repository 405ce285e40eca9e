//! The sites that the tests open, built by the real program. Each sample is built once for the
//! whole binary; a test that changes its site builds a separate one.
//!
//! Not here: serving them (`server`), and assertions about their pages.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::beside;
use crate::harness::SiteTest;
use crate::samples;
use crate::server::Server;

/// The document in which everything stands that a body can hold.
pub const EVERYTHING: &str = "gw__note-everything.html";

const FLOW: &str = r#"{"title": "이해의 흐름", "stages": [
  {"title": "0 설치", "why": "경계를 먼저 안다.", "docs": ["xds__note-first"],
   "attachments": [{"path": "attachment/egress/gateway.yaml", "label": "스냅샷"}],
   "links": [{"label": "Install with Helm", "url": "https://istio.io/latest/docs/setup/install/helm/"}]},
  {"title": "1 트래픽", "docs": [
    {"doc": "gw__note-everything", "note": "모두 여기에 있다."}, "gw__guide-next"]}]}"#;
const DOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 90\" width=\"900\" \
    height=\"90\"><circle cx=\"45\" cy=\"45\" r=\"40\" fill=\"#0065a6\"/></svg>\n";
const NOT_IN_PATHS: AsciiSet = CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?');

/// The samples built so far, by name.
static BUILT: Mutex<BTreeMap<String, Arc<OnceLock<Arc<SiteTest>>>>> = Mutex::new(BTreeMap::new());

/// Two ways to the pages of a built site.
pub struct Open {
    site: Arc<SiteTest>,
    server: Server,
}

impl Open {
    pub fn new(site: SiteTest) -> Self {
        Self::built(Arc::new(built(site)))
    }

    fn built(site: Arc<SiteTest>) -> Self {
        let server = Server::new(&site.path("public"));
        Self { site, server }
    }

    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The folder of the site.
    pub fn root(&self) -> &Path {
        self.site.root()
    }

    /// The address of a page over HTTP.
    pub fn http(&self, page: &str) -> String {
        let (page, hash) = split_hash(page);
        let page = utf8_percent_encode(page, &NOT_IN_PATHS);
        format!("{}{page}{hash}", self.server.url())
    }

    /// The address of a page as an opened file.
    pub fn file(&self, page: &str) -> String {
        let (page, hash) = split_hash(page);
        let path = self.site.path("public").join(page);
        let path = utf8_percent_encode(path.to_str().unwrap(), &NOT_IN_PATHS);
        format!("file://{path}{hash}")
    }

    pub fn both(&self, page: &str) -> [String; 2] {
        [self.http(page), self.file(page)]
    }

    /// A JSON file of the output.
    pub fn json(&self, path: &str) -> serde_json::Value {
        self.site.json(&format!("public/{path}"))
    }

    /// How many bytes a file of the output has.
    pub fn weight(&self, path: &str) -> usize {
        self.site.bytes(&format!("public/{path}")).len()
    }

    /// Changes a file of the site, and builds it again.
    pub fn change(&self, path: &str, change: impl FnOnce(String) -> String) {
        self.is_own();
        self.site.edit(path, change);
        let run = self.site.rebuild();
        assert!(run.status < 2, "{run:?}");
    }

    /// Takes a file or folder out of the output.
    pub fn lose(&self, path: &str) {
        self.is_own();
        self.site.remove(&format!("public/{path}"));
    }

    #[track_caller]
    fn is_own(&self) {
        assert_eq!(
            Arc::strong_count(&self.site),
            1,
            "other tests open this site"
        );
    }

    /// Every page, the catalogue and the files with them.
    pub fn pages(&self) -> Vec<String> {
        let output = self.site.output();
        let paths = output.paths().into_iter();
        let pages = paths.filter(|path| path.ends_with(".html") && !path.contains('/'));
        pages.map(str::to_owned).collect()
    }
}

fn built(site: SiteTest) -> SiteTest {
    let run = site.rebuild();
    // A finding is the document's; the pages are there all the same.
    assert!(run.status < 2, "{run:?}");
    site
}

/// The site that is known by this name, built when it is first asked for.
pub fn shared(name: &str, source: impl FnOnce() -> SiteTest) -> Open {
    let cell = Arc::clone(BUILT.lock().unwrap().entry(name.to_owned()).or_default());
    let site = cell.get_or_init(|| Arc::new(built(source())));
    Open::built(Arc::clone(site))
}

/// Deletes the folders of all shared sites: nothing in a static is dropped at the end.
pub fn remove() {
    BUILT.lock().unwrap().clear();
}

/// A page, and the place in it with its `#`.
fn split_hash(page: &str) -> (&str, &str) {
    page.split_at(page.find('#').unwrap_or(page.len()))
}

/// A small site whose pages show whatever docsite can make.
pub fn everything() -> Open {
    shared("everything", everything_source)
}

fn everything_source() -> SiteTest {
    let mut site = SiteTest::new()
        .file(
            "docsite.toml",
            "title = \"Istio 문서 모음\"\nlanguage = \"ko\"\n\
             [[topics]]\nprefix = \"gw\"\nname = \"Gateway\"\ncolour = \"blue\"\n\
             [[topics]]\nprefix = \"xds\"\nname = \"Envoy\"\ncolour = \"teal\"\n",
        )
        .file("flow.json", FLOW)
        .file("attachment/egress/gateway.yaml", "kind: Gateway\n")
        .file("attachment/dot.svg", DOT)
        .doc("gw__note-everything", include_str!("everything.md"))
        .doc(
            "xds__note-first",
            "# 첫 문서\n\n[모든 것](gw__note-everything.md).\n",
        );
    let next = "## 절\n\n[모든 것](gw__note-everything.md)을 보라.\n\n".repeat(4);
    site = site.doc("gw__guide-next", format!("# 다음 문서\n\n{next}"));
    site
}

/// A document of many sections, each longer than the screen or shorter by far.
pub fn sections() -> Open {
    shared("sections", sections_source)
}

fn sections_source() -> SiteTest {
    let long = "문단 하나가 여러 줄에 걸쳐 이어진다. ".repeat(12);
    let mut text = "# 절이 많은 문서\n\n들어가는 말.\n\n".to_owned();
    for number in 1..=6 {
        text += &format!("## 절 {number}\n\n{}", format!("{long}\n\n").repeat(6));
        text += &format!(
            "### 작은 절 {number}\n\n{}",
            format!("{long}\n\n").repeat(6)
        );
    }
    text += "## 짧은 절\n\n한 줄.\n\n## 더 짧은 절\n\n한 줄.\n\n## 끝 절\n\n한 줄.\n";
    let site = SiteTest::new().doc("gw__note-sections", text);
    site.doc("gw__note-other", "# 다른 문서\n")
}

/// The notes of an archive written for the tests.
pub fn notes() -> Open {
    shared("notes", samples::notes)
}

/// This repo's own archive.
pub fn bundled() -> Open {
    shared("bundled", bundled_source)
}

/// The same, not yet built.
pub fn bundled_source() -> SiteTest {
    sources(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// A real archive beside the repo. Pages that are there already stay out.
pub fn beside(name: &str) -> Open {
    shared(name, || sources(&beside::shared(name).expect(name)))
}

/// A copy of what an archive is made from.
fn sources(folder: &Path) -> SiteTest {
    let site = SiteTest::new();
    for part in ["markdown", "attachment", "assets"] {
        for (path, bytes) in crate::tree::Tree::of(&folder.join(part)).files() {
            site.write(&format!("{part}/{path}"), bytes);
        }
    }
    for file in ["docsite.toml", "flow.json"] {
        if let Ok(bytes) = std::fs::read(folder.join(file)) {
            site.write(file, bytes);
        }
    }
    site
}
