//! The least that a builder of pages must do, to measure against: `bare-loop MARKDOWN OUT` reads each
//! document, parses it and writes its HTML; `bare-loop --stat DIR…` lists and stats what is there.
//!
//! Not here: links, templates, code in colours, or anything else that makes a site.
#![allow(
    clippy::print_stderr,
    reason = "a program for the command line; it is not part of docsite"
)]

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use pulldown_cmark::{Options, Parser, html};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["--stat", folders @ ..] => folders.iter().try_for_each(|folder| stat(folder.as_ref())),
        [markdown, out] => pages(markdown.as_ref(), out.as_ref()),
        _ => {
            eprintln!("usage: bare-loop MARKDOWN OUT, or bare-loop --stat DIR...");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn pages(markdown: &Path, out: &Path) -> io::Result<()> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    fs::create_dir_all(out)?;
    for entry in fs::read_dir(markdown)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let mut page = String::with_capacity(text.len() * 2);
        html::push_html(&mut page, Parser::new_ext(&text, options));
        let name = path.with_extension("html");
        fs::write(out.join(name.file_name().unwrap_or_default()), page)?;
    }
    Ok(())
}

fn stat(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.metadata()?.is_dir() {
            stat(&entry.path())?;
        }
    }
    Ok(())
}
