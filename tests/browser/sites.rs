//! The sites that the tests open, built by the real program.
//!
//! Not here: serving them (`server`), and what must be true of their pages.

use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::harness::{SiteTest, shared};
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

/// Two ways to the pages of a built site.
pub struct Open {
    site: SiteTest,
    server: Server,
}

impl Open {
    pub fn new(site: SiteTest) -> Self {
        let run = site.rebuild();
        // A finding is the document's; the pages are there all the same.
        assert!(run.status < 2, "{run:?}");
        let server = Server::new(&site.path("public"));
        Self { site, server }
    }

    pub fn server(&self) -> &Server {
        &self.server
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
        self.site.edit(path, change);
        let run = self.site.rebuild();
        assert!(run.status < 2, "{run:?}");
    }

    /// Takes a file or folder out of the output.
    pub fn lose(&self, path: &str) {
        self.site.remove(&format!("public/{path}"));
    }

    /// Every page, the catalogue and the files with them.
    pub fn pages(&self) -> Vec<String> {
        let output = self.site.output();
        let paths = output.paths().into_iter();
        let pages = paths.filter(|path| path.ends_with(".html") && !path.contains('/'));
        pages.map(str::to_owned).collect()
    }
}

/// A page, and the place in it with its `#`.
fn split_hash(page: &str) -> (&str, &str) {
    page.split_at(page.find('#').unwrap_or(page.len()))
}

/// A small site whose pages show whatever docsite can make.
pub fn everything() -> Open {
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
    Open::new(site)
}

/// A document of many sections, each longer than the screen or shorter by far.
pub fn sections() -> Open {
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
    Open::new(site.doc("gw__note-other", "# 다른 문서\n"))
}

/// This repo's own archive.
pub fn bundled() -> Open {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut site = SiteTest::new();
    for folder in ["markdown", "attachment", "assets"] {
        for (path, bytes) in crate::tree::Tree::of(&root.join(folder)).files() {
            site.write(&format!("{folder}/{path}"), bytes);
        }
    }
    for file in ["docsite.toml", "flow.json"] {
        site = site.file(file, std::fs::read(root.join(file)).unwrap());
    }
    Open::new(site)
}

/// A real archive beside the repo, where there is one. Pages that are there already stay out.
pub fn beside(name: &str) -> Option<Open> {
    let folder = shared(name)?;
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
    Some(Open::new(site))
}
