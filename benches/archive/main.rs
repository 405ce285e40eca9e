//! Writes an archive of any size: `cargo run --example archive -- 10080 DIR`.
//!
//! Not here: what an archive is made of (`site`), which the benchmarks share.
#![allow(
    clippy::print_stderr,
    unreachable_pub,
    reason = "a program for the command line; it is not part of docsite"
)]

mod site;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use self::site::Archive;

const USAGE: &str = "usage: archive DOCUMENTS DIR [--short] [--no-diagrams] [--seed N]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((archive, folder)) = asked(&args) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match write(&archive, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn asked(args: &[String]) -> Option<(Archive, &str)> {
    let mut archive = Archive::new(args.first()?.parse().ok()?);
    let folder = args.get(1)?;
    let mut options = args[2..].iter();
    while let Some(option) = options.next() {
        match option.as_str() {
            "--short" => archive.short = true,
            "--no-diagrams" => archive.diagrams = false,
            "--seed" => archive.seed = options.next()?.parse().ok()?,
            _ => return None,
        }
    }
    Some((archive, folder))
}

/// Writes into a folder that is empty or absent: a mixture of two archives would be neither.
fn write(archive: &Archive, folder: &Path) -> Result<(), String> {
    let at = |path: &Path| path.display().to_string();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{} is not empty; name a new folder", at(folder)));
    }
    for (path, text) in archive.files() {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", at(parent)))?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", at(&path)))?;
    }
    Ok(())
}
