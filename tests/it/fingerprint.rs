//! The fingerprint that `build.rs` gives the program, and what it shortens.

use std::fs;
use std::path::Path;

use docsite::fingerprint::{Fingerprint, TOOL};

#[path = "../../build.rs"]
#[allow(dead_code, reason = "cargo calls the rest")]
mod build;

const LIB: &str = "//! A crate.\nconst A: &str = include_str!(\n    \"../a.css\"\n);\n";

/// A package with a source, a file that it compiles in, and one that it does not.
fn package() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("Cargo.lock", "version = 4\n"),
        ("a.css", "a {}\n"),
        ("b.css", "b {}\n"),
        ("src/lib.rs", LIB),
        ("src/x/mod.rs", "fn x() {}\n"),
    ];
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn print_of(root: &Path) -> String {
    build::fingerprint(&build::files(root).unwrap(), vec!["DEFAULT".to_owned()])
}

#[test]
fn it_is_the_same_in_every_directory() {
    let (one, other) = (package(), package());
    assert_eq!(print_of(one.path()), print_of(other.path()));
}

#[test]
fn it_changes_with_what_is_compiled() {
    let changes = [
        ("Cargo.lock", "version = 4\n\n"),
        ("a.css", "a { b: c }\n"),
        ("src/x/mod.rs", "fn x() { y() }\n"),
        ("src/y.rs", "fn y() {}\n"),
        ("src/x/tests_of.rs", ""),
    ];
    let before = print_of(package().path());
    for (path, text) in changes {
        let package = package();
        write(package.path(), path, text);
        assert_ne!(print_of(package.path()), before, "{path}");
    }
    let package = package();
    let files = build::files(package.path()).unwrap();
    assert_ne!(build::fingerprint(&files, Vec::new()), before);
}

#[test]
fn it_does_not_change_with_tests_or_other_files() {
    let inner = "#[cfg(test)]\nmod tests {\n    fn x() {\n    }\n}\n";
    let changes = [
        ("src/lib.rs", format!("{LIB}{inner}")),
        ("src/lib.rs", format!("{LIB}#[cfg(test)]\nmod tests;\n")),
        ("src/tests.rs", "fn x() {}\n".to_owned()),
        ("src/x/tests/y.rs", "fn x() {}\n".to_owned()),
        ("src/x/a.snap", String::new()),
        ("b.css", String::new()),
        ("Cargo.toml", String::new()),
    ];
    let before = print_of(package().path());
    for (path, text) in changes {
        let package = package();
        write(package.path(), path, &text);
        assert_eq!(print_of(package.path()), before, "{path}");
    }
}

#[test]
fn code_after_a_module_of_tests_counts() {
    let package = package();
    let text = |tail: &str| format!("#[cfg(test)]\nmod tests;\n\nfn x() {{\n}}\n{tail}");
    write(package.path(), "src/lib.rs", &text(""));
    let before = print_of(package.path());
    write(
        package.path(),
        "src/lib.rs",
        &text("").replace("x()", "y()"),
    );
    assert_ne!(print_of(package.path()), before);
}

#[test]
fn a_name_that_a_macro_joins_counts_as_its_directory() {
    let print = |style: &str| {
        let package = package();
        let text = "const A: &str = include_str!(concat!(\"../assets/\", $name));\n";
        write(package.path(), "src/y.rs", text);
        write(package.path(), "assets/deep/c.css", style);
        print_of(package.path())
    };
    assert_ne!(print("c {}"), print("d {}"));
}

#[test]
fn a_compiled_file_without_a_literal_name_is_an_error() {
    let package = package();
    let text = "const A: &str = include_str!(NAME);\n";
    write(package.path(), "src/y.rs", text);
    let error = build::files(package.path()).unwrap_err().to_string();
    assert!(
        error.contains("y.rs: include_str!() needs a literal"),
        "{error}"
    );
}

#[test]
fn the_program_has_that_of_its_sources() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut features = Vec::new();
    if cfg!(feature = "default") {
        features.push("DEFAULT".to_owned());
    }
    if cfg!(feature = "mermaid") {
        features.push("MERMAID".to_owned());
    }
    if cfg!(feature = "serve") {
        features.push("SERVE".to_owned());
    }
    if cfg!(feature = "svgbob") {
        features.push("SVGBOB".to_owned());
    }
    let files = build::files(root).unwrap();
    assert_eq!(build::fingerprint(&files, features), TOOL);
    assert!(Fingerprint::parse(TOOL).is_some());
    for path in [
        "Cargo.lock",
        "src/main.rs",
        "templates/page.html",
        "assets/docsite/graph/head.js",
        "build/shorten.rs",
        "docs/markdown/write__guide-drawing.md",
    ] {
        assert!(files.contains_key(path), "{path}");
    }
}

#[test]
fn a_shortened_file_counts_as_its_source_and_with_what_shortens_it() {
    let print = |style: &str, shortener: &str| {
        let package = package();
        let text =
            "const A: &str = include_str!(concat!(env!(\"OUT_DIR\"), \"/assets/\", $path));\n";
        write(package.path(), "src/y.rs", text);
        write(package.path(), "assets/c.css", style);
        write(package.path(), "assets/drawn.svg", style);
        write(package.path(), "build/shorten.rs", shortener);
        let files = build::files(package.path()).unwrap();
        assert!(files.contains_key("assets/c.css") && !files.contains_key("assets/drawn.svg"));
        print_of(package.path())
    };
    assert_ne!(print("c {}", ""), print("d {}", ""));
    assert_ne!(print("c {}", ""), print("c {}", "fn x() {}\n"));
}

#[test]
fn a_shortened_script_says_the_same() {
    let cases = [
        ("/* a */\n// b\nlet a = 1; // c\n", "let a=1;\n"),
        ("/*! kept */\nf();\n", "/*! kept */\nf();\n"),
        (
            "const a = (b) => {\n  return b\n};\n",
            "const a=(b)=>{return b};\n",
        ),
        // Without a semicolon, the line's end may be the statement's.
        ("a = b\n(c)\nd\n++e\n", "a=b\n(c)\nd\n++e\n"),
        ("return\nx\n", "return\nx\n"),
        ("a\n  .b()\n  ?? c;\n", "a.b()??c;\n"),
        ("a + +b - -c + ++d;\n", "a+ +b- -c+ ++d;\n"),
        ("a / b / c;\n", "a/b/c;\n"),
        ("x = /[/ ]\\/ {2}/g in y;\n", "x=/[/ ]\\/ {2}/g in y;\n"),
        (
            "f(\"a // b\", 'c  \\' d');\n",
            "f(\"a // b\",'c  \\' d');\n",
        ),
        (
            "`a  ${ b ? `c  }` : \"}\" }  // d`;\n",
            "`a  ${ b ? `c  }` : \"}\" }  // d`;\n",
        ),
        ("1 .toFixed() < !--b;\n", "1 .toFixed()< !--b;\n"),
        (
            "if (a) return `b`;\nelse c();\n",
            "if(a)return`b`;else c();\n",
        ),
    ];
    for (text, short) in cases {
        assert_eq!(build::shorten::script(text), short);
    }
}

#[test]
fn a_shortened_style_says_the_same() {
    let cases = [
        ("/* a */\na, b > c {\n  d: e  f;\n}\n", "a,b>c{d:e f}\n"),
        ("a :is(b, c) d { --e: 1px; }\n", "a :is(b,c) d{--e:1px}\n"),
        (
            "@media (max-width: 4rem) and (hover) {\n  a { width: calc(1px + (2px - 3px)) !important }\n}\n",
            "@media (max-width:4rem) and (hover){a{width:calc(1px + (2px - 3px))!important}}\n",
        ),
        (
            "a::after { content: \" ;  } /* \"; }\n",
            "a::after{content:\" ;  } /* \"}\n",
        ),
        ("a + b ~ c{}\n\n\nd{}\n", "a + b ~ c{}d{}\n"),
    ];
    for (text, short) in cases {
        assert_eq!(build::shorten::style(text), short);
    }
}
