//! Gives the program a fingerprint of itself, in the variable `DOCSITE_FINGERPRINT`: 32 hexadecimal
//! digits, a hash of the sources without their tests, of the files that they compile in with
//! `include_str!`, of Cargo.lock and of the features. What one program made, another one does not
//! use.
//!
//! It is the same on every machine and in every directory: it depends on paths relative to the
//! package, in their order, and on bytes. Not in it: the target, the compiler and the profile, which
//! change no page; and Cargo.toml, which `cargo package` rewrites.
//!
//! Writes the scripts and styles of `assets/` to the build's folder, shortened (`build/shorten.rs`).

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[path = "build/shorten.rs"]
pub(crate) mod shorten;

/// Where the scripts and styles are, and what sources call the folder of those that are shortened.
const ASSETS: &str = "assets";
const SHORTENED: &str = "concat!(env!(\"OUT_DIR\"), \"/assets/";

/// Paths relative to the package, with `/`, and what counts of each file.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

#[allow(
    clippy::print_stdout,
    reason = "cargo reads the output of a build script"
)]
fn main() -> io::Result<()> {
    let folder = |name| env::var_os(name).map(PathBuf::from).unwrap_or_default();
    let root = folder("CARGO_MANIFEST_DIR");
    let files = files(&root)?;
    shorten_assets(&root.join(ASSETS), &folder("OUT_DIR").join(ASSETS))?;
    for path in ["build.rs", "src", ASSETS] {
        println!("cargo::rerun-if-changed={path}");
    }
    for path in files.keys().filter(|path| !path.starts_with("src/")) {
        println!("cargo::rerun-if-changed={path}");
    }
    let features = env::vars().filter_map(|(name, _)| {
        let feature = name.strip_prefix("CARGO_FEATURE_")?;
        Some(feature.to_owned())
    });
    let print = fingerprint(&files, features.collect());
    println!("cargo::rustc-env=DOCSITE_FINGERPRINT={print}");
    Ok(())
}

/// Writes each script and style below one folder to the same place below another.
fn shorten_assets(from: &Path, to: &Path) -> io::Result<()> {
    for path in all_files(from)? {
        let Some(shorten) = shortens(&path) else {
            continue;
        };
        let target = to.join(path.strip_prefix(from).map_err(io::Error::other)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::write(&target, shorten(&fs::read_to_string(&path)?))?;
    }
    Ok(())
}

/// What shortens a file, if anything does.
fn shortens(path: &Path) -> Option<fn(&str) -> String> {
    match path.extension()?.to_str()? {
        "js" => Some(shorten::script),
        "css" => Some(shorten::style),
        _ => None,
    }
}

/// Of all files and features. Each part is distinguished from the next by its length.
pub(crate) fn fingerprint(files: &Files, mut features: Vec<String>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    };
    for (path, bytes) in files {
        add(path.as_bytes());
        add(bytes);
    }
    features.sort();
    for feature in features {
        add(feature.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// Everything that decides what the program does.
pub(crate) fn files(root: &Path) -> io::Result<Files> {
    let root = fs::canonicalize(root)?;
    let mut files = Files::new();
    let lock = root.join("Cargo.lock");
    files.insert(relative(&root, &lock)?, fs::read(&lock)?);
    let shortener = root.join("build");
    if shortener.is_dir() {
        for path in all_files(&shortener)? {
            files.insert(relative(&root, &path)?, fs::read(&path)?);
        }
    }
    for source in sources(&root.join("src"))? {
        let code = without_tests(&fs::read_to_string(&source)?);
        for included in included(&root, &source, &code)? {
            files.insert(relative(&root, &included)?, fs::read(&included)?);
        }
        files.insert(relative(&root, &source)?, code.into_bytes());
    }
    Ok(files)
}

fn relative(root: &Path, path: &Path) -> io::Result<String> {
    let path = path.strip_prefix(root).map_err(io::Error::other)?;
    let parts = path.iter().map(|part| part.to_string_lossy());
    Ok(parts.collect::<Vec<_>>().join("/"))
}

/// Rust files in a directory and those below it, but modules of tests.
fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = all_files(folder)?;
    found.retain(|path| {
        let inner = path.strip_prefix(folder).unwrap_or(path).with_extension("");
        let is_test = inner.iter().any(|part| part == "tests");
        !is_test && path.extension().is_some_and(|ending| ending == "rs")
    });
    Ok(found)
}

/// A file without its modules behind `#[cfg(test)]`. One with a body ends at the first line that is
/// only `}`, as rustfmt writes it.
fn without_tests(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().map_or("", |next| next.trim_end());
        if line.trim_end() != "#[cfg(test)]" || !next.starts_with("mod ") {
            code.push_str(line);
        } else if next.ends_with(';') {
            lines.next();
        } else {
            lines.by_ref().find(|line| line.trim_end() == "}");
        }
    }
    code
}

/// The files that a source compiles in. Where a macro joins their names after a directory, those are
/// all files of the directory. Of shortened ones, what they are made from.
///
/// # Errors
/// When it does not begin with a literal, as then it is not known what the program holds.
fn included(root: &Path, source: &Path, code: &str) -> io::Result<Vec<PathBuf>> {
    let folder = source.parent().unwrap_or(source);
    let mut found = Vec::new();
    for call in ["include_str!(", "include_bytes!(", "include!("] {
        for (at, _) in code.match_indices(call) {
            let argument = code[at + call.len()..].trim_start();
            if argument.starts_with(SHORTENED) {
                let assets = all_files(&root.join(ASSETS))?.into_iter();
                found.extend(assets.filter(|path| shortens(path).is_some()));
                continue;
            }
            let joined = argument.strip_prefix("concat!(").unwrap_or(argument);
            let literal = joined.trim_start().strip_prefix('"');
            let name = literal.and_then(|name| name.split('"').next());
            let about = || format!("{}: {call}) needs a literal", source.display());
            let name = name.ok_or_else(|| io::Error::other(about()))?;
            let path = fs::canonicalize(folder.join(name))?;
            if path.is_dir() {
                found.extend(all_files(&path)?);
            } else {
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn all_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(all_files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
