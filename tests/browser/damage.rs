//! Scripts of the search that are missing, torn or of another build.
//!
//! Not here: what the page says then (`search`, `dialog`).

use std::fs;
use std::path::{Path, PathBuf};

use crate::sites::Open;

/// The scripts of the search whose names begin so, and that have this text.
pub fn files(site: &Open, begin: &str, text: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(site.root().join("public/assets/docsite/search")).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with(begin) && fs::read_to_string(path).unwrap().contains(text)
    };
    let found: Vec<PathBuf> = paths.filter(is_it).collect();
    assert!(!found.is_empty(), "{begin}, {text}");
    found
}

/// Files as they were before they were damaged.
pub struct Whole(Vec<(PathBuf, Vec<u8>)>);

impl Whole {
    pub fn restore(self) {
        for (file, bytes) in self.0 {
            fs::write(file, bytes).unwrap();
        }
    }
}

/// Damages all scripts whose names begin so.
pub fn damage(site: &Open, begins: &[&str], how: fn(&Path)) -> Whole {
    let files = begins.iter().flat_map(|begin| files(site, begin, ""));
    let whole = files.map(|file| {
        let bytes = fs::read(&file).unwrap();
        how(&file);
        (file, bytes)
    });
    Whole(whole.collect())
}

pub fn remove(path: &Path) {
    fs::remove_file(path).unwrap();
}

pub fn tear(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

/// As another build left it: with another check, or another version.
pub fn age(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let places = ["\"check\":\"", "\"version\":", "\",\""];
    let place = places.iter().find(|place| text.contains(*place)).unwrap();
    let (begin, rest) = text.split_once(place).unwrap();
    let other = if *place == "\"version\":" { "9" } else { "---" };
    let rest = &rest[other.len()..];
    fs::write(path, format!("{begin}{place}{other}{rest}")).unwrap();
}
