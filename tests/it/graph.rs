//! graph.json: nodes, links, orphans and broken links, in a versioned shape.

use serde_json::json;

use crate::harness::SiteTest;

fn site() -> SiteTest {
    SiteTest::new()
        .doc(
            "gw__note-a",
            "# A\n\n[b](gw__note-b.html) [b](gw__note-b.md#part) [self](gw__note-a.html)\n",
        )
        .doc(
            "gw__note-b",
            "---\ndeprecated: true\n---\n# B\n\n## Part\n\n  [x](gw__note-none.html)\n",
        )
        .doc(
            "xds__src-c",
            "# C\n\n```mermaid\nx\n```\n\n가 [b](gw__note-b.html#none) ![i](attachment/none.png)\n",
        )
}

#[test]
fn the_shape_is_as_documented() {
    let site = site();
    site.rebuild().ends(0);
    let mut graph = site.json("public/graph.json");
    assert_eq!(graph["generator"], "docsite");
    let object = graph.as_object_mut().unwrap();
    object.remove("mark").expect("a mark");
    object.remove("generator");
    let node = |name: &str, title: &str, kind: &str, degrees: (u32, u32), marks: (bool, bool)| {
        json!({
            "basename": name, "title": title, "topic": name.split("__").next(), "type": kind,
            "in": degrees.0, "out": degrees.1, "deprecated": marks.0, "viz": marks.1
        })
    };
    let broken = |name: &str, line: u32, column: u32, kind: &str, target: &str| {
        json!({
            "source": name, "file": format!("markdown/{name}.md"),
            "line": line, "column": column, "kind": kind, "target": target
        })
    };
    let expected = json!({
        "version": 1,
        "nodes": [
            node("gw__note-a", "A", "note", (0, 1), (false, false)),
            node("gw__note-b", "B", "note", (1, 0), (true, false)),
            node("xds__src-c", "C", "src", (0, 0), (false, true)),
        ],
        "links": [{ "source": "gw__note-a", "target": "gw__note-b", "count": 2 }],
        "orphans": ["gw__note-a", "xds__src-c"],
        "broken": [
            broken("gw__note-b", 8, 3, "document", "gw__note-none.html"),
            broken("xds__src-c", 7, 3, "heading", "gw__note-b.html#none"),
            broken("xds__src-c", 7, 29, "attachment", "attachment/none.png"),
        ],
        "unpublished": [],
    });
    assert_eq!(graph, expected, "{graph:#}");
}

#[test]
fn links_to_a_document_without_a_page_are_distinguished() {
    let site = site().doc("gw__note-d", "---\ndraft: true\n---\n# D\n");
    site.edit("markdown/gw__note-a.md", |text| {
        text + "\n[d](gw__note-d.html)\n"
    });
    site.rebuild().ends(0);
    let graph = site.json("public/graph.json");
    assert_eq!(graph["unpublished"][0]["target"], "gw__note-d");
    assert_eq!(graph["unpublished"][0]["line"], 5);
    assert_eq!(graph["nodes"].as_array().unwrap().len(), 3);
}

#[test]
fn reindex_reads_the_links_again_and_touches_no_page() {
    let site = site();
    site.rebuild().ends(0);
    site.write("markdown/gw__note-b.md", "# B2\n\n[c](xds__src-c.html)\n");
    site.age();
    let before = site.output();
    site.run(&["reindex"]).ends(0);
    let touched = before.touched(&site.output());
    let pages = touched
        .iter()
        .filter(|path| path.contains("__") && path.ends_with(".html"));
    assert_eq!(pages.count(), 0, "{touched:?}");
    for derived in ["index.html", "graph.json"] {
        assert!(touched.contains(&derived.to_owned()), "{touched:?}");
    }
    let graph = site.json("public/graph.json");
    assert_eq!(graph["nodes"][1]["title"], "B2");
    assert_eq!(graph["links"].as_array().unwrap().len(), 2);
    assert_eq!(graph["broken"][0]["kind"], "heading");
}

#[test]
fn a_drawing_in_a_hand_made_page_counts_as_viz_and_a_change_of_words_does_not() {
    let viz = |edit: &str| {
        let site = site();
        site.rebuild().ends(0);
        let change = |page: String| page.replace("</article>", &format!("{edit}</article>"));
        site.edit("public/gw__note-a.html", change);
        site.rebuild().ends(0);
        site.json("public/graph.json")["nodes"][0]["viz"].clone()
    };
    assert_eq!(viz("<svg viewBox='0 0 9 9'><path d='M0 0h9'/></svg>"), true);
    assert_eq!(viz("<p>a word more</p>"), false);
}
