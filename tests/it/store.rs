//! What runs store in `.docsite/cache/`, tested through the program: no damage to it changes the
//! output of a build.

use std::thread;
use std::time::Duration;

use docsite::fingerprint::{Fingerprint, Parts};

use crate::harness::SiteTest;

/// Of a small site: the layout of a graph is kept from 300 documents on.
const SPACES: [&str; 6] = ["run", "files", "documents", "bodies", "diagrams", "code"];
const FLOW: &str = "flowchart LR\n  a[하나] --> b[둘]\n";
const MANY: usize = 40;

fn file(space: &str) -> String {
    format!(".docsite/cache/{space}")
}

fn document(number: usize) -> String {
    let next = (number + 1) % MANY;
    format!(
        "# {number}\n\n[다음](gw__note-{next:03}.html)\n\n```yaml\nnumber: {number}\n```\n\n\
         ```mermaid\n{FLOW}```\n"
    )
}

/// A site whose runs fill every space that a build has.
fn site() -> SiteTest {
    (0..MANY).fold(SiteTest::new(), |site, number| {
        site.doc(&format!("gw__note-{number:03}"), document(number))
    })
}

fn built() -> SiteTest {
    let site = site();
    site.rebuild().ok();
    // What a run reported is kept by one that found every file in its place, written a while ago.
    thread::sleep(Duration::from_millis(40));
    site.rebuild().ok();
    for space in SPACES {
        assert!(site.has(&file(space)), "{space}");
    }
    site
}

/// The bytes with another version, and everything else right.
fn of_version(bytes: &[u8], version: &str) -> Vec<u8> {
    let print = Parts::default().with(version).finish();
    [&print.to_bytes(), &bytes[16..]].concat()
}

/// The bytes after a change that their checksum knows of.
fn resummed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = Fingerprint::of(&bytes[32..]).to_bytes();
    bytes[16..32].copy_from_slice(&sum);
    bytes
}

#[test]
fn a_damaged_store_changes_no_byte() {
    type Damage = fn(&[u8]) -> Vec<u8>;
    let site = built();
    let clean = site.output();
    let kept = SPACES.map(|space| site.bytes(&file(space)));
    let damages: [(&str, Damage); 10] = [
        ("empty", |_| Vec::new()),
        ("cut within its head", |bytes| bytes[..20].to_vec()),
        ("cut in the middle", |bytes| {
            bytes[..bytes.len() / 2].to_vec()
        }),
        ("cut by a byte", |bytes| bytes[..bytes.len() - 1].to_vec()),
        ("torn: its second half is zeros", |bytes| {
            let half = bytes.len() / 2;
            [&bytes[..half], &vec![0; bytes.len() - half]].concat()
        }),
        ("written twice", |bytes| bytes.repeat(2)),
        ("older", |bytes| of_version(bytes, "an older program")),
        ("newer", |bytes| of_version(bytes, "a newer program")),
        ("foreign", |_| b"PK\x03\x04 something else".repeat(9)),
        ("right, with values that mean nothing", |bytes| {
            let mut bytes = bytes.to_vec();
            // Of the first entry, after the head, its key and its length.
            let length = u64::from_le_bytes(bytes[56..64].try_into().unwrap());
            let end = 64 + usize::try_from(length).unwrap();
            // No value of MessagePack begins like this, and no token ends.
            bytes[64..end].fill(0xc1);
            resummed(bytes)
        }),
    ];
    for (about, damage) in damages {
        for (space, bytes) in SPACES.into_iter().zip(&kept) {
            site.write(&file(space), damage(bytes));
        }
        site.remove("public");
        site.rebuild().ok();
        assert_eq!(clean.changed(&site.output()), [""; 0], "{about}");
    }
}

#[test]
fn a_file_of_another_space_or_another_site_changes_no_byte() {
    let site = built();
    let clean = site.output();
    for (space, other) in SPACES.into_iter().zip(SPACES.into_iter().cycle().skip(1)) {
        let bytes = site.bytes(&file(other));
        site.write(&file(space), bytes);
    }
    site.remove("public");
    site.rebuild().ok();
    assert_eq!(clean.changed(&site.output()), [""; 0]);

    let other = SiteTest::new().doc("gw__note-000", "# Other\n\n```yaml\na: 1\n```\n");
    other.rebuild().ok();
    for space in SPACES {
        other.write(&file(space), site.bytes(&file(space)));
    }
    let before = other.output();
    other.remove("public");
    other.rebuild().ok();
    assert_eq!(before.changed(&other.output()), [""; 0]);
}

#[test]
fn a_store_made_by_parallel_runs_changes_no_byte() {
    let site = built();
    let clean = site.output();
    site.remove(".docsite/cache");
    site.remove("public");
    thread::scope(|scope| {
        scope.spawn(|| site.rebuild().ok());
        for _ in 0..3 {
            scope.spawn(|| site.run(&["check"]));
        }
    });
    assert_eq!(clean.changed(&site.output()), [""; 0]);
    site.remove("public");
    site.rebuild().ok();
    assert_eq!(clean.changed(&site.output()), [""; 0]);
}

#[test]
fn a_run_about_one_document_keeps_what_others_need() {
    let site = built();
    let before = SPACES.map(|space| site.bytes(&file(space)).len());
    site.edit("markdown/gw__note-000.md", |text| {
        text.replace("number: 0", "number: zero")
            .replace("둘", "셋")
    });
    site.render("gw__note-000").ok();
    for (space, before) in SPACES.into_iter().zip(before) {
        let after = site.bytes(&file(space)).len();
        assert!(after + 500 > before, "{space}: {before} to {after}");
    }
}

#[test]
fn what_no_document_needs_any_more_is_dropped() {
    let site = built();
    let before = site.bytes(&file("documents")).len();
    for number in 5..MANY {
        site.remove(&format!("markdown/gw__note-{number:03}.md"));
    }
    site.write("markdown/gw__note-004.md", "# 4\n");
    site.run(&["check"]);
    let after = site.bytes(&file("documents")).len();
    assert!(after * 3 < before, "{before} to {after}");
}

#[test]
fn code_is_dropped_only_when_every_page_is_rendered() {
    let site = built();
    let size = || site.bytes(&file("code")).len();
    let before = size();
    // Enough that some have no neighbour among those that change.
    for number in 16..MANY {
        site.remove(&format!("markdown/gw__note-{number:03}.md"));
    }
    site.edit("markdown/gw__note-015.md", |text| {
        text.replace("number: 15", "number: four")
    });
    site.rebuild();
    assert!(size() >= before, "{before} to {}", size());
    site.edit("markdown/gw__note-015.md", |text| {
        text.replace("number: four", "number: 55")
    });
    site.remove("public");
    site.rebuild();
    assert!(size() * 2 < before, "{before} to {}", size());
}
