//! How well a search finds in this repository's archive: bars that the ranking must reach, by kinds of
//! queries which are made from the archive itself.
//!
//! Not here: other archives (`tests/corpora`).

#[path = "../../benches/search/quality.rs"]
#[allow(
    dead_code,
    clippy::cast_precision_loss,
    reason = "the benchmark uses more of it; numbers of queries are small"
)]
pub mod quality;

use std::fmt::Write;
use std::path::Path;

use docsite::output::search_texts::Searched;
use docsite::search::{terms_of, whole};

use crate::harness::SiteTest;
use quality::{Asked, Asking};

/// What has to be reached: of all queries a share with a right document among the first five, and the
/// mean reciprocal rank; and of the queries of each kind such a share.
pub struct Bars {
    pub all: f64,
    pub rank: f64,
    pub each: f64,
}

const MADE: Bars = Bars {
    all: 0.985,
    rank: 0.96,
    each: 0.93,
};
/// As `search-quality` makes them.
const SEED: u64 = 1;

/// Those made from the text of an archive, so many of each kind.
#[track_caller]
pub fn made_are_found(folder: &Path, of_each: usize) {
    let found = quality::searched(folder).unwrap();
    let asked = quality::made(&found, of_each, SEED);
    reach(&MADE, &answers(&found, &asked));
}

pub fn answers<'a>(found: &[Searched], asked: &'a [Asked]) -> Vec<Asking<'a>> {
    let built = whole(found.iter().map(|one| terms_of(&one.entry)));
    quality::ask(&built, found, asked).unwrap()
}

#[track_caller]
pub fn reach(bars: &Bars, asking: &[Asking<'_>]) {
    let mut figures = String::new();
    let mut is_reached = true;
    for (kind, sum) in quality::sums(asking) {
        let [found, _, rank] = sum.shares();
        is_reached &= match kind {
            "all" => found >= bars.all && rank >= bars.rank,
            _ => found >= bars.each,
        };
        writeln!(figures, "{kind:12} {:4} {found:.3} {rank:.3}", sum.queries).unwrap();
    }
    for one in asking.iter().filter(|one| !one.is_found()) {
        writeln!(figures, "{} ({})", one.asked.query, one.asked.kind).unwrap();
    }
    assert!(!asking.is_empty() && is_reached, "{figures}");
}

#[test]
fn queries_made_from_this_archive_are_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let others = [
        "target", "public", "src", "tests", "benches", ".git", ".docsite",
    ];
    made_are_found(SiteTest::copy_of(root, &others).root(), 20);
}

#[test]
fn what_is_not_reached_is_said() {
    let asked = ["a", "b"].map(|query| Asked {
        query: query.to_owned(),
        kind: query.to_owned(),
        archive: String::new(),
        expect: vec!["c__note-d".to_owned()],
    });
    let said = std::panic::catch_unwind(|| reach(&MADE, &answers(&[], &asked))).unwrap_err();
    let said = said.downcast_ref::<String>().unwrap();
    assert!(said.contains("b               1 0.000 0.000"), "{said}");
}
