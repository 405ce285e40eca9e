//! The archives that measurements run on: the same for a seed, and without a finding.
//!
//! Not here: what is measured (`benches/`).

use std::collections::BTreeSet;

use crate::harness::SiteTest;

#[path = "../../benches/archive/site/mod.rs"]
pub mod site;

use self::site::Archive;

fn files(archive: &Archive) -> Vec<(String, String)> {
    archive.files().collect()
}

/// The contents of the blocks of code in a document.
fn blocks(text: &str) -> Vec<&str> {
    text.split("```").skip(1).step_by(2).collect()
}

#[test]
fn equal_seeds_give_equal_archives_and_others_do_not() {
    let archive = Archive::new(60);
    assert_eq!(files(&archive), files(&archive));
    let other = Archive { seed: 2, ..archive };
    assert_ne!(files(&archive), files(&other));
}

#[test]
fn a_document_does_not_depend_on_those_generated_before_it() {
    let archive = Archive::new(60);
    let path = format!("markdown/{}.md", archive.basename(41));
    let text = archive.document(41);
    assert!(files(&archive).contains(&(path, text)));
}

#[test]
fn every_path_is_new_and_no_block_of_code_repeats() {
    let archive = Archive::new(400);
    let files = files(&archive);
    let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths.len(), files.len());
    let documents = files.iter().filter(|(path, _)| path.ends_with(".md"));
    let code: Vec<&str> = documents.flat_map(|(_, text)| blocks(text)).collect();
    let different: BTreeSet<&str> = code.iter().copied().collect();
    assert!(code.len() > 400);
    assert_eq!(different.len(), code.len());
}

#[test]
fn an_archive_of_any_kind_has_no_findings() {
    let archives = [
        Archive::new(1),
        Archive::new(60),
        Archive {
            short: true,
            ..Archive::new(60)
        },
        Archive {
            diagrams: false,
            ..Archive::new(60)
        },
    ];
    for archive in archives {
        let site = SiteTest::new();
        for (path, text) in files(&archive) {
            site.write(&path, text);
        }
        let run = site.run(&["check", "--strict"]);
        assert_eq!(run.status, 0, "{archive:?}: {}", run.err);
    }
}

#[test]
fn what_is_left_out_is_not_there() {
    let text = |archive: Archive| {
        let files = files(&archive).into_iter();
        files.map(|(_, text)| text).collect::<String>()
    };
    let full = Archive::new(60);
    assert!(text(full).contains("```mermaid") && text(full).contains("```dot"));
    let plain = text(Archive {
        diagrams: false,
        ..full
    });
    assert!(
        !plain.contains("```mermaid") && !plain.contains("```dot") && plain.contains("```yaml")
    );
    let short = text(Archive {
        short: true,
        ..full
    });
    assert!(short.len() * 4 < plain.len());
}
