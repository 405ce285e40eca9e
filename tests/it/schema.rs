//! `docsite schema`: what it prints is a JSON Schema.
//!
//! Not here: that files fit them (`flow`, `search`, and the unit tests of `report::json`).

use crate::harness::SiteTest;

#[test]
fn each_schema_is_one_itself() {
    let site = SiteTest::new();
    for (what, title) in [
        ("flow", "docsite flow.json"),
        ("check", "docsite check --format json"),
        ("search", "docsite search --json"),
        ("page", "<basename>.json"),
    ] {
        let run = site.run_bare(&["schema", what]).ok();
        let schema = serde_json::from_str(&run.out).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{what}");
        assert_eq!(schema["title"], title);
    }
}
