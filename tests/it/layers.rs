//! The floors that `src/lib.rs` draws hold: each unit (a file or folder at the top of `src/`)
//! imports only from floors below its own, or from itself; disk alone touches the file system, and
//! report alone prints.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// A source file: its path below `src/`, its text without comments and tests, and the whole.
pub struct Source {
    pub path: String,
    pub code: String,
    whole: String,
}

type Floors = BTreeMap<String, u32>;

pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = WalkDir::new(&root).sort_by_file_name().into_iter();
    let sources: Vec<Source> = entries
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"))
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).unwrap();
            let path = path.to_str().unwrap().to_owned();
            Source::new(path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    assert!(sources.len() > 20);
    sources
}

impl Source {
    fn new(path: String, whole: String) -> Self {
        let code = without_tests(&whole);
        Self { path, code, whole }
    }

    /// `pipeline` of `pipeline/plan.rs`, `disk` of `disk.rs`.
    fn unit(&self) -> &str {
        let top = self.path.split('/').next().unwrap();
        top.strip_suffix(".rs").unwrap_or(top)
    }

    /// Whether it is the file `path`, or in the folder `path/`.
    fn is_in(&self, path: &str) -> bool {
        self.path == path || (path.ends_with('/') && self.path.starts_with(path))
    }
}

/// Code alone: no line comments, and no module behind `#[cfg(test)]`, which ends at the first
/// line that is only `}`.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut in_tests = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let test_module =
            line == "#[cfg(test)]" && lines.peek().is_some_and(|next| next.starts_with("mod "));
        in_tests |= test_module;
        if !in_tests {
            let comment = line.find("//").filter(|at| !line[..*at].contains('"'));
            code.push_str(&line[..comment.unwrap_or(line.len())]);
            code.push('\n');
        }
        in_tests &= line != "}";
    }
    code
}

/// The floors that a drawing in a module's comment gives: a number, then units, two spaces apart.
fn floors(lib: &str, units: &BTreeSet<&str>) -> Floors {
    let mut floors = Floors::new();
    for line in lib.lines().filter_map(|line| line.strip_prefix("//! ")) {
        let mut cells = line.split("  ").map(str::trim);
        let Some(Ok(floor)) = cells.next().map(str::parse) else {
            continue;
        };
        for unit in cells.filter(|cell| units.contains(cell)) {
            floors.insert(unit.to_owned(), floor);
        }
    }
    floors
}

/// The units whose paths a file writes: `crate::x`, `crate::{x::y, z}`, and `super` where that is
/// the crate.
fn imports(source: &Source) -> BTreeSet<String> {
    let depth = source.path.matches('/').count();
    let supers = depth + usize::from(!source.path.ends_with("mod.rs"));
    let to_top = "super::".repeat(supers);
    let mut found = BTreeSet::new();
    for root in ["crate::", to_top.as_str()] {
        for (at, _) in source.code.match_indices(root) {
            let before = source.code[..at].chars().next_back();
            if before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | ':' | '$')) {
                found.extend(heads(&source.code[at + root.len()..]));
            }
        }
    }
    found
}

/// The paths (`a::b`) in code, with the names that begin them.
pub fn words_of(code: &str) -> Vec<String> {
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '$');
    let words = code.split(|c| !is_path(c));
    let words = words.filter(|word| word.contains("::") && !word.contains('$'));
    words
        .map(|word| word.trim_end_matches(':').to_owned())
        .collect()
}

/// The first names of a path, or of each path of a group.
fn heads(path: &str) -> Vec<String> {
    let name = |text: &str| {
        let text = text.trim_start();
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        text.split(|c| !is_name(c)).next().unwrap().to_owned()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut depth = 1;
    let mut names = vec![name(group)];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Imports that do not lead down.
fn upward(sources: &[Source], floors: &Floors) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources {
        let unit = source.unit();
        if matches!(unit, "lib" | "main") {
            continue;
        }
        for to in imports(source) {
            let down = floors.get(&to) < floors.get(unit);
            if to != unit && !(down && floors.contains_key(&to)) {
                wrong.push(format!("{} imports {to}", source.path));
            }
        }
    }
    wrong
}

fn found_floors(sources: &[Source]) -> Floors {
    let units: BTreeSet<&str> = sources.iter().map(Source::unit).collect();
    let lib = sources.iter().find(|source| source.path == "lib.rs");
    floors(&lib.unwrap().whole, &units)
}

#[test]
fn every_unit_has_a_floor() {
    let sources = sources();
    let floors = found_floors(&sources);
    let units: BTreeSet<&str> = sources.iter().map(Source::unit).collect();
    for unit in units {
        assert!(
            floors.contains_key(unit) || matches!(unit, "lib" | "main"),
            "src/{unit} is on no floor of src/lib.rs"
        );
    }
}

#[test]
fn each_unit_imports_only_from_floors_below() {
    let sources = sources();
    assert_eq!(upward(&sources, &found_floors(&sources)), [""; 0]);
}

#[test]
fn the_program_itself_knows_only_the_command_line() {
    let sources = sources();
    let main = sources.iter().find(|source| source.path == "main.rs");
    let main = &main.unwrap().code;
    let uses = main.match_indices("docsite::").map(|(at, root)| {
        let path = &main[at + root.len()..];
        heads(path)
    });
    assert_eq!(uses.flatten().collect::<Vec<_>>(), ["cli"]);
}

#[test]
fn a_made_up_upward_import_is_found() {
    let units = BTreeSet::from(["cli", "pipeline", "disk", "name", "model"]);
    let drawing =
        "//! 7  cli   words\n//! 4  pipeline    stages\n//! 2  model  disk  files\n//! 1  name\n";
    let floors = floors(drawing, &units);
    assert_eq!(floors["disk"], 2);
    let wrong =
        |path: &str, text: &str| upward(&[Source::new(path.to_owned(), text.to_owned())], &floors);
    assert_eq!(
        wrong("pipeline/plan.rs", "use crate::disk;\nuse super::x;"),
        [""; 0]
    );
    assert_eq!(
        wrong("disk.rs", "use crate::{name::x, pipeline};"),
        ["disk.rs imports pipeline"]
    );
    assert_eq!(
        wrong("disk.rs", "fn f() { crate::cli::main() }"),
        ["disk.rs imports cli"]
    );
    assert_eq!(
        wrong("disk.rs", "use super::pipeline;"),
        ["disk.rs imports pipeline"]
    );
    assert_eq!(
        wrong("model/a/b.rs", "use super::super::super::cli;"),
        ["model/a/b.rs imports cli"]
    );
    assert_eq!(
        wrong("model/mod.rs", "use crate::disk;"),
        ["model/mod.rs imports disk"]
    );
    assert_eq!(
        wrong("pipeline/mod.rs", "use crate::unknown;"),
        ["pipeline/mod.rs imports unknown"]
    );
    let test = "#[cfg(test)]\nmod tests {\n    use crate::cli;\n}\nuse crate::pipeline;\n";
    assert_eq!(wrong("name.rs", test), ["name.rs imports pipeline"]);
}

/// Fails when a file other than the `allowed` writes one of these words. One that ends in `/` is a
/// folder.
#[track_caller]
fn only_in(allowed: &[&str], words: &[&str]) {
    let sources = sources();
    for source in &sources {
        for word in words {
            assert!(
                allowed.iter().any(|path| source.is_in(path)) || !source.code.contains(word),
                "src/{} writes `{word}`: only {allowed:?} may",
                source.path
            );
        }
    }
    for path in allowed {
        let mut own = sources.iter().filter(|source| source.is_in(path));
        assert!(own.any(|own| words.iter().any(|word| own.code.contains(word))));
    }
}

#[test]
fn disk_alone_touches_the_file_system() {
    let words = [
        "std::fs",
        "fs::",
        "File::",
        "walkdir",
        "tempfile",
        ".canonicalize()",
        ".exists()",
        ".read_dir()",
        ".symlink_metadata()",
    ];
    only_in(&["disk/"], &words);
}

#[test]
fn report_alone_prints() {
    let words = [
        "println!",
        "print!",
        "dbg!",
        "io::stdout",
        "io::stderr",
        "stdout()",
        "stderr()",
    ];
    only_in(
        &["report/bar.rs", "report/mod.rs", "report/streams.rs"],
        &words,
    );
}

#[test]
fn every_file_says_first_what_it_is() {
    for source in sources() {
        assert!(source.whole.starts_with("//! "), "src/{}", source.path);
    }
}

#[test]
fn nothing_but_a_prelude_is_imported_by_a_star() {
    for source in sources() {
        let stars = source.code.lines().filter(|line| line.contains("::*"));
        let stars = stars.filter(|line| !line.contains("::prelude::*"));
        assert_eq!(stars.collect::<Vec<_>>(), [""; 0], "src/{}", source.path);
    }
}
