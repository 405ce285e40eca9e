//! Reads a whole output as a browser and a validator would: every local address links to a file and
//! to an id in it, ids are unique, each page has one `h1`.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use scraper::Selector;

use crate::reader::Page;
use crate::tree::Tree;

/// Every page that docsite made in an output.
fn pages(output: &Tree) -> BTreeMap<&str, Page> {
    output
        .files()
        .filter(|(path, _)| path.ends_with(".html") && !path.contains('/'))
        .map(|(path, bytes)| (path, String::from_utf8(bytes.to_vec()).unwrap()))
        .filter(|(_, text)| text.contains("content=\"docsite\""))
        .map(|(path, text)| (path, Page::new(text)))
        .collect()
}

/// The problems of every page that docsite made in an output.
pub fn problems(output: &Tree) -> Vec<String> {
    let pages = pages(output);
    assert!(pages.contains_key("index.html") && pages.contains_key("files.html"));
    let ids: BTreeMap<&str, Vec<String>> = pages
        .iter()
        .map(|(path, page)| (*path, page.attrs("[id]", "id")))
        .collect();
    let files = output.paths();
    let mut problems = Vec::new();
    for (path, page) in &pages {
        problems.extend(own(path, page, &ids[path]));
        for address in addresses(page) {
            if let Err(why) = follow(path, &address, &files, &ids) {
                problems.push(format!("{path}: {address}: {why}"));
            }
        }
    }
    problems
}

/// What is wrong with a page on its own.
fn own(path: &str, page: &Page, ids: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    let titles = page.count("h1");
    if titles != 1 {
        problems.push(format!("{path}: {titles} h1"));
    }
    let mut sorted = ids.to_vec();
    sorted.sort();
    for pair in sorted.windows(2).filter(|pair| pair[0] == pair[1]) {
        problems.push(format!("{path}: id {} twice", pair[0]));
    }
    for id in ids {
        if id.is_empty() || id.contains(char::is_whitespace) {
            problems.push(format!("{path}: id {id:?}"));
        }
    }
    problems
}

/// What an HTML parser has to say of each page. An author's own HTML may be wrong; docsite's is not.
pub fn html_errors(output: &Tree) -> Vec<String> {
    let mut errors = Vec::new();
    for (path, page) in pages(output) {
        errors.extend(page.html.errors.iter().map(|e| format!("{path}: {e}")));
    }
    errors
}

/// Every address in a page that it does not mark as gone.
fn addresses(page: &Page) -> Vec<String> {
    let selector = Selector::parse("[href]:not(.gone), [src]:not(.gone)").unwrap();
    page.html
        .select(&selector)
        .filter_map(|element| element.attr("href").or(element.attr("src")))
        .map(str::to_owned)
        .collect()
}

fn follow(
    from: &str,
    address: &str,
    files: &[&str],
    ids: &BTreeMap<&str, Vec<String>>,
) -> Result<(), &'static str> {
    if address.starts_with("data:image/") {
        return Ok(());
    }
    let scheme = address.split([':', '/', '#', '?']).next().unwrap();
    if address[scheme.len()..].starts_with(':') {
        let known = ["http", "https", "mailto", "ftp", "tel"].contains(&scheme);
        return if known { Ok(()) } else { Err("a scheme") };
    }
    // What is outside of the output, only a server knows.
    if address.starts_with('/') || address.split('/').any(|part| part == "..") {
        return Ok(());
    }
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let path = decoded(path.split('?').next().unwrap());
    let path = match path.trim_start_matches("./") {
        "" => from,
        path => path,
    };
    let is_folder = path.ends_with('/') && files.iter().any(|file| file.starts_with(path));
    if !is_folder && !files.contains(&path) {
        return Err("no such file");
    }
    // A view of the catalogue, with a filter for its script.
    let fragment = fragment.split('?').next().unwrap();
    let fragment = decoded(fragment);
    match ids.get(path) {
        Some(ids) if !fragment.is_empty() && fragment != "top" && !ids.contains(&fragment) => {
            Err("no such id")
        }
        _ => Ok(()),
    }
}
