//! Files that servers send in place of the one beside them, by their names: its compressed forms, or
//! what they take for those.
//!
//! Not here: making them (`export`).

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::rule::Rule;

use super::site::Site;

/// What browsers call each encoding, and the ending of its files. The smaller first.
pub const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];
const BUFFER: usize = 4096;

/// Whether these bytes, of a file with this ending, are others compressed.
pub fn is_form_of(packed: &[u8], ending: &str, plain: &[u8]) -> bool {
    let most = plain.len() as u64 + 1;
    let mut bytes = Vec::new();
    let read = match ending {
        "gz" => MultiGzDecoder::new(packed)
            .take(most)
            .read_to_end(&mut bytes),
        "br" => brotli::Decompressor::new(packed, BUFFER)
            .take(most)
            .read_to_end(&mut bytes),
        _ => return false,
    };
    read.is_ok() && bytes == plain
}

/// Files of a site that servers take for another's compressed form, which they are not.
pub fn mistaken(site: &Site, files: &BTreeMap<String, u64>) -> Vec<Diagnostic> {
    let bytes = |path: &str| disk::read_whole(&site.root.join(path)).ok().flatten();
    let plain = |path: &str| {
        let (plain, ending) = path.rsplit_once('.')?;
        let is_packed = ENCODINGS.iter().any(|(_, packed)| *packed == ending);
        (is_packed && files.contains_key(plain)).then(|| (plain.to_owned(), ending.to_owned()))
    };
    let findings = files.keys().filter_map(|path| {
        let (plain, ending) = plain(path)?;
        if is_form_of(&bytes(path)?, &ending, &bytes(&plain)?) {
            return None;
        }
        let message = format!("is not {plain} compressed, but servers may send it in its place");
        Some(Diagnostic::new(Rule::MistakenFile, path.as_str(), message).help("rename it"))
    });
    findings.collect()
}
