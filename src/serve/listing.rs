//! The listing of a folder, as Caddy's but for its looks.

use std::path::Path;

use super::shared::Root;
use super::target::{Target, escaped};
use crate::disk::{self, Entry, Kind};
use crate::markdown::escape::attribute;
use crate::output::views::size;

/// Colours and fonts as in `assets/docsite.css`, which its policy does not let in.
const STYLE: &str = ":root{color-scheme:light dark;--ink:light-dark(#1a1d1f,#e2e4e3);\
     --quiet:light-dark(#656b70,#8f969b);--line:light-dark(#dcdfdc,#2d3338);--sunk:light-dark(#f1f2ef,#1c2125)}\
     body{background:light-dark(#fcfcfb,#14171a);color:var(--ink);max-width:46rem;margin:2rem auto;\
     padding:0 clamp(1.125rem,4vw,2.5rem);font:15px/1.6 'Pretendard Variable',Pretendard,'Noto Sans KR',\
     'Noto Sans CJK KR',system-ui,sans-serif}\
     h1{font-size:1.1875rem;overflow-wrap:anywhere}nav{color:var(--quiet)}ul{list-style:none;padding:0}\
     li{display:flex;gap:1rem;align-items:baseline;justify-content:space-between;border-top:1px solid var(--line)}\
     li a{flex:1;padding:.45rem 0;overflow-wrap:anywhere}li:hover{background:var(--sunk)}\
     a{color:inherit;text-decoration:none}a:hover{text-decoration:underline}\
     small{color:var(--quiet);white-space:nowrap}";

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
         <body><h1>{title}</h1>\n<nav><a href=\"/\">index</a> · <a href=\"../\">../</a></nav>\n\
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
        _ => ("", format!(" <small>{}</small>", size(entry.size))),
    };
    let [address, name] = [escaped(&entry.path), entry.path.clone()].map(|text| attribute(&text));
    format!("<li><a href=\".{address}{slash}\">{name}{slash}</a>{size}</li>\n")
}
