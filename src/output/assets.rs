//! docsite's own files of `assets/`: style sheets and scripts.
//!
//! All scripts are classic scripts, since a page opened from disk may not import modules: scripts
//! written in several files are joined here. Each is as the build shortened it (`build.rs`). Not
//! here: the data that scripts load (`data`, `previews`).

/// A file of `assets/`, shortened.
macro_rules! short {
    ($path:expr) => {
        include_str!(concat!(env!("OUT_DIR"), "/assets/", $path))
    };
}

/// A file of `assets/docsite/`: its name and its text.
macro_rules! part {
    ($name:literal) => {
        ($name, short!(concat!("docsite/", $name)))
    };
}

/// Joins the parts of a script into one function scope.
macro_rules! joined {
    ($folder:literal: $($part:literal)+) => {
        concat!(
            "(() => {\n\"use strict\";\n",
            $(short!(concat!("docsite/", $folder, "/", $part, ".js")),)+
            "})();\n",
        )
    };
}

/// Of documents, and of all other pages but the catalogue.
pub const STYLE: &str = concat!(
    short!("docsite/style/base.css"),
    short!("docsite/style/document.css")
);
/// `assets/docsite.js`, without what the build writes at its head (`shared`).
pub const SCRIPT: &str = short!("docsite.js");
/// The `assets/viz.css` of a site that has none yet.
pub const SITE_STYLE: &str = include_str!("../../assets/viz.css");

const CATALOGUE: &str = concat!(
    short!("docsite/style/base.css"),
    short!("docsite/style/catalogue.css")
);
const FILTER: &str = joined!("filter": "../hangul/letters" "../hangul/particles" "match");
const FIND: &str = joined!("find":
    "elements" "recent" "parts" "choice" "results" "answers" "asking" "leaving" "input");
const GRAPH: &str = joined!("graph":
    "data" "view" "frames" "colours" "paint" "bitmap" "light" "names" "labels" "pointer" "keys"
    "drag" "show");
const SEARCH: &str = joined!("search":
    "../hangul/letters" "../hangul/particles" "syllables" "verbs" "fold" "terms"
    "distance" "keyboard" "sound" "logarithm" "scores" "latin" "hangul" "corrections" "loanwords"
    "by_sound" "compound" "query" "written" "wanted" "unfinished" "phrase" "excerpt" "rerank" "rank"
    "suggest" "shards" "answer");

/// What `serve` adds to each page.
pub const LIVE: &str = joined!("serve": "blocks" "reader" "files" "findings" "live");

/// The files of `assets/docsite/`: names and texts.
pub const PARTS: [(&str, &str); 26] = [
    ("filter.js", FILTER),
    ("find.js", FIND),
    ("graph.js", GRAPH),
    ("search.js", SEARCH),
    ("catalogue.css", CATALOGUE),
    part!("catalogue.js"),
    part!("diagram.js"),
    part!("find.css"),
    part!("flow.js"),
    part!("force.js"),
    part!("found.js"),
    part!("keys.js"),
    part!("lines.js"),
    part!("lost.js"),
    part!("memory.js"),
    part!("moved.js"),
    part!("near.js"),
    part!("picture.js"),
    part!("previews.js"),
    part!("reading.js"),
    part!("rows.js"),
    part!("sift.js"),
    part!("sight.js"),
    part!("text.js"),
    part!("topics.js"),
    part!("view.css"),
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Names of the files of a folder below `assets/docsite/`.
    fn files(folder: &str) -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/docsite");
        let entries = fs::read_dir(path.join(folder)).expect("a folder");
        let files = entries.map(|entry| entry.expect("an entry"));
        let files = files.filter(|entry| entry.path().is_file());
        files
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    }

    const TEMPLATES: [&str; 7] = [
        include_str!("../../templates/folder.html"),
        include_str!("../../templates/missing.html"),
        include_str!("../../templates/moved.html"),
        include_str!("../../templates/view.html"),
        include_str!("../../templates/base.html"),
        include_str!("../../templates/index.html"),
        include_str!("../../templates/page.html"),
    ];

    /// Each place of a text between `begin` and the next `end`.
    fn between<'a>(text: &'a str, begin: &str, end: char) -> Vec<&'a str> {
        let parts = text.split(begin).skip(1);
        parts
            .filter_map(|part| Some(part.split_once(end)?.0))
            .collect()
    }

    fn scripts() -> impl Iterator<Item = &'static str> {
        PARTS.iter().map(|(_, text)| *text).chain([SCRIPT])
    }

    #[test]
    fn the_templates_have_every_id_that_a_script_asks_for() {
        let mut count = 0;
        for script in scripts() {
            for id in between(script, "getElementById(\"", '"') {
                let attribute = format!("id=\"{id}\"");
                assert!(
                    TEMPLATES.iter().any(|text| text.contains(&attribute)),
                    "{id}"
                );
                count += 1;
            }
        }
        assert!(count > 10);
    }

    #[test]
    fn scripts_load_only_what_the_build_writes() {
        let data = [
            "documents",
            "graph",
            "summaries",
            "audit",
            "previews",
            "find",
        ];
        let of_search = ["directory", "loanwords"];
        let mut count = 0;
        for script in scripts() {
            for name in between(script, "docsite.need(\"", '"') {
                let is_data = name
                    .strip_prefix("data/")
                    .is_some_and(|name| data.contains(&name));
                let is_of_search = name
                    .strip_prefix("search/")
                    .is_some_and(|name| of_search.contains(&name));
                let file = format!("{name}.js");
                let is_part = PARTS.iter().any(|(part, _)| *part == file);
                assert!(is_data || is_of_search || is_part, "{name}");
                count += 1;
            }
        }
        assert!(count > 10);
    }

    #[test]
    fn no_file_is_forgotten() {
        for file in files("") {
            assert!(PARTS.iter().any(|(name, _)| *name == file), "{file}");
        }
        for (folder, scripts) in [
            ("graph", &[GRAPH][..]),
            ("filter", &[FILTER]),
            ("find", &[FIND]),
            ("hangul", &[FILTER, SEARCH]),
            ("search", &[SEARCH]),
        ] {
            let path = Path::new(env!("OUT_DIR")).join("assets/docsite");
            // The heads are comments.
            for file in files(folder).into_iter().filter(|file| file != "head.js") {
                let text = fs::read_to_string(path.join(folder).join(&file)).expect("read");
                assert!(
                    scripts.iter().all(|script| script.contains(&text)),
                    "{folder}/{file}"
                );
            }
        }
    }
}
