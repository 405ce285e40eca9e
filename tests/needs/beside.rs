//! Archives beside the repository, which are there on the project's own machines.
#![allow(unreachable_pub, reason = "the module of several binaries")]

use std::path::{Path, PathBuf};

use crate::trial::Need;

/// A folder of `../shared`, where there is one.
pub fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(name);
    folder.is_dir().then_some(folder)
}

pub fn need() -> Need {
    Need {
        name: "../shared",
        is_met: shared("corpora").is_some(),
    }
}
