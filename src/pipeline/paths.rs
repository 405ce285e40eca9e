//! Files and folders of a site that docsite copies, makes itself, or leaves to the site.

use crate::output::parts::{self, Whole};

/// Files whose hand edits may be discarded, by the name that the option takes.
pub const CATALOGUE: [(&str, &str); 3] =
    [("index", INDEX), ("files", FILES), ("graph", "graph.json")];
pub const INDEX: &str = "index.html";
/// What servers answer where there is nothing.
pub const MISSING: &str = "404.html";
/// The listing of the output.
pub const FILES: &str = "files.html";

/// The manifest of copies, in the output.
pub const MANIFEST: &str = "assets/docsite-copies.json";
/// docsite's own files of `assets/`, in a site as in its output.
pub const OWN_ASSETS: [&str; 3] = [
    "assets/docsite.css",
    "assets/docsite.js",
    "assets/docsite-topics.css",
];
/// The folder of docsite's other files.
pub const OWN_FOLDER: &str = "assets/docsite/";
/// The site's style sheet, which every page loads last.
pub const SITE_STYLE: &str = "assets/viz.css";
/// Files of a site's folder that hosts look for at the root of its output.
pub const HOST_FILES: [&str; 3] = ["_headers", "CNAME", MISSING];
/// Folders whose files are copied to the output.
pub const COPIED: [&str; 2] = ["assets", "attachment"];

pub fn is_own_asset(path: &str) -> bool {
    path == MANIFEST || OWN_ASSETS.contains(&path) || path.starts_with(OWN_FOLDER)
}

/// The file of the catalogue that this one is or is a part of: its name and its path.
pub fn catalogue_file(path: &str) -> Option<(&'static str, &'static str)> {
    let path = match parts::whole_of(path) {
        Some(Whole::Index) => INDEX,
        Some(Whole::Files) => FILES,
        Some(Whole::Graph) => "graph.json",
        None => path,
    };
    CATALOGUE.into_iter().find(|(_, whole)| *whole == path)
}
