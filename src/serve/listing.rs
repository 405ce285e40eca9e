//! The listing of a folder, as Caddy's but for its looks.

use std::path::Path;

use super::shared::Root;
use super::target::{Target, escaped};
use crate::disk::{self, Entry, Kind};
use crate::markdown::escape::attribute;

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
     :root{color-scheme:light dark}ul{list-style:none;padding:0}li{display:flex;gap:1rem;\
     justify-content:space-between;border-top:1px solid #8884}a{overflow-wrap:anywhere}";

/// The page of a folder; none if it cannot be listed.
pub(super) fn page(target: &Target, root: &Root, folder: &Path) -> Option<String> {
    let entries = disk::list(folder).ok()?.into_iter();
    let is_seen = |entry: &Entry| {
        let path = format!("{}/{}", target.path, entry.path);
        is_seen(entry)
            && match entry.kind {
                Kind::Folder => root.reach.has_folder(&path),
                _ => root.has(&path),
            }
    };
    let mut entries: Vec<Entry> = entries.filter(is_seen).collect();
    entries.sort_by_key(|entry| entry.kind != Kind::Folder);
    let rows: String = entries.iter().map(row).collect();
    let title = attribute(&format!("/{}/", target.path));
    Some(format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head>\n\
         <body><h1>{title}</h1>\n<p><a href=\"/\">🏠</a> <a href=\"../\">../</a></p>\n\
         <ul>\n{rows}</ul>\n</body></html>\n"
    ))
}

fn is_seen(entry: &Entry) -> bool {
    let is_shown = matches!(entry.kind, Kind::Folder | Kind::File);
    is_shown && entry.readable && Target::parse(&escaped(&entry.path)).is_some()
}

fn row(entry: &Entry) -> String {
    let (slash, size) = match entry.kind {
        Kind::Folder => ("/", String::new()),
        _ => ("", format!(" <small>{}</small>", entry.size)),
    };
    let [address, name] = [escaped(&entry.path), entry.path.clone()].map(|text| attribute(&text));
    format!("<li><a href=\".{address}{slash}\">{name}{slash}</a>{size}</li>\n")
}
