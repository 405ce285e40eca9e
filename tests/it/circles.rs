//! Modules within one folder of `src/` import each other without circles: what two of them need is
//! in a third one, below both.
//!
//! A folder's own file (`mod.rs`) is a module among the others here: what it declares is no import,
//! what it uses or gives on is one. Not here: imports from one top folder to another (`layers`).

use std::collections::{BTreeMap, BTreeSet};

use crate::layers::{sources, words_of};

type Graph = BTreeMap<String, BTreeSet<String>>;

/// `a::b` of `a/b.rs` and of `a/b/mod.rs`.
fn module(path: &str) -> String {
    let path = path.trim_end_matches(".rs");
    path.trim_end_matches("/mod").replace('/', "::")
}

/// The paths of `use a::{b, c::{d, e}};`, one by one.
fn spread(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap();
        return vec![path.trim().to_owned()];
    };
    // A line of a text may begin with that word too.
    let Some(end) = group.rfind('}') else {
        return Vec::new();
    };
    let group = &group[..end];
    let mut depth = 0;
    let parts = group.split(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts
        .flat_map(spread)
        .map(|path| format!("{}{path}", before.trim()))
        .collect()
}

/// The module that a path leads to, as seen from `from`.
fn resolve(from: &str, path: &str, modules: &BTreeSet<String>) -> Option<String> {
    let mut at: Vec<&str> = from.split("::").collect();
    let mut names = path.split("::").map(str::trim).peekable();
    match *names.peek()? {
        "crate" => {
            at.clear();
            names.next();
        }
        "self" => {
            names.next();
        }
        "super" => {
            while names.next_if_eq(&"super").is_some() {
                at.pop();
            }
        }
        name if modules.contains(&format!("{from}::{name}")) => {}
        _ => return None,
    }
    for name in names {
        at.push(name);
        if !modules.contains(&at.join("::")) {
            at.pop();
            break;
        }
    }
    Some(at.join("::"))
}

/// What each module imports from its own top folder.
fn graph(files: &[(String, String)]) -> Graph {
    let modules: BTreeSet<String> = files.iter().map(|(path, _)| module(path)).collect();
    let mut graph = Graph::new();
    for (path, code) in files {
        let from = module(path);
        let mut paths = Vec::new();
        let mut rest = String::new();
        for part in code.split_inclusive(';') {
            match part.split_once("use ") {
                Some((before, tree))
                    if before.trim_end().is_empty()
                        || before.ends_with('\n')
                        || before.ends_with("pub ") =>
                {
                    rest.push_str(before);
                    paths.extend(spread(tree.trim_end_matches(';')));
                }
                _ => rest.push_str(part),
            }
        }
        paths.extend(words_of(&rest));
        let top = from.split("::").next().unwrap().to_owned();
        let found = paths
            .iter()
            .filter_map(|path| resolve(&from, path, &modules));
        let found = found.filter(|to| *to != from && to.split("::").next() == Some(&top));
        graph.insert(from.clone(), found.collect());
    }
    graph
}

/// The modules that can be reached from `start`.
fn reach(graph: &Graph, start: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for to in graph.get(at).into_iter().flatten() {
            if reached.insert(to.clone()) {
                open.push(to);
            }
        }
    }
    reached
}

/// Sets of modules each of which reaches the others.
fn circles(graph: &Graph) -> BTreeSet<Vec<String>> {
    let reached: Graph = graph
        .keys()
        .map(|module| (module.clone(), reach(graph, module)))
        .collect();
    let circle = |module: &String| -> Vec<String> {
        let mutual = reached[module].iter();
        let mutual = mutual.filter(|other| reached.get(*other).is_some_and(|r| r.contains(module)));
        mutual.cloned().collect()
    };
    graph
        .keys()
        .map(circle)
        .filter(|circle| circle.len() > 1)
        .collect()
}

#[test]
fn modules_within_a_folder_import_without_circles() {
    let files = sources().into_iter();
    let files = files.filter(|source| !source.path.contains("tests"));
    let files: Vec<(String, String)> = files.map(|source| (source.path, source.code)).collect();
    let found: Vec<String> = circles(&graph(&files))
        .into_iter()
        .map(|circle| circle.join(", "))
        .collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_made_up_circle_is_found() {
    let found = |files: &[(&str, &str)]| {
        let files = files.iter();
        let files = files.map(|(path, code)| ((*path).to_owned(), (*code).to_owned()));
        circles(&graph(&files.collect::<Vec<_>>()))
    };
    let down = [
        ("a/mod.rs", "mod b;\nmod c;\npub use self::b::B;\n"),
        ("a/b.rs", "use super::c::{C, D};\n"),
        ("a/c.rs", "struct C;\n"),
    ];
    assert_eq!(found(&down), BTreeSet::new());
    let up = [
        ("a/mod.rs", "mod b;\npub use self::b::B;\n"),
        ("a/b.rs", "use std::fmt;\nuse super::X;\n"),
    ];
    assert_eq!(found(&up).len(), 1);
    let by_path = [
        ("a/mod.rs", ""),
        ("a/b.rs", "use crate::a::{c::{C}, d};\n"),
        ("a/c.rs", "fn f() { super::b::g() }\n"),
        ("a/d.rs", ""),
    ];
    assert_eq!(
        found(&by_path),
        BTreeSet::from([vec!["a::b".to_owned(), "a::c".to_owned()]])
    );
}
